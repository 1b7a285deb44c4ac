//! What a running evaluation consists of beside its registers: heap, meter, inputs, and the host's answers.

use std::any::Any as StdAny;
use std::sync::Arc;

use super::any::Any;
use super::array_store::charge_new_array;
use super::fault::Fault;
use super::heap::{Heap, TextElement};
#[cfg(feature = "params")]
use super::input::Known;
use super::input::{Input, NamedInputs};
use super::meter::{Budgets, Meter};
use super::prepared::{Prepared, PreparedConstant};
use super::scratch::Scratch;
use super::search::Needle;
use super::text::Text;
use super::trace_log::TraceLog;
use crate::diagnostic::Code;
use crate::host::{FixedHost, Host, HostCall, Interrupt, RandomSource};
use crate::types::Type;
use crate::value::Value;

/// The steps of asking one of the sets of parameters around another.
#[cfg(feature = "params")]
const SURROUNDING_STEPS: u64 = 2;

/// The place of what is kept or prepared in its table, which is charged with what it holds.
const KEPT_BYTES: u64 = 64;

/// The host of what is computed before the run, which keeps nothing of it that a host could tell otherwise.
const AT_EPOCH: FixedHost = FixedHost { now_millis: 0, seed: 0 };

/// The state of one evaluation that operations and library functions work on.
pub(crate) struct Context<'p> {
    pub(crate) heap: Heap<'p>,
    pub(crate) meter: Meter,
    /// The host's parameters by name, for `params[name]` with a computed name.
    pub(crate) named_inputs: NamedInputs<'p>,
    host: &'p dyn Host,
    /// What functions of the host are told of the evaluation.
    pub(crate) call: HostCall<'p>,
    random: Option<RandomSource>,
    prepared: &'p [PreparedConstant],
    /// What was prepared from strings made at run time, newest last; charged by what made it.
    prepared_at_run: Vec<(Text, Prepared)>,
    /// What was kept for a prepared value while it is used, by the value's address, sorted.
    kept: Vec<(usize, Box<dyn StdAny + Send>)>,
    /// The string that was looked for last, and what is known of it: in a loop it is mostly the same.
    pub(crate) sought: (Option<Text>, Option<Needle<false>>),
    /// Room of a string that was built, for the next.
    pub(crate) text_buffer: String,
    /// Where numbers are printed while strings are joined.
    pub(super) scratch: Scratch,
    /// What is written down of the run, where it is traced.
    pub(crate) traced: Option<Box<TraceLog>>,
}

