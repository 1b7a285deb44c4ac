//! What gets the parser past an error: stretches of the text that are overwritten, so that all places stay.

use super::statements::{begins_statement, broken_at, open_blocks, statement_at, statement_start, tokens};
use crate::advice::is_keyword;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::foreign;
use crate::syntax::scan::{after_block, skip_space, word_at, word_before};

/// A head that stands in for another one, so that its body is read as what may run.
pub(super) const HEAD: &str = "if(0>1)";
/// What stands in for a statement that ends the program.
const JUMP: &str = "throw '';";
/// What only programs of other languages hold: nothing of them is read on.
const OTHER_PROGRAMS: &[&str] = &[
    "{%", "-eq", "-ne", "-gt", "-lt", "-ge", "-le", "echo", "export", "test", "select", "SELECT",
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

/// A way past an error at a place of a text.
type Way = fn(&str, usize, &Diagnostic) -> Option<Change>;

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

    /// What may get the parser past an error at a place, the least of the text first; nothing in a program of another language.
    pub(super) fn all_at(text: &str, at: usize, error: &Diagnostic) -> impl Iterator<Item = Self> {
        let wrong = error.span.of(text);
        let is_test = foreign::opens_test(text.get(error.span.start as usize..).unwrap_or(""));
        let is_foreign = error.code == Code::UnsupportedSyntax && (OTHER_PROGRAMS.contains(&wrong) || is_test);
        let ways: [Way; 3] = [
            Self::at,
            |text, at, _| Self::whole(text, at),
            |text, at, _| Some(Self::behind(text, at)),
        ];
        ways.into_iter()
            .filter(move |_| !is_foreign)
            .filter_map(move |way| way(text, at, error))
    }

    /// What gets the parser past an error at a place; `None` if nothing stands there.
    fn at(text: &str, at: usize, error: &Diagnostic) -> Option<Self> {
        if let Some(change) = Self::in_words(text, at, error) {
            return Some(change);
        }
        if error.code == Code::MissingSemicolon {
            let code = error.span.start as usize;
            let end = skip_space(text, code);
            let continues = code < end && text.get(end..).is_some_and(begins_statement);
            if continues || text.get(code..end)?.contains(['\n', '\r']) {
                return Some(Self::harmless(Edit::new(Span::new(code as u32, end as u32), ";")));
            }
        }
        if let Some(change) = Self::in_head(text, at, error) {
            return Some(change);
        }
        let span = broken_at(text, Span::new(at as u32, error.span.end))?;
        match text.get(span.end as usize..)?.starts_with('{') {
            true => Self::before_block(text, span),
            false => Some(Self::leaving_out(text, span, at)),
        }
    }

    /// Leaves a statement out.
    pub(super) fn leaving_out(text: &str, span: Span, at: usize) -> Self {
        let statement = span.of(text);
        // What is not reached behind a jump is not reached without it either.
        match jump(statement).map(|start| Span::new(span.start + start as u32, span.end)) {
            Some(jump) if (jump.start as usize) < at && jump.of(text).len() >= JUMP.len() => Self::new(jump, JUMP),
            Some(_) if statement.len() >= JUMP.len() => Self::new(span, JUMP),
            Some(_) | None => Self::new(span, ""),
        }
    }

    /// Leaves out the statement at a place with all its lines.
    fn whole(text: &str, at: usize) -> Option<Self> {
        let span = statement_at(text, at)?;
        Some(Self::leaving_out(text, span, span.start as usize))
    }

    /// Leaves out all from the statement at a place on.
    fn behind(text: &str, at: usize) -> Self {
        let (start, end) = (statement_start(text, at).min(at), text.len());
        let left_out = Span::new(start as u32, end as u32);
        let jumps = tokens(left_out.of(text)).any(|(_, token)| matches!(token, "return" | "throw"));
        let closing = "}".repeat(open_blocks(text.get(..start).unwrap_or("")));
        let put = if jumps { JUMP } else { "" };
        Self::new(left_out, [put, &closing].concat())
    }

    /// Overwrites what stands before a block, and leaves the block out as well where it may hold other things than statements.
    fn before_block(text: &str, span: Span) -> Option<Self> {
        let statement = span.of(text);
        let start = span.start as usize + statement.len() - statement.trim_start().len();
        let head = Span::new(start as u32, span.end);
        let (word, length) = (word_at(head.of(text)), head.of(text).trim_end().len());
        let block = span.end as usize;
        let end = end_behind(text, after_block(text, block).unwrap_or(text.len()));
        let is_call = text.get(start + word.len()..)?.trim_start().starts_with('(');
        if ALWAYS_RUN.contains(&word) && length == word.len() {
            let mut change = Self::harmless(Edit::new(head, ""));
            change
                .edits
                .extend(condition_behind(text, end).map(|span| Edit::new(span, "")));
            return Some(change);
        }
        let is_head = MAY_RUN.contains(&word) || (is_call && !is_keyword(word));
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

/// Where a statement begins to jump, past its head if it has one.
fn jump(statement: &str) -> Option<usize> {
    let mut before = "";
    let jumps = tokens(statement).find(|(_, token)| {
        let begins = matches!(before, "" | ")" | "else" | "then" | "do" | ":");
        before = token;
        begins && matches!(*token, "return" | "throw")
    });
    jumps.map(|(start, _)| start)
}

/// Where a statement ends that holds a block up to a place: with the block, or with the `;` of what goes on behind it.
fn end_behind(text: &str, block: usize) -> usize {
    let next = skip_space(text, block);
    match text
        .get(next..)
        .is_some_and(|rest| rest.starts_with([';', ',', '.', ')', ']']))
    {
        true => statement_at(text, next).map_or(block, |span| span.end as usize),
        false => block,
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
