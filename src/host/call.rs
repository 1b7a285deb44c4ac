//! What a host function is told of the call beside its arguments.

use std::any::Any;
use std::fmt;

/// The context of a call of a host function: what the host passed to the evaluation.
///
/// ```
/// use selvedge::{Engine, HostCall, HostError, HostFunction, HostFunctions, Inputs, Schema, Type};
///
/// struct Tenant(&'static str);
///
/// let bucket = HostFunction::in_context("params.bucket", &[], Type::String, |call: &HostCall<'_>, _| {
///     let tenant = call.context::<Tenant>().ok_or_else(|| HostError::new("there is no tenant"))?;
///     Ok(format!("s3://{}", tenant.0).into())
/// });
/// let mut functions = HostFunctions::new();
/// functions.register(bucket)?;
/// let engine = Engine::builder().host_functions(functions).build();
/// let program = engine.compile("params.bucket()", &Schema::new())?;
///
/// let outcome = program.evaluation().context(&Tenant("acme")).evaluate(&Inputs::new())?;
/// assert_eq!(outcome.value().as_str(), Some("s3://acme"));
/// assert!(program.evaluate(&Inputs::new()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct HostCall<'c> {
    context: Option<&'c (dyn Any + Send + Sync)>,
}

impl<'c> HostCall<'c> {
    /// A call of an evaluation that the host gave this.
    pub(crate) const fn with(context: Option<&'c (dyn Any + Send + Sync)>) -> Self {
        Self { context }
    }

    /// The value passed to [`Evaluation::context`](crate::Evaluation::context), if it has this type.
    pub fn context<T: Any>(&self) -> Option<&'c T> {
        self.context?.downcast_ref()
    }
}

impl fmt::Debug for HostCall<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HostCall").finish_non_exhaustive()
    }
}
