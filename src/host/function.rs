//! A function or constant of the host: its name, types, cost and effects, and its body.

use std::fmt;
use std::sync::Arc;

use super::call::HostCall;
use super::declaration::Declaration;
use super::error::HostError;
use super::typed::{Body, TypedBody};
use crate::effect::{Effect, Effects};
use crate::types::Type;
use crate::value::Value;

/// What a call costs where the host says nothing else.
const DEFAULT_COST_STEPS: u32 = 100;

/// A function of the host that programs call as `params.name(…)`, or with another namespace as `Tables.name(…)`.
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
    pub(super) parameters: Box<[Type]>,
    pub(super) result: Type,
    pub(super) declaration: Option<Arc<Declaration>>,
    optional: usize,
    cost_steps: u32,
    cost_bytes: u64,
    result_size: Option<u64>,
    effects: Effects,
    constant: Option<Value>,
    body: Arc<Body>,
}

impl HostFunction {
    /// A function with a name (`params` or another namespace, and an identifier), the types of its parameters and result, and its body. By
    /// default, a call costs 100 steps and has the effect [`Effect::Outside`].
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
        Self::in_context(name, parameters, result, move |_, arguments| body(arguments))
    }

    /// As [`new`](Self::new), with a body that receives the context of the evaluation, such as its tenant, set by
    /// [`Evaluation::context`](crate::Evaluation::context).
    ///
    /// ```
    /// use selvedge::{HostFunction, Type};
    /// let run = HostFunction::in_context("params.run", &[], Type::Long, |call, _| {
    ///     Ok(call.context::<i64>().copied().into())
    /// });
    /// assert_eq!(run.call(&[])?, selvedge::Value::Null);
    /// # Ok::<(), selvedge::HostError>(())
    /// ```
    pub fn in_context(
        name: &str,
        parameters: &[Type],
        result: Type,
        body: impl Fn(&HostCall<'_>, &[Value]) -> Result<Value, HostError> + Send + Sync + 'static,
    ) -> Self {
        Self::of(name, parameters.into(), result, Arc::new(body))
    }

    fn of(name: &str, parameters: Box<[Type]>, result: Type, body: Arc<Body>) -> Self {
        Self {
            name: name.into(),
            parameters,
            result,
            declaration: None,
            optional: 0,
            cost_steps: DEFAULT_COST_STEPS,
            cost_bytes: 0,
            result_size: None,
            effects: Effects::of(&[Effect::Outside]),
            constant: None,
            body,
        }
    }

    /// A constant, which programs read as `Env.REGION`, without parentheses. Reading a text, number or boolean is free; other values are
    /// copied and charged at each read.
    ///
    /// ```
    /// use selvedge::{Engine, HostFunction, HostFunctions, Inputs, Schema};
    /// let mut functions = HostFunctions::new();
    /// functions.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
    /// let engine = Engine::builder().host_functions(functions).build();
    /// let program = engine.compile("Env.REGION == 'eu-west-1'", &Schema::new())?;
    /// assert_eq!(program.evaluate(&Inputs::new())?.into_value(), true.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn constant(name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let copy = value.clone();
        let body = move |_: &HostCall<'_>, _: &[Value]| Ok(copy.clone());
        Self {
            cost_steps: 1,
            constant: Some(value.clone()),
            effects: Effects::NONE,
            ..Self::of(name, [].into(), constant_type(&value), Arc::new(body))
        }
    }

    /// A function from a closure of 0 to 4 arguments, with the types of the closure: `bool`, `i64`, `f64`, `String`, a `Vec` or `Option` of
    /// these, [`Map`](crate::Map), [`List`](crate::List), or [`Value`] for any.
    ///
    /// ```
    /// use selvedge::{HostFunction, Type};
    /// let join = HostFunction::typed("params.join", |parts: Vec<String>, with: String| Ok(parts.join(&with)));
    /// assert_eq!(join.parameters(), [Type::StringArray, Type::String]);
    /// ```
    pub fn typed<Arguments, B: TypedBody<Arguments>>(name: &str, body: B) -> Self {
        Self::of(name, B::PARAMETERS.into(), B::RESULT, body.into_body())
    }

    /// Sets the cost of a call, in steps.
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

    /// Sets the bytes charged before each call, in addition to the copies of its arguments and result: for the memory that the body holds.
    ///
    /// ```
    /// use selvedge::HostFunction;
    /// let heavy = HostFunction::typed("params.plan", |days: Vec<i64>| Ok(days.len() as i64)).with_memory(65_536);
    /// assert_eq!(heavy.cost_bytes(), 65_536);
    /// ```
    #[must_use]
    pub fn with_memory(mut self, bytes: u64) -> Self {
        self.cost_bytes = bytes;
        self
    }

    /// Promises a largest size of its results: in bytes of a text; for a list, array or map in values inside, and bytes of each text.
    /// [`Program::cost_bound`](crate::Program::cost_bound) relies on it.
    ///
    /// ```
    /// use selvedge::HostFunction;
    /// let latest = HostFunction::typed("Tables.latest", |table: String| Ok(format!("{table}/1"))).with_result_size(200);
    /// assert_eq!(latest.result_size(), Some(200));
    /// ```
    #[must_use]
    pub fn with_result_size(mut self, most: u64) -> Self {
        self.result_size = Some(most);
        self
    }

    /// Sets its effects, [`Effect::Outside`] by default; with none, equal arguments give equal results.
    /// [`Program::uses_clock`](crate::Program::uses_clock) and its siblings tell them, and a capability that is switched off stops the
    /// functions that need it.
    ///
    /// ```
    /// use selvedge::{Effect, HostFunction};
    /// let half = HostFunction::typed("Numbers.half", |n: i64| Ok(n / 2)).with_effects(&[]);
    /// assert!(half.effects().is_empty());
    /// let age = HostFunction::typed("Tables.ageMillis", |_table: String| Ok(5_i64))
    ///     .with_effects(&[Effect::Outside, Effect::Clock]);
    /// assert!(age.effects().has(Effect::Clock));
    /// ```
    #[must_use]
    pub fn with_effects(mut self, effects: &[Effect]) -> Self {
        self.effects = Effects::of(effects);
        self
    }

    /// Makes the last parameters optional; the body receives the arguments that are given. For functions made by [`new`](Self::new): a
    /// closure of [`typed`](Self::typed) takes all of its arguments.
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

    /// The number of optional parameters at the end.
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

    /// The types of its parameters; `ANY` accepts every value.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert!(attempt.parameters().is_empty());
    /// ```
    pub fn parameters(&self) -> &[Type] {
        &self.parameters
    }

    /// The type of its result; `ANY` if only the call can tell.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.result(), selvedge::Type::Long);
    /// ```
    pub fn result(&self) -> Type {
        self.result
    }

    /// The cost of a call, in steps.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.cost_steps(), 100);
    /// ```
    pub fn cost_steps(&self) -> u32 {
        self.cost_steps
    }

    /// The bytes charged before each call.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.cost_bytes(), 0);
    /// ```
    pub fn cost_bytes(&self) -> u64 {
        self.cost_bytes
    }

    /// The promised largest size of its results.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.result_size(), None);
    /// ```
    pub fn result_size(&self) -> Option<u64> {
        self.result_size
    }

    /// Its effects: what it reads besides its arguments.
    ///
    /// ```
    /// use selvedge::{Effect, HostFunction};
    /// let attempt = HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert!(attempt.effects().has(Effect::Outside));
    /// ```
    pub const fn effects(&self) -> Effects {
        self.effects
    }

    /// The value, if it is a constant.
    ///
    /// ```
    /// use selvedge::{HostFunction, Value};
    /// let retries = HostFunction::constant("Env.RETRIES", 3);
    /// assert_eq!(retries.constant_value(), Some(&Value::Long(3)));
    /// ```
    pub fn constant_value(&self) -> Option<&Value> {
        self.constant.as_ref()
    }

    /// Calls it, without a context.
    ///
    /// # Errors
    ///
    /// What the body gives; for a typed body also arguments of the wrong number or type.
    ///
    /// ```
    /// use selvedge::{HostFunction, Value};
    /// let negate = HostFunction::typed("params.negate", |truth: bool| Ok(!truth));
    /// assert_eq!(negate.call(&[true.into()])?, Value::Boolean(false));
    /// assert_eq!(negate.call(&[1.into()]).unwrap_err().message(), "argument 1: expected BOOLEAN, found LONG");
    /// # Ok::<(), selvedge::HostError>(())
    /// ```
    pub fn call(&self, arguments: &[Value]) -> Result<Value, HostError> {
        self.call_in(&HostCall::default(), arguments)
    }

    /// Calls it as a part of an evaluation.
    pub(crate) fn call_in(&self, call: &HostCall<'_>, arguments: &[Value]) -> Result<Value, HostError> {
        (self.body)(call, arguments)
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

/// The type of a constant; the null of a host is of no one type.
fn constant_type(value: &Value) -> Type {
    match value {
        Value::Null => Type::Any,
        value => value.type_of(),
    }
}
