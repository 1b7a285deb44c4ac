//! Sets of definitions to plans: references, order and types of everything, or all that is wrong, before anything runs.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::convert::{can_convert, literal};
use super::definition::{Body, Definition, ParameterSet};
use super::interpolate::Template;
use super::kind::ParamType;
use super::limits::SetLimits;
use super::order;
use super::problem::{Problem, key_path};
use super::references::{self, Raw};
use super::resolve::{self, Resolver};
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Engine, Program};
use crate::schema::Schema;
use crate::source::{Position, Span};
use crate::types::Type;
use crate::value::Value;

/// The most levels that MAPs nest in each other.
pub(crate) const MAX_NESTING: usize = 64;

/// A set of parameters, checked and ready to be evaluated any number of times.
///
/// ```
/// use selvedge::params::{ParameterSet, Scope};
/// use selvedge::{Engine, Type};
///
/// let set = r#"{"total": {"type": "LONG", "expression": "2 * rows"}, "rows": {"type": "LONG", "value": 21}}"#;
/// let set = ParameterSet::from_json(set).map_err(|_| "?")?;
/// let plan = set.plan(&Engine::default(), &Scope::new()).map_err(|_| "?")?;
/// assert_eq!(plan.order().collect::<Vec<_>>(), ["rows", "total"]);
/// assert_eq!(plan.schema().get("total"), Some(Type::Long));
///
/// let report = plan.evaluate(&Scope::new());
/// assert_eq!(report.value("total"), Some(&42.into()));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) engine: Engine,
    pub(crate) limits: SetLimits,
    pub(crate) items: Vec<Item>,
    pub(crate) by_name: HashMap<Arc<str>, usize>,
    pub(crate) order: Vec<usize>,
    /// Those that compute the names they read, or read what does; the last of the order.
    pub(crate) late: HashSet<Arc<str>>,
    pub(crate) warnings: Vec<Problem>,
}

/// A parameter of a plan, or a member of one.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) name: Arc<str>,
    pub(crate) path: String,
    pub(crate) place: Option<Position>,
    pub(crate) declared: Option<ParamType>,
    /// The type an expression that reads it sees.
    pub(crate) ty: Type,
    pub(crate) reads: Reads,
    pub(crate) work: Work,
    /// Whether a conversion to the declared type was already reported.
    pub(crate) conversion_known: bool,
}

/// What there is to do for a parameter.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// Nothing: the value is known.
    Value(Value),
    /// Its texts are interpolated.
    Template(Value),
    /// A program is run, which takes its parameters from these places.
    Program {
        program: Program,
        slots: Vec<Source>,
        lookup: Lookup,
    },
    /// Each member is evaluated.
    Members(Vec<Item>),
}

/// What a program looks up by name while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// Nothing: what it reads has slots.
    Nothing,
    /// Names that are written, as in `params.containsKey('x')`.
    Written,
    /// Names that it computes.
    Computed,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// The item of this index in the same set.
    Own(usize),
    /// What the scope has under this name.
    Outer(Box<str>),
}

/// What a parameter reads, by name.
pub(crate) type Reads = IndexMap<Box<str>, Source>;

impl ParameterSet {
    /// Checks the whole set against what is around it: names, circles, types, and each expression.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in the order of the definitions.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new()
    ///     .with("a", Definition::expression("b + 1"))
    ///     .with("b", Definition::expression("a + 1"));
    /// let problems = set.plan(&selvedge::Engine::default(), &Scope::new()).unwrap_err();
    /// assert_eq!(problems[0].code().text(), "E714");
    /// ```
    pub fn plan(&self, engine: &Engine, scope: &Scope) -> Result<Plan, Vec<Problem>> {
        self.plan_at(engine, scope, "")
    }

