//! Translates `java.util.regex.Pattern`'s syntax into that of the `regex` crate, in one pass and without recursion.
//!
//! All flags are resolved here: the translation says of each place what it matches, and sets none but `i`, `m` and
//! `R` around single items.
//!
//! Two anchors need more than a translation. `$` and `\Z` match before a last line terminator, which takes a look
//! ahead. At the end of a pattern it can be had by consuming the terminator behind an empty group, where the match
//! really ends; elsewhere `$` is refused. And `(?m)^` does not match at the text's end, so an empty group marks where
//! it did. [`super::search`] reads these groups.

use super::class::{MAX_NESTING, WideSets, is_wide, push_character, translate_class};
use super::cursor::Cursor;
use super::error::PatternError;
use super::escape::{Escape, VERTICAL, read_escape};
use super::extent::Extent;
use super::flags::Flags;
use super::frame::{Frame, Item};
use super::quantifier::read_quantifier;

/// Every capturing group multiplies the memory of a search.
const MAX_GROUPS: usize = 20;

/// A pattern in the engine's syntax, and what its groups mean.
#[derive(Debug)]
pub(super) struct Translation {
    /// The pattern for the engine.
    pub(super) pattern: String,
    /// The engine's group for each of Java's, group 0 first.
    pub(super) groups: Vec<usize>,
    /// The names of Java's groups.
    pub(super) names: Vec<(String, usize)>,
    /// The engine's groups that mark where a match through `$` ends.
    pub(super) ends: Vec<usize>,
    /// The engine's groups that mark where `(?m)^` matched.
    pub(super) starts: Vec<usize>,
    /// Whether every match begins with `(?m)^`.
    pub(super) begins_with_start: bool,
    /// Whether `(?m)` stands at an anchor and Java knows more line terminators than the engine.
    pub(super) line_anchors: bool,
    /// How much text a match can take, and how much work a byte is.
    pub(super) extent: Extent,
    /// What its sets cost to compile.
    pub(super) wide_sets: WideSets,
}

impl Translation {
    /// Whether the engine has any groups to keep apart.
    pub(super) fn has_groups(&self) -> bool {
        self.groups.len() + self.ends.len() + self.starts.len() > 1
    }
}

/// Reads a pattern and writes its translation.
pub(super) struct Translator<'p> {
    cursor: Cursor<'p>,
    flags: Flags,
    open: Vec<Frame>,
    current: Frame,
    /// The engine's groups so far.
    engine_groups: usize,
    alternatives_at_top: bool,
    out: Translation,
}

