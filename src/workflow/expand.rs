//! What a workflow's loops would run over, found without running anything: how many iterations in all, and the first and last.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;

use super::blueprint::Blueprint;
use super::compiled::{BodyId, CompiledStep, MAIN, OUTERMOST, StepId, WorkflowId};
use super::decide::subworkflow_values;
use super::definition::StepKind;
use super::inner::Inner;
use super::unfold::{grid_of, loop_params, with_index};
use crate::diagnostic::Code;
use crate::host::{HostCall, Interrupt};
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::scope::splits;
use crate::params::{DefinitionError, Occasion, Problem, Scope};
use crate::value::{Map, Value};

/// The iterations of a loop, counted in advance.
///
/// ```
/// use selvedge::workflow::{Blueprint, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days", "concurrency": 2,
///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": [1, 2, 3]}}}},
///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let days = &blueprint.expand(&selvedge::Map::new())?[0];
/// assert_eq!((&*days.path, days.count, days.concurrency), ("days", Some(3), Some(2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Expansion {
    /// The ids of the loop, and of the loops and subworkflows around it, such as `days/tables`.
    pub path: String,
    /// The length of each of its parameters, in order; the first varies fastest.
    pub axes: Vec<Axis>,
    /// The number of iterations, over all iterations of the enclosing loops. `None` if it does not fit in 64 bits, or is unknown.
    pub count: Option<u64>,
    /// Whether there may be more iterations, because a limit stopped the count.
    #[serde(skip_serializing_if = "is_false")]
    pub at_least: bool,
    /// The number of times that the loop begins: once for each iteration of the enclosing loops.
    pub begins: u64,
    /// The parameters of the first iteration, after those of the enclosing loops.
    pub first: Option<Map>,
    /// The parameters of the last iteration, after those of the enclosing loops; `None` if a limit stopped the count.
    pub last: Option<Map>,
    /// The number of iterations that may run at a time.
    pub concurrency: Option<u64>,
    /// The enclosing while, of which this is one iteration: only the run knows how many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside_while: Option<String>,
    /// The limit that would be exceeded, or why nothing is known before other steps have run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One parameter of a loop.
///
/// ```
/// use selvedge::workflow::{Blueprint, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days",
///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": [1, 2, 3]}}}},
///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let found = blueprint.expand(&selvedge::Map::new())?;
/// let day = &found[0].axes[0];
/// assert_eq!((&*day.name, day.length, day.longest), ("day", 3, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// The number of its elements; the smallest one if it depends on the enclosing loops.
    pub length: u64,
    /// The largest number of its elements, if it varies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Blueprint {
    /// Counts the iterations of each foreach, with these values for the workflow's parameters. Those of a nested foreach are counted over
    /// all iterations of the outer one, up to [`runs`](super::UnfoldLimits::runs).
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
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let found = blueprint.expand(&Map::from_iter([("n", 30)]))?;
    /// assert_eq!(found[0].count, Some(30));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expand(&self, params: &Map) -> Result<Vec<Expansion>, DefinitionError> {
        self.expand_with(params, &Interrupt::new())
    }

    /// As [`expand`](Self::expand), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`expand`](Self::expand); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, UnfoldLimits, Workflow};
    /// use selvedge::{Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days",
    ///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"expression": "new long[1000]"}}}},
    ///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let found = blueprint.expand_with(&Map::new(), &Interrupt::new())?;
    /// assert_eq!(found[0].count, Some(1_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expand_with(&self, params: &Map, interrupt: &Interrupt) -> Result<Vec<Expansion>, DefinitionError> {
        let mut expander = Expander {
            inner: &self.inner,
            meter: self.limits().meter(interrupt),
            begun: 0,
            found: IndexMap::new(),
        };
        self.inner.known(params)?;
        let root = expander.workflow(MAIN, params, &Loops::default())?;
        expander.walk(root)?;
        let mut found: Vec<Expansion> = expander.found.into_values().collect();
        for expansion in &mut found {
            expansion.finish(&self.inner);
        }
        Ok(found)
    }
}

