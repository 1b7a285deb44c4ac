//! Literals: numbers and strings from their text.

use super::ast::{ExprId, ExprKind, Literal, Step, StepKind};
use super::build::{Builder, Refused, unexpected_part};
use super::grammar::{Part, Rule};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::number_text::read_decimal;

/// The digits of the least LONG, which are beyond the greatest.
const LEAST: &str = "9223372036854775808";

impl Builder {
    pub(super) fn number(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let Some(literal) = number(part.text()) else {
            return Err(invalid_number(part));
        };
        Ok(self.expr(ExprKind::Literal(literal), part.span()))
    }

    pub(super) fn string(&mut self, part: Part<'_>) -> ExprId {
        let text = part.text();
        let inside = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
        let literal = match unescape(inside) {
            Some(text) => Literal::Text(self.text(text)),
            None => Literal::OctalEscape,
        };
        self.expr(ExprKind::Literal(literal), part.span())
    }

    /// `f'…{value}…'`
    pub(super) fn spliced(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let mark = self.exprs.len();
        for inner in part.inside() {
            let expr = match inner.rule() {
                Rule::code => self.expression(inner)?,
                Rule::conversion => {
                    let value = self.exprs.pop().filter(|_| self.exprs.len() >= mark);
                    self.conversion(value, inner)?
                }
                _ => self.plain_text(inner),
            };
            self.exprs.push(expr);
        }
        let parts = self.tree.expr_lists.extend(self.exprs.drain(mark..));
        Ok(self.expr(ExprKind::Spliced(parts), part.span()))
    }

    /// What stands around the code of a text, in which braces are doubled.
    fn plain_text(&mut self, part: Part<'_>) -> ExprId {
        let literal = match unescape(&part.text().replace("{{", "{").replace("}}", "}")) {
            Some(text) => Literal::Text(self.text(text)),
            None => Literal::OctalEscape,
        };
        self.expr(ExprKind::Literal(literal), part.span())
    }

    /// `{value:05d}`: a call of `String.format`.
    fn conversion(&mut self, value: Option<ExprId>, part: Part<'_>) -> Result<ExprId, Refused> {
        let (Some(value), Some(conversion)) = (value, part.text().strip_prefix(':')) else {
            return Err(unexpected_part(part));
        };
        let at = part.span();
        let format = self.text(format!("%{conversion}"));
        let format = self.expr(ExprKind::Literal(Literal::Text(format)), at);
        let class = self.symbol("String");
        let base = self.expr(ExprKind::Name(class), at);
        let kind = StepKind::Call {
            name: self.symbol("format"),
            name_span: at,
            arguments: self.tree.expr_lists.extend([format, value]),
        };
        let steps = self.tree.steps.extend([Step {
            kind,
            maybe: false,
            span: at,
        }]);
        Ok(self.expr(ExprKind::Postfix { base, steps }, at))
    }
}

#[cold]
fn invalid_number(part: Part<'_>) -> Refused {
    let message = format!("invalid number {}", quote(part.text()));
    Diagnostic::error(Code::InvalidNumber, part.span(), message)
        .with_help("an integer may end with `L`, a decimal number with `f` or `d`")
        .into()
}

/// The number of a literal's text; `None` if its suffix does not fit it.
fn number(text: &str) -> Option<Literal> {
    let bytes = text.as_bytes();
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        let digits = digits.trim_end_matches(['l', 'L']);
        return Some(match u64::from_str_radix(digits, 16) {
            // As in Java, all 64 bits may be given: 0xFFFFFFFFFFFFFFFF is -1.
            Ok(bits) => Literal::Long {
                value: bits as i64,
                leading_zero: false,
            },
            Err(_) => Literal::LongOutOfRange,
        });
    }
    let last = bytes.last().copied().unwrap_or_default();
    let is_float = bytes
        .iter()
        .any(|byte| matches!(byte, b'.' | b'e' | b'E' | b'f' | b'F' | b'd' | b'D'));
    if is_float {
        if matches!(last, b'l' | b'L') {
            return None;
        }
        let digits = text.trim_end_matches(['f', 'F', 'd', 'D']);
        return read_decimal(digits).map(Literal::Double);
    }
    let digits = text.trim_end_matches(['l', 'L']);
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    Some(match digits.parse() {
        Ok(value) => Literal::Long { value, leading_zero },
        Err(_) if digits.trim_start_matches('0') == LEAST => Literal::LeastLong,
        Err(_) => Literal::LongOutOfRange,
    })
}

/// A string literal's text, its escapes replaced; `None` if one is octal.
fn unescape(inside: &str) -> Option<String> {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut characters = after.chars();
        text.push(match characters.next() {
            Some('b') => '\u{8}',
            Some('n') => '\n',
            Some('t') => '\t',
            Some('f') => '\u{c}',
            Some('r') => '\r',
            Some(other @ ('\\' | '"' | '\'')) => other,
            // INVARIANT: the grammar lets no other escape through than these and the octal ones.
            Some(_) | None => return None,
        });
        rest = characters.as_str();
    }
    text.push_str(rest);
    Some(text)
}
