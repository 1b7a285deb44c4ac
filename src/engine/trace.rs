//! An evaluation that writes down, within limits, what it assigns and which ways it takes.

use std::sync::Arc;

use serde::Serialize;

use super::cache::{Cache, CacheSize};
use super::evaluation::Evaluation;
use super::{Engine, EvalError, Outcome};
use crate::check::Helps;
use crate::inputs::Inputs;
use crate::limits::with_setters;
use crate::machine::trace_log::{Event, TraceLog, What};
use crate::source::Span;
use crate::syntax::Brackets;

with_setters! {
    /// The limits of a trace.
    ///
    /// ```
    /// use selvedge::TraceLimits;
    /// let limits = TraceLimits::default();
    /// assert_eq!((limits.events, limits.value_bytes), (1_000, 120));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct TraceLimits {
        /// Events; later ones are only counted.
        pub events: usize,
        /// Bytes of the text of each value; longer ones are truncated.
        pub value_bytes: usize,
    }
}

impl Default for TraceLimits {
    fn default() -> Self {
        Self {
            events: 1_000,
            value_bytes: 120,
        }
    }
}

/// The assignments and decisions of an evaluation, in order.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, TraceLimits};
/// let program = Engine::default().compile("a = 1; b = 2; return a + b;", &Schema::new())?;
/// let limits = TraceLimits::default().events(1);
/// let (_, trace) = program.evaluation().trace(&Inputs::new(), limits);
/// assert_eq!((trace.events().len(), trace.left_out(), trace.is_truncated()), (1, 1, true));
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    events: Vec<TraceEvent>,
    left_out: u64,
}

/// An assignment or a branch of an evaluation.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, TraceLimits};
/// let program = Engine::default().compile("a = 1; return a;", &Schema::new())?;
/// let (_, trace) = program.evaluation().trace(&Inputs::new(), TraceLimits::default());
/// assert_eq!(trace.events()[0].span.of(program.source()), "a = 1");
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TraceEvent {
    /// The assignment, or the condition.
    pub span: Span,
    /// What happened there.
    pub step: TraceStep,
}

/// What happened at a place.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, TraceLimits, TraceStep};
/// let program = Engine::default().compile("a = 1; if (a > 2) { a = 3; } return a;", &Schema::new())?;
/// let (_, trace) = program.evaluation().trace(&Inputs::new(), TraceLimits::default());
/// assert_eq!(trace.events()[0].step, TraceStep::Assigned { target: "a".into(), value: "1".into() });
/// assert_eq!(trace.events()[1].step, TraceStep::Branched { held: false });
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TraceStep {
    /// A variable or an element got a value.
    Assigned {
        /// The variable's name, cut after 40 characters; of an element with its index, as in `days[3]`.
        target: String,
        /// The value's text: of a STRING in quotes and escaped, and cut where it is longer than the limit.
        value: String,
    },
    /// A condition of `if`, `?:` or a loop was decided.
    Branched {
        /// Whether it held.
        held: bool,
    },
}

impl Trace {
    /// The first events.
    pub fn events(&self) -> &[TraceEvent] {
        &self.events
    }

    /// The number of events beyond the limit.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether there were more events than the limit.
    pub fn is_truncated(&self) -> bool {
        self.left_out > 0
    }
}

impl Evaluation<'_> {
    /// Evaluates as [`Evaluation::evaluate`] does, and records each assignment and each decided condition, even if the evaluation fails.
    /// Value, error, steps and bytes are the same as without a trace; only the exact place at which a loop ran out of steps or time may
    /// differ.
    ///
    /// The program is compiled again for it, with instructions that write down; the program itself never holds any. The trace
    /// shows values of the parameters: keep it where those may be kept. An engine without
    /// [`quote_values`](crate::EngineBuilder::quote_values) shows `…` for each.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, TraceLimits, TraceStep, Type};
    /// let program = Engine::default().compile("int next = row + 1; return next > 5;", &Schema::new().with("row", Type::Long))?;
    /// let (result, trace) = program.evaluation().trace(&Inputs::new().with("row", 4), TraceLimits::default());
    /// assert_eq!(result?.value().as_boolean(), Some(false));
    /// let [event] = trace.events() else { unreachable!() };
    /// assert_eq!(&program.source()[event.span.start as usize..event.span.end as usize], "int next = row + 1;");
    /// assert_eq!(event.step, TraceStep::Assigned { target: "next".into(), value: "5".into() });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn trace(&self, inputs: &Inputs, limits: TraceLimits) -> (Result<Outcome, EvalError>, Trace) {
        let inner = self.program().inner();
        let engine = Engine {
            settings: Arc::clone(&inner.settings),
            cache: Arc::new(Cache::new(CacheSize::OFF)),
        };
        let Ok(traced) = engine.compile_now(&inner.source, &inner.schema, Helps::Without, true) else {
            // INVARIANT: what compiled once compiles again; what is added takes no registers.
            return (self.evaluate(inputs), Trace::default());
        };
        let mut log = Some(Box::new(TraceLog {
            events: Vec::new(),
            max_events: limits.events,
            max_value_bytes: limits.value_bytes,
            quotes_values: inner.settings.quote_values,
            left_out: 0,
            hits: None,
        }));
        let result = self.of(&traced).evaluate_traced(inputs, &mut log);
        let log = log.map(|log| {
            let brackets = Brackets::of(&inner.source);
            Trace {
                events: log.events.into_iter().map(|event| shown(event, &brackets)).collect(),
                left_out: log.left_out,
            }
        });
        (result, log.unwrap_or_default())
    }
}

/// An event at a place that shows whole brackets.
fn shown(event: Event, brackets: &Brackets) -> TraceEvent {
    let step = match event.what {
        What::Assigned { target, value } => TraceStep::Assigned { target, value },
        What::Branched(held) => TraceStep::Branched { held },
    };
    TraceEvent {
        span: brackets.widen(event.span),
        step,
    }
}
