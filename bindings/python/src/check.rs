//! Checks files as `selvedge check` does, and lays sources out.

use pyo3::prelude::*;
use pyo3::types::PyList;
use selvedge::params::DefinitionError;
use selvedge::project::{CheckedFile, Checker, File, Project};
use selvedge::{Engine, FormatOptions};

use crate::convert::is_json;
use crate::errors;
use crate::places::Places;
use crate::python::{data, types};
use crate::schema::schema_like;

/// Checks the expressions, sets and workflows of files. `files` has texts by name, or is the paths of files to be read; `project` is the
/// text of a `selvedge.toml`, or of a description in JSON; `schema` is what expressions may read.
///
/// >>> import selvedge
/// >>> [file] = selvedge.check_files({"daily.yaml": "params:\n  '!path': region + '/' + ronw\n"}, schema={"region": "string", "row": "long"})
/// >>> [(finding.path, finding.message) for finding in file.findings]
/// [('path', 'unknown name `ronw`')]
#[pyfunction]
#[pyo3(signature = (files, *, project=None, schema=None, deterministic=false, timeout=None))]
pub(crate) fn check_files<'py>(
    py: Python<'py>,
    files: &Bound<'py, PyAny>,
    project: Option<&str>,
    schema: Option<&Bound<'py, PyAny>>,
    deterministic: bool,
    timeout: Option<f64>,
) -> PyResult<Bound<'py, PyList>> {
    let texts: Vec<(String, String)> = types(py, "texts", (files,))?.extract()?;
    let refused = |error| errors::definition(py, &error);
    let mut checker = Checker::new(project_of(project).map_err(refused)?).map_err(refused)?;
    if let Some(schema) = schema {
        checker = checker.with_schema(&schema_like(schema)?);
    }
    checker = checker.deterministic(deterministic);
    let timeout = timeout.map(crate::interrupt::duration).transpose()?;
    if let Some(timeout) = timeout {
        checker = checker.with_timeout(timeout);
    }
    let files: Vec<File> = texts.into_iter().map(|(name, text)| File::new(name, text)).collect();
    checker = py.detach(|| checker.with_workflows(&files));
    let list = PyList::empty(py);
    for file in files {
        py.check_signals()?;
        let checked = py.detach(|| checker.check(file));
        list.append(checked_file(py, &checked, &checker)?)?;
    }
    Ok(list)
}

fn project_of(text: Option<&str>) -> Result<Project, DefinitionError> {
    let none = |_: &std::path::Path| Err("a project in Python has no other files".to_owned());
    match text {
        None => Ok(Project::new(selvedge::platform::Platform::new())),
        Some(text) if is_json(text) => Project::from_json_reading(text, &none),
        Some(text) => Project::from_toml(text),
    }
}

fn checked_file<'py>(py: Python<'py>, checked: &CheckedFile, checker: &Checker) -> PyResult<Bound<'py, PyAny>> {
    let (findings, places) = (PyList::empty(py), Places::new(&checked.text));
    for finding in &checked.findings {
        let diagnostic = errors::diagnostic(py, &finding.diagnostic, &places)?;
        findings.append(data(py, "Finding", (diagnostic, &finding.path))?)?;
    }
    let fixed = checker.fix(checked).map(|fixed| fixed.file.text);
    data(
        py,
        "CheckedFile",
        (&checked.name, &checked.text, checked.expressions, findings, fixed),
    )
}

/// Lays a source out as `selvedge fmt` does.
///
/// >>> import selvedge
/// >>> selvedge.format("a=1;return a+2;")
/// 'a = 1;\nreturn a + 2;'
#[pyfunction]
#[pyo3(signature = (source, *, width=None))]
pub(crate) fn format(py: Python<'_>, source: &str, width: Option<usize>) -> PyResult<String> {
    let mut options = FormatOptions::default();
    if let Some(width) = width {
        options = options.width(width);
    }
    let formatted = py.detach(|| Engine::default().format(source, &options));
    formatted.map_err(|error| errors::compile(py, &error, source))
}
