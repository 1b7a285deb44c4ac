//! Says what is wrong where the grammar could not go on: what was expected, what was found, what to write.

use super::arms;
use super::endings::{begins_statement, in_brackets, place_of_value, semicolon, unended_step};
use super::foreign;
use super::header;
use super::infix;
use super::refusal::{missing_semicolon, refused, reserved_word, unsupported};
use super::reserved::{KEYWORDS, is_type_like, reserved};
use super::scan::{
    Place, condition_at, ends_operand, in_spliced, operand_at, operand_before, skip_space, word_at, word_before,
};
use crate::advice::{self, Advice};
use crate::diagnostic::{Code, Diagnostic, closest, quote, quote_code, write_code};
use crate::dialect::Dialect;
use crate::source::Span;

/// Words of other languages that may stand before an operand in the middle of an expression.
const BEFORE_OPERANDS: &[&str] = &[
    "and",
    "or",
    "not",
    "instanceof",
    "typeof",
    "AND",
    "OR",
    "NOT",
    "lambda",
    "await",
    "yield",
];

/// Explains a failure of the grammar, which understood the source up to `furthest`.
pub(super) fn explain(advice: Advice, source: &str, furthest: usize) -> Diagnostic {
    let place = Place::of(advice, source, furthest);
    header::colon(&place)
        .or_else(|| header::commas(&place))
        .or_else(|| unended_step(&place))
        .or_else(|| block(&place))
        .or_else(|| arms::arm(&place))
        .or_else(|| foreign::construct(&place))
        .or_else(|| split_operator(&place))
        .or_else(|| operator(&place))
        .or_else(|| imported(&place))
        .or_else(|| word(&place))
        .or_else(|| declared_again(&place))
        .or_else(|| declared(&place))
        .or_else(|| header::in_statement(&place))
        .or_else(|| header::misspelt(&place))
        .or_else(|| layout(&place))
        .or_else(|| foreign::call(&place))
        .or_else(|| misspelt(&place))
        .or_else(|| semicolon(&place))
        .unwrap_or_else(|| unexpected(&place))
}

/// `x -> { return x; }`, `case 1 -> { return x; }`
fn block(place: &Place<'_>) -> Option<Diagnostic> {
    let word = word_at(place.inside('{')?.trim_start());
    let is_block = KEYWORDS.contains(&word) && place.before_bracket().ends_with("->");
    let message = "a block is a statement and has no value";
    is_block.then(|| {
        refused(
            place.open.unwrap_or(place.at),
            1,
            message,
            "write the value alone behind `->`",
        )
    })
}

/// `= =`, `! =`: an operator with a space inside.
fn split_operator(place: &Place<'_>) -> Option<Diagnostic> {
    let Place { before, rest, at, .. } = *place;
    let first = |text: &str| text.chars().next().filter(|mark| "=!<>".contains(*mark));
    let (mark, start, end) = match (before.chars().last().filter(|mark| "=!<>".contains(*mark)), first(rest)) {
        (Some(mark), Some('=')) if !place.is_adjacent() => (mark, before.len() - 1, at + 1),
        (_, Some(mark)) => {
            let behind = rest.get(1..)?;
            let gap = behind.len() - behind.trim_start_matches(' ').len();
            let is_split = gap > 0 && behind.trim_start_matches(' ').starts_with('=');
            is_split.then_some((mark, at, at + gap + 2))?
        }
        _ => return None,
    };
    let span = Span::new(start as u32, end as u32);
    let help = format!("write `{mark}=`");
    Some(Diagnostic::error(Code::UnexpectedToken, span, "an operator has no space inside").with_help(help))
}

