//! The strings of one evaluation: constants of the program, borrowed parameters, and bytes in chunks that never move.
//!
//! A string never changes, so `s + t` may grow the chunk that `s` ends in place and share its bytes: appending in a loop copies
//! only what is new, while the program is charged for the whole result each time.

use std::ops::Range;

use super::fault::Fault;
use super::input::Input;
use super::meter::Meter;
use super::text::{NULL_HANDLE, Text};
use super::unread::Unread;
use crate::diagnostic::Code;

/// Charged for each string beside its bytes: its entry in the table, with the table's growth.
pub(crate) const TEXT_OVERHEAD_BYTES: u64 = 64;
/// The place of a chunk in its table, while that grows.
const CHUNK_BYTES: u64 = 3 * size_of::<String>() as u64;
/// Chunks that strings share have at most this size.
const MAX_CHUNK_BYTES: usize = 64 * 1024;
/// Chunks that strings share have at least this size, where the budget covers it.
const MIN_CHUNK_BYTES: usize = 1024;

/// Where a string's bytes are.
#[derive(Clone, Copy, Debug)]
enum Place<'p> {
    Borrowed(&'p str),
    Chunk { chunk: u32, start: u32, length: u32 },
}

impl Place<'_> {
    const fn is_empty(self) -> bool {
        match self {
            Self::Borrowed(text) => text.is_empty(),
            Self::Chunk { length, .. } => length == 0,
        }
    }
}

/// A place as the table holds it: a part of a chunk, or of what is borrowed where `source` has the bit [`BORROWED`].
#[derive(Clone, Copy, Debug)]
struct Entry {
    source: u32,
    start: u32,
    length: u32,
}

/// The bytes are the host's or the program's.
const BORROWED: u32 = 1 << 31;

/// All strings of one evaluation.
#[derive(Clone, Debug)]
pub(crate) struct TextStore<'p> {
    constants: &'p [Box<str>],
    /// The parameters bound by slot: those that are strings need no entry. Numbered after the constants.
    inputs: &'p [Input<'p>],
    /// The number of the first entry.
    first: usize,
    entries: Vec<Entry>,
    borrowed: Vec<&'p str>,
    chunks: Vec<String>,
}

impl<'p> TextStore<'p> {
    pub(crate) fn new(constants: &'p [Box<str>], inputs: &'p [Input<'p>]) -> Self {
        Self {
            constants,
            inputs,
            first: constants.len() + inputs.len(),
            entries: Vec::new(),
            borrowed: Vec::new(),
            chunks: Vec::new(),
        }
    }

    /// The string's text, for the machine, which charges for what it does.
    #[inline]
    pub(super) fn get(&self, text: Text) -> &str {
        match self.place(text) {
            Place::Borrowed(text) => text,
            Place::Chunk { chunk, start, length } => self.slice(chunk, start, length),
        }
    }

    /// The string's text, to be read for a charge.
    #[inline]
    pub(crate) fn unread(&self, text: Text) -> Unread<'_> {
        Unread::of(self.get(text))
    }

    /// The bytes of the string's text: for what compares or hashes, without a look at where characters begin.
    #[inline]
    pub(super) fn bytes(&self, text: Text) -> &[u8] {
        match self.place(text) {
            Place::Borrowed(text) => text.as_bytes(),
            Place::Chunk { chunk, start, length } => {
                let chunk = self
                    .chunks
                    .get(chunk as usize)
                    .map_or(&[][..], |chunk| chunk.as_bytes());
                chunk
                    .get(start as usize..start as usize + length as usize)
                    .unwrap_or(&[])
            }
        }
    }

