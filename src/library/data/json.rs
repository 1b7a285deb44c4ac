//! The class `Json`.

use super::json_scan::{NotJson, Token, scan, unescaped};
use super::json_text;
use crate::library::bound::{Bound, DataBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::number::NotRead;
use crate::machine::any::Any;
use crate::machine::array_store::charge_new_array;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Text, grow_by_half};
use crate::machine::native::native;
use crate::machine::unread::Pace;
use crate::types::{Elements, Type};

/// Charged for each value that is made, and for each entry of a map, whose key is hashed.
const VALUE_STEPS: u64 = 4;
const ENTRY_STEPS: u64 = 8;
/// Charged for each value while it waits for the list or map that it is in.
const VALUE_BYTES: u64 = 40;

const JSON: &[Parameter] = &[Parameter::of("text", Type::String, "the JSON text")];
const PARSE: Cost = Cost::fixed(16).and("a step for each 4 bytes, 8 steps and 104 bytes for each value, 8 more for each entry of a map and for each DOUBLE, for a long number what `Double.parseDouble` takes, and the texts, arrays and maps that it makes");
const VALUES: Accepts = Accepts::OneOf(&[
    Type::Null,
    Type::Boolean,
    Type::Long,
    Type::Double,
    Type::String,
    Type::BooleanArray,
    Type::LongArray,
    Type::DoubleArray,
    Type::StringArray,
    Type::List,
    Type::Map,
]);

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Json", "parse", Type::Any, native!(parse, Text))
        .bounded(Bound::Data(DataBound::JsonValue))
        .beyond_sel()
        .takes(JSON)
        .costs(PARSE)
        .about(
            "The value that a JSON text stands for, as a parameter of that JSON has it: integers are LONG but for `-0`, which is `-0.0`, lists of one kind arrays. A key twice, \
             an integer beyond 64 bits and a number beyond a DOUBLE are errors.",
            &[
                gives("Json.parse('{\"id\": 7, \"tags\": [\"a\", \"b\"]}')", r#"{"id": 7, "tags": ["a", "b"]}"#),
                gives("Json.parse('1e2')", "100.0"),
                gives("Json.parse('-0')", "-0.0"),
                fails("Json.parse('{id: 7}')", "E506"),
                fails("Json.parse(7)", "E404"),
            ],
        ),
    Function::of_class("Json", "parseOrNull", Type::Any, native!(parse_or_null, Text))
        .bounded(Bound::Data(DataBound::JsonValue))
        .beyond_sel()
        .takes(JSON)
        .costs(PARSE)
        .about(
            "The value that a JSON text stands for; null where it is none.",
            &[gives("Json.parseOrNull('[1, 2]')", "[1, 2]"), gives("Json.parseOrNull('[1, 2')", "null")],
        ),
    Function::of_class("Json", "text", Type::String, native!(json_text::text, Any))
        .bounded(Bound::Data(DataBound::JsonText))
        .beyond_sel()
        .takes(&[Parameter::accepting("value", VALUES, "the value")])
        .costs(Cost::fixed(8).and("8 steps for each value, 6 for each key, 12 for each DOUBLE, a step for each 8 bytes of a text, 2 for each escape, and the result's memory three times"))
        .about(
            "The JSON text of a value: without spaces, the keys of a map in their order, a DOUBLE as `Double.toString`.",
            &[
                gives("m = new Map(); m.put('id', 7); m.put('tags', 'a,b'.split(',')); return Json.text(m);", r#""{\"id\":7,\"tags\":[\"a\",\"b\"]}""#),
                gives("Json.text('\"')", r#""\"\\\"\"""#),
                fails("Json.text(0.0 / 0.0)", "E506"),
                fails("Json.text(UUID.randomUUID())", "E404"),
            ],
        ),
];

fn parse(context: &mut Context<'_>, source: Text) -> Result<Any, Fault> {
    read(context, source).map_err(|why| why.reported(context, source))
}

fn parse_or_null(context: &mut Context<'_>, source: Text) -> Result<Any, Fault> {
    match read(context, source) {
        Ok(value) => Ok(value),
        Err(NotJson::Fault(fault) | NotJson::Number(NotRead::Fault(fault))) => Err(fault),
        Err(
            NotJson::Unexpected { .. }
            | NotJson::Wrong { .. }
            | NotJson::Twice(_)
            | NotJson::Number(NotRead::TooLong(_)),
        ) => Ok(Any::NULL),
    }
}

/// The value that a JSON text stands for.
fn read(context: &mut Context<'_>, source: Text) -> Result<Any, NotJson> {
    let Context { heap, meter, .. } = &mut *context;
    let tokens = scan(heap.texts.unread(source), meter)?;
    let mut builder = Builder {
        context,
        source,
        values: Vec::new(),
    };
    for token in tokens {
        builder.take(token)?;
    }
    builder
        .values
        .pop()
        .ok_or_else(|| Fault::internal("a JSON text has a value").into())
}

/// Makes the values of a row of tokens.
struct Builder<'c, 'p> {
    context: &'c mut Context<'p>,
    source: Text,
    /// The values that no list or map has taken yet, and the keys among them.
    values: Vec<Any>,
}

impl Builder<'_, '_> {
    fn take(&mut self, token: Token) -> Result<(), NotJson> {
        self.context.meter.charge_steps(VALUE_STEPS)?;
        let value = match token {
            Token::Null => Any::NULL,
            Token::Boolean(value) => Any::boolean(value),
            Token::Long(value) => Any::long(value),
            Token::Double(value) => Any::double(value),
            Token::Text { at, escaped: false } => {
                let Context { heap, meter, .. } = &mut *self.context;
                Any::text(heap.texts.part(meter, self.source, at)?)
            }
            Token::Text { at, escaped: true } => self.unescaped(at)?,
            Token::List(count) => self.list(count)?,
            Token::Map(count) => self.map(count)?,
        };
        self.context.meter.charge_memory(VALUE_BYTES)?;
        grow_by_half(&mut self.values, &mut self.context.meter, VALUE_BYTES);
        self.values.push(value);
        Ok(())
    }

    /// A text without its escapes.
    fn unescaped(&mut self, at: std::ops::Range<usize>) -> Result<Any, Fault> {
        let Context { heap, meter, .. } = &mut *self.context;
        meter.charge_memory(at.len() as u64)?;
        let mut rest = heap.texts.unread(self.source).part(at).whole(meter, Pace::Decode)?;
        let mut text = String::with_capacity(rest.len());
        while let Some(escape) = rest.find('\\') {
            meter.charge_steps(1)?;
            let (plain, behind) = rest.split_at(escape);
            let (character, length) = unescaped(behind).unwrap_or(('\u{fffd}', behind.len()));
            text.push_str(plain);
            text.push(character);
            rest = behind.get(length..).unwrap_or_default();
        }
        text.push_str(rest);
        Ok(Any::text(self.context.new_text(&text)?))
    }

    /// The array or list of the last values, as one of a host's JSON is.
    fn list(&mut self, count: usize) -> Result<Any, Fault> {
        let first = self.values.len().saturating_sub(count);
        let Context { heap, meter, .. } = &mut *self.context;
        let elements = self.values.get(first..).unwrap_or_default();
        let all = |ty: Type| elements.iter().all(|element| element.ty == ty);
        let is_text = |element: &Any| element.ty == Type::String;
        let are_texts =
            elements.iter().any(is_text) && elements.iter().all(|element| is_text(element) || element.is_null());
        if elements.is_empty() {
            return Ok(Any::new(Type::List, heap.adopt_list(meter, Vec::new())));
        }
        let scalars = [Elements::Longs, Elements::Doubles, Elements::Booleans];
        let kind = match scalars.into_iter().find(|kind| all(kind.ty())) {
            Some(scalars) => scalars,
            None if are_texts => Elements::Texts,
            None => Elements::Mixed,
        };
        let array = match kind {
            Elements::Mixed => {
                charge_new_array::<Any>(meter, count)?;
                heap.adopt_list(meter, elements.to_vec())
            }
            Elements::Longs | Elements::Doubles | Elements::Booleans | Elements::Texts => {
                heap.array_of(meter, kind, elements.iter().map(|element| element.bits))?
            }
        };
        self.values.truncate(first);
        Ok(Any::new(kind.array(), array))
    }

    /// The map of the last keys and values.
    fn map(&mut self, count: usize) -> Result<Any, NotJson> {
        let first = self.values.len().saturating_sub(2 * count);
        let Context { heap, meter, .. } = &mut *self.context;
        let map = heap.new_map(meter)?;
        for entry in self.values.get(first..).unwrap_or_default().chunks_exact(2) {
            meter.charge_steps(ENTRY_STEPS)?;
            let [key, value] = entry else { continue };
            let Some(key) = Text::from_bits(key.bits) else { continue };
            if heap.map_put(meter, map, key, *value)?.is_some() {
                return Err(NotJson::Twice(key));
            }
        }
        self.values.truncate(first);
        Ok(Any::new(Type::Map, map))
    }
}
