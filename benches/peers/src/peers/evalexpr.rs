//! Evalexpr, which has no loops and so no limits: the rows that are expressions.

use evalexpr::{ContextWithMutableVariables, DefaultNumericTypes, HashMapContext, Node, Value, build_operator_tree};

use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Evalexpr;

impl Peer for Evalexpr {
    fn name(&self) -> &'static str {
        "evalexpr"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let source = match row.program() {
            Row::W1 => r#"price * qty > threshold && region == "us-east-1""#,
            // Its `+` joins strings with strings only.
            Row::W4 => r#""s3://" + bucket + "/" + table + "/dt=" + str::from(date) + "/hr=" + str::from(hour)"#,
            _ => return None,
        };
        let compile =
            move || -> Node<DefaultNumericTypes> { build_operator_tree(source).expect("an expression that compiles") };
        let compiled = compile();
        let mut context = HashMapContext::new();
        enter(move || {
            let mut set = |name: &str, value| context.set_value(name.to_owned(), value).expect("a variable");
            if row.program() == Row::W1 {
                set("price", Value::Float(p.price));
                set("qty", Value::Int(p.qty));
                set("threshold", Value::Float(p.threshold));
                set("region", Value::String(p.region.to_owned()));
            } else {
                set("bucket", Value::String(p.bucket.to_owned()));
                set("table", Value::String(p.table.to_owned()));
                set("date", Value::Int(p.date));
                set("hour", Value::Int(p.hour));
            }
            let result = match row.from_source() {
                true => compile().eval_with_context(&context),
                false => compiled.eval_with_context(&context),
            };
            match result.expect("an expression that has a value") {
                Value::Boolean(value) => Answer::Bool(value),
                Value::String(text) => Answer::Text(text),
                value => panic!("not a result of the race: {value:?}"),
            }
        })
    }
}
