//! Errors of syntax that several passes tell.

use super::reserved::Reserved;
use super::scan::is_division;
use crate::advice::{Advice, Section};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::source::Span;

/// What stands in for a literal of a map.
pub(super) const PUT: &str = "write `m = new Map(); m.put('key', 1);`";

/// The error of a construct that the language has not.
pub(super) fn refused(start: usize, length: usize, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    let span = Span::new(start as u32, (start + length) as u32);
    Diagnostic::error(Code::UnsupportedSyntax, span, message).with_help(help)
}

/// The error of a word or operator that the language has not.
pub(super) fn unsupported(source: &str, start: usize, length: usize, help: impl Into<String>) -> Diagnostic {
    let written = source.get(start..start + length).unwrap_or("");
    refused(start, length, format!("{} is not supported", quote(written)), help)
}

/// The error of a keyword where a name stands.
pub(super) fn reserved_word(advice: Advice, word: &str, kind: Reserved, span: Span) -> Diagnostic {
    let quoted = quote(word);
    let (code, message) = match kind {
        Reserved::Used => (Code::ReservedWord, format!("unexpected keyword {quoted}")),
        Reserved::Type => (Code::ReservedWord, format!("{quoted} is a type, not a value")),
        Reserved::Unused => (Code::UnsupportedSyntax, format!("{quoted} is not supported")),
    };
    let help = advice.of_keyword(word).unwrap_or(match (kind, word) {
        (Reserved::Type, "int" | "long") => {
            "a type stands before a name, `int n = 5;`; the number of a text is `Long.parseLong(text)`, of a DOUBLE `x.longValue()`"
        }
        (Reserved::Type, "float" | "double") => {
            "a type stands before a name, `double x = 1.5;`; the number of a text is `Double.parseDouble(text)`"
        }
        (Reserved::Used | Reserved::Type | Reserved::Unused, _) => "a reserved word cannot be a name: use another one",
    });
    Diagnostic::error(code, span, message).with_help(help)
}

/// The error of a statement that has no `;` at its end.
pub(super) fn missing_semicolon(source: &str, end: usize) -> Diagnostic {
    let span = Span::new(end as u32, end as u32);
    let error =
        Diagnostic::error(Code::MissingSemicolon, span, "missing `;` after the statement").with_label("expected `;`");
    match is_division(source, end) {
        true => error.with_help("`//` begins a comment: divide with `/`, and end the statement with `;`"),
        false => error
            .with_help("only a program that is one expression may leave out the `;`")
            .with_suggestion(span, ";"),
    }
}

/// The error of a character that no construct begins with.
pub(super) fn unexpected_character(advice: Advice, character: char, at: usize) -> Diagnostic {
    let shown = quote(character.encode_utf8(&mut [0; 4]));
    let number = u32::from(character);
    let message = match character == '`' || shown.contains('\\') || character.is_whitespace() {
        true => format!("unexpected character U+{number:04X}"),
        false => format!("unexpected character {shown} (U+{number:04X})"),
    };
    let help = match character {
        '\u{feff}' => "save the text without a byte order mark",
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{3000}' | '\u{2028}' | '\u{2029}' => {
            "write a plain space or line break"
        }
        _ => {
            let advice = advice.of(Section::Characters, character.encode_utf8(&mut [0; 4]));
            advice.unwrap_or("remove it, or put it into a string")
        }
    };
    let span = Span::new(at as u32, (at + character.len_utf8()) as u32);
    Diagnostic::error(Code::InvalidCharacter, span, message).with_help(help)
}
