//! An unfolding as a tree for people and for data: what ran with which parameters, and what was skipped and why.

use std::fmt;
use std::sync::Arc;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::compile::LOOP_PARAMS;
use super::compiled::Incoming;
use super::definition::{Step, Transition, When};
use super::explain::{Operand, cut};
use super::failure::StepProblem;
use super::state::{Frame, FrameId, ROOT, Refused, Run, RunId, Why};
use super::status::Status;
use super::unfold::Unfolding;
use crate::diagnostic::{escape, escape_lines, quote};
use crate::params::text::json_start;
use crate::value::Map;

/// A step in the tree of an unfolding, which it borrows.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// let load = unfolding.tree().step("load").ok_or("no such step")?;
/// assert_eq!(serde_json::json!(load), serde_json::json!({"id": "load", "type": "sql", "state": "ready"}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TreeStep<'u> {
    unfolding: &'u Unfolding,
    at: RunId,
    step: &'u Step,
    run: &'u Run,
}

/// One run of the steps inside a loop or subworkflow, or the whole tree. It borrows the unfolding.
///
/// Serialized and displayed it is written piece by piece: nothing is made that is as large as the unfolding.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 7}},
///               "transition": {"successors": {"alert": "rows == 0"}}}},
///     {"step": {"id": "alert", "type": "mail"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// unfolding.walk(&Answers::default(), None)?;
/// assert!(unfolding.tree().to_string().starts_with("load (sql) succeeded  rows=7\nalert (mail) skipped\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TreeFrame<'u> {
    unfolding: &'u Unfolding,
    id: FrameId,
    /// The run it is inside, and the iteration it is.
    inside: Option<(RunId, u64)>,
}

impl Unfolding {
    /// Returns the unfolding as a tree, with the steps in the order of the definition.
    pub fn tree(&self) -> TreeFrame<'_> {
        TreeFrame {
            unfolding: self,
            id: ROOT,
            inside: None,
        }
    }

    /// Returns the step at a path, such as `backfill[3]/load`; `None` if there is no such run.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert_eq!(unfolding.step_at("load").map(|load| load.state()), Some("ready"));
    /// assert!(unfolding.step_at("load[0]/part").is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn step_at(&self, path: &str) -> Option<TreeStep<'_>> {
        let at = self.find(path)?;
        Some(TreeStep {
            unfolding: self,
            at,
            step: &self.step(at).ok()?.definition,
            run: self.run(at).ok()?,
        })
    }

    pub(super) fn because(&self, at: RunId) -> Vec<Why> {
        let body = self.frame(at.frame).and_then(|frame| self.blueprint.inner.body(frame));
        let incoming = body.map_or(&[][..], |body| body.incoming(at.step));
        let why = incoming.iter().filter_map(|incoming| self.why(at.frame, *incoming));
        let mut why: Vec<Why> = why.collect();
        if let Ok(Some(by)) = self.frame(at.frame).map(|frame| frame.stopped_by)
            && why.len() < incoming.len().max(1)
            && let Ok(step) = self.step(RunId::new(at.frame, by))
        {
            // A transition that was taken led to it, or would have.
            why = vec![Why::Stopped {
                step: Arc::clone(&step.definition.id),
            }];
        }
        if why.is_empty()
            && let Ok(Frame {
                parent: Some(around), ..
            }) = self.frame(at.frame)
            && let Ok(step) = self.step(*around)
        {
            let step = Arc::clone(&step.definition.id);
            why.push(Why::FromStopped { step });
        }
        why
    }

    /// Why a transition was not taken.
    pub(super) fn why(&self, frame: FrameId, Incoming { from, transition }: Incoming) -> Option<Why> {
        let from = RunId::new(frame, from);
        let step = &self.step(from).ok()?.definition;
        let id = || Arc::clone(&step.id);
        let source = |transition: &Transition| match &transition.when {
            When::If(source) => cut(source),
            When::Always | When::Otherwise | When::OnFailure | When::InAnyCase => String::new(),
        };
        let line = |transition: &Transition| transition.place.map(|place| place.line);
        match self.run(from).ok()? {
            Run::Ended { refused, status, .. } => match refused.get(transition) {
                Some(None) => None,
                None | Some(Some(Refused::Failed | Refused::Handled)) => Some(match *status == Status::Stopped {
                    true => Why::FromStopped { step: id() },
                    false => Why::FromFailed { step: id() },
                }),
                Some(Some(Refused::Succeeded)) => Some(Why::FromSucceeded { step: id() }),
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
            Run::Skipped | Run::Blocked => {
                let always = step.transitions.get(transition)?.when == When::InAnyCase;
                (!always).then(|| Why::FromSkipped { step: id() })
            }
            Run::Waiting | Run::Ready { .. } | Run::Open { .. } => None,
        }
    }

    fn quote_values(&self) -> bool {
        self.blueprint.inner.engine.settings().quote_values
    }
}

