//! Reads `java.util.regex.Pattern`'s syntax into pieces, in one pass and without recursion.
//!
//! All flags are resolved here: the pieces say of each place what it matches. A set of characters is kept as text in the
//! syntax of `regex-syntax`, which knows Unicode's tables.

use super::class::{MAX_NESTING, WideSets, is_wide, push_character, translate_class};
use super::code::{Piece, is_watched};
use super::cursor::Cursor;
use super::error::PatternError;
use super::escape::{Escape, VERTICAL, read_escape};
use super::extent::Extent;
use super::flags::Flags;
use super::frame::{Frame, Item};
use super::look::Look;
use super::possessive::Possessive;
use super::quantifier::{Quantifier, read_quantifier};
use super::sets::SetTexts;

/// As many as a thread's slots have bits for.
const MAX_GROUPS: usize = 20;

/// A pattern in pieces, and what compiling them takes.
#[derive(Debug)]
pub(super) struct Translation {
    pub(super) pieces: Vec<Piece>,
    pub(super) sets: SetTexts,
    /// Its assertions, each once.
    pub(super) looks: Vec<Look>,
    /// Its possessive quantifiers, which stand as greedy ones among the pieces.
    pub(super) possessive: Vec<Possessive>,
    /// How many groups capture.
    pub(super) groups: usize,
    /// The names of groups.
    pub(super) names: Vec<(String, usize)>,
    /// How much text a match can take, and how large the program is.
    pub(super) extent: Extent,
    /// How deep loops that are watched for taking nothing nest.
    pub(super) watched_depth: usize,
    /// What its sets cost to compile.
    wide_sets: WideSets,
}

impl Translation {
    /// What its sets and those of its assertions cost to compile, in sets of many ranges.
    pub(super) fn wide_sets(&self) -> usize {
        let of_looks = self.looks.iter().filter(|look| look.is_wide()).count();
        self.wide_sets.weight() + of_looks
    }
}

/// Reads a pattern.
pub(super) struct Translator<'p> {
    cursor: Cursor<'p>,
    flags: Flags,
    open: Vec<Frame>,
    current: Frame,
    /// Where the text of a set is made.
    set: String,
    out: Translation,
}

