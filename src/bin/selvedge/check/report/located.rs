//! Findings with the files that they are in.

use std::rc::Rc;

use selvedge::{LineIndex, Position, Span};

use selvedge::project::{CheckedFile, Finding};

/// A file with the places of its lines.
#[derive(Clone)]
pub(super) struct Source<'f> {
    pub(super) name: &'f str,
    pub(super) lines: Rc<LineIndex<'f>>,
}

impl Source<'_> {
    /// From and up to where a span goes.
    pub(super) fn region(&self, span: Span) -> [Position; 2] {
        [span.start, span.end].map(|offset| self.lines.position(offset))
    }
}

/// Every finding with its file.
pub(super) fn findings(files: &[CheckedFile]) -> impl Iterator<Item = (Source<'_>, &Finding)> {
    files.iter().filter(|file| !file.findings.is_empty()).flat_map(of_file)
}

pub(super) fn of_file(file: &CheckedFile) -> impl Iterator<Item = (Source<'_>, &Finding)> {
    let source = Source {
        name: &file.name,
        lines: Rc::new(LineIndex::new(&file.text)),
    };
    file.findings.iter().map(move |finding| (source.clone(), finding))
}
