//! Runs tests, one at a time; nothing is printed, and no file is read but through [`Files`].

use super::case::Test;
use super::files::Files;
use super::layer::Subject;
use super::session::Session;
use super::verdict::Verdict;
use super::verify::verify;
use super::{expression, set, stubs, unfolded};
use crate::engine::{Coverage, Engine};
use crate::host::Interrupt;
use crate::params::DefinitionError;
use crate::platform::Platform;

/// Runs tests on an engine, with its limits, dialect and host functions as defaults. Clock and randomness are those of each test, so tests
/// are deterministic.
///
/// ```
/// use selvedge::testing::{Runner, Suite};
/// use selvedge::{Engine, Interrupt};
/// let text = "program: double.sel\ntests:\n- {params: {n: 4}, expect: {value: 8, type: LONG, max_steps: 10}}\n";
/// let suite = Suite::from_yaml(text, &Interrupt::new())?;
/// let files = |path: &str| match path {
///     "double.sel" => Ok("return n * 2;".to_owned()),
///     other => Err(format!("cannot read {other}")),
/// };
/// let runner = Runner::new(Engine::default(), &files);
/// assert!(suite.tests().iter().all(|test| runner.run(test, &Interrupt::new()).passed()));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone)]
pub struct Runner<'f> {
    engine: Engine,
    platform: Option<Platform>,
    files: &'f dyn Files,
}

impl std::fmt::Debug for Runner<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Runner")
            .field("engine", &self.engine)
            .finish_non_exhaustive()
    }
}

impl<'f> Runner<'f> {
    /// A runner with an engine, and the files that fixtures may name.
    pub fn new(engine: Engine, files: &'f dyn Files) -> Self {
        Self {
            engine,
            platform: None,
            files,
        }
    }

    /// A runner for programs of a platform, whose functions are replaced by the stubs of the platform and of each test.
    ///
    /// # Errors
    ///
    /// Stubs of the platform that do not fit.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::platform::Platform;
    /// use selvedge::testing::{Runner, Suite};
    /// let platform = Platform::from_json(r#"{"functions": {"Catalog": {"latest": {"result": "long"}}}}"#)?;
    /// let text = "expression: Catalog.latest() + 1\ntests:\n- {stubs: {Catalog.latest: 20260131}, expect: {value: 20260132}}\n";
    /// let suite = Suite::from_yaml(text, &Interrupt::new())?;
    /// let runner = Runner::of_platform(platform, &|_: &str| Err("no files".to_owned()))?;
    /// assert!(runner.run(&suite.tests()[0], &Interrupt::new()).passed());
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn of_platform(platform: Platform, files: &'f dyn Files) -> Result<Self, DefinitionError> {
        Ok(Self {
            engine: platform.engine()?.build(),
            platform: Some(platform),
            files,
        })
    }

    /// The same runner for a fixture with other files.
    ///
    /// ```
    /// use selvedge::Engine;
    /// use selvedge::testing::Runner;
    /// let of_one = |_: &str| Ok("1 + 1".to_owned());
    /// let of_other = |_: &str| Ok("2 + 2".to_owned());
    /// let runner = Runner::new(Engine::default(), &of_one);
    /// let other = runner.with_files(&of_other);
    /// # drop(other);
    /// ```
    #[must_use]
    pub fn with_files<'o>(&self, files: &'o dyn Files) -> Runner<'o> {
        Runner {
            engine: self.engine.clone(),
            platform: self.platform.clone(),
            files,
        }
    }

    /// Counts the coverage of programs.
    ///
    /// ```
    /// use selvedge::testing::Runner;
    /// use selvedge::{Coverage, Engine};
    /// let no_files = |_: &str| Err("no files".to_owned());
    /// let coverage = Coverage::new();
    /// let runner = Runner::new(Engine::default(), &no_files).with_coverage(&coverage);
    /// # drop(runner);
    /// ```
    #[must_use]
    pub fn with_coverage(mut self, coverage: &Coverage) -> Self {
        let coverage = coverage.clone();
        self.engine = self.engine.reconfigured(|settings| settings.coverage = Some(coverage));
        self
    }

    /// Runs a test, until it is interrupted.
    ///
    /// ```
    /// use selvedge::testing::{Runner, Suite};
    /// use selvedge::{Engine, Interrupt};
    /// let text = "expression: System.currentTimeMillis()\ntests:\n- {expect: {value: 1}}\n";
    /// let suite = Suite::from_yaml(text, &Interrupt::new())?;
    /// let runner = Runner::new(Engine::default(), &|_: &str| Err("no files".to_owned()));
    /// let verdict = runner.run(&suite.tests()[0], &Interrupt::new());
    /// assert!(verdict.failures[0].help.as_deref().is_some_and(|help| help.starts_with("give the test `now`")));
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn run(&self, test: &Test, interrupt: &Interrupt) -> Verdict {
        let engine = match stubs::engine(test, &self.engine, self.platform.as_ref()) {
            Ok(engine) => engine,
            Err(verdict) => return *verdict,
        };
        let session = Session {
            test,
            engine: &engine,
            ambient: self.platform.as_ref().and_then(Platform::parameters),
            files: self.files,
            interrupt,
        };
        if let Err(verdict) = session.check_limits() {
            return *verdict;
        }
        let found = match &test.subject.value {
            Subject::Expression(source) => expression::run(&session, source, "expression"),
            Subject::Program(path) => {
                let named = test.subject.with(path.clone());
                session
                    .file(&named)
                    .and_then(|file| expression::run(&session, &file.text, path))
            }
            Subject::Parameters(path) => set::run(&session, &test.subject.with(path.clone())),
            Subject::Workflow(path) => unfolded::run(&session, &test.subject.with(path.clone())),
        };
        match found {
            Ok(found) => verify(test, &found),
            Err(verdict) => *verdict,
        }
    }
}
