//! What a set of parameters may read beside itself: the parameters around it, finished steps, signals.

use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::known::Known;
use super::meter::NAME_STEPS;
use crate::schema::Schema;
use crate::types::Type;
use crate::value::{Map, Value};

/// What stands between a step, or a signal, and its parameter in a name.
pub(crate) const SEPARATOR: &str = "__";

/// The state of a step, as later steps see it.
///
/// ```
/// use selvedge::params::{Found, Scope, StepState};
/// use selvedge::{Schema, Type};
/// let types = Schema::new().with("rows", Type::Long);
/// let scope = Scope::new()
///     .with_step("load", StepState::Declared(types.into()))
///     .with_step("audit", StepState::Skipped);
/// assert_eq!(scope.find("load__rows"), Found::Declared(Type::Long));
/// assert_eq!(scope.find("audit__rows"), Found::Skipped { step: "audit" });
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StepState {
    /// It ran, and these are its parameters.
    Finished(Arc<Map>),
    /// It was skipped: its parameters have no values.
    Skipped,
    /// It does not run before.
    NotRun,
    /// It will have run, with parameters of these types; an open schema where they are not known.
    Declared(Arc<Schema>),
}

/// The surroundings of a set of parameters: what it may read besides itself.
///
/// ```
/// use selvedge::Map;
/// use selvedge::params::{Found, Scope, StepState};
///
/// let workflow = Map::from_iter([("region", "eu")]);
/// let load = Map::from_iter([("rows", 12)]);
/// let scope = Scope::new().with_values(workflow).with_step("load", StepState::Finished(load.into()));
/// assert_eq!(scope.find("load__rows"), Found::Value(&12.into()));
/// assert_eq!(scope.find("load__row"), Found::NoSuchParameter { step: "load", parameter: "row" });
/// assert_eq!(scope.find("rows"), Found::Absent);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Scope {
    layers: Vec<Layer>,
    steps: Arc<IndexMap<Arc<str>, StepState, RandomState>>,
    /// What is known better of some of them; the last that knows one counts.
    earlier: Vec<Arc<dyn Earlier>>,
    signals: Arc<IndexMap<Arc<str>, Signal, RandomState>>,
    /// The step whose parameters the set is: by its name it may read them too.
    own_step: Option<Arc<str>>,
    /// What is known of the steps, where definitions are checked.
    known: Option<Arc<Known>>,
}

/// The steps that run before one, where they are too many to be listed for each.
pub(crate) trait Earlier: std::fmt::Debug + Send + Sync {
    /// The state of a step, where it is one of them.
    fn step(&self, id: &str) -> Option<&StepState>;
}

/// The parameters of a signal: their values, or their types where the values are not known yet.
#[derive(Clone, Debug)]
enum Signal {
    Values(Map),
    Types(Arc<Schema>),
}

/// The parameters of one surrounding.
#[derive(Clone, Debug)]
enum Layer {
    Values(Arc<Map>),
    Types(Arc<Schema>),
}

