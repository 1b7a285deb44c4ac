//! The functions of `params` that workflow authors know, declared once; an orchestrator answers them.

use std::sync::Arc;

use crate::host::{HostCall, HostError, HostFunction, HostFunctions};
use crate::types::Type;
use crate::value::Value;

/// The orchestrator's side of the functions of `params`. The default of each method is an error that says it is not available, so an
/// orchestrator implements only what it has.
///
/// A call is data going out and data coming back: texts in, a value or an error out, and nothing of the evaluation is held
/// by it. It is answered at once.
///
/// ```
/// use std::sync::Arc;
/// use selvedge::params::{Orchestrator, prelude};
/// use selvedge::{Engine, HostError, Inputs, Schema, Value};
///
/// struct Fixed;
///
/// impl Orchestrator for Fixed {
///     fn get_from_step(&self, step: &str, parameter: &str) -> Result<Value, HostError> {
///         Ok(format!("{parameter} of {step}").into())
///     }
/// }
///
/// let engine = Engine::builder().host_functions(prelude(Arc::new(Fixed))).build();
/// let program = engine.compile("params.getFromStep('load', 'rows')", &Schema::new())?;
/// assert_eq!(program.evaluate(&Inputs::new())?.value().as_str(), Some("rows of load"));
///
/// let program = engine.compile("params.nextUniqueId()", &Schema::new())?;
/// let error = program.evaluate(&Inputs::new()).unwrap_err();
/// assert!(error.message().contains("`params.nextUniqueId` is not available here"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[expect(unused_variables, reason = "the defaults look at no argument")]
pub trait Orchestrator: Send + Sync {
    /// `getFromStep(step, param)`: a parameter of a step, or a field such as `MAESTRO_STEP_STATUS`.
    ///
    /// # Errors
    ///
    /// Where there is no such step or parameter, or it has no value.
    fn get_from_step(&self, step: &str, parameter: &str) -> Result<Value, HostError> {
        not_answered("getFromStep")
    }

    /// `getFromStep(field)`: a field of the step whose parameters are evaluated.
    ///
    /// # Errors
    ///
    /// Where there is no such field.
    fn get_from_own_step(&self, field: &str) -> Result<Value, HostError> {
        not_answered("getFromStep")
    }

    /// `getFromForeach(foreachStep, step, param)`: an array, by iteration.
    ///
    /// # Errors
    ///
    /// Where there is no such step or parameter.
    fn get_from_foreach(&self, foreach_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        not_answered("getFromForeach")
    }

    /// `getFromSubworkflow(subworkflowStep, step, param)`.
    ///
    /// # Errors
    ///
    /// Where there is no such step or parameter.
    fn get_from_subworkflow(&self, subworkflow_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        not_answered("getFromSubworkflow")
    }

    /// `getFromSignal(param)` and `getFromSignal(signal, param)`.
    ///
    /// # Errors
    ///
    /// Where there is no such signal or parameter.
    fn get_from_signal(&self, signal: Option<&str>, parameter: &str) -> Result<Value, HostError> {
        not_answered("getFromSignal")
    }

    /// `getFromSignalOrDefault(signal, param, default)`.
    ///
    /// # Errors
    ///
    /// Where the orchestrator says so; by default never.
    fn get_from_signal_or_default(&self, signal: &str, parameter: &str, default: &str) -> Result<Value, HostError> {
        Ok(self
            .get_from_signal(Some(signal), parameter)
            .unwrap_or_else(|_| default.into()))
    }

    /// `getFromSignalDependency(index, param)`; the index is a text.
    ///
    /// # Errors
    ///
    /// Where there is no such dependency or parameter.
    fn get_from_signal_dependency(&self, index: &str, parameter: &str) -> Result<Value, HostError> {
        not_answered("getFromSignalDependency")
    }

    /// `getFromInstance(field)`: a field of the workflow's run.
    ///
    /// # Errors
    ///
    /// Where there is no such field.
    fn get_from_instance(&self, field: &str) -> Result<Value, HostError> {
        not_answered("getFromInstance")
    }

