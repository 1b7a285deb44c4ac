//! One map of an evaluation: entries in insertion order, and an index by key once there are many.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as HashEntry;

use super::any::Any;
use super::fault::Fault;
use super::meter::Meter;
use super::text::Text;
use super::text_store::{TextStore, grow_by_half};
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
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnedMap {
    entries: Vec<Entry>,
    index: HashTable<u32>,
    hashing: RandomState,
    /// The string that was looked up last, and the place of its entry: who counts in a map looks each key up twice.
    last: Option<(Text, u32)>,
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
    pub(crate) fn get(&mut self, texts: &TextStore<'_>, key: Text) -> Option<Any> {
        let place = match self.last {
            Some((last, place)) if last == key => place,
            _ => self.find(texts, key)?,
        };
        self.last = Some((key, place));
        let entry = of(&self.entries, place)?;
        Some(Any::new(entry.ty, entry.bits))
    }

    /// Whether there is an entry of a key.
    pub(crate) fn contains(&self, texts: &TextStore<'_>, key: Text) -> bool {
        self.find(texts, key).is_some()
    }

    /// Sets the value of a key and gives the old one. A new entry is checked against the limit and charged.
    pub(crate) fn put(
        &mut self,
        meter: &mut Meter,
        texts: &TextStore<'_>,
        key: Text,
        value: Any,
    ) -> Result<Option<Any>, Fault> {
        if let Some((last, place)) = self.last
            && last == key
        {
            let entry = self.entries.get_mut(place as usize);
            return Ok(entry.map(|entry| entry.replace(value)));
        }
        let bytes = texts.bytes(key);
        let new = Entry {
            hash: hash(&self.hashing, bytes),
            key,
            ty: value.ty,
            bits: value.bits,
        };
        if self.entries.len() < LINEAR_ENTRIES {
            return match self.entries.iter_mut().find(|entry| entry.is(texts, new.hash, bytes)) {
                Some(entry) => Ok(Some(entry.replace(value))),
                None => add(&mut self.entries, meter, new).map(|()| None),
            };
        }
        self.reserve_entry();
        let entries = &self.entries;
        let is_it = |&place: &u32| of(entries, place).is_some_and(|entry| entry.is(texts, new.hash, bytes));
        match self
            .index
            .entry(spread(new.hash), is_it, |&place| rehash(entries, place))
        {
            HashEntry::Occupied(place) => {
                let entry = self.entries.get_mut(*place.get() as usize);
                Ok(entry.map(|entry| entry.replace(value)))
            }
            HashEntry::Vacant(place) => {
                let index = self.entries.len() as u32;
                add(&mut self.entries, meter, new)?;
                place.insert(index);
                Ok(None)
            }
        }
    }

    /// Takes the entry of a key out, and gives its value. Those behind it move up.
    pub(crate) fn remove(&mut self, texts: &TextStore<'_>, key: Text) -> Option<Any> {
        let place = self.find(texts, key)?;
        self.last = None;
        let gone = self.entries.remove(place as usize);
        if !self.index.is_empty() {
            if let Ok(found) = self.index.find_entry(spread(gone.hash), |&other| other == place) {
                found.remove();
            }
            for other in self.index.iter_mut().filter(|other| **other > place) {
                *other -= 1;
            }
        }
        Some(Any::new(gone.ty, gone.bits))
    }

    /// Makes room in the index for one more entry; the first time, for all that there are.
    fn reserve_entry(&mut self) {
        if self.index.len() < self.index.capacity() {
            return;
        }
        let entries = &self.entries;
        // Four times the room at once: each growth enters all keys anew, at random places.
        self.index.reserve(3 * entries.len(), |&place| rehash(entries, place));
        for place in self.index.len()..entries.len() {
            let place = place as u32;
            self.index
                .insert_unique(rehash(entries, place), place, |&place| rehash(entries, place));
        }
    }

    /// The place of the entry of a key.
    #[inline]
    fn find(&self, texts: &TextStore<'_>, key: Text) -> Option<u32> {
        let key = texts.bytes(key);
        let hash = hash(&self.hashing, key);
        if self.index.is_empty() {
            let place = self.entries.iter().position(|entry| entry.is(texts, hash, key))?;
            return Some(place as u32);
        }
        let is_it = |&place: &u32| of(&self.entries, place).is_some_and(|entry| entry.is(texts, hash, key));
        self.index.find(spread(hash), is_it).copied()
    }
}

impl Entry {
    #[inline]
    fn is(&self, texts: &TextStore<'_>, hash: u32, key: &[u8]) -> bool {
        self.hash == hash && texts.bytes(self.key) == key
    }

    fn replace(&mut self, value: Any) -> Any {
        let old = Any::new(self.ty, self.bits);
        (self.ty, self.bits) = (value.ty, value.bits);
        old
    }
}

fn of(entries: &[Entry], place: u32) -> Option<&Entry> {
    entries.get(place as usize)
}

fn rehash(entries: &[Entry], place: u32) -> u64 {
    spread(of(entries, place).map_or(0, |entry| entry.hash))
}

/// Adds an entry, checked against the limit and charged.
#[inline]
fn add(entries: &mut Vec<Entry>, meter: &mut Meter, entry: Entry) -> Result<(), Fault> {
    meter.check_map_entries(entries.len() as u64 + 1)?;
    meter.charge_memory(MAP_ENTRY_BYTES)?;
    grow_by_half(entries, meter, MAP_ENTRY_BYTES);
    entries.push(entry);
    Ok(())
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
