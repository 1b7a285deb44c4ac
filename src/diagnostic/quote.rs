//! Quotes a piece of a tenant's text in a message: bounded, on one line, nothing invisible.

/// The most characters of a value that a message quotes.
///
/// ```
/// use selvedge::diagnostic::{MAX_QUOTED_CHARS, quote};
/// let shown = quote(&"x".repeat(500));
/// assert!(shown.chars().filter(|&character| character == 'x').count() <= MAX_QUOTED_CHARS);
/// ```
pub const MAX_QUOTED_CHARS: usize = 40;

/// The text in backticks, escaped, cut after [`MAX_QUOTED_CHARS`] characters.
///
/// Control characters, line separators and bidirectional marks are written as `\u{…}`, so that a quoted value can
/// neither forge a log line nor hide text.
///
/// ```
/// assert_eq!(selvedge::diagnostic::quote("a\nb"), "`a\\nb`");
/// ```
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len().min(2 * MAX_QUOTED_CHARS) + 2);
    quoted.push('`');
    escape_into(&mut quoted, text, MAX_QUOTED_CHARS);
    quoted.push('`');
    quoted
}

/// Appends at most `most` characters of `text`, escaped, and `…` where it was cut.
pub(crate) fn escape_into(out: &mut String, text: &str, most: usize) {
    escape_within(out, text, most, usize::MAX);
}

/// As [`escape_into`], also cut before what was appended passes `most_bytes`: an escape may take ten times its character.
pub(crate) fn escape_within(out: &mut String, text: &str, most: usize, most_bytes: usize) {
    /// The longest escape, and the mark of a cut.
    const LONGEST_BYTES: usize = "\\u{10ffff}…".len();
    let start = out.len();
    for (count, character) in text.chars().enumerate() {
        if count == most || (out.len() - start).saturating_add(LONGEST_BYTES) > most_bytes {
            out.push('…');
            return;
        }
        if is_unsafe(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
}

/// Whether a character could forge or hide text where it is printed.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
