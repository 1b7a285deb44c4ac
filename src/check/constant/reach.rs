//! Which expressions every run reaches: what stands there cannot be guarded by anything in the program.

use crate::check::typed::{ExprId, Kind, StatementId, StatementKind, TypedTree};
use crate::work::{Work, count};

/// For each expression, whether every run reaches it, unless it fails before.
pub(in crate::check) fn surely_reached(tree: &TypedTree) -> Vec<bool> {
    let mut reached = Reached {
        tree,
        exprs: vec![false; tree.exprs.len()],
        goes_on: true,
    };
    for &statement in tree.statement_list(tree.root) {
        reached.statement(statement);
    }
    reached.exprs
}

struct Reached<'t> {
    tree: &'t TypedTree,
    exprs: Vec<bool>,
    /// Whether every run comes this far.
    goes_on: bool,
}

impl Reached<'_> {
    fn statement(&mut self, id: StatementId) {
        if !self.goes_on {
            return;
        }
        let tree = self.tree;
        match tree.statement(id).kind {
            StatementKind::Expression(value) => self.expr(value),
            StatementKind::Block(list) => {
                for &statement in tree.statement_list(list) {
                    self.statement(statement);
                }
            }
            StatementKind::If { arms, otherwise, .. } => {
                let arms = tree.if_arms(arms);
                if let Some(first) = arms.first() {
                    self.expr(first.condition);
                }
                let bodies = arms.iter().map(|arm| arm.body).chain(otherwise);
                self.goes_on = !bodies.into_iter().any(|body| may_leave(tree, body));
            }
            StatementKind::Loop { condition, body, .. } => {
                if let Some(condition) = condition {
                    self.expr(condition);
                }
                // One without a condition ends by a `break` or not at all.
                self.goes_on = condition.is_some() && !may_leave(tree, body);
            }
            StatementKind::Breakable(inner) => {
                self.statement(inner);
                self.goes_on = !may_leave(tree, inner);
            }
            StatementKind::Break | StatementKind::Continue => self.goes_on = false,
            StatementKind::Return(value) | StatementKind::Throw(value) => {
                self.expr(value);
                self.goes_on = false;
            }
        }
    }

    /// Marks an expression and what is evaluated with it: of `&&`, `||` and `?:` only what comes first.
    fn expr(&mut self, id: ExprId) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            count(Work::Checked, 1);
            if let Some(flag) = self.exprs.get_mut(id.0 as usize) {
                *flag = true;
            }
            match self.tree.expr(id).kind {
                Kind::Logical { first, .. } => open.push(first),
                Kind::Conditional { arms, .. } => {
                    let first = self.tree.conditional_arms(arms).first();
                    open.extend(first.map(|arm| arm.condition));
                }
                kind => kind.for_each_child(self.tree, |part| open.push(part)),
            }
        }
    }
}

/// Whether a statement holds one that may leave what is around it.
fn may_leave(tree: &TypedTree, id: StatementId) -> bool {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        count(Work::Checked, 1);
        match tree.statement(id).kind {
            StatementKind::Expression(_) => {}
            StatementKind::Block(list) => open.extend(tree.statement_list(list)),
            StatementKind::If { arms, otherwise, .. } => {
                open.extend(tree.if_arms(arms).iter().map(|arm| arm.body));
                open.extend(otherwise);
            }
            StatementKind::Loop { body, .. } | StatementKind::Breakable(body) => open.push(body),
            StatementKind::Break | StatementKind::Continue | StatementKind::Return(_) | StatementKind::Throw(_) => {
                return true;
            }
        }
    }
    false
}
