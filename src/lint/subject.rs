//! A program as the lints see it.

use super::constants::Constants;
use super::facts::Facts;
use crate::check::Checked;
use crate::check::host::HostSignatures;
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
}
