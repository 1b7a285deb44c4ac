//! Documents to workflow definitions: written out as in JSON; the shorthand of YAML has its own module.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::attributes::Found;
use super::definition::{Step, StepKind, Transition, When, Workflow};
use super::dsl;
use super::fields;
use super::reader::{Reader, TRANSITION_VALUES};
use crate::diagnostic::{Code, closest, quote};
use crate::params::document::{self, Document, Entries, Entry, Kind, Node};
use crate::params::problem::{MAX_CANDIDATES, MAX_SUGGESTIONS, error, error_with_help, index_path, key_path};
use crate::params::read::{self as params, Style};
use crate::params::{DefinitionError, ParameterSet, Problem, Recovered};
use crate::source::Position;
use crate::work::visit;

/// What reading a step counts for, and a transition, beside their values.
const STEP_VALUES: usize = 16;
/// The most levels that loops nest in a definition.
pub(super) const MAX_LOOP_NESTING: usize = 16;

impl Workflow {
    /// Reads a definition in JSON.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it as data, each with its place.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"stop": {"id": "a"}}]}}"#;
    /// let refused = Workflow::from_json(text).unwrap_err();
    /// assert_eq!((refused.problems()[0].path(), refused.problems()[0].code().text()), ("workflow.steps[0]", "E730"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        Self::recovered(document::read_json(text), false, text).whole()
    }

    /// Reads a definition in YAML: the shorthand, or the written-out form.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it as data, each with its place.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// let text = "workflow:\n  id: w\n  jobs:\n    - job: {id: load, type: sql, rows: 7}\n";
    /// let workflow = Workflow::from_yaml(text)?;
    /// assert_eq!(workflow.steps()[0].params().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Self, DefinitionError> {
        Self::recovered(document::read_yaml(text), true, text).whole()
    }

    /// The definition that a document is, as far as it can be read.
    pub(super) fn recovered(document: Result<Document, Problem>, is_yaml: bool, text: &str) -> Recovered<Self> {
        match document {
            Ok(Document { root, problems }) => workflow(root, is_yaml, text, problems),
            Err(problem) => problem.into(),
        }
    }

    /// Whether a JSON text is a workflow's definition, rather than a bare map of parameters.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// assert!(Workflow::is_json_definition(r#"{"workflow": {"id": "w", "steps": []}}"#));
    /// assert!(!Workflow::is_json_definition(r#"{"day": {"value": 1}}"#));
    /// ```
    pub fn is_json_definition(text: &str) -> bool {
        document::read_json(text).is_ok_and(|read| inner(&read.root).is_some())
    }

    /// Whether a YAML text is a workflow's definition, rather than a bare map of parameters.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// assert!(Workflow::is_yaml_definition("workflow: {id: w, jobs: []}"));
    /// assert!(!Workflow::is_yaml_definition("day: 1"));
    /// ```
    #[cfg(feature = "yaml")]
    pub fn is_yaml_definition(text: &str) -> bool {
        document::read_yaml(text).is_ok_and(|read| inner(&read.root).is_some())
    }
}

/// The map under the key `workflow`, where a document is a workflow's definition.
pub(super) fn inner(node: &Node) -> Option<&Entries> {
    let Kind::Map(entries) = &node.kind else {
        return None;
    };
    let is_workflow = |(key, _): &(&String, &Entry)| visit(1) && key.eq_ignore_ascii_case("workflow");
    let (_, entry) = entries.iter().find(is_workflow)?;
    let Kind::Map(inner) = &entry.node.kind else {
        return None;
    };
    let is_definition = ["id", "steps", "jobs"].iter().any(|key| inner.contains_key(*key));
    is_definition.then_some(inner)
}

