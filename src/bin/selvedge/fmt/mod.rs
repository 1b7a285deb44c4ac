//! `selvedge fmt`

mod document;
mod edits;
mod formatter;
mod layout;
mod scalar;

use std::path::PathBuf;

use clap::Args;
use selvedge::diagnostic::escape;

use crate::check::config::Config;
use crate::check::finding::Checked;
use crate::check::report::{Colour, Format, Totals, counted, report};
use crate::check::{files, parallel};
use crate::exit::{Exit, Failed};
use crate::print::{self, show, tell, to_output};
use crate::rewrite::{self, Written};
use crate::settings::{DialectFlag, LimitFlags};
use formatter::{Formatted, Formatter};
use layout::Layout;

/// The flags of `selvedge fmt`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files, directories and patterns such as `flows/**/*.yaml`; `-` formats standard input to standard output
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// Write nothing: list the files that are not formatted, and exit with 1 where there are any
    #[arg(long)]
    check: bool,
    /// Write nothing: show what would change, and exit with 1 where something would
    #[arg(long)]
    diff: bool,
    /// The characters of a line
    #[arg(long, value_name = "CHARACTERS", default_value_t = 100)]
    width: usize,
    /// What to call standard input; the end of the name says what it holds
    #[arg(long, value_name = "NAME", default_value = "stdin.sel")]
    stdin_name: String,
    /// The settings [default: the nearest selvedge.toml, from the current directory upwards]
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
    #[command(flatten)]
    dialect: DialectFlag,
    /// When errors have colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
    #[command(flatten)]
    limits: LimitFlags,
}

impl Arguments {
    const fn writes(&self) -> bool {
        !self.check && !self.diff
    }
}

/// Formats every file, or says which are not formatted.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.limits.deadline();
    let config = Config::load(arguments.config.as_deref(), deadline)?;
    let targets = files::find(&arguments.paths, &arguments.stdin_name, &config)?;
    let builder = arguments.dialect.builder(config.dialect);
    let layout = Layout {
        engine: builder.limits(arguments.limits.limits()).build(),
        width: arguments.width,
        deadline,
    };
    let formatter = Formatter { layout, config };
    let formatted = parallel::map(&targets, |target| formatter.format(target));
    let (mut changed, mut checked, mut has_input) = (0, Vec::with_capacity(formatted.len()), false);
    for Formatted { file, text } in formatted {
        has_input |= file.source.is_none();
        changed += usize::from(settle(arguments, &file, text)?);
        checked.push(file);
    }
    // What is formatted to standard output stands there alone.
    let errors = report(&checked, Format::Text, arguments.color);
    let totals = Totals::of(&checked);
    if totals.errors > 0 {
        print::escaped_to_error(&errors);
    }
    if !has_input || checked.len() > 1 || !arguments.writes() {
        let files = counted(checked.len(), "file");
        match arguments.writes() {
            true => tell!("formatted {changed} of {files}"),
            false => tell!("{changed} of {files} to format"),
        }
    }
    Ok(match (totals.errors, changed) {
        (0, 0) => Exit::Value,
        (0, _) if !arguments.writes() => Exit::Evaluation,
        (0, _) => Exit::Value,
        _ => Exit::Compile,
    })
}

/// Writes what a file was formatted to, or tells of it; says whether it differs from what the file says.
fn settle(arguments: &Arguments, file: &Checked, text: Option<String>) -> Result<bool, Failed> {
    let is_refused = file.findings.iter().any(|finding| finding.diagnostic.is_error());
    let changed = text.filter(|text| *text != file.text);
    if arguments.diff
        && let Some(text) = &changed
    {
        to_output(&rewrite::difference(&escape(&file.name), &file.text, text));
    }
    if arguments.check && changed.is_some() {
        show!("{}", escape(&file.name));
    }
    if !arguments.writes() {
        return Ok(changed.is_some());
    }
    match (&file.source, &changed) {
        (None, _) if is_refused => {}
        (None, _) => print::file(changed.as_deref().unwrap_or(&file.text)),
        (Some(path), Some(text)) => {
            if rewrite::write_over(path, &file.name, &file.text, text)? == Written::Changed {
                tell!(
                    "{} changed while it was formatted, and is left as it is",
                    escape(&file.name)
                );
                return Ok(false);
            }
        }
        (Some(_), None) => {}
    }
    Ok(changed.is_some())
}
