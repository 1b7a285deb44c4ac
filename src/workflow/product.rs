//! The grid of a foreach: the product of its loop parameters, counted with checks and never built.

use crate::value::{Map, Value};

/// The loop parameters of a foreach, each an array. The first varies fastest.
#[derive(Clone, Debug)]
pub(super) struct Grid<'g> {
    axes: Vec<(&'g str, &'g Value, u64)>,
}

impl<'g> Grid<'g> {
    /// The grid of a map of arrays; the name and type of the first that is not one.
    pub(super) fn new(axes: &'g Map) -> Result<Self, (&'g str, crate::types::Type)> {
        let mut grid = Vec::with_capacity(axes.len());
        for (name, value) in axes {
            let length = match value {
                Value::BooleanArray(array) => array.len(),
                Value::LongArray(array) => array.len(),
                Value::DoubleArray(array) => array.len(),
                Value::StringArray(array) => array.len(),
                Value::List(list) => list.len(),
                other => return Err((name, other.type_of())),
            };
            grid.push((name, value, length as u64));
        }
        Ok(Self { axes: grid })
    }

    /// How many iterations there are; `None` if that does not fit in 64 bits.
    pub(super) fn count(&self) -> Option<u64> {
        if self.axes.iter().any(|(_, _, length)| *length == 0) {
            return Some(0);
        }
        let mut lengths = self.axes.iter().map(|(_, _, length)| *length);
        lengths.try_fold(1_u64, u64::checked_mul)
    }

    /// How long each axis is.
    pub(super) fn lengths(&self) -> impl Iterator<Item = (&'g str, u64)> {
        self.axes.iter().map(|(name, _, length)| (*name, *length))
    }

    /// The values of an iteration.
    pub(super) fn at(&self, iteration: u64) -> Map {
        let mut rest = iteration;
        let mut map = Map::new();
        for (name, value, length) in &self.axes {
            let index = rest % (*length).max(1);
            rest /= (*length).max(1);
            map.insert(*name, element(value, index as usize));
        }
        map
    }
}

fn element(value: &Value, index: usize) -> Value {
    match value {
        Value::BooleanArray(array) => array.get(index).copied().into(),
        Value::LongArray(array) => array.get(index).copied().into(),
        Value::DoubleArray(array) => array.get(index).copied().into(),
        Value::StringArray(array) => array.get(index).cloned().flatten().into(),
        Value::List(list) => list.get(index).cloned().unwrap_or_default(),
        _ => Value::Null,
    }
}
