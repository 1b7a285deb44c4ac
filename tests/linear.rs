//! The work of the front end and of the static passes grows as the source does: each family of hostile sources, a line of `tests/linear.jsonl`, at n, 2n and
//! 4n bytes. Counted, not timed: what the guard looks at, rules begun, nodes built and checked, instructions and heap.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/family.rs"]
mod family;

use family::families;
use peak_alloc::PeakAlloc;
use selvedge::lint::LintSet;
use selvedge::oracle::{Work, counted};
use selvedge::{Engine, InputSizes, Inputs, Limits, Program, Schema, UnknownNames, Value};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The largest source: what is not linear shows long before.
const LARGEST: usize = 64 << 10;
/// Doubling the source may multiply work by this: doubling, and what tables round up.
const GROWTH: f64 = 2.3;
/// Work below this, per source, is too little to compare.
const FEW: u64 = 2_000;
/// The most rules of the grammar that are begun for each byte of a source.
const RULES_PER_BYTE: u64 = 30;
/// The most heap that compiling holds for each byte of a source, where its family names no more, and whatever its length.
const HEAP_PER_BYTE: usize = 300;
const HEAP_ALWAYS: usize = 1 << 20;

/// What compiling a source takes: the counts of work, and the peak of the heap.
fn measure(engine: &Engine, source: &str, schema: &Schema) -> ([u64; Work::ALL.len()], usize, String) {
    let before = counted();
    HEAP.reset_peak_usage();
    let start = HEAP.current_usage();
    let compiled = engine.compile_uncached(source, schema);
    let heap = HEAP.peak_usage() - start;
    let came = match &compiled {
        Ok(program) => {
            look_at(engine, program, schema);
            "accepted".to_owned()
        }
        Err(error) => {
            // A report of many errors is part of the work.
            assert!(
                error.report("linear.sel").len() < 100_000,
                "a report as long as the source"
            );
            error.first_error().unwrap().code.to_string()
        }
    };
    let after = counted();
    let mut work = [0; Work::ALL.len()];
    for (place, (after, before)) in work.iter_mut().zip(after.iter().zip(before)) {
        *place = after - before;
    }
    (work, heap, came)
}

/// What can be asked of a program before it runs.
fn look_at(engine: &Engine, program: &Program, schema: &Schema) {
    std::hint::black_box(program.cost_bound(&InputSizes::new()));
    std::hint::black_box(
        engine
            .lint_for(program.source(), schema, LintSet::all())
            .map(|lints| lints.len())
            .unwrap(),
    );
    // As long as what they print, which is a line for each instruction.
    assert!(program.listing().len() <= 400 * program.source().len() + 1_000);
}

/// One test, so that nothing else takes memory meanwhile.
#[test]
fn work_and_heap_grow_as_the_source_does() {
    let inputs = Inputs::new()
        .with("p", 1)
        .with("S", "a")
        .with("M", Value::Map(selvedge::Map::new()))
        .with("X", Value::from(vec![Value::Null]));
    let known = Schema::infer_from(inputs.as_map());
    let engine = |unknown| {
        let limits = Limits::default().source_length(u64::MAX);
        Engine::builder().unknown_names(unknown).limits(limits).build()
    };
    let engines = [
        (engine(UnknownNames::Error), known),
        (engine(UnknownNames::Null), Schema::open()),
    ];
    let (mut wrong, mut worst_heap, mut outcomes) = (Vec::new(), (0.0, String::new()), Vec::new());
    for family in families() {
        for (engine, schema) in &engines {
            let mut last: Option<[u64; Work::ALL.len()]> = None;
            for size in [LARGEST / 4, LARGEST / 2, LARGEST] {
                let source = family.source(size);
                let (work, heap, came) = measure(engine, &source, schema);
                let name = format!("{}, {} bytes, {came}", family.name, source.len());
                let rules = work[Work::Parsed as usize];
                if rules > RULES_PER_BYTE * source.len() as u64 + FEW {
                    wrong.push(format!("{name}: {rules} rules begun"));
                }
                let most = family.heap().map_or(HEAP_PER_BYTE, |most| most as usize);
                if heap > HEAP_ALWAYS + most * source.len() {
                    wrong.push(format!("{name}: {heap} bytes of heap"));
                }
                let per_byte = heap as f64 / source.len() as f64;
                if per_byte > worst_heap.0 {
                    worst_heap = (per_byte, name.clone());
                }
                for (what, (now, before)) in Work::ALL.iter().zip(work.iter().zip(last.unwrap_or(work))) {
                    if *now > FEW && *now as f64 > GROWTH * before.max(1) as f64 {
                        wrong.push(format!("{name}: {what:?} {before} to {now}"));
                    }
                }
                last = Some(work);
                outcomes.push(came);
            }
        }
    }
    println!(
        "the most heap: {:.0} bytes a byte of source, {}",
        worst_heap.0, worst_heap.1
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let accepted = outcomes.iter().filter(|came| *came == "accepted").count();
    assert!(
        accepted > outcomes.len() / 3 && accepted < outcomes.len(),
        "{accepted} of {} accepted",
        outcomes.len()
    );
}
