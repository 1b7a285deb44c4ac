//! The statements of a text that need not be a program: brackets that close, strings and comments are all that is asked of it.

use crate::advice::{self, Section};
use crate::source::Span;
use crate::syntax::reserved::{Reserved, is_type_like, reserved};
use crate::syntax::scan::{after_string, ends_operand, opens_map, skip_space, word_at};
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

/// A bracket that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    Block,
    /// The head of a `for`, which holds `;`.
    For,
    /// The elements of an array or the arms of a `switch`, in braces.
    Elements,
    Other,
}

/// The brackets that are open.
#[derive(Debug, Default)]
struct Open {
    /// Each, and whether it and all between it and the innermost block are parentheses or square brackets.
    brackets: Vec<(Bracket, bool)>,
    /// How many of them are not a block.
    others: usize,
}

impl Open {
    fn push(&mut self, bracket: Bracket) {
        let outer = self
            .brackets
            .last()
            .is_none_or(|&(outer, all)| outer == Bracket::Block || all);
        self.brackets.push((bracket, outer && bracket == Bracket::Other));
        self.others += usize::from(bracket != Bracket::Block);
    }

    fn pop(&mut self) -> Option<Bracket> {
        let bracket = self.brackets.pop().map(|(bracket, _)| bracket);
        self.others -= usize::from(bracket.is_some_and(|bracket| bracket != Bracket::Block));
        bracket
    }

    /// Forgets the brackets that a statement leaves open which ends before a text; whether it does.
    fn end_statement(&mut self, behind: &str) -> bool {
        if self.others > 0 {
            let all = self
                .brackets
                .last()
                .is_none_or(|&(inner, all)| inner == Bracket::Block || all);
            if !all || !ends_open(behind) {
                return false;
            }
            while self.others > 0 && matches!(self.brackets.last(), Some((Bracket::Other, _))) {
                self.pop();
            }
        }
        true
    }
}

/// Whether a statement ends before a text although a bracket is open: another one begins there that is not an argument.
fn ends_open(behind: &str) -> bool {
    let next = skip_space(behind, 0);
    let is_line = behind.get(..next).is_some_and(|space| space.contains(['\n', '\r']));
    let rest = behind.get(next..).unwrap_or("");
    let is_call = || {
        tokens(rest)
            .nth(1)
            .is_some_and(|(_, token)| matches!(token, "(" | "." | "["))
    };
    begins_statement(rest) && (is_line || !is_call())
}

/// Whether the brace at a place opens the arms of a `switch`.
pub(super) fn opens_arms(text: &str, brace: usize) -> bool {
    let inside = text.get(skip_space(text, brace + 1)..).unwrap_or("");
    matches!(word_at(inside), "case" | "default")
}

