//! Safe suggestions taken: written over in the files, where each file then says what was meant and nothing else.

use std::collections::HashMap;

use selvedge::diagnostic::escape;

use super::checker::{Checker, is_json};
use super::files::Target;
use super::finding::{Change, Checked, Finding};
use super::tree::{self, Leaf};
use crate::rewrite::{self, Written};

/// How often a file is fixed and checked again.
const MAX_ROUNDS: usize = 10;
/// How many suggestions are tried one by one where they cannot be taken together.
const MAX_ALONE: usize = 32;

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
pub(super) fn all(checker: &Checker, files: &mut [Checked], is_dry: bool) -> Result<Fixed, String> {
    let mut fixed = Fixed::default();
    for file in files {
        let (new, places) = fix(checker, file);
        if places == 0 {
            continue;
        }
        if is_dry {
            fixed.places += places;
            fixed
                .diff
                .push_str(&rewrite::difference(&escape(&file.name), &file.text, &new));
            continue;
        }
        let Some(path) = file.source.clone() else {
            fixed.notes.push(format!(
                "{} is standard input, which cannot be fixed",
                escape(&file.name)
            ));
            continue;
        };
        if rewrite::write_over(&path, &file.name, &file.text, &new)? == Written::Changed {
            fixed.notes.push(format!(
                "{} changed while it was checked, and is left as it is",
                escape(&file.name)
            ));
            continue;
        }
        fixed.places += places;
        *file = check_again(checker, file, new);
    }
    Ok(fixed)
}

fn check_again(checker: &Checker, file: &Checked, text: String) -> Checked {
    let target = Target {
        path: file.source.clone(),
        name: file.name.clone(),
        is_named: true,
    };
    checker.check_text(&target, text)
}

/// The text of a file with all safe suggestions taken, and how many were.
fn fix(checker: &Checker, file: &Checked) -> (String, usize) {
    let mut text = file.text.clone();
    let mut findings = file.findings.clone();
    let mut places = 0;
    for _ in 0..MAX_ROUNDS {
        let safe = findings.iter().filter(|finding| is_safe(finding));
        let taken = take(&file.name, &text, safe.collect());
        let Some((fixed, count)) = taken else {
            break;
        };
        places += count;
        findings = check_again(checker, file, fixed.clone()).findings;
        text = fixed;
    }
    (text, places)
}

fn is_safe(finding: &Finding) -> bool {
    let suggestion = finding.diagnostic.suggestion.as_ref();
    suggestion.is_some_and(|suggestion| suggestion.safe)
}

/// Takes suggestions: all together, else one by one those after which the file says what was meant.
fn take(name: &str, text: &str, mut safe: Vec<&Finding>) -> Option<(String, usize)> {
    safe.sort_by_key(|finding| finding.diagnostic.suggestion.as_ref().map(|suggestion| suggestion.span));
    let mut end = 0;
    safe.retain(|finding| {
        let span = finding.diagnostic.suggestion.as_ref().map(|suggestion| suggestion.span);
        let free = span.is_some_and(|span| span.start >= end);
        end = span.filter(|_| free).map_or(end, |span| span.end.max(span.start + 1));
        free
    });
    let count = safe.len();
    let together = apply(name, text, &safe).map(|fixed| (fixed, count));
    let alone = || {
        safe.iter()
            .take(MAX_ALONE)
            .find_map(|&finding| Some((apply(name, text, &[finding])?, 1)))
    };
    together.or_else(alone)
}

/// The file with suggestions taken, which are in order and do not overlap; none where it would not say what was meant.
fn apply(name: &str, text: &str, chosen: &[&Finding]) -> Option<String> {
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    for finding in chosen {
        let suggestion = finding.diagnostic.suggestion.as_ref()?;
        fixed.push_str(text.get(at..suggestion.span.start as usize)?);
        fixed.push_str(&suggestion.replacement);
        at = suggestion.span.end as usize;
    }
    fixed.push_str(text.get(at..)?);
    (!chosen.is_empty() && is_as_meant(name, text, &fixed, chosen)).then_some(fixed)
}

/// Whether each text of the fixed file is the one that was there, with what was to be replaced in it replaced.
fn is_as_meant(name: &str, text: &str, fixed: &str, chosen: &[&Finding]) -> bool {
    let Some(is_json) = is_json(name, text) else {
        return true;
    };
    let (Ok(before), Ok(after)) = (tree::leaves(text, is_json), tree::leaves(fixed, is_json)) else {
        return false;
    };
    let mut changes: HashMap<usize, Vec<&Change>> = HashMap::new();
    for change in chosen.iter().filter_map(|finding| finding.change.as_ref()) {
        changes.entry(change.text_start).or_default().push(change);
    }
    let of = |leaf: &Leaf| changes.get(&leaf.scalar.place.start).map_or(&[][..], Vec::as_slice);
    let wanted = before.iter().map(|leaf| meant(leaf, of(leaf)));
    before.len() == after.len()
        && wanted
            .zip(&after)
            .all(|(wanted, leaf)| wanted.as_ref() == Some(&leaf.scalar.text))
}

/// What a text is to say, with its changes.
fn meant(leaf: &Leaf, changes: &[&Change]) -> Option<String> {
    let mut text = String::with_capacity(leaf.scalar.text.len());
    let mut at = 0;
    for change in changes {
        text.push_str(leaf.scalar.text.get(at..change.span.start as usize)?);
        text.push_str(&change.replacement);
        at = change.span.end as usize;
    }
    text.push_str(leaf.scalar.text.get(at..)?);
    Some(text)
}
