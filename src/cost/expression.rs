//! Expressions: what they cost beside the steps of their region, and what their values may be.

use super::number::{Number, Shape};
use super::spent::{DOUBLE_TEXT, Spent};
use super::walk::{Argument, Unbounded, Walk};
use crate::check::typed::{Expr, ExprId, ExprList, Kind, VariableId};
use crate::library;
use crate::machine::double::MAX_REMAINDER_STEPS;
use crate::machine::heap::LIST_READ_STEPS;
use crate::machine::operations::{JOIN_STEPS, NUMBER_TEXT_STEPS};
use crate::operator::{Arithmetic, Comparison, Operation};
use crate::types::{Elements, Type};

/// Concatenations of more parts charge for each.
const FREE_PARTS: u64 = 16;

impl Walk<'_> {
    /// What an expression's value may be, whose parts have been walked and lie on the stack.
    pub(super) fn finish(&mut self, id: ExprId) -> Result<Shape, Unbounded> {
        let expr = self.tree.expr(id);
        Ok(match expr.kind {
            Kind::Null | Kind::Boolean(_) | Kind::Double(_) => Shape::default(),
            Kind::Long(value) => Shape::long(Number::exactly(value)),
            Kind::Text(text) => Shape::sized(Number::at_most(self.tree.text(text).len() as u64)),
            Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => {
                let shape = self.variable(variable);
                self.with_filled(expr.ty, shape)
            }
            Kind::Parameter(parameter) => self.parameter(parameter),
            Kind::Hole => self.pending.holes.last().copied().unwrap_or(Shape::ANY),
            Kind::ParameterNamed(_) => {
                self.charge_name();
                self.any_parameter()
            }
            Kind::HasParameter(_) => {
                self.charge_name();
                Shape::default()
            }
            // An operand of `&&` or `||` joins when it is left.
            Kind::ToDouble(_) | Kind::Not(_) | Kind::Logical { .. } => {
                self.pop();
                Shape::default()
            }
            // A ladder joins its arms when it is left, a loop gives its value, and neither is finished here.
            Kind::Check { .. } | Kind::Plus(_) | Kind::Conditional { .. } | Kind::Each(_) => self.pop(),
            Kind::Negate(_) => Shape::long(self.pop().long.negated()),
            Kind::Length(_) | Kind::DynamicLength(_) => {
                let array = self.pop();
                Shape::long(self.length(array))
            }
            Kind::Set { variable, .. } | Kind::Reassign { variable, .. } => {
                let shape = self.pop();
                self.set_variable(variable, shape);
                shape
            }
            Kind::Arithmetic { operator, .. } => self.arithmetic(operator, expr.ty),
            Kind::Compare { left, .. } => self.compare(left),
            Kind::Dynamic {
                operator, left, right, ..
            } => self.dynamic(operator, left, right),
            Kind::Concat(parts) => self.concat(parts),
            Kind::NewArray(_) => {
                let length = self.pop().long;
                self.new_array(id, length)
            }
            Kind::ArrayLiteral(items) => self.array_literal(id, items),
            Kind::Element { array, .. } | Kind::DynamicElement { value: array, .. } => {
                self.pop();
                let from = self.pop().from;
                self.element(self.tree.expr(array).ty, from)
            }
            Kind::SetElement { array, .. } | Kind::DynamicSetElement { array, .. } => self.set_element(array),
            Kind::UpdateElement { array, .. } | Kind::DynamicUpdateElement { array, .. } => {
                self.pending.holes.pop();
                self.set_element(array)
            }
            Kind::Call { .. } | Kind::DynamicCall { .. } | Kind::HostCall { .. } => self.call(id, expr)?,
        })
    }

    /// Looking a computed name up, which lies on the stack.
    fn charge_name(&mut self) {
        let name = self.pop();
        self.charge(Spent::work(self.size_of(name)));
    }

    fn arithmetic(&mut self, operator: Arithmetic, ty: Type) -> Shape {
        let (right, left) = (self.pop(), self.pop());
        match ty {
            Type::Long => Shape::long(arithmetic(operator, left.long, right.long)),
            _ => {
                self.double_remainder(operator);
                Shape::default()
            }
        }
    }

    /// Charges the most that an operator on DOUBLE takes beside its own step.
    fn double_remainder(&mut self, operator: Arithmetic) {
        if operator == Arithmetic::Remainder {
            self.charge(Spent::steps(MAX_REMAINDER_STEPS));
        }
    }

    fn compare(&mut self, left: ExprId) -> Shape {
        let of_texts = self.tree.expr(left).ty == Type::String;
        let (right, left) = (self.pop(), self.pop());
        if of_texts {
            self.charge(Spent::work(self.size_of(left).min(self.size_of(right))));
        }
        Shape::default()
    }

    fn array_literal(&mut self, id: ExprId, items: ExprList) -> Shape {
        let array = self.new_array(id, Number::exactly(i64::from(items.len())));
        let ty = self.tree.expr(id).ty;
        for shape in self.pop_list(items.len()) {
            self.store_element(ty, array.from, shape);
        }
        array
    }

    /// Stores an element: array, index and value lie on the stack.
    fn set_element(&mut self, array: ExprId) -> Shape {
        let shape = self.pop();
        self.pop();
        let from = self.pop().from;
        self.store_element(self.tree.expr(array).ty, from, shape);
        shape
    }

    fn variable(&self, id: VariableId) -> Shape {
        let variables = self.variables.as_ref();
        variables
            .and_then(|variables| variables.get(id.index()))
            .copied()
            .unwrap_or(Shape::ANY)
    }

    fn set_variable(&mut self, id: VariableId, shape: Shape) {
        if let Some(place) = self
            .variables
            .as_mut()
            .and_then(|variables| variables.get_mut(id.index()))
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
    pub(super) fn element(&mut self, array: Type, from: u64) -> Shape {
        match Elements::of(array) {
            Some(Elements::Longs) => Shape::long(Number::ANY),
            Some(Elements::Doubles | Elements::Booleans) => Shape::default(),
            Some(Elements::Texts) => Shape::sized(self.stored(from).size),
            // A text in a list of the host's is taken in each time.
            Some(Elements::Mixed) | None => {
                self.charge(Spent {
                    steps: LIST_READ_STEPS,
                    bytes: 64,
                });
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
        let length = length.most().min(self.facts.limits.array_length);
        let element = match Elements::of(ty) {
            Some(Elements::Booleans) => 1,
            Some(Elements::Texts) => 4,
            Some(Elements::Longs | Elements::Doubles | Elements::Mixed) | None => 8,
        };
        let bytes = length.saturating_mul(element);
        self.charge(Spent {
            steps: bytes / 16,
            bytes: bytes.saturating_add(64),
        });
        self.made(at, Number::at_most(length))
    }

    fn concat(&mut self, list: ExprList) -> Shape {
        let tree = self.tree;
        let mut size = Number::exactly(0);
        let shapes = self.pop_list(list.len());
        for (&part, shape) in tree.expr_list(list).iter().zip(shapes) {
            size = size.plus(self.part(tree.expr(part).ty, shape));
        }
        let parts = u64::from(list.len());
        if parts > FREE_PARTS {
            self.charge(Spent::bytes(parts * 112));
        }
        self.joined(size)
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

    fn dynamic(&mut self, operator: Operation, left: ExprId, right: ExprId) -> Shape {
        let types = (self.tree.expr(left).ty, self.tree.expr(right).ty);
        let (right, left) = (self.pop(), self.pop());
        match operator {
            Operation::Arithmetic(Arithmetic::Add) => {
                self.charge(Spent::steps(JOIN_STEPS));
                let size = self.part(types.0, left).plus(self.part(types.1, right));
                let text = self.joined(size);
                Shape {
                    long: arithmetic(Arithmetic::Add, left.long, right.long),
                    ..text
                }
            }
            Operation::Comparison(Comparison::Equal | Comparison::NotEqual) => {
                let compared = self.size_of(left).min(self.size_of(right)).max(26);
                let mixed = matches!(types.0, Type::Any | Type::Long | Type::Double) && may_be_text(types.1);
                if mixed {
                    self.charge(Spent::steps(NUMBER_TEXT_STEPS).plus(DOUBLE_TEXT));
                }
                self.charge(Spent::work(compared));
                Shape::default()
            }
            Operation::Arithmetic(operator) => {
                if types != (Type::Long, Type::Long) {
                    self.double_remainder(operator);
                }
                Shape::long(arithmetic(operator, left.long, right.long))
            }
            Operation::Comparison(_) => Shape::default(),
        }
    }

    fn call(&mut self, id: ExprId, expr: Expr) -> Result<Shape, Unbounded> {
        match expr.kind {
            Kind::Call { function, arguments } => {
                let arguments = self.arguments(arguments);
                self.library_call(&[function], &arguments, id)
            }
            Kind::DynamicCall {
                candidates, arguments, ..
            } => {
                let arguments = self.arguments(arguments);
                if arguments.len() > 16 {
                    self.charge(Spent::bytes(arguments.len() as u64 * 40));
                }
                let candidates = self.tree.candidates(candidates);
                let chosen = library::choices(candidates).map(|(_, steps)| steps).max();
                self.charge(Spent::steps(chosen.unwrap_or(0).into()));
                self.library_call(candidates, &arguments, id)
            }
            Kind::HostCall { function, arguments } => {
                let name = self.tree.host_calls.get(function).map_or("", |call| &call.0);
                let arguments = self.arguments(arguments);
                for argument in &arguments {
                    self.charge(self.exported(argument.ty, argument.shape));
                }
                self.host_reply(name, id, expr)
            }
            _ => Ok(Shape::ANY),
        }
    }

    /// The arguments of a call, whose shapes lie on the stack.
    fn arguments(&mut self, list: ExprList) -> Vec<Argument> {
        let tree = self.tree;
        let shapes = self.pop_list(list.len());
        let argument = |(&id, shape): (&ExprId, Shape)| {
            let expr = tree.expr(id);
            let text = match expr.kind {
                Kind::Text(text) => Some(text),
                _ => None,
            };
            Argument {
                ty: expr.ty,
                shape,
                text,
            }
        };
        tree.expr_list(list).iter().zip(shapes).map(argument).collect()
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

fn arithmetic(operator: Arithmetic, left: Number, right: Number) -> Number {
    match operator {
        Arithmetic::Add => left.plus(right),
        Arithmetic::Subtract => left.minus(right),
        Arithmetic::Multiply => left.by_corners(right, i128::saturating_mul),
        Arithmetic::Divide => match right.known() {
            // Rounding towards zero keeps the order, and zero divides nothing.
            Some((low, _)) if low > 0 => left.by_corners(right, |a, b| a / b),
            _ => Number::ANY,
        },
        Arithmetic::Remainder => match (left.known(), right.known()) {
            (Some((least, _)), Some((low, high))) if low > 0 => {
                Number::range(if least >= 0 { 0 } else { 1 - high }, high - 1)
            }
            _ => Number::ANY,
        },
    }
}
