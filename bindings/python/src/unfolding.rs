//! Unfoldings: runs of a workflow, driven by events.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use selvedge::workflow::{self, Answers, Command, CompleteError, Event, Progress, Snapshot, Status, WalkError};
use selvedge::{Interrupt, Map, Value};

use crate::convert::{to_map, to_optional_map};
use crate::errors;
use crate::events;
use crate::give;
use crate::host;
use crate::interrupt::interrupt;
use crate::sets::values;
use crate::workflow::Blueprint;

/// A run of a workflow. It does nothing by itself: events tell it what happened, and it says what is to be done.
///
/// The same events give the same state, wherever they are applied: the unfolding reads no clock and does no input or output, but what
/// its expressions ask of the engine's clock and functions.
///
/// >>> import selvedge
/// >>> text = '''
/// ... workflow:
/// ...   id: nightly
/// ...   jobs:
/// ...     - job: {id: load, type: sql, rows: 0, transition: [IF rows > 0 THEN publish, OTHERWISE alert]}
/// ...     - job: {id: publish, type: copy, note: $load__rows rows}
/// ...     - job: {id: alert, type: mail}
/// ... '''
/// >>> blueprint = selvedge.Blueprint(selvedge.Workflow.from_yaml(text))
/// >>> unfolding, commands = selvedge.Unfolding.open(blueprint)
/// >>> commands[0]["run"]["path"]
/// 'load'
/// >>> unfolding.apply({"started": {"step": "load"}})
/// []
/// >>> unfolding = selvedge.Unfolding.restore(blueprint, unfolding.snapshot())
/// >>> ended, publish, skipped = unfolding.apply({"ended": {"step": "load", "status": "succeeded", "outputs": {"rows": 12}}})
/// >>> publish
/// {'run': {'path': 'publish', 'id': 'publish', 'type': 'copy', 'parameters': {'note': '12 rows'}}}
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct Unfolding {
    state: Mutex<workflow::Unfolding>,
    /// The thread whose call is on it.
    owner: Mutex<Option<ThreadId>>,
    /// Commands of a call that Ctrl-C in a function of the host took the answer of: the next call gives them.
    untold: Mutex<Vec<Command>>,
}

/// The unfolding, as long as a call is on it.
struct Held<'u> {
    of: &'u Unfolding,
    state: MutexGuard<'u, workflow::Unfolding>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *lock(&self.of.owner) = None;
    }
}

/// What is behind a lock, which no panic leaves half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Unfolding {
    fn of(unfolding: workflow::Unfolding) -> Self {
        Self {
            state: Mutex::new(unfolding),
            owner: Mutex::new(None),
            untold: Mutex::default(),
        }
    }

    /// Does something with it, detached from the interpreter; another thread waits meanwhile. A function of the host that is called
    /// from an expression of the unfolding cannot use the same unfolding.
    fn with<T: Send>(&self, py: Python<'_>, work: impl FnOnce(&mut workflow::Unfolding) -> T + Send) -> PyResult<T> {
        if *lock(&self.owner) == Some(thread::current().id()) {
            return Err(errors::usage(
                py,
                "the unfolding is in the middle of a call; use it after that",
            ));
        }
        Ok(py.detach(|| {
            let mut held = Held {
                of: self,
                state: lock(&self.state),
            };
            *lock(&self.owner) = Some(thread::current().id());
            work(&mut held.state)
        }))
    }

    /// Tells it something, and gives what is to be done.
    fn tell<'py>(
        &self,
        py: Python<'py>,
        told: impl FnOnce(&mut workflow::Unfolding) -> Result<Vec<Command>, CompleteError> + Send,
    ) -> PyResult<Bound<'py, PyList>> {
        host::forget();
        let result = self.with(py, told)?;
        let raised = host::check_raised(py);
        match (raised, result) {
            (Ok(()), Ok(commands)) => {
                // The lock is free again before Python code may run.
                let mut all = std::mem::take(&mut *lock(&self.untold));
                all.extend(commands);
                events::commands(py, &all)
            }
            (Ok(()), Err(error)) => Err(errors::event(py, &error)),
            (Err(raised), result) => {
                lock(&self.untold).extend(result.into_iter().flatten());
                Err(raised)
            }
        }
    }
}

