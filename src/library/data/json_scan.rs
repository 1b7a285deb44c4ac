//! JSON text to a row of tokens: what is inside a list or map stands before it, as its elements, or its keys and values.
//!
//! The text is paid for at once, and each token before it is kept; open lists and maps are on a stack of our own.

use std::ops::Range;

use crate::diagnostic::{Code, Message};
use crate::library::number::{NotRead, read_double};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Text, grow_by_half};
use crate::machine::meter::Meter;
use crate::machine::unread::{Pace, Unread};
use crate::number_text::parse_double;

/// Charged for each token: finding it, and its place in the row while that grows.
const TOKEN_STEPS: u64 = 4;
/// Charged for each DOUBLE besides, whose digits are read again.
const DOUBLE_STEPS: u64 = 8;
pub(super) const TOKEN_BYTES: u64 = 64;

/// Charged for each list or map that is open.
const OPEN_BYTES: u64 = 40;

/// A value or key.
#[derive(Clone, Debug)]
pub(super) enum Token {
    Null,
    Boolean(bool),
    Long(i64),
    Double(f64),
    /// A text: where it stands between its quotes, and whether it has escapes.
    Text {
        at: Range<usize>,
        escaped: bool,
    },
    /// So many of the values before it.
    List(usize),
    /// So many of the keys, each with its value, before it.
    Map(usize),
}

/// A list or map that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    is_map: bool,
    /// The elements or entries so far.
    count: usize,
}

struct Scanner<'t, 'm> {
    text: &'t str,
    at: usize,
    meter: &'m mut Meter,
    tokens: Vec<Token>,
    open: Vec<Open>,
}

/// Why a text is not JSON; no error is made of it before it is told.
#[derive(Debug)]
pub(super) enum NotJson {
    /// What stands at a byte is not what must stand there.
    Unexpected {
        wanted: &'static str,
        at: usize,
    },
    /// What stands at a byte is wrong in itself.
    Wrong {
        what: &'static str,
        at: usize,
    },
    /// A key stands twice in an object.
    Twice(Text),
    /// A number that is longer than any.
    Number(NotRead),
    Fault(Fault),
}

impl From<Fault> for NotJson {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl NotJson {
    /// The error that tells it, or what stops it from being told.
    #[cold]
    pub(super) fn reported(self, context: &mut Context<'_>, source: Text) -> Fault {
        let Context { heap, meter, .. } = context;
        let reported = match self {
            Self::Fault(fault) => return fault,
            Self::Number(why) => return why.into(),
            Self::Twice(key) => heap.texts.unread(key).whole(meter, Pace::Copy).map(|key| {
                let message = Message::from("the key ").quoted(key);
                let message = message.words(" stands twice in an object of the JSON text");
                Fault::new(Code::InvalidArgument, message)
            }),
            Self::Wrong { what, at } => {
                let text = heap.texts.unread(source).part(0..at).whole(meter, Pace::Decode);
                text.map(|before| placed(Message::from(what), before))
            }
            Self::Unexpected { wanted, at } => {
                let text = heap.texts.unread(source).whole(meter, Pace::Decode);
                text.map(|text| {
                    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
                    let message = Message::from("expected ").words(wanted);
                    let message = match rest.chars().next() {
                        Some(found) => message.words(", found ").quoted(found.encode_utf8(&mut [0; 4])),
                        None => message.words(", found nothing"),
                    };
                    placed(message, before)
                })
            }
        };
        reported.unwrap_or_else(|refused| refused)
    }
}

/// The fault behind a part of the text, with its line and column.
fn placed(message: Message, before: &str) -> Fault {
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.chars().rev().take_while(|&before| before != '\n').count() + 1;
    let message = message.words(" at line ").value(line).words(", column ").value(column);
    let message = message.words(" of the JSON text");
    Fault::new(Code::InvalidArgument, message).with_help(Code::InvalidArgument, HELP)
}

/// What to know of JSON.
const HELP: &str = "JSON has texts and keys in double quotes, no comments, and no comma before `]` and `}`; `Json.parseOrNull` gives null instead";

/// Reads the one value of a text.
pub(super) fn scan(text: Unread<'_>, meter: &mut Meter) -> Result<Vec<Token>, NotJson> {
    let mut scanner = Scanner {
        text: text.whole(meter, Pace::Decode)?,
        at: 0,
        meter,
        tokens: Vec::new(),
        open: Vec::new(),
    };
    scanner.values()?;
    Ok(scanner.tokens)
}

impl<'t> Scanner<'t, '_> {
    fn values(&mut self) -> Result<(), NotJson> {
        loop {
            if self.value()? {
                self.space();
                if self.peek() != Some(self.end_of_open()) {
                    self.key()?;
                    continue;
                }
                self.close()?;
            }
            if !self.next_value()? {
                return Ok(());
            }
        }
    }

