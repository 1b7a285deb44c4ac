//! `selvedge fmt`

use clap::Args;
use selvedge::diagnostic::escape;
use selvedge::project::{CheckedFile, FormattedFile, Formatter};

use crate::check::files::Target;
use crate::check::report::{Colour, Format, Totals, counted, report};
use crate::check::{files, parallel};
use crate::deadline::Deadline;
use crate::exit::{Exit, Failed};
use crate::overwrite::{difference, overwrite};
use crate::print::{self, report, show, to_output};
use crate::project::ProjectFlag;
use crate::settings::{self, DialectFlag, LimitFlags};

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
    #[command(flatten)]
    project: ProjectFlag,
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
    let project = settings::project(&arguments.project, arguments.dialect, &arguments.limits, deadline)?;
    let targets = files::find(&arguments.paths, &arguments.stdin_name, &project)?;
    let formatter = Formatter::new(&project).map_err(|refused| refused.to_string())?;
    let formatter = formatter.with_width(arguments.width);
    let formatted = parallel::map(&targets, "files", |target| format(&formatter, target, deadline));
    let (mut changed, mut checked, mut has_input) = (0, Vec::with_capacity(formatted.len()), false);
    for (target, file) in targets.iter().zip(formatted) {
        has_input |= target.path.is_none();
        changed += usize::from(settle(arguments, target, &file)?);
        checked.push(file.file);
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
            true => report!("formatted {changed} of {files}"),
            false => report!("{changed} of {files} to format"),
        }
    }
    Ok(match (totals.errors, changed) {
        (0, 0) => Exit::Value,
        (0, _) if !arguments.writes() => Exit::Evaluation,
        (0, _) => Exit::Value,
        _ => Exit::Compile,
    })
}

/// Reads a file and formats it.
fn format(formatter: &Formatter, target: &Target, deadline: Deadline) -> FormattedFile {
    match target.file(deadline) {
        Ok(file) => formatter.format_with(file, &deadline.interrupt()),
        Err(why) => FormattedFile::unreadable(CheckedFile::unreadable(&*target.name, why)),
    }
}

/// Writes what a file was formatted to, or tells of it; says whether it differs from what the file says.
fn settle(arguments: &Arguments, target: &Target, formatted: &FormattedFile) -> Result<bool, Failed> {
    let (file, name) = (&formatted.file, escape(&formatted.file.name));
    let changed = formatted.text.as_deref().filter(|text| *text != file.text);
    if arguments.diff
        && let Some(text) = changed
    {
        to_output(&difference(&name, &file.text, text));
    }
    if arguments.check && changed.is_some() {
        show!("{name}");
    }
    if !arguments.writes() {
        return Ok(changed.is_some());
    }
    match (&target.path, changed) {
        (None, _) if file.has_errors() => {}
        (None, _) => print::file(changed.unwrap_or(&file.text)),
        (Some(path), Some(text)) => {
            if !overwrite(path, &name, (&file.text, text))? {
                report!("{name} changed while it was formatted, and is left as it is");
                return Ok(false);
            }
        }
        (Some(_), None) => {}
    }
    Ok(changed.is_some())
}
