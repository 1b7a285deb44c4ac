//! The engine, and how it compiles.

use std::sync::Arc;

use super::cache::{Cache, CacheSize};
use super::coverage::Coverage;
use super::error::CompileError;
use super::lints;
use super::program::{self, Program};
use super::settings::Settings;
use super::spans;
use crate::check::{self, Helps, UnknownNames};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::host::{Host, HostFunction, HostFunctions, SystemHost};
use crate::library::capability::{Capability, SwitchedOff};
use crate::limits::Limits;
use crate::lint::{Levels, Lint, LintSet};
use crate::lower;
use crate::schema::Schema;
use crate::spare::Spare as _;
use crate::syntax::{self, Recovered};

/// Compiles programs within its settings: limits, host, host functions.
///
/// Cheap to clone, and shared by threads.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, Type};
///
/// let engine = Engine::default();
/// let schema = Schema::new().with("region", Type::String);
/// let program = engine.compile("region + '_backup'", &schema)?;
/// assert_eq!(program.result_type(), Type::String);
///
/// let outcome = program.evaluate(&Inputs::new().with("region", "us-east-1"))?;
/// assert_eq!(outcome.value().deserialize::<String>()?, "us-east-1_backup");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) settings: Arc<Settings>,
    pub(super) cache: Arc<Cache>,
}

/// Builds an [`Engine`].
///
/// ```
/// use selvedge::{Engine, FixedHost, Inputs, Limits, Schema};
/// let limits = Limits::default().steps(1_000);
/// let engine = Engine::builder().limits(limits).host(FixedHost::default()).strict(true).build();
/// assert_eq!(engine.limits().steps, 1_000);
/// let outcome = engine.compile("System.currentTimeMillis()", &Schema::new())?.evaluate(&Inputs::new())?;
/// assert_eq!(outcome.value().as_long(), Some(0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct EngineBuilder {
    settings: Settings,
    cache: CacheSize,
}

impl Default for Engine {
    fn default() -> Self {
        Self::builder().build()
    }
}

impl Engine {
    /// Starts to configure an engine.
    pub fn builder() -> EngineBuilder {
        EngineBuilder {
            settings: Settings {
                limits: Limits::default(),
                host: Arc::new(SystemHost),
                host_functions: HostFunctions::default(),
                dialect: Dialect::default(),
                strict: false,
                unknown_names: UnknownNames::Error,
                quote_values: true,
                switched_off: SwitchedOff::default(),
                lints: LintSet::none(),
                levels: Levels::default(),
                coverage: None,
            },
            cache: CacheSize::default(),
        }
    }

    #[cfg(any(test, feature = "oracle", feature = "params"))]
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The engine's limits.
    pub fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// The same engine with other host functions, and a cache of its own.
    #[cfg(feature = "params")]
    pub(crate) fn with_host_functions(&self, host_functions: HostFunctions) -> Self {
        let settings = Settings {
            host_functions,
            ..Settings::clone(&self.settings)
        };
        Self {
            settings: Arc::new(settings),
            cache: Arc::new(Cache::new(CacheSize::default())),
        }
    }

    /// The same engine with other settings, and a cache of its own.
    #[cfg(feature = "testing")]
    pub(crate) fn reconfigured(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::clone(&self.settings);
        change(&mut settings);
        Self {
            settings: Arc::new(settings),
            cache: Arc::new(Cache::new(CacheSize::default())),
        }
    }

    /// Compiles a program, or a bare expression without its final `;`.
    ///
    /// A program that was compiled before, with the same schema, comes from the engine's cache.
    ///
    /// # Errors
    ///
    /// All that is wrong with the program, each with its place.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, Type};
    /// let program = Engine::default().compile("days = 7; return days * 24;", &Schema::new())?;
    /// assert_eq!(program.result_type(), Type::Long);
    /// let refused = Engine::default().compile("return a + b;", &Schema::new()).unwrap_err();
    /// assert_eq!(refused.diagnostics().len(), 2);
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn compile(&self, source: &str, schema: &Schema) -> Result<Program, CompileError> {
        self.compile_helping(source, schema, Helps::With)
    }

