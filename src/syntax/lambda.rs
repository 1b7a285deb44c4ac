//! Lambdas, `x -> e` and `(a, b) -> e`, which stand as arguments alone.

use super::ast::{ExprId, ExprKind, Literal};
use super::build::{Builder, Refused, unexpected, unexpected_part};
use super::grammar::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

impl Builder {
    /// A lambda of one name, which was read as an expression.
    pub(super) fn lambda(&mut self, name: Option<ExprId>, body: Part<'_>) -> Result<ExprId, Refused> {
        let Some(name) = name else {
            return Err(unexpected_part(body));
        };
        let before = self.tree.expr(name);
        let inner = match before.kind {
            // A name in parentheses.
            ExprKind::Chain { first, links } if links.len() == 0 => self.tree.expr(first).kind,
            kind => kind,
        };
        let ExprKind::Name(name) = inner else {
            let is_word = matches!(inner, ExprKind::Literal(Literal::Null | Literal::Boolean(_)));
            let message = if is_word {
                "a word that is reserved"
            } else {
                "an expression"
            };
            let message = format!("{message} stands before `->`, where a name is needed");
            let error = Diagnostic::error(Code::UnexpectedToken, before.span, message);
            return Err(error.with_help("write `x -> …`, or `(a, b) -> …`").into());
        };
        let span = before.span.to(body.span());
        let body = self.body(body)?;
        Ok(self.expr(
            ExprKind::Lambda {
                name,
                second: None,
                body,
            },
            span,
        ))
    }

    /// A lambda of two names.
    pub(super) fn lambda_of_two(&mut self, names: Part<'_>, body: Part<'_>) -> Result<ExprId, Refused> {
        let span = names.span().to(body.span());
        let mut names = names.inside();
        let (Some(name), Some(second)) = (names.next(), names.next()) else {
            return Err(unexpected_part(body));
        };
        let (name, second) = (self.name(name)?, Some(self.name(second)?));
        let body = self.body(body)?;
        Ok(self.expr(ExprKind::Lambda { name, second, body }, span))
    }

    fn body(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let span: Span = part.span();
        match part.inside().next() {
            Some(body) => self.expression(body),
            None => Err(unexpected(span, "expected an expression behind `->`")),
        }
    }
}

/// `(a, b)` as an argument.
#[cold]
pub(super) fn lone_names(names: Part<'_>) -> Refused {
    let error = Diagnostic::error(Code::UnsupportedSyntax, names.span(), "tuples are not supported");
    let help =
        "several values are an array, `new String[]{'a', 'b'}`, or a `Map`; two names go with `->`, `(a, b) -> …`";
    error.with_help(help).into()
}
