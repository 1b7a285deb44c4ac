//! Constructs of Python, JavaScript, SQL and template languages, where the grammar could not go on: what to write here.

use super::creation;
use super::infix;
use super::literals;
use super::refusal::{refused, reserved_word, unsupported};
use super::reserved::{Reserved, is_type_like, reserved};
use super::scan::{
    Place, after_brackets, after_string, ends_operand, operand_at, operand_before, skip_space, statement_start,
    word_at, word_before,
};
use super::slice;
use super::template;
use crate::advice::{self, Advice, Section};
use crate::diagnostic::{Code, Diagnostic, quote, write_code};
use crate::source::Span;
use crate::types::Type;

/// What queries begin with, and a word that follows it.
const QUERIES: &[(&str, &str)] = &[
    ("select", "from"),
    ("with", "select"),
    ("insert", "into"),
    ("update", "set"),
    ("delete", "from"),
    ("create", "as"),
];

/// What is wrong with a `return` that the grammar took for a name: it has no value, or a list.
pub(super) fn returned(advice: Advice, source: &str, after: usize, word: Span) -> Option<Diagnostic> {
    let rest = source.get(after..)?;
    let value = rest.trim_start();
    if value.starts_with('[') {
        return literals::collection(&Place::of(advice, source, after));
    }
    let has_value = !value.is_empty() && !value.starts_with([';', '}']);
    if has_value && !value.contains([';', '{', '\n']) {
        let error = Diagnostic::error(Code::ReservedWord, word, "unexpected keyword `return`");
        return Some(
            error.with_help("end the statement with `;`: only a program that is one expression may leave it out"),
        );
    }
    let error = Diagnostic::error(Code::ReservedWord, word, "`return` has no value");
    (!has_value).then(|| {
        error.with_help("write what the program gives, such as `return 1;`; `return '';` where nothing is meant")
    })
}

/// A construct of another language at the place where the grammar could not go on.
pub(super) fn construct(place: &Place<'_>) -> Option<Diagnostic> {
    query(place)
        .or_else(|| template::text(place.source))
        .or_else(|| spreadsheet(place))
        .or_else(|| shell(place))
        .or_else(|| template::placeholder(place))
        .or_else(|| quoted(place))
        .or_else(|| type_parameters(place))
        .or_else(|| cast(place))
        .or_else(|| slice::part_of_text(place))
        .or_else(|| conditional(place))
        .or_else(|| literals::literal(place))
        .or_else(|| creation::creation(place))
        .or_else(|| tuple(place))
        .or_else(|| literals::collection(place))
        .or_else(|| literals::elements(place))
        .or_else(|| pattern(place))
        .or_else(|| declaration(place))
        .or_else(|| infix::infix(place))
}

/// A query, by its first word and one that follows it.
fn query(place: &Place<'_>) -> Option<Diagnostic> {
    let source = place.source;
    let start = source.len() - source.trim_start().len();
    let first = word_at(source.get(start..)?);
    let (_, second) = QUERIES.iter().find(|(word, _)| first.eq_ignore_ascii_case(word))?;
    let mut words = source.get(start + first.len()..)?.split_whitespace().take(64);
    // `SELECT 1`
    let is_alone = first.eq_ignore_ascii_case("select") && place.before.trim_start() == first;
    if !is_alone && !words.any(|word| word.eq_ignore_ascii_case(second)) {
        return None;
    }
    let help = "write the query as a text of the definition; an expression computes the values that it takes";
    Some(refused(start, first.len(), "this is SQL, not an expression", help))
}

/// `=n+1`
fn spreadsheet(place: &Place<'_>) -> Option<Diagnostic> {
    let formula = place.rest.strip_prefix('=').filter(|_| place.before.is_empty())?;
    let is_formula = formula.starts_with(|next: char| next.is_alphanumeric() || "'\"(-".contains(next));
    let line = formula.lines().next()?;
    // What is called in a spreadsheet is called otherwise here.
    let help = match line.contains('(') {
        true => "remove it".to_owned(),
        false => write_code(line),
    };
    is_formula.then(|| refused(place.at, 1, "an expression has no `=` before it", help))
}

