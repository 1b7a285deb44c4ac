//! Values as a serde type of their own: written to and read from any format, and read from JSON text.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, Serializer};

use super::{Level, Map, Node, Sequence, Value, ValueError, check_depth, deserializer, json, serializer};
use crate::work::{portions, reading, run};

impl Value {
    /// Converts from any type that serde can serialise.
    ///
    /// Structs and maps become a MAP, sequences and tuples an array or LIST, enums what serde calls externally tagged:
    /// the variant's name, or a MAP from it to what the variant holds. `None` and `()` are null, a `char` is a text.
    ///
    /// # Errors
    ///
    /// Integers beyond 64 bits, keys that are not texts, bytes, and more than [`MAX_DEPTH`](crate::MAX_DEPTH) levels; the error names the
    /// path.
    ///
    /// ```
    /// use selvedge::Value;
    /// let value = Value::from_serialize(&("a", Some(1), None::<bool>))?;
    /// assert_eq!(value, Value::from(vec![Value::from("a"), Value::Long(1), Value::Null]));
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, ValueError> {
        serializer::to_value(value)
    }

    /// Converts to any type that serde can deserialise; strings may be borrowed from it.
    ///
    /// # Errors
    ///
    /// Where the value has not the shape of the type, or nests deeper than [`MAX_DEPTH`](crate::MAX_DEPTH) levels; the error names the
    /// path.
    ///
    /// ```
    /// use selvedge::Value;
    /// let days: Vec<u32> = Value::from(vec![20_260_101_i64, 20_260_102]).deserialize()?;
    /// assert_eq!(days, [20_260_101, 20_260_102]);
    /// assert_eq!(Value::from("day").deserialize::<&str>()?, "day");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn deserialize<'de, T: Deserialize<'de>>(&'de self) -> Result<T, ValueError> {
        check_depth(self.node(), Level::default())?;
        T::deserialize(deserializer::Reader::new(self.node()))
    }
}

/// Null, booleans, numbers, texts, sequences and maps as what they are. Where the format is for people, as JSON is, NaN
/// and the infinities, which it may have no numbers for, are the texts `NaN`, `Infinity` and `-Infinity`.
///
/// A value that nests deeper than [`MAX_DEPTH`](crate::MAX_DEPTH) levels is an error.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        check_depth(self.node(), Level::default()).map_err(ser::Error::custom)?;
        self.node().serialize(serializer)
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        check_depth(Node::Map(self), Level::default()).map_err(ser::Error::custom)?;
        Node::Map(self).serialize(serializer)
    }
}

// INVARIANT: recurses only after the depth was checked.
impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
            Self::Long(long) => serializer.serialize_i64(*long),
            Self::Double(double) if !double.is_finite() && serializer.is_human_readable() => {
                serializer.serialize_str(json::not_finite_text(*double))
            }
            Self::Double(double) => serializer.serialize_f64(*double),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Sequence(items) => serializer.collect_seq(items.clone()),
            Self::Map(map) => serializer.collect_map(map.iter().map(|(key, value)| (key, value.node()))),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed::root(&Watch::default()).deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match <Value as Deserialize>::deserialize(deserializer)? {
            Value::Map(map) => Ok(map),
            other => Err(de::Error::custom(format_args!(
                "expected MAP, found {}",
                other.type_of()
            ))),
        }
    }
}

impl Value {
    /// Reads a value from JSON. Integers become LONG; numbers with a fraction or exponent become DOUBLE.
    ///
    /// Objects keep the order of their entries; of entries with the same name, the last one counts. `-0` is the DOUBLE
    /// -0.0, as there is no such integer.
    ///
    /// # Errors
    ///
    /// Text that is not one JSON value, integers beyond 64 bits, and more than [`MAX_DEPTH`](crate::MAX_DEPTH) levels.
    ///
    /// ```
    /// use selvedge::Value;
    /// let value = Value::from_json(r#"{"b": [1, 2], "a": 1.5}"#)?;
    /// assert_eq!(value.to_string(), "{b=[1, 2], a=1.5}");
    ///
    /// let error = Value::from_json(r#"{"b": [1, 123456789012345678901]}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "$.b[1]: integer `123456789012345678901` does not fit in 64 bits");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, ValueError> {
        let refused = first_wide_integer(text, text.bytes());
        read(serde_json::Deserializer::from_str(text), refused)
    }

    /// As [`from_json`](Self::from_json), where the reading may be stopped; what it gives then is not used.
    pub(crate) fn from_watched_json(text: &str) -> Result<Self, ValueError> {
        let refused = first_wide_integer(text, portions(text).flat_map(str::bytes));
        read(serde_json::Deserializer::from_reader(reading(text.as_bytes())), refused)
    }
}

/// The one value that is in a JSON text, but for a number to refuse.
fn read<'de>(
    mut reader: serde_json::Deserializer<impl serde_json::de::Read<'de>>,
    refused: Option<(usize, &str)>,
) -> Result<Value, ValueError> {
    let watch = Watch {
        refused,
        ..Watch::default()
    };
    let read = Seed::root(&watch).deserialize(&mut reader);
    read.and_then(|value| reader.end().map(|()| value)).map_err(|error| {
        let failure = watch.failure.take();
        failure.unwrap_or_else(|| ValueError::new(format_args!("invalid JSON: {error}")))
    })
}

