//! Names to what they mean: a parameter of the same set, of a surrounding, of a finished step or a signal; or what was meant.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::convert::literal;
use super::declared::SeenAs;
use super::definition::{Body, Definition, ParameterSet};
use super::kind::ParamType;
use super::known::Known;
use super::meter::{Meter, NAME_STEPS, Stop, json_size};
use super::plan::{ByName, Reads, Source};
use super::problem::{MAX_CANDIDATES, MAX_SUGGESTIONS};
use super::references::Raw;
use super::scope::{Found, SEPARATOR, Scope};
use crate::diagnostic::{Code, Diagnostic, Message, closest, quote};
use crate::dialect::Dialect;
use crate::library;
use crate::schema::Schema;
use crate::types::Type;
use crate::value::Value;

/// Bytes for a name that is read.
const NAME_BYTES: u64 = 192;
/// Steps for a name that may have been meant, and for each byte of the name that was written.
const CANDIDATE_STEPS: u64 = 10;
const COMPARED_STEPS: u64 = 2;
/// The most bytes of a name that is compared.
const MAX_COMPARED_BYTES: usize = 64;
/// Steps and bytes for what is said of a definition.
const PROBLEM_STEPS: u64 = 500;
const PROBLEM_BYTES: u64 = 1_600;
/// Steps and bytes for a part of a literal, which is copied and made a value.
const PART_STEPS: u64 = 40;
const PART_BYTES: u64 = 400;

/// The numbers that may be date ints.
const DATE_INTS: std::ops::RangeInclusive<i64> = 19_000_101..=21_001_231;

/// What a name means.
pub(crate) struct Meaning {
    pub(crate) source: Source,
    /// The parameter of the set that has the name too: it is meant once it is evaluated.
    pub(crate) own: Option<usize>,
}

impl Meaning {
    const fn own(index: usize) -> Self {
        Self {
            source: Source::Own(index),
            own: None,
        }
    }
}

/// Resolves the names of one set.
pub(crate) struct Resolver<'r> {
    pub(crate) meter: &'r mut Meter,
    scope: &'r Scope,
    set: &'r ParameterSet,
    /// The parameters of the set but those that are left out, as nothing gives them a value.
    own: &'r ByName,
    names: &'r [Arc<str>],
    /// Whether each parameter is to have a value.
    pub(crate) needs_values: bool,
    suggestions: usize,
}

impl<'r> Resolver<'r> {
    pub(crate) fn new(
        scope: &'r Scope,
        set: &'r ParameterSet,
        (own, names): (&'r ByName, &'r [Arc<str>]),
        needs_values: bool,
        meter: &'r mut Meter,
    ) -> Self {
        Self {
            meter,
            scope,
            set,
            own,
            names,
            needs_values,
            suggestions: 0,
        }
    }

