//! Events: the one way in which an unfolding changes, and what it says came of each.

use std::collections::HashSet;

use thiserror::Error;

use super::blueprint::Blueprint;
use super::complete::{CompleteError, Input, stopped};
use super::event::{Command, Event};
use super::failure::StepError;
use super::state::{Noted, Run, RunId};
use super::unfold::{Progress, Unfolding};
use crate::diagnostic::quote;
use crate::host::Interrupt;
use crate::params::meter::Meter;
use crate::params::{DefinitionError, Occasion};
use crate::value::Map;

/// Steps for a command that is made, beside its path.
const COMMAND_STEPS: u64 = 40;

/// An error of [`Unfolding::fold`].
///
/// ```
/// use selvedge::workflow::{Blueprint, Event, Unfolding, Workflow};
/// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let refused = Unfolding::fold(&blueprint, [Event::started("load")]).unwrap_err();
/// assert_eq!(refused.to_string(), "the first event is not that it has begun");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum FoldError {
    /// The first event is not [`Event::Begun`].
    #[error("the first event is not that it has begun")]
    NotBegun,
    /// It began with other definitions or limits.
    #[error("it began with other definitions: their hash is {0}")]
    OtherBlueprint(String),
    /// It could not begin.
    #[error(transparent)]
    Start(#[from] DefinitionError),
    /// An event could not be applied.
    #[error("event {at}: {error}")]
    Event {
        /// Which, counted from 0.
        at: usize,
        /// Why.
        error: CompleteError,
    },
}