    /// As [`Engine::compile`], with or without what may have been meant.
    pub(super) fn compile_helping(&self, source: &str, schema: &Schema, helps: Helps) -> Result<Program, CompileError> {
        if let Some(program) = self.cache.get(source, schema) {
            return Ok(program);
        }
        let program = spans::compiling(source, || self.compile_now(source, schema, helps, false))?;
        self.cache.put(source, schema, &program);
        Ok(program)
    }

    /// As [`Engine::compile`], without the cache.
    ///
    /// # Errors
    ///
    /// All that is wrong with the program, each with its place.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let engine = Engine::default();
    /// let [first, second] = [(); 2].map(|()| engine.compile_uncached("1 + 2", &Schema::new()));
    /// assert_ne!(first?.source().as_ptr(), second?.source().as_ptr());
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn compile_uncached(&self, source: &str, schema: &Schema) -> Result<Program, CompileError> {
        spans::compiling(source, || self.compile_now(source, schema, Helps::With, false))
    }

    /// Compiles, to be traced or not.
    pub(super) fn compile_now(
        &self,
        source: &str,
        schema: &Schema,
        helps: Helps,
        traced: bool,
    ) -> Result<Program, CompileError> {
        let settings = &self.settings;
        let options = check::Options {
            helps,
            ..settings.check_options(schema)
        };
        let refused = |diagnostics: Vec<Diagnostic>| CompileError::new(diagnostics, source);
        let tree = syntax::parse_on(source, &settings.parse_limits())
            .map_err(|recovered| refused(self.all_errors(source, *recovered, schema)))?;
        let mut checked = check::check(source, &tree, &options).map_err(refused)?;
        lints::add(source, &tree, &mut checked, schema, settings);
        if !settings.levels.is_empty() {
            let (denied, warnings) = settings.levels.divide(std::mem::take(&mut checked.warnings));
            if !denied.is_empty() {
                return Err(refused(denied));
            }
            checked.warnings = warnings;
        }
        let facts = program::Facts::of(&checked);
        let called = checked
            .tree
            .host_calls
            .iter()
            .filter_map(|call| settings.host_functions.get(&call.0).cloned());
        let called: Vec<HostFunction> = called.collect();
        let options = lower::Options {
            host_functions: &called,
            loop_iterations: settings.limits.loop_iterations,
            traced: traced || settings.coverage.is_some(),
            counted: settings.coverage.is_some(),
        };
        tree.recycle();
        let code = lower::lower(checked.tree, options).map_err(|error| refused(vec![*error]))?;
        if let Some(coverage) = &settings.coverage {
            coverage.register(source, &code);
        }
        Ok(Program::new(Arc::clone(settings), source, schema, facts, code))
    }

    /// All that is wrong with a program whose syntax is.
    pub(crate) fn all_errors(&self, source: &str, recovered: Recovered, schema: &Schema) -> Vec<Diagnostic> {
        let Recovered { mut errors, rest } = recovered;
        if let Some(rest) = rest
            && let Err(found) = check::check(source, &rest.tree, &self.settings.check_options(schema))
        {
            errors.extend(found.into_iter().filter(|error| rest.vouches_for(source, error)));
        }
        errors
    }

