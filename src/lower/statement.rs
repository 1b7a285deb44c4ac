//! Statements and loops. A loop tests before its first iteration, and then at its end, where the step of the counter, the test, the
//! charge of the next iteration and the jump back become one instruction in the common case.

use super::emit::Label;
use super::lowering::{LoopLabels, Lowering};
use super::refusal::Refused;
use super::shape::Sets;
use super::wide::Register;
use crate::check::typed::{Each, ExprId, IfList, Kind, StatementId, StatementKind, VariableId};
use crate::machine::instruction::Instruction as I;
use crate::types::Type;
use crate::work::{Work, count};

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
        if !matches!(statement.kind, StatementKind::Block(_) | StatementKind::Breakable(_)) {
            self.trace_statement();
        }
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

    fn ladder(&mut self, arms: IfList, otherwise: Option<StatementId>, steps: u32) -> Result<(), Refused> {
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
                self.emit.jump(end);
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
        let (next, end, body) = (self.emit.label(), self.emit.label(), self.emit.label());
        let lengths = self.lengths.len();
        let counter = self.counter()?;
        let left = self.left(end);
        if let Some(condition) = parts.condition {
            self.keep_lengths(condition)?;
            self.branch(condition, false, left)?;
            self.trace_branch(condition, true);
        }
        self.emit.place(body);
        self.emit.charge(parts.steps);
        if let Some((a, limit)) = counter {
            self.emit.push(I::CountIteration { a, limit });
        }
        self.loops.push(LoopLabels { next, end });
        self.open_loops += 1;
        self.emit.has_loops = true;
        self.statement(parts.body)?;
        self.loops.pop();
        self.emit.place(next);
        if let Some(update) = parts.update {
            self.effect(update)?;
        }
        match parts.condition {
            Some(condition) if self.traced => {
                let round = self.emit.label();
                self.branch(condition, true, round)?;
                self.trace_ends(condition, (round, body), left);
            }
            Some(condition) => self.branch(condition, true, body)?,
            None => self.emit.jump(body),
        }
        self.open_loops -= 1;
        self.lengths.truncate(lengths);
        self.emit.place(end);
        Ok(())
    }

    /// A loop that gives a value, in `d`.
    pub(super) fn each(&mut self, each: Each, d: Register) -> Result<(), Refused> {
        let tree = self.tree;
        let (end, body) = (self.emit.label(), self.emit.label());
        for &start in tree.expr_list(each.start) {
            self.effect(start)?;
        }
        self.branch(each.condition, false, end)?;
        self.emit.place(body);
        self.emit.charge(each.turn_steps);
        self.open_loops += 1;
        self.emit.has_loops = true;
        for &part in tree.expr_list(each.turn) {
            self.effect(part)?;
        }
        self.branch(each.condition, true, body)?;
        self.open_loops -= 1;
        self.emit.place(end);
        self.value_into(each.value, d)
    }

    /// The register that counts iterations and their limit, where they are limited. Where they are not it is kept free: what a program
    /// charges for its registers does not depend on its limits.
    fn counter(&mut self) -> Result<Option<(Register, u64)>, Refused> {
        let counter = self.emit.allocate(Type::Long)?;
        let Some(limit) = self.loop_iterations else {
            return Ok(None);
        };
        self.emit.push(I::Load { d: counter, bits: 0 });
        Ok(Some((counter, limit)))
    }

    /// Puts the lengths that a loop's condition reads into registers, where they are the same in all iterations: an array keeps its
    /// length, so a variable that is set in one place at most, and before the loop, need only be asked once.
    fn keep_lengths(&mut self, condition: ExprId) -> Result<(), Refused> {
        if !self.asks_length(condition) {
            return Ok(());
        }
        let tree = self.tree;
        let (mut open, mut lengths) = (vec![condition], Vec::new());
        let mut first = condition;
        while let Some(id) = open.pop() {
            count(Work::Lowered, 1);
            let kind = tree.expr(id).kind;
            first = first.min(id);
            lengths.extend(self.length_variable(kind).map(|variable| (variable, id)));
            kind.for_each_child(tree, |child| open.push(child));
        }
        for (variable, id) in lengths {
            if self.is_set_before(variable, first) && self.length_of(tree.expr(id).kind).is_none() {
                let d = self.emit.allocate(Type::Long)?;
                self.value_into(id, d)?;
                self.lengths.push((variable, d));
            }
        }
        Ok(())
    }

    /// The variable whose length an expression is.
    fn length_variable(&self, kind: Kind) -> Option<VariableId> {
        let Kind::Length(array) = kind else { return None };
        match self.tree.expr(array).kind {
            Kind::Variable(variable) => Some(variable),
            _ => None,
        }
    }

    /// Whether a variable has the one array that it ever has before an expression is evaluated that reads it. Expressions are in the
    /// order of the source.
    fn is_set_before(&self, variable: VariableId, expr: ExprId) -> bool {
        let is_given = self.tree.variable(variable).parameter.is_some();
        match self.sets.get(variable.index()) {
            Some(Sets::Never) => is_given,
            Some(Sets::Once(set)) => !is_given && *set < expr,
            Some(Sets::Often) | None => false,
        }
    }

    /// The register that holds the length that an expression is, in a loop whose condition reads it.
    pub(super) fn length_of(&self, kind: Kind) -> Option<Register> {
        let variable = self.length_variable(kind)?;
        let mut lengths = self.lengths.iter();
        lengths
            .find(|(known, _)| *known == variable)
            .map(|(_, register)| *register)
    }

    fn leave(&mut self, label: impl FnOnce(LoopLabels) -> Label) {
        // INVARIANT: the checker leaves `break` and `continue` only where something holds them.
        if let Some(&labels) = self.loops.last() {
            self.emit.jump(label(labels));
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
