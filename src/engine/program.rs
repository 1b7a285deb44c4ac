//! A compiled program: immutable, cheap to clone, shared by threads.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use super::settings::Settings;
use crate::check::{self, Checked};
use crate::cost::{self, CostBound, InputSizes};
use crate::diagnostic::Diagnostic;
use crate::effect::{Effect, Effects};
use crate::machine::code::{Code, Instructions, Node};
use crate::machine::registers::Registers;
use crate::schema::Schema;
use crate::source::{LineIndex, Position, Span};
use crate::syntax;
use crate::types::Type;

/// A compiled program.
///
/// Everything that can be decided before running was decided: evaluating it parses nothing and looks up no names.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, Type};
/// let schema = Schema::new().with("rows", Type::Long).with("owner", Type::String);
/// let program = Engine::default().compile("rows > 10", &schema)?;
/// assert_eq!(program.parameters().collect::<Vec<_>>(), [("rows", Type::Long)]);
/// for (rows, many) in [(5, false), (50, true)] {
///     let outcome = program.evaluate(&Inputs::new().with("rows", rows))?;
///     assert_eq!(outcome.value().as_boolean(), Some(many));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Program {
    #[expect(
        clippy::redundant_allocation,
        reason = "threads that take one program from the cache count their copies apart"
    )]
    inner: Arc<Arc<Inner>>,
}

/// What each program that is counted apart takes of the heap.
pub(super) const COUNTED_BYTES: usize = 3 * size_of::<usize>();

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) settings: Arc<Settings>,
    pub(super) source: Box<str>,
    pub(super) schema: Schema,
    pub(super) facts: Facts,
    pub(super) code: Code,
}

/// What is known of a program before it runs.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) result: Type,
    /// Whether it comes to an end anywhere, rather than only to a `throw`.
    #[cfg(feature = "params")]
    pub(super) ends: bool,
    pub(super) parameters: Vec<(Arc<str>, Type)>,
    pub(super) host_functions: Vec<Box<str>>,
    pub(super) effects: Effects,
    warnings: Vec<Diagnostic>,
}

/// The slot of a parameter, for binding without a lookup by name.
///
/// ```
/// use selvedge::{Engine, Input, Schema, Type};
/// let schema = Schema::new().with("a", Type::Long).with("b", Type::Long);
/// let program = Engine::default().compile("b - a", &schema)?;
/// let mut inputs = [Input::Absent; 2];
/// for (name, value) in [("a", 1), ("b", 10)] {
///     inputs[program.slot(name).ok_or("not read")?.index()] = Input::Long(value);
/// }
/// assert_eq!(program.evaluate_slots(&inputs)?.value().as_long(), Some(9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(pub(super) u32);

impl Slot {
    /// The parameter's index in the slice of [`Program::evaluate_slots`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Facts {
    pub(super) fn of(checked: &Checked) -> Self {
        let tree = &checked.tree;
        let parameters = tree
            .parameters
            .iter()
            .map(|parameter| (Arc::clone(&parameter.name), parameter.ty));
        Self {
            result: tree.result.unwrap_or(Type::Void),
            #[cfg(feature = "params")]
            ends: tree.result.is_some(),
            parameters: parameters.collect(),
            host_functions: tree.host_calls.iter().map(|call| call.0.clone()).collect(),
            effects: tree.effects,
            warnings: checked.warnings.clone(),
        }
    }
}

impl Program {
    pub(super) fn new(settings: Arc<Settings>, source: &str, schema: &Schema, facts: Facts, code: Code) -> Self {
        Self {
            inner: Arc::new(Arc::new(Inner {
                settings,
                source: source.into(),
                schema: schema.clone(),
                facts,
                code,
            })),
        }
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// The same program, whose copies are counted apart from those of this one.
    pub(super) fn counted_apart(&self) -> Self {
        Self {
            inner: Arc::new(Arc::clone(&self.inner)),
        }
    }

    /// Whether it is the program of this source and schema.
    pub(super) fn is_of(&self, source: &str, schema: &Schema) -> bool {
        *self.inner.source == *source && self.inner.schema == *schema
    }

    /// Whether both are one program.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    /// Its source.
    pub fn source(&self) -> &str {
        &self.inner.source
    }

    /// What it was compiled for.
    #[cfg(feature = "params")]
    pub(crate) fn schema(&self) -> &Schema {
        &self.inner.schema
    }

    /// The type of its result; `ANY` if only the run can tell.
    pub fn result_type(&self) -> Type {
        self.inner.facts.result
    }

    /// Whether it does nothing but throw, or run until a budget ends it: it has no result, and is not a program without a `return`.
    #[cfg(feature = "params")]
    pub(crate) fn never_ends(&self) -> bool {
        !self.inner.facts.ends
    }

    /// The parameters that it reads by name, or by a constant `params['x']`, with their types, in the order of their slots.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&str, Type)> + Clone {
        self.inner.facts.parameters.iter().map(|(name, ty)| (&**name, *ty))
    }

    /// The slot of a parameter; `None` if the program does not read it.
    pub fn slot(&self, name: &str) -> Option<Slot> {
        let index = self
            .inner
            .facts
            .parameters
            .iter()
            .position(|(known, _)| **known == *name)?;
        Some(Slot(index as u32))
    }