    /// Runs the lints that are on by default: warnings about valid code that is probably a mistake.
    ///
    /// The program is read anew, so compiling pays nothing for lints. They include what
    /// [`Program::warnings`](Program::warnings) says.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile`]: a program that is refused has errors, and no lints.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, Type, lint::LintName};
    /// let schema = Schema::new().with("late", Type::Boolean);
    /// let lints = Engine::default().lint("total = 7; return late ? 10 / 0 : 1;", &schema)?;
    /// let names: Vec<LintName> = lints.iter().map(|lint| lint.name).collect();
    /// assert_eq!(names, [LintName::UnusedVariable, LintName::DivisionByZero]);
    /// assert_eq!(lints[1].diagnostic.message, "`/` by zero always fails");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lint(&self, source: &str, schema: &Schema) -> Result<Vec<Lint>, CompileError> {
        self.lint_for(source, schema, LintSet::default())
    }

    /// As [`Engine::lint`], with the given lints.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile`].
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// use selvedge::lint::{LintName, LintSet};
    /// let wanted = LintSet::default().with(LintName::Nondeterministic);
    /// let lints = Engine::default().lint_for("Math.random() < 0.1", &Schema::new(), wanted)?;
    /// assert_eq!(lints[0].name.text(), "nondeterministic");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lint_for(&self, source: &str, schema: &Schema, wanted: LintSet) -> Result<Vec<Lint>, CompileError> {
        lints::of_source(&self.settings, source, schema, wanted, false)
    }
}

impl EngineBuilder {
    /// Sets the limits of compiling and evaluating.
    ///
    /// ```
    /// use selvedge::{Engine, Limits, Schema, diagnostic::Code};
    /// let engine = Engine::builder().limits(Limits::default().source_length(10)).build();
    /// let refused = engine.compile("1 + 2 + 3 + 4", &Schema::new()).unwrap_err();
    /// assert_eq!(refused.diagnostics()[0].code, Code::SourceTooLong);
    /// ```
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// Sets the source of time and randomness; the system by default.
    ///
    /// ```
    /// use selvedge::{DeniedHost, Engine, Inputs, Schema, diagnostic::Code};
    /// let engine = Engine::builder().host(DeniedHost).build();
    /// let program = engine.compile("Math.random()", &Schema::new())?;
    /// assert_eq!(program.evaluate(&Inputs::new()).unwrap_err().code(), Code::Denied);
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    #[must_use]
    pub fn host(mut self, host: impl Host + 'static) -> Self {
        self.settings.host = Arc::new(host);
        self
    }

