//! Safe suggestions taken: the text of a file that then says what was meant and nothing else.

use std::collections::HashMap;

use super::checker::Checker;
use super::file::{File, is_json};
use super::finding::{Change, CheckedFile, Finding};
use super::splice::splice;
use super::tree::{self, Leaf};

/// How often a file is fixed and checked again.
const MAX_ROUNDS: usize = 10;
/// How many suggestions are tried one by one where they cannot be taken together.
const MAX_ALONE: usize = 32;

/// A file after safe suggestions were applied.
///
/// ```
/// use selvedge::platform::Platform;
/// use selvedge::project::{Checker, File, Project};
/// let checker = Checker::new(Project::new(Platform::new()))?;
/// let fixed = checker.fix(&checker.check(File::new("sum.sel", "return 010 + 1;")));
/// assert!(fixed.is_some_and(|fixed| fixed.places == 1 && fixed.file.text == "return 10 + 1;"));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The changed file, with its remaining findings.
    pub file: CheckedFile,
    /// The number of changed places.
    pub places: usize,
}

impl Checker {
    /// Applies all safe suggestions that read back as intended; `None` if there are none.
    pub fn fix(&self, file: &CheckedFile) -> Option<Fixed> {
        let mut fixed: Option<Fixed> = None;
        for _ in 0..MAX_ROUNDS {
            let (current, places) = match &fixed {
                Some(fixed) => (&fixed.file, fixed.places),
                None => (file, 0),
            };
            let safe = current.findings.iter().filter(|finding| is_safe(finding));
            let Some((text, count)) = take(&current.name, &current.text, safe.collect()) else {
                break;
            };
            fixed = Some(Fixed {
                file: self.check(File::new(current.name.clone(), text)),
                places: places + count,
            });
        }
        fixed
    }
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

/// The file with suggestions taken, which are in order and do not overlap; `None` if it would not say what was meant.
fn apply(name: &str, text: &str, chosen: &[&Finding]) -> Option<String> {
    let suggestions = chosen
        .iter()
        .filter_map(|finding| finding.diagnostic.suggestion.as_ref());
    let edits = suggestions.map(|suggestion| (suggestion.span.range(), &*suggestion.replacement));
    let fixed = splice(text, edits)?;
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
    let edits = changes.iter().map(|change| (change.span.range(), &*change.replacement));
    splice(&leaf.scalar.text, edits)
}
