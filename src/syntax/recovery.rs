//! What else is wrong with a program whose syntax is: the statement with the error is left out, and the rest is read again, for a
//! bounded number of errors.

mod change;
mod heads;
mod lexical;
mod statements;

use std::borrow::Cow;
use std::collections::HashSet;

use super::ast::Tree;
use super::limits::ParseLimits;
use super::reading::{Failure, read};
use super::reserved::{Reserved, reserved};
use super::scan::{is_division, is_path, without_comments, word_at};
use super::unicode_escapes::unescape;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;
use crate::work::is_stopped;
use change::Change;
use statements::{statements, tokens};

/// The most errors of syntax that are told.
const MAX_ERRORS: usize = 8;
/// How often the text is read again, with another stretch left out, which may be no error of its own.
const MAX_ROUNDS_READ: usize = 2 * MAX_ERRORS;

/// How often it is followed which names depend on names that depend on what was left out.
const MAX_ROUNDS: usize = 4;

/// What is wrong with a program whose syntax is.
#[derive(Debug)]
pub(crate) struct Recovered {
    /// The errors of its syntax, the first one first.
    pub(crate) errors: Vec<Diagnostic>,
    /// The rest of it; `None` if that could not be read.
    pub(crate) rest: Option<Rest>,
}

/// The statements that could be read.
#[derive(Debug)]
pub(crate) struct Rest {
    pub(crate) tree: Box<Tree>,
    /// The names that may be set in what was left out, or by way of such names.
    lost: HashSet<String>,
    /// The statements that name what may have got its value or type there; `None` if that goes too far to follow.
    doubtful: Option<Vec<Span>>,
}

impl Recovered {
    /// Errors alone.
    pub(super) fn only(errors: Vec<Diagnostic>) -> Self {
        Self { errors, rest: None }
    }
}

impl Rest {
    fn of(tree: Box<Tree>, source: &str, text: &str, doubts: &[Span]) -> Self {
        let (lost, _) = followed((source, text), doubts, set);
        let (_, doubtful) = followed((source, text), doubts, touched);
        Self { tree, lost, doubtful }
    }

    /// Whether an error of the rest is one of the whole program as well.
    pub(crate) fn vouches_for(&self, source: &str, error: &Diagnostic) -> bool {
        match error.code {
            // That a name is unknown depends on no value.
            Code::UnknownName | Code::UnknownType | Code::UnknownClass | Code::NotCallable => {
                names(&plain(error.span.of(source))).all(|name| !self.lost.contains(name))
            }
            _ => self
                .doubtful
                .as_ref()
                .is_some_and(|doubtful| !is_in(doubtful, error.span)),
        }
    }
}

/// Looks for what else is wrong with a text.
pub(super) fn recover(source: &str, limits: &ParseLimits, first: Failure) -> Recovered {
    let mut reading = Reading {
        source,
        limits: *limits,
        text: without_comments(source, |text, at| is_division(text, at) || is_path(text, at))
            .unwrap_or_else(|| source.to_owned()),
        left_out: Vec::new(),
        doubts: Vec::new(),
        errors: Vec::new(),
    };
    let mut failure = first;
    for _ in 0..MAX_ROUNDS_READ {
        match reading.go_past(failure) {
            Some(Err(next)) => failure = next,
            Some(Ok(tree)) => {
                let rest = Some(Rest::of(tree, source, &reading.text, &reading.doubts));
                return reading.recovered(rest);
            }
            None => break,
        }
    }
    reading.recovered(None)
}

/// A text that is read again and again, each time with more of it left out.
struct Reading<'s> {
    source: &'s str,
    limits: ParseLimits,
    text: String,
    left_out: Vec<Span>,
    /// Where names may have got their values that are left out.
    doubts: Vec<Span>,
    errors: Vec<Diagnostic>,
}

impl Reading<'_> {
    /// What was found, in the order of places; that there is more comes last.
    fn recovered(mut self, rest: Option<Rest>) -> Recovered {
        self.errors
            .sort_by_key(|error| (error.code == Code::ProgramTooLarge, error.span));
        Recovered {
            errors: self.errors,
            rest,
        }
    }

    /// Tells an error, and reads on past it by the least change that helps; `None` if that is to be given up.
    fn go_past(&mut self, Failure { diagnostic, at }: Failure) -> Option<Result<Box<Tree>, Failure>> {
        let place = at.filter(|_| !is_stopped());
        // What goes on with a statement that was left out is not an error of its own.
        let in_doubt = place.filter(|_| !self.left_out.is_empty());
        let rest = in_doubt.and_then(|at| Change::of_rest(&self.text, at, &diagnostic));
        if rest.is_none() && !follows(self.source, &self.errors, &diagnostic) {
            if self.errors.len() == MAX_ERRORS {
                self.errors.push(more(diagnostic.span));
                return None;
            }
            self.errors.push(diagnostic.clone());
        }
        let at = place?;
        let text = self.text.clone();
        let mut changes = rest.into_iter().chain(Change::all_at(&text, at, &diagnostic));
        changes.find_map(|change| self.read(&text, change))
    }

    /// Reads the text with a change; `None` if nothing is gained by that.
    fn read(&mut self, text: &str, change: Change) -> Option<Result<Box<Tree>, Failure>> {
        let known = self.left_out.len();
        let left_out = change.edits.iter().filter(|edit| edit.put != ";");
        self.left_out.extend(left_out.map(|edit| edit.span));
        text.clone_into(&mut self.text);
        for edit in &change.edits {
            edit.apply(&mut self.text);
        }
        let read = read(&self.text, &self.limits);
        // Nothing is gained where it goes wrong in what stands in for the statement, or as before.
        if let Err(next) = &read
            && (self.errors.last() == Some(&next.diagnostic)
                || is_in(&self.left_out, next.diagnostic.span)
                || self.ends(next))
        {
            self.left_out.truncate(known);
            return None;
        }
        self.doubts.extend(change.doubts);
        Some(read)
    }

    /// Whether something is missing right behind what stands in for another text.
    fn ends(&self, next: &Failure) -> bool {
        let span = next.diagnostic.span;
        span.is_empty() && self.left_out.iter().any(|outer| outer.end == span.start)
    }
}

