//! What the arrays and maps hold that one variable alone stands for: what the program puts into them.

use super::typed::{ExprId, Kind, TypedTree, VariableId};
use crate::library;
use crate::library::declaration::Receiver;
use crate::library::syntax::Syntax;
use crate::types::Type;
use crate::work::{Work, items};

/// What is put into the array or map of a variable.
#[derive(Clone, Debug, Default)]
struct Contents {
    /// Each value, behind its index or key.
    put: Vec<(ExprId, ExprId)>,
    /// Whether it may go by another name, by which anything may be put into it.
    escapes: bool,
}

/// What is put into the arrays and maps of a program, for each variable.
#[derive(Debug)]
pub(crate) struct AllContents(Vec<Contents>);

impl AllContents {
    /// One walk along the arena.
    pub(crate) fn of(tree: &TypedTree) -> Self {
        let mut all = Self(vec![Contents::default(); tree.variables.len()]);
        for expr in items(Work::Checked, &tree.exprs) {
            if let Some((holder, key, value)) = put(tree, expr.kind)
                && let Some(contents) = tree
                    .checked(holder)
                    .read_variable()
                    .and_then(|variable| all.get_mut(variable))
            {
                contents.put.push((key, value));
            }
            let mut place = 0;
            expr.kind.for_each_child(tree, |part| {
                let named = match tree.checked(part) {
                    Kind::Set { variable, .. } | Kind::Reassign { variable, .. } => Some(variable),
                    part => part.read_variable().filter(|_| !only_looks(expr.kind, place)),
                };
                if let Some(contents) = named.and_then(|variable| all.get_mut(variable)) {
                    contents.escapes = true;
                }
                place += 1;
            });
        }
        all
    }

    fn get_mut(&mut self, variable: VariableId) -> Option<&mut Contents> {
        self.0.get_mut(variable.index())
    }

    /// What is put into the array or map of a variable, each behind its index or key; `None` if that is not all.
    pub(crate) fn put_into(&self, variable: VariableId) -> Option<&[(ExprId, ExprId)]> {
        let contents = self.0.get(variable.index()).filter(|contents| !contents.escapes)?;
        Some(&contents.put)
    }
}

/// The array or map that an expression puts something into, the index or key, and the value.
fn put(tree: &TypedTree, kind: Kind) -> Option<(ExprId, ExprId, ExprId)> {
    match kind {
        Kind::SetElement { array, index, value }
        | Kind::DynamicSetElement { array, index, value }
        | Kind::UpdateElement { array, index, value }
        | Kind::DynamicUpdateElement { array, index, value } => Some((array, index, value)),
        Kind::Call { function, arguments } if library::function(function)?.name == "put" => {
            match *tree.expr_list(arguments) {
                [map, key, value] => Some((map, key, value)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether an expression only looks into an array or map that is its operand at a place: it neither keeps it nor gives it on. A
/// check gives on what it has checked, which is looked at with the expression that takes it.
fn only_looks(kind: Kind, place: usize) -> bool {
    match kind {
        Kind::Element { .. }
        | Kind::DynamicElement { .. }
        | Kind::SetElement { .. }
        | Kind::DynamicSetElement { .. }
        | Kind::UpdateElement { .. }
        | Kind::DynamicUpdateElement { .. } => place == 0,
        Kind::Check { .. }
        | Kind::Length(_)
        | Kind::DynamicLength(_)
        | Kind::Concat(_)
        | Kind::Compare { .. }
        | Kind::Dynamic { .. } => true,
        Kind::Call { function, .. } => library::function(function).is_some_and(|function| {
            let keeps = matches!((function.name, place), ("put" | "getOrDefault", 2) | ("asList", _));
            // A list or map that is written out holds what it is made of.
            let holds = function.receiver == Receiver::Inside
                && !function.result.is_number()
                && function.result != Type::Boolean;
            let reads = [Syntax::Entry, Syntax::MaybeEntry]
                .map(Syntax::name)
                .contains(&function.name);
            !keeps && (!holds || reads)
        }),
        _ => false,
    }
}
