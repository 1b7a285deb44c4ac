//! Quantifiers: `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`, each greedy or, with a `?` behind it, lazy, or, with a `+`, possessive.

use super::cursor::Cursor;
use super::error::PatternError;

/// How often something is repeated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantifier {
    pub(super) least: u32,
    /// `None` for any number.
    pub(super) most: Option<u32>,
    pub(super) lazy: bool,
    pub(super) possessive: bool,
}

/// The least and the most times.
type Bounds = (u32, Option<u32>);

/// Reads a quantifier, if there is one; `comments` says whether the flag `x` is on.
pub(super) fn read_quantifier(cursor: &mut Cursor<'_>, comments: bool) -> Result<Option<Quantifier>, PatternError> {
    if comments {
        cursor.skip_comments();
    }
    let bounds: Bounds = match cursor.peek() {
        _ if cursor.is_quoting() => return Ok(None),
        Some('*') => (0, None),
        Some('+') => (1, None),
        Some('?') => (0, Some(1)),
        Some('{') => (0, Some(0)),
        _ => return Ok(None),
    };
    cursor.next();
    let bounds = if bounds == (0, Some(0)) {
        read_counted(cursor)?
    } else {
        bounds
    };
    if comments {
        cursor.skip_comments();
    }
    let (least, most) = bounds;
    let possessive = cursor.take("+");
    Ok(Some(Quantifier {
        least,
        most,
        lazy: !possessive && cursor.take("?"),
        possessive,
    }))
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
