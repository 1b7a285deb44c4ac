//! Statements and loops. A loop tests before its first iteration, and then at its end, where the test, the step of the counter, the
//! charge of the next iteration and the jump back are one instruction in the common case.

use super::emit::{Emitter, Label};
use super::lowering::{LoopLabels, Lowering};
use super::refusal::Refused;
use super::trace::Round;
use super::wide::{Register, Wide};
use crate::check::typed::{ArmList, ExprId, Kind, StatementId, StatementKind, VariableId};
use crate::machine::instruction::Instruction as I;
use crate::syntax::ast::BinaryOperator;
use crate::types::Type;

/// A loop's parts.
#[derive(Clone, Copy, Debug)]
struct Loop {
    condition: Option<ExprId>,
    body: StatementId,
    update: Option<ExprId>,
    steps: u32,
}

impl Lowering<'_> {
    pub(super) fn statement(&mut self, id: StatementId) -> Result<(), Refused> {
        self.go_on()?;
        let tree = self.tree;
        let statement = tree.statement(id);
        let mark = self.emit.mark();
        let span = self.emit.at(statement.span);
        match statement.kind {
            StatementKind::Expression(value) => self.effect(value)?,
            StatementKind::Block(statements) => {
                for &statement in tree.statement_list(statements) {
                    self.statement(statement)?;
                }
            }
            StatementKind::If {
                arms,
                otherwise,
                otherwise_steps,
            } => self.ladder(arms, otherwise, otherwise_steps)?,
            StatementKind::Loop {
                condition,
                body,
                update,
                iteration_steps,
            } => {
                self.repeat(Loop {
                    condition,
                    body,
                    update,
                    steps: iteration_steps,
                })?;
            }
            StatementKind::Breakable(inner) => {
                let end = self.emit.label();
                self.loops.push(LoopLabels { next: end, end });
                self.statement(inner)?;
                self.loops.pop();
                self.emit.place(end);
            }
            StatementKind::Break => self.leave(|labels| labels.end),
            StatementKind::Continue => self.leave(|labels| labels.next),
            StatementKind::Return(value) => self.return_value(value)?,
            StatementKind::Throw(value) => {
                let a = self.value(value)?;
                self.emit.push(I::Throw { a });
            }
        }
        self.emit.at(span);
        self.emit.release(mark);
        Ok(())
    }

    fn ladder(&mut self, arms: ArmList, otherwise: Option<StatementId>, steps: u32) -> Result<(), Refused> {
        let tree = self.tree;
        let arms = tree.if_arms(arms);
        let end = self.emit.label();
        for (index, arm) in arms.iter().enumerate() {
            let next = self.emit.label();
            self.emit.charge(arm.condition_steps);
            self.branch(arm.condition, false, next)?;
            self.trace_branch(arm.condition, true);
            self.emit.charge(arm.body_steps);
            self.statement(arm.body)?;
            let more = self.traced || index + 1 < arms.len() || otherwise.is_some() || steps > 0;
            if more {
                self.emit.push(I::Jump { to: Emitter::to(end) });
            }
            self.emit.place(next);
            self.trace_branch(arm.condition, false);
        }
        self.emit.charge(steps);
        if let Some(otherwise) = otherwise {
            self.statement(otherwise)?;
        }
        self.emit.place(end);
        Ok(())
    }

    fn repeat(&mut self, parts: Loop) -> Result<(), Refused> {
        let labels = LoopLabels {
            next: self.emit.label(),
            end: self.emit.label(),
        };
        let counter = self.counter()?;
        let left = self.left(labels.end);
        if let Some(condition) = parts.condition {
            self.branch(condition, false, left)?;
            self.trace_branch(condition, true);
        }
        let (charge, body) = (self.emit.label(), self.emit.label());
        self.emit.place(charge);
        self.emit.charge(parts.steps);
        self.emit.place(body);
        if let Some(a) = counter {
            self.emit.push(I::CountIteration { a });
        }
        self.loops.push(labels);
        self.open_loops += 1;
        self.emit.has_loops = true;
        self.statement(parts.body)?;
        self.loops.pop();
        self.emit.place(labels.next);
        match parts.condition {
            Some(condition) if self.traced => {
                let round = self.trace_round();
                let counts = self.loop_back(parts, round.charge, round.body)?;
                let counter = parts.update.filter(|_| counts);
                self.trace_ends(condition, counter, (round, Round { charge, body }), left);
            }
            _ => drop(self.loop_back(parts, charge, body)?),
        }
        self.open_loops -= 1;
        self.emit.place(labels.end);
        Ok(())
    }

    /// The register that counts iterations, where they are limited.
    fn counter(&mut self) -> Result<Option<Register>, Refused> {
        if !self.counts_iterations {
            return Ok(None);
        }
        let counter = self.emit.allocate(Type::Long)?;
        self.emit.push(I::Load { d: counter, bits: 0 });
        Ok(Some(counter))
    }

    /// The end of an iteration: update, test, charge, jump back; whether all of it is one instruction.
    fn loop_back(&mut self, parts: Loop, charge: Label, body: Label) -> Result<bool, Refused> {
        if self.counted_loop(parts, body)? {
            return Ok(true);
        }
        if let Some(update) = parts.update {
            self.effect(update)?;
        }
        let Some(condition) = parts.condition else {
            self.emit.push(I::LoopAlways {
                steps: parts.steps,
                to: Emitter::to(body),
            });
            return Ok(false);
        };
        if let Some((a, right)) = self.less_than(condition) {
            let mark = self.emit.mark();
            self.loop_less(a, right, parts.steps, body)?;
            self.emit.release(mark);
            return Ok(false);
        }
        self.branch(condition, true, charge)?;
        Ok(false)
    }

    /// `i += step` and `i < limit` as one instruction; false where the loop is not of that form.
    fn counted_loop(&mut self, parts: Loop, body: Label) -> Result<bool, Refused> {
        let (Some(update), Some(condition)) = (parts.update, parts.condition) else {
            return Ok(false);
        };
        let (Some((variable, step)), Some((left, right))) = (self.increment(update), self.less_than(condition)) else {
            return Ok(false);
        };
        let a = self.variables[variable.0 as usize];
        if left != a {
            return Ok(false);
        }
        // The limit is read after the step was added, so only what the step cannot change may be read before it.
        let limit = match self.tree.expr(right).kind {
            Kind::Long(constant) => i32::try_from(constant).map_err(|_| None),
            Kind::Variable(other) if other != variable => Err(Some(self.variables[other.0 as usize])),
            _ => Err(None),
        };
        let to = Emitter::to(body);
        let steps = parts.steps;
        let span = self.emit.at(self.tree.expr(condition).span);
        let instruction: Option<Wide> = match (step, limit) {
            (Step::Constant(by), Ok(constant)) => Some(I::StepLoopLongLessConstant {
                a,
                by,
                constant,
                steps,
                to,
            }),
            (Step::Constant(by), Err(Some(b))) => Some(I::StepLoopLongLess { a, by, b, steps, to }),
            (Step::Variable(step), Err(Some(b))) => Some(I::AddLoopLongLess { a, step, b, steps, to }),
            (Step::Variable(_), Ok(_)) | (_, Err(None)) => None,
        };
        if let Some(instruction) = instruction {
            self.emit.push(instruction);
        }
        self.emit.at(span);
        Ok(instruction.is_some())
    }

    /// Tests `a < right`, and charges and jumps back where it holds.
    fn loop_less(&mut self, a: Register, right: ExprId, steps: u32, body: Label) -> Result<(), Refused> {
        let to = Emitter::to(body);
        if let Kind::Long(constant) = self.tree.expr(right).kind
            && let Ok(constant) = i32::try_from(constant)
        {
            self.emit.push(I::LoopLongLessConstant { a, constant, steps, to });
            return Ok(());
        }
        let b = self.value(right)?;
        self.emit.push(I::LoopLongLess { a, b, steps, to });
        Ok(())
    }

    /// The variable's register and the right side of `variable < right` on LONG, where the right side sets nothing.
    fn less_than(&self, condition: ExprId) -> Option<(Register, ExprId)> {
        let Kind::Compare {
            operator: BinaryOperator::Less,
            left,
            right,
        } = self.tree.expr(condition).kind
        else {
            return None;
        };
        let left = self.tree.expr(left);
        match left.kind {
            Kind::Variable(variable) if left.ty == Type::Long && !self.assigns(right) => {
                Some((self.variables[variable.0 as usize], right))
            }
            _ => None,
        }
    }

    /// The variable and step of `i += step` on LONG, with a small constant or another variable as the step.
    fn increment(&self, update: ExprId) -> Option<(VariableId, Step)> {
        let Kind::Set { variable, value } = self.tree.expr(update).kind else {
            return None;
        };
        let Kind::Arithmetic {
            operator: BinaryOperator::Add,
            left,
            right,
        } = self.tree.expr(value).kind
        else {
            return None;
        };
        let (left, right) = (self.tree.expr(left), self.tree.expr(right));
        if left.kind != Kind::Variable(variable) || left.ty != Type::Long {
            return None;
        }
        match right.kind {
            Kind::Long(by) => i16::try_from(by).ok().map(|by| (variable, Step::Constant(by))),
            Kind::Variable(step) if step != variable => {
                Some((variable, Step::Variable(self.variables[step.0 as usize])))
            }
            _ => None,
        }
    }

    fn leave(&mut self, label: impl FnOnce(LoopLabels) -> Label) {
        // INVARIANT: the checker leaves `break` and `continue` only where something holds them.
        if let Some(&labels) = self.loops.last() {
            self.emit.push(I::Jump {
                to: Emitter::to(label(labels)),
            });
        }
    }

    fn return_value(&mut self, value: ExprId) -> Result<(), Refused> {
        let ty = self.tree.expr(value).ty;
        let a = self.value(value)?;
        self.emit.push(match ty {
            Type::Any => I::ReturnPair { a },
            ty => I::Return { a, ty },
        });
        Ok(())
    }
}

/// What a loop adds to its counter.
#[derive(Clone, Copy, Debug)]
enum Step {
    Constant(i16),
    Variable(Register),
}
