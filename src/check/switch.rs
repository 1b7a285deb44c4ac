//! `switch (x) { case 'a' -> 1; default -> 2; }`, beyond SEL: conditions in a row, about a value that is kept.

use std::collections::HashSet;

use super::checker::{Checker, Typed};
use super::choice::Choice;
use super::cost;
use super::typed::{CheckKind, Kind, LogicalOperand};
use crate::diagnostic::{Code, Diagnostic, quote_code};
use crate::dialect::Dialect;
use crate::library::syntax::Syntax;
use crate::operator::{Comparison, Operation};
use crate::source::Span;
use crate::syntax::ast::{Case, CaseList, ExprId, ExprKind, ExprList, Literal, Tree};
use crate::types::Type;

/// The value that is compared with the labels.
#[derive(Clone, Copy)]
struct Subject {
    /// What keeps it, where the first label asks.
    set: Option<Typed>,
    /// How it is read from then on.
    held: Typed,
}

/// A label, to be compared with others: numbers by their value.
#[derive(PartialEq, Eq, Hash)]
enum Label<'t> {
    Null,
    Boolean(bool),
    Long(i64),
    /// The bits of a DOUBLE that is not a LONG.
    Double(u64),
    Text(&'t str),
}

impl Checker<'_> {
    pub(super) fn switch(&mut self, subject: ExprId, cases: CaseList, otherwise: Option<ExprId>, span: Span) -> Typed {
        let tree = self.tree;
        let cases = tree.cases(cases);
        self.needs_selvedge("`switch`", span, |checker| checker.without_switch(subject, cases));
        let value = self.expr(subject);
        if self.options.dialect == Dialect::Sel {
            let values = cases.iter().map(|case| case.value).chain(otherwise);
            for value in values {
                self.expr(value);
            }
            return self.poison(span);
        }
        let value = self.comparable(value);
        let has_default = otherwise.is_some();
        let is_whole = self.labels_fit(value.ty, cases, has_default, span);
        let (mut cases, mut otherwise) = (cases, otherwise);
        if let (None, Some((last, before))) = (otherwise, cases.split_last()) {
            (cases, otherwise) = (before, Some(last.value));
        }
        let (Some(otherwise), true) = (otherwise, is_whole) else {
            for case in cases {
                self.expr(case.value);
            }
            return self.poison(span);
        };
        let value = match has_default {
            // Without `default` there are both truth values.
            false => self.checked(value, Type::Boolean, CheckKind::Condition),
            true => value,
        };
        let (held, set) = self.kept(value);
        let mut subject = Subject { set: Some(set), held };
        let mut choice = Choice::default();
        for case in cases {
            let condition = |checker: &mut Self| checker.is_one_of(&mut subject, case.labels);
            self.arm(&mut choice, condition, |checker| checker.expr(case.value));
        }
        self.end_of_choice(choice, |checker| checker.expr(otherwise), span)
    }

    /// A value that labels are compared with.
    fn comparable(&mut self, value: Typed) -> Typed {
        match value.ty {
            Type::Long | Type::Double | Type::Boolean | Type::String | Type::Any | Type::Null => value,
            ty => {
                let message = format!("expected a number, STRING or BOOLEAN for `switch`, found {ty}");
                self.refuse(Diagnostic::error(Code::OperandTypes, value.span, message))
            }
        }
    }

    /// Whether the labels fit the subject and each other, and one of them or `default` holds for every value.
    fn labels_fit(&mut self, ty: Type, cases: &[Case], has_default: bool, span: Span) -> bool {
        let (tree, reported) = (self.tree, self.diagnostics.len());
        let mut known = HashSet::new();
        for &id in cases.iter().flat_map(|case| tree.expr_list(case.labels)) {
            let at = tree.expr(id).span;
            let Some((label, of)) = label_of(tree, id) else {
                // What is wrong with a literal is said of it.
                self.expr(id);
                continue;
            };
            if !fits(of, ty) {
                let message = format!("the label is {of}, and the value {ty}");
                self.report(
                    Diagnostic::error(Code::SwitchLabel, at, message).with_help("labels are of the value's type"),
                );
            } else if !known.insert(label) {
                let error = Diagnostic::error(Code::SwitchLabel, at, "a label stands twice");
                self.report(error.with_help("the first of them is taken: remove one"));
            }
        }
        let has_both = matches!(ty, Type::Boolean | Type::Any)
            && known.len() == 2
            && [true, false]
                .map(Label::Boolean)
                .iter()
                .all(|label| known.contains(label));
        if cases.is_empty() {
            let error = Diagnostic::error(Code::SwitchLabel, span, "a `switch` without a `case`");
            self.report(error.with_help("write `switch (x) { case 1 -> 'a'; default -> 'b'; }`"));
        } else if !has_default && !has_both {
            let error = Diagnostic::error(
                Code::SwitchLabel,
                span,
                "no `default`: a value that no label names has no result",
            );
            self.report(error.with_help("add `default -> …;` at the end"));
        }
        self.diagnostics.len() == reported
    }

    /// Whether the subject is what one of the labels says.
    fn is_one_of(&mut self, subject: &mut Subject, labels: ExprList) -> Typed {
        let tree = self.tree;
        let Some((&first, rest)) = tree.expr_list(labels).split_first() else {
            return self.poison(subject.held.span);
        };
        let first = self.is_label(subject, first);
        if rest.is_empty() {
            return first;
        }
        let mut operands = Vec::with_capacity(rest.len());
        for &label in rest {
            self.charge(cost::DECISION);
            let (test, steps) = self.region(|checker| checker.is_label(subject, label));
            operands.push(LogicalOperand { value: test.id, steps });
        }
        let kind = Kind::Logical {
            and: false,
            first: first.id,
            rest: self.out.logical_operands.extend(operands),
        };
        self.node(kind, Type::Boolean, first.span)
    }

    fn is_label(&mut self, subject: &mut Subject, label: ExprId) -> Typed {
        let Subject { set, held } = subject;
        let held = match set.take() {
            Some(set) => set,
            None => self.node(self.out.expr(held.id).kind, held.ty, held.span),
        };
        let label = self.expr(label);
        let equal = Operation::Comparison(Comparison::Equal);
        match (held.ty, label.ty) {
            (_, Type::Null) => self.is_null(Comparison::Equal, held, label.span),
            // As elements are compared: a text is never a number.
            (Type::Any, _) => self.made_of(Syntax::Same, &[held, label], Type::Boolean, label.span),
            _ => self.binary(equal, label.span, held, label),
        }
    }

    /// How SEL does without `switch`.
    fn without_switch(&self, subject: ExprId, cases: &[Case]) -> String {
        let subject = self.code_of(subject).unwrap_or("x");
        let label = cases.first().and_then(|case| self.tree.expr_list(case.labels).first());
        let label = label.and_then(|&label| self.code_of(label)).unwrap_or("1");
        let code = format!("{} == {label} ? … : …", crate::advice::operand(subject));
        format!("compare in a row, {}", quote_code(&code))
    }
}

