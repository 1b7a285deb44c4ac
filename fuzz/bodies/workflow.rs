//! The target `workflow`: a definition, drawn or raw, and a sequence of completions, stops, saves and resumes.

use arbitrary::{Result as Drawn, Unstructured};
use selvedge::oracle::cancel_after_looks;
use selvedge::workflow::{Blueprint, CompleteError, Saved, Status, UnfoldLimits, Unfolding, Workflow};
use selvedge::{Engine, Interrupt, Map, Value};
use serde_json::{Value as Json, json};

use super::{LENIENT, check_text};

/// What parameters are made of.
const EXPRESSIONS: &[&str] = &[
    "1",
    "n + 1",
    "'' + n + i",
    "params['n'] == null ? 1 : 2",
    "params['' + 'n']",
    "s = 'y'; for (k = 0; k < 12; k += 1) { s += s; } return s;",
    "new Map()",
];
/// What conditions are made of.
const CONDITIONS: &[&str] = &[
    "true",
    "false",
    "n == 1 && !(i == 0)",
    "params.getFromStep('s0', 'n') != 0",
    "'' + n == '1' || params['' + 'i'] == null",
];
/// What loops run over.
const RANGES: &[&str] = &[
    "Util.intsBetween(0, 3, 1)",
    "new long[]{1, 2}",
    "new String[]{'a', null}",
    "new long[n]",
];
/// What is refused in some places, or fails where it is evaluated.
const RISKY: &[&str] = &[
    "s0__n > 1",
    "loop_index < 2",
    "params.getFromForeach('s0', 's1', 'n').length",
    "while (true) {}",
    "throw 'no';",
    "1 / 0",
];

fn one_of<'e>(u: &mut Unstructured<'_>, all: &[&'e str]) -> Drawn<&'e str> {
    let all = if u.ratio(1, 24)? { RISKY } else { all };
    Ok(*u.choose(all)?)
}

fn limits(u: &mut Unstructured<'_>) -> Drawn<UnfoldLimits> {
    Ok(UnfoldLimits::default()
        .runs(60)
        .iterations(12)
        .depth(u.int_in_range(0..=5)?)
        .concurrency(u.int_in_range(1..=4)?)
        .size(u.int_in_range(100..=60_000)?)
        .kept(u.int_in_range(4_000..=200_000)?)
        .steps(u.int_in_range(100_000..=2_000_000)?)
        .memory(8 << 20))
}

fn definition(u: &mut Unstructured<'_>) -> Drawn<Json> {
    let expression = one_of(u, EXPRESSIONS)?;
    Ok(match u.int_in_range(0..=4)? {
        0 => json!({"value": u.int_in_range(-1..=3)?}),
        1 => json!({"value": "$n ${i}"}),
        2 => json!({"type": "STRING", "expression": expression}),
        3 => json!({"type": "STRING_MAP", "value": {"$n": "$i", "b": "c"}}),
        _ => json!({"expression": expression}),
    })
}

fn params(u: &mut Unstructured<'_>) -> Drawn<Json> {
    let mut params = serde_json::Map::new();
    for name in ["n", "i", "m"] {
        if u.ratio(1, 2)? {
            params.insert(name.to_owned(), definition(u)?);
        }
    }
    Ok(params.into())
}

/// A list of steps whose ids go on from `next`.
fn steps(u: &mut Unstructured<'_>, next: &mut usize, depth: usize) -> Drawn<Json> {
    let (first, count) = (*next, u.int_in_range(1..=4)?);
    *next += count;
    let mut list = Vec::new();
    for place in first..first + count {
        let mut successors = serde_json::Map::new();
        for to in place + 1..first + count {
            if u.ratio(1, 3)? {
                successors.insert(format!("s{to}"), json!(one_of(u, CONDITIONS)?));
            }
        }
        let mut params = params(u)?;
        let kind = if depth == 0 { 0 } else { u.int_in_range(0..=5)? };
        let mut step = json!({"id": format!("s{place}"), "transition": {"successors": successors}});
        let kind = match kind {
            0..=2 => {
                step["type"] = json!("t");
                "step"
            }
            3 => {
                params["subworkflow_id"] = json!({"value": "w"});
                "subworkflow"
            }
            kind => {
                let over = match kind {
                    4 => json!({"expression": one_of(u, RANGES)?}),
                    _ => json!({"value": u.int_in_range(0..=2)?}),
                };
                params["loop_params"] = json!({"type": "MAP", "value": {"i": over}});
                step["steps"] = steps(u, next, depth - 1)?;
                if kind == 5 {
                    step["condition"] = json!(one_of(u, CONDITIONS)?);
                }
                if kind == 4 { "foreach" } else { "while" }
            }
        };
        step["params"] = params;
        list.push(json!({kind: step}));
    }
    Ok(list.into())
}

fn workflow(u: &mut Unstructured<'_>) -> Drawn<Option<Workflow>> {
    if u.ratio(1, 8)? {
        let text = String::from_utf8_lossy(u.bytes(u.len() / 2)?).into_owned();
        return Ok(Workflow::from_yaml(&text).or_else(|_| Workflow::from_json(&text)).ok());
    }
    let params = json!({"n": {"value": 1}, "i": {"expression": "n + 1"}, "m": definition(u)?});
    let steps = steps(u, &mut 0, 2)?;
    let text = json!({"workflow": {"id": "w", "params": params, "steps": steps}}).to_string();
    Ok(Workflow::from_json(&text).ok())
}

fn outputs(u: &mut Unstructured<'_>) -> Drawn<Map> {
    Ok(match u.int_in_range(0..=3)? {
        0 => Map::from_iter([("n", Value::Long(u.arbitrary()?))]),
        1 => Map::from_iter([("i", Value::from("x".repeat(u.int_in_range(0..=300)?)))]),
        _ => Map::new(),
    })
}

/// What a host sees of an unfolding.
fn seen(unfolding: &Unfolding) -> String {
    json!([unfolding.progress(), unfolding.tree().to_string(), unfolding.ready()]).to_string()
}

fn resumed(unfolding: &Unfolding) -> Unfolding {
    let saved = serde_json::to_string(&unfolding.save()).unwrap();
    let saved: Saved = serde_json::from_str(&saved).unwrap();
    let resumed = Unfolding::resume(saved, engine(), |builder| builder);
    resumed.unwrap_or_else(|refused| panic!("{refused}"))
}

fn engine() -> &'static Engine {
    &LENIENT
}