    /// Goes on behind a value to where the next one stands, closing what ends there; false at the end of the text.
    fn next_value(&mut self) -> Result<bool, NotJson> {
        loop {
            self.space();
            let Some(open) = self.open.last_mut() else {
                return match self.peek() {
                    None => Ok(false),
                    Some(_) => Err(self.unexpected("the end of the text")),
                };
            };
            open.count += 1;
            let (is_map, end) = (open.is_map, self.end_of_open());
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.key()?;
                    return Ok(true);
                }
                Some(byte) if byte == end => self.close()?,
                Some(_) | None => {
                    return Err(self.unexpected(if is_map { "`,` or `}`" } else { "`,` or `]`" }));
                }
            }
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().as_bytes().iter().take_while(|byte| is_space(byte)).count();
    }

    /// The byte that ends the innermost list or map.
    fn end_of_open(&self) -> u8 {
        match self.open.last() {
            Some(Open { is_map: true, .. }) => b'}',
            Some(Open { is_map: false, .. }) | None => b']',
        }
    }

    fn push(&mut self, token: Token) -> Result<(), Fault> {
        self.meter.charge_steps(TOKEN_STEPS)?;
        self.meter.charge_memory(TOKEN_BYTES)?;
        grow_by_half(&mut self.tokens, self.meter, TOKEN_BYTES);
        self.tokens.push(token);
        Ok(())
    }

    /// Ends the innermost list or map, which is a value then.
    fn close(&mut self) -> Result<(), Fault> {
        self.at += 1;
        match self.open.pop() {
            Some(Open { is_map: true, count }) => self.push(Token::Map(count)),
            Some(Open { is_map: false, count }) => self.push(Token::List(count)),
            None => Ok(()),
        }
    }

    /// Reads a scalar, or opens a list or map, and says whether it did.
    fn value(&mut self) -> Result<bool, NotJson> {
        self.space();
        let word = |word: &str, token: Token| self.rest().starts_with(word).then_some((word.len(), token));
        let found = match self.peek() {
            Some(open @ (b'{' | b'[')) => {
                self.meter.check_value_nesting(self.open.len() as u64 + 1)?;
                self.at += 1;
                self.meter.charge_memory(OPEN_BYTES)?;
                grow_by_half(&mut self.open, self.meter, OPEN_BYTES);
                self.open.push(Open {
                    is_map: open == b'{',
                    count: 0,
                });
                return Ok(true);
            }
            Some(b'"') => return self.string().map(|()| false),
            Some(b'-' | b'0'..=b'9') => return self.number().map(|()| false),
            Some(b'n') => word("null", Token::Null),
            Some(b't') => word("true", Token::Boolean(true)),
            Some(b'f') => word("false", Token::Boolean(false)),
            Some(_) | None => None,
        };
        let Some((length, token)) = found else {
            return Err(self.unexpected("a value"));
        };
        self.at += length;
        self.push(token)?;
        Ok(false)
    }

    /// Reads a key and its colon, in a map.
    fn key(&mut self) -> Result<(), NotJson> {
        if !self.open.last().is_some_and(|open| open.is_map) {
            return Ok(());
        }
        self.space();
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in double quotes"));
        }
        self.string()?;
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a text at its quote.
    fn string(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        loop {
            let is_special = |byte: u8| matches!(byte, b'"' | b'\\') || byte < b' ';
            let Some(plain) = self.rest().bytes().position(is_special) else {
                self.at = start;
                return Err(self.wrong("a text that is never closed"));
            };
            self.at += plain;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    self.meter.charge_steps(1)?;
                    let Some((_, length)) = unescaped(self.rest()) else {
                        return Err(self.wrong("an escape that JSON does not have, or half of a surrogate pair,"));
                    };
                    self.at += length;
                    escaped = true;
                }
                Some(_) | None => return Err(self.wrong("a control character that is not escaped")),
            }
        }
        let at = start + 1..self.at;
        self.at += 1;
        Ok(self.push(Token::Text { at, escaped })?)
    }

    fn number(&mut self) -> Result<(), NotJson> {
        let is_of_number = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = self.rest().bytes().take_while(is_of_number).count();
        let token = self.rest().get(..length).unwrap_or_default();
        let number = match kind(token) {
            None => return Err(self.wrong("what is not a number")),
            // There is no such LONG as -0: in a parameter it is a DOUBLE too.
            Some(NumberKind::Whole) if token != "-0" => match token.parse() {
                Ok(long) => Token::Long(long),
                Err(_) => return Err(self.wrong("an integer that does not fit into 64 bits")),
            },
            Some(NumberKind::Whole | NumberKind::Fraction) => {
                self.meter.charge_steps(DOUBLE_STEPS)?;
                let token = read_double(Unread::of(token), self.meter).map_err(NotJson::Number)?;
                let double = parse_double(token).unwrap_or(f64::INFINITY);
                if double.is_infinite() {
                    return Err(self.wrong("a number that is too large for a DOUBLE"));
                }
                Token::Double(double)
            }
        };
        self.at += length;
        Ok(self.push(number)?)
    }

    const fn unexpected(&self, wanted: &'static str) -> NotJson {
        NotJson::Unexpected { wanted, at: self.at }
    }

    const fn wrong(&self, what: &'static str) -> NotJson {
        NotJson::Wrong { what, at: self.at }
    }
}

