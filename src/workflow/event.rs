//! What happens to an unfolding, and what it says is to be done, as data.

use serde::{Deserialize, Serialize};

use super::failure::StepError;
use super::state::{Status, Why};
use super::unfold::Ready;
use crate::value::Map;

/// Something that happened, which [`Unfolding::apply`](super::Unfolding::apply) is told. The state of an unfolding is what its
/// events, in their order, come to.
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
}

impl Event {
    /// That the orchestrator began a step.
    pub fn started(step: impl Into<String>) -> Self {
        Self::Started { step: step.into() }
    }

    /// That a step ended.
    pub fn ended(step: impl Into<String>, status: Status, outputs: Map) -> Self {
        Self::Ended {
            step: step.into(),
            status,
            outputs,
            error: None,
        }
    }

    /// That a step failed, and why.
    pub fn failed(step: impl Into<String>, error: StepError) -> Self {
        Self::Ended {
            step: step.into(),
            status: Status::Failed,
            outputs: Map::new(),
            error: Some(error),
        }
    }
}

/// What came of an event: what is to be done, and what an orchestrator may want to show.
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
    /// This step is to run now: it was not before.
    Run(Ready),
    /// A loop or subworkflow has begun; its own steps are told of.
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

/// An event or a command with the version of its form: a line of a journal, or a message.
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
    /// With the version of this release.
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
            other => Err(format!("version {other} is not known, {VERSION} is")),
        }
    }
}
