//! STRING methods that read a number or a BOOLEAN.

use crate::diagnostic::Code;
use crate::library::bound::{Bound, TextBound};
use crate::library::declaration::{Cost, Function, fails, gives};
use crate::library::number::{NotRead, READ_DOUBLE, READ_LONG};
use crate::library::{boolean, double, long};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::Type;

const LONG: Cost = Cost::fixed(4).and(READ_LONG);
const DOUBLE: Cost = Cost::fixed(double::PRINT_STEPS).and(READ_DOUBLE);
const BOOLEAN: Cost = Cost::fixed(4);

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "toLong", Type::Long, native!(long::parse, Text))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .costs(LONG)
        .about(
            "The LONG that the text is, as `Long.parseLong`: no spaces, no suffix.",
            &[gives("'-5'.toLong()", "-5"), fails("'5.0'.toLong()", "E507")],
        ),
    Function::method(Type::String, "toLongOrNull", Type::Any, native!(to_long_or_null, Text))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .costs(LONG)
        .about(
            "The LONG that the text is, null where it is none.",
            &[
                gives("'12'.toLongOrNull()", "12"),
                gives("'12a'.toLongOrNull()", "null"),
            ],
        ),
    Function::method(Type::String, "toDouble", Type::Double, native!(double::parse, Text))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .costs(DOUBLE)
        .about(
            "The DOUBLE that the text is, as `Double.parseDouble`: spaces around it and a suffix `f` or `d` are allowed.",
            &[gives("'1.5'.toDouble()", "1.5"), fails("'1,5'.toDouble()", "E507")],
        ),
    Function::method(Type::String, "toDoubleOrNull", Type::Any, native!(to_double_or_null, Text))
        .bounded(Bound::Text(TextBound::Double))
        .beyond_sel()
        .costs(DOUBLE)
        .about(
            "The DOUBLE that the text is, null where it is none.",
            &[
                gives("'1e3'.toDoubleOrNull()", "1000.0"),
                gives("'n/a'.toDoubleOrNull()", "null"),
            ],
        ),
    Function::method(Type::String, "toBoolean", Type::Boolean, native!(to_boolean, Text))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .costs(BOOLEAN)
        .about(
            "Whether the text is `true` or `false`, in any case; an error where it is neither.",
            &[gives("'True'.toBoolean()", "true"), fails("'yes'.toBoolean()", "E506")],
        ),
    Function::method(Type::String, "toBooleanOrNull", Type::Any, native!(to_boolean_or_null, Text))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .costs(BOOLEAN)
        .about(
            "Whether the text is `true` or `false`, in any case; null where it is neither.",
            &[
                gives("'FALSE'.toBooleanOrNull()", "false"),
                gives("'no'.toBooleanOrNull()", "null"),
            ],
        ),
];

/// The number that was read, or null where the text is none.
fn or_null<T>(read: Result<Result<T, &str>, NotRead>, value: fn(T) -> Any) -> Result<Any, Fault> {
    match read {
        Ok(Ok(number)) => Ok(value(number)),
        Ok(Err(_)) | Err(NotRead::TooLong(_)) => Ok(Any::NULL),
        Err(NotRead::Fault(fault)) => Err(fault),
    }
}

fn to_long_or_null(context: &mut Context<'_>, receiver: Text) -> Result<Any, Fault> {
    or_null(long::read(context, receiver), Any::long)
}

fn to_double_or_null(context: &mut Context<'_>, receiver: Text) -> Result<Any, Fault> {
    or_null(double::read(context, receiver), Any::double)
}

const BOOLEAN_HELP: &str = "a BOOLEAN's text is `true` or `false`: compare other texts, such as `text == 'yes'`";

fn to_boolean(context: &mut Context<'_>, receiver: Text) -> Result<bool, Fault> {
    boolean::parse(context, receiver)?.ok_or_else(|| {
        let message = "the text is neither `true` nor `false`";
        Fault::new(Code::InvalidArgument, message).with_help(Code::InvalidArgument, BOOLEAN_HELP)
    })
}

fn to_boolean_or_null(context: &mut Context<'_>, receiver: Text) -> Result<Any, Fault> {
    Ok(boolean::parse(context, receiver)?.map_or(Any::NULL, Any::boolean))
}
