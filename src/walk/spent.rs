//! Where the steps and bytes of a walk go.

use std::collections::BTreeMap;

use super::Watch;
use crate::limits::Usage;
use crate::machine::meter::Meter;
use crate::source::Span;

/// What a place used, and how often it ran.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    pub(crate) used: Usage,
    pub(crate) runs: u64,
}

/// Divides what is used among places. The steps of a region are charged when it is entered, and wait until what they are for has run.
#[derive(Debug, Default)]
pub(crate) struct Spending {
    /// By where a place begins and ends.
    pub(crate) places: BTreeMap<(u32, u32), Spent>,
    /// The steps that were charged for what has not run.
    pub(crate) waiting: u64,
    /// What the meter showed when something ran last.
    seen: Usage,
}

impl Spending {
    /// Nothing has run; the meter shows what was used before.
    pub(crate) fn after(used: Usage) -> Self {
        Self {
            seen: used,
            ..Self::default()
        }
    }

    /// What stands at a place has failed.
    pub(crate) fn failed(&mut self, span: Span, meter: &Meter) {
        self.ran(0, span, meter);
    }

    /// What is used beyond what was seen.
    pub(crate) fn unseen(&self, meter: &Meter) -> Usage {
        Usage {
            steps: meter.steps_used().saturating_sub(self.seen.steps),
            memory: meter.memory_used().saturating_sub(self.seen.memory),
        }
    }
}

impl Watch for Spending {
    fn charged(&mut self, steps: u32) {
        let steps = u64::from(steps);
        self.waiting = self.waiting.saturating_add(steps);
        self.seen.steps = self.seen.steps.saturating_add(steps);
    }

    fn ran(&mut self, steps: u32, span: Span, meter: &Meter) {
        let of_region = u64::from(steps).min(self.waiting);
        self.waiting -= of_region;
        let own = self.unseen(meter);
        let spent = self.places.entry((span.start, span.end)).or_default();
        spent.used.steps += own.steps + of_region;
        spent.used.memory += own.memory;
        spent.runs += 1;
        self.seen = Usage {
            steps: meter.steps_used(),
            memory: meter.memory_used(),
        };
    }
}
