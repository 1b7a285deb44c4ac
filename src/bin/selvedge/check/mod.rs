//! `selvedge check`

mod arguments;
pub(crate) mod files;
mod fix;
pub(crate) mod parallel;
pub(crate) mod report;

pub(crate) use arguments::Arguments;
use files::Target;
use fix::Fixed;
use report::{Format, Totals};
use selvedge::diagnostic::Code;
use selvedge::project::{CheckedFile, Checker, File};

use crate::exit::{Exit, Failed};
use crate::print::{self, tell, to_output};
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
    let mut checked = parallel::map(&targets, "files", |target| check(&checker, target, arguments));
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
        fixed.notes.iter().for_each(|note| tell!("{note}"));
        tell!("{}", totals.line());
        match (fixed.places, arguments.dry_run) {
            (0, _) => {}
            (places, true) => tell!("{places} to fix"),
            (places, false) => tell!("{places} fixed"),
        }
    }
    Ok(match totals.errors {
        0 => Exit::Value,
        _ => Exit::Compile,
    })
}

/// Reads a file and checks it, both within its time.
fn check(checker: &Checker, target: &Target, arguments: &Arguments) -> CheckedFile {
    let (interrupt, deadline) = (checker.interrupt(), arguments.limits.deadline());
    let mut checked = match target.file(deadline) {
        Ok(file) => checker.check_with(file, &interrupt),
        // An empty file, which there is no time for either.
        Err(_) if deadline.is_over() => checker.check_with(File::new(&*target.name, ""), &interrupt),
        Err(why) => CheckedFile::unreadable(&*target.name, why),
    };
    for finding in &mut checked.findings {
        if finding.diagnostic.code == Code::Deadline {
            finding.diagnostic.help = Some("give it more with `--timeout-ms`".to_owned());
        }
    }
    checked
}
