//! What else is wrong with a program whose syntax is: the statement with the error is left out, and the rest is read again, for a
//! bounded number of errors.

mod heads;
mod statements;

use std::collections::HashSet;

use super::ast::Tree;
use super::reading::{Failure, tree_of};
use super::reserved::reserved;
use super::scan::{Place, word_at, word_before};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;
use crate::work::is_stopped;
use statements::{statement_at, statements, tokens};

/// The most errors of syntax that are looked for.
const MAX_ERRORS: usize = 8;
/// The most stretches that are left out, which may be no errors of their own; after each the text is read again.
const MAX_LEFT_OUT: usize = 2 * MAX_ERRORS;

/// What stands in for a statement that ends the program.
const JUMP: &str = "throw '';";

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
    /// The statements whose values and types may depend on what was left out.
    doubtful: Vec<Span>,
}

impl Recovered {
    /// Errors alone.
    pub(super) fn only(errors: Vec<Diagnostic>) -> Self {
        Self { errors, rest: None }
    }
}

impl Rest {
    /// Whether an error of the rest is one of the whole program as well.
    pub(crate) fn vouches_for(&self, error: &Diagnostic) -> bool {
        !is_in(&self.doubtful, error.span)
    }
}

/// Looks for what else is wrong with a text.
pub(super) fn recover(source: &str, nesting: usize, first: Failure) -> Recovered {
    let (mut text, mut left_out, mut doubts) = (source.to_owned(), Vec::new(), Vec::new());
    let (mut errors, mut failure) = (Vec::new(), first);
    while errors.len() < MAX_ERRORS && left_out.len() < MAX_LEFT_OUT && !is_stopped() {
        let Some(at) = failure.at else {
            errors.push(failure.diagnostic);
            break;
        };
        // An `else` whose `if` was left out is no error of its own.
        let lone_else = else_at(&text, at).filter(|_| !left_out.is_empty());
        let change = match lone_else {
            Some(span) => Some(Change::new(span, "")),
            None => Change::at(&text, at, &failure.diagnostic),
        };
        if lone_else.is_none() {
            errors.push(failure.diagnostic);
        }
        let Some(Change { span, put, doubt }) = change else {
            break;
        };
        if put != ";" {
            left_out.push(span);
        }
        doubts.extend(doubt);
        let (start, end) = (span.start as usize, span.end as usize);
        text.replace_range(start..end, &[put, &" ".repeat(end - start - put.len())].concat());
        match tree_of(&text, nesting) {
            // Nothing was gained where it goes wrong in what stands in for the statement, or as before.
            Err(next) if errors.last() == Some(&next.diagnostic) || is_in(&left_out, next.diagnostic.span) => break,
            Ok(tree) => {
                let rest = doubtful(source, &text, &doubts).map(|doubtful| Rest { tree, doubtful });
                return Recovered { errors, rest };
            }
            Err(next) => failure = next,
        }
    }
    Recovered::only(errors)
}

/// What a stretch of the text is overwritten with, so that all places stay.
struct Change {
    span: Span,
    put: &'static str,
    /// Where names may have got their values; none where the change takes none away.
    doubt: Option<Span>,
}

impl Change {
    /// A change that takes away all that the stretch does.
    fn new(span: Span, put: &'static str) -> Self {
        Self {
            span,
            put,
            doubt: Some(span).filter(|_| put != ";"),
        }
    }

    /// What gets the parser past an error at a place; none where it ends no statement, or where what follows is no statement of the
    /// language either.
    fn at(text: &str, at: usize, error: &Diagnostic) -> Option<Self> {
        let code = Place::of(text, at).before.len();
        let space = text.get(code..at)?;
        if error.code == Code::MissingSemicolon
            && space.contains(['\n', '\r'])
            && space.starts_with(char::is_whitespace)
        {
            let span = Span::new(code as u32, code as u32 + 1);
            return Some(Self::new(span, ";"));
        }
        if let Some(change) = Self::in_head(text, at, error) {
            return Some(change);
        }
        let span = statement_at(text, at)?;
        let (statement, behind) = (span.of(text), text.get(span.end as usize..)?);
        let foreign = matches!(error.code, Code::UnsupportedSyntax | Code::InvalidCharacter);
        let ends = statement.ends_with(';') || (!behind.is_empty() && !foreign);
        // What is not reached behind a jump is not reached without it either.
        let jump = tokens(statement).find(|(_, token)| matches!(*token, "return" | "throw"));
        let change = match jump.map(|(start, _)| Span::new(span.start + start as u32, span.end)) {
            Some(jump) if (jump.start as usize) < at && jump.of(text).len() >= JUMP.len() => Self::new(jump, JUMP),
            Some(_) if statement.len() >= JUMP.len() => Self::new(span, JUMP),
            Some(_) | None => Self::new(span, ""),
        };
        ends.then_some(change)
    }
}

/// The `else` at a place, or just before it, where the grammar took it for a name.
fn else_at(text: &str, at: usize) -> Option<Span> {
    let (before, behind) = text.split_at_checked(at)?;
    let (word, start) = match word_at(behind) {
        "else" => ("else", at),
        _ => word_before(before.trim_end()),
    };
    (word == "else").then(|| Span::new(start as u32, start as u32 + 4))
}

/// The statements with names that may have got their values or types from the stretches of a source that were left out, or from such
/// names; none where that goes too far to follow.
fn doubtful(source: &str, text: &str, doubts: &[Span]) -> Option<Vec<Span>> {
    let mut doubtful: HashSet<&str> = doubts.iter().flat_map(|span| assigned(span.of(source))).collect();
    let statements = statements(text);
    for _ in 0..MAX_ROUNDS {
        let known = doubtful.len();
        let depends = |span: &&Span| names(span.of(text)).any(|name| doubtful.contains(name));
        let found: Vec<Span> = statements.iter().filter(depends).copied().collect();
        let assigning = found.iter().map(|span| span.of(text)).filter(|text| text.contains('='));
        doubtful.extend(assigning.flat_map(assigned));
        if doubtful.len() == known {
            return Some(found);
        }
    }
    None
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
