//! Programs as flags and files give them, and what they are compiled and run with.

use std::path::{Path, PathBuf};

use clap::Args;
use selvedge::platform::Platform;
use selvedge::{Schema, UnknownNames};
use serde_json::Value as Json;

use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::given::read_json;
use crate::print::foreign;
use crate::project::ProjectFlag;
use crate::reader;
use crate::settings::{LanguageFlags, LimitFlags, UnknownNamesFlag};

/// Where the program and its schema come from.
#[derive(Args, Debug)]
pub(crate) struct SourceFlags {
    /// The expression or program
    #[arg(value_name = "EXPR", required_unless_present = "file", conflicts_with = "file")]
    expr: Option<String>,
    /// A file that holds the program; `-` for standard input
    #[arg(long, value_name = "PROGRAM.sel")]
    file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
}

/// What programs are compiled and run with.
#[derive(Args, Debug)]
pub(crate) struct EngineFlags {
    /// A JSON file of parameter types, such as {"start": "LONG"}, in which `"*": "ANY"` allows every other name; or a JSON
    /// Schema of an object
    #[arg(long, value_name = "SCHEMA.json")]
    schema: Option<PathBuf>,
    /// Refuse what cannot be proved free of type errors
    #[arg(long)]
    strict: bool,
    /// What an unknown name means [default: error]
    #[arg(long, value_enum, value_name = "MEANING")]
    unknown_names: Option<UnknownNamesFlag>,
    #[command(flatten)]
    project: ProjectFlag,
    #[command(flatten)]
    language: LanguageFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

impl SourceFlags {
    /// The program's text, and what to call it in messages.
    pub(crate) fn source(&self, deadline: Deadline) -> Result<(String, String), Failed> {
        match (&self.expr, &self.file) {
            (Some(expr), _) => Ok((expr.clone(), "expression".to_owned())),
            (None, Some(path)) => {
                let text = reader::text(path, deadline)?;
                Ok((text, reader::shown(path)))
            }
            (None, None) => Err("an expression or --file is needed".to_owned().into()),
        }
    }
}

impl EngineFlags {
    /// The schema of the file given, if one is.
    pub(crate) fn schema(&self, deadline: Deadline) -> Result<Option<Schema>, Failed> {
        let read = |path| read_schema(path, deadline);
        self.schema.as_deref().map(read).transpose()
    }

    /// What stops all that is done from now on.
    pub(crate) fn deadline(&self) -> Deadline {
        self.limits.deadline()
    }

    /// The platform of the settings, under these flags.
    pub(crate) fn platform(&self, deadline: Deadline) -> Result<Platform, Failed> {
        let project = self.project.read(deadline)?;
        let platform = self.language.over(project.platform().clone(), &self.limits);
        let strict = self.strict || platform.is_strict();
        let unknown_names = self.unknown_names.map_or(platform.unknown_names(), UnknownNames::from);
        Ok(platform.with_strict(strict).with_unknown_names(unknown_names))
    }
}

/// A file's schema: names and types, or a JSON Schema, which no names and types look like.
fn read_schema(path: &Path, deadline: Deadline) -> Result<Schema, Failed> {
    let json: Json = read_json(path, deadline)?;
    let described =
        json.get("type").is_some_and(|ty| ty == "object") || json.get("properties").is_some_and(Json::is_object);
    let schema = if described || json.get("$schema").is_some() {
        Schema::from_json_schema_with(&json, &deadline.interrupt()).map_err(|error| foreign(&error))
    } else {
        serde_json::from_value(json).map_err(|error| foreign(&error))
    };
    schema.map_err(|error| deadline.failed(format!("{}: {error}", reader::shown(path))))
}
