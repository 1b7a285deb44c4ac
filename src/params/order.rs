//! The order parameters are evaluated in: as defined, but each after what it reads, and what computes the names it reads after all
//! others; and the cycles that allow no order.

use std::collections::HashSet;

use super::draft::Draft;
use super::plan::Source;
use super::problem::Problem;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::source::Span;

/// The most names of a cycle that a message shows.
const MAX_SHOWN: usize = 12;

/// The most cycles that are reported: there may be many more than parameters.
const MAX_CYCLES: usize = 50;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// An order of all parameters, and which of them are late: those that compute the names they read, or read what does. Whatever the
/// order is, the others are known before the first of these, so a computed name finds the same. Where parameters go round
/// in cycles, those are reported, and the order does what it can.
pub(crate) fn order(drafts: &mut [Draft<'_>], problems: &mut Vec<Problem>) -> (Vec<usize>, HashSet<usize>) {
    let order = references_first(drafts, problems);
    let mut late = HashSet::new();
    for &index in &order {
        let Some(draft) = drafts.get(index) else { continue };
        let reads_late = |source: &Source| matches!(source, Source::Own(read) if late.contains(read));
        if draft.computed || draft.reads.values().any(reads_late) {
            late.insert(index);
        }
    }
    let (last, first): (Vec<_>, Vec<_>) = order.into_iter().partition(|index| late.contains(index));
    (first.into_iter().chain(last).collect(), late)
}

/// As defined, but each after what it reads. A name that the set and the scope around both have is the set's parameter where
/// that was evaluated before, and else the one around.
fn references_first(drafts: &mut [Draft<'_>], problems: &mut Vec<Problem>) -> Vec<usize> {
    let mut order = Vec::with_capacity(drafts.len());
    let mut states = vec![State::New; drafts.len()];
    // The way from where the walk began to where it is: a parameter, and how many of its reads were looked at.
    let mut way: Vec<(usize, usize)> = Vec::new();
    for start in 0..drafts.len() {
        if states.get(start) == Some(&State::New) {
            way.push((start, 0));
        }
        while let Some((at, looked)) = way.last_mut() {
            let at = *at;
            set(&mut states, at, State::Open);
            let is_evaluated = |index: usize| states.get(index) == Some(&State::Done);
            let next = drafts.get_mut(at).and_then(|draft| draft.settle(*looked, is_evaluated));
            *looked += 1;
            match next.cloned() {
                None => {
                    set(&mut states, at, State::Done);
                    order.push(at);
                    way.pop();
                }
                Some(Source::Outer(_)) => {}
                Some(Source::Own(next)) => match states.get(next) {
                    Some(State::New) => way.push((next, 0)),
                    Some(State::Open) if problems.len() < MAX_CYCLES => problems.push(cycle(drafts, &way, next)),
                    _ => {}
                },
            }
        }
    }
    order
}

fn set(states: &mut [State], index: usize, state: State) {
    if let Some(place) = states.get_mut(index) {
        *place = state;
    }
}

/// The problem of a way that leads back to one of its own.
fn cycle(drafts: &[Draft<'_>], way: &[(usize, usize)], back: usize) -> Problem {
    let members = way.iter().map(|(at, _)| *at).skip_while(|at| *at != back);
    let names: Vec<&str> = members
        .filter_map(|at| drafts.get(at))
        .map(|draft| draft.name)
        .collect();
    let first = names.first().copied().unwrap_or_default();
    let mut chain: Vec<String> = names.iter().take(MAX_SHOWN).map(|name| quote(name)).collect();
    if names.len() > MAX_SHOWN {
        chain.push(format!("… {} more …", names.len() - MAX_SHOWN));
    }
    chain.push(quote(first));
    let message = match names.len() {
        1 => format!("{} refers to itself", quote(first)),
        _ => format!("parameters form a cycle: {}", chain.join(" → ")),
    };
    let draft = drafts.get(back);
    let (path, place) = draft.map_or((String::new(), None), |draft| (draft.path.clone(), draft.place));
    Problem::at(
        path,
        place,
        Diagnostic::error(Code::ParameterCycle, Span::default(), message).with_help("remove one of these references"),
    )
}
