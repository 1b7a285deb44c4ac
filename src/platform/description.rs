//! What a platform is, said once: functions, constants, parameters, limits, and the language that its programs are written in.

use std::sync::Arc;

use indexmap::IndexMap;

use super::answer::{self, Answer, Misfit};
use super::function::Function;
use super::stub::Stub;
use crate::diagnostic::{Code, closest, quote};
use crate::dialect::Dialect;
use crate::engine::{Engine, EngineBuilder, UnknownNames};
use crate::host::{HostFunction, HostFunctions, RegisterError};
use crate::library::capability::Capability;
use crate::limits::Limits;
use crate::lint::Levels;
use crate::params::DefinitionError;
use crate::params::problem::{Problem, error, error_with_meant};
use crate::schema::Schema;
use crate::source::Position;
use crate::value::Value;

/// The description of a platform: functions, constants and ambient parameters of its programs, limits, language, and levels of warnings.
///
/// It is read from JSON or from `selvedge.toml`, written by [`HostFunctions::describe`] and [`Engine::describe`], and makes an
/// [engine](Self::engine) in which functions are declared and, without a host, answered by their stubs.
///
/// ```
/// use selvedge::platform::Platform;
/// use selvedge::{Inputs, Schema};
/// let platform = Platform::from_json(r#"{
///     "constants": {"Env": {"REGION": "eu-west-1"}},
///     "functions": {"Catalog": {"latest": {
///         "parameters": [{"name": "table", "type": "string"}],
///         "result": "{day: long, rows: long?}",
///         "stub": {"value": {"day": 20260131, "rows": 7}}
///     }}}
/// }"#)?;
/// let engine = platform.engine()?.build();
/// let program = engine.compile("Env.REGION + '/' + Catalog.latest('orders').day", &Schema::new())?;
/// assert_eq!(program.evaluate(&Inputs::new())?.value().as_str(), Some("eu-west-1/20260131"));
///
/// let error = engine.compile("Catalog.latest('orders').dya", &Schema::new()).unwrap_err();
/// assert_eq!(error.diagnostics()[0].help.as_deref(), Some("did you mean `day`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Platform {
    pub(super) functions: IndexMap<Box<str>, Function>,
    pub(super) constants: IndexMap<Box<str>, Value>,
    pub(super) parameters: Option<Schema>,
    pub(super) signals: Vec<String>,
    pub(super) limits: Limits,
    pub(super) dialect: Dialect,
    pub(super) strict: bool,
    pub(super) unknown_names: UnknownNames,
    pub(super) without: Vec<Capability>,
    pub(super) levels: Levels,
}

impl Platform {
    /// An empty description.
    ///
    /// ```
    /// assert_eq!(selvedge::platform::Platform::new().functions().count(), 0);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function.
    ///
    /// # Errors
    ///
    /// As [`HostFunctions::register`].
    ///
    /// ```
    /// use selvedge::platform::{Function, Platform};
    /// let error = Platform::new().insert(Function::new("Math.half", "long")?).unwrap_err();
    /// assert_eq!(error.to_string(), "`Math.half` is in a class of the language: choose another namespace");
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn insert(&mut self, function: Function) -> Result<(), RegisterError> {
        self.check_name(function.name())?;
        self.functions.insert(function.name.clone(), function);
        Ok(())
    }

    /// Adds a constant, such as `Env.REGION`.
    ///
    /// # Errors
    ///
    /// As [`HostFunctions::register`].
    ///
    /// ```
    /// use selvedge::platform::Platform;
    /// let mut platform = Platform::new();
    /// platform.insert_constant("Env.REGION", "eu-west-1")?;
    /// assert!(platform.insert_constant("Env.REGION", "us-east-1").is_err());
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn insert_constant(&mut self, name: &str, value: impl Into<Value>) -> Result<(), RegisterError> {
        self.check_name(name)?;
        self.constants.insert(name.into(), value.into());
        Ok(())
    }

    fn check_name(&self, name: &str) -> Result<(), RegisterError> {
        if self.functions.contains_key(name) || self.constants.contains_key(name) {
            return Err(RegisterError::Duplicate(quote(name)));
        }
        HostFunctions::new().register(HostFunction::constant(name, Value::Null))
    }

