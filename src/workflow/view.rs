//! What a step sees of the unfolding around it: the layers of parameters, and the steps that ran before.

use std::sync::Arc;

use super::answer;
use super::compiled::{Body, Compiled, CompiledStep, OUTERMOST, StepIndex};
use super::definition::StepKind;
use super::failure::Failure;
use super::inner::Inner;
use super::state::{Run, RunId, State};
use super::status::Status;
use crate::diagnostic::quote;
use crate::host::HostError;
use crate::params::Definition;
use crate::params::convert::retyped;
use crate::params::meter::{Lent, Meter, NAME_STEPS, Stop};
use crate::params::plan::Plan;
use crate::params::scope::{SEPARATOR, Scope, StepState, splits};
use crate::types::Type;
use crate::value::{Map, Value};

/// Steps for a view and its layers.
const VIEW_STEPS: u64 = 100;
/// What a name that a plan reads counts beside its length, where it is looked at.
const NAME_BYTES: usize = 8;
/// Steps and bytes for a step that is found and put into a scope.
const STEP_STEPS: u64 = 60;
const STEP_BYTES: u64 = 160;

/// The parts that a call counts as, beside what it copies.
const CALL_PARTS: u64 = 16;

/// A step of an unfolding, looking around.
#[derive(Clone)]
pub(super) struct View {
    pub(super) inner: Arc<Inner>,
    pub(super) state: Arc<State>,
    /// The run of the step.
    pub(super) at: RunId,
}

/// A step as another sees it.
enum Seen<'v> {
    Run {
        run: &'v Run,
        compiled: &'v Compiled,
    },
    /// It is there, and does not run before.
    Later,
    Unknown,
}

/// What went wrong with a step.
enum Wrong<'v> {
    Failure(&'v Failure),
    /// A step inside it failed, and nobody said why.
    Step(&'v str),
}

impl Wrong<'_> {
    fn message(&self) -> String {
        match self {
            Self::Failure(failure) => failure.message().to_owned(),
            Self::Step(id) => format!("the step {} failed", quote(id)),
        }
    }

    fn code(&self) -> String {
        match self {
            Self::Failure(failure) => failure.code_text().to_owned(),
            Self::Step(_) => String::new(),
        }
    }
}

impl View {
    fn compiled(&self) -> Option<&Compiled> {
        let frame = self.state.frames.get(self.at.frame)?;
        self.inner.workflows.get(frame.workflow)
    }

    /// The scope of a step's expressions, with the steps that a plan names. `own` is the step's own parameters, and comes first.
    pub(super) fn scope(&self, plan: &Plan, own: Option<&Arc<Map>>, meter: &mut Meter) -> Result<Scope, Stop> {
        let mut scope = Scope::new();
        let names: usize = plan.outer_names().map(|name| NAME_BYTES + name.len()).sum();
        meter.steps(VIEW_STEPS + names as u64)?;
        if let Some(own) = own {
            scope = scope.with_values(Arc::clone(own));
        }
        for layer in self.layers() {
            scope = scope.with_values(layer);
        }
        let Some(compiled) = self.compiled() else {
            return Ok(scope);
        };
        self.inner.signals.add(&mut scope, plan, meter)?;
        for name in plan.outer_names().filter(|name| name.contains(SEPARATOR)) {
            for (id, _) in splits(name) {
                meter.steps(NAME_STEPS + id.len() as u64 / 4)?;
                let Some((id, _)) = compiled.by_id.get_key_value(id) else {
                    continue;
                };
                meter.steps(STEP_STEPS)?;
                meter.bytes(STEP_BYTES)?;
                scope.set_step(Arc::clone(id), self.step_state(id, own));
            }
        }
        Ok(scope)
    }

