//! What is wrong with a list or map that is written out, or behind an `in`: what to write here.

use super::comprehension;
use super::refusal::{PUT, refused, unsupported};
use super::reserved::reserved;
use super::scan::{
    Place, after_brackets, after_string, opens_map, opens_map_value, operand_before, skip_space, statement_start,
    word_at, word_before,
};
use crate::diagnostic::{Code, Diagnostic, quote, quote_code, write_code};
use crate::dialect::Dialect;
use crate::source::Span;

/// A literal of another language where the grammar could not go on.
pub(super) fn literal(place: &Place<'_>) -> Option<Diagnostic> {
    if let Some(error) = braced_lambda(place) {
        return Some(error);
    }
    if place.advice.dialect() == Dialect::Sel {
        return block(place).or_else(|| braces(place)).or_else(|| listed(place));
    }
    comprehended(place)
        .or_else(|| spread(place))
        .or_else(|| number_key(place))
        .or_else(|| entry(place))
        .or_else(|| block(place))
        .or_else(|| braces(place))
        .or_else(|| key_alone(place))
        .or_else(|| listed(place))
        .or_else(|| not_in(place))
}

/// `[x for x in xs if c]`
fn comprehended(place: &Place<'_>) -> Option<Diagnostic> {
    let open = place.open.filter(|_| word_at(place.rest) == "for")?;
    let in_brackets = place.inside('[').or(place.inside('{')).is_some();
    in_brackets.then(|| comprehension::refused(place.advice, place.source, open))
}

/// `[...xs]`, `{...m}`, `{**m}`
fn spread(place: &Place<'_>) -> Option<Diagnostic> {
    let mark = ["...", "**", "*"]
        .into_iter()
        .find(|mark| place.rest.starts_with(mark))?;
    let begins = |text: &str| text.trim_end().is_empty() || text.trim_end().ends_with(',');
    let help = match (place.inside('['), place.inside('{')) {
        (Some(inside), _) if begins(inside) => {
            "lists are joined with `xs.concat(ys)`, one more is added with `xs.append(x)`"
        }
        (_, Some(inside)) if begins(inside) => "maps are joined with `m.merge(other)`",
        _ => return None,
    };
    Some(unsupported(place.source, place.at, mark.len(), help))
}

/// `{1: 2}`
fn number_key(place: &Place<'_>) -> Option<Diagnostic> {
    let inside = place.inside('{')?.trim_end();
    let end = place
        .rest
        .find(|next: char| !(next.is_ascii_alphanumeric() || matches!(next, '.' | '-')))?;
    let key = place.rest.get(..end)?;
    let is_number = key.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    let begins = inside.is_empty() || inside.ends_with(',');
    if !is_number || !begins || !place.rest.get(end..)?.trim_start().starts_with(':') {
        return None;
    }
    let message = format!("expected a word or a text as the key, found {}", quote(key));
    let span = Span::new(place.at as u32, (place.at + end) as u32);
    let error = Diagnostic::error(Code::UnexpectedToken, span, message);
    Some(error.with_help(format!("keys are texts: {}", write_code(&format!("'{key}'")))))
}

