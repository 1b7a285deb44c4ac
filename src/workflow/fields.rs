//! The keys of workflows and steps that are not parameters.

use crate::diagnostic::closest;

/// What stands for the kinds of steps a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Workflow,
    Plain,
    Foreach,
    While,
    Subworkflow,
}

impl Kind {
    /// The kind of a step by the key it stands under.
    pub(super) fn of_step(key: &str) -> Self {
        match key {
            "foreach" => Self::Foreach,
            "while" => Self::While,
            "subworkflow" => Self::Subworkflow,
            _ => Self::Plain,
        }
    }

    /// The keys that all of it has a meaning for, beside those of every step.
    const fn own(self) -> &'static [&'static str] {
        match self {
            Self::Workflow => &[
                "id",
                "name",
                "description",
                "owner",
                "run_strategy",
                "workflow_concurrency",
                "step_concurrency",
                "instance_step_concurrency",
                "concurrency",
                "timeout",
                "criticality",
                "tags",
                "time_triggers",
                "signal_triggers",
                "params",
                "steps",
                "jobs",
                "dag",
            ],
            Self::Plain => &["type", "type_version", "sub_type", "version"],
            Self::Foreach => &[
                "concurrency",
                "job_concurrency",
                "strict_ordering",
                "loop_params",
                "ranges",
                "steps",
                "jobs",
                "dag",
            ],
            Self::While => &["condition", "loop_params", "steps", "jobs", "dag"],
            Self::Subworkflow => &[
                "workflow_id",
                "subworkflow_id",
                "version",
                "subworkflow_version",
                "sync",
                "explicit_params",
            ],
        }
    }

    /// Whether a key has a meaning of its own, and is not a parameter.
    pub(super) fn has(self, key: &str) -> bool {
        self.all().any(|known| known == key)
    }

    /// Every key that has a meaning of its own.
    pub(super) fn all(self) -> impl Iterator<Item = &'static str> {
        let of_steps = match self {
            Self::Workflow => &[][..],
            Self::Plain | Self::Foreach | Self::While | Self::Subworkflow => &OF_STEPS,
        };
        self.own().iter().chain(of_steps).copied()
    }
}

/// What is written for keys out of habit, and the keys.
const HABITS: [(&str, &str); 3] = [
    ("retries", "retry_policy"),
    ("max_retries", "retry_policy"),
    ("depends_on", "transition"),
];
/// A key that is shorter may be near to many words.
const LEAST_LETTERS: usize = 6;

impl Kind {
    /// The key that was meant by one that has no meaning; in the shorthand, where it may be a parameter as well, only by a slip.
    pub(super) fn meant(self, key: &str, is_shorthand: bool) -> Option<&'static str> {
        if key.len() + 1 < LEAST_LETTERS || key.bytes().any(|byte| byte.is_ascii_digit()) || self.has(key) {
            return None;
        }
        let known = self.all().filter(|known| known.len() >= LEAST_LETTERS);
        let habits = HABITS.iter().map(|(habit, _)| *habit);
        let near = closest(key, known.chain(habits))?;
        let most = if near.len() < 9 { 1 } else { 2 };
        if near.len().abs_diff(key.len()) > most || (is_shorthand && near == key) {
            return None;
        }
        let habit = HABITS.iter().find(|(habit, _)| *habit == near);
        let meant = habit.map_or(near, |(_, meant)| *meant);
        self.all().find(|known| *known == meant)
    }
}

/// The keys of every step.
const OF_STEPS: [&str; 12] = [
    "id",
    "name",
    "description",
    "tags",
    "timeout",
    "failure_mode",
    "retry_policy",
    "transition",
    "params",
    "signal_dependencies",
    "signal_outputs",
    "dependencies",
];
