//! The names of a program's parameters.

use std::sync::Arc;

/// Names by their place, and the place of each.
#[derive(Debug)]
pub(crate) struct Names {
    names: Box<[Arc<str>]>,
    /// The places in the order of the names; empty where they are so few that all may be looked at.
    sorted: Box<[u32]>,
}

/// So many names are found without an order.
const FEW_NAMES: usize = 8;

impl Names {
    /// Names that are all different.
    pub(crate) fn new(names: Box<[Arc<str>]>) -> Self {
        let places = if names.len() > FEW_NAMES { names.len() as u32 } else { 0 };
        let mut sorted: Box<[u32]> = (0..places).collect();
        sorted.sort_unstable_by_key(|&place| names.get(place as usize));
        Self { names, sorted }
    }

    /// The name at a place; empty where there is none.
    pub(crate) fn get(&self, place: u32) -> &str {
        self.names.get(place as usize).map_or("", |name| name)
    }

    /// The place of a name, by halves where there are many.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        if self.sorted.is_empty() {
            return self.names.iter().position(|known| **known == *name);
        }
        let found = self.sorted.binary_search_by(|&place| self.get(place).cmp(name)).ok()?;
        self.sorted.get(found).map(|&place| place as usize)
    }

    /// How many bytes of the heap they hold.
    pub(super) fn held_bytes(&self) -> usize {
        held_by_names(&self.names) + size_of_val::<[u32]>(&self.sorted)
    }
}

/// How many bytes of the heap names hold, each with its two counters.
pub(super) fn held_by_names(names: &[Arc<str>]) -> usize {
    let name = |name: &Arc<str>| size_of::<Arc<str>>() + 2 * size_of::<usize>() + name.len();
    names.iter().map(name).sum()
}
