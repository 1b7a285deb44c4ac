//! What an evaluation came to.

use serde::Serialize;

use crate::limits::Usage;
use crate::types::Type;
use crate::value::Value;

/// The value of an evaluation, its type, and the usage.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, Type, Value};
/// let program = Engine::default().compile("new int[]{1, 2}.length", &Schema::new())?;
/// let outcome = program.evaluate(&Inputs::new())?;
/// assert_eq!(outcome.value_type(), Type::Long);
/// assert!(outcome.usage().memory > 0);
/// assert_eq!(outcome.into_value(), Value::Long(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    pub(super) value: Value,
    #[serde(rename = "type")]
    pub(super) ty: Type,
    pub(super) usage: Usage,
}

impl Outcome {
    /// The value; null for a program without a result.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the value.
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The value's type; `VOID` for a program without a result. Never `ANY`.
    pub fn value_type(&self) -> Type {
        self.ty
    }

    /// The usage of the evaluation.
    pub fn usage(&self) -> Usage {
        self.usage
    }
}
