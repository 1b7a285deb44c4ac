//! How a step ended.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::diagnostic::quote;

/// How a step ended.
///
/// ```
/// use selvedge::workflow::Status;
/// assert_eq!(Status::from_name("FAILED"), Some(Status::Failed));
/// assert_eq!(Status::CompletedWithError.name(), "completed_with_error");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// It did what it should; its transitions are looked at.
    Succeeded,
    /// It failed; nothing that it leads to runs, and the loop or workflow around it fails once what is open has ended.
    Failed,
    /// It failed because of what stands around it, such as an expression of its own that goes wrong: whatever its failure mode.
    InternallyFailed,
    /// It took longer than it may, and failed, whatever its failure mode.
    TimedOut,
    /// It failed, and that does not matter: its transitions are looked at.
    CompletedWithError,
    /// It was stopped before its end: by whoever runs it, or because a step beside it failed that fails all at once.
    Stopped,
    /// Whoever runs it passed over it; its transitions are looked at.
    Skipped,
}

/// What else statuses are called, by Maestro and before now.
const OTHER_NAMES: [(&str, Status); 6] = [
    ("fatally_failed", Status::Failed),
    ("user_failed", Status::Failed),
    ("platform_failed", Status::Failed),
    ("timeout_failed", Status::TimedOut),
    ("disabled", Status::Skipped),
    ("failure_ignored", Status::CompletedWithError),
];

impl Status {
    /// Every status.
    pub const ALL: &'static [Self] = &[
        Self::Succeeded,
        Self::Failed,
        Self::InternallyFailed,
        Self::TimedOut,
        Self::CompletedWithError,
        Self::Stopped,
        Self::Skipped,
    ];

    /// Its name, such as `succeeded`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::InternallyFailed => "internally_failed",
            Self::TimedOut => "timed_out",
            Self::CompletedWithError => "completed_with_error",
            Self::Stopped => "stopped",
            Self::Skipped => "skipped",
        }
    }

    /// The status of a name, in any case; also of Maestro's names, such as `FATALLY_FAILED`.
    pub fn from_name(name: &str) -> Option<Self> {
        let named = Self::ALL
            .iter()
            .map(|status| (status.name(), *status))
            .chain(OTHER_NAMES);
        let mut found = named.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, status)| status)
    }

    /// The names of all, for messages.
    pub(super) fn names() -> String {
        let names: Vec<&str> = Self::ALL.iter().map(|status| status.name()).collect();
        names.join(", ")
    }

    /// Whether it failed by itself: what is led to on failure runs.
    pub(super) const fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::InternallyFailed | Self::TimedOut)
    }

    /// Whether the loop or workflow around it fails.
    pub(super) const fn fails(self) -> bool {
        !self.continues()
    }

    /// Whether what is around a step fails, where its failure is handled or not.
    pub(super) const fn fails_around(self, is_handled: bool) -> bool {
        self.fails() && !(self.is_failure() && is_handled)
    }

    /// Whether its transitions are looked at.
    pub(super) const fn continues(self) -> bool {
        matches!(self, Self::Succeeded | Self::CompletedWithError | Self::Skipped)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<'de, str>::deserialize(deserializer)?;
        let unknown = || {
            D::Error::custom(format!(
                "unknown status {}, expected one of {}",
                quote(&name),
                Self::names()
            ))
        };
        Self::from_name(&name).ok_or_else(unknown)
    }
}