/// An operator the language leaves out, at the place or just before it.
fn operator(place: &Place<'_>) -> Option<Diagnostic> {
    // The grammar may have taken the first characters of `===` or `<<` for an operator of its own.
    for taken in [2, 1, 0] {
        let start = match taken {
            0 => place.at,
            _ if !place.is_adjacent() => continue,
            _ => match place.at.checked_sub(taken) {
                Some(start) => start,
                None => continue,
            },
        };
        let Some(text) = place.source.get(start..) else {
            continue;
        };
        let found = place
            .advice
            .operators()
            .find(|(operator, _)| operator.len() > taken && text.starts_with(operator));
        // `&&` stands where an operand should.
        let is_own = |operator: &str| matches!(operator, "&" | "|") && text.starts_with(&operator.repeat(2));
        if let Some((operator, help)) = found.filter(|(operator, _)| !is_own(operator)) {
            let opens = place.source.get(..start)?.trim_end();
            let opens = opens.is_empty() || opens.ends_with([';', '{', '}']);
            if operator == "?." && place.advice.dialect() == Dialect::Selvedge {
                let span = Span::new(start as u32, start as u32 + 2);
                let error = Diagnostic::error(Code::UnexpectedToken, span, "unexpected `?.`");
                return Some(error.with_help(advice::with_operand(help, "x")));
            }
            if operator == "--" && opens && text.get(2..)?.starts_with([' ', '-']) {
                return Some(unsupported(place.source, start, 2, "a comment starts with `//`"));
            }
            let before = operand_before(place.source.get(..start)?.trim_end());
            let after = operand_at(text.get(operator.len()..)?.trim_start());
            let is_name = |operand: &&str| operand.starts_with(|first: char| first.is_alphabetic() || first == '_');
            let prefixed = after.filter(|after| is_name(after) && !ends_operand(place.before));
            let help = advice::with_operand(help, before.or(prefixed).unwrap_or("x"));
            let help = match after.filter(|_| before.is_some()) {
                Some(other) => advice::about(&help, &[("other", other), ("y", other)]),
                None => help,
            };
            return Some(unsupported(place.source, start, operator.len(), help));
        }
    }
    None
}

/// An import that has no `;` at the end of its line.
fn imported(place: &Place<'_>) -> Option<Diagnostic> {
    let names = place.source.get(place.statement_start()..)?.strip_prefix("import")?;
    let behind = names.trim_start_matches(|next: char| next.is_alphanumeric() || " \t_$.*".contains(next));
    let names = names.get(..names.len() - behind.len())?.trim_end();
    let is_import = names.starts_with(' ') && names.contains('.');
    let is_ended = behind.is_empty() || behind.starts_with(['\n', '\r', '}']) || behind.starts_with("//");
    let end = place.statement_start() + "import".len() + names.len();
    (is_import && is_ended).then(|| missing_semicolon(place.source, end))
}

/// A keyword the language leaves out.
fn word(place: &Place<'_>) -> Option<Diagnostic> {
    let source = place.source;
    let first = place.statement_start();
    let (previous, start) = word_before(place.before);
    // An import behind a statement that has not ended.
    if word_at(place.rest) == "import" && begins_statement(place) {
        return None;
    }
    // `if (n > 1) then { … }`
    let is_between = place.rest.starts_with('{') || matches!(previous, "then" | "do");
    let after_header = place.before.get(..start)?.trim_end().ends_with(')') && is_between;
    let not = previous.eq_ignore_ascii_case("not");
    if not && operand_at(place.rest).is_some() {
        return Some(unsupported(source, start, previous.len(), negated(place.rest)));
    }
    let words = [
        (word_at(place.rest), place.at, !is_used(place.rest)),
        (
            previous,
            start,
            start == first || after_header || BEFORE_OPERANDS.contains(&previous),
        ),
        (word_at(source.get(first..)?), first, opens_statement(source, first)),
    ];
    let keywords = words.into_iter().filter(|(_, _, is_keyword)| *is_keyword);
    let mut foreign = keywords.filter_map(|(word, at, _)| Some((word, at, place.advice.of_keyword(word)?)));
    let (word, at, help) = foreign.next()?;
    if let Some(help) = infix::guarded(place).filter(|_| matches!(word, "and" | "AND")) {
        return Some(unsupported(source, at, word.len(), help));
    }
    let whole = infix::condition(place).filter(|_| matches!(word, "and" | "or" | "AND" | "OR"));
    let help = whole.map_or_else(|| help.to_owned(), |code| format!("{help}: {}", quote_code(&code)));
    Some(unsupported(source, at, word.len(), help))
}

