//! Runs code within budgets: instruction set, heap, meter, and the loop. It sees no names, types of variables or library:
//! only slots, bits and bodies that lowering linked in.

pub(crate) mod any;
pub(crate) mod array_store;
pub(crate) mod builder;
mod call;
#[cfg(any(test, feature = "oracle"))]
mod cell;
pub(crate) mod charge;
pub(crate) mod code;
mod concat;
pub(crate) mod context;
#[cfg(any(test, feature = "oracle"))]
pub(crate) mod coverage;
pub(crate) mod double;
pub(crate) mod export;
pub(crate) mod fault;
pub(crate) mod gathering;
mod handler;
pub(crate) mod heap;
pub(crate) mod input;
pub(crate) mod instruction;
mod map_store;
pub(crate) mod meter;
pub(crate) mod names;
pub(crate) mod native;
pub(crate) mod operations;
pub(crate) mod prepared;
mod preview;
mod print;
pub(crate) mod reads;
pub(crate) mod registers;
pub(crate) mod run;
pub(crate) mod same;
mod scratch;
pub(crate) mod search;
mod sequences;
pub(crate) mod slices;
pub(crate) mod stopped;
mod table;
mod text;
mod text_store;
pub(crate) mod thread;
mod trace;
pub(crate) mod trace_log;
pub(crate) mod unread;
