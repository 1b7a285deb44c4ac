//! What belongs to other languages and is right here by chance: `//` for a division, placeholders in texts.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::calls;
use super::held;
use super::subject::is_repeated;
use super::{Findings, LintName, Subject};
use crate::check::format_call;
use crate::check::typed::{ExprId, Kind};
use crate::dialect::Dialect;
use crate::source::Span;
use crate::work::{Work, count, items};

/// Placeholders of templates that are left in texts.
pub(super) fn placeholders(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !findings.wants(LintName::TemplateInText) {
        return;
    }
    let tree = &subject.checked.tree;
    // A replacement names groups of its pattern so.
    let of_calls = calls::all(subject).flat_map(|(_, call)| call.arguments().collect::<Vec<_>>());
    // A format before `.format` is told of as one.
    let formats = calls::all(subject).filter_map(|(_, call)| call.through());
    let replacements: HashSet<ExprId> = of_calls
        .filter(|(name, _)| *name == "replacement")
        .map(|(_, argument)| argument)
        .chain(formats)
        .collect();
    let Some(sought) = Sought::of(subject) else {
        return;
    };
    let known = LazyCell::new(|| known_names(subject));
    for ((id, _), expr) in tree.exprs.entries().zip(items(Work::Linted, &tree.exprs)) {
        let Kind::Text(text) = expr.kind else {
            continue;
        };
        // What stands between the code of an f-string is meant as it is.
        let is_literal = expr.span.of(subject.source).starts_with(['\'', '"']);
        if !is_literal || replacements.contains(&id) || sought.places.contains(&id) {
            continue;
        }
        let text = tree.text(text);
        count(Work::Linted, text.len());
        let of_names = braces_of(text).filter(|name| known.contains(name));
        let mut left = placeholders_of(text).chain(of_names).take(MAX_PLACEHOLDERS);
        let Some(name) = left.find(|name| !sought.names.contains(name)) else {
            continue;
        };
        let help = match subject.dialect {
            Dialect::Selvedge => {
                format!("a text is as it is written, unless `f` stands before it: write `f'…{{{name}}}…'`")
            }
            Dialect::Sel => format!("a text of an expression is as it is written: join the value, `'…' + {name}`"),
        };
        findings.warn(
            LintName::TemplateInText,
            expr.span,
            "a placeholder stays in the text as it is written",
            |warning| warning.with_help(help),
        );
    }
}

/// What Airflow's macros begin with.
#[cfg(feature = "params")]
const AIRFLOW: [&str; 22] = [
    "ds",
    "ds_nodash",
    "ts",
    "ts_nodash",
    "ts_nodash_with_tz",
    "execution_date",
    "logical_date",
    "data_interval_start",
    "data_interval_end",
    "prev_ds",
    "prev_ds_nodash",
    "next_ds",
    "next_ds_nodash",
    "yesterday_ds",
    "yesterday_ds_nodash",
    "tomorrow_ds",
    "run_id",
    "dag_run",
    "macros",
    "params",
    "var",
    "task_instance",
];

/// The place of a placeholder of Airflow in a text.
#[cfg(feature = "params")]
pub(crate) fn of_airflow(text: &str) -> Option<Span> {
    count(Work::Linted, text.len());
    let mut start = 0;
    for piece in text.split("{{") {
        let open = start;
        start += piece.len() + 2;
        let Some((inside, _)) = piece.split_once("}}").filter(|_| open > 0) else {
            continue;
        };
        let first = inside.trim().split(['.', '|', '(', ' ']).next().unwrap_or_default();
        if AIRFLOW.contains(&first) {
            return Some(Span::new(open as u32 - 2, (open + inside.len()) as u32 + 2));
        }
    }
    None
}

/// What the program looks for in texts: placeholders that it fills itself.
struct Sought<'s> {
    /// The texts that are looked for.
    places: HashSet<ExprId>,
    /// The names of the placeholders in them.
    names: HashSet<&'s str>,
}

impl<'s> Sought<'s> {
    /// `None` if what is looked for, only the run knows: it may be any placeholder.
    fn of(subject: &'s Subject<'_>) -> Option<Self> {
        let mut sought = Self {
            places: HashSet::new(),
            names: HashSet::new(),
        };
        for (_, call) in calls::all(subject) {
            let replaces = matches!(call.function.name, "replace" | "replaceAll");
            let of_text = replaces
                || matches!(
                    call.function.name,
                    "contains" | "split" | "startsWith" | "endsWith" | "lastIndexOf"
                );
            let target = call.arguments().next().filter(|_| of_text && call.receiver().is_some());
            let Some((_, target)) = target else {
                continue;
            };
            match held::text(subject, target) {
                Some((place, text)) if sought.places.insert(place) => sought.names.extend(words(text)),
                Some(_) => {}
                None if replaces => return None,
                None => {}
            }
        }
        Some(sought)
    }
}

/// The words of a text, which may be the names of placeholders, whatever escapes stand around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '.')));
    parts.filter(|word| !word.is_empty())
}

/// The most placeholders of a text that are looked at.
const MAX_PLACEHOLDERS: usize = 100;

/// The names of the placeholders of a text.
fn placeholders_of(text: &str) -> impl Iterator<Item = &str> {
    let after = |open: &'static str| text.split(open).skip(1);
    let of_dollar = after("${").filter_map(|after| placeholder(after, "}"));
    of_dollar.chain(after("{{").filter_map(|after| placeholder(after, "}}")))
}