    /// `nextUniqueId()`.
    ///
    /// # Errors
    ///
    /// Where there is none.
    fn next_unique_id(&self) -> Result<Value, HostError> {
        not_answered("nextUniqueId")
    }

    /// `getExecutionEnvironment()`.
    ///
    /// # Errors
    ///
    /// Where there is none.
    fn get_execution_environment(&self) -> Result<Value, HostError> {
        not_answered("getExecutionEnvironment")
    }
}

fn not_answered(name: &str) -> Result<Value, HostError> {
    Err(HostError::new(format!("`params.{name}` is not available here")))
}

/// An orchestrator without answers: programs that call it compile, and stop at the call.
///
/// ```
/// use std::sync::Arc;
/// use selvedge::params::{Unanswered, prelude};
/// use selvedge::{Engine, Inputs, Schema, diagnostic::Code};
/// let engine = Engine::builder().host_functions(prelude(Arc::new(Unanswered))).build();
/// let program = engine.compile("params.nextUniqueId()", &Schema::new())?;
/// assert_eq!(program.evaluate(&Inputs::new()).unwrap_err().code(), Code::HostFunction);
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Unanswered;

impl Orchestrator for Unanswered {}

/// Returns an orchestrator that answers with a closure, which receives the name of the function of `params`, such as `getFromStep`, and its
/// arguments: for tests and tools with answers as data. `getFromSignalOrDefault` asks for `getFromSignal`.
///
/// ```
/// use std::sync::Arc;
/// use selvedge::params::{answered_by, prelude};
/// use selvedge::{Engine, HostError, Inputs, Schema};
/// let orchestrator = answered_by(|function, arguments| match (function, arguments) {
///     ("getFromStep", ["load", "rows"]) => Ok(5.into()),
///     _ => Err(HostError::new("no such answer")),
/// });
/// let engine = Engine::builder().host_functions(prelude(Arc::new(orchestrator))).build();
/// let program = engine.compile("params.getFromStep('load', 'rows')", &Schema::new())?;
/// assert_eq!(*program.evaluate(&Inputs::new())?.value(), 5.into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn answered_by<F>(answer: F) -> impl Orchestrator + 'static
where
    F: Fn(&str, &[&str]) -> Result<Value, HostError> + Send + Sync + 'static,
{
    AnsweredBy(answer)
}

struct AnsweredBy<F>(F);

impl<F: Fn(&str, &[&str]) -> Result<Value, HostError> + Send + Sync> Orchestrator for AnsweredBy<F> {
    fn get_from_step(&self, step: &str, parameter: &str) -> Result<Value, HostError> {
        self.0("getFromStep", &[step, parameter])
    }

    fn get_from_own_step(&self, field: &str) -> Result<Value, HostError> {
        self.0("getFromStep", &[field])
    }

    fn get_from_foreach(&self, foreach_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        self.0("getFromForeach", &[foreach_step, step, parameter])
    }

    fn get_from_subworkflow(&self, subworkflow_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        self.0("getFromSubworkflow", &[subworkflow_step, step, parameter])
    }

    fn get_from_signal(&self, signal: Option<&str>, parameter: &str) -> Result<Value, HostError> {
        match signal {
            Some(signal) => self.0("getFromSignal", &[signal, parameter]),
            None => self.0("getFromSignal", &[parameter]),
        }
    }

    fn get_from_signal_dependency(&self, index: &str, parameter: &str) -> Result<Value, HostError> {
        self.0("getFromSignalDependency", &[index, parameter])
    }

    fn get_from_instance(&self, field: &str) -> Result<Value, HostError> {
        self.0("getFromInstance", &[field])
    }

    fn next_unique_id(&self) -> Result<Value, HostError> {
        self.0("nextUniqueId", &[])
    }

    fn get_execution_environment(&self) -> Result<Value, HostError> {
        self.0("getExecutionEnvironment", &[])
    }
}

