//! Escapes and bounds text on its way out: to terminals, logs, annotations, reports and graphs. Nothing else in the crate or the
//! command decides which characters may be printed.

/// The most characters of a value that a message quotes.
///
/// ```
/// use selvedge::diagnostic::{MAX_QUOTED_CHARS, quote};
/// let shown = quote(&"x".repeat(500));
/// assert!(shown.chars().filter(|&character| character == 'x').count() <= MAX_QUOTED_CHARS);
/// ```
pub const MAX_QUOTED_CHARS: usize = 40;

/// The most characters of a name, id or path that [`escape`] keeps.
const MAX_ESCAPED_CHARS: usize = 400;

/// The most characters of a graph's label.
#[cfg(feature = "params")]
const MAX_LABEL_CHARS: usize = 80;

/// Returns the text in backticks, escaped, cut after [`MAX_QUOTED_CHARS`] characters.
///
/// Control characters, line separators and bidirectional marks are written as `\u{…}`, so that a quoted value can
/// neither forge a log line nor hide text; so is the bracket of `##[`, `##vso[` and their like, which runners obey anywhere in a line.
///
/// ```
/// assert_eq!(selvedge::diagnostic::quote("a\nb"), "`a\\nb`");
/// assert_eq!(selvedge::diagnostic::quote("##[error]"), "`##\\u{5b}error]`");
/// assert_eq!(selvedge::diagnostic::quote("##vso[task]"), "`##vso\\u{5b}task]`");
/// ```
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len().min(2 * MAX_QUOTED_CHARS) + 2);
    quoted.push('`');
    escape_into(&mut quoted, text, MAX_QUOTED_CHARS);
    quoted.push('`');
    quoted
}

/// The most characters of code that a help proposes.
const MAX_CODE_CHARS: usize = 80;

/// Code that a help proposes, in backticks: as [`quote`], but longer, as half an expression is none.
pub(crate) fn quote_code(code: &str) -> String {
    let mut quoted = String::with_capacity(code.len().min(2 * MAX_CODE_CHARS) + 2);
    quoted.push('`');
    escape_into(&mut quoted, code, MAX_CODE_CHARS);
    quoted.push('`');
    quoted
}

/// The help that proposes code: what to write.
pub(crate) fn write_code(code: &str) -> String {
    format!("write {}", quote_code(code))
}

/// Returns the text on one line, escaped as [`quote`] does, cut after 400 characters: a file's name, a path, an id.
///
/// ```
/// use selvedge::diagnostic::escape;
/// assert_eq!(escape("a\u{1b}[31m\n::error::x.sel"), "a\\u{1b}[31m\\n::error::x.sel");
/// assert_eq!(escape(&"x".repeat(1_000)).chars().count(), 401);
/// ```
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len().min(2 * MAX_ESCAPED_CHARS));
    escape_into(&mut escaped, text, MAX_ESCAPED_CHARS);
    escaped
}

/// Returns a text of several lines with every character escaped that a terminal or a log would obey, and the `::` that a line begins
/// with, which is a command to a runner of GitHub; lines and tabs stay.
///
/// ```
/// use selvedge::diagnostic::escape_lines;
/// assert_eq!(escape_lines("a\tb\n\u{202e}c\r\n"), "a\tb\n\\u{202e}c\\r\n");
/// assert_eq!(escape_lines("[a]\n##[error]b"), "[a]\n##\\u{5b}error]b");
/// assert_eq!(escape_lines("a::b\n ::error::c"), "a::b\n \\u{3a}:error::c");
/// ```
pub fn escape_lines(text: &str) -> String {
    let stays = |at, character| match character {
        '\n' | '\t' => true,
        ':' => !begins_line_command(text, at),
        _ => !is_unsafe(character),
    };
    replaced(text, stays, push_escape)
}

