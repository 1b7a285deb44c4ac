//! Bounds on the sizes of a program's inputs.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::inputs::Inputs;
use crate::value::Value;

/// What is assumed of a parameter that no size is given for.
const ASSUMED: Size = Size {
    least: i64::MIN,
    most: i64::MAX,
    length: 1_024,
    widest: 1_024,
    values: 1_024,
    list: true,
    scalar: false,
};

/// A bound on the size of a parameter's value.
///
/// ```
/// use selvedge::{Size, Value};
/// assert!(Size::texts(2, 5).covers(&Value::from(vec!["north", "south"])));
/// assert!(!Size::texts(2, 4).covers(&Value::from(vec!["north", "south"])));
/// assert!(Size::number(0..=9).covers(&Value::Long(5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    least: i64,
    most: i64,
    /// Bytes of a text, elements of an array or list, entries of a map.
    pub(super) length: u64,
    /// The most bytes of a text, elements of an array or entries of a map inside the value.
    pub(super) widest: u64,
    /// Values inside the value, at all depths.
    pub(super) values: u64,
    /// Whether it may be of another type than the one that is declared, and have to be converted.
    list: bool,
    /// Whether it is a number, a truth value or null, and nothing has to be taken in.
    scalar: bool,
}

impl Size {
    pub(super) const NOTHING: Self = Self {
        least: 0,
        most: 0,
        length: 0,
        widest: 0,
        values: 0,
        list: false,
        scalar: false,
    };

    /// A LONG in a range.
    ///
    /// ```
    /// use selvedge::{Size, Value};
    /// assert!(Size::number(0..=9).covers(&Value::Long(9)) && !Size::number(0..=9).covers(&Value::Long(10)));
    /// ```
    pub const fn number(range: RangeInclusive<i64>) -> Self {
        Self {
            least: *range.start(),
            most: *range.end(),
            scalar: true,
            ..Self::NOTHING
        }
    }

    /// A text of at most this many bytes.
    ///
    /// ```
    /// use selvedge::{Size, Value};
    /// // Bytes, not characters.
    /// assert!(Size::text(4).covers(&Value::from("four")) && !Size::text(4).covers(&Value::from("fünf")));
    /// ```
    pub const fn text(bytes: u64) -> Self {
        Self {
            length: bytes,
            ..Self::NOTHING
        }
    }

    /// An array of at most this many numbers or booleans.
    ///
    /// ```
    /// use selvedge::{Size, Value};
    /// assert!(Size::array(2).covers(&Value::from(vec![1, 2])) && !Size::array(1).covers(&Value::from(vec![1, 2])));
    /// ```
    pub const fn array(elements: u64) -> Self {
        Self {
            length: elements,
            values: elements,
            ..Self::NOTHING
        }
    }

    /// An array of at most this many texts, each of at most this many bytes.
    pub const fn texts(elements: u64, bytes: u64) -> Self {
        Self {
            length: elements,
            widest: bytes,
            values: elements,
            ..Self::NOTHING
        }
    }

    /// A map or list with at most this many values inside at all depths, none of them wider than this many bytes, elements or entries.
    ///
    /// ```
    /// use selvedge::{Map, Size, Value};
    /// let map = Value::from(Map::from_iter([("days", vec![1, 2, 3])]));
    /// assert!(Size::nested(4, 4).covers(&map) && !Size::nested(3, 4).covers(&map));
    /// ```
    pub const fn nested(values: u64, widest: u64) -> Self {
        Self {
            least: i64::MIN,
            most: i64::MAX,
            length: values,
            widest,
            values,
            list: true,
            scalar: false,
        }
    }

    /// The size of a value.
    ///
    /// ```
    /// use selvedge::{Size, Value};
    /// assert_eq!(Size::of(&Value::from("north")), Size::text(5));
    /// ```
    pub fn of(value: &Value) -> Self {
        let length = length(value);
        match value {
            Value::Long(value) => Self::number(*value..=*value),
            Value::StringArray(texts) => {
                let widest = texts.iter().flatten().map(String::len).max().unwrap_or(0);
                Self::texts(length, widest as u64)
            }
            Value::List(_) | Value::Map(_) => {
                let (values, widest) = inside(value);
                Self {
                    length,
                    ..Self::nested(values, widest)
                }
            }
            Value::BooleanArray(_) | Value::LongArray(_) | Value::DoubleArray(_) => Self::array(length),
            Value::String(_) => Self::text(length),
            Value::Null | Value::Boolean(_) | Value::Double(_) => Self::number(0..=0),
        }
    }

    /// Whether a value is within this size.
    pub fn covers(&self, value: &Value) -> bool {
        let of = Self::of(value);
        let number = match value {
            Value::Long(value) => (self.least..=self.most).contains(value),
            _ => of.scalar || !self.scalar,
        };
        let sizes = of.length <= self.length && of.widest <= self.widest && of.values <= self.values;
        number && sizes && (self.list || !of.list)
    }

    /// The least and the most that it is where it is a LONG.
    pub(super) const fn range(&self) -> (i64, i64) {
        (self.least, self.most)
    }

