//! Host functions from plain closures: their parameters' and result's types are read off the closure's own.

use std::sync::Arc;

use super::call::HostCall;
use super::error::HostError;
use crate::diagnostic::quote;
use crate::types::Type;
use crate::value::{List, Map, Value, ValueError};

/// The body of a host function: from the arguments to the result.
pub(super) type Body = dyn Fn(&HostCall<'_>, &[Value]) -> Result<Value, HostError> + Send + Sync;

/// A Rust type for parameters of host functions.
///
/// ```
/// use selvedge::{FromValue, Type, Value, ValueError};
///
/// struct Day(i64);
/// impl FromValue for Day {
///     const TYPE: Type = Type::Long;
///
///     fn from_value(value: Value) -> Result<Self, ValueError> {
///         i64::from_value(value).map(Day)
///     }
/// }
/// let function = selvedge::HostFunction::typed("params.year", |day: Day| Ok(day.0 / 10_000));
/// assert_eq!(function.call(&[Value::Long(20260131)])?, Value::Long(2026));
/// # Ok::<(), selvedge::HostError>(())
/// ```
pub trait FromValue: Sized {
    /// The type a program must give.
    const TYPE: Type;

    /// The argument.
    ///
    /// # Errors
    ///
    /// Where the value is not of the type; what [`Value::coerce_to`] accepts counts as of it.
    ///
    /// ```
    /// use selvedge::{FromValue, Value};
    /// assert_eq!(f64::from_value(Value::Long(2))?, 2.0);
    /// assert_eq!(Option::<String>::from_value(Value::Null)?, None);
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    fn from_value(value: Value) -> Result<Self, ValueError>;
}

/// A Rust type for results of host functions.
///
/// ```
/// use selvedge::{HostFunction, IntoValue, Type, Value};
///
/// struct Table(&'static str);
/// impl IntoValue for Table {
///     const TYPE: Type = Type::String;
///
///     fn into_value(self) -> Value {
///         self.0.into()
///     }
/// }
/// let function = HostFunction::typed("params.table", || Ok(Table("orders")));
/// assert_eq!(function.result(), Type::String);
/// assert_eq!(function.call(&[])?, Value::from("orders"));
/// # Ok::<(), selvedge::HostError>(())
/// ```
pub trait IntoValue {
    /// The type a program gets.
    const TYPE: Type;

    /// The result.
    ///
    /// ```
    /// use selvedge::{IntoValue, Value};
    /// assert_eq!(vec![1_i64, 2].into_value(), Value::LongArray(vec![1, 2]));
    /// ```
    fn into_value(self) -> Value;
}

/// Declares the Rust types that stand for a variant of [`Value`].
macro_rules! variants {
    ($($rust:ty = $ty:ident;)*) => {
        $(
            impl FromValue for $rust {
                const TYPE: Type = Type::$ty;

                fn from_value(value: Value) -> Result<Self, ValueError> {
                    match value.coerce_to(Type::$ty)? {
                        Value::$ty(inner) => Ok(inner),
                        other => Err(mismatch(Type::$ty, other.type_of())),
                    }
                }
            }

            impl IntoValue for $rust {
                const TYPE: Type = Type::$ty;

                fn into_value(self) -> Value {
                    Value::$ty(self)
                }
            }
        )*
    };
}

variants! {
    bool = Boolean;
    i64 = Long;
    f64 = Double;
    String = String;
    Vec<bool> = BooleanArray;
    Vec<i64> = LongArray;
    Vec<f64> = DoubleArray;
    Vec<Option<String>> = StringArray;
    List = List;
    Map = Map;
}

fn mismatch(expected: Type, found: Type) -> ValueError {
    ValueError::new(format_args!("expected {expected}, found {found}"))
}

impl FromValue for Vec<String> {
    const TYPE: Type = Type::StringArray;

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let texts = Vec::<Option<String>>::from_value(value)?;
        let required = |(index, text): (usize, Option<String>)| {
            text.ok_or_else(|| mismatch(Type::String, Type::Null).at_index(index))
        };
        texts.into_iter().enumerate().map(required).collect()
    }
}

impl IntoValue for Vec<String> {
    const TYPE: Type = Type::StringArray;

    fn into_value(self) -> Value {
        self.into()
    }
}

impl IntoValue for &str {
    const TYPE: Type = Type::String;

    fn into_value(self) -> Value {
        self.into()
    }
}

impl FromValue for Value {
    const TYPE: Type = Type::Any;

    fn from_value(value: Value) -> Result<Self, ValueError> {
        Ok(value)
    }
}

impl IntoValue for Value {
    const TYPE: Type = Type::Any;

    fn into_value(self) -> Value {
        self
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const TYPE: Type = or_null(T::TYPE);

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    const TYPE: Type = or_null(T::TYPE);

    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }
}

/// The type of a value that may be null: only `STRING` and `MAP` have room for it among what crosses to a host.
const fn or_null(ty: Type) -> Type {
    match ty {
        Type::String | Type::Map => ty,
        _ => Type::Any,
    }
}

/// A closure of 0 to 4 arguments that can be a host function. Implemented for every `Fn(…) -> Result<_, HostError>`
/// whose arguments are [`FromValue`] and whose result is [`IntoValue`]; `Arguments` is the tuple of the arguments'
/// types.
///
/// ```
/// use selvedge::{HostError, Type, TypedBody};
/// fn takes<Arguments, Body: TypedBody<Arguments>>(_: Body) -> &'static [Type] {
///     Body::PARAMETERS
/// }
/// let repeat = |text: String, times: i64| Ok::<_, HostError>(text.repeat(times.clamp(0, 9) as usize));
/// assert_eq!(takes(repeat), [Type::String, Type::Long]);
/// ```
pub trait TypedBody<Arguments> {
    /// The types it takes.
    const PARAMETERS: &'static [Type];
    /// The type it gives.
    const RESULT: Type;

    /// The closure behind one signature for all.
    #[doc(hidden)]
    fn into_body(self) -> Arc<Body>;
}

/// Declares the closures of each number of arguments.
macro_rules! bodies {
    ($(($count:literal: $($argument:ident $place:literal),*))*) => {
        $(impl<Function, Reply, $($argument),*> TypedBody<($($argument,)*)> for Function
        where
            Function: Fn($($argument),*) -> Result<Reply, HostError> + Send + Sync + 'static,
            Reply: IntoValue,
            $($argument: FromValue,)*
        {
            const PARAMETERS: &'static [Type] = &[$($argument::TYPE),*];
            const RESULT: Type = Reply::TYPE;

            fn into_body(self) -> Arc<Body> {
                Arc::new(move |_: &HostCall<'_>, arguments: &[Value]| {
                    if arguments.len() != $count {
                        let found = arguments.len();
                        return Err(HostError::new(format!("expected {} arguments, found {found}", $count)));
                    }
                    self($(argument::<$argument>(arguments, $place)?),*).map(Reply::into_value)
                })
            }
        })*
    };
}

bodies! {
    (0:)
    (1: A 0)
    (2: A 0, B 1)
    (3: A 0, B 1, C 2)
    (4: A 0, B 1, C 2, D 3)
}

/// The argument at a place, as its Rust type.
fn argument<T: FromValue>(arguments: &[Value], place: usize) -> Result<T, HostError> {
    let value = arguments.get(place).cloned().unwrap_or_default();
    T::from_value(value).map_err(|error| {
        let part = match error.path() {
            "$" => String::new(),
            path => format!(" at {}", quote(path)),
        };
        HostError::new(format!("argument {}{part}: {}", place + 1, error.message()))
    })
}