impl Unfolding {
    /// Begins with an [`Event::Begun`] and returns the first commands.
    ///
    /// # Errors
    ///
    /// Another event, another blueprint, or as [`start`](Self::start).
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Command, Event, Status, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "load", "type": "sql", "transition": {"successors": {"publish": "true"}}}},
    ///     {"step": {"id": "publish", "type": "copy"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
    /// let (mut unfolding, commands) = Unfolding::open(&blueprint, blueprint.begun(Map::new()))?;
    /// assert!(matches!(&commands[..], [Command::Run(load)] if load.path == "load"));
    ///
    /// assert!(unfolding.apply(Event::started("load"))?.is_empty());
    /// let commands = unfolding.apply(Event::ended("load", Status::Succeeded, Map::new()))?;
    /// assert!(matches!(&commands[..], [Command::Ended { .. }, Command::Run(next)] if next.path == "publish"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(blueprint: &Blueprint, begun: Event) -> Result<(Self, Vec<Command>), FoldError> {
        Self::open_with(blueprint, begun, &Interrupt::new())
    }

    /// As [`open`](Self::open), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let interrupt = Interrupt::new().cancel(token);
    /// assert!(Unfolding::open_with(&blueprint, blueprint.begun(Map::new()), &interrupt).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_with(
        blueprint: &Blueprint,
        begun: Event,
        interrupt: &Interrupt,
    ) -> Result<(Self, Vec<Command>), FoldError> {
        let mut unfolding = Self::opened(blueprint, begun, interrupt, Some(Vec::new()))?;
        let commands = unfolding.commands();
        Ok((unfolding, commands))
    }

    /// An unfolding that began, with a log where commands are asked for.
    fn opened(
        blueprint: &Blueprint,
        begun: Event,
        interrupt: &Interrupt,
        log: Option<Vec<(RunId, Noted)>>,
    ) -> Result<Self, FoldError> {
        let Event::Begun {
            blueprint: hash,
            parameters,
            again,
        } = begun
        else {
            return Err(FoldError::NotBegun);
        };
        if hash != blueprint.hash() {
            return Err(FoldError::OtherBlueprint(hash));
        }
        let occasion = if again { Occasion::Restart } else { Occasion::Start };
        Ok(Self::started(blueprint, &parameters, occasion, interrupt, log)?)
    }

    /// Applies an event and returns the resulting commands: what to run next, and what began, ended or was skipped, and why.
    ///
    /// # Errors
    ///
    /// An event that cannot happen now, such as the end of a step that waits, or outputs that are not allowed. Nothing changes then, unless
    /// the error says so. [`Event::Begun`] is for [`open`](Self::open).
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Command, Event, StepError, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "load", "type": "sql", "transition": {"successors": {"publish": "true"}}}},
    ///     {"step": {"id": "publish", "type": "copy"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
    /// let (mut unfolding, _) = Unfolding::open(&blueprint, blueprint.begun(Map::new()))?;
    /// let commands = unfolding.apply(Event::failed("load", StepError::new("no such table")))?;
    /// let [Command::Ended { .. }, Command::Skipped { step, because }, Command::Finished { .. }] = &commands[..] else {
    ///     return Err("other commands".into());
    /// };
    /// assert_eq!((&**step, because[0].to_string()), ("publish", "`load` failed".to_owned()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&mut self, event: Event) -> Result<Vec<Command>, CompleteError> {
        self.apply_with(event, &Interrupt::new())
    }

    /// As [`apply`](Self::apply), until it is interrupted. The commands of an interrupted call are returned by the next call, or by
    /// [`commands`](Self::commands) once [`settle`](Self::settle) is done.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Event, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
    /// let (mut unfolding, _) = Unfolding::open(&blueprint, blueprint.begun(Map::new()))?;
    /// let token = CancelToken::new();
    /// token.cancel();
    /// assert!(unfolding.apply_with(Event::started("load"), &Interrupt::new().cancel(token)).is_err());
    /// assert!(!unfolding.ready()[0].started);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply_with(&mut self, event: Event, interrupt: &Interrupt) -> Result<Vec<Command>, CompleteError> {
        self.log.get_or_insert_default();
        self.applied(&event, interrupt).map(|()| self.commands())
    }

    /// Tells what happened, and what that used.
    fn applied(&mut self, event: &Event, interrupt: &Interrupt) -> Result<(), CompleteError> {
        let mut meter = self.blueprint.limits().meter(interrupt);
        let applied = self.apply_in(event, &mut meter);
        self.usage = meter.used();
        self.unless_lost(applied)
    }

    fn apply_in(&mut self, event: &Event, meter: &mut Meter) -> Result<(), CompleteError> {
        self.settle_before(meter)?;
        let input = match event {
            Event::Begun { .. } => return Err(CompleteError::HasBegun),
            Event::Started { step } => Input::Started(self.find_in(step, meter)?),
            Event::Ended {
                step,
                status,
                outputs,
                error,
            } => Input::Ended {
                at: self.find_in(step, meter)?,
                status: *status,
                outputs,
                error: error.as_ref(),
            },
            Event::Cancelled => Input::Cancelled,
            Event::AttemptFailed { step, cause, error } => Input::AttemptFailed {
                at: self.find_in(step, meter)?,
                cause: *cause,
                error: error.as_ref(),
            },
            Event::Restarted { step } => Input::Restarted(self.find_in(step, meter)?),
            Event::Skipped { step } => Input::Skipped(self.find_in(step, meter)?),
            Event::StepCancelled { step } => Input::StepCancelled(self.find_in(step, meter)?),
        };
        self.take(&input, meter)?;
        let noted = self.log.as_ref().map_or(0, Vec::len) as u64;
        // What is done is done; that it is told of is within the budget of what did it.
        let _ = meter.steps(noted * COMMAND_STEPS);
        Ok(())
    }

    /// Decides what a call that was stopped left: an event finds what those before it came to.
    pub(super) fn settle_before(&mut self, meter: &mut Meter) -> Result<(), CompleteError> {
        self.unless_lost(Ok(()))?;
        if !self.is_settled() {
            self.run_pending(meter).map_err(stopped)?;
        }
        self.let_go_before(meter);
        Ok(())
    }

    /// The step of a path.
    pub(super) fn find_in(&self, path: &str, meter: &mut Meter) -> Result<RunId, CompleteError> {
        meter.steps(path.len() as u64).map_err(stopped)?;
        self.find(path).ok_or_else(|| CompleteError::NoSuchStep(quote(path)))
    }

    /// Takes what it is told, and decides what follows.
    pub(super) fn take(&mut self, input: &Input<'_>, meter: &mut Meter) -> Result<(), CompleteError> {
        match *input {
            Input::Started(at) => return self.start_run(at),
            Input::Ended {
                at,
                status,
                outputs,
                error,
            } => self.spend(at, meter, |of, meter| of.end_run(at, (status, outputs, error), meter))?,
            Input::Cancelled => self.cancel(meter).map_err(stopped)?,
            Input::AttemptFailed { at, cause, error } => {
                self.spend(at, meter, |of, meter| of.fail_attempt(at, cause, error, meter))?;
            }
            Input::Restarted(at) => self.spend(at, meter, |of, meter| of.restart_run(at, meter))?,
            Input::Skipped(at) => self.spend(at, meter, |of, meter| of.pass_over(at, meter))?,
            Input::StepCancelled(at) => self.spend(at, meter, |of, meter| of.cancel_run(at, meter))?,
        }
        let settled = self.run_pending(meter);
        settled.map_err(|stop| CompleteError::Unsettled(Box::new(stop.problem())))
    }

    fn start_run(&mut self, at: RunId) -> Result<(), CompleteError> {
        self.ready_values(at)?;
        if let Run::Ready { started: true, .. } = self.run(at).map_err(stopped)? {
            return self.not_ready(at, "it has already begun");
        }
        if let Run::Ready { started, .. } = self.run_mut(at).map_err(stopped)? {
            *started = true;
        }
        Ok(())
    }

    /// Returns the commands that an interrupted call has not returned yet.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// assert!(Unfolding::start(&blueprint, &Map::new())?.commands().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn commands(&mut self) -> Vec<Command> {
        let Some(log) = self.log.take() else {
            return Vec::new();
        };
        let mut new = HashSet::new();
        let mut commands = Vec::with_capacity(log.len() + 1);
        let mut has_ended = log.is_empty() && self.state.runs == 1;
        for (at, noted) in log {
            has_ended |= matches!(noted, Noted::Ended | Noted::Stopped | Noted::Skipped);
            if noted == Noted::Ready {
                new.insert(at);
            }
            // What was to run for a moment, nobody runs.
            if noted == Noted::Stopped && !new.contains(&at) {
                commands.push(Command::Stop { step: self.path(at) });
            }
            commands.extend(self.command(at, noted));
        }
        if let (true, Progress::Ended(status)) = (has_ended && self.is_settled(), self.progress()) {
            commands.push(Command::Finished { status });
        }
        self.let_a_few_go();
        commands
    }

    fn command(&self, at: RunId, noted: Noted) -> Option<Command> {
        let step = || self.path(at);
        Some(match noted {
            Noted::Ready => Command::Run(self.ready_at(at)?),
            Noted::Opened => Command::Opened { step: step() },
            Noted::Reset => Command::Reset { step: step() },
            Noted::Skipped => Command::Skipped {
                step: step(),
                because: self.because(at),
            },
            Noted::Ended | Noted::Stopped => {
                let Run::Ended { status, failure, .. } = self.run(at).ok()? else {
                    return None;
                };
                Command::Ended {
                    step: step(),
                    status: *status,
                    error: failure
                        .as_ref()
                        .map(|failure| StepError::new(failure.message()).with_code(failure.code_text())),
                }
            }
        })
    }

    /// Notes the outcome of a run, where commands are asked for.
    pub(super) fn note(&mut self, at: RunId, noted: Noted) {
        if let Some(log) = &mut self.log {
            log.push((at, noted));
        }
    }

    /// Computes the state from a journal of events, the first of which is [`Event::Begun`].
    ///
    /// The clock and the functions of the host are asked again; where they answer as they did, the state is as it was.
    ///
    /// # Errors
    ///
    /// The first event that cannot be applied, and why.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Event, Status, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
    /// let journal = [blueprint.begun(Map::new()), Event::started("load")];
    /// let unfolding = Unfolding::fold(&blueprint, journal)?;
    /// assert!(unfolding.ready()[0].started);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fold(blueprint: &Blueprint, events: impl IntoIterator<Item = Event>) -> Result<Self, FoldError> {
        Self::fold_with(blueprint, events, &Interrupt::new())
    }

    /// As [`fold`](Self::fold), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`fold`](Self::fold); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let interrupt = Interrupt::new().cancel(token);
    /// assert!(Unfolding::fold_with(&blueprint, [blueprint.begun(Map::new())], &interrupt).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fold_with(
        blueprint: &Blueprint,
        events: impl IntoIterator<Item = Event>,
        interrupt: &Interrupt,
    ) -> Result<Self, FoldError> {
        let mut events = events.into_iter().enumerate();
        let (_, begun) = events.next().ok_or(FoldError::NotBegun)?;
        let mut unfolding = Self::opened(blueprint, begun, interrupt, None)?;
        for (at, event) in events {
            let applied = unfolding.applied(&event, interrupt);
            applied.map_err(|error| FoldError::Event { at, error })?;
        }
        Ok(unfolding)
    }
}

impl Blueprint {
    /// Returns the first event of an unfolding's journal, with values for the workflow's parameters.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Event, Workflow};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// assert!(matches!(blueprint.begun(Map::new()), Event::Begun { blueprint: hash, .. } if hash == blueprint.hash()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn begun(&self, parameters: Map) -> Event {
        Event::Begun {
            blueprint: self.hash().to_owned(),
            parameters,
            again: false,
        }
    }
}
