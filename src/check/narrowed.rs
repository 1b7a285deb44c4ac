//! What a condition says of null: behind `x != null` what is read as `x` is none, and behind `m.containsKey('x')` there is one.

use std::sync::Arc;

use super::checker::Checker;
use super::known_shapes::Read;
use super::typed::VariableId;
use crate::operator::{Binary, Comparison, Logical, Operation, Unary};
use crate::shape::{Key, Part, Shape, Shapes};
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

    /// A lambda's name stands for something else in its body.
    pub(super) fn shadow(&mut self, name: Symbol) -> u32 {
        let following = self.following.as_deref_mut();
        following.map_or(0, |following| following.narrowed.shadow(name))
    }

    pub(super) fn restore(&mut self, name: Symbol, before: u32) {
        if let Some(following) = self.following.as_deref_mut() {
            following.narrowed.restore(name, before);
        }
    }

    /// A name is set to something else.
    pub(super) fn widen(&mut self, name: Symbol) {
        if let Some(following) = self.following.as_deref_mut() {
            following.narrowed.set(name);
        }
    }

    /// A map that a name stands for is changed: what is under its keys may be null.
    pub(super) fn widen_changed(&mut self, base: ExprKind, step: &Step) {
        if let (ExprKind::Name(of), StepKind::Call { name, .. }) = (base, step.kind)
            && matches!(self.tree.name(name), "put" | "putAll" | "remove")
        {
            self.widen(of);
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
        match step.kind {
            StepKind::Field { name, .. } => Some(narrowed.step(read, 0, self.tree.name(name))),
            StepKind::Index(index) => self.read_at(read, index),
            StepKind::Call { name, arguments, .. } => match (self.tree.name(name), self.tree.expr_list(arguments)) {
                ("get", [key]) => self.read_at(read, *key),
                (name @ ("first" | "last" | "min" | "max"), []) => Some(narrowed.step(read, 2, name)),
                _ => None,
            },
        }
    }

    /// What is read at an index or key: a constant, or what a name stands for until it is set again.
    fn read_at(&self, read: Read, index: ExprId) -> Option<Read> {
        let narrowed = &self.following.as_deref()?.narrowed;
        match self.tree.expr(index).kind {
            ExprKind::Literal(Literal::Text(text)) => Some(narrowed.step(read, 0, self.tree.text(text))),
            ExprKind::Literal(Literal::Long { value, .. }) => Some(narrowed.step(read, 1, value)),
            ExprKind::Name(name) => Some(narrowed.step(read, 4, narrowed.name(name))),
            _ => None,
        }
    }

    /// What is read by an expression, and what `?.` on the way there asks for.
    fn read_by(&self, id: ExprId) -> Option<(Read, Vec<Read>)> {
        match self.tree.expr(id).kind {
            ExprKind::Name(name) => Some((self.read_by_name(name)?, Vec::new())),
            ExprKind::Postfix { base, steps } => {
                let ExprKind::Name(name) = self.tree.expr(base).kind else {
                    return None;
                };
                self.read_by_steps(name, self.tree.steps(steps))
            }
            _ => None,
        }
    }

    fn read_by_steps(&self, name: Symbol, steps: &[Step]) -> Option<(Read, Vec<Read>)> {
        let (mut read, mut asked) = (self.read_by_name(name)?, Vec::new());
        for step in steps {
            asked.extend(step.maybe.then_some(read));
            read = self.read_by_step(Some(read), step)?;
        }
        Some((read, asked))
    }

    /// The shape of the elements for which a test holds that was made of a variable: those that it asked for are not null.
    pub(super) fn kept_element(&mut self, name: Symbol, variable: VariableId, test: ExprId) -> Option<Shape> {
        const MOST: usize = 64;
        let mark = self.narrowed();
        self.narrow(test, true);
        let following = self.following.as_deref_mut()?;
        let shape = following.variables.get(&variable)?.shape;
        let (keeps_maps, narrowed, table) = (following.keeps_maps(), &following.narrowed, &mut following.table);
        let read = narrowed.name(name);
        let kept = |read: Read, shape: Shape, table: &Shapes| match narrowed.is_known(read) {
            true => table.without_null(shape).0,
            false => shape,
        };
        let mut shape = kept(read, shape, table);
        if let Part::Map { keys, rest } = table.part(shape).clone()
            && keeps_maps
            && keys.len() <= MOST
        {
            let keys = keys.iter().map(|key| Key {
                name: Arc::clone(&key.name),
                shape: kept(narrowed.step(read, 0, &*key.name), key.shape, table),
            });
            let keys = keys.collect();
            shape = table.map(keys, rest);
        }
        self.forget_narrowed(mark);
        Some(shape)
    }

    /// Whether there is what is read, though it may be null.
    pub(super) fn is_present(&self, read: Option<Read>) -> bool {
        let Some((following, read)) = self.following.as_deref().zip(read) else {
            return false;
        };
        following.narrowed.is_known(following.narrowed.presence(read))
    }

    /// What is known where all ways go on that are still open, of which each may know more; at most so much of it is kept.
    pub(super) fn known_on_all(&self, known: Option<Vec<Read>>, mark: usize) -> Option<Vec<Read>> {
        const MOST: usize = 64;
        let narrowed = &self.following.as_deref()?.narrowed;
        Some(match known {
            None => narrowed.since(mark).iter().copied().take(MOST).collect(),
            Some(mut known) => {
                known.retain(|read| narrowed.is_known(*read));
                known
            }
        })
    }

    pub(super) fn learn_all(&mut self, known: Option<Vec<Read>>) {
        if let Some(following) = self.following.as_deref_mut() {
            for read in known.into_iter().flatten() {
                following.narrowed.learn(read);
            }
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
                        [link] if link.operator == Binary::In && holds => {
                            learned.extend(self.present_in(first, link.operand));
                        }
                        [link] => {
                            let not_null = self.not_null_by(first, link.operator, link.operand, holds);
                            learned.extend(
                                not_null
                                    .into_iter()
                                    .flat_map(|(read, asked)| asked.into_iter().chain([read])),
                            );
                        }
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

    /// What a comparison says is not null: what is not equal to null, or is equal to another constant.
    fn not_null_by(&self, left: ExprId, operator: Binary, right: ExprId, holds: bool) -> Option<(Read, Vec<Read>)> {
        let is_equal = match operator {
            Binary::Operation(Operation::Comparison(Comparison::Equal)) => holds,
            Binary::Operation(Operation::Comparison(Comparison::NotEqual)) => !holds,
            Binary::Operation(_) | Binary::Logical(_) | Binary::In => return None,
        };
        let decides = |id: ExprId| match self.tree.expr(id).kind {
            ExprKind::Literal(Literal::Null) => !is_equal,
            ExprKind::Literal(_) => is_equal,
            _ => false,
        };
        match (decides(left), decides(right)) {
            (false, true) => self.read_by(left),
            (true, false) => self.read_by(right),
            _ => None,
        }
    }

    /// What `'key' in m` says is there.
    fn present_in(&self, key: ExprId, map: ExprId) -> Option<Read> {
        let (map, _) = self.read_by(map)?;
        let read = self.read_at(map, key)?;
        Some(self.following.as_deref()?.narrowed.presence(read))
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
        if self.tree.name(method) != "containsKey" {
            return None;
        }
        let (map, _) = self.read_by_steps(name, before)?;
        let read = self.read_at(map, key)?;
        Some(self.following.as_deref()?.narrowed.presence(read))
    }
}