/// Whether a text begins with a test of a shell.
pub(super) fn opens_test(text: &str) -> bool {
    ["[[ ", "[ $", "[ -"].iter().any(|test| text.starts_with(test))
}

/// `[[ $name == 'a' ]]`, `[ $n -gt 5 ]` and `$n -gt 5`.
fn shell(place: &Place<'_>) -> Option<Diagnostic> {
    let start = skip_space(place.source, 0);
    let test = place.source.get(start..)?;
    if opens_test(test) && (place.before.is_empty() || !test.contains(',')) {
        let length = test.len() - test.trim_start_matches('[').len();
        let help = "a condition is an expression, such as `n > 5 && name == 'a'`";
        return Some(unsupported(place.source, start, length, help));
    }
    if let Some(tested) = place
        .source
        .trim()
        .strip_prefix("test ")
        .filter(|_| place.before.trim_start().starts_with("test"))
    {
        let help = match (tested.split_once("-z "), tested.split_once("-n ")) {
            (Some(("", text)), _) => write_code(&format!(
                "{0} == null || {0}.isEmpty()",
                text.trim().trim_matches(['"', '$', ';'])
            )),
            (_, Some(("", text))) => write_code(&format!(
                "{0} != null && !{0}.isEmpty()",
                text.trim().trim_matches(['"', '$', ';'])
            )),
            _ => "a condition is an expression, such as `n > 5 && name == 'a'`".to_owned(),
        };
        let start = place.source.len() - place.source.trim_start().len();
        return Some(unsupported(place.source, start, 4, help));
    }
    let (word, start) = word_before(place.before);
    let minus = place.before.get(..start)?.strip_suffix('-')?;
    let advice = place
        .advice
        .of(Section::Infix, word)
        .filter(|_| word.len() == 2 && ends_operand(minus.trim_end()))?;
    Some(unsupported(place.source, minus.len(), word.len() + 1, advice))
}

/// A word or another string before a string: `f'…'`, `DATE '2024-01-31'`, `'''…'''`, `'a' 'b'`; and `INTERVAL 1 DAY`.
fn quoted(place: &Place<'_>) -> Option<Diagnostic> {
    let Place { before, rest, at, .. } = *place;
    let (word, start) = word_before(before);
    let is_interval = word.eq_ignore_ascii_case("interval") && rest.starts_with(|next: char| next.is_ascii_digit());
    if !rest.starts_with(['\'', '"']) && !is_interval {
        return None;
    }
    // `b 'x'` lacks an operator, `b'x'` has a prefix.
    let is_prefix = place.is_adjacent() || word.len() > 2;
    let advice = place.advice.of_either_case(Section::Prefixes, word);
    if let Some(help) = advice.filter(|_| is_prefix) {
        let message = format!("unexpected {} before a value", quote(word));
        let literal = place.source.get(at..after_string(place.source, at));
        let joined = literal
            .filter(|_| word.contains(['f', 'F']))
            .and_then(|literal| place.advice.f_string(literal));
        let help = joined.map_or_else(|| help.to_owned(), |code| write_code(&code));
        return Some(refused(start, word.len(), message, help));
    }
    if !before.ends_with(['\'', '"']) {
        return None;
    }
    let is_same = place.is_adjacent() && before.chars().last() == rest.chars().next();
    let in_row = place.inside('[').or(place.inside('(')).is_some();
    let help = match is_same {
        true if before.ends_with("''") || before.ends_with("\"\"") => {
            "a string has one quote at each end; write a line break as `\\n`"
        }
        true => "write a quote inside of a text as `\\'` or `\\\"`; texts are joined with `+`",
        false if in_row => "separate values by `,`, or join texts with `+`: `'a' + 'b'`",
        false => "join texts with `+`: `'a' + 'b'`",
    };
    let message = match in_row {
        true => "expected an operator, `,` or the closing bracket, found a string",
        false => "expected an operator or `;`, found a string",
    };
    let span = Span::new(at as u32, at as u32 + 1);
    Some(Diagnostic::error(Code::UnexpectedToken, span, message).with_help(help))
}