    pub(super) const fn is_scalar(&self) -> bool {
        self.scalar
    }

    pub(super) const fn is_list(&self) -> bool {
        self.list
    }

    /// The most bytes of the texts that are elements.
    pub(super) const fn text_bytes(&self) -> u64 {
        self.length.saturating_mul(self.widest)
    }
}

/// Bytes of a text, elements of an array or list, entries of a map.
fn length(value: &Value) -> u64 {
    let length = match value {
        Value::String(text) => text.len(),
        Value::Map(map) => map.len(),
        Value::Null
        | Value::Boolean(_)
        | Value::Long(_)
        | Value::Double(_)
        | Value::BooleanArray(_)
        | Value::LongArray(_)
        | Value::DoubleArray(_)
        | Value::StringArray(_)
        | Value::List(_) => value.element_count(),
    };
    length as u64
}

/// How many values are inside a list or map, at all depths, and the widest of them, keys included. A value that the host
/// made may nest to any depth.
fn inside(value: &Value) -> (u64, u64) {
    let (mut values, mut widest) = (0, 0);
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        let first = pending.len();
        match value {
            Value::List(list) => pending.extend(list),
            Value::Map(map) => {
                for (key, inner) in map {
                    pending.push(inner);
                    widest = widest.max(key.len() as u64);
                }
            }
            Value::StringArray(texts) => {
                values += texts.len() as u64;
                let lengths = texts.iter().flatten().map(|text| text.len() as u64);
                widest = lengths.fold(widest, u64::max);
            }
            Value::BooleanArray(_)
            | Value::LongArray(_)
            | Value::DoubleArray(_)
            | Value::Null
            | Value::Boolean(_)
            | Value::Long(_)
            | Value::Double(_)
            | Value::String(_) => values += value.element_count() as u64,
        }
        for inner in pending.get(first..).unwrap_or_default() {
            values += 1;
            widest = widest.max(length(inner));
        }
    }
    (values, widest)
}

/// Bounds on the sizes of all inputs of a program.
///
/// A parameter that no size is given for is taken as any LONG, a text of up to 1,024 bytes, an array of up to 1,024 elements,
/// or a map or list of up to 1,024 values; see [`InputSizes::or_else`].
///
/// ```
/// use selvedge::{CostBound, Engine, InputSizes, Schema, Size, Type};
/// let schema = Schema::new().with("days", Type::LongArray);
/// let program = Engine::default().compile(
///     "total = 0; for (i = 0; i < days.length; i += 1) { total += days[i]; } return total;",
///     &schema,
/// )?;
/// let hundred = program.cost_bound(&InputSizes::new().with("days", Size::array(100)));
/// assert!(matches!(hundred, CostBound::Bounded { steps: 600..=1_000, .. }));
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputSizes {
    named: BTreeMap<Box<str>, Size>,
    others: Size,
}

impl Default for InputSizes {
    fn default() -> Self {
        Self::new()
    }
}

impl InputSizes {
    /// The default sizes.
    pub const fn new() -> Self {
        Self {
            named: BTreeMap::new(),
            others: ASSUMED,
        }
    }

    /// The sizes of inputs; other parameters are absent.
    ///
    /// ```
    /// use selvedge::{InputSizes, Inputs, Size};
    /// let sizes = InputSizes::of(&Inputs::new().with("name", "north"));
    /// assert_eq!(sizes.get("name"), Size::text(5));
    /// assert!(!sizes.covers(&Inputs::new().with("name", "northwest")));
    /// ```
    pub fn of(inputs: &Inputs) -> Self {
        let named = inputs
            .as_map()
            .iter()
            .map(|(name, value)| (name.into(), Size::of(value)));
        Self {
            named: named.collect(),
            others: Size::NOTHING,
        }
    }

    /// Sets the size of a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, size: Size) -> Self {
        self.named.insert(name.into(), size);
        self
    }

    /// Sets the size of all other parameters.
    ///
    /// ```
    /// use selvedge::{InputSizes, Inputs, Size};
    /// let sizes = InputSizes::new().with("n", Size::number(0..=9)).or_else(Size::text(40));
    /// assert_eq!(sizes.get("owner"), Size::text(40));
    /// assert!(sizes.covers(&Inputs::new().with("n", 5).with("owner", "ops")));
    /// ```
    #[must_use]
    pub const fn or_else(mut self, others: Size) -> Self {
        self.others = others;
        self
    }

    /// The size of a parameter.
    pub fn get(&self, name: &str) -> Size {
        self.named.get(name).copied().unwrap_or(self.others)
    }

    /// Whether all inputs are within these sizes.
    pub fn covers(&self, inputs: &Inputs) -> bool {
        inputs.as_map().iter().all(|(name, value)| self.get(name).covers(value))
    }

    /// The most of everything that a parameter may be, those that no size is given for included.
    pub(super) fn largest(&self) -> Size {
        let all = self.named.values().copied();
        all.fold(self.others, |most, size| Size {
            length: most.length.max(size.length),
            widest: most.widest.max(size.widest),
            values: most.values.max(size.values),
            scalar: false,
            ..most
        })
    }
}
