//! Rune with a budget of instructions.

use std::sync::Arc;

use rune::runtime::{GuardedArgs, budget};
use rune::{Context, FromValue, Source, Sources, Unit, Vm};

use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Rune;

impl Peer for Rune {
    fn name(&self) -> &'static str {
        "rune"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let context = Context::with_default_modules().expect("rune's own modules");
        let runtime = Arc::new(context.runtime().expect("a runtime"));
        let mut vm = Vm::new(Arc::clone(&runtime), Arc::new(compile(&context, row)));
        enter(move || {
            if row.from_source() {
                vm = Vm::new(Arc::clone(&runtime), Arc::new(compile(&context, row)));
            }
            match row.program() {
                Row::W1 => {
                    let arguments = (p.price, p.qty, p.threshold, p.region.to_owned());
                    Answer::Bool(call(&mut vm, arguments))
                }
                Row::W4 => {
                    let arguments = (p.bucket.to_owned(), p.table.to_owned(), p.date, p.hour);
                    Answer::Text(call(&mut vm, arguments))
                }
                Row::W5 => Answer::Int(call(&mut vm, (p.xs.to_vec(),))),
                Row::W9w => Answer::Int(call(&mut vm, (p.a, p.b))),
                _ => Answer::Int(call(&mut vm, (row.n(),))),
            }
        })
    }
}

fn call<T: FromValue>(vm: &mut Vm, arguments: impl GuardedArgs) -> T {
    let result = budget::with(100_000_000, || vm.call(["run"], arguments)).call();
    let value = result.expect("a function that has a value");
    rune::from_value(value).expect("a value of its type")
}

fn compile(context: &Context, row: Row) -> Unit {
    let mut sources = Sources::new();
    sources
        .insert(Source::memory(source(row)).expect("a source"))
        .expect("room for a source");
    rune::prepare(&mut sources)
        .with_context(context)
        .build()
        .expect("a unit that compiles")
}

fn source(row: Row) -> &'static str {
    match row.program() {
        Row::W1 | Row::W2 => {
            r#"pub fn run(price, qty, threshold, region) { price * (qty as f64) > threshold && region == "us-east-1" }"#
        }
        Row::W3 => include_str!("../programs/w3.rn"),
        Row::W4 => "pub fn run(bucket, table, date, hour) { `s3://${bucket}/${table}/dt=${date}/hr=${hour}` }",
        Row::W5 => include_str!("../programs/w5.rn"),
        Row::W6 => include_str!("../programs/w6.rn"),
        Row::W7 => include_str!("../programs/w7.rn"),
        Row::W8 => include_str!("../programs/w8.rn"),
        Row::W9 | Row::W9w => include_str!("../programs/w9.rn"),
    }
}