    /// As [`plan`](Self::plan), with the path of the set in its document.
    pub(crate) fn plan_at(&self, engine: &Engine, scope: &Scope, path: &str) -> Result<Plan, Vec<Problem>> {
        let names = self.definitions.keys().map(|name| Arc::from(&**name));
        let names: Vec<Arc<str>> = names.collect();
        let by_name: HashMap<Arc<str>, usize> = names.iter().cloned().zip(0..).collect();
        let mut resolver = Resolver::new(scope, &by_name, &names);
        let mut problems = Vec::new();
        let mut drafts = Vec::with_capacity(names.len());
        for (name, definition) in self.iter() {
            drafts.push(Draft::new(
                engine,
                &mut resolver,
                name,
                definition,
                &key_path(path, name),
                0,
            ));
        }
        let (order, late) = order::order(&drafts, &mut problems);
        let late = late.into_iter().filter_map(|index| names.get(index).cloned()).collect();
        let mut types = vec![Type::Any; names.len()];
        let mut items: Vec<Option<Item>> = vec![None; names.len()];
        for &index in &order {
            let Some(draft) = drafts.get_mut(index) else { continue };
            let item = draft.finish(engine, scope, &types);
            if let (Some(item), Some(place), Some(ty)) = (item, items.get_mut(index), types.get_mut(index)) {
                *ty = item.ty;
                *place = Some(item);
            }
        }
        problems.extend(drafts.into_iter().flat_map(|draft| draft.problems));
        let (errors, warnings): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::is_error);
        if !errors.is_empty() {
            return Err(errors.into_iter().chain(warnings).collect());
        }
        Ok(Plan {
            engine: engine.clone(),
            limits: SetLimits::default(),
            items: items.into_iter().flatten().collect(),
            by_name,
            order,
            late,
            warnings,
        })
    }
}

impl Plan {
    /// The same with other limits for all parameters together.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope, SetLimits};
    /// let set = ParameterSet::new().with("note", Definition::literal("a text of some length"));
    /// let plan = set.plan(&selvedge::Engine::default(), &Scope::new()).map_err(|_| "?")?;
    /// let report = plan.with_limits(SetLimits { size: 10, ..SetLimits::default() }).evaluate(&Scope::new());
    /// assert_eq!(report.error().map(|error| error.code().text()), Some("E721"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: SetLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The parameters in the order they are evaluated in: as defined, but each after what it reads.
    pub fn order(&self) -> impl ExactSizeIterator<Item = &str> {
        self.order
            .iter()
            .map(|&index| self.items.get(index).map_or("", |item| &item.name))
    }

    /// The types that expressions see the parameters as; `ANY` where only the evaluation can tell.
    pub fn schema(&self) -> Schema {
        let typed = self.items.iter().map(|item| (&*item.name, item.ty));
        typed.fold(Schema::new(), |schema, (name, ty)| schema.with(name, ty))
    }

    /// What the parameter of a name reads, of this set and of the scope around it.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new()
    ///     .with("day", Definition::literal(20260101))
    ///     .with("table", Definition::literal("orders_$day"));
    /// let plan = set.plan(&selvedge::Engine::default(), &Scope::new()).map_err(|_| "?")?;
    /// assert_eq!(plan.reads("table").collect::<Vec<_>>(), ["day"]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn reads(&self, name: &str) -> impl Iterator<Item = &str> {
        let item = self.by_name.get(name).and_then(|&index| self.items.get(index));
        item.into_iter().flat_map(|item| item.reads.keys().map(|name| &**name))
    }

    /// The names of the scope that anything reads.
    pub(crate) fn outer_names(&self) -> impl Iterator<Item = &str> {
        let reads = self.items.iter().flat_map(|item| &item.reads);
        reads.filter_map(|(_, source)| match source {
            Source::Outer(name) => Some(&**name),
            Source::Own(_) => None,
        })
    }

    /// What the author should know, though the set was accepted.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParamType, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("sum", Definition::expression("1 + 2").with_type(ParamType::String));
    /// let plan = set.plan(&selvedge::Engine::default(), &Scope::new()).map_err(|_| "?")?;
    /// assert_eq!(plan.warnings()[0].code().text(), "W701");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

