//! Maximises work for each charged step, and heap for each charged byte, over programs, parameters, sets and definitions together.
//!
//! ```text
//! forms, leaves ─▶ generate (draw, change, make smaller) ─▶ search ─▶ archive (the best of every kind)
//!                                                             │
//!                                     worker, natively and under callgrind (measure, profile)
//! ```
//!
//! Work is machine instructions, counted by callgrind: what the standard library and the C library do is counted like what selvedge
//! does. No clock decides anything.

pub(crate) mod archive;
pub(crate) mod candidate;
mod documents;
mod forms;
mod generate;
pub(crate) mod genome;
mod leaves;
pub(crate) mod measure;
mod mutate;
mod node;
pub(crate) mod parameter;
mod profile;
mod random;
pub(crate) mod search;
mod slots;
mod unfold;
pub(crate) mod worker;
