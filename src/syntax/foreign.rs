//! Constructs of Python, JavaScript, SQL and template languages, where the grammar could not go on: what to write here.

use super::mistake::{statement_start, word_at, word_before};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::source::Span;

/// Words that stand between two operands in other languages, in lower case: what they are, and what to write.
const INFIX: &[(&str, &str)] = &[
    (
        "in",
        "for a text write `text.contains(part)`, for a map `m.containsKey('key')`; an array is walked with a `for`",
    ),
    ("is", "write `x == null` or `x != null`"),
    (
        "like",
        "write `text.startsWith('a')`, `text.endsWith('z')` or `text.contains('m')`",
    ),
    ("between", "write `x >= 1 && x <= 9`"),
    ("eq", "write `==`"),
    ("ne", "write `!=`"),
    ("lt", "write `<`"),
    ("le", "write `<=`"),
    ("gt", "write `>`"),
    ("ge", "write `>=`"),
    ("mod", "write `%`"),
    ("div", "write `/`, which is exact for LONG and drops the rest"),
    ("xor", "for BOOLEAN write `!=`"),
];

/// What queries begin with.
const QUERIES: &[(&str, &str)] = &[
    ("select", "from"),
    ("with", "select"),
    ("insert", "into"),
    ("update", "set"),
    ("delete", "from"),
    ("create", "as"),
];

/// What is wrong with a `return` that the grammar took for a name: it has no value, or a list.
pub(super) fn returned(source: &str, after: usize, word: Span) -> Option<Diagnostic> {
    let rest = source.get(after..)?;
    let value = rest.trim_start();
    let at = source.len() - value.len();
    if value.starts_with('[') {
        return collection(source, "return", value, at);
    }
    value
        .is_empty()
        .then_some(())
        .or_else(|| value.starts_with([';', '}']).then_some(()))?;
    let error = Diagnostic::error(Code::ReservedWord, word, "`return` has no value");
    Some(error.with_help("write what the program gives, such as `return 1;`; `return '';` where nothing is meant"))
}

/// A construct of another language at the place where the grammar could not go on.
pub(super) fn construct(source: &str, before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    query(source)
        .or_else(|| template(before, rest, at))
        .or_else(|| prefixed_string(before, rest, at))
        .or_else(|| typed_literal(before, rest))
        .or_else(|| conditional(source, before, rest, at))
        .or_else(|| array(source, before, rest, at))
        .or_else(|| collection(source, before, rest, at))
        .or_else(|| infix(before, rest, at))
}

fn unsupported(start: usize, length: usize, message: impl Into<String>, help: impl Into<String>) -> Option<Diagnostic> {
    let span = Span::new(start as u32, (start + length) as u32);
    Some(Diagnostic::error(Code::UnsupportedSyntax, span, message).with_help(help))
}

/// A query, by its first word and one that follows it.
fn query(source: &str) -> Option<Diagnostic> {
    let start = source.len() - source.trim_start().len();
    let first = word_at(source.get(start..)?);
    let (_, second) = QUERIES.iter().find(|(word, _)| first.eq_ignore_ascii_case(word))?;
    let mut words = source.get(start + first.len()..)?.split_whitespace().take(64);
    if !words.any(|word| word.eq_ignore_ascii_case(second)) {
        return None;
    }
    unsupported(
        start,
        first.len(),
        "this is SQL, not an expression",
        "write the query as a text of the definition; an expression computes the values that it takes",
    )
}

/// `{{ name }}`, `{% … %}` and `${name}`.
fn template(before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    if before.ends_with('{') && rest.starts_with('%') {
        return unsupported(
            before.len() - 1,
            2,
            "`{%` belongs to a template, not to an expression",
            "write statements, such as `if (n > 1) { return 'a'; }`",
        );
    }
    let (opening, start, inside) = if let Some(inside) = rest.strip_prefix("{{") {
        ("{{", at, inside)
    } else if let (Some(ahead), Some(inside)) = (before.strip_suffix('$'), rest.strip_prefix('{')) {
        ("${", ahead.len(), inside)
    } else {
        let open = before.rfind("{{").filter(|_| rest.starts_with(['}', '.', '|', ' ']))?;
        let inside = before.get(open + 2..)?;
        if inside.contains([';', '=']) {
            return None;
        }
        ("{{", open, inside)
    };
    let inside = inside.trim_start();
    let inside = inside.strip_prefix("params.").unwrap_or(inside);
    // Of `macros.ds_add(…)` the first word is no parameter.
    let name = match word_at(inside) {
        name if inside.get(name.len()..).is_some_and(|after| after.starts_with('.')) => "",
        name => name,
    };
    let help = match name {
        "" => "a parameter is read by its name alone".to_owned(),
        name => format!("a parameter is read by its name alone: write {}", quote(name)),
    };
    let message = format!("{} belongs to a template, not to an expression", quote(opening));
    unsupported(start, 2, message, help)
}

/// `f'…'` and its like.
fn prefixed_string(before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    let (prefix, start) = word_before(before);
    let joined = before.len() == at && rest.starts_with(['\'', '"']);
    if !joined
        || !matches!(
            prefix.to_ascii_lowercase().as_str(),
            "f" | "r" | "b" | "u" | "rb" | "fr"
        )
    {
        return None;
    }
    let help = match prefix {
        "f" | "F" => "join texts with `+`: `'day ' + n`, or write `String.format('day %s', n)`",
        _ => "leave the letter out; write a backslash as `\\\\`",
    };
    unsupported(
        start,
        prefix.len(),
        format!("strings have no prefix {}", quote(prefix)),
        help,
    )
}

