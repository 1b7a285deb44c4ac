//! CEL, which always ends: the rows that are expressions.

use std::sync::Arc;

use cel::{Context, Env, Value};

use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Cel;

impl Peer for Cel {
    fn name(&self) -> &'static str {
        "cel"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let source = match row.program() {
            // It does not mix numeric types by itself.
            Row::W1 => r#"price * double(qty) > threshold && region == "us-east-1""#,
            Row::W4 => r#""s3://" + bucket + "/" + table + "/dt=" + string(date) + "/hr=" + string(hour)"#,
            _ => return None,
        };
        let env = Arc::new(Env::stdlib());
        let program = env.compile(source).expect("an expression that compiles");
        // The functions are set up once, the variables in a scope of each evaluation's own.
        let root = Context::with_env(Arc::clone(&env));
        enter(move || {
            let mut context = root.new_inner_scope();
            if row.program() == Row::W1 {
                context.add_variable_from_value("price", p.price);
                context.add_variable_from_value("qty", p.qty);
                context.add_variable_from_value("threshold", p.threshold);
                context.add_variable_from_value("region", p.region);
            } else {
                context.add_variable_from_value("bucket", p.bucket);
                context.add_variable_from_value("table", p.table);
                context.add_variable_from_value("date", p.date);
                context.add_variable_from_value("hour", p.hour);
            }
            let result = match row.from_source() {
                true => env.compile(source).expect("compiles").execute(&context),
                false => program.execute(&context),
            };
            match result.expect("an expression that has a value") {
                Value::Bool(value) => Answer::Bool(value),
                Value::String(text) => Answer::Text(text.to_string()),
                value => panic!("not a result of the race: {value:?}"),
            }
        })
    }
}
