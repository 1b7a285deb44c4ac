//! Programs: evaluated as often as needed, from any thread.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use selvedge::{CostBound, InputSizes, Inputs, Limits, Outcome, Size, TraceLimits, TraceStep, Type};

use crate::convert::to_inputs;
use crate::engine::{Engine, to_limits};
use crate::errors;
use crate::give;
use crate::host;
use crate::interrupt::{CancelToken, duration, evaluate};
use crate::places::Places;
use crate::python::data;

/// A compiled program. It is made by `Engine.compile`, cannot change, and may be evaluated by several threads at once.
///
/// >>> import pickle, selvedge
/// >>> program = selvedge.Engine().compile("rows > 10", {"rows": "long"})
/// >>> program.evaluate({"rows": 12}), pickle.loads(pickle.dumps(program)).evaluate({"rows": 3})
/// (True, False)
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct Program {
    program: selvedge::Program,
    engine: Py<Engine>,
}

impl Program {
    pub(crate) fn new(program: selvedge::Program, engine: &Bound<'_, Engine>) -> Self {
        Self {
            program,
            engine: engine.clone().unbind(),
        }
    }

    fn outcome(
        &self,
        py: Python<'_>,
        inputs: Option<&Bound<'_, PyAny>>,
        limits: Option<&Bound<'_, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'_, CancelToken>>,
    ) -> PyResult<Outcome> {
        let call = Call::new(self.engine.get().engine(), limits, timeout, cancel)?;
        call.run(py, &self.program, &to_inputs(inputs)?)
    }
}

/// What one evaluation is done with.
pub(crate) struct Call {
    limits: Option<Limits>,
    steps: u64,
    timeout: Option<f64>,
    cancel: Option<selvedge::CancelToken>,
}

impl Call {
    pub(crate) fn new(
        engine: &selvedge::Engine,
        limits: Option<&Bound<'_, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'_, CancelToken>>,
    ) -> PyResult<Self> {
        let limits = limits.map(|limits| to_limits(limits.py(), Some(limits))).transpose()?;
        let steps = limits.as_ref().unwrap_or(engine.limits()).get("steps");
        Ok(Self {
            limits,
            steps: steps.unwrap_or(u64::MAX),
            timeout,
            cancel: cancel.map(|token| token.get().0.clone()),
        })
    }

    fn evaluation<'e>(&self, program: &'e selvedge::Program) -> PyResult<selvedge::Evaluation<'e>> {
        let mut evaluation = program.evaluation();
        if let Some(limits) = &self.limits {
            evaluation = evaluation.limits(limits);
        }
        if let Some(seconds) = self.timeout {
            evaluation = evaluation.timeout(duration(seconds)?);
        }
        Ok(match &self.cancel {
            Some(token) => evaluation.cancel(token.clone()),
            None => evaluation,
        })
    }

    pub(crate) fn run(&self, py: Python<'_>, program: &selvedge::Program, inputs: &Inputs) -> PyResult<Outcome> {
        let evaluation = self.evaluation(program)?;
        host::forget();
        let result = evaluate(py, &evaluation, inputs, self.steps)?;
        result.map_err(|error| errors::evaluation(py, &error, program.source()))
    }
}

