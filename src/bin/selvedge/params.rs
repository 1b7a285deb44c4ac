//! `selvedge params`

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use selvedge::params::{
    DefinitionError, GraphFormat, Occasion, ParameterSet, Plan, Problem, Report, Scope, SetLimits, prelude,
};
use selvedge::platform::Platform;
use selvedge::workflow::{Blueprint, Workflow};
use selvedge::{Engine, Interrupt, Map};
use serde_json::{Value as Json, json};

use crate::around::{Around, AroundFlags};
use crate::document::{self, Document};
use crate::eval::Format;
use crate::exit::{Exit, Failed};
use crate::given;
use crate::print::{self, to_output};
use crate::project::{self, ProjectFlag};
use crate::settings::{self, DialectFlag, LimitFlags};

/// The flags of `selvedge params`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A JSON or YAML file: a map of definitions, or a workflow definition, whose parameters are evaluated and whose steps are
    /// checked
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
    project: ProjectFlag,
    #[command(flatten)]
    dialect: DialectFlag,
    #[command(flatten)]
    around: AroundFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

/// The language of a graph.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum GraphFlag {
    Mermaid,
    Dot,
}

/// Evaluates a set, and prints its result.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.limits.deadline();
    let interrupt = deadline.interrupt();
    let file = document::read(&arguments.file, deadline)?;
    let change = arguments.set.as_deref();
    let change = change.map(|path| document::read(path, deadline)).transpose()?;
    let platform = settings::platform(&arguments.project, arguments.dialect, &arguments.limits, deadline)?;
    let around = arguments.around.read(&platform, deadline)?;
    let set = match file
        .definitions(&interrupt)
        .and_then(|(set, workflow)| Ok((around.defaults.under_workflow(&set)?, workflow)))
    {
        Ok(set) => set,
        Err(refused) => return Ok(refuse(arguments, &refused, &file.origin)),
    };
    let is_text = |name: &str| around.is_text(name, &set.0);
    let given = given::inputs(None, &arguments.parameters, is_text, deadline)?;
    let (given, values) = around.split(given.as_map(), &set.0)?;
    let planned = plan(
        arguments,
        set,
        &file,
        (&given, change.as_ref()),
        (&around, values),
        engines(&platform, &around)?,
        &interrupt,
    );
    let (plan, scope, warnings) = match planned {
        Ok(planned) => planned,
        Err((origin, refused)) => return Ok(refuse(arguments, &refused, &origin)),
    };
    if let Some(language) = arguments.graph {
        to_output(&plan.graph(match language {
            GraphFlag::Mermaid => GraphFormat::Mermaid,
            GraphFlag::Dot => GraphFormat::Dot,
        }));
        return Ok(Exit::Value);
    }
    let report = plan.evaluate_with(&scope, &interrupt);
    print_report(&report, &warnings, arguments.format, &file.origin);
    Ok(match report.error() {
        Some(_) => Exit::Evaluation,
        None => Exit::Value,
    })
}

/// Prints why the definitions were refused.
fn refuse(arguments: &Arguments, refused: &DefinitionError, origin: &str) -> Exit {
    match arguments.format {
        Format::Text => document::print_problems(refused.problems(), origin),
        Format::Json => print::json(&json!({ "parameters": {}, "diagnostics": refused })),
    }
    document::exit_of(refused)
}

/// The engines of workflows, which bring the functions of `params`, and of sets, which do not.
fn engines(platform: &Platform, around: &Around) -> Result<(Engine, Engine), Failed> {
    let functions = platform.host_functions().map_err(|refused| refused.to_string())?;
    let functions = functions.with_missing(&prelude(Arc::new(around.orchestrator())));
    let of_set = project::engine(platform)?.host_functions(functions);
    Ok((project::engine(platform)?.build(), of_set.build()))
}

type Refused = (String, DefinitionError);

/// The plan of a file's parameters as they are after changes, and what is around them; with what is to be known of the workflow's
/// steps, where it is one's definition: a step whose expressions are wrong is refused as a parameter would be.
fn plan(
    arguments: &Arguments,
    (mut set, workflow): (ParameterSet, Option<Workflow>),
    file: &Document,
    (given, change): (&Map, Option<&Document>),
    (around, values): (&Around, Map),
    (of_workflow, of_set): (Engine, Engine),
    interrupt: &Interrupt,
) -> Result<(Plan, Scope, Vec<Problem>), Refused> {
    let occasion = match arguments.restart {
        true => Occasion::Restart,
        false => Occasion::Start,
    };
    let in_file = |problems| (file.origin.clone(), problems);
    if let Some(change) = change {
        let refused = |problems| (change.origin.clone(), problems);
        let (definitions, values) = change.changes(interrupt).map_err(refused)?;
        set.redefine(&definitions, occasion).map_err(refused)?;
        set.set_values(&values, occasion).map_err(refused)?;
    }
    let of_flag = |problems| ("--param".to_owned(), problems);
    set.knows(given).map_err(of_flag)?;
    set.set_values(given, occasion).map_err(of_flag)?;
    let warnings = match workflow {
        Some(workflow) => {
            let builder = around.declare(Blueprint::builder(workflow));
            builder
                .check_with(set.clone(), &of_workflow, interrupt)
                .map_err(in_file)?
        }
        None => Vec::new(),
    };
    let scope = around.scope(&set, values);
    let planned = set
        .plan_with(&of_set, &scope, &SetLimits::of_plans(), interrupt)
        .map_err(in_file)?;
    let mut limits = SetLimits::default();
    limits.steps = arguments.max_set_steps.unwrap_or(limits.steps);
    limits.size = arguments.max_set_size.unwrap_or(limits.size);
    Ok((planned.with_limits(limits), scope, warnings))
}

fn print_report(report: &Report, warnings: &[Problem], format: Format, origin: &str) {
    match format {
        Format::Text => {
            to_output(&report.to_text());
            let problems = report.error().into_iter().chain(report.warnings()).chain(warnings);
            document::print_problems(problems, origin);
        }
        Format::Json => {
            let mut object = json!(report);
            if let Some(Json::Array(diagnostics)) = object.get_mut("diagnostics") {
                diagnostics.extend(warnings.iter().map(|warning| json!(warning)));
            }
            print::json(&object);
        }
    }
}
