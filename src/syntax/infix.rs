//! Words of Python and SQL between two operands: what to write here.

use super::refusal::unsupported;
use super::scan::{
    Place, after_brackets, after_string, ends_operand, operand_at, operand_before, skip_space, word_at, word_before,
};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote, write_code};
use crate::dialect::Dialect;
use crate::source::Span;

/// A word between two operands.
pub(super) fn infix(place: &Place<'_>) -> Option<Diagnostic> {
    let Place { before, rest, at, .. } = *place;
    let is_loop = before
        .rsplit_once('(')
        .is_some_and(|(ahead, _)| matches!(word_before(ahead.trim_end()).0, "for" | "foreach"));
    if is_loop || !ends_operand(before) {
        return None;
    }
    let word = word_at(rest).to_ascii_lowercase();
    let mut words = rest.split_whitespace().skip(1);
    let next = words.next().unwrap_or("").to_ascii_lowercase();
    if word == "is" {
        let operand = operand_before(before).unwrap_or("x");
        let behind = rest.get(2..)?.trim_start();
        let (operator, value) = match next.as_str() {
            "not" => ("!=", behind.get(3..)?.trim_start()),
            _ => ("==", behind),
        };
        let value = value_at(value)
            .filter(|value| !value.eq_ignore_ascii_case("none"))
            .unwrap_or("null");
        let value = if value.eq_ignore_ascii_case("null") {
            "null"
        } else {
            value
        };
        // On its left null is compared with whatever it is.
        let code = match value {
            "null" => format!("null {operator} {operand}"),
            value => format!("{operand} {operator} {value}"),
        };
        return Some(unsupported(place.source, at, word.len(), write_code(&code)));
    }
    // `name NOT NULL`, as columns are declared.
    if word == "not" && matches!(next.trim_end_matches([';', ')']), "null" | "none") {
        let code = format!("null != {}", operand_before(before).unwrap_or("x"));
        return Some(unsupported(place.source, at, word.len(), write_code(&code)));
    }
    if let Some(code) = default_of(place).filter(|_| word == "or") {
        return Some(unsupported(
            place.source,
            at,
            word.len(),
            format!("for a value where there is none, {}", write_code(&code)),
        ));
    }
    if word == "not" && next.starts_with("in") {
        let length = rest.to_ascii_lowercase().find("in").map_or(3, |at| at + 2);
        let of_list = one_of(place, length, [" != ", " && "]).map(|code| write_code(&code));
        let help = of_list.unwrap_or_else(|| {
            "of a text write `!text.contains(part)`, of a map `!m.containsKey('key')`; of an array `for (int i = 0; i < xs.length; i += 1) { if (xs[i] == x) { return false; } } return true;`".to_owned()
        });
        return Some(unsupported(place.source, at, length, help));
    }
    if word == "not" || matches!(&*word, "like" | "ilike" | "between") {
        let (word, not) = if word == "not" { (&*next, true) } else { (&*word, false) };
        let length = rest.to_ascii_lowercase().find(word)? + word.len();
        let advice = place.advice.of(Section::Infix, word)?;
        let code = tested(operand_before(before), word, not, rest.get(length..)?.trim_start());
        let help = match (code, not) {
            (Some(code), _) => write_code(&code),
            (None, true) => format!("{advice}, with `!(…)` around it"),
            (None, false) => advice.to_owned(),
        };
        return Some(unsupported(place.source, at, length, help));
    }
    if let Some(error) = without_list(place) {
        return Some(error);
    }
    if let Some(code) = one_of(place, 2, [" == ", " || "]).filter(|_| word == "in") {
        return Some(unsupported(place.source, at, word.len(), write_code(&code)));
    }
    let help = place.advice.of(Section::Infix, &word)?;
    Some(unsupported(place.source, at, word.len(), help))
}

