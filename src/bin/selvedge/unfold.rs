//! `selvedge unfold`

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use selvedge::diagnostic::escape;
use selvedge::params::Problem;
use selvedge::workflow::{Answers, Blueprint, Progress, Ready, Status, StepUsage, UnfoldLimits, Unfolding, Workflow};
use selvedge::{Interrupt, Map};
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use crate::around::AroundFlags;
use crate::deadline::Deadline;
use crate::document::{self, Origins};
use crate::eval::Format;
use crate::exit::{Exit, Failed};
use crate::given;
use crate::graph::GraphFormat;
use crate::print::{self, report, show, to_output};
use crate::project::{self, ProjectFlag};
use crate::reader;
use crate::settings::{self, DialectFlag, LimitFlags};

/// The flags of `selvedge unfold`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    workflow: WorkflowFlags,
    /// A JSON file with the outcomes of steps, by id or path: outputs, or {"status": "failed", "outputs": {…}}
    #[arg(long, value_name = "FILE.json")]
    outputs: Option<PathBuf>,
    /// Stop where this step, by id or path, is to run
    #[arg(long, value_name = "STEP")]
    until: Option<String>,
    /// Print a graph of the steps instead of the tree, coloured by status, with the reasons why transitions were not taken
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    graph: Option<GraphFormat>,
    /// Print what each step took as well: how many of its runs began, and the steps and bytes that they used
    #[arg(long)]
    usage: bool,
}

/// A workflow's definition, and what it is checked with.
#[derive(Args, Debug)]
pub(crate) struct WorkflowFlags {
    /// A JSON or YAML file with a workflow's definition
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The definition of a workflow that subworkflow steps name
    #[arg(long = "subworkflow", value_name = "FILE")]
    subworkflows: Vec<PathBuf>,
    /// A value for a parameter of the workflow; JSON, else text
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    #[command(flatten)]
    project: ProjectFlag,
    #[command(flatten)]
    dialect: DialectFlag,
    #[command(flatten)]
    around: AroundFlags,
    /// Iterations of one loop [default: 25000]
    #[arg(long, value_name = "ITERATIONS")]
    max_iterations: Option<u64>,
    /// Runs of steps, all together [default: 100000]
    #[arg(long, value_name = "RUNS")]
    max_runs: Option<u64>,
    /// Steps of the whole walk, and of the whole plan [default: 1000000000]
    #[arg(long, value_name = "STEPS")]
    max_walk_steps: Option<u64>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    limits: LimitFlags,
}

/// A definition that was checked, or the exit with which what is wrong with it was printed.
pub(crate) enum Checked {
    Accepted {
        files: Origins,
        blueprint: Blueprint,
        given: Map,
        /// What stops all that is done with it.
        interrupt: Interrupt,
    },
    Refused(Exit),
}

impl WorkflowFlags {
    /// What stops all that is done from now on.
    pub(crate) fn deadline(&self) -> Deadline {
        self.limits.deadline()
    }

    /// Reads and checks the definition.
    pub(crate) fn check(&self, deadline: Deadline) -> Result<Checked, Failed> {
        let interrupt = deadline.interrupt();
        let file = document::read(&self.file, deadline)?;
        let workflow = match file.workflow(&interrupt) {
            Ok(workflow) => workflow,
            Err(refused) => return Ok(Checked::Refused(document::refuse(&refused, &file.origin, self.format))),
        };
        let platform = settings::platform(&self.project, self.dialect, &self.limits, deadline)?;
        let around = self.around.read(&platform, deadline)?;
        let is_text = |name: &str| around.is_text(name, workflow.params());
        let given = given::inputs(None, &self.parameters, is_text, deadline)?;
        let given = around.given(given.as_map(), workflow.params());
        let mut builder = around.declare(Blueprint::builder(workflow));
        let mut files = Origins {
            main: file.origin,
            others: HashMap::new(),
        };
        for path in &self.subworkflows {
            let sub = document::read(path, deadline)?;
            match sub.workflow(&interrupt) {
                Ok(workflow) => {
                    files.others.insert(workflow.id().to_owned(), sub.origin);
                    builder = builder.subworkflow(workflow);
                }
                Err(refused) => return Ok(Checked::Refused(document::refuse(&refused, &sub.origin, self.format))),
            }
        }
        let mut limits = UnfoldLimits::default();
        limits.iterations = self.max_iterations.unwrap_or(limits.iterations);
        limits.runs = self.max_runs.unwrap_or(limits.runs);
        if let Some(steps) = self.max_walk_steps {
            (limits.walk_steps, limits.steps) = (steps, steps);
        }
        let engine = project::engine(&platform)?.build();
        Ok(match builder.limits(limits).build_with(&engine, &interrupt) {
            Ok(blueprint) => Checked::Accepted {
                files,
                blueprint,
                given,
                interrupt,
            },
            Err(refused) => Checked::Refused(files.refuse(&refused, self.format)),
        })
    }
}

