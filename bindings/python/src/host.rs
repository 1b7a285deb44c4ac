//! The world outside: Python callables as functions of the host, constants, and the clock and randomness of an engine.

use std::cell::RefCell;

use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use selvedge::diagnostic::Code;
use selvedge::params::{Orchestrator, answered_by};
use selvedge::{DeniedError, Effect, Host, HostError, HostFunction, HostFunctions, SystemHost, Type, Value};

use crate::convert::{to_map, to_value};
use crate::errors;
use crate::give;
use crate::python::types;

thread_local! {
    /// What the last callable that failed on this thread raised.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// Forgets what earlier calls raised.
pub(crate) fn forget() {
    RAISED.with_borrow_mut(|raised| *raised = None);
}

/// What was raised where a call stopped with this code: the cause, or what is not to be kept from the caller, such as Ctrl-C.
pub(crate) fn cause(py: Python<'_>, code: Code) -> Result<Option<PyErr>, PyErr> {
    cause_among(py, [code])
}

/// As [`cause`], where a call stopped with several codes.
pub(crate) fn cause_among(py: Python<'_>, codes: impl IntoIterator<Item = Code>) -> Result<Option<PyErr>, PyErr> {
    let raised = RAISED.with_borrow_mut(Option::take);
    match raised {
        Some(raised) if !raised.is_instance_of::<PyException>(py) => Err(raised),
        raised if codes.into_iter().any(|code| code == Code::HostFunction) => Ok(raised),
        _ => Ok(None),
    }
}

/// Raises what was raised, where that is no `Exception`; else it is kept, as it may be the cause of what is told next.
pub(crate) fn check_raised(py: Python<'_>) -> PyResult<()> {
    RAISED.with_borrow_mut(|raised| match raised.take() {
        Some(error) if !error.is_instance_of::<PyException>(py) => Err(error),
        kept => {
            *raised = kept;
            Ok(())
        }
    })
}

/// What the author of a program is told: the message of a `HostError`; of another exception its type alone, as its message may
/// hold what is not for tenants.
fn told(py: Python<'_>, error: &PyErr) -> String {
    let value = error.value(py);
    let message = types(py, "told", (value,)).and_then(|message| message.extract::<String>());
    message.unwrap_or_else(|_| "it raised an exception".to_owned())
}

/// Calls a callable with values, attached to the interpreter.
fn call(callable: &Py<PyAny>, arguments: impl FnOnce(Python<'_>) -> PyResult<Py<PyTuple>>) -> Result<Value, HostError> {
    let called = Python::try_attach(|py| {
        let called = arguments(py).and_then(|arguments| callable.bind(py).call1(arguments.bind(py)));
        let value = called.and_then(|given| to_value(&given));
        value.map_err(|error| {
            let message = told(py, &error);
            RAISED.with_borrow_mut(|raised| *raised = Some(error));
            HostError::new(message)
        })
    });
    called.unwrap_or_else(|| Err(HostError::new("the interpreter is shutting down")))
}

/// Whole numbers of what an annotation calls `float`, of which `int` is one.
fn as_double(value: Value) -> Value {
    match value {
        Value::Long(number) => Value::Double(number as f64),
        Value::LongArray(numbers) => Value::DoubleArray(numbers.iter().map(|number| *number as f64).collect()),
        other => other,
    }
}

/// A function as the Python part of the package describes it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Declared {
    name: String,
    callable: Py<PyAny>,
    parameters: Vec<(String, String)>,
    optional: usize,
    result: String,
    doc: String,
    cost: u32,
    memory: u64,
    result_size: Option<u64>,
    effects: Vec<String>,
}

impl Declared {
    fn function(self, py: Python<'_>) -> PyResult<HostFunction> {
        let callable = self.callable;
        let is_double = matches!(&*self.result, "double" | "double?" | "list<double>" | "list<double>?");
        let body = move |arguments: &[Value]| {
            let value = call(&callable, |py| {
                let arguments = arguments.iter().map(|argument| give::value(py, argument));
                let arguments = arguments.collect::<PyResult<Vec<_>>>()?;
                PyTuple::new(py, arguments).map(Bound::unbind)
            })?;
            Ok(match is_double {
                true => as_double(value),
                false => value,
            })
        };
        let any = vec![Type::Any; self.parameters.len()];
        let parameters: Vec<(&str, &str)> = self
            .parameters
            .iter()
            .map(|(name, shape)| (&**name, &**shape))
            .collect();
        let refused = |error| errors::schema(py, &error);
        let function = HostFunction::new(&self.name, &any, Type::Any, body)
            .with_optional(self.optional)
            .with_parameters(&parameters)
            .map_err(refused)?
            .with_result(&self.result)
            .map_err(refused)?
            .with_doc(&self.doc)
            .with_cost(self.cost)
            .with_memory(self.memory)
            .with_effects(&effects(&self.effects)?);
        Ok(match self.result_size {
            Some(most) => function.with_result_size(most),
            None => function,
        })
    }
}

fn effects(names: &[String]) -> PyResult<Vec<Effect>> {
    let named = |name: &String| match &**name {
        "clock" => Ok(Effect::Clock),
        "randomness" => Ok(Effect::Randomness),
        "outside" => Ok(Effect::Outside),
        other => {
            let message = format!("unknown effect {other:?}: expected clock, randomness or outside");
            Err(PyValueError::new_err(message))
        }
    };
    names.iter().map(named).collect()
}

/// The functions and constants of an engine.
pub(crate) fn functions(
    py: Python<'_>,
    given: Option<&Bound<'_, PyAny>>,
    constants: Option<&Bound<'_, PyAny>>,
) -> PyResult<HostFunctions> {
    let mut functions = HostFunctions::new();
    let refused = |error| errors::usage(py, error);
    if let Some(given) = given {
        for declared in types(py, "functions", (given,))?.extract::<Vec<Declared>>()? {
            functions.register(declared.function(py)?).map_err(refused)?;
        }
    }
    if let Some(constants) = constants {
        for (name, value) in to_map(constants, "constants")? {
            functions
                .register(HostFunction::constant(&name, value))
                .map_err(refused)?;
        }
    }
    Ok(functions)
}

/// An orchestrator whose answers a callable gives, by the name of the function of `params` and its arguments.
pub(crate) fn orchestrator(callable: Py<PyAny>) -> impl Orchestrator + 'static {
    answered_by(move |function, arguments| {
        call(&callable, |py| {
            let all = std::iter::once(function).chain(arguments.iter().copied());
            PyTuple::new(py, all.collect::<Vec<_>>()).map(Bound::unbind)
        })
    })
}

