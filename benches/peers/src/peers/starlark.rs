//! Starlark with its ticks and its heap limited.

use starlark::environment::{FrozenModule, Globals, Module};
use starlark::eval::Evaluator;
use starlark::syntax::{AstModule, Dialect};
use starlark::values::list::AllocList;
use starlark::values::{Heap, Value};

use crate::everyday::{Case, Given};
use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Starlark;

impl Peer for Starlark {
    fn name(&self) -> &'static str {
        "starlark"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        module(
            source(row),
            row.from_source(),
            Box::new(move |heap| arguments(row, p, heap)),
        )
    }

    fn everyday(&self, case: &'static Case) -> Entry {
        module(case.program("star")?, false, Box::new(move |heap| everyday(case, heap)))
    }
}

type Arguments = Box<dyn for<'v> Fn(Heap<'v>) -> Vec<Value<'v>>>;

fn module(source: &'static str, from_source: bool, arguments: Arguments) -> Entry {
    let globals = Globals::standard();
    let frozen: FrozenModule = Module::with_temp_heap(|module| {
        limited(&module)
            .eval_module(parse(source), &globals)
            .expect("a module that compiles");
        module.freeze().expect("a frozen module")
    });
    let run = frozen.get("run").expect("a function");
    enter(move || {
        Module::with_temp_heap(|module| {
            let mut evaluator = limited(&module);
            let arguments = arguments(evaluator.heap());
            let function = match from_source {
                true => {
                    evaluator.eval_module(parse(source), &globals).expect("compiles");
                    module.get("run").expect("a function")
                }
                // SAFETY: the module's heap, which keeps the function alive, lives as long as the evaluation.
                false => unsafe { run.owned_frozen_value(module.frozen_heap()) }.to_value(),
            };
            let result = evaluator
                .eval_function(function, &arguments, &[])
                .expect("a function that has a value");
            answer(result)
        })
    })
}

fn everyday<'v>(case: &'static Case, heap: Heap<'v>) -> Vec<Value<'v>> {
    let value = |given: &Given| match given {
        Given::Long(value) => heap.alloc(*value),
        Given::Text(text) => heap.alloc(text.as_str()),
        Given::Longs(numbers) => heap.alloc(AllocList(numbers.iter().copied())),
        Given::Doubles(numbers) => heap.alloc(AllocList(numbers.iter().copied())),
    };
    case.parameters.iter().map(|(_, given)| value(given)).collect()
}

fn limited<'v, 'a, 'e>(module: &'a Module<'v>) -> Evaluator<'v, 'a, 'e> {
    let mut evaluator = Evaluator::new(module);
    evaluator.set_max_tick_count(100_000_000).expect("a limit on ticks");
    evaluator.set_max_heap_size(64 << 20).expect("a limit on the heap");
    evaluator
}

fn parse(source: &str) -> AstModule {
    AstModule::parse("run.star", source.to_owned(), &Dialect::Standard).expect("a module that parses")
}

fn arguments<'v>(row: Row, p: &'static Parameters, heap: Heap<'v>) -> Vec<Value<'v>> {
    match row.program() {
        Row::W1 => vec![
            heap.alloc(p.price),
            heap.alloc(p.qty),
            heap.alloc(p.threshold),
            heap.alloc(p.region),
        ],
        Row::W4 => vec![
            heap.alloc(p.bucket),
            heap.alloc(p.table),
            heap.alloc(p.date),
            heap.alloc(p.hour),
        ],
        Row::W5 => vec![heap.alloc(AllocList(p.xs.iter().copied()))],
        Row::W9w => vec![heap.alloc(p.a), heap.alloc(p.b)],
        _ => vec![heap.alloc(row.n())],
    }
}

fn answer(result: Value) -> Answer {
    if let Some(value) = result.unpack_bool() {
        Answer::Bool(value)
    } else if let Some(text) = result.unpack_str() {
        Answer::Text(text.to_owned())
    } else {
        // Numbers beyond 32 bits are objects of their own.
        Answer::Int(result.to_str().parse().expect("an integer"))
    }
}

fn source(row: Row) -> &'static str {
    match row.program() {
        Row::W1 | Row::W2 => {
            "def run(price, qty, threshold, region):\n    return price * qty > threshold and region == \"us-east-1\"\n"
        }
        Row::W3 => include_str!("../programs/w3.star"),
        Row::W4 => concat!(
            "def run(bucket, table, date, hour):\n",
            "    return \"s3://\" + bucket + \"/\" + table + \"/dt=\" + str(date) + \"/hr=\" + str(hour)\n",
        ),
        Row::W5 => include_str!("../programs/w5.star"),
        Row::W6 => include_str!("../programs/w6.star"),
        Row::W7 => include_str!("../programs/w7.star"),
        Row::W8 => include_str!("../programs/w8.star"),
        Row::W9 | Row::W9w => include_str!("../programs/w9.star"),
    }
}
