//! The steps of an unfolding as a graph: the outcome of each, what led on, and why what was not taken was not.

use std::collections::{BTreeMap, HashMap};

use super::compiled::{Incoming, StepIndex, WorkflowId};
use super::definition::{Step, StepKind, When};
use super::explain::cut;
use super::state::{FrameId, ROOT, Run, RunId, Why};
use super::unfold::Unfolding;

/// The steps of an unfolding as a graph to draw. A step inside a loop appears once, with the outcome of its runs.
///
/// ```
/// use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 0}},
///               "transition": {"successors": {"publish": "rows > 0"}}}},
///     {"step": {"id": "publish", "type": "copy"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// unfolding.walk(&Answers::default(), None)?;
/// let graph = unfolding.graph();
/// assert!(graph.mermaid().contains("n0[\"load (sql)<br/>succeeded\"]:::succeeded"));
/// assert!(graph.dot().contains("n0 -> n1 [style=dashed"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct StepGraph {
    pub(super) nodes: Vec<Node>,
}

/// A step.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Its number among all.
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) type_name: String,
    /// How many of its runs are in which state.
    pub(super) states: BTreeMap<&'static str, usize>,
    pub(super) inside: Vec<Self>,
    pub(super) edges: Vec<Edge>,
}

/// A transition.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// The number of the step it leads to.
    pub(super) to: usize,
    /// Its condition, or `OTHERWISE` and the like.
    pub(super) when: String,
    /// The first reason why it was not taken, and how often it was not.
    pub(super) refused: Option<(String, usize)>,
    /// How often it was taken.
    pub(super) taken: usize,
}

/// The states, the one that is shown of several first.
pub(super) const STATES: [(&str, &str); 13] = [
    ("internally_failed", "#f2a6a6"),
    ("failed", "#f2a6a6"),
    ("timed_out", "#f2a6a6"),
    ("stopped", "#f6cfa0"),
    ("completed_with_error", "#f9e0b8"),
    ("started", "#bcd9f5"),
    ("open", "#bcd9f5"),
    ("ready", "#dcebfa"),
    ("waiting", "#ffffff"),
    ("succeeded", "#b9e0c2"),
    ("skipped", "#e4e4e4"),
    ("not begun", "#ffffff"),
    ("", "#ffffff"),
];

impl Node {
    /// The state that is shown.
    pub(super) fn state(&self) -> &'static str {
        let mut shown = STATES.iter().map(|(state, _)| *state);
        shown
            .find(|state| self.states.contains_key(state))
            .unwrap_or("not begun")
    }

    /// All states, with how many runs are in each where there are several.
    pub(super) fn said(&self) -> String {
        let several = self.states.values().sum::<usize>() > 1;
        let said = self.states.iter().map(|(state, count)| match several {
            true => format!("{count} {state}"),
            false => (*state).to_owned(),
        });
        let said: Vec<String> = said.collect();
        match said.is_empty() {
            true => "not begun".to_owned(),
            false => said.join(", "),
        }
    }
}

impl Unfolding {
    /// Returns the steps as a graph.
    pub fn graph(&self) -> StepGraph {
        let steps = self
            .compiled(ROOT)
            .map_or(&[][..], |compiled| compiled.definition.steps());
        let mut count = 0;
        StepGraph {
            nodes: self.nodes(steps, &[ROOT], &mut count),
        }
    }

    /// The steps of a list, with the outcome of them in these frames. As deep as loops and subworkflows nest.
    fn nodes(&self, steps: &[Step], frames: &[FrameId], count: &mut usize) -> Vec<Node> {
        let first = *count;
        *count += steps.len();
        let by_id: HashMap<&str, usize> = steps
            .iter()
            .enumerate()
            .map(|(index, step)| (step.id(), index))
            .collect();
        let node = |(position, step): (usize, &Step)| {
            let at = StepIndex::new(position);
            let runs: Vec<RunId> = frames.iter().map(|frame| RunId::new(*frame, at)).collect();
            let mut states = BTreeMap::new();
            for run in &runs {
                *states.entry(self.state_of(*run)).or_default() += 1;
            }
            let edges = step.transitions().iter().enumerate().filter_map(|(transition, way)| {
                let from = Incoming { from: at, transition };
                let to = first + by_id.get(way.to())?;
                Some(self.drawn_edge(&runs, from, (to, way.when())))
            });
            let inside: Vec<FrameId> = runs.iter().flat_map(|run| self.frames_inside(*run)).collect();
            let inside = match step.kind() {
                StepKind::Subworkflow { .. } => self.nodes_of_workflows(&inside, count),
                _ => self.nodes(step.inner(), &inside, count),
            };
            Node {
                number: first + position,
                id: step.id().to_owned(),
                type_name: step.type_name().to_owned(),
                states,
                edges: edges.collect(),
                inside,
            }
        };
        steps.iter().enumerate().map(node).collect()
    }

    /// The steps of the workflows that these frames are runs of: one step may run another workflow each time.
    fn nodes_of_workflows(&self, frames: &[FrameId], count: &mut usize) -> Vec<Node> {
        let mut by_workflow: BTreeMap<WorkflowId, Vec<FrameId>> = BTreeMap::new();
        for id in frames {
            if let Ok(frame) = self.frame(*id) {
                by_workflow.entry(frame.workflow).or_default().push(*id);
            }
        }
        let nodes = by_workflow.values().flat_map(|frames| {
            let compiled = frames.first().and_then(|frame| self.compiled(*frame).ok());
            compiled.map_or_else(Vec::new, |compiled| {
                self.nodes(compiled.definition.steps(), frames, count)
            })
        });
        nodes.collect()
    }

    /// The frames inside a run.
    fn frames_inside(&self, at: RunId) -> impl Iterator<Item = FrameId> {
        let numbered = self.run(at).into_iter().flat_map(Run::numbered);
        let own = numbered.filter(move |numbered| self.state.inner(at, *numbered).is_some());
        own.map(|(_, id)| id)
    }

    fn state_of(&self, at: RunId) -> &'static str {
        match self.run(at) {
            Ok(Run::Waiting) => "waiting",
            Ok(Run::Ready { started: false, .. }) => "ready",
            Ok(Run::Ready { started: true, .. }) => "started",
            Ok(Run::Open { .. }) => "open",
            Ok(Run::Ended { status, .. }) => status.name(),
            Ok(Run::Skipped | Run::Blocked) | Err(_) => "skipped",
        }
    }

    fn drawn_edge(&self, runs: &[RunId], from: Incoming, (to, when): (usize, &When)) -> Edge {
        let (mut taken, mut refused) = (0, None);
        for run in runs {
            match (self.run(*run), self.why(run.frame, from)) {
                (_, Some(why)) => {
                    let (_, count) = refused.get_or_insert_with(|| (reason(&why), 0));
                    *count += 1;
                }
                (Ok(Run::Ended { .. }), None) => taken += 1,
                _ => {}
            }
        }
        Edge {
            to,
            when: match when {
                When::If(condition) => cut(condition),
                When::Always => String::new(),
                When::Otherwise => "OTHERWISE".to_owned(),
                When::OnFailure => "ON FAILURE".to_owned(),
                When::InAnyCase => "ALWAYS".to_owned(),
            },
            refused,
            taken,
        }
    }
}

/// A reason, without what the edge says already.
fn reason(why: &Why) -> String {
    match why {
        Why::Condition { decided, .. } if !decided.is_empty() => {
            let decided: Vec<String> = decided.iter().map(ToString::to_string).collect();
            decided.join(", ")
        }
        Why::Condition { .. } => "its condition is false".to_owned(),
        other => other.to_string(),
    }
}
