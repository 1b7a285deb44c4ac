//! `selvedge explain`

use clap::Args;
use std::collections::HashSet;

use selvedge::diagnostic::{Code, escape, render_in};
use selvedge::lint::{Lint, LintSet};
use selvedge::{CompileError, CostBound, Engine, InputSizes, Interrupt, LineIndex, Position, Program, Schema};

use crate::exit::{Exit, Failed};
use crate::print::{self, show, to_error};
use crate::project;
use crate::source::SourceFlags;

/// The flags of `selvedge explain`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceFlags,
}

/// Prints what is known of a program before it runs.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.source.engine.deadline();
    let (source, origin) = arguments.source.source(deadline)?;
    let platform = arguments.source.engine.platform(deadline)?;
    let schema = match (arguments.source.engine.schema(deadline)?, platform.parameters()) {
        (Some(schema), _) => platform.readable(schema),
        (None, Some(ambient)) => ambient.clone(),
        (None, None) => Schema::open(),
    };
    let engine = project::engine(&platform)?.build();
    let Known { program, lints, cost } = match known(&engine, &source, &schema, &deadline.interrupt()) {
        Ok(known) => known,
        Err(error) => {
            to_error(&error.report(&origin));
            return Ok(Exit::of_refused(&error));
        }
    };
    print::warnings(program.warnings(), &source, &origin);
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
    let index = LineIndex::new(&source);
    show!("cost            {}", cost_text(&cost, &index));
    let reported: HashSet<Code> = program.warnings().iter().map(|warning| warning.code).collect();
    for lint in lints.iter().filter(|lint| !reported.contains(&lint.diagnostic.code)) {
        show!(
            "\nlint {}\n{}",
            lint.name,
            render_in(&lint.diagnostic, &index, &origin).trim_end()
        );
    }
    show!("\n{}", program.listing());
    Ok(Exit::Value)
}

/// What is known of a program before it runs.
struct Known {
    program: Program,
    lints: Vec<Lint>,
    /// With inputs of the sizes that are assumed where nothing is said of them.
    cost: CostBound,
}

fn known(engine: &Engine, source: &str, schema: &Schema, interrupt: &Interrupt) -> Result<Known, CompileError> {
    let program = engine.compile_with(source, schema, interrupt)?;
    Ok(Known {
        lints: engine.lint_with(source, schema, LintSet::default(), interrupt)?,
        cost: program.cost_bound_with(&InputSizes::new(), interrupt)?,
        program,
    })
}

/// The most that an evaluation uses.
pub(crate) fn cost_text(cost: &CostBound, source: &LineIndex<'_>) -> String {
    match cost {
        CostBound::Bounded { steps, bytes } => format!("at most {steps} steps and {bytes} bytes"),
        CostBound::Unbounded { span, reason } => {
            let Position { line, column } = source.position(span.start);
            format!("no bound is known at {line}:{column}: {reason}")
        }
        _ => "unknown".to_owned(),
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
