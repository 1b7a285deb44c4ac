//! The settings of a project: its platform, and which of its files hold what.

use std::path::{Path, PathBuf};

use super::rules::{self, ReadFile, Rule};
use crate::diagnostic::Code;
use crate::host::Interrupt;
use crate::params::DefinitionError;
use crate::params::document::{self, Document, Reader};
use crate::platform::Platform;

/// The settings of a project, from `selvedge.toml`: its [`Platform`], and where its files have expressions.
///
/// ```
/// use selvedge::project::Project;
/// let project = Project::from_toml(r#"
///     constants.Env.REGION = "eu-west-1"
///
///     [[files]]
///     glob = "jobs/*.yaml"
///     paths = ["$.jobs[*].when"]
///     parameters = { rows = "long" }
/// "#)?;
/// assert_eq!(project.platform().constants().count(), 1);
/// assert!(project.has_rule("jobs/daily.yaml") && !project.has_rule("daily.yaml"));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Project {
    platform: Platform,
    rules: Vec<Rule>,
    /// The folder that patterns are relative to.
    root: PathBuf,
    /// The folder that names of files are relative to.
    base: PathBuf,
}

impl Project {
    /// A project with a platform, and no rules for files.
    ///
    /// ```
    /// use selvedge::{platform::Platform, project::Project};
    /// assert!(!Project::new(Platform::new()).has_rule("daily.yaml"));
    /// ```
    pub fn new(platform: Platform) -> Self {
        Self {
            platform,
            ..Self::default()
        }
    }

    /// Reads a `selvedge.toml` that refers to no other files.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each with its place.
    ///
    /// ```
    /// use selvedge::project::Project;
    /// let refused = Project::from_toml("[[files]]\nglobs = '*.yaml'\n").unwrap_err();
    /// assert_eq!(refused.problems()[1].to_string(), "files[0].globs at 2:1: unknown key `globs` [E740]");
    /// assert_eq!(refused.problems()[1].help(), Some("did you mean `glob`?"));
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, DefinitionError> {
        Self::from_toml_reading(text, no_other_file)
    }

    /// As [`from_toml`](Self::from_toml), where the settings may name other files: `read` gives the text of one by its path, which is
    /// relative to the folder of the settings, or says why there is none. These are the schemas of rules, and under the key
    /// `platform` a description in JSON, as [`Engine::describe`](crate::Engine::describe) writes it, that these settings add to.
    ///
    /// # Errors
    ///
    /// As there, and where a file is not read.
    ///
    /// ```
    /// use selvedge::project::Project;
    /// let text = r#"
    ///     platform = "platform.json"
    ///
    ///     [functions.Catalog.rows]
    ///     stub.value = 7
    /// "#;
    /// let project = Project::from_toml_reading(text, |path| match path.to_str() {
    ///     Some("platform.json") => Ok(r#"{"functions": {"Catalog": {"rows": {"result": "long"}}}}"#.to_owned()),
    ///     _ => Err("there is no such file".to_owned()),
    /// })?;
    /// assert!(project.platform().function("Catalog.rows").is_some_and(|function| function.stub().is_some()));
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn from_toml_reading(
        text: &str,
        mut read: impl FnMut(&Path) -> Result<String, String>,
    ) -> Result<Self, DefinitionError> {
        Self::of(document::read_toml(text)?, &mut read)
    }

    /// As [`from_toml_reading`](Self::from_toml_reading), of settings in JSON. A description as
    /// [`Engine::describe`](crate::Engine::describe) writes it is one of a project too, without rules.
    ///
    /// # Errors
    ///
    /// As there.
    ///
    /// ```
    /// use selvedge::project::Project;
    /// let project = Project::from_json_reading(r#"{"dialect": "sel"}"#, |_| Err("there is no such file".to_owned()))?;
    /// assert_eq!(project.platform().dialect(), selvedge::Dialect::Sel);
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn from_json_reading(
        text: &str,
        mut read: impl FnMut(&Path) -> Result<String, String>,
    ) -> Result<Self, DefinitionError> {
        Self::of(document::read_json(text)?, &mut read)
    }

    /// As [`from_toml_reading`](Self::from_toml_reading), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As there; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::Interrupt;
    /// use selvedge::project::Project;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = Project::from_toml_reading_with("", |_| Ok(String::new()), &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// ```
    pub fn from_toml_reading_with(
        text: &str,
        read: impl FnMut(&Path) -> Result<String, String>,
        interrupt: &Interrupt,
    ) -> Result<Self, DefinitionError> {
        document::read_within(interrupt, || Self::from_toml_reading(text, read))
    }

    /// As [`from_json_reading`](Self::from_json_reading), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As there; or what stopped it.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::project::Project;
    /// assert!(Project::from_json_reading_with("{}", |_| Ok(String::new()), &Interrupt::new()).is_ok());
    /// ```
    pub fn from_json_reading_with(
        text: &str,
        read: impl FnMut(&Path) -> Result<String, String>,
        interrupt: &Interrupt,
    ) -> Result<Self, DefinitionError> {
        document::read_within(interrupt, || Self::from_json_reading(text, read))
    }

    fn of(document: Document, read: ReadFile<'_>) -> Result<Self, DefinitionError> {
        let mut reader = Reader::new(Code::PlatformShape, document.problems);
        let mut entries = reader.entries(document.root, "");
        let files = entries.shift_remove("files").map(|entry| entry.node);
        let rules = files.map(|node| rules::read(&mut reader, node, read));
        let base = reader.taken(&mut entries, "", "platform", |reader, node, path| {
            rules::platform_file(reader, &node, path, read)
        });
        let platform = reader.platform(base.unwrap_or_default(), entries);
        let project = Self {
            platform,
            rules: rules.unwrap_or_default(),
            ..Self::default()
        };
        DefinitionError::unless_empty(reader.into_problems(), project)
    }

    /// Sets the folder `root` of the settings, and `base`, which names of files are relative to. Both are empty by default: names are
    /// relative to the settings.
    ///
    /// ```
    /// use selvedge::project::Project;
    /// let project = Project::from_toml("[[files]]\nglob = 'jobs/*.yaml'\n")?.at("/home/me/flows", "/home/me/flows/jobs");
    /// assert!(project.has_rule("daily.yaml") && !project.has_rule("jobs/daily.yaml"));
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    #[must_use]
    pub fn at(mut self, root: impl Into<PathBuf>, base: impl Into<PathBuf>) -> Self {
        self.root = root.into();
        self.base = base.into();
        self
    }

    /// The platform.
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Sets the platform.
    #[must_use]
    pub fn with_platform(mut self, platform: Platform) -> Self {
        self.platform = platform;
        self
    }

    /// Whether the settings have a rule for a file.
    pub fn has_rule(&self, name: impl AsRef<Path>) -> bool {
        self.rule(name.as_ref()).is_some()
    }

    /// The rule for a file: the last that matches it.
    pub(crate) fn rule(&self, name: &Path) -> Option<&Rule> {
        let whole = self.base.join(name);
        let relative = whole.strip_prefix(&self.root).ok()?;
        self.rules.iter().rev().find(|rule| rule.matches(relative))
    }
}

fn no_other_file(_: &Path) -> Result<String, String> {
    Err("other files cannot be read here".to_owned())
}