/// `Map<String, Long>`, `new ArrayList<>()`.
fn type_parameters(place: &Place<'_>) -> Option<Diagnostic> {
    let start = place.statement_start();
    let made = place.statement().rfind("new ").map(|at| start + at + 4);
    let starts = [Some(start), made];
    starts
        .into_iter()
        .flatten()
        .find_map(|start| parameters_of_type(place.advice, place.source, start))
}

/// The error of a type with parameters that begins at a place.
pub(super) fn parameters_of_type(advice: Advice, source: &str, start: usize) -> Option<Diagnostic> {
    let word = word_at(source.get(start..)?);
    let after = source.get(start + word.len()..)?;
    let at = source.len() - after.trim_start().len();
    let rest = source.get(at..)?.strip_prefix('<')?;
    // `Map < 5` is a comparison, if a strange one, and `env <> 'a'` one of SQL.
    let is_class = word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let is_empty = rest.starts_with('>').then_some(is_class);
    let is_parameter = is_empty.unwrap_or_else(|| {
        rest.trim_start()
            .starts_with(|next: char| next == '>' || next.is_ascii_uppercase() || next == '?')
    });
    let help = match Type::from_source_name(word) {
        Some(_) if source.get(..start)?.trim_end().ends_with("new") => write_code(&format!("new {word}()")),
        Some(_) => format!("{}, without `<…>`", write_code(word)),
        None => advice.of(Section::Names, word)?.to_owned(),
    };
    is_parameter.then(|| refused(at, 1, "type parameters are not supported", help))
}

/// `(int) x`, `cast(x as int)`, `x::int`.
fn cast(place: &Place<'_>) -> Option<Diagnostic> {
    let Place { before, rest, at, .. } = *place;
    let is_operand = |next: char| next.is_alphanumeric() || matches!(next, '\'' | '"' | '(' | '_');
    let (start, length, ty, operand) = if rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("as")) {
        let (call, start) = word_before(place.before_bracket());
        let ty = word_at(rest.get(2..)?.trim_start());
        match call.to_ascii_lowercase().ends_with("cast") {
            true => (start, call.len(), ty, operand_before(before)),
            // `x as int`, as in Kotlin and Rust.
            false if word_at(rest).len() == 2 && ends_operand(before) => (at, 2, ty, operand_before(before)),
            false => return None,
        }
    } else if let Some(ty) = rest.strip_prefix("::") {
        (at, 2, word_at(ty), operand_before(before))
    } else {
        let inside = before.strip_suffix(')').filter(|_| rest.starts_with(is_operand))?;
        let open = inside.rfind('(')?;
        let ty = inside.get(open + 1..).map(str::trim).filter(|ty| is_type_like(ty))?;
        (open, before.len() - open, ty, operand_at(rest))
    };
    let help = place.advice.of_either_case(Section::Casts, ty);
    let help = help.or_else(|| is_type_like(ty).then_some("a value keeps its type: remove it"))?;
    // Of a literal the type is known, and one of the ways would be wrong.
    let is_literal = |operand: &str| operand.starts_with(|first: char| !(first.is_alphabetic() || first == '('));
    let operand = operand.filter(|operand| !is_literal(operand)).unwrap_or("x");
    let help = advice::with_operand(help, operand);
    Some(refused(start, length, "casts are not supported", help))
}

