//! A text inside a document, and where each of its bytes stands in the file: through escapes, quotes and block scalars.

use std::ops::Range;

use crate::source::Span;

/// How a text is written in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Json,
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// A literal or folded block.
    Block,
}

/// A text of a document.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    /// The text that is meant.
    pub(crate) text: String,
    /// Where it stands in the file, quotes included.
    pub(crate) place: Range<usize>,
    pub(crate) style: Style,
}

/// Where the bytes of a decoded text stand in its file.
#[derive(Debug, Default)]
pub(crate) struct PlaceMap {
    /// Pairs of a decoded byte and its place, in order; between two, both count on together.
    marks: Vec<(usize, usize)>,
    decoded: usize,
}

impl PlaceMap {
    /// Notes that the next `len` decoded bytes begin at `at`.
    fn push(&mut self, len: usize, at: usize) {
        let continues = self
            .marks
            .last()
            .is_some_and(|(decoded, place)| at == place + (self.decoded - decoded));
        if !continues {
            self.marks.push((self.decoded, at));
        }
        self.decoded += len;
    }

    /// The place of a decoded byte.
    pub(crate) fn place(&self, decoded: usize) -> usize {
        let after = self.marks.partition_point(|(mark, _)| *mark <= decoded);
        let mark = after.checked_sub(1).and_then(|index| self.marks.get(index));
        mark.map_or(0, |(mark, place)| place + (decoded - mark))
    }

    /// The place of a span of the decoded text.
    pub(crate) fn span(&self, span: Span) -> Span {
        let (start, end) = (self.place(span.start as usize), self.place(span.end as usize));
        Span::new(start as u32, end.max(start) as u32)
    }
}

/// Where the first comment to the end of its line begins in a program.
fn comment_in(text: &str) -> Option<usize> {
    let (mut quote, mut bytes) = (None, text.bytes().enumerate());
    while let Some((at, byte)) = bytes.next() {
        match (quote, byte) {
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(open), _) if byte == open || byte == b'\n' => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'/') if text.get(at..).is_some_and(|rest| rest.starts_with("//")) => return Some(at),
            (None, _) => {}
        }
    }
    None
}

impl Scalar {
    /// The place of a comment that the folding of lines makes swallow code of the lines below.
    pub(crate) fn swallowing_comment(&self, file: &str) -> Option<Span> {
        if !self.text.contains("//") || matches!(self.style, Style::Json) {
            return None;
        }
        let start = comment_in(&self.text)?;
        let end = self
            .text
            .get(start..)?
            .find('\n')
            .map_or(self.text.trim_end().len(), |length| start + length);
        let map = self.map(file)?;
        let written = file.get(map.place(start)..=map.place(end.checked_sub(1)?))?;
        let is_comment = |line: &str| line.trim().is_empty() || line.trim_start().starts_with("//");
        let swallows = written.lines().skip(1).any(|line| !is_comment(line));
        let length = written.lines().next()?.trim_end().len();
        swallows.then(|| Span::new(map.place(start) as u32, (map.place(start) + length) as u32))
    }

    /// Where its bytes stand in the file; `None` if the file's text does not come to the same.
    pub(crate) fn map(&self, file: &str) -> Option<PlaceMap> {
        let raw = file.get(self.place.clone())?;
        let decoder = Decoder {
            raw,
            base: self.place.start,
            at: 0,
            text: String::with_capacity(self.text.len()),
            map: PlaceMap::default(),
        };
        match self.style {
            Style::Json => decoder.quoted(Style::Json),
            Style::Plain => decoder.plain(),
            Style::SingleQuoted | Style::DoubleQuoted => decoder.quoted(self.style),
            Style::Block => return decoder.block(&self.text),
        }
        .filter(|(text, _)| *text == self.text)
        .map(|(_, map)| map)
    }
}

/// Reads a text as its style says, and notes where each character stood.
struct Decoder<'f> {
    raw: &'f str,
    base: usize,
    at: usize,
    text: String,
    map: PlaceMap,
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

