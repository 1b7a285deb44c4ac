//! The loop of a call with a lambda: its nodes, and the hidden variables that it sets.

use super::checker::{Checker, Typed};
use super::cost;
use super::typed::{ConditionalArm, Each, Kind, LogicalOperand, Steps, Variable, VariableId};
use crate::library;
use crate::operator::{Arithmetic, Comparison};
use crate::source::Span;
use crate::types::Type;

/// A loop under way.
pub(super) struct Walked {
    /// What is walked, and the place in it.
    pub(super) sequence: VariableId,
    index: VariableId,
    length: VariableId,
    start: Vec<Typed>,
    /// What is asked of each turn beside whether there is an element: a variable, and what it must hold.
    pub(super) open_while: Option<(VariableId, bool)>,
    pub(super) at: Span,
}

impl Checker<'_> {
    /// Begins the loop over an array or LIST.
    pub(super) fn walk(&mut self, values: Typed, at: Span) -> Walked {
        let (sequence, index, length) = (self.own(values.ty), self.own(Type::Long), self.own(Type::Long));
        let first = self.set_own(sequence, values);
        let zero = self.node(Kind::Long(0), Type::Long, at);
        let second = self.set_own(index, zero);
        let values = self.read_own(sequence, at);
        let count = self.length(values, at);
        let third = self.set_own(length, count);
        Walked {
            sequence,
            index,
            length,
            start: vec![first, second, third],
            open_while: None,
            at,
        }
    }

    /// Sets a variable before the first turn.
    pub(super) fn starting(&mut self, walked: &mut Walked, ty: Type, value: Typed) -> VariableId {
        let variable = self.own(ty);
        let set = self.set_own(variable, value);
        walked.start.push(set);
        variable
    }

    /// The element of a turn.
    pub(super) fn turn_element(&mut self, walked: &Walked, ty: Type) -> Typed {
        self.beside(walked, walked.sequence, ty)
    }

    /// An element of another array at the same place.
    pub(super) fn beside(&mut self, walked: &Walked, other: VariableId, ty: Type) -> Typed {
        let values = self.read_own(other, walked.at);
        let index = self.read_own(walked.index, walked.at);
        self.element_at(values, index, ty, walked.at)
    }

    /// Ends the loop: what each turn does, and the result of all.
    pub(super) fn each_turn<T>(
        &mut self,
        walked: &Walked,
        turn: impl FnOnce(&mut Self) -> (Vec<Typed>, T),
        value: impl FnOnce(&mut Self, T) -> Typed,
        span: Span,
    ) -> Typed {
        self.charge(cost::LOOP);
        let before = self.steps;
        let condition = self.more(walked);
        let test_steps = self.steps.saturating_sub(before);
        let fork = self.flow.fork();
        let ((turn, found), turn_steps) = self.region(|checker| {
            checker.charge(test_steps);
            checker.charge(cost::ITERATION);
            let (mut parts, found) = turn(checker);
            let next = checker.counted_up(walked.index, walked.at);
            parts.push(next);
            (parts, found)
        });
        let branch = self.flow.end(fork);
        self.flow.join(&[branch, super::flow::Flow::nothing()]);
        let value = value(self, found);
        let (start, turn) = (self.expr_list(&walked.start), self.expr_list(&turn));
        let each = self.out.eaches.push(Each {
            start,
            condition: condition.id,
            turn,
            turn_steps,
            value: value.id,
        });
        self.node(Kind::Each(each), value.ty, span)
    }

    /// `index < length`, and what else is asked.
    fn more(&mut self, walked: &Walked) -> Typed {
        let at = walked.at;
        let (left, right) = (self.read_own(walked.index, at), self.read_own(walked.length, at));
        let kind = Kind::Compare {
            operator: Comparison::Less,
            left: left.id,
            right: right.id,
        };
        let inside = self.node(kind, Type::Boolean, at);
        let Some((variable, wanted)) = walked.open_while else {
            return inside;
        };
        self.charge(cost::DECISION);
        let (open, steps): (Typed, Steps) = self.region(|checker| {
            let held = checker.read_own(variable, at);
            match wanted {
                true => held,
                false => checker.node(Kind::Not(held.id), Type::Boolean, at),
            }
        });
        let rest = self
            .out
            .logical_operands
            .extend([LogicalOperand { value: open.id, steps }]);
        let kind = Kind::Logical {
            and: true,
            first: inside.id,
            rest,
        };
        self.node(kind, Type::Boolean, at)
    }

    /// `variable += 1`
    pub(super) fn counted_up(&mut self, variable: VariableId, at: Span) -> Typed {
        let left = self.read_own(variable, at);
        let right = self.node(Kind::Long(1), Type::Long, at);
        let kind = Kind::Arithmetic {
            operator: Arithmetic::Add,
            left: left.id,
            right: right.id,
        };
        let value = self.node(kind, Type::Long, at);
        self.set_own(variable, value)
    }

    /// `condition ? then : otherwise`
    pub(super) fn chosen(
        &mut self,
        condition: Typed,
        then: impl FnOnce(&mut Self) -> Typed,
        otherwise: impl FnOnce(&mut Self) -> Typed,
        ty: Type,
        span: Span,
    ) -> Typed {
        self.charge(cost::DECISION);
        let (then, then_steps) = self.region(then);
        let (otherwise, otherwise_steps) = self.region(otherwise);
        let arms = self.out.conditional_arms.extend([ConditionalArm {
            condition: condition.id,
            condition_steps: 0,
            then: then.id,
            then_steps,
        }]);
        let kind = Kind::Conditional {
            arms,
            otherwise: otherwise.id,
            otherwise_steps,
        };
        self.node(kind, ty, span)
    }

    /// A call of a part that no program can name.
    pub(super) fn inside(&mut self, name: &str, arguments: &[Typed], ty: Option<Type>, span: Span) -> Typed {
        let Some((function, declared)) = library::inside(name) else {
            return self.poison(span);
        };
        let arguments = self.expr_list(arguments);
        let kind = Kind::Call { function, arguments };
        self.node(kind, ty.unwrap_or(declared.result), span)
    }

    /// A variable that no program can name.
    pub(super) fn own(&mut self, ty: Type) -> VariableId {
        self.out.variables.push(Variable {
            name: "".into(),
            ty,
            parameter: None,
            may_be_unset: false,
        })
    }

    pub(super) fn read_own(&mut self, variable: VariableId, at: Span) -> Typed {
        let ty = self.out.variable(variable).ty;
        self.node(Kind::Variable(variable), ty, at)
    }

    pub(super) fn set_own(&mut self, variable: VariableId, value: Typed) -> Typed {
        let kind = Kind::Set {
            variable,
            value: value.id,
        };
        let ty = self.out.variable(variable).ty;
        self.node(kind, ty, value.span)
    }
}
