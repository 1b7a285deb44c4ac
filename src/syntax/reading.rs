//! One reading of a text: to a tree, or to where it could not go on.

use std::borrow::Cow;

use super::ast::Tree;
use super::build::Builder;
use super::grammar::{self, Part};
use super::limits::ParseLimits;
use super::refusal::missing_semicolon;
use super::stopped::stopped;
use super::{guard, mistake, scan, unicode_escapes};
use crate::advice::Advice;
use crate::diagnostic::{Code, Diagnostic};
use crate::spare::Spare as _;
use crate::work::is_stopped;

/// What ended a parse.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) diagnostic: Diagnostic,
    /// Where it could not go on; `None` if nothing is to be found behind.
    pub(super) at: Option<usize>,
}

impl Failure {
    /// One behind whose start more may be wrong.
    fn at_start(diagnostic: Diagnostic) -> Self {
        Self {
            at: Some(diagnostic.span.start as usize),
            diagnostic,
        }
    }

    pub(super) fn final_one(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, at: None }
    }
}

/// The tree of a text.
pub(super) fn read(text: &str, limits: &ParseLimits) -> Result<Box<Tree>, Failure> {
    let unescaped = unicode_escapes::unescape(text).map_err(Failure::at_start)?;
    let mut tree = tree_of(&unescaped.text, limits).map_err(|failure| Failure {
        diagnostic: Diagnostic {
            span: unescaped.original_span(failure.diagnostic.span),
            ..failure.diagnostic
        },
        at: failure.at.map(|at| unescaped.original(at as u32) as usize),
    })?;
    if let Cow::Owned(_) = unescaped.text {
        tree.map_spans(|span| unescaped.original_span(span));
    }
    Ok(tree)
}

/// The tree of a text without Unicode escapes.
fn tree_of(text: &str, limits: &ParseLimits) -> Result<Box<Tree>, Failure> {
    guard::check(Advice::in_dialect(limits.dialect), text, limits.nesting).map_err(|diagnostic| {
        match diagnostic.code {
            Code::Cancelled => Failure::final_one(diagnostic),
            _ => Failure::at_start(diagnostic),
        }
    })?;
    parsed(text, limits).map_err(|failure| in_code(text, limits, failure))
}

/// A failure as it is without the comments, whose words are none of the program's.
fn in_code(text: &str, limits: &ParseLimits, failure: Failure) -> Failure {
    let code = failure.at.and_then(|_| scan::without_comments(text, scan::is_path));
    let Some(Err(mut failure)) = code.map(|code| parsed(&code, limits)) else {
        return failure;
    };
    if failure.diagnostic.code == Code::MissingSemicolon {
        // A comment there may be meant as a division.
        failure.diagnostic = missing_semicolon(text, failure.diagnostic.span.end as usize);
    }
    failure
}

/// The tree of a text that was looked over.
fn parsed(text: &str, limits: &ParseLimits) -> Result<Box<Tree>, Failure> {
    let advice = Advice::in_dialect(limits.dialect);
    let mut builder = Builder::spare();
    builder.advice = advice;
    let tokens = grammar::tokens(text, std::mem::take(&mut builder.tokens));
    if is_stopped() {
        return Err(Failure::final_one(stopped()));
    }
    let tokens = tokens.map_err(|furthest| Failure {
        diagnostic: mistake::explain(advice, text, furthest),
        at: Some(scan::skip_space(text, furthest)),
    })?;
    let Some(program) = Part::whole(text, &tokens) else {
        return Ok(Box::default());
    };
    let tree = builder.build(program).map_err(|refused| Failure {
        at: (refused.code != Code::Cancelled).then_some(refused.span.start as usize),
        diagnostic: *refused,
    })?;
    builder.tokens = tokens;
    builder.recycle();
    Ok(tree)
}
