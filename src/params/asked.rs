//! Calls of `params` whose arguments are constant, held against the steps there are: as names such as `load__rows` are.

use super::definition::ParameterSet;
use super::known::{Known, KnownKind, KnownStep};
use super::meter::Stop;
use super::references::Raw;
use super::resolve::{Resolver, explain};
use super::scope::{Found, StepState};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::engine::ConstantCall;
use crate::source::Span;

/// The functions whose constant arguments are looked at.
const FROM_STEP: &str = "params.getFromStep";
const FROM_FOREACH: &str = "params.getFromForeach";
const FROM_SUBWORKFLOW: &str = "params.getFromSubworkflow";
const FROM_INSTANCE: &str = "params.getFromInstance";
pub(super) const ASKED: [&str; 4] = [FROM_STEP, FROM_FOREACH, FROM_SUBWORKFLOW, FROM_INSTANCE];

/// What is known of every step, beside its parameters.
const FIELDS: [&str; 4] = [
    "MAESTRO_STEP_STATUS",
    "MAESTRO_STEP_END_TIME",
    "MAESTRO_STEP_ERROR",
    "MAESTRO_STEP_ERROR_CODE",
];

/// What a step is told of itself.
const OF_OWN_STEP: [&str; 6] = [
    "step_id",
    "step_instance_id",
    "step_instance_uuid",
    "step_attempt_id",
    "step_type_info",
    "MAESTRO_STEP_ERROR_RETRIES",
];

/// What is known of the run of a workflow.
const OF_INSTANCE: [&str; 7] = [
    "workflow_id",
    "workflow_instance_id",
    "workflow_run_id",
    "INITIATOR_TIMEZONE",
    "INITIATOR_TYPE",
    "INITIATOR_RUNNER_NAME",
    "RUN_POLICY",
];

/// What is known of it for the workflow's own parameters alone.
const OF_WORKFLOW: [&str; 2] = ["owner", "FIRST_TIME_TRIGGER_TIMEZONE"];

/// An argument that is constant.
type Argument<'a> = (&'a str, Span);

