//! Parameter sets: read, changed by whoever starts a run, planned, and evaluated.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use selvedge::params::{self, Occasion, Report, Scope};

use crate::convert::{to_map, to_optional_map};
use crate::engine::{Engine, engine_of, limits_of, word};
use crate::errors;
use crate::give;
use crate::host;
use crate::interrupt::{CancelToken, interrupt};
use crate::python::data;
use crate::schema::Schema;
use crate::scope::Around;
use crate::workflow::read;

/// Definitions of parameters: literals, texts with names in them, expressions.
///
/// >>> import selvedge
/// >>> parameters = selvedge.ParameterSet.from_yaml("day: 20260105\ntable: orders_$day\n'!next<long>': day + 1")
/// >>> parameters.evaluate({"day": 20260106})
/// {'day': 20260106, 'table': 'orders_20260106', 'next': 20260107}
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct ParameterSet {
    set: params::ParameterSet,
    /// The definitions as JSON, for pickling.
    json: String,
}

impl ParameterSet {
    fn new(py: Python<'_>, set: params::ParameterSet) -> PyResult<Self> {
        let json = serde_json::to_string(&set).map_err(|error| errors::usage(py, error))?;
        Ok(Self { set, json })
    }
}

#[pymethods]
impl ParameterSet {
    /// Reads definitions that are written out, in JSON.
    #[staticmethod]
    #[pyo3(signature = (text, *, timeout=None))]
    fn from_json(py: Python<'_>, text: &str, timeout: Option<f64>) -> PyResult<Self> {
        Self::new(py, read(py, text, timeout, params::ParameterSet::from_json_with)?)
    }

    /// Reads definitions in YAML and its shorthand.
    #[staticmethod]
    #[pyo3(signature = (text, *, timeout=None))]
    fn from_yaml(py: Python<'_>, text: &str, timeout: Option<f64>) -> PyResult<Self> {
        Self::new(py, read(py, text, timeout, params::ParameterSet::from_yaml_with)?)
    }

    /// The names, in order.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.set.iter().map(|(name, _)| name).collect()
    }

    /// The definitions as JSON, written out.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// The same set with values for its parameters, where their modes allow it on the occasion: `start`, `restart`, `definition`,
    /// `output` or `system`.
    #[pyo3(signature = (values, *, occasion="start", engine=None))]
    fn set_values(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyAny>,
        occasion: &str,
        engine: Option<&Bound<'_, Engine>>,
    ) -> PyResult<Self> {
        let (mut set, values, occasion) = (self.set.clone(), to_map(values, "values")?, occasion_of(occasion)?);
        let refused = |error| errors::definition(py, &error);
        set.knows(&values).map_err(refused)?;
        set.set_values_for(&engine_of(engine), &values, occasion)
            .map_err(refused)?;
        Self::new(py, set)
    }

    /// The same set with the definitions of another laid over it.
    #[pyo3(signature = (changes, *, occasion="definition"))]
    fn redefine(&self, py: Python<'_>, changes: &Bound<'_, Self>, occasion: &str) -> PyResult<Self> {
        let mut set = self.set.clone();
        let redefined = set.redefine(&changes.get().set, occasion_of(occasion)?);
        redefined.map_err(|error| errors::definition(py, &error))?;
        Self::new(py, set)
    }

    /// Finds the order and the types of everything, and all that is wrong, before anything runs. `around` has values or a `Schema`
    /// of what is there beside the set; `steps` has what steps that ran have given, a `Schema` of it, or None of one that was skipped.
    #[pyo3(signature = (*, engine=None, around=None, steps=None, signals=None, timeout=None))]
    fn plan(
        &self,
        py: Python<'_>,
        engine: Option<&Bound<'_, Engine>>,
        around: Option<&Bound<'_, PyAny>>,
        steps: Option<&Bound<'_, PyDict>>,
        signals: Option<&Bound<'_, PyDict>>,
        timeout: Option<f64>,
    ) -> PyResult<Plan> {
        let scope = Around { around, steps, signals }.scope()?;
        self.planned(py, &engine_of(engine), &scope, timeout).map(Plan)
    }

    /// Plans and evaluates at once, and gives the values. `values` are laid over the definitions, as at a start.
    #[pyo3(signature = (values=None, *, engine=None, around=None, steps=None, signals=None, timeout=None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        values: Option<&Bound<'py, PyAny>>,
        engine: Option<&Bound<'py, Engine>>,
        around: Option<&Bound<'py, PyAny>>,
        steps: Option<&Bound<'py, PyDict>>,
        signals: Option<&Bound<'py, PyDict>>,
        timeout: Option<f64>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let set = match values {
            Some(values) => &self.set_values(py, values, "start", engine)?,
            None => self,
        };
        let scope = Around { around, steps, signals }.scope()?;
        let plan = set.planned(py, &engine_of(engine), &scope, timeout)?;
        let report = evaluated(py, &plan, &scope, timeout, None)?;
        match report.error() {
            Some(error) => Err(errors::definition(py, &error.clone().into())),
            None => give::map(py, &report.values()),
        }
    }

    fn __len__(&self) -> usize {
        self.set.len()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&str,))> {
        Ok((py.get_type::<Self>().getattr("from_json")?, (&self.json,)))
    }
}