/// `DATE '2024-01-31'`.
fn typed_literal(before: &str, rest: &str) -> Option<Diagnostic> {
    let (word, start) = word_before(before);
    let is_date = matches!(word.to_ascii_lowercase().as_str(), "date" | "timestamp" | "datetime");
    if !is_date || !rest.starts_with(['\'', '"']) {
        return None;
    }
    let message = format!("{} does not stand before a text", quote(word));
    unsupported(start, word.len(), message, "write `new DateTime('2024-01-31')`")
}

/// `new int[3]{…}`, `new String[]` and `new HashMap<…>()`.
fn array(source: &str, before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    let statement = source.get(statement_start(before)..before.len())?;
    let (_, made) = statement.rsplit_once("new ")?;
    let name = word_at(made.trim_start());
    if rest.starts_with('<') && made.trim() == name {
        return unsupported(
            at,
            1,
            "types take no parameters",
            format!("write {}", quote(&format!("new {name}()"))),
        );
    }
    if rest.starts_with(']') && made.ends_with('[') {
        let help = format!("write `new {name}[10]` for a length, or name the elements, `new String[]{{'a', 'b'}}`");
        let span = Span::new(at as u32, at as u32 + 1);
        let message = "a new array needs a length or elements";
        return Some(Diagnostic::error(Code::UnexpectedToken, span, message).with_help(help));
    }
    if rest.starts_with('{') && made.ends_with(']') {
        let elements = rest.split_inclusive('}').next()?;
        let code = format!("new {name}[]{elements}");
        return unsupported(
            at,
            1,
            "an array has a length or elements, not both",
            format!("write {}", quote(&code)),
        );
    }
    None
}

/// `value if condition else other`.
fn conditional(source: &str, before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    if word_at(rest) != "if" || !ends_operand(before) {
        return None;
    }
    let line = rest.split([';', '\n']).next()?;
    let (condition, other) = line.get(2..)?.split_once(" else ")?;
    let value = source.get(statement_start(before)..before.len())?;
    let value = value.strip_prefix("return ").unwrap_or(value);
    let value = value.split_once(" = ").map_or(value, |(_, value)| value);
    let code = format!("{} ? {} : {}", condition.trim(), value.trim(), other.trim());
    let message = "`if` is a statement, it does not stand between values";
    unsupported(at, 2, message, format!("write {}", quote(&code)))
}

/// `[1, 2]`, `{1, 2}`, `{'a': 1}` and `[x for x in xs]` where a value stands.
fn collection(source: &str, before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    // The grammar takes `return [1` for an index.
    let returned = before.rfind('[').and_then(|open| {
        let ahead = before.get(..open)?.trim_end();
        (word_before(ahead).0 == "return").then_some((ahead, source.get(open..)?, open))
    });
    let (before, rest, at) = returned.unwrap_or((before, rest, at));
    let opens_value = before.is_empty()
        || before.ends_with(['=', '(', ',', '?', '+', '!', '&', '|', '<', '>'])
        || word_before(before).0 == "return"
        || (rest.starts_with('[') && before.ends_with([';', '{', '}', ':']));
    let opening = rest.chars().next().filter(|next| matches!(next, '[' | '{'))?;
    if !opens_value {
        return None;
    }
    let closing = if opening == '[' { ']' } else { '}' };
    let inside = rest.get(1..)?.split(closing).next()?;
    if inside.contains(" for ") {
        return unsupported(
            at,
            1,
            "comprehensions are not in the language",
            "make an array and fill it: `ys = new int[xs.length]; for (int i = 0; i < xs.length; i += 1) { ys[i] = xs[i]; }`",
        );
    }
    if opening == '{' && (inside.contains(':') || inside.trim().is_empty()) {
        return unsupported(at, 1, "maps have no literal", "write `m = new Map(); m.put('key', 1);`");
    }
    if inside.trim().is_empty() {
        return unsupported(at, 1, "an array is made with `new`", "write `new String[0]`");
    }
    let ty = match inside.trim_start().chars().next() {
        Some('\'' | '"') => "String",
        Some('t' | 'f') => "boolean",
        _ if inside.contains('.') => "double",
        _ => "int",
    };
    let code = format!("new {ty}[]{{{}}}", inside.trim());
    unsupported(at, 1, "an array is made with `new`", format!("write {}", quote(&code)))
}

/// A word between two operands.
fn infix(before: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    let is_loop = before
        .rsplit_once('(')
        .is_some_and(|(ahead, _)| ahead.trim_end().ends_with("for"));
    if is_loop || !ends_operand(before) {
        return None;
    }
    let word = word_at(rest);
    let after = rest.get(word.len()..)?.trim_start();
    if word.eq_ignore_ascii_case("not") && word_at(after).eq_ignore_ascii_case("in") {
        let help = "for a text write `!text.contains(part)`, for a map `!m.containsKey('key')`; an array is walked with a `for`";
        return unsupported(at, word.len(), "`not in` is not in the language", help);
    }
    let (_, help) = INFIX.iter().find(|(known, _)| word.eq_ignore_ascii_case(known))?;
    unsupported(at, word.len(), format!("{} is not in the language", quote(word)), *help)
}

/// Whether a text ends where an operand may.
pub(super) fn ends_operand(text: &str) -> bool {
    text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '$' | ')' | ']' | '\'' | '"'))
}
