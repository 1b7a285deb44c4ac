//! The texts of a JSON document.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::super::scalar::{Scalar, Style};
use super::leaf::{Held, Leaf, OVER, Step};
use crate::source::{LineIndex, Position};

/// A container that is not closed yet.
enum Open {
    List,
    Map { key: bool },
}

/// The texts, in order; the keys of maps are in their paths.
pub(super) fn leaves(file: &str, is_over: &dyn Fn() -> bool) -> Result<Vec<Leaf>, (usize, String)> {
    // A mark of byte order is not part of the document.
    let skipped = file.len() - file.trim_start_matches('\u{feff}').len();
    let document = file.get(skipped..).unwrap_or("");
    if let Err(error) = serde_json::from_str::<IgnoredAny>(document) {
        let position = Position {
            line: error.line() as u32,
            column: 1,
        };
        let at = LineIndex::new(document).offset(position) as usize + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        return Err((skipped + at, format!("the JSON is wrong: {message}")));
    }
    Walk::default().walk(file, skipped, is_over)
}

/// Walks a text that is known to be JSON.
#[derive(Default)]
struct Walk {
    open: Vec<Open>,
    path: Vec<Step>,
    leaves: Vec<Leaf>,
    held: Held,
}

impl Walk {
    fn walk(mut self, file: &str, mut at: usize, is_over: &dyn Fn() -> bool) -> Result<Vec<Leaf>, (usize, String)> {
        while let Some(&byte) = file.as_bytes().get(at) {
            match byte {
                b'{' => {
                    self.open.push(Open::Map { key: true });
                    self.path.push(Step::Index(0));
                }
                b'[' => {
                    self.open.push(Open::List);
                    self.path.push(Step::Index(0));
                }
                b'}' | b']' => {
                    self.open.pop();
                    self.path.pop();
                }
                b',' => self.next(),
                b':' => {
                    if let Some(Open::Map { key }) = self.open.last_mut() {
                        *key = false;
                    }
                }
                b'"' => {
                    if is_over() {
                        return Err((at, OVER.to_owned()));
                    }
                    let end = end_of_text(file, at);
                    self.text(file, at, end).map_err(|message| (at, message))?;
                    at = end;
                    continue;
                }
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let rest = file.get(at..).unwrap_or_default();
                    let end = at + rest.find([',', '}', ']', ' ', '\n', '\r', '\t']).unwrap_or(rest.len());
                    self.leaf(file.get(at..end).unwrap_or_default().to_owned(), at..end)
                        .map_err(|message| (at, message))?;
                    at = end;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        Ok(self.leaves)
    }

    fn next(&mut self) {
        match (self.open.last_mut(), self.path.last_mut()) {
            (Some(Open::Map { key }), _) => *key = true,
            (Some(Open::List), Some(Step::Index(index))) => *index += 1,
            _ => {}
        }
    }

    fn text(&mut self, file: &str, start: usize, end: usize) -> Result<(), String> {
        let Ok(text) = serde_json::from_str::<String>(file.get(start..end).unwrap_or_default()) else {
            return Ok(());
        };
        if let (Some(Open::Map { key: true }), Some(step)) = (self.open.last(), self.path.last_mut()) {
            *step = Step::Key(text.into());
            return Ok(());
        }
        self.leaf(text, start..end)
    }

    /// Keeps a text, or a number or word as it is written.
    fn leaf(&mut self, text: String, place: Range<usize>) -> Result<(), String> {
        self.held.count(&self.path)?;
        // Only a text is longer than what it says.
        let style = if place.len() > text.len() {
            Style::Json
        } else {
            Style::Plain
        };
        let path = self.path.clone();
        self.leaves.push(Leaf {
            path,
            scalar: Scalar { text, place, style },
        });
        Ok(())
    }
}

/// The byte after the quote that ends a text.
fn end_of_text(file: &str, start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = file.as_bytes().get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    file.len()
}
