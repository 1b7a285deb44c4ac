//! Expressions: each into a register, or a pair where its type is `ANY`.

use super::arithmetic::{constant_arithmetic, doubles, longs};
use super::constant::constant_bits;
use super::lowering::Lowering;
use super::refusal::{Refused, internal};
use super::wide::{Register, Wide, width};
use crate::check::typed::{Expr, ExprId, ExprList, Kind, ParameterId, Variable};
use crate::library;
use crate::machine::any::Any;
use crate::machine::code::{ConcatPart, PartSource};
use crate::machine::instruction::Instruction as I;
use crate::operator::{Arithmetic, Operation};
use crate::types::{Elements, Stored, Type};

impl Lowering<'_> {
    /// Sets a variable's registers before the first statement, where it needs that.
    pub(super) fn initial_value(&mut self, register: Register, variable: &Variable) {
        match variable.parameter {
            Some(parameter) if variable.may_be_unset && self.tree.parameter(parameter).optional => {
                let parameter = parameter.number();
                self.emit.push(I::Input { d: register, parameter });
            }
            Some(parameter) => {
                let declared = self.tree.parameter(parameter).ty;
                if variable.ty == Type::Any && declared != Type::Any {
                    self.input(register, parameter, declared);
                    self.emit.push(I::Box {
                        d: register,
                        a: register,
                        ty: declared,
                    });
                } else {
                    self.input(register, parameter, variable.ty);
                }
            }
            None if variable.ty == Type::Any => {
                self.emit.push(I::LoadPair {
                    d: register,
                    bits: Any::UNSET.bits,
                    ty: Any::UNSET.ty,
                });
            }
            None => {}
        }
    }

    /// Loads a parameter as a value of the type.
    pub(super) fn input(&mut self, d: Register, parameter: ParameterId, ty: Type) {
        let tree = self.tree;
        let span = self.emit.at(tree.parameter(parameter).span);
        let index = parameter.number();
        match ty.stored() {
            Stored::Unknown if tree.parameter(parameter).optional => {
                self.emit.push(I::Input { d, parameter: index });
                self.emit.push(I::ReadOrNull { d, a: d });
            }
            Stored::Unknown => {
                self.emit.push(I::RequiredInput { d, parameter: index });
            }
            Stored::Object if ty == Type::DateTime => {
                // A DATETIME comes from the host as its text.
                self.emit.push(I::TypedInput {
                    d,
                    parameter: index,
                    ty: Type::String,
                });
                if let Some(convert) = library::from_text(ty) {
                    let native = self.emit.native(convert, 1);
                    self.emit.push(I::Call { d, base: d, native });
                }
            }
            Stored::Nothing
            | Stored::Null
            | Stored::Boolean
            | Stored::Long
            | Stored::Double
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => self.emit.push(I::TypedInput {
                d,
                parameter: index,
                ty,
            }),
        }
        self.emit.at(span);
    }

    /// The expression's value in some register: a variable's own where it is one, else a fresh one.
    pub(super) fn value(&mut self, id: ExprId) -> Result<Register, Refused> {
        if let Some(register) = self.take_ready(id) {
            return Ok(register);
        }
        let expr = self.tree.expr(id);
        match expr.kind {
            Kind::Variable(variable) => Ok(self.variables[variable.index()]),
            Kind::Hole => match self.hole {
                Some(hole) => Ok(hole),
                None => self.fresh(id),
            },
            kind => {
                let constant = constant_bits(expr).and_then(|bits| self.loop_constant(bits));
                match constant.or_else(|| self.length_of(kind)) {
                    Some(register) => Ok(register),
                    None => self.fresh(id),
                }
            }
        }
    }

    /// In a loop, the register that holds a constant from the program's start on.
    fn loop_constant(&mut self, bits: u64) -> Option<Register> {
        match self.open_loops {
            0 => None,
            _ => self.emit.constant(bits),
        }
    }

    /// The expression's value in a register of its own.
    pub(super) fn fresh(&mut self, id: ExprId) -> Result<Register, Refused> {
        let d = self.emit.allocate(self.tree.expr(id).ty)?;
        self.value_into(id, d)?;
        Ok(d)
    }

    /// The left operand of something whose right operand is evaluated after it: copied, where that sets a variable.
    pub(super) fn left_value(&mut self, id: ExprId, right: ExprId) -> Result<Register, Refused> {
        if let Some(register) = self.take_ready(id) {
            return Ok(register);
        }
        match self.assigns(right) {
            true => self.fresh(id),
            false => self.value(id),
        }
    }

    /// The expression's value as a pair in registers of its own.
    pub(super) fn fresh_pair(&mut self, id: ExprId) -> Result<Register, Refused> {
        let d = self.emit.allocate(Type::Any)?;
        self.pair_into(id, d)?;
        Ok(d)
    }

    /// The expression's value as a pair: a variable's own where it is one of type `ANY`, else a fresh one.
    pub(super) fn pair(&mut self, id: ExprId) -> Result<Register, Refused> {
        match self.tree.expr(id).ty {
            Type::Any => self.value(id),
            _ => self.fresh_pair(id),
        }
    }

    /// As [`Lowering::left_value`], as a pair.
    pub(super) fn left_pair(&mut self, id: ExprId, right: ExprId) -> Result<Register, Refused> {
        match self.assigns(right) {
            true => self.fresh_pair(id),
            false => self.pair(id),
        }
    }

    /// Evaluates into the pair at `d`.
    pub(super) fn pair_into(&mut self, id: ExprId, d: Register) -> Result<(), Refused> {
        let ty = self.tree.expr(id).ty;
        match (ty, constant_bits(self.tree.expr(id))) {
            (Type::Any, _) => self.value_into(id, d),
            (ty, Some(bits)) => {
                self.emit.push(I::LoadPair { d, bits, ty });
                Ok(())
            }
            (ty, None) => {
                let mark = self.emit.mark();
                let a = self.value(id)?;
                self.emit.release(mark);
                self.emit.push(I::Box { d, a, ty });
                Ok(())
            }
        }
    }

    /// Evaluates for its effects alone.
    pub(super) fn effect(&mut self, id: ExprId) -> Result<(), Refused> {
        if self.take_ready(id).is_some() {
            return Ok(());
        }
        let mark = self.emit.mark();
        let expr = self.tree.expr(id);
        let span = self.emit.at(expr.span);
        match expr.kind {
            Kind::Set { variable, value } => {
                let d = self.variables[variable.index()];
                self.set_variable(variable, value, d)?;
                self.trace_variable(variable, value);
            }
            Kind::SetElement { array, index, value } => self.set_element(array, index, value, None)?,
            Kind::UpdateElement { array, index, value } => self.update_element(array, index, value, None)?,
            _ => {
                self.value(id)?;
            }
        }
        self.emit.at(span);
        self.emit.release(mark);
        Ok(())
    }

    /// Evaluates into `d`, a pair where the expression's type is `ANY`. `d` is written last, so it may be a variable that
    /// the expression reads.
    pub(super) fn value_into(&mut self, id: ExprId, d: Register) -> Result<(), Refused> {
        self.go_on()?;
        let expr = self.tree.expr(id);
        if let Some(register) = self.take_ready(id) {
            self.copy(d, register, expr.ty);
            return Ok(());
        }
        let mark = self.emit.mark();
        self.lower_spine(id)?;
        let span = self.emit.at(expr.span);
        if let Some(bits) = constant_bits(expr) {
            self.emit.push(I::Load { d, bits });
        } else {
            self.compute_into(id, expr, d)?;
        }
        self.emit.at(span);
        self.emit.release(mark);
        Ok(())
    }

    fn compute_into(&mut self, id: ExprId, expr: Expr, d: Register) -> Result<(), Refused> {
        match expr.kind {
            Kind::Null | Kind::Boolean(_) | Kind::Long(_) | Kind::Double(_) | Kind::Text(_) => Ok(()),
            Kind::Variable(variable) => {
                self.copy(d, self.variables[variable.index()], expr.ty);
                Ok(())
            }
            Kind::Hole => {
                self.copy(d, self.hole.unwrap_or(d), expr.ty);
                Ok(())
            }
            Kind::MaybeUnset { variable, or_null } => {
                let a = self.variables[variable.index()];
                self.read_maybe_unset(d, a, variable.number(), or_null);
                Ok(())
            }
            Kind::Parameter(parameter) => {
                self.input(d, parameter, expr.ty);
                Ok(())
            }
            Kind::ParameterNamed(name) => self.unary(name, |a| I::InputNamed { d, a }),
            Kind::HasParameter(name) => self.unary(name, |a| I::HasInput { d, a }),
            Kind::ToDouble(value) => self.unary(value, |a| I::LongToDouble { d, a }),
            Kind::Check { value, check } => {
                let ty = expr.ty;
                self.unary_pair(value, |a| I::Check { d, a, ty, kind: check })
            }
            Kind::Negate(value) => self.negate(value, expr.ty, d),
            Kind::Plus(value) => self.unary_pair(value, |a| I::Plus { d, a }),
            Kind::Arithmetic { operator, left, right } => self.arithmetic(operator, left, right, d),
            Kind::Dynamic {
                operator,
                left,
                right,
                compound,
            } => self.dynamic(operator, (left, right), compound, expr.ty, d),
            Kind::Concat(parts) => self.concat(parts, d),
            Kind::Not(_) | Kind::Compare { .. } | Kind::Logical { .. } => self.boolean_into(id, d),
            Kind::Conditional {
                arms,
                otherwise,
                otherwise_steps,
            } => self.conditional(arms, otherwise, otherwise_steps, expr.ty, d),
            Kind::Element { array, index } => self.element(array, index, d),
            Kind::DynamicElement { value, index } => {
                let a = self.left_pair(value, index)?;
                let i = self.pair(index)?;
                self.emit.push(I::DynamicElement { d, a, i });
                Ok(())
            }
            Kind::Length(array) => self.length(array, d),
            Kind::DynamicLength(value) => self.unary_pair(value, |a| I::DynamicLength { d, a }),
            Kind::Call { function, arguments } => self.call(function, arguments, expr.ty, d),
            Kind::DynamicCall {
                candidates,
                method,
                arguments,
                in_turn,
            } => self.dynamic_call((candidates, in_turn), method, arguments, expr.ty, d),
            Kind::HostCall { function, arguments } => self.host_call(function, arguments, expr.ty, d),
            Kind::Each(each) => self.each(self.tree.each(each), d),
            Kind::NewArray(length) => {
                let elements = self.elements(id)?;
                self.unary(length, |a| I::NewArray { d, a, elements })
            }
            Kind::ArrayLiteral(items) => self.array_literal(items, self.elements(id)?, d),
            Kind::Set { variable, value } => {
                let register = self.variables[variable.index()];
                self.set_variable(variable, value, register)?;
                self.trace_variable(variable, value);
                self.convert(d, register, self.tree.variable(variable).ty, expr.ty);
                Ok(())
            }
            Kind::Reassign { variable, value } => self.reassign(variable, value, expr.ty, d),
            Kind::SetElement { array, index, value } => self.set_element(array, index, value, Some(d)),
            Kind::DynamicSetElement { array, index, value } => {
                self.dynamic_set_element(array, index, value, expr.ty, d)
            }
            Kind::UpdateElement { array, index, value } => self.update_element(array, index, value, Some(d)),
            Kind::DynamicUpdateElement { array, index, value } => {
                self.dynamic_update_element(array, index, value, expr.ty, d)
            }
        }
    }

    /// One instruction on one operand.
    fn unary(&mut self, operand: ExprId, instruction: impl FnOnce(Register) -> Wide) -> Result<(), Refused> {
        let a = self.value(operand)?;
        self.emit.push(instruction(a));
        Ok(())
    }

    /// One instruction on one operand as a pair.
    fn unary_pair(&mut self, operand: ExprId, instruction: impl FnOnce(Register) -> Wide) -> Result<(), Refused> {
        let a = self.pair(operand)?;
        self.emit.push(instruction(a));
        Ok(())
    }

    /// d = a, of the type.
    pub(super) fn copy(&mut self, d: Register, a: Register, ty: Type) {
        if d != a {
            self.emit.push(match width(ty) {
                1 => I::Move { d, a },
                _ => I::MovePair { d, a },
            });
        }
    }

    /// d, of type `to`, = a, of type `from`: boxed or unboxed where one of them is `ANY`.
    pub(super) fn convert(&mut self, d: Register, a: Register, from: Type, to: Type) {
        match (from, to) {
            (Type::Any, Type::Any) => self.copy(d, a, Type::Any),
            (from, Type::Any) => self.emit.push(I::Box { d, a, ty: from }),
            (_, to) => self.copy(d, a, to),
        }
    }

    /// The result of an instruction that gives a pair, in `d`, which is of type `ty`: the bits alone where that is known.
    pub(super) fn pair_result(
        &mut self,
        ty: Type,
        d: Register,
        instruction: impl FnOnce(Register) -> Wide,
    ) -> Result<(), Refused> {
        if ty == Type::Any {
            self.emit.push(instruction(d));
            return Ok(());
        }
        let pair = self.emit.allocate(Type::Any)?;
        self.emit.push(instruction(pair));
        self.emit.push(I::Move { d, a: pair });
        Ok(())
    }

    fn read_maybe_unset(&mut self, d: Register, a: Register, variable: u32, or_null: bool) {
        if or_null {
            self.emit.push(I::ReadOrNull { d, a });
        } else {
            self.emit.push(I::ReadSet { d, a, variable });
        }
    }

    fn negate(&mut self, value: ExprId, ty: Type, d: Register) -> Result<(), Refused> {
        if ty == Type::Long {
            return self.unary(value, |a| I::LongNegate { d, a });
        }
        if ty == Type::Double {
            return self.unary(value, |a| I::DoubleNegate { d, a });
        }
        let a = self.pair(value)?;
        self.pair_result(ty, d, |d| I::Negate { d, a })
    }

    fn arithmetic(&mut self, operator: Arithmetic, left: ExprId, right: ExprId, d: Register) -> Result<(), Refused> {
        if let Kind::Long(constant) = self.tree.expr(right).kind
            && let Some(instruction) = constant_arithmetic(operator, constant)
        {
            return self.unary(left, |a| instruction(d, a, constant));
        }
        let double = self.tree.expr(left).ty == Type::Double;
        let a = self.left_value(left, right)?;
        let b = self.value(right)?;
        let instruction = if double {
            doubles(operator, d, a, b)
        } else {
            longs(operator, d, a, b)
        };
        self.emit.push(instruction);
        Ok(())
    }

    fn dynamic(
        &mut self,
        operator: Operation,
        (left, right): (ExprId, ExprId),
        compound: bool,
        ty: Type,
        d: Register,
    ) -> Result<(), Refused> {
        let a = self.left_pair(left, right)?;
        let b = self.pair(right)?;
        self.pair_result(ty, d, |d| I::Binary {
            d,
            a,
            b,
            operator,
            compound,
        })
    }

    /// Joins texts: constants and variables are read where they are, those of other than scalar types are printed first.
    fn concat(&mut self, parts: ExprList, d: Register) -> Result<(), Refused> {
        let tree = self.tree;
        let list = tree.expr_list(parts);
        // Parts after which none sets a variable may be read in place.
        let assigning = list.iter().rposition(|part| self.assigns(*part));
        let settled = assigning.unwrap_or(0);
        let mut parts = Vec::with_capacity(list.len());
        for (index, &part) in list.iter().enumerate() {
            parts.push(self.concat_part(part, index >= settled)?);
        }
        self.emit.concats.push(parts.into_boxed_slice());
        let parts = self.emit.concats.len() as u32 - 1;
        self.emit.push(I::Concat { d, parts });
        Ok(())
    }

    fn concat_part(&mut self, part: ExprId, in_place: bool) -> Result<ConcatPart, Refused> {
        let expr = self.tree.expr(part);
        let ty = expr.ty;
        if let Some(bits) = constant_bits(expr).filter(|_| !self.is_ready(part)) {
            let source = PartSource::Constant(bits);
            return Ok(ConcatPart { ty, source });
        }
        let scalar = matches!(
            ty,
            Type::Null | Type::Boolean | Type::Long | Type::Double | Type::String
        );
        let (ty, register) = match (scalar, in_place) {
            (true, true) => (ty, self.value(part)?),
            (true, false) => (ty, self.fresh(part)?),
            (false, _) => {
                let register = self.fresh_pair(part)?;
                let (d, a) = (register, register);
                self.emit.push(I::Printable { d, a });
                (Type::Any, register)
            }
        };
        let source = PartSource::Register(register);
        Ok(ConcatPart { ty, source })
    }

    fn length(&mut self, array: ExprId, d: Register) -> Result<(), Refused> {
        if let Some(register) = self.length_of(Kind::Length(array)) {
            self.copy(d, register, Type::Long);
            return Ok(());
        }
        let elements = self.elements(array)?;
        self.unary(array, |a| I::Length { d, a, elements })
    }

    /// What the elements of an array or list of a known type are.
    pub(super) fn elements(&self, array: ExprId) -> Result<Elements, Refused> {
        // INVARIANT: the checker gives elements only to what has them.
        Elements::of(self.tree.expr(array).ty).ok_or_else(|| internal(self.emit.span()))
    }

    fn element(&mut self, array: ExprId, index: ExprId, d: Register) -> Result<(), Refused> {
        let a = self.left_value(array, index)?;
        let i = self.value(index)?;
        self.read_element(array, d, a, i)
    }

    /// d = a[i] of an array.
    pub(super) fn read_element(&mut self, array: ExprId, d: Register, a: Register, i: Register) -> Result<(), Refused> {
        self.emit.push(match self.elements(array)? {
            Elements::Longs => I::LongElement { d, a, i },
            Elements::Doubles => I::DoubleElement { d, a, i },
            Elements::Booleans => I::BooleanElement { d, a, i },
            Elements::Texts => I::TextElement { d, a, i },
            // INVARIANT: the checker reads elements of a list as `ANY`, with an index as `ANY`.
            Elements::Mixed => return Err(internal(self.emit.span())),
        });
        Ok(())
    }

    fn array_literal(&mut self, items: ExprList, elements: Elements, d: Register) -> Result<(), Refused> {
        let tree = self.tree;
        let items = tree.expr_list(items);
        let mut base = None;
        for &item in items {
            let register = self.fresh(item)?;
            base.get_or_insert(register);
        }
        self.emit.push(I::ArrayLiteral {
            d,
            base: base.unwrap_or(d),
            count: items.len() as u16,
            elements,
        });
        Ok(())
    }
}
