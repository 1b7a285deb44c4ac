//! Expressions that always fail for their constant operands: the library's own bodies are called with constant arguments, within
//! a small budget. Where some of them are not constant, values stand for those that fail where any value does.

use super::typed::{BinaryOperator, Expr, ExprId, ExprList, Kind, TypedTree, operation};
use crate::diagnostic::{Code, Message};
use crate::library;
use crate::library::declaration::{Effect, Function};
use crate::machine::any::Any;
use crate::machine::code::Candidate;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::meter::Budgets;
use crate::types::{Elements, Type};
use crate::work::{Work, count};

/// What all the constants of a program may take together; what does not fit is left to the run.
const BUDGETS: Budgets = Budgets {
    steps: 10_000,
    memory: 64 * 1024,
    array_length: u64::MAX,
    string_length: u64::MAX,
    map_entries: u64::MAX,
    result_size: u64::MAX,
    value_nesting: 16,
};

/// The most failures that are looked for.
const MAX_FAILURES: usize = 50;

/// An expression that gives an error whenever it is evaluated.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) expr: ExprId,
    pub(super) fault: Fault,
    /// Whether some operands decide it, which are constant, and others are not.
    pub(super) by_part: bool,
}

/// Finds the constant expressions that always fail, in the order of evaluation; none of an operand that fails itself.
pub(super) fn failures(tree: &TypedTree) -> Vec<Failure> {
    let needed = needed(tree);
    if needed.is_empty() {
        return Vec::new();
    }
    let mut folder = Folder {
        tree,
        context: Context::of_constants(&tree.texts, &tree.prepared, BUDGETS),
        values: vec![None; tree.exprs.len()],
    };
    let mut failures = Vec::new();
    for (index, expr) in tree.exprs.iter().enumerate() {
        if failures.len() == MAX_FAILURES {
            break;
        }
        if !needed.get(index).copied().unwrap_or(false) {
            continue;
        }
        match folder.value(*expr) {
            Ok(value) => {
                if let Some(place) = folder.values.get_mut(index) {
                    *place = value;
                }
            }
            Err(fault) if fault.code().is_budget() => break,
            Err(fault) => {
                let mut by_part = false;
                expr.kind
                    .for_each_child(tree, |part| by_part |= folder.of(part).is_none());
                failures.push(Failure {
                    expr: ExprId(index as u32),
                    fault,
                    by_part,
                });
            }
        }
    }
    failures
}

/// For each expression, whether its constant operands may make it fail, or it is an operand of one; empty where none is. Parts stand before
/// the whole in the arena, so one walk finds what is constant and one backwards what is needed.
fn needed(tree: &TypedTree) -> Vec<bool> {
    if !tree.exprs.iter().any(|&expr| can_fail(tree, expr)) {
        return Vec::new();
    }
    let mut is_constant = Vec::with_capacity(tree.exprs.len());
    let mut may_fail = false;
    for expr in &tree.exprs {
        let constant = is_pure(*expr) && operands_are(tree, *expr, &is_constant);
        may_fail |= constant && can_fail(tree, *expr);
        is_constant.push(constant);
    }
    count(Work::Checked, tree.exprs.len());
    if !may_fail {
        return Vec::new();
    }
    let mut needed = vec![false; tree.exprs.len()];
    for (index, expr) in tree.exprs.iter().enumerate().rev() {
        let constant = is_constant.get(index).copied().unwrap_or(false);
        let wanted = needed.get(index).copied().unwrap_or(false) || can_fail(tree, *expr);
        set(&mut needed, index, wanted && constant);
        if wanted && constant {
            expr.kind
                .for_each_child(tree, |part| set(&mut needed, part.0 as usize, true));
        }
    }
    needed
}

fn set(flags: &mut [bool], index: usize, value: bool) {
    if let Some(flag) = flags.get_mut(index) {
        *flag = value;
    }
}

/// Whether the operands are constant that may decide alone that an expression fails.
fn operands_are(tree: &TypedTree, expr: Expr, is_constant: &[bool]) -> bool {
    let known = |id: ExprId| is_constant.get(id.0 as usize).copied().unwrap_or(false);
    match expr.kind {
        Kind::Element { index, .. }
        | Kind::DynamicElement { index, .. }
        | Kind::SetElement { index, .. }
        | Kind::DynamicSetElement { index, .. }
        | Kind::UpdateElement { index, .. }
        | Kind::DynamicUpdateElement { index, .. } => return known(index),
        Kind::Arithmetic { right, .. } if can_fail(tree, expr) => return known(right),
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
    if places
        .clone()
        .any(|(index, &argument)| is_position(index) && known(argument))
    {
        return true;
    }
    let stands = |index| function.stand_in_at(index).is_some();
    arguments.iter().any(|&argument| known(argument))
        && places.all(|(index, &argument)| known(argument) || stands(index))
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
        | Kind::DynamicUpdateElement { .. } => true,
        Kind::Call { function, .. } => {
            library::function(function).is_some_and(|function| function.effect != Effect::Random)
        }
        Kind::Variable(_)
        | Kind::MaybeUnset { .. }
        | Kind::Parameter(_)
        | Kind::ParameterNamed(_)
        | Kind::HasParameter(_)
        | Kind::Check { .. }
        | Kind::Logical { .. }
        | Kind::Conditional { .. }
        | Kind::DynamicCall { .. }
        | Kind::HostCall { .. }
        | Kind::Set { .. }
        | Kind::Reassign { .. }
        | Kind::Hole => false,
    }
}

