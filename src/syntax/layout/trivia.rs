//! Comments and blank lines between two tokens.

use super::super::unicode_escapes::Unescaped;
use crate::source::Span;

/// What stands in front of a comment, or of the token behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Space,
    Break,
    Blank,
}

/// A comment.
#[derive(Clone, Debug)]
pub(super) struct Comment<'s> {
    pub(super) text: &'s str,
    pub(super) before: Before,
    /// Whether a line break follows.
    ends_line: bool,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On lines of its own.
    Alone,
    /// At the end of a line, and to its end.
    Trailing,
    /// With the text before it.
    Behind,
    /// With the text after it.
    Ahead,
}

impl Comment<'_> {
    pub(super) fn place(&self) -> Place {
        let begins_line = self.before != Before::Space;
        match (self.text.starts_with("//"), begins_line, self.ends_line) {
            (true, true, _) | (false, true, true) => Place::Alone,
            (true, false, _) => Place::Trailing,
            (false, false, true) => Place::Behind,
            (false, _, false) => Place::Ahead,
        }
    }

    /// Whether lines have to be broken around it.
    pub(super) fn breaks(&self) -> bool {
        matches!(self.place(), Place::Alone | Place::Trailing) || self.text.contains('\n')
    }
}

/// The white space and the comments from a place on.
#[derive(Debug)]
pub(super) struct Trivia<'s> {
    pub(super) comments: Vec<Comment<'s>>,
    /// What stands in front of the token behind.
    pub(super) last: Before,
    /// Where that token begins.
    pub(super) end: usize,
}

/// Reads on from `at`; `comments` are those of the text, from which those that are read are taken.
pub(super) fn read<'s>(
    source: &'s str,
    unescaped: &Unescaped<'_>,
    comments: &mut &[Span],
    mut at: usize,
) -> Trivia<'s> {
    let mut found: Vec<Comment<'s>> = Vec::new();
    // The text begins a line.
    let mut before = if at == 0 { Before::Break } else { Before::Space };
    loop {
        let rest = unescaped.text.get(at..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\x0c', '\r']).len();
        let lines = line_breaks(rest.get(..blanks).unwrap_or(""));
        before = match lines {
            0 => before,
            1 => Before::Break,
            _ => Before::Blank,
        };
        at += blanks;
        if let Some(last) = found.last_mut() {
            last.ends_line |= lines > 0;
        }
        let Some((comment, others)) = comments.split_first().filter(|(next, _)| next.start as usize == at) else {
            break;
        };
        *comments = others;
        at = comment.end as usize;
        found.push(Comment {
            text: unescaped.original_span(*comment).of(source).trim_end(),
            before,
            ends_line: at == unescaped.text.len(),
        });
        before = Before::Space;
    }
    Trivia {
        comments: found,
        last: before,
        end: at,
    }
}

fn line_breaks(blanks: &str) -> usize {
    let feeds = blanks.matches('\n').count();
    feeds + blanks.matches('\r').count() - blanks.matches("\r\n").count()
}
