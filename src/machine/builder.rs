//! A string whose length is not known before it is made: built in pieces that never move, each charged before it is taken.

use super::context::Context;
use super::fault::Fault;
use super::heap::Text;
use super::meter::Meter;
use super::unread::Unread;

const FIRST_PIECE_BYTES: usize = 256;
const MAX_PIECE_BYTES: usize = 64 * 1024;

/// A string being built. Every byte is charged twice while it is built, for the room left over in pieces, and once more
/// when the string is stored.
#[derive(Debug)]
pub(crate) struct TextBuilder {
    full: Vec<String>,
    current: String,
    length: usize,
}

impl TextBuilder {
    /// An empty string, which is built in the room of another, where there is any.
    pub(crate) fn new(text_buffer: &mut String) -> Self {
        Self {
            full: Vec::new(),
            current: std::mem::take(text_buffer),
            length: 0,
        }
    }

    /// The length so far, in bytes.
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// Appends a text: checks the length limit, charges, then copies.
    pub(crate) fn push_str(&mut self, meter: &mut Meter, text: &str) -> Result<(), Fault> {
        let length = self.length.saturating_add(text.len());
        meter.check_string_length(length as u64)?;
        meter.charge_work(text.len())?;
        meter.charge_memory(2 * text.len() as u64)?;
        self.length = length;
        if self.current.capacity() - self.current.len() < text.len() {
            self.next_piece(text.len());
        }
        self.current.push_str(text);
        Ok(())
    }

    /// Appends a text that has not been read, as [`Self::push_str`] does.
    pub(crate) fn copy(&mut self, meter: &mut Meter, text: Unread<'_>) -> Result<(), Fault> {
        self.push_str(meter, text.copied())
    }

    /// Appends a character `count` times, charged as a whole before the first is written.
    pub(crate) fn push_repeated(&mut self, meter: &mut Meter, character: char, count: usize) -> Result<(), Fault> {
        let bytes = count.saturating_mul(character.len_utf8());
        meter.check_string_length(self.length.saturating_add(bytes) as u64)?;
        let mut run = String::new();
        let run_length = count.min(64);
        run.extend(std::iter::repeat_n(character, run_length));
        let mut left = count;
        while left > 0 {
            let now = left.min(run_length);
            let text = run.get(..now * character.len_utf8()).unwrap_or("");
            self.push_str(meter, text)?;
            left -= now;
        }
        Ok(())
    }

    fn next_piece(&mut self, needed: usize) {
        let doubled = (self.current.capacity() * 2).clamp(FIRST_PIECE_BYTES, MAX_PIECE_BYTES);
        let next = String::with_capacity(doubled.max(needed));
        let full = std::mem::replace(&mut self.current, next);
        if !full.is_empty() {
            self.full.push(full);
        }
    }

    /// The string, stored. The first piece is kept for the next.
    pub(crate) fn finish(mut self, context: &mut Context<'_>) -> Result<Text, Fault> {
        let Context {
            heap,
            meter,
            text_buffer,
            ..
        } = context;
        let open = heap.texts.begin(meter, None, self.length)?;
        for piece in &self.full {
            heap.texts.append_str(open, piece);
        }
        heap.texts.append_str(open, &self.current);
        if self.current.capacity() <= FIRST_PIECE_BYTES {
            self.current.clear();
            *text_buffer = self.current;
        }
        heap.texts.finish(meter, open)
    }
}
