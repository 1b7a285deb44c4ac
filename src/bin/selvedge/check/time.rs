//! How long the check of a file may take, its reading included.

use std::cell::Cell;
use std::time::Duration;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::{Interrupt, Span};

use super::finding::Finding;
use crate::deadline::Deadline;

/// How often something is done before the clock is looked at again.
const LOOK_EVERY: u32 = 256;

/// The time that the check of a file has.
pub(crate) struct Time {
    millis: Option<u64>,
    pub(crate) deadline: Deadline,
    /// What the crate's own calls are stopped by.
    pub(crate) interrupt: Interrupt,
    looks: Cell<u32>,
    is_over: Cell<bool>,
}

impl Time {
    /// So many milliseconds from now on; without a bound where none are given.
    pub(crate) fn new(millis: Option<u64>) -> Self {
        let deadline = Deadline::after(millis.map(Duration::from_millis));
        Self {
            millis,
            deadline,
            interrupt: deadline.interrupt(),
            looks: Cell::new(0),
            is_over: Cell::new(false),
        }
    }

    /// Whether it is over: before a piece of work of some length.
    pub(crate) fn is_over(&self) -> bool {
        if self.deadline.is_over() {
            self.is_over.set(true);
        }
        self.is_over.get()
    }

    /// The same before one of many short ones: most calls look at no clock.
    pub(crate) fn is_over_soon(&self) -> bool {
        let looks = self.looks.get();
        self.looks.set(looks.wrapping_add(1));
        match looks % LOOK_EVERY {
            0 => self.is_over(),
            _ => self.is_over.get(),
        }
    }

    /// Leaves one finding that says that the file was not checked to its end, where it was not.
    pub(crate) fn tell(&self, findings: &mut Vec<Finding>) {
        let is_stop = |finding: &Finding| finding.diagnostic.code == Code::Deadline;
        if !self.is_over.get() && !findings.iter().any(is_stop) {
            return;
        }
        findings.retain(|finding| !is_stop(finding));
        let millis = self.millis.unwrap_or_default();
        let message = format!("the check was stopped after {millis} ms, and this file was not checked to its end");
        let diagnostic = Diagnostic::error(Code::Deadline, Span::default(), message);
        findings.push(Finding::of(diagnostic.with_help("give it more with `--timeout-ms`")));
    }
}
