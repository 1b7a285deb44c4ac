//! Workflow definitions, and blueprints: definitions checked once, from which runs are unfolded.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use selvedge::params::DefinitionError;
use selvedge::workflow::{self, Defaults, Step};
use selvedge::{Interrupt, Schema};

use crate::convert::is_json;
use crate::engine::{Engine, engine_of, limits_of};
use crate::errors;
use crate::events;
use crate::give;
use crate::host;
use crate::interrupt::interrupt;
use crate::schema::schema_like;
use crate::sets::values;

/// A definition of a workflow: its parameters and steps.
///
/// >>> import selvedge
/// >>> workflow = selvedge.Workflow.from_yaml("workflow: {id: w, jobs: [{job: {id: load, type: sql}}]}")
/// >>> workflow.id, workflow.steps
/// ('w', [{'id': 'load', 'type': 'sql', 'transitions': [], 'steps': []}])
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct Workflow {
    workflow: workflow::Workflow,
    is_yaml: bool,
}

#[pymethods]
impl Workflow {
    /// Reads a definition in JSON, written out.
    #[staticmethod]
    #[pyo3(signature = (text, *, timeout=None))]
    fn from_json(py: Python<'_>, text: &str, timeout: Option<f64>) -> PyResult<Self> {
        let workflow = read(py, text, timeout, workflow::Workflow::from_json_with)?;
        Ok(Self {
            workflow,
            is_yaml: false,
        })
    }

    /// Reads a definition in YAML, in the shorthand or written out.
    #[staticmethod]
    #[pyo3(signature = (text, *, timeout=None))]
    fn from_yaml(py: Python<'_>, text: &str, timeout: Option<f64>) -> PyResult<Self> {
        let workflow = read(py, text, timeout, workflow::Workflow::from_yaml_with)?;
        Ok(Self {
            workflow,
            is_yaml: true,
        })
    }

    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        self.workflow.id()
    }

    /// The text it was read from.
    #[getter]
    fn text(&self) -> &str {
        self.workflow.text()
    }

    /// The names of its parameters.
    #[getter]
    fn parameters(&self) -> Vec<&str> {
        self.workflow.params().iter().map(|(name, _)| name).collect()
    }

    /// Its steps, each with `id`, `type`, the steps it leads to, and the steps inside it.
    #[getter]
    fn steps<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        steps(py, self.workflow.steps())
    }

    fn __repr__(&self) -> String {
        format!("<selvedge.Workflow {:?}>", self.workflow.id())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&str,))> {
        let name = if self.is_yaml { "from_yaml" } else { "from_json" };
        Ok((py.get_type::<Self>().getattr(name)?, (self.workflow.text(),)))
    }
}

/// Reads definitions, until there is no more time.
pub(crate) fn read<T: Send>(
    py: Python<'_>,
    text: &str,
    timeout: Option<f64>,
    reader: impl FnOnce(&str, &Interrupt) -> Result<T, DefinitionError> + Send,
) -> PyResult<T> {
    let interrupt = interrupt(timeout, None)?;
    let read = py.detach(|| reader(text, &interrupt));
    read.map_err(|error| errors::definition(py, &error))
}

/// As deep as definitions nest, which reading them bounds.
fn steps<'py>(py: Python<'py>, of: &[Step]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for step in of {
        let transitions: Vec<&str> = step.transitions().iter().map(workflow::Transition::to).collect();
        let dict = PyDict::new(py);
        dict.set_item("id", step.id())?;
        dict.set_item("type", step.type_name())?;
        dict.set_item("transitions", transitions)?;
        dict.set_item("steps", steps(py, step.inner())?)?;
        list.append(dict)?;
    }
    Ok(list)
}

