//! What a value is, whose type only the run may know: methods of values of all types.

use super::declaration::{Function, gives};
use crate::library::bound::{Bound, MathBound};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

/// The methods.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function::method(Type::Any, "isText", Type::Boolean, native!(is_text, Any))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .about(
            "Whether the value is a STRING that is not null.",
            &[
                gives("m = new Map(); m.put('a', 'x'); return m.get('a').isText();", "true"),
                gives("null.isText()", "false"),
            ],
        ),
    Function::method(Type::Any, "isNumber", Type::Boolean, native!(is_number, Any))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .about(
            "Whether the value is a LONG or a DOUBLE.",
            &[gives("(1.5).isNumber()", "true"), gives("'1'.isNumber()", "false")],
        ),
    Function::method(Type::Any, "isMap", Type::Boolean, native!(is_map, Any))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .about(
            "Whether the value is a MAP that is not null.",
            &[
                gives("new Map().isMap()", "true"),
                gives("new Map().get('a').isMap()", "false"),
            ],
        ),
    Function::method(Type::Any, "isList", Type::Boolean, native!(is_list, Any))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .about(
            "Whether the value is an array or a LIST.",
            &[
                gives("new long[]{1}.isList()", "true"),
                gives("'a,b'.isList()", "false"),
            ],
        ),
];

fn is_text(_: &mut Context<'_>, value: Any) -> Result<bool, Fault> {
    Ok(value.ty == Type::String && !value.is_null())
}

fn is_number(_: &mut Context<'_>, value: Any) -> Result<bool, Fault> {
    Ok(value.ty.is_number())
}

fn is_map(_: &mut Context<'_>, value: Any) -> Result<bool, Fault> {
    Ok(value.ty == Type::Map && !value.is_null())
}

fn is_list(_: &mut Context<'_>, value: Any) -> Result<bool, Fault> {
    Ok(value.ty.element().is_some())
}
