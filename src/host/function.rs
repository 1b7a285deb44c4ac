//! Functions that a host registers for programs to call, and the registry of them.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use thiserror::Error;

use super::typed::TypedBody;
use crate::diagnostic::quote;
use crate::types::Type;
use crate::value::Value;

/// What every host function's name starts with.
const PREFIX: &str = "params.";

/// The functions of `params` that belong to the language.
const BUILT_IN: &[&str] = &["get", "containsKey"];

/// What a call costs where the host says nothing else.
const DEFAULT_COST_STEPS: u32 = 100;

/// Why a host function failed, in one line that the program's author may read.
///
/// ```
/// assert_eq!(selvedge::HostError::new("no such step").to_string(), "no such step");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct HostError(pub String);

impl HostError {
    /// An error with a message for the program's author: keep secrets and internals out of it.
    ///
    /// ```
    /// let error = selvedge::HostError::new("step `load` has not run");
    /// assert_eq!(error.0, "step `load` has not run");
    /// ```
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// The body of a host function: from the arguments to the result.
pub(super) type Body = dyn Fn(&[Value]) -> Result<Value, HostError> + Send + Sync;

/// A function of the host that programs call as `params.name(…)`.
///
/// ```
/// use selvedge::{HostError, HostFunction, Type, Value};
/// let double = HostFunction::typed("params.double", |n: i64| {
///     n.checked_mul(2).ok_or_else(|| HostError::new("too large"))
/// });
/// assert_eq!(double.parameters(), [Type::Long]);
/// assert_eq!(double.result(), Type::Long);
/// assert_eq!(double.call(&[Value::Long(21)])?, Value::Long(42));
/// # Ok::<(), selvedge::HostError>(())
/// ```
#[derive(Clone)]
pub struct HostFunction {
    name: Box<str>,
    parameters: Box<[Type]>,
    result: Type,
    optional: usize,
    cost_steps: u32,
    body: Arc<Body>,
}

impl HostFunction {
    /// A function with its name (`params.` and an identifier), the types it takes, the type it gives, and its body. A
    /// call costs 100 steps.
    ///
    /// ```
    /// use selvedge::{HostFunction, Type, Value};
    /// let count = HostFunction::new("params.count", &[Type::Map], Type::Long, |arguments| {
    ///     let entries = arguments.first().and_then(Value::as_map).map_or(0, |map| map.len());
    ///     Ok(Value::Long(entries as i64))
    /// });
    /// assert_eq!(count.name(), "params.count");
    /// ```
    pub fn new(
        name: &str,
        parameters: &[Type],
        result: Type,
        body: impl Fn(&[Value]) -> Result<Value, HostError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            parameters: parameters.into(),
            result,
            optional: 0,
            cost_steps: DEFAULT_COST_STEPS,
            body: Arc::new(body),
        }
    }

    /// A function from a closure of 0 to 4 arguments, whose own types say what it takes and gives: `bool`, `i64`,
    /// `f64`, `String`, a `Vec` or `Option` of these, [`Map`](crate::Map), [`List`](crate::List), or [`Value`] for any.
    ///
    /// ```
    /// use selvedge::{HostFunction, Type};
    /// let join = HostFunction::typed("params.join", |parts: Vec<String>, with: String| Ok(parts.join(&with)));
    /// assert_eq!(join.parameters(), [Type::StringArray, Type::String]);
    /// ```
    pub fn typed<Arguments, B: TypedBody<Arguments>>(name: &str, body: B) -> Self {
        Self {
            name: name.into(),
            parameters: B::PARAMETERS.into(),
            result: B::RESULT,
            optional: 0,
            cost_steps: DEFAULT_COST_STEPS,
            body: body.into_body(),
        }
    }

    /// The same with another cost of a call, in steps.
    ///
    /// ```
    /// use selvedge::HostFunction;
    /// let cheap = HostFunction::typed("params.run", || Ok("run-7")).with_cost(5);
    /// assert_eq!(cheap.cost_steps(), 5);
    /// ```
    #[must_use]
    pub fn with_cost(mut self, steps: u32) -> Self {
        self.cost_steps = steps;
        self
    }

    /// The same where a call may leave out the last so many arguments; the body gets those that are given. For functions
    /// made by [`new`](Self::new): a closure of [`typed`](Self::typed) takes all of its arguments.
    ///
    /// ```
    /// use selvedge::{Engine, HostFunction, HostFunctions, Inputs, Schema, Type, Value};
    /// let count = |arguments: &[Value]| Ok(Value::Long(arguments.len() as i64));
    /// let count = HostFunction::new("params.count", &[Type::String, Type::String], Type::Long, count).with_optional(1);
    /// let mut functions = HostFunctions::new();
    /// functions.register(count)?;
    /// let engine = Engine::builder().host_functions(functions).build();
    /// let program = engine.compile("10 * params.count('a') + params.count('a', 'b')", &Schema::new())?;
    /// assert_eq!(program.evaluate(&Inputs::new())?.value(), &Value::Long(12));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_optional(mut self, last: usize) -> Self {
        self.optional = last.min(self.parameters.len());
        self
    }

    /// How many of the last arguments a call may leave out.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.optional(), 0);
    /// ```
    pub fn optional(&self) -> usize {
        self.optional
    }

    /// Its name, such as `params.getFromStep`.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.name(), "params.attempt");
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The types it takes; `ANY` takes every value.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert!(attempt.parameters().is_empty());
    /// ```
    pub fn parameters(&self) -> &[Type] {
        &self.parameters
    }

    /// The type it gives; `ANY` where only the call can tell.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.result(), selvedge::Type::Long);
    /// ```
    pub fn result(&self) -> Type {
        self.result
    }

    /// What a call costs, in steps.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.cost_steps(), 100);
    /// ```
    pub fn cost_steps(&self) -> u32 {
        self.cost_steps
    }

    /// Calls it.
    ///
    /// # Errors
    ///
    /// What the body gives; for a typed body also arguments of the wrong number or type.
    ///
    /// ```
    /// use selvedge::{HostFunction, Value};
    /// let negate = HostFunction::typed("params.negate", |truth: bool| Ok(!truth));
    /// assert_eq!(negate.call(&[true.into()])?, Value::Boolean(false));
    /// assert_eq!(negate.call(&[1.into()]).unwrap_err().0, "argument 1: expected BOOLEAN, found LONG");
    /// # Ok::<(), selvedge::HostError>(())
    /// ```
    pub fn call(&self, arguments: &[Value]) -> Result<Value, HostError> {
        (self.body)(arguments)
    }
}

