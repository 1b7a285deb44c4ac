//! Whether two values are the same by what they hold, as `in` and `contains` ask.
//!
//! A text is never a number; numbers compare exactly, LONG with DOUBLE too, and NaN is itself; a LIST is an array of the same
//! elements; maps hold the same under the same keys, in whatever order. Dates and other objects are of one type and text.

use super::any::Any;
use super::context::Context;
use super::fault::Fault;
use super::heap::Heap;
use super::meter::Meter;
use crate::types::{Elements, Stored, Type};

/// Charged for each two values that are compared, beside their texts and elements.
pub(crate) const SAME_STEPS: u64 = 4;

/// The most bytes of numbers that are compared for one charge.
const BLOCK_BYTES: usize = 4096;
/// From here on, a DOUBLE is not a LONG.
const BEYOND_LONG: f64 = 9_223_372_036_854_775_808.0;

/// Two containers of one size that are being compared, and the next place in them.
#[derive(Clone, Copy, Debug)]
struct Pair {
    left: Any,
    right: Any,
    next: usize,
}

/// What comes next in two containers.
enum Next {
    End,
    Differs,
    Values(Any, Any),
}

impl Context<'_> {
    /// Whether two values are the same. Containers are walked with a stack of our own, to the limit of nesting.
    pub(crate) fn same(&mut self, left: Any, right: Any) -> Result<bool, Fault> {
        let mut open = Vec::new();
        if !self.begin_same(&mut open, left, right)? {
            return Ok(false);
        }
        while let Some(top) = open.last_mut() {
            let Pair { left, right, next } = *top;
            top.next += 1;
            match self.next_same(left, right, next)? {
                Next::End => {
                    open.pop();
                }
                Next::Differs => return Ok(false),
                Next::Values(left, right) => {
                    if !self.begin_same(&mut open, left, right)? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// The first place of an array or list whose element is the same as a value.
    pub(crate) fn place_of(&mut self, values: Any, wanted: Any) -> Result<Option<usize>, Fault> {
        let Self { heap, meter, .. } = self;
        match Elements::of(values.ty) {
            Some(Elements::Longs) => place(meter, heap.longs.get(values.bits), |element| {
                same_numbers(Any::long(element), wanted)
            }),
            Some(Elements::Doubles) => place(meter, heap.doubles.get(values.bits), |element| {
                same_numbers(Any::double(element), wanted)
            }),
            Some(Elements::Booleans) => place(meter, heap.booleans.get(values.bits), |element| {
                wanted == Any::boolean(element)
            }),
            Some(Elements::Texts | Elements::Mixed) => self.place_of_any(values, wanted),
            None => Ok(None),
        }
    }

    fn place_of_any(&mut self, values: Any, wanted: Any) -> Result<Option<usize>, Fault> {
        for index in 0..self.heap.length(values).unwrap_or_default() {
            let element = self.heap.element(&mut self.meter, values, index as i64).transpose()?;
            if let Some(element) = element
                && self.same(element, wanted)?
            {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// Compares scalars and arrays of numbers whole, and opens other containers that are of one size.
    fn begin_same(&mut self, open: &mut Vec<Pair>, left: Any, right: Any) -> Result<bool, Fault> {
        self.meter.charge_steps(SAME_STEPS)?;
        if left.is_null() || right.is_null() {
            return Ok(left.is_null() && right.is_null());
        }
        let Self { heap, meter, .. } = self;
        match (left.ty.stored(), right.ty.stored()) {
            (Stored::Boolean, Stored::Boolean) => Ok(left.bits == right.bits),
            (Stored::Long | Stored::Double, Stored::Long | Stored::Double) => Ok(same_numbers(left, right)),
            (Stored::Text, Stored::Text) => self.texts_equal(left.bits, right.bits),
            (Stored::Object, Stored::Object) => Ok(
                left.ty == right.ty && heap.object_text(meter, left.bits)? == heap.object_text(meter, right.bits)?
            ),
            (Stored::Elements(one), Stored::Elements(other)) => {
                let known = elements_same(heap, meter, (one, left.bits), (other, right.bits))?;
                known.map_or_else(|| self.open_same(open, left, right), Ok)
            }
            (Stored::Map, Stored::Map) if heap.map_len(left.bits) != heap.map_len(right.bits) => Ok(false),
            (Stored::Map, Stored::Map) => {
                heap.own_map(meter, left.bits)?;
                self.open_same(open, left, right)
            }
            _ => Ok(false),
        }
    }

    fn open_same(&mut self, open: &mut Vec<Pair>, left: Any, right: Any) -> Result<bool, Fault> {
        self.meter.check_value_nesting(open.len() as u64 + 1)?;
        open.push(Pair { left, right, next: 0 });
        Ok(true)
    }

    /// What stands at a place of two open containers; of a map, under the key that the left one has there.
    fn next_same(&mut self, left: Any, right: Any, index: usize) -> Result<Next, Fault> {
        let Self { heap, meter, .. } = self;
        if left.ty == Type::Map {
            let Some((key, value)) = heap.map_entry(left.bits, index) else {
                return Ok(Next::End);
            };
            let other = heap.map_get(meter, right.bits, key)?;
            return Ok(other.map_or(Next::Differs, |other| Next::Values(value, other)));
        }
        if heap.length(left).is_none_or(|length| index >= length) {
            return Ok(Next::End);
        }
        let one = heap.element(meter, left, index as i64).transpose()?;
        let other = heap.element(meter, right, index as i64).transpose()?;
        Ok(match (one, other) {
            (Some(one), Some(other)) => Next::Values(one, other),
            (_, _) => Next::Differs,
        })
    }
}

/// Whether the elements of two arrays are the same; `None` if they are to be compared one by one.
fn elements_same(
    heap: &Heap<'_>,
    meter: &mut Meter,
    (one, left): (Elements, u64),
    (other, right): (Elements, u64),
) -> Result<Option<bool>, Fault> {
    if heap.length_of(one, left) != heap.length_of(other, right) {
        return Ok(Some(false));
    }
    match (one, other) {
        (Elements::Longs, Elements::Longs) => all(meter, heap.longs.get(left), heap.longs.get(right), |a, b| a == b),
        (Elements::Booleans, Elements::Booleans) => {
            all(meter, heap.booleans.get(left), heap.booleans.get(right), |a, b| a == b)
        }
        (Elements::Doubles, Elements::Doubles) => {
            all(meter, heap.doubles.get(left), heap.doubles.get(right), same_doubles)
        }
        _ => Ok(None),
    }
}

fn all<T: Copy>(
    meter: &mut Meter,
    left: &[T],
    right: &[T],
    same: impl Fn(T, T) -> bool,
) -> Result<Option<bool>, Fault> {
    let block = BLOCK_BYTES / size_of::<T>();
    for (left, right) in left.chunks(block).zip(right.chunks(block)) {
        meter.charge_work(size_of_val(left))?;
        if !left.iter().zip(right).all(|(&left, &right)| same(left, right)) {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// The first place whose element is what is looked for. Each block is charged before it is looked at.
fn place<T: Copy>(meter: &mut Meter, elements: &[T], is_it: impl Fn(T) -> bool) -> Result<Option<usize>, Fault> {
    let block = BLOCK_BYTES / size_of::<T>();
    meter.charge_steps(SAME_STEPS)?;
    for (number, elements) in elements.chunks(block).enumerate() {
        meter.charge_work(size_of_val(elements))?;
        if let Some(place) = elements.iter().position(|&element| is_it(element)) {
            return Ok(Some(number * block + place));
        }
    }
    Ok(None)
}

/// Whether two values are the same number.
fn same_numbers(left: Any, right: Any) -> bool {
    match (left.ty, right.ty) {
        (Type::Long, Type::Long) => left.bits == right.bits,
        (Type::Double, Type::Double) => same_doubles(left.as_double(), right.as_double()),
        (Type::Long, Type::Double) => is_long(right.as_double(), left.as_long()),
        (Type::Double, Type::Long) => is_long(left.as_double(), right.as_long()),
        _ => false,
    }
}

/// Whether two DOUBLEs are the same number; NaN is itself.
fn same_doubles(left: f64, right: f64) -> bool {
    left == right || (left.is_nan() && right.is_nan())
}

/// Whether a DOUBLE is exactly this LONG.
fn is_long(double: f64, long: i64) -> bool {
    exact_long(double) == Some(long)
}

/// The LONG that a DOUBLE is exactly.
pub(crate) fn exact_long(double: f64) -> Option<i64> {
    ((-BEYOND_LONG..BEYOND_LONG).contains(&double) && double.fract() == 0.0).then_some(double as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    /// Whether two host values, as JSON, are the same, either way round.
    fn same(left: &str, right: &str) -> bool {
        let read = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        let (left, right) = (read(left), read(right));
        let [one, other] = [(&left, &right), (&right, &left)].map(|(left, right)| compared(left, right).unwrap());
        assert_eq!(one, other);
        one
    }

    fn compared(left: &Value, right: &Value) -> Result<bool, Fault> {
        let budgets = crate::machine::meter::Budgets {
            steps: 1_000_000,
            memory: 1_000_000,
            array_length: 10_000,
            string_length: 10_000,
            map_entries: 10_000,
            result_size: 10_000,
            value_nesting: 64,
        };
        let (constants, prepared) = (Vec::new(), Vec::new());
        let mut context = Context::of_constants(&constants, &prepared, budgets);
        let left = context.import_owned(left, 0)?;
        let right = context.import_owned(right, 0)?;
        context.same(left, right)
    }

    #[test]
    fn values_are_the_same_by_what_they_hold() {
        for (left, right) in [
            ("null", "null"),
            ("1", "1.0"),
            ("0", "-0.0"),
            ("'a'", "'a'"),
            ("[]", "[]"),
            ("[1, 2]", "[1.0, 2.0]"),
            ("[1, 'a', null, [true]]", "[1, 'a', null, [true]]"),
            ("{'a': 1, 'b': [2]}", "{'b': [2.0], 'a': 1}"),
            ("9007199254740992", "9007199254740992.0"),
            ("-9223372036854775808", "-9223372036854775808.0"),
        ] {
            let [left, right] = [left, right].map(|json| json.replace('\'', "\""));
            assert!(same(&left, &right), "{left} and {right}");
        }
        for (left, right) in [
            ("1", "'1'"),
            ("1", "true"),
            ("null", "0"),
            ("'a'", "'b'"),
            ("[1]", "[1, 1]"),
            ("[1]", "{'0': 1}"),
            ("{'a': 1}", "{'b': 1}"),
            ("{'a': null}", "{'b': null}"),
            ("9007199254740993", "9007199254740992.0"),
            ("9223372036854775807", "9223372036854775808.0"),
            ("[[1], [2]]", "[[1], [3]]"),
        ] {
            let [left, right] = [left, right].map(|json| json.replace('\'', "\""));
            assert!(!same(&left, &right), "{left} and {right}");
        }
        let [nan, array] = [Value::Double(f64::NAN), Value::DoubleArray(vec![f64::NAN])];
        assert!(compared(&nan, &nan).unwrap() && compared(&array, &array).unwrap());
    }
}
