//! Elements and parts of arrays, and arrays put together.

use super::make::{fitted, with_capacity};
use super::receiver::{ANY_ARRAY, ARRAYS, array_of};
use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Accepts, Cost, Follows, Function, Parameter, fails, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::NULL_HANDLE;
use crate::machine::native::native;
use crate::types::{Elements, Type};

const COPY: Cost = Cost::fixed(8).and("a step for each 16 bytes of what is copied, and the result's memory");
const EACH: Cost = Cost::fixed(12).and("2 steps for each element, 16 bytes for each, and the result's memory");
const BOTH: Cost = Cost::fixed(16).and("2 steps for each element, 16 bytes for each, and the result's memory");

const fn count(about: &'static str) -> Parameter {
    Parameter::of("count", Type::Long, about)
}

/// `xs.append(value)` of one kind of arrays.
macro_rules! append {
    ($types:expr, $accepts:expr, $examples:expr $(,)?) => {
        Function::of_any($types, "append", Type::Any, native!(append, Any, Any))
            .bounded(Bound::Sequence(SequenceBound::Appended))
            .gives(Follows::Receiver)
            .takes(&[Parameter::accepting("value", $accepts, "the new last element")])
            .costs(EACH)
            .about("The elements and one more.", $examples)
    };
}

/// `xs.concat(others)` of one kind of arrays.
macro_rules! concat {
    ($types:expr, $accepts:expr, $examples:expr $(,)?) => {
        Function::of_any($types, "concat", Type::Any, native!(concat, Any, Any))
            .bounded(Bound::Sequence(SequenceBound::Joined))
            .gives(Follows::Receiver)
            .takes(&[Parameter::accepting(
                "others",
                $accepts,
                "the array or list whose elements follow",
            )])
            .costs(BOTH)
            .about("The elements and those of another array or list.", $examples)
    };
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_any(ARRAYS, "isEmpty", Type::Boolean, native!(is_empty, Any))
        .bounded(Bound::Sequence(SequenceBound::Length))
        .about(
            "Whether there are no elements.",
            &[gives("'a,b'.split(',').isEmpty()", "false")],
        ),
    Function::of_any(ARRAYS, "first", Type::Any, native!(first, Any))
        .bounded(Bound::Sequence(SequenceBound::Element))
        .gives(Follows::ElementOrNull)
        .costs(Cost::fixed(4))
        .about(
            "The first element; null where there is none.",
            &[
                gives("new int[]{3, 4}.first()", "3"),
                gives("new int[0].first()", "null"),
            ],
        ),
    Function::of_any(ARRAYS, "last", Type::Any, native!(last, Any))
        .bounded(Bound::Sequence(SequenceBound::Element))
        .gives(Follows::ElementOrNull)
        .costs(Cost::fixed(4))
        .about(
            "The last element; null where there is none.",
            &[
                gives("new int[]{3, 4}.last()", "4"),
                gives("new String[0].last()", "null"),
            ],
        ),
    Function::of_any(ARRAYS, "take", Type::Any, native!(take, Any, i64))
        .bounded(Bound::Sequence(SequenceBound::Part))
        .gives(Follows::Receiver)
        .takes(&[count("how many, at most")])
        .costs(COPY)
        .about(
            "The first elements; all where there are not more.",
            &[
                gives("new int[]{3, 4, 5}.take(2)", "[3, 4]"),
                fails("new int[]{3}.take(-1)", "E506"),
            ],
        ),
    Function::of_any(ARRAYS, "drop", Type::Any, native!(drop, Any, i64))
        .bounded(Bound::Sequence(SequenceBound::Part))
        .gives(Follows::Receiver)
        .takes(&[count("how many are left out")])
        .costs(COPY)
        .about(
            "The elements behind the first ones; none where there are not more.",
            &[
                gives("new int[]{3, 4, 5}.drop(2)", "[5]"),
                fails("new int[]{3}.drop(-1)", "E506"),
            ],
        ),
    Function::of_any(ARRAYS, "slice", Type::Any, native!(slice, Any, i64, i64))
        .bounded(Bound::Sequence(SequenceBound::Part))
        .gives(Follows::Receiver)
        .takes(&[
            Parameter::of("from", Type::Long, "the first index"),
            Parameter::of("to", Type::Long, "the index after the last"),
        ])
        .costs(COPY)
        .about(
            "The elements from an index up to, but without, another.",
            &[
                gives("new int[]{3, 4, 5}.slice(1, 2)", "[4]"),
                fails("new int[]{3}.slice(0, 2)", "E504"),
            ],
        ),
    append!(
        &[Type::LongArray],
        Accepts::OneOf(&[Type::Long]),
        &[
            gives("new int[]{3, 4}.append(5)", "[3, 4, 5]"),
            fails("new int[]{3}.append('x')", "E404")
        ],
    ),
    append!(
        &[Type::DoubleArray],
        Accepts::OneOf(&[Type::Double, Type::Long]),
        &[
            gives("new double[]{0.5}.append(2)", "[0.5, 2.0]"),
            fails("new double[]{0.5}.append(null)", "E404")
        ],
    ),
    append!(
        &[Type::BooleanArray],
        Accepts::OneOf(&[Type::Boolean]),
        &[
            gives("new boolean[1].append(true)", "[false, true]"),
            fails("new boolean[1].append(1)", "E404")
        ],
    ),
    append!(
        &[Type::StringArray],
        Accepts::OneOf(&[Type::String, Type::Null]),
        &[
            gives("'a,b'.split(',').append('c')", r#"["a", "b", "c"]"#),
            fails("'a,b'.split(',').append(1)", "E404")
        ],
    ),
    append!(
        &[Type::List],
        Accepts::Anything,
        &[gives("Json.parse('[1, \"a\"]').append(2)", r#"[1, "a", 2]"#)]
    ),
    concat!(
        &[Type::LongArray],
        Accepts::OneOf(&[Type::LongArray, Type::List]),
        &[
            gives("new int[]{3}.concat(new int[]{4, 5})", "[3, 4, 5]"),
            fails("new int[]{3}.concat('a,b'.split(','))", "E404"),
            fails("new int[]{3}.concat(Json.parse('[1, null]'))", "E506"),
        ],
    ),
    concat!(
        &[Type::DoubleArray],
        Accepts::OneOf(&[Type::DoubleArray, Type::LongArray, Type::List]),
        &[
            gives("new double[]{0.5}.concat(new int[]{4})", "[0.5, 4.0]"),
            fails("new double[]{0.5}.concat(1)", "E404"),
            fails("new double[]{0.5}.concat(Json.parse('[1, null]'))", "E506"),
        ],
    ),
    concat!(
        &[Type::BooleanArray],
        Accepts::OneOf(&[Type::BooleanArray, Type::List]),
        &[
            gives("new boolean[1].concat(new boolean[]{true})", "[false, true]"),
            fails("new boolean[1].concat(new int[1])", "E404"),
            fails("new boolean[1].concat(Json.parse('[1, null]'))", "E506"),
        ],
    ),
    concat!(
        &[Type::StringArray],
        Accepts::OneOf(&[Type::StringArray, Type::List]),
        &[
            gives("'a,b'.split(',').concat('c'.split(','))", r#"["a", "b", "c"]"#),
            fails("'a,b'.split(',').concat('c')", "E404"),
            fails("'a,b'.split(',').concat(Json.parse('[1, null]'))", "E506"),
        ],
    ),
    concat!(
        &[Type::List],
        ANY_ARRAY,
        &[
            gives("Json.parse('[1, \"a\"]').concat(new int[]{2})", r#"[1, "a", 2]"#),
            fails("Json.parse('[1, null]').concat(2)", "E404"),
        ],
    ),
    Function::of_any(ARRAYS, "reversed", Type::Any, native!(reversed, Any))
        .bounded(Bound::Sequence(SequenceBound::Copied))
        .gives(Follows::Receiver)
        .costs(EACH)
        .about(
            "The elements from the last to the first.",
            &[gives("new int[]{3, 4, 5}.reversed()", "[5, 4, 3]")],
        ),
    Function::of_any(ARRAYS, "chunks", Type::List, native!(chunks, Any, i64))
        .bounded(Bound::Sequence(SequenceBound::Chunks))
        .takes(&[Parameter::of(
            "size",
            Type::Long,
            "how many elements each has, but for the last",
        )])
        .costs(
            Cost::fixed(12)
                .and("6 steps for each chunk, a step for each 16 bytes of what is copied, and the chunks' memory"),
        )
        .about(
            "Arrays of so many elements each, one after the other.",
            &[
                gives("new int[]{3, 4, 5}.chunks(2)", "[[3, 4], [5]]"),
                fails("new int[]{3}.chunks(0)", "E506"),
            ],
        ),
];

fn is_empty(context: &mut Context<'_>, array: Any) -> Result<bool, Fault> {
    Ok(array_of(context, array)?.1 == 0)
}

/// The element at an index; null where there is none.
pub(super) fn element(context: &mut Context<'_>, array: Any, index: Option<usize>) -> Result<Any, Fault> {
    let none = match array.ty {
        Type::StringArray => Any::new(Type::String, NULL_HANDLE),
        _ => Any::NULL,
    };
    let Some(index) = index else { return Ok(none) };
    let element = context.heap.element(&mut context.meter, array, index as i64);
    element.unwrap_or(Ok(none))
}

fn first(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    element(context, array, (length > 0).then_some(0))
}

fn last(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    element(context, array, length.checked_sub(1))
}

fn take(context: &mut Context<'_>, array: Any, count: i64) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let count = counted("take", count)?.min(length);
    part(context, array, 0..count)
}

fn drop(context: &mut Context<'_>, array: Any, count: i64) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let count = counted("drop", count)?.min(length);
    part(context, array, count..length)
}

fn counted(function: &'static str, count: i64) -> Result<usize, Fault> {
    usize::try_from(count).map_err(|_| {
        let message = Message::default().name(function).words(" of ").value(count);
        Fault::new(Code::InvalidArgument, message.words(" elements: less than 0"))
    })
}

fn slice(context: &mut Context<'_>, array: Any, from: i64, to: i64) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    match (usize::try_from(from), usize::try_from(to)) {
        (Ok(from), Ok(to)) if from <= to && to <= length => part(context, array, from..to),
        _ => {
            let message = Message::from("slice from ").value(from).words(" to ").value(to);
            let message = message.words(" of ").value(length).words(" elements");
            let fault = Fault::new(Code::IndexOutOfRange, message);
            Err(fault.with_help(Code::IndexOutOfRange, "`take(n)` and `drop(n)` give what there is"))
        }
    }
}

fn part(context: &mut Context<'_>, array: Any, range: std::ops::Range<usize>) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, array)?;
    let Context { heap, meter, .. } = context;
    let part = heap.elements_in(meter, (elements, array.bits), range)?;
    Ok(Any::new(array.ty, part))
}

fn append(context: &mut Context<'_>, array: Any, value: Any) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, array)?;
    let value = fitted(elements, value)?;
    let mut values = context.heap.values(&mut context.meter, array)?;
    grow(context, &mut values, 1)?;
    values.push(value);
    context.heap.array_of_values(&mut context.meter, elements, &values)
}

fn concat(context: &mut Context<'_>, array: Any, others: Any) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, array)?;
    let (_, more) = array_of(context, others)?;
    let mut values = context.heap.values(&mut context.meter, array)?;
    let others = context.heap.values(&mut context.meter, others)?;
    grow(context, &mut values, more)?;
    for value in others {
        context.meter.charge_steps(1)?;
        values.push(fitted(elements, value)?);
    }
    context.heap.array_of_values(&mut context.meter, elements, &values)
}

/// Makes room for more values.
fn grow(context: &mut Context<'_>, values: &mut Vec<Any>, more: usize) -> Result<(), Fault> {
    let bytes = (values.len() + more) * size_of::<Any>();
    context.meter.charge_memory(bytes as u64)?;
    context.meter.record_reserved(bytes);
    values.reserve_exact(more);
    Ok(())
}

fn reversed(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (elements, length) = array_of(context, array)?;
    let mut values = context.heap.values(&mut context.meter, array)?;
    context.meter.charge_copy(length * size_of::<Any>())?;
    values.reverse();
    context.heap.array_of_values(&mut context.meter, elements, &values)
}

/// The steps and the room of each chunk beside its array.
pub(crate) const CHUNK_STEPS: u64 = 6;

fn chunks(context: &mut Context<'_>, array: Any, size: i64) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let size = match usize::try_from(size) {
        Ok(size) if size > 0 => size,
        _ => {
            let message = Message::from("chunks of ").value(size).words(" elements: less than 1");
            return Err(Fault::new(Code::InvalidArgument, message));
        }
    };
    let count = length.div_ceil(size);
    let mut chunks = with_capacity(context, count)?;
    for index in 0..count {
        context.meter.charge_steps(CHUNK_STEPS)?;
        let from = index * size;
        let to = from.saturating_add(size).min(length);
        chunks.push(part(context, array, from..to)?);
    }
    context
        .heap
        .array_of_values(&mut context.meter, Elements::Mixed, &chunks)
}
