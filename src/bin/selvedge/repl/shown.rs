//! Values as a session shows them: as JSON, and no more of it than anybody reads.

use std::io::{self, Write};

use selvedge::Value;
use selvedge::diagnostic::escape_json;

/// The bytes that are kept of a text, and how many there were.
struct Kept {
    bytes: Vec<u8>,
    most: usize,
    all: usize,
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let remaining = self.most - self.bytes.len();
        self.bytes.extend(bytes.iter().take(remaining));
        self.all += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A value as JSON, escaped, cut after `most` bytes.
pub(super) fn shown(value: &Value, most: usize) -> String {
    let (bytes, all) = (Vec::new(), 0);
    let mut kept = Kept { bytes, most, all };
    if let Err(error) = serde_json::to_writer(&mut kept, value) {
        return error.to_string();
    }
    let whole = kept.bytes.utf8_chunks().next();
    let text = escape_json(whole.map_or("", |chunk| chunk.valid()));
    match kept.all > most {
        true => format!("{text}… ({} bytes in all)", kept.all),
        false => text,
    }
}
