//! Values to the types parameters are declared as.

use serde_json::Value as Json;

use super::kind::ParamType;
use super::meter::Budget;
use crate::diagnostic::Message;
use crate::number_text::{parse_double, parse_long};
use crate::types::Type;
use crate::value::{Map, Value, table_bytes};

/// A value of a declared type, and the type it was converted from where it had another.
pub(crate) type Converted = (Value, Option<Type>);

/// What it costs at most to make a value of the declared type.
pub(crate) fn conversion_cost(value: &Value, to: ParamType) -> Budget {
    /// Steps for an element or entry that is printed or read.
    const ELEMENT_STEPS: u64 = 24;
    /// Bytes for an element: its place in two tables, and a number as text.
    const ELEMENT_BYTES: u64 = 2 * 32 + 32;
    let is_kept = value.type_of() == to.in_language() && to != ParamType::StringMap;
    let (elements, memory) = match value {
        _ if is_kept => (0, 0),
        Value::Null | Value::Boolean(_) | Value::Long(_) | Value::Double(_) => (1, 32),
        // It is read once or twice, and copied nowhere.
        Value::String(text) => (1 + text.len() as u64 / 16, 0),
        Value::Map(map) => (map.len() as u64, 2 * table_bytes(map.len()) + 32 * map.len() as u64),
        Value::BooleanArray(_)
        | Value::LongArray(_)
        | Value::DoubleArray(_)
        | Value::StringArray(_)
        | Value::List(_) => {
            let elements = value.element_count() as u64;
            (elements, elements * ELEMENT_BYTES)
        }
    };
    Budget {
        steps: 4 + elements * ELEMENT_STEPS,
        memory,
    }
}

/// A value that was data as the type that it was declared with, where data does not tell of that.
pub(crate) fn retyped(value: &Value, declared: ParamType) -> Option<Value> {
    let differs = !value.is_null() && value.type_of() != declared.in_language();
    let converted = differs.then(|| convert(value.clone(), declared).ok())?;
    converted.map(|(value, _)| value)
}

/// A value as the declared type.
pub(crate) fn convert(value: Value, to: ParamType) -> Result<Converted, Message> {
    let from = value.type_of();
    if value.is_null() {
        return match to.takes_null() {
            true => Ok((value, None)),
            false => Err(Message::from(to.name()).words(" cannot be null")),
        };
    }
    let strings_alone = |map: &Map| map.values().all(|value| matches!(value, Value::String(_)));
    let as_it_is = match (to, &value) {
        (ParamType::StringMap, Value::Map(map)) => strings_alone(map),
        _ => from == to.in_language(),
    };
    if as_it_is {
        return Ok((value, None));
    }
    // What a list holds decides whether it is of an array type, and any array is a list; that is not a conversion.
    if (to == ParamType::List || from == Type::List)
        && value.may_become(to.in_language())
        && let Ok(array) = value.to_type(to.in_language())
    {
        return Ok((array, None));
    }
    if let Value::List(list) = &value {
        if to == ParamType::StringArray && list.iter().all(|element| element.is_null() || is_single(element)) {
            let text = |element: &Value| (!element.is_null()).then(|| element.to_string());
            let texts = list.iter().map(text).collect();
            return Ok((Value::StringArray(texts), Some(from)));
        }
        return Err(match list.iter().position(Value::is_null) {
            Some(index) => Message::from("element ")
                .value(index)
                .words(" of the list is null, as of a step that was skipped in that iteration, and a ")
                .words(to.name())
                .words(" holds none"),
            None => Message::from("cannot convert a list of mixed values to ").words(to.name()),
        });
    }
    Ok((converted(value, to)?, Some(from)))
}

/// Whether a value of a type may become the declared type: none where it never can, and whether it takes a conversion.
pub(crate) fn can_convert(from: Type, to: ParamType) -> Option<bool> {
    if from == to.in_language() {
        return Some(false);
    }
    match (from, to) {
        (Type::Any | Type::List, _) | (Type::Null, ParamType::String | ParamType::StringMap | ParamType::Map) => {
            Some(false)
        }
        (Type::DateTime, ParamType::String) => Some(false),
        (array, ParamType::List) if array.element().is_some() => Some(false),
        (Type::Long | Type::Double | Type::Boolean, ParamType::String)
        | (Type::String, ParamType::Long | ParamType::Double | ParamType::Boolean)
        | (Type::Long, ParamType::Double)
        | (Type::LongArray, ParamType::DoubleArray)
        | (Type::LongArray | Type::DoubleArray | Type::BooleanArray, ParamType::StringArray) => Some(true),
        _ => None,
    }
}

