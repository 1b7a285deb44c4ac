//! An unfolding as a tree for people and for data: what ran with which parameters, and what was skipped and why.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde::Serialize;

use super::compile::LOOP_PARAMS;
use super::definition::{Transition, When};
use super::explain::{Operand, cut};
use super::state::{Refused, Run, Why};
use super::unfold::Unfolding;
use crate::diagnostic::{escape, escape_lines, quote};
use crate::params::text::json_start;
use crate::value::Map;

/// A step in the tree of an unfolding.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
/// let tree = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?.tree();
/// assert_eq!(serde_json::json!(tree.steps), serde_json::json!([{"id": "load", "type": "sql", "state": "ready"}]));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeStep {
    /// Its id.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// `waiting`, `ready`, `open`, `skipped`, or how it ended.
    pub state: &'static str,
    /// Its parameters, once they are known.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub parameters: Map,
    /// Why it was skipped: each transition that leads to it, and why it was not taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Why>,
    /// What went wrong in evaluating it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The runs of the steps inside of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<TreeFrame>,
}

/// One run of the steps inside of a loop or subworkflow.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 7}},
///               "transition": {"successors": {"alert": "rows == 0"}}}},
///     {"step": {"id": "alert", "type": "mail"}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
/// unfolding.walk(&Answers::default(), None).map_err(|_| "?")?;
/// assert!(unfolding.tree().to_text().starts_with("load (sql) succeeded  rows=7\nalert (mail) skipped\n"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeFrame {
    /// The number of the iteration, from 0.
    pub iteration: u64,
    /// The iteration's parameters, or the subworkflow's.
    pub parameters: Map,
    /// The steps.
    pub steps: Vec<TreeStep>,
    /// Whether the text of the tree shows values.
    #[serde(skip)]
    quote_values: bool,
}

impl Unfolding {
    /// The unfolding as a tree, the steps in the order of the definition.
    pub fn tree(&self) -> TreeFrame {
        self.tree_frame(0)
    }

    // As deep as loops and subworkflows nest, which the limits bound.
    fn tree_frame(&self, index: usize) -> TreeFrame {
        let Some(frame) = self.state.frames.get(index) else {
            return TreeFrame {
                iteration: 0,
                parameters: Map::new(),
                steps: Vec::new(),
                quote_values: false,
            };
        };
        TreeFrame {
            iteration: frame.iteration,
            parameters: (*frame.values).clone(),
            steps: (0..frame.runs.len())
                .filter_map(|place| self.tree_step(index, place))
                .collect(),
            quote_values: self.blueprint.inner.engine.settings().quote_values,
        }
    }

    /// Why a step was skipped.
    fn because(&self, frame: usize, place: usize) -> Vec<Why> {
        let at = self.state.frames.get(frame);
        let body = at.and_then(|at| self.compiled(frame)?.bodies.get(at.body));
        let incoming = body.and_then(|body| body.incoming.get(place));
        let why = incoming
            .into_iter()
            .flatten()
            .filter_map(|&(from, transition)| self.why(frame, from, transition));
        why.collect()
    }

    /// Why a transition was not taken.
    fn why(&self, frame: usize, from: usize, transition: usize) -> Option<Why> {
        let step = &self.step(frame, from)?.definition;
        let id = || Arc::clone(&step.id);
        let source = |transition: &Transition| match &transition.when {
            When::If(source) => cut(source),
            When::Always | When::Otherwise => String::new(),
        };
        let line = |transition: &Transition| transition.place.map(|place| place.line);
        match self.run(frame, from)? {
            Run::Ended { refused, .. } => match refused.get(transition) {
                None => Some(Why::FromFailed { step: id() }),
                Some(None) => None,
                Some(Some(Refused::Condition(decided))) => {
                    let transition = step.transitions.get(transition)?;
                    Some(Why::Condition {
                        step: id(),
                        condition: source(transition),
                        line: line(transition),
                        decided: decided.to_vec(),
                    })
                }
                Some(Some(Refused::Held(held))) => Some(Why::NotOtherwise {
                    step: id(),
                    line: line(step.transitions.get(transition)?),
                    condition: source(step.transitions.get(*held)?),
                }),
            },
            Run::Skipped => Some(Why::FromSkipped { step: id() }),
            Run::Waiting | Run::Ready { .. } | Run::Open { .. } => None,
        }
    }

