//! Names to what they mean: a parameter of the same set, of a surrounding, of a finished step or a signal; or what was meant.

use std::collections::HashMap;
use std::sync::Arc;

use super::plan::{Reads, Source};
use super::references::Raw;
use super::scope::{Found, SEPARATOR, Scope};
use crate::diagnostic::{Code, Diagnostic, closest, quote};
use crate::library;
use crate::schema::Schema;
use crate::types::Type;

/// How many unknown names of a set get a suggestion, which takes a look at all names.
const MAX_SUGGESTIONS: usize = 20;
/// How many names a suggestion looks at.
const MAX_CANDIDATES: usize = 1000;

/// Resolves the names of one set.
pub(crate) struct Resolver<'r> {
    scope: &'r Scope,
    own: &'r HashMap<Arc<str>, usize>,
    names: &'r [Arc<str>],
    suggestions: usize,
}

impl<'r> Resolver<'r> {
    pub(crate) fn new(scope: &'r Scope, own: &'r HashMap<Arc<str>, usize>, names: &'r [Arc<str>]) -> Self {
        Self {
            scope,
            own,
            names,
            suggestions: 0,
        }
    }

    /// What a name means to the parameter `reader`; nothing where it may be absent and is. A parameter that reads its own name
    /// reads the one it hides, where there is one.
    pub(crate) fn resolve(&mut self, raw: &Raw<'_>, reader: &str) -> Result<Option<Source>, Box<Diagnostic>> {
        let found = self.scope.find(raw.name);
        let hides = raw.name == reader && matches!(found, Found::Value(_) | Found::Declared(_));
        if let (Some(&index), false) = (self.own.get(raw.name), hides) {
            return Ok(Some(Source::Own(index)));
        }
        match found {
            Found::Value(_) | Found::Declared(_) => Ok(Some(Source::Outer(raw.name.into()))),
            // Whether it is reached only the run can tell; a text always is.
            Found::Skipped { .. } if !raw.in_text => Ok(Some(Source::Outer(raw.name.into()))),
            Found::Absent | Found::NoSuchParameter { .. } if raw.optional => Ok(None),
            Found::Absent => Err(Box::new(self.unknown(raw))),
            Found::NoSuchParameter { step, parameter } => {
                let error = explain(raw, found);
                self.suggestions += 1;
                let known = self.scope.parameters_of(step).take(MAX_CANDIDATES);
                let meant = closest(parameter, known.filter(|_| self.suggestions <= MAX_SUGGESTIONS));
                Err(Box::new(match meant {
                    Some(meant) => {
                        error.with_help(format!("did you mean {}?", quote(&format!("{step}{SEPARATOR}{meant}"))))
                    }
                    None => error,
                }))
            }
            found => Err(Box::new(explain(raw, found))),
        }
    }

    /// Whether a name is of a step that has not run yet: it may be skipped, and then the name stands for nothing.
    pub(crate) fn may_be_skipped(&self, name: &str) -> bool {
        name.contains(SEPARATOR) && !self.own.contains_key(name) && matches!(self.scope.find(name), Found::Declared(_))
    }

    /// All names that are known, of any type; a few times only, as there may be many.
    pub(crate) fn known_names(&mut self) -> Option<Schema> {
        self.suggestions += 1;
        if self.suggestions > MAX_SUGGESTIONS {
            return None;
        }
        let names = self.names.iter().map(|name| &**name).chain(self.scope.names());
        Some(names.fold(Schema::new(), |schema, name| schema.with(name, Type::Any)))
    }

    fn unknown(&mut self, raw: &Raw<'_>) -> Diagnostic {
        let code = if raw.in_text {
            Code::UnknownParameter
        } else {
            Code::UnknownName
        };
        let name = raw.name;
        let error = match name.contains(SEPARATOR) {
            true => Diagnostic::error(
                code,
                raw.span,
                format!("{} is not known: there is no such step or signal", quote(name)),
            ),
            false => Diagnostic::error(code, raw.span, format!("{} is not known", quote(name))),
        };
        self.suggestions += 1;
        let own = self.names.iter().map(|name| &**name).take(MAX_CANDIDATES);
        let outer = self.scope.names().take(MAX_CANDIDATES);
        let classes = library::class_names().filter(|_| !raw.in_text).map(|class: &str| class);
        let step = name.rsplit_once(SEPARATOR).map_or("", |(step, _)| step);
        let found = match self.suggestions <= MAX_SUGGESTIONS {
            true => closest(name, own.chain(outer).chain(classes))
                .or_else(|| closest(step, self.scope.step_ids().take(MAX_CANDIDATES))),
            false => None,
        };
        match found {
            Some(found) => error.with_help(format!("did you mean {}?", quote(found))),
            None if raw.in_text => error.with_help("define it, or write `$$` for a dollar sign"),
            None => error.with_help("define it, or put quotes around it if it is a text"),
        }
    }
}

/// The error of a name that stands for no value.
pub(crate) fn explain(raw: &Raw<'_>, found: Found<'_>) -> Diagnostic {
    let name = quote(raw.name);
    let error = |code, message| Diagnostic::error(code, raw.span, message);
    match found {
        Found::Skipped { step } => {
            let message = format!("{name} has no value: the step {} was skipped", quote(step));
            let help = format!("read it as `params['{}']`, which is null then", bounded(raw.name));
            let error = error(Code::SkippedStep, message);
            if raw.in_text { error } else { error.with_help(help) }
        }
        Found::NotRun { step } => {
            let message = format!(
                "{name} cannot be read: the step {} does not run before this",
                quote(step)
            );
            error(Code::StepNotRun, message)
                .with_help("only steps that run before can be read; add a transition from it")
        }
        Found::NoSuchParameter { step, parameter } => {
            let message = format!("{} has no parameter {}", quote(step), quote(parameter));
            error(Code::UnknownParameter, message)
        }
        Found::Ambiguous { steps: [first, second] } => {
            let message = format!(
                "{name} can mean a parameter of {} or of {}",
                quote(first),
                quote(second)
            );
            error(Code::AmbiguousStep, message).with_help("call `params.getFromStep(step, parameter)` instead")
        }
        Found::Absent | Found::Value(_) | Found::Declared(_) => {
            error(Code::UnknownParameter, format!("{name} is not known"))
        }
    }
}

fn bounded(name: &str) -> String {
    quote(name).trim_matches('`').to_owned()
}

/// The types of what an expression reads.
pub(crate) fn schema(reads: &Reads, scope: &Scope, types: &[Type]) -> Schema {
    let mut schema = Schema::new();
    for (name, source) in reads {
        let ty = match source {
            Source::Own(index) => types.get(*index).copied().unwrap_or(Type::Any),
            Source::Outer(name) => match scope.find(name) {
                Found::Value(value) => value.type_of(),
                Found::Declared(ty) => ty,
                _ => Type::Any,
            },
        };
        // A null says nothing of what else may stand there.
        schema = schema.with(name, if ty == Type::Null { Type::Any } else { ty });
    }
    schema
}
