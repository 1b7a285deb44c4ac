//! Rhai with its operations, sizes and depths limited.

use rhai::{Array, Dynamic, Engine, Scope};

use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Rhai;

impl Peer for Rhai {
    fn name(&self) -> &'static str {
        "rhai"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let engine = engine();
        let source = source(row);
        let ast = engine.compile(source).expect("a script that compiles");
        let n = row.n();
        enter(move || {
            let mut scope = Scope::new();
            match row.program() {
                Row::W1 => {
                    scope.push("price", p.price);
                    scope.push("qty", p.qty);
                    scope.push("threshold", p.threshold);
                    scope.push("region", p.region);
                }
                Row::W4 => {
                    scope.push("bucket", p.bucket);
                    scope.push("table", p.table);
                    scope.push("date", p.date);
                    scope.push("hour", p.hour);
                }
                Row::W5 => {
                    scope.push("xs", p.xs.iter().map(|x| Dynamic::from(*x)).collect::<Array>());
                }
                Row::W9w => {
                    scope.push("a", p.a);
                    scope.push("b", p.b);
                }
                _ => {
                    scope.push("n", n);
                }
            }
            let result: Dynamic = match row.from_source() {
                true => engine.eval_with_scope(&mut scope, source),
                false => engine.eval_ast_with_scope(&mut scope, &ast),
            }
            .expect("a script that has a value");
            answer(result)
        })
    }
}

fn engine() -> Engine {
    let mut engine = Engine::new();
    engine
        .set_max_operations(100_000_000)
        .set_max_string_size(1 << 20)
        .set_max_array_size(1 << 20)
        .set_max_map_size(1 << 20)
        .set_max_call_levels(64)
        .set_max_expr_depths(64, 32);
    engine
}

fn answer(result: Dynamic) -> Answer {
    if let Ok(value) = result.as_bool() {
        Answer::Bool(value)
    } else if let Ok(value) = result.as_int() {
        Answer::Int(value)
    } else {
        Answer::Text(result.into_string().expect("a string"))
    }
}

fn source(row: Row) -> &'static str {
    match row.program() {
        Row::W1 | Row::W2 => r#"price * qty > threshold && region == "us-east-1""#,
        Row::W3 => include_str!("../programs/w3.rhai"),
        Row::W4 => r#""s3://" + bucket + "/" + table + "/dt=" + date + "/hr=" + hour"#,
        Row::W5 => include_str!("../programs/w5.rhai"),
        Row::W6 => include_str!("../programs/w6.rhai"),
        Row::W7 => include_str!("../programs/w7.rhai"),
        Row::W8 => include_str!("../programs/w8.rhai"),
        Row::W9 | Row::W9w => include_str!("../programs/w9.rhai"),
    }
}
