//! What a pattern tells apart in a text: characters that are in the same sets are one symbol.

use super::look::{Kinds, Look};
use super::marks::MARKS;
use super::sets::{Range, Sets};

/// A symbol: a class of characters, the text's end, or a line terminator that ends the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Symbol {
    /// One of its characters; none for the end of the text.
    pub(super) character: Option<u32>,
    /// What it is to assertions on its left.
    pub(super) kinds: Kinds,
}

/// The line terminators that may end a text, as symbols behind [`Alphabet::end`].
const FINALS: [(u32, Kinds); 6] = [
    (0x0A, Kinds::FINAL.and(Kinds::FINAL_NEWLINE)),
    (0x0D, Kinds::FINAL),
    (0x85, Kinds::FINAL),
    (0x2028, Kinds::FINAL),
    (0x2029, Kinds::FINAL),
    // The newline behind the carriage return.
    (0x0A, Kinds::FINAL_NEWLINE),
];

/// The symbols of a pattern.
#[derive(Debug)]
pub(super) struct Alphabet {
    ascii: [u16; 128],
    /// The first character of each interval, sorted from 0 on.
    starts: Vec<u32>,
    /// The symbol of each interval.
    classes: Vec<u16>,
    symbols: Vec<Symbol>,
    /// The symbol of the text's end.
    end: u16,
    /// Whether the line terminator that ends a text has symbols of its own.
    has_finals: bool,
    /// The classes with marks in them, sorted, where a mark on a letter or digit is part of its word: each has one more symbol
    /// for those, from [`Self::first_marked`] on.
    marked: Vec<u16>,
    first_marked: u16,
}

impl Alphabet {
    /// The coarsest alphabet that tells apart what sets and assertions do.
    pub(super) fn new(sets: &Sets, looks: &[Look]) -> Self {
        let mut starts = Vec::new();
        starts.push(0);
        for set in 0..sets.len() as u32 {
            for range in sets.ranges(set) {
                starts.extend([range.first, range.last + 1]);
            }
        }
        starts.sort_unstable();
        starts.dedup();
        starts.shrink_to_fit();
        let (classes, count) = classes(&starts, sets);
        let words = |unicode: bool| {
            let reads = |look: &&Look| matches!(look, Look::Word { unicode: of, .. } if *of == unicode);
            looks.iter().any(|look| reads(&look))
        };
        let unicode_words = if words(true) { unicode_words() } else { Vec::new() };
        let kinds = |character: u32| {
            let is_word = char::from_u32(character)
                .is_some_and(|character| character.is_ascii_alphanumeric() || character == '_');
            let word = if is_word { Kinds::WORD } else { Kinds::default() };
            let unicode = super::sets::contains(&unicode_words, character);
            let unicode = if unicode { Kinds::UNICODE_WORD } else { Kinds::default() };
            Kinds::of_line(character).and(word).and(unicode)
        };
        let mut symbols = vec![
            Symbol {
                character: None,
                kinds: Kinds::END,
            };
            count + 1
        ];
        for (&start, &class) in starts.iter().zip(&classes).rev() {
            if let Some(symbol) = symbols.get_mut(class as usize) {
                symbol.character = Some(start);
                symbol.kinds = kinds(start);
            }
        }
        let has_finals = looks.iter().any(|look| matches!(look, Look::LastLineEnd { .. }));
        if has_finals {
            symbols.extend(FINALS.map(|(character, of_final)| Symbol {
                character: Some(character),
                kinds: Kinds::of_line(character).and(of_final),
            }));
        }
        let first_marked = symbols.len() as u16;
        let marked = if words(false) {
            marked(&starts, &classes)
        } else {
            Vec::new()
        };
        for &class in &marked {
            let character = symbols.get(class as usize).and_then(|symbol| symbol.character);
            let kinds = Kinds::WORD.and(Kinds::UNICODE_WORD);
            symbols.push(Symbol { character, kinds });
        }
        let mut alphabet = Self {
            ascii: [0; 128],
            starts,
            classes,
            symbols,
            end: count as u16,
            has_finals,
            marked,
            first_marked,
        };
        alphabet.ascii = std::array::from_fn(|character| alphabet.find(character as u32));
        alphabet
    }

    /// How many symbols there are.
    pub(super) fn len(&self) -> usize {
        self.symbols.len()
    }

    pub(super) fn symbol(&self, number: u16) -> Symbol {
        let end = Symbol {
            character: None,
            kinds: Kinds::END,
        };
        self.symbols.get(number as usize).copied().unwrap_or(end)
    }

    /// The symbol of the text's end.
    pub(super) const fn end(&self) -> u16 {
        self.end
    }

