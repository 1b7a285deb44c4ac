//! Wasmi with fuel, on modules written by hand for the rows that are loops over numbers.

use wasmi::{Config, Engine, Instance, Linker, Module, Store, Val};

use crate::everyday::{Case, Given};
use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

const FUEL: u64 = 1_000_000_000;

pub struct Wasmi;

impl Peer for Wasmi {
    fn name(&self) -> &'static str {
        "wasmi"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let source = match row {
            Row::W3 => include_str!("../programs/w3.wat"),
            Row::W5 => include_str!("../programs/w5.wat"),
            Row::W6 => include_str!("../programs/w6.wat"),
            _ => return None,
        };
        let (mut store, instance) = instantiate(source);
        if row == Row::W3 {
            let run = instance.get_typed_func::<i64, i64>(&store, "run").expect("a function");
            let n = row.n();
            return enter(move || {
                store.set_fuel(FUEL).expect("fuel is on");
                Answer::Int(run.call(&mut store, n).expect("a value"))
            });
        }
        let run = instance.get_typed_func::<i32, i64>(&store, "run").expect("a function");
        let memory = instance.get_memory(&store, "memory");
        let n = match row {
            Row::W5 => p.xs.len() as i32,
            _ => row.n() as i32,
        };
        enter(move || {
            store.set_fuel(FUEL).expect("fuel is on");
            if let Some(memory) = &memory {
                let places = memory.data_mut(&mut store).chunks_exact_mut(8);
                for (place, x) in places.zip(p.xs) {
                    place.copy_from_slice(&x.to_le_bytes());
                }
            }
            Answer::Int(run.call(&mut store, n).expect("a value"))
        })
    }

    fn everyday(&self, case: &'static Case) -> Entry {
        let (mut store, instance) = instantiate(case.program("wat")?);
        let run = instance.get_func(&store, "run").expect("a function");
        let memory = instance.get_memory(&store, "memory");
        let mut bytes: Vec<u8> = Vec::new();
        let mut arguments = Vec::new();
        for (_, given) in &case.parameters {
            let at = bytes.len() as i32;
            let length = match given {
                Given::Long(value) => {
                    arguments.push(Val::I64(*value));
                    continue;
                }
                Given::Longs(numbers) => {
                    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
                    numbers.len()
                }
                Given::Doubles(numbers) => {
                    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
                    numbers.len()
                }
                Given::Text(_) => return None,
            };
            arguments.extend([Val::I32(at), Val::I32(length as i32)]);
        }
        enter(move || {
            store.set_fuel(FUEL).expect("fuel is on");
            if let Some(memory) = &memory {
                memory.write(&mut store, 0, &bytes).expect("the memory is large enough");
            }
            let mut results = [Val::I64(0)];
            run.call(&mut store, &arguments, &mut results).expect("a value");
            Answer::Int(results[0].i64().expect("an i64"))
        })
    }
}

fn instantiate(source: &str) -> (Store<()>, Instance) {
    let mut config = Config::default();
    config.consume_fuel(true);
    let engine = Engine::new(&config);
    let module = Module::new(&engine, source).expect("a module that compiles");
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine)
        .instantiate_and_start(&mut store, &module)
        .expect("an instance");
    (store, instance)
}
