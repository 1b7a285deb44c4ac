//! Looks a source over before it is parsed: one pass over its bytes that bounds how deep anything may nest, and finds
//! strings, comments and brackets that are not closed, and characters that have no meaning.
//!
//! One counter knows all that nests: brackets, blocks, runs of unary operators, assignments inside assignments, the middle of
//! `? :`, bodies without braces. What later passes keep flat does not count: operator chains, postfix chains, `else if`
//! ladders, the last branch of `? :`. So neither the parser nor any pass over the tree recurses deeper than the limit.

mod texts;

use super::refusal::unexpected_character;
use super::scan::{is_division, opens_map, skip_space, word_at};
use crate::advice::Advice;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Position, Span};
use crate::work::{Work, count, is_stopped};

/// The most levels that are safe on 256 KiB of stack in a release build and 2 MiB in a debug build; a higher limit means
/// this one. Measured in release: an index in an index takes 1,860 bytes a level to compile, which is the most; parentheses take 810.
pub(crate) const MAX_NESTING: usize = 80;

/// Checks a source.
///
/// # Errors
///
/// The first thing that is wrong.
pub(super) fn check(advice: Advice, source: &str, nesting: usize) -> Result<(), Diagnostic> {
    let nesting = nesting.min(MAX_NESTING);
    Guard {
        advice,
        source,
        bytes: source.as_bytes(),
        at: 0,
        nesting,
        depth: 0,
        frame: Frame::default(),
        outer: Vec::new(),
        headers: Vec::new(),
        operand_ended: false,
        statement_begins: true,
        empty_brackets: 0,
        division: None,
    }
    .run()
}

/// A statement header that waits for its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    If,
    Else,
    Loop,
}

/// What nests inside one pair of brackets, or at the top.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// The bracket that opened it and where; none at the top.
    open: Option<(u8, u32)>,
    /// How many headers wait outside of it.
    outer_headers: u32,
    unary: u32,
    assignments: u32,
    conditionals: u32,
    /// Whether the braces are those of an array literal, not of a block.
    literal: bool,
    /// Whether they are those of `new int[]{1, 2}` for certain.
    elements: bool,
    /// Where the text begins of which the braces are a part, as in `f'{x}'`.
    text: Option<u32>,
    /// Whether the bracket is the condition of a header, so that what follows it is a body and no operand.
    after_header: bool,
}

struct Guard<'s> {
    advice: Advice,
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    nesting: usize,
    depth: usize,
    /// The innermost frame, and those around it.
    frame: Frame,
    outer: Vec<Frame>,
    /// The headers that wait for their bodies, those of the innermost frame last.
    headers: Vec<Header>,
    /// Whether the last token ended an operand, so that `-` is binary.
    operand_ended: bool,
    /// Whether a statement begins, so that `{` opens a block.
    statement_begins: bool,
    /// Where the last brackets end that hold nothing.
    empty_brackets: usize,
    /// Where a comment begins that may be meant as a division.
    division: Option<u32>,
}

