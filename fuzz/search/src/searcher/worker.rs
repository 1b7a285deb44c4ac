//! Evaluates candidates, a batch at a time: natively, and under callgrind, which counts the instructions of each.

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use peak_alloc::PeakAlloc;
use selvedge::params::{ParameterSet, Scope};
use selvedge::{CacheSize, Engine, FixedHost, Input, Inputs, Interrupt, Limits, Map, Schema, UnknownNames, Value};

use super::candidate::{Candidate, Measured, Way};
use super::genome::Shape;
use super::parameter::inputs;
use super::slots::{SLOTS, Slot};
use super::unfold;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The line that ends a batch.
pub(crate) const END: &str = "end";

/// Reads batches and answers them until the input ends: a line for each candidate as it is done, and one for the batch.
pub(crate) fn work() -> std::io::Result<()> {
    let mut batch: Vec<Candidate> = Vec::new();
    let mut out = std::io::stdout().lock();
    make_tables();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line != END {
            batch.push(serde_json::from_str(&line)?);
            continue;
        }
        for (slot, candidate) in SLOTS.iter().zip(&batch) {
            let measured = measure(candidate, *slot);
            writeln!(out, "{}", serde_json::to_string(&measured)?)?;
            out.flush()?;
        }
        end_of_batch(batch.len());
        writeln!(out, "{END}")?;
        out.flush()?;
        batch.clear();
    }
    Ok(())
}

/// What a process does once: the first program that asks for the case of characters has the library make its tables, and the first
/// with an unknown name those of advice.
fn make_tables() {
    let engine = Engine::builder().build();
    black_box(engine.compile("unknown", &Schema::new())).ok();
    let cased = engine.compile("'aΣé'.toUpperCase() + 'aΣé'.toLowerCase()", &Schema::open());
    black_box(cased.map(|program| program.evaluate(&Inputs::new()))).ok();
}

/// Where callgrind writes what it has counted since the last time.
#[inline(never)]
fn end_of_batch(candidates: usize) {
    black_box(candidates);
}

/// Compiles and evaluates in a slot's functions.
fn measure(candidate: &Candidate, slot: Slot) -> Measured {
    let begun = Instant::now();
    let engine = engine(candidate);
    let slot = if candidate.alone { slot.alone() } else { slot };
    let measured = match candidate.shape {
        Shape::Loop | Shape::Once => program(&engine, candidate, slot),
        Shape::Set => set(&engine, candidate, slot),
        Shape::Plan => plan(&engine, candidate, slot),
        Shape::Workflow => unfold::workflow(&engine, candidate, slot),
    };
    Measured {
        elapsed: begun.elapsed(),
        ..measured
    }
}

fn engine(candidate: &Candidate) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let limits = Limits::default().steps(candidate.steps).memory(candidate.memory);
    Engine::builder()
        .host(host)
        .limits(limits)
        .unknown_names(UnknownNames::Error)
        .cache(CacheSize::OFF)
        .build()
}

/// Evaluates a program.
fn program(engine: &Engine, candidate: &Candidate, slot: Slot) -> Measured {
    let inputs = inputs(&candidate.parameters);
    let schema = match candidate.way {
        Way::Name | Way::Slot | Way::Converted => Schema::infer_from(inputs.as_map()),
        Way::Untyped => Schema::open(),
    };
    let inputs = match candidate.way {
        Way::Converted => Inputs::from(as_lists(inputs.as_map())),
        Way::Name | Way::Slot | Way::Untyped => inputs,
    };
    let mut compiled = None;
    (slot.compile)(&mut || compiled = Some(engine.compile_uncached(&candidate.source, &schema)));
    let program = match compiled {
        Some(Ok(program)) => program,
        Some(Err(error)) => return Measured::refused(error.to_string()),
        None => return Measured::refused(String::new()),
    };
    let slots: Vec<Input<'_>> = program.parameters().map(|(name, _)| input(&inputs, name)).collect();
    in_slot(slot, candidate, |steps| {
        let limits = Limits::default().steps(steps).memory(candidate.memory);
        let evaluation = program.evaluation().limits(&limits);
        let came = match candidate.way {
            Way::Name | Way::Untyped | Way::Converted => evaluation.evaluate(&inputs),
            Way::Slot => evaluation.evaluate_slots(&slots),
        };
        let (usage, end) = match &came {
            Ok(outcome) => (outcome.usage(), "value".to_owned()),
            Err(error) => (error.usage(), error.code().kind().clone()),
        };
        (usage.steps, usage.memory, end)
    })
}