fn check(unfolding: &Unfolding, limits: &UnfoldLimits) {
    assert!(unfolding.kept_bytes() <= limits.kept);
    let usage = unfolding.usage();
    assert!(
        usage.steps <= limits.steps && usage.memory <= limits.memory,
        "{usage:?}"
    );
}

/// A sequence of calls on what a definition unfolds to. One copy is stopped and resumed; in the end it is as the other.
fn run(u: &mut Unstructured<'_>) -> Drawn<()> {
    let (limits, workflow) = (limits(u)?, workflow(u)?);
    let Some(workflow) = workflow else { return Ok(()) };
    let blueprint = match Blueprint::builder(workflow).limits(limits).build(engine()) {
        Ok(blueprint) => blueprint,
        Err(refused) => {
            for problem in refused.problems() {
                check_text(&problem.to_string());
            }
            return Ok(());
        }
    };
    let _ = blueprint.expand(&Map::new());
    let Ok(mut plain) = Unfolding::start(&blueprint, &Map::new()) else {
        return Ok(());
    };
    let mut stopped = Unfolding::begin(&blueprint, &Map::new(), &Interrupt::new()).unwrap();
    for _ in 0..12 {
        let interrupt = Interrupt::new().cancel(cancel_after_looks(u.int_in_range(0..=20)?));
        if stopped.settle(&interrupt).is_err() && u.ratio(1, 2)? {
            stopped = resumed(&stopped);
        }
        if stopped.settle(&Interrupt::new()).is_err() {
            return Ok(());
        }
        check(&stopped, &limits);
        assert_eq!(seen(&stopped), seen(&plain));
        let ready = plain.ready();
        let Some(step) = u.choose(&ready).ok() else {
            return Ok(());
        };
        let status = *u.choose(&[Status::Succeeded, Status::Failed, Status::CompletedWithError])?;
        let outputs = outputs(u)?;
        let before = seen(&stopped);
        let one = plain.complete(&step.path, status, &outputs);
        check(&plain, &limits);
        if matches!(one, Err(CompleteError::Stopped(_) | CompleteError::Unsettled(_))) {
            return Ok(());
        }
        let interrupt = Interrupt::new().cancel(cancel_after_looks(u.int_in_range(0..=20)?));
        match stopped.complete_with(&step.path, status, &outputs, &interrupt) {
            Err(CompleteError::Stopped(_)) => {
                assert_eq!(seen(&stopped), before);
                let _ = stopped.complete(&step.path, status, &outputs);
            }
            Err(CompleteError::Unsettled(_)) => stopped = resumed(&stopped),
            other => assert_eq!(other.is_ok(), one.is_ok()),
        }
    }
    Ok(())
}

/// A definition and a sequence of calls; what is stopped and resumed ends as what is not.
pub(crate) fn target(data: &[u8]) {
    // Bytes that end are the end of the sequence.
    let _ = run(&mut Unstructured::new(data));
}
