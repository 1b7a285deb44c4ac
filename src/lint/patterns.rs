//! Date patterns whose letters mean something else than they are likely meant to.

use std::collections::HashSet;

use super::calls;
use super::held;
use super::{Findings, LintName, Subject};
use crate::advice;
use crate::diagnostic::write_code;

/// Date patterns that are constants.
pub(super) fn dates(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (_, call) in calls::all(subject).filter(|(_, call)| crate::library::is_date_class(call.id)) {
        for (_, argument) in call.arguments().filter(|(name, _)| *name == "pattern") {
            let Some((place, pattern)) = held::text(subject, argument).filter(|(place, _)| seen.insert(*place)) else {
                continue;
            };
            let span = subject.checked.tree.expr(place).span;
            if let Some(pattern) = of_strftime(pattern, span.of(subject.source)) {
                let message = "`%` stands for itself in a date pattern, and letters of `strftime` are others here";
                let help = write_code(&pattern);
                findings.warn(LintName::DatePattern, span, message, |warning| warning.with_help(help));
                continue;
            }
            let Some((message, help)) = mistake(pattern) else {
                continue;
            };
            findings.warn(LintName::DatePattern, span, message, |warning| warning.with_help(help));
        }
    }
}

/// What a pattern of `strftime`, such as `'%Y-%m-%d'`, is here.
fn of_strftime(pattern: &str, literal: &str) -> Option<String> {
    let is_directive = |part: &str| part.starts_with(|next: char| next.is_ascii_alphabetic());
    let is_foreign = pattern.contains('%') && pattern.split('%').skip(1).all(is_directive);
    advice::pattern(literal).filter(|_| is_foreign)
}

/// Patterns of texts that are one character with a meaning of its own: `split('.')`, `split('|')`.
pub(super) fn characters(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, call) in calls::all(subject) {
        let is_split = call.function.name == "split";
        if call.receiver().is_none() || !(is_split || call.function.name == "replaceAll") {
            continue;
        }
        let mut arguments = call.arguments();
        let Some((place, pattern)) = arguments.next().and_then(|(_, pattern)| held::text(subject, pattern)) else {
            continue;
        };
        let replacement = arguments
            .next()
            .and_then(|(_, replacement)| held::text(subject, replacement));
        let replacement = replacement.map(|(_, text)| text).filter(|_| !is_split);
        let Some((message, help)) = character(pattern, is_split, replacement) else {
            continue;
        };
        let span = subject.checked.tree.expr(place).span;
        findings.warn(LintName::SpecialPattern, span, message, |warning| {
            warning.with_help(help)
        });
    }
}

/// Patterns that are given to `replace`, which takes a text as it is.
pub(super) fn literal(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let replaced = calls::all(subject).filter(|(_, call)| call.function.name == "replace" && call.receiver().is_some());
    for (_, call) in replaced {
        let target = call
            .arguments()
            .next()
            .and_then(|(_, target)| held::text(subject, target));
        let Some((place, _)) = target.filter(|(_, text)| is_pattern(text)) else {
            continue;
        };
        let span = subject.checked.tree.expr(place).span;
        let message = "`replace` looks for this text as it is written, not for a pattern";
        findings.warn(LintName::SpecialPattern, span, message, |warning| {
            warning.with_help("write `replaceAll`, which takes a pattern")
        });
    }
}

/// Whether a text is a pattern for certain: it has a class of characters, any of them again and again, or begins with `^`.
fn is_pattern(text: &str) -> bool {
    let classes = ["\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\b", ".*", ".+"];
    let is_range = |inside: &str| {
        let inside: Vec<char> = inside.trim_start_matches('^').chars().collect();
        let has_range = inside.windows(3).any(|part| matches!(*part, [_, '-', _]));
        let mut rest = inside.as_slice();
        while let [first, behind @ ..] = rest {
            rest = match behind {
                ['-', last, after @ ..] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => after,
                _ if !first.is_alphanumeric() => behind,
                _ => return false,
            };
        }
        has_range
    };
    let has_range = text
        .split('[')
        .skip(1)
        .any(|part| part.split_once(']').is_some_and(|(inside, _)| is_range(inside)));
    has_range || classes.iter().any(|class| text.contains(class)) || (text.len() > 1 && text.starts_with('^'))
}

/// What a pattern of one character does, and what to write.
fn character(pattern: &str, is_split: bool, replacement: Option<&str>) -> Option<(&'static str, String)> {
    let message = match (pattern.trim(), replacement) {
        ("|" | "||", _) => "`|` in a pattern stands between two patterns, here of nothing",
        (".", None) if is_split => "`.` in a pattern is any character: nothing is left between them",
        // To hide a text, each character may be meant.
        (".", Some("" | "," | "_" | "-" | "/" | ":" | " ")) => "`.` in a pattern is any character: each is replaced",
        ("$" | "^", None) if is_split => "`^` and `$` in a pattern are the ends of the text, where nothing is split",
        _ => return None,
    };
    let escaped: String = pattern
        .chars()
        .map(|next| match next {
            '.' | '|' | '$' => format!("[{next}]"),
            '^' => "\\\\^".to_owned(),
            next => next.to_string(),
        })
        .collect();
    let help = match replacement {
        Some(_) => format!("write `replace('{pattern}', …)`, which takes no pattern"),
        None => format!("write `split('{escaped}')`"),
    };
    Some((message, help))
}

