//! Writes files over, where they are as they were read; or shows what would change.

use std::fs;
use std::io;
use std::path::Path;

use similar::TextDiff;

use crate::deadline::Deadline;
use crate::reader;

/// Writes a file's new text over its old one, as it is called in messages; false where it has changed since it was read.
pub(crate) fn overwrite(path: &Path, name: &str, (old, new): (&str, &str)) -> Result<bool, String> {
    let now = reader::bytes(path, Deadline::after(None)).map_err(|error| format!("cannot read {name}: {error}"))?;
    if now != old.as_bytes() {
        return Ok(false);
    }
    replace(path, new).map_err(|error| format!("cannot write {name}: {error}"))?;
    Ok(true)
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