fn converted(value: Value, to: ParamType) -> Result<Value, Message> {
    let from = value.type_of();
    let never = || {
        let message = Message::from(from.name())
            .words(" cannot be converted to ")
            .words(to.name());
        match from == Type::String && to.is_compound() {
            true => message.words(": a text is not read as JSON"),
            false => message,
        }
    };
    let not = |text: &str, what| Message::from("the text ").quoted(text).words(what);
    match (to, value) {
        (ParamType::String, scalar @ (Value::Long(_) | Value::Double(_) | Value::Boolean(_))) => {
            Ok(Value::String(scalar.to_string()))
        }
        (ParamType::Long, Value::String(text)) => {
            let long = parse_long(&text).map_err(|_| not(&text, " is not a LONG"))?;
            Ok(Value::Long(long))
        }
        (ParamType::Double, Value::Long(long)) => Ok(Value::Double(long as f64)),
        (ParamType::Double, Value::String(text)) => {
            let double = parse_double(&text).map_err(|_| not(&text, " is not a DOUBLE"))?;
            Ok(Value::Double(double))
        }
        (ParamType::Boolean, Value::String(text)) => match &*text {
            text if text.eq_ignore_ascii_case("true") => Ok(Value::Boolean(true)),
            text if text.eq_ignore_ascii_case("false") => Ok(Value::Boolean(false)),
            text => Err(not(text, " is neither `true` nor `false`")),
        },
        (ParamType::DoubleArray, Value::LongArray(array)) => {
            Ok(Value::DoubleArray(array.into_iter().map(|long| long as f64).collect()))
        }
        (ParamType::StringArray, Value::LongArray(array)) => Ok(texts(array.into_iter().map(Value::Long))),
        (ParamType::StringArray, Value::DoubleArray(array)) => Ok(texts(array.into_iter().map(Value::Double))),
        (ParamType::StringArray, Value::BooleanArray(array)) => Ok(texts(array.into_iter().map(Value::Boolean))),
        (ParamType::StringMap, Value::Map(map)) => map_of_texts(map),
        _ => Err(never()),
    }
}

const fn is_single(value: &Value) -> bool {
    matches!(
        value,
        Value::Boolean(_) | Value::Long(_) | Value::Double(_) | Value::String(_)
    )
}

fn texts(values: impl Iterator<Item = Value>) -> Value {
    Value::StringArray(values.map(|value| Some(value.to_string())).collect())
}

fn map_of_texts(map: Map) -> Result<Value, Message> {
    let mut texts = Map::new();
    for (key, value) in map {
        let text = match value {
            kept @ (Value::Null | Value::String(_)) => kept,
            scalar @ (Value::Boolean(_) | Value::Long(_) | Value::Double(_)) => Value::String(scalar.to_string()),
            other => {
                let entry = Message::from("the entry ").quoted(&key);
                let entry = entry.words(" is ").words(other.type_of().name());
                return Err(entry.words(", and a STRING_MAP holds texts"));
            }
        };
        texts.insert(key, text);
    }
    Ok(Value::Map(texts))
}

/// The value a literal stands for, before its texts are interpolated. Numbers and truth values may be given as text, and the
/// elements of arrays too.
pub(crate) fn literal(json: &Json, declared: Option<ParamType>) -> Result<Value, Message> {
    let whole = || Value::try_from(json.clone()).map_err(Message::of_value);
    let Some(to) = declared else {
        return whole();
    };
    let element = match to {
        ParamType::StringArray => Some(ParamType::String),
        ParamType::LongArray => Some(ParamType::Long),
        ParamType::DoubleArray => Some(ParamType::Double),
        ParamType::BooleanArray => Some(ParamType::Boolean),
        ParamType::String
        | ParamType::Long
        | ParamType::Double
        | ParamType::Boolean
        | ParamType::List
        | ParamType::StringMap
        | ParamType::Map => None,
    };
    let (Some(element), Json::Array(elements)) = (element, json) else {
        return convert(whole()?, to).map(|(value, _)| value);
    };
    let mut converted = Vec::with_capacity(elements.len());
    for (index, json) in elements.iter().enumerate() {
        let value = Value::try_from(json.clone()).map_err(Message::of_value)?;
        let (value, _) =
            convert(value, element).map_err(|why| Message::from("element ").value(index).words(": ").then(why))?;
        converted.push(value);
    }
    let array = Value::List(converted.into_iter().collect()).coerce_to(to.in_language());
    array.map_err(Message::of_value)
}
