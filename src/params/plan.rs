//! Plans: sets of definitions with the order and the types of everything, ready to be evaluated.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::declared::SeenAs;
use super::kind::ParamType;
use super::limits::SetLimits;
use super::meter::{Meter, Stop};
use super::problem::Problem;
use crate::engine::{Engine, Program};
use crate::schema::Schema;
use crate::shape::WholeShape;
use crate::source::Position;
use crate::types::Type;
use crate::value::Value;

/// A set of parameters, checked and ready to be evaluated any number of times.
///
/// ```
/// use selvedge::params::{ParameterSet, Scope};
/// use selvedge::{Engine, Type};
///
/// let set = r#"{"total": {"type": "LONG", "expression": "2 * rows"}, "rows": {"type": "LONG", "value": 21}}"#;
/// let set = ParameterSet::from_json(set)?;
/// let plan = set.plan(&Engine::default(), &Scope::new())?;
/// assert_eq!(plan.order().collect::<Vec<_>>(), ["rows", "total"]);
/// assert_eq!(plan.schema().get("total"), Some(Type::Long));
///
/// let report = plan.evaluate(&Scope::new());
/// assert_eq!(report.value("total"), Some(&42.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) engine: Engine,
    pub(crate) limits: SetLimits,
    pub(crate) items: Vec<Item>,
    pub(crate) by_name: ByName,
    pub(crate) order: Vec<usize>,
    /// Those that compute the names they read, or read what does; the last of the order.
    pub(crate) late: HashSet<Arc<str>, RandomState>,
    pub(crate) warnings: Vec<Problem>,
}

/// A parameter of a plan, or a member of one.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) name: Arc<str>,
    pub(crate) path: String,
    pub(crate) place: Option<Position>,
    pub(crate) declared: Option<ParamType>,
    /// What is inside, where that is declared.
    pub(crate) shape: Option<Arc<WholeShape>>,
    /// The type an expression that reads it sees.
    pub(crate) ty: Type,
    pub(crate) reads: Reads,
    pub(crate) work: Work,
    /// Whether a conversion to the declared type was already reported.
    pub(crate) conversion_known: bool,
}

impl Item {
    /// What an expression that reads it sees.
    pub(super) fn seen_as(&self) -> SeenAs {
        SeenAs {
            ty: self.ty,
            shape: self.shape.clone(),
        }
    }
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

impl Source {
    /// The bytes of the name that is looked up in the scope.
    pub(crate) fn text_bytes(&self) -> usize {
        match self {
            Self::Own(_) => 0,
            Self::Outer(name) => name.len(),
        }
    }
}

/// What a parameter reads, by name.
pub(crate) type Reads = IndexMap<Box<str>, Source, RandomState>;

/// The places of parameters, by name.
pub(crate) type ByName = HashMap<Arc<str>, usize, RandomState>;

impl Plan {
    /// Sets the limits that all parameters share.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope, SetLimits};
    /// let set = ParameterSet::new().with("note", Definition::literal("a text of some length"));
    /// let plan = set.plan(&selvedge::Engine::default(), &Scope::new())?;
    /// let report = plan.with_limits(SetLimits::default().size(10)).evaluate(&Scope::new());
    /// assert_eq!(report.error().map(|error| error.code().text()), Some("E721"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: SetLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The same with another program for its only parameter, which reads no more than the program that is there. `None` if it is
    /// refused, as one that is too long or deep is.
    pub(crate) fn with_program(&self, source: &str, ty: ParamType, meter: &mut Meter) -> Result<Option<Self>, Stop> {
        let mut plan = self.clone();
        let [item] = plan.items.as_mut_slice() else {
            return Ok(None);
        };
        let Work::Program { program, slots, lookup } = &item.work else {
            return Ok(None);
        };
        meter.compiling_once(source)?;
        let compiled = match self.engine.compile_briefly(source, program.schema(), meter.interrupt()) {
            Ok(compiled) => compiled,
            Err(error) => return meter.compiled(error.stopped_by()).map(|()| None),
        };
        let from = |name| match program.slot(name) {
            Some(slot) => slots.get(slot.index()).cloned(),
            None => None,
        };
        let slots = compiled.parameters().map(|(name, _)| {
            let source = from(name);
            source.unwrap_or_else(|| Source::Outer(name.into()))
        });
        item.ty = ty.in_language();
        item.declared = Some(ty);
        item.work = Work::Program {
            slots: slots.collect(),
            lookup: *lookup,
            program: compiled,
        };
        Ok(Some(plan))
    }

    /// The parameters in evaluation order: as defined, but each after those it reads.
    pub fn order(&self) -> impl ExactSizeIterator<Item = &str> {
        self.order
            .iter()
            .map(|&index| self.items.get(index).map_or("", |item| &item.name))
    }

    /// The types of the parameters in expressions; `ANY` if only the evaluation can tell.
    pub fn schema(&self) -> Schema {
        let items = self.items.iter();
        items.fold(Schema::new(), |schema, item| {
            schema.with_whole(&item.name, item.ty, item.shape.as_ref())
        })
    }

    /// The names that a parameter reads, of this set and of the scope.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new()
    ///     .with("day", Definition::literal(20260101))
    ///     .with("table", Definition::literal("orders_$day"));
    /// let plan = set.plan(&selvedge::Engine::default(), &Scope::new())?;
    /// assert_eq!(plan.reads("table").collect::<Vec<_>>(), ["day"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
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

    /// The warnings about the set.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParamType, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("sum", Definition::expression("1 + 2").with_type(ParamType::String));
    /// let plan = set.plan(&selvedge::Engine::default(), &Scope::new())?;
    /// assert_eq!(plan.warnings()[0].code().text(), "W701");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}
