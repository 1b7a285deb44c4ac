//! The cache of compiled programs: bounded in entries and bytes, shared by threads, keyed by source and schema. The
//! engine's settings are the same for all its programs, so they are not part of the key.
//!
//! A thread that finds a program writes nothing that another thread reads: it looks into the lane that it was given, and only what
//! is not there yet comes from the table behind.

mod lane;

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::Program;
use crate::limits::with_setters;
use crate::schema::Schema;
use lane::{FOUND_BYTES, Found, LANES, Lane, of_this_thread};

with_setters! {
    /// The size of the cache of compiled programs: whichever limit is reached first.
    ///
    /// ```
    /// use selvedge::{CacheSize, Engine, Schema};
    /// let size = CacheSize::default().entries(100);
    /// let engine = Engine::builder().cache(size).build();
    /// let program = engine.compile("1 + 2", &Schema::new())?;
    /// // The same text with the same schema again is the same program, found and not compiled.
    /// let again = engine.compile("1 + 2", &Schema::new())?;
    /// assert_eq!(again.source().as_ptr(), program.source().as_ptr());
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct CacheSize {
        /// Programs; 0 turns the cache off.
        pub entries: usize,
        /// Bytes of heap of the programs, with their sources and compiled patterns.
        pub bytes: usize,
    }
}

impl CacheSize {
    /// No cache.
    ///
    /// ```
    /// use selvedge::{CacheSize, Engine, Schema};
    /// let engine = Engine::builder().cache(CacheSize::OFF).build();
    /// let programs = [(); 2].map(|()| engine.compile("1 + 2", &Schema::new()));
    /// let [Ok(once), Ok(again)] = programs else { panic!("it compiles") };
    /// assert_ne!(again.source().as_ptr(), once.source().as_ptr());
    /// ```
    pub const OFF: Self = Self { entries: 0, bytes: 0 };
}

impl Default for CacheSize {
    fn default() -> Self {
        Self {
            entries: 1_024,
            bytes: 16 * 1024 * 1024,
        }
    }
}

/// The cache. When it is full, the half that was used least recently goes.
#[derive(Debug)]
pub(super) struct Cache {
    size: CacheSize,
    hashing: RandomState,
    /// How many programs were put into it: the time, as far as programs age.
    time: AtomicU64,
    lanes: OnceLock<Box<[Lane; LANES]>>,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    entries: HashTable<Entry>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    program: Program,
    bytes: usize,
    /// When it was put in; no two are alike.
    put: u64,
    used: u64,
}

impl Cache {
    pub(super) fn new(size: CacheSize) -> Self {
        Self {
            size,
            hashing: RandomState::default(),
            time: AtomicU64::new(0),
            lanes: OnceLock::new(),
            table: Mutex::default(),
        }
    }

    /// The program compiled from this source with this schema.
    pub(super) fn get(&self, source: &str, schema: &Schema) -> Option<Program> {
        // What was never filled has no lanes.
        let lane = of_this_thread(self.lanes.get()?);
        let (hash, now) = (self.hash(source, schema), self.time.load(Ordering::Relaxed));
        if let Some(program) = lane.find(hash, source, schema, now) {
            return Some(program);
        }
        let mut table = self.table();
        let entry = table.find(hash, source, schema)?;
        let program = entry.program.counted_apart();
        // Under the table's lock, so that what is dropped from it is in no lane.
        if table.bytes + FOUND_BYTES <= self.size.bytes {
            table.bytes += FOUND_BYTES;
            lane.put(Found {
                hash,
                program: program.clone(),
                used: now,
            });
        }
        Some(program)
    }

    /// Keeps a program, where it fits.
    pub(super) fn put(&self, source: &str, schema: &Schema, program: &Program) {
        // The table doubles, and leaves an eighth free.
        let bytes = program.held_bytes() + 3 * size_of::<Entry>();
        let capacity = self.size.bytes.saturating_sub(size_of::<[Lane; LANES]>());
        if self.size.entries == 0 || bytes > capacity {
            return;
        }
        let lanes = self.lanes.get_or_init(Box::default);
        let hash = self.hash(source, schema);
        // Freed when the table is open to other threads again.
        let mut dropped = Vec::new();
        let mut table = self.table();
        if table.find(hash, source, schema).is_some() {
            return;
        }
        if table.entries.len() >= self.size.entries || table.bytes + bytes > capacity {
            dropped = table.without_older_half(lanes);
        }
        if table.bytes + bytes > capacity {
            dropped.extend(std::mem::take(&mut *table).entries);
        }
        let now = self.time.fetch_add(1, Ordering::Relaxed);
        let entry = Entry {
            hash,
            program: program.clone(),
            bytes,
            put: now,
            used: now,
        };
        table.bytes += bytes;
        table.entries.insert_unique(hash, entry, |entry| entry.hash);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hash(&self, source: &str, schema: &Schema) -> u64 {
        let mut hasher = self.hashing.build_hasher();
        hasher.write(source.as_bytes());
        schema.hash(&mut hasher);
        hasher.finish()
    }
}

impl Table {
    fn find(&self, hash: u64, source: &str, schema: &Schema) -> Option<&Entry> {
        let entry = |entry: &Entry| entry.hash == hash && entry.program.is_of(source, schema);
        self.entries.find(hash, entry)
    }

    /// Empties the lanes, and takes out the half that they and the table used least recently.
    fn without_older_half(&mut self, lanes: &[Lane; LANES]) -> Vec<Entry> {
        for found in lanes.iter().flat_map(Lane::take) {
            if let Some(entry) = self
                .entries
                .find_mut(found.hash, |entry| entry.program.is(&found.program))
            {
                entry.used = entry.used.max(found.used);
            }
        }
        let mut ages: Vec<(u64, u64)> = self.entries.iter().map(Entry::age).collect();
        let middle = ages.len() / 2;
        if ages.is_empty() {
            return Vec::new();
        }
        let (_, &mut median, _) = ages.select_nth_unstable(middle);
        let dropped = self.entries.extract_if(|entry| entry.age() <= median).collect();
        self.bytes = self.entries.iter().map(|entry| entry.bytes).sum();
        dropped
    }
}

impl Entry {
    /// When it was used last, and which of those that were used then is older.
    fn age(&self) -> (u64, u64) {
        (self.used, self.put)
    }
}