/// The definition that a document is, as far as it can be read.
fn workflow(node: Node, is_yaml: bool, text: &str, problems: Vec<Problem>) -> Recovered<Workflow> {
    let none = |mut problems: Vec<Problem>, problem| {
        problems.push(problem);
        Recovered::none(problems)
    };
    let place = node.place;
    let Kind::Map(entries) = node.kind else {
        let message = format!("expected a map with the key `workflow`, found {}", node.what());
        return none(problems, error("", place, Code::WorkflowShape, message));
    };
    let mut extra = serde_json::Map::new();
    let mut beside = Found::default();
    let mut found = None;
    for (key, entry) in entries {
        if !visit(1) {
            break;
        }
        match key.eq_ignore_ascii_case("workflow") {
            true => found = Some((key, entry)),
            false => {
                if key == "properties" {
                    beside.properties(&entry.node);
                }
                extra.insert(key, entry.node.into_json());
            }
        }
    }
    let Some((key, entry)) = found else {
        let message = "missing key `workflow`";
        let problem = match ["steps", "jobs"].iter().any(|key| extra.contains_key(*key)) {
            true => error_with_help(
                "",
                place,
                Code::WorkflowShape,
                message,
                "put all of it under `workflow:`",
            ),
            false => error("", place, Code::WorkflowShape, message),
        };
        return none(problems, problem);
    };
    let (place, what) = (entry.node.place, entry.node.what());
    let Kind::Map(mut entries) = entry.node.kind else {
        let message = format!("expected a map for `workflow`, found {what}");
        return none(problems, error(&key, place, Code::WorkflowShape, message));
    };
    let mut reader = Reader {
        shorthand: is_yaml && !entries.contains_key("steps"),
        ids: Vec::new(),
        predecessors: HashMap::new(),
        problems,
    };
    reader.leave_out_nulls(&mut entries, fields::Kind::Workflow);
    reader.misspelt(&entries, fields::Kind::Workflow, &key);
    let id = reader.id(&mut entries, &key, place);
    let steps = reader.steps(&mut entries, &key, 0);
    let steps = reader.link(steps, &mut entries, &key);
    let params = reader.params(&mut entries, &key, fields::Kind::Workflow);
    let attributes = reader.workflow_attributes(&entries, &key, beside);
    extra.extend(entries.into_iter().map(|(key, entry)| (key, entry.node.into_json())));
    reader.duplicates();
    let workflow = Workflow {
        id: id.unwrap_or_default().into(),
        params: Arc::new(params),
        steps: steps.into(),
        attributes: attributes.into(),
        extra: Arc::new(extra),
        text: text.into(),
        is_yaml,
    };
    Recovered::new(workflow, reader.problems)
}

impl Reader {
    fn id(&mut self, entries: &mut Entries, path: &str, place: Option<Position>) -> Option<String> {
        match entries.shift_remove("id") {
            Some(entry) => {
                let text = entry.node.scalar_text();
                if text.as_ref().is_none_or(|text| text.is_empty() || text.len() > 256) {
                    self.wrong(
                        &key_path(path, "id"),
                        entry.node.place,
                        "expected an id: a non-empty text of at most 256 bytes",
                    );
                }
                text
            }
            None => {
                self.wrong(path, place, "missing key `id`");
                None
            }
        }
    }

    /// The parameters of a workflow or step: under `params`, and in the shorthand all keys that are not fields.
    fn params(&mut self, entries: &mut Entries, path: &str, kind: fields::Kind) -> ParameterSet {
        let style = if self.shorthand { Style::Shorthand } else { Style::Full };
        let mut set = match entries.shift_remove("params") {
            Some(entry) => params::set(entry.node, &key_path(path, "params"), style, &mut self.problems),
            None => ParameterSet::new(),
        };
        if self.shorthand {
            let is_own = |key: &String, _: &mut Entry| !kind.has(key);
            let own: Entries = entries.extract_if(.., is_own).collect();
            let own = params::set_of_entries(own, path, Style::Shorthand, &mut self.problems);
            for (name, definition) in own.iter() {
                if set.insert(name, definition.clone()).is_some() {
                    let message = format!("duplicate parameter {}", quote(name));
                    let (path, place) = (key_path(path, name), definition.position());
                    self.problems.push(error(&path, place, Code::DuplicateKey, message));
                }
            }
        }
        set
    }

    fn steps(&mut self, entries: &mut Entries, path: &str, depth: usize) -> Vec<(Step, Option<Position>)> {
        let key = if entries.contains_key("jobs") { "jobs" } else { "steps" };
        let path = key_path(path, key);
        let Some(entry) = entries.shift_remove(key) else {
            self.wrong(&path, None, "missing key `steps`");
            return Vec::new();
        };
        let place = entry.node.place;
        let Kind::List(elements) = entry.node.kind else {
            self.wrong(&path, place, "expected a list of steps");
            return Vec::new();
        };
        if depth > MAX_LOOP_NESTING {
            self.wrong(
                &path,
                place,
                format!("loops nest deeper than {MAX_LOOP_NESTING} levels"),
            );
            return Vec::new();
        }
        let mut steps = Vec::with_capacity(elements.len());
        for (index, node) in elements.into_iter().enumerate() {
            if !visit(STEP_VALUES) {
                break;
            }
            let place = node.place;
            if let Some(step) = self.step(node, &index_path(&path, index), depth) {
                steps.push((step, place));
            }
        }
        steps
    }