    #[inline]
    fn place(&self, text: Text) -> Place<'p> {
        match self.entry(text) {
            Some(Entry { source, start, length }) if source & BORROWED == 0 => Place::Chunk {
                chunk: source,
                start,
                length,
            },
            Some(entry) => Place::Borrowed(self.borrowed_part(entry)),
            None => Place::Borrowed(self.lent(text)),
        }
    }

    /// The entry of a string that is neither a constant nor a parameter bound by slot.
    #[inline]
    fn entry(&self, text: Text) -> Option<Entry> {
        let index = (text.0 as usize).checked_sub(self.first)?;
        self.entries.get(index).copied()
    }

    /// The text of a string that has no entry.
    #[inline]
    fn lent(&self, text: Text) -> &'p str {
        let index = text.0 as usize;
        if let Some(constant) = self.constants.get(index) {
            return constant;
        }
        // INVARIANT: handles come only from this store.
        let input = self.inputs.get(index - self.constants.len());
        input.and_then(|input| input.text()).unwrap_or("")
    }

    #[inline]
    fn borrowed_part(&self, entry: Entry) -> &'p str {
        let whole = self.borrowed.get((entry.source & !BORROWED) as usize);
        let (start, length) = (entry.start as usize, entry.length as usize);
        whole.and_then(|whole| whole.get(start..start + length)).unwrap_or("")
    }

    /// The parameter that is bound to a slot.
    pub(crate) fn input(&self, slot: u32) -> Input<'p> {
        self.inputs.get(slot as usize).copied().unwrap_or_default()
    }

    /// The string that is bound to a slot.
    pub(crate) fn borrow_input(&mut self, meter: &mut Meter, slot: u32) -> Result<Text, Fault> {
        meter.charge_memory(TEXT_OVERHEAD_BYTES)?;
        handle(self.constants.len() + slot as usize)
    }

    /// The constant's index, where the string is one.
    pub(super) fn constant_index(&self, text: Text) -> Option<usize> {
        let index = text.0 as usize;
        (index < self.constants.len()).then_some(index)
    }

    /// The string's length in bytes.
    #[inline]
    pub(crate) fn length(&self, text: Text) -> usize {
        match self.entry(text) {
            Some(entry) => entry.length as usize,
            None => self.lent(text).len(),
        }
    }

    fn slice(&self, chunk: u32, start: u32, length: u32) -> &str {
        let chunk = self.chunks.get(chunk as usize).map_or("", String::as_str);
        chunk
            .get(start as usize..start as usize + length as usize)
            .unwrap_or("")
    }

    /// A string that borrows the host's or the program's bytes.
    pub(crate) fn borrow(&mut self, meter: &mut Meter, text: &'p str) -> Result<Text, Fault> {
        meter.charge_memory(TEXT_OVERHEAD_BYTES)?;
        let source = self.lend(meter, text);
        self.push_part(meter, source, 0..text.len())
    }

    /// The source of parts of a text that is borrowed.
    fn lend(&mut self, meter: &mut Meter, text: &'p str) -> u32 {
        grow_by_half(&mut self.borrowed, meter, TEXT_OVERHEAD_BYTES / 2);
        self.borrowed.push(text);
        (self.borrowed.len() as u32 - 1) | BORROWED
    }

    /// A new string with these bytes.
    pub(crate) fn copy(&mut self, meter: &mut Meter, text: &str) -> Result<Text, Fault> {
        let open = self.begin(meter, None, text.len())?;
        self.append_str(open, text);
        self.finish(meter, open)
    }

    /// A string that is a part of another, without copying; `range` lies within it on character boundaries.
    pub(crate) fn part(&mut self, meter: &mut Meter, of: Text, range: Range<usize>) -> Result<Text, Fault> {
        let (source, start) = self.source(meter, of);
        self.charged_part(meter, source, start, range)
    }

    /// Strings that are parts of another, without copying; each range lies within it on character boundaries.
    pub(crate) fn parts(
        &mut self,
        meter: &mut Meter,
        of: Text,
        ranges: &[Range<usize>],
        mut keep: impl FnMut(Text),
    ) -> Result<(), Fault> {
        let (source, start) = self.source(meter, of);
        for range in ranges {
            keep(self.charged_part(meter, source, start, range.clone())?);
        }
        Ok(())
    }

    /// Where the bytes of a string come from, and where they begin there.
    fn source(&mut self, meter: &mut Meter, of: Text) -> (u32, usize) {
        match self.entry(of) {
            Some(Entry { source, start, .. }) => (source, start as usize),
            None => (self.lend(meter, self.lent(of)), 0),
        }
    }

    #[inline]
    fn charged_part(
        &mut self,
        meter: &mut Meter,
        source: u32,
        start: usize,
        range: Range<usize>,
    ) -> Result<Text, Fault> {
        meter.charge_copy(range.len())?;
        meter.charge_memory(TEXT_OVERHEAD_BYTES + range.len() as u64)?;
        self.push_part(meter, source, start + range.start..start + range.end)
    }

    /// Begins a new string of `length` bytes in all, of which `first`, where given, is the beginning. Checks the length
    /// limit and charges steps and memory of the whole. Nothing else may be begun before it is finished.
    pub(super) fn begin(&mut self, meter: &mut Meter, first: Option<Text>, length: usize) -> Result<OpenText, Fault> {
        charge_new_text(meter, length)?;
        let first = first.map(|text| self.place(text));
        if let Some(Place::Chunk {
            chunk,
            start,
            length: first,
        }) = first
            && let Some(bytes) = self.chunks.get(chunk as usize)
            && bytes.len() == start as usize + first as usize
            && bytes.capacity() - bytes.len() >= length.saturating_sub(first as usize)
        {
            // It ends its chunk, which has room for what is added.
            return Ok(OpenText { chunk, start });
        }
        let has_capacity = |chunk: &String| chunk.capacity() - chunk.len() >= length;
        let grows = first.is_some_and(|first| !first.is_empty());
        let index = match self.chunks.last().is_some_and(has_capacity) {
            true => self.chunks.len() - 1,
            false => self.add_chunk(meter, length, grows),
        };
        let start = self.chunks.get(index).map_or(0, String::len);
        let open = OpenText {
            chunk: index as u32,
            start: start as u32,
        };
        if let Some(first) = first {
            self.append_place(open, first);
        }
        Ok(open)
    }

    /// Appends bytes to a string that was begun.
    #[inline]
    pub(super) fn append_str(&mut self, open: OpenText, text: &str) {
        if let Some(chunk) = self.chunks.get_mut(open.chunk as usize) {
            chunk.push_str(text);
        }
    }

    /// Appends a string of this store, which may lie in the chunk that is being written.
    #[inline]
    pub(super) fn append(&mut self, open: OpenText, text: Text) {
        self.append_place(open, self.place(text));
    }

    #[inline]
    fn append_place(&mut self, open: OpenText, place: Place<'p>) {
        match place {
            Place::Borrowed(text) => self.append_str(open, text),
            Place::Chunk { chunk, start, length } => {
                self.append_range(open, chunk, start as usize..start as usize + length as usize);
            }
        }
    }

    fn append_range(&mut self, open: OpenText, from: u32, range: Range<usize>) {
        let to = open.chunk as usize;
        if from == open.chunk {
            if let Some(chunk) = self.chunks.get_mut(to)
                && chunk.get(range.clone()).is_some()
            {
                chunk.extend_from_within(range);
            }
        } else if let Ok([to, from]) = self.chunks.get_disjoint_mut([to, from as usize]) {
            to.push_str(from.get(range).unwrap_or(""));
        }
    }

    /// Ends a string that [`TextStore::begin`] began.
    #[inline]
    pub(super) fn finish(&mut self, meter: &mut Meter, open: OpenText) -> Result<Text, Fault> {
        let OpenText { chunk, start } = open;
        let end = self.chunks.get(chunk as usize).map_or(0, String::len);
        self.push_part(meter, chunk, start as usize..end)
    }

    /// A new chunk for at least `needed` bytes; more where the charges so far cover it, twice as much where a string grows.
    fn add_chunk(&mut self, meter: &mut Meter, needed: usize, grows: bool) -> usize {
        let shared = (self.chunks.len() * MIN_CHUNK_BYTES).clamp(MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
        let wanted = match grows {
            true => needed.saturating_mul(2).max(shared),
            false => needed.max(shared),
        };
        let capacity = wanted.min(meter.spare_bytes()).max(needed);
        grow_by_half(&mut self.chunks, meter, CHUNK_BYTES);
        let chunk = String::with_capacity(capacity);
        meter.record_reserved(chunk.capacity());
        self.chunks.push(chunk);
        self.chunks.len() - 1
    }

    #[inline]
    fn push_part(&mut self, meter: &mut Meter, source: u32, range: Range<usize>) -> Result<Text, Fault> {
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else {
            return Err(too_long());
        };
        let text = handle(self.first + self.entries.len())?;
        grow_by_half(&mut self.entries, meter, TEXT_OVERHEAD_BYTES / 2);
        self.entries.push(Entry {
            source,
            start,
            length: end - start,
        });
        Ok(text)
    }
}

