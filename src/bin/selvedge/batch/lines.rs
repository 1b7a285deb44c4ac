//! Reading lines in chunks: as many as have arrived, so that an answer never waits for a line to come.

use std::io::{self, BufRead, BufReader, Read};

/// The most bytes of one line, its line feed among them.
pub(super) const MAX_LINE_BYTES: u64 = 64 * 1024 * 1024;

/// The most bytes of the rest of a longer line that are skipped to come to the next one.
const MAX_SKIPPED_BYTES: u64 = 3 * MAX_LINE_BYTES;

/// How much is read at once.
const BUFFER_BYTES: usize = 256 * 1024;

/// What some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The lines of an input.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    /// Whether nothing was read yet.
    is_fresh: bool,
}

/// Lines that have arrived together.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: BufReader::with_capacity(BUFFER_BYTES, input),
            is_fresh: true,
        }
    }

    /// Waits for a line, and takes those that came with it; false at the end. Of a line that is too long there is one byte too many.
    pub(super) fn next(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.bytes.clear();
        chunk.ends.clear();
        while chunk.ends.is_empty() || self.input.buffer().contains(&b'\n') {
            if self.read_line(&mut chunk.bytes)? == 0 {
                break;
            }
            if std::mem::take(&mut self.is_fresh) && chunk.bytes.starts_with(BYTE_ORDER_MARK) {
                chunk.bytes.drain(..BYTE_ORDER_MARK.len());
            }
            chunk.ends.push(chunk.bytes.len());
            if chunk.bytes.len() > BUFFER_BYTES {
                break;
            }
        }
        Ok(!chunk.ends.is_empty())
    }

    fn read_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let read = Read::take(&mut self.input, MAX_LINE_BYTES + 1).read_until(b'\n', bytes)?;
        if read as u64 > MAX_LINE_BYTES && bytes.last() != Some(&b'\n') {
            self.skip_rest()?;
        }
        Ok(read)
    }

    fn skip_rest(&mut self) -> io::Result<()> {
        let mut rest = Read::take(&mut self.input, MAX_SKIPPED_BYTES);
        rest.skip_until(b'\n')?;
        match rest.limit() {
            0 => {
                let most = MAX_LINE_BYTES + MAX_SKIPPED_BYTES;
                let message = format!("a line does not end within the limit of {most} bytes");
                Err(io::Error::new(io::ErrorKind::FileTooLarge, message))
            }
            _ => Ok(()),
        }
    }
}

impl Chunk {
    /// The lines that are not blank.
    pub(super) fn lines(&self) -> Vec<&[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let lines = starts
            .zip(&self.ends)
            .filter_map(|(start, &end)| self.bytes.get(start..end));
        lines.filter(|line| !line.iter().all(u8::is_ascii_whitespace)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input of which so much arrives at once.
    struct Portions<'a>(&'a [u8], usize);

    impl Read for Portions<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = self.1.min(buffer.len());
            (&mut self.0).take(size as u64).read(buffer)
        }
    }

    fn chunks(text: &str, portion: usize) -> Vec<Vec<String>> {
        let (mut lines, mut chunk, mut chunks) = (
            Lines::new(Portions(text.as_bytes(), portion)),
            Chunk::default(),
            Vec::new(),
        );
        while lines.next(&mut chunk).unwrap_or(false) {
            let text = |line: &&[u8]| String::from_utf8_lossy(line).into_owned();
            chunks.push(chunk.lines().iter().map(text).collect());
        }
        chunks
    }

    #[test]
    fn a_chunk_is_what_has_arrived() {
        assert_eq!(chunks("a\n\nb\nc", 100), [vec!["a\n", "b\n"], vec!["c"]]);
        assert_eq!(chunks("a\nb\nc\n", 3), [vec!["a\n"], vec!["b\n", "c\n"]]);
        assert_eq!(chunks("", 3), Vec::<Vec<String>>::new());
        assert_eq!(chunks("\u{feff}a\n\u{feff}b\n", 2), [vec!["a\n"], vec!["\u{feff}b\n"]]);
    }

    #[test]
    fn of_a_line_that_is_too_long_there_is_one_byte_too_many() {
        let text = format!("{}\nb\n", "x".repeat(MAX_LINE_BYTES as usize + 10));
        let lengths: Vec<_> = chunks(&text, text.len()).concat().iter().map(String::len).collect();
        assert_eq!(lengths, [MAX_LINE_BYTES as usize + 1, 2]);
    }
}
