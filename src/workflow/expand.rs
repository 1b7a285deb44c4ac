//! What a workflow's loops would run over, found without running anything: how many iterations, and the first and last.

use serde::Serialize;

use super::blueprint::{Blueprint, Compiled};
use super::definition::StepKind;
use super::limits::UnfoldLimits;
use super::unfold::{grid_of, with_index};
use crate::params::{Occasion, Problem, Scope};
use crate::value::Map;

/// What a loop would run over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expansion {
    /// The ids of the loop and those around it, such as `days/tables`.
    pub path: String,
    /// The length of each of its parameters, in order; the first varies fastest.
    pub axes: Vec<Axis>,
    /// How many iterations; none where that does not fit in 64 bits, or is not known.
    pub count: Option<u64>,
    /// The parameters of the first iteration.
    pub first: Option<Map>,
    /// The parameters of the last iteration.
    pub last: Option<Map>,
    /// How many iterations may run at a time.
    pub concurrency: Option<u64>,
    /// What would pass a limit, or why nothing is known before other steps ran. Inside of another loop it is that loop's first
    /// iteration which is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One parameter of a loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// How many elements it has.
    pub length: u64,
}

impl Blueprint {
    /// What each foreach would run over, with these values for the workflow's parameters. A foreach inside of another is looked at
    /// in that one's first iteration.
    ///
    /// # Errors
    ///
    /// Values that are not allowed, and what goes wrong in evaluating the workflow's parameters.
    pub fn expand(&self, params: &Map) -> Result<Vec<Expansion>, Vec<Problem>> {
        let Some(compiled) = self.inner.workflows.first() else {
            return Ok(Vec::new());
        };
        let mut set = compiled.definition.params.clone();
        set.set_values(params, Occasion::Start)?;
        let report = self.inner.signals.evaluate(&self.inner.engine, &set)?;
        let mut found = Vec::new();
        let scope = Scope::new().with_values(report.values());
        expand_body(compiled, 0, &scope, "", self.limits(), &mut found);
        Ok(found)
    }
}

/// Adds the loops of a list. As deep as loops nest in a definition, which is bounded.
fn expand_body(
    compiled: &Compiled,
    body: usize,
    around: &Scope,
    path: &str,
    limits: &UnfoldLimits,
    found: &mut Vec<Expansion>,
) {
    let steps = compiled
        .bodies
        .get(body)
        .map(|body| body.steps.clone())
        .unwrap_or_default();
    for step in steps.into_iter().filter_map(|index| compiled.steps.get(index)) {
        let Some(inner) = step.inner else { continue };
        let path = match path {
            "" => step.definition.id().to_owned(),
            path => format!("{path}/{}", step.definition.id()),
        };
        let report = step.plan.evaluate(around);
        let values = report.values();
        let mut scope = around.clone();
        if let StepKind::Foreach { concurrency, .. } = step.definition.kind {
            let mut expansion = Expansion {
                path: path.clone(),
                axes: Vec::new(),
                count: None,
                first: None,
                last: None,
                concurrency,
                problem: report.error().map(ToString::to_string),
            };
            if expansion.problem.is_none() {
                fill(&mut expansion, &values, limits);
            }
            if let Some(first) = &expansion.first {
                scope = inside(&scope, &values, first);
            }
            found.push(expansion);
        }
        expand_body(compiled, inner, &scope, &path, limits, found);
    }
}

/// The scope inside of a loop's iteration.
fn inside(around: &Scope, values: &Map, iteration: &Map) -> Scope {
    Scope::new()
        .with_values(with_index(iteration.clone(), 0))
        .with_values(values.clone())
        .around(around)
}

fn fill(expansion: &mut Expansion, values: &Map, limits: &UnfoldLimits) {
    let grid = match grid_of(values) {
        Ok(grid) => grid,
        Err(problem) => {
            expansion.problem = Some(problem);
            return;
        }
    };
    expansion.axes = grid
        .lengths()
        .map(|(name, length)| Axis {
            name: name.to_owned(),
            length,
        })
        .collect();
    expansion.count = grid.count();
    match expansion.count {
        Some(0) => {}
        Some(count) => {
            expansion.first = Some(grid.at(0));
            expansion.last = Some(grid.at(count - 1));
            if count > limits.iterations {
                expansion.problem = Some(format!("{count} iterations, and {} are allowed", limits.iterations));
            }
        }
        None => {
            let most = limits.iterations;
            expansion.problem = Some(format!("more than 2^64 iterations, and {most} are allowed"));
        }
    }
}
