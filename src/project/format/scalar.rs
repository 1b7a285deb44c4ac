//! Formats one text of a document in the form that its style can hold: what has no line breaks stays on one line, a literal block is
//! laid out in lines, and a text in double quotes has `\n` for them. What its style cannot hold is left alone.

use std::ops::Range;

use crate::engine::CompileError;

use super::edits::{self, Edit, Plan};
use super::layout::Layout;
use crate::project::scalar::{PlaceMap, Scalar, Style};
use crate::syntax::FormatOptions;

/// The characters that a line has at least, however deep its text stands in the file.
const MIN_WIDTH: usize = 40;

/// The program of a text without the white space around it: where it begins, and what it is.
pub(super) fn core(text: &str) -> (usize, &str) {
    (text.len() - text.trim_start().len(), text.trim())
}

/// What is to change in a text; `None` if nothing is, or where its style cannot hold it.
pub(super) fn plan(layout: &Layout<'_>, file: &str, scalar: &Scalar) -> Result<Option<Plan>, CompileError> {
    let (start, program) = core(&scalar.text);
    let options = FormatOptions::default();
    let Some(map) = scalar.map(file).filter(|_| scalar.swallowing_comment(file).is_none()) else {
        // Where it stands is not known; whether it parses is told all the same.
        return layout.of(program, &options).map(|_| None);
    };
    let place = map.place(start)..map.place((start + program.len()).saturating_sub(1)) + 1;
    let literal = Literal::of(file, scalar, program, place);
    let has_lines = program.contains('\n');
    let options = match &literal {
        Some(literal) => options.width(layout.width.saturating_sub(literal.indent).max(MIN_WIDTH)),
        None if has_lines => options.width(layout.width),
        None => options.one_line(true),
    };
    let formatted = layout.of(program, &options)?;
    if formatted == program {
        return Ok(None);
    }
    let edits = match literal {
        Some(literal) => Some(vec![literal.edit(&formatted)]),
        None if has_lines == formatted.contains('\n') || scalar.style == Style::Json => {
            edits::between(program, &formatted).and_then(|edits| placed(edits, start, &map, scalar.style))
        }
        None => None,
    };
    let end = start + program.len();
    let around = (
        scalar.text.get(..start).unwrap_or(""),
        scalar.text.get(end..).unwrap_or(""),
    );
    Ok(edits.map(|edits| Plan {
        text_start: scalar.place.start,
        wanted: [around.0, &formatted, around.1].concat(),
        edits,
    }))
}

/// Edits of a text at their places in the file, written as its style has them; `None` if the style cannot.
fn placed(edits: Vec<Edit>, start: usize, map: &PlaceMap, style: Style) -> Option<Vec<Edit>> {
    let has_escapes = matches!(style, Style::Json | Style::DoubleQuoted);
    let placed = edits.into_iter().map(|edit| {
        let has_lines = edit.text.contains(['\n', '\r']);
        (has_escapes || !has_lines).then(|| Edit {
            place: map.place(start + edit.place.start)..map.place(start + edit.place.end),
            text: edit.text.replace('\n', "\\n").replace('\r', "\\r"),
        })
    });
    placed.collect()
}

/// A literal block, whose lines stand in the file as they are, behind an indentation.
struct Literal {
    place: Range<usize>,
    indent: usize,
    line_break: &'static str,
}

impl Literal {
    /// The block of a text; `None` if it is another style, or folds its lines.
    fn of(file: &str, scalar: &Scalar, program: &str, place: Range<usize>) -> Option<Self> {
        if scalar.style != Style::Block {
            return None;
        }
        let before = file.get(..place.start)?;
        let line = before.get(before.rfind('\n').map_or(0, |last| last + 1)..)?;
        let raw = file.get(place.clone())?;
        if !line.bytes().all(|byte| byte == b' ') || is_folded(before) {
            return None;
        }
        let lines = raw.lines().enumerate().map(|(index, raw)| match index {
            0 => Some(raw),
            _ if raw.trim().is_empty() => Some(""),
            _ => raw.strip_prefix(line),
        });
        let is_same = lines.eq(program
            .lines()
            .map(|line| Some(if line.trim().is_empty() { "" } else { line })));
        is_same.then(|| Self {
            place,
            indent: line.len(),
            line_break: if raw.contains("\r\n") { "\r\n" } else { "\n" },
        })
    }

    fn edit(&self, formatted: &str) -> Edit {
        let mut text = String::new();
        for (index, line) in formatted.lines().enumerate() {
            if index > 0 {
                text.push_str(self.line_break);
                if !line.is_empty() {
                    text.extend(std::iter::repeat_n(' ', self.indent));
                }
            }
            text.push_str(line);
        }
        Edit {
            place: self.place.clone(),
            text,
        }
    }
}

/// Whether the head of a block, which ends the lines before its text, says that its lines are folded.
fn is_folded(before: &str) -> bool {
    let head = before.trim_end().rsplit('\n').next().unwrap_or("");
    // A comment may follow the head.
    let head = head.split(" #").next().unwrap_or("").trim_end();
    let word = head.rsplit([' ', '\t']).next().unwrap_or("");
    word.starts_with('>')
}