impl Resolver<'_> {
    /// What is wrong with a call, as far as its arguments are constant.
    pub(super) fn asked(&mut self, call: &ConstantCall) -> Result<Option<Diagnostic>, Stop> {
        let Some(known) = self.known() else { return Ok(None) };
        self.charge_problems(1)?;
        let argument = |index: usize| {
            let (text, span) = call.arguments.get(index)?;
            Some((text.as_deref()?, *span))
        };
        if &*call.function == FROM_FOREACH {
            let constant = |index: usize| argument(index).map(|(text, _)| text.into());
            known.gather([constant(0), constant(1), constant(2)]);
        }
        let Some(of) = argument(0) else { return Ok(None) };
        let (inside, parameter) = (argument(1), argument(2));
        let found = match (&*call.function, call.arguments.len()) {
            (FROM_INSTANCE, 1) => self.of_instance(known, of),
            (FROM_STEP | FROM_FOREACH | FROM_SUBWORKFLOW, _) if known.of_workflow => {
                let message = "no step runs before the workflow's own parameters are evaluated";
                let error = Diagnostic::error(Code::StepNotRun, of.1, message);
                Err(Box::new(error.with_help("ask for it in a parameter of a step")))
            }
            (FROM_STEP, 1) => self.own_field(of),
            (FROM_STEP, 2) => self.of_step(known, of, inside),
            (FROM_FOREACH, 3) => self.of_foreach(known, of, inside, parameter),
            (FROM_SUBWORKFLOW, 3) => self.of_subworkflow(known, of, inside, parameter),
            _ => Ok(()),
        };
        Ok(found.err().map(|diagnostic| *diagnostic))
    }

    fn of_step(
        &mut self,
        known: &Known,
        of @ (id, _): Argument<'_>,
        parameter: Option<Argument<'_>>,
    ) -> Result<(), Box<Diagnostic>> {
        let step = self.step(known, of)?;
        let Some((name, span)) = parameter.filter(|(name, _)| !FIELDS.contains(name)) else {
            return Ok(());
        };
        if self.scope().is_of_step(id) {
            return self.parameter_of(id, Some((name, span)), &step.params);
        }
        self.runs_before(of)?;
        match self.scope().step(id) {
            Some(StepState::Declared(types)) if types.get(name).is_none() => {
                Err(self.no_parameter(id, (name, span), types.names()))
            }
            _ => Ok(()),
        }
    }

    fn own_field(&mut self, (name, span): Argument<'_>) -> Result<(), Box<Diagnostic>> {
        match OF_OWN_STEP.contains(&name) {
            true => Ok(()),
            false => Err(self.no_field("a step", (name, span), OF_OWN_STEP.into_iter())),
        }
    }

    fn of_instance(&mut self, known: &Known, (name, span): Argument<'_>) -> Result<(), Box<Diagnostic>> {
        if OF_INSTANCE.contains(&name) || (known.of_workflow && OF_WORKFLOW.contains(&name)) {
            return Ok(());
        }
        if OF_WORKFLOW.contains(&name) {
            let message = format!("{} is known to the workflow's own parameters alone", quote(name));
            let error = Diagnostic::error(Code::UnknownParameter, span, message);
            return Err(Box::new(
                error.with_help("define a parameter of the workflow, and read that"),
            ));
        }
        Err(self.no_field(
            "a run of a workflow",
            (name, span),
            OF_INSTANCE.into_iter().chain(OF_WORKFLOW),
        ))
    }

    fn no_field(
        &mut self,
        what: &str,
        (name, span): Argument<'_>,
        fields: impl Iterator<Item = &'static str> + Clone,
    ) -> Box<Diagnostic> {
        let error = Diagnostic::error(
            Code::UnknownParameter,
            span,
            format!("{what} has no field {}", quote(name)),
        );
        let error = self.with_meant(error, name, fields.clone());
        Box::new(match error.help {
            Some(_) => error,
            None => error.with_help(format!("use one of {}", fields.collect::<Vec<_>>().join(", "))),
        })
    }

    fn of_foreach(
        &mut self,
        known: &Known,
        of @ (id, _): Argument<'_>,
        inside: Option<Argument<'_>>,
        parameter: Option<Argument<'_>>,
    ) -> Result<(), Box<Diagnostic>> {
        let step = self.step(known, of)?;
        if step.kind != KnownKind::Foreach {
            return Err(not_of_kind(of, step, "foreach"));
        }
        self.runs_before(of)?;
        let Some((name, span)) = inside else { return Ok(()) };
        let is_inside = |step: &KnownStep| step.parent.as_deref() == Some(id);
        let Some(inner) = known.steps.get(name).filter(|step| is_inside(step)) else {
            let inner = known
                .steps
                .iter()
                .filter(|(_, step)| is_inside(step))
                .map(|(id, _)| &**id);
            return Err(self.no_step_of((name, span), "foreach", id, inner));
        };
        self.parameter_of(name, parameter, &inner.params)
    }

    fn of_subworkflow(
        &mut self,
        known: &Known,
        of @ (id, _): Argument<'_>,
        inside: Option<Argument<'_>>,
        parameter: Option<Argument<'_>>,
    ) -> Result<(), Box<Diagnostic>> {
        let step = self.step(known, of)?;
        let KnownKind::Subworkflow(runs) = &step.kind else {
            return Err(not_of_kind(of, step, "subworkflow"));
        };
        self.runs_before(of)?;
        let steps = runs.as_ref().and_then(|runs| known.workflows.get(runs));
        let (Some(steps), Some((name, span))) = (steps, inside) else {
            return Ok(());
        };
        let Some(params) = steps.get(name) else {
            return Err(self.no_step_of((name, span), "subworkflow", id, steps.keys().map(|id| &**id)));
        };
        self.parameter_of(name, parameter, params)
    }

    /// The step of an id.
    fn step<'k>(&mut self, known: &'k Known, (id, span): Argument<'_>) -> Result<&'k KnownStep, Box<Diagnostic>> {
        known.steps.get(id).ok_or_else(|| {
            let error = Diagnostic::error(Code::UnknownStep, span, format!("unknown step {}", quote(id)));
            Box::new(self.with_meant(error, id, known.steps.keys().map(|id| &**id)))
        })
    }

    /// Refuses a step that does not run before.
    fn runs_before(&self, (id, span): Argument<'_>) -> Result<(), Box<Diagnostic>> {
        match self.scope().step(id) {
            Some(StepState::NotRun) => {
                let raw = Raw {
                    name: id,
                    span,
                    optional: false,
                    in_text: false,
                };
                Err(Box::new(explain(&raw, Found::NotRun { step: id })))
            }
            _ => Ok(()),
        }
    }

    /// Refuses a parameter that a step does not have, where it is constant.
    fn parameter_of(
        &mut self,
        step: &str,
        parameter: Option<Argument<'_>>,
        params: &ParameterSet,
    ) -> Result<(), Box<Diagnostic>> {
        match parameter {
            Some(parameter) if params.get(parameter.0).is_none() => {
                Err(self.no_parameter(step, parameter, params.iter().map(|(name, _)| name)))
            }
            _ => Ok(()),
        }
    }

    fn no_parameter<'n>(
        &mut self,
        step: &str,
        (name, span): Argument<'_>,
        names: impl Iterator<Item = &'n str>,
    ) -> Box<Diagnostic> {
        let message = format!("{} has no parameter {}", quote(step), quote(name));
        let error = Diagnostic::error(Code::UnknownParameter, span, message);
        Box::new(self.with_meant(error, name, names))
    }

    fn no_step_of<'n>(
        &mut self,
        (name, span): Argument<'_>,
        kind: &str,
        of: &str,
        inside: impl Iterator<Item = &'n str>,
    ) -> Box<Diagnostic> {
        let message = format!("unknown step {} in the {kind} {}", quote(name), quote(of));
        let error = Diagnostic::error(Code::UnknownStep, span, message);
        Box::new(self.with_meant(error, name, inside))
    }
}

fn not_of_kind((id, span): Argument<'_>, step: &KnownStep, wanted: &str) -> Box<Diagnostic> {
    let message = format!(
        "expected a {wanted}, but {} is a step of type {}",
        quote(id),
        quote(&step.type_name)
    );
    Box::new(Diagnostic::error(Code::UnknownStep, span, message))
}
