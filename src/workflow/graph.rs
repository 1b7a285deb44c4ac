//! The graph of a list of steps: what leads to what, an order, and the cycles that allow none.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::compiled::{Ancestors, Body, Incoming, StepId, StepIndex};
use super::definition::Step;
use crate::diagnostic::{Code, quote};
use crate::params::Problem;
use crate::params::problem::error_with_help;

/// The graph of a list.
pub(super) fn body(steps: &[Step], parent: Option<StepId>, problems: &mut Vec<Problem>) -> Body {
    let indexes: HashMap<&str, usize> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| (&*step.id, index))
        .collect();
    let mut incoming = vec![Vec::new(); steps.len()];
    for (from, step) in steps.iter().enumerate() {
        let from = StepIndex::new(from);
        for (transition, to) in step.transitions.iter().map(|transition| &*transition.to).enumerate() {
            if let Some(list) = indexes.get(to).and_then(|to| incoming.get_mut(*to)) {
                list.push(Incoming { from, transition });
            }
        }
    }
    let outgoing = outgoing(&incoming);
    let order = order(&incoming, &outgoing);
    if order.len() < steps.len() {
        problems.push(cycle(steps, &incoming, &order));
    }
    Body {
        parent,
        steps: Vec::new(),
        ancestors: Arc::new(Ancestors::new(&incoming, &order)),
        outgoing,
        incoming,
        order,
        transitions: steps.iter().map(|step| step.transitions.len()).sum(),
    }
}

/// For each step, those that its transitions lead to.
fn outgoing(incoming: &[Vec<Incoming>]) -> Vec<Vec<StepIndex>> {
    let mut outgoing = vec![Vec::new(); incoming.len()];
    for (to, list) in incoming.iter().enumerate() {
        for Incoming { from, .. } in list {
            if let Some(list) = outgoing.get_mut(from.get()) {
                list.push(StepIndex::new(to));
            }
        }
    }
    outgoing
}

/// As many steps as can be ordered, those first in the list first.
fn order(incoming: &[Vec<Incoming>], outgoing: &[Vec<StepIndex>]) -> Vec<StepIndex> {
    let mut open: Vec<usize> = incoming.iter().map(Vec::len).collect();
    let ready = open
        .iter()
        .enumerate()
        .filter(|(_, count)| **count == 0)
        .map(|(index, _)| index);
    let mut ready: BTreeSet<usize> = ready.collect();
    let mut order = Vec::with_capacity(incoming.len());
    while let Some(index) = ready.pop_first() {
        order.push(StepIndex::new(index));
        for to in outgoing.get(index).into_iter().flatten().map(|to| to.get()) {
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
fn cycle(steps: &[Step], incoming: &[Vec<Incoming>], order: &[StepIndex]) -> Problem {
    let ordered: BTreeSet<usize> = order.iter().map(|step| step.get()).collect();
    let mut at = (0..steps.len()).find(|index| !ordered.contains(index)).unwrap_or(0);
    let mut path = Vec::new();
    while !path.contains(&at) {
        path.push(at);
        let before = incoming
            .get(at)
            .into_iter()
            .flatten()
            .map(|incoming| incoming.from.get());
        at = before.into_iter().find(|from| !ordered.contains(from)).unwrap_or(at);
    }
    let start = path.iter().position(|index| *index == at).unwrap_or(0);
    let names = path.iter().skip(start).rev().filter_map(|index| steps.get(*index));
    let names: Vec<String> = names.map(|step| quote(&step.id)).collect();
    let first = names.first().cloned().unwrap_or_default();
    let shown: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
    let more = if names.len() > 12 { " → …" } else { "" };
    let message = format!("steps form a cycle: {}{more} → {first}", shown.join(" → "));
    let (path, place) = steps.get(at).map_or(("", None), |step| (&*step.path, step.place));
    let help = "remove one of the transitions; a `while` repeats steps";
    error_with_help(path, place, Code::StepCycle, message, help)
}
