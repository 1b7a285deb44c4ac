//! Runs hostile definitions: what must hold of each whatever it is, and how it ends.
#![allow(dead_code, reason = "each test binary uses the part it needs")]

use selvedge::params::{GraphFormat, ParameterSet, Problem, Scope, SetLimits};
use selvedge::workflow::{
    Answers, Blueprint, CompleteError, Defaults, Progress, Saved, UnfoldLimits, Unfolding, Workflow,
};
use selvedge::{Engine, FixedHost, Interrupt, Map, Value};
use serde_json::{Value as Json, json};

/// The longest line of a problem.
const MAX_PROBLEM_BYTES: usize = 1024;
/// The most problems of a document: errors and warnings, each with one that says that there are more.
const MAX_PROBLEMS: usize = 2 * 1_001;
/// The most steps that are completed.
const MAX_COMPLETED: usize = 40;

/// How an attack ends, after everything that must hold of it was looked at.
pub(crate) fn end(line: &Json) -> String {
    let is_workflow = line["definition"].get("workflow").is_some()
        || line["definition"]["yaml"]["before"]
            .as_str()
            .is_some_and(|yaml| yaml.starts_with("workflow:"));
    match is_workflow {
        true => of_workflow(line),
        false => of_set(line),
    }
}

pub(crate) fn engine(line: &Json) -> Engine {
    let host = FixedHost {
        now_millis: 1_767_225_600_000,
        seed: 1,
    };
    let quotes = line["settings"]["no_quotes"].as_bool() != Some(true);
    Engine::builder().host(host).quote_values(quotes).build()
}

/// The definition as a text, and whether it is YAML.
pub(crate) fn text(line: &Json) -> (String, bool) {
    let definition = &line["definition"];
    match definition.get("yaml") {
        Some(yaml) => (repeated(yaml), true),
        None => (made(definition).to_string(), false),
    }
}

/// `before`, then `each` so many times with the number for `{n}`, the next for `{q}` and the next in a cycle for `{m}`, then
/// `after`.
fn repeated(parts: &Json) -> String {
    let part = |name: &str| parts[name].as_str().unwrap_or_default();
    let times = parts["times"].as_u64().unwrap();
    let mut text = part("before").to_owned();
    for n in 0..times {
        let each = part("each")
            .replace("{n}", &n.to_string())
            .replace("{q}", &(n + 1).to_string());
        text += &each.replace("{m}", &((n + 1) % times).to_string());
    }
    text + part("after")
}

