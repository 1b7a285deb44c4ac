//! What follows a backslash: a character, a class, or something for the room above.

use super::cursor::Cursor;
use super::error::PatternError;
use super::flags::Flags;
use super::property::read_property;

/// The meaning of an escape that stands for a character or a set of them, in a class as well as outside.
pub(super) enum Escape {
    /// One character.
    Character(char),
    /// A set, as text of the engine's syntax.
    Class(String),
}

/// Java's `\h`, `\v` and `\s`, and `\w`, without the brackets.
const HORIZONTAL: &str = r"\x09\x20\xA0\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}";
pub(super) const VERTICAL: &str = r"\x0A-\x0D\x{85}\x{2028}\x{2029}";
const WHITE_SPACE: &str = r"\x09-\x0D\x20";
const WORD: &str = "0-9A-Z_a-z";

/// Reads an escape behind its backslash.
///
/// Assertions are the business of the translator, which looks for them first; what is left here and unknown is refused.
pub(super) fn read_escape(cursor: &mut Cursor<'_>, flags: Flags) -> Result<Escape, PatternError> {
    let Some(letter) = cursor.next() else {
        return Err(cursor.syntax("a backslash with nothing behind it"));
    };
    let predefined = |negated: bool, ascii: &str, unicode: &str| {
        let set = if flags.unicode_classes { unicode } else { ascii };
        let hat = if negated { "^" } else { "" };
        Ok(Escape::Class(format!("[{hat}{set}]")))
    };
    match letter {
        'd' | 'D' => predefined(letter == 'D', "0-9", r"\p{Nd}"),
        'w' | 'W' => predefined(letter == 'W', WORD, r"\w"),
        's' | 'S' => predefined(letter == 'S', WHITE_SPACE, r"\s"),
        'h' | 'H' => predefined(letter == 'H', HORIZONTAL, HORIZONTAL),
        'v' | 'V' => predefined(letter == 'V', VERTICAL, VERTICAL),
        'p' | 'P' => read_property(cursor, letter == 'P', flags).map(Escape::Class),
        _ => read_character(letter, cursor).map(Escape::Character),
    }
}

/// An escape that is one character.
fn read_character(letter: char, cursor: &mut Cursor<'_>) -> Result<char, PatternError> {
    match letter {
        't' => Ok('\t'),
        'n' => Ok('\n'),
        'r' => Ok('\r'),
        'f' => Ok('\u{c}'),
        'a' => Ok('\u{7}'),
        'e' => Ok('\u{1b}'),
        '0' => read_octal(cursor),
        'x' => read_hexadecimal(cursor),
        'u' => read_unicode(cursor),
        'c' => match cursor.next() {
            Some(control) if control.is_ascii() => Ok(char::from(control as u8 ^ 64)),
            _ => Err(cursor.syntax("illegal control escape sequence")),
        },
        '1'..='9' | 'k' => Err(cursor.unsupported("back-references are")),
        'G' => Err(cursor.unsupported("`\\G` is")),
        'X' => Err(cursor.unsupported("`\\X` is")),
        'N' => Err(cursor.unsupported("character names are")),
        _ if letter.is_ascii_alphabetic() => Err(cursor.syntax("illegal escape sequence")),
        _ => Ok(letter),
    }
}

/// `\0n`, `\0nn` or `\0mnn` with m up to 3.
fn read_octal(cursor: &mut Cursor<'_>) -> Result<char, PatternError> {
    let is_octal = |digit: char| digit.is_digit(8);
    let most = if cursor.peek().is_some_and(|first| first <= '3') {
        3
    } else {
        2
    };
    let digits = cursor.take_while(most, is_octal);
    u8::from_str_radix(digits, 8)
        .map(char::from)
        .map_err(|_| cursor.syntax("illegal octal escape sequence"))
}

/// `\xhh` or `\x{h…h}`.
fn read_hexadecimal(cursor: &mut Cursor<'_>) -> Result<char, PatternError> {
    let is_digit = |digit: char| digit.is_ascii_hexdigit();
    let (digits, closed) = if cursor.take("{") {
        let digits = cursor.take_while(8, is_digit);
        (digits, cursor.take("}"))
    } else {
        let digits = cursor.take_while(2, is_digit);
        (digits, digits.len() == 2)
    };
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| closed);
    code.and_then(char::from_u32)
        .ok_or_else(|| cursor.syntax("illegal hexadecimal escape sequence"))
}

/// `\uhhhh`, or two of them that make a surrogate pair.
fn read_unicode(cursor: &mut Cursor<'_>) -> Result<char, PatternError> {
    let mut unit = || {
        let digits = cursor.take_while(4, |digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 4)
    };
    let first = unit();
    let second = match first {
        Some(0xd800..=0xdbff) if cursor.take("\\u") => {
            let digits = cursor.take_while(4, |digit| digit.is_ascii_hexdigit());
            u16::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 4)
        }
        _ => None,
    };
    let units = first.into_iter().chain(second);
    match (char::decode_utf16(units).next(), second) {
        (Some(Ok(character)), None) => Ok(character),
        (Some(Ok(character)), Some(_)) if character > '\u{ffff}' => Ok(character),
        (Some(Err(_)), _) => Err(cursor.unsupported("lone surrogates are")),
        _ => Err(cursor.syntax("illegal Unicode escape sequence")),
    }
}
