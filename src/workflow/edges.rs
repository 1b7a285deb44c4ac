//! What leads from steps that have ended to those that wait: whether one begins, or is skipped.

use std::sync::Arc;

use super::advance::RUN_STEPS;
use super::compiled::{Body, Incoming, StepIndex};
use super::definition::When;
use super::state::{Frame, FrameId, Noted, Refused, Run, RunId};
use super::unfold::Unfolding;
use crate::params::meter::{Meter, Stop};

/// What a transition says of the step that it leads to.
enum Edge {
    /// The step it comes from has not ended.
    Open,
    /// It leads there; `whatever` came of others, where it looks at how the step ended.
    Taken { whatever: bool },
    /// It does not lead there.
    Refused,
    /// The step it comes from failed, which keeps the other from running.
    Blocked,
}

impl Frame {
    /// Counts what each waiting step waits for, and finds those that are due.
    pub(super) fn await_all(&mut self, body: &Body) {
        let has_ended = |from: StepIndex| self.run(from).is_some_and(Run::has_ended);
        let missing = body.incoming.iter().map(|incoming| {
            let open = incoming.iter().filter(|incoming| !has_ended(incoming.from));
            open.count() as u32
        });
        let missing: Vec<u32> = missing.collect();
        let waits = |step: &StepIndex| matches!(self.run(*step), Some(Run::Waiting));
        let is_due = |step: &StepIndex| missing.get(step.get()) == Some(&0);
        let due = body.order.iter().copied().filter(|step| is_due(step) && waits(step));
        self.due = due.collect();
        self.missing = missing;
    }
}

impl Unfolding {
    /// Decides the steps of a frame that are due, and those that come of that.
    pub(super) fn decide_all(&mut self, frame: FrameId, meter: &mut Meter) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let body = inner.body(self.frame(frame)?)?;
        while let Some(step) = self.frame(frame)?.due.front().copied() {
            let at = RunId::new(frame, step);
            let (incoming, outgoing) = (body.incoming(step), body.outgoing(step));
            meter.steps((2 + incoming.len() + outgoing.len()) as u64 * RUN_STEPS)?;
            if matches!(self.run(at)?, Run::Waiting) {
                self.decide(at, incoming, meter)?;
            }
            self.frame_mut(frame)?.due.pop_front();
            // What was stopped is so for those beside it that are decided next.
            self.stop_pending(meter)?;
        }
        self.frame_mut(frame)?.queued = false;
        Ok(())
    }

    /// Tells the steps that a run leads to that it has ended; those that waited for nothing else are due.
    pub(super) fn lead_on(&mut self, at: RunId) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let outgoing = inner.body(self.frame(at.frame)?)?.outgoing(at.step);
        let frame = self.frame_mut(at.frame)?;
        let mut is_due = false;
        for to in outgoing {
            if let Some(missing) = frame.missing.get_mut(to.get()) {
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    frame.due.push_back(*to);
                    is_due = true;
                }
            }
        }
        if is_due {
            self.state_mut().queue(at.frame);
        }
        Ok(())
    }

    /// Runs or skips a step, once all that leads to it has ended.
    fn decide(&mut self, at: RunId, incoming: &[Incoming], meter: &mut Meter) -> Result<(), Stop> {
        let halted = self.frame(at.frame)?.halted;
        let (mut led_to, mut blocked) = (incoming.is_empty() && !halted, halted);
        let mut kept = false;
        for &edge in incoming {
            match self.edge(at.frame, edge)? {
                Edge::Open => return Ok(()),
                Edge::Taken { whatever } => {
                    led_to = true;
                    // Where all is stopped only what runs in any case begins.
                    blocked &= !whatever;
                }
                Edge::Refused => {}
                Edge::Blocked => kept = true,
            }
        }
        blocked |= kept;
        if led_to && !blocked {
            return self.spend_on_beginning(at, meter, |of, meter| of.begin_step(at, meter));
        }
        self.set_run(at, if blocked { Run::Blocked } else { Run::Skipped })?;
        self.note(at, Noted::Skipped);
        self.close(at, false)
    }

    /// What a transition says of the step that it leads to.
    fn edge(&self, frame: FrameId, Incoming { from, transition }: Incoming) -> Result<Edge, Stop> {
        let from = RunId::new(frame, from);
        let when = || {
            let transition = self.step(from)?.definition.transitions.get(transition);
            Ok(transition.map(|transition| &transition.when))
        };
        Ok(match self.run(from)? {
            Run::Ended { refused, .. } => match refused.get(transition) {
                Some(None) => Edge::Taken {
                    whatever: matches!(when()?, Some(When::InAnyCase | When::OnFailure)),
                },
                None | Some(Some(Refused::Failed)) => Edge::Blocked,
                Some(Some(Refused::Condition(_) | Refused::Held(_) | Refused::Handled | Refused::Succeeded)) => {
                    Edge::Refused
                }
            },
            Run::Skipped | Run::Blocked if when()? == Some(&When::InAnyCase) => Edge::Taken { whatever: true },
            Run::Blocked if when()? != Some(&When::OnFailure) => Edge::Blocked,
            Run::Skipped | Run::Blocked => Edge::Refused,
            Run::Waiting | Run::Ready { .. } | Run::Open { .. } => Edge::Open,
        })
    }
}
