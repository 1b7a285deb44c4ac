//! The `selvedge` command: evaluates, checks and explains expressions.
#![forbid(unsafe_code)]

mod around;
mod batch;
mod check;
mod completions;
mod deadline;
mod defaults;
mod doc;
mod document;
mod eval;
mod exit;
mod explain;
mod fmt;
mod given;
mod graph;
mod output;
mod overwrite;
mod params;
mod plan;
mod print;
mod profile;
mod project;
mod reader;
mod repl;
mod settings;
mod signals;
mod source;
mod test;
mod unfold;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

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
    /// Lays out programs, and the expressions in definitions
    Fmt(fmt::Arguments),
    /// Shows an expression's type, what it reads, and its code
    Explain(explain::Arguments),
    /// Evaluates a set of parameters, or draws what reads what
    Params(params::Arguments),
    /// Walks a workflow with given outputs of its steps: what runs, and what is skipped and why
    Unfold(unfold::Arguments),
    /// Shows what a workflow's loops would run over, and what changed since another version
    Plan(plan::Arguments),
    /// Evaluates what is typed, line by line
    Repl(repl::Arguments),
    /// Prints what is known of a function, a class, a code or a lint
    Doc(doc::Arguments),
    /// Prints a script by which a shell completes the command's flags
    Completions(completions::Completions),
    /// Prints the manual's page, or writes a page of each subcommand
    Man(completions::Pages),
}

/// The arguments, in which an expression that begins with a minus, such as `-x`, stands behind a `--`: it is not a flag, as none of
/// `eval` and `explain` is a single letter but those for help and the version.
fn expression_last(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let takes_expression = arguments.get(1).is_some_and(|name| name == "eval" || name == "explain");
    let flags = arguments.iter().take_while(|argument| *argument != "--");
    let is_expression = |argument: &OsString| {
        let text = argument.to_string_lossy();
        let is_flag = ["-", "-h", "-V"].contains(&&*text) || text.starts_with("--");
        text.starts_with('-') && !is_flag
    };
    let found = flags.skip(2).position(is_expression).filter(|_| takes_expression);
    if let Some(at) = found {
        let expression = arguments.remove(at + 2);
        arguments.extend(["--".into(), expression]);
    }
    arguments
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse_from(expression_last(std::env::args_os().collect())) {
        Ok(arguments) => arguments,
        Err(error) => print::escape_arguments(error).exit(),
    };
    let exit = match arguments.command {
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Params(arguments) => params::run(&arguments),
        Command::Unfold(arguments) => unfold::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Repl(arguments) => repl::run(&arguments),
        Command::Doc(arguments) => doc::run(&arguments),
        Command::Completions(arguments) => Ok(completions::completions(&arguments, Arguments::command())),
        Command::Man(arguments) => completions::pages(&arguments, Arguments::command()),
    };
    match exit {
        Ok(exit) => exit.into(),
        Err(failed) => {
            print::failed(&failed);
            failed.exit().into()
        }
    }
}
