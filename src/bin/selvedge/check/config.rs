//! `selvedge.toml`: where expressions stand in files that are neither programs nor definitions, and what they may read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobMatcher};
use selvedge::{Dialect, Position, Schema, SchemaError, Type};
use serde::Deserialize;

use super::json_path::Pattern;
use super::levels::{Level, Levels};
use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::print::foreign;
use crate::reader;
use crate::settings;

/// The name of the file.
const FILE_NAME: &str = "selvedge.toml";

/// The settings of a project.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The directory that its patterns are relative to.
    root: PathBuf,
    rules: Vec<Rule>,
    pub(crate) levels: Levels,
    /// Signals whose parameters definitions may read.
    pub(crate) signals: Vec<String>,
    /// The language of the expressions.
    pub(crate) dialect: Option<Dialect>,
}

/// What to do with the files that a pattern matches.
#[derive(Debug)]
pub(crate) struct Rule {
    matcher: GlobMatcher,
    /// What they hold; by their shape where it is not said.
    pub(crate) kind: Option<Kind>,
    /// Where expressions stand, such as `$.jobs[*].when`.
    pub(crate) paths: Vec<Pattern>,
    /// Whether keys that begin with `!` have expressions.
    pub(crate) expression_keys: bool,
    /// Whether they are to give the same for the same parameters.
    pub(crate) deterministic: bool,
    /// The parameters that they may read; none where the file does not say.
    pub(crate) schema: Option<Schema>,
}

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A workflow's definition.
    Workflow,
    /// A map of parameters' definitions.
    Parameters,
    /// Texts, of which those at the paths given are expressions.
    Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    files: Vec<Files>,
    #[serde(default)]
    levels: BTreeMap<String, Level>,
    #[serde(default)]
    signals: Vec<String>,
    #[serde(default)]
    dialect: Option<Dialect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Files {
    glob: String,
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    expression_keys: bool,
    #[serde(default)]
    deterministic: bool,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    parameters: Option<Schema>,
    #[serde(default)]
    schema: Option<PathBuf>,
}

impl Config {
    /// Reads the file given, else the nearest `selvedge.toml` of the current directory and those above, else nothing.
    pub(crate) fn load(given: Option<&Path>, deadline: Deadline) -> Result<Self, Failed> {
        let path = match given {
            Some(path) => Some(path.to_owned()),
            None => {
                let here = std::env::current_dir().map_err(|error| error.to_string())?;
                let mut candidates = here.ancestors().map(|folder| folder.join(FILE_NAME));
                candidates.find(|path| path.is_file())
            }
        };
        path.map_or_else(|| Ok(Self::default()), |path| Self::read(&path, deadline))
    }

    fn read(path: &Path, deadline: Deadline) -> Result<Self, Failed> {
        let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", reader::shown(path));
        let text = reader::text(path, deadline)?;
        let file: File = toml::from_str(&text).map_err(|error| misread(path, &text, &error))?;
        let absolute = std::path::absolute(path).map_err(|error| wrong(&error))?;
        let root = absolute.parent().unwrap_or(Path::new("")).to_owned();
        let rules = file.files.into_iter().map(|files| Rule::new(files, &root, deadline));
        let rules = rules.collect::<Result<_, Failed>>().map_err(|failed| match failed {
            Failed::Usage(error) => Failed::Usage(wrong(&error)),
            Failed::Stopped(error) => Failed::Stopped(wrong(&error)),
        })?;
        let mut levels = Levels::default();
        for (name, level) in &file.levels {
            levels.set(name, *level).map_err(|error| wrong(&error))?;
        }
        Ok(Self {
            root,
            rules,
            levels,
            signals: file.signals,
            dialect: file.dialect,
        })
    }

    /// The rule for a file: the last that matches it.
    pub(crate) fn rule(&self, path: &Path) -> Option<&Rule> {
        let absolute = std::path::absolute(path).ok()?;
        let relative = absolute.strip_prefix(&self.root).ok()?;
        self.rules.iter().rev().find(|rule| rule.matcher.is_match(relative))
    }
}

/// Why the settings are not read. The place is told and not shown: what the parser shows is a piece of the file on lines of its own.
fn misread(path: &Path, text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let Position { line, column } = Position::at(text, u32::try_from(start).unwrap_or_default());
    format!("{}:{line}:{column}: {}", reader::shown(path), foreign(&error.message()))
}

impl Rule {
    fn new(files: Files, root: &Path, deadline: Deadline) -> Result<Self, Failed> {
        let glob: Result<Glob, _> = GlobBuilder::new(&files.glob).literal_separator(true).build();
        let glob = glob.map_err(|error| foreign(&error))?;
        let mut schema = files
            .schema
            .map(|path| settings::read_json::<Schema>(&root.join(path), deadline));
        if let Some(parameters) = files.parameters {
            let declared = schema.take().transpose()?.unwrap_or_default();
            schema = Some(with_all(declared, &parameters).map_err(|error| foreign(&error).into()));
        }
        let paths = files.paths.iter().map(|path| Pattern::parse(path));
        Ok(Self {
            matcher: glob.compile_matcher(),
            kind: files.kind,
            paths: paths.collect::<Result<_, _>>()?,
            expression_keys: files.expression_keys,
            deterministic: files.deterministic,
            schema: schema.transpose()?,
        })
    }
}

/// A schema with all parameters of another.
fn with_all(schema: Schema, parameters: &Schema) -> Result<Schema, SchemaError> {
    let open = if parameters.is_open() {
        schema.with("*", Type::Any)
    } else {
        schema
    };
    parameters
        .iter()
        .try_fold(open, |schema, (name, ty)| match parameters.shape(name) {
            Some(shape) => schema.with_shape(name, shape),
            None => Ok(schema.with(name, ty)),
        })
}
