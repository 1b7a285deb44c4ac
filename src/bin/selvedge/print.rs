//! Printing to whoever reads. One who has closed the pipe has seen enough: that is not an error, and no reason to go on.

use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};

use clap::error::{ContextKind, ContextValue};
use selvedge::LineIndex;
use selvedge::diagnostic::{Diagnostic, escape, escape_json, escape_lines, render_in};
use serde::Serialize;

use crate::exit::{Exit, Failed};

/// Prints lines to standard output.
macro_rules! show {
    ($($text:tt)*) => {
        $crate::print::to_output(&format_args!("{}\n", format_args!($($text)*)))
    };
}

/// Prints a line to standard error.
macro_rules! report {
    ($($text:tt)*) => {
        $crate::print::to_error(&format_args!("{}\n", format_args!($($text)*)))
    };
}

pub(crate) use {report, show};

/// What another crate says of a text, which it may quote: on one line, escaped and bounded.
pub(crate) fn foreign(message: &dyn Display) -> String {
    escape(&message.to_string())
}

/// A message of any length on one line.
pub(crate) fn one_line(message: &str) -> String {
    escape_lines(message).replace('\n', "\\n")
}

/// Tells why the command does not come to what it is for, unless that was told.
pub(crate) fn failed(failed: &Failed) {
    if !matches!(failed, Failed::Reported) {
        report!("error: {}", one_line(failed.message()));
    }
}

/// An error of the arguments with what it quotes of them escaped: the lines and colours that are left are its layout.
pub(crate) fn escape_arguments(mut error: clap::Error) -> clap::Error {
    let quoted: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| Some((kind, escape_context(kind, value)?)))
        .collect();
    for (kind, value) in quoted {
        error.insert(kind, value);
    }
    error
}

/// What an error quotes, escaped; `None` if it quotes nothing.
fn escape_context(kind: ContextKind, value: &ContextValue) -> Option<ContextValue> {
    match value {
        ContextValue::String(text) => Some(ContextValue::String(escape(text))),
        ContextValue::Strings(texts) => Some(ContextValue::Strings(texts.iter().map(|text| escape(text)).collect())),
        // A hint such as `use '-- --x'`.
        ContextValue::StyledStrs(texts) => {
            let texts = texts.iter().map(|text| escape(&text.to_string()).into());
            Some(ContextValue::StyledStrs(texts.collect()))
        }
        ContextValue::StyledStr(text) if kind != ContextKind::Usage => {
            Some(ContextValue::StyledStr(escape(&text.to_string()).into()))
        }
        // Numbers, and the usage, which is the command's own.
        _ => None,
    }
}

/// Prints to standard output, with every character escaped that a terminal or log would obey. Nothing is made that is as large as
/// the text.
pub(crate) fn to_output(text: &impl Display) {
    printed(|out| {
        let mut out = Escaped::new(out, escape_lines);
        write!(out, "{text}")?;
        out.finish()
    });
}

/// Prints warnings of one source to standard error.
pub(crate) fn warnings(warnings: &[Diagnostic], source: &str, origin: &str) {
    let source = LineIndex::new(source);
    for warning in warnings {
        to_error(&render_in(warning, &source, origin));
    }
}

/// Prints a JSON value on a line of standard output, as [`to_output`] does.
pub(crate) fn json(value: &impl Serialize) {
    printed(|out| {
        let mut escaped = Escaped::new(&mut *out, escape_json);
        serde_json::to_writer(&mut escaped, value)?;
        escaped.finish()?;
        out.write_all(b"\n")
    });
}

/// Prints what has been escaped, and may have colour.
pub(crate) fn escaped(text: &str) {
    printed(|out| out.write_all(text.as_bytes()));
}

/// Prints the text of a file as it is, for a file or another program; to a terminal as [`to_output`] does.
pub(crate) fn file(text: &str) {
    match io::stdout().is_terminal() {
        true => to_output(&text),
        false => escaped(text),
    }
}

/// Prints to standard error what has been escaped, and may have colour.
pub(crate) fn escaped_to_error(text: &str) {
    to_terminal(text);
}

fn printed(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let mut output = BufWriter::new(io::stdout().lock());
    let Err(error) = write(&mut output).and_then(|()| output.flush()) else {
        return;
    };
    if error.kind() != ErrorKind::BrokenPipe {
        report!("error: cannot print: {error}");
    }
    // What is buffered is not tried again.
    std::process::exit(Exit::Usage as i32);
}

/// Escapes text on its way, a piece at a time.
struct Escaped<W> {
    out: W,
    escape: fn(&str) -> String,
    /// What is still to be escaped, and may end within a character.
    begun: Vec<u8>,
    /// Whether what was written last goes on in what is written next.
    is_within_line: bool,
}

/// The bytes that are escaped at once.
const PIECE_BYTES: usize = 8 * 1024;

impl<W: Write> Escaped<W> {
    const fn new(out: W, escape: fn(&str) -> String) -> Self {
        Self {
            out,
            escape,
            begun: Vec::new(),
            is_within_line: false,
        }
    }

    /// Writes what is left.
    fn finish(mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.begun);
        self.put(&String::from_utf8_lossy(&rest))
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        let line = if self.is_within_line { "…" } else { "" };
        let escaped = (self.escape)(&[line, text].concat());
        let last = text.rsplit('\n').next().unwrap_or_default();
        self.is_within_line = !last.trim().is_empty() || (self.is_within_line && last.len() == text.len());
        self.out
            .write_all(escaped.get(line.len()..).unwrap_or_default().as_bytes())
    }
}

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.get(..PIECE_BYTES).unwrap_or(bytes);
        self.begun.extend_from_slice(taken);
        if self.begun.len() < PIECE_BYTES {
            return Ok(taken.len());
        }
        let mut piece = std::mem::take(&mut self.begun);
        let text_bytes = match std::str::from_utf8(&piece) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => piece.len(),
        };
        // What may begin a command is escaped with what follows it.
        let last = piece.iter().take(text_bytes).rev().take(2);
        let whole = text_bytes - last.take_while(|byte| b"#:".contains(byte)).count();
        self.begun = piece.split_off(whole);
        self.put(&String::from_utf8_lossy(&piece))?;
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints the command's own text, which moves the cursor, to standard error.
pub(crate) fn to_terminal(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints to standard error, escaped as in [`to_output`]. Where nobody reads that, there is nobody to tell.
pub(crate) fn to_error(text: &impl Display) {
    to_terminal(&escape_lines(&text.to_string()));
}
