//! What lowering has to know of expressions before it comes to them.

use crate::check::typed::{ExprId, Kind, TypedTree};

/// What is known of an expression from what is inside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Whether evaluating it sets a variable.
    pub(super) assigns: bool,
    /// Whether evaluating it asks an array for its length.
    pub(super) asks_length: bool,
    /// How many expressions it has on its left edge below it.
    pub(super) left_depth: u32,
}

/// Which expressions set a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sets {
    Never,
    Once(ExprId),
    Often,
}

/// The shape of each expression, and what sets each variable. Children come before their parents, so one pass is enough.
pub(super) fn of_all(tree: &TypedTree, shapes: &mut Vec<Shape>, sets: &mut Vec<Sets>) {
    shapes.reserve(tree.exprs.len());
    sets.resize(tree.variables.len(), Sets::Never);
    for (id, expr) in tree.exprs.entries() {
        if let Kind::Set { variable, .. } | Kind::Reassign { variable, .. } = expr.kind
            && let Some(sets) = sets.get_mut(variable.index())
        {
            *sets = match *sets {
                Sets::Never => Sets::Once(id),
                Sets::Once(_) | Sets::Often => Sets::Often,
            };
        }
        let mut assigns = matches!(expr.kind, Kind::Set { .. } | Kind::Reassign { .. });
        let mut asks_length = matches!(expr.kind, Kind::Length(_));
        expr.kind.for_each_child(tree, |child: ExprId| {
            // INVARIANT: the checker makes an expression after its children; one out of order counts as doing all of it.
            let shape = shapes.get(child.index());
            assigns |= shape.is_none_or(|shape| shape.assigns);
            asks_length |= shape.is_none_or(|shape| shape.asks_length);
        });
        let below = left(expr.kind, tree).and_then(|child| shapes.get(child.index()));
        let left_depth = below.map_or(0, |below| below.left_depth + 1);
        shapes.push(Shape {
            assigns,
            asks_length,
            left_depth,
        });
    }
}

/// The operand that an expression evaluates first, into a register, whatever else it does; chains hang on it.
pub(super) fn left(kind: Kind, tree: &TypedTree) -> Option<ExprId> {
    match kind {
        Kind::ToDouble(value)
        | Kind::Check { value, .. }
        | Kind::Not(value)
        | Kind::Negate(value)
        | Kind::Plus(value)
        | Kind::Length(value)
        | Kind::DynamicLength(value)
        | Kind::Arithmetic { left: value, .. }
        | Kind::Compare { left: value, .. }
        | Kind::Dynamic { left: value, .. }
        | Kind::Element { array: value, .. }
        | Kind::DynamicElement { value, .. }
        | Kind::Set { value, .. } => Some(value),
        // What a loop walks is set first.
        Kind::Each(each) => tree.expr_list(tree.each(each).start).first().copied(),
        Kind::Concat(list) | Kind::Call { arguments: list, .. } | Kind::DynamicCall { arguments: list, .. } => {
            tree.expr_list(list).first().copied()
        }
        _ => None,
    }
}
