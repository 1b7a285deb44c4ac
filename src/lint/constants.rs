//! The values that a program's own text decides.

use crate::check::typed::{ConditionalList, ExprId, Kind, LogicalList, TextId, TypedTree};
use crate::operator::{Arithmetic, Comparison};
use crate::work::{Work, items};

/// A value known before the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Constant {
    Boolean(bool),
    Long(i64),
    Double(f64),
    /// A string constant, by its index: two of the same text are one.
    Text(TextId),
}

/// For each expression of a program, its value where literals alone decide it.
#[derive(Debug)]
pub(super) struct Constants {
    values: Vec<Option<Constant>>,
}

impl Constants {
    /// One walk along the arena, in which parts stand before the whole.
    pub(super) fn of(tree: &TypedTree) -> Self {
        let mut constants = Self {
            values: Vec::with_capacity(tree.exprs.len()),
        };
        for expr in items(Work::Linted, &tree.exprs) {
            let value = constants.fold(tree, expr.kind);
            constants.values.push(value);
        }
        constants
    }

    pub(super) fn get(&self, id: ExprId) -> Option<Constant> {
        self.values.get(id.index()).copied().flatten()
    }

    pub(super) fn long(&self, id: ExprId) -> Option<i64> {
        match self.get(id) {
            Some(Constant::Long(value)) => Some(value),
            _ => None,
        }
    }

    pub(super) fn boolean(&self, id: ExprId) -> Option<bool> {
        match self.get(id) {
            Some(Constant::Boolean(value)) => Some(value),
            _ => None,
        }
    }

    fn fold(&self, tree: &TypedTree, kind: Kind) -> Option<Constant> {
        match kind {
            Kind::Boolean(value) => Some(Constant::Boolean(value)),
            Kind::Long(value) => Some(Constant::Long(value)),
            Kind::Double(value) => Some(Constant::Double(value)),
            Kind::Text(text) => Some(Constant::Text(text)),
            Kind::ToDouble(value) => self.long(value).map(|value| Constant::Double(value as f64)),
            Kind::Not(value) => self.boolean(value).map(|value| Constant::Boolean(!value)),
            Kind::Negate(value) | Kind::Plus(value) => match (self.get(value)?, kind) {
                (Constant::Long(value), Kind::Negate(_)) => Some(Constant::Long(value.wrapping_neg())),
                (Constant::Double(value), Kind::Negate(_)) => Some(Constant::Double(-value)),
                (number @ (Constant::Long(_) | Constant::Double(_)), _) => Some(number),
                _ => None,
            },
            Kind::Arithmetic { operator, left, right } => arithmetic(operator, self.get(left)?, self.get(right)?),
            Kind::Compare { operator, left, right } => compare(operator, self.get(left)?, self.get(right)?),
            Kind::Logical { and, first, rest } => self.logical(tree, and, first, rest),
            Kind::Conditional { arms, otherwise, .. } => self.conditional(tree, arms, otherwise),
            _ => None,
        }
    }

    /// One operand can decide `&&` or `||`, whatever the other operands are.
    fn logical(&self, tree: &TypedTree, and: bool, first: ExprId, rest: LogicalList) -> Option<Constant> {
        let operands = tree.logical_operands(rest).iter().map(|operand| operand.value);
        let mut all_known = true;
        for operand in std::iter::once(first).chain(operands) {
            match self.boolean(operand) {
                Some(value) if value != and => return Some(Constant::Boolean(value)),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then_some(Constant::Boolean(and))
    }

    fn conditional(&self, tree: &TypedTree, arms: ConditionalList, otherwise: ExprId) -> Option<Constant> {
        for arm in tree.conditional_arms(arms) {
            if self.boolean(arm.condition)? {
                return self.get(arm.then);
            }
        }
        self.get(otherwise)
    }
}

fn arithmetic(operator: Arithmetic, left: Constant, right: Constant) -> Option<Constant> {
    match (left, right) {
        (Constant::Long(left), Constant::Long(right)) => operator.longs(left, right).map(Constant::Long),
        (Constant::Double(left), Constant::Double(right)) => Some(Constant::Double(operator.doubles(left, right))),
        _ => None,
    }
}

fn compare(operator: Comparison, left: Constant, right: Constant) -> Option<Constant> {
    let order = match (left, right) {
        (Constant::Long(left), Constant::Long(right)) => Some(left.cmp(&right)),
        (Constant::Double(left), Constant::Double(right)) => left.partial_cmp(&right),
        (Constant::Boolean(left), Constant::Boolean(right)) => Some(left.cmp(&right)),
        // Which text is the greater is not asked: only `==` and `!=` take texts.
        (Constant::Text(left), Constant::Text(right)) => Some(left.cmp(&right)),
        _ => return None,
    };
    Some(Constant::Boolean(operator.holds(order)))
}

/// The length of a new array where it is known.
pub(super) fn array_length(tree: &TypedTree, constants: &Constants, id: ExprId) -> Option<i64> {
    match tree.expr(id).kind {
        Kind::NewArray(length) => constants.long(length).filter(|length| *length >= 0),
        Kind::ArrayLiteral(items) => Some(i64::from(items.len())),
        _ => None,
    }
}
