//! Which operand of a condition decided it: the condition taken apart at `&&`, `||` and `!`, each part asked for its truth.

use serde::{Deserialize, Serialize};

use crate::diagnostic::escape_into;
use crate::source::{Position, Span};
use crate::syntax::ast::{BinaryOperator, ExprId, ExprKind, StatementKind, Tree, UnaryOperator};
use crate::syntax::{ParseLimits, parse};

/// The most operands that are named.
const MAX_NAMED: usize = 4;
/// The most parts that are asked.
const MAX_ASKED: usize = 32;

/// A part of a condition that decided it.
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
    /// Its text, cut where it is long.
    pub text: String,
    /// Its truth.
    pub is: bool,
    /// Where it begins in the condition.
    pub at: Position,
    /// The names in it with their values as JSON, cut where they are long.
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

/// Asks for the truth of a part of a condition, and for the values of the names in it.
pub(super) trait Ask {
    fn truth(&mut self, part: &str) -> Option<bool>;
    fn values(&mut self, part: &str) -> Vec<(String, String)>;
}

/// The operands of a condition that made it what it is.
pub(super) fn decided(source: &str, is: bool, limits: &ParseLimits, ask: &mut dyn Ask) -> Vec<Operand> {
    let mut search = Search {
        source,
        ask,
        asked: 0,
        found: Vec::new(),
    };
    let Ok(tree) = parse(source, limits) else {
        return Vec::new();
    };
    match tree.statement_list(tree.root) {
        [only] => match tree.statement(*only).kind {
            StatementKind::Expression(expr) | StatementKind::Return(expr) => search.walk(&tree, expr, is),
            _ => search.name(Span::new(0, source.len() as u32), is),
        },
        _ => search.name(Span::new(0, source.len() as u32), is),
    }
    search.found
}

struct Search<'s> {
    source: &'s str,
    ask: &'s mut dyn Ask,
    asked: usize,
    found: Vec<Operand>,
}

impl Search<'_> {
    /// Finds what makes an expression as true or false as it is.
    fn walk(&mut self, tree: &Tree, expr: ExprId, is: bool) {
        let mut open = vec![(expr, is)];
        while let Some((expr, is)) = open.pop() {
            let whole = tree.expr(expr);
            match whole.kind {
                ExprKind::Unary {
                    operator: UnaryOperator::Not,
                    operand,
                } => open.push((operand, !is)),
                ExprKind::Chain { first, links } => {
                    let links = tree.links(links);
                    let of = |wanted| links.iter().all(|link| link.operator == wanted);
                    let decisive = match (of(BinaryOperator::And), of(BinaryOperator::Or)) {
                        // One false operand makes `&&` false, and one true makes `||` true; else all did.
                        (true, _) => false,
                        (_, true) => true,
                        _ => {
                            self.name(whole.span, is);
                            continue;
                        }
                    };
                    let mut operands = std::iter::once(first).chain(links.iter().map(|link| link.operand));
                    if is == decisive {
                        let decided = operands.find(|operand| self.truth(tree.expr(*operand).span) == Some(decisive));
                        open.extend(decided.map(|operand| (operand, is)));
                    } else {
                        let start = open.len();
                        open.extend(operands.map(|operand| (operand, is)));
                        open.get_mut(start..).unwrap_or_default().reverse();
                    }
                }
                _ => self.name(whole.span, is),
            }
        }
    }

    fn truth(&mut self, span: Span) -> Option<bool> {
        self.asked += 1;
        if self.asked > MAX_ASKED {
            None
        } else {
            self.ask.truth(span.of(self.source))
        }
    }

    fn name(&mut self, span: Span, is: bool) {
        if self.found.len() >= MAX_NAMED {
            return;
        }
        let part = span.of(self.source).trim();
        let mut values = self.ask.values(part);
        values.shrink_to_fit();
        self.found.push(Operand {
            text: cut(part),
            is,
            at: Position::at(self.source, span.start),
            values,
        });
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
