//! What is wrong with an `if` or a loop: where it stands, its condition or its body.

use super::comprehension;
use super::reserved::{is_type_like, reserved};
use super::scan::{
    Place, after_brackets, after_string, code_before, ends_operand, skip_space, statement_start, top_level, word_at,
    word_before,
};
use super::walk;
use crate::diagnostic::{Code, Diagnostic, closest, quote, write_code};
use crate::source::Span;

fn error(code: Code, at: usize, length: usize, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, Span::new(at as u32, (at + length) as u32), message)
}

/// `if (n > 1): …`, as in Python.
pub(super) fn colon(place: &Place<'_>) -> Option<Diagnostic> {
    let start = place.statement_start();
    // `if (n > 1): a(); else b();`
    let before = place.before.get(..start)?.trim_end().strip_suffix(';');
    let earlier = before.filter(|_| word_at(place.source.get(start..).unwrap_or("")) == "else");
    // `if (n > 1): { … }`, whose brace the grammar takes for that of a map.
    let ahead = place.before_bracket();
    let braced = ahead.strip_suffix(':').and_then(|head| {
        let condition = head.trim_end().strip_suffix(')')?;
        let open = code_before(place.source, condition.len()).1?;
        Some(statement_start(place.source.get(..open)?))
    });
    let starts = [Some(start), braced, earlier.map(before_arrays)];
    starts
        .into_iter()
        .flatten()
        .find_map(|start| colon_behind(place, start))
}

/// Where the statement that a text ends in begins, in which `{ … }` may hold the elements of arrays.
fn before_arrays(text: &str) -> usize {
    let mut start = statement_start(text);
    while let Some(open) = text
        .get(..start)
        .and_then(|before| before.trim_end().strip_suffix('}')?.rfind('{'))
    {
        let ahead = text.get(..open).unwrap_or("");
        if !ahead.trim_end().ends_with(']') {
            break;
        }
        start = statement_start(ahead);
    }
    start
}

/// The `:` behind the head that begins a statement.
fn colon_behind(place: &Place<'_>, start: usize) -> Option<Diagnostic> {
    let statement = place.source.get(start..)?;
    let statement = statement.strip_prefix("else").map_or(statement, str::trim_start);
    let start = place.source.len() - statement.len();
    let word = word_at(statement);
    if !matches!(word, "if" | "while" | "for") {
        return None;
    }
    let open = skip_space(place.source, start + word.len());
    let closed = place
        .source
        .get(open..)?
        .starts_with('(')
        .then(|| after_brackets(place.source, open))??;
    let at = skip_space(place.source, closed);
    let is_colon = at <= place.at && place.source.get(at..)?.starts_with(':');
    is_colon.then(|| {
        let message = format!("unexpected `:` after the head of the `{word}`");
        error(Code::UnexpectedToken, at, 1, message).with_help("remove it, and put the statements into braces, `{ … }`")
    })
}

/// Whether a head is that of `for (T x : xs)`.
fn is_walk(head: &str) -> bool {
    head.split_once(':').is_some_and(|(names, values)| {
        let names = names.replace("[]", " ");
        let words: Vec<&str> = names.split_whitespace().collect();
        let is_name = |word: &&str| word_at(word) == *word && !word.starts_with(|first: char| first.is_ascii_digit());
        let is_one = top_level(values, b',').next().is_none();
        matches!(words.len(), 1 | 2) && words.iter().all(is_name) && is_one && !values.trim().is_empty()
    })
}

/// A `,` or `;` too many among the parts of a `for`: `for (i = 0, j = 0; …)`, `for (…; i += 1;)`.
pub(super) fn parts(place: &Place<'_>) -> Option<Diagnostic> {
    let head = place.inside('(').filter(|_| place.rest.starts_with(';'))?;
    if word_before(place.before_bracket()).0 != "for" {
        return None;
    }
    let (mark, at, help) = match (top_level(head, b',').next(), top_level(head, b';').count()) {
        (Some(comma), 0) => {
            let at = place.before.len() - head.len() + comma;
            let help =
                "each part is one expression, the first may be a declaration: set the other variables before the loop";
            (',', at, help)
        }
        (_, 2..) => (';', place.at, "the third part ends with the `)`"),
        _ => return None,
    };
    let message = format!("unexpected `{mark}` in the head of the `for`");
    Some(error(Code::UnexpectedToken, at, 1, message).with_help(help))
}

