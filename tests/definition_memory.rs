//! What calls on sets and unfoldings take from the heap, counted: at the peak no more than the call's budget and what the unfolding
//! keeps, and between calls no more than the limit of that; 64 KiB beside. For every hostile definition, at two budgets.
#![cfg(all(feature = "yaml", feature = "datetime"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/definition.rs"]
mod definition;

use std::io::{self, Write as _};

use peak_alloc::PeakAlloc;
use selvedge::params::{ParameterSet, Scope, SetLimits};
use selvedge::workflow::{Answers, Blueprint, Status, UnfoldLimits, Unfolding, Workflow};
use selvedge::{Interrupt, Map};
use serde_json::Value as Json;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What the contract allows beside the budget.
const SLACK_BYTES: usize = 64 * 1024;
const BUDGETS: [usize; 2] = [1 << 20, 16 << 20];

/// What a call took at its peak, and left.
fn measure<T>(call: impl FnOnce() -> T) -> (T, usize, usize) {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let result = call();
    let peak = HEAP.peak_usage().saturating_sub(before);
    (result, peak, HEAP.current_usage().saturating_sub(before))
}

fn sets(case: &Json, wrong: &mut Vec<String>) {
    let (text, is_yaml) = definition::text(case);
    let set = match is_yaml {
        true => ParameterSet::from_yaml(&text),
        false => ParameterSet::from_json(&text),
    };
    let Ok(set) = set else { return };
    let scope = Scope::new().with_values(definition::map(&case["scope"]));
    let engine = definition::engine(case);
    for budget in BUDGETS {
        let limits = SetLimits::default().memory(budget as u64);
        let ((), peak, _) = measure(|| drop(set.plan_with(&engine, &scope, &limits, &Interrupt::new())));
        if peak > budget + SLACK_BYTES {
            wrong.push(format!("{}: planned in {budget}, {} beyond", case["id"], peak - budget));
        }
        let Ok(plan) = set.plan(&engine, &scope) else { return };
        let plan = plan.with_limits(limits);
        drop(plan.evaluate(&scope));
        let (used, peak, left) = measure(|| plan.evaluate(&scope).usage());
        if peak > used.memory as usize + SLACK_BYTES {
            let beyond = peak - used.memory as usize;
            wrong.push(format!(
                "{}: in {budget}, {beyond} beyond the {} used",
                case["id"], used.memory
            ));
        }
        if left > SLACK_BYTES {
            wrong.push(format!("{}: in {budget}, {left} stay", case["id"]));
        }
    }
}

fn workflows(case: &Json, wrong: &mut Vec<String>) {
    let (text, is_yaml) = definition::text(case);
    let workflow = match is_yaml {
        true => Workflow::from_yaml(&text),
        false => Workflow::from_json(&text),
    };
    let Ok(workflow) = workflow else { return };
    for budget in BUDGETS {
        let roomy = UnfoldLimits::default().kept(budget as u64);
        let limits = roomy.memory(2 * budget as u64).steps(10_000_000);
        let build = |limits| {
            Blueprint::builder(workflow.clone())
                .limits(limits)
                .build(&definition::engine(case))
        };
        if build(roomy).is_err() {
            return;
        }
        let (built, peak, _) = measure(|| build(limits));
        if peak > 2 * budget + SLACK_BYTES {
            wrong.push(format!(
                "{}: built in {budget}, {} beyond",
                case["id"],
                peak - 2 * budget
            ));
        }
        // The limits are those of unfolding: the definitions are made with more.
        let Ok(blueprint) = built else { continue };
        let given = definition::map(&case["given"]);
        let ((), peak, _) = measure(|| drop(blueprint.expand(&given)));
        if peak > 2 * budget + SLACK_BYTES {
            wrong.push(format!(
                "{}: expanded in {budget}, {} beyond",
                case["id"],
                peak - 2 * budget
            ));
        }
        let base = HEAP.current_usage();
        let Ok(mut unfolding) = Unfolding::begin(&blueprint, &given, &Interrupt::new()) else {
            continue;
        };
        for call in 0..40 {
            let kept = unfolding.kept_bytes() as usize;
            let next = unfolding.ready().into_iter().next().map(|step| step.path);
            let ((), peak, _) = match (unfolding.is_settled(), next) {
                (true, Some(path)) => measure(|| drop(unfolding.complete(&path, Status::Succeeded, &Map::new()))),
                (true, None) => break,
                (false, _) => measure(|| drop(unfolding.settle(&Interrupt::new()))),
            };
            let used = unfolding.usage().memory as usize;
            let after = unfolding.kept_bytes() as usize;
            // What is kept after the call may have been made in it.
            let allowed = used + after.saturating_sub(kept) + SLACK_BYTES;
            if peak > allowed {
                wrong.push(format!(
                    "{}: call {call} in {budget}, {} beyond",
                    case["id"],
                    peak - allowed
                ));
                break;
            }
            let held = HEAP.current_usage().saturating_sub(base);
            if held > after + SLACK_BYTES || after > budget {
                let beyond = held.saturating_sub(after);
                wrong.push(format!(
                    "{}: call {call}, {beyond} held beyond the {after} kept",
                    case["id"]
                ));
                break;
            }
        }
        let ((), peak, _) = measure(|| look_at(&unfolding));
        if peak > SLACK_BYTES {
            wrong.push(format!("{}: {peak} to print it in {budget}", case["id"]));
        }
        let kept = unfolding.kept_bytes() as usize;
        let walk = limits.walk_steps(3_000_000);
        let walked = Blueprint::builder(workflow.clone())
            .limits(walk)
            .build(&definition::engine(case));
        let Ok(mut unfolding) = walked.and_then(|blueprint| Unfolding::begin(&blueprint, &given, &Interrupt::new()))
        else {
            continue;
        };
        let begun = unfolding.kept_bytes() as usize;
        let (_, peak, _) = measure(|| unfolding.walk(&Answers::default(), None).is_ok());
        // Of a walk each completion may use the bytes of a call.
        let allowed = 2 * budget + (unfolding.kept_bytes() as usize).max(kept).saturating_sub(begun) + SLACK_BYTES;
        if peak > allowed {
            wrong.push(format!("{}: walked in {budget}, {} beyond", case["id"], peak - allowed));
        }
    }
}

/// Prints an unfolding in all ways.
fn look_at(unfolding: &Unfolding) {
    let mut out = io::sink();
    write!(out, "{}", unfolding.tree()).unwrap();
    serde_json::to_writer(&mut out, &unfolding.tree()).unwrap();
    for ready in unfolding.each_ready() {
        serde_json::to_writer(&mut out, &ready).unwrap();
    }
}

#[test]
fn calls_take_what_they_charge_and_unfoldings_hold_what_they_count() {
    let (mut checked, mut wrong) = (0, Vec::new());
    cases::each("definition_attacks/sets.jsonl", |case| {
        sets(case, &mut wrong);
        checked += 1;
    });
    cases::each("definition_attacks/workflows.jsonl", |case| {
        workflows(case, &mut wrong);
        checked += 1;
    });
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 70, "only {checked}");
}
