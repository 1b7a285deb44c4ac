//! `selvedge eval`

use std::path::PathBuf;

use clap::Args;
use selvedge::diagnostic::render;
use selvedge::{EvalError, Outcome, Schema, TraceLimits, Type, Usage};

use crate::exit::{Exit, Failed};
use crate::given;
use crate::output::{self, Answer};
use crate::print::{self, report, to_error};
use crate::profile;
use crate::project;
use crate::source::SourceFlags;

/// The flags of `selvedge eval`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceFlags,
    /// A parameter; the value is JSON, else text, and text where the schema says so
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// A JSON file of parameters
    #[arg(long, value_name = "FILE.json")]
    params: Option<PathBuf>,
    /// Print the steps and bytes used to standard error
    #[arg(long)]
    usage: bool,
    /// Print each assignment and each condition that was decided to standard error, with its line
    #[arg(long)]
    trace: bool,
    /// Print the steps and bytes that each line used to standard error
    #[arg(long, conflicts_with = "trace")]
    profile: bool,
    /// How many lines of a trace are printed
    #[arg(long, value_name = "EVENTS", default_value_t = TraceLimits::default().events, requires = "trace")]
    max_trace: usize,
    /// How values and errors are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How values and errors are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// The value as JSON on standard output, errors as text on standard error
    #[default]
    Text,
    /// One JSON object on standard output
    Json,
}

/// Evaluates, and prints its result.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.source.engine.deadline();
    let (source, origin) = arguments.source.source(deadline)?;
    let platform = arguments.source.engine.platform(deadline)?;
    let schema = arguments.source.engine.schema(deadline)?;
    let schema = schema.map(|schema| platform.readable(schema));
    let is_text = |name: &str| schema.as_ref().and_then(|schema| schema.get(name)) == Some(Type::String);
    let inputs = given::inputs(arguments.params.as_deref(), &arguments.parameters, is_text, deadline)?;
    let schema = match schema {
        Some(schema) => schema,
        None => project::typed_by(&platform, Schema::infer_from(inputs.as_map().iter())),
    };
    let compiled = project::engine(&platform)?
        .build()
        .compile_with(&source, &schema, &deadline.interrupt());
    let program = match compiled {
        Ok(program) => program,
        Err(error) => {
            let exit = Exit::of_refused(&error);
            match arguments.format {
                Format::Text => to_error(&error.report(&origin)),
                Format::Json => print::json(&Answer::from(error)),
            }
            return Ok(exit);
        }
    };
    if arguments.format == Format::Text {
        print::warnings(program.warnings(), &source, &origin);
    }
    let mut evaluation = program.evaluation();
    if let Some(left) = deadline.left() {
        evaluation = evaluation.timeout(left);
    }
    let result = match (arguments.trace, arguments.profile) {
        (true, _) => {
            let limits = TraceLimits::default().events(arguments.max_trace);
            let (result, trace) = evaluation.trace(&inputs, limits);
            to_error(&output::trace(&trace, &source, &origin));
            result
        }
        (false, true) => {
            let (result, found) = profile::evaluate(&evaluation, &inputs)?;
            to_error(&profile::table(&found, used(&result), &source));
            result
        }
        (false, false) => evaluation.evaluate(&inputs),
    };
    print_usage(arguments, &result);
    Ok(match (result, arguments.format) {
        (result, Format::Json) => {
            let exit = match &result {
                Ok(_) => Exit::Value,
                Err(_) => Exit::Evaluation,
            };
            print::json(&Answer::from(result));
            exit
        }
        (Ok(outcome), Format::Text) => {
            print::json(outcome.value());
            Exit::Value
        }
        (Err(error), Format::Text) => {
            to_error(&render(&error.diagnostic(), &source, &origin));
            Exit::Evaluation
        }
    })
}

fn print_usage(arguments: &Arguments, result: &Result<Outcome, EvalError>) {
    let used = used(result);
    if arguments.usage {
        report!("{} steps, {} bytes", used.steps, used.memory);
    }
}

/// What an evaluation used, whatever its outcome.
pub(crate) fn used(result: &Result<Outcome, EvalError>) -> Usage {
    match result {
        Ok(outcome) => outcome.usage(),
        Err(error) => error.usage(),
    }
}
