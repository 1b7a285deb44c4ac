//! What is wrong with a `new`: its arguments, the length or the elements of an array.

use super::refusal::{PUT, refused};
use super::reserved::{is_type_like, reserved};
use super::scan::{Place, word_at};
use crate::diagnostic::{Code, Diagnostic, write_code};
use crate::source::Span;

/// `new int[3]{…}` and `new String[]`.
pub(super) fn creation(place: &Place<'_>) -> Option<Diagnostic> {
    let (_, made) = place.statement().rsplit_once("new ")?;
    let name = word_at(made.trim_start());
    let is_class = reserved(name).is_none();
    let is_class = is_class || is_type_like(name);
    if made.trim() == name && !name.is_empty() && is_class && !place.rest.starts_with(['(', '[', '<', '.']) {
        return Some(missing_arguments(place, name));
    }
    if place.rest.starts_with(']') && made.ends_with('[') {
        let help = format!("write `new {name}[10]` for a length, or name the elements, `new String[]{{'a', 'b'}}`");
        let span = Span::new(place.at as u32, place.at as u32 + 1);
        let message = "expected a length or elements of the new array";
        return Some(Diagnostic::error(Code::UnexpectedToken, span, message).with_help(help));
    }
    if place.rest.starts_with(',') && place.inside('[').is_some() && made.starts_with(&format!("{name}[")) {
        let elements = made.split_once('[')?.1;
        let rest = place.rest.split(']').next()?;
        let help = write_code(&format!("new {name}[]{{{elements}{rest}}}"));
        return Some(refused(
            place.open?,
            1,
            "the elements of a new array stand in braces",
            help,
        ));
    }
    if place.rest.starts_with('{') && made.ends_with(']') {
        let elements = place.rest.split_inclusive('}').next()?;
        let help = write_code(&format!("new {name}[]{elements}"));
        return Some(refused(
            place.at,
            1,
            "an array takes a length or elements, not both",
            help,
        ));
    }
    None
}

/// `new Map` and `new int{1, 2}`.
fn missing_arguments(place: &Place<'_>, name: &str) -> Diagnostic {
    let end = place.before.len() as u32;
    let elements = place.rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
    let (opening, help) = match elements.map(str::trim) {
        Some(elements) if name == "Map" && !elements.is_empty() => ("(", PUT.to_owned()),
        Some(elements) if name != "Map" => ("[]", write_code(&format!("new {name}[]{{{elements}}}"))),
        None if reserved(name).is_some() => ("[", write_code(&format!("new {name}[10]"))),
        Some(_) | None => ("(", write_code(&format!("new {name}()"))),
    };
    let message = format!("expected `{opening}` after `new {name}`");
    Diagnostic::error(Code::UnexpectedToken, Span::new(end, end), message).with_help(help)
}
