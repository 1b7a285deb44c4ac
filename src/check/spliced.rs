//! `f'day={day}'`, beyond SEL: texts and values, joined.

use super::checker::{Checker, Typed};
use super::typed::Kind;
use crate::advice::Section;
use crate::diagnostic::write_code;
use crate::source::Span;
use crate::syntax::ast::ExprList;
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

    fn empty_text(&mut self, span: Span) -> Typed {
        let text = self.text("");
        self.node(Kind::Text(text), Type::String, span)
    }
}
