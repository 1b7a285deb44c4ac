//! An engine's settings.

use std::sync::Arc;

use super::coverage::Coverage;
use crate::check::{self, UnknownNames};
use crate::dialect::Dialect;
use crate::host::{Host, HostFunctions};
use crate::library::capability::SwitchedOff;
use crate::limits::Limits;
use crate::lint::{Levels, LintSet};
use crate::schema::Schema;
use crate::syntax;

/// An engine's settings.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) host_functions: HostFunctions,
    pub(crate) dialect: Dialect,
    pub(crate) strict: bool,
    pub(crate) unknown_names: UnknownNames,
    pub(crate) quote_values: bool,
    pub(crate) switched_off: SwitchedOff,
    pub(crate) lints: LintSet,
    pub(crate) levels: Levels,
    /// Where it is counted what of programs runs.
    pub(crate) coverage: Option<Coverage>,
}

impl Settings {
    /// What programs with the schema are checked against.
    pub(crate) fn check_options<'o>(&'o self, schema: &'o Schema) -> check::Options<'o> {
        check::Options {
            schema,
            dialect: self.dialect,
            unknown_names: self.unknown_names,
            strict: self.strict,
            host_functions: &self.host_functions,
            switched_off: self.switched_off,
            constants: true,
            helps: check::Helps::With,
        }
    }

    /// The lints that are looked for.
    pub(crate) fn wanted_lints(&self) -> LintSet {
        self.levels.added_to(self.lints)
    }

    /// The limits of parsing.
    pub(crate) fn parse_limits(&self) -> syntax::ParseLimits {
        syntax::ParseLimits {
            source_length: self.limits.source_length as usize,
            nesting: self.limits.nesting as usize,
            dialect: self.dialect,
        }
    }
}
