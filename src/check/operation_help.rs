//! What to write instead of an operation that the table of operators refuses.

use super::checker::{Checker, Typed};
use super::operators::{is_arithmetic, is_equality};
use super::typed::{BinaryOperator, Kind};
use crate::diagnostic::quote_code;
use crate::types::Type;

/// The most characters of a text that a help repeats.
const MAX_REPEATED: usize = 24;

impl Checker<'_> {
    /// What to write instead of an operation that the table refuses.
    pub(super) fn operation_help(&self, operator: BinaryOperator, left: Typed, right: Typed) -> Option<String> {
        let (left_code, right_code) = (self.written(left), self.written(right));
        let (a, b) = (
            left_code.as_deref().unwrap_or("a"),
            right_code.as_deref().unwrap_or("b"),
        );
        let code = match (operator, left.ty, right.ty) {
            (_, Type::String, Type::String) if !is_arithmetic(operator) => {
                let code = quote_code(&format!("{a}.compareTo({b}) {} 0", operator.text()));
                return Some(format!(
                    "write {code}; where the texts hold numbers, read those with `Long.parseLong(…)`"
                ));
            }
            (BinaryOperator::Remainder, Type::String, ty) if self.is_literal(left) || !ty.is_number() => {
                format!("String.format({a}, {b})")
            }
            (_, Type::Boolean, Type::String | Type::Long) if is_equality(operator) => {
                match (self.truth_of(right)? == (operator == BinaryOperator::Equal), left_code) {
                    (true, Some(code)) => code,
                    (false, Some(code)) => format!("!{code}"),
                    (true, None) => "a == true".to_owned(),
                    (false, None) => "a == false".to_owned(),
                }
            }
            (_, Type::Boolean, ty) if !is_equality(operator) && ty.is_number() && self.is_compared(left) => {
                return Some("compare twice: `1 < x && x < 5`".to_owned());
            }
            (_, Type::String, ty) if ty.is_number() && self.number_in(left).is_some() => {
                return self.number_in(left).map(unquoted);
            }
            (_, ty, Type::String) if ty.is_number() && self.number_in(right).is_some() => {
                return self.number_in(right).map(unquoted);
            }
            (_, Type::DateTime, Type::DateTime) if !is_arithmetic(operator) => compared_dates(operator, a, b)?,
            (BinaryOperator::Add, ty, Type::String) if ty.element().is_some() || is_joined(ty) => {
                format!("'' + {a} + {b}")
            }
            _ => return of_types(operator, left.ty, right.ty).map(str::to_owned),
        };
        Some(format!("write {}", quote_code(&code)))
    }

    /// The number that a literal text holds.
    fn number_in(&self, value: Typed) -> Option<&str> {
        let Kind::Text(text) = self.out.expr(value.id).kind else {
            return None;
        };
        let text = self.out.text(text);
        let digits = |part: &str| !part.is_empty() && part.len() < 19 && part.bytes().all(|byte| byte.is_ascii_digit());
        let whole = digits(text);
        (whole
            || text
                .split_once('.')
                .is_some_and(|(int, rest)| digits(int) && digits(rest)))
        .then_some(text)
    }

    fn is_literal(&self, value: Typed) -> bool {
        matches!(self.out.expr(value.id).kind, Kind::Text(_))
    }

    fn is_compared(&self, value: Typed) -> bool {
        match self.out.expr(value.id).kind {
            Kind::Compare { .. } => true,
            Kind::Dynamic { operator, .. } => !is_arithmetic(operator),
            _ => false,
        }
    }

    /// What a literal says of a BOOLEAN in other languages: `'true'`, `'False'`, `0`, `1`.
    fn truth_of(&self, value: Typed) -> Option<bool> {
        match self.out.expr(value.id).kind {
            Kind::Text(text) => match &*self.out.text(text).to_ascii_lowercase() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            Kind::Long(1) => Some(true),
            Kind::Long(0) => Some(false),
            _ => None,
        }
    }

    /// A name or literal as it may be written, where it is short enough to be repeated in a help.
    pub(super) fn written(&self, value: Typed) -> Option<String> {
        match self.out.expr(value.id).kind {
            Kind::Text(text) => {
                let text = self.out.text(text);
                let plain = |character: char| !character.is_control() && !"'\\`".contains(character);
                let is_short = text.chars().count() <= MAX_REPEATED;
                (is_short && text.chars().all(plain)).then(|| format!("'{text}'"))
            }
            Kind::Long(number) if number >= 0 => Some(number.to_string()),
            Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => name(&self.out.variable(variable).name),
            Kind::Parameter(parameter) => name(&self.out.parameter(parameter).name),
            _ => None,
        }
    }
}

fn unquoted(number: &str) -> String {
    format!("a number has no quotes: write {}", quote_code(number))
}

/// A name that may be written as it is, and is short.
fn name(name: &str) -> Option<String> {
    let part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    (begins && name.len() <= MAX_REPEATED && name.chars().all(part)).then(|| name.to_owned())
}

