//! The container of mixed elements, safe to drop, copy and compare at any depth.

use std::ops::{Deref, DerefMut};

use super::data::{List, Value};
use super::tree;

impl List {
    /// An empty list.
    ///
    /// ```
    /// assert!(selvedge::List::new().is_empty());
    /// ```
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// Adds an element at the end.
    ///
    /// ```
    /// let mut list = selvedge::List::new();
    /// list.push(1);
    /// assert_eq!(list.len(), 1);
    /// ```
    pub fn push(&mut self, value: impl Into<Value>) {
        self.items.push(value.into());
    }

    /// How many elements there is room for.
    #[cfg(feature = "params")]
    pub(super) fn reserved(&self) -> usize {
        self.items.capacity()
    }

    /// Its elements, after what it reserved and does not use was given back.
    #[cfg(feature = "params")]
    pub(super) fn shrunk(&mut self) -> impl Iterator<Item = &mut Value> {
        self.items.shrink_to_fit();
        self.items.iter_mut()
    }

    /// Returns the elements.
    ///
    /// ```
    /// use selvedge::{List, Value};
    /// let list: List = [1, 2].into_iter().collect();
    /// assert_eq!(list.into_vec(), [Value::Long(1), Value::Long(2)]);
    /// ```
    pub fn into_vec(mut self) -> Vec<Value> {
        std::mem::take(&mut self.items)
    }
}

impl Drop for List {
    fn drop(&mut self) {
        tree::dismantle(self.items.drain(..));
    }
}

impl Clone for List {
    fn clone(&self) -> Self {
        tree::copy_list(self)
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        tree::equal_lists(self, other)
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items
    }
}

impl DerefMut for List {
    fn deref_mut(&mut self) -> &mut [Value] {
        &mut self.items
    }
}

impl From<Vec<Value>> for List {
    fn from(items: Vec<Value>) -> Self {
        Self { items }
    }
}

impl<V: Into<Value>> FromIterator<V> for List {
    fn from_iter<I: IntoIterator<Item = V>>(values: I) -> Self {
        Self {
            items: values.into_iter().map(Into::into).collect(),
        }
    }
}

impl<V: Into<Value>> Extend<V> for List {
    fn extend<I: IntoIterator<Item = V>>(&mut self, values: I) {
        self.items.extend(values.into_iter().map(Into::into));
    }
}

impl IntoIterator for List {
    type Item = Value;
    type IntoIter = std::vec::IntoIter<Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a Value;
    type IntoIter = std::slice::Iter<'a, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