    /// The layers of parameters around, the nearest first; not beyond the workflow it belongs to.
    pub(super) fn layers(&self) -> Vec<Arc<Map>> {
        let mut layers = Vec::new();
        let mut at = Some(self.at.frame);
        while let Some(frame) = at.and_then(|frame| self.state.frames.get(frame)) {
            layers.push(Arc::clone(&frame.values));
            let parent = self.state.around(frame).filter(|_| frame.body != OUTERMOST);
            if let Some(at) = parent
                && let Some(Run::Open { values, .. }) = self.run(at)
            {
                let kind = self.step(at).map(|step| &step.definition.kind);
                if let Some(StepKind::While { .. }) = kind {
                    layers.push(Arc::clone(&self.inner.in_while));
                }
                layers.push(Arc::clone(values));
            }
            at = parent.map(|at| at.frame);
        }
        layers
    }

    fn run(&self, at: RunId) -> Option<&Run> {
        self.state.frames.get(at.frame)?.run(at.step)
    }

    fn step_state(&self, id: &str, own: Option<&Arc<Map>>) -> StepState {
        match (self.seen(id), own) {
            (
                Seen::Run {
                    run: Run::Ended { values, .. },
                    ..
                },
                _,
            ) => StepState::Finished(Arc::clone(values)),
            (
                Seen::Run {
                    run: Run::Skipped | Run::Blocked,
                    ..
                },
                _,
            ) => StepState::Skipped,
            (_, Some(own)) if self.own_step().is_some_and(|step| &*step.definition.id == id) => {
                StepState::Finished(Arc::clone(own))
            }
            _ => StepState::NotRun,
        }
    }

    fn own_step(&self) -> Option<&CompiledStep> {
        self.step(self.at)
    }

    /// What a step is told of itself; `None` if only the orchestrator knows.
    pub(super) fn own_field(&self, field: &str, lent: &mut Lent) -> Result<Option<Value>, HostError> {
        let Some(step) = self.own_step().filter(|_| field == "step_id") else {
            return Ok(None);
        };
        answer::copy(&Value::from(step.definition.id()), lent).map(Some)
    }

    fn step(&self, at: RunId) -> Option<&CompiledStep> {
        let frame = self.state.frames.get(at.frame)?;
        self.inner.step(frame, at.step).ok()
    }

