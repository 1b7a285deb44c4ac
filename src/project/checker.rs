//! What every file is checked with, and the check of one.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::config::Project;
use super::document::Document;
use super::engines::Engines;
use super::file::{File, is_json};
use super::finding::{CheckedFile, Finding};
use super::signals::Signals;
use super::source;
use super::time::Time;
use super::workflows::workflows;
use crate::engine::{CacheSize, EngineBuilder};
use crate::host::{HostFunctions, Interrupt};
use crate::lint::{Levels, LintName, LintSet};
use crate::params::{DefinitionError, Unanswered, prelude};
use crate::schema::Schema;
use crate::workflow::{Beside, Defaults, Workflow};

/// Checks files of a project on one platform.
///
/// It reads and prints nothing: files come as texts, and findings go out as data. It is shared by threads.
///
/// ```
/// use selvedge::project::{Checker, File, Project};
/// let project = Project::from_toml(r#"
///     [functions.Catalog.partitions]
///     parameters = [{ name = "table", type = "string" }]
///     result = "list<{day: long}>"
/// "#)?;
/// let checker = Checker::new(project)?;
/// assert!(!checker.check(File::new("days.sel", "Catalog.partitions('orders')[0].day")).has_errors());
///
/// let checked = checker.check(File::new("days.sel", "Catalog.partitions(7)"));
/// let message = &checked.findings[0].diagnostic.message;
/// assert_eq!(message, "expected STRING for `Catalog.partitions`, found LONG");
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Debug)]
pub struct Checker {
    engines: Engines,
    /// For what is marked as deterministic.
    deterministic: Engines,
    all_deterministic: bool,
    project: Project,
    signals: Signals,
    defaults: Defaults,
    /// The workflows in files that are checked, and what each knows of the others.
    workflows: Vec<Workflow>,
    beside: Beside,
    schema: Option<Schema>,
    timeout: Option<Duration>,
}

impl Checker {
    /// A checker of a project's files.
    ///
    /// # Errors
    ///
    /// Stubs of the platform's functions that do not fit.
    pub fn new(project: Project) -> Result<Self, DefinitionError> {
        let platform = project.platform();
        let functions = platform.host_functions()?;
        let with_prelude = functions.clone().with_missing(&prelude(Arc::new(Unanswered)));
        let lints = platform.levels().lints();
        let signals = platform.signals().iter();
        let signals = signals.map(|name| (name.clone(), Schema::open())).collect();
        let builder = |lints: LintSet, functions: &HostFunctions| -> Result<EngineBuilder, DefinitionError> {
            // Levels are applied to all that is found, at the end.
            let builder = platform.engine()?.levels(Levels::default());
            // Finding a program again takes as long as the names that it may read are many.
            let builder = builder.cache(CacheSize::OFF);
            Ok(builder.lints(lints).host_functions(functions.clone()))
        };
        let engines = |lints| {
            Ok::<_, DefinitionError>(Engines {
                plain: builder(lints, &functions)?.build(),
                parameters: builder(lints, &with_prelude)?.build(),
            })
        };
        Ok(Self {
            engines: engines(lints)?,
            deterministic: engines(lints.with(LintName::Nondeterministic))?,
            all_deterministic: false,
            signals: Signals(signals),
            defaults: Defaults::new(),
            workflows: Vec::new(),
            beside: Beside::default(),
            schema: platform.parameters().cloned(),
            timeout: None,
            project,
        })
    }

    /// Adds parameters that expressions and definitions may read, in addition to those of the platform. A rule for a file overrides them.
    #[must_use]
    pub fn with_schema(mut self, schema: &Schema) -> Self {
        self.schema = Some(self.project.platform().readable(schema.clone()));
        self
    }

