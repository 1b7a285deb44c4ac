//! Values to declared types: what a schema accepts beside the type itself.

use std::convert::Infallible;

use super::{Value, ValueError};
use crate::types::{Stored, Type};

/// Bytes charged for each element of an array or list that is made of another.
pub(crate) const CONVERTED_BYTES: u64 = 32;
/// Steps charged for each such element, beside its text's bytes: a text is allocated by itself, and freed.
pub(crate) const CONVERTED_STEPS: u64 = 6;
/// Elements that are converted for one charge.
const BLOCK_ELEMENTS: usize = 1_024;

impl Value {
    /// Converts the value to a declared type if nothing is lost.
    ///
    /// | declared | accepted |
    /// | --- | --- |
    /// | ANY | every value, as it is |
    /// | any type | a value of that type |
    /// | DOUBLE, `DOUBLE_ARRAY` | also LONG where the float is exactly that integer, alone or as an element |
    /// | an array type | also a LIST of nothing but its elements, the empty list included |
    /// | `STRING_ARRAY` | also a LIST with nulls among the texts, or of nulls alone |
    /// | LIST | also every array |
    /// | STRING, MAP, DATETIME and the other classes | also null |
    /// | DATETIME | also STRING, which is left as it is and parsed where it is used |
    ///
    /// # Errors
    ///
    /// Everything else, with the path of the part that does not fit, the type declared and the type found.
    ///
    /// ```
    /// use selvedge::{Type, Value};
    /// assert_eq!(Value::Long(2).coerce_to(Type::Double)?, Value::Double(2.0));
    ///
    /// let mixed = Value::from(vec![Value::Long(1), Value::from("b")]);
    /// let error = mixed.coerce_to(Type::LongArray).unwrap_err();
    /// assert_eq!(error.to_string(), "$[1]: expected LONG, found STRING");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn coerce_to(self, declared: Type) -> Result<Self, ValueError> {
        if declared == Type::Any || self.type_of() == declared {
            return Ok(self);
        }
        match (declared, self) {
            (Type::Double, Self::Long(long)) => exact_double(long).map(Self::Double),
            (
                Type::BooleanArray | Type::LongArray | Type::DoubleArray | Type::StringArray,
                from @ (Self::List(_) | Self::LongArray(_)),
            ) if from.may_become(declared) => from.to_type(declared),
            (Type::List, Self::BooleanArray(array)) => Ok(Self::List(array.into_iter().collect())),
            (Type::List, Self::LongArray(array)) => Ok(Self::List(array.into_iter().collect())),
            (Type::List, Self::DoubleArray(array)) => Ok(Self::List(array.into_iter().collect())),
            (Type::List, Self::StringArray(array)) => Ok(Self::List(array.into_iter().collect())),
            (Type::DateTime, text @ Self::String(_)) => Ok(text),
            (declared, Self::Null) if accepts_null(declared) => Ok(Self::Null),
            (declared, found) => Err(mismatch(declared, &found)),
        }
    }
}

impl Value {
    /// Whether [`Value::to_type`] has anything to make: the value is of another type, from which there is a way.
    pub(crate) fn may_become(&self, declared: Type) -> bool {
        match declared {
            Type::Double => matches!(self, Self::Long(_)),
            Type::BooleanArray | Type::LongArray | Type::StringArray => matches!(self, Self::List(_)),
            Type::DoubleArray => matches!(self, Self::List(_) | Self::LongArray(_)),
            Type::List => matches!(
                self,
                Self::BooleanArray(_) | Self::LongArray(_) | Self::DoubleArray(_) | Self::StringArray(_)
            ),
            _ => false,
        }
    }

    /// As [`Value::coerce_to`], but copying nothing except into the value it makes.
    ///
    /// # Errors
    ///
    /// As there.
    pub(crate) fn to_type(&self, declared: Type) -> Result<Self, ValueError> {
        let free = |_, _| Ok::<(), Infallible>(());
        match self.to_type_charged(declared, free) {
            Ok(made) => made,
            Err(never) => match never {},
        }
    }

