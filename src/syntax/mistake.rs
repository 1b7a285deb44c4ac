//! Says in plain words what is wrong where the grammar could not go on: what stands there, what was expected, what to write.

use super::foreign;
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
    (
        "?:",
        "`?:`: this is no operator of the language",
        "write `x == null ? other : x`",
    ),
    ("?.", "`?.`", "test for null first: `x == null ? … : x.…`"),
    ("??", "`??`", "write `x == null ? other : x`"),
    ("<>", "`<>`", "write `!=`"),
    ("<<", "shifting", "multiply or divide by a power of two"),
    (">>", "shifting", "multiply or divide by a power of two"),
    (":=", "`:=`: this is no operator of the language", "write `=`"),
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
];

/// Explains a failure of the grammar, which understood the source up to `furthest`.
pub(super) fn explain(source: &str, furthest: usize) -> Diagnostic {
    let at = skip_space(source, furthest);
    let before = source.get(..at).unwrap_or("").trim_end();
    let rest = source.get(at..).unwrap_or("");
    foreign::construct(source, before, rest, at)
        .or_else(|| foreign_operator(before, rest, at))
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
    let first = statement_start(before);
    let words = [
        (next, at, true),
        (previous, previous_start, previous_start == first || joins(previous)),
        (
            word_at(source.get(first..).unwrap_or("")),
            first,
            opens_statement(source, first),
        ),
    ];
    for (word, start, foreign) in words {
        if let (true, Some(advice)) = (foreign, reserved::advice(word)) {
            return unsupported(
                start,
                word.len(),
                format!("{} is not in the language", quote(word)),
                advice,
            );
        }
    }
    if let Some(error) = header_in(source, first, at) {
        return Some(error);
    }
    if before.ends_with("[]") && !rest.starts_with(['{', '[']) {
        let span = Span::new(before.len() as u32 - 2, before.len() as u32);
        return Some(
            Diagnostic::error(Code::UnexpectedToken, span, "the brackets are empty")
                .with_help("write an index, `xs[0]`; or a name after the type of an array, `long[] xs = …;`"),
        );
    }
    if rest.starts_with('[') && before.ends_with(']') && !source.contains("new ") {
        return unsupported(
            at,
            1,
            "arrays have one dimension".to_owned(),
            "use one array, with `i * width + j` as the index",
        );
    }
    let generic = source
        .get(first..)
        .unwrap_or("")
        .split_once('<')
        .map(|(word, _)| word.trim());
    if generic.is_some_and(is_type_like) {
        return unsupported(
            first + generic.map_or(0, str::len),
            1,
            "types take no parameters".to_owned(),
            "write `Map`, without `<…>`",
        );
    }
    let operand = |next: char| next.is_alphanumeric() || matches!(next, '\'' | '"' | '(');
    if before.ends_with(')') && rest.starts_with(operand) {
        let inside = before
            .rfind('(')
            .and_then(|open| before.get(open + 1..before.len() - 1))
            .unwrap_or("");
        if is_type_like(inside.trim()) {
            let start = before.len() - inside.len() - 2;
            let help = "a DOUBLE is cut with `x.longValue()`, a text is read with `Long.parseLong(text)`, any value becomes a text with `String.valueOf(x)`";
            return unsupported(
                start,
                inside.len() + 2,
                "casts are not in the language".to_owned(),
                help,
            );
        }
    }
    if previous == "else" && is_type_like(next) {
        return Some(declared_body(next, at));
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

/// Where the statement that a text ends in begins.
pub(super) fn statement_start(before: &str) -> usize {
    let start = before.rfind([';', '{', '}']).map_or(0, |at| at + 1);
    before.len() - before.get(start..).unwrap_or("").trim_start().len()
}

/// Whether the word at a place is used as a keyword: a bracket or another word follows, and no operator.
fn opens_statement(source: &str, start: usize) -> bool {
    let rest = source.get(start..).unwrap_or("");
    let after = rest.get(word_at(rest).len()..).unwrap_or("").trim_start();
    after.starts_with(|next: char| next == '(' || next == '{' || next.is_alphabetic())
}

/// Whether a word of another language stands between operands.
fn joins(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "instanceof" | "AND" | "OR" | "NOT")
}

/// What is wrong with the `if` or loop whose word stands at `at`: where it stands, its condition or its body.
pub(super) fn header(source: &str, word: &str, at: usize) -> Option<Diagnostic> {
    let before = source.get(..at).unwrap_or("").trim_end();
    if before.ends_with(['=', '(', ',']) || word_before(before).0 == "return" {
        let span = Span::new(at as u32, (at + word.len()) as u32);
        let message = format!("`{word}` is a statement, it has no value");
        return Some(
            Diagnostic::error(Code::UnsupportedSyntax, span, message)
                .with_help("write `condition ? value : otherwise`"),
        );
    }
    let inside = skip_space(source, at + word.len());
    if !source.get(inside..)?.starts_with('(') {
        let span = Span::new(at as u32, (at + word.len()) as u32);
        let message = format!("`{word}` is followed by parentheses");
        let help = match word {
            "for" => "write `for (int i = 0; i < n; i += 1) { … }`".to_owned(),
            _ => format!("write `{word} (condition) {{ … }}`"),
        };
        return Some(Diagnostic::error(Code::UnexpectedToken, span, message).with_help(help));
    }
    let closed = after_brackets(source, inside)?;
    let head = source.get(inside..closed)?;
    if word == "for" && !head.contains(';') {
        let span = Span::new(at as u32, closed as u32);
        return Some(
            Diagnostic::error(
                Code::UnsupportedSyntax,
                span,
                "a `for` has three parts, with `;` between them",
            )
            .with_help("write `for (int i = 0; i < xs.length; i += 1) { … }`, and take the element as `xs[i]`"),
        );
    }
    let body = skip_space(source, closed);
    let rest = source.get(body..)?;
    if rest.starts_with(';') {
        let span = Span::new(body as u32, body as u32 + 1);
        return Some(
            Diagnostic::error(Code::UnsupportedSyntax, span, "the statement is empty")
                .with_help("remove the `;`, or write `{}`"),
        );
    }
    let declared = word_at(rest);
    is_type_like(declared).then(|| declared_body(declared, body))
}

fn declared_body(declared: &str, at: usize) -> Diagnostic {
    let span = Span::new(at as u32, (at + declared.len()) as u32);
    let message = "a declaration cannot be the body of an `if` or a loop";
    Diagnostic::error(Code::UnsupportedSyntax, span, message).with_help("put it into braces, `{ … }`")
}

/// What is wrong with the `if` or loop that stands in a statement before the place where the grammar could not go on.
fn header_in(source: &str, statement: usize, at: usize) -> Option<Diagnostic> {
    let end = at + word_at(source.get(at..)?).len();
    let mut start = statement;
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

/// The place after the bracket that closes the one at `open`. Strings may hold brackets of their own.
fn after_brackets(source: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in source.bytes().enumerate().skip(open) {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(opening), _) if byte == opening => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') if depth == 1 => return Some(at + 1),
            (None, b')') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    None
}

/// A statement that goes on where a `;` should stand.
fn semicolon(before: &str, rest: &str) -> Option<Diagnostic> {
    let ends_operand = foreign::ends_operand(before);
    let starts_statement = rest.is_empty()
        || rest.starts_with('}')
        || rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$' | '\'' | '"' | '{'));
    let at = before.len() as u32;
    (ends_operand && starts_statement && reserved(word_before(before).0).is_none_or(|_| rest.is_empty()))
        .then(|| super::build::missing_semicolon(at))
}

