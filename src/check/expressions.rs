//! Expressions: each kind to a function of its own.

use std::hash::BuildHasher;

use super::checker::{Checker, Typed};
use super::condition::ASSIGNS;
use super::flow::Assigned;
use super::names::Meaning;
use super::options::UnknownNames;
use super::typed::{CheckKind, Expr, Kind, TextId};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::operator::{Arithmetic, Assignment, Operation, Unary};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, Literal, Symbol};
use crate::types::Type;
use crate::work::is_stopped;

impl Checker<'_> {
    pub(super) fn expr(&mut self, id: ExprId) -> Typed {
        let expr = self.tree.expr(id);
        let span = expr.span;
        if is_stopped() {
            return self.poison(span);
        }
        match expr.kind {
            ExprKind::Assign { .. } | ExprKind::AssignElement { .. }
                if self.outside_lambdas(
                    "an assignment",
                    span,
                    "a lambda gives a value and sets nothing: `reduce` gathers, a `for` loop sets",
                ) =>
            {
                self.poison(span)
            }
            ExprKind::Literal(literal) => self.literal(literal, span),
            ExprKind::Name(symbol) => {
                let value = self.name(symbol, span);
                self.read_name(symbol, value)
            }
            ExprKind::Unary { operator, operand } => self.unary(operator, operand, span),
            ExprKind::Chain { first, links } => self.chain(first, links),
            ExprKind::Conditional { arms, otherwise } => self.conditional(arms, otherwise, span),
            ExprKind::Default(values) => self.default(values, span),
            ExprKind::Assign {
                name,
                name_span,
                operator,
                value,
            } => self.assign(name, name_span, operator, value, span),
            ExprKind::AssignElement {
                name,
                name_span,
                index,
                operator,
                value,
            } => self.assign_element(name, name_span, index, operator, value, span),
            ExprKind::Postfix { base, steps } => self.postfix(base, steps),
            ExprKind::BareCall { name, arguments } => self.bare_call(name, arguments, span),
            ExprKind::Lambda { .. } => self.lone_lambda(span),
            ExprKind::New {
                class,
                class_span,
                arguments,
            } => self.construct(class, class_span, arguments, span),
            ExprKind::NewArray {
                element,
                element_span,
                length,
            } => self.new_array(element, element_span, length, span),
            ExprKind::ArrayLiteral {
                element,
                element_span,
                items,
            } => self.array_literal(element, element_span, items, span),
            ExprKind::Spliced(parts) => self.spliced(parts, span),
            ExprKind::Switch {
                subject,
                arms,
                otherwise,
            } => self.switch(subject, arms, otherwise, span),
            ExprKind::List(items) => self.list(items, span),
            ExprKind::Map(entries) => self.map(entries, span),
        }
    }

    fn literal(&mut self, literal: Literal, span: Span) -> Typed {
        match literal {
            Literal::Null => self.node(Kind::Null, Type::Null, span),
            Literal::Boolean(value) => self.node(Kind::Boolean(value), Type::Boolean, span),
            Literal::Double(value) => self.node(Kind::Double(value), Type::Double, span),
            Literal::Text(text) => {
                let text = self.text(self.tree.text(text));
                self.node(Kind::Text(text), Type::String, span)
            }
            Literal::Long { value, leading_zero } => {
                let date = self.unquoted_date;
                if leading_zero && !date.holds(span) {
                    self.report(leading_zero_warning(value, span));
                }
                self.node(Kind::Long(value), Type::Long, span)
            }
            Literal::LeastLong | Literal::LongOutOfRange => self.refuse(
                Diagnostic::error(Code::LiteralOutOfRange, span, "integer out of range")
                    .with_label("the range is -9223372036854775808 to 9223372036854775807")
                    .with_help("write it as a DOUBLE, with `.0`, or as text"),
            ),
            Literal::OctalEscape => self.refuse(
                Diagnostic::error(
                    Code::UnsupportedEscape,
                    self.octal_escape(span),
                    "octal escapes are not supported",
                )
                .with_help("write the character, or `\\uXXXX`"),
            ),
        }
    }

    /// Where the first octal escape of a string stands.
    fn octal_escape(&self, string: Span) -> Span {
        let text = string.of(self.source);
        let mut escapes = text.match_indices('\\').scan(0, |behind, (at, _)| {
            let begins = at >= *behind;
            *behind = if begins { at + 2 } else { *behind };
            Some((at, begins))
        });
        let is_octal = |at: usize| {
            text.get(at + 1..)
                .is_some_and(|rest| rest.starts_with(|next: char| next.is_digit(8)))
        };
        let found = escapes.find(|&(at, begins)| begins && is_octal(at));
        found.map_or(string, |(at, _)| {
            let digits = text
                .get(at + 1..)
                .unwrap_or("")
                .bytes()
                .take(3)
                .take_while(u8::is_ascii_digit)
                .count();
            let start = string.start + at as u32;
            Span::new(start, start + 1 + digits as u32)
        })
    }

    /// A string constant of the program; the same text twice is one constant.
    pub(super) fn text(&mut self, text: &str) -> TextId {
        let Self {
            out, texts, hashing, ..
        } = self;
        let hash = hashing.hash_one(text);
        let of = |id: TextId| out.texts.get(id).map_or("", |text| text);
        if let Some(&known) = texts.find(hash, |&id| of(id) == text) {
            return known;
        }
        texts.insert_unique(hash, out.texts.next(), |&id| hashing.hash_one(of(id)));
        out.texts.push(text.into())
    }

    fn unary(&mut self, operator: Unary, operand: ExprId, span: Span) -> Typed {
        if let (Unary::Minus, ExprKind::Literal(Literal::LeastLong)) = (operator, self.tree.expr(operand).kind) {
            return self.node(Kind::Long(i64::MIN), Type::Long, span);
        }
        let value = self.expr(operand);
        let value = self.unary_operand(operator, value);
        match (operator, value.ty) {
            (Unary::Not, Type::Boolean) => self.node(Kind::Not(value.id), Type::Boolean, span),
            (Unary::Not, Type::Any) => {
                let value = self.checked(value, Type::Boolean, CheckKind::Condition);
                self.node(Kind::Not(value.id), Type::Boolean, span)
            }
            (Unary::Minus, Type::Long | Type::Double) => self.node(Kind::Negate(value.id), value.ty, span),
            (Unary::Plus, Type::Long | Type::Double) => value,
            (Unary::Minus, Type::Any) => {
                self.unproved(span, || "the operand of `-` may not be a number".to_owned());
                self.node(Kind::Negate(value.id), Type::Any, span)
            }
            (Unary::Plus, Type::Any) => {
                self.unproved(span, || "the operand of `+` may not be a number".to_owned());
                self.node(Kind::Plus(value.id), Type::Any, span)
            }
            (operator, given) => {
                let (wanted, help) = match (operator, given) {
                    (Unary::Not, Type::Long) => (
                        "a BOOLEAN",
                        Some("compare it, such as `n == 0`; the opposite of `==` is `!=`"),
                    ),
                    (Unary::Not, Type::Double) => (
                        "a BOOLEAN",
                        Some("compare it, such as `x == 0`; the opposite of `==` is `!=`"),
                    ),
                    (Unary::Not, Type::String) => (
                        "a BOOLEAN",
                        Some("compare it, such as `text == 'no'`, or `text.isEmpty()`"),
                    ),
                    (Unary::Not, Type::Map) => ("a BOOLEAN", Some("test its size, `m.size() == 0`")),
                    (Unary::Not, ty) if ty.element().is_some() => {
                        ("a BOOLEAN", Some("test its length, `xs.length == 0`"))
                    }
                    (Unary::Not, Type::Null) => ("a BOOLEAN", Some("null, or an unknown name")),
                    (Unary::Not, _) => ("a BOOLEAN", None),
                    (_, Type::String) => (
                        "a number",
                        Some("read the number of a text with `Long.parseLong(…)` or `Double.parseDouble(…)`"),
                    ),
                    (Unary::Minus, Type::Boolean) => ("a number", Some("the opposite of a BOOLEAN is `!x`")),
                    _ => ("a number", None),
                };
                let message = format!("expected {wanted} after `{}`, found {given}", operator.text());
                let mut error = Diagnostic::error(Code::OperandTypes, span, message);
                error.help = match self.tree.expr(operand).kind {
                    ExprKind::Assign { .. } => Some(ASSIGNS.to_owned()),
                    _ => help.map(|help| self.about(help, value, &[])),
                };
                self.refuse(error)
            }
        }
    }

    /// The value where it is of the type; a run-time check where only the run can tell, or where it is reached only if the
    /// program goes wrong.
    pub(super) fn checked(&mut self, value: Typed, ty: Type, check: CheckKind) -> Typed {
        if value.ty == ty {
            return value;
        }
        if self.known_type(value) != ty || self.may_be_null(value) {
            self.unproved(value.span, || format!("expected {ty}, found {}", value.ty));
        }
        self.node(Kind::Check { value: value.id, check }, ty, value.span)
    }

    fn assign(&mut self, name: Symbol, name_span: Span, operator: Assignment, value: ExprId, span: Span) -> Typed {
        if self.is_reserved_name(name) {
            self.expr(value);
            let reserved = self.reserved_name(name, name_span);
            return self.refuse(reserved);
        }
        let binary = match operator {
            Assignment::Set => {
                let reported = self.diagnostics.len();
                let value = self.expr(value);
                if self.is_comparison(reported, value) || self.is_swapped(reported, name, value) {
                    return self.poison(span);
                }
                let value = match value.ty {
                    // Null that was read is never assigned.
                    Type::Any => self.refuse_null(value, "which cannot be assigned").unwrap_or(value),
                    _ => value,
                };
                let shape = value.shape;
                let set = self.assign_value(name, name_span, value, span);
                self.keep_shape_of(name, shape);
                self.widen(name);
                return set;
            }
            Assignment::Compound(binary) => binary,
            Assignment::Step(step) => step.arithmetic(),
        };
        self.widen(name);
        let is_set = self.meaning(name, name_span) != Meaning::Unknown;
        let too_late = self.is_set_too_late(name);
        if too_late || (!is_set && (self.flow.certain || !self.may_be_absent(name))) {
            self.expr(value);
            let unknown = match too_late {
                true => self.set_too_late(name, name_span),
                false => self.unset_compound(name, name_span, operator),
            };
            let refused = self.refuse(unknown);
            self.declare(name, Type::Any);
            return refused;
        }
        let left = self.name(name, name_span);
        self.must_be_set(left);
        if let Assignment::Step(step) = operator {
            let stepped = self.stepped(step, left, span);
            return self.assign_value(name, name_span, stepped, span);
        }
        let right = self.expr(value);
        let combined = self.combine(binary, name_span.to(right.span), left, right, || {
            quote(self.tree.name(name))
        });
        self.assign_value(name, name_span, combined, span)
    }

    /// A variable that is combined with something must be set, also where reading it unset is null.
    fn must_be_set(&mut self, read: Typed) {
        if let Some(Expr {
            kind: Kind::MaybeUnset { or_null, .. },
            ..
        }) = self.out.exprs.get_mut(read.id)
        {
            *or_null = false;
        }
    }

    /// What `target op= value` assigns: as the binary operator gives it, but that assignment never converts.
    pub(super) fn combine(
        &mut self,
        operator: Arithmetic,
        span: Span,
        target: Typed,
        value: Typed,
        shown: impl FnOnce() -> String,
    ) -> Typed {
        let value = self.compound_operand(target, value, shown);
        let combined = self.binary(Operation::Arithmetic(operator), span, target, value);
        if let Some(Expr {
            kind: Kind::Dynamic { compound, .. },
            ..
        }) = self.out.exprs.get_mut(combined.id)
        {
            *compound = target.ty == Type::Any;
        }
        combined
    }

    /// The right side of `d += e`: a DOUBLE takes no LONG here either, as assignment never converts.
    fn compound_operand(&mut self, target: Typed, value: Typed, shown: impl FnOnce() -> String) -> Typed {
        match (target.ty, value.ty) {
            (Type::Double, Type::Long) => {
                let message = format!("expected DOUBLE for {}, found LONG", shown());
                let help = self.as_double(value);
                self.refuse(Diagnostic::error(Code::AssignmentType, value.span, message).with_help(help))
            }
            (Type::Double, Type::Any) => self.checked(value, Type::Double, CheckKind::Assignment),
            _ => value,
        }
    }

    fn unset_compound(&self, name: Symbol, span: Span, operator: Assignment) -> Diagnostic {
        let shown = quote(self.tree.name(name));
        let set = format!(
            "set it before, such as {}",
            quote(&format!("{} = 0;", self.tree.name(name)))
        );
        if self.options.unknown_names == UnknownNames::Null {
            return Diagnostic::error(
                Code::UnknownName,
                span,
                format!("{shown} is not set before `{operator}`"),
            )
            .with_help(set);
        }
        let mut unknown = self.unknown_name(name, span);
        if unknown.suggestion.is_none() {
            unknown = unknown.with_help(set);
        }
        unknown
    }

    /// Assigns a checked value to a name, which declares it where nothing has set it.
    fn assign_value(&mut self, name: Symbol, name_span: Span, value: Typed, span: Span) -> Typed {
        let meaning = self.meaning_as_target(name, value.ty, name_span);
        if value.ty == Type::Null {
            let error = Diagnostic::error(Code::AssignmentType, value.span, "null cannot be assigned")
                .with_label("null, or an unknown name")
                .with_help("a variable declared without a value, such as `String s;`, is null");
            let refused = self.refuse(error);
            self.declare(name, Type::Any);
            return refused;
        }
        match meaning {
            Meaning::Unknown => {
                let variable = self.declare(name, value.ty);
                let Typed {
                    id, ty, span: place, ..
                } = value;
                if ty != Type::Any {
                    return self.node(Kind::Set { variable, value: id }, ty, span);
                }
                self.unproved(place, || "this may be null, which cannot be assigned".to_owned());
                self.node(Kind::Reassign { variable, value: id }, ty, span)
            }
            Meaning::Variable(variable, state) => {
                let ty = self.out.variable(variable).ty;
                if may_be_empty_array(ty, value.ty) {
                    self.names.found_dynamic(name);
                }
                if ty == Type::Any || may_be_empty_array(ty, value.ty) {
                    self.flow.set(name, Assigned::Yes);
                    self.unproved(value.span, || {
                        let shown = quote(self.tree.name(name));
                        format!("the value may not be of the type that {shown} holds")
                    });
                    return self.node(
                        Kind::Reassign {
                            variable,
                            value: value.id,
                        },
                        // An empty LIST becomes an array of the type that the variable holds.
                        if value.ty == Type::List { Type::Any } else { value.ty },
                        span,
                    );
                }
                if state != Assigned::Yes && value.ty != ty {
                    // Where it is unset, this declares it, of another type.
                    let variable = self.declare(name, value.ty);
                    return self.node(
                        Kind::Set {
                            variable,
                            value: value.id,
                        },
                        value.ty,
                        span,
                    );
                }
                let own = self.out.variable(variable).parameter.is_none();
                let shown = self.tree.name(name);
                let declaration = || own.then(|| format!("double {shown} = 0.0;"));
                let value = self.converted(value, ty, shown, declaration);
                self.flow.set(name, Assigned::Yes);
                self.node(
                    Kind::Set {
                        variable,
                        value: value.id,
                    },
                    ty,
                    span,
                )
            }
        }
    }

    pub(super) fn reserved_name(&self, name: Symbol, span: Span) -> Diagnostic {
        let shown = quote(self.tree.name(name));
        let what = self.what_is_reserved(name);
        Diagnostic::error(
            Code::ReservedName,
            span,
            format!("{shown} is {what} and cannot be a variable"),
        )
        .with_help("use another name")
    }
}

/// What is said of an integer literal that starts with 0.
pub(crate) fn leading_zero_warning(value: i64, span: Span) -> Diagnostic {
    let message = format!("a leading zero does not make it octal: this is {value}");
    Diagnostic::warning(Code::LeadingZero, span, message)
        .with_help("remove the zero")
        .with_fix(span, value.to_string())
}

/// Whether a LIST is given where an array is needed, which it is where it is empty.
pub(super) fn may_be_empty_array(given: Type, needed: Type) -> bool {
    given == Type::List && needed != Type::List && needed.element().is_some()
}

/// The type of what is one of two types.
pub(super) fn unified(before: Option<Type>, ty: Type) -> Type {
    match before {
        None => ty,
        Some(before) if before == ty => ty,
        Some(_) => Type::Any,
    }
}
