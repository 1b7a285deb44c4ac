//! Says in plain words what is wrong where the grammar could not go on: what stands there, what was expected, what to write.

use pest::error::{Error, InputLocation};

use super::grammar::Rule;
use super::reserved::{self, reserved};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::source::Span;

/// Operators of Java and other languages that this one leaves out, longest first: how they are called and what to write.
const FOREIGN: &[(&str, &str, &str)] = &[
    (">>>=", "shifting", "multiply or divide by a power of two"),
    ("===", "`===`", "write `==`"),
    ("!==", "`!==`", "write `!=`"),
    (">>>", "shifting", "multiply or divide by a power of two"),
    ("...", "`...`", "pass the values one by one"),
    ("<=>", "`<=>`", "use `a.compareTo(b)`"),
    ("++", "`++`", "write `x += 1`"),
    ("--", "`--`", "write `x -= 1`"),
    ("**", "`**`", "use `Math.pow(x, y)`"),
    (
        "->",
        "`->`: lambdas are not in the language",
        "write the computation as statements",
    ),
    (
        "=>",
        "`=>`: lambdas are not in the language",
        "write the computation as statements; compare with `>=`",
    ),
    (
        "::",
        "`::`: method references are not in the language",
        "call the method with `.`",
    ),
    ("?.", "`?.`", "test for null first: `x == null ? … : x.…`"),
    ("??", "`??`", "write `x == null ? other : x`"),
    ("<>", "`<>`", "write `!=`"),
    ("<<", "shifting", "multiply or divide by a power of two"),
    (">>", "shifting", "multiply or divide by a power of two"),
    (":=", "`:=`", "write `=`"),
    (
        "&",
        "`&`: bit operators are not in the language",
        "for a condition write `&&`",
    ),
    (
        "|",
        "`|`: bit operators are not in the language",
        "for a condition write `||`",
    ),
    (
        "^",
        "`^`: bit operators are not in the language",
        "for a power use `Math.pow(x, y)`",
    ),
    ("~", "`~`: bit operators are not in the language", "remove it"),
    ("@", "`@`: annotations are not in the language", "remove it"),
    ("#", "`#`", "comments start with `//`"),
    ("`", "the backtick", "strings stand in `'…'` or `\"…\"`"),
    ("\\", "the backslash", "escapes stand in strings only"),
];

/// Explains a failure of the grammar.
pub(super) fn explain(source: &str, error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let at = skip_space(source, at);
    let before = source.get(..at).unwrap_or("").trim_end();
    let rest = source.get(at..).unwrap_or("");
    foreign_operator(before, rest, at)
        .or_else(|| foreign_construct(source, before, rest, at))
        .or_else(|| semicolon(before, rest))
        .unwrap_or_else(|| unexpected(before, rest, at))
}

/// The first byte at or after an offset that is neither white space nor in a comment.
fn skip_space(source: &str, at: usize) -> usize {
    let mut rest = source.get(at..).unwrap_or("");
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', '\x0c']);
        rest = if let Some(comment) = rest.strip_prefix("//") {
            comment.find('\n').and_then(|end| comment.get(end..)).unwrap_or("")
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").and_then(|end| comment.get(end + 2..)).unwrap_or("")
        } else {
            return source.len() - rest.len();
        };
    }
}

/// An operator the language leaves out, at the place or just before it.
fn foreign_operator(before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    // The grammar may have taken the first characters of `===` or `<<` for an operator of its own.
    for taken in [2, 1, 0] {
        let Some(start) = before
            .len()
            .checked_sub(taken)
            .filter(|&start| before.is_char_boundary(start))
        else {
            continue;
        };
        if taken > 0 && before.len() != at {
            continue;
        }
        let text: String = before
            .get(start..)
            .unwrap_or("")
            .chars()
            .chain(rest.chars().take(4))
            .collect();
        for (operator, name, help) in FOREIGN {
            let covers = operator.len() > taken || taken == 0;
            if covers && text.starts_with(operator) {
                let span = Span::new(start as u32, (start + operator.len()) as u32);
                let not = if name.contains(':') {
                    ""
                } else {
                    " is not in the language"
                };
                return Some(Diagnostic::error(Code::UnsupportedSyntax, span, format!("{name}{not}")).with_help(*help));
            }
        }
    }
    None
}

