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
    /// How often the run came to each site, where that is counted and nothing is written down.
    pub(crate) hits: Option<Vec<u64>>,
}

impl TraceLog {
    /// One that counts how often a run reaches each of so many sites.
    pub(crate) fn counting(sites: usize) -> Self {
        Self {
            events: Vec::new(),
            max_events: 0,
            max_value_bytes: 0,
            quotes_values: false,
            left_out: 0,
            hits: Some(vec![0; sites]),
        }
    }
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