/// What `not` before a condition is here: it takes in comparisons, and ends at the next `and`.
fn negated(rest: &str) -> String {
    match condition_at(rest) {
        Some(condition) => write_code(&format!("!{}", advice::operand(condition))),
        None => "write `!(…)` around the condition".to_owned(),
    }
}

/// Whether the word that a text begins with is assigned to, or read for a member: it is a name then.
fn is_used(text: &str) -> bool {
    let after = text.get(word_at(text).len()..).unwrap_or("").trim_start();
    let assigned = after.trim_start_matches(['+', '-', '*', '/', '%']);
    (assigned.starts_with('=') && !assigned.starts_with("==")) || after.starts_with('.')
}

/// Whether the word at a place is used as a keyword: a bracket or another word follows, and no operator.
fn opens_statement(source: &str, start: usize) -> bool {
    let rest = source.get(start..).unwrap_or("");
    let after = rest.get(word_at(rest).len()..).unwrap_or("").trim_start();
    after.starts_with(|next: char| next == '(' || next == '{' || next.is_alphabetic())
}

/// `int i = 0, int j = 1;`
fn declared_again(place: &Place<'_>) -> Option<Diagnostic> {
    let behind = place.rest.strip_prefix(',')?.trim_start();
    let ty = word_at(behind);
    let at = place.source.len() - behind.len();
    let is_declaration = is_type_like(word_at(place.statement()))
        && is_type_like(ty)
        && place.open.is_none_or(|_| place.inside('{').is_some());
    let span = Span::new(at as u32, (at + ty.len()) as u32);
    let error = Diagnostic::error(
        Code::UnexpectedToken,
        span,
        format!("unexpected type {} in a declaration", quote(ty)),
    );
    is_declaration
        .then(|| error.with_help("the type stands once, `int i = 0, j = 1;`; or end the first declaration with `;`"))
}

/// A declaration that the grammar gave up at its name: `int x == 3;`, or `int x` without a `;`.
fn declared(place: &Place<'_>) -> Option<Diagnostic> {
    // The grammar may have given up between the brackets of an array's type.
    let closed = place.rest.strip_prefix(']').filter(|_| place.before.ends_with('['));
    let start = closed.map_or(place.at, |behind| {
        skip_space(place.source, place.source.len() - behind.len())
    });
    let ty = place.statement().trim_end_matches(['[', ']']).trim_end();
    let name = word_at(place.source.get(start..)?);
    if !is_type_like(ty) || name.is_empty() || reserved(name).is_some() {
        return None;
    }
    let end = start + name.len();
    let next = skip_space(place.source, end);
    let rest = place.source.get(next..)?;
    if rest.starts_with("==") {
        let span = Span::new(next as u32, next as u32 + 2);
        let error = Diagnostic::error(
            Code::UnexpectedToken,
            span,
            "expected `=` in the declaration, found `==`",
        );
        return Some(error.with_help("`==` compares: write `=`").with_suggestion(span, "="));
    }
    if let Some(error) = declared_with(rest, next, name) {
        return Some(error);
    }
    let continues = rest.starts_with(['=', ',', '(', '[']) || (next == end && !rest.is_empty());
    (!continues).then(|| missing_semicolon(place.source, end))
}

/// A declaration whose operator sets no new variable: `int x := 5;`, `int sum += n;`.
fn declared_with(rest: &str, at: usize, name: &str) -> Option<Diagnostic> {
    let operator = [":=", "+=", "-=", "*=", "/=", "%="]
        .into_iter()
        .find(|operator| rest.starts_with(operator))?;
    let span = Span::new(at as u32, at as u32 + 2);
    let message = format!("expected `=` in the declaration, found `{operator}`");
    let error = Diagnostic::error(Code::UnexpectedToken, span, message);
    if operator == ":=" {
        return Some(error.with_help("write `=`").with_suggestion(span, "="));
    }
    let help = "declare it once, before any loop, with the value it begins with";
    Some(error.with_help(format!(
        "{help}; here {} without the type",
        quote_code(&format!("{name} {operator} …"))
    )))
}

