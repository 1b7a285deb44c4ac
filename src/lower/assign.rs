//! Assignments to variables and elements.

use super::lowering::Lowering;
use super::refusal::{Refused, internal};
use super::wide::Register;
use crate::check::typed::{ExprId, VariableId};
use crate::machine::instruction::Instruction as I;
use crate::types::{Elements, Type};

impl Lowering<'_> {
    /// Evaluates a value into a variable's register, converting to `ANY` where that is the variable's type.
    pub(super) fn set_variable(
        &mut self,
        variable: VariableId,
        value: ExprId,
        register: Register,
    ) -> Result<(), Refused> {
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
    ) -> Result<(), Refused> {
        let register = self.variables[variable.index()];
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
    ) -> Result<(), Refused> {
        let a = self.element_operand(array, index, value)?;
        let i = self.left_value(index, value)?;
        let v = self.value(value)?;
        self.write_element(array, a, i, v)?;
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
    ) -> Result<(), Refused> {
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
    ) -> Result<(), Refused> {
        let elements = self.elements(array)?;
        let a = self.element_operand(array, index, value)?;
        let i = self.left_value(index, value)?;
        let element = self.emit.allocate(elements.ty())?;
        self.read_element(array, element, a, i)?;
        let outer = self.hole.replace(element);
        let v = self.value(value)?;
        self.hole = outer;
        self.write_element(array, a, i, v)?;
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
    ) -> Result<(), Refused> {
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

    /// a[i] = v of an array.
    fn write_element(&mut self, array: ExprId, a: Register, i: Register, v: Register) -> Result<(), Refused> {
        self.emit.push(match self.elements(array)? {
            Elements::Longs => I::SetLongElement { a, i, v },
            Elements::Doubles => I::SetDoubleElement { a, i, v },
            Elements::Booleans => I::SetBooleanElement { a, i, v },
            Elements::Texts => I::SetTextElement { a, i, v },
            // INVARIANT: the checker refuses assignments to elements of a list.
            Elements::Mixed => return Err(internal(self.emit.span())),
        });
        Ok(())
    }

    /// The array of an element assignment: copied, where the index or the value sets a variable.
    fn element_operand(&mut self, array: ExprId, index: ExprId, value: ExprId) -> Result<Register, Refused> {
        match self.assigns(value) {
            true => self.fresh(array),
            false => self.left_value(array, index),
        }
    }

    /// The array and index of an element assignment as pairs, copied where what follows sets a variable.
    fn dynamic_place(&mut self, array: ExprId, index: ExprId, value: ExprId) -> Result<(Register, Register), Refused> {
        let a = match self.assigns(value) {
            true => self.fresh_pair(array)?,
            false => self.left_pair(array, index)?,
        };
        let i = self.left_pair(index, value)?;
        Ok((a, i))
    }
}