    /// The host functions that it calls.
    pub fn host_functions(&self) -> impl ExactSizeIterator<Item = &str> {
        self.inner.facts.host_functions.iter().map(|name| &**name)
    }

    /// Its effects: what of the host it may read.
    pub fn effects(&self) -> Effects {
        self.inner.facts.effects
    }

    /// Whether it may read the host's clock.
    pub fn uses_clock(&self) -> bool {
        self.effects().has(Effect::Clock)
    }

    /// Whether it may draw the host's randomness.
    pub fn uses_random(&self) -> bool {
        self.effects().has(Effect::Randomness)
    }

    /// Whether it may call a host function with the effect [`Effect::Outside`](crate::Effect::Outside), which is the default.
    pub fn uses_outside(&self) -> bool {
        self.effects().has(Effect::Outside)
    }

    /// Whether its value depends only on the parameters: it reads neither clock nor randomness nor anything else outside.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let engine = Engine::default();
    /// assert!(engine.compile("2 * 3", &Schema::new())?.is_deterministic());
    /// assert!(!engine.compile("Math.random()", &Schema::new())?.is_deterministic());
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn is_deterministic(&self) -> bool {
        self.effects().is_empty()
    }

    /// The warnings about it.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let program = Engine::default().compile("010 + 1", &Schema::new())?;
    /// assert_eq!(program.warnings()[0].code.text(), "W001");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.inner.facts.warnings
    }

    /// Computes an upper bound of the usage with inputs of these sizes, whatever the budgets are; or why there is none, most often a loop.
    /// It checks the source again, which takes about as long as compiling.
    ///
    /// ```
    /// use selvedge::{CostBound, Engine, InputSizes, Schema, Size, Type};
    /// let engine = Engine::default();
    /// let schema = Schema::new().with("n", Type::Long);
    /// let program = engine.compile("s = ''; for (i = 0; i < n; i += 1) { s = s + '.'; } return s;", &schema)?;
    ///
    /// let sizes = InputSizes::new().with("n", Size::number(0..=50));
    /// assert!(matches!(program.cost_bound(&sizes), CostBound::Bounded { steps: 100..=10_000, .. }));
    /// assert!(matches!(program.cost_bound(&InputSizes::new()), CostBound::Unbounded { .. }));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn cost_bound(&self, sizes: &InputSizes) -> CostBound {
        let Inner {
            settings,
            source,
            schema,
            ..
        } = self.inner();
        let facts = cost::Facts {
            sizes,
            limits: &settings.limits,
            functions: &settings.host_functions,
        };
        let tree = syntax::parse(source, &settings.parse_limits()).ok();
        match tree.and_then(|tree| check::check(source, &tree, &settings.check_options(schema)).ok()) {
            Some(checked) => cost::bound(&checked.tree, &facts),
            None => CostBound::Unbounded {
                span: Span::default(),
                reason: "bug: the program was refused when it was checked again".to_owned(),
            },
        }
    }

    /// Returns the code as text, one instruction per line: its index, name and operands, registers as `r0`, and its place in the source.
    /// For people: the format may change.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let program = Engine::default().compile("return\n  7;", &Schema::new())?;
    /// assert!(program.listing().starts_with("entry charges "));
    /// assert!(program.listing().contains("Load d=r0 bits=7  @2:3\n"));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn listing(&self) -> String {
        let code = &self.inner.code;
        let mut listing = format!("entry charges {} steps\n", code.steps);
        let source = LineIndex::new(&self.inner.source);
        // A `String` never refuses.
        let _ = match &code.instructions {
            Instructions::Narrow(_, instructions) => list(&mut listing, instructions, &code.spans, &source),
            Instructions::Wide(_, instructions) => list(&mut listing, instructions, &code.spans, &source),
        };
        listing
    }

    /// How many bytes of the heap it holds, its schema included.
    pub(super) fn held_bytes(&self) -> usize {
        let Inner {
            settings: _,
            source,
            schema,
            facts,
            code,
        } = self.inner();
        size_of::<Inner>()
            + COUNTED_BYTES
            + 2 * size_of::<usize>()
            + source.len()
            + schema.held_bytes()
            + facts.held_bytes()
            + code.held_bytes()
    }
}

/// Writes a line for each instruction.
fn list<R: Registers>(listing: &mut String, nodes: &[Node<R>], spans: &[Span], source: &LineIndex<'_>) -> fmt::Result {
    for (index, (node, span)) in nodes.iter().zip(spans).enumerate() {
        let Position { line, column } = source.position(span.start);
        write!(listing, "{index:5}  ")?;
        node.instruction.write(listing)?;
        writeln!(listing, "  @{line}:{column}")?;
    }
    Ok(())
}

impl Facts {
    fn held_bytes(&self) -> usize {
        let Self {
            parameters,
            host_functions,
            warnings,
            ..
        } = self;
        // The parameters' names are the code's.
        host_functions.iter().map(|name| name.len()).sum::<usize>()
            + parameters.capacity() * size_of::<(Arc<str>, Type)>()
            + host_functions.capacity() * size_of::<Box<str>>()
            + warnings.capacity() * size_of::<Diagnostic>()
            + warnings.iter().map(Diagnostic::held_bytes).sum::<usize>()
    }
}
