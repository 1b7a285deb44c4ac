//! The operations of the language on values whose types only the run knows, and on strings: the operator table of the
//! reference, applied to values. Typed instructions do without them.

use super::any::Any;
use super::array_store::EMPTY_ARRAY;
use super::context::Context;
use super::double;
use super::fault::{Fault, NULL_HELP, NULL_OPERAND_HELP};
use super::heap::Text;
use super::meter::Meter;
use crate::diagnostic::{Code, Message};
use crate::operator::{Arithmetic, Comparison, Operation};
use crate::types::{Elements, Stored, Type};

/// Charged for joining two values beside the operator, as for two parts of a concatenation whose types are known.
pub(crate) const JOIN_STEPS: u64 = 8;
/// Charged for comparing a number with a text, beside what the number's text charges itself.
pub(crate) const NUMBER_TEXT_STEPS: u64 = 2;

/// The most bytes of two texts that are compared for one charge.
const COMPARED_BYTES: usize = 64 * 1024;

/// What a run-time check is for: which error it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CheckKind {
    /// A condition, or an operand of `! && ||`, must be BOOLEAN.
    Condition,
    /// The value assigned must be of the variable's or element's type.
    Assignment,
    /// An index or array length must be LONG.
    Index,
    /// An argument must be of the parameter's type.
    Argument,
    /// What a method is called on must be of the method's type.
    Receiver,
    /// What is thrown must be a STRING.
    Thrown,
    /// `break` or `continue` outside of a loop in the last statement: leads nowhere.
    OutsideLoop,
    /// A host's value must be of the type the schema or the function's signature gives.
    Host,
}

impl CheckKind {
    /// What is checked, in a word.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Assignment => "assignment",
            Self::Index => "index",
            Self::Argument => "argument",
            Self::Receiver => "receiver",
            Self::Thrown => "thrown",
            Self::OutsideLoop => "outside-loop",
            Self::Host => "host",
        }
    }
}

