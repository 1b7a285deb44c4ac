//! The class `UUID`.

use std::sync::Arc;

use crate::library::bound::Bound;
use std::any::Any as StdAny;

use super::declaration::{Cost, Function, something};
use crate::effect::Effect;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Object, Text};
use crate::machine::native::{Handle, native};
use crate::types::Type;

const RANDOM_UUID: Function = Function::of_class("UUID", "randomUUID", Type::Uuid, native!(random_uuid))
    .bounded(Bound::Fixed)
    .costs(Cost::fixed(8))
    .reads(Effect::Randomness)
    .about(
        "A random identifier (version 4 of RFC 9562), of the stream whose seed the host gives.",
        &[something("UUID.randomUUID().toString()")],
    );

/// The functions of `UUID`.
pub(crate) const FUNCTIONS: &[Function] = &[
    RANDOM_UUID,
    RANDOM_UUID.through(Type::Uuid),
    Function::method(Type::Uuid, "toString", Type::String, native!(to_string, Handle))
        .bounded(Bound::ObjectText)
        .costs(Cost::fixed(2).and("32 steps"))
        .about(
            "Its text, of 36 characters.",
            &[something("UUID.randomUUID().toString()")],
        ),
];

#[derive(Debug)]
struct Uuid(u128);

impl Object for Uuid {
    fn ty(&self) -> Type {
        Type::Uuid
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(36);
        for digit in 0..32_u32 {
            if matches!(digit, 8 | 12 | 16 | 20) {
                text.push('-');
            }
            let value = (self.0 >> (124 - 4 * digit)) as u32 & 0xF;
            text.push(char::from_digit(value, 16).unwrap_or('0'));
        }
        text
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

fn random_uuid(context: &mut Context<'_>) -> Result<Any, Fault> {
    let bits = (u128::from(context.next_random()?) << 64) | u128::from(context.next_random()?);
    // RFC 9562, section 5.4: version 4 and the variant.
    let versioned = (bits & !(0xF << 76)) | (4 << 76);
    let uuid = (versioned & !(0b11 << 62)) | (0b10 << 62);
    context.heap.new_object(&mut context.meter, Arc::new(Uuid(uuid)))
}

fn to_string(context: &mut Context<'_>, receiver: Handle) -> Result<Text, Fault> {
    if context.heap.object(receiver.0).is_none() {
        return Err(Fault::null("the UUID"));
    }
    let text = context.heap.object_text(&mut context.meter, receiver.0)?;
    context.new_text(&text)
}
