//! What is counted of a loop over all of its beginnings.

use super::expand::{Axis, Expansion};
use super::inner::Inner;
use super::product::Grid;
use crate::diagnostic::{Code, Message};
use crate::value::Map;

impl Expansion {
    /// Notes why the iterations of one beginning are not known; of many reasons the first.
    pub(super) fn fail(&mut self, outer: &str, why: impl std::fmt::Display) {
        self.at_least = true;
        self.note(outer, why);
    }

    pub(super) fn note(&mut self, outer: &str, why: impl std::fmt::Display) {
        self.problem.get_or_insert_with(|| match outer {
            "" => why.to_string(),
            outer => format!("in {outer}: {why}"),
        });
    }

    /// Adds the iterations of one beginning of the loop.
    pub(super) fn add(&mut self, grid: &Grid<'_>, around: &Map, outer: &str, inner: &Inner) {
        let (limits, quote_values) = (&inner.limits, inner.engine.settings().quote_values);
        for (index, (name, length)) in grid.lengths().enumerate() {
            match self.axes.get_mut(index) {
                Some(axis) => axis.meet(length),
                None => self.axes.push(Axis {
                    name: name.to_owned(),
                    length,
                    longest: None,
                }),
            }
        }
        let count = grid.count();
        self.count = self.count.and_then(|before| before.checked_add(count?));
        match count {
            Some(0) => {}
            Some(count) => {
                let binding = |iteration| {
                    let mut bindings = around.clone();
                    bindings.extend(grid.at(iteration));
                    bindings
                };
                self.first.get_or_insert_with(|| binding(0));
                self.last = Some(binding(count - 1));
                if count > limits.iterations {
                    let message = Message::default().value(count).words(" iterations, and ");
                    let message = message.limit(limits.iterations).words(" are allowed");
                    self.note(outer, message.text(Code::LoopParameter, quote_values));
                }
            }
            None => {
                let most = limits.iterations;
                self.note(outer, format!("more than 2^64 iterations, the limit is {most}"));
            }
        }
    }

    /// Draws what follows from all beginnings together.
    pub(super) fn finish(&mut self, inner: &Inner) {
        let limits = &inner.limits;
        if self.axes.is_empty() && self.at_least {
            self.count = None;
            self.at_least = false;
        }
        if !self.at_least && self.count.is_none_or(|count| count <= limits.runs) {
            return;
        }
        if self.at_least {
            self.last = None;
        }
        let (count, limit) = (self.count.unwrap_or(u64::MAX), limits.runs);
        let at_least = if self.at_least { "at least " } else { "" };
        let message = match count > limit {
            true => Message::from(at_least)
                .value(count)
                .words(" iterations in all, the limit is ")
                .limit(limit)
                .words(" runs"),
            false => Message::from("at least ")
                .value(count)
                .words(" iterations: an enclosing loop exceeds a limit, so the count stops there"),
        };
        let why = message.text(Code::LoopParameter, inner.engine.settings().quote_values);
        self.note("", why);
    }
}

impl Axis {
    pub(super) fn meet(&mut self, length: u64) {
        let longest = self.longest.unwrap_or(self.length).max(length);
        self.length = self.length.min(length);
        self.longest = (longest > self.length).then_some(longest);
    }
}
