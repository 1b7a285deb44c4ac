//! Names: variables, parameters, classes, and what was meant by those that are none.
//!
//! There is one variable for each name. Its type is the one that all its declarations agree on. Where they do not, or where it
//! is read on a path that may not have set it, the name is *dynamic*: its value carries its type, and the run checks it. In an
//! open schema such a path reads the host's parameter of that name, if there is one: the variable *starts* from it. Both are
//! found as the pass goes on, so a pass that finds one is run again.

use hashbrown::HashTable;

use super::flow::Assigned;
use super::known::{Found, Known};
use super::tables::HashState;
use super::typed::{ParameterId, VariableId};
use crate::syntax::ast::Symbol;

/// What is known of the program's names.
#[derive(Debug)]
pub(super) struct Names<'c> {
    pub(super) bound: Vec<Bound>,
    /// The parameters by name, as far as they were asked for so: one may be read by a constant name that is not a symbol.
    pub(super) by_name: HashTable<ParameterId>,
    /// How many parameters were looked at for `by_name`.
    pub(super) looked_at: usize,
    pub(super) hashing: HashState,
    pub(super) known: &'c Known,
    /// What this pass found.
    pub(super) found: Found,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bound {
    pub(super) variable: Option<VariableId>,
    pub(super) parameter: Option<ParameterId>,
}

impl<'c> Names<'c> {
    /// Nothing bound, in an empty buffer.
    pub(super) fn new(names: usize, known: &'c Known, mut bound: Vec<Bound>) -> Self {
        bound.resize(names, Bound::default());
        Self {
            bound,
            by_name: HashTable::new(),
            looked_at: 0,
            hashing: HashState::default(),
            known,
            found: Found::default(),
        }
    }

    pub(super) fn is_dynamic(&self, symbol: Symbol) -> bool {
        self.known.get(symbol).dynamic
    }

    pub(super) fn variable(&self, symbol: Symbol) -> Option<VariableId> {
        self.bound.get(symbol.index())?.variable
    }

    pub(super) fn found_dynamic(&mut self, symbol: Symbol) {
        self.found.dynamic.push(symbol);
    }
}

/// What a name is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A variable, set on every path or on some.
    Variable(VariableId, Assigned),
    /// Nothing known.
    Unknown,
}
