//! What a workflow's loops would run over, found without running anything: how many iterations in all, and the first and last.

use indexmap::IndexMap;
use serde::Serialize;

use super::blueprint::{Blueprint, Inner};
use super::compile::CompiledStep;
use super::definition::StepKind;
use super::judge::subworkflow_values;
use super::limits::UnfoldLimits;
use super::product::Grid;
use super::unfold::{grid_of, loop_params, with_index};
use crate::params::scope::splits;
use crate::params::{Occasion, Problem, Scope};
use crate::value::{Map, Value};

/// What a loop would run over.
///
/// ```
/// use selvedge::workflow::{Blueprint, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days", "concurrency": 2,
///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": [1, 2, 3]}}}},
///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
/// let days = &blueprint.expand(&selvedge::Map::new()).map_err(|_| "?")?[0];
/// assert_eq!((&*days.path, days.count, days.concurrency), ("days", Some(3), Some(2)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expansion {
    /// The ids of the loop, and of the loops and subworkflows around it, such as `days/tables`.
    pub path: String,
    /// The length of each of its parameters, in order; the first varies fastest.
    pub axes: Vec<Axis>,
    /// How many iterations: of a loop inside of others, in all of theirs together. None where that does not fit in 64 bits, or is
    /// not known.
    pub count: Option<u64>,
    /// Whether there may be more, because a limit ended the count.
    #[serde(skip_serializing_if = "is_false")]
    pub at_least: bool,
    /// How often the loop begins: once for each iteration of the loops around it.
    pub begins: u64,
    /// The parameters of the first iteration, after those of the loops around it.
    pub first: Option<Map>,
    /// The parameters of the last iteration, after those of the loops around it; none where the count was ended.
    pub last: Option<Map>,
    /// How many iterations may run at a time.
    pub concurrency: Option<u64>,
    /// The while around it, of which this is one iteration: how many there are only the run can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside_while: Option<String>,
    /// What would pass a limit, or why nothing is known before other steps ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One parameter of a loop.
///
/// ```
/// use selvedge::workflow::{Axis, Blueprint, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days",
///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": [1, 2, 3]}}}},
///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
/// let found = blueprint.expand(&selvedge::Map::new()).map_err(|_| "?")?;
/// assert_eq!(found[0].axes, [Axis { name: "day".to_owned(), length: 3, longest: None }]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// How many elements it has; the fewest, where the loops around it change that.
    pub length: u64,
    /// The most elements it has, where that is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Blueprint {
    /// What each foreach would run over, with these values for the workflow's parameters. The iterations of a foreach inside of
    /// another are counted over all of that one's, as far as [`UnfoldLimits::runs`] lets an unfolding come.
    ///
    /// # Errors
    ///
    /// Values that are not allowed, and what goes wrong in evaluating the workflow's parameters.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "params": {"n": {"value": 4}}, "steps": [{"foreach": {"id": "days",
    ///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"expression": "new long[n]"}}}},
    ///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
    /// let found = blueprint.expand(&Map::from_iter([("n", 30)])).map_err(|_| "?")?;
    /// assert_eq!(found[0].count, Some(30));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn expand(&self, params: &Map) -> Result<Vec<Expansion>, Vec<Problem>> {
        let mut expander = Expander {
            inner: &self.inner,
            begun: 0,
            found: IndexMap::new(),
        };
        expander.workflow(0, params, &Place::default())?;
        let mut found: Vec<Expansion> = expander.found.into_values().collect();
        for expansion in &mut found {
            expansion.finish(self.limits());
        }
        Ok(found)
    }
}

/// Where the walk is: inside of which loops, and with which of their parameters.
#[derive(Clone, Default)]
struct Place {
    workflow: usize,
    /// How many loops and subworkflows are around it.
    depth: u64,
    /// The ids of the loops, as a path.
    path: String,
    /// The iterations they are in, such as `days[3]/tables[0]`.
    iterations: String,
    bindings: Map,
    inside_while: Option<String>,
    /// Whether iterations of a loop around were left out.
    partial: bool,
}

/// Walks all iterations of all loops that have loops inside, as many as may run.
struct Expander<'e> {
    inner: &'e Inner,
    /// How many iterations were walked.
    begun: u64,
    found: IndexMap<String, Expansion>,
}

