//! The program of a pattern, which an automaton is made of.

use super::alphabet::Alphabet;
use super::code::State;
use super::look::{Kinds, Look};
use super::sets::Sets;

/// The states of a compiled pattern, with the sets and the alphabet that they read.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) states: Vec<State>,
    pub(super) sets: Sets,
    pub(super) alphabet: Alphabet,
    /// What its assertions ask of the character before.
    pub(super) reads_before: Kinds,
    /// Whether a match can only start at the text's start.
    pub(super) is_anchored: bool,
}

impl Program {
    pub(super) fn new(states: Vec<State>, sets: Sets, looks: &[Look]) -> Self {
        let none = Kinds::default();
        Self {
            alphabet: Alphabet::new(&sets, looks),
            reads_before: looks.iter().fold(none, |read, look| read.and(look.reads_before())),
            is_anchored: is_anchored(&states),
            states,
            sets,
        }
    }

    /// The bytes it holds on the heap.
    pub(super) fn held_bytes(&self) -> usize {
        self.states.capacity() * size_of::<State>() + self.sets.held_bytes() + self.alphabet.held_bytes()
    }
}
/// Whether nothing can be taken, and no match be had, without passing the start of the text.
fn is_anchored(states: &[State]) -> bool {
    let mut followed = vec![false; states.len()];
    let mut open = vec![0];
    while let Some(state) = open.pop() {
        match followed.get_mut(state as usize) {
            Some(followed) if !*followed => *followed = true,
            _ => continue,
        }
        match states.get(state as usize) {
            Some(State::Set { .. } | State::Match) | None => return false,
            Some(State::Look {
                look: Look::TextStart, ..
            }) => {}
            Some(State::Look { next, .. } | State::Save { next, .. }) => open.push(*next),
            Some(State::Split { first, second }) => open.extend([*first, *second]),
        }
    }
    true
}
