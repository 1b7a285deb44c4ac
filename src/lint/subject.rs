//! A program as the lints see it.

use super::constants::{Constant, Constants};
use super::facts::Facts;
use crate::check::Checked;
use crate::check::signatures::HostSignatures;
use crate::check::typed::{ExprId, Kind};
use crate::schema::Schema;
use crate::syntax::ast;

/// A program that was accepted, with what its passes share.
pub(super) struct Subject<'s> {
    pub(super) source: &'s str,
    pub(super) ast: &'s ast::Tree,
    pub(super) checked: &'s Checked,
    pub(super) schema: &'s Schema,
    pub(super) host_functions: &'s dyn HostSignatures,
    pub(super) constants: Constants,
    pub(super) facts: Facts,
    /// The most steps of an evaluation.
    pub(super) steps: u64,
    /// Whether the host takes what it gives as a DOUBLE.
    pub(super) gives_double: bool,
}

impl<'s> Subject<'s> {
    /// The constant text that an expression gives, by itself or as a variable that is never anything else, and where it is
    /// written.
    pub(super) fn text(&self, id: ExprId) -> Option<(ExprId, &'s str)> {
        let tree = &self.checked.tree;
        let place = match tree.expr(id).kind {
            Kind::Variable(variable) => self.facts.only_value(tree, variable)?,
            _ => id,
        };
        match self.constants.get(place)? {
            Constant::Text(text) => Some((place, tree.texts.get(text as usize)?)),
            Constant::Long(_) | Constant::Double(_) | Constant::Boolean(_) => None,
        }
    }
}

/// Whether code is repeated in a help: a line of at most so many bytes.
pub(super) fn is_repeated(code: &str, most: usize) -> bool {
    code.len() <= most && !code.contains(['\n', '\r', '`'])
}
