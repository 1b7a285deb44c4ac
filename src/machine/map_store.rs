//! One map of an evaluation: entries in insertion order, and an index by key once there are many.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::any::Any;
use super::fault::Fault;
use super::meter::Meter;
use super::text_store::{Text, TextStore, grow_by_half};
use crate::types::Type;

/// Charged for each map.
pub(crate) const MAP_OVERHEAD_BYTES: u64 = 256;
/// Charged for each entry: the entry and its place in the index, while both grow.
pub(crate) const MAP_ENTRY_BYTES: u64 = 128;
/// Maps up to this size are searched from front to back.
const LINEAR_ENTRIES: usize = 8;

/// A map that the program made or changed.
///
/// Keys are hashed with a seed of the process and of the map, so that nobody outside can choose keys that collide; nothing that a
/// program can see depends on the hashes.
#[derive(Debug, Default)]
pub(crate) struct OwnedMap {
    entries: Vec<Entry>,
    index: HashTable<u32>,
    hashing: RandomState,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u32,
    key: Text,
    ty: Type,
    bits: u64,
}

impl OwnedMap {
    /// The number of entries.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entry at a place in insertion order.
    pub(crate) fn entry(&self, index: usize) -> Option<(Text, Any)> {
        self.entries
            .get(index)
            .map(|entry| (entry.key, Any::new(entry.ty, entry.bits)))
    }

    /// The value of a key.
    pub(crate) fn get(&self, texts: &TextStore<'_>, key: Text) -> Option<Any> {
        let key = texts.bytes(key);
        let place = self.find(texts, hash(&self.hashing, key), key)?;
        self.entries.get(place).map(|entry| Any::new(entry.ty, entry.bits))
    }

    /// Sets the value of a key and gives the old one. A new entry is checked against the limit and charged.
    pub(crate) fn put(
        &mut self,
        meter: &mut Meter,
        texts: &TextStore<'_>,
        key: Text,
        value: Any,
    ) -> Result<Option<Any>, Fault> {
        let hash = hash(&self.hashing, texts.bytes(key));
        if let Some(entry) = self
            .find(texts, hash, texts.bytes(key))
            .and_then(|place| self.entries.get_mut(place))
        {
            let old = Any::new(entry.ty, entry.bits);
            (entry.ty, entry.bits) = (value.ty, value.bits);
            return Ok(Some(old));
        }
        meter.check_map_entries(self.entries.len() as u64 + 1)?;
        meter.charge_memory(MAP_ENTRY_BYTES)?;
        grow_by_half(&mut self.entries, meter);
        self.entries.push(Entry {
            hash,
            key,
            ty: value.ty,
            bits: value.bits,
        });
        self.index_last();
        Ok(None)
    }

    /// Brings the index up to date after an entry was added.
    fn index_last(&mut self) {
        let entries = &self.entries;
        let rehash = |&place: &u32| spread(entries.get(place as usize).map_or(0, |entry| entry.hash));
        let first = match entries.len() {
            0..=LINEAR_ENTRIES => return,
            // The first entry past the linear size indexes all those before it too.
            length if length == LINEAR_ENTRIES + 1 => 0,
            length => length - 1,
        };
        if self.index.len() == self.index.capacity() {
            // Four times the room at once: each growth enters all keys anew, at random places.
            self.index.reserve(3 * entries.len(), rehash);
        }
        for (place, entry) in entries.iter().enumerate().skip(first) {
            self.index.insert_unique(spread(entry.hash), place as u32, rehash);
        }
    }

    #[inline]
    fn find(&self, texts: &TextStore<'_>, hash: u32, key: &[u8]) -> Option<usize> {
        let is_it = |entry: &Entry| entry.hash == hash && texts.bytes(entry.key) == key;
        if self.entries.len() <= LINEAR_ENTRIES {
            return self.entries.iter().position(is_it);
        }
        let found = self.index.find(spread(hash), |&place| {
            self.entries.get(place as usize).is_some_and(is_it)
        });
        found.map(|&place| place as usize)
    }
}

/// The key's hash, cut to 32 bits: that is enough for at most some thousands of entries.
#[inline]
fn hash(hashing: &RandomState, key: &[u8]) -> u32 {
    let mut hasher = hashing.build_hasher();
    hasher.write(key);
    hasher.finish() as u32
}

/// The table takes its bucket from the low bits and its tag from the high bits, so both halves get the hash.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}
