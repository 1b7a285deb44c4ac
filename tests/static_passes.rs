//! Every public function that takes a program, a source or a definition, on every attack and on chains and nestings as long and
//! as deep as the limits let in, on the stack that `docs/SECURITY.md` names. The result of it is not looked at: that it comes is.

#![cfg(all(feature = "params", feature = "yaml"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::thread;

use selvedge::diagnostic::render;
use selvedge::lint::LintSet;
use selvedge::params::{GraphFormat, Occasion, ParameterSet, Problem, Scope};
use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
use selvedge::{Engine, InputSizes, Inputs, Limits, Map, Program, Schema, TraceLimits, UnknownNames};
use serde_json::{Value as Json, json};

/// The stack that the contract with the host names; unoptimised code takes more.
const STACK_BYTES: usize = if cfg!(debug_assertions) {
    2 * 1024 * 1024
} else {
    256 * 1024
};
/// As long as the default limits let a source be.
const SOURCE_BYTES: usize = 10_000;
/// As deep as the default limits let a source nest, and a little less where a form counts more than once.
const DEPTHS: [usize; 4] = [64, 60, 32, 20];
/// Steps of an evaluation: what it does is not the matter here.
const STEPS: u64 = 2_000;

/// Runs on a thread with little stack.
fn on_a_small_stack(what: &'static str, run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK_BYTES);
    thread.spawn(run).unwrap().join().unwrap_or_else(|_| panic!("{what}"));
}

/// What opens a level, what closes it, and what stands innermost.
const NESTINGS: &[[&str; 3]] = &[
    ["(", ")", "1"],
    ["(1+", ")", "1"],
    ["-(", ")", "1"],
    ["!(", ")", "true"],
    ["Math.max(1,", ")", "1"],
    ["''.concat(", ")", "''"],
    ["String.format('%s',", ")", "1"],
    ["(true?", ":1)", "1"],
    ["(p==1?1:", ")", "1"],
    ["(true&&", ")", "true"],
    ["a[", "]", "0"],
    ["new long[", "].length", "0"],
    ["new long[]{", "}.length", "0"],
    ["(x=", ")", "1"],
    ["x=", "", "1"],
    ["{", "}", "x=1;"],
    ["if(p==1){", "}", "x=1;"],
    ["if(p==1)", "", "x=1;"],
    ["if(p==1)x=1;else{", "}", "x=1;"],
    ["while(p==1){", "}", "x=1;"],
    ["while(p==1)", "", "x=1;"],
    ["for(int i=0;i<3;i+=1){", "}", "x=1;"],
    ["for(;;){", "}", "break;"],
];

fn nestings() -> Vec<String> {
    let nest = |depth: usize, [open, close, inner]: &[&str; 3]| {
        let nested = open.repeat(depth) + inner + &close.repeat(depth);
        match inner.ends_with(';') {
            true => format!("b=true;{nested}"),
            false => format!("a=new long[1];return {nested};"),
        }
    };
    let of_depth = |depth| NESTINGS.iter().map(move |nesting| nest(depth, nesting));
    DEPTHS.into_iter().flat_map(of_depth).collect()
}

/// The families of `tests/linear.jsonl`, and chains of calls and signs, as long as a source may be.
fn chains() -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/linear.jsonl")).unwrap();
    let families = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let chain = |family: Json| {
        let part = |name: &str| family.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
        let (mut source, repeat, after) = (part("before"), part("repeat"), part("after"));
        let mut index = 0;
        while source.len() + repeat.len() + after.len() <= SOURCE_BYTES {
            source.push_str(&repeat.replace("{i}", &index.to_string()));
            index += 1;
        }
        source + &after
    };
    families.map(chain).collect()
}

/// Everything that can be asked of a source and its program.
fn look_at_source(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) {
    for lints in [LintSet::default(), LintSet::all()] {
        if let Ok(found) = engine.lint_for(source, schema, lints) {
            for lint in found.iter().take(20) {
                black_box(render(&lint.diagnostic, source, "job.sel"));
            }
        }
    }
    match engine.compile_uncached(source, schema) {
        Ok(program) => look_at_program(engine, &program, inputs),
        Err(error) => {
            black_box((
                error.to_string(),
                format!("{error:?}"),
                error.report("job.sel"),
                error.position(),
            ));
            black_box((error.phase(), serde_json::to_string(error.diagnostics()).unwrap()));
        }
    }
}

fn look_at_program(engine: &Engine, program: &Program, inputs: &Inputs) {
    black_box(program.cost_bound(&InputSizes::new()));
    black_box(program.cost_bound(&InputSizes::of(inputs)));
    black_box(program.lints(LintSet::all()));
    black_box((
        program.listing(),
        format!("{program:?}"),
        program.source(),
        program.result_type(),
    ));
    black_box((
        program.parameters().count(),
        program.host_functions().count(),
        program.slot("p"),
    ));
    black_box((
        program.is_deterministic(),
        program.uses_clock(),
        program.uses_random(),
        program.uses_outside(),
    ));
    black_box((program.warnings().len(), program.clone()));
    black_box(
        engine
            .load(&program.to_bytes())
            .map(|program| program.listing())
            .is_ok(),
    );
    let (result, trace) = program.evaluation().trace(inputs, TraceLimits::default());
    black_box((format!("{result:?}"), serde_json::to_string(&trace).unwrap()));
    if let Err(error) = program.evaluate(inputs) {
        black_box((
            error.to_string(),
            error.thrown().map(str::len),
            render(&error.diagnostic(), program.source(), "x"),
        ));
    }
}

fn look_at_problems(problems: &[Problem]) {
    for problem in problems.iter().take(20) {
        black_box((problem.render("set.json"), serde_json::to_string(problem).unwrap()));
    }
}