    /// Sets the defaults of definitions.
    #[must_use]
    pub fn with_defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = defaults;
        self.knowing_workflows()
    }

    fn knowing_workflows(mut self) -> Self {
        self.beside = Beside::of(&self.workflows, &self.defaults, &self.interrupt());
        self
    }

    /// Adds the workflows in files: each is checked with those that its steps run, and knows the names that it receives from such steps. An
    /// id that two files define refers to neither.
    ///
    /// ```
    /// use selvedge::project::{Checker, File, Project};
    /// let parent = "workflow: {id: daily, region: eu, jobs: [{subworkflow: {id: child, transition: [told]}}, {job: {id: told, type: mail,
    ///     '!n': \"params.getFromSubworkflow('child', 'lod', 'rows')\"}}]}";
    /// let child = "workflow: {id: child, jobs: [{job: {id: load, type: sql, rows: 0, table: 'orders_$region'}}]}";
    /// let files = [File::new("daily.yaml", parent), File::new("child.yaml", child)];
    /// let checker = Checker::new(Project::new(selvedge::platform::Platform::new()))?.with_workflows(&files);
    /// let [daily, child] = files.map(|file| checker.check(file));
    /// assert_eq!(daily.findings[0].diagnostic.message, "unknown step `lod` in the subworkflow `child`");
    /// assert!(!child.has_errors());
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    #[must_use]
    pub fn with_workflows<'f>(mut self, files: impl IntoIterator<Item = &'f File, IntoIter: Clone>) -> Self {
        self.workflows = workflows(files.into_iter(), || self.interrupt());
        self.knowing_workflows()
    }

    /// Adds a signal, whose parameters of these types definitions may read.
    #[must_use]
    pub fn with_signal(mut self, name: &str, types: Schema) -> Self {
        self.signals.0.retain(|(known, _)| known != name);
        self.signals.0.push((name.to_owned(), types));
        self
    }

    /// Requires every expression to depend only on its parameters.
    #[must_use]
    pub fn deterministic(mut self, deterministic: bool) -> Self {
        self.all_deterministic = deterministic;
        self
    }

    /// Sets the most time that the check of a file may take.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The interrupt of a check that begins now.
    pub fn interrupt(&self) -> Interrupt {
        self.timeout
            .map_or_else(Interrupt::new, |timeout| Interrupt::new().timeout(timeout))
    }

    /// Checks a file.
    pub fn check(&self, file: File) -> CheckedFile {
        self.check_with(file, &self.interrupt())
    }

    /// As [`check`](Self::check), until it is interrupted: then a finding says that the file was not checked to its end.
    ///
    /// ```
    /// use selvedge::project::{Checker, File, Project};
    /// use selvedge::{CancelToken, Interrupt, platform::Platform};
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let checker = Checker::new(Project::new(Platform::new()))?;
    /// let checked = checker.check_with(File::new("total.sel", "1 + 2"), &Interrupt::new().cancel(token));
    /// assert!(checked.has_errors());
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn check_with(&self, file: File, interrupt: &Interrupt) -> CheckedFile {
        let time = Time::new(self.timeout, interrupt);
        let (mut checked, is_named) = file.unchecked();
        if !time.is_over() {
            self.fill(is_named, &mut checked, &time);
        }
        time.report(&mut checked.findings);
        self.finish(checked)
    }

    /// What was found as its levels have it, in the order of the file.
    fn finish(&self, mut checked: CheckedFile) -> CheckedFile {
        let levels = self.project.platform().levels();
        let findings = std::mem::take(&mut checked.findings);
        let findings = findings.into_iter().filter_map(|finding| {
            let diagnostic = levels.apply(finding.diagnostic)?;
            Some(Finding { diagnostic, ..finding })
        });
        checked.findings = findings.collect();
        checked.findings.sort_by_key(|finding| finding.diagnostic.span.start);
        checked
    }

    fn fill(&self, is_named: bool, checked: &mut CheckedFile, time: &Time) {
        let rule = self.project.rule(Path::new(&checked.name));
        let of_rule = rule.and_then(|rule| rule.schema.clone());
        let of_rule = of_rule.map(|schema| self.project.platform().readable(schema));
        let schema = of_rule.as_ref().or(self.schema.as_ref());
        let engines = match self.all_deterministic || rule.is_some_and(|rule| rule.deterministic) {
            true => &self.deterministic,
            false => &self.engines,
        };
        let Some(is_json) = is_json(&checked.name, &checked.text) else {
            checked.expressions = 1;
            let open = Schema::open();
            let found = source::check(&engines.plain, schema.unwrap_or(&open), &checked.text, time);
            checked.extend(found.into_iter().map(Finding::of));
            return;
        };
        let document = Document {
            engines,
            rule,
            schema,
            signals: &self.signals,
            defaults: &self.defaults,
            beside: &self.beside,
            is_json,
            time,
            is_named,
        };
        document.check(checked);
    }
}

/// Checks files of a project, with the workflows in all of them, as `selvedge check` does.
///
/// # Errors
///
/// As [`Checker::new`].
///
/// ```
/// use selvedge::project::{File, Project, check_files};
/// let files = [File::new("total.sel", "price * 2"), File::new("wrong.sel", "price *")];
/// let project = Project::from_toml("parameters.price = 'double'")?;
/// let checked = check_files(project, files)?;
/// assert_eq!(checked.iter().map(|file| file.findings.len()).collect::<Vec<_>>(), [0, 1]);
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
pub fn check_files(
    project: Project,
    files: impl IntoIterator<Item = File>,
) -> Result<Vec<CheckedFile>, DefinitionError> {
    let files: Vec<File> = files.into_iter().collect();
    let checker = Checker::new(project)?.with_workflows(&files);
    Ok(files.into_iter().map(|file| checker.check(file)).collect())
}
