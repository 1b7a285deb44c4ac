//! Elements beside others, beside their index, and as one text.

use super::make::with_capacity;
use super::receiver::{ANY_ARRAY, ARRAYS, array_of};
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::string::join_array;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::{Elements, Type};

/// The steps of each pair.
pub(crate) const PAIR_STEPS: u64 = 8;
/// The steps of each map of two entries.
pub(crate) const PAIR_MAP_STEPS: u64 = 14;

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_any(ARRAYS, "zip", Type::List, native!(zip, Any, Any))
        .bounded(Bound::Sequence(SequenceBound::Pairs))
        .takes(&[Parameter::accepting("others", ANY_ARRAY, "another array or list")])
        .costs(
            Cost::fixed(8)
                .and("12 steps for each pair and 2 for each element, 128 bytes for each pair and 32 for each element"),
        )
        .about(
            "Lists of two: each element with the one of another array at its index, as far as both go.",
            &[
                gives("new int[]{1, 2}.zip('a,b,c'.split(','))", r#"[[1, "a"], [2, "b"]]"#),
                fails("new int[]{1}.zip('a')", "E404"),
            ],
        ),
    Function::of_any(ARRAYS, "indexed", Type::List, native!(indexed, Any))
        .bounded(Bound::Sequence(SequenceBound::Indexed))
        .costs(Cost::fixed(14).and("18 steps for each element, and 560 bytes"))
        .about(
            "Maps of `index`, from 0, and `value`.",
            &[gives(
                "'a,b'.split(',').indexed()",
                r#"[{"index": 0, "value": "a"}, {"index": 1, "value": "b"}]"#,
            )],
        ),
    Function::of_any(ARRAYS, "join", Type::String, native!(join, Any, Text))
        .bounded(Bound::Sequence(SequenceBound::Text))
        .takes(&[Parameter::of(
            "separator",
            Type::String,
            "what stands between two texts",
        )])
        .costs(
            Cost::fixed(8).and("8 steps for each text, a step for each 16 bytes, and the result's memory three times"),
        )
        .about(
            "The elements' texts with a separator between them, as `String.join` gives them.",
            &[
                gives("new int[]{1, 2}.join(', ')", "\"1, 2\""),
                fails("new int[]{1}.join(1)", "E404"),
            ],
        ),
];

fn zip(context: &mut Context<'_>, array: Any, others: Any) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let (_, other) = array_of(context, others)?;
    let count = length.min(other);
    let values = context.heap.values(&mut context.meter, array)?;
    let others = context.heap.values(&mut context.meter, others)?;
    let mut pairs = with_capacity(context, count)?;
    for (one, other) in values.into_iter().zip(others) {
        context.meter.charge_steps(PAIR_STEPS)?;
        let Context { heap, meter, .. } = &mut *context;
        pairs.push(heap.array_of_values(meter, Elements::Mixed, &[one, other])?);
    }
    context
        .heap
        .array_of_values(&mut context.meter, Elements::Mixed, &pairs)
}

fn indexed(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let values = context.heap.values(&mut context.meter, array)?;
    let names = [context.new_text("index")?, context.new_text("value")?];
    let mut maps = with_capacity(context, length)?;
    for (index, value) in values.into_iter().enumerate() {
        maps.push(pair(context, names, [Any::long(index as i64), value])?);
    }
    context.heap.array_of_values(&mut context.meter, Elements::Mixed, &maps)
}

/// A map of two entries.
pub(crate) fn pair(context: &mut Context<'_>, names: [Text; 2], values: [Any; 2]) -> Result<Any, Fault> {
    let Context { heap, meter, .. } = context;
    meter.charge_steps(PAIR_MAP_STEPS)?;
    let map = heap.new_map(meter)?;
    for (name, value) in names.into_iter().zip(values) {
        heap.map_put(meter, map, name, value)?;
    }
    Ok(Any::new(Type::Map, map))
}

fn join(context: &mut Context<'_>, array: Any, separator: Text) -> Result<Text, Fault> {
    join_array(context, separator, array)
}
