//! The statements of a text that need not be a program: brackets that close, strings and comments are all that is asked of it.

use crate::source::Span;
use crate::syntax::scan::{after_string, skip_space, word_at};
use crate::work::{Work, count, is_stopped};

/// The words and characters of a text with their places; a string is one, comments and white space are none. They end where the
/// host stops the compilation.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = skip_space(text, end);
        let rest = text.get(start..).filter(|_| !is_stopped())?;
        let length = match rest.chars().next()? {
            '\'' | '"' => after_string(text, start) - start,
            first => word_at(rest).len().max(first.len_utf8()),
        };
        count(Work::Scanned, start + length - end);
        end = start + length;
        Some((start, rest.get(..length)?))
    })
}

/// The statements of a text, with their `;`; a header of a block is one, and the braces of blocks are none.
pub(super) fn statements(text: &str) -> Vec<Span> {
    let (mut statements, mut start) = (Vec::new(), 0);
    // The brackets that are open, whether each is a block's, and how many are not.
    let (mut brackets, mut others) = (Vec::new(), 0_usize);
    let mut before = "";
    for (at, token) in tokens(text) {
        let in_block = others == 0;
        let ended = match token {
            "(" | "[" => {
                brackets.push(false);
                others += 1;
                None
            }
            "{" => {
                // After these a `{` begins the elements of an array.
                let block = in_block && !matches!(before, "]" | "=" | "," | "(" | "[");
                brackets.push(block);
                others += usize::from(!block);
                block.then_some(at)
            }
            ")" | "]" | "}" => {
                let block = brackets.pop();
                others -= usize::from(block == Some(false));
                (block == Some(true)).then_some(at)
            }
            ";" if in_block => Some(at + 1),
            _ => None,
        };
        if let Some(end) = ended {
            statements.push(Span::new(start as u32, end as u32));
            start = at + 1;
        }
        before = token;
    }
    statements.push(Span::new(start as u32, text.len() as u32));
    statements
}

/// Where the statement begins that holds a place: after the last `;` or brace that stands in no other bracket.
pub(super) fn statement_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let start = statements(before).last().map_or(0, |last| last.start as usize);
    start + skip_space(before.get(start..).unwrap_or(""), 0)
}

/// The statement at a place, or else the brace that stands there; none where nothing does.
pub(super) fn statement_at(text: &str, at: usize) -> Option<Span> {
    let holds = |span: &&Span| span.start as usize <= at && at <= span.end as usize && !span.of(text).trim().is_empty();
    let around = statements(text).iter().find(holds).copied();
    let brace = || text.get(at..=at).filter(|brace| matches!(*brace, "{" | "}"));
    around.or_else(|| brace().map(|_| Span::new(at as u32, at as u32 + 1)))
}
