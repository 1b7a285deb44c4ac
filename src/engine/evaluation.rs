//! One evaluation of a program, and its result.

use std::time::{Duration, Instant};

use super::bind::Converted;
use super::error::EvalError;
use super::outcome::Outcome;
use super::program::Program;
use super::spans;
use crate::host::{CancelToken, Host, HostCall, Interrupt};
use crate::inputs::Inputs;
use crate::limits::{Limits, Usage};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
#[cfg(feature = "params")]
use crate::machine::input::{FoundNames, Lookup};
use crate::machine::input::{Input, NamedInputs};
use crate::machine::meter::{Budgets, Meter};
use crate::machine::run::run;
use crate::machine::stopped::{Stopped, Why};
use crate::machine::trace_log::TraceLog;
use crate::source::Span;
use crate::value;

/// An evaluation to configure and run.
///
/// ```
/// use std::time::Duration;
/// use selvedge::{CancelToken, Engine, FixedHost, Inputs, Schema, diagnostic::Code};
///
/// let program = Engine::default().compile("while (true) { }", &Schema::new())?;
/// let token = CancelToken::new();
/// token.cancel();
/// let stopped = program.evaluation().cancel(token).timeout(Duration::from_millis(5)).evaluate(&Inputs::new());
/// assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone)]
pub struct Evaluation<'e> {
    program: &'e Program,
    host: &'e dyn Host,
    budgets: Budgets,
    timeout: Option<Duration>,
    cancel: Option<CancelToken>,
    call: HostCall<'e>,
}

impl Program {
    /// Evaluates it with the engine's limits and host.
    ///
    /// # Errors
    ///
    /// What the program threw, what went wrong in it, or the budget it used up.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, Type, diagnostic::Code};
    /// let program = Engine::default().compile("120 / count", &Schema::new().with("count", Type::Long))?;
    /// assert_eq!(program.evaluate(&Inputs::new().with("count", 4))?.value().as_long(), Some(30));
    /// let stopped = program.evaluate(&Inputs::new().with("count", 0)).unwrap_err();
    /// assert_eq!(stopped.code(), Code::DivisionByZero);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate(&self, inputs: &Inputs) -> Result<Outcome, EvalError> {
        self.evaluation().evaluate(inputs)
    }

    /// Evaluates it with parameters by slot: no name lookup and no copies. The slice is in the order of  [`Program::parameters`]; what lies
    /// beyond its end is absent.
    ///
    /// # Errors
    ///
    /// As [`Program::evaluate`].
    ///
    /// ```
    /// use selvedge::{Engine, Input, Schema, Type};
    /// let schema = Schema::new().with("xs", Type::LongArray);
    /// let program = Engine::default().compile("xs[0] + xs[xs.length - 1]", &schema)?;
    /// let days = vec![20240101, 20240102];
    /// let outcome = program.evaluate_slots(&[Input::LongArray(&days)])?;
    /// assert_eq!(outcome.value().as_long(), Some(40480203));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate_slots(&self, inputs: &[Input<'_>]) -> Result<Outcome, EvalError> {
        self.evaluation().evaluate_slots(inputs)
    }

    /// Starts to configure an evaluation: a deadline, a cancel token, another host.
    ///
    /// ```
    /// use selvedge::{Engine, FixedHost, Inputs, Schema};
    /// let program = Engine::default().compile("System.currentTimeMillis()", &Schema::new())?;
    /// let then = FixedHost { now_millis: 1_704_067_200_000, seed: 1 };
    /// let outcome = program.evaluation().host(&then).evaluate(&Inputs::new())?;
    /// assert_eq!(outcome.value().as_long(), Some(1_704_067_200_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluation(&self) -> Evaluation<'_> {
        Evaluation::new(self)
    }
}

impl<'e> Evaluation<'e> {
    pub(super) fn new(program: &'e Program) -> Self {
        let settings = &program.inner().settings;
        Self {
            program,
            host: &*settings.host,
            budgets: budgets(&settings.limits),
            timeout: settings.limits.timeout,
            cancel: None,
            call: HostCall::default(),
        }
    }

