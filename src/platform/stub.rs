//! What answers the calls of functions where no host does: values, or expressions of their parameters.

use crate::value::Value;

/// The replacement of a host function where there is no host.
///
/// ```
/// use selvedge::platform::{Function, Platform, Stub};
/// use selvedge::{Inputs, Schema};
/// let mut platform = Platform::new();
/// platform.insert(Function::new("Catalog.rows", "long")?.with_parameter("table", "string")?)?;
/// platform.stub("Catalog.rows", Stub::expression("table == 'orders' ? 7 : 0"))?;
/// let engine = platform.engine()?.build();
/// let program = engine.compile("Catalog.rows('orders') + 1", &Schema::new())?;
/// assert_eq!(program.evaluate(&Inputs::new())?.value().as_long(), Some(8));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Stub {
    /// The same value for every call.
    Value(Value),
    /// What an expression gives, which reads the arguments by the names of the parameters, and constants. It reads neither clock nor
    /// randomness and calls no host functions. Optional parameters that a call leaves out are null.
    Expression(Box<str>),
}

impl Stub {
    /// A stub with a constant result.
    pub fn value(value: impl Into<Value>) -> Self {
        Self::Value(value.into())
    }

    /// A stub whose result is that of an expression.
    pub fn expression(source: impl Into<Box<str>>) -> Self {
        Self::Expression(source.into())
    }
}