/// Whether an error may come of another one that was told: one at the same place, and where brackets do not match, of what a string
/// or comment swallows or nests too deep.
fn follows(source: &str, reported: &[Diagnostic], error: &Diagnostic) -> bool {
    // A statement that ends before the string has its brackets for itself; a block may end in the string.
    let ends = |behind: &Diagnostic| {
        !error.span.of(source).starts_with('{') && {
            let between = source.get(error.span.start as usize..behind.span.start as usize);
            between.is_some_and(|between| statements(between).len() > 1)
        }
    };
    let swallows = |reported: &Diagnostic| match (reported.code, error.code) {
        (Code::UnterminatedString | Code::UnterminatedComment, Code::UnbalancedBracket) => !ends(reported),
        // What is left of the text around it is open.
        (Code::NestingTooDeep, Code::UnbalancedBracket | Code::UnterminatedString) => {
            error.span.start < reported.span.start
        }
        _ => false,
    };
    let is_there = |reported: &Diagnostic| reported.span.start == error.span.start;
    reported.iter().any(|reported| is_there(reported) || swallows(reported))
}

/// What stands for the errors that are not told.
fn more(span: Span) -> Diagnostic {
    let message = format!("too many syntax errors: only the first {MAX_ERRORS} are shown");
    Diagnostic::error(Code::ProgramTooLarge, span, message)
}

/// The names that something happens to in the stretches of a source that were left out, or in statements that name such names, and those
/// statements; none of them where that goes too far to follow.
fn followed(
    (source, text): (&str, &str),
    doubts: &[Span],
    happens: fn(&[&str; 5]) -> bool,
) -> (HashSet<String>, Option<Vec<Span>>) {
    let mut lost = names_in(source, doubts, happens);
    let statements = statements(text);
    for _ in 0..MAX_ROUNDS {
        let known = lost.len();
        let depends = |span: &&Span| names(&plain(span.of(text))).any(|name| lost.contains(name));
        let found: Vec<Span> = statements.iter().filter(depends).copied().collect();
        let assigning: Vec<Span> = found
            .iter()
            .filter(|span| span.of(text).contains('='))
            .copied()
            .collect();
        lost.extend(names_in(text, &assigning, happens));
        if lost.len() == known {
            return (lost, Some(found.into_iter().chain(doubts.iter().copied()).collect()));
        }
    }
    (lost, None)
}

/// The names in stretches of a text that something happens to there.
fn names_in(text: &str, spans: &[Span], happens: fn(&[&str; 5]) -> bool) -> HashSet<String> {
    let mut names = HashSet::new();
    for span in spans {
        let text = plain(span.of(text));
        let found = with_neighbours(&text).filter(happens).map(|[_, _, name, ..]| name);
        names.extend(
            found
                .filter(|name| Type::from_source_name(name).is_none())
                .map(str::to_owned),
        );
    }
    names
}

/// A text without Unicode escapes.
fn plain(text: &str) -> Cow<'_, str> {
    unescape(text).map_or(Cow::Borrowed(text), |unescaped| unescaped.text)
}

/// The names of variables, parameters and classes in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    with_neighbours(text).filter_map(|[_, before, name, ..]| (before != ".").then_some(name))
}

/// Whether the name between its neighbours may get a value, be declared, or be known to another name from there on.
fn touched(&[_, before, _, behind, _]: &[&str; 5]) -> bool {
    before != "." && (before == "]" || is_word(before) || !matches!(behind, "." | "(" | "["))
}

/// Whether the name between its neighbours may be assigned to or declared.
fn set(&[earlier, before, _, behind, later]: &[&str; 5]) -> bool {
    const READ: &[&str] = &[".", "(", "[", ";", "?", "<", ">", "!", "&", "|"];
    let declared = match reserved(before) {
        Some(Reserved::Used) => before == "for",
        Some(Reserved::Type | Reserved::Unused) => true,
        None => is_word(before) || matches!(before, "]" | ">" | ",") || (earlier, before) == ("for", "("),
    };
    let assigned = match behind {
        "=" => later != "=",
        "in" | "of" | "as" => true,
        "+" | "-" => later == "=" || later == behind,
        "*" | "/" | "%" => later == "=",
        _ => before.is_empty() && !READ.contains(&behind),
    };
    let stepped = before == earlier && matches!(before, "+" | "-");
    before != "." && (declared || assigned || stepped)
}

/// The names in a text, each between the two tokens before and the two behind it.
fn with_neighbours(text: &str) -> impl Iterator<Item = [&str; 5]> {
    let mut tokens = tokens(text).map(|(_, token)| token);
    let mut window = ["", "", "", tokens.next().unwrap_or(""), tokens.next().unwrap_or("")];
    let all = std::iter::from_fn(move || {
        window.rotate_left(1);
        window[4] = tokens.next().unwrap_or("");
        (!window[2].is_empty()).then_some(window)
    });
    all.filter(|[_, _, name, ..]| is_word(name) && reserved(name).is_none())
}

fn is_word(token: &str) -> bool {
    let begins = token.starts_with(|first: char| !first.is_ascii_digit());
    begins && word_at(token) == token
}

/// Whether a span begins in one of others.
fn is_in(spans: &[Span], span: Span) -> bool {
    spans.iter().any(|outer| (outer.start..outer.end).contains(&span.start))
}
