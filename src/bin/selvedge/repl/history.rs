//! The inputs of earlier sessions: a file with a JSON text on each line.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::lines::MAX_INPUT_BYTES;
use crate::deadline::Deadline;
use crate::print::report;
use crate::reader;

/// The most inputs that are kept.
pub(super) const MAX_ENTRIES: usize = 1_000;
/// The most bytes of the file before it is written anew.
const MAX_FILE_BYTES: usize = 1024 * 1024;

/// The inputs of earlier sessions, and where those of this one go.
pub(super) struct History {
    path: Option<PathBuf>,
    pub(super) entries: Vec<String>,
}

impl History {
    /// Nothing is kept.
    pub(super) const fn none() -> Self {
        let entries = Vec::new();
        Self { path: None, entries }
    }

    /// Reads the file given, else the user's own.
    pub(super) fn read(given: Option<PathBuf>) -> Self {
        let Some(path) = given.or_else(of_user) else {
            return Self::none();
        };
        let mut history = Self {
            path: Some(path),
            entries: Vec::new(),
        };
        if let Err(error) = history.load() {
            history.give_up("read", &error);
        }
        history
    }

    fn load(&mut self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let bytes = match reader::bytes(path, Deadline::after(None)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let text = String::from_utf8_lossy(&bytes);
        // What is not a text is not an input.
        let entries = text.lines().filter_map(|line| serde_json::from_str(line).ok());
        self.entries = entries.collect();
        let old = self.entries.len().saturating_sub(MAX_ENTRIES);
        self.entries.drain(..old);
        if old > 0 || bytes.len() > MAX_FILE_BYTES {
            self.entries.retain(|entry| entry.len() <= MAX_FILE_BYTES / MAX_ENTRIES);
            let lines: String = self.entries.iter().map(|entry| line(entry)).collect();
            write(path, &lines, true)?;
        }
        Ok(())
    }

    /// Keeps an input.
    pub(super) fn add(&mut self, input: &str) {
        let Some(path) = self.path.as_ref().filter(|_| input.len() < MAX_INPUT_BYTES) else {
            return;
        };
        if let Err(error) = write(path, &line(input), false) {
            self.give_up("write", &error);
        }
    }

    /// Says once that the file is of no use.
    fn give_up(&mut self, what: &str, error: &io::Error) {
        if let Some(path) = self.path.take() {
            report!("warning: cannot {what} the history {}: {error}", reader::shown(&path));
        }
    }
}

fn line(entry: &str) -> String {
    format!("{}\n", serde_json::Value::from(entry))
}

/// The user's own file: below the folder for what programs keep of their state.
fn of_user() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME").or_else(|| folder("LOCALAPPDATA"));
    let state = state.or_else(|| Some(folder("HOME")?.join(".local/state")))?;
    Some(state.join("selvedge").join("history"))
}

/// Writes to a file that the user alone may read: at its end, or in place of all that it holds.
fn write(path: &Path, text: &str, anew: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = File::options();
    match anew {
        true => options.write(true).truncate(true),
        false => options.append(true),
    };
    options.create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // What has become a pipe is not waited for.
        options.mode(0o600).custom_flags(libc::O_NONBLOCK);
    }
    let mut file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    file.write_all(text.as_bytes())
}
