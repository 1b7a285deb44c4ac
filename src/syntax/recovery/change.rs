//! What gets the parser past an error: stretches of the text that are overwritten, so that all places stay.

use super::statements::{statement_at, tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::scan::{after_block, skip_space, word_at, word_before};

/// A head that stands in for another one, so that its body is read as what may run.
pub(super) const HEAD: &str = "if(0>1)";
/// What stands in for a statement that ends the program.
const JUMP: &str = "throw '';";
/// What only programs of other languages hold: nothing of them is read on.
const OTHER_PROGRAMS: &[&str] = &[
    "{%", "[[", "[", "-eq", "-ne", "-gt", "-lt", "-ge", "-le", "echo", "export", "test", "select", "SELECT",
];
/// Words of other languages before blocks that always run.
const ALWAYS_RUN: &[&str] = &["do", "repeat", "try", "finally", "begin", "loop"];
/// Words of other languages before blocks of statements that may run.
const MAY_RUN: &[&str] = &["catch", "except", "with", "synchronized"];
/// Words that go on with a statement.
const CONTINUING: &[&str] = &["catch", "finally", "except"];

/// Words that end blocks in other languages.
const ENDS: &[&str] = &["end", "fi", "done", "endif", "esac", "loop"];

/// A stretch of the text, and what it is overwritten with; white space fills the rest of it.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) span: Span,
    pub(super) put: String,
}

impl Edit {
    pub(super) fn new(span: Span, put: impl Into<String>) -> Self {
        Self { span, put: put.into() }
    }

    pub(super) fn apply(&self, text: &mut String) {
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        let fill = (end - start).saturating_sub(self.put.len());
        text.replace_range(start..end, &[&self.put, &*" ".repeat(fill)].concat());
    }
}

/// Stretches that are overwritten.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) edits: Vec<Edit>,
    /// Where names may have got their values that are taken away.
    pub(super) doubts: Vec<Span>,
}

impl Change {
    /// A change that takes no values away.
    pub(super) fn harmless(edit: Edit) -> Self {
        Self {
            edits: vec![edit],
            doubts: Vec::new(),
        }
    }

    /// A change that takes away all that a stretch does.
    pub(super) fn new(span: Span, put: impl Into<String>) -> Self {
        Self {
            edits: vec![Edit::new(span, put)],
            doubts: vec![span],
        }
    }

    /// What gets the parser past an error at a place; none where nothing stands there.
    pub(super) fn at(text: &str, at: usize, error: &Diagnostic) -> Option<Self> {
        if error.code == Code::UnsupportedSyntax && OTHER_PROGRAMS.contains(&error.span.of(text)) {
            return None;
        }
        if let Some(change) = Self::in_words(text, at, error) {
            return Some(change);
        }
        if error.code == Code::MissingSemicolon {
            let code = error.span.start as usize;
            let space = text.get(code..skip_space(text, code))?;
            if space.contains(['\n', '\r']) && space.starts_with(char::is_whitespace) {
                let span = Span::new(error.span.start, error.span.start + 1);
                return Some(Self::harmless(Edit::new(span, ";")));
            }
        }
        if let Some(change) = Self::in_head(text, at, error) {
            return Some(change);
        }
        let span = statement_at(text, at)?;
        match text.get(span.end as usize..)?.starts_with('{') {
            true => Self::before_block(text, span),
            false => Some(Self::leaving_out(text, span, at)),
        }
    }

    /// Leaves a statement out.
    pub(super) fn leaving_out(text: &str, span: Span, at: usize) -> Self {
        let statement = span.of(text);
        // What is not reached behind a jump is not reached without it either.
        let jump = tokens(statement).find(|(_, token)| matches!(*token, "return" | "throw"));
        match jump.map(|(start, _)| Span::new(span.start + start as u32, span.end)) {
            Some(jump) if (jump.start as usize) < at && jump.of(text).len() >= JUMP.len() => Self::new(jump, JUMP),
            Some(_) if statement.len() >= JUMP.len() => Self::new(span, JUMP),
            Some(_) | None => Self::new(span, ""),
        }
    }

    /// Overwrites what stands before a block, and leaves the block out as well where it may hold other things than statements.
    fn before_block(text: &str, span: Span) -> Option<Self> {
        let statement = span.of(text);
        let start = span.start as usize + statement.len() - statement.trim_start().len();
        let head = Span::new(start as u32, span.end);
        let (word, length) = (word_at(head.of(text)), head.of(text).trim_end().len());
        let block = span.end as usize;
        let end = after_block(text, block).unwrap_or(text.len());
        let is_call = text.get(start + word.len()..)?.trim_start().starts_with('(');
        if ALWAYS_RUN.contains(&word) && length == word.len() {
            let mut change = Self::harmless(Edit::new(head, ""));
            change
                .edits
                .extend(condition_behind(text, end).map(|span| Edit::new(span, "")));
            return Some(change);
        }
        let is_head = MAY_RUN.contains(&word) || (is_call && crate::advice::of_keyword(word).is_none());
        Some(match is_head && length >= HEAD.len() {
            true => Self::new(head, HEAD),
            false => Self::new(Span::new(start as u32, end as u32), ""),
        })
    }

    /// Overwrites what goes on with a statement: an `else`, which the grammar may have taken for a name, a `catch`.
    pub(super) fn of_rest(text: &str, at: usize, error: &Diagnostic) -> Option<Self> {
        if error.code == Code::UnsupportedSyntax && CONTINUING.contains(&error.span.of(text)) {
            return Self::at(text, at, error);
        }
        let (before, behind) = text.split_at_checked(at)?;
        let (word, start) = match word_at(behind) {
            "else" => ("else", at),
            _ => word_before(before.trim_end()),
        };
        let span = Span::new(start as u32, start as u32 + word.len() as u32);
        (word == "else" || ENDS.contains(&word)).then(|| Self::harmless(Edit::new(span, "")))
    }
}

/// The `while (…);` that ends a loop of another language.
fn condition_behind(text: &str, end: usize) -> Option<Span> {
    let start = skip_space(text, end);
    let rest = text
        .get(start..)
        .filter(|rest| matches!(word_at(rest), "while" | "until"))?;
    let length = rest.find(';')? + 1;
    Some(Span::new(start as u32, (start + length) as u32))
}