impl<'e> Expander<'e> {
    /// Looks at the loops of a workflow that starts with these values.
    fn workflow(&mut self, workflow: usize, given: &Map, place: &Place) -> Result<(), Vec<Problem>> {
        let Some(compiled) = self.inner.workflows.get(workflow) else {
            return Ok(());
        };
        let mut set = compiled.definition.params.clone();
        set.set_values(given, Occasion::Start)?;
        let report = self.inner.signals.evaluate(&self.inner.engine, &set)?;
        let scope = Scope::new().with_values(report.values());
        let mut here = place.clone();
        here.workflow = workflow;
        self.body(0, &scope, &here);
        Ok(())
    }

    /// The steps of a list that have others inside: loops, and subworkflows that were given.
    fn steps(&self, workflow: usize, body: usize) -> impl Iterator<Item = &'e CompiledStep> + use<'e> {
        let compiled = self.inner.workflows.get(workflow);
        let steps = compiled.into_iter().flat_map(move |compiled| {
            let body = compiled.bodies.get(body).into_iter();
            body.flat_map(|body| body.steps.iter().filter_map(|&index| compiled.steps.get(index)))
        });
        steps.filter(|step| step.inner.is_some() || matches!(step.definition.kind, StepKind::Subworkflow))
    }

    /// Looks at the loops of a list. As deep as the limits let loops and subworkflows nest.
    fn body(&mut self, body: usize, around: &Scope, place: &Place) {
        for step in self.steps(place.workflow, body) {
            self.step(step, around, place);
        }
    }

    fn step(&mut self, step: &'e CompiledStep, around: &Scope, place: &Place) {
        let id = step.definition.id();
        let mut here = place.clone();
        here.path = joined(&place.path, id);
        here.iterations = joined(&place.iterations, id);
        here.depth += 1;
        let mut scope = around.clone();
        self.inner.signals.add(&mut scope, &step.plan);
        let report = step.plan.evaluate(&scope);
        let values = report.values();
        let inner = step.inner.unwrap_or_default();
        match step.definition.kind {
            StepKind::Foreach { concurrency, .. } => {
                let most = self.inner.limits.depth;
                let tally = self.tally(&here, concurrency);
                tally.begins += 1;
                tally.at_least |= place.partial;
                if let Some(error) = report.error() {
                    let reads_steps = step.plan.outer_names().any(|name| splits(name).next().is_some());
                    return match reads_steps {
                        true => tally.fail(&place.iterations, format_args!("only the run can tell: {error}")),
                        false => tally.fail(&place.iterations, error),
                    };
                }
                if here.depth > most {
                    let why = format_args!("loops and subworkflows nest deeper than {most} levels");
                    return tally.fail(&place.iterations, why);
                }
                match grid_of(&values) {
                    Ok(grid) => self.foreach(&grid, inner, &values, around, &here, &place.iterations),
                    Err(problem) => tally.fail(&place.iterations, problem),
                }
            }
            StepKind::While { .. } if here.depth <= self.inner.limits.depth => {
                // Of a while only the first iteration is known.
                let first = loop_params(&values).cloned().unwrap_or_default();
                let scope = inside(around, &values, &first, 0);
                here.bindings.extend(first);
                here.inside_while.get_or_insert_with(|| here.path.clone());
                self.body(inner, &scope, &here);
            }
            StepKind::Subworkflow if here.depth <= self.inner.limits.depth && self.begun < self.inner.limits.runs => {
                let id = values.get("subworkflow_id").and_then(Value::as_str);
                if let Some(&workflow) = id.and_then(|id| self.inner.by_id.get(id)) {
                    self.begun += 1;
                    // What cannot start has no loops; checking and unfolding it say why.
                    let _ = self.workflow(workflow, &subworkflow_values(&values), &here);
                }
            }
            StepKind::While { .. } | StepKind::Subworkflow | StepKind::Plain { .. } => {}
        }
    }

    /// What is known of the loop of a place.
    fn tally(&mut self, place: &Place, concurrency: Option<u64>) -> &mut Expansion {
        self.found.entry(place.path.clone()).or_insert_with(|| Expansion {
            path: place.path.clone(),
            axes: Vec::new(),
            count: Some(0),
            at_least: false,
            begins: 0,
            first: None,
            last: None,
            concurrency,
            inside_while: place.inside_while.clone(),
            problem: None,
        })
    }

