//! One reading of a text: to a tree, or to where it could not go on.

use super::ast::Tree;
use super::build::Builder;
use super::grammar::{self, Part};
use super::stopped::stopped;
use super::{guard, mistake, scan};
use crate::diagnostic::{Code, Diagnostic};
use crate::spare::Spare as _;
use crate::work::is_stopped;

/// What ended a parse.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) diagnostic: Diagnostic,
    /// Where it could not go on; none where nothing is to be found behind.
    pub(super) at: Option<usize>,
}

impl Failure {
    pub(super) fn final_one(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, at: None }
    }
}

/// The tree of a text without Unicode escapes.
pub(super) fn tree_of(text: &str, nesting: usize) -> Result<Box<Tree>, Failure> {
    guard::check(text, nesting).map_err(|diagnostic| Failure {
        at: (diagnostic.code == Code::InvalidCharacter).then_some(diagnostic.span.start as usize),
        diagnostic,
    })?;
    let mut builder = Builder::spare();
    let tokens = grammar::tokens(text, std::mem::take(&mut builder.tokens));
    if is_stopped() {
        return Err(Failure::final_one(stopped()));
    }
    let tokens = tokens.map_err(|furthest| Failure {
        diagnostic: mistake::explain(text, furthest),
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
    builder.give_back();
    Ok(tree)
}
