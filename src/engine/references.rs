//! The names a program reads, found without types: what it must be given before it can be compiled with them.

use super::stoppable::within;
use super::{CompileError, Engine};
use crate::check::typed::Kind;
use crate::check::{self, UnknownNames};
use crate::host::Interrupt;
use crate::schema::Schema;
use crate::source::Span;
use crate::syntax;

/// A name that a program reads and does not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) name: Box<str>,
    /// Where it is first read; the whole program for `params.containsKey('x')`.
    pub(crate) span: Span,
    /// Whether it may be absent, as in `params['x']`.
    pub(crate) optional: bool,
}

/// Everything a program reads by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct References {
    pub(crate) names: Vec<Reference>,
    /// Whether it also reads parameters by names it computes.
    pub(crate) computed: bool,
}

impl Engine {
    /// The names a program reads.
    ///
    /// # Errors
    ///
    /// What is wrong with the program whatever the types of its parameters are; or what stopped it.
    pub(crate) fn references(&self, source: &str, interrupt: &Interrupt) -> Result<References, CompileError> {
        within(interrupt, source, || self.references_of(source))
    }

    fn references_of(&self, source: &str) -> Result<References, CompileError> {
        let settings = &self.settings;
        let limits = settings.parse_limits();
        let refused = |diagnostics| CompileError::new(diagnostics, source);
        let tree = syntax::parse(source, &limits).map_err(|diagnostic| refused(vec![diagnostic]))?;
        let schema = Schema::open();
        let options = check::Options {
            strict: false,
            ..settings.check_options(&schema)
        };
        let checked = check::check(&tree, &options).map_err(refused)?;
        let tree = checked.tree;
        let mut found = References::default();
        for parameter in &tree.parameters {
            found.names.push(Reference {
                name: (*parameter.name).into(),
                span: parameter.span,
                optional: parameter.optional || settings.unknown_names == UnknownNames::Null,
            });
        }
        for expr in &tree.exprs {
            match expr.kind {
                Kind::ParameterNamed(_) => found.computed = true,
                Kind::HasParameter(name) => match tree.exprs.get(name.0 as usize).map(|name| name.kind) {
                    Some(Kind::Text(text)) => {
                        let name: Box<str> = tree.text(text).into();
                        if !found.names.iter().any(|known| known.name == name) {
                            found.names.push(Reference {
                                name,
                                span: expr.span,
                                optional: true,
                            });
                        }
                    }
                    _ => found.computed = true,
                },
                _ => {}
            }
        }
        Ok(found)
    }
}
