//! What this crate takes from the Python part of the package: exceptions, data classes and helpers, from modules that are looked up
//! once.

use pyo3::call::PyCallArgs;
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// A module of the package.
struct Module(&'static str, PyOnceLock<Py<PyModule>>);

static ERRORS: Module = Module("selvedge._errors", PyOnceLock::new());
static DATA: Module = Module("selvedge._data", PyOnceLock::new());
static TYPES: Module = Module("selvedge._types", PyOnceLock::new());

impl Module {
    fn call<'py>(&self, py: Python<'py>, name: &str, arguments: impl PyCallArgs<'py>) -> PyResult<Bound<'py, PyAny>> {
        let module = self.1.get_or_try_init(py, || py.import(self.0).map(Bound::unbind))?;
        module.bind(py).getattr(name)?.call1(arguments)
    }
}

/// Calls something of `selvedge._data`.
pub(crate) fn data<'py>(py: Python<'py>, name: &str, arguments: impl PyCallArgs<'py>) -> PyResult<Bound<'py, PyAny>> {
    DATA.call(py, name, arguments)
}

/// Calls something of `selvedge._types`.
pub(crate) fn types<'py>(py: Python<'py>, name: &str, arguments: impl PyCallArgs<'py>) -> PyResult<Bound<'py, PyAny>> {
    TYPES.call(py, name, arguments)
}

/// An exception of `selvedge._errors`; what goes wrong in making it, where it cannot be made.
pub(crate) fn exception<'py>(py: Python<'py>, name: &str, arguments: impl PyCallArgs<'py>) -> PyErr {
    match ERRORS.call(py, name, arguments) {
        Ok(made) => PyErr::from_value(made),
        Err(error) => error,
    }
}

/// The module `sys` of the interpreter that imported the package.
static INTERPRETER: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// Refuses a second interpreter of the process: what is kept between calls, such as the modules above, belongs to the first.
pub(crate) fn check_interpreter(py: Python<'_>) -> PyResult<()> {
    let system = py.import("sys")?;
    let first = INTERPRETER.get_or_init(py, || system.clone().unbind());
    match first.is(&system) {
        true => Ok(()),
        false => Err(PyImportError::new_err(
            "selvedge is loaded in another interpreter of this process, and does not support subinterpreters",
        )),
    }
}
