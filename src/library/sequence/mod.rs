//! The methods of arrays and LIST, which SEL does not have. Each gives a new value whose elements are shared.

mod distinct;
mod inline;
mod lambdas;
mod make;
mod numbers;
mod order;
mod pairs;
mod parts;
mod receiver;
mod same;

pub(crate) use distinct::{DISTINCT_BYTES, DISTINCT_STEPS};
pub(crate) use make::{gathered, with_capacity};
pub(crate) use order::LEAST_STEPS;
pub(crate) use pairs::{PAIR_MAP_STEPS, PAIR_STEPS, pair};
pub(crate) use parts::CHUNK_STEPS;

use super::declaration::Function;

/// The methods.
pub(super) const FUNCTIONS: &[&[Function]] = &[
    parts::FUNCTIONS,
    order::FUNCTIONS,
    numbers::FUNCTIONS,
    pairs::FUNCTIONS,
    same::FUNCTIONS,
    distinct::FUNCTIONS,
    lambdas::FUNCTIONS,
    inline::FUNCTIONS,
];
