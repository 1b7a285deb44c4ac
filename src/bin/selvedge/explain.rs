//! `selvedge explain`

use clap::Args;
use selvedge::diagnostic::{Code, escape, render};
use selvedge::lint::LintSet;
use selvedge::{CostBound, InputSizes, Position, Program, Schema};

use crate::exit::{Exit, Failed};
use crate::print::{show, to_error};
use crate::settings::SourceFlags;

/// The flags of `selvedge explain`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceFlags,
}

/// Prints what is known of a program before it runs.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.source.deadline();
    let (source, origin) = arguments.source.source()?;
    let schema = arguments.source.schema(deadline)?.unwrap_or_else(Schema::open);
    let program = match arguments.source.engine().compile(&source, &schema) {
        Ok(program) => program,
        Err(error) => {
            to_error(&error.report(&origin));
            return Ok(Exit::Compile);
        }
    };
    for warning in program.warnings() {
        to_error(&render(warning, &source, &origin));
    }
    let parameters: Vec<String> = program
        .parameters()
        .map(|(name, ty)| format!("{}: {ty}", escape(name)))
        .collect();
    let host_functions: Vec<&str> = program.host_functions().collect();
    show!("result          {}", program.result_type());
    show!("parameters      {}", or_none(&parameters.join(", ")));
    show!("host functions  {}", or_none(&host_functions.join(", ")));
    show!("clock           {}", if program.uses_clock() { "yes" } else { "no" });
    show!("randomness      {}", if program.uses_random() { "yes" } else { "no" });
    show!(
        "deterministic   {}",
        if program.is_deterministic() { "yes" } else { "no" }
    );
    show!("cost            {}", cost(&program));
    let told: Vec<Code> = program.warnings().iter().map(|warning| warning.code).collect();
    let lints = program.lints(LintSet::default());
    for lint in lints.iter().filter(|lint| !told.contains(&lint.diagnostic.code)) {
        show!(
            "\nlint {}\n{}",
            lint.name,
            render(&lint.diagnostic, &source, &origin).trim_end()
        );
    }
    show!("\n{}", program.listing());
    Ok(Exit::Value)
}

/// The most that an evaluation uses, with inputs of the sizes that are assumed where nothing is said of them.
fn cost(program: &Program) -> String {
    match program.cost_bound(&InputSizes::new()) {
        CostBound::Bounded { steps, bytes } => format!("at most {steps} steps and {bytes} bytes"),
        CostBound::Unbounded { span, reason } => {
            let Position { line, column } = Position::at(program.source(), span.start);
            format!("no bound is known at {line}:{column}: {reason}")
        }
        _ => "unknown".to_owned(),
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
