//! Safe suggestions taken: written over in the files, or shown.

use selvedge::diagnostic::escape;
use selvedge::project::{CheckedFile, Checker};

use super::files::Target;
use crate::overwrite::{difference, overwrite};

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
        if !overwrite(path, &escape(&file.name), (&file.text, &new.file.text))? {
            fixed.notes.push(format!(
                "{} changed while it was checked, and is left as it is",
                escape(&file.name)
            ));
            continue;
        }
        fixed.places += new.places;
        *file = new.file;
    }
    Ok(fixed)
}
