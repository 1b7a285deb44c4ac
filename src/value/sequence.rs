//! What type a sequence without a declared type has: found while its elements come in, each of which moves once at
//! most.

use super::Value;

/// A sequence of elements that come one by one.
///
/// All booleans, all integers or all floats make an array of that type; texts and nulls with at least one text make a
/// `STRING_ARRAY`; all else (mixed types, an integer beside a float, containers, nulls alone, nothing) makes a LIST.
#[derive(Default)]
pub(crate) enum Sequence {
    #[default]
    Empty,
    Nulls(usize),
    Booleans(Vec<bool>),
    Longs(Vec<i64>),
    Doubles(Vec<f64>),
    Texts(Vec<Option<String>>),
    Mixed(Vec<Value>),
}

impl Sequence {
    /// How many elements have come.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Nulls(count) => *count,
            Self::Booleans(array) => array.len(),
            Self::Longs(array) => array.len(),
            Self::Doubles(array) => array.len(),
            Self::Texts(array) => array.len(),
            Self::Mixed(values) => values.len(),
        }
    }

    /// Takes the next element.
    pub(crate) fn push(&mut self, element: Value) {
        match (&mut *self, element) {
            (Self::Booleans(array), Value::Boolean(boolean)) => array.push(boolean),
            (Self::Longs(array), Value::Long(long)) => array.push(long),
            (Self::Doubles(array), Value::Double(double)) => array.push(double),
            (Self::Texts(array), Value::String(text)) => array.push(Some(text)),
            (Self::Texts(array), Value::Null) => array.push(None),
            (Self::Nulls(count), Value::Null) => *count += 1,
            (Self::Mixed(values), element) => values.push(element),
            (_, element) => self.widen(element),
        }
    }

    /// Takes an element that does not fit what came before it.
    fn widen(&mut self, element: Value) {
        *self = match (std::mem::take(self), element) {
            (Self::Empty, Value::Null) => Self::Nulls(1),
            (Self::Empty, Value::Boolean(boolean)) => Self::Booleans(vec![boolean]),
            (Self::Empty, Value::Long(long)) => Self::Longs(vec![long]),
            (Self::Empty, Value::Double(double)) => Self::Doubles(vec![double]),
            (Self::Empty, Value::String(text)) => Self::Texts(vec![Some(text)]),
            (Self::Nulls(count), Value::String(text)) => {
                let mut texts = vec![None; count];
                texts.push(Some(text));
                Self::Texts(texts)
            }
            (narrow, element) => {
                let mut values = narrow.into_values();
                values.push(element);
                Self::Mixed(values)
            }
        };
    }

    fn into_values(self) -> Vec<Value> {
        match self {
            Self::Empty => Vec::new(),
            Self::Nulls(count) => vec![Value::Null; count],
            Self::Booleans(array) => array.into_iter().map(Value::Boolean).collect(),
            Self::Longs(array) => array.into_iter().map(Value::Long).collect(),
            Self::Doubles(array) => array.into_iter().map(Value::Double).collect(),
            Self::Texts(array) => array.into_iter().map(Value::from).collect(),
            Self::Mixed(values) => values,
        }
    }
}

impl From<Sequence> for Value {
    fn from(sequence: Sequence) -> Self {
        match sequence {
            Sequence::Booleans(array) => Self::BooleanArray(array),
            Sequence::Longs(array) => Self::LongArray(array),
            Sequence::Doubles(array) => Self::DoubleArray(array),
            Sequence::Texts(array) => Self::StringArray(array),
            Sequence::Empty | Sequence::Nulls(_) | Sequence::Mixed(_) => Self::List(sequence.into_values().into()),
        }
    }
}

/// Gathers values into the array that their types make, else a LIST, as JSON and serde do. A LIST whatever they are is made `from` a
/// vector.
///
/// ```
/// use selvedge::{Type, Value};
/// let texts: Value = [Value::from("eu"), Value::Null].into_iter().collect();
/// let mixed: Value = [Value::from("eu"), Value::from(1)].into_iter().collect();
/// assert_eq!((texts.type_of(), mixed.type_of()), (Type::StringArray, Type::List));
/// assert_eq!(Value::from(vec![Value::from("eu")]).type_of(), Type::List);
/// ```
impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Self>>(elements: I) -> Self {
        let mut sequence = Sequence::default();
        elements.into_iter().for_each(|element| sequence.push(element));
        sequence.into()
    }
}
