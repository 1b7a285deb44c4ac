//! A map from text to values, in insertion order, that can be dropped at any depth.

use indexmap::IndexMap;

use super::{Value, drop_flat, take_containers};

/// A map from text to values, in insertion order. Dropping it never recurses, however deep it nests.
///
/// ```
/// use selvedge::{Map, Value};
/// let mut map = Map::new();
/// map.insert("a", 1);
/// map.insert("b", "two");
/// assert_eq!(map.get("b"), Some(&Value::from("two")));
/// assert_eq!(map.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["a", "b"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(IndexMap<String, Value>);

impl Map {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Sets the value of a key, and gives the old one; a new key comes last.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.insert(key.into(), value.into())
    }

    /// Removes a key, and gives its value; the order of the others stays.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.0.shift_remove(key)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The entries in order, taken.
    pub(super) fn take_entries(&mut self) -> impl Iterator<Item = (String, Value)> + use<> {
        std::mem::take(&mut self.0).into_iter()
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.0.values_mut()
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        let mut containers = Vec::new();
        self.0
            .values_mut()
            .for_each(|value| take_containers(value, &mut containers));
        drop_flat(containers);
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a String, &'a Value);
    type IntoIter = indexmap::map::Iter<'a, String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