/// JSON with what `$make` says made.
pub(crate) fn made(json: &Json) -> Json {
    let times = json["times"].as_u64().unwrap_or_default() as usize;
    let of = json["of"].as_str().unwrap_or_default();
    match (json.get("$make").and_then(Json::as_str), json) {
        (Some("string"), _) => json!(of.repeat(times)),
        (Some("longs"), _) => json!((0..times).collect::<Vec<_>>()),
        (Some("keys"), _) => (0..times)
            .map(|n| (format!("{of}{n}"), json!(of)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        (Some(other), _) => panic!("nothing is made as {other}"),
        (None, Json::Object(entries)) => entries
            .iter()
            .map(|(name, json)| (name.clone(), made(json)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        (None, Json::Array(items)) => items.iter().map(made).collect(),
        (None, json) => json.clone(),
    }
}

pub(crate) fn map(json: &Json) -> Map {
    match made(json) {
        Json::Null => Map::new(),
        json => match Value::try_from(json).unwrap() {
            Value::Map(map) => map,
            other => panic!("{other}"),
        },
    }
}

/// What problems say: bounded, on lines of their own, without the secret; and the code of the first.
fn check(line: &Json, problems: &[Problem]) -> String {
    assert!(problems.len() <= MAX_PROBLEMS, "{}", problems.len());
    for problem in problems {
        check_text(line, &problem.to_string());
        assert!(problem.to_string().len() <= MAX_PROBLEM_BYTES, "{problem}");
        check_secret(line, &problem.render("job.yaml"));
        check_secret(line, &serde_json::to_string(problem).unwrap());
    }
    problems[0].code().text().to_owned()
}

fn check_text(line: &Json, text: &str) {
    let forges = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(forges), "{text:?}");
    check_secret(line, text);
}

fn check_secret(line: &Json, text: &str) {
    if let Some(secret) = line["secret"].as_str() {
        assert!(!text.contains(secret), "{text}");
    }
}

/// A set: read, planned, drawn, evaluated and printed.
fn of_set(line: &Json) -> String {
    let (text, is_yaml) = text(line);
    let set = match is_yaml {
        true => ParameterSet::from_yaml(&text),
        false => ParameterSet::from_json(&text),
    };
    let set = match set {
        Ok(set) => set,
        Err(refused) => return format!("refused {}", check(line, refused.problems())),
    };
    let scope = Scope::new().with_values(map(&line["scope"]));
    let mut same = set.clone();
    assert!(
        same.redefine(&ParameterSet::new(), selvedge::params::Occasion::Start)
            .is_ok()
            && same == set
    );
    let limits = SetLimits::of_plans();
    let sets = [set.clone(), set.clone()];
    for checked in ParameterSet::check_each(&sets, &engine(line), &scope, &limits, &Interrupt::new()) {
        let told = checked.unwrap_or_else(Vec::from);
        if !told.is_empty() {
            check(line, &told);
        }
    }
    let plan = match set.plan(&engine(line), &scope) {
        Ok(plan) => plan,
        Err(refused) => return format!("refused {}", check(line, refused.problems())),
    };
    let drawn = [GraphFormat::Mermaid, GraphFormat::Dot].map(|format| plan.graph(format));
    assert!(drawn.iter().all(|graph| !graph.is_empty()));
    assert!(plan.schema().names().len() == plan.order().len());
    let report = plan.evaluate(&scope);
    let (usage, limits) = (report.usage(), SetLimits::default());
    assert!(usage.steps <= limits.steps, "{usage:?}");
    assert!(usage.memory <= limits.memory, "{usage:?}");
    check_secret(line, &report.to_text());
    let again = plan.evaluate(&scope);
    assert_eq!((again.usage(), again.error()), (usage, report.error()));
    if !report.warnings().is_empty() {
        check(line, report.warnings());
    }
    match report.error() {
        Some(error) => format!("stopped {}", check(line, std::slice::from_ref(error))),
        None => "values".to_owned(),
    }
}

/// A workflow: read, built, expanded, started, walked, printed, saved and resumed.
fn of_workflow(line: &Json) -> String {
    let (text, is_yaml) = text(line);
    let workflow = match is_yaml {
        true => Workflow::from_yaml(&text),
        false => Workflow::from_json(&text),
    };
    let limits = line
        .get("limits")
        .map(|limits| serde_json::from_value::<UnfoldLimits>(limits.clone()).unwrap());
    let limits = limits.unwrap_or_default();
    let built = workflow.and_then(|workflow| {
        assert!(workflow.changes_since(&workflow).is_empty());
        over_defaults(line, &text, &workflow, &limits);
        Blueprint::builder(workflow).limits(limits).build(&engine(line))
    });
    let blueprint = match built {
        Ok(blueprint) => blueprint,
        Err(refused) => return format!("refused {}", check(line, refused.problems())),
    };
    let given = map(&line["given"]);
    let triggered = match Unfolding::triggers(&blueprint) {
        Ok(_) => String::new(),
        Err(problem) => format!(", triggers {}", check(line, &[problem])),
    };
    let planned = match blueprint.expand(&given) {
        Ok(found) => {
            for problem in found.iter().filter_map(|found| found.problem.as_deref()) {
                check_secret(line, problem);
            }
            "planned".to_owned()
        }
        Err(refused) => check(line, refused.problems()),
    };
    if let Err(refused) = Unfolding::restart(&blueprint, &given) {
        check(line, refused.problems());
    }
    let mut unfolding = match Unfolding::begin(&blueprint, &given, &Interrupt::new()) {
        Ok(unfolding) => unfolding,
        Err(refused) => return format!("{planned}, refused {}", check(line, refused.problems())),
    };
    let mut stopped = settle(line, &mut unfolding, &limits);
    let mut completed = 0;
    while let Some(step) = unfolding
        .ready()
        .into_iter()
        .next()
        .filter(|_| completed < MAX_COMPLETED)
    {
        let answer = Answers::default().answer(&step.path, &step.id);
        match unfolding.complete(&step.path, answer.status, &answer.outputs) {
            Ok(()) => {}
            Err(CompleteError::Unsettled(problem) | CompleteError::Stopped(problem)) => {
                stopped.get_or_insert(check(line, std::slice::from_ref(&problem)));
                break;
            }
            Err(error) => panic!("{error}"),
        }
        within(&unfolding, &limits);
        completed += 1;
    }
    let tree = unfolding.tree();
    let shown = tree.to_string();
    check_secret(line, &shown);
    serde_json::to_writer(std::io::sink(), &tree).unwrap();
    assert!(unfolding.each_ready().count() == unfolding.ready().len());
    drop(shown);
    let saved = serde_json::to_string(&unfolding.save()).unwrap();
    let saved: Saved = serde_json::from_str(&saved).unwrap();
    let resumed = Unfolding::resume(saved, &engine(line), |builder| builder).unwrap();
    assert_eq!(resumed.progress(), unfolding.progress());
    let progress = match unfolding.progress() {
        Progress::Running => "running",
        Progress::Ended(status) => status.name(),
        _ => unreachable!("an unfolding runs or has ended"),
    };
    match stopped {
        Some(code) => format!("{planned}, {progress}, stopped {code}{triggered}"),
        None => format!("{planned}, {progress}{triggered}"),
    }
}

/// The workflow laid over defaults and templates: its own parameters, and what of its text can be read as such.
fn over_defaults(line: &Json, text: &str, workflow: &Workflow, limits: &UnfoldLimits) {
    let params = workflow.params();
    let own = Defaults::new()
        .with_steps(params.clone())
        .with_workflow(params.clone())
        .with_type("t", params.clone());
    let read = [
        Defaults::from_json(text),
        Defaults::from_yaml(text),
        Defaults::new().with_template_json(text),
        Defaults::new().with_template_yaml(text),
    ];
    for defaults in read.into_iter().flatten().chain([own]) {
        let builder = Blueprint::builder(workflow.clone()).limits(*limits);
        let builder = builder.defaults(defaults);
        if let Err(refused) = builder.check_with(params.clone(), &engine(line), &Interrupt::new()) {
            check(line, refused.problems());
        }
    }
}

/// Settles as far as one call comes; what stopped it.
fn settle(line: &Json, unfolding: &mut Unfolding, limits: &UnfoldLimits) -> Option<String> {
    let settled = unfolding.settle(&Interrupt::new());
    within(unfolding, limits);
    settled.err().map(|problem| check(line, &[problem]))
}

fn within(unfolding: &Unfolding, limits: &UnfoldLimits) {
    let usage = unfolding.usage();
    assert!(
        usage.steps <= limits.steps && usage.memory <= limits.memory,
        "{usage:?}"
    );
    assert!(unfolding.kept_bytes() <= limits.kept, "{}", unfolding.kept_bytes());
}
