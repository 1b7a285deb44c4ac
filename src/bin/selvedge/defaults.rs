//! Default parameters and job templates that flags give.

use std::path::PathBuf;

use clap::Args;
use selvedge::params::DefinitionError;
use selvedge::workflow::Defaults;

use crate::deadline::Deadline;
use crate::document::{self, Document};
use crate::exit::Failed;

/// The flags for what definitions are laid over.
#[derive(Args, Debug)]
pub(crate) struct DefaultsFlags {
    /// A JSON or YAML file of parameters that definitions are laid over: those of workflows under `workflow`, of all steps under
    /// `step`, of the steps of a type under its name
    #[arg(long, value_name = "FILE")]
    defaults: Option<PathBuf>,
    /// A JSON or YAML file with a job template: the parameters of the steps whose type or sub_type is its `job_type`
    #[arg(long = "template", value_name = "FILE")]
    templates: Vec<PathBuf>,
}

impl DefaultsFlags {
    /// What the files say.
    pub(crate) fn read(&self, deadline: Deadline) -> Result<Defaults, Failed> {
        let interrupt = deadline.interrupt();
        let mut defaults = Defaults::new();
        if let Some(path) = &self.defaults {
            let file = document::read(path, deadline)?;
            defaults = reported(
                (&file, deadline),
                match file.is_json {
                    true => Defaults::from_json_with(&file.text, &interrupt),
                    false => Defaults::from_yaml_with(&file.text, &interrupt),
                },
            )?;
        }
        for path in &self.templates {
            let file = document::read(path, deadline)?;
            defaults = reported(
                (&file, deadline),
                match file.is_json {
                    true => defaults.with_template_json_with(&file.text, &interrupt),
                    false => defaults.with_template_yaml_with(&file.text, &interrupt),
                },
            )?;
        }
        Ok(defaults)
    }
}

/// What was read of a file, or what is wrong with it.
fn reported(
    (file, deadline): (&Document, Deadline),
    read: Result<Defaults, DefinitionError>,
) -> Result<Defaults, Failed> {
    read.map_err(|refused| deadline.failed(format!("{}: {refused}", file.origin)))
}
