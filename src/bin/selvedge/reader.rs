//! Reads files: regular ones of a bounded size, and standard input.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use selvedge::diagnostic::escape;

use crate::deadline::Deadline;
use crate::exit::Failed;

/// The most bytes of a file that are read.
pub(crate) const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;
/// The name that stands for standard input.
pub(crate) const STDIN: &str = "-";
/// Standard input as it may be named where a file is. Any other open file is read by its name, as what it is: a pipe that the shell
/// passes as `<(…)` is refused like one that has a name of its own.
const STDIN_NAMES: [&str; 4] = [STDIN, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// Whether a path is standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    STDIN_NAMES.iter().any(|name| path == Path::new(name))
}

/// A path as it is shown.
pub(crate) fn shown(path: &Path) -> String {
    escape(&path.display().to_string())
}

/// A file's text.
pub(crate) fn text(path: &Path, deadline: Deadline) -> Result<String, Failed> {
    let wrong = |why: String| deadline.failed(format!("cannot read {}: {why}", shown(path)));
    let bytes = bytes(path, deadline).map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8 text".to_owned()))
}

/// A file's bytes. A pipe or device is refused before it is opened: opening one may wait for ever, and so may reading it.
pub(crate) fn bytes(path: &Path, deadline: Deadline) -> io::Result<Vec<u8>> {
    if is_stdin(path) {
        return stdin(deadline);
    }
    refuse_special(&fs::metadata(path)?)?;
    refuse_made(path)?;
    let file = open(path)?;
    let opened = file.metadata()?;
    refuse_special(&opened)?;
    // Where the kernel's files are elsewhere, one says that it is empty, and is taken at its word.
    bounded(file, opened.len())
}

/// Opens a file without waiting: what was a file when it was looked at may have become a pipe that nobody writes to.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    File::options().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Standard input, to its end or until the deadline.
pub(crate) fn stdin(deadline: Deadline) -> io::Result<Vec<u8>> {
    let read = || bounded(io::stdin().lock(), u64::MAX);
    let Some(left) = deadline.left() else {
        return read();
    };
    // Whoever writes may neither write nor end. Another thread waits for them, and ends with the command.
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().spawn(move || sender.send(read()))?;
    receiver.recv_timeout(left).unwrap_or_else(|_| {
        let message = "the deadline has passed before its end";
        Err(io::Error::new(io::ErrorKind::TimedOut, message))
    })
}

/// The bytes of a source, of which no more than so many are read.
fn bounded(source: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most.min(MAX_FILE_BYTES + 1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let message = format!("it is larger than the limit of {MAX_FILE_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Refuses what the kernel makes while it is read, such as `/proc/kmsg`: it says that it is regular, and may wait for ever.
fn refuse_made(path: &Path) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    match ["/proc", "/sys"].iter().any(|folder| path.starts_with(folder)) {
        true => Err(not_regular("made by the kernel")),
        false => Ok(()),
    }
}

fn refuse_special(found: &Metadata) -> io::Result<()> {
    let kind = found.file_type();
    if kind.is_file() {
        return Ok(());
    }
    Err(not_regular(name(kind)))
}

fn not_regular(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("it is {what}, not a regular file"))
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
