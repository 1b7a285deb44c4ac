//! Templates: texts with references to parameters, and marks of template languages where an expression stands.

use super::refusal::{refused, unsupported};
use super::reserved::{is_type_like, reserved};
use super::scan::{Place, word_at};
use crate::advice::{self, Advice, Section};
use crate::diagnostic::{Diagnostic, quote, quote_code, write_code};

/// The longest text with references that is told from code, in bytes.
const MAX_TEXT: usize = 1_000;

const PARAMETER_BY_NAME: &str = "a parameter is read by its name alone";

/// `dt=${day}` and `load/{{ ds }}`: a text with references, where an expression joins texts.
pub(super) fn text(source: &str) -> Option<Diagnostic> {
    let (mut parts, mut rest, mut first) = (Vec::new(), source.trim(), None);
    let is_plain = |next: char| next.is_alphanumeric() || "-_=/:.".contains(next);
    let is_path = rest.contains("://") || (rest.starts_with('/') && rest.matches('/').count() > 1);
    if (is_path && rest.chars().all(is_plain)) || is_phrase(rest) {
        let start = source.len() - source.trim_start().len();
        let help = format!(
            "{}; as the value of a definition, leave the `!` of its key out",
            write_code(&format!("'{rest}'"))
        );
        return Some(refused(start, rest.len(), "a text stands in quotes", help));
    }
    if rest.len() > MAX_TEXT {
        return None;
    }
    while let Some(at) = next_reference(rest, is_path) {
        let (text, reference) = rest.split_at_checked(at)?;
        let (name, behind) = match (reference.strip_prefix("${"), reference.strip_prefix("{{")) {
            (Some(inside), _) => inside.split_once('}')?,
            (_, Some(inside)) => inside.split_once("}}")?,
            _ => {
                let inside = reference.strip_prefix('$')?;
                inside.split_at_checked(word_at(inside).len())?
            }
        };
        let name = name.trim();
        if name.is_empty() || word_at(name) != name {
            return None;
        }
        first = first.or(Some(source.len() - source.trim_start().len() + at));
        if !text.is_empty() {
            parts.push(format!("'{text}'"));
        }
        parts.push(name.to_owned());
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(format!("'{rest}'"));
    }
    let texts: Vec<&String> = parts.iter().filter(|part| part.starts_with('\'')).collect();
    let is_text = |part: &&String| part.trim_matches('\'').chars().all(is_plain);
    if texts.is_empty() || !texts.iter().all(is_text) {
        return None;
    }
    let message = "a text with references is a value, not an expression";
    let help = format!(
        "join texts: {}; or leave the `!` of its key out",
        quote_code(&parts.join(" + "))
    );
    Some(refused(first?, 2, message, help))
}

/// Where the next reference of a text begins: `${day}`, `{{ day }}`, and in a path `$day`.
fn next_reference(text: &str, is_path: bool) -> Option<usize> {
    let mut marks = vec!["${", "{{"];
    marks.extend(is_path.then_some("$"));
    marks.into_iter().filter_map(|mark| text.find(mark)).min()
}

/// The words of a phrase that are looked up: a keyword among them makes it code.
const LOOKED_UP: usize = 16;

/// Whether a text is words alone, with blanks between: `daily load`.
fn is_phrase(text: &str) -> bool {
    let is_word = |word: &str| {
        let begins = word.starts_with(char::is_alphabetic);
        begins && word_at(word) == word && reserved(word).is_none() && !is_type_like(word)
    };
    let known = |word: &str| {
        let sections = [
            Section::Words,
            Section::Values,
            Section::Infix,
            Section::Prefixes,
            Section::Types,
        ];
        sections
            .into_iter()
            .any(|section| advice::is_known(section, word) || advice::is_known(section, &word.to_lowercase()))
    };
    let is_code = |word: &str| known(word) || word.eq_ignore_ascii_case("is");
    text.contains(' ') && text.split(' ').all(is_word) && !text.split(' ').take(LOOKED_UP).any(is_code)
}