/// Whether a pure expression may fail for its operands' values, as far as it can be seen at once that they are not constant.
fn can_fail(tree: &TypedTree, expr: Expr) -> bool {
    let decided_by = |operand: ExprId| tree.expr(operand).kind;
    let may_be_constant = |operand| !matches!(decided_by(operand), Kind::Variable(_) | Kind::Parameter(_));
    match expr.kind {
        Kind::Call { .. } => true,
        Kind::Element { index, .. }
        | Kind::DynamicElement { index, .. }
        | Kind::SetElement { index, .. }
        | Kind::DynamicSetElement { index, .. }
        | Kind::UpdateElement { index, .. }
        | Kind::DynamicUpdateElement { index, .. } => may_be_constant(index),
        Kind::NewArray(length) => may_be_constant(length),
        Kind::Arithmetic { operator, right, .. } => {
            let divides = matches!(operator, BinaryOperator::Divide | BinaryOperator::Remainder);
            let is_safe = matches!(decided_by(right), Kind::Long(divisor) if divisor != 0);
            divides && expr.ty == Type::Long && !is_safe && may_be_constant(right)
        }
        _ => false,
    }
}

struct Folder<'t> {
    tree: &'t TypedTree,
    context: Context<'t>,
    /// The value of each expression that is needed and did not fail.
    values: Vec<Option<Any>>,
}

