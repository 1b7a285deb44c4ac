//! Writes files over, and shows what would change in them.

use std::fs;
use std::io;
use std::path::Path;

use selvedge::diagnostic::escape;
use similar::TextDiff;

use crate::deadline::Deadline;
use crate::reader;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Over,
    /// Somebody else changed it in the meantime: it is left as it is.
    Changed,
}

/// Writes a file over, where it still says what it said before.
pub(crate) fn write_over(path: &Path, name: &str, before: &str, after: &str) -> Result<Written, String> {
    let now =
        reader::bytes(path, Deadline::after(None)).map_err(|error| format!("cannot read {}: {error}", escape(name)))?;
    if now != before.as_bytes() {
        return Ok(Written::Changed);
    }
    replace(path, after).map_err(|error| format!("cannot write {}: {error}", escape(name)))?;
    Ok(Written::Over)
}

/// What would change in a file, as `diff -u` shows it.
pub(crate) fn difference(name: &str, before: &str, after: &str) -> String {
    let difference = TextDiff::from_lines(before, after);
    difference.unified_diff().header(name, name).to_string()
}

/// Writes a file beside the old one and puts it in its place, so that at no time half a file is there.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.fixed", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, text)
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // What could not take the file's place is not left behind; why it could not is what is told.
        let _ = fs::remove_file(&beside);
    }
    written
}