/// Returns the functions of `params`, answered by an orchestrator. Their arguments are texts.
///
/// ```
/// use std::sync::Arc;
/// use selvedge::params::{Unanswered, prelude};
/// use selvedge::{Engine, Schema};
/// let engine = Engine::builder().host_functions(prelude(Arc::new(Unanswered))).build();
/// let program = engine.compile("params.getFromStep('load', 'rows')", &Schema::new())?;
/// assert_eq!(program.host_functions().collect::<Vec<_>>(), ["params.getFromStep"]);
/// # Ok::<(), selvedge::CompileError>(())
/// ```
pub fn prelude(orchestrator: Arc<dyn Orchestrator>) -> HostFunctions {
    prelude_of(move |_, question| question(&*orchestrator))
}

/// The same functions; `ask` puts the question of each call to an orchestrator.
pub(crate) fn prelude_of(
    ask: impl Fn(&HostCall<'_>, Question<'_>) -> Result<Value, HostError> + Send + Sync + 'static,
) -> HostFunctions {
    let mut functions = HostFunctions::new();
    let ask = Arc::new(ask);
    for declaration in DECLARATIONS {
        let answer = declaration.answer;
        let ask = Arc::clone(&ask);
        let body = move |call: &HostCall<'_>, arguments: &[Value]| {
            let texts: Vec<&str> = arguments.iter().filter_map(Value::as_str).collect();
            match texts.len() == arguments.len() {
                true => ask(call, &|orchestrator| answer(orchestrator, &texts)),
                false => Err(HostError::new("an argument is null")),
            }
        };
        let parameters = vec![Type::String; declaration.takes];
        let function = HostFunction::in_context(declaration.name, &parameters, Type::Any, body);
        let registered = functions.register(function.with_optional(declaration.optional));
        debug_assert!(registered.is_ok(), "{}", declaration.name);
    }
    functions
}

/// What a call asks of an orchestrator.
pub(crate) type Question<'q> = &'q dyn Fn(&dyn Orchestrator) -> Result<Value, HostError>;

/// A function: its name, how many texts it takes and how many of them may be left out, and the method that answers it.
struct Declaration {
    name: &'static str,
    takes: usize,
    optional: usize,
    answer: fn(&dyn Orchestrator, &[&str]) -> Result<Value, HostError>,
}

const fn declare(
    name: &'static str,
    takes: usize,
    optional: usize,
    answer: fn(&dyn Orchestrator, &[&str]) -> Result<Value, HostError>,
) -> Declaration {
    Declaration {
        name,
        takes,
        optional,
        answer,
    }
}

const DECLARATIONS: &[Declaration] = &[
    declare("params.getFromStep", 2, 1, |host, given| match *given {
        [field] => host.get_from_own_step(field),
        [step, parameter] => host.get_from_step(step, parameter),
        _ => wrong_count(),
    }),
    declare("params.getFromForeach", 3, 0, |host, given| match *given {
        [foreach_step, step, parameter] => host.get_from_foreach(foreach_step, step, parameter),
        _ => wrong_count(),
    }),
    declare("params.getFromSubworkflow", 3, 0, |host, given| match *given {
        [subworkflow_step, step, parameter] => host.get_from_subworkflow(subworkflow_step, step, parameter),
        _ => wrong_count(),
    }),
    declare("params.getFromSignal", 2, 1, |host, given| match *given {
        [parameter] => host.get_from_signal(None, parameter),
        [signal, parameter] => host.get_from_signal(Some(signal), parameter),
        _ => wrong_count(),
    }),
    declare("params.getFromSignalOrDefault", 3, 0, |host, given| match *given {
        [signal, parameter, default] => host.get_from_signal_or_default(signal, parameter, default),
        _ => wrong_count(),
    }),
    declare("params.getFromSignalDependency", 2, 0, |host, given| match *given {
        [index, parameter] => host.get_from_signal_dependency(index, parameter),
        _ => wrong_count(),
    }),
    declare("params.getFromInstance", 1, 0, |host, given| match *given {
        [field] => host.get_from_instance(field),
        _ => wrong_count(),
    }),
    declare("params.nextUniqueId", 0, 0, |host, _| host.next_unique_id()),
    declare("params.getExecutionEnvironment", 0, 0, |host, _| {
        host.get_execution_environment()
    }),
];

fn wrong_count() -> Result<Value, HostError> {
    Err(HostError::new("wrong number of arguments"))
}