impl Context<'_> {
    /// Applies the operator of a compound assignment, which never converts what it assigns to, and takes no null.
    pub(crate) fn combine(&mut self, operation: Operation, left: Any, right: Any) -> Result<Any, Fault> {
        match (left.ty, right.ty) {
            (Type::Double, Type::Long) => {
                let message = Message::from("`")
                    .words(operation.text())
                    .words("=` does not convert: ");
                let message = message.words("a DOUBLE takes no LONG");
                Err(Fault::new(Code::TypeMismatch, message))
            }
            (Type::Null, _) => {
                let message = Message::from("`")
                    .words(operation.text())
                    .words("=` does not take null on its left");
                Err(Fault::new(Code::TypeMismatch, message))
            }
            _ => self.binary(operation, left, right),
        }
    }

    /// Applies a binary operator by the language's operator table.
    pub(crate) fn binary(&mut self, operation: Operation, left: Any, right: Any) -> Result<Any, Fault> {
        match operation {
            Operation::Arithmetic(Arithmetic::Add) => self.add(left, right),
            Operation::Arithmetic(operator) => arithmetic(&mut self.meter, operator, left, right),
            Operation::Comparison(Comparison::Equal) => self.equal(Comparison::Equal, left, right).map(Any::boolean),
            Operation::Comparison(Comparison::NotEqual) => {
                let equal = self.equal(Comparison::NotEqual, left, right)?;
                Ok(Any::boolean(!equal))
            }
            Operation::Comparison(operator) => compare(operator, left, right),
        }
    }

    fn add(&mut self, left: Any, right: Any) -> Result<Any, Fault> {
        match (left.ty, right.ty) {
            (Type::Long | Type::Double, Type::Long | Type::Double) => {
                arithmetic(&mut self.meter, Arithmetic::Add, left, right)
            }
            (Type::String | Type::Null, _) | (Type::Long | Type::Double, Type::String) => {
                self.meter.charge_steps(JOIN_STEPS)?;
                let parts = [self.printable(left)?, self.printable(right)?];
                self.concat(&parts).map(Any::text)
            }
            _ => Err(operand_fault(Operation::Arithmetic(Arithmetic::Add), left, right)),
        }
    }

    fn equal(&mut self, operator: Comparison, left: Any, right: Any) -> Result<bool, Fault> {
        match (left.ty, right.ty) {
            (Type::Null, _) => Ok(right.is_null()),
            (Type::Long, Type::Long) => Ok(left.bits == right.bits),
            (Type::Long | Type::Double, Type::Long | Type::Double) => Ok(left.number() == right.number()),
            (Type::Boolean, Type::Boolean) => Ok(left.bits == right.bits),
            (Type::String, Type::String) => self.texts_equal(left.bits, right.bits),
            (Type::Long | Type::Double, Type::String) => match Text::from_bits(right.bits) {
                Some(text) => self.number_is_text(left, text),
                None => Ok(false),
            },
            (Type::Long | Type::Double | Type::Boolean, Type::Null) => Ok(false),
            (Type::String, Type::Null) => Ok(left.is_null()),
            _ => Err(operand_fault(Operation::Comparison(operator), left, right)),
        }
    }

    /// Whether two registers of type STRING hold the same text; null equals only null. Charged by the shorter.
    pub(crate) fn texts_equal(&mut self, left: u64, right: u64) -> Result<bool, Fault> {
        match (Text::from_bits(left), Text::from_bits(right)) {
            (Some(left), Some(right)) => {
                let length = self.text(left).len();
                if length != self.text(right).len() {
                    return Ok(false);
                }
                let Self { heap, meter, .. } = self;
                let (left, right) = (heap.texts.bytes(left), heap.texts.bytes(right));
                if length <= COMPARED_BYTES {
                    meter.charge_work(length)?;
                    return Ok(left == right);
                }
                for (left, right) in left.chunks(COMPARED_BYTES).zip(right.chunks(COMPARED_BYTES)) {
                    meter.charge_work(left.len())?;
                    if left != right {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (left, right) => Ok(left == right),
        }
    }

    /// Whether a number's text is this one.
    fn number_is_text(&mut self, number: Any, text: Text) -> Result<bool, Fault> {
        let Self {
            heap, meter, scratch, ..
        } = self;
        meter.charge_steps(NUMBER_TEXT_STEPS)?;
        let printed = scratch.print(meter, number)?;
        Ok(printed == heap.texts.get(text))
    }

    /// Unary minus.
    pub(crate) fn negate(&self, value: Any) -> Result<Any, Fault> {
        match value.ty.stored() {
            Stored::Long => Ok(Any::long(value.as_long().wrapping_neg())),
            Stored::Double => Ok(Any::double(-value.as_double())),
            Stored::Unknown
            | Stored::Nothing
            | Stored::Null
            | Stored::Boolean
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => Err(unary_fault("-", value)),
        }
    }

    /// Unary plus.
    pub(crate) fn plus(&self, value: Any) -> Result<Any, Fault> {
        match value.ty {
            Type::Long | Type::Double => Ok(value),
            _ => Err(no_number_fault(value)),
        }
    }

    /// The bits of a value that is of the type. A LIST without elements is an array of any type.
    pub(crate) fn check(&self, value: Any, ty: Type, kind: CheckKind) -> Result<u64, Fault> {
        match value.ty == ty {
            true => Ok(value.bits),
            false if ty.element().is_some() && self.is_empty_list(value) => Ok(EMPTY_ARRAY),
            false => Err(check_fault(value, ty, kind)),
        }
    }

    fn is_empty_list(&self, value: Any) -> bool {
        value.ty == Type::List && self.heap.length(value) == Some(0)
    }

    /// The number of elements of an array or list.
    pub(crate) fn length(&self, value: Any) -> Result<i64, Fault> {
        match self.heap.length(value) {
            Some(length) => Ok(length as i64),
            None => {
                let message = Message::from(value.ty.name()).words(" has no field `length`");
                let fault = Fault::new(Code::TypeMismatch, message);
                Err(if value.ty == Type::String {
                    fault.with_help(Code::TypeMismatch, "it is a method: `text.length()`")
                } else if value.ty == Type::Null {
                    fault.with_help(
                        Code::TypeMismatch,
                        "there is nothing to walk or to count: test for null first",
                    )
                } else if value.ty == Type::Map {
                    fault.with_help(Code::TypeMismatch, "it is a method: `m.size()`")
                } else {
                    fault
                })
            }
        }
    }

    /// An element of an array or list.
    pub(crate) fn element(&mut self, array: Any, index: Any) -> Result<Any, Fault> {
        let index = self.check(index, Type::Long, CheckKind::Index)? as i64;
        let element = self.heap.element(&mut self.meter, array, index);
        element.unwrap_or_else(|| Err(no_elements_fault(array)))
    }

    /// Sets an element of an array.
    pub(crate) fn set_element(&mut self, array: Any, index: Any, value: Any) -> Result<(), Fault> {
        let index = self.check(index, Type::Long, CheckKind::Index)? as i64;
        let Some(elements) = Elements::of(array.ty) else {
            return Err(no_elements_fault(array));
        };
        if elements == Elements::Mixed {
            return Err(Fault::new(
                Code::ReadOnly,
                "a LIST from the parameters cannot be changed",
            ));
        }
        self.check(value, elements.ty(), CheckKind::Assignment)?;
        let place = (elements, array.bits);
        self.heap.set_element(&mut self.meter, place, index, value)
    }

    /// What a variable holds after `x = value`: the value, where the variable is unset or holds one of the same type.
    pub(crate) fn reassign(&self, old: Any, value: Any) -> Result<Any, Fault> {
        if value.ty == Type::Null {
            let fault = Fault::new(Code::TypeMismatch, "null cannot be assigned");
            return Err(fault.with_help(Code::TypeMismatch, NULL_OPERAND_HELP));
        }
        let ty = old.ty;
        let empty = ty == Type::List && value.ty.element().is_some() && self.is_empty_list(old);
        // What holds null, as a parameter may, is of no type yet.
        if matches!(ty, Type::Void | Type::Null) || empty {
            return Ok(value);
        }
        self.check(value, ty, CheckKind::Assignment)
            .map(|bits| Any::new(ty, bits))
    }

    /// The value, or a string of its text where it is not a scalar: what [`Context::concat`] takes.
    pub(crate) fn printable(&mut self, value: Any) -> Result<Any, Fault> {
        match value.ty.stored() {
            Stored::Null | Stored::Boolean | Stored::Long | Stored::Double | Stored::Text => Ok(value),
            Stored::Unknown | Stored::Nothing | Stored::Elements(_) | Stored::Map | Stored::Object => {
                match value.is_null() {
                    true => Ok(Any::NULL),
                    false => self.print(value).map(Any::text),
                }
            }
        }
    }
}

fn arithmetic(meter: &mut Meter, operator: Arithmetic, left: Any, right: Any) -> Result<Any, Fault> {
    if left.ty == Type::Long && right.ty == Type::Long {
        let result = operator.longs(left.as_long(), right.as_long());
        return result.map(Any::long).ok_or_else(division_fault);
    }
    let (Some(a), Some(b)) = (left.number(), right.number()) else {
        return Err(operand_fault(Operation::Arithmetic(operator), left, right));
    };
    Ok(Any::double(if operator == Arithmetic::Remainder {
        double::remainder(meter, a, b)?
    } else {
        operator.doubles(a, b)
    }))
}

fn compare(operator: Comparison, left: Any, right: Any) -> Result<Any, Fault> {
    let null_is_less = left.ty == Type::Null && matches!(operator, Comparison::Less | Comparison::Greater);
    if null_is_less {
        return Ok(Any::boolean(false));
    }
    let order = match (left.ty, right.ty) {
        (Type::Long, Type::Long) => Some(left.as_long().cmp(&right.as_long())),
        _ => match (left.number(), right.number()) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => return Err(operand_fault(Operation::Comparison(operator), left, right)),
        },
    };
    Ok(Any::boolean(operator.holds(order)))
}

#[cold]
pub(crate) fn division_fault() -> Fault {
    Fault::new(Code::DivisionByZero, "a LONG is divided by zero")
}

#[cold]
fn operand_fault(operation: Operation, left: Any, right: Any) -> Fault {
    let message = Message::from("`").words(operation.text()).words("` does not take ");
    let message = message.words(left.ty.name()).words(" and ").words(right.ty.name());
    let message = match (left.ty, right.ty) {
        (_, Type::Null) => message.words(": the right side is null"),
        _ => message,
    };
    let fault = Fault::new(Code::TypeMismatch, message);
    let of_null = || matches!((left.ty, right.ty), (Type::Null, _) | (_, Type::Null)).then_some(NULL_OPERAND_HELP);
    match text_help(operation, left.ty, right.ty).or_else(of_null) {
        Some(help) => fault.with_help(Code::TypeMismatch, help),
        None => fault,
    }
}

/// What to do about a text that meets a number or BOOLEAN.
const fn text_help(operation: Operation, left: Type, right: Type) -> Option<&'static str> {
    match (left.stored(), right.stored()) {
        (Stored::Text, Stored::Text) => match operation {
            Operation::Comparison(operator) => order_help(operator),
            Operation::Arithmetic(_) => None,
        },
        (Stored::Text, Stored::Long) => Some("the left side is a text: read its number with `Long.parseLong(…)`"),
        (Stored::Long, Stored::Text) => Some("the right side is a text: read its number with `Long.parseLong(…)`"),
        (Stored::Text, Stored::Double) => Some("the left side is a text: read its number with `Double.parseDouble(…)`"),
        (Stored::Double, Stored::Text) => {
            Some("the right side is a text: read its number with `Double.parseDouble(…)`")
        }
        (Stored::Text, Stored::Boolean) => Some("the left side is a text: compare it with a text, such as `'true'`"),
        (Stored::Boolean, Stored::Text) => Some("the right side is a text: compare it with a text, such as `'true'`"),
        _ => None,
    }
}

