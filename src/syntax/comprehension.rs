//! Comprehensions and generators of Python, `[x * 2 for x in xs if x > 1]`: what to write here.

use super::refusal;
use super::scan::{Place, outside_strings, word_at, word_before};
use crate::advice::Advice;
use crate::diagnostic::{Diagnostic, write_code};
use crate::dialect::Dialect;

const WALK: &str = "make an array and fill it in a loop: `for (int i = 0; i < xs.length; i += 1) { … xs[i] … }`";
const MAP: &str = "write `xs.map(x -> …)`, and to leave elements out `xs.filter(x -> …)` before it";
const ASSOCIATE: &str = "of an array write `xs.associate(x -> key, x -> value)`, of a map `m.mapValues((k, v) -> …)`";

/// Whether a `for` at a place, behind a value, stands in a comprehension.
pub(super) fn is_inside(place: &Place<'_>) -> bool {
    let in_braces = place.inside('{').filter(|inside| !inside.contains([';', '=']));
    let behind = place.rest.strip_prefix("for").unwrap_or("").trim_start();
    let is_set = in_braces.is_some() && !behind.starts_with('(');
    is_set || place.inside('(').is_some() || place.inside('[').is_some()
}

/// The error of a comprehension in the brackets at a place.
pub(super) fn refused(advice: Advice, source: &str, open: usize) -> Diagnostic {
    let help = match advice.dialect() {
        Dialect::Sel => WALK.to_owned(),
        Dialect::Selvedge => chain(source, open).map_or_else(
            || {
                let is_map = source
                    .get(open..)
                    .is_some_and(|inside| inside.starts_with('{') && has_key(inside));
                if is_map { ASSOCIATE } else { MAP }.to_owned()
            },
            |code| write_code(&code),
        ),
    };
    refusal::refused(open, 1, "comprehensions are not supported", help)
}

/// Whether what a comprehension gives is `key: value`.
fn has_key(inside: &str) -> bool {
    inside.split(" for ").next().is_some_and(|value| value.contains(':'))
}

/// The calls that do what a comprehension does; `None` if it has more than plain code in it.
fn chain(source: &str, open: usize) -> Option<String> {
    let inside = source.get(open + 1..)?;
    let bracket = source.get(open..)?.chars().next()?;
    let inside = inside.get(..closing(inside)?)?;
    let (value, rest) = inside.split_once(" for ")?;
    let (name, rest) = rest.split_once(" in ")?;
    let (walked, condition) = match rest.split_once(" if ") {
        Some((walked, condition)) => (walked, Some(condition.trim())),
        None => (rest, None),
    };
    let (value, name, walked) = (value.trim(), name.trim(), walked.trim());
    let entry = value.split_once(':').filter(|_| bracket == '{');
    let parts = entry.map_or([value, value], |(key, value)| [key.trim(), value.trim()]);
    let is_name = word_at(name) == name && name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    // What is not a BOOLEAN is true in Python where it is not empty.
    let is_tested = |condition: &str| word_at(condition) != condition && is_plain(condition);
    let is_right = is_name && parts.into_iter().all(is_plain) && is_plain(walked) && condition.is_none_or(is_tested);
    let has_more = walked.contains(" for ") || walked.contains(['=', '<', '>', ' ']);
    if has_more || !is_right {
        return None;
    }
    let filtered = condition.map_or_else(
        || walked.to_owned(),
        |condition| format!("{walked}.filter({name} -> {condition})"),
    );
    let (called, _) = word_before(source.get(..open)?.trim_end());
    if bracket == '(' && matches!(called, "any" | "all") {
        return Some(format!("{filtered}.{called}({name} -> {value})"));
    }
    if entry.is_some() {
        let [key, value] = parts;
        // Keys are texts, and what is walked may be anything.
        let key = match key == name {
            true => format!("String.valueOf({key})"),
            false => key.to_owned(),
        };
        return Some(format!("{filtered}.associate({name} -> {key}, {name} -> {value})"));
    }
    let mapped = match value == name {
        true => filtered,
        false => format!("{filtered}.map({name} -> {value})"),
    };
    Some(match (bracket, called) {
        ('(', "sum" | "max" | "min" | "sorted") => format!("{mapped}.{called}()"),
        ('(', "set") | ('{', _) => format!("{mapped}.distinct()"),
        ('(', "list" | "tuple" | "") | ('[', _) => mapped,
        _ => return None,
    })
}

/// Where the bracket closes that a text stands in.
fn closing(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    outside_strings(inside, 0).find_map(|(at, byte)| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return Some(at),
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// Whether code means here what it does in Python: names, numbers, operators and methods.
fn is_plain(code: &str) -> bool {
    const OTHERS: [&str; 10] = ["and", "or", "not", "in", "is", "if", "else", "None", "True", "False"];
    // Methods of texts and maps that are called otherwise here.
    const PYTHON: [&str; 16] = [
        "upper",
        "lower",
        "strip",
        "lstrip",
        "rstrip",
        "title",
        "capitalize",
        "startswith",
        "endswith",
        "items",
        "isdigit",
        "isalpha",
        "isnumeric",
        "find",
        "count",
        "format",
    ];
    let is_known = |next: char| next.is_alphanumeric() || "_. +-*%<>=!()".contains(next);
    let mut rest = code;
    while let Some(at) = rest.find(|next: char| next.is_alphabetic() || next == '_') {
        let (before, behind) = rest.split_at(at);
        let word = word_at(behind);
        rest = behind.get(word.len()..).unwrap_or("");
        let is_called = rest.starts_with('(');
        let is_method = before.ends_with('.');
        if OTHERS.contains(&word) || (is_called && (!is_method || PYTHON.contains(&word))) {
            return false;
        }
    }
    !code.is_empty() && code.chars().all(is_known) && !code.contains("**")
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn comprehensions_are_written_as_calls() {
        for (source, code) in [
            (
                "[x * 2 for x in xs if x > 1]",
                Some("xs.filter(x -> x > 1).map(x -> x * 2)"),
            ),
            ("[x for x in xs if x > 1]", Some("xs.filter(x -> x > 1)")),
            ("[x for x in xs]", Some("xs")),
            ("{t.trim() for t in ts}", Some("ts.map(t -> t.trim()).distinct()")),
            ("sum(x * x for x in xs)", Some("xs.map(x -> x * x).sum()")),
            ("any(x > 1 for x in xs)", Some("xs.any(x -> x > 1)")),
            (
                "{x.trim(): x.length() for x in xs}",
                Some("xs.associate(x -> x.trim(), x -> x.length())"),
            ),
            ("[str(x) for x in xs]", None),
            ("[x for x in xs if x in ys]", None),
            ("[(a, b) for a, b in xs]", None),
            ("[x.upper() for x in xs]", None),
            ("[x.trim() for x in xs if x]", None),
            (
                "{x: 1 for x in xs}",
                Some("xs.associate(x -> String.valueOf(x), x -> 1)"),
            ),
            ("[x for y in xs for x in y]", None),
        ] {
            let open = source.find(['[', '{', '(']).unwrap();
            assert_eq!(chain(source, open).as_deref(), code, "{source}");
        }
    }
}
