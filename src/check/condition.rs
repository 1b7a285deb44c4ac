//! Conditions, and what was meant by what is none.

use super::checker::{Checker, Typed};
use super::typed::{CheckKind, Kind};
use super::written;
use crate::diagnostic::{Code, Diagnostic, write_code};
use crate::syntax::ast::{ExprId, Symbol};
use crate::types::Type;

/// What to know of `=` in a condition.
pub(super) const ASSIGNS: &str = "`=` assigns: compare with `==`";

impl Checker<'_> {
    /// A condition: BOOLEAN, or checked at run time.
    pub(super) fn condition(&mut self, id: ExprId) -> Typed {
        let value = self.expr(id);
        let value = match self.refuse_null(value, "which is not a condition") {
            Some(refused) => refused,
            None => value,
        };
        let given = self.known_type(value);
        let value = match given {
            Type::Boolean => value,
            given => Typed { ty: given, ..value },
        };
        if matches!(given, Type::Boolean | Type::Any) {
            return self.checked(value, Type::Boolean, CheckKind::Condition);
        }
        let message = format!("expected a BOOLEAN condition, found {given}");
        let mut error = Diagnostic::error(Code::ConditionType, value.span, message);
        error.help = match self.tree.expr(id).kind.set() {
            Some(_) => Some(ASSIGNS.to_owned()),
            None => self.compared(value),
        };
        self.refuse(error);
        self.node(Kind::Boolean(false), Type::Boolean, value.span)
    }

    /// How a value is compared that stands where a condition does.
    fn compared(&self, value: Typed) -> Option<String> {
        let help = match value.ty {
            Type::String => "compare the text, such as `text == 'true'` or `!text.isEmpty()`",
            Type::Long => "compare it, such as `n != 0`",
            Type::Double => "compare it, such as `x != 0`",
            Type::Null => "null, or an unknown name",
            Type::Map => "test its size, `m.size() > 0`, or whether it has a key, `m.containsKey('key')`",
            Type::DateTime => "test whether it is there, `null != date`, or compare it, `date.isBefore(other)`",
            ty if ty.element().is_some() || ty == Type::List => "test its length, `xs.length > 0`",
            _ => return None,
        };
        Some(self.about(help, value, &[]))
    }

    /// Whether `=` in `n = 1 && ready` is meant for `==`: the value begins with what is not a condition, as was just reported.
    pub(super) fn is_comparison(&mut self, reported: usize, value: Typed) -> bool {
        let first = self.error_since_mut(reported);
        let of_start =
            |error: &&mut Diagnostic| error.code == Code::ConditionType && error.span.start == value.span.start;
        first.filter(of_start).is_some_and(|error| {
            error.help = Some(ASSIGNS.to_owned());
            true
        })
    }

    /// Whether `=!` in `n =! 5` is meant for `!=`: what follows is not a BOOLEAN, as was just reported.
    pub(super) fn is_swapped(&mut self, reported: usize, name: Symbol, value: Typed) -> bool {
        if self.error_since(reported).is_none() {
            return false;
        }
        let before = self.source.get(..value.span.start as usize).unwrap_or("");
        let Some(operand) = value
            .span
            .of(self.source)
            .strip_prefix('!')
            .filter(|_| before.ends_with('='))
        else {
            return false;
        };
        let help = match written::repeated(operand) {
            Some(operand) => write_code(&format!("{} != {operand}", self.tree.name(name))),
            None => "write `!=`".to_owned(),
        };
        let error = self.error_since_mut(reported);
        let error = error.filter(|error| error.code == Code::OperandTypes && error.span == value.span);
        error.is_some_and(|error| {
            error.help = Some(help);
            true
        })
    }
}
