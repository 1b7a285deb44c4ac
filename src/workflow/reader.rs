//! What the readers of a definition share: the problems found, and its texts.

use std::collections::HashMap;
use std::sync::Arc;

use super::definition::{FailureMode, Transition, When};
use super::fields;
use crate::diagnostic::{Code, closest, quote};
use crate::params::Problem;
use crate::params::document::{Entries, Entry, Kind, Node};
use crate::params::problem::{error, error_with_help, key_path};
use crate::source::Position;
use crate::work::visit;

/// The values that a transition is kept as.
pub(super) const TRANSITION_VALUES: usize = 4;

/// What a step says of the steps that lead to it.
pub(super) struct Predecessors {
    pub(super) ids: Vec<String>,
    pub(super) place: Option<Position>,
}

/// Reads the parts of a definition, and notes what is wrong.
pub(super) struct Reader {
    /// Whether parameters stand among the other keys of a step, in the shorthand.
    pub(super) shorthand: bool,
    pub(super) ids: Vec<(Arc<str>, String, Option<Position>)>,
    /// What steps say of those that lead to them, by their paths, until their list is read.
    pub(super) predecessors: HashMap<String, Predecessors>,
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn wrong(&mut self, path: &str, place: Option<Position>, message: impl Into<String>) {
        self.problems.push(error(path, place, Code::WorkflowShape, message));
    }

    pub(super) fn text(&mut self, entries: &mut Entries, key: &str, path: &str) -> Option<String> {
        let entry = entries.shift_remove(key)?;
        self.text_of(entry.node, key, path)
    }

    pub(super) fn text_of(&mut self, node: Node, key: &str, path: &str) -> Option<String> {
        let text = node.scalar_text();
        if text.is_none() {
            let message = format!("expected a text for `{key}`, found {}", node.what());
            self.wrong(&key_path(path, key), node.place, message);
        }
        text
    }

    /// Refuses keys that are misspelt. In the shorthand one that says its type, or stands under `params`, is a parameter.
    pub(super) fn misspelt(&mut self, entries: &Entries, kind: fields::Kind, path: &str) {
        let is_shorthand = self.shorthand;
        let is_plain = |(key, _): &(&String, &Entry)| {
            key.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        };
        for (key, entry) in entries.iter().filter(is_plain) {
            let Some(meant) = kind
                .meant(key, is_shorthand)
                .filter(|meant| !entries.contains_key(*meant))
            else {
                continue;
            };
            let help = match is_shorthand {
                true => {
                    format!("did you mean `{meant}`? A parameter of this name says its type, as in `{key}<string>`")
                }
                false => format!("did you mean `{meant}`?"),
            };
            self.wrong_key((key, entry), path, format!("unknown key {}", quote(key)), help);
        }
    }

    /// Refuses a key, and says what to do.
    fn wrong_key(&mut self, (key, entry): (&str, &Entry), path: &str, message: String, help: String) {
        let path = key_path(path, key);
        let problem = error_with_help(&path, entry.key_place, Code::WorkflowShape, message, help);
        self.problems.push(problem);
    }

    /// The transitions that are taken where a step fails, and in any case: each a step, or a list of steps.
    pub(super) fn outcomes(&mut self, entries: &mut Entries, path: &str) -> Vec<Transition> {
        let mut transitions = Vec::new();
        for (key, when) in [("on_failure", When::OnFailure), ("always", When::InAnyCase)] {
            let Some(entry) = entries.shift_remove(key) else {
                continue;
            };
            let nodes = match entry.node.kind {
                Kind::List(nodes) => nodes,
                Kind::Null => Vec::new(),
                kind => vec![Node { kind, ..entry.node }],
            };
            for node in nodes {
                let place = node.place;
                if let Some(to) = self.text_of(node, key, path) {
                    let (to, when) = (to.into(), when.clone());
                    transitions.push(Transition { to, when, place });
                }
            }
        }
        transitions
    }

