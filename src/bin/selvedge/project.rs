//! The project's settings: `selvedge.toml`, which every subcommand reads.

use std::path::{Path, PathBuf};

use clap::Args;
use selvedge::params::DefinitionError;
use selvedge::platform::{Platform, Stub};
use selvedge::project::Project;
use selvedge::{EngineBuilder, Schema};

use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::given;
use crate::print::to_error;
use crate::reader;

/// The name of the file.
const FILE_NAME: &str = "selvedge.toml";

/// The flag for the project's settings.
#[derive(Args, Debug)]
pub(crate) struct ProjectFlag {
    /// The settings, in TOML or JSON, with the platform's functions, constants, parameters, limits and language [default: the nearest
    /// selvedge.toml, from the current directory upwards]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What a function of the settings answers, in place of its stub there; the value is JSON, else text
    #[arg(long = "stub", value_name = "FUNCTION=VALUE")]
    stubs: Vec<String>,
}

impl ProjectFlag {
    /// The settings, with the stubs that are given.
    pub(crate) fn read(&self, deadline: Deadline) -> Result<Project, Failed> {
        let project = self.settings(deadline)?;
        if self.stubs.is_empty() {
            return Ok(project);
        }
        let mut platform = project.platform().clone();
        for (name, value) in given::pairs("--stub", &self.stubs, |_| false, deadline)? {
            let stubbed = platform.stub(name, Stub::value(value));
            stubbed.map_err(|refused| reported(&refused, "--stub"))?;
        }
        Ok(project.with_platform(platform))
    }

    /// Reads the file given, else the nearest `selvedge.toml` of the current directory and those above, else nothing.
    fn settings(&self, deadline: Deadline) -> Result<Project, Failed> {
        let here = std::env::current_dir().map_err(|error| error.to_string())?;
        let path = match &self.config {
            Some(path) => Some(path.clone()),
            None => {
                let mut candidates = here.ancestors().map(|folder| folder.join(FILE_NAME));
                candidates.find(|path| path.is_file())
            }
        };
        path.map_or_else(|| Ok(Project::default()), |path| read(&path, here, deadline))
    }
}

/// An engine to be configured, for programs of a platform.
pub(crate) fn engine(platform: &Platform) -> Result<EngineBuilder, Failed> {
    platform.engine().map_err(|refused| refused.to_string().into())
}

/// The types of parameters that have values: those that the platform says, else those of the values.
pub(crate) fn typed_by(platform: &Platform, inferred: Schema) -> Schema {
    match platform.parameters() {
        Some(ambient) => ambient.clone().with_missing(&inferred),
        None => inferred,
    }
}

fn read(path: &Path, here: PathBuf, deadline: Deadline) -> Result<Project, Failed> {
    let origin = reader::shown(path);
    let text = reader::text(path, deadline)?;
    let absolute = std::path::absolute(path).map_err(|error| format!("{origin}: {error}"))?;
    let root = absolute.parent().unwrap_or(Path::new("")).to_owned();
    let read_other = |other: &Path| {
        let text = reader::text(&root.join(other), deadline);
        text.map_err(|failed| failed.message().to_owned())
    };
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let project = match is_json {
        true => Project::from_json_reading(&text, read_other),
        false => Project::from_toml_reading(&text, read_other),
    };
    match project {
        Ok(project) => Ok(project.at(root, here)),
        Err(refused) => Err(reported(&refused, &origin)),
    }
}

/// Prints all that is wrong with the settings.
fn reported(refused: &DefinitionError, origin: &str) -> Failed {
    to_error(&refused.report(origin));
    Failed::Reported
}