impl Guard<'_> {
    fn run(mut self) -> Result<(), Diagnostic> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if is_stopped() {
                return Err(super::stopped::stopped());
            }
            let start = self.at;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' => self.at += 1,
                b'/' if self.next_is(b'/') => self.line_comment(),
                b'/' if self.next_is(b'*') => self.block_comment()?,
                _ => self.token(byte)?,
            }
            count(Work::Scanned, self.at - start);
        }
        match self.frame.open {
            None => Ok(()),
            Some((bracket, start)) => Err(self.unclosed(bracket, start)),
        }
    }

    fn token(&mut self, byte: u8) -> Result<(), Diagnostic> {
        let began = std::mem::take(&mut self.statement_begins);
        match byte {
            b'\'' | b'"' => self.string(byte)?,
            b'(' | b'[' | b'{' => self.open(byte, began)?,
            b')' | b']' | b'}' => self.close(byte)?,
            b'0'..=b'9' => self.word(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => self.name()?,
            0x80.. => self.other_character()?,
            _ => self.punctuation(byte)?,
        }
        Ok(())
    }

    fn next_is(&self, byte: u8) -> bool {
        self.bytes.get(self.at + 1) == Some(&byte)
    }

    fn line_comment(&mut self) {
        if self.division.is_none() && self.operand_ended && is_division(self.source, self.at) {
            self.division = Some(self.at as u32);
        }
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        self.at += rest
            .iter()
            .position(|&byte| byte == b'\n' || byte == b'\r')
            .unwrap_or(rest.len());
    }

    fn block_comment(&mut self) -> Result<(), Diagnostic> {
        let inside = self.source.get(self.at + 2..).unwrap_or("");
        match inside.find("*/") {
            Some(length) => {
                self.at += length + 4;
                Ok(())
            }
            None => Err(self
                .error(Code::UnterminatedComment, 2, "unclosed comment")
                .with_label("opened here")
                .with_help("close it with `*/`")),
        }
    }

    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let ends = |&byte: &u8| !IN_WORDS[usize::from(byte)];
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
        self.operand_ended = true;
    }

    fn name(&mut self) -> Result<(), Diagnostic> {
        let (start, behind_operand) = (self.at, self.operand_ended);
        self.word();
        let word = self.source.get(start..self.at).unwrap_or("");
        match behind_operand {
            // An operator.
            true if word == "in" => self.operand_ended = false,
            // No expression goes on with another operand: a `;` is missing.
            true => self.end_expression(),
            false => {}
        }
        let header = match word {
            "if" => Header::If,
            "while" | "for" => Header::Loop,
            "else" => {
                self.statement_begins = true;
                Header::Else
            }
            "f" if matches!(self.bytes.get(self.at), Some(b'\'' | b'"')) => return self.spliced_text(),
            "return" | "throw" | "new" => {
                self.operand_ended = false;
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.operand_ended = false;
        let waiting = self.headers.get_mut(self.frame.outer_headers as usize..);
        match (header, waiting.and_then(<[Header]>::last_mut)) {
            // `end_statement` has turned the `if` that this `else` belongs to into an `else` already.
            (Header::Else, _) => return Ok(()),
            // `else if` goes on with the ladder, one level.
            (Header::If, Some(last @ Header::Else)) if is_after_else(self.source, start) => *last = Header::If,
            _ => {
                self.headers.push(header);
                self.frame.after_header = true;
                return self.deeper(start);
            }
        }
        self.frame.after_header = true;
        Ok(())
    }

    fn other_character(&mut self) -> Result<(), Diagnostic> {
        let character = self
            .source
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .unwrap_or(' ');
        if character.is_alphabetic() {
            self.word();
            return Ok(());
        }
        Err(unexpected_character(self.advice, character, self.at))
    }

    fn punctuation(&mut self, byte: u8) -> Result<(), Diagnostic> {
        let start = self.at;
        let doubled = self.next_is(byte);
        let assigns = self.next_is(b'=') && matches!(byte, b'+' | b'-' | b'*' | b'/' | b'%');
        let compares = self.next_is(b'=') && matches!(byte, b'=' | b'!' | b'<' | b'>');
        self.at += if assigns || compares || (doubled && matches!(byte, b'&' | b'|')) {
            2
        } else {
            1
        };
        match byte {
            b'+' | b'-' | b'!' if !self.operand_ended && !assigns && !compares => {
                self.frame.unary += 1;
                return self.deeper(start);
            }
            b'=' if !compares => self.assignment(start)?,
            _ if assigns => self.assignment(start)?,
            b'?' if self.opens_maybe(start) => self.at += 1,
            b'?' if doubled => {
                self.at += 1;
                self.end_unary();
            }
            b'?' => {
                self.end_unary();
                self.frame.conditionals += 1;
                self.deeper(start)?;
            }
            b':' if self.frame.text.is_some() && self.frame.conditionals == 0 => {
                self.end_unary();
                self.conversion();
            }
            b':' => {
                self.end_unary();
                let ended = self.frame.conditionals.min(1);
                self.frame.conditionals -= ended;
                self.depth -= ended as usize;
            }
            b',' => self.end_expression(),
            b';' => {
                if let Some((open, opened)) = self.frame.open.filter(|_| self.frame.elements) {
                    let Position { line, column } = Position::at(self.source, start as u32);
                    let help =
                        format!("close it with `}}` before the `;` at {line}:{column}; elements are separated by `,`");
                    return Err(self.unclosed(open, opened).with_help(help));
                }
                self.end_statement();
                self.statement_begins = true;
            }
            b'.' => {}
            b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' | b'!' | b'&' | b'|' | b'^' | b'~' | b'@' | b'#' => {
                self.end_unary();
            }
            _ => {
                self.at = start;
                return Err(unexpected_character(self.advice, char::from(byte), self.at));
            }
        }
        self.operand_ended = false;
        Ok(())
    }

    /// Whether the `?` at a place is that of `a?.name`.
    fn opens_maybe(&self, at: usize) -> bool {
        let [dot, next] = [1, 2].map(|behind| self.bytes.get(at + behind));
        dot == Some(&b'.') && !next.is_some_and(u8::is_ascii_digit)
    }

    fn assignment(&mut self, start: usize) -> Result<(), Diagnostic> {
        self.end_unary();
        self.frame.assignments += 1;
        self.deeper(start)
    }

    fn open(&mut self, bracket: u8, statement_begins: bool) -> Result<(), Diagnostic> {
        let start = self.at;
        self.at += 1;
        // `if n > 1 {`: the brackets around the condition are missing.
        let is_body = bracket == b'{' && self.operand_ended && std::mem::take(&mut self.frame.after_header);
        let literal = bracket == b'{' && !is_body && (!statement_begins || opens_map(self.source, start));
        self.statement_begins = bracket == b'{' && !literal;
        let elements = literal && self.empty_brackets > 0 && skip_space(self.source, self.empty_brackets) == start;
        self.outer.push(self.frame);
        self.frame = Frame {
            open: Some((bracket, start as u32)),
            outer_headers: self.headers.len() as u32,
            literal,
            elements,
            ..Frame::default()
        };
        self.operand_ended = false;
        self.deeper(start)
    }

    fn close(&mut self, bracket: u8) -> Result<(), Diagnostic> {
        let opener = match bracket {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        match self.frame.open {
            Some((open, start)) if open == opener => {
                if bracket == b']' && skip_space(self.source, start as usize + 1) == self.at {
                    self.empty_brackets = self.at + 1;
                }
            }
            Some((open, start)) => return Err(self.mismatched(open, start, bracket)),
            None => {
                let message = format!("`{}` without a matching `{}`", char::from(bracket), char::from(opener));
                return Err(self
                    .error(Code::UnbalancedBracket, 1, message)
                    .with_help("remove it, or open it before"));
            }
        }
        self.end_expression();
        let outer_headers = self.frame.outer_headers as usize;
        self.depth -= self.headers.len() - outer_headers + 1;
        self.headers.truncate(outer_headers);
        let ends_block = bracket == b'}' && !self.frame.literal;
        let text = self.frame.text;
        self.frame = self.outer.pop().unwrap_or_default();
        self.at += 1;
        if let Some(text) = text {
            return self.rest_of_text(text);
        }
        self.operand_ended = !ends_block;
        if bracket == b')' {
            // The condition of a header: what follows is a body, in which `-` is unary.
            self.statement_begins = std::mem::take(&mut self.frame.after_header);
            self.operand_ended &= !self.statement_begins;
        }
        if ends_block {
            self.end_statement();
            self.statement_begins = true;
        }
        Ok(())
    }

    /// Ends what nests in an expression of the innermost frame.
    fn end_expression(&mut self) {
        let frame = &mut self.frame;
        self.depth -= (frame.unary + frame.assignments + frame.conditionals) as usize;
        (frame.unary, frame.assignments, frame.conditionals) = (0, 0, 0);
    }

    /// Ends a run of unary operators with its operand.
    fn end_unary(&mut self) {
        self.depth -= std::mem::take(&mut self.frame.unary) as usize;
    }

    /// Ends a statement: it completes the loops and `else`s that waited for it, and the `if`s, up to one that an `else`
    /// follows.
    fn end_statement(&mut self) {
        self.end_expression();
        let in_brackets = matches!(self.frame.open, Some((b'(' | b'[', _)));
        if in_brackets || self.headers.len() == self.frame.outer_headers as usize {
            // A `;` between the parts of a `for`, or nothing that waits.
            return;
        }
        // The comments between are looked over twice at most: here and by the main pass.
        let else_follows = starts_with_else(self.source, self.at);
        while let Some(header) = self
            .headers
            .get_mut(self.frame.outer_headers as usize..)
            .and_then(<[Header]>::last_mut)
        {
            if *header == Header::If && else_follows {
                *header = Header::Else;
                return;
            }
            self.headers.pop();
            self.depth -= 1;
        }
    }

    fn deeper(&mut self, start: usize) -> Result<(), Diagnostic> {
        self.depth += 1;
        if self.depth <= self.nesting {
            return Ok(());
        }
        let message = format!("nesting exceeds the limit of {} levels", self.nesting);
        let span = Span::new(start as u32, self.at.max(start + 1) as u32);
        Err(Diagnostic::error(Code::NestingTooDeep, span, message)
            .with_label("one level too deep")
            .with_help("name intermediate results, `x = …;`, and use the names"))
    }

    fn mismatched(&self, open: u8, start: u32, close: u8) -> Diagnostic {
        let Position { line, column } = Position::at(self.source, start);
        let (opened, closed) = (char::from(open), char::from(close));
        let message = format!(
            "expected `{}` for the `{opened}` at {line}:{column}, found `{closed}`",
            closing(open)
        );
        self.error(Code::UnbalancedBracket, 1, message)
            .with_help("brackets close in the opposite order of their opening")
    }

    fn unclosed(&self, bracket: u8, start: u32) -> Diagnostic {
        let message = format!("unclosed `{}`", char::from(bracket));
        let error =
            Diagnostic::error(Code::UnbalancedBracket, Span::new(start, start + 1), message).with_label("opened here");
        match self.division.filter(|&at| at > start) {
            Some(at) => {
                let Position { line, column } = Position::at(self.source, at);
                error.with_help(format!("the `//` at {line}:{column} begins a comment: divide with `/`"))
            }
            None => error.with_help(format!("close it with `{}`", closing(bracket))),
        }
    }

    fn error(&self, code: Code, length: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, Span::new(self.at as u32, (self.at + length) as u32), message)
    }
}

/// The bytes of which words are.
const IN_WORDS: [bool; 256] = {
    let (mut in_words, mut byte) = ([false; 256], 0);
    while byte < 256 {
        in_words[byte] = matches!(byte as u8, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'$' | 0x80..);
        byte += 1;
    }
    in_words
};

/// Whether the word that ends before `start` is `else`.
fn is_after_else(source: &str, start: usize) -> bool {
    let before = source.get(..start).unwrap_or("");
    before
        .trim_end_matches([' ', '\t', '\r', '\n', '\x0c'])
        .ends_with("else")
}

/// Whether the next word is `else`, past white space and comments.
fn starts_with_else(source: &str, at: usize) -> bool {
    let next = skip_space(source, at);
    count(Work::Scanned, next - at);
    word_at(source.get(next..).unwrap_or("")) == "else"
}

const fn closing(open: u8) -> char {
    match open {
        b'(' => ')',
        b'[' => ']',
        _ => '}',
    }
}