impl Decoder<'_> {
    fn rest(&self) -> &str {
        self.raw.get(self.at..).unwrap_or("")
    }

    /// Takes `raw_len` bytes of the file for a character.
    fn push(&mut self, character: char, raw_len: usize) {
        self.map.push(character.len_utf8(), self.base + self.at);
        self.text.push(character);
        self.at += raw_len;
    }

    fn end(mut self) -> (String, PlaceMap) {
        self.map.push(0, self.base + self.at);
        (self.text, self.map)
    }

    /// Goes past an anchor and a tag that stand before the text.
    fn skip_properties(&mut self) {
        while self.rest().starts_with(['&', '!']) {
            let word = self.rest().find(is_blank).unwrap_or(self.rest().len());
            self.at += word;
            self.at += self.rest().len() - self.rest().trim_start_matches(is_blank).len();
        }
    }

    fn plain(mut self) -> Option<(String, PlaceMap)> {
        self.skip_properties();
        self.raw = self.raw.trim_end_matches(is_blank);
        while let Some(character) = self.rest().chars().next() {
            match is_blank(character) {
                true => self.blanks(),
                false => self.push(character, character.len_utf8()),
            }
        }
        Some(self.end())
    }

    fn quoted(mut self, style: Style) -> Option<(String, PlaceMap)> {
        let quote = if style == Style::SingleQuoted { '\'' } else { '"' };
        if style != Style::Json {
            self.skip_properties();
        }
        self.rest().starts_with(quote).then_some(())?;
        self.at += 1;
        loop {
            let character = self.rest().chars().next()?;
            match character {
                '\'' if style == Style::SingleQuoted && self.rest().starts_with("''") => self.push('\'', 2),
                end if end == quote => return Some(self.end()),
                '\\' if style != Style::SingleQuoted => self.escape(style)?,
                blank if style != Style::Json && is_blank(blank) => self.blanks(),
                other => self.push(other, other.len_utf8()),
            }
        }
    }

    /// Blanks as they are, or folded where they hold line breaks: one break is a space, each further one a line feed.
    fn blanks(&mut self) {
        let run: String = self
            .rest()
            .chars()
            .take_while(|character| is_blank(*character))
            .collect();
        let breaks = run.matches('\n').count();
        match breaks {
            0 => run.chars().for_each(|blank| self.push(blank, 1)),
            1 => self.push(' ', run.len()),
            _ => {
                for index in 1..breaks {
                    let taken = if index + 1 == breaks { run.len() + 1 - index } else { 1 };
                    self.push('\n', taken);
                }
            }
        }
    }

    fn escape(&mut self, style: Style) -> Option<()> {
        let kind = self.rest().chars().nth(1)?;
        let character = match kind {
            'u' if style == Style::Json => return self.json_unicode(),
            'x' => return self.code_point(2),
            'u' => return self.code_point(4),
            'U' => return self.code_point(8),
            '\n' | '\r' => {
                // A line break that does not count, with the blanks after it.
                let blanks = self.rest().get(1..)?;
                self.at += 1 + (blanks.len() - blanks.trim_start_matches(is_blank).len());
                return Some(());
            }
            'n' => '\n',
            't' | '\t' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            '0' => '\0',
            'a' => '\u{7}',
            'v' => '\u{b}',
            'e' => '\u{1b}',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            '"' | '\\' | '/' | ' ' => kind,
            _ => return None,
        };
        self.push(character, 2);
        Some(())
    }

    fn hex(&self, from: usize, digits: usize) -> Option<u32> {
        u32::from_str_radix(self.rest().get(from..from + digits)?, 16).ok()
    }

    fn code_point(&mut self, digits: usize) -> Option<()> {
        let character = char::from_u32(self.hex(2, digits)?)?;
        self.push(character, 2 + digits);
        Some(())
    }

    /// `\uXXXX`, or two of them for a character beyond the basic plane.
    fn json_unicode(&mut self) -> Option<()> {
        let first = self.hex(2, 4)?;
        if (0xd800..0xdc00).contains(&first) {
            let second = self.hex(8, 4)?;
            let code = 0x1_0000 + ((first - 0xd800) << 10) + second.checked_sub(0xdc00)?;
            self.push(char::from_u32(code)?, 12);
            return Some(());
        }
        self.push(char::from_u32(first)?, 6);
        Some(())
    }

    /// A block scalar: its words stand in the file as they are, only the blanks between them may differ.
    fn block(mut self, text: &str) -> Option<PlaceMap> {
        let first = text.trim_start_matches(is_blank);
        let first = first.get(..first.find(is_blank).unwrap_or(first.len()))?;
        // Its place begins with its first word, but with the tag and the head of the block where it has a tag or an anchor.
        if !self.rest().trim_start_matches(is_blank).starts_with(first) {
            self.skip_properties();
            self.at += self.rest().find('\n')?;
        }
        let mut left = text;
        while !left.is_empty() {
            let blanks = left.len() - left.trim_start_matches(is_blank).len();
            self.aligned_blanks(left.get(..blanks)?);
            left = left.get(blanks..)?;
            let word = left.get(..left.find(is_blank).unwrap_or(left.len()))?;
            self.rest().starts_with(word).then_some(())?;
            self.map.push(word.len(), self.base + self.at);
            self.at += word.len();
            left = left.get(word.len()..)?;
        }
        Some(self.end().1)
    }

    /// Blanks of the text against those of the file: line feeds from the left, what follows the last of them from the right.
    fn aligned_blanks(&mut self, blanks: &str) {
        let run = self.rest().len() - self.rest().trim_start_matches(is_blank).len();
        let (start, end) = (self.base + self.at, self.base + self.at + run);
        let tail = blanks.rfind('\n').map_or(0, |last| last + 1);
        let folded = tail == 0 && self.rest().get(..run).is_some_and(|run| run.contains('\n'));
        for index in 0..blanks.len() {
            let place = match index < tail || folded {
                true => (start + index).min(end),
                false => end.saturating_sub(blanks.len() - index).max(start),
            };
            self.map.push(1, place);
        }
        self.at += run;
    }
}
