//! A list of mixed values that can be dropped at any depth.

use std::ops::Deref;

use super::{Value, drop_flat, take_containers};

/// A list of mixed values. Dropping it never recurses, however deep it nests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List(Vec<Value>);

impl List {
    /// The values, taken.
    pub fn into_vec(mut self) -> Vec<Value> {
        std::mem::take(&mut self.0)
    }

    pub(super) fn values_mut(&mut self) -> &mut Vec<Value> {
        &mut self.0
    }
}

impl Drop for List {
    fn drop(&mut self) {
        let mut containers = Vec::new();
        self.0
            .iter_mut()
            .for_each(|value| take_containers(value, &mut containers));
        drop_flat(containers);
    }
}

impl From<Vec<Value>> for List {
    fn from(values: Vec<Value>) -> Self {
        Self(values)
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a Value;
    type IntoIter = std::slice::Iter<'a, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
