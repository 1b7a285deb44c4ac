//! What to write instead of an operation that the table of operators refuses.

use super::checker::{Checker, Typed};
use super::typed::{Expr, Kind};
use super::written;
use crate::advice::{self, Section};
use crate::diagnostic::{quote_code, write_code};
use crate::dialect::Dialect;
use crate::library;
use crate::library::declaration::Receiver;
use crate::operator::{Arithmetic, Comparison, Operation};
use crate::source::Span;
use crate::types::Type;

impl Checker<'_> {
    /// What to write instead of an operation that the table refuses.
    pub(super) fn operation_help(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let (left_code, right_code) = (self.operand(left), self.operand(right));
        let a = left_code.as_deref().unwrap_or("a");
        let b = right_code.as_deref().unwrap_or("b");
        if let Some(code) = self
            .moved_text(operation, left, right)
            .or_else(|| self.added(operation, left, right))
        {
            return Some(write_code(&code));
        }
        let of_lists = || self.member_help(operation, left, right);
        if let Some(help) = of_lists().or_else(|| self.longer_help(operation, left, right)) {
            return Some(help);
        }
        if let Some(code) = self.found_help(operation, left, right) {
            return Some(write_code(&code));
        }
        let code = match (operation, left.ty, right.ty) {
            (Operation::Comparison(_), Type::String | Type::Long, Type::Boolean)
                if operation.is_equality() && self.truth_of(left).is_some() =>
            {
                tested(self.truth_of(left)? == is_equal(operation), right_code)
            }
            (Operation::Comparison(_), ty, Type::Boolean) if operation.is_equality() && ty != Type::Boolean => {
                match self.compared_with_each(operation, left, right) {
                    Some(code) => code,
                    None => return Some(self.fitted(of_types(operation, left.ty, right.ty)?, left)),
                }
            }
            (Operation::Comparison(_), Type::Long, sized) if size_of(sized).is_some() => {
                format!("{a} {} {b}.{}", operation.text(), size_of(sized)?)
            }
            (Operation::Comparison(_), sized, Type::Long) if size_of(sized).is_some() => {
                format!("{a}.{} {} {b}", size_of(sized)?, operation.text())
            }
            (Operation::Comparison(_), _, Type::Null) if operation.is_equality() && left_code.is_some() => {
                format!("null {} {a}", operation.text())
            }
            (_, Type::String, Type::String | Type::Any) | (_, Type::Any, Type::String)
                if !operation.is_arithmetic() =>
            {
                let code = quote_code(&format!("{a}.compareTo({b}) {} 0", operation.text()));
                return Some(format!(
                    "write {code}; where the texts hold numbers, read those with `Long.parseLong(…)`"
                ));
            }
            (_, Type::String, ty) if operation.is_arithmetic() && self.ends_with_number(left) && ty.is_number() => {
                self.grouped(operation, left, right)?
            }
            (Operation::Arithmetic(Arithmetic::Multiply), Type::String, Type::Long)
                if self.is_literal(left) && self.number_in(left).is_none() =>
            {
                let help = self.options.advice().of_value(Section::Calls, Type::String, "repeat")?;
                return Some(advice::about(&help, &[("text", a), ("first", b), ("n", b)]));
            }
            (Operation::Arithmetic(Arithmetic::Remainder), Type::String, ty)
                if self.is_literal(left) || !ty.is_number() =>
            {
                // `'%s-%s' % [a, b]`
                let listed = b.strip_prefix('[').and_then(|b| b.strip_suffix(']'));
                format!("String.format({a}, {})", listed.unwrap_or(b))
            }
            (_, Type::Boolean, Type::String | Type::Long) if operation.is_equality() => {
                tested(self.truth_of(right)? == is_equal(operation), left_code)
            }
            (_, Type::Boolean, ty) if !operation.is_equality() && ty.is_number() && self.is_compared(left) => {
                let help = self
                    .compared_twice(operation, left, right)
                    .map(|code| write_code(&code));
                return Some(help.unwrap_or_else(|| "compare twice: `1 < x && x < 5`".to_owned()));
            }
            (_, Type::String, ty) if ty.is_number() && self.number_in(left).is_some() => {
                return self.number_in(left).map(unquoted);
            }
            (_, ty, Type::String) if ty.is_number() && self.number_in(right).is_some() => {
                return self.number_in(right).map(unquoted);
            }
            (Operation::Comparison(operator), Type::DateTime, Type::DateTime) => {
                compared_dates(operator, a, self.written(right).unwrap_or("b"))
            }
            (Operation::Comparison(operator), Type::DateTime, Type::String | Type::Long) => {
                let compared = |moment: &str| compared_dates(operator, a, moment);
                return Some(self.of_moments(right, &self.moment(right)?, compared));
            }
            (Operation::Comparison(operator), Type::String | Type::Long, Type::DateTime) => {
                let compared = |moment: &str| compared_dates(operator, moment, self.written(right).unwrap_or("b"));
                return Some(self.of_moments(left, &self.moment(left)?, compared));
            }
            (Operation::Arithmetic(Arithmetic::Add), ty, Type::String) if ty.element().is_some() || is_joined(ty) => {
                format!("'' + {a} + {b}")
            }
            _ => {
                let help = of_types(operation, left.ty, right.ty)?;
                let side = match (left.ty, right.ty) {
                    (Type::Long | Type::Double | Type::Any, Type::String) => right,
                    _ => left,
                };
                return Some(self.fitted(help, side));
            }
        };
        Some(write_code(&code))
    }

    /// `xs.contains('a')` for `xs == 'a'`, where one side is an array or LIST that may have the other, which is not a length, among its
    /// elements.
    fn member_help(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let holds = |list: Typed, value: Typed| match list.ty.element() {
            Some(element) => element == value.ty || (element == Type::Any && value.ty == Type::String),
            None => false,
        };
        let is_length = left.ty == Type::Long || right.ty == Type::Long;
        if !operation.is_equality() || is_length || self.options.dialect == Dialect::Sel {
            return None;
        }
        let (list, value) = match (holds(left, right), holds(right, left)) {
            (true, _) => (left, right),
            (_, true) => (right, left),
            _ => return None,
        };
        let not = match operation {
            Operation::Comparison(Comparison::NotEqual) => "!",
            _ => "",
        };
        let code = format!("{not}{}.contains({})", self.operand(list)?, self.written(value)?);
        Some(format!(
            "whether one of the elements is the same: {}",
            write_code(&code)
        ))
    }

    /// `xs.append(1)` for `xs + 1`, and `xs.concat(ys)` for `xs + ys`.
    fn longer_help(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let element = left.ty.element()?;
        let is_one = right.ty == element && element != Type::String;
        if operation != Operation::Arithmetic(Arithmetic::Add) || self.options.dialect == Dialect::Sel {
            return None;
        }
        let method = match right.ty == left.ty {
            true => "concat",
            false if is_one => "append",
            false => return None,
        };
        let code = format!("{}.{method}({})", self.operand(left)?, self.written(right)?);
        Some(format!("for a longer array {}", write_code(&code)))
    }

    /// `s.indexOf('a') == -1` for `s.find('a') == -1`, as Python has it; of a pattern whether it is found.
    fn found_help(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let Kind::Call { function, arguments } = self.out.expr(left.id).kind else {
            return None;
        };
        let (Operation::Comparison(operator), [text, part]) = (operation, self.out.expr_list(arguments)) else {
            return None;
        };
        let is_find = library::function(function)
            .is_some_and(|function| function.name == "find" && function.receiver == Receiver::Instance(Type::String));
        let place = self.written(right).filter(|_| is_find && right.ty == Type::Long)?;
        let is_there = match (operator, place) {
            (Comparison::Equal | Comparison::LessEqual, "-1") | (Comparison::Less, "0") => false,
            (Comparison::NotEqual | Comparison::Greater, "-1") | (Comparison::GreaterEqual, "0") => true,
            _ => return None,
        };
        let (text, part) = (self.out.expr(*text), self.out.expr(*part));
        let literal = match part.kind {
            Kind::Text(literal) => self.out.text(literal),
            _ => "[",
        };
        let is_plain = literal
            .chars()
            .all(|next| next.is_alphanumeric() || "/-_:,; =".contains(next));
        let [text, part] = [text, part].map(|expr| expr.span.of(self.source));
        let (text, part) = (advice::operand(written::repeated(text)?), written::repeated(part)?);
        Some(match is_plain {
            true => format!("{text}.indexOf({part}) {} {place}", operation.text()),
            false => format!("{text}.find({part}) {} null", if is_there { "!=" } else { "==" }),
        })
    }

    /// `1 < x && x < 5` for `1 < x < 5`
    fn compared_twice(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let (Kind::Compare { right: middle, .. } | Kind::Dynamic { right: middle, .. }) = self.out.expr(left.id).kind
        else {
            return None;
        };
        let middle = self.out.expr(middle).span.of(self.source);
        let (first, last) = (self.written(left)?, self.operand(right)?);
        Some(format!("{first} && {middle} {} {last}", operation.text()))
    }

    /// `Util.incrementDateInt(Util.incrementDateInt(day, 1), -1)` for `Util.incrementDateInt(day, 1) - 1`
    fn moved_text(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let Kind::Call { function, .. } = self.out.expr(left.id).kind else {
            return None;
        };
        let gives_date = library::function(function).is_some_and(|function| {
            function.receiver == Receiver::Static("Util") && matches!(function.name, "incrementDateInt" | "tsToDateInt")
        });
        let sign = match operation {
            Operation::Arithmetic(Arithmetic::Subtract) => "-",
            _ => return None,
        };
        let (date, days) = (self.written(left)?, self.operand(right)?);
        (gives_date && right.ty == Type::Long).then(|| format!("Util.incrementDateInt({date}, {sign}{days})"))
    }

    /// `Long.parseLong(text) + 1 == 11` for `text + 1 == 11`
    fn added(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let Kind::Concat(parts) = self.out.expr(left.id).kind else {
            return None;
        };
        let [text, number] = *self.out.expr_list(parts) else {
            return None;
        };
        let (text, number) = (self.out.expr(text), self.out.expr(number));
        let class = match (number.ty, right.ty) {
            (Type::Long, Type::Long) => "Long.parseLong",
            (Type::Long | Type::Double, Type::Long | Type::Double) => "Double.parseDouble",
            _ => return None,
        };
        let is_sum = text.ty == Type::String && !matches!(text.kind, Kind::Text(_) | Kind::Concat(_));
        let (text, number) = (text.span.of(self.source), number.span.of(self.source));
        let (number, other) = (written::repeated(number)?, self.operand(right)?);
        let code = format!(
            "{class}({}) + {number} {} {other}",
            written::repeated(text)?,
            operation.text()
        );
        (is_sum && !operation.is_arithmetic()).then_some(code)
    }

    /// `env == 'a' || env == 'b'` for `env == ('a' || 'b')`
    fn compared_with_each(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let inside = right.span.of(self.source).trim();
        let inside = inside
            .strip_prefix('(')
            .map_or(Some(inside), |inside| inside.strip_suffix(')'))?;
        let values: Vec<&str> = inside.split("||").map(str::trim).collect();
        let is_text =
            |value: &&str| value.len() > 2 && value.starts_with(['\'', '"']) && !value.contains(['\\', '`', '&']);
        let is_number = |value: &&str| value.bytes().all(|next| next.is_ascii_digit()) && !value.is_empty();
        let known = match left.ty {
            Type::String => values.iter().all(is_text),
            Type::Long => values.iter().all(is_number),
            _ => false,
        };
        let left = self.operand(left)?;
        let joined = if operation == Operation::Comparison(Comparison::Equal) {
            " || "
        } else {
            " && "
        };
        let each = values
            .iter()
            .map(|value| format!("{left} {} {value}", operation.text()));
        (known && values.len() > 1 && values.len() < 9).then(|| each.collect::<Vec<_>>().join(joined))
    }

    /// Whether a text ends with a number that was joined to it, as `'n: ' + n` does.
    fn ends_with_number(&self, text: Typed) -> bool {
        self.last_part(text).is_some_and(|last| last.ty.is_number())
    }

    fn last_part(&self, text: Typed) -> Option<Expr> {
        match self.out.expr(text.id).kind {
            Kind::Concat(parts) => self.out.expr_list(parts).last().map(|last| self.out.expr(*last)),
            _ => None,
        }
    }

    /// `'n: ' + (n - 1)` for `'n: ' + n - 1`
    fn grouped(&self, operation: Operation, left: Typed, right: Typed) -> Option<String> {
        let last = self.last_part(left)?.span.start;
        let ahead = Span::new(left.span.start, last).of(self.source);
        let number = Span::new(last, left.span.end).of(self.source);
        let code = format!("{ahead}({number} {} {})", operation.text(), self.operand(right)?);
        (!code.contains(['\n', '`', '\\'])).then_some(code)
    }

    /// The number that a literal text holds.
    pub(super) fn number_in(&self, value: Typed) -> Option<&str> {
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
            Kind::Dynamic { operator, .. } => !operator.is_arithmetic(),
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
}