/// How two texts are put in order.
const fn order_help(operator: Comparison) -> Option<&'static str> {
    match operator {
        Comparison::Less => Some("write `a.compareTo(b) < 0`"),
        Comparison::LessEqual => Some("write `a.compareTo(b) <= 0`"),
        Comparison::Greater => Some("write `a.compareTo(b) > 0`"),
        Comparison::GreaterEqual => Some("write `a.compareTo(b) >= 0`"),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}

#[cold]
fn unary_fault(operator: &'static str, value: Any) -> Fault {
    let message = Message::from("unary `").words(operator).words("` does not take ");
    Fault::new(Code::TypeMismatch, message.words(value.ty.name()))
}

/// What stands behind `+`, or before `++`, is not a number.
#[cold]
fn no_number_fault(value: Any) -> Fault {
    let message = Message::from("expected a LONG or DOUBLE, found ").words(value.ty.name());
    let fault = Fault::new(Code::TypeMismatch, message);
    if value.is_null() {
        fault.with_help(Code::TypeMismatch, NULL_OPERAND_HELP)
    } else if value.ty == Type::String {
        fault.with_help(Code::TypeMismatch, "read the number of a text with `Long.parseLong(…)`")
    } else {
        fault
    }
}

#[cold]
fn no_elements_fault(value: Any) -> Fault {
    let fault = Fault::new(
        Code::TypeMismatch,
        Message::from(value.ty.name()).words(" has no elements"),
    );
    if value.ty == Type::Map {
        fault.with_help(Code::TypeMismatch, "read a map with `m.get('key')`")
    } else if value.ty == Type::String {
        fault.with_help(Code::TypeMismatch, "take a character with `text.substring(i, i + 1)`")
    } else {
        fault
    }
}

