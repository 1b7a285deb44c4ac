//! Where an evaluation's steps and bytes go, place by place.

use serde::Serialize;

use super::evaluation::usage;
use super::{EvalError, Evaluation, Outcome};
use crate::check;
use crate::inputs::Inputs;
use crate::limits::Usage;
use crate::machine::context::Context;
use crate::machine::input::{Input, NamedInputs};
use crate::source::Span;
use crate::syntax;
use crate::walk;
use crate::walk::spent::{Spending, Spent};

/// The steps and bytes of an evaluation by place. They add up to the usage of the evaluation.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema};
/// let source = "sum = 0; for (i = 0; i < 9; i += 1) { sum += i; } return sum;";
/// let program = Engine::default().compile(source, &Schema::new())?;
/// let (result, profile) = program.evaluation().profile(&Inputs::new());
/// let steps: u64 = profile.places.iter().map(|place| place.usage.steps).sum();
/// let others = profile.before.steps + profile.not_run_steps + profile.after.steps;
/// assert_eq!(steps + others, result?.usage().steps);
/// let added = profile.places.iter().find(|place| place.span.of(source) == "sum += i").ok_or("none")?;
/// assert_eq!(added.runs, 9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Profile {
    /// Each place that ran, in the order of the source, without the places inside it.
    pub places: Vec<ProfiledPlace>,
    /// The usage before the program ran: converting parameters, and allocating registers.
    pub before: Usage,
    /// The usage of converting the result.
    pub after: Usage,
    /// Steps charged for code that did not run: a stretch of code is charged at once, and may be left early.
    pub not_run_steps: u64,
}

/// The usage of a place.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema};
/// let program = Engine::default().compile("'a'.join('-', 'b', 'c')", &Schema::new())?;
/// let (_, profile) = program.evaluation().profile(&Inputs::new());
/// assert!(profile.places.iter().all(|place| place.runs == 1));
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProfiledPlace {
    /// The expression, or the statement.
    pub span: Span,
    /// How often it ran.
    pub runs: u64,
    /// Its usage, without the places inside it.
    pub usage: Usage,
}

impl Evaluation<'_> {
    /// Evaluates as [`Evaluation::evaluate`] does, and returns a profile. Value, error, steps and bytes are the same as without it.
    ///
    /// It is not the machine that runs the program but the evaluator that walks its tree, which takes many times as long, and
    /// stack in proportion to the levels that the program nests.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema};
    /// let program = Engine::default().compile("1 + 2", &Schema::new())?;
    /// let (result, profile) = program.evaluation().profile(&Inputs::new());
    /// assert_eq!(result?, program.evaluate(&Inputs::new())?);
    /// assert_eq!(profile.not_run_steps, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn profile(&self, inputs: &Inputs) -> (Result<Outcome, EvalError>, Profile) {
        let mut profile = Profile::default();
        let result = self.evaluate_into(&mut profile, inputs);
        (result, profile)
    }

    fn evaluate_into(&self, profile: &mut Profile, inputs: &Inputs) -> Result<Outcome, EvalError> {
        let inner = self.program().inner();
        let settings = &inner.settings;
        let parsed = syntax::parse_on(&inner.source, &settings.parse_limits());
        let checked = parsed.ok().and_then(|parsed| {
            let options = settings.check_options(&inner.schema);
            check::check(&inner.source, &parsed, &options).ok()
        });
        let Some(checked) = checked else {
            // INVARIANT: what compiled once compiles again.
            return self.evaluate(inputs);
        };
        let mut tree = checked.tree;
        let texts = std::mem::take(&mut tree.texts);
        let prepared = std::mem::take(&mut tree.prepared);
        let mut meter = self.meter();
        let converted = self.convert(inputs, &mut meter);
        let (given, converted) = converted.inspect_err(|error| profile.before = error.usage())?;
        let bound = converted.over(given);
        let register_bytes = inner.code.register_bytes();
        let mut spending = Spending::after(usage(&meter));
        let mut context = Context::new(
            &texts,
            &prepared,
            &[],
            NamedInputs::Map(inputs.as_map()),
            self.host_of(),
            meter,
        );
        context.call = self.call_of();
        let checked = walk::Checked {
            tree: &tree,
            texts: &texts,
            inputs: &bound,
            host_functions: &settings.host_functions,
            loop_iterations: settings.limits.loop_iterations,
            register_bytes,
        };
        let walked = walk::run(&checked, &mut context, &mut spending);
        let result = match walked {
            Ok(value) => {
                let exported = context.export(value);
                profile.after = spending.unseen(&context.meter);
                exported
                    .map(|exported| Outcome {
                        value: exported,
                        ty: value.ty,
                        usage: usage(&context.meter),
                    })
                    .map_err(|fault| (fault, Span::new(0, inner.source.len() as u32)))
            }
            Err((fault, span)) => {
                spending.failed(span, &context.meter);
                Err((fault, span))
            }
        };
        profile.before = spending.before;
        profile.not_run_steps = spending.waiting;
        profile.places = spending.places().into_iter().map(place).collect();
        result.map_err(|(fault, span)| {
            let absent = bound
                .iter()
                .map(|input| matches!(input, Input::Absent))
                .zip(tree.parameters.iter());
            let absent = absent
                .filter(|(absent, _)| *absent)
                .map(|(_, parameter)| &*parameter.name);
            let fault = fault.naming_absent(span.of(&inner.source), absent);
            self.stopped(fault, span, &context.meter)
        })
    }
}

fn place(((start, end), spent): ((u32, u32), Spent)) -> ProfiledPlace {
    ProfiledPlace {
        span: Span::new(start, end),
        runs: spent.runs,
        usage: spent.used,
    }
}
