//! Values to declared types: what a schema accepts beside the type itself.

use super::{List, Value, ValueError};
use crate::types::Type;

/// The largest integer up to which every integer is a float too.
const MAX_EXACT_INTEGER: i64 = 1 << 53;

impl Value {
    /// The value as the type, where it loses nothing: the type itself; a LONG that a float holds exactly for DOUBLE, also in
    /// arrays; a list of the right elements, or an empty one, for an array; null for STRING, MAP and dates.
    ///
    /// # Errors
    ///
    /// Where the value cannot be of the type.
    ///
    /// ```
    /// use selvedge::{Type, Value};
    /// assert_eq!(Value::Long(2).coerce_to(Type::Double)?, Value::Double(2.0));
    /// assert!(Value::from("2").coerce_to(Type::Long).is_err());
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn coerce_to(self, ty: Type) -> Result<Self, ValueError> {
        if self.type_of() == ty || ty == Type::Any {
            return Ok(self);
        }
        let given = self.type_of();
        let refused = || ValueError::new(format!("the value is {given}, {ty} is declared"));
        match (self, ty) {
            (Self::Long(value), Type::Double) => exact(value).map(Self::Double).ok_or_else(refused),
            (Self::LongArray(values), Type::DoubleArray) => {
                let floats: Option<Vec<f64>> = values.iter().copied().map(exact).collect();
                floats.map(Self::DoubleArray).ok_or_else(refused)
            }
            (Self::List(list), ty) => from_list(list, ty).ok_or_else(refused),
            (Self::Null, Type::String | Type::Map | Type::DateTime) => Ok(Self::Null),
            (text @ Self::String(_), Type::DateTime) => Ok(text),
            _ => Err(refused()),
        }
    }
}

fn exact(value: i64) -> Option<f64> {
    (value.unsigned_abs() <= MAX_EXACT_INTEGER.unsigned_abs()).then_some(value as f64)
}

fn from_list(list: List, ty: Type) -> Option<Value> {
    let values = list.into_vec();
    match ty {
        Type::BooleanArray => values
            .iter()
            .map(Value::as_boolean)
            .collect::<Option<_>>()
            .map(Value::BooleanArray),
        Type::LongArray => values
            .iter()
            .map(Value::as_long)
            .collect::<Option<_>>()
            .map(Value::LongArray),
        Type::DoubleArray => {
            let number = |value: &Value| value.as_double().or_else(|| value.as_long().and_then(exact));
            values.iter().map(number).collect::<Option<_>>().map(Value::DoubleArray)
        }
        Type::StringArray => {
            let text = |value| match value {
                Value::String(text) => Some(Some(text)),
                Value::Null => Some(None),
                _ => None,
            };
            values
                .into_iter()
                .map(text)
                .collect::<Option<_>>()
                .map(Value::StringArray)
        }
        _ => None,
    }
}
