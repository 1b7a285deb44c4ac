//! What each construct costs in steps: the language's cost table. Library functions state their own.

use super::typed::{CandidateList, ExprId, ExprList, Kind, Steps, TypedTree};
use crate::library;
use crate::library::declaration::Accepts;
use crate::types::Type;

/// Loading a parameter at the start.
pub(super) const LOAD_PARAMETER: Steps = 2;
/// Reaching a loop, beside the first test of its condition: also where no iteration follows.
pub(super) const LOOP: Steps = 1;
/// Each iteration of a loop, beside its body, update and condition.
pub(super) const ITERATION: Steps = 1;
/// Each decision of `if`, `? :`, `&&` and `||`.
pub(super) const DECISION: Steps = 1;
/// `return` and `throw`.
pub(super) const LEAVE: Steps = 1;

/// The steps of a node itself, without what is inside it.
pub(super) fn of(kind: Kind, tree: &TypedTree) -> Steps {
    match kind {
        Kind::Null
        | Kind::Boolean(_)
        | Kind::Long(_)
        | Kind::Double(_)
        | Kind::Text(_)
        | Kind::Variable(_)
        | Kind::Hole
        | Kind::Logical { .. }
        | Kind::Conditional { .. }
        // What it does is charged as that of a loop.
        | Kind::Each(_) => 0,
        Kind::MaybeUnset { .. }
        | Kind::ToDouble(_)
        | Kind::Check { .. }
        | Kind::Not(_)
        | Kind::Negate(_)
        | Kind::Plus(_)
        | Kind::Arithmetic { .. }
        | Kind::Compare { .. }
        | Kind::Element { .. }
        | Kind::Length(_)
        | Kind::DynamicLength(_)
        | Kind::Set { .. }
        | Kind::Reassign { .. }
        | Kind::SetElement { .. } => 1,
        Kind::Dynamic { .. }
        | Kind::DynamicElement { .. }
        | Kind::DynamicSetElement { .. }
        | Kind::UpdateElement { .. }
        | Kind::DynamicUpdateElement { .. } => 2,
        Kind::Parameter(_) => 4,
        Kind::ParameterNamed(_) | Kind::HasParameter(_) => 8,
        Kind::Concat(parts) => 1 + 4 * parts.len(),
        Kind::NewArray(_) => 6,
        Kind::ArrayLiteral(items) => 4 + items.len(),
        Kind::Call { function, .. } => library::function(function).map_or(1, |function| function.cost.steps),
        Kind::DynamicCall {
            candidates,
            arguments,
            in_turn,
            ..
        } => {
            let functions = tree.candidates(candidates).iter();
            let functions = functions.filter_map(|&id| library::function(id));
            // The others of a call that SEL has too charge for themselves.
            let counted = library::of_the_first(functions);
            let steps = counted.map(|function| function.cost.steps).max().unwrap_or(0);
            steps
                + if in_turn {
                    checks(candidates, arguments, tree)
                } else {
                    8
                }
        }
        // A host function's cost is charged where its signature is known.
        Kind::HostCall { .. } => 8,
    }
}

/// The steps of checking the arguments of a call in turn: those of a call of the first function.
fn checks(candidates: CandidateList, arguments: ExprList, tree: &TypedTree) -> Steps {
    let first = tree.candidates(candidates).first();
    let Some(first) = first.and_then(|&id| library::function(id)) else {
        return 0;
    };
    let is_checked = |(index, argument): (usize, &ExprId)| {
        tree.expr(*argument).ty == Type::Any && matches!(first.accepts_at(index), Accepts::Exactly(_))
    };
    let arguments = tree.expr_list(arguments).iter().enumerate();
    arguments.filter(|&argument| is_checked(argument)).count() as Steps
}
