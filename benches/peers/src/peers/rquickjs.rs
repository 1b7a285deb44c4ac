//! QuickJS through rquickjs, with an interrupt handler and a memory limit.

use rquickjs::function::IntoArgs;
use rquickjs::{Context, Ctx, Function, Persistent, Runtime, TypedArray, Value};

use super::js;
use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Quickjs;

impl Peer for Quickjs {
    fn name(&self) -> &'static str {
        "quickjs"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let runtime = Runtime::new().expect("a runtime");
        runtime.set_memory_limit(64 << 20);
        runtime.set_interrupt_handler(Some(Box::new(|| false)));
        let context = Context::full(&runtime).expect("a context");
        let function = context.with(|ctx| Persistent::save(&ctx, compile(&ctx, row)));
        let ready = Ready { function, context };
        enter(move || ready.evaluate(row, p))
    }
}

/// A function in its context; it must be let go of before the context is.
struct Ready {
    function: Persistent<Function<'static>>,
    context: Context,
}

impl Ready {
    fn evaluate(&self, row: Row, p: &'static Parameters) -> Answer {
        self.context.with(|ctx| {
            let function = match row.from_source() {
                true => compile(&ctx, row),
                false => self.function.clone().restore(&ctx).expect("the function"),
            };
            match row.program() {
                Row::W1 => call(&function, (p.price, p.qty, p.threshold, p.region)),
                Row::W4 => call(&function, (p.bucket, p.table, p.date, p.hour)),
                Row::W5 => {
                    // An array of 64-bit integers would give BigInts.
                    let xs: Vec<f64> = p.xs.iter().map(|x| *x as f64).collect();
                    call(&function, (TypedArray::new(ctx, xs).expect("an array"),))
                }
                Row::W9w => call(&function, (p.a, p.b)),
                _ => call(&function, (row.n(),)),
            }
        })
    }
}

fn compile<'js>(ctx: &Ctx<'js>, row: Row) -> Function<'js> {
    ctx.eval(js::source(row)).expect("a function that compiles")
}

fn call<'js>(function: &Function<'js>, arguments: impl IntoArgs<'js>) -> Answer {
    let result: Value = function.call(arguments).expect("a function that has a value");
    if let Some(value) = result.as_bool() {
        Answer::Bool(value)
    } else if let Some(value) = result.as_int() {
        Answer::Int(value.into())
    } else if let Some(value) = result.as_float() {
        Answer::Int(value as i64)
    } else {
        let text = result.as_string().expect("a string");
        Answer::Text(text.to_string().expect("UTF-8"))
    }
}
