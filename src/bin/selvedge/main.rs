//! The `selvedge` command: evaluates, checks and explains expressions.
#![forbid(unsafe_code)]

mod around;
mod batch;
mod check;
mod deadline;
mod defaults;
mod document;
mod eval;
mod exit;
mod explain;
mod output;
mod overwrite;
mod params;
mod plan;
mod print;
mod project;
mod reader;
mod settings;
mod signals;
mod test;
mod unfold;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use print::tell;

/// Runs users' expressions safely: typed, budgeted, sandboxed.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Evaluates an expression or program and prints its value as JSON
    Eval(eval::Arguments),
    /// Evaluates JSON lines from standard input, one JSON line each in order
    Batch(batch::Arguments),
    /// Checks the expressions in files, and says where in a file each problem is
    Check(check::Arguments),
    /// Runs the tests of fixtures, files such as `load.test.yaml`, and says what is not as they expect
    Test(test::Arguments),
    /// Shows an expression's type, what it reads, and its code
    Explain(explain::Arguments),
    /// Evaluates a set of parameters, or draws what reads what
    Params(params::Arguments),
    /// Walks a workflow with given outputs of its steps: what runs, and what is skipped and why
    Unfold(unfold::Arguments),
    /// Shows what a workflow's loops would run over, and what changed since another version
    Plan(plan::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => print::escape_arguments(error).exit(),
    };
    let exit = match arguments.command {
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Params(arguments) => params::run(&arguments),
        Command::Unfold(arguments) => unfold::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
    };
    match exit {
        Ok(exit) => exit.into(),
        Err(failed) => {
            if !matches!(failed, exit::Failed::Told) {
                tell!("error: {}", print::one_line(failed.message()));
            }
            failed.exit().into()
        }
    }
}