    /// Refuses keys that are nearly ones with a meaning.
    pub(super) fn near(&mut self, entries: &Entries, known: &[&'static str], path: &str) {
        for (key, entry) in entries.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            if let Some(meant) = closest(key, known.iter().copied()) {
                let message = format!("unknown key {}", quote(key));
                self.wrong_key((key, entry), path, message, format!("did you mean `{meant}`?"));
            }
        }
    }

    /// Refuses keys of a transition that stand one level too high.
    pub(super) fn misplaced(&mut self, entries: &mut Entries, path: &str) {
        for (key, sentence) in [("on_failure", "ON FAILURE step"), ("always", "ALWAYS step")] {
            let Some(entry) = entries.shift_remove(key) else {
                continue;
            };
            let message = format!("unexpected key `{key}` of a step");
            let help = match self.shorthand {
                true => format!(
                    "write `{sentence}` in `transition`; a parameter of this name says its type, as in `{key}<string>`"
                ),
                false => {
                    format!("it stands inside of `transition`, beside `successors`: `\"transition\": {{\"{key}\": …}}`")
                }
            };
            self.wrong_key((key, &entry), path, message, help);
        }
    }

    /// Leaves out what is null: it is absent. In the shorthand other keys are parameters, which have values.
    pub(super) fn leave_out_nulls(&self, entries: &mut Entries, kind: fields::Kind) {
        let is_key = |key: &str| !self.shorthand || kind.has(key);
        entries.retain(|key, entry| !(matches!(entry.node.kind, Kind::Null) && is_key(key)));
    }

    /// What a key says that is true or false; `None` if it says nothing.
    pub(super) fn flag(&mut self, entries: &Entries, key: &str, path: &str) -> Option<bool> {
        let node = &entries.get(key)?.node;
        match &node.kind {
            Kind::Boolean(flag) => Some(*flag),
            Kind::Null => None,
            Kind::Text(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => {
                let message = format!("expected a boolean for `{key}`, found {}", node.what());
                self.wrong(&key_path(path, key), node.place, message);
                None
            }
        }
    }

    /// What a step's failure does.
    pub(super) fn failure_mode(&mut self, entries: &mut Entries, path: &str) -> FailureMode {
        let place = entries.get("failure_mode").and_then(|entry| entry.node.place);
        let Some(text) = self.text(entries, "failure_mode", path) else {
            return FailureMode::default();
        };
        FailureMode::from_name(&text).unwrap_or_else(|| {
            let all = FailureMode::ALL.iter().map(|mode| mode.name());
            let help = match closest(&text.to_ascii_uppercase(), all.clone()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("use one of {}", all.collect::<Vec<_>>().join(", ")),
            };
            let message = format!("unknown failure mode {}", quote(&text));
            let path = key_path(path, "failure_mode");
            let problem = error_with_help(&path, place, Code::WorkflowShape, message, help);
            self.problems.push(problem);
            FailureMode::default()
        })
    }

    /// Takes an entry that has two names, of which one is given.
    pub(super) fn alias(
        &mut self,
        entries: &mut Entries,
        names: [&'static str; 2],
        path: &str,
    ) -> Option<(&'static str, Entry)> {
        let found = names.map(|name| entries.shift_remove(name).map(|entry| (name, entry)));
        match found {
            [Some(first), Some((second, entry))] => {
                let message = format!("`{second}` and `{}` are the same key", first.0);
                let problem = error(&key_path(path, second), entry.key_place, Code::DuplicateKey, message);
                self.problems.push(problem);
                Some(first)
            }
            [first, second] => first.or(second),
        }
    }

    /// Refuses steps of one id: a name must say which step it means.
    pub(super) fn duplicates(&mut self) {
        let mut met = std::collections::HashSet::new();
        let ids = std::mem::take(&mut self.ids);
        for (id, path, place) in ids {
            if !visit(1) {
                break;
            }
            if !met.insert(Arc::clone(&id)) {
                let message = format!("duplicate step {}", quote(&id));
                self.problems.push(error(&path, place, Code::DuplicateKey, message));
            }
        }
    }
}
