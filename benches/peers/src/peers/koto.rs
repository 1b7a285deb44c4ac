//! Koto with its limit on time.

use std::time::Duration;

use koto::prelude::{KList, KValue, Koto, KotoSettings};

use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct KotoPeer;

impl Peer for KotoPeer {
    fn name(&self) -> &'static str {
        "koto"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let settings = KotoSettings::default().with_execution_limit(Duration::from_secs(10));
        let mut koto = Koto::with_settings(settings);
        let source = source(row);
        koto.compile_and_run(source).expect("a script that compiles");
        enter(move || {
            if row.from_source() {
                koto.compile_and_run(source).expect("a script that compiles");
            }
            let arguments = arguments(row, p);
            let result = koto.call_exported_function("run", arguments.as_slice());
            match result.expect("a function that has a value") {
                KValue::Bool(value) => Answer::Bool(value),
                KValue::Number(value) => Answer::Int(value.into()),
                KValue::Str(text) => Answer::Text(text.as_str().to_owned()),
                value => panic!("not a result of the race: {}", value.type_as_string()),
            }
        })
    }
}

fn arguments(row: Row, p: &'static Parameters) -> Vec<KValue> {
    match row.program() {
        Row::W1 => vec![p.price.into(), p.qty.into(), p.threshold.into(), p.region.into()],
        Row::W4 => vec![p.bucket.into(), p.table.into(), p.date.into(), p.hour.into()],
        Row::W5 => {
            let xs: Vec<KValue> = p.xs.iter().map(|x| (*x).into()).collect();
            vec![KList::from_slice(&xs).into()]
        }
        Row::W9w => vec![p.a.into(), p.b.into()],
        _ => vec![row.n().into()],
    }
}

fn source(row: Row) -> &'static str {
    match row.program() {
        Row::W1 | Row::W2 => {
            "export run = |price, qty, threshold, region|\n  price * qty > threshold and region == 'us-east-1'\n"
        }
        Row::W3 => include_str!("../programs/w3.koto"),
        Row::W4 => "export run = |bucket, table, date, hour| 's3://{bucket}/{table}/dt={date}/hr={hour}'\n",
        Row::W5 => include_str!("../programs/w5.koto"),
        Row::W6 => include_str!("../programs/w6.koto"),
        Row::W7 => include_str!("../programs/w7.koto"),
        Row::W8 => include_str!("../programs/w8.koto"),
        Row::W9 | Row::W9w => include_str!("../programs/w9.koto"),
    }
}