/// `value if condition else other`.
fn conditional(place: &Place<'_>) -> Option<Diagnostic> {
    if word_at(place.rest) == "else" {
        return branches(place);
    }
    if word_at(place.rest) != "if" || !ends_operand(place.before) {
        return None;
    }
    let line = place.rest.split([';', '\n']).next()?;
    let (condition, other) = line.get(2..)?.split_once(" else ")?;
    let value = place.statement();
    let value = value.strip_prefix("return ").unwrap_or(value);
    let value = ["=", "+=", "-=", "*=", "/=", "%="]
        .iter()
        .find_map(|assign| value.split_once(&format!(" {assign} ")))
        .map_or(value, |(_, value)| value);
    let help = match chosen(place.advice, value, condition, other, MAX_CHOSEN) {
        Some(code) => write_code(&code),
        None => "write `condition ? value : other`".to_owned(),
    };
    Some(refused(place.at, 2, "`if` is a statement and has no value", help))
}

/// How many values a conditional that is written anew chooses among, at most.
const MAX_CHOSEN: usize = 8;

/// `condition ? value : other` for `value if condition else other`, whose last part may be one as well; `None` if a part is more
/// than plain code.
fn chosen(advice: Advice, value: &str, condition: &str, other: &str, left: usize) -> Option<String> {
    let literal = |text: &str| match text.trim() {
        "True" => "true".to_owned(),
        "False" => "false".to_owned(),
        "None" => "null".to_owned(),
        text => text.to_owned(),
    };
    let (condition, value) = (condition.trim(), literal(value));
    let other = match other.split_once(" if ") {
        Some((second, rest)) => {
            let (second_condition, other) = rest.split_once(" else ")?;
            chosen(advice, second, second_condition, other, left.checked_sub(1)?)?
        }
        None => literal(other),
    };
    let is_plain = |code: &str| {
        let words = code.split(|next: char| !(next.is_alphanumeric() || next == '_'));
        let is_foreign = |word: &str| matches!(word, "and" | "or" | "not" | "is" | "if" | "else" | "for" | "lambda");
        advice::is_balanced(code) && !words.into_iter().any(is_foreign)
    };
    if ![condition, &value, &other]
        .into_iter()
        .all(|code| code.starts_with(['\'', '"']) || is_plain(code))
    {
        return None;
    }
    Some(match condition == value {
        true => advice.defaulted(&value, &other),
        false => format!("{condition} ? {value} : {other}"),
    })
}

/// `if (condition) value else other`, as an expression.
fn branches(place: &Place<'_>) -> Option<Diagnostic> {
    let statement = place.statement();
    let start = place.statement_start();
    let open = start + statement.find('(').filter(|_| word_at(statement) == "if")?;
    let closed = after_brackets(place.source, open).filter(|closed| *closed < place.before.len())?;
    let condition = place.source.get(open + 1..closed - 1)?.trim();
    let value = place.before.get(closed..)?.trim();
    let other = place.rest.strip_prefix("else")?.split([';', '\n']).next()?.trim();
    let is_value = |text: &str| !text.is_empty() && !text.contains(['{', '}']) && reserved(word_at(text)).is_none();
    if !is_value(value) || !is_value(other) || value.contains(" = ") {
        return None;
    }
    let code = format!("{condition} ? {value} : {other}");
    Some(refused(
        start,
        2,
        "`if` is a statement and has no value",
        write_code(&code),
    ))
}

