//! Selvedge with its default budgets; only W3 needs more steps than they give.

use selvedge::{Engine, Input, Limits, Schema, Type, Value};

use crate::everyday::{Case, Given};
use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

/// Where a row starts from source, it compiles in full, or with the engine's cache of programs.
pub struct Selvedge {
    pub cached: bool,
}

type Typed = (&'static str, Type, Input<'static>);

impl Peer for Selvedge {
    fn name(&self) -> &'static str {
        if self.cached { "selvedge, cached" } else { "selvedge" }
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let cached = self.cached;
        if cached && !row.from_source() {
            return None;
        }
        let limits = match row {
            Row::W3 => Limits::default().steps(100_000_000),
            _ => Limits::default(),
        };
        let compiled = match (row.from_source(), cached) {
            (true, true) => Compiled::ThroughCache,
            (true, false) => Compiled::EachTime,
            (false, _) => Compiled::Once,
        };
        contender(limits, source(row), parameters(row, p), compiled)
    }

    fn everyday(&self, case: &'static Case) -> Entry {
        let source = case.program("sel").filter(|_| !self.cached)?;
        contender(Limits::default(), source, everyday(case), Compiled::Once)
    }
}

/// How often the program is compiled.
#[derive(Clone, Copy)]
enum Compiled {
    Once,
    EachTime,
    ThroughCache,
}

fn contender(limits: Limits, source: &'static str, typed: Vec<Typed>, compiled: Compiled) -> Entry {
    let engine = Engine::builder().limits(limits).build();
    let schema = typed
        .iter()
        .fold(Schema::new(), |schema, (name, ty, _)| schema.with(*name, *ty));
    let program = engine.compile(source, &schema).expect("a program that compiles");
    let mut slots = vec![Input::Absent; program.parameters().len()];
    for (name, _, input) in typed {
        slots[program.slot(name).expect("a parameter in use").index()] = input;
    }
    enter(move || {
        let outcome = match compiled {
            Compiled::ThroughCache => engine
                .compile(source, &schema)
                .expect("compiles")
                .evaluate_slots(&slots),
            Compiled::EachTime => engine
                .compile_uncached(source, &schema)
                .expect("compiles")
                .evaluate_slots(&slots),
            Compiled::Once => program.evaluate_slots(&slots),
        };
        match outcome.expect("a program that has a value").into_value() {
            Value::Boolean(value) => Answer::Bool(value),
            Value::Long(value) => Answer::Int(value),
            Value::String(text) => Answer::Text(text),
            value => panic!("not a result of the race: {value:?}"),
        }
    })
}

fn everyday(case: &'static Case) -> Vec<Typed> {
    let typed = case.parameters.iter().map(|(name, given)| {
        let (ty, input) = match given {
            Given::Long(value) => (Type::Long, Input::Long(*value)),
            Given::Text(text) => (Type::String, Input::String(text)),
            Given::Longs(numbers) => (Type::LongArray, Input::LongArray(numbers)),
            Given::Doubles(numbers) => (Type::DoubleArray, Input::DoubleArray(numbers)),
        };
        (name.as_str(), ty, input)
    });
    typed.collect()
}

fn parameters(row: Row, p: &'static Parameters) -> Vec<Typed> {
    let long = |name, value| (name, Type::Long, Input::Long(value));
    let double = |name, value| (name, Type::Double, Input::Double(value));
    let string = |name, value| (name, Type::String, Input::String(value));
    match row.program() {
        Row::W1 => vec![
            double("price", p.price),
            long("qty", p.qty),
            double("threshold", p.threshold),
            string("region", p.region),
        ],
        Row::W4 => vec![
            string("bucket", p.bucket),
            string("table", p.table),
            long("date", p.date),
            long("hour", p.hour),
        ],
        Row::W5 => vec![("xs", Type::LongArray, Input::LongArray(p.xs))],
        Row::W9w => vec![long("a", p.a), long("b", p.b)],
        _ => vec![long("n", row.n())],
    }
}

fn source(row: Row) -> &'static str {
    let source = match row.program() {
        Row::W1 | Row::W2 => include_str!("../../../workloads/w1.sel"),
        Row::W3 => include_str!("../../../workloads/w3.sel"),
        Row::W4 => include_str!("../../../workloads/w4.sel"),
        Row::W5 => include_str!("../../../workloads/w5.sel"),
        Row::W6 => include_str!("../../../workloads/w6.sel"),
        Row::W7 => include_str!("../../../workloads/w7.sel"),
        Row::W8 => include_str!("../../../workloads/w8.sel"),
        Row::W9 | Row::W9w => include_str!("../../../workloads/w9.sel"),
    };
    source.trim_end()
}