/// The meaning of a name in a scope. Absent, null and of a skipped step are different.
///
/// ```
/// use selvedge::params::{Found, Scope, StepState};
/// let scope = Scope::new().with_step("a", StepState::NotRun).with_step("a__b", StepState::NotRun);
/// assert_eq!(scope.find("a__x"), Found::NotRun { step: "a" });
/// assert!(matches!(scope.find("a__b__c"), Found::Ambiguous { .. }));
/// assert_eq!(scope.find("b"), Found::Absent);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Found<'s> {
    /// A value; null is one.
    Value(&'s Value),
    /// A parameter whose value is not known yet, of this type.
    Declared(Type),
    /// Nothing of that name.
    Absent,
    /// A parameter of a step that was skipped.
    Skipped {
        /// The step.
        step: &'s str,
    },
    /// A parameter of a step that does not run before.
    NotRun {
        /// The step.
        step: &'s str,
    },
    /// A step or signal that has no such parameter.
    NoSuchParameter {
        /// The step or signal.
        step: &'s str,
        /// The parameter's name.
        parameter: &'s str,
    },
    /// A name that two steps can claim.
    Ambiguous {
        /// Two of them.
        steps: [&'s str; 2],
    },
}

impl Scope {
    /// An empty scope.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds parameters with values, further out than those before.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Found, Scope};
    /// let (step, workflow) = (Map::from_iter([("day", 2)]), Map::from_iter([("day", 1), ("year", 2026)]));
    /// let scope = Scope::new().with_values(step).with_values(workflow);
    /// assert_eq!(scope.find("day"), Found::Value(&2.into()));
    /// assert_eq!(scope.find("year"), Found::Value(&2026.into()));
    /// ```
    #[must_use]
    pub fn with_values(mut self, values: impl Into<Arc<Map>>) -> Self {
        self.layers.push(Layer::Values(values.into()));
        self
    }

    /// Adds parameters whose values are not known yet, further out than those before.
    ///
    /// ```
    /// use selvedge::params::{Found, Scope};
    /// use selvedge::{Schema, Type};
    /// let scope = Scope::new().with_types(Schema::new().with("day", Type::Long));
    /// assert_eq!(scope.find("day"), Found::Declared(Type::Long));
    /// ```
    #[must_use]
    pub fn with_types(mut self, types: impl Into<Arc<Schema>>) -> Self {
        self.layers.push(Layer::Types(types.into()));
        self
    }

    /// Adds a step.
    ///
    /// ```
    /// use selvedge::params::{Scope, StepState};
    /// let scope = Scope::new().with_step("load", StepState::Skipped);
    /// assert_eq!(scope.step("load"), Some(&StepState::Skipped));
    /// assert_eq!(scope.step("audit"), None);
    /// ```
    #[must_use]
    pub fn with_step(mut self, id: &str, state: StepState) -> Self {
        self.set_step(id.into(), state);
        self
    }

    /// Adds a signal with its parameters.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Found, Scope};
    /// let scope = Scope::new().with_signal("table_ready", Map::from_iter([("day", 20260101)]));
    /// assert_eq!(scope.find("table_ready__day"), Found::Value(&20260101.into()));
    /// ```
    #[must_use]
    pub fn with_signal(mut self, name: &str, parameters: Map) -> Self {
        self.set_signal(name, parameters);
        self
    }

    /// Adds a signal whose parameters are not known yet.
    ///
    /// ```
    /// use selvedge::params::{Found, Scope};
    /// use selvedge::{Schema, Type};
    /// let scope = Scope::new().with_signal_types("table_ready", Schema::new().with("day", Type::Long));
    /// assert_eq!(scope.find("table_ready__day"), Found::Declared(Type::Long));
    /// ```
    #[must_use]
    pub fn with_signal_types(mut self, name: &str, types: impl Into<Arc<Schema>>) -> Self {
        Arc::make_mut(&mut self.signals).insert(name.into(), Signal::Types(types.into()));
        self
    }

    /// Sets a signal's parameters.
    pub(crate) fn set_signal(&mut self, name: &str, parameters: Map) {
        Arc::make_mut(&mut self.signals).insert(name.into(), Signal::Values(parameters));
    }

    /// The same with the surroundings of another scope further out, and its steps and signals.
    pub(crate) fn around(mut self, outer: &Self) -> Self {
        self.layers.extend(outer.layers.iter().cloned());
        self.steps = Arc::clone(&outer.steps);
        self.earlier.clone_from(&outer.earlier);
        self.signals = Arc::clone(&outer.signals);
        self.known.clone_from(&outer.known);
        self
    }

    /// The same with what is known of the steps.
    pub(crate) fn with_known(mut self, known: Arc<Known>) -> Self {
        self.known = Some(known);
        self
    }

    /// What is known of the steps.
    pub(crate) fn known(&self) -> Option<&Known> {
        self.known.as_deref()
    }

    /// The same for the parameters of a step.
    pub(crate) fn of_step(mut self, id: &Arc<str>) -> Self {
        self.own_step = Some(Arc::clone(id));
        self
    }

    /// Whether it is for the parameters of this step.
    pub(crate) fn is_of_step(&self, id: &str) -> bool {
        self.own_step.as_deref() == Some(id)
    }

    /// With what is known better of some steps.
    pub(crate) fn with_earlier(mut self, earlier: Arc<dyn Earlier>) -> Self {
        self.earlier.push(earlier);
        self
    }

    /// Sets a step's state.
    pub(crate) fn set_step(&mut self, id: Arc<str>, state: StepState) {
        Arc::make_mut(&mut self.steps).insert(id, state);
    }

    /// The state of a step.
    pub fn step(&self, id: &str) -> Option<&StepState> {
        let earlier = self.earlier.iter().rev().find_map(|earlier| earlier.step(id));
        earlier.or_else(|| self.steps.get(id))
    }

    /// Looks up a name: a parameter of the nearest surroundings that have it, or `step__parameter`, or `signal__parameter`.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Found, Scope, StepState};
    /// let load = StepState::Finished(Map::from_iter([("rows", 5)]).into());
    /// let scope = Scope::new().with_values(Map::from_iter([("load__rows", 7)])).with_step("load", load);
    /// // A parameter of a surrounding comes before a step's.
    /// assert_eq!(scope.find("load__rows"), Found::Value(&7.into()));
    /// ```
    pub fn find<'s>(&'s self, name: &'s str) -> Found<'s> {
        for layer in &self.layers {
            let found = match layer {
                Layer::Values(values) => values.get(name).map(Found::Value),
                Layer::Types(types) => types.get(name).map(Found::Declared),
            };
            if let Some(found) = found {
                return found;
            }
        }
        if name.contains(SEPARATOR) {
            self.find_of_step(name)
        } else {
            Found::Absent
        }
    }

    /// The schema that tells what a name is, and the parameter's name in it; `None` if there is a value, or nothing.
    pub(crate) fn schema_of<'s>(&'s self, name: &'s str) -> Option<(&'s Schema, &'s str)> {
        let has = |layer: &&Layer| match layer {
            Layer::Values(values) => values.contains_key(name),
            Layer::Types(types) => types.get(name).is_some(),
        };
        match self.layers.iter().find(has) {
            Some(Layer::Types(types)) => return Some((types, name)),
            Some(Layer::Values(_)) => return None,
            None => {}
        }
        let mut steps = splits(name).filter_map(|(step, parameter)| Some((self.step(step)?, parameter)));
        if let Some((state, parameter)) = steps.next() {
            return match state {
                StepState::Declared(types) => Some((types, parameter)),
                StepState::Finished(_) | StepState::Skipped | StepState::NotRun => None,
            };
        }
        let mut signals = splits(name).filter_map(|(signal, parameter)| Some((self.signals.get(signal)?, parameter)));
        match signals.next()? {
            (Signal::Types(types), parameter) => Some((types, parameter)),
            (Signal::Values(_), _) => None,
        }
    }

    /// Whether a surrounding names a parameter itself, rather than being open to every name.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.layers.iter().any(|layer| match layer {
            Layer::Values(values) => values.contains_key(name),
            Layer::Types(types) => types.declares(name),
        })
    }

    /// The steps of looking a name up.
    pub(crate) fn find_steps(&self, name: &str) -> u64 {
        let hash = NAME_STEPS + name.len() as u64 / 4;
        let layers = self.layers.len() as u64 * hash;
        match name.contains(SEPARATOR) {
            // A step and a signal for each way to take it apart.
            true => layers + splits(name).count() as u64 * 2 * hash + name.len() as u64,
            false => layers,
        }
    }

    /// The values of all surroundings, the innermost first.
    pub(crate) fn values(&self) -> impl Iterator<Item = Arc<Map>> {
        self.layers.iter().filter_map(|layer| match layer {
            Layer::Values(values) => Some(Arc::clone(values)),
            Layer::Types(_) => None,
        })
    }

    /// How many surroundings there are.
    pub(crate) fn layers(&self) -> usize {
        self.layers.len()
    }

    /// How many names the surroundings and the steps have.
    pub(crate) fn len(&self) -> usize {
        let names = self.layers.iter().map(|layer| match layer {
            Layer::Values(values) => values.len(),
            Layer::Types(types) => types.names().len(),
        });
        names.sum::<usize>() + self.steps.len()
    }

    fn find_of_step<'s>(&'s self, name: &'s str) -> Found<'s> {
        let mut claims = splits(name).filter_map(|(step, parameter)| Some((step, self.step(step)?, parameter)));
        match (claims.next(), claims.next()) {
            (Some((first, ..)), Some((second, ..))) => Found::Ambiguous { steps: [first, second] },
            (Some((step, state, parameter)), None) => state.find(step, parameter),
            (None, _) => self.find_of_signal(name),
        }
    }

    fn find_of_signal<'s>(&'s self, name: &'s str) -> Found<'s> {
        let mut claims = splits(name).filter_map(|(signal, parameter)| {
            let (signal, values) = self.signals.get_key_value(signal)?;
            Some((&**signal, values, parameter))
        });
        match (claims.next(), claims.next()) {
            (Some((first, ..)), Some((second, ..))) => Found::Ambiguous { steps: [first, second] },
            (Some((step, signal, parameter)), None) => {
                let found = match signal {
                    Signal::Values(values) => values.get(parameter).map(Found::Value),
                    Signal::Types(types) => types.get(parameter).map(Found::Declared),
                };
                found.unwrap_or(Found::NoSuchParameter { step, parameter })
            }
            (None, _) => Found::Absent,
        }
    }

    /// All names of the surroundings, for suggestions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().flat_map(|layer| -> Box<dyn Iterator<Item = &str>> {
            match layer {
                Layer::Values(values) => Box::new(values.keys()),
                Layer::Types(types) => Box::new(types.names()),
            }
        })
    }

    /// The value that a surrounding has of this name, the nearest being the first; steps and signals are none.
    pub(crate) fn value_in(&self, layer: usize, name: &str) -> Option<&Value> {
        match self.layers.get(layer)? {
            Layer::Values(values) => values.get(name),
            Layer::Types(_) => None,
        }
    }

    /// The names of a step's parameters, or a signal's, for suggestions.
    pub(crate) fn parameters_of(&self, id: &str) -> Box<dyn Iterator<Item = &str> + '_> {
        match (self.step(id), self.signals.get(id)) {
            (Some(StepState::Finished(values)), _) => Box::new(values.keys()),
            (Some(StepState::Declared(types)), _) => Box::new(types.names()),
            (None, Some(Signal::Values(values))) => Box::new(values.keys()),
            (None, Some(Signal::Types(types))) => Box::new(types.names()),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// The ids of all steps.
    pub(crate) fn step_ids(&self) -> impl ExactSizeIterator<Item = &str> {
        self.steps.keys().map(|id| &**id)
    }
}

impl StepState {
    fn find<'s>(&'s self, step: &'s str, parameter: &'s str) -> Found<'s> {
        let missing = Found::NoSuchParameter { step, parameter };
        match self {
            Self::Finished(values) => values.get(parameter).map_or(missing, Found::Value),
            Self::Skipped => Found::Skipped { step },
            Self::NotRun => Found::NotRun { step },
            Self::Declared(types) => types.get(parameter).map_or(missing, Found::Declared),
        }
    }
}

/// Every way to take a name apart at the separator, which may overlap itself: `a___b` is `a` and `_b`, or `a_` and `b`.
pub(crate) fn splits(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let places = name.char_indices().map(|(place, _)| place);
    places.filter_map(|place| {
        let (step, rest) = name.split_at_checked(place)?;
        let parameter = rest.strip_prefix(SEPARATOR)?;
        (!step.is_empty() && !parameter.is_empty()).then_some((step, parameter))
    })
}
