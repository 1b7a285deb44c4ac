//! `String.join`.

use super::charged::ChargedText;
use crate::library::bound::Bound;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::java::sink::Sink;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::{Rest, native};
use crate::types::Type;

const SEPARATOR: Parameter = Parameter::of("separator", Type::String, "what stands between two texts");
const ARRAYS: Accepts = Accepts::OneOf(&[
    Type::StringArray,
    Type::LongArray,
    Type::DoubleArray,
    Type::BooleanArray,
    Type::List,
]);
const TEXTS: Accepts = Accepts::OneOf(&[Type::String, Type::Null]);
const COST: Cost =
    Cost::fixed(8).and("8 steps for each text, a step for each 16 bytes, and the result's memory three times");

const JOIN_ARRAY: Function = Function::of_class("String", "join", Type::String, native!(join_array, Text, Any))
    .bounded(Bound::Joined)
    .takes(&[
        SEPARATOR,
        Parameter::accepting("array", ARRAYS, "the values whose texts are joined"),
    ])
    .costs(COST)
    .about(
        "The texts of an array's elements, with a separator between them.",
        &[
            gives("String.join(',', new String[]{'a', 'b'})", "\"a,b\""),
            gives("String.join('-', new int[]{1, 2})", "\"1-2\""),
        ],
    );

const JOIN: Function = Function::of_class("String", "join", Type::String, native!(join, Text, Rest<'_>))
    .bounded(Bound::Joined)
    .takes_any_number(&[
        SEPARATOR,
        Parameter::accepting("texts", TEXTS, "the texts, any number of them"),
    ])
    .costs(COST)
    .about(
        "Texts with a separator between them; null joins as `null`.",
        &[
            gives("String.join('/', 'a', 'b')", "\"a/b\""),
            gives("String.join(',')", "\"\""),
            fails("String.join(',', 1)", "E404"),
        ],
    );

/// The two forms of `String.join`.
pub(super) const FUNCTIONS: &[Function] = &[
    JOIN_ARRAY,
    JOIN_ARRAY.through(Type::String),
    JOIN,
    JOIN.through(Type::String),
];

fn join(context: &mut Context<'_>, separator: Text, texts: Rest<'_>) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let mut out = ChargedText::new(meter, text_buffer);
    for (index, text) in texts.iter().enumerate() {
        out.meter.charge_steps(8)?;
        if index > 0 {
            out.copy(heap.texts.unread(separator))?;
        }
        match Text::from_bits(text.bits) {
            Some(text) => out.copy(heap.texts.unread(text))?,
            None => out.write("null")?,
        }
    }
    out.text.finish(context)
}

pub(crate) fn join_array(context: &mut Context<'_>, separator: Text, array: Any) -> Result<Text, Fault> {
    let length = context.heap.length(array).unwrap_or(0);
    let mut text = crate::machine::builder::TextBuilder::new(&mut context.text_buffer);
    for index in 0..length {
        context.meter.charge_steps(8)?;
        let Some(element) = context.heap.element(&mut context.meter, array, index as i64) else {
            return Err(Fault::internal("what has a length has elements"));
        };
        let printed = printed(context, element?)?;
        let Context { heap, meter, .. } = &mut *context;
        if index > 0 {
            text.copy(meter, heap.texts.unread(separator))?;
        }
        text.copy(meter, heap.texts.unread(printed))?;
    }
    text.finish(context)
}

/// The text of an element.
fn printed(context: &mut Context<'_>, element: Any) -> Result<Text, Fault> {
    match Text::from_bits(element.bits) {
        Some(text) if element.ty == Type::String => Ok(text),
        _ => {
            let printable = context.printable(element)?;
            context.concat(&[printable])
        }
    }
}
