//! Values that a format does not take.

use super::calls;
use super::held;
use super::{Findings, LintName, Subject};

/// Values behind those that the directives of a constant format take.
pub(super) fn surplus(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, call) in calls::all(subject).filter(|(_, call)| call.is_format() && call.through().is_none()) {
        let given: Vec<_> = call.values().collect();
        let Some((format, values)) = given.split_first() else {
            continue;
        };
        let Some(taken) = held::text(subject, *format).and_then(|(_, format)| taken_by(format)) else {
            continue;
        };
        let Some(&first) = values.get(taken) else {
            continue;
        };
        let span = subject.checked.tree.expr(first).span;
        let message = format!("the format takes {taken} of the {} values", values.len());
        findings.warn(LintName::UnusedArgument, span, message, |warning| {
            warning
                .with_label("not used")
                .with_help("write a `%…` for each value, such as `%s`, or leave the value out")
        });
    }
}

/// How many values a format takes; `None` if it is not a plain one.
fn taken_by(format: &str) -> Option<usize> {
    let (mut next, mut most) = (0_usize, 0_usize);
    let mut rest = format;
    while let Some((_, behind)) = rest.split_once('%') {
        let end = behind.find(|letter: char| letter.is_ascii_alphabetic() || letter == '%')?;
        let (spec, letter) = (behind.get(..end)?, behind.get(end..=end)?);
        rest = behind.get(end + 1..)?;
        match spec.split_once('$') {
            _ if matches!(letter, "%" | "n") => {}
            Some((place, _)) => most = most.max(place.parse().ok()?),
            // The value before, once more.
            None if spec.starts_with('<') => {}
            None => next += 1,
        }
        if matches!(letter, "t" | "T") {
            rest = rest.get(1..)?;
        }
    }
    Some(next.max(most))
}

#[cfg(test)]
mod tests {
    use super::taken_by;

    #[test]
    fn the_values_of_a_format_are_counted() {
        for (format, taken) in [
            ("x", 0),
            ("%s-%05d", 2),
            ("%d%%", 1),
            ("%2$s %1$s", 2),
            ("%s%n%<s", 1),
            ("%tY-%tm", 2),
        ] {
            assert_eq!(taken_by(format), Some(taken), "{format}");
        }
        assert_eq!(taken_by("%"), None);
    }
}
