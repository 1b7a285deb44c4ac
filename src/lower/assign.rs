//! Assignments to variables and elements.

use super::emit::Wide;
use super::{Lowering, Register};
use crate::check::typed::{ExprId, VariableId};
use crate::diagnostic::Diagnostic;
use crate::machine::instruction::Instruction as I;
use crate::types::Type;

impl Lowering<'_> {
    /// Evaluates a value into a variable's register, converting to `ANY` where that is the variable's type.
    pub(super) fn set_variable(
        &mut self,
        variable: VariableId,
        value: ExprId,
        register: Register,
    ) -> Result<(), Diagnostic> {
        match self.tree.variable(variable).ty {
            Type::Any => self.pair_into(value, register),
            _ => self.value_into(value, register),
        }
    }

    pub(super) fn reassign(
        &mut self,
        variable: VariableId,
        value: ExprId,
        ty: Type,
        d: Register,
    ) -> Result<(), Diagnostic> {
        let register = self.variables[variable.0 as usize];
        let a = self.pair(value)?;
        self.emit.push(I::Reassign { d: register, a });
        self.trace_variable(variable, value);
        self.convert(d, register, Type::Any, ty);
        Ok(())
    }

    /// `d`, where given, gets the value that was assigned.
    pub(super) fn set_element(
        &mut self,
        array: ExprId,
        index: ExprId,
        value: ExprId,
        d: Option<Register>,
    ) -> Result<(), Diagnostic> {
        let a = self.element_operand(array, index, value)?;
        let i = self.left_value(index, value)?;
        let v = self.value(value)?;
        let ty = self.tree.expr(array).ty;
        self.emit.push(set_element_instruction(ty, a, i, v));
        self.trace_element(array, (i, Type::Long), (v, self.tree.expr(value).ty));
        if let Some(d) = d {
            self.copy(d, v, self.tree.expr(value).ty);
        }
        Ok(())
    }

    pub(super) fn dynamic_set_element(
        &mut self,
        array: ExprId,
        index: ExprId,
        value: ExprId,
        ty: Type,
        d: Register,
    ) -> Result<(), Diagnostic> {
        let (a, i) = self.dynamic_place(array, index, value)?;
        let v = self.pair(value)?;
        self.emit.push(I::DynamicSetElement { a, i, v });
        self.trace_element(array, (i, Type::Any), (v, Type::Any));
        self.convert(d, v, Type::Any, ty);
        Ok(())
    }

    /// `d`, where given, gets the value that was assigned.
    pub(super) fn update_element(
        &mut self,
        array: ExprId,
        index: ExprId,
        value: ExprId,
        d: Option<Register>,
    ) -> Result<(), Diagnostic> {
        let array_type = self.tree.expr(array).ty;
        let a = self.element_operand(array, index, value)?;
        let i = self.left_value(index, value)?;
        let element = self.emit.allocate(array_type.element().unwrap_or(Type::Long))?;
        let read = self.element_instruction(array_type, element, a, i);
        self.emit.push(read);
        let outer = self.hole.replace(element);
        let v = self.value(value)?;
        self.hole = outer;
        self.emit.push(set_element_instruction(array_type, a, i, v));
        self.trace_element(array, (i, Type::Long), (v, self.tree.expr(value).ty));
        if let Some(d) = d {
            self.copy(d, v, self.tree.expr(value).ty);
        }
        Ok(())
    }

    pub(super) fn dynamic_update_element(
        &mut self,
        array: ExprId,
        index: ExprId,
        value: ExprId,
        ty: Type,
        d: Register,
    ) -> Result<(), Diagnostic> {
        let (a, i) = self.dynamic_place(array, index, value)?;
        let element = self.emit.allocate(Type::Any)?;
        self.emit.push(I::DynamicElement { d: element, a, i });
        let outer = self.hole.replace(element);
        let v = self.pair(value)?;
        self.hole = outer;
        self.emit.push(I::DynamicSetElement { a, i, v });
        self.trace_element(array, (i, Type::Any), (v, Type::Any));
        self.convert(d, v, Type::Any, ty);
        Ok(())
    }

    /// The array of an element assignment: copied, where the index or the value sets a variable.
    fn element_operand(&mut self, array: ExprId, index: ExprId, value: ExprId) -> Result<Register, Diagnostic> {
        match self.assigns[value.0 as usize] {
            true => self.fresh(array),
            false => self.left_value(array, index),
        }
    }

    /// The array and index of an element assignment as pairs, copied where what follows sets a variable.
    fn dynamic_place(
        &mut self,
        array: ExprId,
        index: ExprId,
        value: ExprId,
    ) -> Result<(Register, Register), Diagnostic> {
        let a = match self.assigns[value.0 as usize] {
            true => self.fresh_pair(array)?,
            false => self.left_pair(array, index)?,
        };
        let i = self.left_pair(index, value)?;
        Ok((a, i))
    }
}

/// a[i] = v of an array of the type.
fn set_element_instruction(array: Type, a: Register, i: Register, v: Register) -> Wide {
    match array {
        Type::DoubleArray => I::SetDoubleElement { a, i, v },
        Type::BooleanArray => I::SetBooleanElement { a, i, v },
        Type::StringArray => I::SetTextElement { a, i, v },
        _ => I::SetLongElement { a, i, v },
    }
}