/// Brackets, declarations and `;` where they cannot stand.
fn layout(place: &Place<'_>) -> Option<Diagnostic> {
    let Place { before, rest, at, .. } = *place;
    let ahead = before.strip_suffix("[]").map(str::trim_end);
    let is_index = ahead.is_some_and(|ahead| !place_of_value(ahead));
    if is_index && !rest.starts_with(['{', '[']) {
        let span = Span::new(before.len() as u32 - 2, before.len() as u32);
        return Some(
            Diagnostic::error(Code::UnexpectedToken, span, "expected an index between the brackets")
                .with_help("write `xs[0]`; or, for a new array, a name after the type, `long[] xs = …;`"),
        );
    }
    if rest.starts_with('[') && before.ends_with(']') && !place.statement().contains("new ") {
        let ty = word_at(place.statement());
        let help = match is_type_like(ty) {
            true => format!("declare one array, `{ty}[]`, with `i * width + j` as the index"),
            false => "use one array, with `i * width + j` as the index".to_owned(),
        };
        return Some(refused(at, 1, "an array has one dimension", help));
    }
    if let Some(error) = header::parts(place) {
        return Some(error);
    }
    if rest.starts_with(';') && (place.inside('(').is_some() || place.inside('[').is_some()) {
        let span = Span::new(at as u32, at as u32 + 1);
        let message = "expected `,` or the closing bracket, found `;`";
        return Some(
            Diagnostic::error(Code::UnexpectedToken, span, message).with_help("arguments are separated by `,`"),
        );
    }
    if word_before(before).0 == "else" && is_type_like(word_at(rest)) {
        return Some(header::declared_body(word_at(rest), at));
    }
    let ended = matches!(before.bytes().last(), None | Some(b';' | b'{' | b'}' | b')'));
    (ended && rest.starts_with(';')).then(|| header::empty_statement(at))
}

/// A keyword that is misspelt at the start of a statement: `retrun 1;`, `whlie (true) { }`.
fn misspelt(place: &Place<'_>) -> Option<Diagnostic> {
    let statement = place.statement();
    let word = word_at(statement);
    let after = statement.get(word.len()..)?.trim();
    let continues = word_at(place.rest) != "else";
    if word == "else" && ((after.is_empty() && continues) || place.rest.starts_with('{')) {
        let span = Span::new(place.statement_start() as u32, place.statement_start() as u32 + 4);
        if after.is_empty() && (place.rest.is_empty() || place.rest.starts_with('}')) {
            return Some(header::missing_body(word, place.statement_start(), word.len()));
        }
        let (message, help) = match after.is_empty() {
            true => (
                "`else` without a matching `if`",
                "write it after the body of an `if`; several statements stand in braces, `{ … }`",
            ),
            false => ("expected `if` or a statement after `else`", "write `else if`"),
        };
        return Some(Diagnostic::error(Code::UnexpectedToken, span, message).with_help(help));
    }
    let is_header = after.is_empty() || (after.starts_with('(') && after.ends_with(')'));
    if !is_header || !begins_statement(place) || reserved(word).is_some() {
        return None;
    }
    let found = closest(word, KEYWORDS.iter().copied())?;
    let start = place.statement_start() as u32;
    let span = Span::new(start, start + word.len() as u32);
    Some(
        Diagnostic::error(Code::UnexpectedToken, span, format!("unknown keyword {}", quote(word)))
            .with_help(format!("did you mean {}?", quote(found)))
            .with_suggestion(span, found),
    )
}

