//! Quoted texts of YAML that go on, or close, at the indentation of their keys: most readers of YAML take them, though its grammar
//! wants them further in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::source::Position;

/// The most bytes that are read again because of such texts, and that their lines are moved by.
const MAX_READ_AGAIN: usize = 4 << 20;

/// A YAML text whose quoted texts may go on at the indentation of their keys.
///
/// A parser that refuses one of them is told that it begins at [`widen`](Self::widen) and tries again with the
/// [`text`](Self::text), in which its lines stand further in; that changes nothing of what it says. [`place`](Self::place) leads
/// back to the places of the text as it was.
///
/// ```
/// use selvedge::Position;
/// use selvedge::params::QuotedIndent;
/// let mut text = QuotedIndent::new("day:\n  expression: '\n    1 + 1\n  '\n");
/// assert!(text.widen(Position { line: 2, column: 15 }));
/// assert!(text.text().ends_with("                  '\n"));
/// assert_eq!(text.place(Position { line: 4, column: 19 }), Position { line: 4, column: 3 });
/// ```
#[derive(Clone, Debug)]
pub struct QuotedIndent<'t> {
    text: Cow<'t, str>,
    /// By how much lines were moved.
    moved: BTreeMap<u32, u32>,
    read_again: usize,
}

impl<'t> QuotedIndent<'t> {
    /// What `saphyr-parser` says of a quoted text that goes on at the indentation of its key.
    pub const NOT_INDENTED: &'static str = "invalid indentation in quoted scalar";

    /// A text as it is.
    pub fn new(text: &'t str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            moved: BTreeMap::new(),
            read_again: 0,
        }
    }

    /// The text to be read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Moves the lines of the quoted text that begins there further in. False where there is none whose lines were not moved before,
    /// and where too much would be read again.
    pub fn widen(&mut self, start: Position) -> bool {
        self.read_again += self.text.len();
        if self.read_again > MAX_READ_AGAIN {
            return false;
        }
        let pad = start.column + 1;
        let mut lines = self.text.split_inclusive('\n').zip(1_u32..);
        let mut widened = String::with_capacity(self.text.len() + 64);
        let mut moved = false;
        let mut quoted: Option<Quoted> = None;
        for (line, number) in lines.by_ref() {
            let rest = match &quoted {
                None if number < start.line => "",
                None => after(line, start.column),
                Some(_) => {
                    let is_marker = line.starts_with("---") || line.starts_with("...");
                    if !is_marker && !self.moved.contains_key(&number) {
                        self.read_again += pad as usize;
                        if self.read_again > MAX_READ_AGAIN {
                            return false;
                        }
                        widened.extend(std::iter::repeat_n(' ', pad as usize));
                        self.moved.insert(number, pad);
                        moved = true;
                    }
                    line
                }
            };
            widened.push_str(line);
            if number == start.line {
                quoted = Quoted::opened_by(line, start.column);
                if quoted.is_none() {
                    return false;
                }
            }
            if quoted.as_mut().is_some_and(|quoted| quoted.closes_in(rest)) {
                break;
            }
        }
        widened.extend(lines.map(|(line, _)| line));
        self.text = Cow::Owned(widened);
        moved
    }

    /// Where a place of the text to be read was in the text as it was.
    pub fn place(&self, Position { line, column }: Position) -> Position {
        let by = self.moved.get(&line).copied().unwrap_or_default();
        Position {
            line,
            column: column.saturating_sub(by).max(1),
        }
    }
}

/// What stands after the character of a column, counted from 1.
fn after(line: &str, column: u32) -> &str {
    let end = line.char_indices().nth(column as usize).map(|(at, _)| at);
    end.and_then(|at| line.get(at..)).unwrap_or_default()
}

/// A text in quotes that is not closed yet.
struct Quoted {
    quote: char,
    /// Whether a character of it takes the next one's meaning away: a backslash, or a quote that may be doubled.
    escaped: bool,
}

impl Quoted {
    fn opened_by(line: &str, column: u32) -> Option<Self> {
        let quote = line.chars().nth(column.checked_sub(1)? as usize)?;
        matches!(quote, '\'' | '"').then_some(Self { quote, escaped: false })
    }

    /// Whether it is closed in a part of it.
    fn closes_in(&mut self, part: &str) -> bool {
        for next in part.chars() {
            match (self.quote, std::mem::take(&mut self.escaped), next) {
                ('"', false, '\\') | ('\'', false, '\'') => self.escaped = true,
                ('"', false, '"') => return true,
                ('\'', true, other) if other != '\'' => return true,
                _ => {}
            }
        }
        // A single quote that ends the text.
        self.quote == '\'' && self.escaped
    }
}