/// `i += 1` for `i++`.
fn stepped(step: &str) -> String {
    let counted = [("++", "+= 1"), ("--", "-= 1")].into_iter().find_map(|(sign, by)| {
        let name = step.strip_suffix(sign)?;
        Some(format!("{name} {by}"))
    });
    counted.unwrap_or_else(|| step.to_owned())
}

/// `for (i = 0, i < 10, i++)`: the parts are separated by `,`.
pub(super) fn commas(place: &Place<'_>) -> Option<Diagnostic> {
    let head = place.inside('(')?;
    let (word, start) = word_before(place.before_bracket());
    let closed = after_brackets(place.source, place.open?)?;
    let whole = place.source.get(place.open? + 1..closed - 1)?;
    let is_parted = word == "for" && !whole.contains(';') && top_level(head, b',').count() == 2;
    if !is_parted || !whole.split(',').next()?.contains('=') {
        return None;
    }
    header(&Place::of(place.advice, place.source, start), word)
}

/// What is wrong with the `if` or loop whose word stands at a place.
pub(super) fn header(place: &Place<'_>, word: &str) -> Option<Diagnostic> {
    let Place { source, at, .. } = *place;
    let before = source.get(..at).unwrap_or("").trim_end();
    if word == "for" && ends_operand(before) && comprehension::is_inside(place) {
        return Some(comprehension::refused(place.advice, source, place.open?));
    }
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
            "for" => walk::help(rest, place.advice.dialect()),
            // `else if return 'b';`
            "if" if before.ends_with("else") && matches!(word_at(rest), "return" | "throw" | "break" | "continue") => {
                "without a condition leave the `if` out".to_owned()
            }
            _ => {
                let line = rest.split(['{', '\n', ';']).next().unwrap_or("").trim();
                let line = line.split(": ").next().unwrap_or("").trim_end_matches(':');
                let words = [" then", " return", " throw", " break", " continue"];
                let line = words.iter().filter_map(|word| line.split(word).next());
                let line = line.min_by_key(|line| line.len()).unwrap_or("").trim();
                let is_plain = !line.is_empty() && line.len() <= 40 && !line.contains(['`', '[', '$', ')']);
                let condition = if is_plain { line } else { "condition" };
                write_code(&format!("{word} ({condition}) {{ … }}"))
            }
        };
        return Some(error(Code::UnexpectedToken, at, word.len(), message).with_help(help));
    }
    let closed = after_brackets(source, inside)?;
    let head = source.get(inside + 1..closed - 1)?;
    if word != "for" && head.trim().is_empty() {
        let message = format!("expected a condition between the parentheses of the `{word}`");
        let help = match word {
            "while" => "for a loop without an end write `while (true) { … }`",
            _ => "write what is to be tested, such as `if (n > 1) { … }`",
        };
        return Some(error(Code::UnexpectedToken, inside, closed - inside, message).with_help(help));
    }
    if word == "for" && !head.contains(';') && !is_walk(head) {
        let message = "a `for` has three parts, separated by `;`";
        let parts: Vec<&str> = head.split(',').map(str::trim).collect();
        if let [first, condition, step] = *parts
            && first.contains('=')
        {
            let step = stepped(step);
            let help = write_code(&format!("for ({first}; {condition}; {step}) {{ … }}"));
            return Some(error(Code::UnsupportedSyntax, at, closed - at, message).with_help(help));
        }
        return Some(
            error(Code::UnsupportedSyntax, at, closed - at, message)
                .with_help(walk::help(head, place.advice.dialect())),
        );
    }
    let body = skip_space(source, closed);
    let rest = source.get(body..)?;
    if rest.starts_with(';') {
        return Some(empty_statement(body));
    }
    let declared = word_at(rest);
    // `if(n > 1, 'a', 'b')` is a call of other languages.
    let is_call = word != "for" && head.contains(',');
    if !is_call && (rest.is_empty() || rest.starts_with('}') || declared == "else") {
        let at = if declared.is_empty() { closed } else { body };
        return Some(missing_body(word, at, declared.len()));
    }
    is_type_like(declared).then(|| declared_body(declared, body))
}