/// Whether a label of a type may be what a value of a type is.
fn fits(label: Type, value: Type) -> bool {
    match value {
        Type::Any | Type::Null => true,
        Type::Double => matches!(label, Type::Long | Type::Double),
        Type::String => matches!(label, Type::String | Type::Null),
        _ => label == value,
    }
}

/// A DOUBLE, as the LONG that it is where it is one.
fn number(value: f64) -> Label<'static> {
    let long = value as i64;
    // 2^63 itself is not a LONG, though it is rounded to the greatest.
    match long as f64 == value && value < 9_223_372_036_854_775_808.0 {
        true => Label::Long(long),
        false => Label::Double(value.to_bits()),
    }
}

/// What a label is.
fn label_of(tree: &Tree, id: ExprId) -> Option<(Label<'_>, Type)> {
    let (kind, sign) = match tree.expr(id).kind {
        ExprKind::Unary { operand, .. } => (tree.expr(operand).kind, -1),
        kind => (kind, 1),
    };
    let ExprKind::Literal(literal) = kind else { return None };
    Some(match literal {
        Literal::Null => (Label::Null, Type::Null),
        Literal::Boolean(value) => (Label::Boolean(value), Type::Boolean),
        Literal::Long { value, .. } => (Label::Long(value.wrapping_mul(sign)), Type::Long),
        Literal::LeastLong if sign < 0 => (Label::Long(i64::MIN), Type::Long),
        Literal::Double(value) => (number(value * sign as f64), Type::Double),
        Literal::Text(text) => (Label::Text(tree.text(text)), Type::String),
        Literal::LeastLong | Literal::LongOutOfRange | Literal::OctalEscape => return None,
    })
}
