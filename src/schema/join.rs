//! The one type that has the values of two.

use crate::types::Type;
use crate::value::accepts_null;

/// The narrowest type that accepts what either accepts, `ANY` where there is none.
///
/// LONG and DOUBLE are DOUBLE together, as a declared DOUBLE accepts integers; different arrays are a LIST; and null is a
/// value of the classes, but of no number, boolean or array.
pub(super) fn join(one: Type, other: Type) -> Type {
    match (one, other) {
        (one, other) if one == other => one,
        (Type::Null, other) | (other, Type::Null) if accepts_null(other) => other,
        (Type::Long, Type::Double) | (Type::Double, Type::Long) => Type::Double,
        (Type::LongArray, Type::DoubleArray) | (Type::DoubleArray, Type::LongArray) => Type::DoubleArray,
        (one, other) if one.element().is_some() && other.element().is_some() => Type::List,
        _ => Type::Any,
    }
}

/// The type of an array whose elements are of the type.
pub(super) fn array_of(element: Type) -> Type {
    element.array_of().unwrap_or(Type::List)
}

/// As a parameter: what is always null promises nothing.
pub(super) fn as_parameter(ty: Type) -> Type {
    match ty {
        Type::Null | Type::Void => Type::Any,
        ty => ty,
    }
}