impl<'u> TreeFrame<'u> {
    fn frame(&self) -> Option<&'u Frame> {
        let state = &self.unfolding.state;
        match self.inside {
            Some((at, iteration)) => state.inner(at, (iteration, self.id)),
            None => state.frames.get(self.id),
        }
    }

    /// The number of the iteration, from 0.
    pub fn iteration(&self) -> u64 {
        self.frame().map_or(0, |frame| frame.iteration)
    }

    /// The iteration's parameters, or the workflow's.
    pub fn parameters(&self) -> &'u Map {
        self.frame()
            .map_or(&*self.unfolding.blueprint.inner.empty, |frame| &*frame.values)
    }

    /// The steps.
    pub fn steps(&self) -> impl Iterator<Item = TreeStep<'u>> + use<'u> {
        let (unfolding, id) = (self.unfolding, self.id);
        let runs = self.frame().into_iter().flat_map(Frame::each_run);
        runs.filter_map(move |(step, run)| {
            let at = RunId::new(id, step);
            Some(TreeStep {
                unfolding,
                at,
                step: &unfolding.step(at).ok()?.definition,
                run,
            })
        })
    }

    /// Returns the step with an id.
    pub fn step(&self, id: &str) -> Option<TreeStep<'u>> {
        self.steps().find(|step| step.id() == id)
    }

    // As deep as loops and subworkflows nest, which the limits bound.
    fn write(&self, out: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let (indent, quote_values) = (2 * depth, self.unfolding.quote_values());
        for step in self.steps() {
            let (id, type_name) = (escape(step.id()), escape(step.type_name()));
            write!(out, "{:indent$}{id} ({type_name}) {}", "", step.state())?;
            write_values(out, step.parameters(), quote_values)?;
            writeln!(out)?;
            for why in step.because() {
                writeln!(out, "{:indent$}    {why}", "")?;
            }
            if let Some(problem) = step.problem() {
                writeln!(out, "{:indent$}    error: {}", "", escape_lines(&problem.to_string()))?;
            }
            for frame in step.inside() {
                write!(out, "{:indent$}  [{}]", "", frame.iteration())?;
                write_values(out, frame.parameters(), quote_values)?;
                writeln!(out)?;
                frame.write(out, depth + 2)?;
            }
        }
        Ok(())
    }
}

/// Each step on a line, and why it was skipped or what went wrong below it. Values are cut, and left out where the engine says so.
impl fmt::Display for TreeFrame<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter, 0)
    }
}

