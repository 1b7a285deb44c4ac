//! Statements: what they cost, and what they leave in the variables.

use super::loops::Body;
use super::spent::Spent;
use super::walk::{Unbounded, Walk, either};
use crate::check::typed::{IfList, StatementId, StatementKind, Steps};
use crate::machine::input::Input;
use crate::types::Type;
use crate::value::{CONVERTED_BYTES, CONVERTED_STEPS};

/// More parameters than this are charged for each.
const FREE_PARAMETERS: u64 = 128;

impl Walk<'_> {
    /// Walks the program, from its inputs on.
    pub(super) fn program(&mut self) -> Result<(), Unbounded> {
        self.start();
        self.charge(Spent::steps(u64::from(self.tree.steps)));
        for &statement in self.tree.statement_list(self.tree.root) {
            self.statement(statement)?;
        }
        Ok(())
    }

    /// Binding the inputs and loading the parameters, before the first statement.
    fn start(&mut self) {
        let tree = self.tree;
        let parameters = tree.parameters.len() as u64;
        if parameters > FREE_PARAMETERS {
            let each = Spent {
                steps: 8,
                bytes: size_of::<Input<'_>>() as u64,
            };
            self.charge(each.times(parameters));
        }
        for parameter in &tree.parameters {
            let size = self.facts.sizes.get(&parameter.name);
            let always = matches!(parameter.ty, Type::List | Type::DoubleArray);
            let converts = parameter.ty.element().is_some() && (always || size.is_list());
            if converts {
                let texts = size.text_bytes();
                self.charge(Spent {
                    steps: size.length.saturating_mul(CONVERTED_STEPS).saturating_add(texts / 16),
                    bytes: size.length.saturating_mul(CONVERTED_BYTES).saturating_add(texts),
                });
            }
        }
        for (index, variable) in tree.variables.iter().enumerate() {
            let Some(parameter) = variable.parameter else { continue };
            let shape = self.parameter(parameter);
            if let Some(place) = self.variables.as_mut().and_then(|variables| variables.get_mut(index)) {
                *place = shape;
            }
        }
    }

    pub(super) fn statement(&mut self, id: StatementId) -> Result<(), Unbounded> {
        let statement = self.tree.statement(id);
        if self.variables.is_none() {
            return Ok(());
        }
        self.look(statement.span)?;
        match statement.kind {
            StatementKind::Expression(value) => {
                self.value(value)?;
            }
            StatementKind::Block(list) => {
                for &inner in self.tree.statement_list(list) {
                    self.statement(inner)?;
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
            } => self.repeat(
                statement.span,
                condition,
                Body::Statement(body),
                update,
                iteration_steps,
            )?,
            StatementKind::Breakable(inner) => {
                self.breaks.push(None);
                self.statement(inner)?;
                let left = self.breaks.pop().flatten();
                self.variables = either(self.variables.take(), left);
            }
            StatementKind::Break => {
                let left = self.variables.take();
                if let Some(place) = self.breaks.last_mut() {
                    *place = either(place.take(), left);
                }
            }
            StatementKind::Continue => {
                let left = self.variables.take();
                if let Some(place) = self.continues.last_mut() {
                    *place = either(place.take(), left);
                }
            }
            StatementKind::Return(value) => {
                let shape = self.value(value)?;
                let copy = self.exported(self.tree.expr(value).ty, shape);
                self.leave(copy);
            }
            StatementKind::Throw(value) => {
                let shape = self.value(value)?;
                let bytes = self.size_of(shape);
                self.leave(Spent {
                    steps: bytes / 16,
                    bytes,
                });
            }
        }
        Ok(())
    }

    /// Ends the program, which happens once.
    fn leave(&mut self, copy: Spent) {
        self.variables = None;
        if !self.probing {
            self.exit = self.exit.or(copy);
        }
    }

    fn ladder(&mut self, arms: IfList, otherwise: Option<StatementId>, steps: Steps) -> Result<(), Unbounded> {
        let mut after = None;
        let mut most = Spent::default();
        for arm in self.tree.if_arms(arms) {
            self.charge(Spent::steps(u64::from(arm.condition_steps)));
            self.value(arm.condition)?;
            self.copy(self.tree.expr(arm.condition).span)?;
            let (before, spent) = (self.variables.clone(), self.spent);
            self.charge(Spent::steps(u64::from(arm.body_steps)));
            self.statement(arm.body)?;
            most = most.or(self.spent);
            after = either(after, self.variables.take());
            (self.variables, self.spent) = (before, spent);
        }
        self.charge(Spent::steps(u64::from(steps)));
        if let Some(otherwise) = otherwise {
            self.statement(otherwise)?;
        }
        self.spent = self.spent.or(most);
        self.variables = either(after, self.variables.take());
        Ok(())
    }
}
