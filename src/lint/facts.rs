//! What the typed tree says of variables and of where things stand, gathered once for all lints.

use crate::check::typed::{ExprId, Kind, StatementKind, TypedTree, VariableId};
use crate::work::{Work, items};

/// What is known of a variable.
#[derive(Clone, Debug, Default)]
pub(super) struct VariableFacts {
    /// The expressions that set it, in the order of the arena.
    pub(super) sets: Vec<ExprId>,
    /// How often it is read, but for reads that only make its own next value.
    pub(super) reads: usize,
}

impl VariableFacts {
    /// The expressions in a range of the arena that set it.
    pub(super) fn sets_within(&self, first: u32, end: u32) -> &[ExprId] {
        let place = |bound| self.sets.partition_point(|set| set.number() < bound);
        self.sets.get(place(first)..place(end)).unwrap_or_default()
    }

    /// Whether it is set by an expression in a range of the arena.
    pub(super) fn is_set_within(&self, first: u32, end: u32) -> bool {
        !self.sets_within(first, end).is_empty()
    }
}

/// What is known of a program's nodes.
#[derive(Debug)]
pub(super) struct Facts {
    variables: Vec<VariableFacts>,
    /// For each expression, the first node in the arena that belongs to it.
    starts: Vec<u32>,
}

impl Facts {
    pub(super) fn of(tree: &TypedTree) -> Self {
        let mut facts = Self {
            variables: vec![VariableFacts::default(); tree.variables.len()],
            starts: Vec::with_capacity(tree.exprs.len()),
        };
        for ((id, _), expr) in tree.exprs.entries().zip(items(Work::Linted, &tree.exprs)) {
            let mut start = id.number();
            expr.kind
                .for_each_child(tree, |part| start = start.min(facts.start(part)));
            facts.starts.push(start);
            facts.note(id, expr.kind);
        }
        facts.take_back_own_updates(tree);
        facts
    }

    fn note(&mut self, id: ExprId, kind: Kind) {
        match kind {
            Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => {
                if let Some(facts) = self.variables.get_mut(variable.index()) {
                    facts.reads += 1;
                }
            }
            Kind::Set { variable, .. } | Kind::Reassign { variable, .. } => {
                if let Some(facts) = self.variables.get_mut(variable.index()) {
                    facts.sets.push(id);
                    // What an assignment gives may be used; one whose value is dropped takes this back.
                    facts.reads += 1;
                }
            }
            _ => {}
        }
    }

    /// An assignment whose value is dropped reads its variable no more than `x += 1` does.
    fn take_back_own_updates(&mut self, tree: &TypedTree) {
        for statement in &tree.statements {
            match statement.kind {
                StatementKind::Expression(value)
                | StatementKind::Loop {
                    update: Some(value), ..
                } => self.take_back(tree, value),
                _ => {}
            }
        }
    }

    fn take_back(&mut self, tree: &TypedTree, dropped: ExprId) {
        let (Kind::Set { variable, value } | Kind::Reassign { variable, value }) = tree.expr(dropped).kind else {
            return;
        };
        let mut own = 1;
        tree.expr(value).kind.for_each_child(tree, |part| {
            own += usize::from(tree.expr(part).kind.read_variable() == Some(variable));
        });
        if let Some(facts) = self.variables.get_mut(variable.index()) {
            facts.reads = facts.reads.saturating_sub(own);
        }
    }

    /// The first node that belongs to an expression.
    pub(super) fn start(&self, id: ExprId) -> u32 {
        self.starts.get(id.index()).copied().unwrap_or(id.number())
    }

    pub(super) fn variable(&self, id: VariableId) -> Option<&VariableFacts> {
        self.variables.get(id.index())
    }

    /// The value that a variable has wherever it is read: set in one place, and no parameter.
    pub(super) fn only_value(&self, tree: &TypedTree, id: VariableId) -> Option<ExprId> {
        let [only] = self.variable(id)?.sets.as_slice() else {
            return None;
        };
        match tree.expr(*only).kind {
            Kind::Set { value, .. } if tree.variable(id).parameter.is_none() => Some(value),
            _ => None,
        }
    }
}
