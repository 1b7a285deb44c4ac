//! `selvedge repl`

mod command;
mod complete;
mod history;
mod known;
mod lines;
mod running;
mod session;
mod shown;
mod terminal;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::Args;

use crate::exit::{Exit, Failed};
use crate::given;
use crate::print::show;
use crate::source::EngineFlags;
use history::History;
use lines::{Lines, Piped, Read};
use running::Running;
use session::{Flow, Session};
use terminal::Terminal;

/// The flags of `selvedge repl`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A parameter; the value is JSON, else text
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// A JSON file of parameters
    #[arg(long, value_name = "FILE.json")]
    params: Option<PathBuf>,
    /// Where inputs are kept from one session at a terminal to the next [default: selvedge/history below the user's folder for state]
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Keep no inputs
    #[arg(long, conflicts_with = "history")]
    no_history: bool,
    #[command(flatten)]
    engine: EngineFlags,
}

/// Evaluates inputs until they end; without a terminal, those of standard input.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.engine.deadline();
    let platform = arguments.engine.platform(deadline)?;
    let schema = arguments.engine.schema(deadline)?;
    let inputs = given::inputs(arguments.params.as_deref(), &arguments.parameters, |_| false, deadline)?;
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let running = Running::default();
    running.listen(is_terminal)?;
    let mut session = Session::new(&platform, schema, inputs, running)?;
    match is_terminal {
        true => {
            let history = match arguments.no_history {
                true => History::none(),
                false => History::read(arguments.history.clone()),
            };
            show!(
                "selvedge {}; `:help` lists commands, Ctrl-D ends",
                env!("CARGO_PKG_VERSION")
            );
            talk(&mut Terminal::new(history, session.known())?, &mut session)?;
            Ok(Exit::Value)
        }
        false => match talk(&mut Piped::new(), &mut session)? {
            0 => Ok(Exit::Value),
            _ => Ok(Exit::Evaluation),
        },
    }
}

/// Takes inputs until they end; how many of them failed.
fn talk(lines: &mut impl Lines, session: &mut Session) -> Result<u64, Failed> {
    let mut failed = 0;
    loop {
        match lines.next(session.known())? {
            Read::Input(input) => match session.take(&input) {
                Flow::On => {}
                Flow::Failed => failed += 1,
                Flow::Quit => return Ok(failed),
            },
            Read::Dropped => {}
            Read::End => return Ok(failed),
        }
    }
}
