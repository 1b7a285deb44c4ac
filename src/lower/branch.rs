//! Conditions as jumps: comparisons fused with the jump, `&&` and `||` without values in between, ladders of arms.

use super::emit::{Emitter, Label};
use super::lowering::Lowering;
use super::refusal::Refused;
use super::wide::{Register, Wide};
use crate::check::typed::{ConditionalList, ExprId, Kind, LogicalList};
use crate::machine::instruction::{Instruction as I, Ways};
use crate::operator::Comparison;
use crate::types::{Stored, Type};

impl Lowering<'_> {
    /// Jumps to the label where the condition is `when`, else goes on.
    pub(super) fn branch(&mut self, condition: ExprId, when: bool, label: Label) -> Result<(), Refused> {
        let expr = self.tree.expr(condition);
        let mark = self.emit.mark();
        self.lower_spine(condition)?;
        let span = self.emit.at(expr.span);
        match expr.kind {
            _ if self.is_ready(condition) => self.branch_on_value(condition, when, label)?,
            Kind::Boolean(value) => {
                if value == when {
                    self.emit.jump(label);
                }
            }
            Kind::Not(value) => self.branch(value, !when, label)?,
            Kind::Logical { and, first, rest } => self.branch_logical(and, first, rest, when, label)?,
            Kind::Compare { operator, left, right } => self.branch_compare(operator, left, right, when, label)?,
            _ => self.branch_on_value(condition, when, label)?,
        }
        self.emit.at(span);
        self.emit.release(mark);
        Ok(())
    }

    fn branch_on_value(&mut self, condition: ExprId, when: bool, label: Label) -> Result<(), Refused> {
        let a = self.value(condition)?;
        let to = Ways::to(Emitter::to(label));
        self.emit.push(if when {
            I::JumpIf { a, to }
        } else {
            I::JumpUnless { a, to }
        });
        Ok(())
    }

    fn branch_logical(
        &mut self,
        and: bool,
        first: ExprId,
        rest: LogicalList,
        when: bool,
        label: Label,
    ) -> Result<(), Refused> {
        let tree = self.tree;
        let rest = tree.logical_operands(rest);
        // `&&` is decided by the first operand that is false, `||` by the first that is true.
        let decided_by = !and;
        let out = self.emit.label();
        let decided = if when == decided_by { label } else { out };
        let operands = std::iter::once((first, 0)).chain(rest.iter().map(|operand| (operand.value, operand.steps)));
        for (index, (operand, steps)) in operands.enumerate() {
            self.emit.charge(steps);
            if index < rest.len() {
                self.branch(operand, decided_by, decided)?;
            } else {
                self.branch(operand, when, label)?;
            }
        }
        self.emit.place(out);
        Ok(())
    }

    fn branch_compare(
        &mut self,
        comparison: Comparison,
        left: ExprId,
        right: ExprId,
        when: bool,
        label: Label,
    ) -> Result<(), Refused> {
        let to = Ways::to(Emitter::to(label));
        let ty = self.tree.expr(left).ty;
        let small = match self.tree.expr(right).kind {
            Kind::Long(constant) => i32::try_from(constant).ok(),
            _ => None,
        };
        if let (Type::Long, Some(constant)) = (ty, small) {
            let a = self.value(left)?;
            self.emit.push(jump_long_constant(comparison, when, a, constant, to));
            return Ok(());
        }
        let a = self.left_value(left, right)?;
        let b = self.value(right)?;
        let jump = match ty.stored() {
            Stored::Double => jump_double(comparison, when, a, b, to),
            Stored::Text => Some(match (comparison == Comparison::Equal) == when {
                true => I::JumpTextEqual { a, b, to: to.to },
                false => I::JumpTextNotEqual { a, b, to: to.to },
            }),
            Stored::Long
            | Stored::Boolean
            | Stored::Null
            | Stored::Unknown
            | Stored::Nothing
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => Some(jump_long(comparison, when, a, b, to)),
        };
        if let Some(jump) = jump {
            self.emit.push(jump);
            return Ok(());
        }
        let d = self.emit.allocate(Type::Boolean)?;
        self.emit.push(compare_double(comparison, d, a, b));
        self.emit.push(if when {
            I::JumpIf { a: d, to }
        } else {
            I::JumpUnless { a: d, to }
        });
        Ok(())
    }

    /// The value of a BOOLEAN operator in `d`.
    pub(super) fn boolean_into(&mut self, id: ExprId, d: Register) -> Result<(), Refused> {
        match self.tree.expr(id).kind {
            Kind::Not(value) => {
                let a = self.value(value)?;
                self.emit.push(I::Not { d, a });
            }
            Kind::Compare {
                operator: comparison,
                left,
                right,
            } => {
                let a = self.left_value(left, right)?;
                let b = self.value(right)?;
                match self.tree.expr(left).ty.stored() {
                    Stored::Double => self.emit.push(compare_double(comparison, d, a, b)),
                    Stored::Text => {
                        self.emit.push(I::TextEqual { d, a, b });
                        if comparison == Comparison::NotEqual {
                            self.emit.push(I::Not { d, a: d });
                        }
                    }
                    Stored::Long
                    | Stored::Boolean
                    | Stored::Null
                    | Stored::Unknown
                    | Stored::Nothing
                    | Stored::Elements(_)
                    | Stored::Map
                    | Stored::Object => self.emit.push(compare_long(comparison, d, a, b)),
                }
            }
            _ => {
                let (no, end) = (self.emit.label(), self.emit.label());
                self.branch(id, false, no)?;
                self.emit.push(I::Load { d, bits: 1 });
                self.emit.jump(end);
                self.emit.place(no);
                self.emit.push(I::Load { d, bits: 0 });
                self.emit.place(end);
            }
        }
        Ok(())
    }

    /// A `?:` ladder into `d`.
    pub(super) fn conditional(
        &mut self,
        arms: ConditionalList,
        otherwise: ExprId,
        otherwise_steps: u32,
        ty: Type,
        d: Register,
    ) -> Result<(), Refused> {
        let tree = self.tree;
        let end = self.emit.label();
        for arm in tree.conditional_arms(arms) {
            let next = self.emit.label();
            self.emit.charge(arm.condition_steps);
            self.branch(arm.condition, false, next)?;
            self.trace_branch(arm.condition, true);
            self.emit.charge(arm.then_steps);
            self.arm_into(arm.then, ty, d)?;
            self.emit.jump(end);
            self.emit.place(next);
            self.trace_branch(arm.condition, false);
        }
        self.emit.charge(otherwise_steps);
        self.arm_into(otherwise, ty, d)?;
        self.emit.place(end);
        Ok(())
    }

    fn arm_into(&mut self, id: ExprId, ty: Type, d: Register) -> Result<(), Refused> {
        match ty {
            Type::Any => self.pair_into(id, d),
            _ => self.value_into(id, d),
        }
    }
}

