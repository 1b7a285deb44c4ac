//! The lanes of the cache: what the threads of one lane have found. A lane's lock is taken by its own threads, and by whoever empties
//! all lanes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::HashTable;

use crate::engine::Program;
use crate::engine::program::COUNTED_BYTES;
use crate::schema::Schema;

/// How many lanes there are; threads are given one in turn.
pub(super) const LANES: usize = 16;

/// What a program in a lane takes of the heap at most: its table doubles, and leaves an eighth free.
pub(super) const FOUND_BYTES: usize = 3 * size_of::<Found>() + COUNTED_BYTES;

/// A lane, on cache lines of its own.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(super) struct Lane(Mutex<HashTable<Found>>);

/// A program that was found, counted apart from those of other lanes.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) hash: u64,
    pub(super) program: Program,
    pub(super) used: u64,
}

/// The lane of this thread.
pub(super) fn of_this_thread(lanes: &[Lane; LANES]) -> &Lane {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local!(static LANE: usize = NEXT.fetch_add(1, Ordering::Relaxed) % LANES);
    let [first, ..] = lanes;
    lanes.get(LANE.with(|lane| *lane)).unwrap_or(first)
}

impl Lane {
    /// The program of a source and schema, used now.
    pub(super) fn find(&self, hash: u64, source: &str, schema: &Schema, now: u64) -> Option<Program> {
        let mut table = self.lock();
        let found = table.find_mut(hash, |found| found.hash == hash && found.program.is_of(source, schema))?;
        found.used = now;
        Some(found.program.clone())
    }

    /// Takes up a program, where it is not there.
    pub(super) fn put(&self, found: Found) {
        let mut table = self.lock();
        if table
            .find(found.hash, |known| known.program.is(&found.program))
            .is_none()
        {
            table.insert_unique(found.hash, found, |found| found.hash);
        }
    }

    /// Empties it.
    pub(super) fn take(&self) -> HashTable<Found> {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, HashTable<Found>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
