//! The difference between two versions of a definition, as people talk of it: parameters, steps, and what leads to what.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::definition::{Step, StepKind, When, Workflow};
use crate::params::problem::key_path;
use crate::params::{Definition, ParameterSet};

/// One difference between two versions.
///
/// ```
/// use selvedge::workflow::Workflow;
/// let version = |rest: &str| {
///     Workflow::from_json(&format!(r#"{{"workflow": {{"id": "w", {rest} "steps": []}}}}"#))
/// };
/// let changes = version(r#""owner": "ops","#)?.changes_since(&version("")?);
/// assert_eq!((&*changes[0].path, &changes[0].before), ("owner", &None));
/// assert_eq!(changes[0].after, Some("ops".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The path, such as `steps.load.params.rows`.
    pub path: String,
    /// The old value; `None` if the path is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Json>,
    /// The new value; `None` if the path was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Json>,
}

impl Workflow {
    /// Returns the changes from another version to this one, ignoring the order of parameters and steps, and positions in the text.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// let version = |rows: u32| {
    ///     let step = format!(r#"{{"step": {{"id": "a", "type": "x", "params": {{"rows": {{"value": {rows}}}}}}}}}"#);
    ///     Workflow::from_json(&format!(r#"{{"workflow": {{"id": "w", "steps": [{step}]}}}}"#))
    /// };
    /// let changes = version(2)?.changes_since(&version(1)?);
    /// assert_eq!(changes.len(), 1);
    /// assert_eq!(changes[0].path, "steps.a.params.rows");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes_since(&self, before: &Self) -> Vec<Change> {
        let mut scopes = Scopes::default();
        let (before, after) = (scopes.facts(before), scopes.facts(self));
        let gone_or_changed = before.iter().filter_map(|(at, was)| {
            let is = after.get(at);
            (is != Some(was)).then(|| Change {
                path: scopes.path(at),
                before: Some(was.json()),
                after: is.map(Fact::json),
            })
        });
        let new = after.iter().filter(|(at, _)| !before.contains_key(*at));
        let new = new.map(|(at, is)| Change {
            path: scopes.path(at),
            before: None,
            after: Some(is.json()),
        });
        gone_or_changed.chain(new).collect()
    }
}

/// Something that a definition says, shared with it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fact<'w> {
    Text(&'w str),
    Count(u64),
    Json(&'w Json),
    Definition(&'w Definition),
}

impl Fact<'_> {
    fn json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Count(count) => json!(count),
            Self::Json(json) => (*json).clone(),
            Self::Definition(definition) => json!(definition),
        }
    }
}

/// What a fact is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key<'w> {
    Own(&'static str),
    Extra(&'w str),
    Parameter(&'w str),
    To(&'w str),
}

/// The workflow or step, by number, and what is said of it.
type Place<'w> = (usize, Key<'w>);

type Facts<'w> = IndexMap<Place<'w>, Fact<'w>>;

/// The workflow and the steps of both versions, each with the step around it and its id. The workflow has the number 0.
#[derive(Default)]
struct Scopes<'w> {
    numbers: IndexMap<(usize, &'w str), usize>,
}

impl<'w> Scopes<'w> {
    /// Everything that a definition says.
    fn facts(&mut self, workflow: &'w Workflow) -> Facts<'w> {
        let mut facts = Facts::new();
        facts.insert((0, Key::Own("id")), Fact::Text(&workflow.id));
        for (key, value) in &*workflow.extra {
            facts.insert((0, Key::Extra(key)), Fact::Json(value));
        }
        add_params(&mut facts, 0, &workflow.params);
        self.add_steps(&mut facts, 0, &workflow.steps);
        facts
    }

    // As deep as loops nest in a definition, which is bounded.
    fn add_steps(&mut self, facts: &mut Facts<'w>, around: usize, steps: &'w [Step]) {
        for step in steps {
            let next = self.numbers.len() + 1;
            let own = *self.numbers.entry((around, step.id())).or_insert(next);
            facts.insert((own, Key::Own("type")), Fact::Text(step.type_name()));
            match step.kind() {
                StepKind::While { condition, .. } => {
                    facts.insert((own, Key::Own("condition")), Fact::Text(condition));
                }
                StepKind::Foreach {
                    concurrency: Some(concurrency),
                    ..
                } => {
                    facts.insert((own, Key::Own("concurrency")), Fact::Count(*concurrency));
                }
                StepKind::Foreach { .. } | StepKind::Plain { .. } | StepKind::Subworkflow { .. } => {}
            }
            for transition in step.transitions() {
                let when = match transition.when() {
                    When::Always => "always",
                    When::If(condition) => condition,
                    When::Otherwise => "otherwise",
                    When::OnFailure => "on failure",
                    When::InAnyCase => "in any case",
                };
                facts.insert((own, Key::To(transition.to())), Fact::Text(when));
            }
            for (key, value) in &*step.extra {
                facts.insert((own, Key::Extra(key)), Fact::Json(value));
            }
            add_params(facts, own, step.params());
            self.add_steps(facts, own, step.inner());
        }
    }

    /// A place as people read it, cut where steps nest deep and have long ids.
    fn path(&self, &(mut scope, key): &Place<'w>) -> String {
        let mut around = Vec::new();
        while let Some((&(parent, id), _)) = scope.checked_sub(1).and_then(|index| self.numbers.get_index(index)) {
            around.push(id);
            scope = parent;
        }
        let around = around.into_iter().rev();
        let mut path = around.fold(String::new(), |path, id| key_path(&key_path(&path, "steps"), id));
        let parts = match key {
            Key::Own(key) | Key::Extra(key) => [None, Some(key)],
            Key::Parameter(name) => [Some("params"), Some(name)],
            Key::To(step) => [Some("to"), Some(step)],
        };
        for part in parts.into_iter().flatten() {
            path = match &*path {
                "" => part.to_owned(),
                path => format!("{path}.{part}"),
            };
        }
        path
    }
}

fn add_params<'w>(facts: &mut Facts<'w>, scope: usize, set: &'w ParameterSet) {
    for (name, definition) in set.iter() {
        facts.insert((scope, Key::Parameter(name)), Fact::Definition(definition));
    }
}
