//! Arrays: making them, and assigning to their elements.

use super::arguments::conversion;
use super::checker::{Checker, Typed};
use super::typed::{CheckKind, Kind};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::operator::{Arithmetic, Assignment};
use crate::source::Span;
use crate::syntax::KEYWORDS;
use crate::syntax::ast::{ExprId, ExprList, Symbol};
use crate::types::Type;

impl Checker<'_> {
    /// The type that a name in the source stands for, or an error with what may have been meant.
    pub(super) fn type_named(&mut self, name: Symbol, array: bool, span: Span) -> Option<Type> {
        let text = self.tree.name(name);
        let Some(ty) = Type::from_source_name(text) else {
            let error = self.unknown_type(text, span);
            self.report(error);
            return None;
        };
        if let Some(capability) = self.options.switched_off.stops_type(ty) {
            self.capability_off(text, capability, span);
            return None;
        }
        if !array {
            return Some(ty);
        }
        let of = ty.array_of();
        if of.is_none() {
            let message = format!("unsupported array of {ty}");
            self.report(
                Diagnostic::error(Code::UnknownType, span, message)
                    .with_help("arrays hold LONG, DOUBLE, BOOLEAN or STRING; for other values use a Map"),
            );
        }
        of
    }

    fn unknown_type(&self, name: &str, span: Span) -> Diagnostic {
        let error = Diagnostic::error(Code::UnknownType, span, format!("unknown type {}", quote(name)));
        if let Some(help) = self.member_beyond_sel(name) {
            return error.with_help(format!("a variable needs no type; {help}"));
        }
        let known = |section| self.options.advice().of(section, name);
        let advice = [Section::Types, Section::Words, Section::Names]
            .into_iter()
            .find_map(known);
        if let Some(help) = advice {
            return error.with_help(help);
        }
        // `retrun n;` reads as a declaration.
        let candidates = Type::SOURCE_NAMES.iter().chain(KEYWORDS).copied();
        match self.nearest(name, candidates) {
            Some(found) => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(span, found),
            None => error.with_help(
                "the types are int, long, double, boolean, String, Map, DateTime, and arrays of the first five",
            ),
        }
    }

    pub(super) fn new_array(&mut self, element: Symbol, element_span: Span, length: ExprId, span: Span) -> Typed {
        let ty = self.type_named(element, true, element_span);
        let length = self.expr(length);
        let length = self.refuse_null(length, "which is not a length").unwrap_or(length);
        if !matches!(length.ty, Type::Long | Type::Any) {
            let message = format!("expected a LONG length, found {}", length.ty);
            let error = Diagnostic::error(Code::ArrayLengthType, length.span, message);
            return self.refuse(match length.ty.element() {
                Some(_) => error.with_help("for as many elements as another array has, write `new int[xs.length]`"),
                None => error,
            });
        }
        let length = self.checked(length, Type::Long, CheckKind::Index);
        match ty {
            Some(ty) => self.node(Kind::NewArray(length.id), ty, span),
            None => self.poison(span),
        }
    }

    pub(super) fn array_literal(&mut self, element: Symbol, element_span: Span, items: ExprList, span: Span) -> Typed {
        let tree = self.tree;
        let ty = self.type_named(element, true, element_span);
        let element = ty.and_then(Type::element).unwrap_or(Type::Any);
        let mut typed = Vec::new();
        for &item in tree.expr_list(items) {
            let item = self.expr(item);
            typed.push(match element {
                Type::Any => item,
                element => self.element_value(item, element),
            });
        }
        let list = self.expr_list(&typed);
        match ty {
            Some(ty) => self.node(Kind::ArrayLiteral(list), ty, span),
            None => self.poison(span),
        }
    }

    /// A value for an element of the type.
    fn element_value(&mut self, value: Typed, element: Type) -> Typed {
        if value.ty == element || value.ty == Type::Any {
            return self.checked(value, element, CheckKind::Assignment);
        }
        let message = format!("expected a {element} element, found {}", value.ty);
        let help = match (element, value.ty) {
            (Type::Double, Type::Long) => "a LONG is not converted: write `1.0` for `1`, `n * 1.0` for `n`".to_owned(),
            (Type::String, Type::Null) => "`new String[n]` makes an array of nulls; null cannot be assigned".to_owned(),
            (element, given) => match conversion(given, element) {
                Some(help) => self.fitted(help, value),
                None => "use a value of this type".to_owned(),
            },
        };
        self.refuse(Diagnostic::error(Code::ElementType, value.span, message).with_help(help))
    }

    /// An index of a value: LONG, or checked at run time.
    pub(super) fn index(&mut self, index: Typed, of: Typed) -> Option<Typed> {
        let index = self.refuse_null(index, "which is not an index").unwrap_or(index);
        match self.known_type(index) {
            Type::Long | Type::Any => Some(index),
            given => {
                let message = format!("expected a LONG index, found {given}");
                let help = match (given, self.out.expr(index.id).kind) {
                    (Type::Double, _) => "drop its fraction with `.longValue()`".to_owned(),
                    (Type::String, Kind::Text(key)) if matches!(of.ty, Type::Any | Type::List) => {
                        let key = self.out.text(key).replace('\'', "\\'");
                        format!("a value of a map is read with {}", quote(&format!(".get('{key}')")))
                    }
                    (Type::String, Kind::Text(_)) => "an element is read by its number, from 0".to_owned(),
                    (Type::String, _) => {
                        "a value of a map is read with `m.get(key)`, an element by its number: `Long.parseLong(text)`"
                            .to_owned()
                    }
                    _ => "an element is read by its number, from 0".to_owned(),
                };
                let error = Diagnostic::error(Code::IndexType, index.span, message);
                self.report(error.with_help(help));
                None
            }
        }
    }

    pub(super) fn assign_element(
        &mut self,
        name: Symbol,
        name_span: Span,
        index: ExprId,
        operator: Assignment,
        value: ExprId,
        span: Span,
    ) -> Typed {
        if self.tree.name(name) == "params" {
            self.expr(value);
            return self.refuse(
                Diagnostic::error(Code::ReservedName, name_span, "parameters cannot be changed")
                    .with_help("assign to a variable"),
            );
        }
        let array = self.name(name, name_span);
        let index = self.expr(index);
        self.widen(name);
        if self.has_entries(array.ty) && (array.ty == Type::Map || index.ty == Type::String) {
            self.expr(value);
            let value = self.code_of(value).map(str::to_owned);
            return self.put_instead(array, index, value.as_deref());
        }
        let index = match array.ty {
            ty if ty == Type::Any || ty.element().is_some() => self.index(index, array),
            given => {
                self.expr(value);
                let mut error = Diagnostic::error(
                    Code::IndexType,
                    array.span,
                    format!("{given} has no elements to assign to"),
                )
                .with_label(format!("this is {given}"));
                if given == Type::Map {
                    error = error.with_help("write `m.put('key', value)`");
                }
                return self.refuse(error);
            }
        };
        if array.ty == Type::List {
            self.expr(value);
            return self.refuse(
                Diagnostic::error(
                    Code::ElementType,
                    array.span,
                    "a LIST from the parameters cannot be changed",
                )
                .with_help("make an array and copy what you need into it"),
            );
        }
        let Some(index) = index else {
            self.expr(value);
            return self.poison(span);
        };
        match operator {
            Assignment::Set => {
                let value = self.expr(value);
                self.set_element(array, index, value, span)
            }
            Assignment::Compound(operator) => self.update_element(array, index, operator, value, span),
            Assignment::Step(step) => self.update_element(array, index, step.arithmetic(), value, span),
        }
    }

    fn set_element(&mut self, array: Typed, index: Typed, value: Typed, span: Span) -> Typed {
        if array.ty == Type::Any {
            self.unproved(span, || "this may not be an array of such elements".to_owned());
            if value.ty == Type::Null {
                return self.element_value(value, Type::String);
            }
            let kind = Kind::DynamicSetElement {
                array: array.id,
                index: index.id,
                value: value.id,
            };
            return self.node(kind, value.ty, span);
        }
        let element = array.ty.element().unwrap_or(Type::Any);
        let value = self.element_value(value, element);
        let index = self.checked(index, Type::Long, CheckKind::Index);
        self.node(
            Kind::SetElement {
                array: array.id,
                index: index.id,
                value: value.id,
            },
            element,
            span,
        )
    }

    fn update_element(&mut self, array: Typed, index: Typed, operator: Arithmetic, value: ExprId, span: Span) -> Typed {
        let element = array.ty.element().unwrap_or(Type::Any);
        let index = match array.ty {
            Type::Any => index,
            _ => self.checked(index, Type::Long, CheckKind::Index),
        };
        let hole = self.node(Kind::Hole, element, array.span.to(index.span));
        let right = self.expr(value);
        let combined = self.combine(operator, span, hole, right, || "the element".to_owned());
        if array.ty == Type::Any {
            self.unproved(span, || "this may not be an array of such elements".to_owned());
            let kind = Kind::DynamicUpdateElement {
                array: array.id,
                index: index.id,
                value: combined.id,
            };
            return self.node(kind, combined.ty, span);
        }
        let combined = self.element_value(combined, element);
        let kind = Kind::UpdateElement {
            array: array.id,
            index: index.id,
            value: combined.id,
        };
        self.node(kind, element, span)
    }
}