    pub(super) fn program(&self) -> &'e Program {
        self.program
    }

    #[cfg(feature = "profile")]
    pub(super) fn host_of(&self) -> &'e dyn Host {
        self.host
    }

    #[cfg(feature = "profile")]
    pub(super) fn call_of(&self) -> HostCall<'e> {
        self.call
    }

    /// The same evaluation of another program.
    pub(super) fn of<'o>(&self, program: &'o Program) -> Evaluation<'o>
    where
        'e: 'o,
    {
        Evaluation {
            program,
            ..self.clone()
        }
    }

    /// Sets the host of this evaluation.
    ///
    /// ```
    /// use selvedge::{Engine, FixedHost, Inputs, Schema};
    /// let program = Engine::default().compile("Math.random()", &Schema::new())?;
    /// let host = FixedHost { now_millis: 0, seed: 7 };
    /// let draw = || program.evaluation().host(&host).evaluate(&Inputs::new());
    /// assert_eq!(draw()?.value(), draw()?.value());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn host(mut self, host: &'e dyn Host) -> Self {
        self.host = host;
        self
    }

    /// Sets a context for host functions: see [`HostCall::context`].
    ///
    /// ```
    /// use selvedge::{Engine, HostFunction, HostFunctions, Inputs, Schema, Type};
    /// let mut functions = HostFunctions::new();
    /// functions.register(HostFunction::in_context("params.attempt", &[], Type::Any, |call, _| {
    ///     Ok(call.context::<i64>().copied().into())
    /// }))?;
    /// let engine = Engine::builder().host_functions(functions).build();
    /// let program = engine.compile("params.attempt()", &Schema::new())?;
    /// let outcome = program.evaluation().context(&3_i64).evaluate(&Inputs::new())?;
    /// assert_eq!(outcome.value().as_long(), Some(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn context<T: std::any::Any + Send + Sync>(self, context: &'e T) -> Self {
        self.with_call(HostCall::with(Some(context)))
    }

    pub(crate) fn with_call(mut self, call: HostCall<'e>) -> Self {
        self.call = call;
        self
    }

    /// Sets the most time it may take; checked every few thousand steps.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{Engine, Inputs, Schema, diagnostic::Code};
    /// let program = Engine::default().compile("while (true) { }", &Schema::new())?;
    /// let stopped = program.evaluation().timeout(Duration::ZERO).evaluate(&Inputs::new());
    /// assert_eq!(stopped.unwrap_err().code(), Code::Deadline);
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets a token with which another thread can stop it.
    #[must_use]
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.cancel = Some(token);
        self
    }

    /// Sets the budgets of this evaluation: steps, memory, array length, string length, map entries and result size. The limits of
    /// compiling (source length, nesting, loop iterations) stay the engine's.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Limits, Schema, diagnostic::Code};
    /// let program = Engine::default().compile("i = 0; while (i < 1000) { i += 1; } return i;", &Schema::new())?;
    /// let few = Limits::default().steps(100);
    /// let stopped = program.evaluation().limits(&few).evaluate(&Inputs::new()).unwrap_err();
    /// assert_eq!(stopped.code(), Code::StepBudget);
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    #[must_use]
    pub fn limits(mut self, limits: &Limits) -> Self {
        self.budgets = budgets(limits);
        self.timeout = limits.timeout;
        self
    }

    /// Runs it with parameters by name. A value of another type than the declared one is converted if nothing is lost, as
    /// [`Value::coerce_to`](crate::Value::coerce_to) does; a name that is computed at run time, `params[name]`, reads the value as it was
    /// given.
    ///
    /// # Errors
    ///
    /// What the program threw, what went wrong in it, or the budget it used up.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, Type};
    /// let program = Engine::default().compile("share * 100", &Schema::new().with("share", Type::Double))?;
    /// // A LONG is taken for a DOUBLE.
    /// let outcome = program.evaluation().evaluate(&Inputs::new().with("share", 2))?;
    /// assert_eq!(outcome.value().as_double(), Some(200.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate(&self, inputs: &Inputs) -> Result<Outcome, EvalError> {
        spans::evaluating(self.program, || self.evaluate_named(inputs))
    }

    #[inline(always)]
    fn evaluate_named(&self, inputs: &Inputs) -> Result<Outcome, EvalError> {
        let mut meter = self.meter();
        let (given, converted) = self.convert(inputs, &mut meter)?;
        let bound = converted.over(given);
        self.run(&bound, NamedInputs::Map(inputs.as_map()), meter)
    }

    /// As [`Evaluation::evaluate_slots`], where names that are computed are looked up in a set that is being evaluated; those found
    /// are added to `found`.
    #[cfg(feature = "params")]
    pub(crate) fn evaluate_known(
        &self,
        inputs: &[Input<'_>],
        lookup: &dyn Lookup,
        found: &FoundNames,
    ) -> Result<Outcome, EvalError> {
        let named = NamedInputs::Known { lookup, found };
        spans::evaluating(self.program, || self.run(inputs, named, self.meter()))
    }

    /// As [`Evaluation::evaluate`], of a program that is lowered to be traced; the log is lent to the run.
    pub(super) fn evaluate_traced(
        &self,
        inputs: &Inputs,
        log: &mut Option<Box<TraceLog>>,
    ) -> Result<Outcome, EvalError> {
        let mut meter = self.meter();
        let (given, converted) = self.convert(inputs, &mut meter)?;
        let bound = converted.over(given);
        let named = NamedInputs::Map(inputs.as_map());
        let mut context = self.begin(&bound, named, meter);
        context.traced = log.take();
        let result = self.run_in(&mut context);
        *log = context.traced.take();
        result
    }

    /// Runs it with parameters by slot; see [`Program::evaluate_slots`].
    ///
    /// # Errors
    ///
    /// As [`Evaluation::evaluate`].
    ///
    /// ```
    /// use selvedge::{CancelToken, Engine, Input, Schema, Type};
    /// let program = Engine::default().compile("n + 1", &Schema::new().with("n", Type::Long))?;
    /// let evaluation = program.evaluation().cancel(CancelToken::new());
    /// assert_eq!(evaluation.evaluate_slots(&[Input::Long(41)])?.value().as_long(), Some(42));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate_slots(&self, inputs: &[Input<'_>]) -> Result<Outcome, EvalError> {
        let names = &self.program.inner().code.parameters;
        let named = NamedInputs::Slots { names, values: inputs };
        spans::evaluating(self.program, || self.run(inputs, named, self.meter()))
    }

    #[inline(always)]
    pub(super) fn meter(&self) -> Meter {
        let interrupt = Interrupt {
            deadline: self.timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
            cancel: self.cancel.clone(),
        };
        Meter::new(self.budgets, interrupt)
    }

    #[cold]
    fn failed(&self, stopped: Stopped, context: &Context<'_>) -> EvalError {
        let Stopped { why, instruction } = stopped;
        let fault = match why {
            Why::Fault(fault) => fault,
            Why::Slice => Fault::internal("only an evaluation in slices pauses"),
        };
        let spans = &self.program.inner().code.spans;
        let span = spans.get(instruction).copied().unwrap_or_default();
        let names = (0..).zip(self.program.parameters());
        let absent = names
            .filter(|&(slot, _)| context.is_absent(slot))
            .map(|(_, (name, _))| name);
        let fault = fault.naming_absent(span.of(self.program.source()), absent);
        self.stopped(fault, span, &context.meter)
    }

    #[cold]
    pub(super) fn stopped(&self, fault: Fault, span: Span, meter: &Meter) -> EvalError {
        let quote_values = self.program.inner().settings.quote_values;
        EvalError::new(fault, span, self.program.source(), usage(meter), quote_values)
    }

    // Inlined, so that the meter is made where it is used: a copy of it takes a tenth of a small program's time.
    #[inline(always)]
    fn run<'p>(&'p self, inputs: &'p [Input<'p>], named: NamedInputs<'p>, meter: Meter) -> Result<Outcome, EvalError> {
        let mut context = self.begin(inputs, named, meter);
        self.run_in(&mut context)
    }

    // What every way to evaluate begins with.

    /// The values of the program's slots, and those made of them that are of the declared types.
    #[inline(always)]
    pub(super) fn convert<'v>(
        &self,
        inputs: &'v Inputs,
        meter: &mut Meter,
    ) -> Result<(Vec<Input<'v>>, Converted), EvalError> {
        let converted = Converted::new(self.program.parameters(), inputs, meter);
        converted.map_err(|fault| self.stopped(fault, Span::default(), meter))
    }

    /// What the run works on.
    #[inline(always)]
    pub(super) fn begin<'p>(&'p self, inputs: &'p [Input<'p>], named: NamedInputs<'p>, meter: Meter) -> Context<'p> {
        let code = &self.program.inner().code;
        let mut context = Context::new(&code.constants, &code.prepared, inputs, named, self.host, meter);
        context.call = self.call;
        if self.program.inner().settings.coverage.is_some() {
            context.traced = Some(Box::new(TraceLog::counting(code.trace_sites.len())));
        }
        context
    }

    #[inline(always)]
    fn run_in<'p>(&'p self, context: &mut Context<'p>) -> Result<Outcome, EvalError> {
        let result = run(&self.program.inner().code, context);
        self.finish(context, result)
    }

    /// Counts what ran of the program.
    #[cold]
    fn count(&self, context: &mut Context<'_>, value: Option<&Any>) {
        let inner = self.program.inner();
        let hits = context.traced.as_mut().and_then(|log| log.hits.take());
        if let (Some(coverage), Some(hits)) = (&inner.settings.coverage, hits) {
            coverage.add(&inner.source, &inner.code, &hits, value);
        }
    }

    /// The result of a run: its value, converted for the host.
    #[inline(always)]
    pub(super) fn finish(
        &self,
        context: &mut Context<'_>,
        result: Result<Any, Box<Stopped>>,
    ) -> Result<Outcome, EvalError> {
        if self.program.inner().settings.coverage.is_some() {
            self.count(context, result.as_ref().ok());
        }
        let result = match result {
            Ok(result) => result,
            Err(stopped) => return Err(self.failed(*stopped, context)),
        };
        match context.export(result) {
            Ok(value) => Ok(Outcome {
                value,
                ty: result.ty,
                usage: usage(&context.meter),
            }),
            Err(fault) => {
                let whole = Span::new(0, self.program.source().len() as u32);
                Err(self.stopped(fault, whole, &context.meter))
            }
        }
    }
}

pub(super) fn usage(meter: &Meter) -> Usage {
    Usage {
        steps: meter.steps_used(),
        memory: meter.memory_used(),
    }
}

pub(crate) fn budgets(limits: &Limits) -> Budgets {
    Budgets {
        steps: limits.steps,
        memory: limits.memory,
        array_length: limits.array_length,
        string_length: limits.string_length,
        map_entries: limits.map_entries,
        result_size: limits.result_size,
        value_nesting: value::MAX_DEPTH as u64,
    }
}
