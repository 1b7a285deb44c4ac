//! The order in which the parts of an expression are walked: a work list, so that neither chains nor brackets take stack.

use super::loops::Body;
use super::number::Shape;
use super::pending::{Ladder, Task};
use super::spent::Spent;
use super::walk::{Unbounded, Walk, either};
use crate::check::typed::{ConditionalArm, ConditionalList, ExprId, Kind, LogicalList, Steps};

impl Walk<'_> {
    /// Walks an expression, and gives what its value may be.
    pub(super) fn value(&mut self, id: ExprId) -> Result<Shape, Unbounded> {
        // In an expression around this one, which has a loop inside, more is pending.
        let around = std::mem::take(&mut self.pending);
        self.pending.tasks.push(Task::Value(id));
        while let Some(task) = self.pending.tasks.pop() {
            self.perform(task)?;
        }
        let shape = self.pop();
        self.pending = around;
        Ok(shape)
    }

    fn perform(&mut self, task: Task) -> Result<(), Unbounded> {
        match task {
            Task::Value(id) => self.enter(id)?,
            Task::Finish(id) => {
                let shape = self.finish(id)?;
                self.push(shape);
            }
            Task::Charge(steps) => self.charge(Spent::steps(u64::from(steps))),
            Task::Operand(operand) => {
                self.copy(self.tree.expr(operand.value).span)?;
                self.pending.operands.push(self.variables.clone());
                self.charge(Spent::steps(u64::from(operand.steps)));
            }
            Task::AfterOperand => {
                self.pop();
                let before = self.pending.operands.pop().flatten();
                self.variables = either(before, self.variables.take());
            }
            Task::Arm(arm) => self.enter_arm(arm)?,
            Task::AfterArm => self.leave_arm(),
            Task::AfterArms => {
                let last = self.pop();
                let ladder = self.pending.ladders.pop().unwrap_or_default();
                self.spent = self.spent.or(ladder.most);
                self.variables = either(ladder.after, self.variables.take());
                self.push(ladder.shape.or(last));
            }
            Task::Drop => {
                self.pop();
            }
            Task::Turns(each, span) => {
                self.repeat(span, Some(each.condition), Body::Turn(each.turn), None, each.turn_steps)?;
            }
            Task::Hole(array) => {
                let from = self
                    .pending
                    .shapes
                    .iter()
                    .rev()
                    .nth(1)
                    .map_or(u64::MAX, |array| array.from);
                let element = self.element(self.tree.expr(array).ty, from);
                self.pending.holes.push(element);
            }
        }
        Ok(())
    }

    /// Notes what is to be done for an expression, last things first.
    fn enter(&mut self, id: ExprId) -> Result<(), Unbounded> {
        let expr = self.tree.expr(id);
        self.look(expr.span)?;
        match expr.kind {
            Kind::Logical { first, rest, .. } => self.enter_logical(id, first, rest),
            Kind::Conditional {
                arms,
                otherwise,
                otherwise_steps,
            } => self.enter_conditional(arms, otherwise, otherwise_steps),
            Kind::UpdateElement { array, index, value } | Kind::DynamicUpdateElement { array, index, value } => {
                self.pending.tasks.extend([
                    Task::Finish(id),
                    Task::Value(value),
                    Task::Hole(array),
                    Task::Value(index),
                    Task::Value(array),
                ]);
            }
            Kind::Each(each) => {
                let (tree, each) = (self.tree, self.tree.each(each));
                let tasks = &mut self.pending.tasks;
                tasks.extend([Task::Value(each.value), Task::Turns(each, expr.span)]);
                for &part in tree.expr_list(each.start).iter().rev() {
                    tasks.extend([Task::Drop, Task::Value(part)]);
                }
            }
            kind => {
                let tasks = &mut self.pending.tasks;
                tasks.push(Task::Finish(id));
                let start = tasks.len();
                kind.for_each_child(self.tree, |child| tasks.push(Task::Value(child)));
                if let Some(children) = tasks.get_mut(start..) {
                    children.reverse();
                }
            }
        }
        Ok(())
    }

    fn enter_logical(&mut self, id: ExprId, first: ExprId, rest: LogicalList) {
        let tree = self.tree;
        self.pending.tasks.push(Task::Finish(id));
        for operand in tree.logical_operands(rest).iter().rev() {
            let value = Task::Value(operand.value);
            self.pending
                .tasks
                .extend([Task::AfterOperand, value, Task::Operand(*operand)]);
        }
        self.pending.tasks.push(Task::Value(first));
    }

    fn enter_conditional(&mut self, arms: ConditionalList, otherwise: ExprId, steps: Steps) {
        let tree = self.tree;
        self.pending.ladders.push(Ladder::default());
        let last = [Task::AfterArms, Task::Value(otherwise), Task::Charge(steps)];
        self.pending.tasks.extend(last);
        for arm in tree.conditional_arms(arms).iter().rev() {
            self.pending.tasks.extend([
                Task::AfterArm,
                Task::Value(arm.then),
                Task::Arm(*arm),
                Task::Value(arm.condition),
                Task::Charge(arm.condition_steps),
            ]);
        }
    }

    fn enter_arm(&mut self, arm: ConditionalArm) -> Result<(), Unbounded> {
        self.pop();
        self.copy(self.tree.expr(arm.condition).span)?;
        if let Some(ladder) = self.pending.ladders.last_mut() {
            ladder.before.clone_from(&self.variables);
            ladder.spent = self.spent;
        }
        self.charge(Spent::steps(u64::from(arm.then_steps)));
        Ok(())
    }

    fn leave_arm(&mut self) {
        let shape = self.pop();
        if let Some(ladder) = self.pending.ladders.last_mut() {
            ladder.shape = ladder.shape.or(shape);
            ladder.most = ladder.most.or(self.spent);
            ladder.after = either(ladder.after.take(), self.variables.take());
            self.variables = ladder.before.take();
            self.spent = ladder.spent;
        }
    }

    pub(super) fn push(&mut self, shape: Shape) {
        self.pending.shapes.push(shape);
    }

    /// The shape of the part that was walked last.
    pub(super) fn pop(&mut self) -> Shape {
        self.pending.shapes.pop().unwrap_or(Shape::ANY)
    }

    /// The shapes of the parts that were walked last, in order.
    pub(super) fn pop_list(&mut self, count: u32) -> Vec<Shape> {
        let start = self.pending.shapes.len().saturating_sub(count as usize);
        self.pending.shapes.split_off(start)
    }
}
