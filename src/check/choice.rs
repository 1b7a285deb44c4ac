//! Values of which conditions choose one: the arms of `? :` and of `switch`.

use super::checker::{Checker, Typed};
use super::cost;
use super::expressions::unified;
use super::flow::Ladder;
use super::typed::{ConditionalArm, Kind, Steps};
use crate::shape::Shape;
use crate::source::Span;
use crate::syntax::ast::{ConditionalList, ExprId};
use crate::types::Type;

/// The arms so far.
#[derive(Default)]
pub(super) struct Choice {
    ladder: Ladder,
    arms: Vec<ConditionalArm>,
    ty: Option<Type>,
    shape: Option<Shape>,
}

impl Checker<'_> {
    pub(super) fn conditional(&mut self, arms: ConditionalList, otherwise: ExprId, span: Span) -> Typed {
        let tree = self.tree;
        let (mut choice, mark) = (Choice::default(), self.narrowed());
        for arm in tree.conditionals(arms) {
            let condition = |checker: &mut Self| checker.condition(arm.condition);
            let value = |checker: &mut Self| {
                let before = checker.narrowed();
                checker.narrow(arm.condition, true);
                let value = checker.expr(arm.then);
                checker.forget_narrowed(before);
                checker.narrow(arm.condition, false);
                value
            };
            self.arm(&mut choice, condition, value);
        }
        let value = |checker: &mut Self| {
            let value = checker.expr(otherwise);
            checker.forget_narrowed(mark);
            value
        };
        self.end_of_choice(choice, value, span)
    }

    /// A condition, and the value where it is the first that holds.
    pub(super) fn arm(
        &mut self,
        choice: &mut Choice,
        condition: impl FnOnce(&mut Self) -> Typed,
        value: impl FnOnce(&mut Self) -> Typed,
    ) {
        let is_first = choice.arms.is_empty();
        let (condition, condition_steps) = self.ladder_condition(&mut choice.ladder, is_first, condition);
        let fork = self.flow.fork();
        let (then, then_steps) = self.region(value);
        choice.ladder.taken.push(self.flow.end(fork));
        choice.shape = self.joined_shape(choice.shape, then, is_first);
        choice.ty = Some(unified(choice.ty, then.ty));
        choice.arms.push(ConditionalArm {
            condition: condition.id,
            condition_steps,
            then: then.id,
            then_steps,
        });
    }

    /// What the arms give, or else a last value.
    pub(super) fn end_of_choice(&mut self, choice: Choice, last: impl FnOnce(&mut Self) -> Typed, span: Span) -> Typed {
        let fork = self.flow.fork();
        let (otherwise, otherwise_steps) = self.region(last);
        let end = self.flow.end(fork);
        self.flow.join_ladder(choice.ladder, end);
        let shape = self.joined_shape(choice.shape, otherwise, choice.arms.is_empty());
        let kind = Kind::Conditional {
            arms: self.out.conditional_arms.extend(choice.arms),
            otherwise: otherwise.id,
            otherwise_steps,
        };
        let value = self.node(kind, unified(choice.ty, otherwise.ty), span);
        self.with_known_shape(value, shape)
    }

    /// The condition of an arm of a ladder. The first belongs to the region around; each other is reached only where those
    /// before it did not hold.
    pub(super) fn ladder_condition(
        &mut self,
        ladder: &mut Ladder,
        is_first: bool,
        condition: impl FnOnce(&mut Self) -> Typed,
    ) -> (Typed, Steps) {
        if is_first {
            self.charge(cost::DECISION);
            return (condition(self), 0);
        }
        ladder.rests.push(self.flow.fork());
        self.region(|checker| {
            checker.charge(cost::DECISION);
            condition(checker)
        })
    }
}
