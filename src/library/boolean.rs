//! The class `Boolean`.

use super::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::bound::Bound;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::machine::unread::Pace;
use crate::types::Type;

/// The functions of `Boolean`.
pub(crate) const FUNCTIONS: &[Function] = &[Function::constructor("Boolean", Type::Boolean, native!(new, Any))
    .bounded(Bound::Fixed)
    .takes(&[Parameter::accepting(
        "x",
        Accepts::OneOf(&[Type::Boolean, Type::String]),
        "a BOOLEAN, or its text",
    )])
    .costs(Cost::fixed(4))
    .about(
        "The BOOLEAN, or whether a text is `true` in any case, as `java.lang.Boolean`.",
        &[
            gives("new Boolean('TRUE')", "true"),
            gives("new Boolean('yes')", "false"),
            fails("new Boolean(1)", "E405"),
        ],
    )];

fn new(context: &mut Context<'_>, value: Any) -> Result<bool, Fault> {
    Ok(match (value.ty, Text::from_bits(value.bits)) {
        (Type::Boolean, _) => value.as_boolean(),
        (_, Some(text)) => parse(context, text)? == Some(true),
        // As in Java, null is no `true`.
        (_, None) => false,
    })
}

/// The BOOLEAN that a text is, in any case; `None` if it is not one.
pub(super) fn parse(context: &mut Context<'_>, text: Text) -> Result<Option<bool>, Fault> {
    let Context { heap, meter, .. } = context;
    let text = heap.texts.unread(text);
    // A longer text need not be read.
    if text.len() > "false".len() {
        return Ok(None);
    }
    let text = text.whole(meter, Pace::Copy)?;
    Ok(match text.eq_ignore_ascii_case("true") {
        true => Some(true),
        false => text.eq_ignore_ascii_case("false").then_some(false),
    })
}