impl fmt::Debug for HostFunction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            parameters,
            result,
            ..
        } = self;
        write!(formatter, "HostFunction({name}{parameters:?} -> {result})")
    }
}

/// The functions a host registered, by name, in the order of registration.
///
/// ```
/// use selvedge::{HostError, HostFunction, HostFunctions, Type};
///
/// let mut functions = HostFunctions::new();
/// functions.register_typed("params.getFromStep", |step: String, field: String| -> Result<String, HostError> {
///     Ok(format!("{field} of {step}"))
/// })?;
/// functions.register(HostFunction::new("params.attempt", &[], Type::Long, |_| Ok(1.into())).with_cost(1))?;
/// assert_eq!(functions.names().collect::<Vec<_>>(), ["params.getFromStep", "params.attempt"]);
/// # Ok::<(), selvedge::RegisterError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct HostFunctions {
    by_name: IndexMap<Box<str>, HostFunction>,
}

/// Why a host function was not registered. It quotes the name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The name is not `params.` and an identifier.
    #[error("{0} is not a name of the form `params.identifier`")]
    NotAName(String),
    /// The name belongs to the language.
    #[error("{0} is built in")]
    BuiltIn(String),
    /// There is such a function already.
    #[error("{0} is registered already")]
    Duplicate(String),
}

impl HostFunctions {
    /// No functions.
    ///
    /// ```
    /// assert_eq!(selvedge::HostFunctions::new().names().count(), 0);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a function.
    ///
    /// # Errors
    ///
    /// Where the name is not `params.` and an identifier, is one of the built-in `params.get` and `params.containsKey`,
    /// or is registered already.
    ///
    /// ```
    /// use selvedge::{HostFunction, HostFunctions};
    /// let mut functions = HostFunctions::new();
    /// let error = functions.register(HostFunction::typed("params.get", || Ok(1_i64))).unwrap_err();
    /// assert_eq!(error.to_string(), "`params.get` is built in");
    /// ```
    pub fn register(&mut self, function: HostFunction) -> Result<(), RegisterError> {
        let name = function.name();
        let identifier = name.strip_prefix(PREFIX).unwrap_or_default();
        if !is_identifier(identifier) {
            return Err(RegisterError::NotAName(quote(name)));
        }
        if BUILT_IN.contains(&identifier) {
            return Err(RegisterError::BuiltIn(quote(name)));
        }
        if self.by_name.contains_key(name) {
            return Err(RegisterError::Duplicate(quote(name)));
        }
        self.by_name.insert(name.into(), function);
        Ok(())
    }

    /// Registers a closure, as [`HostFunction::typed`] makes it a function.
    ///
    /// # Errors
    ///
    /// As for [`register`](Self::register).
    ///
    /// ```
    /// use selvedge::{HostError, HostFunctions};
    /// let mut functions = HostFunctions::new();
    /// functions.register_typed("params.half", |n: i64| match n % 2 {
    ///     0 => Ok(n / 2),
    ///     _ => Err(HostError::new("odd")),
    /// })?;
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn register_typed<Arguments, B: TypedBody<Arguments>>(
        &mut self,
        name: &str,
        body: B,
    ) -> Result<(), RegisterError> {
        self.register(HostFunction::typed(name, body))
    }

    /// The function of this full name.
    ///
    /// ```
    /// let mut functions = selvedge::HostFunctions::new();
    /// functions.register_typed("params.attempt", || Ok(1_i64))?;
    /// assert!(functions.get("params.attempt").is_some() && functions.get("attempt").is_none());
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn get(&self, name: &str) -> Option<&HostFunction> {
        self.by_name.get(name)
    }

    /// All names, in the order of registration.
    ///
    /// ```
    /// let mut functions = selvedge::HostFunctions::new();
    /// functions.register_typed("params.attempt", || Ok(1_i64))?;
    /// assert_eq!(functions.names().collect::<Vec<_>>(), ["params.attempt"]);
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| &**name)
    }
}

fn is_identifier(text: &str) -> bool {
    let mark = |character: char| character == '_' || character == '$';
    text.starts_with(|first: char| first.is_alphabetic() || mark(first))
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || mark(character))
}
