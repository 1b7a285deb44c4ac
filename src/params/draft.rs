//! A definition on its way to a plan: its references, then its type and its program; or what is wrong with it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::asked::ASKED;
use super::bounded;
use super::convert::can_convert;
use super::declared::SeenAs;
use super::definition::{Body, Definition, ParameterSet};
use super::interpolate::Template;
use super::kind::ParamType;
use super::meter::{Meter, NAME_STEPS, Stop};
use super::mistakes::check_name;
use super::plan::{Item, Lookup, Reads, Source, Work};
use super::problem::{Problem, key_path};
use super::references::{self, Raw};
use super::resolve::{self, Meaning, Resolver};
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic, Message, quote};
use crate::dialect::Dialect;
use crate::engine::{CompileError, Engine, within};
use crate::shape::WholeShape;
use crate::source::{Position, Span};
use crate::types::Type;
use crate::value::Value;

/// The most levels that MAPs nest in each other.
const MAX_NESTING: usize = 64;
/// Steps for a definition, beside what its body takes.
pub(super) const DEFINITION_STEPS: u64 = 200;
/// Bytes for a definition while it is planned, and its place in the plan.
pub(super) const DEFINITION_BYTES: u64 = 1_600;

/// A parameter whose references are known, but not yet the types of what it reads.
pub(crate) struct Draft<'d> {
    pub(crate) name: &'d str,
    pub(crate) path: String,
    pub(crate) place: Option<Position>,
    declared: Option<ParamType>,
    shape: Option<&'d Arc<WholeShape>>,
    pub(crate) reads: Reads,
    /// Of the names it reads around the set, the parameters of the set that have them too: they are meant once they are evaluated.
    hidden: HashMap<Box<str>, usize, RandomState>,
    pub(crate) computed: bool,
    work: DraftWork<'d>,
    pub(crate) problems: Vec<Problem>,
    /// Names that were refused, which are not to be refused again, and those of steps that may have been skipped: of these no
    /// type is known.
    untyped: Vec<Box<str>>,
    /// The names that stand for a number that is not a date, whatever they are called.
    no_dates: Vec<Box<str>>,
}