/// The names in braces of a text, as in an f-string of Python.
fn braces_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|after| placeholder(after, "}"))
}

/// The names of the program's variables and parameters.
fn known_names<'s>(subject: &'s Subject<'_>) -> HashSet<&'s str> {
    let variables = subject.checked.tree.variables.iter().map(|variable| &*variable.name);
    variables.chain(subject.schema.names()).collect()
}

/// The name before a mark, where there is one and nothing else.
fn placeholder<'t>(after: &'t str, close: &str) -> Option<&'t str> {
    let (inside, _) = after.split_once(close)?;
    let name = inside.trim();
    let starts = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let is_name = starts
        && name
            .chars()
            .all(|next| next.is_alphanumeric() || matches!(next, '_' | '.'));
    is_name.then_some(name)
}

/// Formats before `.format`, where Python has them: here the first argument is the format, and the text before goes nowhere.
pub(super) fn receivers(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let written = |id: ExprId| subject.checked.tree.expr(id).span;
    for (_, call) in calls::all(subject).filter(|(_, call)| call.function.name == "format") {
        let Some((place, _)) = call.through().and_then(|text| held::text(subject, text)) else {
            continue;
        };
        let arguments = call
            .arguments()
            .map(|(_, argument)| written(argument).of(subject.source));
        let Some(code) = format_call(written(place).of(subject.source), arguments) else {
            continue;
        };
        let help = match is_repeated(&code, MAX_WRITTEN) {
            true => format!("write `{code}`"),
            false => "write `String.format('%s-%05d', text, n)`".to_owned(),
        };
        findings.warn(
            LintName::TemplateInText,
            written(place),
            "a text before `.format` goes nowhere: the format is the first argument",
            |warning| warning.with_label("not used").with_help(help),
        );
    }
}

/// Separators before `.join`, where Python has them: here the first argument is the separator, and the text before goes nowhere.
pub(super) fn separators(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let is_mark = |text: &str| text.chars().all(|next| !next.is_alphanumeric());
    for (_, call) in calls::likely(subject).filter(|(_, call)| call.function.name == "join") {
        let Some((place, separator)) = call.through().and_then(|text| held::text(subject, text)) else {
            continue;
        };
        let values: Vec<ExprId> = call.values().collect();
        let first = values.first().and_then(|first| held::text(subject, *first));
        let names_one = first.is_some_and(|(_, first)| is_mark(first));
        if !is_mark(separator) || (values.len() > 1 && names_one) {
            continue;
        }
        let written = |id: ExprId| subject.checked.tree.expr(id).span.of(subject.source);
        let parts: Vec<&str> = std::iter::once(written(place))
            .chain(values.into_iter().map(written))
            .collect();
        let code = format!("String.join({})", parts.join(", "));
        let help = match is_repeated(&code, MAX_WRITTEN) {
            true => format!("write `{code}`"),
            false => "write `String.join('-', xs)`".to_owned(),
        };
        findings.warn(
            LintName::TemplateInText,
            subject.checked.tree.expr(place).span,
            "a text before `.join` goes nowhere: the separator is the first argument",
            |warning| warning.with_label("not used").with_help(help),
        );
    }
}

/// The longest code that a help proposes, in bytes.
const MAX_WRITTEN: usize = 80;

/// A comment that Python would read as a division: `rows // 2`.
pub(super) fn divisions(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let source = subject.source;
    if !findings.wants(LintName::CommentAsDivision) || !source.contains("//") {
        return;
    }
    count(Work::Linted, source.len());
    let known = known_names(subject);
    let mut line_start = 0;
    for line in source.split_inclusive('\n') {
        if let Some((before, after)) = line.split_once("//")
            && is_operand(before)
            && is_divisor(&known, after)
        {
            let start = (line_start + before.len()) as u32;
            let span = Span::new(start, start + 2 + after.trim_end().len() as u32);
            findings.warn(
                LintName::CommentAsDivision,
                span,
                "`//` begins a comment; nothing is divided",
                |warning| {
                    warning
                        .with_label("a comment")
                        .with_help("write `/`, which drops the remainder of LONGs; a comment goes after `;`")
                },
            );
        }
        line_start += line.len();
    }
}

/// Whether a line's text before a comment ends with an operand, outside of a string.
fn is_operand(before: &str) -> bool {
    let ends = before
        .trim_end()
        .ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ')' | ']'));
    let is_even = |quote| before.matches(quote).count() % 2 == 0;
    ends && is_even('\'') && is_even('"') && !before.contains("/*")
}

/// Whether a comment is no more than arithmetic: numbers and names that the program knows, with operators between.
fn is_divisor(known: &HashSet<&str>, after: &str) -> bool {
    let rest = after.trim().trim_end_matches([';', ')', ' ']);
    let is_operator = |next: char| "+-*/%<>=".contains(next);
    let mut operands = rest
        .split(is_operator)
        .map(|operand| operand.trim_matches(['(', ')', ' ', '\t']));
    let is_number = |text: &str| text.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
    let is_operand = |text: &str| !text.is_empty() && (is_number(text) || known.contains(text));
    // The first is the divisor; `==` and a sign leave nothing between operators.
    operands.next().is_some_and(is_operand) && operands.all(|operand| operand.is_empty() || is_operand(operand))
}
