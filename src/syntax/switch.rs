//! `switch (x) { case 'a', 'b' -> 1; default -> 2; }`, which is a value.

use super::ast::{Case, ExprId, ExprKind, ExprList, Literal};
use super::build::{Builder, Refused, unexpected_part};
use super::grammar::{Part, Rule};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::operator::Unary;
use crate::source::Span;

impl Builder {
    pub(super) fn switch(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let mut parts = part.inside();
        let Some(subject) = parts.next() else {
            return Err(unexpected_part(part));
        };
        let subject = self.expression(subject)?;
        let (mark, mut otherwise) = (self.cases.len(), None);
        while let (Some(head), Some(value)) = (parts.next(), parts.next()) {
            let Some(value) = value.inside().next() else {
                return Err(unexpected_part(value));
            };
            if head.rule() != Rule::case {
                let value = self.expression(value)?;
                if otherwise.replace(value).is_some() {
                    return Err(second_default(head.span()));
                }
                continue;
            }
            let labels = self.labels(head)?;
            let value = self.expression(value)?;
            self.cases.push(Case { labels, value });
        }
        let arms = self.tree.cases.extend(self.cases.drain(mark..));
        let kind = ExprKind::Switch {
            subject,
            arms,
            otherwise,
        };
        Ok(self.expr(kind, part.span()))
    }

    fn labels(&mut self, case: Part<'_>) -> Result<ExprList, Refused> {
        let mark = self.exprs.len();
        for label in case.inside() {
            let label = self.label(label)?;
            self.exprs.push(label);
        }
        Ok(self.tree.expr_lists.extend(self.exprs.drain(mark..)))
    }

    /// A literal.
    fn label(&mut self, label: Part<'_>) -> Result<ExprId, Refused> {
        let Some(inner) = label.inside().next() else {
            return Err(unexpected_part(label));
        };
        let literal = match inner.rule() {
            Rule::string => return Ok(self.string(inner)),
            Rule::number => {
                let number = self.number(inner)?;
                return Ok(match label.text().starts_with('-') {
                    true => {
                        let (operator, operand) = (Unary::Minus, number);
                        self.expr(ExprKind::Unary { operator, operand }, label.span())
                    }
                    false => number,
                });
            }
            _ => match inner.text() {
                "true" => Literal::Boolean(true),
                "false" => Literal::Boolean(false),
                "null" => Literal::Null,
                name => return Err(no_literal(name, inner.span())),
            },
        };
        Ok(self.expr(ExprKind::Literal(literal), inner.span()))
    }
}

#[cold]
fn second_default(at: Span) -> Refused {
    let error = Diagnostic::error(Code::UnexpectedToken, at, "a second `default`");
    error.with_help("leave one").into()
}

#[cold]
fn no_literal(name: &str, at: Span) -> Refused {
    let message = format!("expected a text, number or `true` behind `case`, found {}", quote(name));
    let error = Diagnostic::error(Code::UnsupportedSyntax, at, message);
    error
        .with_help("labels are literals: compare with other values by `x == a ? 1 : x == b ? 2 : 3`")
        .into()
}
