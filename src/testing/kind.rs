//! What fixtures test, and what may be expected of each.

/// The kind of a test.
///
/// ```
/// use selvedge::testing::Kind;
/// assert_eq!(Kind::Workflow.name(), "workflow");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// An expression or program.
    Expression,
    /// A set of parameters.
    Parameters,
    /// A workflow.
    Workflow,
}

impl Kind {
    /// Its name: `expression`, `parameters` or `workflow`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expression => "expression",
            Self::Parameters => "parameters",
            Self::Workflow => "workflow",
        }
    }

    /// The keys that may be expected of it.
    pub(super) fn expectations(self) -> impl Iterator<Item = &'static str> + Clone {
        let of = EXPECTATIONS.iter().filter(move |(_, kinds)| kinds.contains(&self));
        of.map(|(name, _)| *name)
    }
}

const ALL: &[Kind] = &[Kind::Expression, Kind::Parameters, Kind::Workflow];
const PARAMETERS: &[Kind] = &[Kind::Parameters];
const SETS: &[Kind] = &[Kind::Parameters, Kind::Workflow];
const WORKFLOW: &[Kind] = &[Kind::Workflow];

/// What may be expected, and of what.
const EXPECTATIONS: [(&str, &[Kind]); 13] = [
    ("value", &[Kind::Expression]),
    ("type", &[Kind::Expression]),
    ("values", SETS),
    ("types", PARAMETERS),
    ("error", ALL),
    ("warnings", ALL),
    ("max_steps", ALL),
    ("max_memory", ALL),
    ("status", WORKFLOW),
    ("path", WORKFLOW),
    ("skipped", WORKFLOW),
    ("steps", WORKFLOW),
    ("events", WORKFLOW),
];