/// What stands where an entry of a map should: `{a}`, `{a = 1}`, `{a-b: 1}`.
fn entry(place: &Place<'_>) -> Option<Diagnostic> {
    // Where the first key is a text, the grammar gives up before the brace.
    let (open, start) = match place.rest.starts_with('{') {
        true => (place.at, skip_space(place.source, place.at + 1)),
        false => (place.open?, place.at),
    };
    let inside = place.source.get(open..start)?.trim_end();
    if !inside.starts_with('{') || !inside.ends_with(['{', ',']) || !opens_map_value(place.source, open) {
        return None;
    }
    let rest = place.source.get(start..)?;
    let is_text = rest.starts_with(['\'', '"']);
    let end = match is_text {
        true => after_string(place.source, start),
        false => start + word_at(rest).len(),
    };
    let key = place.source.get(start..end).filter(|key| !key.is_empty())?;
    let at = skip_space(place.source, end);
    let behind = place.source.get(at..)?;
    if behind.starts_with(':') || key.starts_with(|first: char| first.is_ascii_digit()) || reserved(key).is_some() {
        return None;
    }
    if is_text && behind.starts_with([',', '}']) {
        let items = place.source.get(open + 1..)?.split('}').next()?.trim();
        let help = write_code(&format!("[{items}]"));
        return Some(refused(open, 1, "a list stands in square brackets", help));
    }
    let found = match word_at(behind) {
        "" => behind.chars().next().map(String::from),
        word => Some(word.to_owned()),
    };
    let value = || {
        behind
            .trim_start_matches(['=', '>'])
            .split([',', '}', ';', '\n'])
            .next()
            .map(str::trim)
    };
    let computed = || {
        let text = rest.split([':', ',', '}', ';', '\n']).next().unwrap_or(key).trim();
        match is_text {
            true => format!(
                "what is computed stands in brackets: write {}",
                quote_code(&format!("[{text}]: …"))
            ),
            false => format!(
                "a key of more than a word stands in quotes: write {}",
                quote_code(&format!("'{text}': …"))
            ),
        }
    };
    let help = match behind.chars().next() {
        None | Some(',' | '}') => write_code(&format!("{key}: {key}")),
        Some('=') => write_code(&format!("{key}: {}", value()?)),
        Some('-' | '+' | '.' | '(' | '/' | '*') => computed(),
        Some(_) => format!("write {}", quote_code(&format!("{key}: …"))),
    };
    let found = found.map_or_else(|| "the end".to_owned(), |found| quote(&found));
    let length = word_at(behind)
        .len()
        .max(behind.chars().next().map_or(0, char::len_utf8));
    let message = format!("expected `:` and a value after the key {}, found {found}", quote(key));
    let error = Diagnostic::error(
        Code::UnexpectedToken,
        Span::new(at as u32, (at + length) as u32),
        message,
    );
    Some(error.with_help(help))
}

/// `x -> { x * 2 }`
fn braced_lambda(place: &Place<'_>) -> Option<Diagnostic> {
    let at = match place.rest.starts_with('{') {
        true => place.at,
        false => place.open.filter(|_| place.inside('{').is_some())?,
    };
    let ahead = place.source.get(..at)?.trim_end().strip_suffix("->")?;
    if place.advice.dialect() == Dialect::Selvedge && opens_map(place.source, at) {
        return None;
    }
    let inside = place.source.get(at + 1..)?.split('}').next()?.trim();
    Some(lambda_block(ahead.trim_end(), inside, at))
}

/// `x = { y = 1; }`
fn block(place: &Place<'_>) -> Option<Diagnostic> {
    let open = place.open.filter(|_| place.inside('{').is_some())?;
    let items = place.source.get(open + 1..)?.split('}').next()?;
    let is_block = items.contains(';') && opens_value(place.before_bracket()) && !opens_map(place.source, open);
    let help = "write an expression, or set the variable in the block";
    is_block.then(|| refused(open, 1, "a block is a statement and has no value", help))
}

/// `{1, 2}` where a value stands.
fn braces(place: &Place<'_>) -> Option<Diagnostic> {
    let open = place.open.filter(|_| {
        place
            .inside('{')
            .is_some_and(|inside| !inside.contains([';', ':', '=']))
    })?;
    let ahead = place.before_bracket();
    let items = place.source.get(open + 1..)?.split('}').next()?.trim();
    let is_block = items.is_empty() || items.contains([';', ':', '=', '{']);
    // `int[] xs = {a, b};`, where words alone may be meant as keys.
    let is_array = ahead
        .strip_suffix('=')
        .is_some_and(|ahead| ahead.trim_end().rsplit(' ').nth(1).is_some_and(|ty| ty.ends_with("[]")));
    let is_word = |item: &str| word_at(item) == item && !item.starts_with(|first: char| first.is_ascii_digit());
    let is_words = items.split(',').all(|item| is_word(item.trim()));
    if is_block || !opens_value(ahead) || (is_words && !is_array) {
        return None;
    }
    if place.advice.dialect() == Dialect::Sel {
        return array_of(place.source.get(open..), open);
    }
    let help = write_code(&format!("[{items}]"));
    Some(refused(open, 1, "a list stands in square brackets", help))
}

