//! `String.replaceAll`: the template of `Matcher.appendReplacement`, and the walk that applies it.

use super::super::sink::Sink;
use super::error::{RegexError, TemplateError};
use super::pattern::Pattern;
use super::search::{Scratch, Searcher};
use crate::diagnostic::quote;
use crate::machine::unread::Unread;

/// A part of a template.
enum Part<'t> {
    /// Text, without its backslashes.
    Text(&'t str),
    /// A group's text.
    Group(usize),
}

/// The most bytes a template of `length` bytes takes on the heap while it is applied, at its vector's largest.
pub(crate) const fn template_max_bytes(length: usize) -> usize {
    (length + 4).saturating_mul(3 * size_of::<Part<'static>>())
}

/// Reads a template: `$1`, `${name}`, `\$`; a group's number takes digits as long as there is such a group.
fn parse_template<'t>(template: &'t str, pattern: &Pattern) -> Result<Vec<Part<'t>>, TemplateError> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(special) = rest.find(['\\', '$']) {
        let (text, behind) = rest.split_at(special);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        if let Some(escaped) = behind.strip_prefix('\\') {
            let Some(character) = escaped.chars().next() else {
                return Err(TemplateError::MissingEscaped(quote(template)));
            };
            let (character, after) = escaped.split_at(character.len_utf8());
            parts.push(Part::Text(character));
            rest = after;
        } else {
            let (group, after) = parse_reference(behind, template, pattern)?;
            parts.push(Part::Group(group));
            rest = after;
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    Ok(parts)
}

/// Reads a group reference at its dollar; gives the group and what follows.
fn parse_reference<'t>(behind: &'t str, template: &str, pattern: &Pattern) -> Result<(usize, &'t str), TemplateError> {
    let reference = behind.strip_prefix('$').unwrap_or(behind);
    if let Some(braced) = reference.strip_prefix('{') {
        let end = braced.find(|character: char| !character.is_ascii_alphanumeric());
        let (name, after) = braced.split_at(end.unwrap_or(braced.len()));
        let after = after.strip_prefix('}').filter(|_| !name.is_empty());
        let after = after.ok_or_else(|| TemplateError::MissingBrace(quote(template)))?;
        let group = pattern.group_named(name);
        return Ok((group.ok_or_else(|| TemplateError::NoGroupNamed(quote(name)))?, after));
    }
    let digit = |text: &str| text.chars().next().and_then(|character| character.to_digit(10));
    let Some(first) = digit(reference) else {
        return Err(TemplateError::IllegalReference(quote(template)));
    };
    let mut group = first as usize;
    let mut after = reference.get(1..).unwrap_or("");
    while let Some(next) = digit(after) {
        let longer = group.saturating_mul(10).saturating_add(next as usize);
        if longer > pattern.group_count() {
            break;
        }
        group = longer;
        after = after.get(1..).unwrap_or("");
    }
    if group > pattern.group_count() {
        return Err(TemplateError::NoGroup(group));
    }
    Ok((group, after))
}

/// `String.replaceAll(pattern, template)`, into a sink.
///
/// As in Java the template is looked at when there is a match: without one, a wrong template is not an error. Its parts
/// take [`template_max_bytes`].
///
/// # Errors
/// When the template is wrong, or the budget or the sink refuses.
pub(crate) fn replace_all<S: Sink>(
    (pattern, scratch): (&Pattern, &mut Scratch),
    text: Unread<'_>,
    template: &str,
    sink: &mut S,
) -> Result<(), RegexError<S::Error>> {
    let mut searcher = Searcher::new(pattern, scratch, text, template.contains('$'));
    let mut parts = None;
    let mut copied = 0;
    while let Some(found) = searcher.find(sink).map_err(RegexError::Refused)? {
        let parts = match &parts {
            Some(parts) => parts,
            None => {
                let read = parse_template(template, pattern)?;
                sink.steps(read.len() as u64).map_err(RegexError::Refused)?;
                parts.insert(read)
            }
        };
        // Groups that took no part leave no text to be charged, so each part is charged for itself.
        sink.steps(parts.len() as u64 / 2).map_err(RegexError::Refused)?;
        write_range(text, copied..found.start, sink).map_err(RegexError::Refused)?;
        let lengths = parts.iter().map(|part| match part {
            Part::Text(text) => text.len(),
            Part::Group(group) => searcher.group(*group).map_or(0, |range| range.len()),
        });
        sink.announce(lengths.fold(0, usize::saturating_add))
            .map_err(RegexError::Refused)?;
        for part in parts {
            match part {
                Part::Text(text) => sink.write(text),
                Part::Group(group) => match searcher.group(*group) {
                    Some(range) => write_range(text, range, sink),
                    None => Ok(()),
                },
            }
            .map_err(RegexError::Refused)?;
        }
        copied = found.end;
    }
    write_range(text, copied..text.len(), sink).map_err(RegexError::Refused)
}

fn write_range<S: Sink>(text: Unread<'_>, range: std::ops::Range<usize>, sink: &mut S) -> Result<(), S::Error> {
    match range.is_empty() {
        true => Ok(()),
        false => sink.copy(text.part(range)),
    }
}
