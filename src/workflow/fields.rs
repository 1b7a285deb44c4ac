//! The keys of workflows and steps that are no parameters.

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

    /// Whether a key has a meaning of its own, and is no parameter.
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
