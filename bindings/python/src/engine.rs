//! Engines: the settings that programs are compiled and evaluated with.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use selvedge::lint::{Level, Levels};
use selvedge::platform::{Platform, Stub};
use selvedge::{Capability, Dialect, Interrupt, Limits, UnknownNames, Value};
use serde::de::DeserializeOwned;

use crate::convert::{is_json, to_inputs, to_map, to_optional_map, to_value};
use crate::errors;
use crate::fork::Forkable;
use crate::give;
use crate::host;
use crate::interrupt::{CancelToken, interrupt};
use crate::program::{Call, Program};
use crate::python::types;
use crate::schema::{of_values, schema_like};

/// Compiles programs, with settings that they share: limits, functions of the host, constants, the clock.
///
/// It keeps what it compiled in a bounded cache, and may be used from any thread.
///
/// >>> import selvedge
/// >>> engine = selvedge.Engine(limits={"steps": 50_000}, constants={"Env.REGION": "eu"})
/// >>> engine.compile("Env.REGION + '/' + table", {"table": "string"}).evaluate({"table": "orders"})
/// 'eu/orders'
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct Engine {
    engine: Forkable,
    levels: Levels,
    /// How it was made, for pickling: a name of `selvedge._types` and its arguments.
    made: (&'static str, Py<PyDict>),
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (
        *, limits=None, functions=None, constants=None, clock=None, seed=None, dialect="selvedge", strict=false,
        unknown_names="error", without=Vec::new(), quote_values=true, levels=None,
    ))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn new(
        py: Python<'_>,
        limits: Option<&Bound<'_, PyAny>>,
        functions: Option<&Bound<'_, PyAny>>,
        constants: Option<&Bound<'_, PyAny>>,
        clock: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
        dialect: &str,
        strict: bool,
        unknown_names: &str,
        without: Vec<String>,
        quote_values: bool,
        levels: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        // What is given once, such as a generator, is read once.
        let functions = functions.map(|functions| types(py, "kept", (functions,))).transpose()?;
        let functions = functions.as_ref();
        let made = PyDict::new(py);
        for (name, given) in [
            ("limits", limits),
            ("functions", functions),
            ("constants", constants),
            ("clock", clock),
            ("seed", seed),
            ("levels", levels),
        ] {
            if let Some(given) = given {
                made.set_item(name, given)?;
            }
        }
        made.set_item("dialect", dialect)?;
        made.set_item("strict", strict)?;
        made.set_item("unknown_names", unknown_names)?;
        made.set_item("without", &without)?;
        made.set_item("quote_values", quote_values)?;
        let levels = to_levels(levels)?;
        let builder = selvedge::Engine::builder()
            .limits(to_limits(py, limits)?)
            .host(host::host(py, clock, seed)?)
            .host_functions(host::functions(py, functions, constants)?)
            .dialect(word(
                dialect,
                "dialect",
                &[("sel", Dialect::Sel), ("selvedge", Dialect::Selvedge)],
            )?)
            .strict(strict)
            .unknown_names(word(
                unknown_names,
                "meaning of unknown names",
                &[("error", UnknownNames::Error), ("null", UnknownNames::Null)],
            )?)
            .quote_values(quote_values)
            .lints(levels.named_lints())
            .levels(levels.clone());
        let all = Capability::ALL
            .iter()
            .map(|capability| (capability.name(), *capability));
        let all: Vec<_> = all.collect();
        let mut engine = builder;
        for name in &without {
            engine = engine.without(word(name, "capability", &all)?);
        }
        Ok(Self {
            engine: Forkable::new(engine),
            levels,
            made: ("engine", made.unbind()),
        })
    }

    /// The engine of a platform's description, as `describe` writes it or as `selvedge.toml` is: functions without a stub fail where
    /// they are called. A stub is a value, or `Stub("expression")`.
    #[staticmethod]
    #[pyo3(signature = (text, *, stubs=None))]
    fn from_description(py: Python<'_>, text: &str, stubs: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let refused = |error| errors::definition(py, &error);
        let platform = match is_json(text) {
            true => Platform::from_json(text),
            false => Platform::from_toml(text),
        };
        let mut platform = platform.map_err(refused)?;
        for entry in stubs.map(|stubs| stubs.items()).iter().flatten() {
            let (name, stub) = entry.extract::<(String, Bound<'_, PyAny>)>()?;
            let stub = match types(py, "stub_expression", (&stub,))?.extract::<Option<String>>()? {
                Some(expression) => Stub::expression(expression),
                None => Stub::value(to_value(&stub)?),
            };
            platform.stub(&name, stub).map_err(refused)?;
        }
        let made = PyDict::new(py);
        made.set_item("text", text)?;
        made.set_item("stubs", stubs)?;
        Ok(Self {
            engine: Forkable::new(platform.engine().map_err(refused)?),
            levels: platform.levels().clone(),
            made: ("described_engine", made.unbind()),
        })
    }

    /// Compiles a program against what it may read: a `Schema`, a dict of shapes, or a type; nothing where that is left out.
    ///
    /// >>> import selvedge
    /// >>> selvedge.Engine().compile("rows + 1", {"rows": "long"}).result_type
    /// 'LONG'
    #[pyo3(signature = (source, schema=None, *, timeout=None, cancel=None))]
    fn compile(
        slf: &Bound<'_, Self>,
        source: &str,
        schema: Option<&Bound<'_, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'_, CancelToken>>,
    ) -> PyResult<Program> {
        let (schema, interrupt) = (schema_or_none(schema)?, interrupt(timeout, cancel)?);
        let compiled = slf.get().compiled(slf.py(), source, &schema, &interrupt)?;
        Ok(Program::new(compiled, slf))
    }

    /// Compiles and evaluates. Without a schema, the types are those of the inputs.
    ///
    /// >>> import selvedge
    /// >>> selvedge.Engine().evaluate("price * quantity > 100", {"price": 12.5, "quantity": 9})
    /// True
    #[pyo3(signature = (source, inputs=None, *, schema=None, limits=None, timeout=None, cancel=None))]
    fn evaluate<'py>(
        slf: &Bound<'py, Self>,
        source: &str,
        inputs: Option<&Bound<'py, PyAny>>,
        schema: Option<&Bound<'py, PyAny>>,
        limits: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'py, CancelToken>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let inputs = to_inputs(inputs)?;
        let schema = match schema {
            Some(schema) => schema_like(schema)?,
            None => of_values(inputs.as_map()),
        };
        let engine = slf.get();
        let compiled = engine.compiled(py, source, &schema, &interrupt(timeout, cancel)?)?;
        let call = Call::new(engine.engine(), limits, timeout, cancel)?;
        give::value(py, call.run(py, &compiled, &inputs)?.value())
    }

    /// What is right by the language and likely not what was meant.
    ///
    /// >>> import selvedge
    /// >>> [lint.message for lint in selvedge.Engine().lint("total = 7; return 2;")]
    /// ['`total` is set and never read']
    #[pyo3(signature = (source, schema=None, *, timeout=None))]
    fn lint<'py>(
        &self,
        py: Python<'py>,
        source: &str,
        schema: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (schema, interrupt) = (schema_or_none(schema)?, interrupt(timeout, None)?);
        let wanted = self.levels.lints();
        let lints = py.detach(|| self.engine().lint_with(source, &schema, wanted, &interrupt));
        let lints = lints.map_err(|error| errors::compile(py, &error, source))?;
        errors::diagnostics(py, lints.iter().map(|lint| &lint.diagnostic), source)
    }

    /// The program that `Program.to_bytes` kept, compiled again within this engine's limits.
    fn load(slf: &Bound<'_, Self>, data: &[u8]) -> PyResult<Program> {
        let engine = slf.get().engine();
        let loaded = slf.py().detach(|| engine.load(data));
        let loaded = loaded.map_err(|error| errors::load(slf.py(), &error))?;
        Ok(Program::new(loaded, slf))
    }

    /// What the engine offers, as JSON: for `selvedge check --config`, editors, and `Engine.from_description`.
    fn describe(&self) -> String {
        self.engine().describe().to_json()
    }

    /// The limits by name; `None` if one is off.
    #[getter]
    fn limits<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for about in Limits::TABLE {
            dict.set_item(about.name, self.engine().limits().get(about.name))?;
        }
        Ok(dict)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let (name, made) = &self.made;
        let make = py.import("selvedge._types")?.getattr(*name)?;
        Ok((make, (made.bind(py).copy()?,)))
    }
}

