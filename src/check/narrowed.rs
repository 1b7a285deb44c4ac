//! What a condition says of null: behind `x != null` what is read as `x` is none.

use super::checker::Checker;
use super::known_shapes::Read;
use crate::operator::{Binary, Comparison, Logical, Operation, Unary};
use crate::syntax::ast::{ExprId, ExprKind, Literal, Step, StepKind, Symbol};

impl Checker<'_> {
    /// A mark of what is known not to be null.
    pub(super) fn narrowed(&self) -> usize {
        self.following
            .as_deref()
            .map_or(0, |following| following.narrowed.mark())
    }

    pub(super) fn forget_narrowed(&mut self, mark: usize) {
        if let Some(following) = self.following.as_deref_mut() {
            following.narrowed.forget(mark);
        }
    }

    /// A name is set to something else.
    pub(super) fn widen(&mut self, name: Symbol) {
        if let Some(following) = self.following.as_deref_mut() {
            following.narrowed.set(name);
        }
    }

    /// What is read by a name.
    pub(super) fn read_by_name(&self, name: Symbol) -> Option<Read> {
        Some(self.following.as_deref()?.narrowed.name(name))
    }

    /// What is read by one more step.
    pub(super) fn read_by_step(&self, read: Option<Read>, step: &Step) -> Option<Read> {
        let narrowed = &self.following.as_deref()?.narrowed;
        let read = read?;
        let literal = |id: ExprId| match self.tree.expr(id).kind {
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        };
        match step.kind {
            StepKind::Field { name, .. } => Some(narrowed.step(read, 0, self.tree.name(name))),
            StepKind::Index(index) => match literal(index)? {
                Literal::Text(text) => Some(narrowed.step(read, 0, self.tree.text(text))),
                Literal::Long { value, .. } => Some(narrowed.step(read, 1, value)),
                _ => None,
            },
            StepKind::Call { name, arguments, .. } => match (self.tree.name(name), self.tree.expr_list(arguments)) {
                ("get", [key]) => match literal(*key)? {
                    Literal::Text(text) => Some(narrowed.step(read, 0, self.tree.text(text))),
                    _ => None,
                },
                (name @ ("first" | "last" | "min" | "max"), []) => Some(narrowed.step(read, 2, name)),
                _ => None,
            },
        }
    }

    /// What is read by an expression.
    fn read_by(&self, id: ExprId) -> Option<Read> {
        match self.tree.expr(id).kind {
            ExprKind::Name(name) => self.read_by_name(name),
            ExprKind::Postfix { base, steps } => {
                let ExprKind::Name(name) = self.tree.expr(base).kind else {
                    return None;
                };
                let first = self.read_by_name(name);
                let steps = self.tree.steps(steps).iter();
                steps.fold(first, |read, step| self.read_by_step(read, step))
            }
            _ => None,
        }
    }

    /// Learns what holds where a condition does, or does not.
    pub(super) fn narrow(&mut self, condition: ExprId, holds: bool) {
        if !self.follows() {
            return;
        }
        let (mut open, mut learned) = (vec![(condition, holds)], Vec::new());
        while let Some((id, holds)) = open.pop() {
            match self.tree.expr(id).kind {
                ExprKind::Unary {
                    operator: Unary::Not,
                    operand,
                } => open.push((operand, !holds)),
                ExprKind::Chain { first, links } => {
                    let links = self.tree.links(links);
                    match links {
                        [link, ..]
                            if link.operator == Binary::Logical(Logical::And) && holds
                                || link.operator == Binary::Logical(Logical::Or) && !holds =>
                        {
                            open.push((first, holds));
                            open.extend(links.iter().map(|link| (link.operand, holds)));
                        }
                        [link] => learned.extend(self.not_null_by(first, link.operator, link.operand, holds)),
                        _ => {}
                    }
                }
                ExprKind::Postfix { base, steps } if holds => {
                    learned.extend(self.contained(base, self.tree.steps(steps)));
                }
                _ => {}
            }
        }
        if let Some(following) = self.following.as_deref_mut() {
            for read in learned {
                following.narrowed.learn(read);
            }
        }
    }

    /// What a comparison with null says is none.
    fn not_null_by(&self, left: ExprId, operator: Binary, right: ExprId, holds: bool) -> Option<Read> {
        let wanted = match holds {
            true => Comparison::NotEqual,
            false => Comparison::Equal,
        };
        let is_null = |id: ExprId| matches!(self.tree.expr(id).kind, ExprKind::Literal(Literal::Null));
        if operator != Binary::Operation(Operation::Comparison(wanted)) {
            return None;
        }
        match (is_null(left), is_null(right)) {
            (false, true) => self.read_by(left),
            (true, false) => self.read_by(right),
            _ => None,
        }
    }

    /// What `m.containsKey('key')` says is there.
    fn contained(&self, base: ExprId, steps: &[Step]) -> Option<Read> {
        let (last, before) = steps.split_last()?;
        let (
            ExprKind::Name(name),
            StepKind::Call {
                name: method,
                arguments,
                ..
            },
        ) = (self.tree.expr(base).kind, last.kind)
        else {
            return None;
        };
        let [key] = *self.tree.expr_list(arguments) else {
            return None;
        };
        let (ExprKind::Literal(Literal::Text(key)), "containsKey") = (self.tree.expr(key).kind, self.tree.name(method))
        else {
            return None;
        };
        let first = self.read_by_name(name);
        let map = before.iter().fold(first, |read, step| self.read_by_step(read, step));
        let narrowed = &self.following.as_deref()?.narrowed;
        Some(narrowed.step(map?, 0, self.tree.text(key)))
    }
}