    /// Sets the functions that programs may call as `params.name(…)` or in other namespaces, and the constants.
    ///
    /// ```
    /// use selvedge::{Engine, HostFunctions, Inputs, Schema};
    /// let mut functions = HostFunctions::new();
    /// functions.register_typed("Tables.latest", |table: String| Ok(format!("{table}/2026-01-31")))?;
    /// let engine = Engine::builder().host_functions(functions).build();
    /// let program = engine.compile("Tables.latest('orders')", &Schema::new())?;
    /// assert_eq!(program.evaluate(&Inputs::new())?.value().as_str(), Some("orders/2026-01-31"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn host_functions(mut self, functions: HostFunctions) -> Self {
        self.settings.host_functions = functions;
        self
    }

    /// Requires programs to be proved free of type errors before they run. Off by default: then a program is only refused if an expression
    /// in it could never succeed.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, Type, diagnostic::Code};
    /// let schema = Schema::new().with("x", Type::Any);
    /// assert!(Engine::default().compile("x + 1", &schema).is_ok());
    /// let refused = Engine::builder().strict(true).build().compile("x - 1", &schema).unwrap_err();
    /// assert_eq!(refused.diagnostics()[0].code, Code::NotProvable);
    /// ```
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.strict = strict;
        self
    }

    /// Sets the language of programs; [`Dialect::Selvedge`] by default.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.settings.dialect = dialect;
        self
    }

    /// Sets the meaning of a name that is not a variable, parameter or class; an error by default.
    #[must_use]
    pub fn unknown_names(mut self, unknown_names: UnknownNames) -> Self {
        self.settings.unknown_names = unknown_names;
        self
    }

    /// Whether run-time errors may quote a tenant's values. On by default: a message then shows numbers, and up to 40 characters
    /// of a text, of a thrown text up to 768 bytes. Without it messages and traces show no value at all: no text, no number, and
    /// no number that follows from one, as a length or an index, or the steps and bytes that were asked of a budget.
    /// Names, types and limits stay.
    /// [`EvalError::thrown`](crate::EvalError::thrown), [`EvalError::usage`](crate::EvalError::usage) and the value itself are data and are not hidden.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, Type};
    /// let quotes = |quote_values| {
    ///     let engine = Engine::builder().quote_values(quote_values).build();
    ///     let program = engine.compile("Long.valueOf(card)", &Schema::new().with("card", Type::String))?;
    ///     let error = program.evaluate(&Inputs::new().with("card", "4111 1111")).unwrap_err();
    ///     Ok::<bool, selvedge::CompileError>(error.message().contains("4111"))
    /// };
    /// assert_eq!((quotes(true)?, quotes(false)?), (true, false));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    #[must_use]
    pub fn quote_values(mut self, quote_values: bool) -> Self {
        self.settings.quote_values = quote_values;
        self
    }

    /// Switches a part of the language off: a program that uses it is refused when it is compiled, with `E408`. An engine
    /// keeps the programs it compiled to itself, so none comes from the cache of an engine that allows more.
    ///
    /// ```
    /// use selvedge::{Capability, Engine, Schema};
    /// let engine = Engine::builder().without(Capability::Clock).without(Capability::Randomness).build();
    /// assert!(engine.compile("1 + 2", &Schema::new()).is_ok());
    /// let refused = engine.compile("System.currentTimeMillis()", &Schema::new()).unwrap_err();
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "`currentTimeMillis` needs `clock`, which the host switched off at 1:1 [E408]"
    /// );
    /// ```
    #[must_use]
    pub fn without(mut self, capability: Capability) -> Self {
        self.settings.switched_off.add(capability);
        self
    }

    /// Sets the lints whose findings are among a program's warnings; none by default.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, lint::LintSet};
    /// let engine = Engine::builder().lints(LintSet::default()).build();
    /// let program = engine.compile("total = 7; return 2;", &Schema::new())?;
    /// assert_eq!(program.warnings()[0].message, "`total` is set and never read");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    #[must_use]
    pub fn lints(mut self, lints: LintSet) -> Self {
        self.settings.lints = lints;
        self
    }

    /// Sets the levels of warnings: allowed ones are not reported, and denied ones refuse a program. A lint with a level runs in addition
    /// to those of [`lints`](Self::lints).
    ///
    /// ```
    /// use selvedge::lint::{Level, Levels};
    /// use selvedge::{Engine, Schema};
    /// let mut levels = Levels::default();
    /// levels.set("unused-variable", Level::Deny)?;
    /// let engine = Engine::builder().levels(levels).build();
    /// let refused = engine.compile("total = 7; return 2;", &Schema::new()).unwrap_err();
    /// assert_eq!(refused.to_string(), "`total` is set and never read at 1:1 [W002]");
    /// # Ok::<(), selvedge::lint::LevelError>(())
    /// ```
    #[must_use]
    pub fn levels(mut self, levels: Levels) -> Self {
        self.settings.levels = levels;
        self
    }

    /// Sets where the coverage of programs is counted; nowhere by default, at no cost.
    ///
    /// ```
    /// use selvedge::{Coverage, Engine, Inputs, Schema};
    /// let coverage = Coverage::new();
    /// let engine = Engine::builder().coverage(&coverage).build();
    /// let program = engine.compile("if (1 > 2) { return 'never'; } return 'ever';", &Schema::new())?;
    /// program.evaluate(&Inputs::new())?;
    /// let counted = coverage.programs();
    /// let never = counted[0].statements.iter().find(|statement| statement.span.of(program.source()) == "return 'never';");
    /// assert_eq!(never.map(|statement| statement.hits), Some(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn coverage(mut self, coverage: &Coverage) -> Self {
        self.settings.coverage = Some(coverage.clone());
        self
    }

    /// Sets the size of the cache of compiled programs.
    #[must_use]
    pub fn cache(mut self, size: CacheSize) -> Self {
        self.cache = size;
        self
    }

    /// Builds the engine.
    pub fn build(self) -> Engine {
        Engine {
            settings: Arc::new(self.settings),
            cache: Arc::new(Cache::new(self.cache)),
        }
    }
}
