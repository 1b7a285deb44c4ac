//! What else is wrong with a program whose syntax is: the statement with the error is left out, and the rest is read again, for a
//! bounded number of errors.

mod change;
mod heads;
mod lexical;
mod statements;

use std::collections::HashSet;

use super::ast::Tree;
use super::reading::{Failure, read};
use super::reserved::reserved;
use super::scan::word_at;
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
    /// The rest of it; none where that could not be read.
    pub(crate) rest: Option<Rest>,
}

/// The statements that could be read.
#[derive(Debug)]
pub(crate) struct Rest {
    pub(crate) tree: Box<Tree>,
    /// The names that may have got their values or types from what was left out, or from such names.
    lost: HashSet<String>,
    /// The statements that name them; none where that goes too far to follow.
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
        let (lost, doubtful) = doubtful(source, text, doubts);
        Self { tree, lost, doubtful }
    }

    /// Whether an error of the rest is one of the whole program as well.
    pub(crate) fn vouches_for(&self, source: &str, error: &Diagnostic) -> bool {
        match error.code {
            // That a name is unknown depends on no value.
            Code::UnknownName | Code::UnknownType | Code::UnknownClass | Code::NotCallable => {
                names(error.span.of(source)).all(|name| !self.lost.contains(name))
            }
            _ => self
                .doubtful
                .as_ref()
                .is_some_and(|doubtful| !is_in(doubtful, error.span)),
        }
    }
}

/// Looks for what else is wrong with a text.
pub(super) fn recover(source: &str, nesting: usize, first: Failure) -> Recovered {
    let (mut text, mut left_out, mut doubts) = (source.to_owned(), Vec::new(), Vec::new());
    let (mut errors, mut failure) = (Vec::new(), first);
    for _ in 0..MAX_ROUNDS_READ {
        let Failure { diagnostic, at } = failure;
        let place = at.filter(|_| !is_stopped());
        // What goes on with a statement that was left out is no error of its own.
        let in_doubt = place.filter(|_| !left_out.is_empty());
        let rest = in_doubt.and_then(|at| Change::of_rest(&text, at, &diagnostic));
        let is_rest = rest.is_some();
        let change = rest.or_else(|| Change::at(&text, place?, &diagnostic));
        if !is_rest && !follows(&errors, &diagnostic) {
            if errors.len() == MAX_ERRORS {
                errors.push(more(diagnostic.span));
                break;
            }
            errors.push(diagnostic);
        }
        let Some(change) = change else {
            break;
        };
        left_out.extend(change.edits.iter().filter(|edit| edit.put != ";").map(|edit| edit.span));
        doubts.extend(change.doubts);
        for edit in &change.edits {
            edit.apply(&mut text);
        }
        match read(&text, nesting) {
            // Nothing was gained where it goes wrong in what stands in for the statement, or as before.
            Err(next) if errors.last() == Some(&next.diagnostic) || is_in(&left_out, next.diagnostic.span) => break,
            Ok(tree) => {
                let rest = Some(Rest::of(tree, source, &text, &doubts));
                return Recovered { errors, rest };
            }
            Err(next) => failure = next,
        }
    }
    Recovered::only(errors)
}

/// Whether an error may come of another one that was told: of what a string or comment swallows, and of what nests too deep, the
/// brackets do not match.
fn follows(told: &[Diagnostic], error: &Diagnostic) -> bool {
    let swallows = |told: &Diagnostic| match told.code {
        Code::UnterminatedString | Code::UnterminatedComment => true,
        Code::NestingTooDeep => error.span.start < told.span.start,
        _ => false,
    };
    error.code == Code::UnbalancedBracket && told.iter().any(swallows)
}

/// What stands for the errors that are not told.
fn more(span: Span) -> Diagnostic {
    let message = format!("more errors are not shown: of the syntax, {MAX_ERRORS} are told at once");
    Diagnostic::error(Code::ProgramTooLarge, span, message)
}

/// The names that may have got their values or types from the stretches of a source that were left out, or from such names, and the
/// statements that name them; none where that goes too far to follow.
fn doubtful(source: &str, text: &str, doubts: &[Span]) -> (HashSet<String>, Option<Vec<Span>>) {
    let mut lost: HashSet<&str> = doubts.iter().flat_map(|span| assigned(span.of(source))).collect();
    let (statements, mut doubtful) = (statements(text), None);
    for _ in 0..MAX_ROUNDS {
        let known = lost.len();
        let depends = |span: &&Span| names(span.of(text)).any(|name| lost.contains(name));
        let found: Vec<Span> = statements.iter().filter(depends).copied().collect();
        let assigning = found.iter().map(|span| span.of(text)).filter(|text| text.contains('='));
        lost.extend(assigning.flat_map(assigned));
        if lost.len() == known {
            doubtful = Some(found.into_iter().chain(doubts.iter().copied()).collect());
            break;
        }
    }
    (lost.into_iter().map(str::to_owned).collect(), doubtful)
}

/// The names of variables, parameters and classes in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    with_neighbours(text).filter_map(|(before, name, _)| (before != ".").then_some(name))
}

/// The names in a text that it may assign to or declare.
fn assigned(text: &str) -> impl Iterator<Item = &str> {
    let set = with_neighbours(text).filter(|&(before, _, behind)| {
        let declared = before == "]" || is_word(before);
        before != "." && (declared || !matches!(behind, "." | "(" | "["))
    });
    set.filter_map(|(_, name, _)| Type::from_source_name(name).is_none().then_some(name))
}

/// The names in a text, each with what stands before and behind it.
fn with_neighbours(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut tokens = tokens(text).map(|(_, token)| token);
    let (mut before, mut next) = ("", tokens.next());
    let all = std::iter::from_fn(move || {
        let token = next?;
        next = tokens.next();
        Some((std::mem::replace(&mut before, token), token, next.unwrap_or("")))
    });
    all.filter(|(_, token, _)| is_word(token) && reserved(token).is_none())
}

fn is_word(token: &str) -> bool {
    let begins = token.starts_with(|first: char| !first.is_ascii_digit());
    begins && word_at(token) == token
}

/// Whether a span begins in one of others.
fn is_in(spans: &[Span], span: Span) -> bool {
    spans.iter().any(|outer| (outer.start..outer.end).contains(&span.start))
}
