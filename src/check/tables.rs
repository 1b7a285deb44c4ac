//! Hash tables of the checker. Their seeds are random: no source can choose keys that collide.

pub(super) type HashState = foldhash::fast::RandomState;
pub(super) type HashMap<K, V> = hashbrown::HashMap<K, V, HashState>;
pub(super) type HashSet<K> = hashbrown::HashSet<K, HashState>;
