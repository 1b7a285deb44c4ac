//! What a host gives as a parameter and gets as a result, and how it comes from and goes to Rust types through serde.

mod coerce;
mod data;
mod depth;
mod deserializer;
mod display;
mod error;
#[cfg(feature = "params")]
mod held;
mod json;
mod list;
mod map;
mod node;
mod rust;
mod sequence;
mod serde_impl;
mod serializer;
mod tree;

#[cfg(test)]
mod tests;

pub use data::{List, Map, Value};
pub use depth::MAX_DEPTH;
pub use error::ValueError;
pub use map::{MapIntoIter, MapIter};

pub(crate) use coerce::{CONVERTED_BYTES, CONVERTED_STEPS, accepts_null};
pub(crate) use depth::{Level, check_depth};
#[cfg(feature = "params")]
pub(crate) use held::table_bytes;
pub(crate) use node::{Items, Node};
pub(crate) use sequence::Sequence;
