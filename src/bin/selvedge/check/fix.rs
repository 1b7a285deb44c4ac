//! Safe suggestions taken: written over in the files, or shown.

use std::fs;
use std::io;
use std::path::Path;

use selvedge::diagnostic::escape;
use selvedge::project::{CheckedFile, Checker};
use similar::TextDiff;

use super::files::Target;
use crate::deadline::Deadline;
use crate::reader;

/// What was fixed.
#[derive(Debug, Default)]
pub(crate) struct Fixed {
    /// How many places.
    pub(crate) places: usize,
    /// What would change, for a dry run.
    pub(crate) diff: String,
    /// What could not be done, and why.
    pub(crate) notes: Vec<String>,
}

/// Fixes all files; in a dry run it only says what would change.
pub(super) fn all(
    checker: &Checker,
    targets: &[Target],
    files: &mut [CheckedFile],
    is_dry: bool,
) -> Result<Fixed, String> {
    let mut fixed = Fixed::default();
    for (file, target) in files.iter_mut().zip(targets) {
        let Some(new) = checker.fix(file) else {
            continue;
        };
        if is_dry {
            fixed.places += new.places;
            let name = escape(&file.name);
            fixed.diff.push_str(&difference(&name, &file.text, &new.file.text));
            continue;
        }
        let Some(path) = &target.path else {
            fixed.notes.push(format!(
                "{} is standard input, which cannot be fixed",
                escape(&file.name)
            ));
            continue;
        };
        let now = reader::bytes(path, Deadline::after(None))
            .map_err(|error| format!("cannot read {}: {error}", escape(&file.name)))?;
        if now != file.text.as_bytes() {
            fixed.notes.push(format!(
                "{} changed while it was checked, and is left as it is",
                escape(&file.name)
            ));
            continue;
        }
        replace(path, &new.file.text).map_err(|error| format!("cannot write {}: {error}", escape(&file.name)))?;
        fixed.places += new.places;
        *file = new.file;
    }
    Ok(fixed)
}

/// What would change in a file, as `diff -u` shows it.
fn difference(name: &str, before: &str, after: &str) -> String {
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
