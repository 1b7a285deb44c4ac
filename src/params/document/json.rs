//! JSON text to a document: strict, with the place of each value and key, and no key twice.

use serde_json::Number;

use super::node::{Document, Entries, Entry, Kind, MAX_DEPTH, Node, count, duplicate, unreadable};
use crate::params::problem::Problem;
use crate::source::Position;
use crate::work::{portions, reading, run};

/// A scalar of more bytes is read in portions, so that it can be stopped.
const LONG_SCALAR: usize = 64 << 10;

/// Reads a text.
pub(crate) fn read(text: &str) -> Result<Document, Problem> {
    let mut reader = Reader {
        text,
        at: 0,
        values: 0,
        problems: Vec::new(),
        position: Position { line: 1, column: 1 },
    };
    let node = reader.value(0)?;
    reader.space();
    match reader.peek() {
        None => Ok(Document {
            root: node,
            problems: reader.problems,
        }),
        Some(_) => Err(reader.unexpected("the end of the document")),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    position: Position,
    values: usize,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on by a number of bytes, counting lines and columns.
    fn advance(&mut self, bytes: usize) -> &'t str {
        let passed = self.rest().get(..bytes).unwrap_or_default();
        for character in portions(passed).flat_map(str::chars) {
            if character == '\n' {
                self.position.line += 1;
                self.position.column = 1;
            } else {
                self.position.column += 1;
            }
        }
        self.at += passed.len();
        passed
    }

    /// Goes on while bytes are of a kind that is ASCII.
    fn pass_while(&mut self, is_of: impl Fn(u8) -> bool) -> &'t str {
        let length = run(self.rest(), is_of);
        self.advance(length)
    }

    fn space(&mut self) {
        self.pass_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.peek() {
            None => "end of input".to_owned(),
            Some(found) => format!("{} stands there", crate::diagnostic::quote(&found.to_string())),
        };
        unreadable(self.position, format!("{wanted} is expected, but {found}"))
    }

    /// Takes a character where it stands next.
    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.advance(wanted.len_utf8());
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Node, Problem> {
        self.space();
        let place = self.position;
        count(&mut self.values, place)?;
        if depth > MAX_DEPTH {
            let message = format!("the document nests deeper than {MAX_DEPTH} levels");
            return Err(unreadable(place, message));
        }
        let kind = match self.peek() {
            Some('{') => self.map(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Kind::Text(self.string()?),
            Some('-' | '0'..='9') => Kind::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Node {
            place: Some(place),
            kind,
        })
    }

    fn word(&mut self) -> Result<Kind, Problem> {
        let words = [
            ("null", Kind::Null),
            ("true", Kind::Boolean(true)),
            ("false", Kind::Boolean(false)),
        ];
        for (word, kind) in words {
            if self.rest().starts_with(word) {
                self.advance(word.len());
                return Ok(kind);
            }
        }
        Err(self.unexpected("a value"))
    }

    fn list(&mut self, depth: usize) -> Result<Kind, Problem> {
        self.advance(1);
        let mut elements = Vec::new();
        self.space();
        if self.take(']') {
            return Ok(Kind::List(elements));
        }
        loop {
            elements.push(self.value(depth + 1)?);
            self.space();
            if self.take(']') {
                return Ok(Kind::List(elements));
            }
            if !self.take(',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Kind, Problem> {
        self.advance(1);
        let mut entries = Entries::new();
        self.space();
        if self.take('}') {
            return Ok(Kind::Map(entries));
        }
        loop {
            self.space();
            let key_place = Some(self.position);
            if self.peek() != Some('"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let key = self.string()?;
            self.space();
            if !self.take(':') {
                return Err(self.unexpected("`:`"));
            }
            let node = self.value(depth + 1)?;
            if let Some(first) = entries.get(&key) {
                self.problems.push(duplicate(key_place, &key, first.key_place));
            }
            entries.insert(key, Entry { key_place, node });
            self.space();
            if self.take('}') {
                return Ok(Kind::Map(entries));
            }
            if !self.take(',') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Problem> {
        let start = self.position;
        // Behind the quote that opens it.
        let rest = self.rest().get(1..).unwrap_or_default();
        let mut escaped = false;
        let length = run(rest, |byte| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            !closes
        });
        if length == rest.len() {
            return Err(unreadable(start, "unterminated string"));
        }
        let token = self.advance(length + 2);
        scalar(token).map_err(|error| unreadable(start, format!("invalid string: {error}")))
    }

    fn number(&mut self) -> Result<Number, Problem> {
        let start = self.position;
        let token = self.pass_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
        let quoted = crate::diagnostic::quote(token);
        let number: Number = scalar(token).map_err(|_| unreadable(start, format!("{quoted} is not a number")))?;
        let whole = token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        match whole && number.as_i64().is_none() {
            true => Err(unreadable(
                start,
                format!("the integer {quoted} does not fit in 64 bits"),
            )),
            false => Ok(number),
        }
    }
}

/// A text in quotes, or a number.
fn scalar<T: serde::de::DeserializeOwned>(token: &str) -> serde_json::Result<T> {
    match token.len() > LONG_SCALAR {
        true => serde_json::from_reader(reading(token.as_bytes())),
        false => serde_json::from_str(token),
    }
}
