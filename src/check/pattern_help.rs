//! What to write instead of a constant pattern or format that is not valid.

use super::checker::Checker;
use crate::advice;
use crate::diagnostic::write_code;
use crate::dialect::Dialect;
use crate::library::declaration::{Function, Parameter};
use crate::source::Span;

/// The characters that a regular expression takes for its own.
const SPECIAL: &str = "+*?(){}[]|.^$\\";

impl Checker<'_> {
    /// What to write instead of a literal that a function does not take as its pattern; `text` is what the literal holds.
    pub(super) fn pattern_help(
        &self,
        function: &Function,
        parameter: &Parameter,
        literal: Span,
        text: &str,
    ) -> Option<String> {
        match (function.name, parameter.name) {
            (_, "format") => self.zeros_before(text),
            ("forPattern" | "toString", "pattern") => {
                let pattern = advice::pattern(literal.of(self.source)).filter(|_| text.contains('%'))?;
                Some(write_code(&pattern))
            }
            (name @ ("split" | "replaceAll"), "pattern") => special(name, text),
            _ => None,
        }
    }

    /// `padStart(5, '0')` for `%05s`.
    fn zeros_before(&self, format: &str) -> Option<String> {
        let width = format.split("%0").skip(1).find_map(|rest| {
            let width = rest.get(..rest.find(|next: char| !next.is_ascii_digit())?)?;
            let is_text = rest.get(width.len()..).is_some_and(|rest| rest.starts_with(['s', 'S']));
            (is_text && !width.is_empty()).then_some(width)
        })?;
        let (code, note) = match self.options.dialect {
            Dialect::Selvedge => (format!("text.padStart({width}, '0')"), ""),
            Dialect::Sel => (
                format!("String.format('%{width}s', text).replace(' ', '0')"),
                ", for a text without spaces",
            ),
        };
        Some(format!(
            "zeros stand before numbers, as in `%0{width}d`; for a text {}{note}",
            write_code(&code)
        ))
    }
}

/// `'[+]'` for `split('+')`: a text that is nothing but characters of patterns.
fn special(name: &str, text: &str) -> Option<String> {
    let is_special = !text.is_empty() && text.len() <= 4 && text.chars().all(|next| SPECIAL.contains(next));
    if !is_special || text.contains('\\') {
        return None;
    }
    if name == "replaceAll" {
        return Some(format!("write `replace('{text}', …)`, which takes no pattern"));
    }
    let escaped = text.chars().map(|next| match next {
        '^' | '[' | ']' => format!("\\\\{next}"),
        next => format!("[{next}]"),
    });
    Some(format!(
        "the text is a pattern: write `'{}'`",
        escaped.collect::<String>()
    ))
}
