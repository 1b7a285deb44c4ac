//! The bytes of the heap that a value holds, as the allocator counts them.

use super::{Map, Value};

/// What a table of `capacity` entries takes: hash, key and value of each, and hashbrown's places and control bytes.
pub(crate) const fn table_bytes(capacity: usize) -> u64 {
    const ENTRY_BYTES: usize = size_of::<usize>() + size_of::<String>() + size_of::<Value>();
    if capacity == 0 {
        return 0;
    }
    let buckets = match capacity {
        ..4 => 4,
        4..8 => 8,
        _ => (capacity.saturating_mul(8) / 7).next_power_of_two(),
    };
    // The entries may take what the places allow, which is seven eighths.
    (buckets as u64) * (ENTRY_BYTES + size_of::<usize>() + 1) as u64 + 16
}

/// What a map takes beside its entries.
const MAP_BYTES: u64 = 96;

impl Value {
    /// Returns the bytes of the heap that the value holds, the value itself not among them, and how many values and texts it is
    /// made of.
    pub(crate) fn held(&self) -> (u64, u64) {
        let (mut bytes, mut parts) = (0, 0);
        let mut pending = vec![self];
        while let Some(value) = pending.pop() {
            let (own, texts) = value.own_bytes();
            bytes += own;
            parts += 1 + texts;
            match value {
                Self::List(list) => pending.extend(list.iter()),
                Self::Map(map) => pending.extend(map.values()),
                Self::Null
                | Self::Boolean(_)
                | Self::Long(_)
                | Self::Double(_)
                | Self::String(_)
                | Self::BooleanArray(_)
                | Self::LongArray(_)
                | Self::DoubleArray(_)
                | Self::StringArray(_) => {}
            }
        }
        (bytes, parts)
    }

    /// Gives back what is reserved and not used, so that equal values hold equally much.
    pub(crate) fn compact(&mut self) {
        let mut pending = vec![self];
        while let Some(value) = pending.pop() {
            match value {
                Self::Null | Self::Boolean(_) | Self::Long(_) | Self::Double(_) => {}
                Self::String(text) => text.shrink_to_fit(),
                Self::BooleanArray(array) => array.shrink_to_fit(),
                Self::LongArray(array) => array.shrink_to_fit(),
                Self::DoubleArray(array) => array.shrink_to_fit(),
                Self::StringArray(array) => {
                    array.shrink_to_fit();
                    array.iter_mut().flatten().for_each(String::shrink_to_fit);
                }
                Self::List(list) => pending.extend(list.shrunk()),
                Self::Map(map) => pending.extend(map.shrunk()),
            }
        }
    }

    /// The bytes held without those of values inside, and how many texts they are.
    fn own_bytes(&self) -> (u64, u64) {
        match self {
            Self::Null | Self::Boolean(_) | Self::Long(_) | Self::Double(_) => (0, 0),
            Self::String(text) => (text.capacity() as u64, 0),
            Self::BooleanArray(array) => (array.capacity() as u64, 0),
            Self::LongArray(array) => (array.capacity() as u64 * 8, 0),
            Self::DoubleArray(array) => (array.capacity() as u64 * 8, 0),
            Self::StringArray(array) => {
                let texts: usize = array.iter().flatten().map(String::capacity).sum();
                let own = array.capacity() * size_of::<Option<String>>();
                ((own + texts) as u64, array.len() as u64)
            }
            Self::List(list) => ((list.reserved() * size_of::<Self>()) as u64, 0),
            Self::Map(map) => (map.own_bytes(), map.len() as u64),
        }
    }
}

impl Map {
    /// The bytes of the table and of the keys.
    fn own_bytes(&self) -> u64 {
        let (capacity, key_bytes) = self.reserved();
        MAP_BYTES + table_bytes(capacity) + key_bytes as u64
    }

    /// As [`Value::compact`], of a map.
    pub(crate) fn compact(&mut self) {
        self.shrunk().for_each(Value::compact);
    }

    /// As [`Value::held`], of a map.
    pub(crate) fn held(&self) -> (u64, u64) {
        let (mut bytes, mut parts) = (self.own_bytes(), 1);
        for value in self.values() {
            let (held, of_value) = value.held();
            bytes += held;
            parts += 1 + of_value;
        }
        (bytes, parts)
    }
}
