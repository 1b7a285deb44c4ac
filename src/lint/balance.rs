//! Places that show whole brackets: a node's place leaves out the brackets around it, so that of `!(a)` ends before the last one.

use crate::source::Span;

/// The place, widened by the brackets beside it that pair with those inside it.
pub(super) fn balanced(source: &str, span: Span) -> Span {
    let (mut missing_before, mut open) = (0_u32, 0_u32);
    for bracket in brackets(span.of(source)) {
        match bracket {
            b'(' => open += 1,
            _ if open > 0 => open -= 1,
            _ => missing_before += 1,
        }
    }
    let bytes = source.as_bytes();
    let mut wide = span;
    for _ in 0..missing_before {
        let before = bytes.get(..wide.start as usize).unwrap_or_default();
        let Some(at) = before.iter().rposition(|byte| !byte.is_ascii_whitespace()) else {
            break;
        };
        match before.get(at) {
            Some(b'(') => wide.start = at as u32,
            _ => break,
        }
    }
    for _ in 0..open {
        let after = bytes.get(wide.end as usize..).unwrap_or_default();
        let Some(at) = after.iter().position(|byte| !byte.is_ascii_whitespace()) else {
            break;
        };
        match after.get(at) {
            Some(b')') => wide.end += at as u32 + 1,
            _ => break,
        }
    }
    wide
}

/// The round brackets of a text, those in strings and comments left out.
fn brackets(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = match (byte, after.first()) {
            (b'\'' | b'"', _) => after_string(after, byte),
            (b'/', Some(b'/')) => after_text(after, b"\n"),
            (b'/', Some(b'*')) => after_text(after.get(1..).unwrap_or_default(), b"*/"),
            (b'(' | b')', _) => {
                found.push(byte);
                after
            }
            _ => after,
        };
    }
    found
}

fn after_string(mut rest: &[u8], quote: u8) -> &[u8] {
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'\\' => after.get(1..).unwrap_or_default(),
            _ => after,
        };
        if byte == quote {
            break;
        }
    }
    rest
}

fn after_text<'t>(text: &'t [u8], end: &[u8]) -> &'t [u8] {
    let at = text.windows(end.len()).position(|window| window == end);
    at.and_then(|at| text.get(at + end.len()..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_takes_in_the_brackets_it_began() {
        let cases = [
            ("f(!(a > 1) )", "!(a > 1", "!(a > 1)"),
            ("x = ((1) + 2) > 3;", "1) + 2) > 3", "((1) + 2) > 3"),
            ("(a) + (b)", "a) + (b", "(a) + (b)"),
            ("(a == ')')", "a == ')'", "a == ')'"),
            ("( a /* ( */ ) > 1", "a /* ( */ ) > 1", "( a /* ( */ ) > 1"),
            ("(a)", "a", "a"),
            ("/* ( */ a) > 1", "a) > 1", "a) > 1"),
        ];
        for (source, narrow, wide) in cases {
            let start = source.find(narrow).unwrap() as u32;
            let span = Span::new(start, start + narrow.len() as u32);
            assert_eq!(balanced(source, span).of(source), wide);
        }
    }
}
