//! `selvedge check`

mod arguments;
pub(crate) mod checker;
pub(crate) mod config;
pub(crate) mod definitions;
mod document;
mod engines;
pub(crate) mod files;
pub(crate) mod finding;
mod fix;
mod json_path;
mod levels;
pub(crate) mod parallel;
pub(crate) mod report;
pub(crate) mod scalar;
pub(crate) mod shape;
mod source;
#[cfg(test)]
mod tests;
mod time;
pub(crate) mod tree;

pub(crate) use arguments::Arguments;
use checker::Checker;
use config::Config;
use fix::Fixed;
use report::{Format, Totals};

use crate::exit::{Exit, Failed};
use crate::print::{self, tell, to_output};

/// Checks every file, and prints what is wrong.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.limits.deadline();
    let config = Config::load(arguments.config.as_deref(), deadline)?;
    let targets = files::find(&arguments.paths, &arguments.stdin_name, &config)?;
    let checker = Checker::new(arguments, config, deadline)?;
    let mut checked = parallel::map(&targets, |target| checker.check(target));
    let fixed = match arguments.fix {
        true => fix::all(&checker, &mut checked, arguments.dry_run)?,
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