    /// The one key of a step, the kind it says or is near to, and what stands under it.
    fn kind(&mut self, node: Node, path: &str) -> Option<(String, &'static str, Entry)> {
        let place = node.place;
        let entry = match node.kind {
            Kind::Map(mut entries) if entries.len() == 1 => entries.pop(),
            _ => None,
        };
        let kinds = "a step is a map with one key: `step`, `job`, `foreach`, `while` or `subworkflow`";
        let Some((key, entry)) = entry else {
            self.wrong(path, place, kinds);
            return None;
        };
        if let Some(kind) = StepKind::NAMES.into_iter().find(|kind| *kind == key) {
            return Some((key, kind, entry));
        }
        let meant = closest(&key, StepKind::NAMES);
        let message = format!("unknown kind of step {}", quote(&key));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => kinds.to_owned(),
        };
        let problem = error_with_help(path, entry.key_place, Code::WorkflowShape, message, help);
        self.problems.push(problem);
        meant.map(|kind| (key, kind, entry))
    }

    fn step(&mut self, node: Node, path: &str, depth: usize) -> Option<Step> {
        let (key, kind, entry) = self.kind(node, path)?;
        let path = key_path(path, &key);
        let place = entry.node.place;
        let Kind::Map(mut entries) = entry.node.kind else {
            self.wrong(&path, place, "expected a map that describes the step");
            return None;
        };
        let fields = fields::Kind::of_step(kind);
        self.leave_out_nulls(&mut entries, fields);
        self.misplaced(&mut entries, &path);
        self.misspelt(&entries, fields, &path);
        let id = self.id(&mut entries, &path, place);
        let id: Arc<str> = id.unwrap_or_default().into();
        // In a path of the unfolding, such as `days[3]/load`, it stands between ids.
        if id.contains('/') {
            self.wrong(
                &key_path(&path, "id"),
                place,
                "a step id cannot contain `/`, which separates ids in a path",
            );
        }
        self.ids.push((Arc::clone(&id), path.clone(), place));
        let transitions = self.transitions(&mut entries, &path);
        let failure_mode = self.failure_mode(&mut entries, &path);
        let mut given = ParameterSet::new();
        let kind = match kind {
            "foreach" => {
                let concurrency = self.concurrency(&mut entries, &path);
                if self.shorthand {
                    given = dsl::loop_params(self, &mut entries, &path, true);
                }
                let steps = self.inner_steps(&mut entries, &path, depth).into();
                StepKind::Foreach { steps, concurrency }
            }
            "while" => {
                let (condition, place) = self.condition(&mut entries, &path, place);
                if self.shorthand {
                    given = dsl::loop_params(self, &mut entries, &path, false);
                }
                let steps = self.inner_steps(&mut entries, &path, depth).into();
                StepKind::While {
                    steps,
                    condition,
                    place,
                }
            }
            "subworkflow" => {
                if self.shorthand {
                    given = dsl::subworkflow(self, &mut entries, &path, &id);
                }
                StepKind::Subworkflow {
                    sync: self.flag(&entries, "sync", &path).unwrap_or(true),
                    explicit_params: self.flag(&entries, "explicit_params", &path).unwrap_or(false),
                }
            }
            _ => {
                if !entries.contains_key("type") {
                    self.wrong(&path, place, "missing key `type`: the kind of job that runs the step");
                }
                StepKind::Plain {
                    ty: self.text(&mut entries, "type", &path).unwrap_or_default().into(),
                }
            }
        };
        let mut params = self.params(&mut entries, &path, fields);
        for (name, definition) in given.iter() {
            if params.get(name).is_none() {
                params.insert(name, definition.clone());
            }
        }
        let attributes = self.step_attributes(&entries, &path);
        let extra = entries.into_iter().map(|(key, entry)| (key, entry.node.into_json()));
        Some(Step {
            id,
            kind,
            params: Arc::new(params),
            transitions: Arc::new(transitions),
            failure_mode,
            attributes: attributes.into(),
            extra: Arc::new(extra.collect::<serde_json::Map<String, Json>>()),
            path: path.into(),
            place,
        })
    }

    fn inner_steps(&mut self, entries: &mut Entries, path: &str, depth: usize) -> Vec<Step> {
        let steps = self.steps(entries, path, depth + 1);
        self.link(steps, entries, path)
    }

    fn condition(
        &mut self,
        entries: &mut Entries,
        path: &str,
        place: Option<Position>,
    ) -> (Arc<str>, Option<Position>) {
        match entries.shift_remove("condition") {
            Some(entry) => {
                let place = entry.node.place;
                match entry.node.scalar_text() {
                    Some(text) => return (text.into(), place),
                    None => self.wrong(
                        &key_path(path, "condition"),
                        place,
                        "expected an expression for the condition",
                    ),
                }
            }
            None => self.wrong(path, place, "missing key `condition`"),
        }
        ("false".into(), None)
    }

    /// How many iterations of a foreach may run at a time.
    fn concurrency(&mut self, entries: &mut Entries, path: &str) -> Option<u64> {
        let (key, entry) = match self.shorthand {
            true => self.alias(entries, ["concurrency", "job_concurrency"], path)?,
            false => ("concurrency", entries.shift_remove("concurrency")?),
        };
        let count = match &entry.node.kind {
            Kind::Number(number) => number.as_u64().filter(|count| *count > 0),
            _ => None,
        };
        if count.is_none() {
            let message = format!("expected a positive whole number for `{key}`");
            self.wrong(&key_path(path, key), entry.node.place, message);
        }
        count
    }

    /// The transitions of a step: a map `successors` from steps to conditions, or the list of the shorthand.
    fn transitions(&mut self, entries: &mut Entries, step: &str) -> Vec<Transition> {
        let Some(entry) = entries.shift_remove("transition") else {
            return Vec::new();
        };
        let path = key_path(step, "transition");
        let place = entry.node.place;
        match entry.node.kind {
            Kind::Null => Vec::new(),
            Kind::List(elements) => dsl::transitions(self, elements, &path),
            Kind::Text(_) => dsl::transitions(self, vec![entry.node], &path),
            Kind::Map(mut entries) => {
                let mut transitions = self.outcomes(&mut entries, &path);
                let found = entries.shift_remove("successors");
                self.predecessors(&mut entries, step, &path);
                self.near(&entries, &["successors", "predecessors", "on_failure", "always"], &path);
                let path = key_path(&path, "successors");
                match found.map(|entry| entry.node.kind) {
                    None | Some(Kind::Null) => {}
                    Some(Kind::Map(successors)) => transitions
                        .splice(..0, self.successors(successors, &path))
                        .for_each(drop),
                    Some(_) => self.wrong(&path, place, "expected a map from steps to conditions for `successors`"),
                }
                transitions
            }
            _ => {
                self.wrong(
                    &path,
                    place,
                    "expected a map with `successors`, or a list of transitions",
                );
                Vec::new()
            }
        }
    }

    fn successors(&mut self, successors: Entries, path: &str) -> Vec<Transition> {
        let mut transitions = Vec::with_capacity(successors.len());
        for (to, entry) in successors {
            if !visit(TRANSITION_VALUES) {
                break;
            }
            let Some(condition) = entry.node.scalar_text() else {
                let message = "expected an expression for the condition";
                self.wrong(&key_path(path, &to), entry.node.place, message);
                continue;
            };
            let when = match condition.trim() {
                "true" => When::Always,
                _ => When::If(condition.into()),
            };
            transitions.push(Transition {
                to: to.into(),
                when,
                place: entry.node.place,
            });
        }
        transitions
    }

    /// Adds the transitions that a `dag` gives to steps, and holds all against the steps there are.
    fn link(&mut self, steps: Vec<(Step, Option<Position>)>, entries: &mut Entries, path: &str) -> Vec<Step> {
        let mut steps: Vec<Step> = steps.into_iter().map(|(step, _)| step).collect();
        if let Some(entry) = entries.shift_remove("dag") {
            dsl::dag(self, entry.node, &mut steps, &key_path(path, "dag"));
        }
        let ids: Vec<Arc<str>> = steps.iter().map(|step| Arc::clone(&step.id)).collect();
        let known: std::collections::HashSet<&str> = ids.iter().map(|id| &**id).collect();
        for step in &steps {
            for transition in step
                .transitions
                .iter()
                .filter(|transition| visit(TRANSITION_VALUES) && !known.contains(&*transition.to))
            {
                let message = format!("unknown successor {1} of {0}", quote(&step.id), quote(&transition.to));
                let found = match self.problems.len() < MAX_SUGGESTIONS {
                    true => closest(&transition.to, known.iter().copied().take(MAX_CANDIDATES)),
                    false => None,
                };
                let help = match found {
                    Some(found) => format!("did you mean {}?", quote(found)),
                    None => "a successor is a step of the same list".to_owned(),
                };
                let problem = error_with_help(&step.path, transition.place, Code::UnknownStep, message, help);
                self.problems.push(problem);
            }
        }
        self.hold_predecessors(&steps);
        steps
    }
}