impl<'u> TreeStep<'u> {
    /// Its id.
    pub fn id(&self) -> &'u str {
        self.step.id()
    }

    /// Its type.
    pub fn type_name(&self) -> &'u str {
        self.step.type_name()
    }

    /// Its state: `waiting`, `ready`, `open`, `skipped`, or the final status.
    pub fn state(&self) -> &'static str {
        match self.run {
            Run::Waiting => "waiting",
            Run::Skipped | Run::Blocked => "skipped",
            Run::Ready { started: false, .. } => "ready",
            Run::Ready { started: true, .. } => "started",
            Run::Open { .. } => "open",
            Run::Ended { status, .. } => status.name(),
        }
    }

    /// Its parameters, once they are known.
    pub fn parameters(&self) -> &'u Map {
        let values = self.run.values();
        values.unwrap_or(&self.unfolding.blueprint.inner.empty)
    }

    /// Why it was skipped: for each transition to it, the reason why it was not taken.
    pub fn because(&self) -> Vec<Why> {
        match self.run {
            Run::Skipped | Run::Blocked => self.unfolding.because(self.at),
            Run::Waiting | Run::Ready { .. } | Run::Open { .. } | Run::Ended { .. } => Vec::new(),
        }
    }

    /// The error of evaluating it.
    pub fn problem(&self) -> Option<StepProblem<'u>> {
        let failure = match self.run {
            Run::Open { inside, .. } => inside.failure.as_deref()?,
            Run::Ended { failure, .. } => failure.as_deref()?,
            Run::Waiting | Run::Skipped | Run::Blocked | Run::Ready { .. } => return None,
        };
        let step = self.id();
        Some(StepProblem {
            step,
            failure,
            quote_values: self.unfolding.quote_values(),
        })
    }

    /// The runs of the steps inside it.
    pub fn inside(&self) -> impl ExactSizeIterator<Item = TreeFrame<'u>> + use<'u> {
        let (unfolding, at) = (self.unfolding, self.at);
        self.run.numbered().map(move |(iteration, id)| TreeFrame {
            unfolding,
            id,
            inside: Some((at, iteration)),
        })
    }
}

impl Serialize for TreeFrame<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("iteration", &self.iteration())?;
        map.serialize_entry("parameters", self.parameters())?;
        map.serialize_entry("steps", &Each(|| self.steps()))?;
        map.end()
    }
}

impl Serialize for TreeStep<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id())?;
        map.serialize_entry("type", self.type_name())?;
        map.serialize_entry("state", self.state())?;
        if !self.parameters().is_empty() {
            map.serialize_entry("parameters", self.parameters())?;
        }
        let because = self.because();
        if !because.is_empty() {
            map.serialize_entry("because", &because)?;
        }
        if let Some(problem) = self.problem() {
            map.serialize_entry("problem", &problem)?;
        }
        if self.inside().len() > 0 {
            map.serialize_entry("inside", &Each(|| self.inside()))?;
        }
        map.end()
    }
}

/// What an iterator gives, as a list that is written while it goes.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// Parameters on a line, their values cut; a loop's own are those of its iterations.
fn write_values(out: &mut fmt::Formatter<'_>, parameters: &Map, quote_values: bool) -> fmt::Result {
    for (name, value) in parameters.iter().filter(|(name, _)| *name != LOOP_PARAMS) {
        let value = match quote_values {
            true => cut(&json_start(value)),
            false => "…".to_owned(),
        };
        write!(out, "  {}={value}", cut(name))?;
    }
    Ok(())
}

impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FromSkipped { step } => write!(formatter, "{} was skipped", quote(step)),
            Self::FromFailed { step } => write!(formatter, "{} failed", quote(step)),
            Self::FromSucceeded { step } => write!(formatter, "{} did not fail", quote(step)),
            Self::FromStopped { step } => write!(formatter, "{} was stopped", quote(step)),
            Self::Stopped { step } => write!(formatter, "{} failed, which stops its siblings", quote(step)),
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
                // The condition itself is said once.
                if let [whole] = decided.as_slice()
                    && whole.text == *condition
                    && !whole.is
                {
                    return Values(whole).fmt(formatter);
                }
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
        Values(self).fmt(formatter)
    }
}

/// What the names of an operand stand for.
struct Values<'o>(&'o Operand);

impl fmt::Display for Values<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(operand) = self;
        let names = operand.values.iter().filter(|(name, _)| *name != operand.text);
        for (index, (name, value)) in names.enumerate() {
            let separator = if index == 0 { " where " } else { ", " };
            write!(formatter, "{separator}{name} = {value}")?;
        }
        Ok(())
    }
}
