//! Tree to typed tree, or everything that is wrong with the program.
//!
//! A program is refused where an expression in it could never succeed; what may succeed is left to the run as a check in the
//! typed tree. In strict mode each such check is refused too.

mod arguments;
mod bare_call;
mod beyond;
mod calls;
mod checker;
mod choice;
mod condition;
mod constant;
mod contents;
mod conversion;
mod cost;
mod each;
mod elements;
mod entries;
mod expressions;
mod flow;
mod foldable;
mod following;
mod host;
mod inside;
mod known;
mod known_shapes;
mod lambda;
mod lambda_forms;
mod last_set;
mod literals;
mod lookup;
mod may_be_null;
mod maybe;
mod members;
mod names;
mod narrowed;
mod operation_help;
mod operators;
mod options;
mod parts;
mod passes;
mod pattern_help;
mod postfix;
pub(crate) mod signatures;
mod spliced;
mod statements;
mod steps;
mod switch;
mod tables;
pub(crate) mod typed;
mod unquoted;
mod written;

pub(crate) use crate::advice::format_call;
pub(crate) use crate::machine::fault::INDEX_HELP;
pub(crate) use beyond::beyond_sel;
pub(crate) use contents::AllContents;
pub(crate) use expressions::leading_zero_warning;
pub use options::UnknownNames;
pub(crate) use options::{Helps, Options};
pub(crate) use unquoted::unquoted_dates;

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::syntax::ast;
pub(crate) use checker::Checked;
#[cfg(any(test, feature = "oracle", feature = "profile"))]
use typed::{Kind, Steps, TypedTree};

/// Checks a program: the tree of a source, which helps repeat.
///
/// # Errors
///
/// All that is wrong with it, in the order of the source.
pub(crate) fn check(source: &str, tree: &ast::Tree, options: &Options<'_>) -> Result<Checked, Vec<Diagnostic>> {
    let checked = passes::check(source, tree, options);
    match options.dialect {
        Dialect::Sel if options.helps == Helps::With => {
            checked.map_err(|errors| beyond::mark(source, tree, options, errors))
        }
        Dialect::Sel | Dialect::Selvedge => checked,
    }
}

/// The steps that are not a node's own.
#[cfg(any(test, feature = "oracle", feature = "profile"))]
pub(crate) struct FixedCosts {
    pub(crate) load_parameter: Steps,
    pub(crate) reached_loop: Steps,
    pub(crate) iteration: Steps,
    pub(crate) decision: Steps,
    pub(crate) leave: Steps,
}

/// The steps that are not a node's own, as regions are charged for them.
#[cfg(any(test, feature = "oracle", feature = "profile"))]
pub(crate) const FIXED_COSTS: FixedCosts = FixedCosts {
    load_parameter: cost::LOAD_PARAMETER,
    reached_loop: cost::LOOP,
    iteration: cost::ITERATION,
    decision: cost::DECISION,
    leave: cost::LEAVE,
};

/// The steps of a node itself, as its region is charged for it.
#[cfg(any(test, feature = "oracle", feature = "profile"))]
pub(crate) fn steps_of(kind: Kind, tree: &TypedTree) -> Steps {
    cost::of(kind, tree)
}