    /// The symbols of the bytes of ASCII.
    pub(super) const fn ascii(&self) -> &[u16; 128] {
        &self.ascii
    }

    /// The symbol of a character, by search.
    pub(super) fn find(&self, character: u32) -> u16 {
        let behind = self.starts.partition_point(|&start| start <= character);
        self.classes.get(behind.wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// Whether a mark on a letter or digit has a symbol of its own.
    pub(super) const fn has_marks(&self) -> bool {
        !self.marked.is_empty()
    }

    /// The symbol of a mark on a letter or digit.
    pub(super) fn find_marked(&self, mark: u32) -> u16 {
        let class = self.find(mark);
        match self.marked.binary_search(&class) {
            Ok(index) => self.first_marked + index as u16,
            Err(_) => class,
        }
    }

    /// Where the line terminator that ends a text starts, and the symbols from there on; `None` where there is none, or
    /// none is told apart.
    pub(super) fn tail(&self, text: &str) -> Option<(usize, [u16; 2])> {
        let last = text.chars().next_back().filter(|_| self.has_finals)?;
        let start = text.len() - last.len_utf8();
        let number = |index: usize| self.end + 1 + index as u16;
        if last == '\n' && text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\r') {
            return Some((start - 1, [number(1), number(5)]));
        }
        let index = FINALS.iter().position(|&(character, _)| character == u32::from(last))?;
        Some((start, [number(index), number(index)]))
    }

    /// The bytes it holds on the heap.
    pub(super) fn held_bytes(&self) -> usize {
        self.starts.capacity() * 4
            + self.classes.capacity() * 2
            + self.symbols.capacity() * size_of::<Symbol>()
            + self.marked.capacity() * 2
    }
}

/// The classes that have a mark, sorted.
fn marked(starts: &[u32], classes: &[u16]) -> Vec<u16> {
    let ends = starts
        .iter()
        .skip(1)
        .map(|&next| next - 1)
        .chain([u32::from(char::MAX)]);
    let intervals = starts.iter().zip(ends).zip(classes);
    let mut marked: Vec<u16> = intervals
        .filter(|&((&first, last), _)| MARKS.meets(first, last))
        .map(|(_, &class)| class)
        .collect();
    marked.sort_unstable();
    marked.dedup();
    marked.shrink_to_fit();
    marked
}

/// The ranges of Unicode's `\w`.
fn unicode_words() -> Vec<Range> {
    let mut texts = super::sets::SetTexts::default();
    texts.number(r"\w");
    texts.resolve().map_or_else(Vec::new, |sets| sets.ranges(0).to_vec())
}

/// Numbers the intervals so that those in the same sets have the same number; gives how many numbers there are.
fn classes(starts: &[u32], sets: &Sets) -> (Vec<u16>, usize) {
    let mut classes = vec![0_u32; starts.len()];
    let mut count = 1_u32;
    // The class that a class gives its part within the set to.
    let mut parts: Vec<(u32, u32)> = vec![(u32::MAX, 0)];
    let index = |character: u32| starts.partition_point(|&start| start < character);
    for set in 0..sets.len() as u32 {
        let ranges = sets.ranges(set);
        let spans = || ranges.iter().map(|range| index(range.first)..index(range.last + 1));
        let covered: usize = spans().map(|span| span.len()).sum();
        // A set and its complement split in the same way: the smaller one is walked over.
        let mut split = |span: std::ops::Range<usize>| {
            for class in classes.get_mut(span).unwrap_or_default() {
                let Some(part) = parts.get_mut(*class as usize) else {
                    continue;
                };
                if part.0 != set {
                    *part = (set, count);
                    count += 1;
                }
                *class = part.1;
            }
            while parts.len() < count as usize {
                parts.push((u32::MAX, 0));
            }
        };
        if covered * 2 <= starts.len() {
            spans().for_each(&mut split);
        } else {
            let mut from = 0;
            for span in spans() {
                split(from..span.start);
                from = span.end;
            }
            split(from..starts.len());
        }
    }
    renumber(&classes, count)
}

/// Numbers from 0 on, in the order of the intervals, without gaps.
fn renumber(classes: &[u32], count: u32) -> (Vec<u16>, usize) {
    let mut numbers = vec![u16::MAX; count as usize];
    let mut next = 0_u16;
    let renumbered = classes.iter().map(|&class| match numbers.get_mut(class as usize) {
        Some(number) => {
            if *number == u16::MAX {
                *number = next;
                next += 1;
            }
            *number
        }
        None => 0,
    });
    (renumbered.collect(), next as usize)
}