/// `{{ name }}`, `{% … %}`, `{# … #}`, `${name}` and `:name`.
pub(super) fn placeholder(place: &Place<'_>) -> Option<Diagnostic> {
    let Place { before, rest, at, .. } = *place;
    let is_template = |opening: &str| format!("{} belongs to a template, not to an expression", quote(opening));
    if before.ends_with('{') && rest.starts_with(['%', '#']) {
        let opening = place.source.get(before.len() - 1..=at)?;
        let help = match rest.starts_with('%') {
            true => "write statements, such as `if (n > 1) { return 'a'; }`",
            false => "a comment starts with `//`",
        };
        return Some(refused(before.len() - 1, 2, is_template(opening), help));
    }
    let (opening, start, inside) = if let Some(inside) = rest.strip_prefix("{{") {
        ("{{", at, inside)
    } else if let (Some(ahead), Some(inside)) = (before.strip_suffix('{'), rest.strip_prefix('{')) {
        // The grammar takes the first brace for that of a map.
        ("{{", ahead.len(), inside)
    } else if let (Some(ahead), Some(inside)) = (before.strip_suffix('$'), rest.strip_prefix('{')) {
        ("${", ahead.len(), inside)
    } else if let (true, Some(inside)) = (place.expects_operand(), rest.strip_prefix(':')) {
        (":", at, inside)
    } else if let Some((opening, inside)) = marked(place) {
        (opening, at, inside)
    } else {
        let open = before.rfind("{{").filter(|_| rest.starts_with(['}', '.', '|', ' ']))?;
        (
            "{{",
            open,
            before.get(open + 2..).filter(|inside| !inside.contains([';', '=']))?,
        )
    };
    let inside = inside.trim_start();
    let inside = inside.strip_prefix("params.").unwrap_or(inside);
    // Of `macros.ds_add(…)` the first word is not a parameter.
    let name = word_at(inside);
    let is_whole = !name.is_empty() && !inside.get(name.len()..)?.starts_with('.');
    let otherwise = inside
        .get(name.len()..)?
        .strip_prefix(":-")
        .and_then(|rest| rest.split('}').next());
    let is_plain = |text: &str| {
        text.chars()
            .all(|next| next.is_alphanumeric() || "-_./: ".contains(next))
    };
    let computed = match opening {
        "{{" => inside.split_once("}}").map(|(code, _)| code.trim()),
        _ => None,
    };
    let computed =
        computed.filter(|code| *code != name && !code.contains(['|', '{']) && code.contains(['+', '*', '-', '(']));
    let cut = inside
        .get(name.len()..)
        .filter(|_| opening == "${")
        .and_then(|rest| part(name, rest));
    let filtered = match opening {
        "{{" => place
            .source
            .get(start + 2..)
            .and_then(|whole| filtered(whole.split_once("}}")?.0, place.advice)),
        _ => None,
    };
    let bare = || {
        let code = computed.filter(|code| !code.starts_with("macros"))?;
        Some(format!("leave the braces out: {}", write_code(code)))
    };
    let default = || {
        let text = otherwise.filter(|text| is_plain(text))?;
        Some(write_code(&place.advice.defaulted(name, &format!("'{text}'"))))
    };
    let help = match is_whole {
        true => {
            let known = cut.or(filtered).map(|code| write_code(&code)).or_else(bare);
            known
                .or_else(default)
                .unwrap_or_else(|| format!("{PARAMETER_BY_NAME}: write {}", quote(name)))
        }
        false => PARAMETER_BY_NAME.to_owned(),
    };
    match opening {
        ":" if before.ends_with('?') || place.open.is_some() || !rest.get(1..)?.starts_with(name) => None,
        ":" if name.is_empty() => None,
        ":" => Some(unsupported(place.source, start, 1 + name.len(), help)),
        _ => Some(refused(start, opening.len(), is_template(opening), help)),
    }
}

/// `day.substring(0, 4)` for `${day:0:4}`.
fn part(name: &str, rest: &str) -> Option<String> {
    let (from, length) = rest.strip_prefix(':')?.split('}').next()?.split_once(':')?;
    let (from, length): (u32, u32) = (from.trim().parse().ok()?, length.trim().parse().ok()?);
    Some(format!("{name}.substring({from}, {})", from.checked_add(length)?))
}

/// A value with the filters of a template, as methods: `day | replace('-', '') | upper`.
fn filtered(code: &str, advice: Advice) -> Option<String> {
    let code = code.trim();
    let mut parts = code.strip_prefix("params.").unwrap_or(code).split('|').map(str::trim);
    let name = parts.next().filter(|name| word_at(name) == *name)?;
    let mut value = name.to_owned();
    let mut filters = 0;
    for filter in parts {
        filters += 1;
        // `(name ?? 'x').toUpperCase()`
        if value.contains(" ?? ") {
            value = advice::operand(&value);
        }
        let arguments = filter.get(word_at(filter).len()..)?.trim();
        let inside = arguments
            .strip_prefix('(')
            .and_then(|inside| inside.strip_suffix(')'))
            .unwrap_or("");
        value = match word_at(filter) {
            "replace" => format!("{value}.replace({inside})"),
            "upper" => format!("{value}.toUpperCase()"),
            "lower" => format!("{value}.toLowerCase()"),
            "trim" => format!("{value}.trim()"),
            "length" | "count" => format!("{value}.length()"),
            "int" => format!("Long.parseLong({value})"),
            "float" => format!("Double.parseDouble({value})"),
            "string" => format!("String.valueOf({value})"),
            "default" | "d" => advice.defaulted(name, inside),
            "ds_nodash" => format!("{value}.replace('-', '')"),
            _ => return None,
        };
    }
    (filters > 0).then_some(value)
}

/// `#{name}`, `%(name)s` and `<name>` where a value stands.
fn marked<'s>(place: &Place<'s>) -> Option<(&'static str, &'s str)> {
    let (opening, closing) = [("#{", "}"), ("%(", ")"), ("<", ">")]
        .into_iter()
        .find(|(opening, _)| place.rest.starts_with(opening) && place.expects_operand())?;
    let inside = place.rest.get(opening.len()..)?;
    let name = word_at(inside);
    let is_closed = !name.is_empty() && inside.get(name.len()..)?.starts_with(closing);
    is_closed.then_some((opening, inside))
}