/// The parameters, with lists for arrays.
fn as_lists(parameters: &Map) -> Map {
    let as_list = |value: &Value| match value {
        Value::LongArray(values) => values.iter().map(|of| Value::Long(*of)).collect::<Vec<_>>().into(),
        Value::DoubleArray(values) => values.iter().map(|of| Value::from(*of)).collect::<Vec<_>>().into(),
        Value::BooleanArray(values) => values.iter().map(|of| Value::from(*of)).collect::<Vec<_>>().into(),
        Value::StringArray(values) => {
            let texts = values.iter().flatten().map(|of| Value::from(of.as_str()));
            texts.collect::<Vec<_>>().into()
        }
        other => other.clone(),
    };
    parameters.iter().map(|(name, value)| (name, as_list(value))).collect()
}

/// A parameter as a host gives it by slot.
fn input<'i>(inputs: &'i Inputs, name: &str) -> Input<'i> {
    match inputs.as_map().get(name) {
        Some(Value::Long(value)) => Input::Long(*value),
        Some(Value::Double(value)) => Input::Double(*value),
        Some(Value::String(text)) => Input::String(text),
        Some(Value::LongArray(values)) => Input::LongArray(values),
        Some(Value::DoubleArray(values)) => Input::DoubleArray(values),
        Some(Value::BooleanArray(values)) => Input::BooleanArray(values),
        Some(Value::Map(map)) => Input::Map(map),
        Some(other) => Input::Value(other),
        None => Input::Absent,
    }
}

/// Evaluates a set of parameters.
fn set(engine: &Engine, candidate: &Candidate, slot: Slot) -> Measured {
    let inputs = inputs(&candidate.parameters);
    let scope = Scope::new().with_values(inputs.as_map().clone());
    let mut planned = None;
    (slot.compile)(&mut || {
        planned = Some(ParameterSet::from_json(&candidate.source).and_then(|set| set.plan(engine, &scope)));
    });
    let plan = match planned {
        Some(Ok(plan)) => plan,
        Some(Err(refused)) => return Measured::refused(refused.to_string()),
        None => return Measured::refused(String::new()),
    };
    let plans = [BRIEF, 1].map(|part| {
        plan.clone()
            .with_limits(unfold::set_limits(candidate, candidate.steps / part))
    });
    in_slot(slot, candidate, |steps| {
        let report = plans[usize::from(steps == candidate.steps)].evaluate(&scope);
        let end = report
            .error()
            .map_or_else(|| "value".to_owned(), |error| error.code().kind().clone());
        (report.usage().steps, report.usage().memory, end)
    })
}

/// Plans a set of parameters, which may be refused.
fn plan(engine: &Engine, candidate: &Candidate, slot: Slot) -> Measured {
    let inputs = inputs(&candidate.parameters);
    let scope = Scope::new().with_values(inputs.as_map().clone());
    let set = match ParameterSet::from_json(&candidate.source) {
        Ok(set) => set,
        Err(refused) => return Measured::refused(refused.to_string()),
    };
    let plan = |steps| set.plan_with(engine, &scope, &unfold::set_limits(candidate, steps), &Interrupt::new());
    let is_stopped = |steps| plan(steps).is_err_and(|error| unfold::is_stopped(&error));
    let need = candidate.needed(is_stopped);
    let measured = in_part(slot.whole, || {
        let end = if plan(need).is_ok() { "value" } else { "refused" };
        (need, candidate.memory, end.to_owned())
    });
    Measured { need, ..measured }
}

/// How many times fewer steps the brief evaluation has.
const BRIEF: u64 = 4;

/// Evaluates in a slot, first with a part of the steps.
fn in_slot(slot: Slot, candidate: &Candidate, mut run: impl FnMut(u64) -> (u64, u64, String)) -> Measured {
    let brief = in_part(slot.brief, || run(candidate.steps / BRIEF));
    let mut measured = in_part(slot.whole, || run(candidate.steps));
    measured.brief.steps = brief.steps;
    measured
}

/// Runs in a function; what it charged and took.
pub(crate) fn in_part(part: fn(super::slots::Run<'_>), mut run: impl FnMut() -> (u64, u64, String)) -> Measured {
    let mut measured = Measured::default();
    HEAP.reset_peak_usage();
    let start = HEAP.current_usage();
    let begun = Instant::now();
    part(&mut || (measured.steps, measured.memory, measured.end) = run());
    measured.nanoseconds = begun.elapsed().as_nanos() as u64;
    measured.peak = HEAP.peak_usage().saturating_sub(start) as u64;
    measured
}