impl<'p> Translator<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        Self {
            cursor: Cursor::new(pattern),
            flags: Flags::default(),
            open: Vec::new(),
            current: Frame::new(Flags::default()),
            engine_groups: 0,
            alternatives_at_top: false,
            out: Translation {
                pattern: String::with_capacity(pattern.len() + 16),
                groups: vec![0],
                names: Vec::new(),
                ends: Vec::new(),
                starts: Vec::new(),
                begins_with_start: false,
                line_anchors: false,
                extent: Extent::EMPTY,
                wide_sets: WideSets::default(),
            },
        }
    }

    /// Translates the whole pattern.
    pub(super) fn translate(mut self) -> Result<Translation, PatternError> {
        loop {
            if self.flags.comments {
                self.cursor.skip_comments();
            }
            if let Some(quoted) = self.cursor.next_quoted() {
                self.character(quoted)?;
                continue;
            }
            match self.cursor.next() {
                Some(character) => self.step(character)?,
                None => break,
            }
        }
        if !self.open.is_empty() {
            return Err(self.cursor.syntax("unclosed group"));
        }
        self.current.alternate();
        self.out.extent = self.current.alternatives.unwrap_or(Extent::EMPTY);
        self.out.begins_with_start &= !self.alternatives_at_top;
        Ok(self.out)
    }

    fn step(&mut self, character: char) -> Result<(), PatternError> {
        match character {
            '|' => {
                self.out.pattern.push('|');
                self.alternatives_at_top |= self.open.is_empty();
                self.current.alternate();
                Ok(())
            }
            '(' => self.open_group(),
            ')' => self.close_group(),
            '[' => {
                translate_class(
                    &mut self.cursor,
                    self.flags,
                    &mut self.out.wide_sets,
                    &mut self.out.pattern,
                )?;
                self.append(Item::CHARACTER)
            }
            '\\' => self.escape(),
            '^' => self.line_start(),
            '$' if self.flags.multiline => self.line_end(),
            '$' => self.text_end(),
            '.' => {
                self.out
                    .pattern
                    .push_str(match (self.flags.dot_all, self.flags.unix_lines) {
                        (true, _) => "(?s:.)",
                        (false, true) => r"[^\n]",
                        (false, false) => r"[^\n\r\x{85}\x{2028}\x{2029}]",
                    });
                self.append(Item::CHARACTER)
            }
            '*' | '+' | '?' => Err(self.cursor.syntax("a quantifier with nothing before it")),
            '{' if self.cursor.peek().is_some_and(|next| next.is_ascii_digit()) => {
                // Java repeats nothing here.
                Err(self.cursor.unsupported("quantifiers with nothing before them are"))
            }
            '{' => Err(self.cursor.syntax("illegal repetition")),
            _ => self.character(character),
        }
    }

    /// A character that stands for itself.
    fn character(&mut self, character: char) -> Result<(), PatternError> {
        let out = &mut self.out.pattern;
        if self.flags.ignores_ascii_case() && character.is_ascii_alphabetic() {
            out.extend(['[', character.to_ascii_lowercase(), character.to_ascii_uppercase(), ']']);
        } else if self.flags.ignores_unicode_case() {
            out.push_str("(?i:");
            push_character(character, out);
            out.push(')');
        } else {
            push_character(character, out);
        }
        self.append(Item::CHARACTER)
    }

    fn escape(&mut self) -> Result<(), PatternError> {
        let anchor = match self.cursor.peek() {
            Some('b') if self.cursor.starts_with("b{") => return Err(self.cursor.unsupported("`\\b{…}` is")),
            Some('b') if self.flags.unicode_classes => r"\b",
            Some('b') => r"(?-u:\b)",
            Some('B') if self.flags.unicode_classes => r"\B",
            Some('B') => r"(?-u:\B)",
            Some('A') => r"\A",
            Some('z') => r"\z",
            Some('Z') => {
                self.cursor.next();
                return self.text_end();
            }
            Some('R') => {
                self.cursor.next();
                self.out.pattern.push_str("(?:\\r\\n|[");
                self.out.pattern.push_str(VERTICAL);
                self.out.pattern.push_str("])");
                self.count_wide_set()?;
                return self.append(Item {
                    line_breaks: true,
                    ..Item::CHARACTER
                });
            }
            _ => {
                return match read_escape(&mut self.cursor, self.flags)? {
                    Escape::Character(character) => self.character(character),
                    Escape::Class(set) => {
                        if is_wide(&set) {
                            self.count_wide_set()?;
                        }
                        self.out.pattern.push_str(&set);
                        self.append(Item::CHARACTER)
                    }
                };
            }
        };
        self.cursor.next();
        self.out.pattern.push_str(anchor);
        self.append(Item::ANCHOR)
    }

    fn line_start(&mut self) -> Result<(), PatternError> {
        if !self.flags.multiline {
            self.out.pattern.push_str(r"\A");
            return self.append(Item::ANCHOR);
        }
        if self.open.is_empty() && self.current.sequence.is_empty() && self.out.starts.is_empty() {
            self.out.begins_with_start = true;
        }
        self.out.line_anchors |= !self.flags.unix_lines;
        let anchor = if self.flags.unix_lines { "(?m:^)" } else { "(?mR:^)" };
        let group = self.engine_group()?;
        self.out.starts.push(group);
        self.out.pattern.push_str("(?:");
        self.out.pattern.push_str(anchor);
        self.out.pattern.push_str("())");
        self.append(Item::ANCHOR)
    }

    fn line_end(&mut self) -> Result<(), PatternError> {
        self.out.line_anchors |= !self.flags.unix_lines;
        self.out
            .pattern
            .push_str(if self.flags.unix_lines { "(?m:$)" } else { "(?mR:$)" });
        self.append(Item::ANCHOR)
    }

    /// `$` without `m`, or `\Z`.
    fn text_end(&mut self) -> Result<(), PatternError> {
        let group = self.engine_group()?;
        self.out.ends.push(group);
        self.out.pattern.push_str(if self.flags.unix_lines {
            r"(?:()\n\z|\z)"
        } else {
            r"(?:()(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])\z|\z)"
        });
        self.append(Item {
            extent: Extent::CHARACTER,
            ends: true,
            line_breaks: false,
        })
    }

    /// Counts a set that takes the engine much room and time to compile.
    fn count_wide_set(&mut self) -> Result<(), PatternError> {
        self.out.wide_sets.count_set(&self.cursor)
    }

    /// Counts a group of the engine.
    fn engine_group(&mut self) -> Result<usize, PatternError> {
        if self.engine_groups >= MAX_GROUPS {
            return Err(self.cursor.unsupported("more than 20 groups and line anchors are"));
        }
        self.engine_groups += 1;
        Ok(self.engine_groups)
    }

    fn open_group(&mut self) -> Result<(), PatternError> {
        let mut inner = self.flags;
        if self.cursor.take("?") {
            match self.cursor.next() {
                Some(':') => self.out.pattern.push_str("(?:"),
                Some('=' | '!') => return Err(self.cursor.unsupported("look-aheads are")),
                Some('>') => return Err(self.cursor.unsupported("atomic groups are")),
                Some('<') => self.named_group()?,
                Some(letter) if letter == '-' || letter.is_ascii_alphabetic() => match self.inline_flags(letter)? {
                    Some(flags) => inner = flags,
                    None => return Ok(()),
                },
                _ => return Err(self.cursor.syntax("unknown inline modifier")),
            }
        } else {
            self.capture()?;
        }
        if self.open.len() >= MAX_NESTING {
            return Err(self.cursor.unsupported("groups nested that deep are"));
        }
        let frame = Frame::new(self.flags);
        self.open.push(std::mem::replace(&mut self.current, frame));
        self.flags = inner;
        Ok(())
    }

    /// `(?i)`, which gives nothing more to open, or `(?i:`, which gives the flags within.
    fn inline_flags(&mut self, first: char) -> Result<Option<Flags>, PatternError> {
        self.cursor.back(first);
        let flags = self.flags.read(&mut self.cursor)?;
        if self.cursor.next() == Some(')') {
            self.flags = flags;
            return Ok(None);
        }
        self.out.pattern.push_str("(?:");
        Ok(Some(flags))
    }

    fn capture(&mut self) -> Result<(), PatternError> {
        let group = self.engine_group()?;
        self.out.groups.push(group);
        self.out.pattern.push('(');
        Ok(())
    }

    /// `(?<name>`, behind its `<`.
    fn named_group(&mut self) -> Result<(), PatternError> {
        if matches!(self.cursor.peek(), Some('=' | '!')) {
            return Err(self.cursor.unsupported("look-behinds are"));
        }
        let name = self
            .cursor
            .take_while(usize::MAX, |character| character.is_ascii_alphanumeric());
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Err(self
                .cursor
                .syntax("a group's name that does not begin with a Latin letter"));
        }
        if !self.cursor.take(">") {
            return Err(self.cursor.syntax("a named group without its `>`"));
        }
        if self.out.names.iter().any(|(known, _)| known == name) {
            return Err(self.cursor.syntax("a group's name that is defined before"));
        }
        self.out.names.push((name.to_owned(), self.out.groups.len()));
        self.capture()
    }

    fn close_group(&mut self) -> Result<(), PatternError> {
        let Some(outside) = self.open.pop() else {
            return Err(self.cursor.syntax("a `)` without its `(`"));
        };
        let mut inside = std::mem::replace(&mut self.current, outside);
        inside.alternate();
        self.flags = inside.outer;
        self.out.pattern.push(')');
        self.append(Item {
            extent: inside.alternatives.unwrap_or(Extent::EMPTY),
            ends: inside.any_ended,
            line_breaks: inside.line_breaks,
        })
    }

    /// Reads the item's quantifier and adds both to the sequence.
    fn append(&mut self, item: Item) -> Result<(), PatternError> {
        if self.current.ended {
            return Err(self.cursor.unsupported("`$` and `\\Z` before the end of a pattern are"));
        }
        let (least, most) = read_quantifier(&mut self.cursor, self.flags.comments, &mut self.out.pattern)?;
        if item.ends && most != Some(1) {
            return Err(self.cursor.unsupported("a repeated `$` or `\\Z` is"));
        }
        if item.extent.may_be_empty && most != Some(1) {
            // What such a loop takes, and its groups, depend on how often Java tries it on nothing.
            return Err(self.cursor.unsupported("repetitions of what may be empty are"));
        }
        if item.line_breaks && (least, most) != (1, Some(1)) {
            // Java never goes back into a repeated `\R` to take only the first half of `\r\n`.
            return Err(self.cursor.unsupported("repetitions of `\\R` are"));
        }
        self.current.line_breaks |= item.line_breaks;
        self.current.ended = item.ends;
        if least == 0 && self.open.is_empty() && self.current.sequence.is_empty() {
            // An optional `(?m)^` is no beginning.
            self.out.begins_with_start = false;
        }
        self.current.sequence = self.current.sequence.then(item.extent.repeat(least, most));
        Ok(())
    }
}