pub(super) fn unquoted(number: &str) -> String {
    // Nor has it zeros before.
    let digits = number.trim_start_matches('0');
    let zero = if digits.is_empty() || digits.starts_with('.') {
        "0"
    } else {
        ""
    };
    format!(
        "a number has no quotes: write {}",
        quote_code(&format!("{zero}{digits}"))
    )
}

/// Whether a value has a text only behind another text.
const fn is_joined(ty: Type) -> bool {
    matches!(ty, Type::Boolean | Type::Map)
}

/// What tests whether a BOOLEAN is as it should be.
fn tested(should_be: bool, code: Option<String>) -> String {
    match (should_be, code) {
        (true, Some(code)) => code,
        (false, Some(code)) => format!("!{code}"),
        (true, None) => "a == true".to_owned(),
        (false, None) => "a == false".to_owned(),
    }
}

fn is_equal(operation: Operation) -> bool {
    operation == Operation::Comparison(Comparison::Equal)
}

fn compared_dates(operator: Comparison, a: &str, b: &str) -> String {
    let (not, method) = match operator {
        Comparison::Equal => ("", "isEqual"),
        Comparison::NotEqual => ("!", "isEqual"),
        Comparison::Less => ("", "isBefore"),
        Comparison::GreaterEqual => ("!", "isBefore"),
        Comparison::Greater => ("", "isAfter"),
        Comparison::LessEqual => ("!", "isAfter"),
    };
    format!("{not}{a}.{method}({b})")
}

