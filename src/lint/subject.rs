//! A program as the lints see it.

use std::cell::OnceCell;

use super::constants::Constants;
use super::facts::Facts;
use crate::check::signatures::HostSignatures;
use crate::check::{AllContents, Checked};
use crate::dialect::Dialect;
use crate::schema::Schema;
use crate::syntax::ast;

/// A program that was accepted, with what its passes share.
pub(super) struct Subject<'s> {
    pub(super) source: &'s str,
    pub(super) dialect: Dialect,
    pub(super) ast: &'s ast::Tree,
    pub(super) checked: &'s Checked,
    pub(super) schema: &'s Schema,
    pub(super) host_functions: &'s dyn HostSignatures,
    pub(super) constants: Constants,
    pub(super) facts: Facts,
    pub(super) contents: OnceCell<AllContents>,
    /// The most steps of an evaluation.
    pub(super) steps: u64,
    /// Whether the host takes what it gives as a DOUBLE.
    pub(super) gives_double: bool,
}

impl Subject<'_> {
    /// What is put into arrays and maps, found where one is looked into.
    pub(super) fn contents(&self) -> &AllContents {
        self.contents.get_or_init(|| AllContents::of(&self.checked.tree))
    }
}

/// Whether code is repeated in a help: a line of at most so many bytes.
pub(super) fn is_repeated(code: &str, most: usize) -> bool {
    code.len() <= most && !code.contains(['\n', '\r', '`'])
}