#[pymethods]
impl Program {
    /// Evaluates it with a dict of parameters, a data class or a model, and gives the value.
    #[pyo3(signature = (inputs=None, *, limits=None, timeout=None, cancel=None))]
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        inputs: Option<&Bound<'py, PyAny>>,
        limits: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'py, CancelToken>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let outcome = self.outcome(py, inputs, limits, timeout, cancel)?;
        give::value(py, outcome.value())
    }

    /// As `evaluate`, and gives also the value's type and what it used.
    ///
    /// >>> import selvedge
    /// >>> selvedge.Engine().compile("1 + 2").run()
    /// Outcome(value=3, type='LONG', usage=Usage(steps=2, memory=0))
    #[pyo3(signature = (inputs=None, *, limits=None, timeout=None, cancel=None))]
    fn run<'py>(
        &self,
        py: Python<'py>,
        inputs: Option<&Bound<'py, PyAny>>,
        limits: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'py, CancelToken>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        outcome_of(py, &self.outcome(py, inputs, limits, timeout, cancel)?)
    }

    /// As `run`, and writes down what is assigned and which ways are taken. What goes wrong is in the trace, not raised.
    ///
    /// >>> import selvedge
    /// >>> program = selvedge.Engine().compile("int s = 0; if (n > 1) { s = n * 2; } return s;", {"n": "long"})
    /// >>> [(event.text, event.value) for event in program.trace({"n": 4}).events]
    /// [('int s = 0;', '0'), ('n > 1', True), ('s = n * 2', '8')]
    #[pyo3(signature = (inputs=None, *, events=1_000, value_bytes=120, limits=None, timeout=None, cancel=None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn trace<'py>(
        &self,
        py: Python<'py>,
        inputs: Option<&Bound<'py, PyAny>>,
        events: usize,
        value_bytes: usize,
        limits: Option<&Bound<'py, PyAny>>,
        timeout: Option<f64>,
        cancel: Option<&Bound<'py, CancelToken>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let call = Call::new(self.engine.get().engine(), limits, timeout, cancel)?;
        let (inputs, evaluation) = (to_inputs(inputs)?, call.evaluation(&self.program)?);
        let traced = TraceLimits::default().events(events).value_bytes(value_bytes);
        host::forget();
        let (result, trace) = py.detach(|| evaluation.trace(&inputs, traced));
        let (outcome, error) = match result {
            Ok(outcome) => (Some(outcome_of(py, &outcome)?), None),
            Err(error) => {
                let error = errors::evaluation(py, &error, self.program.source());
                match error.is_instance_of::<pyo3::exceptions::PyException>(py) {
                    true => (None, Some(error.into_value(py))),
                    false => return Err(error),
                }
            }
        };
        let (list, source) = (PyList::empty(py), self.program.source());
        let places = Places::new(source);
        for event in trace.events() {
            let (start, end) = places.characters(event.span);
            let line = places.position(event.span.start).line;
            let place = (start, end, line, event.span.of(source));
            list.append(match &event.step {
                TraceStep::Assigned { target, value } => data(py, "trace_event", (place, target, value))?,
                TraceStep::Branched { held } => data(py, "trace_event", (place, py.None(), held))?,
                _ => continue,
            })?;
        }
        data(py, "Trace", (list, trace.left_out(), outcome, error))
    }

    /// What an evaluation uses at most with inputs of these sizes. A size is what a parameter's value may be at most: an int for the
    /// bytes of a text, the elements of an array or the values inside a map, or a range of a LONG as `range(0, 100)`.
    ///
    /// >>> import selvedge
    /// >>> program = selvedge.Engine().compile("name + '!'", {"name": "string"})
    /// >>> program.cost_bound({"name": 10}).steps < 20
    /// True
    #[pyo3(signature = (sizes=None))]
    fn cost_bound<'py>(&self, py: Python<'py>, sizes: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        let mut known = InputSizes::new();
        for entry in sizes.map(|sizes| sizes.items()).iter().flatten() {
            let (name, size) = entry.extract::<(String, Bound<'_, PyAny>)>()?;
            let found = self.program.parameters().find(|(known, _)| *known == name);
            let size = size_of(&size, found.map_or(Type::Any, |(_, ty)| ty))?;
            known = known.with(&name, size);
        }
        match py.detach(|| self.program.cost_bound(&known)) {
            CostBound::Bounded { steps, bytes } => data(py, "CostBound", (steps, bytes, py.None(), py.None())),
            CostBound::Unbounded { span, reason } => {
                let place = Places::new(self.program.source()).characters(span);
                data(py, "CostBound", (py.None(), py.None(), reason, place))
            }
            _ => data(py, "CostBound", (py.None(), py.None(), "unknown", py.None())),
        }
    }

    /// The program as bytes, to be kept or sent; `Engine.load` reads them.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.program.to_bytes())
    }

    /// The machine code as text, for people.
    fn listing(&self) -> String {
        self.program.listing()
    }

    /// The text it was compiled from.
    #[getter]
    fn source(&self) -> &str {
        self.program.source()
    }

    /// The type of its result, `ANY` where only the run can tell.
    #[getter]
    fn result_type(&self) -> &'static str {
        self.program.result_type().name()
    }

    /// The parameters that it reads, with their types.
    #[getter]
    fn parameters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, ty) in self.program.parameters() {
            dict.set_item(name, ty.name())?;
        }
        Ok(dict)
    }

    /// The functions of the host that it calls.
    #[getter]
    fn functions(&self) -> Vec<&str> {
        self.program.host_functions().collect()
    }

    /// What of the host it may read: `clock`, `randomness`, `outside`.
    #[getter]
    fn effects<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        give::serialized(py, &self.program.effects())
    }

    /// Whether equal parameters always give an equal value.
    #[getter]
    fn is_deterministic(&self) -> bool {
        self.program.is_deterministic()
    }

    /// What its author should know, though it was accepted.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        errors::diagnostics(py, self.program.warnings(), self.program.source())
    }

    /// The engine that compiled it.
    #[getter]
    fn engine(&self, py: Python<'_>) -> Py<Engine> {
        self.engine.clone_ref(py)
    }

    fn __repr__(&self) -> String {
        format!(
            "<selvedge.Program {:?} -> {}>",
            self.program.source(),
            self.result_type()
        )
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Py<Engine>, Bound<'py, PyBytes>))> {
        let load = py.import("selvedge._types")?.getattr("loaded")?;
        Ok((load, (self.engine.clone_ref(py), self.to_bytes(py))))
    }
}

fn outcome_of<'py>(py: Python<'py>, outcome: &Outcome) -> PyResult<Bound<'py, PyAny>> {
    let (value, usage) = (give::value(py, outcome.value())?, give::usage(py, outcome.usage())?);
    data(py, "Outcome", (value, outcome.value_type().name(), usage))
}

/// The size that a number or a range stands for, of a parameter of a type.
fn size_of(given: &Bound<'_, PyAny>, ty: Type) -> PyResult<Size> {
    if let Ok(most) = given.extract::<u64>() {
        return Ok(match ty {
            Type::Long => Size::number(0..=i64::try_from(most).unwrap_or(i64::MAX)),
            Type::String | Type::DateTime => Size::text(most),
            Type::LongArray | Type::DoubleArray | Type::BooleanArray => Size::array(most),
            Type::StringArray => Size::texts(most, most),
            _ => Size::nested(most, most),
        });
    }
    let start = given.getattr("start")?.extract::<i64>()?;
    let end = given.getattr("stop")?.extract::<i64>()?;
    Ok(Size::number(start..=end.saturating_sub(1).max(start)))
}
