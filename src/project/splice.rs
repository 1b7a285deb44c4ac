//! A text with pieces of it replaced.

use std::ops::Range;

/// The text with each of these places, in their order, saying something else; `None` if they overlap or are not of the text.
pub(crate) fn splice<'e>(text: &str, edits: impl IntoIterator<Item = (Range<usize>, &'e str)>) -> Option<String> {
    let (mut spliced, mut at) = (String::with_capacity(text.len()), 0);
    for (place, instead) in edits {
        spliced.push_str(text.get(at..place.start)?);
        spliced.push_str(instead);
        at = place.end;
    }
    spliced.push_str(text.get(at..)?);
    Some(spliced)
}