/// Returns a JSON document with the characters that [`quote`] escapes written as `\uXXXX`: the same document, in characters that
/// a terminal shows as they are.
///
/// ```
/// use selvedge::diagnostic::escape_json;
/// let document = serde_json::json!({"id": "a\u{202e}b##[c"}).to_string();
/// assert_eq!(escape_json(&document), r###"{"id":"a\u202eb##\u005bc"}"###);
/// ```
pub fn escape_json(document: &str) -> String {
    use std::fmt::Write as _;
    // Below U+0020 JSON has escapes already: what is left stands between tokens.
    let stays = |character| character < ' ' || !is_unsafe(character);
    // Most documents are written as they are.
    let is_plain = document.bytes().all(|byte| byte.is_ascii() && stays(char::from(byte)));
    if is_plain && !document.contains(COMMAND) {
        return document.to_owned();
    }
    replaced(
        document,
        |_, character| stays(character),
        |escaped, character| {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // A `String` never refuses.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        },
    )
}

/// A text with what does not stay replaced, and the bracket of each [`COMMAND`]; what stays is copied as a whole.
fn replaced(text: &str, stays: impl Fn(usize, char) -> bool, replace: impl Fn(&mut String, char)) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, character) in text.char_indices() {
        if stays(at, character) && !(character == '[' && text.get(..at).is_some_and(begins_command)) {
            continue;
        }
        escaped.push_str(text.get(copied..at).unwrap_or_default());
        replace(&mut escaped, character);
        copied = at + character.len_utf8();
    }
    escaped.push_str(text.get(copied..).unwrap_or_default());
    escaped
}

/// What a bracket makes a command of, with a word between them or none, anywhere in a line: `##[error]` to a runner of GitHub, `##vso[` to
/// one of Azure Pipelines, `##teamcity[` to one of TeamCity.
const COMMAND: &str = "##";

/// Whether a bracket after this text would begin a command.
fn begins_command(before: &str) -> bool {
    let word = |character: char| character.is_ascii_alphanumeric();
    before.trim_end_matches(word).ends_with(COMMAND)
}

/// Returns the text as the message of a GitHub Actions command: one line, escaped; a line feed stays one, as `%0A`.
///
/// ```
/// use selvedge::diagnostic::escape_annotation;
/// assert_eq!(escape_annotation("100%\nhelp: \u{7}"), "100%25%0Ahelp: \\u{7}");
/// ```
pub fn escape_annotation(text: &str) -> String {
    escape_lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// Returns the text as a property of a GitHub Actions command, which also ends at a comma or colon.
///
/// ```
/// use selvedge::diagnostic::escape_annotation_property;
/// assert_eq!(escape_annotation_property("a:b,c\n"), "a%3Ab%2Cc\\n");
/// ```
pub fn escape_annotation_property(text: &str) -> String {
    escape_annotation(&escape(text)).replace(':', "%3A").replace(',', "%2C")
}

/// Returns the text as a label of a Mermaid graph, cut after 80 characters.
#[cfg(feature = "params")]
pub(crate) fn escape_mermaid(text: &str) -> String {
    let mut label = String::new();
    escape_into(&mut label, text, MAX_LABEL_CHARS);
    label
        .replace('#', "#35;")
        .replace('&', "#amp;")
        .replace('"', "#quot;")
        .replace('<', "#lt;")
}

/// Returns the text as a label of a Graphviz graph, cut after 80 characters.
#[cfg(feature = "params")]
pub(crate) fn escape_dot(text: &str) -> String {
    let mut label = String::new();
    escape_into(&mut label, text, MAX_LABEL_CHARS);
    label.replace('\\', "\\\\").replace('"', "\\\"")
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
        push_escaped(out, character);
    }
}

/// Whether a line begins at this place with `::`; space before that counts as nothing.
fn begins_line_command(text: &str, at: usize) -> bool {
    let Some((before, from)) = text.split_at_checked(at) else {
        return false;
    };
    let before = before.trim_end_matches(|character: char| character != '\n' && character.is_whitespace());
    from.starts_with("::") && (before.is_empty() || before.ends_with('\n'))
}

fn push_escaped(out: &mut String, character: char) {
    match is_unsafe(character) || (character == '[' && begins_command(out)) {
        true => push_escape(out, character),
        false => out.push(character),
    }
}

/// Appends the escape of a character.
fn push_escape(out: &mut String, character: char) {
    match character {
        '[' | ':' => out.extend(character.escape_unicode()),
        _ => out.extend(character.escape_default()),
    }
}

/// Whether a character could forge or hide text where it is printed.
fn is_unsafe(character: char) -> bool {
    // Most characters are of these.
    if matches!(character, ' '..='~') {
        return false;
    }
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
