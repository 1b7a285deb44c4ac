//! The bytes that an unfolding keeps of a frame and of a run, counted once they are there.

use std::sync::Arc;

use super::failure::Failure;
use super::inner::Inner;
use super::retry::Retries;
use super::state::{Frame, Refused, Run, frame_bytes, shared_bytes, values_bytes};

/// The failure that says that there is no room is one for all.
fn of_failure(inner: &Inner, failure: Option<&Arc<Failure>>) -> u64 {
    match failure {
        Some(failure) if *failure != inner.full => shared_bytes(failure.held()),
        _ => 0,
    }
}

/// The bytes of the outcome of attempts before.
pub(super) fn of_retries(run: &Run) -> u64 {
    match run {
        Run::Ready { retries: Some(_), .. } => size_of::<Retries>() as u64,
        _ => 0,
    }
}

/// The bytes of a run, beside its place in its frame.
pub(super) fn of_run(inner: &Inner, run: &Run) -> u64 {
    match run {
        Run::Waiting | Run::Skipped | Run::Blocked => 0,
        Run::Ready { values, .. } => values_bytes(values) + of_retries(run),
        Run::Open { values, inside } => {
            let own = values_bytes(values) + of_failure(inner, inside.failure.as_ref());
            own.saturating_add(inside.iterations.columns_bytes())
        }
        Run::Ended {
            values,
            refused,
            failure,
            iterations,
            status: _,
        } => {
            let refused = refused.iter().flatten().map(Refused::held);
            let failure = of_failure(inner, failure.as_ref());
            let own = values_bytes(values) + failure + refused.sum::<u64>();
            own.saturating_add(iterations.columns_bytes())
        }
    }
}

/// The bytes of a frame, without those inside it.
pub(super) fn of_frame(inner: &Inner, frame: &Frame) -> u64 {
    let transitions = inner.body(frame).map_or(0, |body| body.transitions);
    let table = frame_bytes(frame.runs.len(), transitions);
    let runs = frame.runs.iter().map(|run| of_run(inner, run));
    runs.fold(table + values_bytes(&frame.values), u64::saturating_add)
}