#[cold]
fn too_long() -> Fault {
    Fault::new(Code::StringLength, "a string would be longer than 4 GiB")
}

#[inline]
fn handle(index: usize) -> Result<Text, Fault> {
    let handle = u32::try_from(index)
        .ok()
        .filter(|&handle| u64::from(handle) != NULL_HANDLE);
    handle
        .map(Text)
        .ok_or_else(|| Fault::new(Code::MemoryBudget, "an evaluation holds at most 4,294,967,294 strings"))
}

/// A string being written: the chunk that it is at the end of, and where it starts there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenText {
    chunk: u32,
    start: u32,
}

/// Checks and charges a new string of `length` bytes: its steps, its memory.
pub(crate) fn charge_new_text(meter: &mut Meter, length: usize) -> Result<(), Fault> {
    meter.check_string_length(length as u64)?;
    meter.charge_copy(length)?;
    meter.charge_memory(TEXT_OVERHEAD_BYTES + length as u64)
}

/// Makes room for one more entry. Growing by half keeps a table, and its copy while it grows, within 2.5 times what its
/// entries take: the overheads that are charged cover that. What was charged for the entry is taken for reserved at once, so that texts do
/// not reserve what the table needs when it grows.
#[inline]
pub(crate) fn grow_by_half<T>(table: &mut Vec<T>, meter: &mut Meter, charged: u64) {
    meter.record_reserved(charged as usize);
    if table.len() == table.capacity() {
        grow(table);
    }
}

#[cold]
fn grow<T>(table: &mut Vec<T>) {
    table.reserve_exact((table.capacity() / 2).max(4));
}
