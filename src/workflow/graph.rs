//! The graph of a list of steps: what leads to what, an order, and the cycles that allow none.

use std::collections::{BTreeSet, HashMap};

use super::definition::Step;
use crate::diagnostic::{Code, quote};
use crate::params::Problem;
use crate::params::read::error_with_help;

/// A list of steps: a workflow's, or a loop's.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// The loop it belongs to.
    pub(super) parent: Option<usize>,
    /// Its steps among all of the workflow.
    pub(super) steps: Vec<usize>,
    /// For each step, the transitions that lead to it: from which place in the list, and which of its transitions.
    pub(super) incoming: Vec<Vec<(usize, usize)>>,
    /// The places in an order in which each comes after what leads to it.
    pub(super) order: Vec<usize>,
    /// Which run before which.
    pub(super) ancestors: Ancestors,
    /// The transitions of all its steps.
    pub(super) transitions: usize,
}

/// For each step of a list, a bit for each that runs before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ancestors {
    rows: Vec<Vec<u64>>,
}

impl Ancestors {
    fn new(incoming: &[Vec<(usize, usize)>], order: &[usize]) -> Self {
        let words = incoming.len().div_ceil(64);
        let mut rows = vec![Vec::new(); incoming.len()];
        for &place in order {
            let mut row = vec![0_u64; words];
            for (from, _) in incoming.get(place).into_iter().flatten() {
                for (word, before) in row.iter_mut().zip(rows.get(*from).into_iter().flatten()) {
                    *word |= before;
                }
                if let Some(word) = row.get_mut(from / 64) {
                    *word |= 1 << (from % 64);
                }
            }
            if let Some(known) = rows.get_mut(place) {
                *known = row;
            }
        }
        Self { rows }
    }

    /// Whether the step of a place runs before another.
    pub(super) fn leads(&self, from: usize, to: usize) -> bool {
        let word = self.rows.get(to).and_then(|row| row.get(from / 64));
        word.is_some_and(|word| word >> (from % 64) & 1 == 1)
    }

    /// The places of all that run before a step, in order.
    pub(super) fn of(&self, place: usize) -> impl Iterator<Item = usize> {
        let row = self.rows.get(place).into_iter().flatten().enumerate();
        row.flat_map(|(index, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| index * 64 + bit)
        })
    }
}

/// The graph of a list.
pub(super) fn body(steps: &[Step], parent: Option<usize>, problems: &mut Vec<Problem>) -> Body {
    let places: HashMap<&str, usize> = steps
        .iter()
        .enumerate()
        .map(|(place, step)| (&*step.id, place))
        .collect();
    let mut incoming = vec![Vec::new(); steps.len()];
    for (from, step) in steps.iter().enumerate() {
        for (index, transition) in step.transitions.iter().enumerate() {
            if let Some(list) = places.get(&*transition.to).and_then(|to| incoming.get_mut(*to)) {
                list.push((from, index));
            }
        }
    }
    let order = order(&incoming);
    if order.len() < steps.len() {
        problems.push(circle(steps, &incoming, &order));
    }
    Body {
        parent,
        steps: Vec::new(),
        ancestors: Ancestors::new(&incoming, &order),
        incoming,
        order,
        transitions: steps.iter().map(|step| step.transitions.len()).sum(),
    }
}

/// As many places as can be ordered, those first in the list first.
fn order(incoming: &[Vec<(usize, usize)>]) -> Vec<usize> {
    let mut outgoing: Vec<Vec<usize>> = vec![Vec::new(); incoming.len()];
    let mut open: Vec<usize> = incoming.iter().map(Vec::len).collect();
    for (to, list) in incoming.iter().enumerate() {
        for (from, _) in list {
            if let Some(list) = outgoing.get_mut(*from) {
                list.push(to);
            }
        }
    }
    let ready = open
        .iter()
        .enumerate()
        .filter(|(_, count)| **count == 0)
        .map(|(place, _)| place);
    let mut ready: BTreeSet<usize> = ready.collect();
    let mut order = Vec::with_capacity(incoming.len());
    while let Some(place) = ready.pop_first() {
        order.push(place);
        for &to in outgoing.get(place).into_iter().flatten() {
            if let Some(count) = open.get_mut(to) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(to);
                }
            }
        }
    }
    order
}

/// The problem of steps that lead to each other: walking backwards from one that could not be ordered must come round.
fn circle(steps: &[Step], incoming: &[Vec<(usize, usize)>], order: &[usize]) -> Problem {
    let ordered: BTreeSet<usize> = order.iter().copied().collect();
    let mut at = (0..steps.len()).find(|place| !ordered.contains(place)).unwrap_or(0);
    let mut way = Vec::new();
    while !way.contains(&at) {
        way.push(at);
        let before = incoming.get(at).into_iter().flatten().map(|(from, _)| *from);
        at = before.into_iter().find(|from| !ordered.contains(from)).unwrap_or(at);
    }
    let start = way.iter().position(|place| *place == at).unwrap_or(0);
    let names = way.iter().skip(start).rev().filter_map(|place| steps.get(*place));
    let names: Vec<String> = names.map(|step| quote(&step.id)).collect();
    let first = names.first().cloned().unwrap_or_default();
    let shown: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
    let more = if names.len() > 12 { " → …" } else { "" };
    let message = format!("steps form a cycle: {}{more} → {first}", shown.join(" → "));
    let (path, place) = steps.get(at).map_or(("", None), |step| (&*step.path, step.place));
    let help = "remove one of the transitions; a `while` repeats steps";
    error_with_help(path, place, Code::StepCycle, message, help)
}
