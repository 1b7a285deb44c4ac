//! How the machine calls a library function: arguments as register bits in, a value or a fault out.

use super::any::Any;
use super::context::Context;
use super::fault::Fault;
use super::heap::{NULL_HANDLE, Text};
use crate::diagnostic::Code;
use crate::types::Type;

/// A library function's body. Each argument takes one `u64`, an `ANY` one two: its bits and its type's.
pub(crate) type NativeBody = for<'p> fn(&mut Context<'p>, &[u64]) -> Result<Any, Fault>;

/// A library function as code links it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Native {
    pub(crate) body: NativeBody,
    /// Its name, where it is a method of a value that may be null.
    pub(crate) method: Option<&'static str>,
    /// How many of the first arguments it does not take: the value that a function of a class was reached through.
    pub(crate) skipped: usize,
}

/// What a parameter accepts, and how its argument arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepts {
    /// Only this type; arrives as it. A NULL is refused.
    Exactly(Type),
    /// LONG or DOUBLE; arrives as DOUBLE.
    Number,
    /// One of these types; arrives as `ANY`.
    OneOf(&'static [Type]),
    /// Any value, null included; arrives as `ANY`.
    Anything,
    /// A lambda of so many names, and no value.
    Lambda(usize),
}

impl Accepts {
    /// Whether a value of a known type is taken as it is.
    pub(crate) fn takes(self, ty: Type) -> bool {
        match self {
            Self::Exactly(only) => ty == only,
            Self::Number => ty.is_number(),
            Self::OneOf(types) => types.contains(&ty),
            Self::Anything => ty != Type::Void,
            Self::Lambda(_) => false,
        }
    }

    /// The type the argument has when it reaches the body.
    pub(crate) const fn arrives_as(self) -> Type {
        match self {
            Self::Exactly(only) => only,
            Self::Number => Type::Double,
            Self::OneOf(_) | Self::Anything | Self::Lambda(_) => Type::Any,
        }
    }
}

impl Native {
    /// Calls it. What the body works on, it reads for a charge. A null that a method is called on is told as such.
    #[inline]
    pub(crate) fn call(self, context: &mut Context<'_>, arguments: &[u64]) -> Result<Any, Fault> {
        match (self.body)(context, arguments.get(self.skipped..).unwrap_or_default()) {
            Err(fault) if fault.code() == Code::NullValue => Err(self.null_fault(fault, arguments)),
            result => result,
        }
    }

    #[cold]
    fn null_fault(self, fault: Fault, arguments: &[u64]) -> Fault {
        match self.method {
            Some(method) if arguments.first() == Some(&NULL_HANDLE) => Fault::null_receiver(Code::NullValue, method),
            _ => fault,
        }
    }
}

/// Reads a body's arguments off the register bits, in order.
pub(crate) struct Arguments<'a> {
    bits: std::slice::Iter<'a, u64>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(bits: &'a [u64]) -> Self {
        Self { bits: bits.iter() }
    }

    /// The next argument as a `T`.
    pub(crate) fn take<T: Argument<'a>>(&mut self) -> Result<T, Fault> {
        T::take(self)
    }

    fn next(&mut self) -> Result<u64, Fault> {
        self.bits
            .next()
            .copied()
            .ok_or_else(|| Fault::internal("a call passes what the signature declares"))
    }
}

/// A type a body can take as an argument.
pub(crate) trait Argument<'a>: Sized {
    fn take(arguments: &mut Arguments<'a>) -> Result<Self, Fault>;
}

impl Argument<'_> for i64 {
    fn take(arguments: &mut Arguments<'_>) -> Result<Self, Fault> {
        arguments.next().map(|bits| bits as Self)
    }
}

impl Argument<'_> for f64 {
    fn take(arguments: &mut Arguments<'_>) -> Result<Self, Fault> {
        arguments.next().map(Self::from_bits)
    }
}

/// A STRING that must not be null.
impl Argument<'_> for Text {
    fn take(arguments: &mut Arguments<'_>) -> Result<Self, Fault> {
        let text = Self::from_bits(arguments.next()?);
        text.ok_or_else(|| Fault::null("a STRING that is needed here"))
    }
}

/// A STRING that may be null.
impl Argument<'_> for Option<Text> {
    fn take(arguments: &mut Arguments<'_>) -> Result<Self, Fault> {
        arguments.next().map(Text::from_bits)
    }
}

/// An `ANY`.
impl Argument<'_> for Any {
    fn take(arguments: &mut Arguments<'_>) -> Result<Self, Fault> {
        let bits = arguments.next()?;
        Ok(Self::from_registers(bits, arguments.next()?))
    }
}

/// The bits of an array, list, map or object: for bodies that know which of the heap's stores they belong to. May be
/// [`NULL_HANDLE`] for maps and objects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handle(pub(crate) u64);

impl Argument<'_> for Handle {
    fn take(arguments: &mut Arguments<'_>) -> Result<Self, Fault> {
        arguments.next().map(Self)
    }
}

/// All further arguments, each an `ANY`: a function's `…` parameter. Always last.
#[derive(Clone, Debug)]
pub(crate) struct Rest<'a> {
    bits: &'a [u64],
}

impl<'a> Argument<'a> for Rest<'a> {
    fn take(arguments: &mut Arguments<'a>) -> Result<Self, Fault> {
        let bits = arguments.bits.as_slice();
        arguments.bits = [].iter();
        Ok(Self { bits })
    }
}

impl Rest<'_> {
    /// The arguments in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = Any> {
        let pairs = self.bits.chunks_exact(2);
        pairs.map(|pair| match *pair {
            [bits, type_bits] => Any::from_registers(bits, type_bits),
            _ => Any::NULL,
        })
    }
}

/// A type a body can give as its result.
pub(crate) trait Reply {
    fn into_any(self) -> Any;
}

impl Reply for i64 {
    fn into_any(self) -> Any {
        Any::long(self)
    }
}

impl Reply for f64 {
    fn into_any(self) -> Any {
        Any::double(self)
    }
}

impl Reply for bool {
    fn into_any(self) -> Any {
        Any::boolean(self)
    }
}

impl Reply for Text {
    fn into_any(self) -> Any {
        Any::text(self)
    }
}

impl Reply for Any {
    fn into_any(self) -> Any {
        self
    }
}

/// Turns `function(context, A, B) -> Result<R, Fault>` into a [`NativeBody`].
macro_rules! native {
    ($function:path $(, $argument:ty)*) => {
        |context, bits| {
            #[allow(unused_mut, unused_variables, reason = "functions without arguments take nothing")]
            let mut arguments = $crate::machine::native::Arguments::new(bits);
            $function(context $(, arguments.take::<$argument>()?)*).map($crate::machine::native::Reply::into_any)
        }
    };
}
pub(crate) use native;
