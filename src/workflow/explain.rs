//! Which operand of a condition decided it: the condition is taken apart at `&&`, `||` and `!` as it is compiled, and made a program
//! that tells which of its parts did.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::diagnostic::escape_into;
use crate::engine::{Engine, Read, within};
use crate::operator::{Binary, Logical, Unary};
use crate::params::ParamType;
use crate::params::meter::{Meter, Stop};
use crate::params::plan::Plan;
use crate::source::{Position, Span};
use crate::syntax::ast::{ExprId, ExprKind, StatementKind, Tree};
use crate::syntax::{Brackets, ParseLimits, parse};

/// The name of a condition in its plan.
pub(super) const CONDITION: &str = "condition";
/// The most operands that are named, and names in each.
const MAX_NAMED: usize = 4;
const MAX_NAMES: usize = 4;
/// The most parts that are told from each other, of all of a condition and in each chain.
const MAX_PARTS: usize = 32;

/// The part of a condition that decided it.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Answers, Blueprint, Unfolding, Why, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "a", "type": "x", "params": {"n": {"value": 1}},
///               "transition": {"successors": {"b": "n < 2 && n > 5"}}}},
///     {"step": {"id": "b", "type": "x"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// unfolding.walk(&Answers::default(), None)?;
/// let because = unfolding.tree().step("b").ok_or("no such step")?.because();
/// let Some(Why::Condition { decided, .. }) = because.first() else { return Err("not skipped".into()) };
/// assert_eq!(decided[0].to_string(), "`n > 5` at column 10 is false where n = 1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Operand {
    /// Its text, truncated if it is long.
    pub text: String,
    /// Its value.
    pub is: bool,
    /// Its position in the condition.
    pub at: Position,
    /// The names in it with their values as JSON, truncated if they are long.
    pub values: Vec<(String, String)>,
}

impl Operand {
    /// The bytes of the heap that it holds, and its own.
    pub(super) fn held(&self) -> u64 {
        let values = self
            .values
            .iter()
            .map(|(name, value)| name.capacity() + value.capacity());
        let table = self.values.capacity() * size_of::<(String, String)>();
        (size_of::<Self>() + self.text.capacity() + table + values.sum::<usize>()) as u64
    }
}

/// A condition, and what is said of it where it is false.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) plan: Plan,
    pub(super) explanation: Explanation,
}

/// What decides a condition, found as it is compiled: a run evaluates no more than it has to, and reads no source.
#[derive(Debug)]
pub(super) struct Explanation {
    /// What may have made it false, in the order of its text.
    parts: Vec<Part>,
    /// Where only a run can tell which did: a program that gives a bit for each that did.
    which: Option<Plan>,
}

/// A part of a condition that may have made it false.
#[derive(Debug)]
struct Part {
    text: String,
    /// Its truth, where it did.
    is: bool,
    at: Position,
    /// What it reads.
    names: Vec<Box<str>>,
}

/// Steps to take a condition apart, and for each of its bytes.
const APART_STEPS: [u64; 2] = [1_000, 15];
/// Bytes for the same.
const APART_BYTES: [u64; 2] = [1_000, 200];

impl Explanation {
    /// Takes a condition apart that has this plan.
    pub(super) fn of(source: &str, plan: &Plan, engine: &Engine, meter: &mut Meter) -> Result<Self, Stop> {
        let bytes = source.len() as u64;
        meter.steps(APART_STEPS[0] + APART_STEPS[1] * bytes)?;
        meter.bytes(APART_BYTES[0] + APART_BYTES[1] * bytes)?;
        let interrupt = meter.interrupt().clone();
        let limits = engine.settings().parse_limits();
        let sketch = within(&interrupt, source, || Ok(Sketch::of(source, &limits)));
        let sketch = match sketch {
            Ok(Some(sketch)) => sketch,
            Ok(None) => return Ok(Self::whole(source, plan)),
            Err(error) => return meter.compiled(error.stopped_by()).map(|()| Self::whole(source, plan)),
        };
        let (parts, program, asks) = (sketch.parts, sketch.program, sketch.asks);
        if let ([(span, is)], false) = (parts.as_slice(), asks) {
            return Ok(Self {
                parts: vec![Part::new(source, *span, *is, plan.reads(CONDITION))],
                which: None,
            });
        }
        meter.compiling_once(source)?;
        let reads = match engine.reads(source, &interrupt) {
            Ok(reads) => reads,
            Err(error) => return meter.compiled(error.stopped_by()).map(|()| Self::whole(source, plan)),
        };
        let which = match asks {
            true => plan.with_program(&program, ParamType::Long, meter)?,
            false => None,
        };
        let part = |(span, is): (Span, bool)| {
            let inside = |read: &&Read| span.start <= read.span.start && read.span.end <= span.end;
            Part::new(source, span, is, reads.iter().filter(inside).map(|read| &*read.name))
        };
        // Longer or deeper than a program may be.
        if asks && which.is_none() {
            return Ok(Self::whole(source, plan));
        }
        Ok(Self {
            parts: parts.into_iter().map(part).collect(),
            which,
        })
    }

