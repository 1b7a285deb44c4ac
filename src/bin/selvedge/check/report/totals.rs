//! How much was checked and found.

use selvedge::project::CheckedFile;

/// How much was checked and found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) files: usize,
    pub(crate) expressions: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl Totals {
    /// The totals of all files.
    pub(crate) fn of(files: &[CheckedFile]) -> Self {
        let findings = || files.iter().flat_map(|file| &file.findings);
        let errors = findings().filter(|finding| finding.diagnostic.is_error()).count();
        Self {
            files: files.len(),
            expressions: files.iter().map(|file| file.expressions).sum(),
            errors,
            warnings: findings().count() - errors,
        }
    }

    /// The totals as a line.
    pub(crate) fn line(self) -> String {
        format!(
            "checked {} in {}: {}, {}",
            counted(self.expressions, "expression"),
            counted(self.files, "file"),
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
        )
    }
}

pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
