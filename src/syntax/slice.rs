//! Slices of Python, `s[1:3]`: what to write here.

use super::refusal::refused;
use super::scan::{Place, ends_operand, operand_before};
use crate::advice::Advice;
use crate::diagnostic::{Diagnostic, quote_code, write_code};
use crate::dialect::Dialect;

/// `s[1:3]`, which the grammar gives up at the `:` or at the `]`.
pub(super) fn part_of_text(place: &Place<'_>) -> Option<Diagnostic> {
    let open = place.open?;
    let inside = place.source.get(open..)?.strip_prefix('[')?.split(']').next()?;
    slice(place.advice, place.source, open + 1 + inside.find(':')?)
}

/// The error of a `:` between the brackets of an index.
pub(super) fn slice(advice: Advice, source: &str, colon: usize) -> Option<Diagnostic> {
    let place = Place::of(advice, source, colon);
    let from = place.inside('[')?.trim();
    let to = source.get(colon + 1..)?.split(']').next()?.trim();
    let ahead = place.before_bracket();
    let text = operand_before(ahead).or_else(|| ends_operand(ahead).then_some("text"))?;
    if [from, to].iter().any(|part| part.contains(['?', '\'', '"'])) {
        return None;
    }
    // From the end, as `-1` counts there.
    let counted_in = |length: &str, place: &str| match place.strip_prefix('-') {
        Some(back) => format!("{length} - {back}"),
        None => place.to_owned(),
    };
    let counted = |place: &str| counted_in(&format!("{text}.length()"), place);
    let code = match (from, to) {
        (_, to) if to.contains(':') || from.contains(':') => {
            let help = "of a text write `text.substring(from, to)`; steps are taken with a `for`";
            return Some(refused(colon, 1, "slices are not supported", help));
        }
        ("", "") => text.to_owned(),
        (from, "") => format!("{text}.substring({})", counted(from)),
        ("", to) => format!("{text}.substring(0, {})", counted(to)),
        (from, to) => format!("{text}.substring({}, {})", counted(from), counted(to)),
    };
    let xs = if text == "text" { "xs" } else { text };
    let element = |place: &str| counted_in(&format!("{xs}.length"), place);
    let of_array = match (from, to) {
        ("", "") => xs.to_owned(),
        (from, "") => format!("{xs}.drop({})", element(from)),
        ("", to) => format!("{xs}.take({})", element(to)),
        (from, to) => format!("{xs}.slice({}, {})", element(from), element(to)),
    };
    let of_array = match advice.dialect() {
        Dialect::Selvedge => format!(", of an array {}", quote_code(&of_array)),
        Dialect::Sel => "; an array is copied one element at a time".to_owned(),
    };
    let help = format!("of a text {}{of_array}", write_code(&code));
    Some(refused(colon, 1, "slices are not supported", help))
}
