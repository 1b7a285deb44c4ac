//! Each element once: of those that are the same by what they hold, or whose keys are, the first.

use foldhash::fast::RandomState;
use hashbrown::HashSet;

use super::make::with_capacity;
use super::receiver::{ARRAYS, array_of};
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Cost, Follows, Function, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Text, grow_by_half};
use crate::machine::native::{Handle, native};
use crate::machine::same::exact_long;
use crate::types::{Stored, Type};

/// The steps of each element, beside what reading its text takes.
pub(crate) const DISTINCT_STEPS: u64 = 12;
/// The bytes of each element that is neither an array, a map nor an object: its place in a table that is half full at least.
pub(crate) const DISTINCT_BYTES: u64 = 48;

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_any(ARRAYS, "distinct", Type::Any, native!(distinct, Any))
        .bounded(Bound::Sequence(SequenceBound::Distinct))
        .gives(Follows::Receiver)
        .costs(Cost::fixed(12).and("12 steps and 80 bytes for each element; of a text or object what hashing it takes and 150 bytes more, of an array or map what looking it up among those before takes; and the result's memory"))
        .about(
            "Each element once, at the place of the first that is the same by what it holds.",
            &[gives("new int[]{2, 1, 2}.distinct()", "[2, 1]"), gives("Json.parse('[1, \"1\", 1.0]').distinct()", r#"[1, "1"]"#)],
        ),
];

fn distinct(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let values = context.heap.values(&mut context.meter, array)?;
    firsts(context, array, &values, &values)
}

/// Each element once, of those whose keys are the same.
pub(super) fn distinct_by(context: &mut Context<'_>, array: Any, keys: Handle) -> Result<Any, Fault> {
    let values = context.heap.values(&mut context.meter, array)?;
    let keys = context.heap.values(&mut context.meter, Any::new(Type::List, keys.0))?;
    firsts(context, array, &values, &keys)
}

/// An array of the kind of another with those values whose keys were not met before.
fn firsts(context: &mut Context<'_>, array: Any, values: &[Any], keys: &[Any]) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, array)?;
    let mut met = Met::new(context, keys)?;
    let mut kept = with_capacity(context, values.len())?;
    for (&value, &key) in values.iter().zip(keys) {
        context.meter.charge_steps(DISTINCT_STEPS)?;
        if met.is_new(context, key)? {
            kept.push(value);
        }
    }
    context.heap.array_of_values(&mut context.meter, elements, &kept)
}

/// A null, BOOLEAN or number: which of them, and its bits. A DOUBLE that is a LONG is that.
type Scalar = (u8, u64);

/// Values that were met.
struct Met {
    scalars: HashSet<Scalar, RandomState>,
    /// A map with a key for each text.
    texts: Option<u64>,
    /// The same for the texts of the objects of a type.
    objects: Vec<(Type, u64)>,
    /// Arrays and maps, which are compared with each other.
    others: Vec<Any>,
}

impl Met {
    /// Room for as many as there are.
    fn new(context: &mut Context<'_>, keys: &[Any]) -> Result<Self, Fault> {
        context.meter.charge_memory(DISTINCT_BYTES * (keys.len() as u64 + 4))?;
        context.meter.record_reserved(DISTINCT_BYTES as usize * keys.len());
        Ok(Self {
            scalars: HashSet::with_capacity_and_hasher(keys.len(), RandomState::default()),
            texts: None,
            objects: Vec::new(),
            others: Vec::new(),
        })
    }

    /// Notes a value; whether none before it is the same.
    fn is_new(&mut self, context: &mut Context<'_>, value: Any) -> Result<bool, Fault> {
        if let Some(scalar) = scalar(value) {
            return Ok(self.scalars.insert(scalar));
        }
        match (value.ty.stored(), Text::from_bits(value.bits)) {
            (Stored::Text, Some(text)) => return self.is_new_text(context, text),
            (Stored::Object, _) => return self.is_new_object(context, value),
            _ => {}
        }
        for &other in &self.others {
            if context.same(other, value)? {
                return Ok(false);
            }
        }
        context.meter.charge_memory(size_of::<Any>() as u64)?;
        grow_by_half(&mut self.others, &mut context.meter, size_of::<Any>() as u64);
        self.others.push(value);
        Ok(true)
    }

    fn is_new_text(&mut self, context: &mut Context<'_>, text: Text) -> Result<bool, Fault> {
        let texts = match self.texts {
            Some(texts) => texts,
            None => *self.texts.insert(context.heap.new_map(&mut context.meter)?),
        };
        is_new_key(context, texts, text)
    }

    /// Objects are the same that are of one type and text.
    fn is_new_object(&mut self, context: &mut Context<'_>, object: Any) -> Result<bool, Fault> {
        let Context { heap, meter, .. } = &mut *context;
        let texts = match self.objects.iter().find(|(ty, _)| *ty == object.ty) {
            Some((_, texts)) => *texts,
            None => {
                // There are few types.
                let texts = heap.new_map(meter)?;
                self.objects.push((object.ty, texts));
                texts
            }
        };
        let text = heap.object_text(meter, object.bits)?;
        let text = context.new_text(&text)?;
        is_new_key(context, texts, text)
    }
}

/// Puts a key into a map; whether it was not there.
fn is_new_key(context: &mut Context<'_>, map: u64, key: Text) -> Result<bool, Fault> {
    let Context { heap, meter, .. } = context;
    let length = heap.map_len(map);
    heap.map_put(meter, map, key, Any::NULL)?;
    Ok(heap.map_len(map) > length)
}

/// What a null, BOOLEAN or number is the same by; none of other values.
fn scalar(value: Any) -> Option<Scalar> {
    if value.is_null() {
        return Some((0, 0));
    }
    match value.ty.stored() {
        Stored::Boolean => Some((1, value.bits)),
        Stored::Long => Some((2, value.bits)),
        Stored::Double => Some(match (exact_long(value.as_double()), value.as_double()) {
            (Some(long), _) => (2, Any::long(long).bits),
            (None, double) if double.is_nan() => (3, f64::NAN.to_bits()),
            (None, double) => (3, double.to_bits()),
        }),
        Stored::Null | Stored::Nothing | Stored::Unknown => Some((0, 0)),
        Stored::Text | Stored::Object | Stored::Elements(_) | Stored::Map => None,
    }
}
