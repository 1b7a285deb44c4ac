//! Runs fixtures of tests, as `selvedge test` does.

use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::types::PyList;
use selvedge::testing::{Runner, Suite};

use crate::convert::is_json;
use crate::engine::{Engine, engine_of};
use crate::errors;
use crate::give;
use crate::host;
use crate::interrupt::interrupt;
use crate::python::{data, types};

/// Runs the tests of a fixture, in YAML or JSON. `files` has the texts of the files it names, by their paths in it, or is the directory
/// that they are in.
///
/// >>> import selvedge
/// >>> fixture = "tests: [{name: doubles, expression: n * 2, params: {n: 4}, expect: {value: 9}}]"
/// >>> [verdict] = selvedge.run_tests(fixture)
/// >>> verdict.passed, verdict.failures[0].differences
/// (False, [Difference(path='', wanted='9', found='8')])
#[pyfunction]
#[pyo3(signature = (text, *, files=None, engine=None, timeout=None))]
pub(crate) fn run_tests<'py>(
    py: Python<'py>,
    text: &str,
    files: Option<&Bound<'py, PyAny>>,
    engine: Option<&Bound<'py, Engine>>,
    timeout: Option<f64>,
) -> PyResult<Bound<'py, PyList>> {
    let interrupt = interrupt(timeout, None)?;
    let suite = match is_json(text) {
        true => py.detach(|| Suite::from_json(text, &interrupt)),
        false => py.detach(|| Suite::from_yaml(text, &interrupt)),
    };
    let suite = suite.map_err(|error| errors::definition(py, &error))?;
    let named: Vec<&str> = suite.tests().iter().filter_map(selvedge::testing::Test::file).collect();
    let texts: HashMap<String, String> = types(py, "named_texts", (files, named))?.extract()?;
    let read = |path: &str| texts.get(path).cloned().ok_or_else(|| "it was not given".to_owned());
    let runner = Runner::new(engine_of(engine), &read);
    let list = PyList::empty(py);
    for test in suite.tests() {
        py.check_signals()?;
        host::forget();
        let verdict = py.detach(|| runner.run(test, &interrupt));
        host::check_raised(py)?;
        let failures = give::serialized(py, &verdict.failures)?;
        let usage = give::usage(py, verdict.usage)?;
        let kind = test.kind().name();
        list.append(data(py, "verdict", (test.name(), kind, failures, usage))?)?;
    }
    Ok(list)
}
