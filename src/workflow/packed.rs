//! Values as they are stored apart from what they belong to: arrays of numbers by their differences, of which dates have small ones.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::value::{Map, Value};

/// A value to be stored.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Packed {
    /// As it is.
    #[serde(rename = "v")]
    Value(Value),
    /// The first of an array of numbers, and what each adds to the one before.
    #[serde(rename = "l")]
    Longs(Vec<i64>),
    /// A map.
    #[serde(rename = "m")]
    Map(IndexMap<String, Self>),
}

impl Packed {
    /// Maps are packed as deep as values nest.
    pub(super) fn of(map: &Map) -> Self {
        let pack = |value: &Value| match value {
            Value::Map(map) => Self::of(map),
            Value::LongArray(longs) => {
                let before = std::iter::once(0).chain(longs.iter().copied());
                let differences = longs.iter().zip(before);
                Self::Longs(differences.map(|(long, before)| long.wrapping_sub(before)).collect())
            }
            other => Self::Value(other.clone()),
        };
        Self::Map(map.iter().map(|(name, value)| (name.to_owned(), pack(value))).collect())
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Value(value) => value,
            Self::Longs(differences) => {
                let mut sum = 0_i64;
                let add = |difference: i64| {
                    sum = sum.wrapping_add(difference);
                    sum
                };
                Value::LongArray(differences.into_iter().map(add).collect())
            }
            Self::Map(map) => Value::Map(
                map.into_iter()
                    .map(|(name, value)| (name, value.into_value()))
                    .collect(),
            ),
        }
    }
}
