//! What a workflow finds around it where a step of another runs it: parameters that its own definition does not have.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::compile::{LOOP_INDEX, LOOP_PARAMS};
use super::definition::{Step, StepKind, Workflow};
use super::explain::CONDITION;
use crate::params::known::KnownWorkflows;
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::{Body, Definition, ParameterSet};
use crate::schema::Schema;
use crate::types::Type;

/// Steps for a name that is copied into another set of names.
const COLLECTED_STEPS: u64 = 3 * NAME_STEPS;

/// A step that runs another workflow.
struct Call {
    from: usize,
    /// The workflow; `None` if only the run can tell.
    to: Option<usize>,
    /// Whether it passes on what is around the step.
    passes: bool,
    /// What the loops around the step have, and what it has itself.
    names: Names,
}

/// For each workflow but the first, the parameters that steps which run it may give beside its own: of any type, as only the run knows
/// which of the steps it is.
pub(super) fn inherited(
    workflows: &[Workflow],
    around: Option<&Arc<Schema>>,
    meter: &mut Meter,
) -> Result<Vec<Option<Arc<Schema>>>, Stop> {
    let known = around.map_or_else(Schema::new, |around| (**around).clone());
    let found = names_given(workflows, &known, true, meter)?;
    let made = found.iter().skip(1).filter(|names| !names.is_empty());
    let names = made.map(|names| names.len() + known.names().len()).sum::<usize>();
    meter.steps(names as u64 * COLLECTED_STEPS)?;
    let schema = |(index, names): (usize, Names)| {
        if index == 0 || names.is_empty() {
            return around.cloned();
        }
        Some(Arc::new(with_names(known.clone(), &names)))
    };
    Ok(found.into_iter().enumerate().map(schema).collect())
}

/// A schema with names that may be of any type.
pub(super) fn with_names(schema: Schema, names: &Names) -> Schema {
    let new: Vec<&Arc<str>> = names.iter().filter(|name| !schema.declares(name)).collect();
    new.into_iter()
        .fold(schema, |schema, name| schema.with(name, Type::Any))
}

/// Names in order.
pub(super) type Names = BTreeSet<Arc<str>>;

/// For each of some workflows, the names that steps of the others which run it give it beside its own, where all find those of `known`
/// around them. With `any` a step of which only the run can tell what it runs may run each of them, else none.
pub(super) fn names_given(
    workflows: &[Workflow],
    known: &Schema,
    any: bool,
    meter: &mut Meter,
) -> Result<Vec<Names>, Stop> {
    let by_id: HashMap<&str, usize> = workflows
        .iter()
        .enumerate()
        .map(|(index, of)| (of.id(), index))
        .collect();
    let mut calls = Vec::new();
    for (from, workflow) in workflows.iter().enumerate() {
        add_calls(&workflow.steps, (from, &by_id), &Names::new(), &mut calls, meter)?;
    }
    calls.retain(|call| any || call.to.is_some());
    let mut found: Vec<Names> = workflows.iter().map(|_| Names::new()).collect();
    // Each round may let a workflow know of one more; there are no more than names times workflows, and mostly one.
    let mut changed = !calls.is_empty();
    while changed {
        changed = false;
        for call in &calls {
            let mut given = call.names.clone();
            let (inner, own) = (found.get(call.from), workflows.get(call.from));
            let collected = match call.passes {
                true => inner.map_or(0, BTreeSet::len) + own.map_or(0, |of| of.params.len()) + known.names().len(),
                false => 0,
            };
            meter.steps((given.len() + collected) as u64 * COLLECTED_STEPS)?;
            if call.passes {
                given.extend(inner.into_iter().flatten().cloned());
                given.extend(own.into_iter().flat_map(|of| names(&of.params)));
                given.extend(known.names().map(Arc::from));
            }
            for to in (0..found.len()).filter(|to| call.to.is_none_or(|only| only == *to)) {
                meter.steps(given.len() as u64 * NAME_STEPS)?;
                if let Some(names) = found.get_mut(to) {
                    let before = names.len();
                    names.extend(given.iter().cloned());
                    changed |= names.len() > before;
                }
            }
        }
    }
    Ok(found)
}

// As deep as loops nest in a definition.
fn add_calls(
    steps: &[Step],
    (from, by_id): (usize, &HashMap<&str, usize>),
    around: &Names,
    calls: &mut Vec<Call>,
    meter: &mut Meter,
) -> Result<(), Stop> {
    for step in steps {
        meter.steps(NAME_STEPS)?;
        if let StepKind::Plain { .. } = step.kind {
            continue;
        }
        meter.steps((around.len() + step.params.len()) as u64 * COLLECTED_STEPS)?;
        let mut inside = around.clone();
        inside.extend(names(&step.params));
        match &step.kind {
            StepKind::Plain { .. } => {}
            StepKind::Foreach { steps, .. } | StepKind::While { steps, .. } => {
                let loop_params = step.params.get(LOOP_PARAMS).map(Definition::body);
                if let Some(Body::Members(members)) = loop_params {
                    inside.extend(names(members));
                }
                inside.extend([LOOP_INDEX, CONDITION].map(Arc::from));
                add_calls(steps, (from, by_id), &inside, calls, meter)?;
            }
            StepKind::Subworkflow { explicit_params, .. } => {
                let passes = !explicit_params;
                let to = match step.known_subworkflow().map(|id| by_id.get(id)) {
                    Some(Some(to)) => Some(*to),
                    // It is not given, and does not run here.
                    Some(None) => continue,
                    None => None,
                };
                calls.push(Call {
                    from,
                    to,
                    passes,
                    names: if passes { inside } else { names(&step.params).collect() },
                });
            }
        }
    }
    Ok(())
}

fn names(set: &ParameterSet) -> impl Iterator<Item = Arc<str>> {
    set.iter().map(|(name, _)| Arc::from(name))
}

/// What calls of `params` may ask of the workflows that run inside others.
pub(super) fn known(definitions: &[Workflow]) -> KnownWorkflows {
    let of_step = |step: &Step| (Arc::clone(&step.id), Arc::clone(&step.params));
    let of_workflow = |workflow: &Workflow| {
        let steps = workflow.steps.iter().map(of_step);
        (Arc::clone(&workflow.id), steps.collect())
    };
    definitions.iter().map(of_workflow).collect()
}
