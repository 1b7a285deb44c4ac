//! `i++` and `for (x : xs)`: beyond SEL, and made of what SEL has.

use super::checker::{Checker, Typed};
use super::known_shapes::Shaped;
use super::typed::{Kind, StatementId, StatementKind, VariableId};
use crate::diagnostic::{Code, Diagnostic, quote, quote_code, write_code};
use crate::dialect::Dialect;
use crate::operator::{Comparison, Operation, Step};
use crate::source::Span;
use crate::syntax::ast::{self, Each};
use crate::syntax::is_name;
use crate::types::Type;

impl Checker<'_> {
    /// Refuses what is written where the dialect is SEL.
    pub(super) fn needs_selvedge(&mut self, what: &str, span: Span, help: impl FnOnce(&Self) -> String) {
        if self.options.dialect == Dialect::Sel {
            let error = Diagnostic::error(Code::BeyondSel, span, format!("SEL has no {what}"));
            let error = error.with_help(help(self));
            self.report(error);
        }
    }

    /// What `i++` or `i--` makes of the value.
    pub(super) fn stepped(&mut self, step: Step, value: Typed, span: Span) -> Typed {
        let operator = step.arithmetic();
        self.needs_selvedge(&quote(step.text()), span, |checker| {
            let name = value.span.of(checker.source);
            write_code(&format!("{name} {}= 1", operator.text()))
        });
        let value = match value.ty {
            Type::Long | Type::Double => value,
            // It may be a text, of which `+ 1` would make a longer one.
            Type::Any => self.node(Kind::Plus(value.id), Type::Any, value.span),
            given => {
                let message = format!("{} takes a LONG or DOUBLE, found {given}", quote(step.text()));
                return self.refuse(Diagnostic::error(Code::OperandTypes, span, message));
            }
        };
        let one = match value.ty {
            Type::Double => self.node(Kind::Double(1.0), Type::Double, span),
            _ => self.node(Kind::Long(1), Type::Long, span),
        };
        self.binary(Operation::Arithmetic(operator), span, value, one)
    }

    /// `for (x : xs)`: a loop that counts, over what `xs` is when it begins.
    pub(super) fn for_each(&mut self, each: Each, body: ast::StatementId, span: Span) -> StatementId {
        let (values_span, head) = (
            self.tree.expr(each.values).span,
            Span::new(span.start, each.name_span.end),
        );
        let values = self.expr(each.values);
        self.needs_selvedge("`for (x : xs)`", head, |checker| {
            let (name, written) = (each.name_span.of(checker.source), values_span.of(checker.source));
            let (made, walked) = match is_name(written) {
                true => (String::new(), written),
                false if checker.is_refused(values) => (String::new(), "xs"),
                // It is made once.
                false => (format!("xs = {written}; "), "xs"),
            };
            let head = format!("for (int i = 0; i < {walked}.length; i += 1)");
            format!(
                "write {}",
                quote_code(&format!("{made}{head} {{ {name} = {walked}[i]; … }}"))
            )
        });
        let values = self.refuse_null(values, "which cannot be walked").unwrap_or(values);
        let shaped = self.walked_shape(values);
        let values = match self.known_type(values) {
            ty if ty.element().is_none() => Typed { ty, ..values },
            _ => values,
        };
        let element = self.walked(values);
        let (sequence, index) = (self.own(values.ty), self.own(Type::Long));
        let first = self.set(sequence, values);
        let zero = self.node(Kind::Long(0), Type::Long, values_span);
        let second = self.set(index, zero);
        let repeated = Span::new(each.name_span.start, span.end);
        let narrowed = self.narrowed();
        let (looped, _) = self.looped(
            repeated,
            |checker| Some(checker.is_inside(sequence, index, values_span)),
            |checker| {
                let set = checker.set_element_to(each, (sequence, index), (element, shaped));
                let body = checker.body(body);
                let list = checker.statement_list(&[set, body]);
                checker.push_statement(StatementKind::Block(list), repeated)
            },
            |checker| Some(checker.counted_up(index, values_span)),
        );
        self.forget_narrowed(narrowed);
        let looped = self.push_statement(looped, span);
        let list = self.statement_list(&[first, second, looped]);
        self.push_statement(StatementKind::Block(list), span)
    }

    /// The type of the elements of what is walked; refused where it has none.
    fn walked(&mut self, values: Typed) -> Type {
        if let Some(element) = values.ty.element() {
            return element;
        }
        if values.ty == Type::Any {
            if !self.is_refused(values) {
                self.unproved(values.span, || "this may not be an array".to_owned());
            }
            return Type::Any;
        }
        let code = self.written(values).unwrap_or("x").to_owned();
        let help = match values.ty {
            Type::String => format!("walk its characters with {}", quote_code(&format!("{code}.split('')"))),
            Type::Map if self.options.dialect == Dialect::Selvedge => {
                format!("walk its keys with {}", quote_code(&format!("{code}.keys()")))
            }
            Type::Long | Type::Double => format!(
                "count with {}",
                quote_code(&format!("for (int i = 0; i < {code}; i += 1) {{ … }}"))
            ),
            _ => "only arrays and lists are walked".to_owned(),
        };
        let message = format!("expected an array or LIST to walk, found {}", values.ty);
        self.report(Diagnostic::error(Code::IndexType, values.span, message).with_help(help));
        Type::Any
    }

    /// `index < sequence.length`
    fn is_inside(&mut self, sequence: VariableId, index: VariableId, at: Span) -> Typed {
        let left = self.node(Kind::Variable(index), Type::Long, at);
        let values = self.read_own(sequence, at);
        let right = self.length(values, at);
        let kind = Kind::Compare {
            operator: Comparison::Less,
            left: left.id,
            right: right.id,
        };
        self.node(kind, Type::Boolean, at)
    }

    /// `T x = sequence[index];`
    fn set_element_to(
        &mut self,
        each: Each,
        (sequence, index): (VariableId, VariableId),
        (element, shaped): (Type, Option<Shaped>),
    ) -> StatementId {
        let at = each.name_span;
        let values = self.read_own(sequence, at);
        let index = self.node(Kind::Variable(index), Type::Long, at);
        let mut value = self.element_at(values, index, element, at);
        if let Some(shaped) = shaped {
            value = self.checked_shape(value, shaped);
        }
        let declared = each.declared;
        let declared = declared.map(|ty| self.type_named(ty.name, ty.array, ty.span));
        if self.is_reserved_name(each.name) {
            let reserved = self.reserved_name(each.name, at);
            let refused = self.refuse(reserved);
            return self.push_statement(StatementKind::Expression(refused.id), at);
        }
        let ty = match declared {
            Some(Some(ty)) => {
                value = self.converted(value, ty, self.tree.name(each.name), || None);
                ty
            }
            Some(None) => Type::Any,
            None => element,
        };
        self.bind_target(each.name, at);
        let variable = self.declare(each.name, ty);
        self.keep_shape_of(each.name, shaped);
        self.widen(each.name);
        self.set(variable, value)
    }

    fn set(&mut self, variable: VariableId, value: Typed) -> StatementId {
        let set = self.set_own(variable, value);
        self.push_statement(StatementKind::Expression(set.id), value.span)
    }
}