    fn tree_step(&self, frame: usize, place: usize) -> Option<TreeStep> {
        let step = &self.step(frame, place)?.definition;
        let run = self.run(frame, place)?;
        let (state, parameters, frames, problem): (_, _, &[usize], _) = match run {
            Run::Waiting => ("waiting", None, &[], None),
            Run::Skipped => ("skipped", None, &[], None),
            Run::Ready { values } => ("ready", Some(values), &[], None),
            Run::Open { values, progress } => ("open", Some(values), &progress.frames, progress.problem.clone()),
            Run::Ended {
                status,
                values,
                problem,
                frames,
                ..
            } => (status.name(), Some(values), frames, problem.clone()),
        };
        Some(TreeStep {
            id: step.id().to_owned(),
            type_name: step.type_name().to_owned(),
            state,
            parameters: parameters.map(|values| (**values).clone()).unwrap_or_default(),
            because: match run {
                Run::Skipped => self.because(frame, place),
                _ => Vec::new(),
            },
            problem: problem.as_deref().map(str::to_owned),
            inside: frames.iter().map(|frame| self.tree_frame(*frame)).collect(),
        })
    }
}

impl TreeFrame {
    /// The tree as text, a step a line, without the values where the engine's
    /// [`quote_values`](crate::EngineBuilder::quote_values) is off.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        for step in &self.steps {
            let _ = writeln!(
                out,
                "{indent}{} ({}) {}{}",
                escape(&step.id),
                escape(&step.type_name),
                step.state,
                shown(&step.parameters, self.quote_values)
            );
            for why in &step.because {
                let _ = writeln!(out, "{indent}    {why}");
            }
            if let Some(problem) = &step.problem {
                let _ = writeln!(out, "{indent}    error: {}", escape_lines(problem));
            }
            for frame in &step.inside {
                let _ = writeln!(
                    out,
                    "{indent}  [{}]{}",
                    frame.iteration,
                    shown(&frame.parameters, self.quote_values)
                );
                frame.write(out, depth + 2);
            }
        }
    }
}

/// Parameters on one line, cut where they are long. Loop parameters are shown with each iteration.
fn shown(parameters: &Map, quote_values: bool) -> String {
    let mut out = String::new();
    for (name, value) in parameters.iter().filter(|(name, _)| *name != LOOP_PARAMS) {
        let value = match quote_values {
            true => cut(&json_start(value)),
            false => "…".to_owned(),
        };
        let _ = write!(out, "  {}={value}", cut(name));
    }
    out
}

impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FromSkipped { step } => write!(formatter, "{} was skipped", quote(step)),
            Self::FromFailed { step } => write!(formatter, "{} failed", quote(step)),
            Self::Condition {
                step,
                condition,
                line,
                decided,
            } => {
                write!(
                    formatter,
                    "the condition `{condition}` of {}{} is false",
                    quote(step),
                    Line(*line)
                )?;
                let mut separator = ": ";
                for operand in decided {
                    write!(formatter, "{separator}{operand}")?;
                    separator = ", ";
                }
                Ok(())
            }
            Self::NotOtherwise { step, line, condition } => {
                let line = Line(*line);
                write!(
                    formatter,
                    "it is the OTHERWISE of {}{line}, and `{condition}` is true",
                    quote(step)
                )
            }
        }
    }
}

/// A line of the file, where it is known.
struct Line(Option<u32>);

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(line) => write!(formatter, " (line {line})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` at column {} is {}", self.text, self.at.column, self.is)?;
        let names = self.values.iter().filter(|(name, _)| *name != self.text);
        for (index, (name, value)) in names.enumerate() {
            let separator = if index == 0 { " where " } else { ", " };
            write!(formatter, "{separator}{name} = {value}")?;
        }
        Ok(())
    }
}
