//! Draws from the sites: spread over kinds and modules, in an order that the seed decides and that a change elsewhere in the tree
//! leaves as it is.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::record::{Equivalent, Record};
use crate::sites::{Kind, Site};

const MODULES: [&str; 3] = ["src/machine/", "src/lower/", "src/library/"];

pub(crate) struct Plan {
    pub(crate) sites: Vec<Site>,
    /// The sites that are drawn, first to last, for each kind.
    queues: Vec<Vec<usize>>,
    /// What does not compile.
    pub(crate) broken: HashSet<usize>,
}

impl Plan {
    /// A plan without what is equivalent, and what is known not to compile.
    ///
    /// # Errors
    /// When an equivalent mutant is of no site.
    pub(crate) fn new(
        mut sites: Vec<Site>,
        seed: u64,
        equivalent: &[Equivalent],
        known: &[Record],
    ) -> Result<Self, String> {
        if let Some(stale) = equivalent
            .iter()
            .find(|known| !sites.iter().any(|site| known.is_of(site)))
        {
            return Err(format!("equivalent.jsonl: no such site: {stale:?}"));
        }
        sites.retain(|site| !equivalent.iter().any(|known| known.is_of(site)));
        let queue = |kind: Kind| {
            let mut modules = MODULES.map(|module| {
                let is_here = |site: &Site| site.kind == kind && site.file.starts_with(module);
                let mut found: Vec<usize> = (0..sites.len()).filter(|&at| is_here(&sites[at])).collect();
                found.sort_by_key(|&at| order(&sites[at], seed));
                found.into_iter()
            });
            let mut queue = Vec::new();
            loop {
                let before = queue.len();
                queue.extend(modules.iter_mut().filter_map(Iterator::next));
                if queue.len() == before {
                    return queue;
                }
            }
        };
        let queues = Kind::ALL.map(queue).into();
        let is_known = |site: &Site| known.iter().any(|record| record.is_of(site));
        let broken = (0..sites.len()).filter(|&at| is_known(&sites[at])).collect();
        Ok(Self { sites, queues, broken })
    }

    /// The first sites of each kind that are not known to be broken, `count` in all.
    pub(crate) fn first(&self, count: usize) -> Vec<usize> {
        let mut kinds: Vec<_> = self
            .queues
            .iter()
            .map(|queue| queue.iter().copied().filter(|at| !self.broken.contains(at)))
            .collect();
        let mut chosen = Vec::new();
        while chosen.len() < count {
            let before = chosen.len();
            chosen.extend(kinds.iter_mut().filter_map(Iterator::next));
            if chosen.len() == before {
                break;
            }
        }
        chosen.truncate(count);
        chosen
    }
}

fn order(site: &Site, seed: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, &site.file, &site.function, &site.change, site.nth).hash(&mut hasher);
    hasher.finish()
}
