//! What steps say of the steps that lead to them, which follows from the transitions.

use std::collections::{BTreeSet, HashMap};

use super::definition::Step;
use super::reader::{Predecessors, Reader, TRANSITION_VALUES};
use crate::diagnostic::{Code, quote};
use crate::params::document::{Entries, Kind};
use crate::params::problem::{error_with_help, key_path};
use crate::work::visit;

/// As many steps as a message names.
const MOST_NAMED: usize = 8;

impl Reader {
    /// Takes what the step at a path says of those that lead to it.
    pub(super) fn predecessors(&mut self, entries: &mut Entries, step: &str, path: &str) {
        let Some(entry) = entries.shift_remove("predecessors") else {
            return;
        };
        let place = entry.key_place;
        let nodes = match entry.node.kind {
            Kind::List(nodes) => nodes,
            Kind::Null => return,
            _ => {
                let message = format!("expected a list for `predecessors`, found {}", entry.node.what());
                self.wrong(&key_path(path, "predecessors"), place, message);
                return;
            }
        };
        let ids: Vec<String> = nodes
            .into_iter()
            .filter_map(|node| self.text_of(node, "predecessors", path))
            .collect();
        if !ids.is_empty() {
            self.predecessors.insert(step.to_owned(), Predecessors { ids, place });
        }
    }

    /// Refuses predecessors that are not those that lead to a step of the list.
    pub(super) fn hold_predecessors(&mut self, steps: &[Step]) {
        if self.predecessors.is_empty() {
            return;
        }
        let mut leading: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for step in steps {
            for transition in step.transitions.iter().filter(|_| visit(TRANSITION_VALUES)) {
                leading.entry(&transition.to).or_default().insert(&step.id);
            }
        }
        for step in steps {
            let Some(said) = self.predecessors.remove(&*step.path) else {
                continue;
            };
            let found = leading.remove(&*step.id).unwrap_or_default();
            if found == said.ids.iter().map(String::as_str).collect() {
                continue;
            }
            let mut named: Vec<String> = found.iter().take(MOST_NAMED).map(|id| quote(id)).collect();
            match found.len() {
                0 => named.push("none".to_owned()),
                1..=MOST_NAMED => {}
                _ => named.push("…".to_owned()),
            }
            let message = format!(
                "`predecessors` of {} disagree with the transitions to it: {}",
                quote(&step.id),
                named.join(", ")
            );
            let help = "remove them: they follow from the transitions";
            let path = key_path(&step.path, "transition.predecessors");
            let problem = error_with_help(&path, said.place, Code::WorkflowShape, message, help);
            self.problems.push(problem);
        }
    }
}