/// What is unlikely to be meant in a pattern, and what to write.
fn mistake(pattern: &str) -> Option<(&'static str, &'static str)> {
    let fields = fields(pattern);
    let has = |letters: &str| fields.iter().any(|field| letters.contains(*field));
    let beside = |index: usize| {
        let before = index.checked_sub(1).and_then(|before| fields.get(before)).copied();
        (before, fields.get(index + 1).copied())
    };
    let is_date = |field: Option<char>| field.is_some_and(|field| "yYxdD".contains(field));
    let is_time = |field: Option<char>| field.is_some_and(|field| "HhKks".contains(field));
    let month_as_minute = fields.iter().enumerate().any(|(index, field)| {
        let (before, after) = beside(index);
        *field == 'm' && (is_date(before) || is_date(after)) && !is_time(before) && !is_time(after)
    });
    if month_as_minute {
        return Some((
            "`m` is the minute; this pattern has it where the month is likely meant",
            "the month is `MM`",
        ));
    }
    let minute_as_month = fields.iter().enumerate().any(|(index, field)| {
        let (before, _) = beside(index);
        *field == 'M' && before.is_some_and(|before| "HhKk".contains(before))
    });
    if minute_as_month {
        return Some((
            "`M` is the month; this pattern has it where the minute is likely meant",
            "the minute is `mm`",
        ));
    }
    let fraction_as_second = fields
        .iter()
        .enumerate()
        .any(|(index, field)| *field == 'S' && beside(index).0 == Some('m'));
    if fraction_as_second {
        return Some((
            "`S` is the fraction of a second; this pattern has it where the second is likely meant",
            "the second is `ss`",
        ));
    }
    let second_as_fraction = fields
        .iter()
        .enumerate()
        .any(|(index, field)| *field == 's' && beside(index).0 == Some('s'));
    if second_as_fraction {
        return Some((
            "`s` is the second; this pattern has it again where its fraction is likely meant",
            "the fraction of a second is `SSS`",
        ));
    }
    if has("D") && has("M") {
        return Some(("`D` is the day of the year, up to 366", "the day of the month is `dd`"));
    }
    if has("w") && has("yY") && !has("x") {
        return Some((
            "`w` is a week of the week year, which is not the year `y` around the new year",
            "write the week year, `xxxx-'W'ww`",
        ));
    }
    if has("hK") && !has("a") {
        let message = match has("h") {
            true => "`h` counts hours to 12, and nothing says which half of the day",
            false => "`K` counts hours to 11, and nothing says which half of the day",
        };
        return Some((message, "the hour of the day is `HH`; or add `a`"));
    }
    if has("x") && has("M") && !has("yY") && !has("w") {
        return Some((
            "`x` is the year of the week, which around the new year is not that of the month",
            "the year is `yyyy`",
        ));
    }
    if has("Y") {
        return Some((
            "`Y` is the year of the era, not the week year as in Java's own formats",
            "the year is `yyyy`, the week year `xxxx`",
        ));
    }
    None
}

/// The letter of each field of a pattern, in order; what stands in quotes is text.
fn fields(pattern: &str) -> Vec<char> {
    let mut fields: Vec<char> = Vec::new();
    let mut in_quotes = false;
    let mut last = None;
    for character in pattern.chars() {
        in_quotes ^= character == '\'';
        if !in_quotes && character.is_ascii_alphabetic() && last != Some(character) {
            fields.push(character);
        }
        last = Some(character).filter(|_| !in_quotes);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn patterns_are_checked_by_their_fields() {
        let wrong = [
            "yyyy-mm-dd",
            "yyyymmdd",
            "dd/mm/yyyy",
            "HH:MM",
            "yyyy-MM-DD",
            "yyyy-'W'ww",
            "hh:mm",
            "yyyy-MM-dd KK",
            "YYYY-MM-dd",
            "HH:mm:SS",
            "HHmmSSS",
            "HH:mm:ss.sss",
            "ss,ssssss",
        ];
        for pattern in wrong {
            assert!(mistake(pattern).is_some(), "{pattern}");
        }
        let right = [
            "yyyy-MM-dd",
            "yyyyMMdd",
            "HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm",
            "yyyyDDD",
            "xxxx-'W'ww",
            "hh:mm a",
            "mm:ss",
            "mm",
            "'YYYY'",
            "yyyyMMddHHmm",
            "yyyy-MM-dd HH:mm:ss.SSS",
            "d MMM",
            "EEE, dd MMM yyyy HH:mm",
            "mmss",
            "HHmm dd",
            "HH:mm:ss:SS",
            "ss.SSS",
        ];
        for pattern in right {
            assert!(mistake(pattern).is_none(), "{pattern}: {:?}", mistake(pattern));
        }
    }
}
