//! Unfolds workflows in a slot, and the limits of sets and unfoldings.

use selvedge::diagnostic::Code;
use selvedge::params::{DefinitionError, SetLimits};
use selvedge::workflow::{Blueprint, CompleteError, Status, UnfoldLimits, Unfolding, Workflow};
use selvedge::{Engine, Interrupt, Map};

use super::candidate::{Candidate, Measured};
use super::slots::Slot;
use super::worker::in_part;

/// The most calls of each kind on an unfolding.
const CALLS: usize = 4;

/// The bytes that an unfolding may keep, and those that a call may charge.
const UNFOLD_MEMORY: u64 = 1 << 20;

/// The limits of a set.
pub(crate) fn set_limits(candidate: &Candidate, steps: u64) -> SetLimits {
    SetLimits::default().steps(steps).memory(candidate.memory)
}

/// Builds, starts, settles and completes the first steps that are ready. Building is counted with the steps that it needs. What another
/// call charged is not told, but each may charge a candidate's steps and goes on where the last was stopped: so it counts as all of them.
pub(crate) fn workflow(engine: &Engine, candidate: &Candidate, slot: Slot) -> Measured {
    let limits = UnfoldLimits::default()
        .runs(400)
        .steps(candidate.steps)
        .memory(UNFOLD_MEMORY)
        .kept(UNFOLD_MEMORY);
    let mut read = None;
    (slot.compile)(&mut || read = Some(Workflow::from_json(&candidate.source)));
    let workflow = match read {
        Some(Ok(workflow)) => workflow,
        Some(Err(error)) => return refused(&error),
        None => return Measured::refused(String::new()),
    };
    let mut calls = Calls {
        slot,
        candidate,
        measured: Measured::default(),
    };
    let build = |steps| {
        Blueprint::builder(workflow.clone())
            .limits(limits.steps(steps))
            .build(engine)
    };
    let need = candidate.needed(|steps| build(steps).is_err_and(|error| is_stopped(&error)));
    let built = calls.call(need, || build(need));
    calls.measured.need = need;
    let blueprint = match built {
        Ok(_) => build(candidate.steps),
        Err(error) if !is_stopped(&error) => return calls.ended("refused"),
        Err(_) => return calls.ended("step_budget"),
    };
    let Ok(blueprint) = blueprint else {
        return calls.ended("step_budget");
    };
    let begun = calls.call(candidate.steps, || {
        Unfolding::begin(&blueprint, &Map::new(), &Interrupt::new())
    });
    let mut unfolding = match begun {
        Ok(unfolding) => unfolding,
        Err(error) if !is_stopped(&error) => return refused(&error),
        Err(_) => return calls.ended("step_budget"),
    };
    calls.settle(&mut unfolding);
    for _ in 0..CALLS {
        let ready = unfolding.ready();
        let Some(first) = ready.first() else { break };
        let completed = calls.call(candidate.steps, || {
            unfolding.complete(&first.path, Status::Succeeded, &Map::new())
        });
        if matches!(completed, Err(CompleteError::Unsettled(_))) {
            calls.settle(&mut unfolding);
        }
    }
    calls.ended("value")
}

/// What the calls on an unfolding did.
struct Calls<'c> {
    slot: Slot,
    candidate: &'c Candidate,
    measured: Measured,
}

impl Calls<'_> {
    fn call<T>(&mut self, steps: u64, mut work: impl FnMut() -> T) -> T {
        let mut came = None;
        let measured = in_part(self.slot.whole, || {
            came = Some(work());
            (steps, 0, String::new())
        });
        self.measured.steps += measured.steps;
        self.measured.peak = self.measured.peak.max(measured.peak);
        self.measured.nanoseconds += measured.nanoseconds;
        came.unwrap_or_else(work)
    }

    fn settle(&mut self, unfolding: &mut Unfolding) {
        for _ in 0..CALLS {
            if unfolding.is_settled()
                || self
                    .call(self.candidate.steps, || unfolding.settle(&Interrupt::new()))
                    .is_ok()
            {
                break;
            }
        }
    }

    fn ended(self, end: &str) -> Measured {
        Measured {
            end: end.to_owned(),
            memory: 2 * UNFOLD_MEMORY,
            ..self.measured
        }
    }
}

fn refused(error: &DefinitionError) -> Measured {
    Measured::refused(error.to_string())
}

/// Whether a call's budgets stopped it.
pub(crate) fn is_stopped(error: &DefinitionError) -> bool {
    error.problems().iter().any(|problem| problem.code() == Code::SetBudget)
}