    /// The whole condition, as one part.
    fn whole(source: &str, plan: &Plan) -> Self {
        let span = Span::new(0, source.len() as u32);
        Self {
            parts: vec![Part::new(source, span, false, plan.reads(CONDITION))],
            which: None,
        }
    }

    /// The program that tells which parts made it false, where that is to be asked.
    pub(super) const fn which(&self) -> Option<&Plan> {
        self.which.as_ref()
    }

    /// The parts of these bits, with what the names in them stand for.
    pub(super) fn operands(
        &self,
        bits: i64,
        mut shown: impl FnMut(&str) -> Result<String, Stop>,
    ) -> Result<Vec<Operand>, Stop> {
        let parts = (0..).zip(&self.parts).filter(|(index, _)| bits >> index & 1 == 1);
        let named = parts.take(MAX_NAMED).map(|(_, part)| {
            let values = part.names.iter().map(|name| Ok((cut(name), shown(name)?)));
            Ok(Operand {
                text: part.text.clone(),
                is: part.is,
                at: part.at,
                values: values.collect::<Result<_, Stop>>()?,
            })
        });
        named.collect()
    }
}

impl Part {
    fn new<'n>(source: &str, span: Span, is: bool, names: impl Iterator<Item = &'n str>) -> Self {
        let mut shown: Vec<Box<str>> = Vec::new();
        for name in names {
            if shown.len() < MAX_NAMES && !shown.iter().any(|known| **known == *name) {
                shown.push(name.into());
            }
        }
        Self {
            text: cut(span.of(source).trim()),
            is,
            at: Position::at(source, span.start),
            names: shown,
        }
    }
}

/// A condition taken apart at `&&`, `||` and `!`.
struct Sketch<'s> {
    source: &'s str,
    brackets: Brackets,
    /// What may have made it false, each with its truth then.
    parts: Vec<(Span, bool)>,
    /// The most bytes of a program.
    most: usize,
    /// What gives a bit for each part that did.
    program: String,
    /// Whether that is to be asked: else all did.
    asks: bool,
}

impl<'s> Sketch<'s> {
    /// None for what is not a single expression, or would make too long a program.
    fn of(source: &'s str, limits: &ParseLimits) -> Option<Self> {
        let tree = parse(source, limits).ok()?;
        let [only] = tree.statement_list(tree.root) else {
            return None;
        };
        let (StatementKind::Expression(expr) | StatementKind::Return(expr)) = tree.statement(*only).kind else {
            return None;
        };
        let mut sketch = Self {
            source,
            brackets: Brackets::of(source),
            parts: Vec::new(),
            most: limits.source_length,
            program: String::new(),
            asks: false,
        };
        sketch.write(&tree, expr, false);
        (sketch.program.len() <= sketch.most).then_some(sketch)
    }

    /// Writes what gives the bits of the parts that make an expression as true or false as it is. Recurses as deep as the guard of
    /// the parser lets sources nest.
    fn write(&mut self, tree: &Tree, expr: ExprId, is: bool) {
        let whole = tree.expr(expr);
        let (first, links) = match whole.kind {
            ExprKind::Unary {
                operator: Unary::Not,
                operand,
            } => return self.write(tree, operand, !is),
            ExprKind::Chain { first, links } => (first, tree.links(links)),
            _ => return self.part(whole.span, is),
        };
        // The operators of a chain are of one level.
        let decisive = match links.first().map(|link| link.operator) {
            // One false operand makes `&&` false, and one true makes `||` true; else all did.
            Some(Binary::Logical(operator)) => operator == Logical::Or,
            // Brackets alone.
            None => false,
            Some(Binary::Operation(_) | Binary::In) => return self.part(whole.span, is),
        };
        let operands = std::iter::once(first).chain(links.iter().map(|link| link.operand));
        for (index, operand) in operands.take(MAX_PARTS).enumerate() {
            if self.program.len() > self.most {
                return;
            }
            if is == decisive {
                self.asks = true;
                let not = if is { "" } else { "!" };
                let operand = self.brackets.widen(tree.expr(operand).span);
                let _ = write!(self.program, "{not}({})?", operand.of(self.source));
            } else if index > 0 {
                self.program.push('+');
            }
            self.program.push('(');
            self.write(tree, operand, is);
            self.program.push(')');
            if is == decisive {
                self.program.push(':');
            }
        }
        if is == decisive {
            self.program.push('0');
        }
    }

    fn part(&mut self, span: Span, is: bool) {
        let bit = match self.parts.len() {
            index if index < MAX_PARTS => 1_u64 << index,
            _ => 0,
        };
        if bit > 0 {
            self.parts.push((self.brackets.widen(span), is));
        }
        let _ = write!(self.program, "{bit}");
    }
}

/// At most 80 characters of a text, on one line.
pub(super) fn cut(text: &str) -> String {
    let mut shown = String::new();
    escape_into(&mut shown, text, 80);
    // They are kept.
    shown.shrink_to_fit();
    shown
}
