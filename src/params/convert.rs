//! Values to the types parameters are declared as.

use serde_json::Value as Json;

use super::kind::ParamType;
use crate::diagnostic::quote;
use crate::number_text::{parse_double, parse_long};
use crate::types::Type;
use crate::value::{Map, Value};

/// A value of a declared type, and the type it was converted from where it had another.
pub(crate) type Converted = (Value, Option<Type>);

/// A value as the declared type.
pub(crate) fn convert(value: Value, to: ParamType) -> Result<Converted, String> {
    let from = value.type_of();
    if value.is_null() {
        return match to.takes_null() {
            true => Ok((value, None)),
            false => Err(format!("{to} cannot be null")),
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
    // What a list holds decides whether it is of an array type; that is no conversion.
    let value = match value {
        Value::List(list) => match Value::List(list).coerce_to(to.in_language()) {
            Ok(array) => return Ok((array, None)),
            Err(_) => return Err(format!("a list of mixed values is no {to}")),
        },
        value => value,
    };
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
        (Type::Long | Type::Double | Type::Boolean, ParamType::String)
        | (Type::String, ParamType::Long | ParamType::Double | ParamType::Boolean)
        | (Type::Long, ParamType::Double)
        | (Type::LongArray, ParamType::DoubleArray)
        | (Type::LongArray | Type::DoubleArray | Type::BooleanArray, ParamType::StringArray) => Some(true),
        _ => None,
    }
}

fn converted(value: Value, to: ParamType) -> Result<Value, String> {
    let from = value.type_of();
    let never = || format!("{from} cannot be converted to {to}");
    match (to, value) {
        (ParamType::String, scalar @ (Value::Long(_) | Value::Double(_) | Value::Boolean(_))) => {
            Ok(Value::String(scalar.to_string()))
        }
        (ParamType::Long, Value::String(text)) => {
            let long = parse_long(&text).map_err(|_| format!("the text {} is no LONG", quote(&text)))?;
            Ok(Value::Long(long))
        }
        (ParamType::Double, Value::Long(long)) => Ok(Value::Double(long as f64)),
        (ParamType::Double, Value::String(text)) => {
            let double = parse_double(&text).map_err(|_| format!("the text {} is no DOUBLE", quote(&text)))?;
            Ok(Value::Double(double))
        }
        (ParamType::Boolean, Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => Ok(Value::Boolean(true)),
            "false" => Ok(Value::Boolean(false)),
            _ => Err(format!("the text {} is neither `true` nor `false`", quote(&text))),
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

fn texts(values: impl Iterator<Item = Value>) -> Value {
    Value::StringArray(values.map(|value| Some(value.to_string())).collect())
}

fn map_of_texts(map: Map) -> Result<Value, String> {
    let mut texts = Map::new();
    for (key, value) in map {
        let text = match value {
            Value::Null => Value::Null,
            scalar @ (Value::Boolean(_) | Value::Long(_) | Value::Double(_) | Value::String(_)) => {
                Value::String(scalar.to_string())
            }
            other => {
                let ty = other.type_of();
                return Err(format!(
                    "the entry {} is {ty}, and a STRING_MAP holds texts",
                    quote(&key)
                ));
            }
        };
        texts.insert(key, text);
    }
    Ok(Value::Map(texts))
}

/// The value a literal stands for, before its texts are interpolated. Numbers and truth values may be given as text, and the
/// elements of arrays too.
pub(crate) fn literal(json: &Json, declared: Option<ParamType>) -> Result<Value, String> {
    let value = Value::try_from(json.clone()).map_err(|error| error.to_string())?;
    let Some(to) = declared else {
        return Ok(value);
    };
    let element = match to {
        ParamType::StringArray => ParamType::String,
        ParamType::LongArray => ParamType::Long,
        ParamType::DoubleArray => ParamType::Double,
        ParamType::BooleanArray => ParamType::Boolean,
        _ => return convert(value, to).map(|(value, _)| value),
    };
    let Json::Array(elements) = json else {
        return convert(value, to).map(|(value, _)| value);
    };
    let mut converted = Vec::with_capacity(elements.len());
    for (index, json) in elements.iter().enumerate() {
        let value = Value::try_from(json.clone()).map_err(|error| error.to_string())?;
        let (value, _) = convert(value, element).map_err(|why| format!("element {index}: {why}"))?;
        converted.push(value);
    }
    let array = Value::List(converted.into_iter().collect()).coerce_to(to.in_language());
    array.map_err(|error| error.to_string())
}

/// The text that stands for a value in an interpolated text: arrays and maps are JSON.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Null | Value::Boolean(_) | Value::Long(_) | Value::Double(_) | Value::String(_) => value.to_string(),
        container => serde_json::to_string(container).unwrap_or_default(),
    }
}
