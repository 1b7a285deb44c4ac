//! Printing to whoever reads. One who has closed the pipe has seen enough: that is no error, and no reason to go on.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use selvedge::diagnostic::{escape_json, escape_lines};
use serde::Serialize;

use crate::Exit;

/// Prints lines to standard output.
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

/// Prints to standard output, with every character escaped that a terminal or log would obey.
pub(crate) fn to_output(text: &impl Display) {
    escaped(&escape_lines(&text.to_string()));
}

/// Prints a JSON value on a line of standard output.
pub(crate) fn json(value: &impl Serialize) {
    // What the command prints has texts for keys, and nests within bounds.
    let text = serde_json::to_string(value).unwrap_or_default();
    escaped(&format!("{}\n", escape_json(&text)));
}

/// Prints what has been escaped, and may have colour.
pub(crate) fn escaped(text: &str) {
    let mut output = std::io::stdout().lock();
    let Err(error) = output.write_all(text.as_bytes()).and_then(|()| output.flush()) else {
        return;
    };
    if error.kind() != ErrorKind::BrokenPipe {
        tell!("error: cannot print: {error}");
    }
    std::process::exit(Exit::Usage as i32);
}

/// Prints the command's own text, which moves the cursor, to standard error.
pub(crate) fn to_terminal(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Prints to standard error, escaped as in [`to_output`]. Where nobody reads that, there is nobody to tell.
pub(crate) fn to_error(text: &impl Display) {
    to_terminal(&escape_lines(&text.to_string()));
}
