//! The strings of one evaluation: constants of the program, borrowed parameters, and bytes in chunks that never move.
//!
//! A string never changes, so `s + t` may grow the chunk that `s` ends in place and share its bytes: appending in a loop copies
//! only what is new, while the program is charged for the whole result each time.

use super::fault::Fault;
use super::input::Input;
use super::meter::Meter;
use super::text::{NULL_HANDLE, Text};
use super::unread::Unread;
use crate::diagnostic::Code;

/// Charged for each string beside its bytes: its entry in the table, with the table's growth.
pub(crate) const TEXT_OVERHEAD_BYTES: u64 = 64;
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

/// A place as the table holds it, in half the room: where `chunk` is [`BORROWED`], `start` is the place among the borrowed.
#[derive(Clone, Copy, Debug)]
struct Entry {
    chunk: u32,
    start: u32,
    length: u32,
}

/// Instead of a chunk: the bytes are the host's or the program's.
const BORROWED: u32 = u32::MAX;

/// All strings of one evaluation.
#[derive(Debug)]
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
        let index = text.0 as usize;
        // INVARIANT: handles come only from this store.
        let nothing = Place::Borrowed("");
        match index.checked_sub(self.first) {
            Some(index) => match self.entries.get(index) {
                Some(&Entry {
                    chunk: BORROWED, start, ..
                }) => self
                    .borrowed
                    .get(start as usize)
                    .map_or(nothing, |text| Place::Borrowed(text)),
                Some(&Entry { chunk, start, length }) => Place::Chunk { chunk, start, length },
                None => nothing,
            },
            None => match self.constants.get(index) {
                Some(constant) => Place::Borrowed(constant),
                None => self
                    .inputs
                    .get(index - self.constants.len())
                    .and_then(|input| input.text())
                    .map_or(nothing, Place::Borrowed),
            },
        }
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
        match self.place(text) {
            Place::Borrowed(text) => text.len(),
            Place::Chunk { length, .. } => length as usize,
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
        self.push(meter, Place::Borrowed(text))
    }

    /// A new string with these bytes.
    pub(crate) fn copy(&mut self, meter: &mut Meter, text: &str) -> Result<Text, Fault> {
        let open = self.begin(meter, None, text.len())?;
        self.append_str(open, text);
        self.finish(meter, open)
    }

    /// A string that is a part of another, without copying; `range` lies within it on character boundaries.
    pub(crate) fn part(&mut self, meter: &mut Meter, of: Text, range: std::ops::Range<usize>) -> Result<Text, Fault> {
        meter.charge_copy(range.len())?;
        meter.charge_memory(TEXT_OVERHEAD_BYTES + range.len() as u64)?;
        let place = match self.place(of) {
            Place::Borrowed(text) => Place::Borrowed(text.get(range).unwrap_or("")),
            Place::Chunk { chunk, start, .. } => Place::Chunk {
                chunk,
                start: start + range.start as u32,
                length: range.len() as u32,
            },
        };
        self.push(meter, place)
    }

    /// Begins a new string of `length` bytes in all, of which `first`, where given, is the beginning. Checks the length
    /// limit and charges steps and memory of the whole. Nothing else may be begun before it is finished.
    pub(super) fn begin(&mut self, meter: &mut Meter, first: Option<Text>, length: usize) -> Result<OpenText, Fault> {
        charge_new_text(meter, length)?;
        let first_length = first.map_or(0, |text| self.length(text));
        let added = length.saturating_sub(first_length);
        if let Some(open) = first.and_then(|text| self.tail_of(text, added)) {
            return Ok(open);
        }
        let room = |chunk: &String| chunk.capacity() - chunk.len() >= length;
        let index = match self.chunks.last().is_some_and(room) {
            true => self.chunks.len() - 1,
            false => self.add_chunk(meter, length, first_length > 0),
        };
        let start = self.chunks.get(index).map_or(0, String::len);
        let open = OpenText {
            chunk: index as u32,
            start: start as u32,
        };
        if let Some(first) = first {
            self.append(open, first);
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
        match self.place(text) {
            Place::Borrowed(text) => self.append_str(open, text),
            Place::Chunk { chunk, start, length } => {
                self.append_range(open, chunk, start as usize..start as usize + length as usize);
            }
        }
    }

    fn append_range(&mut self, open: OpenText, from: u32, range: std::ops::Range<usize>) {
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
        let Ok(end) = u32::try_from(end) else {
            return Err(Fault::new(Code::StringLength, "a string would be longer than 4 GiB"));
        };
        let length = end - start;
        self.push_entry(meter, Entry { chunk, start, length })
    }

    /// The chunk and start of `text` where it ends its chunk and `added` more bytes fit there.
    fn tail_of(&self, text: Text, added: usize) -> Option<OpenText> {
        let Place::Chunk { chunk, start, length } = self.place(text) else {
            return None;
        };
        let bytes = self.chunks.get(chunk as usize)?;
        let ends_chunk = bytes.len() == start as usize + length as usize;
        (ends_chunk && bytes.capacity() - bytes.len() >= added).then_some(OpenText { chunk, start })
    }

    /// A new chunk for at least `needed` bytes; more where the charges so far cover it, twice as much where a string grows.
    fn add_chunk(&mut self, meter: &mut Meter, needed: usize, grows: bool) -> usize {
        let shared = (self.chunks.len() * MIN_CHUNK_BYTES).clamp(MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
        let wanted = match grows {
            true => needed.saturating_mul(2).max(shared),
            false => needed.max(shared),
        };
        let capacity = wanted.min(meter.spare_bytes()).max(needed);
        grow_by_half(&mut self.chunks, meter);
        let chunk = String::with_capacity(capacity);
        meter.record_reserved(chunk.capacity());
        self.chunks.push(chunk);
        self.chunks.len() - 1
    }

    fn push(&mut self, meter: &mut Meter, place: Place<'p>) -> Result<Text, Fault> {
        let entry = match place {
            Place::Chunk { chunk, start, length } => Entry { chunk, start, length },
            Place::Borrowed(text) => {
                grow_by_half(&mut self.borrowed, meter);
                self.borrowed.push(text);
                Entry {
                    chunk: BORROWED,
                    start: self.borrowed.len() as u32 - 1,
                    length: 0,
                }
            }
        };
        self.push_entry(meter, entry)
    }

    #[inline]
    fn push_entry(&mut self, meter: &mut Meter, entry: Entry) -> Result<Text, Fault> {
        let text = handle(self.first + self.entries.len())?;
        grow_by_half(&mut self.entries, meter);
        self.entries.push(entry);
        Ok(text)
    }
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
/// entries take: the overheads that are charged cover that.
#[inline]
pub(crate) fn grow_by_half<T>(table: &mut Vec<T>, meter: &mut Meter) {
    if table.len() == table.capacity() {
        grow(table, meter);
    }
}

#[cold]
fn grow<T>(table: &mut Vec<T>, meter: &mut Meter) {
    let before = table.capacity();
    table.reserve_exact((before / 2).max(4));
    meter.record_reserved((table.capacity() - before) * size_of::<T>());
}