enum DraftWork<'d> {
    Value(Value),
    Template(Value),
    Expression(&'d str),
    Members(Vec<Draft<'d>>),
    /// What was wrong was said.
    Wrong,
}

impl<'d> Draft<'d> {
    pub(super) fn new(
        engine: &Engine,
        resolver: &mut Resolver<'_>,
        name: &'d str,
        definition: &'d Definition,
        path: &str,
        depth: usize,
    ) -> Result<Self, Stop> {
        let mut draft = Self {
            name,
            path: path.to_owned(),
            place: definition.place,
            declared: definition.declared,
            shape: definition.shape.as_ref(),
            reads: Reads::default(),
            hidden: HashMap::default(),
            computed: false,
            work: DraftWork::Wrong,
            problems: Vec::new(),
            untyped: Vec::new(),
            no_dates: Vec::new(),
        };
        if let Err(problem) = check_name(name, path, definition.place) {
            draft.problems.push(problem);
            return Ok(draft);
        }
        draft.misspelt(definition);
        match &definition.body {
            Body::Literal(json) => match resolver.literal(json, definition.declared)? {
                Ok(value) => draft.literal(engine, resolver, value)?,
                Err(why) => {
                    let why = Message::from("the value does not fit: ").then(why);
                    draft.error(
                        Code::ConversionFailed,
                        why.text(Code::ConversionFailed, engine.settings().quote_values),
                    );
                }
            },
            Body::Expression(source) => draft.expression(engine, resolver, source)?,
            Body::Missing => draft.missing(resolver.needs_values),
            Body::Members(_) if depth >= MAX_NESTING => {
                draft.error(
                    Code::DefinitionShape,
                    format!("maps nest deeper than {MAX_NESTING} levels"),
                );
            }
            Body::Members(set) => draft.members(engine, resolver, set, depth)?,
        }
        resolver.charge_problems(draft.problems.len())?;
        Ok(draft)
    }

    /// Warns of keys that travel along and are near to one with a meaning.
    fn misspelt(&mut self, definition: &Definition) {
        for key in definition.extra.keys() {
            let Some(meant) = super::mistakes::near_key(key, definition) else {
                continue;
            };
            let message = format!("unknown key {} of {}", quote(key), quote(self.name));
            let warning = Diagnostic::warning(Code::MisspeltKey, Span::default(), message);
            let warning = warning.with_help(format!("did you mean `{meant}`?"));
            let path = key_path(&self.path, key);
            self.problems.push(Problem::at(path, self.place, warning));
        }
    }

    /// One without a value is refused where it is to be evaluated; before that only its type counts.
    fn missing(&mut self, needs_values: bool) {
        match needs_values {
            false => self.work = DraftWork::Value(Value::Null),
            true => {
                let message = format!("{} is required and has no value", quote(self.name));
                self.error(Code::RequiredParameter, message);
            }
        }
    }

    fn error(&mut self, code: Code, message: String) {
        let diagnostic = Diagnostic::error(code, Span::default(), message);
        self.problems.push(Problem::at(&*self.path, self.place, diagnostic));
    }

    #[inline(never)]
    fn literal(&mut self, engine: &Engine, resolver: &mut Resolver<'_>, value: Value) -> Result<(), Stop> {
        let interpolated = self.shape.is_some() || !matches!(self.declared, Some(ParamType::Map));
        let texts = if interpolated {
            references::texts(&value)
        } else {
            Vec::new()
        };
        let mut has_names = false;
        for text in texts {
            let mut found: Vec<Diagnostic> = engine.lint_text(text).into_iter().collect();
            for (name, start) in Template::new(text).shown() {
                has_names = true;
                let span = Span::new(start as u32, start as u32 + name.len() as u32 + 1);
                let raw = Raw {
                    name,
                    span,
                    optional: false,
                    in_text: true,
                };
                found.extend(self.resolve(resolver, &raw)?);
            }
            has_names |= text.contains('$');
            self.report(bounded::of_text(found), text, resolver.meter)?;
        }
        self.work = match has_names {
            true => DraftWork::Template(value),
            false => DraftWork::Value(value),
        };
        Ok(())
    }

    // Of its own, so that the members of a map nest in little stack.
    #[inline(never)]
    fn expression(&mut self, engine: &Engine, resolver: &mut Resolver<'_>, source: &'d str) -> Result<(), Stop> {
        resolver.meter.compiling(source)?;
        match engine.references_briefly(source, &ASKED, resolver.meter.interrupt()) {
            Ok(found) => {
                self.computed = found.computed;
                let mut wrong = Vec::new();
                for reference in &found.names {
                    let raw = Raw {
                        name: &reference.name,
                        span: reference.span,
                        optional: reference.optional,
                        in_text: false,
                    };
                    wrong.extend(self.resolve(resolver, &raw)?);
                    if resolver.is_no_date(raw.name) {
                        self.no_dates.push(raw.name.into());
                    }
                }
                for call in &found.calls {
                    wrong.extend(resolver.asked(call)?);
                }
                self.report(bounded::of_text(wrong), source, resolver.meter)?;
                self.work = DraftWork::Expression(source);
            }
            Err(brief) => {
                resolver.meter.explaining(&brief, source)?;
                // With the names that are known, what is wrong may have a better explanation.
                let known = resolver.known_names(source)?;
                let interrupt = resolver.meter.interrupt();
                let explained = known
                    .and_then(|schema| within(interrupt, source, || engine.compile_uncached(source, &schema)).err());
                let explained = match explained {
                    Some(explained) => explained,
                    None => {
                        let interrupt = interrupt.clone();
                        resolver.meter.compiling_once(source)?;
                        let read = engine.references(source, &ASKED, &interrupt);
                        read.err().unwrap_or(brief)
                    }
                };
                resolver.meter.compiled(explained.stopped_by())?;
                self.refused(&explained, source, resolver.meter)?;
            }
        }
        Ok(())
    }

    /// Takes over what is wrong with an expression, which is bounded.
    fn refused(&mut self, error: &CompileError, source: &str, meter: &mut Meter) -> Result<(), Stop> {
        self.report(error.diagnostics().to_vec(), source, meter)
    }

    /// Tells what is wrong with a text, which all of it shares.
    fn report(&mut self, found: Vec<Diagnostic>, text: &str, meter: &mut Meter) -> Result<(), Stop> {
        if found.is_empty() {
            return Ok(());
        }
        meter.bytes(text.len() as u64)?;
        let text: Arc<str> = text.into();
        for diagnostic in found {
            let problem = Problem::at(&*self.path, self.place, diagnostic);
            self.problems.push(problem.within(Arc::clone(&text)));
        }
        Ok(())
    }

    fn members(
        &mut self,
        engine: &Engine,
        resolver: &mut Resolver<'_>,
        set: &'d ParameterSet,
        depth: usize,
    ) -> Result<(), Stop> {
        let bytes: usize = set.iter().map(|(name, _)| name.len()).sum();
        resolver
            .meter
            .steps(set.len() as u64 * DEFINITION_STEPS + bytes as u64)?;
        resolver
            .meter
            .bytes(set.len() as u64 * DEFINITION_BYTES + bytes as u64)?;
        let mut members = Vec::with_capacity(set.len());
        let needs_values = resolver.needs_values;
        for (name, definition) in set.iter().filter(|(_, of)| !needs_values || !of.is_left_out()) {
            let mut member = Draft::new(
                engine,
                resolver,
                name,
                definition,
                &key_path(&self.path, name),
                depth + 1,
            )?;
            resolver.meter.steps(member.reads.len() as u64 * NAME_STEPS)?;
            self.problems.append(&mut member.problems);
            self.computed |= member.computed;
            for (name, source) in &member.reads {
                self.reads.entry(name.clone()).or_insert_with(|| source.clone());
            }
            self.hidden
                .extend(member.hidden.iter().map(|(name, own)| (name.clone(), *own)));
            members.push(member);
        }
        self.work = DraftWork::Members(members);
        Ok(())
    }

    /// Notes what a name stands for, or gives why it stands for nothing.
    fn resolve(&mut self, resolver: &mut Resolver<'_>, raw: &Raw<'_>) -> Result<Option<Diagnostic>, Stop> {
        match resolver.resolve(raw)? {
            Ok(Some(Meaning { source, own })) => {
                if raw.optional && resolver.may_be_skipped(raw.name) {
                    self.untyped.push(raw.name.into());
                }
                self.reads.insert(raw.name.into(), source);
                if let Some(own) = own {
                    self.hidden.insert(raw.name.into(), own);
                }
            }
            Ok(None) => {}
            Err(diagnostic) => {
                self.untyped.push(raw.name.into());
                return Ok(Some(*diagnostic));
            }
        }
        Ok(None)
    }

    /// What the name at a place among those it reads means, now that some parameters of the set are evaluated.
    pub(super) fn settle(&mut self, place: usize, is_evaluated: impl Fn(usize) -> bool) -> Option<&Source> {
        let (name, source) = self.reads.get_index_mut(place)?;
        if let Some(own) = self.hidden.get(name).copied().filter(|own| is_evaluated(*own)) {
            *source = Source::Own(own);
        }
        Some(source)
    }

    /// Whether a warning takes a name for that of a date that stands for another number.
    fn is_of_no_date(&self, warning: &Diagnostic, source: &str) -> bool {
        let of_dates = matches!(warning.code, Code::DateIntArithmetic | Code::DateIntAsMillis);
        let words = warning
            .span
            .of(source)
            .split(|next: char| !(next.is_alphanumeric() || next == '_'));
        let mut words = words.filter(|word| self.no_dates.iter().any(|name| **name == **word));
        of_dates && words.next().is_some()
    }

    /// Takes what the names mean to the parameter that this is a member of.
    fn settle_as(&mut self, around: &Reads) {
        for (name, source) in &mut self.reads {
            if let Some(settled) = around.get(name) {
                source.clone_from(settled);
            }
        }
    }

    /// Types and compiles it, once the types of what it reads are known.
    pub(super) fn finish(
        &mut self,
        engine: &Engine,
        scope: &Scope,
        types: &[SeenAs],
        meter: &mut Meter,
    ) -> Result<Option<Item>, Stop> {
        let names: usize = self.reads.keys().map(|name| name.len()).sum();
        meter.steps(self.reads.len() as u64 * 4 * NAME_STEPS + names as u64)?;
        let mut conversion_known = false;
        let declared = self.declared.map(ParamType::in_language);
        let work = std::mem::replace(&mut self.work, DraftWork::Wrong);
        let (ty, work) = match work {
            DraftWork::Wrong => return Ok(None),
            DraftWork::Value(value) => (declared.unwrap_or(known_type(&value)), Work::Value(value)),
            DraftWork::Template(value) => (declared.unwrap_or(known_type(&value)), Work::Template(value)),
            DraftWork::Members(drafts) => {
                let mut members = Vec::with_capacity(drafts.len());
                for mut draft in drafts {
                    draft.settle_as(&self.reads);
                    members.extend(draft.finish(engine, scope, types, meter)?);
                    self.problems.append(&mut draft.problems);
                }
                (Type::Map, Work::Members(members))
            }
            DraftWork::Expression(source) => {
                let schema = resolve::schema(&self.reads, scope, types);
                let untyped = self.untyped.iter();
                let schema = untyped.fold(schema, |schema, name| schema.with(name, Type::Any));
                let program = match engine.compile_briefly(source, &schema, meter.interrupt()) {
                    Ok(program) => program,
                    Err(brief) => {
                        meter.explaining(&brief, source)?;
                        let explained = engine.compile_with(source, &schema, meter.interrupt());
                        let explained = explained.err().unwrap_or(brief);
                        meter.compiled(explained.stopped_by())?;
                        self.refused(&explained, source, meter)?;
                        return Ok(None);
                    }
                };
                let warnings = program.warnings().iter();
                let warnings = warnings.filter(|warning| !self.is_of_no_date(warning, source));
                self.warn(&warnings.cloned().collect::<Vec<_>>(), source, meter)?;
                if (program.result_type(), self.declared) == (Type::Long, Some(ParamType::Double)) {
                    meter.compiling_once(source)?;
                    self.warn(&engine.lint_as_double(source, &schema), source, meter)?;
                }
                // One that only throws says what it throws when it is evaluated.
                conversion_known =
                    program.never_ends() || self.check_result(program.result_type(), source, engine.settings().dialect);
                let slots = program.parameters().map(|(name, _)| self.source_of(name));
                let slots = slots.collect();
                let ty = declared.unwrap_or(match program.result_type() {
                    Type::DateTime => Type::String,
                    Type::Null | Type::Void => Type::Any,
                    ty => ty,
                });
                let lookup = match self.reads.keys().any(|name| program.slot(name).is_none()) {
                    _ if self.computed => Lookup::Computed,
                    true => Lookup::Written,
                    false => Lookup::Nothing,
                };
                (ty, Work::Program { program, slots, lookup })
            }
        };
        Ok(Some(Item {
            name: self.name.into(),
            path: std::mem::take(&mut self.path),
            place: self.place,
            declared: self.declared,
            shape: self.shape.cloned(),
            ty,
            reads: std::mem::take(&mut self.reads),
            work,
            conversion_known,
        }))
    }

    /// What its definition says of its type.
    pub(super) fn declared(&self) -> SeenAs {
        SeenAs {
            ty: self.declared.map_or(Type::Any, ParamType::in_language),
            shape: self.shape.cloned(),
        }
    }

    fn warn(&mut self, warnings: &[Diagnostic], source: &str, meter: &mut Meter) -> Result<(), Stop> {
        self.report(bounded::of_text(warnings.iter().cloned()), source, meter)
    }

    /// Holds an expression's type against the declared one; whether a conversion was reported.
    fn check_result(&mut self, result: Type, source: &str, dialect: Dialect) -> bool {
        let whole = Span::new(0, source.len() as u32);
        if result == Type::Void {
            let diagnostic = Diagnostic::error(Code::NoValue, whole, "the program returns no value")
                .with_help("end it with `return` and a value");
            self.problems
                .push(Problem::at(&*self.path, self.place, diagnostic).within(source));
            return true;
        }
        let Some(declared) = self.declared else {
            return false;
        };
        let diagnostic = match can_convert(result, declared) {
            Some(false) => return false,
            Some(true) => {
                let message = format!("{result} is converted to the declared type {declared}");
                Diagnostic::warning(Code::ImplicitConversion, whole, message)
            }
            None => {
                let message = format!("cannot convert the result of type {result} to {declared}");
                let help = match (result == Type::String && declared.is_compound(), dialect) {
                    (true, Dialect::Selvedge) => {
                        "texts are not parsed as JSON: use `Json.parse(text)`, or `text.split(\",\")`"
                    }
                    (true, Dialect::Sel) => {
                        "a text is not read as JSON: give the value itself, or make it of the text, as `text.split(\",\")` does"
                    }
                    (false, _) => "change the type or the expression",
                };
                Diagnostic::error(Code::ConversionFailed, whole, message).with_help(help)
            }
        };
        self.problems
            .push(Problem::at(&*self.path, self.place, diagnostic).within(source));
        true
    }

    fn source_of(&self, name: &str) -> Source {
        let source = self.reads.get(name).cloned();
        source.unwrap_or_else(|| Source::Outer(name.into()))
    }
}

/// The type an expression sees a literal as.
fn known_type(value: &Value) -> Type {
    match value.type_of() {
        Type::Null => Type::Any,
        ty => ty,
    }
}
