//! Date patterns of other languages: `'%Y-%m-%d'` of Python and MySQL, `'YYYY-MM-DD HH24:MI'` of SQL.

/// What a directive of `strftime` is here. MySQL has others for minutes and names of months.
const DIRECTIVES: [(char, &str); 16] = [
    ('Y', "yyyy"),
    ('y', "yy"),
    ('m', "MM"),
    ('b', "MMM"),
    ('B', "MMMM"),
    ('d', "dd"),
    ('e', "d"),
    ('j', "DDD"),
    ('a', "EEE"),
    ('A', "EEEE"),
    ('H', "HH"),
    ('I', "hh"),
    ('M', "mm"),
    ('S', "ss"),
    ('F', "yyyy-MM-dd"),
    ('T', "HH:mm:ss"),
];
/// What an element of SQL's patterns is here, the longest first.
const ELEMENTS: [(&str, &str); 13] = [
    ("MONTH", "MMMM"),
    ("YYYY", "yyyy"),
    ("HH24", "HH"),
    ("HH12", "hh"),
    ("MON", "MMM"),
    ("DDD", "DDD"),
    ("YY", "yy"),
    ("MM", "MM"),
    ("DD", "dd"),
    ("MI", "mm"),
    ("SS", "ss"),
    ("HH", "HH"),
    ("AM", "a"),
];
/// The letters that a pattern has here.
const LETTERS: &str = "yMdHhmsSaEDZwx";

/// A literal that is the pattern of a date, as it is written here, with its quotes; `None` if it is no such pattern.
pub(crate) fn pattern(literal: &str) -> Option<String> {
    let quote = literal.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
    let inside = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    let parts = match inside.contains('%') {
        true => of_directives(inside)?,
        false if is_of_sql(inside) => of_elements(inside)?,
        false => return is_own(inside).then(|| literal.to_owned()),
    };
    Some(match parts.contains('\'') {
        true => format!("\"{parts}\""),
        false => format!("'{parts}'"),
    })
}

fn of_directives(inside: &str) -> Option<String> {
    let of_mysql = inside.contains("%i");
    let (mut pattern, mut rest) = (String::new(), inside.chars());
    while let Some(next) = rest.next() {
        match next {
            '%' => {
                let directive = rest.next()?;
                pattern.push_str(match directive {
                    'i' if of_mysql => "mm",
                    's' if of_mysql => "ss",
                    'M' if of_mysql => "MMMM",
                    _ => DIRECTIVES.iter().find(|(known, _)| *known == directive)?.1,
                });
            }
            'T' => pattern.push_str("'T'"),
            next => pattern.push(between(next)?),
        }
    }
    Some(pattern)
}

/// A pattern of SQL has years in upper case, or minutes as `MI`, or a month where there are no hours.
fn is_of_sql(inside: &str) -> bool {
    let has = |element| inside.contains(element);
    let month = has("mm") && !has("MM") && !has("HH") && !has("hh");
    ["YY", "DD", "MI", "HH24", "MON", "hh24", "mi"].into_iter().any(has) || month
}

fn of_elements(inside: &str) -> Option<String> {
    let (mut pattern, mut rest) = (String::new(), inside);
    while let Some(first) = rest.chars().next() {
        let known = ELEMENTS.iter().find(|(element, _)| {
            let written = rest.get(..element.len());
            written.is_some_and(|written| written.eq_ignore_ascii_case(element))
        });
        let length = match known {
            Some((element, own)) => {
                pattern.push_str(own);
                element.len()
            }
            None => {
                pattern.push(between(first)?);
                first.len_utf8()
            }
        };
        rest = rest.get(length..)?;
    }
    Some(pattern)
}

/// What stands between the elements of a pattern.
fn between(next: char) -> Option<char> {
    (!next.is_alphabetic() && !matches!(next, '\'' | '"' | '\\')).then_some(next)
}

/// Whether a text is a pattern of a date as they are here.
fn is_own(inside: &str) -> bool {
    let has_date = inside.contains("yy") || inside.contains("MM") || inside.contains("HH");
    let is_known = |next: char| !next.is_alphabetic() || LETTERS.contains(next);
    has_date && !inside.contains(['\'', '\\']) && inside.chars().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn patterns_are_written_as_they_are_here() {
        for (written, own) in [
            ("'%Y-%m-%d'", Some("'yyyy-MM-dd'")),
            ("\"%Y%m%dT%H:%M\"", Some("\"yyyyMMdd'T'HH:mm\"")),
            ("'%Y-%m-%d %H:%i:%s'", Some("'yyyy-MM-dd HH:mm:ss'")),
            ("'YYYY-MM-DD HH24:MI:SS'", Some("'yyyy-MM-dd HH:mm:ss'")),
            ("'YYYY-MM-dd'", Some("'yyyy-MM-dd'")),
            ("'yyyy-mm-dd'", Some("'yyyy-MM-dd'")),
            ("'DD MON YYYY'", Some("'dd MMM yyyy'")),
            ("'yyyyMMdd'", Some("'yyyyMMdd'")),
            ("'%Q'", None),
            ("'999'", None),
            ("'load'", None),
            ("day", None),
            ("'", None),
        ] {
            assert_eq!(pattern(written).as_deref(), own, "{written}");
        }
    }
}