enum NumberKind {
    Whole,
    Fraction,
}

/// What a number is, by the grammar of JSON.
fn kind(token: &str) -> Option<NumberKind> {
    let bytes = token.as_bytes();
    let is = |at: usize, marks: &[u8]| bytes.get(at).is_some_and(|byte| marks.contains(byte));
    // Where the digits from a place on end, of which there is at least one.
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    let start = usize::from(is(0, b"-"));
    let whole = digits(start)?;
    if is(start, b"0") && whole > start + 1 {
        return None;
    }
    let mut end = whole;
    if is(end, b".") {
        end = digits(end + 1)?;
    }
    if is(end, b"eE") {
        end += 1;
        end = digits(end + usize::from(is(end, b"+-")))?;
    }
    match end == whole {
        _ if end < bytes.len() => None,
        true => Some(NumberKind::Whole),
        false => Some(NumberKind::Fraction),
    }
}

/// The character that the escape at the start of a text stands for, and its length.
pub(super) fn unescaped(text: &str) -> Option<(char, usize)> {
    let character = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let first = unit(text)?;
            return match char::from_u32(first) {
                Some(character) => Some((character, UNIT_BYTES)),
                None => {
                    let pair = [first as u16, unit(text.get(UNIT_BYTES..)?)? as u16];
                    let character = char::decode_utf16(pair).next()?.ok()?;
                    Some((character, 2 * UNIT_BYTES))
                }
            };
        }
        _ => return None,
    };
    Some((character, 2))
}

/// The bytes of `\u00e9`.
const UNIT_BYTES: usize = 6;

/// The UTF-16 unit that an escape at the start of a text stands for.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)
}