/// The head of an `if` or a loop whose word is misspelt: `fro (int i = 0; …)`.
pub(super) fn misspelt(place: &Place<'_>) -> Option<Diagnostic> {
    place.inside('(')?;
    let ahead = place.before_bracket();
    let (word, start) = word_before(ahead);
    if start != statement_start(ahead) || reserved(word).is_some() {
        return None;
    }
    let meant = closest(word, ["if", "while", "for"])?;
    let found = error(
        Code::UnexpectedToken,
        start,
        word.len(),
        format!("unknown keyword {}", quote(word)),
    );
    let span = found.span;
    Some(
        found
            .with_help(format!("did you mean {}?", quote(meant)))
            .with_suggestion(span, meant),
    )
}

pub(super) fn empty_statement(at: usize) -> Diagnostic {
    error(Code::UnsupportedSyntax, at, 1, "empty statement").with_help("remove the `;`, or write `{}`")
}

/// The error of an `if`, an `else` or a loop without a body.
pub(super) fn missing_body(word: &str, at: usize, length: usize) -> Diagnostic {
    let message = match word {
        "else" => "expected a statement after `else`".to_owned(),
        word => format!("expected a statement after the head of the `{word}`"),
    };
    error(Code::UnexpectedToken, at, length, message)
        .with_help("write one, or `{ … }` around several; `{}` does nothing")
}

pub(super) fn declared_body(declared: &str, at: usize) -> Diagnostic {
    let message = "a declaration cannot be the body of an `if` or a loop";
    error(Code::UnsupportedSyntax, at, declared.len(), message).with_help("put it into braces, `{ … }`")
}

/// A `for` whose head ends before a place where no body stands: its parts look like statements.
fn for_without_body(place: &Place<'_>) -> Option<Diagnostic> {
    const MOST: usize = 4;
    let starts = place.before.rmatch_indices("for").map(|(start, _)| start).take(MOST);
    let heads = starts.filter(|start| word_at(place.before.get(*start..).unwrap_or("")) == "for");
    let mut heads = heads.filter(|start| word_before(place.before.get(..*start).unwrap_or("")).0.is_empty());
    let is_whole = |start: &usize| {
        let open = skip_space(place.source, start + 3);
        after_brackets(place.before, open) == Some(place.before.len())
    };
    let ends = place.before.ends_with(')') && (place.rest.is_empty() || place.rest.starts_with('}'));
    heads
        .find(|start| ends && is_whole(start))
        .map(|_| missing_body("for", place.before.len(), 0))
}

/// What is wrong with the `if` or loop in the statement before the place where the grammar could not go on.
pub(super) fn in_statement(place: &Place<'_>) -> Option<Diagnostic> {
    if let Some(error) = for_without_body(place) {
        return Some(error);
    }
    let source = place.source;
    let end = place.at + word_at(place.rest).len();
    let mut start = place.statement_start();
    while start < end {
        let word = word_at(source.get(start..end)?);
        let is_member = source.get(..start)?.trim_end().ends_with('.');
        if matches!(word, "if" | "while" | "for") && !is_member {
            return header(&Place::of(place.advice, source, start), word);
        }
        // Strings may hold such words.
        if source.get(start..)?.starts_with(['\'', '"']) {
            start = after_string(source, start);
            continue;
        }
        start += word.len().max(source.get(start..)?.chars().next()?.len_utf8());
    }
    None
}