impl Folder<'_> {
    fn of(&self, id: ExprId) -> Option<Any> {
        self.values.get(id.0 as usize).copied().flatten()
    }

    fn all(&self, list: ExprList) -> Option<Vec<Any>> {
        self.tree.expr_list(list).iter().map(|&id| self.of(id)).collect()
    }

    /// The value of a constant expression; none where an operand has none.
    fn value(&mut self, expr: Expr) -> Result<Option<Any>, Fault> {
        Ok(match expr.kind {
            Kind::Null => Some(Any::new(expr.ty, NULL_HANDLE)),
            Kind::Boolean(value) => Some(Any::boolean(value)),
            Kind::Long(value) => Some(Any::long(value)),
            Kind::Double(value) => Some(Any::double(value)),
            Kind::Text(text) => Some(Any::text(Text::constant(text.0))),
            Kind::ToDouble(value) => self.of(value).map(|value| Any::double(value.as_long() as f64)),
            Kind::Not(value) => self.of(value).map(|value| Any::boolean(!value.as_boolean())),
            Kind::Negate(value) => self.of(value).map(|value| self.context.negate(value)).transpose()?,
            Kind::Plus(value) => self.of(value).map(|value| self.context.plus(value)).transpose()?,
            Kind::Arithmetic { operator, left, right } if can_fail(self.tree, expr) && self.of(left).is_none() => {
                self.divided(operator, right)?
            }
            Kind::Arithmetic { operator, left, right }
            | Kind::Compare { operator, left, right }
            | Kind::Dynamic {
                operator, left, right, ..
            } => self.binary(operator, left, right)?,
            Kind::Concat(parts) => self.concat(parts)?,
            Kind::Element { array, index } | Kind::DynamicElement { value: array, index } => {
                self.element(array, index)?
            }
            Kind::SetElement { index, .. }
            | Kind::DynamicSetElement { index, .. }
            | Kind::UpdateElement { index, .. }
            | Kind::DynamicUpdateElement { index, .. } => self.of_unknown(index)?,
            Kind::Length(array) | Kind::DynamicLength(array) => {
                let length = self.of(array).map(|array| self.context.length(array));
                length.transpose()?.map(Any::long)
            }
            Kind::NewArray(length) => self.new_array(expr.ty, length)?,
            Kind::ArrayLiteral(items) => self.array_literal(expr.ty, items)?,
            Kind::Call { .. } => self.call(expr.kind)?,
            _ => None,
        })
    }

    fn binary(&mut self, operator: BinaryOperator, left: ExprId, right: ExprId) -> Result<Option<Any>, Fault> {
        match (operation(operator), self.of(left), self.of(right)) {
            (Some(operator), Some(left), Some(right)) => self.context.binary(operator, left, right).map(Some),
            _ => Ok(None),
        }
    }

    /// An unknown LONG divided by a constant: fails by zero alone.
    fn divided(&mut self, operator: BinaryOperator, right: ExprId) -> Result<Option<Any>, Fault> {
        match (operation(operator), self.of(right)) {
            (Some(operator), Some(right)) => self.context.binary(operator, Any::long(1), right).map(|_| None),
            _ => Ok(None),
        }
    }

    fn concat(&mut self, parts: ExprList) -> Result<Option<Any>, Fault> {
        let Some(parts) = self.all(parts) else {
            return Ok(None);
        };
        let mut printable = Vec::with_capacity(parts.len());
        for part in parts {
            printable.push(self.context.printable(part)?);
        }
        self.context.charge_parts(printable.len())?;
        self.context.concat(&printable).map(|text| Some(Any::text(text)))
    }

    /// An element; of an array that is not constant, only whether the index can be right.
    fn element(&mut self, array: ExprId, index: ExprId) -> Result<Option<Any>, Fault> {
        match (self.of(array), self.of(index)) {
            (Some(array), Some(index)) => self.context.element(array, index).map(Some),
            _ => self.of_unknown(index),
        }
    }

    /// An element of an array that is not constant: none, but an index below 0 fails.
    fn of_unknown(&self, index: ExprId) -> Result<Option<Any>, Fault> {
        self.not_negative("the index ", index).map(|()| None)
    }

    fn not_negative(&self, what: &'static str, position: ExprId) -> Result<(), Fault> {
        match self.of(position) {
            Some(value) if value.ty == Type::Long && value.as_long() < 0 => {
                let message = Message::from(what).value(value.as_long()).words(" is less than 0");
                Err(Fault::new(Code::IndexOutOfRange, message))
            }
            _ => Ok(()),
        }
    }

    /// Makes no array: only its length can be wrong.
    fn new_array(&mut self, ty: Type, length: ExprId) -> Result<Option<Any>, Fault> {
        match (Elements::of(ty), self.of(length)) {
            (Some(elements), Some(length)) if length.as_long() < 0 => {
                let made = self
                    .context
                    .heap
                    .new_array(&mut self.context.meter, elements, length.as_long());
                made.map(|_| None)
            }
            _ => Ok(None),
        }
    }

    fn array_literal(&mut self, ty: Type, items: ExprList) -> Result<Option<Any>, Fault> {
        let (Some(elements), Some(items)) = (Elements::of(ty), self.all(items)) else {
            return Ok(None);
        };
        let bits: Vec<u64> = items.iter().map(|item| item.bits).collect();
        let array = self.context.array_literal(elements, &bits)?;
        Ok(Some(Any::new(ty, array)))
    }

    fn call(&mut self, kind: Kind) -> Result<Option<Any>, Fault> {
        let Kind::Call { function, arguments } = kind else {
            return Ok(None);
        };
        let Some(function) = library::function(function) else {
            return Ok(None);
        };
        let known = self.all(arguments);
        let is_value = known.is_some() && function.effect == Effect::None;
        let Some(arguments) = known.map_or_else(|| self.tried(function, arguments), |all| Ok(Some(all)))? else {
            return Ok(None);
        };
        self.context.meter.charge_steps(u64::from(function.cost.steps))?;
        let candidate = Candidate {
            accepts: function.accepts(),
            variadic: function.variadic,
            native: function.native(),
        };
        let arguments = candidate.arrange(&arguments);
        let value = candidate.native.call(&mut self.context, &arguments)?;
        Ok(is_value.then_some(value))
    }

    /// The arguments that a call is tried with of which not all are constant; none where it may succeed with others.
    fn tried(&mut self, function: &Function, arguments: ExprList) -> Result<Option<Vec<Any>>, Fault> {
        let arguments = self.tree.expr_list(arguments);
        for (index, &argument) in arguments.iter().enumerate() {
            if let Some(help) = function.parameter_at(index).and_then(|parameter| parameter.position) {
                let checked = self.not_negative("the position ", argument);
                checked.map_err(|fault| fault.with_help(Code::IndexOutOfRange, help))?;
            }
        }
        if !arguments.iter().any(|&argument| self.of(argument).is_some()) {
            return Ok(None);
        }
        let mut tried = Vec::with_capacity(arguments.len());
        for (index, &argument) in arguments.iter().enumerate() {
            tried.push(match (self.of(argument), function.stand_in_at(index)) {
                (Some(value), _) => value,
                (None, Some(stand_in)) => stand_in(&mut self.context, self.tree.expr(argument).ty)?,
                (None, None) => return Ok(None),
            });
        }
        Ok(Some(tried))
    }
}
