//! Where the steps and bytes of a walk go.

use std::collections::BTreeMap;

use super::watch::{Place, Watch};
use crate::check::typed::ExprId;
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
    /// By where a place begins and ends, and by the node.
    parts: BTreeMap<(u32, u32, Option<usize>), Spent>,
    /// What was used before anything ran.
    pub(crate) before: Usage,
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
            before: used,
            ..Self::default()
        }
    }

    /// What each place used, in the order of the source; of several nodes at one, those that ran most say how often it ran.
    pub(crate) fn places(&self) -> BTreeMap<(u32, u32), Spent> {
        let mut places: BTreeMap<(u32, u32), Spent> = BTreeMap::new();
        for (&(start, end, _), part) in &self.parts {
            let place = places.entry((start, end)).or_default();
            place.used.steps += part.used.steps;
            place.used.memory += part.used.memory;
            place.runs = place.runs.max(part.runs);
        }
        places
    }

    /// What stands at a place has failed.
    pub(crate) fn failed(&mut self, span: Span, meter: &Meter) {
        self.ran(0, Place { span, node: None }, meter);
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

    fn begun(&mut self, meter: &Meter) {
        let registers = self.unseen(meter).memory;
        self.before.memory += registers;
        self.seen.memory += registers;
    }

    fn ran(&mut self, steps: u32, place: Place, meter: &Meter) {
        let of_region = u64::from(steps).min(self.waiting);
        self.waiting -= of_region;
        let own = self.unseen(meter);
        let part = (place.span.start, place.span.end, place.node.map(ExprId::index));
        let spent = self.parts.entry(part).or_default();
        spent.used.steps += own.steps + of_region;
        spent.used.memory += own.memory;
        spent.runs += 1;
        self.seen = Usage {
            steps: meter.steps_used(),
            memory: meter.memory_used(),
        };
    }
}