fn unexpected(before: &str, rest: &str, at: usize) -> Diagnostic {
    let word = word_at(rest);
    if let Some(error) = number(word, rest, at) {
        return error;
    }
    if let Some(character) = rest.chars().next().filter(|next| !next.is_ascii() && word.is_empty()) {
        return super::guard::meaningless(character, at);
    }
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
    let (expected, help) = if before.ends_with('.') {
        ("a name", "write the name of a method or a field after the `.`")
    } else if after_operator && rest.is_empty() {
        ("an expression", "end it with a value, a name or a call")
    } else if after_operator {
        (
            "an expression",
            "write a value, a name or a call before it, or take it out",
        )
    } else {
        (
            "an operator or `;`",
            "put an operator between the two, or `;` after a statement",
        )
    };
    let (previous, start) = word_before(before);
    if let Some(kind) = reserved(previous).filter(|_| start != statement_start(before) && previous != "else") {
        let span = Span::new(start as u32, (start + previous.len()) as u32);
        return super::build::reserved_word(previous, kind, span);
    }
    if let Some(kind) = reserved(word) {
        return super::build::reserved_word(word, kind, span);
    }
    Diagnostic::error(
        Code::UnexpectedToken,
        span,
        format!("{what} where {expected} is expected"),
    )
    .with_label(format!("{expected} expected"))
    .with_help(help)
}

/// A word that begins like a number and is none.
fn number(word: &str, rest: &str, at: usize) -> Option<Diagnostic> {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    if !word.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let after = rest.get(word.len()..).unwrap_or("");
    let (text, help) = match after.strip_prefix('.').map(word_at) {
        None if is_number(word) => return None,
        Some(name) if is_number(word) && (name.is_empty() || is_number(name)) => return None,
        Some(name) if is_number(word) => (
            rest.get(..=word.len() + name.len()).unwrap_or(word),
            "to call a method of a number, put it into parentheses: `(5).toString()`",
        ),
        _ if is_number(&word.replace('_', "")) => (word, "write it without `_`"),
        _ => (
            word,
            "a name cannot begin with a digit; `L` goes with integers, `f` and `d` go with decimal numbers",
        ),
    };
    let span = Span::new(at as u32, (at + text.len()) as u32);
    let message = format!("{} is not written as a number", quote(text));
    Some(Diagnostic::error(Code::InvalidNumber, span, message).with_help(help))
}

fn is_type_like(word: &str) -> bool {
    crate::types::Type::from_source_name(word).is_some()
        || matches!(word, "Object" | "List" | "char" | "byte" | "short")
}

/// The word that a text begins with.
pub(super) fn word_at(text: &str) -> &str {
    let end = text.find(|next: char| !(next.is_alphanumeric() || next == '_' || next == '$'));
    text.get(..end.unwrap_or(text.len())).unwrap_or("")
}

/// The word that a text ends with, and where it starts.
pub(super) fn word_before(text: &str) -> (&str, usize) {
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
