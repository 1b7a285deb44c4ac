//! `selvedge test`

mod arguments;
mod coverage;
mod fixture;
mod report;
mod totals;
mod update;

use std::time::Duration;

pub(crate) use arguments::Arguments;
use coverage::{Counted, CoverageFormat};
use fixture::{Fixture, Tested};
use report::Format;
use selvedge::diagnostic::escape;
use selvedge::testing::{Runner, Test};
use totals::Totals;
use update::Written;

use crate::check::{files, parallel};
use crate::exit::{Exit, Failed};
use crate::print::{self, report, show, to_output};
use crate::settings;
use crate::watch;

/// Runs the tests, and prints their outcome; again and again where that is asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    match arguments.watch {
        true => watch::run(&arguments.paths, || run_once(arguments)),
        false => run_once(arguments),
    }
}

fn run_once(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.limits.deadline();
    if arguments.coverage_out.is_none() && arguments.coverage.is_some_and(|format| format != CoverageFormat::Text) {
        return Err("--coverage-out is needed: only text is printed".to_owned().into());
    }
    let platform = settings::platform(&arguments.project, arguments.dialect, &arguments.limits, deadline)?;
    let targets = files::find_where(&arguments.paths, "stdin.test.yaml", &files::is_fixture)?;
    let timeout = arguments.limits.timeout_millis().map(Duration::from_millis);
    let fixtures = parallel::map(&targets, "files", |target| Fixture::read(target, timeout));
    let chosen = chosen(&fixtures, &arguments.filters);
    let is_wrong = fixtures.iter().any(|fixture| !fixture.problems.is_empty());
    if chosen.is_empty() && !is_wrong {
        return Err(Failed::Usage(nothing(arguments, fixtures.len())));
    }
    if arguments.list {
        for (fixture, test) in &chosen {
            let line = test.position().map_or(1, |position| position.line);
            show!("{}:{line}: {}", escape(&fixture.name), escape(test.name()));
        }
        return Ok(if is_wrong { Exit::Compile } else { Exit::Value });
    }
    let no_files = |_: &str| Err("no fixture".to_owned());
    let runner = Runner::of_platform(platform, &no_files).map_err(|refused| refused.to_string())?;
    let counted = match arguments.coverage {
        Some(_) => Counted::of(&chosen),
        None => Counted::default(),
    };
    let mut tested = parallel::map(&chosen, "tests", |&(fixture, test)| Tested {
        fixture,
        test,
        verdict: {
            let mut runner = runner.with_files(&fixture.beside);
            if let Some(coverage) = counted.find(fixture, test) {
                runner = runner.with_coverage(coverage);
            }
            runner.run(test, &arguments.limits.deadline().interrupt())
        },
    });
    let written = match arguments.update {
        true => update::all(&fixtures, &mut tested, arguments.dry_run)?,
        false => Written::default(),
    };
    if arguments.format == Format::Text {
        to_output(&written.diff);
    }
    print::escaped(&report::report(&fixtures, &tested, arguments.format, arguments.color));
    if let Some(format) = arguments.coverage {
        counted.report(format, arguments.coverage_out.as_deref(), timeout)?;
    }
    let totals = Totals::of(&fixtures, &tested);
    if arguments.format == Format::Text {
        written.notes.iter().for_each(|note| report!("{note}"));
        report!("{}", totals.line());
        match (written.places, arguments.dry_run) {
            (0, _) => {}
            (places, true) => report!("{places} to update"),
            (places, false) => report!("{places} updated"),
        }
    }
    Ok(match totals {
        Totals { unread: 1.., .. } => Exit::Compile,
        Totals { failed: 1.., .. } => Exit::Evaluation,
        _ => Exit::Value,
    })
}

/// The tests that the filters leave, in order.
fn chosen<'f>(fixtures: &'f [Fixture], filters: &[String]) -> Vec<(&'f Fixture, &'f Test)> {
    let tests = fixtures
        .iter()
        .flat_map(|fixture| fixture.tests.iter().map(move |test| (fixture, test)));
    let is_chosen = |(fixture, test): &(&Fixture, &Test)| {
        let whole = format!("{}: {}", fixture.name, test.name());
        filters.is_empty() || filters.iter().any(|filter| whole.contains(filter))
    };
    tests.filter(is_chosen).collect()
}

/// Why no test is run.
fn nothing(arguments: &Arguments, files: usize) -> String {
    let paths: Vec<String> = arguments.paths.iter().map(|path| escape(path)).collect();
    match files {
        0 => format!(
            "{}: no fixture is there; their names end in `.test.yaml`, `.test.yml` or `.test.json`",
            paths.join(", ")
        ),
        _ => "no test has one of the filters in its name; `--list` shows the names".to_owned(),
    }
}
