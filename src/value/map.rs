//! The container of named values in insertion order, safe to drop, copy and compare at any depth.

use super::data::{Map, Value};
use super::tree;

impl Map {
    /// An empty map.
    ///
    /// ```
    /// assert!(selvedge::Map::new().is_empty());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of entries.
    ///
    /// ```
    /// assert_eq!(selvedge::Map::from_iter([("a", 1), ("b", 2)]).len(), 2);
    /// ```
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no entries.
    ///
    /// ```
    /// assert!(!selvedge::Map::from_iter([("a", 1)]).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries there is room for, and the bytes that the keys hold.
    #[cfg(feature = "params")]
    pub(super) fn reserved(&self) -> (usize, usize) {
        (self.entries.capacity(), self.entries.keys().map(String::len).sum())
    }

    /// Its values, after what it reserved and does not use was given back.
    #[cfg(feature = "params")]
    pub(super) fn shrunk(&mut self) -> impl Iterator<Item = &mut Value> {
        self.entries.shrink_to_fit();
        self.entries.values_mut()
    }

    /// Returns the value of a key.
    ///
    /// ```
    /// assert_eq!(selvedge::Map::from_iter([("a", 1)]).get("b"), None);
    /// ```
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.get(key)
    }

    /// Returns the value of a key, to change in place.
    ///
    /// ```
    /// let mut map = selvedge::Map::from_iter([("a", 1)]);
    /// if let Some(value) = map.get_mut("a") {
    ///     *value = 2.into();
    /// }
    /// assert_eq!(map.get("a"), Some(&selvedge::Value::Long(2)));
    /// ```
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.entries.get_mut(key)
    }

    /// Whether a key has a value.
    ///
    /// ```
    /// assert!(selvedge::Map::from_iter([("a", 1)]).contains_key("a"));
    /// ```
    pub fn contains_key(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Sets the value of a key and returns the previous one, whose place in the order it takes.
    ///
    /// ```
    /// use selvedge::{Map, Value};
    /// let mut map = Map::from_iter([("a", 1), ("b", 2)]);
    /// assert_eq!(map.insert("a", 3), Some(Value::Long(1)));
    /// assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "b"]);
    /// ```
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.entries.insert(key.into(), value.into())
    }

    /// Removes a key and returns its value. It keeps the order of the others, in time linear in their number.
    ///
    /// ```
    /// use selvedge::{Map, Value};
    /// let mut map = Map::from_iter([("a", 1), ("b", 2)]);
    /// assert_eq!(map.remove("a"), Some(Value::Long(1)));
    /// assert_eq!(map.len(), 1);
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.entries.shift_remove(key)
    }

    /// The entries in insertion order.
    ///
    /// ```
    /// let map = selvedge::Map::from_iter([("b", 2), ("a", 1)]);
    /// let text: Vec<_> = map.iter().map(|(key, value)| format!("{key}{value}")).collect();
    /// assert_eq!(text, ["b2", "a1"]);
    /// ```
    pub fn iter(&self) -> MapIter<'_> {
        MapIter(self.entries.iter())
    }

    /// The keys in insertion order.
    ///
    /// ```
    /// let map = selvedge::Map::from_iter([("b", 2), ("a", 1)]);
    /// assert_eq!(map.keys().collect::<Vec<_>>(), ["b", "a"]);
    /// ```
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The values in insertion order.
    ///
    /// ```
    /// let map = selvedge::Map::from_iter([("b", 2), ("a", 1)]);
    /// assert_eq!(map.values().next(), Some(&selvedge::Value::Long(2)));
    /// ```
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.entries.values()
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        tree::dismantle(self.entries.drain(..).map(|(_, value)| value));
    }
}

impl Clone for Map {
    fn clone(&self) -> Self {
        tree::copy_map(self)
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        tree::equal_maps(self, other)
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for Map {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.entries
            .extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
    }
}

/// The entries of a [`Map`], by reference.
///
/// ```
/// use selvedge::{Map, Value};
/// let map = Map::from_iter([("b", 1), ("a", 2)]);
/// let mut entries = map.iter();
/// assert_eq!(entries.len(), 2);
/// assert_eq!(entries.next(), Some(("b", &Value::Long(1))));
/// ```
#[derive(Clone)]
pub struct MapIter<'a>(indexmap::map::Iter<'a, String, Value>);

impl<'a> Iterator for MapIter<'a> {
    type Item = (&'a str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for MapIter<'_> {}

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a str, &'a Value);
    type IntoIter = MapIter<'a>;

    fn into_iter(self) -> MapIter<'a> {
        self.iter()
    }
}

/// The entries of a [`Map`], by value.
///
/// ```
/// use selvedge::{Map, Value};
/// let map = Map::from_iter([("b", 1), ("a", 2)]);
/// let entries: Vec<(String, Value)> = map.into_iter().collect();
/// assert_eq!(entries[0], ("b".to_owned(), Value::Long(1)));
/// ```
pub struct MapIntoIter(indexmap::map::IntoIter<String, Value>);

impl Iterator for MapIntoIter {
    type Item = (String, Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for MapIntoIter {}

impl IntoIterator for Map {
    type Item = (String, Value);
    type IntoIter = MapIntoIter;

    fn into_iter(mut self) -> MapIntoIter {
        MapIntoIter(std::mem::take(&mut *self.entries).into_iter())
    }
}