/// Whether a value begins behind a text.
fn opens_value(ahead: &str) -> bool {
    ahead.ends_with(['=', '(', ',', '?', ':', '[', '{']) || word_before(ahead).0 == "return"
}

/// `{a}` and `{a = 1}` where a value stands.
fn key_alone(place: &Place<'_>) -> Option<Diagnostic> {
    let inside = place.inside('{')?;
    let ahead = place.before_bracket();
    let opens = opens_value(ahead);
    let (key, start) = word_before(place.before);
    let before = place.before.get(..start)?.trim_end();
    let begins = before.ends_with([',', '{']) && !inside.contains(';');
    if !opens || !begins || key.is_empty() || !place.rest.starts_with([',', '}', '=']) {
        return None;
    }
    let value = match place.rest.strip_prefix('=') {
        Some(value) => value.split([',', '}']).next()?.trim(),
        None => key,
    };
    let message = format!("expected `:` and a value after the key {}", quote(key));
    let span = Span::new(start as u32, place.before.len() as u32);
    let error = Diagnostic::error(Code::UnexpectedToken, span, message);
    Some(error.with_help(write_code(&format!("{key}: {value}"))))
}

/// `n in (1, 2)`
fn listed(place: &Place<'_>) -> Option<Diagnostic> {
    let open = place
        .open
        .filter(|_| place.rest.starts_with(',') && place.inside('(').is_some())?;
    let (word, start) = word_before(place.before_bracket());
    let operand = operand_before(place.before.get(..start)?.trim_end()).filter(|_| word == "in")?;
    let closed = after_brackets(place.source, open)?;
    let items = place.source.get(open + 1..closed - 1)?;
    if place.advice.dialect() == Dialect::Sel {
        let equal: Vec<String> = items
            .split(',')
            .map(|item| format!("{operand} == {}", item.trim()))
            .collect();
        return Some(unsupported(place.source, start, 2, write_code(&equal.join(" || "))));
    }
    let help = write_code(&format!("{operand} in [{items}]"));
    Some(refused(open, closed - open, "a list stands in square brackets", help))
}

/// `n not in xs`
fn not_in(place: &Place<'_>) -> Option<Diagnostic> {
    let behind = place.rest.strip_prefix("not")?.trim_start();
    let list = behind
        .strip_prefix("in")
        .filter(|_| word_at(behind) == "in")?
        .trim_start();
    let operand = operand_before(place.before).unwrap_or("x");
    let list = match list.starts_with(['(', '[']) {
        true => {
            let open = place.source.len() - list.len();
            let items = place.source.get(open + 1..after_brackets(place.source, open)? - 1)?;
            format!("[{items}]")
        }
        false => super::scan::operand_at(list).unwrap_or("xs").to_owned(),
    };
    let length = place.rest.len() - behind.len() + 2;
    let help = format!("write {}", quote_code(&format!("!({operand} in {list})")));
    Some(unsupported(place.source, place.at, length, help))
}

/// The error of an array's elements that stand without `new`, from their bracket on.
fn array_of(rest: Option<&str>, at: usize) -> Option<Diagnostic> {
    let rest = rest?;
    let closing = if rest.starts_with('[') { ']' } else { '}' };
    let inside = rest.get(1..)?.split(closing).next()?.trim();
    let ty = match inside.chars().next() {
        Some('\'' | '"') => "String",
        Some('t' | 'f') => "boolean",
        _ if inside.contains('.') => "double",
        _ => "int",
    };
    let help = match inside {
        "" => "write `new String[0]`".to_owned(),
        inside if inside.contains("...") => "make an array and copy the elements one by one".to_owned(),
        inside => write_code(&format!("new {ty}[]{{{inside}}}")),
    };
    Some(refused(at, 1, "an array is made with `new`", help))
}