/// The first number in a JSON text that is an integer beyond 64 bits: how many numbers come before it, and its text.
///
/// `serde_json` gives such an integer as a float that cannot be told from one, so it is looked for in the text.
fn first_wide_integer(text: &str, bytes: impl Iterator<Item = u8>) -> Option<(usize, &str)> {
    let mut numbers = 0;
    let mut bytes = bytes.enumerate();
    while let Some((start, byte)) = bytes.next() {
        match byte {
            b'"' => skip_text(&mut bytes),
            b'-' | b'0'..=b'9' => {
                let rest = text.get(start..)?;
                let is_within = |byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                let number = rest.get(..run(rest, is_within))?;
                if !number.contains(['.', 'e', 'E']) && number.parse::<i64>().is_err() {
                    return Some((numbers, number));
                }
                numbers += 1;
                // The first byte is taken already.
                bytes.by_ref().take(number.len().saturating_sub(1)).for_each(drop);
            }
            _ => {}
        }
    }
    None
}

/// Goes on behind the end of a JSON string.
fn skip_text(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

/// What one reading of a value keeps an eye on.
#[derive(Default)]
struct Watch<'t> {
    /// The error we raised, as it was before the format made it its own.
    failure: Cell<Option<ValueError>>,
    /// How many numbers were read.
    numbers: Cell<usize>,
    /// The number to refuse, by its place among the numbers, and its text.
    refused: Option<(usize, &'t str)>,
}

/// The way from the root to the value being read.
enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// The error, seen from the root. There are no more links than levels.
    fn locate(&self, mut error: ValueError) -> ValueError {
        let mut link = self;
        loop {
            (link, error) = match link {
                Path::Root => return error,
                Path::Key(outer, key) => (outer, error.at_key(key)),
                Path::Index(outer, index) => (outer, error.at_index(*index)),
            };
        }
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Seed<'p> {
    level: Level,
    path: &'p Path<'p>,
    watch: &'p Watch<'p>,
}

impl<'p> Seed<'p> {
    fn root(watch: &'p Watch<'p>) -> Self {
        Self {
            level: Level::default(),
            path: &Path::Root,
            watch,
        }
    }

    /// The error in the format's own type, with its path.
    fn fail<E: de::Error>(self, error: ValueError) -> E {
        let located = self.path.locate(error);
        self.watch.failure.set(Some(located.clone()));
        E::custom(located)
    }

    /// Counts a number, and refuses it where it is the one to refuse.
    fn number<E: de::Error>(self, value: Value) -> Result<Value, E> {
        let place = self.watch.numbers.get();
        self.watch.numbers.set(place.saturating_add(1));
        match self.watch.refused {
            Some((refused, text)) if refused == place => Err(self.fail(ValueError::integer_range(text))),
            _ => Ok(value),
        }
    }

    fn container<E: de::Error>(self) -> Result<Level, E> {
        self.level.container().map_err(|error| self.fail(error))
    }

    fn wrapped<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let level = self.level.wrapper().map_err(|error| self.fail(error))?;
        Self { level, ..self }.deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("null, a boolean, a number, a text, a sequence or a map with text keys")
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Value, E> {
        Ok(Value::Boolean(boolean))
    }

    fn visit_i64<E: de::Error>(self, integer: i64) -> Result<Value, E> {
        self.number(Value::Long(integer))
    }

    fn visit_u64<E: de::Error>(self, integer: u64) -> Result<Value, E> {
        match i64::try_from(integer) {
            Ok(long) => self.number(Value::Long(long)),
            Err(_) => Err(self.fail(ValueError::integer_range(integer))),
        }
    }

    fn visit_i128<E: de::Error>(self, integer: i128) -> Result<Value, E> {
        let long = i64::try_from(integer).map_err(|_| self.fail(ValueError::integer_range(integer)))?;
        Ok(Value::Long(long))
    }

    fn visit_u128<E: de::Error>(self, integer: u128) -> Result<Value, E> {
        let long = i64::try_from(integer).map_err(|_| self.fail(ValueError::integer_range(integer)))?;
        Ok(Value::Long(long))
    }

    fn visit_f64<E: de::Error>(self, float: f64) -> Result<Value, E> {
        self.number(Value::Double(float))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_bytes<E: de::Error>(self, _bytes: &[u8]) -> Result<Value, E> {
        Err(self.fail(ValueError::no_bytes()))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.wrapped(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.wrapped(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let level = self.container()?;
        let mut sequence = Sequence::default();
        loop {
            let path = &Path::Index(self.path, sequence.len());
            let Some(element) = elements.next_element_seed(Seed { level, path, ..self })? else {
                return Ok(sequence.into());
            };
            sequence.push(element);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let level = self.container()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let path = &Path::Key(self.path, &key);
            let value = entries.next_value_seed(Seed { level, path, ..self })?;
            map.insert(key, value);
        }
        Ok(Value::Map(map))
    }
}