/// Where the walk is: inside which loops, and with which of their parameters.
#[derive(Clone)]
struct Loops {
    workflow: WorkflowId,
    /// How many loops and subworkflows are around it.
    depth: u64,
    /// The ids of the loops, as a path.
    path: Arc<str>,
    /// The iterations they are in, such as `days[3]/tables[0]`.
    iterations: Arc<str>,
    bindings: Arc<Map>,
    inside_while: Option<Arc<str>>,
    /// Whether iterations of a loop around were left out.
    partial: bool,
}

impl Default for Loops {
    fn default() -> Self {
        Self {
            workflow: MAIN,
            depth: 0,
            path: "".into(),
            iterations: "".into(),
            bindings: Arc::default(),
            inside_while: None,
            partial: false,
        }
    }
}

/// What is walked inside something.
enum Level<'e> {
    Steps {
        rest: std::slice::Iter<'e, StepId>,
        scope: Scope,
        loops: Loops,
    },
    Iterations {
        next: u64,
        count: u64,
        body: BodyId,
        values: Arc<Map>,
        scope: Scope,
        loops: Loops,
    },
}

/// Steps for a loop or subworkflow, and for an iteration, that is walked.
const LEVEL_STEPS: u64 = 300;

/// Walks all iterations of all loops that have loops inside, as many as may run.
struct Expander<'e> {
    inner: &'e Inner,
    meter: Meter,
    /// How many iterations were walked.
    begun: u64,
    found: IndexMap<Arc<str>, Expansion>,
}

impl<'e> Expander<'e> {
    /// Goes through a level and all inside it.
    fn walk(&mut self, root: Option<Level<'e>>) -> Result<(), Stop> {
        let mut levels: Vec<Level<'e>> = root.into_iter().collect();
        while let Some(level) = levels.last_mut() {
            let inside = match level {
                Level::Steps { rest, scope, loops } => match rest.next() {
                    Some(&id) => self.step(id, scope, loops)?,
                    None => {
                        levels.pop();
                        None
                    }
                },
                Level::Iterations {
                    next,
                    count,
                    body,
                    values,
                    scope,
                    loops,
                } => {
                    if *next < *count {
                        let limits = &self.inner.limits;
                        let is_last = *next + 1 >= limits.iterations || self.begun + 1 >= limits.runs;
                        let inside =
                            self.iteration(*next, *body, values, scope, loops, is_last && *next + 1 < *count)?;
                        *next = if is_last { *count } else { *next + 1 };
                        inside
                    } else {
                        levels.pop();
                        None
                    }
                }
            };
            levels.extend(inside);
        }
        Ok(())
    }