/// `[1, 2]`, `{1, 2}`, `{'a': 1}` and `[x for x in xs]` where a value stands.
pub(super) fn collection(place: &Place<'_>) -> Option<Diagnostic> {
    if let Some(open) = map_literal(place).filter(|_| place.advice.dialect() == Dialect::Sel) {
        return Some(refused(open, 1, "map literals are not supported", PUT));
    }
    // The grammar takes `return [1` for an index.
    let returned = place.open.filter(|_| word_before(place.before_bracket()).0 == "return");
    let at = returned.unwrap_or(place.at);
    let before = place.source.get(..at)?.trim_end();
    let rest = place.source.get(at..)?;
    let opens_value = before.is_empty()
        || before.ends_with(['=', '(', ',', '?', '+', '!', '&', '|', '<', '>'])
        || word_before(before).0 == "return"
        || (rest.starts_with('[') && before.ends_with([';', '{', '}', ':']));
    let opening = rest.chars().next().filter(|next| matches!(next, '[' | '{'))?;
    if !opens_value {
        return None;
    }
    let closing = if opening == '[' { ']' } else { '}' };
    let inside = rest.get(1..)?.split(closing).next()?.trim();
    if inside.contains(" for ") {
        return Some(comprehension::refused(place.advice, place.source, at));
    }
    if opening == '{' && inside.contains(';') {
        return Some(refused(
            at,
            1,
            "a block is a statement and has no value",
            "write an expression, or set the variable in the block",
        ));
    }
    if place.advice.dialect() == Dialect::Selvedge {
        return None;
    }
    if opening == '{' && (inside.contains(':') || inside.is_empty()) {
        return Some(refused(at, 1, "map literals are not supported", PUT));
    }
    array_of(Some(rest), at)
}

/// `x -> { x * 2 }`, as other languages write more than one expression.
fn lambda_block(ahead: &str, inside: &str, at: usize) -> Diagnostic {
    let (parameter, _) = word_before(ahead);
    let value = inside.strip_prefix("return ").unwrap_or(inside);
    let value = value.trim_end_matches(';').trim();
    let arm = ahead.get(statement_start(ahead)..).unwrap_or("");
    if matches!(word_at(arm), "case" | "default") {
        let help = write_code(&format!("{arm} -> value;"));
        return refused(at, 1, "an arm of a `switch` gives one value, without braces", help);
    }
    let is_plain = !parameter.is_empty() && !value.is_empty() && !value.contains([';', '=', '{', '`']);
    let help = match is_plain {
        true => write_code(&format!("{parameter} -> {value}")),
        false => "what takes more than an expression is walked: `for (x : xs) { … }`".to_owned(),
    };
    refused(at, 1, "a lambda is one expression, without braces", help)
}

/// `{'a': 1}` and `{a: 1}` where the grammar took the `{` for that of a block.
fn map_literal(place: &Place<'_>) -> Option<usize> {
    let inside = place.inside('{').filter(|inside| !inside.contains([';', '{']))?;
    let ahead = place.before_bracket();
    let opens = ahead.is_empty() || ahead.ends_with(['=', '(', ',', ';']) || word_before(ahead).0 == "return";
    let key = inside.trim_start();
    let end = match key.starts_with(['\'', '"']) {
        true => after_string(key, 0),
        false => word_at(key).len(),
    };
    let is_key = end > 0 && key.get(end..)?.trim_start().starts_with(':');
    (opens && is_key && place.rest.starts_with([',', '}'])).then_some(place.open?)
}

/// `{1, 2}` as a statement, where the grammar took the `{` for that of a block.
pub(super) fn elements(place: &Place<'_>) -> Option<Diagnostic> {
    let first = place.inside('{').filter(|_| place.rest.starts_with(','))?.trim();
    let is_value = first.starts_with(|next: char| next.is_ascii_digit() || matches!(next, '\'' | '"' | '-'));
    let open = place.open.filter(|_| is_value && !first.contains([';', '{', '=']))?;
    let ahead = place.before_bracket();
    let opens = ahead.is_empty() || ahead.ends_with([';', '}']);
    match place.advice.dialect() {
        Dialect::Sel => opens.then(|| array_of(place.source.get(open..), open))?,
        Dialect::Selvedge => {
            let inside = place.source.get(open + 1..)?.split('}').next().filter(|_| opens)?;
            let help = write_code(&format!("[{}]", inside.trim()));
            Some(refused(open, 1, "a list stands in square brackets", help))
        }
    }
}