impl Engine {
    /// The engine of this process.
    pub(crate) fn engine(&self) -> &selvedge::Engine {
        self.engine.get()
    }

    fn compiled(
        &self,
        py: Python<'_>,
        source: &str,
        schema: &selvedge::Schema,
        interrupt: &Interrupt,
    ) -> PyResult<selvedge::Program> {
        let compiled = py.detach(|| self.engine().compile_with(source, schema, interrupt));
        compiled.map_err(|error| errors::compile(py, &error, source))
    }
}

/// The engine that is given, else one with the default settings.
pub(crate) fn engine_of(given: Option<&Bound<'_, Engine>>) -> selvedge::Engine {
    given.map_or_else(selvedge::Engine::default, |engine| engine.get().engine().clone())
}

/// The limits of a set or an unfolding, which say their names themselves.
pub(crate) fn limits_of<T: DeserializeOwned>(given: &Bound<'_, PyAny>) -> PyResult<T> {
    let limits = Value::Map(to_map(given, "limits")?).deserialize();
    limits.map_err(|error| errors::usage(given.py(), format_args!("limits: {error}")))
}

/// What programs may read; nothing where that is left out.
fn schema_or_none(given: Option<&Bound<'_, PyAny>>) -> PyResult<selvedge::Schema> {
    given.map_or_else(|| Ok(selvedge::Schema::new()), schema_like)
}

