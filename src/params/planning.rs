//! Sets of definitions to plans: references, order and types of everything, or all that is wrong, before anything runs.

use std::sync::Arc;

use super::bounded::OfDocument;
use super::declared::SeenAs;
use super::definition::{Definition, ParameterSet};
use super::draft::{DEFINITION_BYTES, DEFINITION_STEPS, Draft};
use super::error::DefinitionError;
use super::limits::SetLimits;
use super::meter::{Meter, NAME_STEPS};
use super::order;
use super::plan::{ByName, Item, Plan};
use super::problem::{Problem, key_path};
use super::resolve::{Resolver, charge_problems};
use super::scope::Scope;
use crate::engine::Engine;
use crate::host::Interrupt;

/// Where a set stands in its document.
#[derive(Clone, Copy)]
enum Place<'p> {
    /// The path of the set.
    Set(&'p str),
    /// The path of the only definition.
    Only(&'p str),
}

impl ParameterSet {
    /// Checks the whole set in a scope: names, cycles, types, and each expression.
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
    /// let refused = set.plan(&selvedge::Engine::default(), &Scope::new()).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E714");
    /// ```
    pub fn plan(&self, engine: &Engine, scope: &Scope) -> Result<Plan, DefinitionError> {
        self.plan_with(engine, scope, &SetLimits::of_plans(), &Interrupt::new())
    }

    /// As [`plan`](Self::plan), within the steps and bytes of these limits, until it is interrupted. The budgets of evaluating the
    /// plan are others, which [`Plan::with_limits`] sets.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan); or what stopped it, alone.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope, SetLimits};
    /// use selvedge::{Engine, Interrupt};
    /// let set = ParameterSet::new().with("a", Definition::expression("1 + 1"));
    /// let few = SetLimits::default().steps(10);
    /// let refused = set.plan_with(&Engine::default(), &Scope::new(), &few, &Interrupt::new()).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E722");
    /// ```
    pub fn plan_with(
        &self,
        engine: &Engine,
        scope: &Scope,
        limits: &SetLimits,
        interrupt: &Interrupt,
    ) -> Result<Plan, DefinitionError> {
        let mut meter = Meter::new(limits.budget(), limits.timeout_millis, interrupt);
        self.plan_in(engine, scope, "", &mut meter)
    }

    /// As [`plan`](Self::plan), as a part of a call, with the path of the set in its document.
    pub(crate) fn plan_in(
        &self,
        engine: &Engine,
        scope: &Scope,
        path: &str,
        meter: &mut Meter,
    ) -> Result<Plan, DefinitionError> {
        self.draft(engine, scope, Place::Set(path), true, meter)
    }

    /// As [`plan_in`](Self::plan_in), of a set of one definition, which stands at a path of its own.
    pub(crate) fn plan_one_in(
        &self,
        engine: &Engine,
        scope: &Scope,
        path: &str,
        meter: &mut Meter,
    ) -> Result<Plan, DefinitionError> {
        self.draft(engine, scope, Place::Only(path), true, meter)
    }

    /// As [`plan_in`](Self::plan_in), for what others may be laid over: of a parameter without a value the type alone counts. The
    /// plan is not for evaluating.
    pub(crate) fn plan_types_in(
        &self,
        engine: &Engine,
        scope: &Scope,
        path: &str,
        meter: &mut Meter,
    ) -> Result<Plan, DefinitionError> {
        self.draft(engine, scope, Place::Set(path), false, meter)
    }

    /// Checks a set that others may override: as [`plan_with`](Self::plan_with), but parameters may lack a value. Returns the warnings.
    ///
    /// # Errors
    ///
    /// As [`plan_with`](Self::plan_with).
    ///
    /// ```
    /// use selvedge::params::{ParameterSet, Scope, SetLimits};
    /// use selvedge::{Engine, Interrupt};
    /// let set = r#"{"image": {"type": "STRING", "internal_mode": "REQUIRED"}, "tag": {"value": "$image:latest"}}"#;
    /// let set = ParameterSet::from_json(set)?;
    /// let warnings = set.check_with(&Engine::default(), &Scope::new(), &SetLimits::of_plans(), &Interrupt::new())?;
    /// assert!(warnings.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_with(
        &self,
        engine: &Engine,
        scope: &Scope,
        limits: &SetLimits,
        interrupt: &Interrupt,
    ) -> Result<Vec<Problem>, DefinitionError> {
        let mut meter = Meter::new(limits.budget(), limits.timeout_millis, interrupt);
        Ok(self.plan_types_in(engine, scope, "", &mut meter)?.warnings)
    }

    /// As [`check_with`](Self::check_with), of sets of one document, one after the other: all of them share the limits and the 1,000
    /// errors that are told. It ends with the set at which a limit is passed.
    ///
    /// ```
    /// use selvedge::params::{ParameterSet, Scope, SetLimits};
    /// use selvedge::{Engine, Interrupt};
    /// let set = ParameterSet::from_json(r#"{"n": {"expression": "1 + 1"}}"#)?;
    /// let (engine, scope) = (Engine::default(), Scope::new());
    /// let (sets, limits) = (vec![set; 10], SetLimits::default().steps(6_000));
    /// let checked = ParameterSet::check_each(&sets, &engine, &scope, &limits, &Interrupt::new());
    /// let accepted: Vec<bool> = checked.map(|checked| checked.is_ok()).collect();
    /// assert_eq!(accepted, [true, true, false]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_each<'s>(
        sets: &'s [Self],
        engine: &'s Engine,
        scope: &'s Scope,
        limits: &SetLimits,
        interrupt: &Interrupt,
    ) -> impl Iterator<Item = Result<Vec<Problem>, DefinitionError>> + use<'s> {
        let mut meter = Meter::new(limits.budget(), limits.timeout_millis, interrupt);
        let (mut reported, mut is_over) = (OfDocument::new(), false);
        sets.iter().map_while(move |set| {
            if is_over {
                return None;
            }
            let checked = set.plan_types_in(engine, scope, "", &mut meter);
            let checked = checked.map(|plan| reported.keep(plan.warnings));
            let checked = DefinitionError::among(&mut reported, checked);
            is_over = meter.check().is_err() || reported.is_full();
            Some(checked)
        })
    }

    fn draft(
        &self,
        engine: &Engine,
        scope: &Scope,
        place: Place<'_>,
        needs_values: bool,
        meter: &mut Meter,
    ) -> Result<Plan, DefinitionError> {
        let bytes: usize = self.definitions.keys().map(|name| name.len()).sum();
        meter.steps(self.len() as u64 * DEFINITION_STEPS + bytes as u64)?;
        meter.bytes(self.len() as u64 * DEFINITION_BYTES + 3 * bytes as u64)?;
        let is_defined = |(_, of): &(&str, &Definition)| !needs_values || !of.is_left_out();
        let defined: Vec<_> = self.iter().filter(is_defined).collect();
        let names: Vec<Arc<str>> = defined.iter().map(|(name, _)| Arc::from(*name)).collect();
        let by_name: ByName = names.iter().cloned().zip(0..).collect();
        let mut resolver = Resolver::new(scope, self, (&by_name, &names), needs_values, meter);
        let mut problems = Vec::new();
        let mut drafts = Vec::with_capacity(names.len());
        for (name, definition) in defined {
            let path = match place {
                Place::Set(path) => key_path(path, name),
                Place::Only(path) => path.to_owned(),
            };
            drafts.push(Draft::new(engine, &mut resolver, name, definition, &path, 0)?);
        }
        let reads: usize = drafts.iter().map(|draft| draft.reads.len()).sum();
        meter.steps((names.len() + reads) as u64 * NAME_STEPS)?;
        let (order, late) = order::order(&mut drafts, &mut problems);
        let late = late.into_iter().filter_map(|index| names.get(index).cloned()).collect();
        let mut types = vec![SeenAs::default(); names.len()];
        let mut items: Vec<Option<Item>> = vec![None; names.len()];
        for &index in &order {
            let Some(draft) = drafts.get_mut(index) else { continue };
            let reported = draft.problems.len();
            let item = draft.finish(engine, scope, &types, meter)?;
            charge_problems(meter, draft.problems.len() - reported)?;
            if let (Some(place), Some(seen)) = (items.get_mut(index), types.get_mut(index)) {
                // One that is refused has the type that it says.
                *seen = item.as_ref().map_or_else(|| draft.declared(), Item::seen_as);
                *place = item;
            }
        }
        problems.extend(drafts.into_iter().flat_map(|draft| draft.problems));
        DefinitionError::unless_errors(problems, engine, |warnings| Plan {
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