    /// The loops of a workflow that starts with these values.
    fn workflow(
        &mut self,
        workflow: WorkflowId,
        given: &Map,
        loops: &Loops,
    ) -> Result<Option<Level<'e>>, DefinitionError> {
        let started = self.inner.start(workflow, given, Occasion::Start, &mut self.meter)?;
        let scope = Scope::new().with_values(started.values);
        let here = Loops {
            workflow,
            ..loops.clone()
        };
        Ok(self.body(OUTERMOST, scope, here))
    }

    /// The steps of a list.
    fn body(&self, body: BodyId, scope: Scope, loops: Loops) -> Option<Level<'e>> {
        let body = self.inner.workflows.get(loops.workflow)?.bodies.get(body)?;
        Some(Level::Steps {
            rest: body.steps.iter(),
            scope,
            loops,
        })
    }

    /// Whether a step has others inside: a loop, or a subworkflow that was given.
    fn has_inside(step: &CompiledStep) -> bool {
        step.inner.is_some() || matches!(step.definition.kind, StepKind::Subworkflow { .. })
    }

    fn step(&mut self, id: StepId, around: &Scope, loops: &Loops) -> Result<Option<Level<'e>>, Stop> {
        let inner = self.inner;
        let step = inner
            .workflows
            .get(loops.workflow)
            .and_then(|compiled| compiled.steps.get(id));
        self.meter.steps(NAME_STEPS)?;
        let Some(step) = step.filter(|step| Self::has_inside(step)) else {
            return Ok(None);
        };
        let id = step.definition.id();
        let mut here = loops.clone();
        let bytes = (loops.path.len() + loops.iterations.len() + 2 * id.len()) as u64;
        self.meter.copy((2 * bytes + 64, 8))?;
        self.meter.steps(LEVEL_STEPS)?;
        here.path = joined(&loops.path, id);
        here.iterations = joined(&loops.iterations, id);
        here.depth += 1;
        let mut scope = around.clone();
        inner.signals.add(&mut scope, &step.plan, &mut self.meter)?;
        let report = step.plan.evaluate_in(&scope, HostCall::default(), &mut self.meter);
        self.meter.check()?;
        let error = report.error().cloned();
        let values = report.into_values();
        let most = inner.limits.most_depth();
        match step.definition.kind {
            StepKind::Foreach { concurrency, .. } => {
                self.foreach(step, concurrency, error, values, around, here, loops)
            }
            StepKind::While { .. } if here.depth <= most => {
                // Of a while only the first iteration is known.
                let first = loop_params(&values).cloned().unwrap_or_default();
                self.meter.copy(first.held())?;
                self.meter.copy(here.bindings.held())?;
                let in_while = Scope::new().with_values(Arc::clone(&inner.in_while));
                let scope = inside(&in_while.with_values(values).around(around), &first, 0);
                let mut bindings = (*here.bindings).clone();
                bindings.extend(first);
                here.bindings = Arc::new(bindings);
                here.inside_while.get_or_insert_with(|| Arc::clone(&here.path));
                Ok(step.inner.and_then(|body| self.body(body, scope, here)))
            }
            StepKind::Subworkflow { explicit_params, .. } if here.depth <= most && self.begun < inner.limits.runs => {
                let id = values.get("subworkflow_id").and_then(Value::as_str);
                let Some(&workflow) = id.and_then(|id| inner.by_id.get(id)) else {
                    return Ok(None);
                };
                self.begun += 1;
                let around = match explicit_params {
                    true => Vec::new(),
                    false => around.values().collect(),
                };
                let given = subworkflow_values(&around, &values, &mut self.meter)?;
                // What cannot start has no loops; checking and unfolding it say why.
                let level = self.workflow(workflow, &given, &here);
                self.meter.check()?;
                Ok(level.unwrap_or_default())
            }
            StepKind::While { .. } | StepKind::Subworkflow { .. } | StepKind::Plain { .. } => Ok(None),
        }
    }

    /// What is known of a loop.
    fn tally(&mut self, loops: &Loops, concurrency: Option<u64>) -> &mut Expansion {
        self.found.entry(Arc::clone(&loops.path)).or_insert_with(|| Expansion {
            path: loops.path.to_string(),
            axes: Vec::new(),
            count: Some(0),
            at_least: false,
            begins: 0,
            first: None,
            last: None,
            concurrency,
            inside_while: loops.inside_while.as_deref().map(str::to_owned),
            problem: None,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "what the walk knows of the step")]
    fn foreach(
        &mut self,
        step: &'e CompiledStep,
        concurrency: Option<u64>,
        error: Option<Problem>,
        values: Map,
        around: &Scope,
        here: Loops,
        outer: &Loops,
    ) -> Result<Option<Level<'e>>, Stop> {
        let inner = self.inner;
        let most = inner.limits.most_depth();
        self.meter.bytes(TALLY_BYTES + 2 * here.path.len() as u64)?;
        let tally = self.tally(&here, concurrency);
        tally.begins += 1;
        tally.at_least |= outer.partial;
        if let Some(error) = error {
            let reads_steps = step.plan.outer_names().any(|name| splits(name).next().is_some());
            match reads_steps {
                true => tally.fail(&outer.iterations, format_args!("only the run can tell: {error}")),
                false => tally.fail(&outer.iterations, error),
            }
            return Ok(None);
        }
        if here.depth > most {
            let why = format_args!("loops and subworkflows nest deeper than {most} levels");
            tally.fail(&outer.iterations, why);
            return Ok(None);
        }
        let grid = match grid_of(&values) {
            Ok(grid) => grid,
            Err(problem) => {
                let quote_values = inner.engine.settings().quote_values;
                tally.fail(&outer.iterations, problem.text(Code::LoopParameter, quote_values));
                return Ok(None);
            }
        };
        let count = grid.count().unwrap_or(u64::MAX);
        // The first and last bindings are made of what is around and of an element of each axis.
        let (bytes, parts) = here.bindings.held();
        self.meter
            .copy((2 * bytes, 2 * parts + 8 * grid.lengths().count() as u64))?;
        let of_last = count.checked_sub(1).map_or((0, 0), |last| grid.at(last).held());
        self.meter.copy((2 * of_last.0, 2 * of_last.1))?;
        if let Some(tally) = self.found.get_mut(&here.path) {
            tally.add(&grid, &here.bindings, &outer.iterations, inner);
        }
        let compiled = inner.workflows.get(here.workflow);
        let steps = compiled.and_then(|compiled| Some((compiled, compiled.bodies.get(step.inner?)?)));
        self.meter.steps(steps.map_or(0, |(_, body)| body.steps.len() as u64))?;
        let has_loops = steps.is_some_and(|(compiled, body)| {
            let mut steps = body.steps.iter().filter_map(|&id| compiled.steps.get(id));
            steps.any(Self::has_inside)
        });
        let body = step.inner.filter(|_| has_loops && count > 0);
        Ok(body.map(|body| Level::Iterations {
            next: 0,
            count,
            body,
            values: Arc::new(values),
            scope: around.clone(),
            loops: here,
        }))
    }

    /// The steps of an iteration of a foreach.
    fn iteration(
        &mut self,
        iteration: u64,
        body: BodyId,
        values: &Arc<Map>,
        around: &Scope,
        loops: &Loops,
        is_cut: bool,
    ) -> Result<Option<Level<'e>>, Stop> {
        self.begun += 1;
        let axes = loop_params(values).map_or(0, Map::len) as u64;
        self.meter.steps(LEVEL_STEPS + axes * 4 * NAME_STEPS)?;
        let Ok(grid) = grid_of(values) else { return Ok(None) };
        let element = grid.at(iteration);
        let (bytes, parts) = element.held();
        self.meter.copy((2 * bytes, 2 * parts))?;
        self.meter.copy(loops.bindings.held())?;
        self.meter.bytes(2 * loops.iterations.len() as u64 + 64)?;
        let mut bindings = (*loops.bindings).clone();
        bindings.extend(element.clone());
        let around = Scope::new().with_values(Arc::clone(values)).around(around);
        let scope = inside(&around, &element, iteration);
        let here = Loops {
            iterations: format!("{}[{iteration}]", loops.iterations).into(),
            bindings: Arc::new(bindings),
            partial: loops.partial || is_cut,
            ..loops.clone()
        };
        Ok(self.body(body, scope, here))
    }
}

/// The bytes of what is known of a loop.
const TALLY_BYTES: u64 = 1_024;

fn joined(path: &str, id: &str) -> Arc<str> {
    match path {
        "" => id.into(),
        path => format!("{path}/{id}").into(),
    }
}

/// The scope inside a loop's iteration.
fn inside(around: &Scope, bindings: &Map, iteration: u64) -> Scope {
    Scope::new()
        .with_values(with_index(bindings.clone(), iteration))
        .around(around)
}
