//! The events of a run that is traced.

use crate::source::Span;

/// What was written down so far.
#[derive(Debug)]
pub(crate) struct TraceLog {
    pub(crate) events: Vec<Event>,
    pub(crate) max_events: usize,
    pub(crate) max_value_bytes: usize,
    /// Whether values are shown; `…` stands for them where they are not.
    pub(crate) quotes_values: bool,
    /// How many more events there were.
    pub(crate) left_out: u64,
}

/// An assignment or a branch.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) span: Span,
    pub(crate) what: What,
}

/// What happened.
#[derive(Debug)]
pub(crate) enum What {
    Assigned { target: String, value: String },
    Branched(bool),
}
