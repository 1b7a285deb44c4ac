//! An unfolding as a tree for people and for data: what ran with which parameters, and what was skipped and why.

use std::fmt::{self, Write as _};

use serde::Serialize;

use super::compile::LOOP_PARAMS;
use super::explain::{Operand, cut};
use super::state::{Run, Why};
use super::unfold::Unfolding;
use crate::diagnostic::{escape, escape_lines, quote};
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
            };
        };
        TreeFrame {
            iteration: frame.iteration,
            parameters: (*frame.values).clone(),
            steps: (0..frame.runs.len())
                .filter_map(|place| self.tree_step(index, place))
                .collect(),
        }
    }

    fn tree_step(&self, frame: usize, place: usize) -> Option<TreeStep> {
        let step = &self.step(frame, place)?.definition;
        let run = self.run(frame, place)?;
        let (state, parameters, frames, problem): (_, _, &[usize], _) = match run {
            Run::Waiting => ("waiting", None, &[], None),
            Run::Skipped { .. } => ("skipped", None, &[], None),
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
                Run::Skipped { because } => because.clone(),
                _ => Vec::new(),
            },
            problem,
            inside: frames.iter().map(|frame| self.tree_frame(*frame)).collect(),
        })
    }
}

impl TreeFrame {
    /// The tree as text, a step a line.
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
                shown(&step.parameters)
            );
            for why in &step.because {
                let _ = writeln!(out, "{indent}    {why}");
            }
            if let Some(problem) = &step.problem {
                let _ = writeln!(out, "{indent}    error: {}", escape_lines(problem));
            }
            for frame in &step.inside {
                let _ = writeln!(out, "{indent}  [{}]{}", frame.iteration, shown(&frame.parameters));
                frame.write(out, depth + 2);
            }
        }
    }
}

/// Parameters on one line, cut where they are long. Loop parameters are shown with each iteration.
fn shown(parameters: &Map) -> String {
    let mut out = String::new();
    for (name, value) in parameters.iter().filter(|(name, _)| *name != LOOP_PARAMS) {
        let json = serde_json::to_string(value).unwrap_or_default();
        let _ = write!(out, "  {}={}", cut(name), cut(&json));
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
