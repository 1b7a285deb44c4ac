//! Functions of the host that stubs answer.

use std::sync::Arc;

use super::function::{Function, Parameter};
use super::shape::Shaped;
use super::stub::Stub;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::engine::{CompileError, Engine, Program};
use crate::host::{DeniedHost, HostError, HostFunction, HostFunctions};
use crate::inputs::Inputs;
use crate::library::capability::Capability;
use crate::limits::Limits;
use crate::schema::Schema;
use crate::source::Span;
use crate::types::Type;
use crate::value::Value;

/// Why a stub does not fit its function.
pub(super) enum Misfit {
    /// The value is none that the function gives.
    Value(String),
    /// The expression is wrong, or gives something else.
    Expression(Vec<Diagnostic>),
}

/// What calls of a function do.
pub(super) enum Answer {
    Value(Value),
    Program(Program),
    /// They fail.
    None,
}

/// What stubs are compiled with: constants, and no functions.
pub(super) fn engine(constants: HostFunctions, limits: &Limits) -> Engine {
    let builder = Engine::builder().host(DeniedHost).host_functions(constants);
    let builder = builder.without(Capability::Clock).without(Capability::Randomness);
    builder.limits(limits.clone()).build()
}

impl Function {
    /// What its calls do, by its stub.
    pub(super) fn answer(&self, engine: &Engine) -> Result<Answer, Misfit> {
        match &self.stub {
            None => Ok(Answer::None),
            Some(Stub::Value(value)) => self.result.fit(value.clone()).map(Answer::Value).map_err(Misfit::Value),
            Some(Stub::Expression(source)) => self.compiled(engine, source).map_err(Misfit::Expression),
        }
    }

    fn compiled(&self, engine: &Engine, source: &str) -> Result<Answer, Vec<Diagnostic>> {
        let schema = self.parameters.iter().fold(Schema::new(), |schema, parameter| {
            let shape = match parameter.is_optional {
                true => format!("{}?", parameter.shape()),
                false => parameter.shape().to_owned(),
            };
            let with_type = schema.clone().with(&parameter.name, Type::Any);
            schema.with_shape(&parameter.name, &shape).unwrap_or(with_type)
        });
        let refused = |error: CompileError| error.diagnostics().to_vec();
        let program = engine.compile_uncached(source, &schema).map_err(refused)?;
        let given = program.result_type();
        // One that only throws says what it throws when it is called.
        match program.never_ends() || self.result.may_be(given) {
            true => Ok(Answer::Program(program)),
            false => {
                let whole = Span::new(0, source.len() as u32);
                let message = format!("expected {}, found {given}", quote(self.result.text()));
                let error = Diagnostic::error(Code::ResultType, whole, message);
                Err(vec![error.with_help(format!(
                    "{} gives {}",
                    quote(&self.name),
                    quote(self.result.text())
                ))])
            }
        }
    }

    /// The function of the host, whose calls are answered so.
    pub(super) fn host_function(&self, answer: Answer) -> HostFunction {
        let types: Vec<Type> = self.parameters.iter().map(|parameter| parameter.shaped.ty).collect();
        let body = Arc::new(Body {
            name: self.name.clone(),
            parameters: self.parameters.clone(),
            result: self.result.clone(),
            answer,
        });
        let optional = self
            .parameters
            .iter()
            .rev()
            .take_while(|parameter| parameter.is_optional);
        let mut function = HostFunction::new(&self.name, &types, self.result.ty, move |given| body.call(given))
            .with_optional(optional.count())
            .with_cost(self.cost_steps)
            .with_memory(self.cost_bytes)
            .with_effects(&self.effects.iter().collect::<Vec<_>>())
            .with_doc(&self.doc);
        if let Some(most) = self.result_size {
            function = function.with_result_size(most);
        }
        let parameters = self
            .parameters
            .iter()
            .map(|parameter| (&*parameter.name, parameter.shape()));
        let parameters: Vec<(&str, &str)> = parameters.collect();
        let plain = function.clone();
        // The texts were read before, with these types.
        let reported = function.with_parameters(&parameters);
        reported
            .and_then(|reported| reported.with_result(self.result.text()))
            .unwrap_or(plain)
    }
}

struct Body {
    name: Box<str>,
    parameters: Vec<Parameter>,
    result: Shaped,
    answer: Answer,
}

impl Body {
    fn call(&self, arguments: &[Value]) -> Result<Value, HostError> {
        let mut inputs = Inputs::new();
        for (index, parameter) in self.parameters.iter().enumerate() {
            let given = arguments.get(index).cloned();
            let fitting = given.map(|given| parameter.shaped.fit(given)).transpose();
            let fitting =
                fitting.map_err(|why| HostError::new(format!("argument {}: {why}", quote(&parameter.name))))?;
            inputs.set(&*parameter.name, fitting.unwrap_or_default());
        }
        let value = match &self.answer {
            Answer::Value(value) => return Ok(value.clone()),
            Answer::Program(program) => {
                let stopped = |error| HostError::new(format!("its stub stopped: {error}"));
                program.evaluate(&inputs).map_err(stopped)?.into_value()
            }
            Answer::None => {
                let name = &self.name;
                return Err(HostError::new(format!(
                    "it is declared but not implemented here; add a stub, `[functions.{name}.stub]` with a `value` or an `expression`"
                )));
            }
        };
        let misfit = |why| HostError::new(format!("its stub does not return what it declares: {why}"));
        self.result.fit(value).map_err(misfit)
    }
}