#[pymethods]
impl Unfolding {
    /// Begins a run with values for the workflow's parameters, and gives what is to be done. `params` may be an event too, as
    /// `Blueprint.begun` makes it.
    #[staticmethod]
    #[pyo3(signature = (blueprint, params=None, *, timeout=None))]
    fn open<'py>(
        py: Python<'py>,
        blueprint: &Bound<'py, Blueprint>,
        params: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
    ) -> PyResult<(Self, Bound<'py, PyList>)> {
        let blueprint = &blueprint.get().blueprint;
        let params = values(params)?;
        let begun = match params.get("begun") {
            Some(Value::Map(begun)) if params.len() == 1 && begun.contains_key("blueprint") => {
                events::event_of(py, &Value::Map(params))?
            }
            _ => blueprint.begun(params),
        };
        let interrupt = interrupt(timeout, None)?;
        host::forget();
        let opened = py.detach(|| workflow::Unfolding::open_with(blueprint, begun, &interrupt));
        let (unfolding, commands) = opened.map_err(|error| errors::fold(py, &error))?;
        host::check_raised(py)?;
        Ok((Self::of(unfolding), events::commands(py, &commands)?))
    }

    /// The state that events come to; the first says that it has begun.
    #[staticmethod]
    #[pyo3(signature = (blueprint, events, *, timeout=None))]
    fn fold(
        py: Python<'_>,
        blueprint: &Bound<'_, Blueprint>,
        events: &Bound<'_, PyAny>,
        timeout: Option<f64>,
    ) -> PyResult<Self> {
        let mut told = Vec::new();
        for event in events.try_iter()? {
            told.push(events::event(&event?)?);
        }
        let (blueprint, interrupt) = (&blueprint.get().blueprint, interrupt(timeout, None)?);
        host::forget();
        let folded = py.detach(|| workflow::Unfolding::fold_with(blueprint, told, &interrupt));
        let folded = folded.map_err(|error| errors::fold(py, &error))?;
        host::check_raised(py)?;
        Ok(Self::of(folded))
    }

    /// Goes on from a snapshot, with the blueprint it belongs to; nothing is evaluated again.
    #[staticmethod]
    #[pyo3(signature = (blueprint, snapshot, *, timeout=None))]
    fn restore(
        py: Python<'_>,
        blueprint: &Bound<'_, Blueprint>,
        snapshot: &str,
        timeout: Option<f64>,
    ) -> PyResult<Self> {
        let (blueprint, interrupt) = (&blueprint.get().blueprint, interrupt(timeout, None)?);
        let read = py.detach(|| serde_json::from_str::<Snapshot>(snapshot));
        let snapshot = read.map_err(|error| errors::usage(py, format_args!("no snapshot: {error}")))?;
        let restored = py.detach(|| workflow::Unfolding::restore_with(blueprint, snapshot, &interrupt));
        restored.map(Self::of).map_err(|error| errors::definition(py, &error))
    }

    /// Tells what happened, and gives its outcome: what is newly to run, what began, ended or was skipped, and why.
    #[pyo3(signature = (event, *, timeout=None))]
    fn apply<'py>(
        &self,
        py: Python<'py>,
        event: &Bound<'py, PyAny>,
        timeout: Option<f64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (event, interrupt) = (events::event(event)?, interrupt(timeout, None)?);
        self.tell(py, |unfolding| unfolding.apply_with(event, &interrupt))
    }

    /// Tells that a step was begun.
    fn started<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyList>> {
        let event = Event::started(path);
        self.tell(py, |unfolding| unfolding.apply(event))
    }

    /// Tells that a step ended, with its outputs; `error` is a text, a dict of `code` and `message`, or an exception, and means that
    /// it failed where no status says otherwise.
    #[pyo3(signature = (path, outputs=None, *, status=None, error=None))]
    fn ended<'py>(
        &self,
        py: Python<'py>,
        path: &str,
        outputs: Option<&Bound<'py, PyAny>>,
        status: Option<&str>,
        error: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let failed = if error.is_some() {
            Status::Failed
        } else {
            Status::Succeeded
        };
        let mut ended = Map::from_iter([("step", path), ("status", status.unwrap_or(failed.name()))]);
        ended.insert("outputs", to_optional_map(outputs, "outputs")?);
        if let Some(error) = error {
            ended.insert("error", events::step_error(error)?);
        }
        let event = Value::Map(Map::from_iter([("ended", ended)])).deserialize::<Event>();
        let event = event.map_err(|error| errors::usage(py, error))?;
        self.tell(py, |unfolding| unfolding.apply(event))
    }

    /// Stops all that is open; what `ALWAYS` leads to still runs.
    fn cancel<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.tell(py, |unfolding| unfolding.apply(Event::Cancelled))
    }

    /// Decides what a call that was stopped left to be decided, and gives its outcome.
    #[pyo3(signature = (*, timeout=None))]
    fn settle<'py>(&self, py: Python<'py>, timeout: Option<f64>) -> PyResult<Bound<'py, PyList>> {
        let interrupt = interrupt(timeout, None)?;
        self.tell(py, |unfolding| {
            let settled = unfolding.settle(&interrupt);
            let unsettled = |problem| CompleteError::Unsettled(Box::new(problem));
            settled.map(|()| unfolding.commands()).map_err(unsettled)
        })
    }

    /// Walks it to its end, or to a step, with answers by path or id: for trying a definition out. A step without one succeeds.
    #[pyo3(signature = (answers=None, *, until=None, timeout=None))]
    fn walk(
        &self,
        py: Python<'_>,
        answers: Option<&Bound<'_, PyAny>>,
        until: Option<&str>,
        timeout: Option<f64>,
    ) -> PyResult<()> {
        let answers = answers.map(|answers| to_map(answers, "answers")).transpose()?;
        let answers = Answers::from_map(&answers.unwrap_or_default());
        let answers = answers.map_err(|error| errors::usage(py, error))?;
        let interrupt: Interrupt = interrupt(timeout, None)?;
        host::forget();
        let walked = self.with(py, |unfolding| unfolding.walk_with(&answers, until, &interrupt))?;
        host::check_raised(py)?;
        walked.map_err(|error: WalkError| errors::event(py, error.error()))
    }

    /// The steps that are to run now, each with `path`, `id`, `type`, `parameters`, and `started` where it was begun.
    fn ready<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for step in self.with(py, |unfolding| unfolding.ready())? {
            list.append(events::ready(py, &step)?)?;
        }
        Ok(list)
    }

    /// The state as JSON text, without the definitions: `restore` goes on with it, in another process too.
    fn snapshot(&self, py: Python<'_>) -> PyResult<String> {
        let snapshot = self.with(py, |unfolding| unfolding.snapshot())?;
        let written = py.detach(|| serde_json::to_string(&snapshot));
        written.map_err(|error| errors::usage(py, error))
    }

    /// A step of a path, as in `tree`; `None` if there is none.
    fn step<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let copy = self.with(py, |unfolding| unfolding.clone())?;
        let step = copy.step_at(path);
        step.map(|step| give::serialized(py, &step)).transpose()
    }

    /// All steps with their states and parameters, why some are skipped, and what went wrong.
    fn tree<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let copy = self.with(py, |unfolding| unfolding.clone())?;
        give::serialized(py, &copy.tree())
    }

    /// A step's timeout, retry policy, alerts, notes and signals, the names in their texts replaced.
    fn attributes<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyDict>> {
        host::forget();
        let attributes = self.with(py, |unfolding| unfolding.attributes(path))?;
        host::check_raised(py)?;
        let attributes = attributes.map_err(|problem| errors::definition(py, &problem.into()))?;
        give::map(py, &attributes)
    }

    /// How far it is: `running`, or how it ended.
    #[getter]
    fn progress(&self, py: Python<'_>) -> PyResult<&'static str> {
        Ok(match self.with(py, |unfolding| unfolding.progress())? {
            Progress::Ended(status) => status.name(),
            _ => "running",
        })
    }

    /// Whether all is decided that can be: so it is but where a call was stopped.
    #[getter]
    fn is_settled(&self, py: Python<'_>) -> PyResult<bool> {
        self.with(py, |unfolding| unfolding.is_settled())
    }

    /// What the last call that could change it used.
    #[getter]
    fn usage<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let usage = self.with(py, |unfolding| unfolding.usage())?;
        give::usage(py, usage)
    }

    /// The bytes of memory that it keeps.
    #[getter]
    fn kept_bytes(&self, py: Python<'_>) -> PyResult<u64> {
        self.with(py, |unfolding| unfolding.kept_bytes())
    }

    /// The tree as text, as `selvedge unfold` prints it.
    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        let copy = self.with(py, |unfolding| unfolding.clone())?;
        Ok(copy.tree().to_string())
    }
}
