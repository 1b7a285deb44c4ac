//! Which variables a part of a program sets.

use std::collections::BTreeSet;

use super::walk::{Unbounded, Walk};
use crate::check::typed::{ExprId, Kind, Part, StatementId};
use crate::source::Span;

impl Walk<'_> {
    /// The variables that expressions and statements set, by index.
    pub(super) fn assigned_in(
        &mut self,
        exprs: impl IntoIterator<Item = ExprId>,
        statement: Option<StatementId>,
    ) -> Result<BTreeSet<usize>, Unbounded> {
        let tree = self.tree;
        let mut found = BTreeSet::new();
        let mut exprs: Vec<ExprId> = exprs.into_iter().collect();
        let mut statements: Vec<StatementId> = statement.into_iter().collect();
        loop {
            if let Some(id) = exprs.pop() {
                let expr = tree.expr(id);
                self.look(expr.span)?;
                if let Kind::Set { variable, .. } | Kind::Reassign { variable, .. } = expr.kind {
                    found.insert(variable.index());
                }
                expr.kind.for_each_child(tree, |child| exprs.push(child));
            } else if let Some(id) = statements.pop() {
                self.look(Span::default())?;
                tree.statement(id).kind.for_each_part(tree, |part| match part {
                    Part::Expr(id) => exprs.push(id),
                    Part::Statement(id) => statements.push(id),
                });
            } else {
                return Ok(found);
            }
        }
    }
}