/// A construct the language leaves out.
fn foreign_construct(source: &str, before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    let next = word_at(rest);
    let (previous, previous_start) = word_before(before);
    let unsupported = |start: usize, length: usize, message: String, help: &str| {
        let span = Span::new(start as u32, (start + length) as u32);
        Some(Diagnostic::error(Code::UnsupportedSyntax, span, message).with_help(help))
    };
    for (word, start) in [(next, at), (previous, previous_start)] {
        if let (Some(advice), false) = (reserved::advice(word), word.is_empty()) {
            return unsupported(
                start,
                word.len(),
                format!("{} is not in the language", quote(word)),
                advice,
            );
        }
    }
    if rest.starts_with('[') && before.ends_with(']') && !source.contains("new ") {
        return unsupported(
            at,
            1,
            "arrays have one dimension".to_owned(),
            "use one array, with `i * width + j` as the index",
        );
    }
    if rest.starts_with('<') && is_type_like(previous) {
        return unsupported(
            at,
            1,
            "types take no parameters".to_owned(),
            "write `Map`, without `<…>`",
        );
    }
    if before.ends_with(')') && (next.chars().next().is_some_and(char::is_alphabetic) || rest.starts_with('\'')) {
        let inside = before
            .rfind('(')
            .and_then(|open| before.get(open + 1..before.len() - 1))
            .unwrap_or("");
        if is_type_like(inside.trim()) {
            let start = before.len() - inside.len() - 2;
            let help = "use `x.intValue()`, `Double.valueOf(text)`, `String.valueOf(x)`";
            return unsupported(
                start,
                inside.len() + 2,
                "casts are not in the language".to_owned(),
                help,
            );
        }
    }
    let declares = matches!(before.bytes().last(), Some(b')')) || previous == "else";
    if declares && is_type_like(next) {
        return unsupported(
            at,
            next.len(),
            "a declaration cannot be the body of an `if` or a loop".to_owned(),
            "put it into braces, `{ … }`",
        );
    }
    if rest.starts_with(';') && matches!(before.bytes().last(), None | Some(b';' | b'{' | b'}' | b')')) {
        return unsupported(
            at,
            1,
            "the statement is empty".to_owned(),
            "remove the `;`, or write `{}`",
        );
    }
    None
}

/// A statement that goes on where a `;` should stand.
fn semicolon(before: &str, rest: &str) -> Option<Diagnostic> {
    let ends_operand =
        before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '$' | ')' | ']' | '\'' | '"'));
    let starts_statement = rest.is_empty()
        || rest.starts_with('}')
        || rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$' | '\'' | '"' | '{'));
    let at = before.len() as u32;
    (ends_operand && starts_statement && reserved(word_before(before).0).is_none_or(|_| rest.is_empty()))
        .then(|| super::build::missing_semicolon(at))
}

fn unexpected(before: &str, rest: &str, at: usize) -> Diagnostic {
    let word = word_at(rest);
    let (length, what) = match (word, rest.chars().next()) {
        (_, None) => (0, "the text ends".to_owned()),
        ("", Some(next)) => (
            next.len_utf8(),
            format!("{} stands", quote(next.encode_utf8(&mut [0; 4]))),
        ),
        (word, Some(_)) => (word.len(), format!("{} stands", quote(word))),
    };
    let span = Span::new(at as u32, (at + length) as u32);
    let after_operator = before.is_empty()
        || before.ends_with([
            '+', '-', '*', '/', '%', '=', '<', '>', '!', '&', '|', '?', ':', '(', '[', ',', '{', ';', '}',
        ])
        || matches!(word_before(before).0, "return" | "throw");
    let expected = if after_operator {
        "an expression"
    } else {
        "an operator or `;`"
    };
    if let Some(kind) = reserved(word) {
        return super::build::reserved_word(word, kind, span);
    }
    Diagnostic::error(
        Code::UnexpectedToken,
        span,
        format!("{what} where {expected} is expected"),
    )
    .with_label(format!("{expected} expected"))
}

fn is_type_like(word: &str) -> bool {
    crate::types::Type::from_source_name(word).is_some()
        || matches!(word, "Object" | "List" | "char" | "byte" | "short")
}

/// The word that a text begins with.
fn word_at(text: &str) -> &str {
    let end = text.find(|next: char| !(next.is_alphanumeric() || next == '_' || next == '$'));
    text.get(..end.unwrap_or(text.len())).unwrap_or("")
}

/// The word that a text ends with, and where it starts.
fn word_before(text: &str) -> (&str, usize) {
    let start = text.rfind(|last: char| !(last.is_alphanumeric() || last == '_' || last == '$'));
    let start = start.map_or(0, |start| {
        start
            + text
                .get(start..)
                .and_then(|t| t.chars().next())
                .map_or(1, char::len_utf8)
    });
    (text.get(start..).unwrap_or(""), start)
}