    /// What is around the set.
    pub(super) fn scope(&self) -> &'r Scope {
        self.scope
    }

    /// What is known of the steps around it.
    pub(super) fn known(&self) -> Option<&'r Known> {
        self.scope.known()
    }

    /// An error with what was meant, where something is near; a few times only.
    pub(super) fn with_meant<'n>(
        &mut self,
        error: Diagnostic,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Diagnostic {
        match self.meant(name, known) {
            Some(meant) => error.with_help(format!("did you mean {}?", quote(meant))),
            None => error,
        }
    }

    /// What was meant by a name, where something is near; a few times only.
    fn meant<'n>(&mut self, name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        self.suggestions += 1;
        let few = self.suggestions <= MAX_SUGGESTIONS;
        closest(name, known.take(MAX_CANDIDATES).filter(|_| few))
    }

    /// What a name means; nothing where it may be absent and is.
    pub(crate) fn resolve(&mut self, raw: &Raw<'_>) -> Result<Result<Option<Meaning>, Box<Diagnostic>>, Stop> {
        self.meter.steps(3 * self.scope.find_steps(raw.name))?;
        self.meter.bytes(NAME_BYTES + 2 * raw.name.len() as u64)?;
        let resolved = self.meaning_of(raw);
        if resolved.is_err() {
            let candidates = match self.suggestions <= MAX_SUGGESTIONS {
                true => self.candidates(raw.name) as u64,
                false => 0,
            };
            let compared = COMPARED_STEPS * raw.name.len().min(MAX_COMPARED_BYTES) as u64;
            self.meter
                .steps(PROBLEM_STEPS + candidates * (CANDIDATE_STEPS + compared))?;
            self.charge_problems(1)?;
        }
        Ok(resolved)
    }

    /// How many names may have been meant by one that is not known.
    fn candidates(&self, name: &str) -> usize {
        let steps = match name.contains(SEPARATOR) {
            true => self.scope.step_ids().len(),
            false => 0,
        };
        let around = self.scope.len() - self.scope.step_ids().len();
        [self.names.len(), around, steps]
            .map(|names| names.min(MAX_CANDIDATES))
            .iter()
            .sum()
    }

    fn meaning_of(&mut self, raw: &Raw<'_>) -> Result<Option<Meaning>, Box<Diagnostic>> {
        let own = self.own.get(raw.name).copied();
        let around = || {
            let source = Source::Outer(raw.name.into());
            Ok(Some(Meaning { source, own }))
        };
        let found = self.scope.find(raw.name);
        match (found, own) {
            (_, Some(index)) if !self.scope.declares(raw.name) => Ok(Some(Meaning::own(index))),
            (Found::Value(_) | Found::Declared(_), _) => around(),
            // Whether it is reached only the run can tell; a text always is.
            (Found::Skipped { .. }, None) if !raw.in_text => around(),
            (_, Some(index)) => Ok(Some(Meaning::own(index))),
            (Found::NotRun { step }, None) if self.scope.is_of_step(step) => self.of_own_step(raw, step),
            (found, None) => self.meaningless(raw, found),
        }
    }

    /// What a name means that names the step itself: `load__rows` in the step `load` is its own `rows`.
    fn of_own_step(&mut self, raw: &Raw<'_>, step: &str) -> Result<Option<Meaning>, Box<Diagnostic>> {
        let parameter = raw
            .name
            .strip_prefix(step)
            .and_then(|rest| rest.strip_prefix(SEPARATOR));
        let parameter = parameter.unwrap_or_default();
        match self.own.get(parameter) {
            Some(&index) => Ok(Some(Meaning::own(index))),
            None => self.meaningless(raw, Found::NoSuchParameter { step, parameter }),
        }
    }

    /// Nothing, where a name may be absent, or why it means nothing.
    fn meaningless(&mut self, raw: &Raw<'_>, found: Found<'_>) -> Result<Option<Meaning>, Box<Diagnostic>> {
        match found {
            Found::Absent | Found::NoSuchParameter { .. } if raw.optional => Ok(None),
            Found::Absent => Err(Box::new(self.unknown(raw))),
            Found::NoSuchParameter { step, parameter } => {
                let error = explain(raw, found);
                let (scope, names) = (self.scope, self.names);
                let own = names.iter().map(|name| &**name).filter(|_| scope.is_of_step(step));
                let known = scope.parameters_of(step).chain(own);
                Err(Box::new(match self.meant(parameter, known) {
                    Some(meant) => {
                        error.with_help(format!("did you mean {}?", quote(&format!("{step}{SEPARATOR}{meant}"))))
                    }
                    None => match self.scope.known() {
                        Some(known) if known.is_of_loop(step, parameter) => error.with_help(match raw.in_text {
                            true => "the loop has it in its parameter `loop_params`".to_owned(),
                            false => format!(
                                "the loop has it in its parameter `loop_params`: read `{}loop_params.get('{}')`",
                                bounded(&format!("{step}{SEPARATOR}")),
                                bounded(parameter)
                            ),
                        }),
                        _ => error,
                    },
                }))
            }
            found => Err(Box::new(explain(raw, found))),
        }
    }

    /// Whether a name is of a step that has not run yet: it may be skipped, and then the name stands for nothing.
    pub(crate) fn may_be_skipped(&self, name: &str) -> bool {
        name.contains(SEPARATOR) && !self.own.contains_key(name) && matches!(self.scope.find(name), Found::Declared(_))
    }

    /// All names that are known; those that an expression has in it by their types, as far as these show without an evaluation. A few
    /// times only, as there may be many.
    pub(crate) fn known_names(&mut self, source: &str) -> Result<Option<Schema>, Stop> {
        self.suggestions += 1;
        if self.suggestions > MAX_SUGGESTIONS {
            return Ok(None);
        }
        let count = (self.names.len() + self.scope.len()) as u64;
        self.meter.steps(count * 4 * NAME_STEPS)?;
        self.meter.bytes(count * NAME_BYTES)?;
        let names = self.names.iter().map(|name| &**name).chain(self.scope.names());
        let mut schema = names.fold(Schema::new(), |schema, name| schema.with(name, Type::Any));
        let words = source.split(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '$')));
        let words: BTreeSet<&str> = words.filter(|word| schema.declares(word)).collect();
        for word in words {
            self.meter.steps(3 * self.scope.find_steps(word))?;
            let ty = self.known_type(word)?;
            schema = schema.with(word, ty);
        }
        Ok(Some(schema))
    }

    /// Whether a name stands for a number that is not a date int, whatever it is called.
    pub(crate) fn is_no_date(&self, name: &str) -> bool {
        let is_own = self.own.contains_key(name) && !self.scope.declares(name);
        let number = match self.set.get(name).filter(|_| is_own).map(Definition::body) {
            Some(Body::Literal(json)) => json.as_i64(),
            Some(Body::Expression(_) | Body::Members(_) | Body::Missing) | None => None,
        };
        number.is_some_and(|number| !DATE_INTS.contains(&number))
    }

    /// The type of what a name stands for, as far as it shows without an evaluation.
    fn known_type(&mut self, name: &str) -> Result<Type, Stop> {
        let is_own = self.own.contains_key(name) && !self.scope.declares(name);
        let ty = match self.set.get(name).filter(|_| is_own) {
            Some(definition) => match (definition.declared_type(), definition.body()) {
                (Some(declared), _) => declared.in_language(),
                (None, Body::Literal(json)) => {
                    let value = self.literal(json, None)?;
                    value.map_or(Type::Any, |value| value.type_of())
                }
                (None, Body::Members(_)) => Type::Map,
                (None, Body::Expression(_) | Body::Missing) => Type::Any,
            },
            None => self.outer_type(name),
        };
        // A null says nothing of what else may stand there.
        Ok(if ty == Type::Null { Type::Any } else { ty })
    }

    /// The type of what a name stands for around the set.
    fn outer_type(&self, name: &str) -> Type {
        match self.scope.find(name) {
            Found::Value(value) => value.type_of(),
            Found::Declared(ty) if !self.may_be_skipped(name) => ty,
            Found::Declared(_)
            | Found::Skipped { .. }
            | Found::NotRun { .. }
            | Found::NoSuchParameter { .. }
            | Found::Ambiguous { .. }
            | Found::Absent => Type::Any,
        }
    }

    /// The value of a literal, charged by what it holds.
    pub(crate) fn literal(&mut self, json: &Json, declared: Option<ParamType>) -> Result<Result<Value, Message>, Stop> {
        let (bytes, parts) = json_size(json);
        self.meter.steps(parts * PART_STEPS + bytes)?;
        self.meter.bytes(parts * PART_BYTES + 4 * bytes)?;
        Ok(literal(json, declared))
    }

    /// Charges for what is said of a definition.
    pub(crate) fn charge_problems(&mut self, count: usize) -> Result<(), Stop> {
        charge_problems(self.meter, count)
    }

    fn unknown(&mut self, raw: &Raw<'_>) -> Diagnostic {
        let code = if raw.in_text {
            Code::UnknownParameter
        } else {
            Code::UnknownName
        };
        let name = raw.name;
        // What the set has and is not among its own is left out.
        if self.set.get(name).is_some() {
            let message = format!("{} has no value: it is optional and nothing sets it", quote(name));
            let error = Diagnostic::error(code, raw.span, message);
            return match raw.in_text {
                true => error,
                false => error.with_help(format!("read it as `params['{}']`, which is null then", bounded(name))),
            };
        }
        let error = match name.contains(SEPARATOR) {
            true => Diagnostic::error(
                code,
                raw.span,
                format!("unknown name {}: there is no such step or signal", quote(name)),
            ),
            false => Diagnostic::error(code, raw.span, format!("unknown name {}", quote(name))),
        };
        self.suggestions += 1;
        let own = self.names.iter().map(|name| &**name).take(MAX_CANDIDATES);
        let outer = self.scope.names().take(MAX_CANDIDATES);
        let classes = library::class_names(Dialect::Sel)
            .filter(|_| !raw.in_text)
            .map(|class: &str| class);
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

/// Charges for what is said of a definition.
pub(super) fn charge_problems(meter: &mut Meter, count: usize) -> Result<(), Stop> {
    meter.steps(count as u64 * PROBLEM_STEPS)?;
    meter.bytes(count as u64 * PROBLEM_BYTES)
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
            error(Code::UnknownParameter, format!("unknown name {name}"))
        }
    }
}

fn bounded(name: &str) -> String {
    quote(name).trim_matches('`').to_owned()
}

/// The types of what an expression reads.
pub(crate) fn schema(reads: &Reads, scope: &Scope, types: &[SeenAs]) -> Schema {
    let mut schema = Schema::new();
    for (name, source) in reads {
        let ty = match source {
            Source::Own(index) => types.get(*index).map_or(Type::Any, |seen| seen.ty),
            Source::Outer(name) => match scope.find(name) {
                Found::Value(value) => value.type_of(),
                Found::Declared(ty) => ty,
                _ => Type::Any,
            },
        };
        // A null says nothing of what else may stand there.
        let ty = if ty == Type::Null { Type::Any } else { ty };
        schema = match source {
            Source::Own(index) => {
                let shape = types.get(*index).and_then(|seen| seen.shape.as_ref());
                schema.with_whole(name, ty, shape)
            }
            Source::Outer(name_around) => match scope.schema_of(name_around) {
                Some((of, parameter)) => schema.with_same(name, ty, of, parameter),
                None => schema.with(name, ty),
            },
        };
    }
    schema
}