#[cold]
fn check_fault(value: Any, ty: Type, kind: CheckKind) -> Fault {
    if kind == CheckKind::Receiver && value.is_null() {
        let fault = Fault::new(Code::TypeMismatch, "a method is called on null");
        return fault.with_help(Code::TypeMismatch, NULL_HELP);
    }
    let (given, ty) = (value.ty.name(), ty.name());
    let message = match kind {
        CheckKind::Condition => Message::from("expected a BOOLEAN condition, found ").words(given),
        CheckKind::Assignment => Message::from("expected ")
            .words(ty)
            .words(" for the variable, found ")
            .words(given),
        CheckKind::Index => Message::from("expected a LONG index or length, found ").words(given),
        CheckKind::Receiver => Message::from("expected ")
            .words(ty)
            .words(" before the method, found ")
            .words(given),
        CheckKind::Argument => Message::from("expected ")
            .words(ty)
            .words(" as the argument, found ")
            .words(given),
        CheckKind::OutsideLoop => {
            let message = "`break` or `continue` outside of a loop, in the last statement";
            return Fault::new(Code::OutsideLoop, message);
        }
        CheckKind::Thrown => Message::from("expected a STRING to throw, found ").words(given),
        CheckKind::Host => {
            let message = Message::from("expected ").words(ty);
            message.words(" of the host, found ").words(given)
        }
    };
    let fault = Fault::new(Code::TypeMismatch, message);
    match (kind, value.ty.stored()) {
        (CheckKind::Condition, Stored::Text) => {
            fault.with_help(Code::TypeMismatch, "compare the text, such as `… == 'true'`")
        }
        (CheckKind::Condition, Stored::Long | Stored::Double) => {
            fault.with_help(Code::TypeMismatch, "compare it, such as `… != 0`")
        }
        (CheckKind::Condition, Stored::Null) => fault.with_help(
            Code::TypeMismatch,
            "where there may be none, test for it, `x != null`, or compare, `x == true`",
        ),
        _ => fault,
    }
}
