//! The places at which two layouts of one program differ.

use std::ops::Range;

/// What is to become of a text in a file.
#[derive(Debug)]
pub(super) struct Plan {
    /// Where the text begins in the file.
    pub(super) text_start: usize,
    /// What it is to say.
    pub(super) wanted: String,
    /// In the order of the file.
    pub(super) edits: Vec<Edit>,
}

/// A piece of the file, and what stands there instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) place: Range<usize>,
    pub(super) text: String,
}

/// Where two texts differ that are the same but for white space and commas, in bytes of the first.
pub(super) fn between(before: &str, after: &str) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let (mut old, mut new) = (before, after);
    loop {
        let (old_run, old_rest) = run(old);
        let (new_run, new_rest) = run(new);
        let (same, old_next, new_next) = match (next(old_rest), next(new_rest)) {
            (None, None) => (true, "", ""),
            (Some((one, old_next)), Some((other, new_next))) if one == other => (true, old_next, new_next),
            _ => (false, old_rest, new_rest),
        };
        // A comma that stands in one of them alone belongs to what is between.
        let (old_end, new_end) = match same {
            true => (old_rest, new_rest),
            false => (with_comma(old_rest), with_comma(new_rest)),
        };
        let start = before.len() - old.len();
        if same {
            if old_run != new_run {
                edits.push(Edit {
                    place: start..start + old_run.len(),
                    text: new_run.to_owned(),
                });
            }
            if old_next.is_empty() && new_next.is_empty() {
                return Some(edits);
            }
            (old, new) = (old_next, new_next);
            continue;
        }
        if old_end.len() == old_rest.len() && new_end.len() == new_rest.len() {
            return None;
        }
        let removed = before.get(start..before.len() - old_end.len())?;
        let added = after.get(after.len() - new.len()..after.len() - new_end.len())?;
        edits.push(Edit {
            place: start..start + removed.len(),
            text: added.to_owned(),
        });
        (old, new) = (old_end, new_end);
    }
}

/// The white space that a text begins with, and the rest.
fn run(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']);
    (text.get(..text.len() - rest.len()).unwrap_or(""), rest)
}

fn next(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    Some((characters.next()?, characters.as_str()))
}

/// What follows a comma and white space, where the text begins with one and a bracket closes behind it.
fn with_comma(text: &str) -> &str {
    let behind = text.strip_prefix(',').map(|behind| run(behind).1);
    behind.unwrap_or(text)
}
