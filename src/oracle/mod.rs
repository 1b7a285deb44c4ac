//! The second evaluator: walks the typed tree in the plainest way there is, and says what a program means. The machine must
//! agree with it in value, error, steps and bytes. Only tests and fuzzing use it; it recurses, and takes its time.
//!
//! It shares the heap, the meter and the library with the machine, but nothing of lowering, registers, instructions or jumps. Only
//! what many registers take, which a program is charged for at its start, it asks the lowering for.

pub mod coverage;
pub mod generate;
pub mod stages;

use coverage::argument_cell;

use crate::check::{self, typed::TypedTree};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::engine::{Converted, Engine, EvalError, Outcome, Program, Settings};
use crate::host::{CancelToken, HostFunction, Interrupt};
use crate::inputs::Inputs;
use crate::library::declaration::Function;
use crate::limits::Usage;
use crate::lower;
use crate::machine::context::Context;
use crate::machine::coverage::ran;
pub use crate::machine::coverage::{Cell, record};
use crate::machine::input::{Input, NamedInputs};
use crate::machine::meter::Meter;
pub use crate::machine::meter::stretch::longest as longest_stretch;
#[cfg(all(feature = "oracle", feature = "project"))]
pub use crate::project::texts::{Text, texts};
use crate::schema::Schema;
use crate::source::Span;
use crate::syntax;
pub use crate::syntax::{Events, Recognised};
use crate::types::Type;
use crate::value::Value;
use crate::walk::{self, Watch};
pub use crate::work::{Stretches, Work, counted, stretches};

/// A token that is cancelled after this many looks of those who hold it.
pub fn cancel_after_looks(looks: u64) -> CancelToken {
    CancelToken::after_looks(looks)
}

/// What an evaluation came to, in a form that two evaluators can be compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The value and its type, or the error's code, message and place.
    pub outcome: Result<(Value, Type), (crate::diagnostic::Code, String, Span)>,
    /// Steps and bytes.
    pub usage: Usage,
}

/// What the recogniser makes of a text; `None` if the text nests too deep or has brackets that do not match.
pub fn recognise(source: &str) -> Option<Recognised> {
    syntax::recognise(source)
}

