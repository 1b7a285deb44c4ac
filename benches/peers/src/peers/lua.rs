//! Lua through mlua, in whichever flavour this binary was built with: 5.4, LuaJIT's interpreter, or Luau.

use mlua::{Function, IntoLua, IntoLuaMulti, Lua, MultiValue, Value, VmState};

use crate::everyday::{Case, Given};
use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

/// The limit on memory, on while a chunk runs: while it is on, mlua also guards each value that is passed in, which costs Lua up to
/// ten times as much and protects nobody.
const MEMORY: usize = 64 << 20;

/// The flavour that is linked into this binary.
pub struct PlainLua {
    pub limits: bool,
}

impl Peer for PlainLua {
    fn name(&self) -> &'static str {
        match (cfg!(feature = "luajit"), cfg!(feature = "luau"), self.limits) {
            (true, _, _) => "luajit interpreter",
            (_, true, _) => "luau",
            (_, _, true) => "lua",
            (_, _, false) => "lua, no limits",
        }
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let limits = self.limits;
        match row.program() {
            // While there is a limit, strings and tables are made before it is put on: see `MEMORY`.
            Row::W1 if limits => contender(row, limits, move |lua| {
                (
                    p.price,
                    p.qty,
                    p.threshold,
                    lua.create_string(p.region).expect("a string"),
                )
            }),
            Row::W4 if limits => contender(row, limits, move |lua| {
                let string = |text| lua.create_string(text).expect("a string");
                (string(p.bucket), string(p.table), p.date, p.hour)
            }),
            Row::W1 => contender(row, limits, move |_| (p.price, p.qty, p.threshold, p.region)),
            Row::W4 => contender(row, limits, move |_| (p.bucket, p.table, p.date, p.hour)),
            Row::W5 => contender(row, limits, move |lua| {
                lua.create_sequence_from(p.xs.iter().copied()).expect("a table")
            }),
            Row::W9w => contender(row, limits, move |_| (p.a, p.b)),
            _ => {
                let n = row.n();
                contender(row, limits, move |_| n)
            }
        }
    }

    fn everyday(&self, case: &'static Case) -> Entry {
        chunk(everyday_source(case)?, false, self.limits, move |lua| {
            everyday_arguments(lua, case)
        })
    }
}

/// The everyday program's text in this flavour: LuaJIT has no integer division.
fn everyday_source(case: &'static Case) -> Option<&'static str> {
    let own = cfg!(feature = "luajit").then(|| case.program("luajit")).flatten();
    own.or_else(|| case.program("lua"))
}

fn everyday_arguments(lua: &Lua, case: &'static Case) -> MultiValue {
    let value = |given: &Given| match given {
        Given::Long(value) => value.into_lua(lua),
        Given::Text(text) => lua.create_string(text).map(Value::String),
        Given::Longs(numbers) => lua.create_sequence_from(numbers.iter().copied()).map(Value::Table),
        Given::Doubles(numbers) => lua.create_sequence_from(numbers.iter().copied()).map(Value::Table),
    };
    let values = case.parameters.iter().map(|(_, given)| value(given).expect("a value"));
    values.collect()
}

fn contender<A: IntoLuaMulti>(row: Row, limits: bool, arguments: impl Fn(&Lua) -> A + 'static) -> Entry {
    chunk(source(row), row.from_source(), limits, arguments)
}

fn chunk<A: IntoLuaMulti>(
    source: &'static str,
    from_source: bool,
    limits: bool,
    arguments: impl Fn(&Lua) -> A + 'static,
) -> Entry {
    let lua = Lua::new();
    #[cfg(feature = "luajit")]
    lua.load("jit.off() jit.flush()").exec().expect("LuaJIT's own library");
    if limits {
        limit(&lua);
    }
    let compile = move |lua: &Lua| -> Function { lua.load(source).into_function().expect("a chunk that compiles") };
    let function = compile(&lua);
    enter(move || {
        let arguments = arguments(&lua);
        if limits {
            lua.set_memory_limit(MEMORY).expect("a limit on memory");
        }
        let result: Value = match from_source {
            true => compile(&lua).call(arguments),
            false => function.call(arguments),
        }
        .expect("a chunk that has a value");
        if limits {
            lua.set_memory_limit(0).expect("no limit on memory");
        }
        match result {
            Value::Boolean(value) => Answer::Bool(value),
            Value::Integer(value) => Answer::Int(value as i64),
            Value::Number(value) => Answer::Int(value as i64),
            Value::String(text) => Answer::Text(text.to_str().expect("UTF-8").to_owned()),
            value => panic!("not a result of the race: {value:?}"),
        }
    })
}

/// A look at the evaluation every 10,000 instructions (in Luau at its own safe points).
fn limit(lua: &Lua) {
    #[cfg(feature = "luau")]
    lua.set_interrupt(|_| Ok(VmState::Continue));
    #[cfg(not(feature = "luau"))]
    lua.set_hook(mlua::HookTriggers::new().every_nth_instruction(10_000), |_, _| {
        Ok(VmState::Continue)
    })
    .expect("a hook");
}

fn source(row: Row) -> &'static str {
    match row.program() {
        Row::W1 | Row::W2 => {
            "local price, qty, threshold, region = ...\nreturn price * qty > threshold and region == 'us-east-1'"
        }
        Row::W3 => include_str!("../programs/w3.lua"),
        Row::W4 => {
            "local bucket, tab, date, hour = ...\nreturn 's3://' .. bucket .. '/' .. tab .. '/dt=' .. date .. '/hr=' .. hour"
        }
        Row::W5 => include_str!("../programs/w5.lua"),
        Row::W6 => include_str!("../programs/w6.lua"),
        Row::W7 => include_str!("../programs/w7.lua"),
        Row::W8 => include_str!("../programs/w8.lua"),
        // LuaJIT has no integer division.
        Row::W9 | Row::W9w if cfg!(feature = "luajit") => include_str!("../programs/w9.luajit.lua"),
        Row::W9 | Row::W9w => include_str!("../programs/w9.lua"),
    }
}