/// `x in ;`, beyond SEL: nothing stands behind the `in` that has elements.
fn without_list(place: &Place<'_>) -> Option<Diagnostic> {
    if place.advice.dialect() == Dialect::Sel || word_at(place.rest) != "in" {
        return None;
    }
    let at = skip_space(place.source, place.at + 2);
    let found = place.source.get(at..)?.chars().next();
    let begins = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$' | '(' | '[' | '{' | '\'' | '"');
    if found.is_some_and(begins) {
        return None;
    }
    let message = match found {
        Some(found) => format!(
            "expected a list, an array or a map behind `in`, found {}",
            quote(found.encode_utf8(&mut [0; 4]))
        ),
        None => "unexpected end of input, expected a list, an array or a map behind `in`".to_owned(),
    };
    let span = Span::new(at as u32, (at + found.map_or(0, char::len_utf8)) as u32);
    let error = Diagnostic::error(Code::UnexpectedToken, span, message);
    Some(error.with_help("write `x in [1, 2]`, or the name of a list, an array or a map"))
}

/// Whether a condition joins with the words of SQL.
fn is_sql(text: &str) -> bool {
    text.split_whitespace().any(|word| matches!(word, "AND" | "OR"))
}

/// The longest condition that is written anew, in bytes.
const MAX_CONDITION: usize = 60;

/// A condition in the words of Python or SQL, around a place, in the operators of the language; `None` if it holds more than plain
/// comparisons.
pub(super) fn condition(place: &Place<'_>) -> Option<String> {
    let start = match place.inside('(') {
        Some(_) => place.open? + 1,
        None => place.statement_start(),
    };
    let rest = place.source.get(start..)?;
    let end = match place.inside('(') {
        Some(_) => after_brackets(place.source, start - 1)? - 1 - start,
        None => rest.find([';', '{', '\n']).unwrap_or(rest.len()),
    };
    let text = rest.get(..end)?.trim();
    let text = text.strip_prefix("return ").unwrap_or(text);
    // What is assigned stands before the first `=`; behind it, SQL compares with one.
    let text = match text.split_once(" = ") {
        Some((name, value)) if word_at(name) == name && !is_sql(text) => value,
        _ => text,
    };
    if text.len() > MAX_CONDITION {
        return None;
    }
    let (mut code, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => after_string(rest, 0),
            first if first.is_alphanumeric() || first == '_' => word_at(rest).len(),
            '<' if rest.starts_with("<>") => 2,
            '=' | '<' | '>' | '!' if rest.get(1..)?.starts_with('=') => 2,
            first => first.len_utf8(),
        };
        let (token, behind) = rest.split_at_checked(length)?;
        rest = behind;
        code.push_str(match &*token.to_ascii_lowercase() {
            "and" => "&&",
            "or" => "||",
            "not" => {
                rest = rest.trim_start();
                let behind = rest.get(operand_at(rest)?.len()..)?.trim_start();
                let is_alone = ["", "and", "or"].contains(&&*word_at(behind).to_ascii_lowercase());
                (is_alone && !behind.starts_with(['=', '<', '>', '!'])).then_some("!")?
            }
            "true" => "true",
            "false" => "false",
            "none" | "null" => "null",
            "<>" => "!=",
            "=" => "==",
            _ if rest.starts_with('(') && word_at(token) == token && !code.ends_with('.') && !token.is_empty() => {
                return None;
            }
            "is" | "in" | "like" | "between" | "case" | "if" | "for" | "," | "?" | "{" | "`" => return None,
            _ => token,
        });
    }
    // A value alone is not a condition.
    let is_value = |part: &str| {
        part.is_empty()
            || part.starts_with(|first: char| first.is_ascii_digit() || "'\"".contains(first))
                && value_at(part) == Some(part)
    };
    let mut parts = code.split("&&").flat_map(|part| part.split("||")).map(str::trim);
    (!parts.any(is_value)).then_some(code)
}

/// What `name and name.trim()` and `flag and 'x'` mean, whose right side is not a condition: the value where there is one.
pub(super) fn guarded(place: &Place<'_>) -> Option<String> {
    let (at, length) = match word_at(place.rest).eq_ignore_ascii_case("and") {
        true => (place.before.len(), 3),
        false => {
            let (word, start) = word_before(place.before);
            (start, word.len())
        }
    };
    let before = place.source.get(..at)?.trim_end();
    let name = operand_before(before).filter(|name| word_at(name) == *name)?;
    let ahead = before.strip_suffix(name)?.trim_end();
    let begins =
        ahead.is_empty() || ahead.ends_with(['=', '(', ',', ';', '{', '}']) || word_before(ahead).0 == "return";
    let behind = place.source.get(at..)?.trim_start().get(length..)?.trim_start();
    let value = value_at(behind).filter(|_| begins)?;
    let rest = behind.get(value.len()..)?.trim_start();
    let is_alone = rest.is_empty() || rest.starts_with([';', ')', '}', ',']);
    if value.starts_with(['\'', '"']) && is_alone {
        return Some(format!(
            "`&&` joins conditions; for a value {}",
            write_code(&format!("{name} ? {value} : other"))
        ));
    }
    let member = value.strip_prefix(name)?.strip_prefix('.')?;
    let tests = ["is", "has", "contains", "starts", "ends", "equals", "matches"];
    let is_condition = !is_alone || tests.iter().any(|test| member.starts_with(test));
    Some(write_code(&match is_condition {
        true => format!("{name} != null && {value}"),
        false => format!("{name} == null ? null : {value}"),
    }))
}

/// What `name or 'default'` means, where a value stands: a name, and a literal that is not a condition.
fn default_of(place: &Place<'_>) -> Option<String> {
    let name = operand_before(place.before)?;
    let ahead = place.before.strip_suffix(name)?.trim_end();
    let begins = ahead.is_empty() || ahead.ends_with(['=', '(', ',', ';', '{']) || word_before(ahead).0 == "return";
    let is_condition = matches!(
        word_before(ahead.strip_suffix('(').unwrap_or("").trim_end()).0,
        "if" | "while"
    );
    let value = value_at(place.rest.get(2..)?.trim_start())?;
    let is_literal = value.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '\'' | '"'));
    (begins && is_literal && !is_condition).then(|| place.advice.defaulted(name, value))
}

