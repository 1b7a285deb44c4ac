//! Printing to whoever reads. One who has closed the pipe has seen enough: that is no error, and no reason to go on.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use crate::Exit;

/// Prints a line to standard output.
macro_rules! show {
    ($($text:tt)*) => {
        $crate::print::to_output(&format_args!("{}\n", format_args!($($text)*)))
    };
}

/// Prints a line to standard error.
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::print::to_error(&format_args!("{}\n", format_args!($($text)*)))
    };
}

pub(crate) use {show, tell};

/// Prints to standard output.
pub(crate) fn to_output(text: &impl Display) {
    let mut output = std::io::stdout().lock();
    let Err(error) = write!(output, "{text}").and_then(|()| output.flush()) else {
        return;
    };
    if error.kind() != ErrorKind::BrokenPipe {
        tell!("error: cannot print: {error}");
    }
    std::process::exit(Exit::Usage as i32);
}

/// Prints to standard error. Where nobody reads that, there is nobody to tell.
pub(crate) fn to_error(text: &impl Display) {
    let _ = write!(std::io::stderr().lock(), "{text}");
}
