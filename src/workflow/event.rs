//! What happens to an unfolding, and what it says is to be done, as data.

use serde::{Deserialize, Serialize};

use super::failure::StepError;
use super::retry::Cause;
use super::state::Why;
use super::status::Status;
use super::unfold::Ready;
use crate::value::Map;

/// Something that happened, for [`Unfolding::apply`](super::Unfolding::apply). The sequence of events determines the state of an unfolding.
///
/// ```
/// use selvedge::workflow::{Event, Status};
/// let event: Event = serde_json::from_str(r#"{"ended": {"step": "load", "status": "succeeded", "outputs": {"rows": 7}}}"#)?;
/// assert_eq!(event, Event::ended("load", Status::Succeeded, selvedge::Map::from_iter([("rows", 7)])));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// It began, with values for the workflow's parameters: the first of all events, which
    /// [`Unfolding::open`](super::Unfolding::open) takes.
    Begun {
        /// The [hash](super::Blueprint::hash) of the blueprint.
        blueprint: String,
        /// The values.
        parameters: Map,
        /// Whether it is a restart, where modes allow less.
        #[serde(default)]
        again: bool,
    },
    /// The orchestrator began a step that is to run.
    Started {
        /// Its path.
        step: String,
    },
    /// A step ended.
    Ended {
        /// Its path.
        step: String,
        /// How.
        status: Status,
        /// Its outputs.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        outputs: Map,
        /// What went wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<StepError>,
    },
    /// All that is open is to be stopped; what runs in any case still does.
    Cancelled,
    /// An attempt of a step that is to run failed: the step is tried again as its `retry_policy` says, or else ends.
    AttemptFailed {
        /// Its path.
        step: String,
        /// Which limit of the policy it counts against.
        #[serde(default)]
        cause: Cause,
        /// What went wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<StepError>,
    },
    /// A step that ended is to run again, its parameters evaluated anew; so is all that it leads to, and what is around it goes on.
    Restarted {
        /// Its path.
        step: String,
    },
    /// A step is to be passed over: one that waits, is to run or runs does not, one that failed counts no more. Its transitions are
    /// looked at.
    Skipped {
        /// Its path.
        step: String,
    },
    /// A step that is to run or runs is to be stopped, with what is inside it.
    StepCancelled {
        /// Its path.
        step: String,
    },
}

impl Event {
    /// The orchestrator started a step.
    pub fn started(step: impl Into<String>) -> Self {
        Self::Started { step: step.into() }
    }

    /// A step ended.
    pub fn ended(step: impl Into<String>, status: Status, outputs: Map) -> Self {
        Self::Ended {
            step: step.into(),
            status,
            outputs,
            error: None,
        }
    }

    /// A step failed.
    pub fn failed(step: impl Into<String>, error: StepError) -> Self {
        Self::Ended {
            step: step.into(),
            status: Status::Failed,
            outputs: Map::new(),
            error: Some(error),
        }
    }

    /// An attempt of a step failed.
    pub fn attempt_failed(step: impl Into<String>, cause: Cause, error: impl Into<Option<StepError>>) -> Self {
        Self::AttemptFailed {
            step: step.into(),
            cause,
            error: error.into(),
        }
    }

    /// A step runs again.
    pub fn restarted(step: impl Into<String>) -> Self {
        Self::Restarted { step: step.into() }
    }

    /// A step is skipped.
    pub fn skipped(step: impl Into<String>) -> Self {
        Self::Skipped { step: step.into() }
    }

    /// A step is stopped.
    pub fn step_cancelled(step: impl Into<String>) -> Self {
        Self::StepCancelled { step: step.into() }
    }

    /// The path of its step; `None` if it is about the whole unfolding.
    ///
    /// ```
    /// use selvedge::workflow::Event;
    /// assert_eq!((Event::started("load").step(), Event::Cancelled.step()), (Some("load"), None));
    /// ```
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Begun { .. } | Self::Cancelled => None,
            Self::Started { step }
            | Self::Ended { step, .. }
            | Self::AttemptFailed { step, .. }
            | Self::Restarted { step }
            | Self::Skipped { step }
            | Self::StepCancelled { step } => Some(step),
        }
    }
}

/// A result of an event: something to do, or progress to show.
///
/// ```
/// use selvedge::workflow::{Command, Status};
/// let command: Command = serde_json::from_str(r#"{"finished": {"status": "succeeded"}}"#)?;
/// assert_eq!(command, Command::Finished { status: Status::Succeeded });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Command {
    /// This step is to run now: it was not before, or its last attempt failed; then [`Ready::attempt`] and [`Ready::delay_seconds`] say
    /// how many did, and how long this one is to wait.
    Run(Ready),
    /// What was told of this step, and of all inside it, no longer holds: it waits again.
    Reset {
        /// Its path.
        step: String,
    },
    /// A loop or subworkflow has begun, or goes on after its end; its own steps are told of.
    Opened {
        /// Its path.
        step: String,
    },
    /// This step, which was to run or runs, is to be stopped: it has ended for the unfolding.
    Stop {
        /// Its path.
        step: String,
    },
    /// A step has ended.
    Ended {
        /// Its path.
        step: String,
        /// How.
        status: Status,
        /// What went wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<StepError>,
    },
    /// A step does not run.
    Skipped {
        /// Its path.
        step: String,
        /// Why no transition led to it.
        because: Vec<Why>,
    },
    /// Everything has ended.
    Finished {
        /// How the workflow ended.
        status: Status,
    },
}

/// The version of events and commands as data.
const VERSION: u32 = 1;

/// An event or a command with its format version: a line of a journal, or a message.
///
/// ```
/// use selvedge::workflow::{Entry, Event};
/// let line = serde_json::to_string(&Entry::new(Event::started("load")))?;
/// assert_eq!(line, r#"{"version":1,"entry":{"started":{"step":"load"}}}"#);
/// assert_eq!(serde_json::from_str::<Entry<Event>>(&line)?.entry, Event::started("load"));
/// let later = serde_json::from_str::<Entry<Event>>(&line.replace("1", "2")).unwrap_err();
/// assert!(later.to_string().contains("version 2"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Read<T>", bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Entry<T> {
    version: u32,
    /// The event or command.
    pub entry: T,
}

#[derive(Deserialize)]
struct Read<T> {
    version: u32,
    entry: T,
}

impl<T> Entry<T> {
    /// Wraps an event or command with the format version of this release.
    pub fn new(entry: T) -> Self {
        let version = VERSION;
        Self { version, entry }
    }
}

impl<T> TryFrom<Read<T>> for Entry<T> {
    type Error = String;

    fn try_from(Read { version, entry }: Read<T>) -> Result<Self, String> {
        match version {
            VERSION => Ok(Self { version, entry }),
            other => Err(format!("unknown version {other}, expected {VERSION}")),
        }
    }
}