/// A parameter whose references are known, but not yet the types of what it reads.
pub(crate) struct Draft<'d> {
    pub(crate) name: &'d str,
    pub(crate) path: String,
    pub(crate) place: Option<Position>,
    declared: Option<ParamType>,
    pub(crate) reads: Reads,
    pub(crate) computed: bool,
    work: DraftWork<'d>,
    pub(crate) problems: Vec<Problem>,
    /// Names that were refused, which are not to be refused again, and those of steps that may have been skipped: of these no
    /// type is known.
    untyped: Vec<Box<str>>,
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
    fn new(
        engine: &Engine,
        resolver: &mut Resolver<'_>,
        name: &'d str,
        definition: &'d Definition,
        path: &str,
        depth: usize,
    ) -> Self {
        let mut draft = Self {
            name,
            path: path.to_owned(),
            place: definition.place,
            declared: definition.declared,
            reads: Reads::new(),
            computed: false,
            work: DraftWork::Wrong,
            problems: Vec::new(),
            untyped: Vec::new(),
        };
        if let Err(problem) = super::read::check_name(name, path, definition.place) {
            draft.problems.push(problem);
            return draft;
        }
        match &definition.body {
            Body::Literal(json) => match literal(json, definition.declared) {
                Ok(value) => draft.literal(resolver, value),
                Err(why) => draft.error(Code::ConversionFailed, format!("the value does not fit: {why}")),
            },
            Body::Expression(source) => draft.expression(engine, resolver, source),
            Body::Members(_) if depth >= MAX_NESTING => {
                draft.error(
                    Code::DefinitionShape,
                    format!("maps nest deeper than {MAX_NESTING} levels"),
                );
            }
            Body::Members(set) => draft.members(engine, resolver, set, depth),
        }
        draft
    }

    fn error(&mut self, code: Code, message: String) {
        let diagnostic = Diagnostic::error(code, Span::default(), message);
        self.problems.push(Problem::at(&*self.path, self.place, diagnostic));
    }

    fn literal(&mut self, resolver: &mut Resolver<'_>, value: Value) {
        let interpolated = !matches!(self.declared, Some(ParamType::Map));
        let texts = if interpolated {
            references::texts(&value)
        } else {
            Vec::new()
        };
        let mut has_names = false;
        for text in texts {
            for (name, start) in Template::new(text).shown() {
                has_names = true;
                let span = Span::new(start as u32, start as u32 + name.len() as u32 + 1);
                let raw = Raw {
                    name,
                    span,
                    optional: false,
                    in_text: true,
                };
                self.resolve(resolver, &raw, text);
            }
            has_names |= text.contains('$');
        }
        self.work = match has_names {
            true => DraftWork::Template(value),
            false => DraftWork::Value(value),
        };
    }

    fn expression(&mut self, engine: &Engine, resolver: &mut Resolver<'_>, source: &'d str) {
        match engine.references(source) {
            Ok(found) => {
                self.computed = found.computed;
                for reference in &found.names {
                    let raw = Raw {
                        name: &reference.name,
                        span: reference.span,
                        optional: reference.optional,
                        in_text: false,
                    };
                    self.resolve(resolver, &raw, source);
                }
                self.work = DraftWork::Expression(source);
            }
            Err(error) => {
                // With the names that are known, what is wrong may have a better explanation.
                let error = match resolver.known_names() {
                    Some(schema) => engine.compile_uncached(source, &schema).err().unwrap_or(error),
                    None => error,
                };
                for diagnostic in error.diagnostics() {
                    let problem = Problem::at(&*self.path, self.place, diagnostic.clone());
                    self.problems.push(problem.within(source));
                }
            }
        }
    }

    fn members(&mut self, engine: &Engine, resolver: &mut Resolver<'_>, set: &'d ParameterSet, depth: usize) {
        let mut members = Vec::with_capacity(set.len());
        for (name, definition) in set.iter() {
            let mut member = Draft::new(
                engine,
                resolver,
                name,
                definition,
                &key_path(&self.path, name),
                depth + 1,
            );
            self.problems.append(&mut member.problems);
            self.computed |= member.computed;
            for (name, source) in &member.reads {
                self.reads.entry(name.clone()).or_insert_with(|| source.clone());
            }
            members.push(member);
        }
        self.work = DraftWork::Members(members);
    }

    fn resolve(&mut self, resolver: &mut Resolver<'_>, raw: &Raw<'_>, text: &str) {
        match resolver.resolve(raw, self.name) {
            Ok(Some(source)) => {
                if raw.optional && resolver.may_be_skipped(raw.name) {
                    self.untyped.push(raw.name.into());
                }
                self.reads.insert(raw.name.into(), source);
            }
            Ok(None) => {}
            Err(diagnostic) => {
                let problem = Problem::at(&*self.path, self.place, *diagnostic);
                self.problems.push(problem.within(text));
                self.untyped.push(raw.name.into());
            }
        }
    }

    /// Types and compiles it, once the types of what it reads are known.
    fn finish(&mut self, engine: &Engine, scope: &Scope, types: &[Type]) -> Option<Item> {
        let mut conversion_known = false;
        let declared = self.declared.map(ParamType::in_language);
        let work = std::mem::replace(&mut self.work, DraftWork::Wrong);
        let (ty, work) = match work {
            DraftWork::Wrong => return None,
            DraftWork::Value(value) => (declared.unwrap_or(known_type(&value)), Work::Value(value)),
            DraftWork::Template(value) => (declared.unwrap_or(known_type(&value)), Work::Template(value)),
            DraftWork::Members(drafts) => {
                let mut members = Vec::with_capacity(drafts.len());
                for mut draft in drafts {
                    members.extend(draft.finish(engine, scope, types));
                    self.problems.append(&mut draft.problems);
                }
                (Type::Map, Work::Members(members))
            }
            DraftWork::Expression(source) => {
                let schema = resolve::schema(&self.reads, scope, types);
                let untyped = self.untyped.iter();
                let schema = untyped.fold(schema, |schema, name| schema.with(name, Type::Any));
                let program = match engine.compile(source, &schema) {
                    Ok(program) => program,
                    Err(error) => {
                        for diagnostic in error.diagnostics() {
                            let problem = Problem::at(&*self.path, self.place, diagnostic.clone());
                            self.problems.push(problem.within(source));
                        }
                        return None;
                    }
                };
                self.warn(&program, source);
                // One that only throws says what it throws when it is evaluated.
                conversion_known = program.never_ends() || self.check_result(program.result_type(), source);
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
        Some(Item {
            name: self.name.into(),
            path: std::mem::take(&mut self.path),
            place: self.place,
            declared: self.declared,
            ty,
            reads: std::mem::take(&mut self.reads),
            work,
            conversion_known,
        })
    }

    fn warn(&mut self, program: &Program, source: &str) {
        for warning in program.warnings() {
            let problem = Problem::at(&*self.path, self.place, warning.clone());
            self.problems.push(problem.within(source));
        }
    }

    /// Holds an expression's type against the declared one; whether a conversion was reported.
    fn check_result(&mut self, result: Type, source: &str) -> bool {
        let whole = Span::new(0, source.len() as u32);
        if result == Type::Void {
            let diagnostic = Diagnostic::error(Code::NoValue, whole, "the program gives no value")
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
                let message = format!("the {result} is converted to the declared type {declared}");
                Diagnostic::warning(Code::ImplicitConversion, whole, message)
            }
            None => {
                let message = format!("the expression gives {result}, which cannot be converted to {declared}");
                Diagnostic::error(Code::ConversionFailed, whole, message).with_help("change the type or the expression")
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