impl ParameterSet {
    fn planned(
        &self,
        py: Python<'_>,
        engine: &selvedge::Engine,
        scope: &Scope,
        timeout: Option<f64>,
    ) -> PyResult<params::Plan> {
        let (limits, interrupt) = (params::SetLimits::of_plans(), interrupt(timeout, None)?);
        let planned = py.detach(|| self.set.plan_with(engine, scope, &limits, &interrupt));
        planned.map_err(|error| errors::definition(py, &error))
    }
}

/// A set of parameters in the order of their evaluation, checked: it may be evaluated as often as needed.
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct Plan(params::Plan);

#[pymethods]
impl Plan {
    /// The names in the order of evaluation.
    #[getter]
    fn order(&self) -> Vec<&str> {
        self.0.order().collect()
    }

    /// The types of the parameters.
    #[getter]
    fn schema(&self) -> Schema {
        Schema(self.0.schema())
    }

    /// What its author should know, though it was accepted.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        errors::problems(py, self.0.warnings())
    }

    /// The names that a parameter reads.
    fn reads(&self, name: &str) -> Vec<String> {
        self.0.reads(name).map(str::to_owned).collect()
    }

    /// Evaluates all parameters. What goes wrong is in the report, with what was evaluated before.
    ///
    /// >>> import selvedge
    /// >>> plan = selvedge.ParameterSet.from_yaml("'!share<long>': 100 / parts").plan(around=selvedge.Schema({"parts": "long"}))
    /// >>> plan.evaluate({"parts": 4}).values
    /// {'share': 25}
    /// >>> plan.evaluate({"parts": 0}).error.code
    /// 'E503'
    #[pyo3(signature = (around=None, *, steps=None, signals=None, limits=None, timeout=None, cancel=None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        around: Option<&Bound<'py, PyAny>>,
        steps: Option<&Bound<'py, PyDict>>,
        signals: Option<&Bound<'py, PyDict>>,
        limits: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'py, CancelToken>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let scope = Around { around, steps, signals }.scope()?;
        let report = match limits {
            Some(limits) => {
                let plan = self.0.clone().with_limits(limits_of(limits)?);
                evaluated(py, &plan, &scope, timeout, cancel)?
            }
            None => evaluated(py, &self.0, &scope, timeout, cancel)?,
        };
        report_of(py, &report)
    }
}

fn occasion_of(name: &str) -> PyResult<Occasion> {
    let known = [
        ("start", Occasion::Start),
        ("restart", Occasion::Restart),
        ("definition", Occasion::Definition),
        ("output", Occasion::Output),
        ("system", Occasion::System),
    ];
    word(name, "occasion", &known)
}

fn evaluated(
    py: Python<'_>,
    plan: &params::Plan,
    scope: &Scope,
    timeout: Option<f64>,
    cancel: Option<&Bound<'_, CancelToken>>,
) -> PyResult<Report> {
    let interrupt = interrupt(timeout, cancel)?;
    host::forget();
    let report = py.detach(|| plan.evaluate_with(scope, &interrupt));
    host::check_raised(py)?;
    Ok(report)
}

fn report_of<'py>(py: Python<'py>, report: &Report) -> PyResult<Bound<'py, PyAny>> {
    let parameters = PyDict::new(py);
    for (name, evaluated) in report.parameters() {
        let value = give::value(py, &evaluated.value)?;
        let reads: Vec<&str> = evaluated.reads.iter().map(|name| &**name).collect();
        let usage = (evaluated.steps, evaluated.memory);
        parameters.set_item(name, data(py, "evaluated", (evaluated.type_name, value, reads, usage))?)?;
    }
    let error = report.error().map(|error| errors::problem(py, error)).transpose()?;
    let not_evaluated: Vec<&str> = report.not_evaluated().collect();
    let warnings = errors::problems(py, report.warnings())?;
    let usage = give::usage(py, report.usage())?;
    data(
        py,
        "Report",
        (parameters, error, not_evaluated, warnings, usage, report.to_text()),
    )
}

/// Values for parameters, or none.
pub(crate) fn values(given: Option<&Bound<'_, PyAny>>) -> PyResult<selvedge::Map> {
    to_optional_map(given, "parameters")
}
