//! Quantifiers: `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`, each greedy or, with a `?` behind it, lazy.

use std::fmt::Write as _;

use super::cursor::Cursor;
use super::error::PatternError;

/// The least and the most times; `None` for any number.
pub(super) type Bounds = (u32, Option<u32>);

/// Reads a quantifier, if there is one, and appends it to `out`; `comments` says whether the flag `x` is on.
pub(super) fn read_quantifier(
    cursor: &mut Cursor<'_>,
    comments: bool,
    out: &mut String,
) -> Result<Bounds, PatternError> {
    if comments {
        cursor.skip_comments();
    }
    let bounds = match cursor.peek() {
        _ if cursor.is_quoting() => return Ok((1, Some(1))),
        Some('*') => (0, None),
        Some('+') => (1, None),
        Some('?') => (0, Some(1)),
        Some('{') => (0, Some(0)),
        _ => return Ok((1, Some(1))),
    };
    cursor.next();
    let bounds = if bounds == (0, Some(0)) {
        read_counted(cursor)?
    } else {
        bounds
    };
    match bounds {
        // INVARIANT: writing into a string cannot fail.
        (0, None) => out.push('*'),
        (1, None) => out.push('+'),
        (0, Some(1)) => out.push('?'),
        (least, None) => drop(write!(out, "{{{least},}}")),
        (least, Some(most)) => drop(write!(out, "{{{least},{most}}}")),
    }
    if comments {
        cursor.skip_comments();
    }
    if cursor.take("+") {
        return Err(cursor.unsupported("possessive quantifiers are"));
    }
    if cursor.take("?") {
        out.push('?');
    }
    Ok(bounds)
}

/// `{n}`, `{n,}` or `{n,m}` without what follows.
fn read_counted(cursor: &mut Cursor<'_>) -> Result<Bounds, PatternError> {
    let least = read_count(cursor)?;
    let most = if !cursor.take(",") {
        Some(least)
    } else if cursor.peek() == Some('}') {
        None
    } else {
        Some(read_count(cursor)?)
    };
    if !cursor.take("}") {
        return Err(cursor.syntax("unclosed counted closure"));
    }
    if most.is_some_and(|most| most < least) {
        return Err(cursor.syntax("illegal repetition range"));
    }
    Ok((least, most))
}

fn read_count(cursor: &mut Cursor<'_>) -> Result<u32, PatternError> {
    let digits = cursor.take_while(usize::MAX, |digit| digit.is_ascii_digit());
    match digits.parse::<i32>() {
        Ok(count) => Ok(count.unsigned_abs()),
        Err(_) => Err(cursor.syntax("illegal repetition")),
    }
}