/// Limits by name, over the defaults; None leaves one as it is.
pub(crate) fn to_limits(py: Python<'_>, given: Option<&Bound<'_, PyAny>>) -> PyResult<Limits> {
    let mut limits = Limits::default();
    let Some(given) = given else { return Ok(limits) };
    let wrong = |message: String| Err(errors::usage(py, format_args!("limits: {message}")));
    for entry in given.call_method0("items")?.try_iter()? {
        let (name, limit) = entry?.extract::<(String, Bound<'_, PyAny>)>()?;
        if limit.is_none() {
            continue;
        }
        let Ok(limit) = limit.extract::<u64>() else {
            return wrong(format!(
                "{name:?} is an integer from 0 to 2**64 - 1, not {}",
                limit.repr()?
            ));
        };
        if !limits.set(&name, limit) {
            let names: Vec<&str> = Limits::TABLE.iter().map(|about| about.name).collect();
            return wrong(format!("unknown limit {name:?}: expected one of {}", names.join(", ")));
        }
    }
    Ok(limits)
}

fn to_levels(given: Option<&Bound<'_, PyAny>>) -> PyResult<Levels> {
    let mut levels = Levels::default();
    for (name, level) in to_optional_map(given, "levels")? {
        let Some(level) = level.as_str() else {
            return Err(PyTypeError::new_err(format!(
                "the level of {name:?} is allow, warn or deny"
            )));
        };
        let level = word(
            level,
            "level",
            &[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)],
        )?;
        let set = levels.set(&name, level);
        set.map_err(|error| PyValueError::new_err(error.to_string()))?;
    }
    Ok(levels)
}

/// What a word stands for.
pub(crate) fn word<T: Copy>(given: &str, what: &str, known: &[(&str, T)]) -> PyResult<T> {
    let found = known.iter().find(|(name, _)| *name == given);
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        PyValueError::new_err(format!(
            "unknown {what} {given:?}: expected one of {}",
            names.join(", ")
        ))
    })
}