fn jump_long(comparison: Comparison, when: bool, a: Register, b: Register, to: Ways) -> Wide {
    match if when { comparison } else { comparison.negated() } {
        Comparison::NotEqual => I::JumpLongNotEqual { a, b, to },
        Comparison::Less => I::JumpLongLess { a, b, to },
        Comparison::LessEqual => I::JumpLongLessEqual { a, b, to },
        Comparison::Greater => I::JumpLongLess { a: b, b: a, to },
        Comparison::GreaterEqual => I::JumpLongLessEqual { a: b, b: a, to },
        Comparison::Equal => I::JumpLongEqual { a, b, to },
    }
}

fn jump_long_constant(comparison: Comparison, when: bool, a: Register, constant: i32, to: Ways) -> Wide {
    match if when { comparison } else { comparison.negated() } {
        Comparison::NotEqual => I::JumpLongNotEqualConstant { a, constant, to },
        Comparison::Less => I::JumpLongLessConstant { a, constant, to },
        Comparison::LessEqual => I::JumpLongLessEqualConstant { a, constant, to },
        Comparison::Greater => I::JumpLongGreaterConstant { a, constant, to },
        Comparison::GreaterEqual => I::JumpLongGreaterEqualConstant { a, constant, to },
        Comparison::Equal => I::JumpLongEqualConstant { a, constant, to },
    }
}

/// Comparisons of DOUBLE do not negate into each other, because of NaN; `==` and `!=` have no fused jump.
fn jump_double(comparison: Comparison, when: bool, a: Register, b: Register, to: Ways) -> Option<Wide> {
    Some(match (comparison, when) {
        (Comparison::Less, true) => I::JumpDoubleLess { a, b, to },
        (Comparison::Less, false) => I::JumpUnlessDoubleLess { a, b, to },
        (Comparison::LessEqual, true) => I::JumpDoubleLessEqual { a, b, to },
        (Comparison::LessEqual, false) => I::JumpUnlessDoubleLessEqual { a, b, to },
        (Comparison::Greater, true) => I::JumpDoubleLess { a: b, b: a, to },
        (Comparison::Greater, false) => I::JumpUnlessDoubleLess { a: b, b: a, to },
        (Comparison::GreaterEqual, true) => I::JumpDoubleLessEqual { a: b, b: a, to },
        (Comparison::GreaterEqual, false) => I::JumpUnlessDoubleLessEqual { a: b, b: a, to },
        (Comparison::Equal | Comparison::NotEqual, _) => return None,
    })
}

fn compare_double(comparison: Comparison, d: Register, a: Register, b: Register) -> Wide {
    match comparison {
        Comparison::NotEqual => I::DoubleNotEqual { d, a, b },
        Comparison::Less => I::DoubleLess { d, a, b },
        Comparison::LessEqual => I::DoubleLessEqual { d, a, b },
        Comparison::Greater => I::DoubleLess { d, a: b, b: a },
        Comparison::GreaterEqual => I::DoubleLessEqual { d, a: b, b: a },
        Comparison::Equal => I::DoubleEqual { d, a, b },
    }
}

fn compare_long(comparison: Comparison, d: Register, a: Register, b: Register) -> Wide {
    match comparison {
        Comparison::NotEqual => I::LongNotEqual { d, a, b },
        Comparison::Less => I::LongLess { d, a, b },
        Comparison::LessEqual => I::LongLessEqual { d, a, b },
        Comparison::Greater => I::LongLess { d, a: b, b: a },
        Comparison::GreaterEqual => I::LongLessEqual { d, a: b, b: a },
        Comparison::Equal => I::LongEqual { d, a, b },
    }
}