    /// As [`Value::to_type`], where each block of elements, and the bytes of the texts among them, is charged before it is made.
    ///
    /// # Errors
    ///
    /// The charge's.
    pub(crate) fn to_type_charged<E>(
        &self,
        declared: Type,
        mut charge: impl FnMut(usize, usize) -> Result<(), E>,
    ) -> Result<Result<Self, ValueError>, E> {
        let by = &mut charge;
        Ok(match (declared, self) {
            (Type::BooleanArray, Self::List(list)) => elements(list, boolean, by)?.map(Self::BooleanArray),
            (Type::LongArray, Self::List(list)) => elements(list, long, by)?.map(Self::LongArray),
            (Type::DoubleArray, Self::List(list)) => elements(list, double, by)?.map(Self::DoubleArray),
            (Type::DoubleArray, Self::LongArray(array)) => {
                elements(array, |long| exact_double(*long), by)?.map(Self::DoubleArray)
            }
            (Type::StringArray, Self::List(list)) => elements(list, optional_text, by)?.map(Self::StringArray),
            (Type::List, Self::BooleanArray(array)) => {
                elements(array, made_of, by)?.map(|list| Self::List(list.into()))
            }
            (Type::List, Self::LongArray(array)) => elements(array, made_of, by)?.map(|list| Self::List(list.into())),
            (Type::List, Self::DoubleArray(array)) => elements(array, made_of, by)?.map(|list| Self::List(list.into())),
            (Type::List, Self::StringArray(array)) => elements(array, made_of, by)?.map(|list| Self::List(list.into())),
            _ => self.clone().coerce_to(declared),
        })
    }

    /// The elements of an array or list.
    pub(crate) fn element_count(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::BooleanArray(array) => array.len(),
            Self::LongArray(array) => array.len(),
            Self::DoubleArray(array) => array.len(),
            Self::StringArray(array) => array.len(),
            _ => 0,
        }
    }
}

/// What is converted: the bytes of its text, where it is one.
trait Element {
    fn text_bytes(&self) -> usize {
        0
    }
}

impl Element for bool {}
impl Element for i64 {}
impl Element for f64 {}

impl Element for Option<String> {
    fn text_bytes(&self) -> usize {
        self.as_ref().map_or(0, String::len)
    }
}

impl Element for Value {
    fn text_bytes(&self) -> usize {
        self.as_str().map_or(0, str::len)
    }
}

fn made_of<T: Clone + Into<Value>>(element: &T) -> Result<Value, ValueError> {
    Ok(element.clone().into())
}

/// Whether null is a value of the type.
pub(crate) const fn accepts_null(declared: Type) -> bool {
    match declared.stored() {
        Stored::Unknown | Stored::Null | Stored::Text | Stored::Map | Stored::Object => true,
        Stored::Nothing | Stored::Boolean | Stored::Long | Stored::Double | Stored::Elements(_) => false,
    }
}

fn mismatch(declared: Type, found: &Value) -> ValueError {
    ValueError::new(format_args!("expected {declared}, found {}", found.type_of()))
}

/// Converts the elements one by one, and charges for each block of them first; an error names the index.
fn elements<'v, V: Element, T, E>(
    values: &'v [V],
    convert: impl Fn(&'v V) -> Result<T, ValueError>,
    charge: &mut impl FnMut(usize, usize) -> Result<(), E>,
) -> Result<Result<Vec<T>, ValueError>, E> {
    let mut made = Vec::with_capacity(values.len());
    for block in values.chunks(BLOCK_ELEMENTS) {
        charge(block.len(), block.iter().map(Element::text_bytes).sum())?;
        for value in block {
            match convert(value) {
                Ok(element) => made.push(element),
                Err(error) => return Ok(Err(error.at_index(made.len()))),
            }
        }
    }
    Ok(Ok(made))
}

/// The float that is the integer. Compared in 128 bits, as the cast back to 64 would saturate at the edge.
fn exact_double(long: i64) -> Result<f64, ValueError> {
    let double = long as f64;
    if double as i128 == i128::from(long) {
        return Ok(double);
    }
    Err(ValueError::new(format_args!("LONG `{long}` has no exact DOUBLE")))
}

fn boolean(value: &Value) -> Result<bool, ValueError> {
    match value {
        Value::Boolean(boolean) => Ok(*boolean),
        other => Err(mismatch(Type::Boolean, other)),
    }
}

fn long(value: &Value) -> Result<i64, ValueError> {
    match value {
        Value::Long(long) => Ok(*long),
        other => Err(mismatch(Type::Long, other)),
    }
}

fn double(value: &Value) -> Result<f64, ValueError> {
    match value {
        Value::Double(double) => Ok(*double),
        Value::Long(long) => exact_double(*long),
        other => Err(mismatch(Type::Double, other)),
    }
}

fn optional_text(value: &Value) -> Result<Option<String>, ValueError> {
    match value {
        Value::String(text) => Ok(Some(text.clone())),
        Value::Null => Ok(None),
        other => Err(mismatch(Type::String, other)),
    }
}
