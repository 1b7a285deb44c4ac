//! Values for variables of a type, which assignment never converts: what to write where they are of another.

use super::arguments::conversion;
use super::checker::{Checker, Typed};
use super::expressions::may_be_empty_array;
use super::typed::{self, CheckKind, Kind};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::operator::Arithmetic;
use crate::types::Type;

impl Checker<'_> {
    /// A value for a variable of the type: itself, checked at run time, or an error. Assignment never converts. `as_double` is
    /// how the program may declare the variable as DOUBLE.
    pub(super) fn converted(
        &mut self,
        value: Typed,
        ty: Type,
        name: &str,
        as_double: impl FnOnce() -> Option<String>,
    ) -> Typed {
        let value = match self.following.is_some() && value.ty == Type::Any {
            true => self.assigned_by_shape(value, ty),
            false => value,
        };
        if value.ty == ty || value.ty == Type::Any || may_be_empty_array(value.ty, ty) {
            return self.checked(value, ty, CheckKind::Assignment);
        }
        let message = format!("expected {ty} for {}, found {}", quote(name), value.ty);
        let help = match (ty, value.ty, as_double()) {
            (Type::Double, Type::Long, _) => self.as_double(value),
            (Type::Long, Type::Double, Some(declaration)) => format!(
                "declare it as DOUBLE, {}, or drop the fraction with `.longValue()`",
                quote(&declaration)
            ),
            (Type::Long, Type::Double, None) => {
                "use another variable for it, or drop the fraction with `.longValue()`".to_owned()
            }
            (Type::String | Type::Map | Type::DateTime, Type::Null, _) => {
                let declared = quote(&format!("{} {name};", ty.source_name().unwrap_or("String")));
                format!("null cannot be assigned: a variable declared without a value, {declared}, is null")
            }
            (_, Type::Null, _) => "null cannot be assigned, and this type has no null".to_owned(),
            (ty, given, declaration) => self.assigned_literal(value, ty, name).unwrap_or_else(|| {
                let declared = declaration
                    .as_deref()
                    .and(given.source_name())
                    .map(|ty| format!("{ty} {name}"));
                // A text that was joined holds no number.
                let is_joined = matches!(self.out.expr(value.id).kind, Kind::Concat(_));
                match (conversion(given, ty).filter(|_| !is_joined), declared) {
                    (Some(conversion), _) => self.fitted(conversion, value),
                    (None, Some(declared)) => format!("declare it as {given}, {}", quote(&declared)),
                    (None, None) => "use another variable for it".to_owned(),
                }
            }),
        };
        self.refuse(Diagnostic::error(Code::AssignmentType, value.span, message).with_help(help))
    }

    /// A value whose shape says that it is of another type, as of that; refused where it may be null, which no assignment takes.
    fn assigned_by_shape(&mut self, value: Typed, ty: Type) -> Typed {
        if let Some(refused) = self.refuse_null(value, "which cannot be assigned") {
            return refused;
        }
        match self.known_type(value) {
            known @ (Type::Long | Type::Boolean | Type::String | Type::Map) if known != ty => {
                Typed { ty: known, ..value }
            }
            _ => value,
        }
    }

    /// What to write for a literal text that a variable of a type does not take.
    fn assigned_literal(&self, value: Typed, ty: Type, name: &str) -> Option<String> {
        let Kind::Text(text) = self.out.expr(value.id).kind else {
            return None;
        };
        let text = self.out.text(text).trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_long = || !digits.is_empty() && digits.len() < 19 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_double = || {
            digits.split_once('.').is_some_and(|(whole, rest)| {
                [whole, rest]
                    .iter()
                    .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            })
        };
        let literal = match ty {
            Type::Long if is_long() => text.to_owned(),
            Type::Double if is_long() => format!("{text}.0"),
            Type::Double if is_double() => text.to_owned(),
            Type::Boolean if text.eq_ignore_ascii_case("true") => "true".to_owned(),
            Type::Boolean if text.eq_ignore_ascii_case("false") => "false".to_owned(),
            Type::Long | Type::Double | Type::Boolean => {
                let declared = quote(&format!("String {name}"));
                return Some(format!("declare it as STRING, {declared}, or write a value of {ty}"));
            }
            _ => return None,
        };
        Some(format!("without quotes it is {ty}: write {}", quote(&literal)))
    }

    /// Whether a division of LONGs is part of a sum or product.
    fn divides(&self, id: typed::ExprId) -> bool {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match self.out.expr(id).kind {
                Kind::Arithmetic {
                    operator: Arithmetic::Divide,
                    ..
                } => return true,
                Kind::Arithmetic { left, right, .. } => open.extend([left, right]),
                _ => {}
            }
        }
        false
    }

    /// How a LONG is written as a DOUBLE.
    pub(super) fn as_double(&self, value: Typed) -> String {
        match self.out.expr(value.id).kind {
            Kind::Long(n) => format!("a LONG is not converted: write `{n}.0`"),
            // To convert the quotient would be to keep what has lost its fraction.
            _ if self.divides(value.id) => "a quotient of LONGs has no fraction: write `a * 1.0 / b`".to_owned(),
            _ => "a LONG is not converted: write `n * 1.0`".to_owned(),
        }
    }
}
