//! `f'day={day}'`, beyond SEL: texts and values, joined.

use super::checker::{Checker, Typed};
use super::typed::Kind;
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote, write_code};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, ExprList};
use crate::types::Type;

impl Checker<'_> {
    pub(super) fn spliced(&mut self, parts: ExprList, span: Span) -> Typed {
        self.needs_selvedge("f-strings", span, |checker| {
            let literal = span.of(checker.source).strip_prefix('f').unwrap_or_default();
            let advice = checker.options.advice();
            match advice.f_string(literal) {
                Some(code) => write_code(&code),
                None => advice.of(Section::Prefixes, "f").unwrap_or_default().to_owned(),
            }
        });
        let tree = self.tree;
        let mut typed = Vec::new();
        for &part in tree.expr_list(parts) {
            if let Some(conversion) = self.written_conversion(part).filter(|text| !is_conversion(text)) {
                let error = no_conversion(conversion, tree.expr(part).span);
                typed.push(self.refuse(error));
                continue;
            }
            let part = self.expr(part);
            let part = self
                .refuse_null(part, "which would be joined as `null`")
                .unwrap_or(part);
            let is_text = matches!(self.out.expr(part.id).kind, Kind::Text(_));
            if typed.is_empty() && !is_text {
                typed.push(self.empty_text(span));
            }
            typed.extend(self.part(part));
        }
        match *typed {
            [] => self.empty_text(span),
            [only] => self.node(self.out.expr(only.id).kind, only.ty, span),
            _ => self.concat(&typed, span),
        }
    }

    /// The conversion of a part that has one.
    fn written_conversion(&self, part: ExprId) -> Option<&str> {
        let part = self.tree.expr(part);
        let is_call = matches!(part.kind, ExprKind::Postfix { .. });
        part.span.of(self.source).strip_prefix(':').filter(|_| is_call)
    }

    fn empty_text(&mut self, span: Span) -> Typed {
        let text = self.text("");
        self.node(Kind::Text(text), Type::String, span)
    }
}

/// Whether a text is one conversion that takes a value: flags, width, precision and a letter.
fn is_conversion(text: &str) -> bool {
    let is_digit = |next: char| next.is_ascii_digit();
    let text = text.trim_start_matches(['-', '#', '+', ' ', '0', ',', '(']);
    let text = text.trim_start_matches(is_digit);
    let text = match text.strip_prefix('.') {
        Some(precision) => precision.trim_start_matches(is_digit),
        None => text,
    };
    match *text.as_bytes() {
        [b't' | b'T', field] => field.is_ascii_alphabetic(),
        [letter] => letter.is_ascii_alphabetic() && letter != b'n',
        _ => false,
    }
}

/// What is not a conversion behind the `:` of a text's code, and what may be meant.
fn no_conversion(found: &str, at: Span) -> Diagnostic {
    let message = format!("expected a conversion behind `:`, found {}", quote(found));
    let is_date = found.contains("%Y") || found.contains("%H") || found.contains("yyyy") || found.contains("HH");
    let help = match is_date {
        true => "a date is printed by `date.toString('yyyy-MM-dd')`",
        false => "write a conversion of `String.format` without its `%`: `05d`, `-10s`, `.2f`",
    };
    Diagnostic::error(Code::InvalidPattern, at, message).with_help(help)
}