    fn foreach(&mut self, grid: &Grid<'_>, inner: usize, values: &Map, around: &Scope, place: &Place, outer: &str) {
        let limits = &self.inner.limits;
        if let Some(tally) = self.found.get_mut(&place.path) {
            tally.add(grid, &place.bindings, outer, limits);
        }
        let count = grid.count().unwrap_or(u64::MAX);
        if self.steps(place.workflow, inner).next().is_none() {
            return;
        }
        for iteration in 0..count {
            let is_last_walked = iteration + 1 >= limits.iterations || self.begun + 1 >= limits.runs;
            self.begun += 1;
            let bindings = grid.at(iteration);
            let scope = inside(around, values, &bindings, iteration);
            let mut here = place.clone();
            here.iterations = format!("{}[{iteration}]", place.iterations);
            here.bindings.extend(bindings);
            here.partial |= is_last_walked && iteration + 1 < count;
            self.body(inner, &scope, &here);
            if is_last_walked {
                return;
            }
        }
    }
}

fn joined(path: &str, id: &str) -> String {
    match path {
        "" => id.to_owned(),
        path => format!("{path}/{id}"),
    }
}

/// The scope inside of a loop's iteration.
fn inside(around: &Scope, values: &Map, bindings: &Map, iteration: u64) -> Scope {
    Scope::new()
        .with_values(with_index(bindings.clone(), iteration))
        .with_values(values.clone())
        .around(around)
}

impl Expansion {
    /// Notes why the iterations of one beginning are not known; of many reasons the first.
    fn fail(&mut self, outer: &str, why: impl std::fmt::Display) {
        self.at_least = true;
        self.note(outer, why);
    }

    fn note(&mut self, outer: &str, why: impl std::fmt::Display) {
        self.problem.get_or_insert_with(|| match outer {
            "" => why.to_string(),
            outer => format!("in {outer}: {why}"),
        });
    }

    /// Adds the iterations of one beginning of the loop.
    fn add(&mut self, grid: &Grid<'_>, around: &Map, outer: &str, limits: &UnfoldLimits) {
        for (place, (name, length)) in grid.lengths().enumerate() {
            match self.axes.get_mut(place) {
                Some(axis) => axis.meet(length),
                None => self.axes.push(Axis {
                    name: name.to_owned(),
                    length,
                    longest: None,
                }),
            }
        }
        let count = grid.count();
        self.count = self.count.and_then(|before| before.checked_add(count?));
        match count {
            Some(0) => {}
            Some(count) => {
                let binding = |iteration| {
                    let mut bindings = around.clone();
                    bindings.extend(grid.at(iteration));
                    bindings
                };
                self.first.get_or_insert_with(|| binding(0));
                self.last = Some(binding(count - 1));
                if count > limits.iterations {
                    self.note(
                        outer,
                        format!("{count} iterations, and {} are allowed", limits.iterations),
                    );
                }
            }
            None => {
                let most = limits.iterations;
                self.note(outer, format!("more than 2^64 iterations, and {most} are allowed"));
            }
        }
    }

    /// Draws what follows from all beginnings together.
    fn finish(&mut self, limits: &UnfoldLimits) {
        if self.axes.is_empty() && self.at_least {
            self.count = None;
            self.at_least = false;
        }
        if !self.at_least && self.count.is_none_or(|count| count <= limits.runs) {
            return;
        }
        if self.at_least {
            self.last = None;
        }
        let (count, limit) = (self.count.unwrap_or(u64::MAX), limits.runs);
        let at_least = if self.at_least { "at least " } else { "" };
        let why = match count > limit {
            true => format!("{at_least}{count} iterations in all, which passes the limit of {limit} runs"),
            false => {
                format!("at least {count} iterations: a loop around it passes a limit, and was not followed further")
            }
        };
        self.note("", why);
    }
}

impl Axis {
    fn meet(&mut self, length: u64) {
        let longest = self.longest.unwrap_or(self.length).max(length);
        self.length = self.length.min(length);
        self.longest = (longest > self.length).then_some(longest);
    }
}
