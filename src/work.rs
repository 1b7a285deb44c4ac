//! Counts the work of the front end and of the static passes, for the tests that hold it to be linear in the source, and that of
//! the machine, for those that hold it to be charged. What is counted of the front end is also where it is stopped: each so many
//! units whoever waits for it is asked.

mod count;
mod read;
mod watch;

#[cfg(not(any(test, feature = "oracle")))]
pub(crate) use count::Work;
pub(crate) use count::count;
#[cfg(any(test, feature = "oracle"))]
pub use count::{Work, counted};
pub(crate) use read::{byte_portions, items, portions, reading, run, visit};
pub(crate) use watch::{Stop, is_stopped, watched};
#[cfg(any(test, feature = "oracle"))]
pub use watch::{Stretches, stretches};
