//! The difference between two versions of a definition, as people talk of it: parameters, steps, and what leads to what.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::definition::{Step, StepKind, When, Workflow};
use crate::params::ParameterSet;

/// One difference between two versions.
///
/// ```
/// use selvedge::workflow::Workflow;
/// let version = |rest: &str| {
///     Workflow::from_json(&format!(r#"{{"workflow": {{"id": "w", {rest} "steps": []}}}}"#)).map_err(|_| "?")
/// };
/// let changes = version(r#""owner": "ops","#)?.changes_since(&version("")?);
/// assert_eq!((&*changes[0].path, &changes[0].before), ("owner", &None));
/// assert_eq!(changes[0].after, Some("ops".into()));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Where, such as `steps.load.params.rows`.
    pub path: String,
    /// What it was; none where it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Json>,
    /// What it is; none where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Json>,
}

impl Workflow {
    /// What changed from another version to this one. The order of parameters and steps does not count, nor does the place of
    /// anything in the text.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// let version = |rows: u32| {
    ///     let step = format!(r#"{{"step": {{"id": "a", "type": "x", "params": {{"rows": {{"value": {rows}}}}}}}}}"#);
    ///     Workflow::from_json(&format!(r#"{{"workflow": {{"id": "w", "steps": [{step}]}}}}"#)).map_err(|_| "?")
    /// };
    /// let changes = version(2)?.changes_since(&version(1)?);
    /// assert_eq!(changes.len(), 1);
    /// assert_eq!(changes[0].path, "steps.a.params.rows");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn changes_since(&self, before: &Self) -> Vec<Change> {
        let (before, after) = (before.facts(), self.facts());
        let gone_or_changed = before.iter().filter_map(|(path, was)| {
            let is = after.get(path);
            (is != Some(was)).then(|| Change {
                path: path.clone(),
                before: Some(was.clone()),
                after: is.cloned(),
            })
        });
        let new = after.iter().filter(|(path, _)| !before.contains_key(*path));
        let new = new.map(|(path, is)| Change {
            path: path.clone(),
            before: None,
            after: Some(is.clone()),
        });
        gone_or_changed.chain(new).collect()
    }

    /// Everything the definition says, by path.
    fn facts(&self) -> IndexMap<String, Json> {
        let mut facts = IndexMap::new();
        facts.insert("id".to_owned(), json!(self.id));
        for (key, value) in &*self.extra {
            facts.insert(key.clone(), value.clone());
        }
        add_params(&mut facts, "params", &self.params);
        add_steps(&mut facts, "steps", &self.steps);
        facts
    }
}

fn add_params(facts: &mut IndexMap<String, Json>, path: &str, set: &ParameterSet) {
    for (name, definition) in set.iter() {
        facts.insert(format!("{path}.{name}"), json!(definition));
    }
}

// As deep as loops nest in a definition, which is bounded.
fn add_steps(facts: &mut IndexMap<String, Json>, path: &str, steps: &[Step]) {
    for step in steps {
        let path = format!("{path}.{}", step.id());
        facts.insert(format!("{path}.type"), json!(step.type_name()));
        match step.kind() {
            StepKind::While { condition, .. } => {
                facts.insert(format!("{path}.condition"), json!(condition));
            }
            StepKind::Foreach {
                concurrency: Some(concurrency),
                ..
            } => {
                facts.insert(format!("{path}.concurrency"), json!(concurrency));
            }
            StepKind::Foreach { .. } | StepKind::Plain { .. } | StepKind::Subworkflow => {}
        }
        for transition in step.transitions() {
            let when = match transition.when() {
                When::Always => "always",
                When::If(condition) => condition,
                When::Otherwise => "otherwise",
            };
            facts.insert(format!("{path}.to.{}", transition.to()), json!(when));
        }
        for (key, value) in &*step.extra {
            facts.insert(format!("{path}.{key}"), value.clone());
        }
        add_params(facts, &format!("{path}.params"), step.params());
        add_steps(facts, &format!("{path}.steps"), step.inner());
    }
}
