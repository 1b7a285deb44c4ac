//! Which expressions are constant, or may fail for their constant operands alone, and which of them are worth evaluating.

use super::last_set::LastSets;
use super::typed::{Expr, ExprId, Kind, TypedTree};
use crate::effect::Effect;
use crate::library;
use crate::library::declaration::{Function, Receiver};
use crate::machine::operations::CheckKind;
use crate::types::Type;
use crate::work::{Work, items};

/// For each expression, whether its constant operands may make it fail, or it is an operand of one; empty where none is. Parts stand before
/// the whole in the arena, so one walk finds what is constant and one backwards what is needed.
pub(super) fn needed(tree: &TypedTree, sets: &LastSets) -> Vec<bool> {
    if !tree.exprs.iter().any(|&expr| can_fail(tree, sets, expr)) {
        return Vec::new();
    }
    let mut is_constant = Vec::with_capacity(tree.exprs.len());
    let mut may_fail = false;
    for ((id, _), expr) in tree.exprs.entries().zip(items(Work::Checked, &tree.exprs)) {
        let constant = match expr.kind {
            Kind::Variable(_) => sets.value(id).is_some_and(|value| known(&is_constant, value)),
            _ => is_pure(*expr) && operands_are(tree, sets, *expr, &is_constant),
        };
        may_fail |= constant && can_fail(tree, sets, *expr);
        is_constant.push(constant);
    }
    if !may_fail {
        return Vec::new();
    }
    let mut needed = vec![false; tree.exprs.len()];
    for (id, expr) in tree.exprs.entries().rev() {
        let constant = known(&is_constant, id);
        let wanted = known(&needed, id) || can_fail(tree, sets, *expr);
        set(&mut needed, id, wanted && constant);
        if wanted && constant {
            let mut need = |part| set(&mut needed, part, true);
            sets.value(id).into_iter().for_each(&mut need);
            expr.kind.for_each_child(tree, need);
        }
    }
    needed
}

fn set(flags: &mut [bool], id: ExprId, value: bool) {
    if let Some(flag) = flags.get_mut(id.index()) {
        *flag = value;
    }
}

fn known(flags: &[bool], id: ExprId) -> bool {
    flags.get(id.index()).copied().unwrap_or(false)
}

/// Whether the operands are constant that may decide alone that an expression fails.
fn operands_are(tree: &TypedTree, sets: &LastSets, expr: Expr, is_constant: &[bool]) -> bool {
    let known = |id: ExprId| known(is_constant, id);
    match expr.kind {
        Kind::Element { index, .. }
        | Kind::DynamicElement { index, .. }
        | Kind::SetElement { index, .. }
        | Kind::DynamicSetElement { index, .. }
        | Kind::UpdateElement { index, .. }
        | Kind::DynamicUpdateElement { index, .. } => return known(index),
        Kind::Arithmetic { right, .. } if can_fail(tree, sets, expr) => return known(right),
        // What a method is called on, where that is null.
        Kind::DynamicCall { arguments, .. } => {
            let mut arguments = tree.expr_list(arguments).iter();
            return arguments.next().is_some_and(|&receiver| known(receiver));
        }
        Kind::Call { function, arguments } => {
            let arguments = tree.expr_list(arguments);
            return arguments.iter().all(|&argument| known(argument))
                || library::function(function).is_some_and(|function| may_decide(function, arguments, known));
        }
        _ => {}
    }
    let mut all = true;
    expr.kind.for_each_child(tree, |part| all &= known(part));
    all
}

/// Whether some of a call's arguments, which are constant, may decide that it fails.
fn may_decide(function: &Function, arguments: &[ExprId], known: impl Fn(ExprId) -> bool) -> bool {
    let mut places = arguments.iter().enumerate();
    let is_position = |index| {
        function
            .parameter_at(index)
            .is_some_and(|parameter| parameter.position.is_some())
    };
    let mut first = places.clone();
    if first.any(|(index, &argument)| (is_position(index) || is_receiver(function, index)) && known(argument)) {
        return true;
    }
    let stands = |index| function.stand_in_at(index).is_some();
    arguments.iter().any(|&argument| known(argument))
        && places.all(|(index, &argument)| known(argument) || stands(index))
}

/// Whether the argument at a place is what a method is called on, which may be null.
pub(super) fn is_receiver(function: &Function, index: usize) -> bool {
    index == 0 && matches!(function.receiver, Receiver::Instance(_) | Receiver::OneOf(_))
}

/// Whether an expression reads and changes nothing but its operands, or may fail for them before it does.
fn is_pure(expr: Expr) -> bool {
    match expr.kind {
        // What was refused stands as a null of unknown type.
        Kind::Null => expr.ty != Type::Any,
        Kind::Boolean(_)
        | Kind::Long(_)
        | Kind::Double(_)
        | Kind::Text(_)
        | Kind::ToDouble(_)
        | Kind::Not(_)
        | Kind::Negate(_)
        | Kind::Plus(_)
        | Kind::Arithmetic { .. }
        | Kind::Compare { .. }
        | Kind::Dynamic { .. }
        | Kind::Concat(_)
        | Kind::Element { .. }
        | Kind::DynamicElement { .. }
        | Kind::Length(_)
        | Kind::DynamicLength(_)
        | Kind::NewArray(_)
        | Kind::ArrayLiteral(_)
        | Kind::SetElement { .. }
        | Kind::DynamicSetElement { .. }
        | Kind::UpdateElement { .. }
        | Kind::DynamicUpdateElement { .. }
        | Kind::DynamicCall { .. } => true,
        Kind::Check { check, .. } => check != CheckKind::OutsideLoop,
        Kind::Call { function, .. } => {
            library::function(function).is_some_and(|function| !function.effects.has(Effect::Randomness))
        }
        Kind::Variable(_)
        | Kind::MaybeUnset { .. }
        | Kind::Parameter(_)
        | Kind::ParameterNamed(_)
        | Kind::HasParameter(_)
        | Kind::Logical { .. }
        | Kind::Conditional { .. }
        | Kind::HostCall { .. }
        | Kind::Set { .. }
        | Kind::Reassign { .. }
        | Kind::Each(_)
        | Kind::Hole => false,
    }
}

/// Whether a pure expression may fail for its operands' values, as far as it can be seen at once that they are not constant.
pub(super) fn can_fail(tree: &TypedTree, sets: &LastSets, expr: Expr) -> bool {
    let may_be_constant = |operand: ExprId| match tree.expr(operand).kind {
        Kind::Parameter(_) => false,
        Kind::Variable(_) => sets.value(operand).is_some(),
        _ => true,
    };
    match expr.kind {
        Kind::Call { .. } | Kind::DynamicCall { .. } | Kind::Check { .. } => true,
        Kind::Element { index, .. }
        | Kind::DynamicElement { index, .. }
        | Kind::SetElement { index, .. }
        | Kind::DynamicSetElement { index, .. }
        | Kind::UpdateElement { index, .. }
        | Kind::DynamicUpdateElement { index, .. } => may_be_constant(index),
        Kind::NewArray(length) => may_be_constant(length),
        Kind::Arithmetic { operator, right, .. } => {
            let is_safe = matches!(tree.expr(right).kind, Kind::Long(divisor) if divisor != 0);
            operator.divides() && expr.ty == Type::Long && !is_safe && may_be_constant(right)
        }
        _ => false,
    }
}
