//! `selvedge params`

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use selvedge::params::{
    GraphFormat, Occasion, ParameterSet, Plan, Problem, Report, Scope, SetLimits, Unanswered, prelude,
};
use selvedge::{Engine, Map};
use serde_json::json;

use crate::Exit;
use crate::document::{self, Document};
use crate::eval::Format;
use crate::settings::{self, LimitFlags};

/// The flags of `selvedge params`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A JSON or YAML file: a map of definitions, or a workflow definition, whose parameters are evaluated
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A value for a parameter, as a start gives it; JSON, else text
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// A JSON or YAML file of definitions or bare values to lay over those of FILE, as a start gives them
    #[arg(long, value_name = "FILE")]
    set: Option<PathBuf>,
    /// Take the values as given by a restart rather than by a start
    #[arg(long)]
    restart: bool,
    /// Print what reads what as a graph, and evaluate nothing
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    graph: Option<GraphFlag>,
    /// How values and diagnostics are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Steps that all parameters may take together [default: 10000000]
    #[arg(long, value_name = "STEPS")]
    max_set_steps: Option<u64>,
    /// Characters that all parameters may take together as JSON [default: 750000]
    #[arg(long, value_name = "CHARACTERS")]
    max_set_size: Option<u64>,
    #[command(flatten)]
    limits: LimitFlags,
}

/// The language of a graph.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum GraphFlag {
    Mermaid,
    Dot,
}

/// Evaluates a set, and prints what comes of it.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    let file = document::read(&arguments.file)?;
    let given = settings::inputs(None, &arguments.parameters)?;
    let change = arguments.set.as_deref().map(document::read).transpose()?;
    let plan = definitions(&file).and_then(|set| plan(arguments, set, given.as_map(), change.as_ref()));
    let plan = match plan {
        Ok(plan) => plan,
        Err((origin, problems)) => {
            match arguments.format {
                Format::Text => document::print_problems(&problems, &origin),
                Format::Json => println!("{}", json!({ "parameters": {}, "diagnostics": problems })),
            }
            return Ok(Exit::Compile);
        }
    };
    if let Some(language) = arguments.graph {
        print!(
            "{}",
            plan.graph(match language {
                GraphFlag::Mermaid => GraphFormat::Mermaid,
                GraphFlag::Dot => GraphFormat::Dot,
            })
        );
        return Ok(Exit::Value);
    }
    let report = plan.evaluate(&Scope::new());
    print_report(&report, arguments.format, &file.origin);
    Ok(match report.error() {
        Some(_) => Exit::Evaluation,
        None => Exit::Value,
    })
}

type Refused = (String, Vec<Problem>);

fn definitions(file: &Document) -> Result<ParameterSet, Refused> {
    file.parameters().map_err(|problems| (file.origin.clone(), problems))
}

fn plan(arguments: &Arguments, mut set: ParameterSet, given: &Map, change: Option<&Document>) -> Result<Plan, Refused> {
    let occasion = match arguments.restart {
        true => Occasion::Restart,
        false => Occasion::Start,
    };
    if let Some(change) = change {
        let refused = |problems| (change.origin.clone(), problems);
        let (definitions, values) = change.changes().map_err(refused)?;
        set.redefine(&definitions, occasion).map_err(refused)?;
        set.set_values(&values, occasion).map_err(refused)?;
    }
    set.set_values(given, occasion)
        .map_err(|problems| ("--param".to_owned(), problems))?;
    let engine = Engine::builder()
        .limits(arguments.limits.limits())
        .host_functions(prelude(Arc::new(Unanswered)))
        .build();
    let planned = set.plan(&engine, &Scope::new());
    let mut limits = SetLimits::default();
    limits.steps = arguments.max_set_steps.unwrap_or(limits.steps);
    limits.size = arguments.max_set_size.unwrap_or(limits.size);
    let refused = |problems| (arguments.file.display().to_string(), problems);
    Ok(planned.map_err(refused)?.with_limits(limits))
}

fn print_report(report: &Report, format: Format, origin: &str) {
    match format {
        Format::Text => {
            print!("{}", report.to_text());
            document::print_problems(report.error().into_iter().chain(report.warnings()), origin);
        }
        Format::Json => println!("{}", json!(report)),
    }
}
