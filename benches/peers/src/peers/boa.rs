//! Boa with its loops, recursion and stack limited.

use boa_engine::object::builtins::JsFloat64Array;
use boa_engine::{Context, JsObject, JsValue, Source, js_string};

use super::js;
use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Boa;

impl Peer for Boa {
    fn name(&self) -> &'static str {
        "boa"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let mut context = Context::default();
        let limits = context.runtime_limits_mut();
        limits.set_loop_iteration_limit(100_000_000);
        limits.set_recursion_limit(512);
        let function = compile(&mut context, row);
        enter(move || {
            let function = match row.from_source() {
                true => &compile(&mut context, row),
                false => &function,
            };
            let arguments = arguments(row, p, &mut context);
            let result = function
                .call(&JsValue::undefined(), &arguments, &mut context)
                .expect("a function that has a value");
            if let Some(value) = result.as_boolean() {
                Answer::Bool(value)
            } else if let Some(value) = result.as_number() {
                Answer::Int(value as i64)
            } else {
                let text = result.as_string().expect("a string");
                Answer::Text(text.to_std_string().expect("UTF-16"))
            }
        })
    }
}

fn compile(context: &mut Context, row: Row) -> JsObject {
    let function = context.eval(Source::from_bytes(js::source(row)));
    function
        .expect("a function that compiles")
        .as_object()
        .expect("a function")
}

fn arguments(row: Row, p: &'static Parameters, context: &mut Context) -> Vec<JsValue> {
    match row.program() {
        Row::W1 => vec![
            p.price.into(),
            p.qty.into(),
            p.threshold.into(),
            js_string!(p.region).into(),
        ],
        Row::W4 => vec![
            js_string!(p.bucket).into(),
            js_string!(p.table).into(),
            p.date.into(),
            p.hour.into(),
        ],
        Row::W5 => {
            let xs = JsFloat64Array::from_iter(p.xs.iter().map(|x| *x as f64), context);
            vec![xs.expect("an array").into()]
        }
        Row::W9w => vec![p.a.into(), p.b.into()],
        _ => vec![row.n().into()],
    }
}