/// A source as the expression of a parameter, and as the condition of a transition.
fn look_at_definitions(engine: &Engine, source: &str) {
    let set = json!({"p": {"value": 1}, "x": {"expression": source}, "y": {"value": format!("a ${{x}} {source}"), "type": "STRING"}});
    look_at_set(engine, &set.to_string());
    let first = json!({"step": {"id": "a", "type": "t", "params": {"p": {"value": 1}, "x": {"expression": source}},
        "transition": {"successors": {"b": source}}}});
    let second = json!({"step": {"id": "b", "type": "t"}});
    let workflow = json!({"workflow": {"id": "w", "params": {"q": {"expression": source}}, "steps": [first, second]}});
    look_at_workflow(engine, &workflow.to_string());
}

fn look_at_set(engine: &Engine, text: &str) {
    let both = [ParameterSet::from_json(text), ParameterSet::from_yaml(text)];
    for read in both {
        let mut set = match read {
            Ok(set) => set,
            Err(refused) => return look_at_problems(refused.problems()),
        };
        let _ = set.redefine(&set.clone(), Occasion::Restart);
        match set.plan(engine, &Scope::new()) {
            Ok(plan) => {
                black_box((
                    plan.graph(GraphFormat::Dot),
                    plan.graph(GraphFormat::Mermaid),
                    plan.schema(),
                ));
                black_box((plan.order().count(), plan.reads("y").count(), plan.warnings().len()));
                let report = plan.evaluate(&Scope::new());
                black_box((report.to_text(), serde_json::to_string(&report).unwrap()));
                look_at_problems(&report.error().into_iter().cloned().collect::<Vec<_>>());
            }
            Err(refused) => look_at_problems(refused.problems()),
        }
    }
}

fn look_at_workflow(engine: &Engine, text: &str) {
    black_box((Workflow::is_json_definition(text), Workflow::is_yaml_definition(text)));
    for read in [Workflow::from_json(text), Workflow::from_yaml(text)] {
        let workflow = match read {
            Ok(workflow) => workflow,
            Err(refused) => return look_at_problems(refused.problems()),
        };
        black_box((workflow.changes_since(&workflow.clone()).len(), format!("{workflow:?}")));
        let blueprint = match Blueprint::builder(workflow).build(engine) {
            Ok(blueprint) => blueprint,
            Err(refused) => {
                look_at_problems(refused.problems());
                continue;
            }
        };
        black_box(blueprint.expand(&Map::new()).is_ok());
        let Ok(mut unfolding) = Unfolding::start(&blueprint, &Map::new()) else {
            continue;
        };
        let _ = unfolding.walk(&Answers::default(), Some("b"));
        let tree = unfolding.tree();
        black_box((
            tree.to_string(),
            serde_json::to_string(&tree).unwrap(),
            unfolding.ready().len(),
        ));
        let saved = serde_json::to_string(&unfolding.save()).unwrap();
        if let Ok(saved) = serde_json::from_str(&saved) {
            black_box(Unfolding::resume(saved, engine, |builder| builder).is_ok());
        }
    }
}

fn engine(unknown: UnknownNames) -> Engine {
    let limits = Limits::default().steps(STEPS);
    Engine::builder().limits(limits).unknown_names(unknown).build()
}

#[test]
fn attacks() {
    on_a_small_stack("an attack", || {
        for attack in attack::read_all() {
            let Ok(inputs) = attack.inputs() else { continue };
            let mut limits = attack.limits();
            limits.set("steps", STEPS);
            let engine = attack.engine(limits);
            look_at_source(&engine, &attack.source(), &attack.schema(&inputs), &inputs);
        }
    });
}

#[test]
fn attacks_as_definitions() {
    on_a_small_stack("an attack as a definition", || {
        let engine = engine(UnknownNames::Null);
        for attack in attack::read_all() {
            look_at_definitions(&engine, &attack.source());
        }
    });
}

#[test]
fn chains_and_nestings() {
    on_a_small_stack("a chain or nesting", || {
        let inputs = Inputs::new().with("p", 1);
        for source in chains().into_iter().chain(nestings()) {
            let known = Schema::infer_from(inputs.as_map());
            look_at_source(&engine(UnknownNames::Error), &source, &known, &inputs);
            look_at_source(&engine(UnknownNames::Null), &source, &Schema::open(), &inputs);
            look_at_definitions(&engine(UnknownNames::Null), &source);
        }
    });
}

#[test]
fn definitions_that_nest() {
    on_a_small_stack("a definition that nests", || {
        let engine = engine(UnknownNames::Null);
        for depth in [10, 60, 120, 2_000] {
            let list = "[".repeat(depth) + &"]".repeat(depth);
            look_at_set(&engine, &format!(r#"{{"x": {{"value": {list}}}}}"#));
            let map = r#"{"a":"#.repeat(depth) + "1" + &"}".repeat(depth);
            look_at_set(&engine, &format!(r#"{{"x": {{"value": {map}}}}}"#));
            let member = r#"{"type": "MAP", "value": {"a": "#.repeat(depth) + r#"{"value": 1}"# + &"}}".repeat(depth);
            look_at_set(&engine, &format!(r#"{{"x": {member}}}"#));
            let open = r#"{"foreach": {"id": "l", "params": {"loop_params": {"type": "MAP", "value": {"i": {"type": "LONG_ARRAY", "value": [1]}}}}, "steps": ["#;
            let step = r#"{"step": {"id": "s", "type": "t"}}"#;
            let steps = open.repeat(depth) + step + &"]}}".repeat(depth);
            look_at_workflow(
                &engine,
                &format!(r#"{{"workflow": {{"id": "w", "steps": [{steps}]}}}}"#),
            );
        }
    });
}
