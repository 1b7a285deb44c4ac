//! `String.format` and `+` instead of a text's own `format` and of f-strings, as Python, Kotlin and Scala have them.

use super::code::operand;

/// The call of `String.format` that does what `literal.format(arguments)` does in other languages: its placeholders are `{}`,
/// `{0}`, `{name}` and `{:.2f}`, or those of `String.format`. `None` if the text has no placeholder.
pub(crate) fn format_call<'c>(literal: &str, arguments: impl Iterator<Item = &'c str>) -> Option<String> {
    let format = match literal.contains('{') {
        true => converted(literal)?,
        false => literal.to_owned(),
    };
    let has_directive = format.replace("%%", "").contains('%');
    let arguments: String = arguments.flat_map(|argument| [", ", argument]).collect();
    has_directive.then(|| format!("String.format({format}{arguments})"))
}

/// What an f-string of Python does, from its text with the quotes: parts joined with `+`, or `String.format` where a part has a
/// format. `None` if a part is more than plain code.
pub(super) fn joined(literal: &str) -> Option<String> {
    let quote = literal.chars().next()?;
    let mut rest = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    if rest.contains(['\\', '`']) || rest.contains("{{") || rest.contains("}}") {
        return None;
    }
    let (mut parts, mut values, mut has_format) = (Vec::new(), Vec::new(), false);
    while let Some((before, behind)) = rest.split_once('{') {
        let (inside, behind) = behind.split_once('}')?;
        let (code, spec) = inside.split_once(':').unwrap_or((inside, ""));
        let is_plain = |next: char| next.is_alphanumeric() || "_.+-*/%() ".contains(next);
        if code.trim().is_empty() || !code.chars().all(is_plain) {
            return None;
        }
        has_format |= !spec.is_empty();
        if !before.is_empty() || parts.is_empty() {
            parts.push(format!("{quote}{before}{quote}"));
        }
        parts.push(operand(code.trim()));
        values.push(code.trim());
        rest = behind;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(format!("{quote}{rest}{quote}"));
    }
    match has_format {
        true => format_call(literal, values.into_iter()),
        false => Some(parts.join(" + ")),
    }
}

/// A text with each placeholder in braces as a directive; `None` if they are not in the order of the arguments.
fn converted(literal: &str) -> Option<String> {
    let mut format = String::with_capacity(literal.len());
    let mut rest = literal;
    let mut index = 0;
    while let Some((before, behind)) = rest.split_once('{') {
        format.push_str(&before.replace('%', "%%").replace("}}", "}"));
        if let Some(behind) = behind.strip_prefix('{') {
            format.push('{');
            rest = behind;
            continue;
        }
        let (inside, behind) = behind.split_once('}')?;
        let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
        if name.parse::<usize>().is_ok_and(|place| place != index) {
            return None;
        }
        format.push_str(&directive(spec)?);
        (index, rest) = (index + 1, behind);
    }
    format.push_str(&rest.replace('%', "%%").replace("}}", "}"));
    Some(format)
}

/// The directive of what Python has after a colon: `05d`, `.2f`, `,`, `>10`.
fn directive(spec: &str) -> Option<String> {
    let (flag, rest) = match spec.chars().next() {
        Some('<') => ("-", spec.get(1..)?),
        Some('>') => ("", spec.get(1..)?),
        _ => ("", spec),
    };
    let (body, letter) = match rest.chars().next_back() {
        Some(letter @ ('d' | 'f' | 'e' | 's' | 'x' | 'o')) => (rest.get(..rest.len() - 1)?, letter),
        _ if rest.contains('.') => (rest, 'f'),
        _ if rest.contains(',') || rest.starts_with('0') => (rest, 'd'),
        _ => (rest, 's'),
    };
    let digits: String = body.chars().filter(|next| *next != ',').collect();
    let comma = if body.contains(',') { "," } else { "" };
    let is_number = digits.chars().all(|next| next.is_ascii_digit() || next == '.');
    is_number.then(|| format!("%{flag}{comma}{digits}{letter}"))
}

#[cfg(test)]
mod tests {
    use super::{format_call, joined};

    #[test]
    fn parts_of_f_strings_are_joined() {
        for (literal, wanted) in [
            ("'day {s}'", "'day ' + s"),
            ("'{s}/{n + 1}'", "'' + s + '/' + (n + 1)"),
            ("\"{a}{b}\"", "\"\" + a + b"),
            ("'{n:05d}-{s}'", "String.format('%05d-%s', n, s)"),
            ("'plain'", "'plain'"),
        ] {
            assert_eq!(joined(literal).as_deref(), Some(wanted), "{literal}");
        }
        assert!(
            ["'{x!r}'", "'{m['a']}'", "'{'", "'{}'"]
                .into_iter()
                .all(|literal| joined(literal).is_none())
        );
    }

    #[test]
    fn placeholders_become_directives() {
        let call = |literal| format_call(literal, ["x", "y"].into_iter());
        for (literal, wanted) in [
            ("'{}/{}'", "'%s/%s'"),
            ("'{0}-{1}'", "'%s-%s'"),
            ("'{a}{b}'", "'%s%s'"),
            ("'{:05d} of {:.2f}'", "'%05d of %.2f'"),
            ("'{:,} {:<10}|'", "'%,d %-10s|'"),
            ("'{:.1} 5%'", "'%.1f 5%%'"),
            ("'{{}} {}'", "'{} %s'"),
            ("'%d %s'", "'%d %s'"),
        ] {
            assert_eq!(
                call(literal),
                Some(format!("String.format({wanted}, x, y)")),
                "{literal}"
            );
        }
        assert!(
            ["'{1}{0}'", "'a'", "'{'", "'100%%'", "'{:^9}'"]
                .into_iter()
                .all(|literal| call(literal).is_none())
        );
    }
}
