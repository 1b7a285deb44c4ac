//! Files of definitions: JSON or YAML by their name, else by how they begin.

use std::collections::HashMap;
use std::path::Path;

use selvedge::diagnostic::Code;
use selvedge::params::{DefinitionError, ParameterSet, Problem};
use selvedge::workflow::Workflow;
use selvedge::{Interrupt, Map, Value};
use serde_json::json;

use crate::deadline::Deadline;
use crate::eval::Format;
use crate::exit::{Exit, Failed};
use crate::print::{self, to_error};
use crate::reader;

/// A file that was read.
pub(crate) struct Document {
    /// What to call it in messages.
    pub(crate) origin: String,
    pub(crate) text: String,
    pub(crate) is_json: bool,
}

/// Reads a file.
pub(crate) fn read(path: &Path, deadline: Deadline) -> Result<Document, Failed> {
    let text = reader::text(path, deadline)?;
    Ok(Document {
        origin: reader::shown(path),
        is_json: is_json(path, &text),
        text,
    })
}

/// Whether a file is JSON, rather than YAML.
pub(crate) fn is_json(path: &Path, text: &str) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "json" => true,
        "yaml" | "yml" => false,
        _ => text.trim_start().starts_with('{'),
    }
}

impl Document {
    /// The workflow it defines.
    pub(crate) fn workflow(&self, interrupt: &Interrupt) -> Result<Workflow, DefinitionError> {
        match self.is_json {
            true => Workflow::from_json_with(&self.text, interrupt),
            false => Workflow::from_yaml_with(&self.text, interrupt),
        }
    }

    /// The parameters it defines; with the workflow whose they are, where it is one's definition.
    pub(crate) fn definitions(
        &self,
        interrupt: &Interrupt,
    ) -> Result<(ParameterSet, Option<Workflow>), DefinitionError> {
        let is_workflow = match self.is_json {
            true => Workflow::is_json_definition_with(&self.text, interrupt)?,
            false => Workflow::is_yaml_definition_with(&self.text, interrupt)?,
        };
        if is_workflow {
            let workflow = self.workflow(interrupt)?;
            return Ok((workflow.params().clone(), Some(workflow)));
        }
        let set = match self.is_json {
            true => ParameterSet::from_json_with(&self.text, interrupt),
            false => ParameterSet::from_yaml_with(&self.text, interrupt),
        };
        Ok((set?, None))
    }

    /// The parameters it defines: those of its workflow, where it is one's definition.
    pub(crate) fn parameters(&self, interrupt: &Interrupt) -> Result<ParameterSet, DefinitionError> {
        self.definitions(interrupt).map(|(set, _)| set)
    }
}

impl Document {
    /// What it changes of a set: definitions, and in JSON, which has no shorthand, also values as they are.
    pub(crate) fn changes(&self, interrupt: &Interrupt) -> Result<(ParameterSet, Map), DefinitionError> {
        let mut values = Map::new();
        // What is not JSON is told, and what was stopped, where it is read as definitions.
        let json = || Value::from_json_with(&self.text, interrupt).ok();
        let Some(Value::Map(entries)) = self.is_json.then(json).flatten() else {
            return Ok((self.parameters(interrupt)?, values));
        };
        let mut definitions = serde_json::Map::new();
        for (name, value) in entries {
            let is_definition = value
                .as_map()
                .is_some_and(|map| map.contains_key("value") || map.contains_key("expression"));
            match is_definition {
                true => {
                    definitions.insert(name, json!(value));
                }
                false => {
                    values.insert(name, value);
                }
            }
        }
        // Without values among them, the places in the file are those of the definitions.
        match values.is_empty() {
            true => Ok((self.parameters(interrupt)?, values)),
            false => {
                let definitions = serde_json::Value::Object(definitions).to_string();
                Ok((ParameterSet::from_json_with(&definitions, interrupt)?, values))
            }
        }
    }
}

/// What to call the file of a workflow, and those of the workflows that steps of it run, by their ids.
pub(crate) struct Origins {
    pub(crate) main: String,
    pub(crate) others: HashMap<String, String>,
}

impl Origins {
    /// The file that a problem is in.
    fn of(&self, problem: &Problem) -> &str {
        let other = problem.workflow().and_then(|id| self.others.get(id));
        other.unwrap_or(&self.main)
    }

    /// As [`refuse`], each problem with the file that it is in.
    pub(crate) fn refuse(&self, refused: &DefinitionError, format: Format) -> Exit {
        match format {
            Format::Text => self.print(refused.problems()),
            Format::Json => print::json(&json!({ "diagnostics": refused })),
        }
        exit_of(refused)
    }

    /// As [`print_problems`], each with the file that it is in.
    pub(crate) fn print<'p>(&self, problems: impl IntoIterator<Item = &'p Problem>) {
        for problem in problems {
            to_error(&problem.render(self.of(problem)));
        }
    }
}

/// Prints why a definition was refused: as text to standard error, or as JSON to standard output.
pub(crate) fn refuse(refused: &DefinitionError, origin: &str, format: Format) -> Exit {
    match format {
        Format::Text => print_problems(refused.problems(), origin),
        Format::Json => print::json(&json!({ "diagnostics": refused })),
    }
    exit_of(refused)
}

/// How the command ends where a definition was refused: it is wrong, or there was no budget or time to see whether it is.
pub(crate) fn exit_of(refused: &DefinitionError) -> Exit {
    let is_stop = |problem: &Problem| matches!(problem.code(), Code::Deadline | Code::Cancelled | Code::SetBudget);
    match refused.problems().iter().any(is_stop) {
        true => Exit::Evaluation,
        false => Exit::Compile,
    }
}

/// Prints problems to standard error, each with its place in the file.
pub(crate) fn print_problems<'p>(problems: impl IntoIterator<Item = &'p Problem>, origin: &str) {
    for problem in problems {
        to_error(&problem.render(origin));
    }
}
