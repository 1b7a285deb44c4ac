//! What an evaluation takes from the heap, counted: at its peak no more than the bytes that it says it used and 64 KiB, which is within
//! its memory budget, and nothing once its outcome is dropped. For every attack and every program of the corpus, at four budgets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;
#[path = "support/corpus.rs"]
mod corpus;

use std::sync::atomic::{AtomicUsize, Ordering};

use peak_alloc::PeakAlloc;
use selvedge::{CancelToken, Engine, FixedHost, Inputs, Limits, Program, Schema, UnknownNames};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What the contract allows beside the budget, and beside what was used of it.
const SLACK_BYTES: usize = 64 * 1024;
const BUDGETS: [usize; 4] = [4 << 10, 64 << 10, 1 << 20, 16 << 20];

/// The most that a peak was beyond what was used.
static WORST: AtomicUsize = AtomicUsize::new(0);

/// What one evaluation took and left, beside what it said it used.
struct Taken {
    used: usize,
    peak: usize,
    left: usize,
}

/// Evaluates and drops its outcome, and tells what that took from the heap.
fn measure(program: &Program, inputs: &Inputs, limits: &Limits, cancel: bool) -> Taken {
    let token = CancelToken::new();
    if cancel {
        token.cancel();
    }
    let evaluation = program.evaluation().limits(limits).cancel(token);
    HEAP.reset_peak_usage();
    let start = HEAP.current_usage();
    let used = match evaluation.evaluate(inputs) {
        Ok(outcome) => outcome.usage().memory,
        Err(error) => error.usage().memory,
    };
    Taken {
        used: used as usize,
        peak: HEAP.peak_usage() - start,
        left: HEAP.current_usage().saturating_sub(start),
    }
}

/// Measures a program at all budgets; what is wrong with it.
fn check(name: &str, engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs, cancel: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for budget in BUDGETS {
        // A program of its own: what a search keeps for the next one is taken by the first evaluation.
        let Ok(program) = engine.compile_uncached(source, schema) else {
            return wrong;
        };
        let limits = engine.limits().clone().memory(budget as u64);
        for evaluation in ["first", "second"] {
            let Taken { used, peak, left } = measure(&program, inputs, &limits, cancel);
            WORST.fetch_max(peak.saturating_sub(used), Ordering::Relaxed);
            if used > budget {
                wrong.push(format!("{name}: {evaluation}, budget {budget}: {used} bytes used"));
            }
            if peak > used + SLACK_BYTES {
                let beyond = peak - used;
                wrong.push(format!(
                    "{name}: {evaluation}, budget {budget}: the peak is {beyond} beyond what was used"
                ));
            }
            if left > 0 && evaluation == "second" {
                wrong.push(format!("{name}: {evaluation}, budget {budget}: {left} bytes stay"));
            }
        }
    }
    wrong
}

fn attacks() -> (usize, Vec<String>) {
    let (mut checked, mut wrong) = (0, Vec::new());
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        let engine = attack.engine(attack.limits());
        let name = format!("{}/{}", attack.category, attack.id);
        let schema = attack.schema(&inputs);
        wrong.extend(check(
            &name,
            &engine,
            &attack.source(),
            &schema,
            &inputs,
            attack.is_cancelled(),
        ));
        checked += 1;
    }
    (checked, wrong)
}

fn corpus() -> (usize, Vec<String>) {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let engine = Engine::builder().unknown_names(UnknownNames::Null).host(host).build();
    let (mut checked, mut wrong) = (0, Vec::new());
    for (source, inputs) in corpus::corpus() {
        let schema = Schema::infer_from(inputs.as_map());
        wrong.extend(check(&source, &engine, &source, &schema, &inputs, false));
        checked += 1;
    }
    (checked, wrong)
}

/// One test, so that nothing else takes memory meanwhile.
#[test]
fn the_heap_grows_by_the_budget_at_most_and_shrinks_back() {
    let (attacked, mut wrong) = attacks();
    let (ran, of_corpus) = corpus();
    wrong.extend(of_corpus);
    println!("at most {} bytes beyond what was used", WORST.load(Ordering::Relaxed));
    assert!(wrong.is_empty(), "{} violations:\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        attacked > 1000 && ran > 3000,
        "only {attacked} attacks and {ran} programs"
    );
}
