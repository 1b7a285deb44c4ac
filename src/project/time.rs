//! How long the check of a file may take.

use std::cell::Cell;
use std::time::Duration;

use super::finding::Finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::host::{Interrupt, Interrupted};
use crate::source::Span;

/// How often something is done before the clock is looked at again.
const LOOK_EVERY: u32 = 256;

/// The time that the check of a file has.
pub(crate) struct Time {
    timeout: Option<Duration>,
    /// What the crate's own calls are stopped by.
    pub(crate) interrupt: Interrupt,
    looks: Cell<u32>,
    is_over: Cell<bool>,
}

impl Time {
    /// The time until it is interrupted; the timeout is what is told of it.
    pub(crate) fn new(timeout: Option<Duration>, interrupt: &Interrupt) -> Self {
        Self {
            timeout,
            interrupt: interrupt.clone(),
            looks: Cell::new(0),
            is_over: Cell::new(false),
        }
    }

    /// Whether it is over: before a piece of work of some length.
    pub(crate) fn is_over(&self) -> bool {
        if self.interrupt.check().is_err() {
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
    pub(crate) fn report(&self, findings: &mut Vec<Finding>) {
        let is_stop = |finding: &Finding| matches!(finding.diagnostic.code, Code::Deadline | Code::Cancelled);
        let stop = findings.iter().find(|finding| is_stop(finding));
        let code = stop.map(|finding| finding.diagnostic.code);
        if !self.is_over.get() && code.is_none() {
            return;
        }
        findings.retain(|finding| !is_stop(finding));
        let after = match self.timeout {
            Some(timeout) => format!(" after {} ms", timeout.as_millis()),
            None => String::new(),
        };
        let message = format!("the check was stopped{after}: this file was checked only in part");
        let code = code.unwrap_or_else(|| match self.interrupt.check() {
            Err(Interrupted::Cancelled) => Code::Cancelled,
            _ => Code::Deadline,
        });
        let diagnostic = Diagnostic::error(code, Span::default(), message);
        findings.push(Finding::of(diagnostic));
    }
}