/// A clock and randomness, each the system's, fixed, or denied.
#[derive(Debug)]
pub(crate) struct Clock {
    now: Source<i64>,
    seed: Source<u64>,
}

#[derive(Clone, Copy, Debug)]
enum Source<T> {
    System,
    Fixed(T),
    Denied,
}

impl Host for Clock {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        match self.now {
            Source::System => SystemHost.now_millis(),
            Source::Fixed(now) => Ok(now),
            Source::Denied => Err(DeniedError),
        }
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        match self.seed {
            Source::System => SystemHost.random_seed(),
            Source::Fixed(seed) => Ok(seed),
            Source::Denied => Err(DeniedError),
        }
    }
}

/// The clock and randomness of an engine.
pub(crate) fn host(
    py: Python<'_>,
    clock: Option<&Bound<'_, PyAny>>,
    seed: Option<&Bound<'_, PyAny>>,
) -> PyResult<Clock> {
    let now = match clock {
        Some(clock) if clock.cast::<PyString>().is_err() => {
            Source::Fixed(types(py, "milliseconds", (clock,))?.extract()?)
        }
        clock => word(clock, "clock")?,
    };
    let seed = match seed {
        Some(seed) if seed.cast::<PyString>().is_err() => Source::Fixed(seed.extract()?),
        seed => word(seed, "seed")?,
    };
    Ok(Clock { now, seed })
}

fn word<T>(given: Option<&Bound<'_, PyAny>>, what: &str) -> PyResult<Source<T>> {
    match given.map(|given| given.extract::<String>()).transpose()?.as_deref() {
        None | Some("system") => Ok(Source::System),
        Some("denied") => Ok(Source::Denied),
        Some(other) => {
            let message = format!("unknown {what} {other:?}: expected a number, \"system\" or \"denied\"");
            Err(PyValueError::new_err(message))
        }
    }
}