/// Walks a workflow, and prints the tree of its outcome.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let deadline = arguments.workflow.deadline();
    let format = arguments.workflow.format;
    let given = |path: &PathBuf| {
        let map = given::map(path, deadline, "a JSON object of steps is needed")?;
        Ok::<_, Failed>((reader::shown(path), map))
    };
    let outputs = arguments.outputs.as_ref().map(given).transpose()?;
    let answers = match &outputs {
        Some((origin, map)) => Answers::from_map_with(map, &deadline.interrupt())
            .map_err(|error| deadline.failed(format!("{origin}: {error}")))?,
        None => Answers::default(),
    };
    let (files, blueprint, given, interrupt) = match arguments.workflow.check(deadline)? {
        Checked::Accepted {
            files,
            blueprint,
            given,
            interrupt,
        } => (files, blueprint, given, interrupt),
        Checked::Refused(exit) => return Ok(exit),
    };
    let of_outputs = outputs
        .iter()
        .flat_map(|(origin, map)| map.keys().map(move |step| (&**origin, step)));
    let until = arguments.until.iter().map(|step| ("--until", &**step));
    for (origin, step) in of_outputs.chain(until) {
        if let Err(unknown) = blueprint.find_step(step) {
            return Ok(document::refuse(&unknown.into(), origin, format));
        }
    }
    if format == Format::Text {
        files.print(blueprint.warnings());
    }
    let mut unfolding = match Unfolding::begin(&blueprint, &given, &interrupt) {
        Ok(unfolding) => unfolding,
        Err(refused) => {
            files.refuse(&refused, format);
            return Ok(Exit::Evaluation);
        }
    };
    let walked = unfolding.walk_with(&answers, arguments.until.as_deref(), &interrupt);
    let refused = walked.err();
    let progress = unfolding.progress();
    match format {
        _ if arguments.graph.is_some() => {
            let graph = arguments.graph.unwrap_or_default();
            to_output(
                &graph
                    .print(&unfolding.graph())
                    .map_err(|message| deadline.failed(message))?,
            );
        }
        Format::Text => {
            to_output(&unfolding.tree());
            for step in unfolding.each_ready() {
                show!("to run now: {}{}", escape(&step.path), said(&unfolding, &step.path));
            }
            if arguments.usage {
                show_usage(&unfolding, blueprint.workflow().map(Workflow::id));
            }
        }
        Format::Json => print::json(&Walked {
            progress,
            steps: Each(|| unfolding.tree().steps()),
            parameters: unfolding.tree().parameters(),
            ready: Each(|| unfolding.each_ready().map(|step| ReadyNow::of(&unfolding, step))),
            attributes: unfolding.attributes("").unwrap_or_default(),
            usage: if arguments.usage {
                unfolding.usage_by_step()
            } else {
                Vec::new()
            },
            diagnostics: blueprint.warnings(),
            refused: refused
                .as_ref()
                .map(|refused| json!({"step": refused.path(), "message": refused.error().to_string()})),
        }),
    }
    if let Some(refused) = refused {
        report!("error: {refused}");
        return Ok(Exit::Evaluation);
    }
    Ok(match progress {
        Progress::Ended(Status::Failed) => Exit::Evaluation,
        _ => Exit::Value,
    })
}

/// Prints what each step took; of a workflow that another runs with its id.
fn show_usage(unfolding: &Unfolding, main: Option<&str>) {
    show!("");
    show!("{:>7}  {:>12}  {:>12}  of", "runs", "steps", "bytes");
    for of in unfolding.usage_by_step() {
        let within = match main == Some(&*of.workflow) {
            true => String::new(),
            false => format!("{}: ", escape(&of.workflow)),
        };
        let (steps, bytes) = (of.usage.steps, of.usage.memory);
        show!(
            "{:>7}  {steps:>12}  {bytes:>12}  {within}{}",
            of.begun,
            escape(&of.step)
        );
    }
}

/// A walk as JSON, which is written while it is looked at.
#[derive(Serialize)]
struct Walked<'w, S: Serialize, R: Serialize> {
    progress: Progress,
    steps: S,
    parameters: &'w Map,
    ready: R,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    usage: Vec<StepUsage>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: Map,
    diagnostics: &'w [Problem],
    refused: Option<Json>,
}

/// What is said of a step beside its parameters, on its line.
fn said(unfolding: &Unfolding, path: &str) -> String {
    match unfolding.attributes(path) {
        Ok(attributes) => {
            let said = attributes
                .iter()
                .map(|(key, value)| format!("  {key}={}", json!(value)));
            said.collect()
        }
        Err(problem) => format!("  error: {}", escape(&problem.to_string())),
    }
}

/// A step that is to run now, with what is said of it beside its parameters.
#[derive(Serialize)]
struct ReadyNow {
    #[serde(flatten)]
    step: Ready,
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: Map,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

impl ReadyNow {
    fn of(unfolding: &Unfolding, step: Ready) -> Self {
        let (attributes, problem) = match unfolding.attributes(&step.path) {
            Ok(attributes) => (attributes, None),
            Err(problem) => (Map::new(), Some(problem)),
        };
        Self {
            step,
            attributes,
            problem,
        }
    }
}

/// What an iterator gives, as a list.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}