    /// Sets the stub of a function.
    ///
    /// # Errors
    ///
    /// Where there is no such function; a value that is not one that it gives; an expression that is wrong, reads other names than its
    /// parameters, or gives something else.
    ///
    /// ```
    /// use selvedge::platform::{Function, Platform, Stub};
    /// let mut platform = Platform::new();
    /// platform.insert(Function::new("Catalog.rows", "long")?.with_parameter("table", "string")?)?;
    /// platform.stub("Catalog.rows", Stub::value(7))?;
    ///
    /// let error = platform.stub("Catalog.rows", Stub::value("seven")).unwrap_err();
    /// assert_eq!(error.problems()[0].message(), "the stub of `Catalog.rows` does not match its declaration: expected `long`, found STRING");
    /// let error = platform.stub("Catalog.row", Stub::value(7)).unwrap_err();
    /// assert_eq!(error.problems()[0].help(), Some("did you mean `Catalog.rows`?"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stub(&mut self, name: &str, stub: Stub) -> Result<(), DefinitionError> {
        let Some(function) = self.functions.get(name) else {
            let names = self.functions.keys().map(|name| &**name);
            let message = format!("unknown function {} of the platform", quote(name));
            let near = closest(name, names);
            return Err(error_with_meant("", None, Code::UnknownHostFunction, message, near).into());
        };
        let stubbed = Function {
            stub: Some(stub),
            ..function.clone()
        };
        self.answer(&stubbed, &self.stub_engine(), None)?;
        self.functions.insert(name.into(), stubbed);
        Ok(())
    }

    /// What calls of a function do; the place is that of its stub.
    pub(super) fn answer(
        &self,
        function: &Function,
        engine: &Engine,
        place: Option<Position>,
    ) -> Result<Answer, DefinitionError> {
        let path = format!("functions.{}.stub", function.name);
        let name = quote(function.name());
        function.answer(engine).map_err(|misfit| match misfit {
            Misfit::Value(why) => {
                let message = format!("the stub of {name} does not match its declaration: {why}");
                error(&path, place, Code::PlatformShape, message).into()
            }
            Misfit::Expression(found) => {
                let source: Arc<str> = match &function.stub {
                    Some(Stub::Expression(source)) => (&**source).into(),
                    Some(Stub::Value(_)) | None => "".into(),
                };
                let path = format!("{path}.expression");
                let within = |diagnostic| Problem::at(&*path, place, diagnostic).within(Arc::clone(&source));
                let problems: Vec<Problem> = found.into_iter().map(within).collect();
                match DefinitionError::unless_empty(problems, ()) {
                    Err(refused) => refused,
                    Ok(()) => error(&path, place, Code::PlatformShape, format!("invalid stub of {name}")).into(),
                }
            }
        })
    }

    pub(super) fn stub_engine(&self) -> Engine {
        answer::engine(self.constant_functions(), &self.limits)
    }

    fn constant_functions(&self) -> HostFunctions {
        let mut functions = HostFunctions::new();
        for (name, value) in &self.constants {
            // INVARIANT: the names were looked at when they were inserted.
            let registered = functions.register(HostFunction::constant(name, value.clone()));
            debug_assert!(registered.is_ok(), "{name}");
        }
        functions
    }

    /// Returns the functions and constants for an engine. Functions are replaced by their stubs; a call of a function without one fails,
    /// and the error says how to add one.
    ///
    /// # Errors
    ///
    /// Stubs that do not fit, as [`stub`](Self::stub) refuses them.
    ///
    /// ```
    /// use selvedge::platform::{Function, Platform};
    /// let mut platform = Platform::new();
    /// platform.insert(Function::new("Catalog.rows", "long")?)?;
    /// let functions = platform.host_functions()?;
    /// let rows = functions.get("Catalog.rows").ok_or("none")?;
    /// assert!(rows.call(&[]).unwrap_err().message().contains("`[functions.Catalog.rows.stub]`"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn host_functions(&self) -> Result<HostFunctions, DefinitionError> {
        let mut functions = self.constant_functions();
        let engine = self.stub_engine();
        let mut problems = Vec::new();
        for function in self.functions.values() {
            match self.answer(function, &engine, None) {
                Ok(answer) => {
                    // INVARIANT: the names were looked at when they were inserted.
                    let registered = functions.register(function.host_function(answer));
                    debug_assert!(registered.is_ok(), "{}", function.name);
                }
                Err(refused) => problems.extend(refused),
            }
        }
        DefinitionError::unless_empty(problems, functions)
    }

    /// Starts to configure an engine for programs of the platform: with the functions of [`host_functions`](Self::host_functions), its
    /// limits, language and levels of warnings.
    ///
    /// # Errors
    ///
    /// As [`host_functions`](Self::host_functions).
    ///
    /// ```
    /// use selvedge::{Schema, diagnostic::Code, platform::Platform};
    /// let platform = Platform::from_json(r#"{"dialect": "sel", "without": ["clock"], "limits": {"steps": 1000}}"#)?;
    /// let engine = platform.engine()?.build();
    /// assert_eq!(engine.limits().steps, 1_000);
    /// let refused = engine.compile("System.currentTimeMillis()", &Schema::new()).unwrap_err();
    /// assert_eq!(refused.diagnostics()[0].code, Code::CapabilityOff);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn engine(&self) -> Result<EngineBuilder, DefinitionError> {
        let builder = Engine::builder()
            .host_functions(self.host_functions()?)
            .limits(self.limits.clone())
            .dialect(self.dialect)
            .strict(self.strict)
            .unknown_names(self.unknown_names)
            .levels(self.levels.clone());
        let without = self.without.iter().copied();
        Ok(without.fold(builder, EngineBuilder::without))
    }
}
