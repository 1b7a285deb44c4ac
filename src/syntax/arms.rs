//! What is wrong with the arms of a `switch`, as other languages write them.

use super::refusal::unsupported;
use super::scan::{Place, after_brackets, word_at};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote_code};
use crate::dialect::Dialect;
use crate::source::Span;

/// What is wrong with an arm, as other languages write it.
pub(super) fn arm(place: &Place<'_>) -> Option<Diagnostic> {
    let (before, ahead) = place
        .inside('{')
        .and_then(|_| place.before_bracket().rsplit_once("switch"))?;
    let ahead = ahead.trim_start();
    let is_head = ahead.starts_with('(') && after_brackets(ahead, 0) == Some(ahead.len());
    let arm = place.inside('{').filter(|_| is_head)?.rsplit(';').next()?.trim();
    if place.advice.dialect() == Dialect::Sel {
        let help = place.advice.of(Section::Words, "switch")?;
        return Some(unsupported(place.source, before.len(), 6, help));
    }
    let word = word_at(arm);
    let at_value = arm.split_once("->").map(|(_, value)| value.trim());
    let (message, help) = match (word, at_value) {
        ("case" | "default", None) if place.rest.starts_with(':') || place.rest.starts_with("=>") => {
            let mark = if place.rest.starts_with(':') { ":" } else { "=>" };
            let help = format!(
                "write {}; it gives one value, without `break` and `return`",
                quote_code(&format!("{arm} -> value;"))
            );
            (
                format!("an arm of `switch` is written with `->`, not {}", quote_code(mark)),
                help,
            )
        }
        ("case", None) if place.rest.starts_with(['.', '|', '(', '[', '+', '>', '<']) => (
            "labels are literals, separated by `,`".to_owned(),
            "write each, `case 1, 2, 3 -> value;`; compare otherwise with `x > 1 ? 'a' : 'b'`".to_owned(),
        ),
        ("" | "else" | "when" | "if", None) => (
            "an arm of `switch` begins with `case` or `default`".to_owned(),
            "write `switch (n) { case 1 -> 'a'; default -> 'b'; }`".to_owned(),
        ),
        ("case" | "default", Some(value)) if value.is_empty() && place.rest.starts_with(';') => (
            "expected a value behind `->`".to_owned(),
            "each arm gives a value: for none write `null`".to_owned(),
        ),
        ("case" | "default", Some(value)) if !value.is_empty() && place.rest.starts_with([',', '}']) => (
            "expected `;` behind the value of an arm".to_owned(),
            format!("write {}", quote_code(&format!("{arm};"))),
        ),
        ("case" | "default", Some(value)) if !value.is_empty() && matches!(word_at(place.rest), "case" | "default") => {
            (
                "expected `;` behind the value of an arm".to_owned(),
                format!("write {}", quote_code(&format!("{arm};"))),
            )
        }
        _ => return None,
    };
    let length = match word_at(place.rest).len() {
        0 => place.rest.chars().next().map_or(0, char::len_utf8),
        length => length,
    };
    let span = Span::new(place.at as u32, (place.at + length) as u32);
    Some(Diagnostic::error(Code::UnsupportedSyntax, span, message).with_help(help))
}
