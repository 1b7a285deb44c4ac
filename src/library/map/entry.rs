//! Maps, and one entry of them.

use crate::diagnostic::Code;
use crate::library::bound::Bound;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::native::{Handle, native};
use crate::types::Type;

/// A look-up by key: the key is hashed and compared.
const LOOK_UP: Cost = Cost::fixed(6).and("a step for each 16 bytes of the key, and 1 for a value of a host's map");
pub(super) const KEY: Parameter = Parameter::of("key", Type::String, "the key");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::constructor("Map", Type::Map, native!(new))
        .bounded(Bound::NewMap)
        .costs(Cost::fixed(8))
        .about(
            "A new, empty map.",
            &[
                gives("new Map()", "{}"),
                gives("m = new HashMap(); return m.size();", "0"),
            ],
        ),
    Function::method(Type::Map, "get", Type::Any, native!(get, Handle, Option<Text>))
        .bounded(Bound::Get)
        .takes(&[KEY])
        .costs(LOOK_UP)
        .about(
            "The value of a key, null where there is none. No entry has null for a key.",
            &[
                gives("m = new Map(); m.put('a', 1); return m.get('a');", "1"),
                gives("new Map().get('a')", "null"),
                fails("Map m; return m.get('a');", "E505"),
            ],
        ),
    Function::method(Type::Map, "put", Type::Any, native!(put, Handle, Text, Any))
        .bounded(Bound::Put)
        .takes(&[KEY, Parameter::accepting("value", Accepts::Anything, "the value")])
        .costs(Cost::fixed(10).and("a step for each 16 bytes of the key"))
        .about(
            "Sets the value of a key, and gives the value it had, or null. A new key comes last.",
            &[
                gives(
                    "m = new Map(); m.put('a', 1); m.put('b', 'x'); return m;",
                    r#"{"a": 1, "b": "x"}"#,
                ),
                fails("Map m; return m.put('a', 1);", "E505"),
            ],
        ),
    Function::method(
        Type::Map,
        "containsKey",
        Type::Boolean,
        native!(contains_key, Handle, Option<Text>),
    )
    .bounded(Bound::HasKey)
    .takes(&[KEY])
    .costs(LOOK_UP)
    .about(
        "Whether the map has a key; false for null, as a map and as a key.",
        &[gives("new Map().containsKey('a')", "false")],
    ),
    Function::method(
        Type::Map,
        "getOrDefault",
        Type::Any,
        native!(get_or_default, Handle, Option<Text>, Any),
    )
    .bounded(Bound::Get)
    .takes(&[
        KEY,
        Parameter::accepting("value", Accepts::Anything, "what it gives without one"),
    ])
    .costs(LOOK_UP)
    .about(
        "The value of a key, or another value where there is none.",
        &[
            gives("new Map().getOrDefault('a', 5)", "5"),
            fails("Map m; return m.getOrDefault('a', 5);", "E505"),
        ],
    ),
    Function::method(Type::Map, "size", Type::Long, native!(size, Handle))
        .bounded(Bound::Entries)
        .about(
            "The number of entries; 0 for null.",
            &[gives("Map m; return m.size();", "0")],
        ),
    Function::method(Type::Map, "keys", Type::StringArray, native!(keys, Handle))
        .bounded(Bound::Keys)
        .costs(Cost::fixed(10).and("a step for each key, and the array's memory"))
        .beyond_sel()
        .about(
            "The keys, in the order in which they came.",
            &[
                gives(
                    "m = new Map(); m.put('b', 1); m.put('a', 2); return m.keys();",
                    r#"["b", "a"]"#,
                ),
                fails("Map m; return m.keys();", "E505"),
            ],
        ),
];

fn new(context: &mut Context<'_>) -> Result<Any, Fault> {
    Ok(Any::new(Type::Map, context.heap.new_map(&mut context.meter)?))
}

fn get(context: &mut Context<'_>, map: Handle, key: Option<Text>) -> Result<Any, Fault> {
    get_or_default(context, map, key, Any::NULL)
}

fn get_or_default(context: &mut Context<'_>, map: Handle, key: Option<Text>, default: Any) -> Result<Any, Fault> {
    check_not_null(map)?;
    // No entry has null for a key.
    let Some(key) = key else {
        return Ok(default);
    };
    Ok(context.heap.map_get(&mut context.meter, map.0, key)?.unwrap_or(default))
}

fn put(context: &mut Context<'_>, map: Handle, key: Text, value: Any) -> Result<Any, Fault> {
    check_not_null(map)?;
    Ok(context
        .heap
        .map_put(&mut context.meter, map.0, key, value)?
        .unwrap_or(Any::NULL))
}

pub(super) fn check_not_null(map: Handle) -> Result<(), Fault> {
    match map.0 {
        NULL_HANDLE => {
            let fault = Fault::new(Code::NullValue, "the MAP is null");
            Err(fault.with_help(Code::NullValue, "make one with `new Map()`"))
        }
        _ => Ok(()),
    }
}

fn contains_key(context: &mut Context<'_>, map: Handle, key: Option<Text>) -> Result<bool, Fault> {
    match key {
        Some(key) => context.heap.map_contains(&mut context.meter, map.0, key),
        None => Ok(false),
    }
}

pub(crate) fn keys(context: &mut Context<'_>, map: Handle) -> Result<Any, Fault> {
    check_not_null(map)?;
    let keys = context.heap.map_keys(&mut context.meter, map.0)?;
    Ok(Any::new(Type::StringArray, keys))
}

fn size(context: &mut Context<'_>, map: Handle) -> Result<i64, Fault> {
    Ok(context.heap.map_len(map.0) as i64)
}