/// `(a, b)`, and `'%s-%s' % (a, b)` or `% [a, b]`.
fn tuple(place: &Place<'_>) -> Option<Diagnostic> {
    let ahead = place.before_bracket();
    let (open, formatted) = match (place.open, place.before.strip_suffix('%')) {
        (None, Some(format)) if place.rest.starts_with('[') => (place.at, Some(format)),
        (Some(open), _) if place.rest.starts_with(',') && place.inside('(').is_some() => {
            (open, ahead.strip_suffix('%'))
        }
        _ => return None,
    };
    let closed = after_brackets(place.source, open)?;
    if let Some(format) = formatted {
        let format = format.get(statement_start(format)..)?.trim();
        let format = format.strip_prefix("return ").unwrap_or(format);
        let format = format.rsplit_once(" = ").map_or(format, |(_, format)| format);
        let values = place.source.get(open + 1..closed - 1)?;
        let help = write_code(&format!("String.format({format}, {values})"));
        return Some(refused(open, closed - open, "`%` does not format texts", help));
    }
    if ends_operand(ahead) {
        return None;
    }
    let behind = place.source.get(closed..)?.trim_start();
    if let Some(arrow) = ["=>", "->"].iter().find(|arrow| behind.starts_with(**arrow)) {
        let help = place.advice.of(Section::Operators, arrow)?;
        return Some(unsupported(place.source, place.source.len() - behind.len(), 2, help));
    }
    let help = "several values are an array, `new String[]{'a', 'b'}`, or a `Map`";
    Some(refused(open, closed - open, "tuples are not supported", help))
}

/// `/[0-9]+/`.
fn pattern(place: &Place<'_>) -> Option<Diagnostic> {
    let inside = place.rest.strip_prefix('/')?;
    let length = inside.lines().next()?.find('/')?;
    if !place.expects_operand() {
        return None;
    }
    let help = "a pattern is a text: `text.replaceAll('[0-9]+', '')`";
    Some(refused(
        place.at,
        length + 2,
        "pattern literals are not supported",
        help,
    ))
}

/// `int f(int x) { … }` and `int xs[]`.
fn declaration(place: &Place<'_>) -> Option<Diagnostic> {
    let name = word_at(place.rest);
    let is_called = place.rest.get(name.len()..)?.trim_start().starts_with('(');
    let help = place.advice.of(Section::Words, "function")?;
    if name.is_empty() || !is_type_like(place.statement()) {
        return None;
    }
    let after = place.rest.get(name.len()..)?;
    if reserved(name) == Some(Reserved::Used) {
        let ended = after.trim_start().starts_with(['=', ',', ';', ')']);
        let message = format!(
            "expected a name after the type {}, found {}",
            quote(place.statement()),
            quote(name)
        );
        let span = Span::new(place.at as u32, (place.at + name.len()) as u32);
        let error = Diagnostic::error(Code::UnexpectedToken, span, message);
        return (!ended).then(|| error.with_help("declare a variable, such as `int x;`, or remove the type"));
    }
    if after.starts_with("[]") {
        let help = write_code(&format!("{}[] {name}", place.statement()));
        return Some(refused(place.at + name.len(), 2, "`[]` belongs to the type", help));
    }
    is_called.then(|| refused(place.at, name.len(), "functions cannot be defined", help))
}

/// `float(n)`: a type that is called, to convert a value.
pub(super) fn converted(advice: Advice, source: &str, word: Span) -> Option<Diagnostic> {
    let open = skip_space(source, word.end as usize);
    let closed = source
        .get(open..)?
        .starts_with('(')
        .then(|| after_brackets(source, open))??;
    let value = source.get(open + 1..closed - 1)?.trim();
    let is_literal = |first: char| first.is_ascii_digit() || matches!(first, '\'' | '"' | '-');
    let is_plain = !value.is_empty() && !value.contains(['\n', '`']) && !value.starts_with(is_literal);
    let value = if is_plain { value } else { "x" };
    let help = advice::with_operand(advice.of(Section::Casts, word.of(source))?, &advice::operand(value));
    let error = reserved_word(advice, word.of(source), Reserved::Type, word);
    Some(error.with_help(help))
}

/// A call of a function of another language that takes no expressions: `EXTRACT(YEAR FROM day)`.
pub(super) fn call(place: &Place<'_>) -> Option<Diagnostic> {
    place.inside('(')?;
    let (name, start) = word_before(place.before_bracket());
    if place.before.get(..start)?.ends_with('.') || reserved(name).is_some() {
        return None;
    }
    let help = advice::general(place.advice.of_either_case(Section::Calls, name)?);
    Some(unsupported(place.source, start, name.len(), help))
}
