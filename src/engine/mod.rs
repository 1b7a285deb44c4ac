//! What a host holds: an engine with its settings, the programs it compiles, and their evaluations.

mod bind;
mod cache;
mod error;
mod evaluation;
#[cfg(test)]
mod library_page;
mod program;
#[cfg(feature = "params")]
mod references;

use std::sync::Arc;

#[cfg(any(test, feature = "oracle"))]
pub(crate) use bind::Converted;
pub use cache::CacheSize;
pub use error::{CompileError, EvalError, Phase};
#[cfg(any(test, feature = "oracle"))]
pub(crate) use evaluation::budgets;
pub use evaluation::{Evaluation, Outcome};
pub use program::{Program, Slot};

use cache::Cache;

pub use crate::check::UnknownNames;
use crate::check::{self, Checked, HostSignature, HostSignatures};
use crate::diagnostic::Diagnostic;
use crate::host::{Host, HostFunction, HostFunctions, SystemHost};
use crate::limits::Limits;
use crate::lint::{self, Lint, LintSet};
use crate::lower;
use crate::schema::Schema;
use crate::syntax;

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
    settings: Arc<Settings>,
    cache: Arc<Cache>,
}

/// An engine's settings.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) host_functions: HostFunctions,
    pub(crate) strict: bool,
    pub(crate) unknown_names: UnknownNames,
    pub(crate) quote_values: bool,
}

/// Builds an [`Engine`].
#[derive(Debug)]
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
    /// An engine to be configured.
    pub fn builder() -> EngineBuilder {
        EngineBuilder {
            settings: Settings {
                limits: Limits::default(),
                host: Arc::new(SystemHost),
                host_functions: HostFunctions::default(),
                strict: false,
                unknown_names: UnknownNames::Error,
                quote_values: true,
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
            limits: self.settings.limits.clone(),
            host: Arc::clone(&self.settings.host),
            host_functions,
            strict: self.settings.strict,
            unknown_names: self.settings.unknown_names,
            quote_values: self.settings.quote_values,
        };
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
    pub fn compile(&self, source: &str, schema: &Schema) -> Result<Program, CompileError> {
        if let Some(program) = self.cache.get(source, schema) {
            return Ok(program);
        }
        let program = self.compile_uncached(source, schema)?;
        self.cache.put(source, schema, &program);
        Ok(program)
    }

    /// As [`Engine::compile`], past the cache: neither read nor filled.
    ///
    /// # Errors
    ///
    /// All that is wrong with the program, each with its place.
    pub fn compile_uncached(&self, source: &str, schema: &Schema) -> Result<Program, CompileError> {
        let (_, checked) = self.check(source, schema)?;
        let settings = &self.settings;
        let facts = program::Facts::of(&checked);
        let called = checked
            .tree
            .host_calls
            .iter()
            .filter_map(|name| settings.host_functions.get(name).cloned());
        let called: Vec<HostFunction> = called.collect();
        let loop_iterations = settings.limits.loop_iterations;
        let code = lower::lower(checked.tree, &called, loop_iterations)
            .map_err(|error| CompileError::new(vec![error], source))?;
        Ok(Program::new(Arc::clone(settings), source, facts, code))
    }

    /// What is right by the language and likely not what was meant, by the lints that are on by default.
    ///
    /// The program is read anew, so compiling pays nothing for lints. They include what [`Program::warnings`] says.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile`]: a program that is refused has errors, and no lints.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, lint::LintName};
    /// let lints = Engine::default().lint("total = 7; return 10 / 0;", &Schema::new())?;
    /// let names: Vec<LintName> = lints.iter().map(|lint| lint.name).collect();
    /// assert_eq!(names, [LintName::UnusedVariable, LintName::DivisionByZero]);
    /// assert_eq!(lints[1].diagnostic.message, "`/` by zero always fails");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lint(&self, source: &str, schema: &Schema) -> Result<Vec<Lint>, CompileError> {
        self.lint_for(source, schema, LintSet::default())
    }

    /// As [`Engine::lint`], with the lints of a host's choice.
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
        let (tree, checked) = self.check(source, schema)?;
        Ok(lint::lint(&tree, &checked, schema, wanted))
    }

    /// A program's tree, and what the checker made of it.
    fn check(&self, source: &str, schema: &Schema) -> Result<(syntax::ast::Tree, Checked), CompileError> {
        let settings = &self.settings;
        let refused = |diagnostics: Vec<Diagnostic>| CompileError::new(diagnostics, source);
        let limits = syntax::ParseLimits {
            source_length: settings.limits.source_length as usize,
            nesting: settings.limits.nesting as usize,
        };
        let tree = syntax::parse(source, &limits).map_err(|diagnostic| refused(vec![diagnostic]))?;
        let options = check::Options {
            schema,
            unknown_names: settings.unknown_names,
            strict: settings.strict,
            host_functions: &settings.host_functions,
        };
        let checked = check::check(&tree, &options).map_err(refused)?;
        Ok((tree, checked))
    }
}

impl EngineBuilder {
    /// The limits of compiling and evaluating.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// Where time and randomness come from; the system by default.
    #[must_use]
    pub fn host(mut self, host: impl Host + 'static) -> Self {
        self.settings.host = Arc::new(host);
        self
    }

    /// The functions that programs may call as `params.name(…)`.
    #[must_use]
    pub fn host_functions(mut self, functions: HostFunctions) -> Self {
        self.settings.host_functions = functions;
        self
    }

    /// Whether programs must be proved free of type errors before they run. Off by default: then a program is refused only
    /// where an expression in it could never succeed.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.strict = strict;
        self
    }

    /// What a name means that is no variable, parameter or class; an error by default.
    #[must_use]
    pub fn unknown_names(mut self, unknown_names: UnknownNames) -> Self {
        self.settings.unknown_names = unknown_names;
        self
    }

    /// Whether run-time errors may quote up to 40 characters of a tenant's values. On by default; without it such messages
    /// say only what kind of error it was.
    #[must_use]
    pub fn quote_values(mut self, quote_values: bool) -> Self {
        self.settings.quote_values = quote_values;
        self
    }

    /// How much the cache of compiled programs holds.
    #[must_use]
    pub fn cache(mut self, size: CacheSize) -> Self {
        self.cache = size;
        self
    }

    /// The engine.
    pub fn build(self) -> Engine {
        Engine {
            settings: Arc::new(self.settings),
            cache: Arc::new(Cache::new(self.cache)),
        }
    }
}

impl HostSignatures for HostFunctions {
    fn signature(&self, name: &str) -> Option<HostSignature<'_>> {
        self.get(name).map(|function| HostSignature {
            parameters: function.parameters(),
            optional: function.optional(),
            result: function.result(),
            cost_steps: function.cost_steps(),
        })
    }

    fn names(&self) -> Vec<&str> {
        HostFunctions::names(self).collect()
    }
}
