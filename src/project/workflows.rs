//! The workflows in a project's files, which are checked with each other.

use super::file::{File, is_json};
use crate::host::Interrupt;
use crate::workflow::Workflow;

/// What a text has that tells of other workflows.
const SUBWORKFLOW: &str = "subworkflow";

/// Those of files, as far as they can be read, where one tells of others; `interrupt` makes what stops the reading of one.
pub(super) fn workflows<'f>(
    files: impl Iterator<Item = &'f File> + Clone,
    interrupt: impl Fn() -> Interrupt,
) -> Vec<Workflow> {
    match files.clone().any(|file| file.text().contains(SUBWORKFLOW)) {
        true => files.filter_map(|file| read(file, &interrupt())).collect(),
        false => Vec::new(),
    }
}

/// The workflow in a file.
fn read(file: &File, interrupt: &Interrupt) -> Option<Workflow> {
    let is_json = is_json(file.name(), file.text()).filter(|_| file.text().contains("workflow"))?;
    let read = match is_json {
        true => Workflow::recover_json(file.text(), interrupt),
        false => Workflow::recover_yaml(file.text(), interrupt),
    };
    read.definitions
}
