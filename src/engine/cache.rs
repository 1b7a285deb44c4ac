//! The cache of compiled programs: bounded in entries and bytes, shared by threads, keyed by source and schema. The
//! engine's settings are the same for all its programs, so they are no part of the key.

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::Program;
use crate::schema::Schema;

/// How much the cache of compiled programs holds; whichever is reached first.
///
/// ```
/// use selvedge::{CacheSize, Engine, Schema};
/// let size = CacheSize { entries: 100, ..CacheSize::default() };
/// let engine = Engine::builder().cache(size).build();
/// let program = engine.compile("1 + 2", &Schema::new())?;
/// // The same text with the same schema again is the same program, found and not compiled.
/// let again = engine.compile("1 + 2", &Schema::new())?;
/// assert_eq!(again.source().as_ptr(), program.source().as_ptr());
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheSize {
    /// Programs; 0 turns the cache off.
    pub entries: usize,
    /// Bytes of the heap that the programs hold with their sources and compiled patterns.
    pub bytes: usize,
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
    clock: AtomicU64,
    table: RwLock<Table>,
}

#[derive(Debug, Default)]
struct Table {
    entries: HashTable<Entry>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    source: Box<str>,
    schema: Schema,
    program: Program,
    bytes: usize,
    used: AtomicU64,
}

impl Cache {
    pub(super) fn new(size: CacheSize) -> Self {
        Self {
            size,
            hashing: RandomState::default(),
            clock: AtomicU64::new(0),
            table: RwLock::default(),
        }
    }

    /// The program compiled from this source with this schema.
    pub(super) fn get(&self, source: &str, schema: &Schema) -> Option<Program> {
        if self.size.entries == 0 {
            return None;
        }
        let hash = self.hash(source, schema);
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        let entry = table.entries.find(hash, |entry| entry.is(hash, source, schema))?;
        entry
            .used
            .store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        Some(entry.program.clone())
    }

    /// Keeps a program, where it fits.
    pub(super) fn put(&self, source: &str, schema: &Schema, program: &Program) {
        // The table doubles, and leaves an eighth free.
        let bytes = program.held_bytes() + source.len() + 3 * size_of::<Entry>();
        if self.size.entries == 0 || bytes > self.size.bytes {
            return;
        }
        let hash = self.hash(source, schema);
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if table
            .entries
            .find(hash, |entry| entry.is(hash, source, schema))
            .is_some()
        {
            return;
        }
        if table.entries.len() >= self.size.entries || table.bytes + bytes > self.size.bytes {
            table.drop_older_half();
        }
        if table.bytes + bytes > self.size.bytes {
            *table = Table::default();
        }
        let entry = Entry {
            hash,
            source: source.into(),
            schema: schema.clone(),
            program: program.clone(),
            bytes,
            used: AtomicU64::new(self.clock.fetch_add(1, Ordering::Relaxed)),
        };
        table.bytes += bytes;
        table.entries.insert_unique(hash, entry, |entry| entry.hash);
    }

    fn hash(&self, source: &str, schema: &Schema) -> u64 {
        let mut hasher = self.hashing.build_hasher();
        hasher.write(source.as_bytes());
        schema.hash(&mut hasher);
        hasher.finish()
    }
}

impl Entry {
    fn is(&self, hash: u64, source: &str, schema: &Schema) -> bool {
        self.hash == hash && *self.source == *source && self.schema == *schema
    }
}

impl Table {
    fn drop_older_half(&mut self) {
        let mut used: Vec<u64> = self
            .entries
            .iter()
            .map(|entry| entry.used.load(Ordering::Relaxed))
            .collect();
        let middle = used.len() / 2;
        if used.is_empty() {
            return;
        }
        let (_, &mut median, _) = used.select_nth_unstable(middle);
        self.entries.retain(|entry| entry.used.load(Ordering::Relaxed) > median);
        self.bytes = self.entries.iter().map(|entry| entry.bytes).sum();
    }
}
