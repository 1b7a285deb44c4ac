//! `selvedge check`

mod arguments;
pub(crate) mod files;
mod fix;
pub(crate) mod parallel;
pub(crate) mod report;

use std::time::Duration;

pub(crate) use arguments::Arguments;
use files::Target;
use fix::Fixed;
use report::{Format, Totals};
use selvedge::Interrupt;
use selvedge::diagnostic::Code;
use selvedge::project::{CheckedFile, Checker, File};

use crate::exit::{Exit, Failed};
use crate::print::{self, report, to_output};
use crate::watch;

/// Checks every file, and prints what is wrong; again and again where that is asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    match arguments.watch {
        true => watch::run(&arguments.paths, || run_once(arguments)),
        false => run_once(arguments),
    }
}

fn run_once(arguments: &Arguments) -> Result<Exit, Failed> {
    let checker = arguments.checker(arguments.limits.deadline())?;
    let targets = files::find(&arguments.paths, &arguments.stdin_name, checker.project())?;
    let read = parallel::map(&targets, "files read", |target| read(target, arguments));
    let checker = checker.with_workflows(read.iter().flatten());
    let items: Vec<_> = targets.iter().zip(read).collect();
    let mut checked = parallel::map(&items, "files", |(target, read)| check(&checker, target, read));
    let fixed = match arguments.fix {
        true => fix::all(&checker, &targets, &mut checked, arguments.dry_run)?,
        false => Fixed::default(),
    };
    if arguments.format == Format::Text {
        to_output(&fixed.diff);
    }
    print::escaped(&report::report(&checked, arguments.format, arguments.color));
    let totals = Totals::of(&checked);
    if arguments.format == Format::Text {
        fixed.notes.iter().for_each(|note| report!("{note}"));
        report!("{}", totals.line());
        match (fixed.places, arguments.dry_run) {
            (0, _) => {}
            (places, true) => report!("{places} to fix"),
            (places, false) => report!("{places} fixed"),
        }
    }
    Ok(match totals.errors {
        0 => Exit::Value,
        _ => Exit::Compile,
    })
}

/// Why a file could not be read.
enum Unread {
    Late,
    Because(String),
}

/// Reads a file within its time.
fn read(target: &Target, arguments: &Arguments) -> Result<File, Unread> {
    let deadline = arguments.limits.deadline();
    target.file(deadline).map_err(|why| match deadline.is_over() {
        true => Unread::Late,
        false => Unread::Because(why),
    })
}

/// Checks a file within its time.
fn check(checker: &Checker, target: &Target, read: &Result<File, Unread>) -> CheckedFile {
    let mut checked = match read {
        Ok(file) => checker.check(file.clone()),
        // An empty file, which there is no time for.
        Err(Unread::Late) => {
            let over = Interrupt::new().timeout(Duration::ZERO);
            checker.check_with(File::new(&*target.name, ""), &over)
        }
        Err(Unread::Because(why)) => CheckedFile::unreadable(&*target.name, why.clone()),
    };
    for finding in &mut checked.findings {
        if finding.diagnostic.code == Code::Deadline {
            finding.diagnostic.help = Some("raise `--timeout-ms`".to_owned());
        }
    }
    checked
}
