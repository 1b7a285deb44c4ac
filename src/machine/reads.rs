//! What instructions read that may not be there or not be of the type they need: parameters, variables; and the faults.

use super::any::Any;
use super::code::Code;
use super::context::Context;
use super::fault::Fault;
use super::heap::NULL_HANDLE;
use crate::diagnostic::{self, Message};
use crate::types::Type;

/// The bits of a parameter of a declared type; null is a value of the types that have one.
pub(super) fn typed_input(context: &mut Context<'_>, code: &Code, parameter: u32, ty: Type) -> Result<u64, Fault> {
    let value = context.parameter(parameter)?;
    if value.ty == ty {
        return Ok(value.bits);
    }
    typed_input_mismatch(code, parameter, value, ty)
}

#[cold]
fn typed_input_mismatch(code: &Code, parameter: u32, value: Any, ty: Type) -> Result<u64, Fault> {
    let name = code.parameters.get(parameter);
    match (value.ty, ty) {
        (Type::Void, _) => Err(missing_fault(code, parameter)),
        (Type::Null, ty) if !matches!(ty, Type::Long | Type::Double | Type::Boolean) && ty.element().is_none() => {
            Ok(NULL_HANDLE)
        }
        _ => {
            let message = Message::from("the parameter ")
                .name(name)
                .words(" is declared ")
                .words(ty.name());
            let message = message.words(", but its value is ").words(value.ty.name());
            Err(Fault::new(diagnostic::Code::ParameterType, message))
        }
    }
}

#[cold]
pub(super) fn missing_fault(code: &Code, parameter: u32) -> Fault {
    missing_fault_named(code.parameters.get(parameter))
}

#[cold]
pub(crate) fn missing_fault_named(name: &str) -> Fault {
    let message = Message::from("no value was given for the parameter ").name(name);
    Fault::new(diagnostic::Code::MissingParameter, message)
}

#[cold]
pub(crate) fn unset_fault(name: &str) -> Fault {
    let message = Message::from("the variable ")
        .name(name)
        .words(" was read before it was set");
    Fault::new(diagnostic::Code::UnsetVariable, message)
}

#[cold]
pub(super) fn iterations_fault(limit: u64) -> Fault {
    Fault::new(
        diagnostic::Code::LoopIterations,
        Message::from("loop exceeds the limit of ")
            .limit(limit)
            .words(" iterations"),
    )
}