/// A workflow and those inside it, checked before anything runs: what unfoldings are made of.
///
/// `answers` is called with the name of a function of `params` and its arguments, such as `("getFromInstance", "workflow_id")`.
///
/// >>> import selvedge
/// >>> text = "workflow: {id: w, day: 20260105, jobs: [{job: {id: load, type: sql, '!next<long>': day + 1}}]}"
/// >>> blueprint = selvedge.Blueprint(selvedge.Workflow.from_yaml(text))
/// >>> unfolding, commands = selvedge.Unfolding.open(blueprint)
/// >>> commands
/// [{'run': {'path': 'load', 'id': 'load', 'type': 'sql', 'parameters': {'next': 20260106}}}]
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct Blueprint {
    pub(crate) blueprint: workflow::Blueprint,
}

#[pymethods]
impl Blueprint {
    #[new]
    #[pyo3(signature = (
        workflow, *, engine=None, subworkflows=None, surroundings=None, signals=None, defaults=None, limits=None, answers=None,
        timeout=None,
    ))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn new(
        py: Python<'_>,
        workflow: &Bound<'_, Workflow>,
        engine: Option<&Bound<'_, Engine>>,
        subworkflows: Option<&Bound<'_, PyAny>>,
        surroundings: Option<&Bound<'_, PyAny>>,
        signals: Option<&Bound<'_, PyDict>>,
        defaults: Option<&str>,
        limits: Option<&Bound<'_, PyAny>>,
        answers: Option<Py<PyAny>>,
        timeout: Option<f64>,
    ) -> PyResult<Self> {
        let mut builder = workflow::Blueprint::builder(workflow.get().workflow.clone());
        if let Some(subworkflows) = subworkflows {
            for subworkflow in subworkflows.try_iter()? {
                let subworkflow = subworkflow?;
                let subworkflow = subworkflow.cast::<Workflow>()?;
                builder = builder.subworkflow(subworkflow.get().workflow.clone());
            }
        }
        if let Some(surroundings) = surroundings {
            builder = builder.surroundings(schema_like(surroundings)?);
        }
        for entry in signals.map(|signals| signals.items()).iter().flatten() {
            let (name, types) = entry.extract::<(String, Bound<'_, PyAny>)>()?;
            let types = if types.is_none() {
                Schema::open()
            } else {
                schema_like(&types)?
            };
            builder = builder.signal(&name, types);
        }
        if let Some(text) = defaults {
            let read = match is_json(text) {
                true => Defaults::from_json(text),
                false => Defaults::from_yaml(text),
            };
            builder = builder.defaults(read.map_err(|error| errors::definition(py, &error))?);
        }
        if let Some(limits) = limits {
            builder = builder.limits(limits_of(limits)?);
        }
        if let Some(answers) = answers {
            builder = builder.orchestrator(host::orchestrator(answers));
        }
        let (engine, interrupt) = (engine_of(engine), interrupt(timeout, None)?);
        let built = py.detach(|| builder.build_with(&engine, &interrupt));
        let blueprint = built.map_err(|error| errors::definition(py, &error))?;
        Ok(Self { blueprint })
    }

    /// The hash of the definitions, of what they are laid over, and of the limits: snapshots and events belong to it.
    #[getter]
    fn hash(&self) -> &str {
        self.blueprint.hash()
    }

    /// What the author should know, though the definitions were accepted.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        errors::problems(py, self.blueprint.warnings())
    }

    /// The first event of an unfolding, with values for the workflow's parameters. `again` is for a restart, where modes allow less.
    #[pyo3(signature = (params=None, *, again=false))]
    fn begun<'py>(
        &self,
        py: Python<'py>,
        params: Option<&Bound<'py, PyAny>>,
        again: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        events::begun(py, &self.blueprint, &values(params)?, again)
    }

    /// What the workflow's triggers by signals are, their texts and expressions evaluated where they can be.
    fn triggers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        host::forget();
        let triggers = py.detach(|| workflow::Unfolding::triggers(&self.blueprint));
        let list = PyList::empty(py);
        for trigger in triggers.map_err(|problem| errors::definition(py, &problem.into()))? {
            list.append(give::map(py, &trigger)?)?;
        }
        Ok(list)
    }
}
