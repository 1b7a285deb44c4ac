//! `selvedge plan`

use std::path::PathBuf;

use clap::Args;
use selvedge::Map;
use selvedge::diagnostic::escape;
use selvedge::params::Problem;
use selvedge::workflow::{Change, Expansion, Workflow};
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::document;
use crate::eval::Format;
use crate::exit::{Exit, Failed};
use crate::print::{self, show};
use crate::unfold::{Checked, WorkflowFlags};

/// The flags of `selvedge plan`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    workflow: WorkflowFlags,
    /// An older version of the definition, to show what changed since
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
}

/// Prints what the loops would run over.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.workflow.deadline();
    let format = arguments.workflow.format;
    let (files, blueprint, given, interrupt) = match arguments.workflow.check(deadline)? {
        Checked::Accepted {
            files,
            blueprint,
            given,
            interrupt,
        } => (files, blueprint, given, interrupt),
        Checked::Refused(exit) => return Ok(exit),
    };
    let loops = match blueprint.expand_with(&given, &interrupt) {
        Ok(loops) => loops,
        Err(refused) => {
            files.refuse(&refused, format);
            return Ok(Exit::Evaluation);
        }
    };
    let changes = match &arguments.since {
        Some(path) => {
            let older = document::read(path, deadline)?;
            match older.workflow(&interrupt) {
                Ok(older) => blueprint
                    .workflow()
                    .map(|workflow: &Workflow| workflow.changes_since(&older)),
                Err(refused) => return Ok(document::refuse(&refused, &older.origin, format)),
            }
        }
        None => None,
    };
    match format {
        Format::Text => {
            files.print(blueprint.warnings());
            loops.iter().for_each(print_loop);
            changes.iter().flatten().for_each(print_change);
        }
        Format::Json => {
            print::json(&Planned {
                loops: &loops,
                diagnostics: blueprint.warnings(),
                changes,
            });
        }
    }
    Ok(match loops.iter().any(|found| found.problem.is_some()) {
        true => Exit::Evaluation,
        false => Exit::Value,
    })
}

/// A plan as JSON.
#[derive(Serialize)]
struct Planned<'p> {
    loops: &'p [Expansion],
    diagnostics: &'p [Problem],
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Change>>,
}

fn print_loop(found: &Expansion) {
    let axes = found.axes.iter().map(|axis| match axis.longest {
        Some(longest) => format!("{} to {longest} {}", axis.length, escape(&axis.name)),
        None => format!("{} {}", axis.length, escape(&axis.name)),
    });
    let axes: Vec<String> = axes.collect();
    let at_least = if found.at_least { "at least " } else { "" };
    let count = found.count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    let begun = match found.begins {
        0 | 1 => String::new(),
        begins => format!(", begun {begins} times"),
    };
    let at_a_time = found
        .concurrency
        .map_or_else(String::new, |most| format!(", {most} at a time"));
    let of_a_while = found.inside_while.as_ref();
    let of_a_while = of_a_while.map_or_else(String::new, |path| format!(", for one iteration of {}", escape(path)));
    let (path, axes) = (escape(&found.path), axes.join(" × "));
    show!("{path}: {at_least}{count} iterations ({axes}){begun}{at_a_time}{of_a_while}");
    if let Some(first) = &found.first {
        show!("  first  {}", bindings(first));
    }
    if let Some(last) = &found.last {
        show!("  last   {}", bindings(last));
    }
    if let Some(problem) = &found.problem {
        show!("  error: {}", escape(problem));
    }
}

fn bindings(map: &Map) -> String {
    let shown = map
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), json!(value)));
    shown.collect::<Vec<_>>().join("  ")
}

fn print_change(change: &Change) {
    let shown = |json: &Json| json.to_string();
    let path = escape(&change.path);
    match (&change.before, &change.after) {
        (None, Some(after)) => show!("+ {path}: {}", shown(after)),
        (Some(before), None) => show!("- {path}: {}", shown(before)),
        (Some(before), Some(after)) => show!("~ {path}: {} → {}", shown(before), shown(after)),
        (None, None) => {}
    }
}
