//! A value's text, as a program would print it.

use std::fmt;

use super::Value;
use crate::number_text;

/// A part of a value's text that is still to be written.
enum Pending<'v> {
    Value(&'v Value),
    Text(&'static str),
    Key(&'v str),
}

impl fmt::Display for Value {
    /// `[1, 2]`, `{a=1, b=2}`; strings bare, floats as in Java. Written with a stack of our own, so depth is no matter.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pending = vec![Pending::Value(self)];
        while let Some(next) = pending.pop() {
            match next {
                Pending::Text(text) => formatter.write_str(text)?,
                Pending::Key(key) => write!(formatter, "{key}=")?,
                Pending::Value(value) => write_value(formatter, value, &mut pending)?,
            }
        }
        Ok(())
    }
}

fn write_value<'v>(
    formatter: &mut fmt::Formatter<'_>,
    value: &'v Value,
    pending: &mut Vec<Pending<'v>>,
) -> fmt::Result {
    match value {
        Value::Null => formatter.write_str("null"),
        Value::Boolean(value) => write!(formatter, "{value}"),
        Value::Long(value) => write!(formatter, "{value}"),
        Value::Double(value) => formatter.write_str(&double(*value)),
        Value::String(text) => formatter.write_str(text),
        Value::BooleanArray(elements) => write_array(formatter, elements.iter().map(ToString::to_string)),
        Value::LongArray(elements) => write_array(formatter, elements.iter().map(ToString::to_string)),
        Value::DoubleArray(elements) => write_array(formatter, elements.iter().copied().map(double)),
        Value::StringArray(elements) => write_array(
            formatter,
            elements
                .iter()
                .map(|element| element.clone().unwrap_or_else(|| "null".to_owned())),
        ),
        Value::List(list) => {
            pending.push(Pending::Text("]"));
            for (index, element) in list.iter().enumerate().rev() {
                pending.push(Pending::Value(element));
                pending.push(Pending::Text(if index == 0 { "" } else { ", " }));
            }
            formatter.write_str("[")
        }
        Value::Map(map) => {
            pending.push(Pending::Text("}"));
            let entries: Vec<_> = map.iter().collect();
            for (index, (key, value)) in entries.into_iter().enumerate().rev() {
                pending.push(Pending::Value(value));
                pending.push(Pending::Key(key));
                pending.push(Pending::Text(if index == 0 { "" } else { ", " }));
            }
            formatter.write_str("{")
        }
    }
}

fn write_array(formatter: &mut fmt::Formatter<'_>, elements: impl Iterator<Item = String>) -> fmt::Result {
    formatter.write_str("[")?;
    for (index, element) in elements.enumerate() {
        formatter.write_str(if index == 0 { "" } else { ", " })?;
        formatter.write_str(&element)?;
    }
    formatter.write_str("]")
}

fn double(value: f64) -> String {
    let mut text = String::new();
    number_text::push_double(&mut text, value);
    text
}