/// Compiles and evaluates a program with the tree-walking evaluator.
///
/// # Errors
///
/// The diagnostics of a program that is refused, which are the engine's own.
pub fn evaluate(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Result<Verdict, Vec<Diagnostic>> {
    let settings = engine.settings();
    let limits = &settings.limits;
    let parsed = syntax::parse_on(source, &settings.parse_limits());
    let parsed = parsed.map_err(|recovered| engine.all_errors(source, *recovered, schema))?;
    let checked = check::check(source, &parsed, &settings.check_options(schema))?;
    let mut tree = checked.tree;
    let register_bytes = register_bytes(&tree, settings).map_err(|diagnostic| vec![diagnostic])?;
    let texts = std::mem::take(&mut tree.texts);
    let prepared = std::mem::take(&mut tree.prepared);
    let mut meter = Meter::new(crate::engine::budgets(limits), Interrupt::default());
    let declared = tree.parameters.iter().map(|parameter| (&*parameter.name, parameter.ty));
    let (given, converted, refused) = match Converted::new(declared, inputs, &mut meter) {
        Ok((given, converted)) => (given, converted, Ok(())),
        Err(fault) => (Vec::new(), Converted::default(), Err(fault)),
    };
    let bound = converted.over(given);
    let mut context = Context::new(
        &texts,
        &prepared,
        &[],
        NamedInputs::Map(inputs.as_map()),
        &*settings.host,
        meter,
    );
    let walked = refused.map_err(|fault| (fault, Span::default())).and_then(|()| {
        let checked = walk::Checked {
            tree: &tree,
            texts: &texts,
            inputs: &bound,
            host_functions: &settings.host_functions,
            loop_iterations: limits.loop_iterations,
            register_bytes,
        };
        walk::run(&checked, &mut context, &mut Noted)
    });
    let outcome = walked.and_then(|value| {
        let whole = Span::new(0, source.len() as u32);
        let exported = context.export(value).map_err(|fault| (fault, whole))?;
        Ok((exported, value.ty))
    });
    let usage = Usage {
        steps: context.meter.steps_used(),
        memory: context.meter.memory_used(),
    };
    let outcome = outcome.map_err(|(fault, span)| {
        let given = bound.iter().map(|input| !matches!(input, Input::Absent));
        let names = tree.parameters.iter().zip(given.chain(std::iter::repeat(false)));
        let absent = names
            .filter(|&(_, given)| !given)
            .map(|(parameter, _)| &*parameter.name);
        let fault = fault.naming_absent(span.of(source), absent);
        (fault.code(), fault.message(true), span)
    });
    Ok(Verdict { outcome, usage })
}

/// Notes the types that functions are called with.
struct Noted;

impl Watch for Noted {
    fn argument(&mut self, function: &'static Function, index: usize, ty: Type) {
        ran(|| argument_cell(function, index, ty));
    }
}

/// Programs of fewer expressions and variables, each of at most two registers, fit the registers that every evaluation has.
const MANY_REGISTERS: usize = 100;

/// The bytes that the machine's registers are charged.
fn register_bytes(tree: &TypedTree, settings: &Settings) -> Result<u64, Diagnostic> {
    if tree.exprs.len() + tree.variables.len() < MANY_REGISTERS {
        return Ok(0);
    }
    let calls = tree.host_calls.iter();
    let called = calls.filter_map(|call| settings.host_functions.get(&call.0).cloned());
    let called: Vec<HostFunction> = called.collect();
    let options = lower::Options {
        host_functions: &called,
        loop_iterations: settings.limits.loop_iterations,
        traced: false,
        counted: false,
    };
    let code = lower::lower(Box::new(tree.clone()), options).map_err(|refused| *refused)?;
    Ok(code.register_bytes())
}

/// Compiles and evaluates a program with the machine, as a host does, for comparison.
///
/// # Errors
///
/// The diagnostics of a program that is refused.
pub fn evaluate_on_machine(
    engine: &Engine,
    source: &str,
    schema: &Schema,
    inputs: &Inputs,
) -> Result<Verdict, Vec<Diagnostic>> {
    let program = engine
        .compile_uncached(source, schema)
        .map_err(|error| error.diagnostics().to_vec())?;
    Ok(match program.evaluate(inputs) {
        Ok(outcome) => {
            let usage = outcome.usage();
            let ty = outcome.value_type();
            Verdict {
                outcome: Ok((outcome.into_value(), ty)),
                usage,
            }
        }
        Err(error) => {
            let usage = error.usage();
            Verdict {
                outcome: Err((error.code(), error.message().to_owned(), error.span())),
                usage,
            }
        }
    })
}

/// Evaluates a program in slices, each of which goes on from a copy of the state that the one before left.
///
/// # Errors
///
/// As [`Program::evaluate`].
pub fn evaluate_from_copies(program: &Program, inputs: &Inputs, slice_steps: u64) -> Result<Outcome, EvalError> {
    program.evaluation().evaluate_from_copies(inputs, slice_steps)
}

/// A program's source printed from its tree, and printed again from the tree of that; they must be the same.
///
/// # Errors
///
/// The diagnostic of a source that does not parse.
pub fn print_twice(source: &str) -> Result<(String, Result<String, Diagnostic>), Diagnostic> {
    let limits = syntax::ParseLimits {
        source_length: usize::MAX,
        nesting: 64,
        dialect: Dialect::Selvedge,
    };
    let printed = syntax::print(&*syntax::parse(source, &limits)?);
    let again = syntax::parse(&printed, &limits).map(|tree| syntax::print(&tree));
    Ok((printed, again))
}