/// The statements of a text, with their `;`; a header of a block is one, and the braces of blocks are none.
pub(super) fn statements(text: &str) -> Vec<Span> {
    let (mut statements, mut start, mut open, mut before) = (Vec::new(), 0, Open::default(), "");
    // Whether the next `{` begins the arms of a `switch`.
    let mut chooses = false;
    for (at, token) in tokens(text) {
        chooses |= token == "switch";
        let ended = match token {
            "(" | "[" => {
                open.push(if before == "for" { Bracket::For } else { Bracket::Other });
                None
            }
            "{" => {
                // After these a `{` begins the elements of an array.
                let in_value = matches!(before, "]" | "=" | "," | "(" | "[" | "?" | "return" | "throw" | "in")
                    || std::mem::take(&mut chooses)
                    || opens_arms(text, at);
                let block = open.others == 0 && !in_value && !opens_map(text, at);
                open.push(if block { Bracket::Block } else { Bracket::Elements });
                block.then_some(at)
            }
            ")" | "]" | "}" => (open.pop() == Some(Bracket::Block)).then_some(at),
            ";" => open.end_statement(text.get(at + 1..).unwrap_or("")).then_some(at + 1),
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

/// The statement at a place, or else the brace that stands there; `None` if nothing does.
pub(super) fn statement_at(text: &str, at: usize) -> Option<Span> {
    let statements = statements(text);
    let holds = |end: usize| {
        let holds = move |span: &&Span| span.start as usize <= at && end <= span.end as usize;
        statements
            .iter()
            .filter(holds)
            .find(|span| !span.of(text).trim().is_empty())
            .copied()
    };
    let around = holds(at + 1).or_else(|| holds(at));
    let brace = || text.get(at..=at).filter(|brace| matches!(*brace, "{" | "}"));
    around.or_else(|| brace().map(|_| Span::new(at as u32, at as u32 + 1)))
}

/// Where the line begins that a text ends in.
pub(super) fn line_start(text: &str) -> usize {
    text.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// The statement with something wrong in it. It ends with a line as well, where the next one seems to begin another statement.
pub(super) fn broken_at(text: &str, wrong: Span) -> Option<Span> {
    let span = statement_at(text, wrong.start as usize)?;
    let mut lines = Lines::new(wrong, line_start(text.get(..wrong.start as usize)?));
    let end =
        tokens(span.of(text)).find_map(|(start, token)| lines.end_before(text, span.start as usize + start, token));
    Some(Span::new(span.start, end.map_or(span.end, |end| end as u32)))
}

/// Looks for the end of a statement with something wrong in it at the ends of lines.
pub(super) struct Lines<'t> {
    wrong: Span,
    /// From where on it may end.
    from: usize,
    /// The token before, and where it stands.
    before: &'t str,
    start: usize,
    /// How many brackets are open.
    pub(super) depth: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(wrong: Span, from: usize) -> Self {
        Self {
            wrong,
            from,
            before: "",
            start: 0,
            depth: 0,
        }
    }

    /// Where the statement ends before its next token, if that begins another one on another line.
    pub(super) fn end_before(&mut self, text: &str, here: usize, token: &'t str) -> Option<usize> {
        let (before, start) = (
            std::mem::replace(&mut self.before, token),
            std::mem::replace(&mut self.start, here),
        );
        let is_inside = self.depth > 0;
        match token {
            "(" | "[" | "{" => self.depth += 1,
            ")" | "]" | "}" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let end = start + before.len();
        let breaks = || text.get(end..here).is_some_and(|space| space.contains(['\n', '\r']));
        if is_inside || before.is_empty() || here < self.from || !breaks() {
            return None;
        }
        let (first, behind) = (self.wrong.start as usize, self.wrong.end as usize);
        let ended = here <= first || (first..behind.max(first + 1)).contains(&start) || ends_value(before);
        // With these nothing goes on.
        let begins = || reserved(token).is_some() || ended;
        (begins() && begins_statement(text.get(here..).unwrap_or(""))).then_some(end)
    }
}

/// Whether a value may end with a token.
fn ends_value(token: &str) -> bool {
    let is_value = match reserved(token) {
        Some(Reserved::Used) => matches!(token, "true" | "false" | "null" | "break" | "continue"),
        Some(Reserved::Type | Reserved::Unused) => false,
        None => !is_type_like(token) && !advice::is_keyword(token),
    };
    is_value && (ends_operand(token) || token == "}")
}

/// Whether a line seems to begin a statement: with a keyword, a declaration, an assignment or a call.
pub(super) fn begins_statement(line: &str) -> bool {
    let mut tokens = tokens(line).map(|(_, token)| token);
    let mut next = || tokens.next().unwrap_or("");
    let (word, second, third) = (next(), next(), next());
    if word_at(word).is_empty() || word.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    match reserved(word) {
        Some(Reserved::Used) if matches!(word, "if" | "while" | "for") => second == "(",
        Some(Reserved::Used) => matches!(word, "return" | "throw" | "break" | "continue" | "import"),
        Some(Reserved::Type) => second == "[" || !word_at(second).is_empty(),
        Some(Reserved::Unused) => false,
        None if advice::is_known(Section::Infix, word) || advice::is_keyword(word) => false,
        None => match second {
            "=" => third != "=",
            "+" | "-" | "*" | "/" | "%" => third == "=",
            "(" | "." | "[" => true,
            name => !word_at(name).is_empty() && is_type_like(word),
        },
    }
}

/// How many blocks are open at the end of a text.
pub(super) fn open_blocks(text: &str) -> usize {
    tokens(text).fold(0, |open: usize, (_, token)| match token {
        "{" => open + 1,
        "}" => open.saturating_sub(1),
        _ => open,
    })
}