/// Whether a value has a text only behind another text.
const fn is_joined(ty: Type) -> bool {
    matches!(ty, Type::Boolean | Type::Map)
}

fn compared_dates(operator: BinaryOperator, a: &str, b: &str) -> Option<String> {
    let (not, method) = match operator {
        BinaryOperator::Equal => ("", "isEqual"),
        BinaryOperator::NotEqual => ("!", "isEqual"),
        BinaryOperator::Less => ("", "isBefore"),
        BinaryOperator::GreaterEqual => ("!", "isBefore"),
        BinaryOperator::Greater => ("", "isAfter"),
        BinaryOperator::LessEqual => ("!", "isAfter"),
        BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Remainder
        | BinaryOperator::And
        | BinaryOperator::Or => return None,
    };
    Some(format!("{not}{a}.{method}({b})"))
}

/// What to know of an operation of two types.
fn of_types(operator: BinaryOperator, left: Type, right: Type) -> Option<&'static str> {
    Some(match (left, right) {
        (Type::String, Type::Long) if !is_arithmetic(operator) => {
            "the left side is a text: read its number, `Long.parseLong(…)`, or compare with a text, such as `'5'`"
        }
        (Type::String, Type::Double) if !is_arithmetic(operator) => {
            "the left side is a text: read its number with `Double.parseDouble(…)`"
        }
        (Type::Long, Type::String) if !is_arithmetic(operator) => {
            "the right side is a text: read its number with `Long.parseLong(…)`"
        }
        (Type::Double, Type::String) if !is_arithmetic(operator) => {
            "the right side is a text: read its number with `Double.parseDouble(…)`"
        }
        (Type::String, Type::Boolean) if is_equality(operator) => {
            "the left side is a text: compare with a text, such as `'true'`"
        }
        (Type::Boolean, Type::String) if is_equality(operator) => {
            "the right side is a text: compare with a text, such as `text == 'true'`"
        }
        (Type::Boolean, Type::Long | Type::Double) if !is_arithmetic(operator) => {
            "the left side is a BOOLEAN: compare with `true` or `false`"
        }
        (Type::Long | Type::Double, Type::Boolean) if is_equality(operator) => {
            "the right side is a BOOLEAN: compare with a number, such as `x != 0`"
        }
        (Type::DateTime, Type::DateTime) if is_arithmetic(operator) => {
            "the days from `a` to `b` are `Days.daysBetween(a, b).getDays()`, the milliseconds `b.getMillis() - a.getMillis()`"
        }
        (Type::DateTime, Type::String) | (Type::String, Type::DateTime) if !is_arithmetic(operator) => {
            "make a date of the text, `b = new DateTime(text);`, and compare with `a.isBefore(b)`"
        }
        (Type::DateTime, Type::Long) | (Type::Long, Type::DateTime) if !is_arithmetic(operator) => {
            "make a date of the milliseconds, `b = new DateTime(n);`, and compare with `a.isBefore(b)`"
        }
        (Type::DateTime, Type::String) if operator == BinaryOperator::Add => {
            "join its text: `date.toString('yyyy-MM-dd') + '/'`"
        }
        (Type::DateTime, _) | (_, Type::DateTime) if is_arithmetic(operator) => {
            "move a date with `date.plusDays(n)` and its like, or take its `date.getMillis()`"
        }
        (Type::Boolean, _) if operator == BinaryOperator::Add => "to join texts, begin with a text: `'' + …`",
        (Type::Boolean, _) | (_, Type::Boolean) if is_arithmetic(operator) => {
            "a BOOLEAN is no number: write `flag ? 1 : 0`"
        }
        (Type::Boolean, Type::Boolean) => "BOOLEANs have no order: compare with `==` or `!=`",
        (_, Type::Null) if !is_equality(operator) => "the right side is null, or an unknown name",
        (_, Type::Null) if operator == BinaryOperator::NotEqual => "write null on the left, such as `null != x`",
        (_, Type::Null) => "write null on the left, such as `null == x`",
        (Type::String, _) if is_arithmetic(operator) => {
            "the left side is a text: read its number with `Long.parseLong(…)` or `Double.parseDouble(…)`"
        }
        (Type::Long | Type::Double | Type::Any, Type::String) if is_arithmetic(operator) => {
            "the right side is a text: read its number with `Long.parseLong(…)` or `Double.parseDouble(…)`"
        }
        (Type::DateTimeProperty, _) | (_, Type::DateTimeProperty) => {
            "a property is no number: take its value, `date.dayOfWeek().get()`, or write `date.getDayOfWeek()`"
        }
        (Type::Days, _) | (_, Type::Days) => "take the number of days with `.getDays()`",
        _ if left.element().is_some() => "compare or combine the elements, one by one",
        (Type::Map, _) => "compare or combine the values, such as `m.get('key')`",
        _ => return None,
    })
}