pub(super) fn unexpected(place: &Place<'_>) -> Diagnostic {
    let Place { before, rest, at, .. } = *place;
    let word = word_at(rest);
    if let Some(error) = hexadecimal(place).or_else(|| number(word, rest, at)) {
        return error;
    }
    let next = rest.chars().next();
    if let Some(character) = next.filter(|next| !next.is_ascii() && word.is_empty()) {
        return super::refusal::unexpected_character(place.advice, character, at);
    }
    let digits = word_before(before).0;
    let grouped = rest.strip_prefix(',').map(word_at);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if place.open.is_none() && is_digits(digits) && grouped.is_some_and(|group| group.len() == 3 && is_digits(group)) {
        let span = Span::new((before.len() - digits.len()) as u32, at as u32 + 4);
        let error = Diagnostic::error(
            Code::InvalidNumber,
            span,
            format!("invalid number {}", quote(span.of(place.source))),
        );
        return error.with_help("write it without `,`");
    }
    let length = match word {
        "" if ["&&", "||", "??", "?."]
            .iter()
            .any(|operator| rest.starts_with(operator)) =>
        {
            2
        }
        "" => next.map_or(0, char::len_utf8),
        word => word.len(),
    };
    let span = Span::new(at as u32, (at + length) as u32);
    let (previous, start) = word_before(before);
    let is_literal = |word| matches!(word, "true" | "false" | "null");
    let of_previous =
        reserved(previous).filter(|_| start != place.statement_start() && previous != "else" && !is_literal(previous));
    if let Some(kind) = of_previous {
        let span = Span::new(start as u32, (start + previous.len()) as u32);
        return reserved_word(place.advice, previous, kind, span);
    }
    // A literal behind a value is told of as any other value.
    let stands_free = !is_literal(word) || place.expects_operand();
    if let Some(kind) = reserved(word).filter(|_| stands_free) {
        return reserved_word(place.advice, word, kind, span);
    }
    let (expected, help) = if before.ends_with('.') && rest.starts_with(['\'', '"']) {
        (
            "a name",
            "an entry of a map is read with `.get('key')`; texts are joined with `+`",
        )
    } else if before.ends_with('.') {
        ("a name", "write the name of a method or a field after the `.`")
    } else if place.expects_operand() && rest.is_empty() {
        ("an expression", "end it with a value, a name or a call")
    } else if place.expects_operand() {
        (
            "an expression",
            "write a value, a name or a call before it, or remove it",
        )
    } else if in_spliced(place.source, at) {
        let help = match next {
            Some('?') => "put it into parentheses inside of the braces",
            Some('=') => "a variable is set in a statement of its own",
            Some('!') => "leave it out; a conversion stands behind `:`, as in `f'{n:05d}'`",
            _ => "close the code with `}`; a conversion stands behind `:`, as in `f'{n:05d}'`",
        };
        ("an operator or `}`", help)
    } else {
        in_brackets(place).unwrap_or((
            "an operator or `;`",
            "put an operator between the two, or `;` after a statement",
        ))
    };
    let message = match rest.get(..length).filter(|found| !found.is_empty()) {
        Some(found) => format!("expected {expected}, found {}", quote(found)),
        None => format!("unexpected end of input, expected {expected}"),
    };
    Diagnostic::error(Code::UnexpectedToken, span, message).with_help(help)
}

/// `0x1.8p3`, which the grammar gives up behind `0x1` or at the fraction.
fn hexadecimal(place: &Place<'_>) -> Option<Diagnostic> {
    let is_part = |next: char| next.is_ascii_alphanumeric() || next == '.';
    let start = place.before.trim_end_matches(is_part).len();
    let text = place.source.get(start..)?;
    let text = text.get(..text.find(|next| !is_part(next)).unwrap_or(text.len()))?;
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    if !digits.contains(['.', 'p', 'P']) {
        return None;
    }
    let span = Span::new(start as u32, (start + text.len()) as u32);
    let message = format!("invalid number {}", quote(text));
    let error = Diagnostic::error(Code::InvalidNumber, span, message);
    Some(error.with_help("a number in hexadecimal is an integer, such as `0x1F`: write it in decimal, such as `1.5`"))
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
        _ if word.starts_with("0b") || word.starts_with("0o") => {
            (word, "write it in decimal, or in hexadecimal, such as `0x1F`")
        }
        _ => (
            word,
            "a name cannot begin with a digit; an integer may end with `L`, a decimal number with `f` or `d`",
        ),
    };
    let span = Span::new(at as u32, (at + text.len()) as u32);
    let message = format!("invalid number {}", quote(text));
    Some(Diagnostic::error(Code::InvalidNumber, span, message).with_help(help))
}