/// What `name like 'a%'` and `n between 1 and 5` mean, or their opposites, where what follows is plain.
fn tested(operand: Option<&str>, word: &str, not: bool, rest: &str) -> Option<String> {
    let operand = operand?;
    let value = value_at(rest)?;
    if word == "between" {
        let joined = rest.get(value.len()..)?.trim_start();
        let joined = joined
            .get(..3)
            .filter(|and| and.eq_ignore_ascii_case("and"))
            .and(joined.get(3..))?;
        let other = value_at(joined.trim_start())?;
        // Texts have no order by operators.
        if [value, other].iter().all(|value| value.starts_with(['\'', '"'])) {
            return Some(match not {
                true => format!("{operand}.compareTo({value}) < 0 || {operand}.compareTo({other}) > 0"),
                false => format!("{operand}.compareTo({value}) >= 0 && {operand}.compareTo({other}) <= 0"),
            });
        }
        return Some(match not {
            true => format!("{operand} < {value} || {operand} > {other}"),
            false => format!("{operand} >= {value} && {operand} <= {other}"),
        });
    }
    let pattern = value.strip_prefix('\'')?.strip_suffix('\'')?;
    let (begin, text) = pattern.strip_prefix('%').map_or((false, pattern), |text| (true, text));
    let (end, text) = text.strip_suffix('%').map_or((false, text), |text| (true, text));
    let (lower, folded) = (text.to_lowercase(), format!("{operand}.toLowerCase()"));
    let (text, operand) = match word {
        "ilike" => (&*lower, &*folded),
        _ => (text, operand),
    };
    if !matches!(word, "like" | "ilike") || text.contains(['%', '_', '\\']) || text.is_empty() {
        return None;
    }
    let method = match (begin, end) {
        (false, false) => return Some(format!("{operand} {} '{text}'", if not { "!=" } else { "==" })),
        (false, true) => "startsWith",
        (true, false) => "endsWith",
        (true, true) => "contains",
    };
    Some(format!("{}{operand}.{method}('{text}')", if not { "!" } else { "" }))
}

/// The text or operand that a text begins with.
fn value_at(text: &str) -> Option<&str> {
    match text.starts_with(['\'', '"']) {
        true => text.get(..after_string(text, 0)),
        false => operand_at(text),
    }
}

/// What `n in (1, 2)` means, with the list after so many bytes.
fn one_of(place: &Place<'_>, skipped: usize, [compared, joined]: [&str; 2]) -> Option<String> {
    let operand = operand_before(place.before)?;
    let list = place.rest.get(skipped..)?.trim_start().strip_prefix(['(', '['])?;
    let (list, _) = list.split_once([')', ']'])?;
    let equal: Vec<String> = list
        .split(',')
        .map(|item| format!("{operand}{compared}{}", item.trim()))
        .collect();
    Some(equal.join(joined))
}
