//! Runs code within budgets: instruction set, heap, meter, and the loop. It sees no names, types of variables or library:
//! only slots, bits and bodies that lowering linked in.

pub(crate) mod any;
pub(crate) mod array_store;
pub(crate) mod builder;
mod call;
pub(crate) mod charge;
pub(crate) mod code;
mod concat;
pub(crate) mod context;
#[cfg(any(test, feature = "oracle"))]
pub(crate) mod coverage;
pub(crate) mod double;
pub(crate) mod export;
pub(crate) mod fault;
pub(crate) mod heap;
pub(crate) mod input;
pub(crate) mod instruction;
mod map_store;
pub(crate) mod meter;
pub(crate) mod native;
pub(crate) mod operations;
mod preview;
mod print;
pub(crate) mod reads;
pub(crate) mod registers;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod slices;
pub(crate) mod stopped;
mod text_store;
mod tight;
pub(crate) mod trace;
pub(crate) mod unread;
