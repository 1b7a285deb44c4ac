//! Expressions: what they cost beside the steps of their region, and what their values may be.

use super::number::{Number, Shape};
use super::spent::Spent;
use super::statement::either;
use super::{Unbounded, Walk};
use crate::check::typed::{ArmList, BinaryOperator, Expr, ExprId, ExprList, Kind, LogicalList, Steps, VariableId};
use crate::types::Type;

/// Concatenations of more parts charge for each.
const FREE_PARTS: u64 = 16;

impl Walk<'_> {
    /// Walks an expression, and gives what its value may be.
    pub(super) fn value(&mut self, id: ExprId) -> Result<Shape, Unbounded> {
        let expr = self.tree.expr(id);
        self.look(expr.span)?;
        Ok(match expr.kind {
            Kind::Null | Kind::Boolean(_) | Kind::Double(_) => Shape::default(),
            Kind::Long(value) => Shape::long(Number::exactly(value)),
            Kind::Text(text) => Shape::sized(Number::at_most(self.tree.text(text).len() as u64)),
            Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => self.variable(variable),
            Kind::Parameter(parameter) => self.parameter(parameter),
            Kind::ParameterNamed(name) => {
                self.value(name)?;
                self.any_parameter()
            }
            Kind::ToDouble(value) | Kind::Not(value) | Kind::HasParameter(value) => {
                self.value(value)?;
                Shape::default()
            }
            Kind::Check { value, .. } | Kind::Plus(value) => self.value(value)?,
            Kind::Negate(value) => Shape::long(self.value(value)?.long.negated()),
            Kind::Arithmetic { operator, left, right } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                match expr.ty {
                    Type::Long => Shape::long(arithmetic(operator, left.long, right.long)),
                    _ => Shape::default(),
                }
            }
            Kind::Compare { left, right, .. } => {
                let of_texts = self.tree.expr(left).ty == Type::String;
                let (left, right) = (self.value(left)?, self.value(right)?);
                if of_texts {
                    self.charge(Spent::work(self.size_of(left).min(self.size_of(right))));
                }
                Shape::default()
            }
            Kind::Dynamic { operator, left, right } => self.dynamic(operator, left, right)?,
            Kind::Concat(parts) => self.concat(parts)?,
            Kind::Logical { first, rest, .. } => self.logical(first, rest)?,
            Kind::Conditional {
                arms,
                otherwise,
                otherwise_steps,
            } => self.conditional(arms, otherwise, otherwise_steps)?,
            Kind::Element { array, index } | Kind::DynamicElement { value: array, index } => {
                let from = self.value(array)?.from;
                self.value(index)?;
                self.element(self.tree.expr(array).ty, from)
            }
            Kind::Length(array) | Kind::DynamicLength(array) => {
                let array = self.value(array)?;
                Shape::long(self.length(array))
            }
            Kind::NewArray(length) => {
                let length = self.value(length)?.long;
                self.new_array(id, length)
            }
            Kind::ArrayLiteral(items) => {
                let array = self.new_array(id, Number::exactly(i64::from(items.len)));
                for &item in self.tree.expr_list(items) {
                    let shape = self.value(item)?;
                    self.store_element(expr.ty, array.from, shape);
                }
                array
            }
            Kind::Call { .. } | Kind::DynamicCall { .. } | Kind::HostCall { .. } => self.call(id, expr)?,
            Kind::Set { variable, value } | Kind::Reassign { variable, value } => {
                let shape = self.value(value)?;
                self.set_variable(variable, shape);
                shape
            }
            Kind::SetElement { array, index, value } | Kind::DynamicSetElement { array, index, value } => {
                let from = self.value(array)?.from;
                self.value(index)?;
                let shape = self.value(value)?;
                self.store_element(self.tree.expr(array).ty, from, shape);
                shape
            }
            Kind::UpdateElement { array, index, value } | Kind::DynamicUpdateElement { array, index, value } => {
                let ty = self.tree.expr(array).ty;
                let from = self.value(array)?.from;
                self.value(index)?;
                let hole = self.element(ty, from);
                self.holes.push(hole);
                let shape = self.value(value)?;
                self.holes.pop();
                self.store_element(ty, from, shape);
                shape
            }
            Kind::Hole => self.holes.last().copied().unwrap_or(Shape::ANY),
        })
    }

    fn variable(&self, id: VariableId) -> Shape {
        let variables = self.variables.as_ref();
        variables
            .and_then(|variables| variables.get(id.0 as usize))
            .copied()
            .unwrap_or(Shape::ANY)
    }

    fn set_variable(&mut self, id: VariableId, shape: Shape) {
        if let Some(place) = self
            .variables
            .as_mut()
            .and_then(|variables| variables.get_mut(id.0 as usize))
        {
            *place = shape;
        }
    }

    /// The number of a value's elements.
    pub(super) fn length(&self, of: Shape) -> Number {
        match of.size.known() {
            Some(_) => Number::at_most(self.size_of(of)),
            None => Number::ANY,
        }
    }

    /// An element of an array or list.
    fn element(&mut self, array: Type, from: u64) -> Shape {
        match array {
            Type::LongArray => Shape::long(Number::ANY),
            Type::DoubleArray | Type::BooleanArray => Shape::default(),
            Type::StringArray => Shape::sized(self.stored(from).size),
            // A text in a list of the host's is taken in each time.
            _ => {
                self.charge(Spent::bytes(64));
                self.stored(from)
            }
        }
    }

    fn store_element(&mut self, array: Type, into: u64, shape: Shape) {
        match array {
            Type::LongArray | Type::DoubleArray | Type::BooleanArray => {}
            // An array's elements are scalars.
            _ => self.store(into, Shape::sized(shape.size)),
        }
    }

    fn new_array(&mut self, at: ExprId, length: Number) -> Shape {
        let ty = self.tree.expr(at).ty;
        let most = self.facts.limits.array_length;
        let length = length
            .known()
            .map_or(most, |(_, high)| u64::try_from(high).unwrap_or(0))
            .min(most);
        let element = match ty {
            Type::BooleanArray => 1,
            Type::StringArray => 4,
            _ => 8,
        };
        let bytes = length.saturating_mul(element);
        self.charge(Spent {
            steps: bytes / 16,
            bytes: bytes.saturating_add(64),
        });
        self.made(at, Number::at_most(length))
    }

    fn concat(&mut self, parts: ExprList) -> Result<Shape, Unbounded> {
        let mut size = Number::exactly(0);
        for &part in self.tree.expr_list(parts) {
            let ty = self.tree.expr(part).ty;
            let shape = self.value(part)?;
            size = size.plus(self.part(ty, shape));
        }
        let parts = u64::from(parts.len);
        if parts > FREE_PARTS {
            self.charge(Spent::bytes(parts * 112));
        }
        Ok(self.joined(size))
    }

    /// The size of a value's text in a concatenation, where a text's own stays relative to the loop it grows in.
    fn part(&mut self, ty: Type, shape: Shape) -> Number {
        let (bytes, spent) = self.printed(ty, shape);
        self.charge(spent);
        match (ty, shape.size.known()) {
            // Null prints as `null`.
            (Type::String, None) => shape.size.or(Number::range(0, 4)),
            _ => Number::at_most(bytes),
        }
    }

    /// A new text of a size.
    fn joined(&mut self, size: Number) -> Shape {
        let limit = self.facts.limits.string_length;
        let bytes = self.size_of(Shape::sized(size)).min(limit);
        self.charge(Spent::text(bytes));
        Shape::sized(match size.known() {
            Some(_) => Number::at_most(bytes),
            None => size,
        })
    }

    fn dynamic(&mut self, operator: BinaryOperator, left: ExprId, right: ExprId) -> Result<Shape, Unbounded> {
        let types = (self.tree.expr(left).ty, self.tree.expr(right).ty);
        let (left, right) = (self.value(left)?, self.value(right)?);
        match operator {
            BinaryOperator::Add => {
                let size = self.part(types.0, left).plus(self.part(types.1, right));
                let text = self.joined(size);
                Ok(Shape {
                    long: arithmetic(operator, left.long, right.long),
                    ..text
                })
            }
            BinaryOperator::Equal | BinaryOperator::NotEqual => {
                let compared = self.size_of(left).min(self.size_of(right)).max(26);
                let mixed = matches!(types.0, Type::Any | Type::Long | Type::Double) && may_be_text(types.1);
                if mixed {
                    self.charge(Spent::text(26).plus(super::library::DOUBLE));
                }
                self.charge(Spent::work(compared));
                Ok(Shape::default())
            }
            _ => Ok(Shape::long(arithmetic(operator, left.long, right.long))),
        }
    }

    fn logical(&mut self, first: ExprId, rest: LogicalList) -> Result<Shape, Unbounded> {
        self.value(first)?;
        for operand in self.tree.logical_operands(rest) {
            self.copy(self.tree.expr(operand.value).span)?;
            let before = self.variables.clone();
            self.charge(Spent::steps(u64::from(operand.steps)));
            self.value(operand.value)?;
            self.variables = either(before, self.variables.take());
        }
        Ok(Shape::default())
    }

    fn conditional(&mut self, arms: ArmList, otherwise: ExprId, steps: Steps) -> Result<Shape, Unbounded> {
        let mut after = None;
        let mut most = Spent::default();
        let mut shape = Shape::default();
        for arm in self.tree.conditional_arms(arms) {
            self.charge(Spent::steps(u64::from(arm.condition_steps)));
            self.value(arm.condition)?;
            self.copy(self.tree.expr(arm.condition).span)?;
            let (before, spent) = (self.variables.clone(), self.spent);
            self.charge(Spent::steps(u64::from(arm.then_steps)));
            shape = shape.or(self.value(arm.then)?);
            most = most.or(self.spent);
            after = either(after, self.variables.take());
            (self.variables, self.spent) = (before, spent);
        }
        self.charge(Spent::steps(u64::from(steps)));
        shape = shape.or(self.value(otherwise)?);
        self.spent = self.spent.or(most);
        self.variables = either(after, self.variables.take());
        Ok(shape)
    }

    fn call(&mut self, id: ExprId, expr: Expr) -> Result<Shape, Unbounded> {
        match expr.kind {
            Kind::Call { function, arguments } => {
                let arguments = self.arguments(arguments)?;
                self.library_call(&[function], &arguments, id)
            }
            Kind::DynamicCall {
                candidates, arguments, ..
            } => {
                let arguments = self.arguments(arguments)?;
                if arguments.len() > 16 {
                    self.charge(Spent::bytes(arguments.len() as u64 * 40));
                }
                self.library_call(self.tree.candidates(candidates), &arguments, id)
            }
            Kind::HostCall { function, arguments } => {
                let name = self.tree.host_calls.get(function.0 as usize).map_or("", |name| name);
                let arguments = self.arguments(arguments)?;
                for argument in &arguments {
                    self.charge(self.exported(argument.ty, argument.shape));
                }
                self.host_reply(name, id, expr)
            }
            _ => Ok(Shape::ANY),
        }
    }

    /// Walks the arguments of a call.
    fn arguments(&mut self, list: ExprList) -> Result<Vec<Argument>, Unbounded> {
        let mut arguments = Vec::new();
        for &id in self.tree.expr_list(list) {
            let expr = self.tree.expr(id);
            let text = match expr.kind {
                Kind::Text(text) => Some(text),
                _ => None,
            };
            arguments.push(Argument {
                ty: expr.ty,
                shape: self.value(id)?,
                text,
            });
        }
        Ok(arguments)
    }

    /// What a host function gives.
    fn host_reply(&mut self, name: &str, id: ExprId, expr: Expr) -> Result<Shape, Unbounded> {
        let Some(function) = self.facts.functions.get(name) else {
            return Ok(Shape::ANY);
        };
        self.charge(Spent::bytes(function.cost_bytes()));
        let size = match (function.constant_value(), function.result()) {
            (Some(value), _) => super::Size::of(value),
            (None, Type::Long | Type::Double | Type::Boolean) => {
                self.charge(Spent::steps(1));
                return Ok(Shape::long(Number::ANY));
            }
            (None, result) => match function.result_size() {
                Some(size) if result == Type::String => super::Size::text(size),
                Some(size) => super::Size::nested(size, size),
                None => {
                    let name = crate::diagnostic::quote(name);
                    let reason = format!("the host does not say how large the result of {name} may be");
                    return Err(Unbounded {
                        span: expr.span,
                        reason,
                    });
                }
            },
        };
        // Each value takes a step, its own bytes, and its place in a list or map.
        let each = size.widest.saturating_mul(2);
        self.charge(Spent {
            steps: size
                .values
                .saturating_mul(each / 16 + 2)
                .saturating_add(size.length / 2 + 2),
            bytes: size
                .values
                .saturating_mul(each.saturating_add(64 + 128 + 256 + 64))
                .saturating_add(size.length.saturating_mul(68))
                .saturating_add(256),
        });
        let reply = self.reply_of(id, size);
        Ok(Shape {
            long: Number::ANY,
            ..reply
        })
    }
}

const fn may_be_text(ty: Type) -> bool {
    matches!(ty, Type::Any | Type::String)
}

/// An argument of a call.
pub(super) struct Argument {
    pub(super) ty: Type,
    pub(super) shape: Shape,
    /// The constant that it is.
    pub(super) text: Option<crate::check::typed::TextId>,
}

fn arithmetic(operator: BinaryOperator, left: Number, right: Number) -> Number {
    match operator {
        BinaryOperator::Add => left.plus(right),
        BinaryOperator::Subtract => left.minus(right),
        BinaryOperator::Multiply => left.by_corners(right, i128::saturating_mul),
        BinaryOperator::Divide => match right.known() {
            // Rounding towards zero keeps the order, and zero divides nothing.
            Some((low, _)) if low > 0 => left.by_corners(right, |a, b| a / b),
            _ => Number::ANY,
        },
        BinaryOperator::Remainder => match (left.known(), right.known()) {
            (Some((least, _)), Some((low, high))) if low > 0 => {
                Number::range(if least >= 0 { 0 } else { 1 - high }, high - 1)
            }
            _ => Number::ANY,
        },
        _ => Number::ANY,
    }
}