impl<'p> Translator<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        Self {
            cursor: Cursor::new(pattern),
            flags: Flags::default(),
            open: Vec::new(),
            current: Frame::new(Flags::default(), None),
            set: String::new(),
            out: Translation {
                pieces: Vec::with_capacity(pattern.len().min(64)),
                sets: SetTexts::default(),
                looks: Vec::new(),
                possessive: Vec::new(),
                groups: 0,
                names: Vec::new(),
                extent: Extent::EMPTY,
                watched_depth: 0,
                wide_sets: WideSets::default(),
            },
        }
    }

    /// Reads the whole pattern.
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
        self.out.watched_depth = self.current.watched_depth;
        Ok(self.out)
    }

    fn step(&mut self, character: char) -> Result<(), PatternError> {
        match character {
            '|' => {
                self.out.pieces.push(Piece::Alternate);
                self.current.alternate();
                Ok(())
            }
            '(' => self.open_group(),
            ')' => self.close_group(),
            '[' => {
                self.set.clear();
                translate_class(&mut self.cursor, self.flags, &mut self.out.wide_sets, &mut self.set)?;
                self.made_set(Item::CHARACTER)
            }
            '\\' => self.escape(),
            '^' if self.flags.multiline => self.look(Look::LineStart {
                unix: self.flags.unix_lines,
            }),
            '^' => self.look(Look::TextStart),
            '$' if self.flags.multiline => self.look(Look::LineEnd {
                unix: self.flags.unix_lines,
            }),
            '$' => self.look(Look::LastLineEnd {
                unix: self.flags.unix_lines,
            }),
            '.' => self.set(match (self.flags.dot_all, self.flags.unix_lines) {
                (true, _) => "(?s:.)",
                (false, true) => r"[^\n]",
                (false, false) => r"[^\n\r\x{85}\x{2028}\x{2029}]",
            }),
            '*' | '+' | '?' => Err(self.cursor.syntax("a quantifier with nothing before it")),
            '{' if self.cursor.peek().is_some_and(|next| next.is_ascii_digit()) => {
                // Java repeats nothing here.
                self.cursor.back('{');
                read_quantifier(&mut self.cursor, self.flags.comments).map(|_| ())
            }
            '{' => Err(self.cursor.syntax("illegal repetition")),
            _ => self.character(character),
        }
    }

    /// A character that stands for itself.
    fn character(&mut self, character: char) -> Result<(), PatternError> {
        let out = &mut self.set;
        out.clear();
        if self.flags.ignores_ascii_case() && character.is_ascii_alphabetic() {
            out.extend(['[', character.to_ascii_lowercase(), character.to_ascii_uppercase(), ']']);
        } else if self.flags.ignores_unicode_case() {
            out.push_str("(?i:");
            push_character(character, out);
            out.push(')');
        } else {
            out.push(character);
        }
        self.made_set(Item::CHARACTER)
    }

    fn escape(&mut self) -> Result<(), PatternError> {
        let unicode = self.flags.unicode_classes;
        let look = match self.cursor.peek() {
            Some('b') if self.cursor.starts_with("b{g") => return Err(self.cursor.unsupported("`\\b{g}` is")),
            Some('b') => Look::Word {
                unicode,
                negated: false,
            },
            Some('B') => Look::Word { unicode, negated: true },
            Some('A') => Look::TextStart,
            Some('z') => Look::TextEnd,
            Some('Z') => Look::LastLineEnd {
                unix: self.flags.unix_lines,
            },
            Some('R') => {
                self.cursor.next();
                return self.line_break();
            }
            _ => {
                return match read_escape(&mut self.cursor, self.flags)? {
                    Escape::Character(character) => self.character(character),
                    Escape::Class(set) => {
                        if is_wide(&set) {
                            self.out.wide_sets.count_set(&self.cursor)?;
                        }
                        self.set(&set)
                    }
                };
            }
        };
        self.cursor.next();
        self.look(look)
    }

    /// `\R`: a carriage return with its newline, or one line terminator.
    fn line_break(&mut self) -> Result<(), PatternError> {
        let both = [self.out.sets.number("\r"), self.out.sets.number("\n")];
        let one = self.out.sets.number(&format!("[{VERTICAL}]"));
        self.out.pieces.push(Piece::Open(None));
        self.out.pieces.extend(both.map(Piece::Set));
        self.out
            .pieces
            .extend([Piece::Alternate, Piece::Set(one), Piece::Close]);
        let two = Extent::CHARACTER.then(Extent::CHARACTER);
        self.append(Item {
            extent: two.or(Extent::CHARACTER),
            watched_depth: 0,
            line_breaks: true,
        })
    }

    /// A set in the syntax of `regex-syntax`.
    fn set(&mut self, text: &str) -> Result<(), PatternError> {
        self.out.pieces.push(Piece::Set(self.out.sets.number(text)));
        self.append(Item::CHARACTER)
    }

    /// The set whose text was made.
    fn made_set(&mut self, item: Item) -> Result<(), PatternError> {
        self.out.pieces.push(Piece::Set(self.out.sets.number(&self.set)));
        self.append(item)
    }

    fn look(&mut self, look: Look) -> Result<(), PatternError> {
        if !self.out.looks.contains(&look) {
            self.out.looks.push(look);
        }
        self.out.pieces.push(Piece::Look(look));
        self.append(Item::ANCHOR)
    }

    fn open_group(&mut self) -> Result<(), PatternError> {
        let mut inner = self.flags;
        let mut capture = None;
        if self.cursor.take("?") {
            match self.cursor.next() {
                Some(':') => {}
                Some('=' | '!') => return Err(self.cursor.unsupported("look-aheads are")),
                Some('>') => return Err(self.cursor.unsupported("atomic groups are")),
                Some('<') => capture = Some(self.named_group()?),
                Some(letter) if letter == '-' || letter.is_ascii_alphabetic() => match self.inline_flags(letter)? {
                    Some(flags) => inner = flags,
                    None => return Ok(()),
                },
                _ => return Err(self.cursor.syntax("unknown inline modifier")),
            }
        } else {
            capture = Some(self.capture()?);
        }
        if self.open.len() >= MAX_NESTING {
            return Err(self.cursor.unsupported("groups nested that deep are"));
        }
        self.out.pieces.push(Piece::Open(capture));
        let frame = Frame::new(self.flags, capture);
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
        Ok(Some(flags))
    }

    /// Counts a group that captures, and gives its number.
    fn capture(&mut self) -> Result<u8, PatternError> {
        if self.out.groups >= MAX_GROUPS {
            return Err(self.cursor.unsupported("more than 20 groups are"));
        }
        self.out.groups += 1;
        Ok(self.out.groups as u8)
    }

    /// `(?<name>`, behind its `<`.
    fn named_group(&mut self) -> Result<u8, PatternError> {
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
        self.out.names.push((name.to_owned(), self.out.groups + 1));
        self.capture()
    }

    fn close_group(&mut self) -> Result<(), PatternError> {
        let Some(outside) = self.open.pop() else {
            return Err(self.cursor.syntax("a `)` without its `(`"));
        };
        let mut inside = std::mem::replace(&mut self.current, outside);
        inside.alternate();
        self.flags = inside.outer;
        self.out.pieces.push(Piece::Close);
        let extent = inside.alternatives.unwrap_or(Extent::EMPTY);
        self.append(Item {
            extent: match inside.capture {
                Some(_) => extent.captured(),
                None => extent,
            },
            watched_depth: inside.watched_depth,
            line_breaks: inside.line_breaks,
        })
    }

    /// Reads the item's quantifier and adds both to the sequence.
    fn append(&mut self, mut item: Item) -> Result<(), PatternError> {
        if let Some(quantifier) = read_quantifier(&mut self.cursor, self.flags.comments)? {
            let Quantifier {
                least,
                most,
                lazy,
                possessive,
            } = quantifier;
            if item.line_breaks && (least, most) != (1, Some(1)) {
                // Java never goes back into a repeated `\R` to take only the first half of `\r\n`.
                return Err(self.cursor.unsupported("repetitions of `\\R` are"));
            }
            if possessive {
                self.out.possessive.push(Possessive {
                    at: self.out.pieces.len(),
                    refused: self.cursor.unsupported("possessive quantifiers are"),
                });
            }
            let may_be_empty = item.extent.may_be_empty;
            self.out.pieces.push(Piece::Repeat {
                least,
                most,
                lazy,
                may_be_empty,
            });
            item.watched_depth += usize::from(is_watched(most, may_be_empty));
            item.extent = item.extent.repeat(least, most);
        }
        self.current.line_breaks |= item.line_breaks;
        self.current.watched_depth = self.current.watched_depth.max(item.watched_depth);
        self.current.sequence = self.current.sequence.then(item.extent);
        Ok(())
    }
}