    /// A step by its id, where it runs before this one or is this one.
    fn seen(&self, id: &str) -> Seen<'_> {
        let mut at = Some(self.at);
        while let Some(run) = at {
            let Some(frame) = self.state.frames.get(run.frame) else {
                break;
            };
            let Some(compiled) = self.inner.workflows.get(frame.workflow) else {
                break;
            };
            let Some(step) = compiled.by_id.get(id).and_then(|index| compiled.steps.get(*index)) else {
                return Seen::Unknown;
            };
            if step.body == frame.body {
                let body = compiled.bodies.get(frame.body);
                let leads = |body: &Body| body.ancestors.leads(step.index, run.step);
                let before = step.index == run.step || body.is_some_and(leads);
                return match frame.run(step.index) {
                    Some(run) if before => Seen::Run { run, compiled },
                    _ => Seen::Later,
                };
            }
            at = self.state.around(frame).filter(|_| frame.body != OUTERMOST);
        }
        Seen::Later
    }

    fn ended(&self, id: &str) -> Result<Option<(&Run, &Compiled)>, HostError> {
        match self.seen(id) {
            Seen::Unknown => Ok(None),
            Seen::Run {
                run: Run::Skipped | Run::Blocked,
                ..
            } => Err(HostError::new(format!("the step {} was skipped", quote(id)))),
            Seen::Run { run, compiled } if run.has_ended() => Ok(Some((run, compiled))),
            Seen::Run { .. } | Seen::Later => Err(HostError::new(format!(
                "the step {} does not run before this",
                quote(id)
            ))),
        }
    }

    /// A parameter of a step, or its status; `None` if there is no such step.
    pub(super) fn step_parameter(&self, id: &str, name: &str, lent: &mut Lent) -> Result<Option<Value>, HostError> {
        answer::charge(lent, (0, CALL_PARTS))?;
        if name == "MAESTRO_STEP_STATUS" {
            return Ok(match self.seen(id) {
                Seen::Unknown => None,
                Seen::Run {
                    run: Run::Ended { status, .. },
                    ..
                } => Some(status_text(*status).into()),
                Seen::Run { run: Run::Skipped, .. } => Some("UNSATISFIED".into()),
                Seen::Run { .. } | Seen::Later => Some("NOT_CREATED".into()),
            });
        }
        if let "MAESTRO_STEP_ERROR" | "MAESTRO_STEP_ERROR_CODE" = name {
            let wrong = match self.seen(id) {
                Seen::Unknown => return Ok(None),
                Seen::Run { run, .. } => self.what_failed(run, lent)?,
                Seen::Later => None,
            };
            let text = match (name, wrong) {
                (_, None) => String::new(),
                ("MAESTRO_STEP_ERROR", Some(wrong)) => wrong.message(),
                (_, Some(wrong)) => wrong.code(),
            };
            answer::charge(lent, (2 * text.len() as u64, 1))?;
            return Ok(Some(text.into()));
        }
        if name == "MAESTRO_STEP_END_TIME" {
            // Only the orchestrator knows when.
            return Ok(None);
        }
        match self.ended(id)? {
            Some((Run::Ended { values, .. }, _)) => answer::parameter(values, id, name, lent),
            _ => Ok(None),
        }
    }

    /// What went wrong with a run: its own failure, else that of the first run inside it that failed.
    fn what_failed<'v>(&'v self, run: &'v Run, lent: &mut Lent) -> Result<Option<Wrong<'v>>, HostError> {
        let (mut run, mut step) = (run, None);
        loop {
            let Run::Ended {
                failure, iterations, ..
            } = run
            else {
                return Ok(None);
            };
            if let Some(failure) = failure {
                return Ok(Some(Wrong::Failure(failure)));
            }
            let frames = &iterations.frames;
            answer::charge(lent, (0, frames.len() as u64))?;
            let mut failed = frames.iter().filter_map(|id| {
                let frame = self.state.frames.get(*id)?;
                frame.failed.then_some((*id, frame))
            });
            let Some((id, frame)) = failed.next() else {
                return Ok(step.map(Wrong::Step));
            };
            answer::charge(lent, (0, frame.runs.len() as u64))?;
            let found = frame.each_run().find_map(|(index, run)| {
                let step = self.step(RunId::new(id, index))?;
                let Run::Ended { status, .. } = run else { return None };
                let fails = status.fails_around(step.definition.handles_failure());
                fails.then_some((run, step))
            });
            let Some((inside, of)) = found else {
                return Ok(step.map(Wrong::Step));
            };
            (run, step) = (inside, Some(of.definition.id()));
        }
    }

    /// An array of a parameter of a step inside a foreach, by iteration.
    pub(super) fn foreach_parameter(
        &self,
        id: &str,
        step: &str,
        name: &str,
        lent: &mut Lent,
    ) -> Result<Option<Value>, HostError> {
        answer::charge(lent, (0, CALL_PARTS))?;
        let Some((Run::Ended { iterations, .. }, compiled)) = self.ended(id)? else {
            return Ok(None);
        };
        let asked_of = compiled.by_id.get(id).and_then(|index| compiled.steps.get(*index));
        if let Some(other) = asked_of.map(|step| &step.definition)
            && !matches!(other.kind(), StepKind::Foreach { .. })
        {
            let (id, ty) = (quote(id), quote(other.type_name()));
            return Err(HostError::new(format!("{id} is a step of type {ty}, not a foreach")));
        }
        let inside = compiled.by_id.get(step).and_then(|index| compiled.steps.get(*index));
        let Some(inside) = inside.filter(|inside| {
            let outer = compiled.bodies.get(inside.body).and_then(|body| body.parent);
            outer == compiled.by_id.get(id).copied()
        }) else {
            return Err(HostError::new(format!(
                "unknown step {} in the foreach {}",
                quote(step),
                quote(id)
            )));
        };
        let asked = (inside.index, name);
        if !iterations.are_all() && !gathers(compiled, id, asked) {
            let message = format!(
                "the iterations of {} are not kept whole, which {} is asked of",
                quote(id),
                quote(name)
            );
            return Err(HostError::new(message));
        }
        // Each is looked up, and copied once for the list and once for the array.
        answer::charge(lent, (iterations.begun * 64, iterations.begun * CALL_PARTS))?;
        let mut values = vec![Value::Null; usize::try_from(iterations.begun).unwrap_or_default()];
        let mut set = |iteration: u64, value: Value| {
            if let Some(slot) = usize::try_from(iteration).ok().and_then(|at| values.get_mut(at)) {
                *slot = value;
            }
        };
        let declared = inside.definition.params.get(name).and_then(Definition::declared_type);
        for column in iterations
            .columns
            .iter()
            .filter(|column| (column.step, &*column.name) == asked)
        {
            for iteration in 0..iterations.begun {
                if let Some(value) = column.get(iteration, &self.state.blocks) {
                    let value = answer::copy(value, lent)?;
                    let retyped = declared.and_then(|declared| retyped(&value, declared));
                    set(iteration, retyped.unwrap_or(value));
                }
            }
        }
        for (iteration, frame) in iterations.numbered() {
            if let Some(Run::Ended { values, .. }) = self.run(RunId::new(frame, inside.index))
                && let Some(value) = values.get(name)
            {
                set(iteration, answer::copy(value, lent)?);
            }
        }
        // Where no iteration has one, nothing tells what they would be.
        if values.iter().all(Value::is_null) {
            return Ok(Some(Value::from(Vec::<Value>::new())));
        }
        let list = Value::from(values);
        for ty in [
            Type::LongArray,
            Type::DoubleArray,
            Type::BooleanArray,
            Type::StringArray,
        ] {
            if list.may_become(ty) {
                answer::charge(lent, list.held())?;
                if let Ok(array) = list.to_type(ty) {
                    return Ok(Some(array));
                }
            }
        }
        Ok(Some(list))
    }

    /// A parameter of a step inside a subworkflow.
    pub(super) fn subworkflow_parameter(
        &self,
        id: &str,
        step: &str,
        name: &str,
        lent: &mut Lent,
    ) -> Result<Option<Value>, HostError> {
        answer::charge(lent, (0, CALL_PARTS))?;
        let Some((Run::Ended { iterations, .. }, _)) = self.ended(id)? else {
            return Ok(None);
        };
        let Some(frame) = iterations
            .frames
            .first()
            .and_then(|frame| self.state.frames.get(*frame))
        else {
            return Ok(None);
        };
        let compiled = self.inner.workflows.get(frame.workflow);
        let inside = compiled.and_then(|compiled| compiled.steps.get(*compiled.by_id.get(step)?));
        let run = inside
            .filter(|inside| inside.body == frame.body)
            .and_then(|inside| frame.run(inside.index));
        match run {
            Some(Run::Ended { values, .. }) => answer::parameter(values, step, name, lent),
            Some(Run::Skipped | Run::Blocked) => Err(HostError::new(format!("the step {} was skipped", quote(step)))),
            _ => Err(HostError::new(format!(
                "unknown step {} in the subworkflow {}",
                quote(step),
                quote(id)
            ))),
        }
    }
}

/// Whether a loop keeps a parameter of a step inside it, of all its iterations.
fn gathers(compiled: &Compiled, id: &str, (step, name): (StepIndex, &str)) -> bool {
    let of = compiled.by_id.get(id).and_then(|id| compiled.steps.get(*id));
    let mut gathered = of.into_iter().flat_map(|of| &of.gathered);
    gathered.any(|gathers| gathers.step == step && gathers.name.as_deref().is_none_or(|known| known == name))
}

/// The names that workflow authors compare a status with.
const fn status_text(status: Status) -> &'static str {
    match status {
        Status::Succeeded => "SUCCEEDED",
        Status::Failed => "FATALLY_FAILED",
        Status::InternallyFailed => "INTERNALLY_FAILED",
        Status::TimedOut => "TIMED_OUT",
        Status::Skipped => "SKIPPED",
        Status::CompletedWithError => "COMPLETED_WITH_ERROR",
        Status::Stopped => "STOPPED",
    }
}
