//! The names a program reads, found without types: what it must be given before it can be compiled with them.

use std::collections::HashSet;

use super::stoppable::within;
use super::{CompileError, Engine};
use crate::check::typed::{Expr, ExprId, Kind, TypedTree};
use crate::check::{self, Helps, UnknownNames};
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
    pub(crate) calls: Vec<ConstantCall>,
}

/// A place where a program reads a name.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) name: Box<str>,
    pub(crate) span: Span,
}

/// A call of a function that is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConstantCall {
    /// Its full name, such as `params.getFromStep`.
    pub(crate) function: Box<str>,
    /// The arguments that are constant, and where each stands.
    pub(crate) arguments: Vec<(Option<Box<str>>, Span)>,
}

impl Engine {
    /// The names a program reads, and its calls of the functions that are asked about, by their full names.
    ///
    /// # Errors
    ///
    /// What is wrong with the program whatever the types of its parameters are; or what stopped it.
    pub(crate) fn references(
        &self,
        source: &str,
        asked: &[&str],
        interrupt: &Interrupt,
    ) -> Result<References, CompileError> {
        within(interrupt, source, || self.references_of(source, asked, Helps::With))
    }

    /// The same, where what is wrong is only known, and not told.
    pub(crate) fn references_briefly(
        &self,
        source: &str,
        asked: &[&str],
        interrupt: &Interrupt,
    ) -> Result<References, CompileError> {
        within(interrupt, source, || self.references_of(source, asked, Helps::Without))
    }

    /// Each place where a program reads a name that it writes, in the order of its text.
    ///
    /// # Errors
    ///
    /// As [`references`](Self::references).
    pub(crate) fn reads(&self, source: &str, interrupt: &Interrupt) -> Result<Vec<Read>, CompileError> {
        let tree = within(interrupt, source, || self.untyped(source, Helps::Without))?;
        let read = |expr: &Expr| {
            let name = match expr.kind {
                Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => {
                    &*tree.parameter(tree.variable(variable).parameter?).name
                }
                Kind::Parameter(parameter) => &*tree.parameter(parameter).name,
                Kind::HasParameter(name) => match tree.expr(name).kind {
                    Kind::Text(text) => tree.text(text),
                    _ => return None,
                },
                _ => return None,
            };
            Some(Read {
                name: name.into(),
                span: expr.span,
            })
        };
        let mut reads: Vec<Read> = tree.exprs.iter().filter_map(read).collect();
        reads.sort_by_key(|read| read.span);
        Ok(reads)
    }

    /// A program's tree, whatever the types of its parameters are.
    fn untyped(&self, source: &str, helps: Helps) -> Result<Box<TypedTree>, CompileError> {
        let settings = &self.settings;
        let limits = settings.parse_limits();
        let refused = |diagnostics| CompileError::new(diagnostics, source);
        let tree = syntax::parse(source, &limits).map_err(|diagnostic| refused(vec![diagnostic]))?;
        let schema = Schema::open();
        let options = check::Options {
            strict: false,
            // Compiling finds them.
            constants: false,
            helps,
            ..settings.check_options(&schema)
        };
        Ok(check::check(source, &tree, &options).map_err(refused)?.tree)
    }

    fn references_of(&self, source: &str, asked: &[&str], helps: Helps) -> Result<References, CompileError> {
        let settings = &self.settings;
        let tree = self.untyped(source, helps)?;
        let mut found = References::default();
        let own = || -> HashSet<&str> { tree.parameters.iter().map(|parameter| &*parameter.name).collect() };
        let mut named = None;
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
                Kind::HasParameter(name) => match tree.exprs.get(name).map(|name| name.kind) {
                    Some(Kind::Text(text)) => {
                        let name = tree.text(text);
                        if named.get_or_insert_with(own).insert(name) {
                            found.names.push(Reference {
                                name: name.into(),
                                span: expr.span,
                                optional: true,
                            });
                        }
                    }
                    _ => found.computed = true,
                },
                Kind::HostCall { function, arguments } => {
                    let function = tree.host_calls.get(function);
                    let Some(function) = function.filter(|call| asked.contains(&&*call.0)) else {
                        continue;
                    };
                    let argument = |id: &ExprId| {
                        let expr = tree.exprs.get(*id);
                        let text = expr.and_then(|expr| match expr.kind {
                            Kind::Text(text) => Some(tree.text(text).into()),
                            _ => None,
                        });
                        (text, expr.map_or_else(Span::default, |expr| expr.span))
                    };
                    found.calls.push(ConstantCall {
                        function: function.0.clone(),
                        arguments: tree.expr_list(arguments).iter().map(argument).collect(),
                    });
                }
                _ => {}
            }
        }
        Ok(found)
    }
}
