//! What is expected, written over with what was found: the rest of a fixture stays as it is, byte for byte.

use super::verdict::{At, Failure};
use super::written;
use crate::project::splice::splice;
use crate::project::tree::{Extent, Held, Written, extents};
use crate::source::{LineIndex, Position};

/// A fixture with updated expectations.
///
/// ```
/// use selvedge::testing::{Runner, Suite, updated};
/// use selvedge::{Engine, Interrupt};
/// let text = "expression: n * 2  # doubles\ntests:\n- params: {n: 4}\n  expect: {value: 7}  # of four\n";
/// let suite = Suite::from_yaml(text, &Interrupt::new())?;
/// let runner = Runner::new(Engine::default(), &|_: &str| Err("no files".to_owned()));
/// let failures = runner.run(&suite.tests()[0], &Interrupt::new()).failures;
/// let new = updated(text, false, &failures);
/// assert_eq!((new.places.len(), &*new.text), (1, &*text.replace("value: 7", "value: 8")));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Updated {
    /// The new text.
    pub text: String,
    /// The positions of the replaced expectations in the old text.
    pub places: Vec<Position>,
}

/// Replaces expected by actual values in the text of a fixture in JSON or YAML. Other failures, such as unexpected errors, are left alone,
/// as are block texts (`|`).
///
/// ```
/// use selvedge::testing::{Runner, Suite, updated};
/// use selvedge::{Engine, Interrupt};
/// let text = r#"{"expression": "1 + 1", "tests": [{}]}"#;
/// let suite = Suite::from_json(text, &Interrupt::new())?;
/// let no_files = |path: &str| Err(format!("no file {path}"));
/// let verdict = Runner::new(Engine::default(), &no_files).run(&suite.tests()[0], &Interrupt::new());
/// let new = updated(text, true, &verdict.failures);
/// assert!(new.text.contains(r#""expect": {"value": 2, "type": "LONG"}"#));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
pub fn updated<'f>(text: &str, is_json: bool, failures: impl IntoIterator<Item = &'f Failure>) -> Updated {
    let lines = LineIndex::new(text);
    let snapshots = failures.into_iter().filter_map(|failure| {
        let at = lines.offset(failure.position?) as usize;
        Some((at, failure))
    });
    let mut snapshots: Vec<(usize, &Failure)> = snapshots.filter(|(_, failure)| failure.snapshot.is_some()).collect();
    snapshots.sort_by_key(|(at, _)| *at);
    // A row's expectation may be its test's: the first that failed is taken.
    snapshots.dedup_by_key(|(at, _)| *at);
    let starts: Vec<usize> = snapshots.iter().map(|(at, _)| *at).collect();
    let extents = extents(text, is_json, &starts);
    let (mut edits, mut places, mut kept) = (Vec::new(), Vec::new(), 0);
    for (at, failure) in snapshots {
        let extent = extents.get(&at).and_then(|extents| chosen(extents, failure.at));
        let change = extent.and_then(|extent| change(text, is_json, extent, failure));
        let Some((start, end, written)) = change.filter(|(start, ..)| *start >= kept) else {
            continue;
        };
        edits.push((start..end, written));
        kept = end;
        places.extend(failure.position);
    }
    let new = splice(text, edits.iter().map(|(place, written)| (place.clone(), &**written)));
    Updated {
        // INVARIANT: the places are of the text, and none begins before the one in front of it ends.
        text: new.unwrap_or_else(|| text.to_owned()),
        places,
    }
}

/// Of the values that begin at one place the one that is meant.
fn chosen(extents: &[Extent], at: At) -> Option<&Extent> {
    let held = match at {
        At::Scalar => Held::Scalar,
        At::List => Held::List,
        At::Map | At::Test => Held::Map,
    };
    let mut outer = extents.iter().rev();
    outer.find(|extent| extent.held == held).or_else(|| extents.first())
}

/// What is replaced, and by what.
fn change(text: &str, is_json: bool, extent: &Extent, failure: &Failure) -> Option<(usize, usize, String)> {
    let snapshot = failure.snapshot.as_ref()?;
    let (mut start, end) = (extent.place.start, extent.place.end);
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let is_list = (extent.held, extent.written) == (Held::List, Written::Block);
    if is_list && !text.get(start..)?.starts_with('-') {
        // It begins at its first element, behind the dash.
        start = line_start + text.get(line_start..start)?.rfind('-')?;
    }
    let before = text.get(start..end)?;
    let indent = text.get(line_start..start)?.chars().count();
    if failure.at == At::Test {
        let inserted = inserted(before, is_json, extent, indent, snapshot);
        return inserted.map(|(at, written)| (start + at, start + at, written));
    }
    let written = match (extent.written, is_json) {
        (Written::BlockText, _) => return None,
        (_, true) if before.contains('\n') => {
            let spaces = text.get(line_start..)?.chars().take_while(|next| *next == ' ').count();
            written::json_lines(snapshot, spaces)
        }
        (_, true) => written::json(snapshot),
        (Written::Block, false) => written::block(snapshot, indent),
        (Written::Flow, false) => written::flow(snapshot, false),
        (Written::Scalar { quoted }, false) => written::flow(snapshot, quoted),
    };
    Some((start, end, written))
}

/// Where `expect` is put into a test that has none, and what.
fn inserted(
    before: &str,
    is_json: bool,
    extent: &Extent,
    indent: usize,
    snapshot: &serde_json::Value,
) -> Option<(usize, String)> {
    // Behind the last entry, before the bracket and the blanks in front of it.
    let entries = || Some(before.get(..before.rfind('}')?)?.trim_end());
    let comma = |entries: &str| if entries.ends_with('{') { "" } else { ", " };
    match (extent.written, is_json) {
        (_, true) => {
            let entries = entries()?;
            let expect = written::json(snapshot);
            Some((entries.len(), format!("{}\"expect\": {expect}", comma(entries))))
        }
        // What looks like a comment may be one, which would take what is written.
        (Written::Flow, false) if before.contains(" #") => None,
        (Written::Flow, false) => {
            let entries = entries()?;
            let expect = written::flow(snapshot, false);
            Some((entries.len(), format!("{}expect: {expect}", comma(entries))))
        }
        (Written::Block, false) => {
            let expect = written::block(snapshot, indent + 2);
            let text = format!("\n{:indent$}expect:\n{:width$}{expect}", "", "", width = indent + 2);
            Some((before.len(), text))
        }
        (Written::Scalar { .. } | Written::BlockText, false) => None,
    }
}
