//! The outside world as a program sees it: clock and randomness from one trait, functions that the host registers, and a
//! token by which it stops an evaluation.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use indexmap::IndexMap;
use thiserror::Error;

use crate::diagnostic::quote;
use crate::types::Type;
use crate::value::Value;

/// What a host denies an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the host denies it")]
pub struct DeniedError;

/// Where an evaluation's time and randomness come from. Nothing else of the outside reaches a program, but the host functions
/// it calls.
pub trait Host: fmt::Debug + Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// Where the host denies the clock; the program gets `E517`.
    fn now_millis(&self) -> Result<i64, DeniedError>;

    /// The seed of an evaluation's random numbers; asked for at most once in an evaluation, when the first is drawn. The
    /// same seed gives the same numbers.
    ///
    /// # Errors
    ///
    /// Where the host denies randomness; the program gets `E517`.
    fn random_seed(&self) -> Result<u64, DeniedError>;
}

/// The system's clock and randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemHost;

impl Host for SystemHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        Ok(match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
        })
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        // The standard library seeds its hash maps from the system's entropy; a hash of nothing is that seed, mixed.
        Ok(RandomState::new().build_hasher().finish())
    }
}

/// A clock that stands still and a seed that is always the same: evaluations are reproducible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FixedHost {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub now_millis: i64,
    /// The seed of every evaluation's random numbers.
    pub seed: u64,
}

impl Host for FixedHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        Ok(self.now_millis)
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        Ok(self.seed)
    }
}

/// Neither clock nor randomness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeniedHost;

impl Host for DeniedHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        Err(DeniedError)
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        Err(DeniedError)
    }
}

/// The random numbers of one evaluation: `SplitMix64` (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", 2014). Reproducible from its seed; not for secrets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RandomSource {
    state: u64,
}

impl RandomSource {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub(crate) const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Stops evaluations from another thread; clones stop together.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// A token that is not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops every evaluation that holds a clone of this token, within a millisecond of work.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why a host function failed, in one line that the program's author may read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct HostError(pub String);

/// The body of a host function.
type Body = dyn Fn(&[Value]) -> Result<Value, HostError> + Send + Sync;

/// A function of the host that programs call as `params.name(…)`.
#[derive(Clone)]
pub struct HostFunction {
    name: Box<str>,
    parameters: Box<[Type]>,
    result: Type,
    cost_steps: u32,
    body: Arc<Body>,
}

impl HostFunction {
    /// A function with its name (`params.` and an identifier), the types it takes, the type it gives, and its body. A call
    /// costs 100 steps.
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
            cost_steps: 100,
            body: Arc::new(body),
        }
    }

    /// The same with another cost of a call, in steps.
    #[must_use]
    pub fn with_cost(mut self, steps: u32) -> Self {
        self.cost_steps = steps;
        self
    }

    /// Its name, such as `params.getFromStep`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The types it takes; `ANY` takes every value.
    pub fn parameters(&self) -> &[Type] {
        &self.parameters
    }

    /// The type it gives; `ANY` where only the call can tell.
    pub fn result(&self) -> Type {
        self.result
    }

    /// What a call costs, in steps.
    pub fn cost_steps(&self) -> u32 {
        self.cost_steps
    }

    /// Calls it.
    ///
    /// # Errors
    ///
    /// What the body gives.
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

/// The functions a host registered, by name.
///
/// ```
/// use selvedge::{Engine, HostFunction, HostFunctions, Inputs, Schema, Type, Value};
///
/// let mut functions = HostFunctions::default();
/// functions.register(HostFunction::new("params.getFromStep", &[Type::String, Type::String], Type::Any, |arguments| {
///     let step = arguments[0].as_str().unwrap_or_default();
///     Ok(Value::from(format!("rows of {step}")))
/// }))?;
/// let engine = Engine::builder().host_functions(functions).build();
/// let program = engine.compile("params.getFromStep('load', 'rows')", &Schema::new())?;
/// assert_eq!(program.evaluate(&Inputs::new())?.value().as_str(), Some("rows of load"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct HostFunctions {
    by_name: IndexMap<Box<str>, HostFunction>,
}

/// Why a host function was not registered.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct RegisterError(String);

impl HostFunctions {
    /// Registers a function.
    ///
    /// # Errors
    ///
    /// Where the name is not `params.` and an identifier, is one of the built-in `params.get` and `params.containsKey`, or
    /// is registered already.
    pub fn register(&mut self, function: HostFunction) -> Result<(), RegisterError> {
        let name = function.name();
        let identifier = name.strip_prefix("params.").unwrap_or("");
        let mut characters = identifier.chars();
        let starts = characters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_' || first == '$');
        let goes_on = characters.all(|next| next.is_alphanumeric() || next == '_' || next == '$');
        if !(starts && goes_on) {
            let message = format!("{} is not a name of the form `params.identifier`", quote(name));
            return Err(RegisterError(message));
        }
        if matches!(identifier, "get" | "containsKey") {
            return Err(RegisterError(format!("{} is built in", quote(name))));
        }
        if self.by_name.contains_key(name) {
            return Err(RegisterError(format!("{} is registered already", quote(name))));
        }
        self.by_name.insert(name.into(), function);
        Ok(())
    }

    /// The function of this full name.
    pub fn get(&self, name: &str) -> Option<&HostFunction> {
        self.by_name.get(name)
    }

    /// All names, in the order of registration.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| &**name)
    }
}
