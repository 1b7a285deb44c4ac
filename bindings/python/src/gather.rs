//! Elements gathered into the array that their types make, as the crate's own conversions do.

use selvedge::Value;

/// A sequence so far.
pub(crate) enum Gathered {
    Nulls(usize),
    Booleans(Vec<bool>),
    Longs(Vec<i64>),
    Doubles(Vec<f64>),
    Texts(Vec<Option<String>>),
    Mixed(Vec<Value>),
}

impl Gathered {
    pub(crate) const fn new() -> Self {
        Self::Nulls(0)
    }

    pub(crate) fn push(&mut self, value: Value) {
        match (&mut *self, value) {
            (Self::Booleans(array), Value::Boolean(boolean)) => array.push(boolean),
            (Self::Longs(array), Value::Long(long)) => array.push(long),
            (Self::Doubles(array), Value::Double(double)) => array.push(double),
            (Self::Texts(array), Value::String(text)) => array.push(Some(text)),
            (Self::Texts(array), Value::Null) => array.push(None),
            (Self::Nulls(count), Value::Null) => *count += 1,
            (Self::Nulls(0), Value::Boolean(boolean)) => *self = Self::Booleans(vec![boolean]),
            (Self::Nulls(0), Value::Long(long)) => *self = Self::Longs(vec![long]),
            (Self::Nulls(0), Value::Double(double)) => *self = Self::Doubles(vec![double]),
            (Self::Nulls(count), Value::String(text)) => {
                let mut texts = vec![None; *count];
                texts.push(Some(text));
                *self = Self::Texts(texts);
            }
            (Self::Mixed(list), value) => list.push(value),
            (_, value) => {
                let mut list = std::mem::replace(self, Self::new()).into_list();
                list.push(value);
                *self = Self::Mixed(list);
            }
        }
    }

    fn into_list(self) -> Vec<Value> {
        match self {
            Self::Nulls(count) => vec![Value::Null; count],
            Self::Booleans(array) => array.into_iter().map(Value::Boolean).collect(),
            Self::Longs(array) => array.into_iter().map(Value::Long).collect(),
            Self::Doubles(array) => array.into_iter().map(Value::Double).collect(),
            Self::Texts(array) => array.into_iter().map(Value::from).collect(),
            Self::Mixed(list) => list,
        }
    }
}

impl From<Gathered> for Value {
    fn from(gathered: Gathered) -> Self {
        match gathered {
            Gathered::Booleans(array) => Self::BooleanArray(array),
            Gathered::Longs(array) => Self::LongArray(array),
            Gathered::Doubles(array) => Self::DoubleArray(array),
            Gathered::Texts(array) => Self::StringArray(array),
            list @ (Gathered::Nulls(_) | Gathered::Mixed(_)) => Self::from(list.into_list()),
        }
    }
}