impl<'p> Context<'p> {
    /// A context with nothing in it yet; `constants` and `prepared` are the program's, `inputs` those bound by slot.
    pub(crate) fn new(
        constants: &'p [Box<str>],
        prepared: &'p [PreparedConstant],
        inputs: &'p [Input<'p>],
        named_inputs: NamedInputs<'p>,
        host: &'p dyn Host,
        meter: Meter,
    ) -> Self {
        Self {
            heap: Heap::new(constants, inputs),
            meter,
            named_inputs,
            host,
            call: HostCall::default(),
            random: None,
            prepared,
            prepared_at_run: Vec::new(),
            kept: Vec::new(),
            sought: (None, None),
            text_buffer: String::new(),
            scratch: Scratch::default(),
            traced: None,
        }
    }

    /// The state once more: what an evaluation goes on from elsewhere. What is kept for patterns goes along, as the room that it has
    /// was charged; what is kept for speed alone is left behind.
    #[cfg(feature = "oracle")]
    pub(crate) fn copy(&mut self) -> Self {
        Self {
            heap: self.heap.clone(),
            meter: self.meter.clone(),
            named_inputs: self.named_inputs,
            host: self.host,
            call: self.call,
            random: self.random,
            prepared: self.prepared,
            prepared_at_run: self.prepared_at_run.clone(),
            kept: std::mem::take(&mut self.kept),
            sought: (None, None),
            text_buffer: String::new(),
            scratch: Scratch::default(),
            traced: None,
        }
    }

    /// A context for what a program's own text decides: it has neither parameters nor clock nor randomness.
    pub(crate) fn of_constants(constants: &'p [Box<str>], prepared: &'p [PreparedConstant], budgets: Budgets) -> Self {
        let meter = Meter::new(budgets, Interrupt::default());
        Self::new(constants, prepared, &[], NamedInputs::None, &AT_EPOCH, meter)
    }

    /// The string's text, for the machine, which charges for what it does.
    #[inline]
    pub(super) fn text(&self, text: Text) -> &str {
        self.heap.texts.get(text)
    }

    /// A new string with these bytes.
    pub(crate) fn new_text(&mut self, text: &str) -> Result<Text, Fault> {
        self.heap.texts.copy(&mut self.meter, text)
    }

    /// The fault of a `throw`: the host gets a copy of the message, which is charged before it is made.
    pub(crate) fn thrown(&mut self, message: Text) -> Fault {
        let length = self.text(message).len();
        let charged = self.meter.charge_copy(length);
        match charged.and_then(|()| self.meter.charge_memory(length as u64)) {
            Ok(()) => Fault::thrown(self.text(message).to_owned()),
            Err(fault) => fault,
        }
    }

    /// The value of the parameter that is bound to a slot; unset where the host gave none.
    pub(crate) fn parameter(&mut self, slot: u32) -> Result<Any, Fault> {
        let input = self.heap.texts.input(slot);
        match input.text() {
            Some(_) => Ok(Any::text(self.heap.texts.borrow_input(&mut self.meter, slot)?)),
            None => self.import(input),
        }
    }

    /// Whether the host gave no value for the parameter that is bound to a slot.
    pub(crate) fn is_absent(&self, slot: u32) -> bool {
        matches!(self.heap.texts.input(slot), Input::Absent)
    }

    /// A parameter's value as a value of the evaluation; unset where the host gave none.
    pub(crate) fn import(&mut self, input: Input<'p>) -> Result<Any, Fault> {
        let (heap, meter) = (&mut self.heap, &mut self.meter);
        Ok(match input {
            Input::Absent => Any::UNSET,
            Input::Null => Any::NULL,
            Input::Boolean(value) => Any::boolean(value),
            Input::Long(value) => Any::long(value),
            Input::Double(value) => Any::double(value),
            Input::String(text) => Any::text(heap.texts.borrow(meter, text)?),
            Input::BooleanArray(elements) => Any::new(Type::BooleanArray, heap.booleans.borrow(meter, elements)?),
            Input::LongArray(elements) => Any::new(Type::LongArray, heap.longs.borrow(meter, elements)?),
            Input::DoubleArray(elements) => Any::new(Type::DoubleArray, heap.doubles.borrow(meter, elements)?),
            Input::StringArray(elements) => {
                let texts = elements.iter().map(|&text| Some(text));
                Any::new(Type::StringArray, heap.import_texts(meter, texts)?)
            }
            Input::Value(value) => heap.import(meter, value)?,
            Input::Map(map) => Any::new(Type::Map, heap.borrow_map(meter, map)?),
        })
    }

    /// A value that a host function gave, copied in and charged.
    pub(crate) fn import_owned(&mut self, value: &Value, depth: u64) -> Result<Any, Fault> {
        self.meter.charge_steps(1)?;
        let (heap, meter) = (&mut self.heap, &mut self.meter);
        Ok(match value {
            Value::Null => Any::NULL,
            Value::Boolean(value) => Any::boolean(*value),
            Value::Long(value) => Any::long(*value),
            Value::Double(value) => Any::double(*value),
            Value::String(text) => Any::text(heap.texts.copy(meter, text)?),
            Value::BooleanArray(elements) => Any::new(Type::BooleanArray, heap.booleans.copy(meter, elements)?),
            Value::LongArray(elements) => Any::new(Type::LongArray, heap.longs.copy(meter, elements)?),
            Value::DoubleArray(elements) => Any::new(Type::DoubleArray, heap.doubles.copy(meter, elements)?),
            Value::StringArray(texts) => {
                charge_new_array::<TextElement>(meter, texts.len())?;
                let mut elements = Vec::with_capacity(texts.len());
                for text in texts {
                    let copied = text.as_ref().map(|text| heap.texts.copy(meter, text)).transpose()?;
                    elements.push(TextElement::from_bits(Text::option_bits(copied)));
                }
                Any::new(Type::StringArray, heap.text_arrays.adopt(meter, elements)?)
            }
            Value::List(values) => {
                meter.check_value_nesting(depth + 1)?;
                charge_new_array::<Any>(meter, values.len())?;
                let mut own = Vec::with_capacity(values.len());
                for value in values {
                    own.push(self.import_owned(value, depth + 1)?);
                }
                Any::new(Type::List, self.heap.adopt_list(&mut self.meter, own))
            }
            Value::Map(entries) => {
                meter.check_value_nesting(depth + 1)?;
                let map = heap.new_map(meter)?;
                for (key, value) in entries {
                    let key = self.new_text(key)?;
                    let value = self.import_owned(value, depth + 1)?;
                    self.heap.map_put(&mut self.meter, map, key, value)?;
                }
                Any::new(Type::Map, map)
            }
        })
    }

    /// The parameter with a computed name; null where there is none.
    pub(crate) fn input_named(&mut self, name: Option<Text>) -> Result<Any, Fault> {
        let input = self.find_input(name)?;
        match self.import(input)? {
            unset if unset == Any::UNSET => Ok(Any::NULL),
            value => Ok(value),
        }
    }

    /// Whether there is a parameter with a computed name.
    pub(crate) fn has_input(&mut self, name: Option<Text>) -> Result<bool, Fault> {
        Ok(!matches!(self.find_input(name)?, Input::Absent))
    }

    /// What there is under a name; none has null for one.
    fn find_input(&mut self, name: Option<Text>) -> Result<Input<'p>, Fault> {
        let Some(name) = name else {
            return Ok(Input::Absent);
        };
        let length = self.heap.texts.length(name);
        self.meter.charge_copy(length)?;
        let name = self.heap.texts.get(name);
        Ok(match self.named_inputs {
            NamedInputs::None => Input::Absent,
            NamedInputs::Map(map) => map.get(name).map_or(Input::Absent, Input::Value),
            #[cfg(feature = "params")]
            NamedInputs::Known { lookup, found } => {
                let mut known = lookup.find(name);
                // Each of those around hashes the name anew, and is charged before it does.
                for index in 0..lookup.surroundings() {
                    if known.is_some() {
                        break;
                    }
                    self.meter.charge_steps(SURROUNDING_STEPS)?;
                    self.meter.charge_copy(length)?;
                    known = lookup.around(index, name).map(Known::Value);
                }
                match known.unwrap_or_else(|| lookup.nowhere(name)) {
                    Known::NotYet => return Err(not_known_yet(name)),
                    Known::Absent => Input::Absent,
                    Known::Value(value) => {
                        found.note(name, &mut self.meter)?;
                        Input::Value(value)
                    }
                }
            }
            NamedInputs::Slots { names, values } => names
                .find(name)
                .and_then(|slot| values.get(slot))
                .copied()
                .unwrap_or_default(),
        })
    }

    /// The host's clock: milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn now_millis(&self) -> Result<i64, Fault> {
        let denied = |_| Fault::new(Code::Denied, "the host denies this evaluation its clock");
        self.host.now_millis().map_err(denied)
    }

    /// The next 64 random bits of the evaluation's stream, whose seed the host gives.
    pub(crate) fn next_random(&mut self) -> Result<u64, Fault> {
        let source = match &mut self.random {
            Some(source) => source,
            none => {
                let denied = |_| Fault::new(Code::Denied, "the host denies this evaluation randomness");
                none.insert(RandomSource::new(self.host.random_seed().map_err(denied)?))
            }
        };
        Ok(source.next_u64())
    }

    /// What was prepared from one of the program's strings as a `T`.
    pub(crate) fn prepared_constant<T: StdAny + Send + Sync>(&self, text: Text) -> Option<Arc<T>> {
        let index = self.heap.texts.constant_index(text)?;
        // Sorted by the constants.
        let first = self
            .prepared
            .partition_point(|(constant, _)| (*constant as usize) < index);
        let from_first = self.prepared.get(first..).unwrap_or(&[]).iter();
        let mut of_text = from_first.take_while(|(constant, _)| *constant as usize == index);
        of_text.find_map(|(_, prepared)| prepared.downcast())
    }

    /// What was prepared from a string as a `T`, at compile time or earlier in the run.
    pub(crate) fn prepared<T: StdAny + Send + Sync>(&self, text: Text) -> Option<Arc<T>> {
        if let Some(prepared) = self.prepared_constant(text) {
            return Some(prepared);
        }
        // Only the newest few: a loop uses one or two patterns, and an evaluation must not pay for searching many.
        let newest = self.prepared_at_run.iter().rev().take(4);
        let mut of_text = newest.filter(|(known, _)| *known == text || self.text(*known) == self.text(text));
        of_text.find_map(|(_, prepared)| prepared.downcast())
    }

    /// Takes what [`Self::keep`] has kept for a prepared value in this evaluation.
    pub(crate) fn take_kept<T: StdAny + Send, P>(&mut self, of: &Arc<P>) -> Option<Box<T>> {
        let key = Arc::as_ptr(of).addr();
        let place = self.kept.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let kept = std::mem::replace(&mut self.kept.get_mut(place)?.1, Box::new(()));
        kept.downcast().ok()
    }

    /// Keeps something for a prepared value until this evaluation ends. The caller has charged what it holds.
    pub(crate) fn keep<T: StdAny + Send, P>(&mut self, of: &Arc<P>, value: Box<T>) {
        // INVARIANT: prepared values live as long as the context, so that an address stands for one value.
        let key = Arc::as_ptr(of).addr();
        match self.kept.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(place) => {
                if let Some(kept) = self.kept.get_mut(place) {
                    kept.1 = value;
                }
            }
            Err(place) => {
                super::text_store::grow_by_half(&mut self.kept, &mut self.meter, KEPT_BYTES);
                self.kept.insert(place, (key, value));
            }
        }
    }

    /// Keeps what was prepared from a string made at run time. The caller has charged what it holds.
    pub(crate) fn keep_prepared<T: StdAny + Send + Sync>(&mut self, text: Text, value: T) -> Arc<T> {
        let value = Arc::new(value);
        super::text_store::grow_by_half(&mut self.prepared_at_run, &mut self.meter, KEPT_BYTES);
        self.prepared_at_run.push((text, Prepared::charged(value.clone())));
        value
    }
}

#[cfg(feature = "params")]
#[cold]
fn not_known_yet(name: &str) -> Fault {
    let message = crate::diagnostic::Message::from("a computed name cannot read ").quoted(name);
    let message = message.words(", which computes names too or reads what does: write its name");
    Fault::new(Code::ParameterCycle, message)
}
