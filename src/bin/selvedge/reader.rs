//! Reads files: regular ones of a bounded size, and what the caller passes as an open file, such as standard input.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::Path;

use selvedge::diagnostic::escape;

/// The most bytes of a file that are read.
pub(crate) const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;
/// The name that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// A path as it is shown.
pub(crate) fn shown(path: &Path) -> String {
    escape(&path.display().to_string())
}

/// A file's text.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let wrong = |why: String| format!("cannot read {}: {why}", shown(path));
    let bytes = bytes(path).map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8 text".to_owned()))
}

/// A file's bytes. A pipe or device is refused before it is opened: opening one may wait for ever, and so may reading it.
pub(crate) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new(STDIN) {
        return stdin();
    }
    // What the caller has opened already, as the shell's `<(…)` does, is read as it is, up to the limit.
    let is_passed = path == Path::new("/dev/stdin") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd");
    if !is_passed {
        refuse_special(fs::metadata(path)?.file_type())?;
    }
    let file = File::open(path)?;
    if !is_passed {
        refuse_special(file.metadata()?.file_type())?;
    }
    bounded(file)
}

/// Standard input, to its end.
pub(crate) fn stdin() -> io::Result<Vec<u8>> {
    bounded(io::stdin().lock())
}

fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let message = format!("it is larger than the limit of {MAX_FILE_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

fn refuse_special(kind: FileType) -> io::Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    let message = format!("it is {}, not a regular file", name(kind));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

#[cfg(unix)]
fn name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match kind {
        kind if kind.is_dir() => "a directory",
        kind if kind.is_fifo() => "a named pipe",
        kind if kind.is_socket() => "a socket",
        kind if kind.is_char_device() => "a character device",
        kind if kind.is_block_device() => "a block device",
        _ => "a special file",
    }
}

#[cfg(not(unix))]
fn name(kind: FileType) -> &'static str {
    if kind.is_dir() { "a directory" } else { "a special file" }
}