/// What gives the size of a value of a type.
fn size_of(ty: Type) -> Option<&'static str> {
    match ty {
        Type::Map => Some("size()"),
        ty if ty.element().is_some() => Some("length"),
        _ => None,
    }
}

/// What to know of an operation of two types.
fn of_types(operation: Operation, left: Type, right: Type) -> Option<&'static str> {
    Some(match (left, right) {
        (Type::String, Type::Long) if !operation.is_arithmetic() => {
            "the left side is a text: read its number, `Long.parseLong(…)`, or compare with a text, such as `'5'`"
        }
        (Type::String, Type::Double) if !operation.is_arithmetic() => {
            "the left side is a text: read its number with `Double.parseDouble(…)`"
        }
        (Type::Long, Type::String) if !operation.is_arithmetic() => {
            "the right side is a text: read its number with `Long.parseLong(…)`"
        }
        (Type::Double, Type::String) if !operation.is_arithmetic() => {
            "the right side is a text: read its number with `Double.parseDouble(…)`"
        }
        (Type::String, Type::Boolean) if operation.is_equality() => {
            "the left side is a text: compare with a text, such as `'true'`"
        }
        (Type::Boolean, Type::String) if operation.is_equality() => {
            "the right side is a text: compare with a text, such as `text == 'true'`"
        }
        (Type::Boolean, Type::Long | Type::Double) if !operation.is_arithmetic() => {
            "the left side is a BOOLEAN: compare with `true` or `false`"
        }
        (Type::Long | Type::Double, Type::Boolean) if operation.is_equality() => {
            "the right side is a BOOLEAN: compare with a number, such as `x != 0`"
        }
        (Type::DateTime, Type::DateTime) if operation.is_arithmetic() => {
            "the days from `a` to `b` are `Days.daysBetween(a, b).getDays()`, the milliseconds `b.getMillis() - a.getMillis()`"
        }
        (Type::DateTime, Type::String) | (Type::String, Type::DateTime) if !operation.is_arithmetic() => {
            "make a date of the text, `new DateTime(text)`, and compare with `a.isBefore(b)`, `a.isEqual(b)` or `a.isAfter(b)`"
        }
        (Type::DateTime, Type::Long) | (Type::Long, Type::DateTime) if !operation.is_arithmetic() => {
            "make a date of the milliseconds, `new DateTime(n)`, and compare with `a.isBefore(b)`, `a.isEqual(b)` or `a.isAfter(b)`"
        }
        (Type::DateTime, Type::String) if operation == Operation::Arithmetic(Arithmetic::Add) => {
            "join its text: `date.toString('yyyy-MM-dd') + '/'`"
        }
        (Type::DateTime, _) | (_, Type::DateTime) if operation.is_arithmetic() => {
            "move a date with `date.plusDays(n)` and its like, or take its `date.getMillis()`"
        }
        (Type::Boolean, _) if operation == Operation::Arithmetic(Arithmetic::Add) => {
            "to join texts, begin with a text: `'' + …`"
        }
        (Type::Boolean, _) | (_, Type::Boolean) if operation.is_arithmetic() => {
            "a BOOLEAN is not a number: write `flag ? 1 : 0`"
        }
        (Type::Boolean, Type::Boolean) => "BOOLEANs have no order: compare with `==` or `!=`",
        (_, Type::Null) if !operation.is_equality() => "the right side is null, or an unknown name",
        (_, Type::Null) if operation == Operation::Comparison(Comparison::NotEqual) => {
            "write null on the left, such as `null != x`"
        }
        (_, Type::Null) => "write null on the left, such as `null == x`",
        (Type::String, _) if operation.is_arithmetic() => {
            "the left side is a text: read its number with `Long.parseLong(…)` or `Double.parseDouble(…)`"
        }
        (Type::Long | Type::Double | Type::Any, Type::String) if operation.is_arithmetic() => {
            "the right side is a text: read its number with `Long.parseLong(…)` or `Double.parseDouble(…)`"
        }
        (Type::DateTimeProperty, _) | (_, Type::DateTimeProperty) => {
            "a property is not a number: take its value, `date.dayOfWeek().get()`, or write `date.getDayOfWeek()`"
        }
        (Type::Days, _) | (_, Type::Days) => "take the number of days with `.getDays()`",
        (Type::Hours, _) | (_, Type::Hours) => "take the number of hours with `.getHours()`",
        (Type::Minutes, _) | (_, Type::Minutes) => "take the number of minutes with `.getMinutes()`",
        (Type::Duration, _) | (_, Type::Duration) => "take the milliseconds with `.getMillis()`",
        _ if left.element().is_some() => "compare or combine the elements, one by one",
        (Type::Map, _) => "compare or combine the values, such as `m.get('key')`",
        _ => return None,
    })
}
