//! What is wrong with an `if` or a loop: where it stands, its condition or its body.

use super::mistake::is_type_like;
use super::scan::{Place, after_brackets, skip_space, word_at, word_before};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::source::Span;

fn error(code: Code, at: usize, length: usize, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, Span::new(at as u32, (at + length) as u32), message)
}

/// What is wrong with the `if` or loop whose word stands at `at`.
pub(super) fn header(source: &str, word: &str, at: usize) -> Option<Diagnostic> {
    let before = source.get(..at).unwrap_or("").trim_end();
    if before.ends_with(['=', '(', ',']) || word_before(before).0 == "return" {
        let message = format!("`{word}` is a statement and has no value");
        return Some(
            error(Code::UnsupportedSyntax, at, word.len(), message).with_help("write `condition ? value : otherwise`"),
        );
    }
    let inside = skip_space(source, at + word.len());
    let rest = source.get(inside..)?;
    if !rest.starts_with('(') {
        let message = format!("expected `(` after `{word}`");
        let help = match word {
            "for" => walk(rest.lines().next().unwrap_or("")),
            _ => format!("write `{word} (condition) {{ … }}`"),
        };
        return Some(error(Code::UnexpectedToken, at, word.len(), message).with_help(help));
    }
    let closed = after_brackets(source, inside)?;
    let head = source.get(inside + 1..closed - 1)?;
    if word == "for" && !head.contains(';') {
        let message = "a `for` has three parts, separated by `;`";
        return Some(error(Code::UnsupportedSyntax, at, closed - at, message).with_help(walk(head)));
    }
    let body = skip_space(source, closed);
    let rest = source.get(body..)?;
    if rest.starts_with(';') {
        return Some(empty_statement(body));
    }
    let declared = word_at(rest);
    is_type_like(declared).then(|| declared_body(declared, body))
}

/// How an array is walked that another language walks by its elements: `x in xs`, `int x : xs`.
fn walk(head: &str) -> String {
    let walked = [" in ", " of ", ":"]
        .iter()
        .find_map(|between| head.split_once(between));
    let walked = walked.map(|(_, walked)| walked.trim());
    let is_name = |name: &&str| name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let array = walked.map(word_at).filter(is_name);
    let count = walked.and_then(|walked| walked.strip_prefix("range(")?.split(')').next());
    match (count, array) {
        (Some(count), _) if !count.contains(',') => {
            let code = format!("for (int i = 0; i < {count}; i += 1) {{ … }}");
            format!("write {}", shown(&code))
        }
        (None, Some(array)) => {
            let code = format!("for (int i = 0; i < {array}.length; i += 1) {{ … }}");
            format!(
                "write {}, and take the element as {}",
                shown(&code),
                quote(&format!("{array}[i]"))
            )
        }
        _ => "write `for (int i = 0; i < xs.length; i += 1) { … }`, and take the element as `xs[i]`".to_owned(),
    }
}

/// Code of a help: longer than what is quoted of a program, and made of a name of it at most.
fn shown(code: &str) -> String {
    match code.len() {
        0..=80 => format!("`{code}`"),
        _ => quote(code),
    }
}

pub(super) fn empty_statement(at: usize) -> Diagnostic {
    error(Code::UnsupportedSyntax, at, 1, "empty statement").with_help("remove the `;`, or write `{}`")
}

pub(super) fn declared_body(declared: &str, at: usize) -> Diagnostic {
    let message = "a declaration cannot be the body of an `if` or a loop";
    error(Code::UnsupportedSyntax, at, declared.len(), message).with_help("put it into braces, `{ … }`")
}

/// What is wrong with the `if` or loop in the statement before the place where the grammar could not go on.
pub(super) fn in_statement(place: &Place<'_>) -> Option<Diagnostic> {
    let source = place.source;
    let end = place.at + word_at(place.rest).len();
    let mut start = place.statement_start();
    while start < end {
        let word = word_at(source.get(start..end)?);
        if matches!(word, "if" | "while" | "for") {
            return header(source, word, start);
        }
        // Strings may hold such words.
        if source.get(start..)?.starts_with(['\'', '"']) {
            return None;
        }
        start += word.len().max(source.get(start..)?.chars().next()?.len_utf8());
    }
    None
}
