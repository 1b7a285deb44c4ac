//! Runs again whenever a file changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::check::files;
use crate::exit::{Exit, Failed};
use crate::print::{self, report};
use crate::reader::{self, STDIN};

/// How long is waited between two looks at the files.
const PAUSE: Duration = Duration::from_millis(200);
/// A look takes at most this part of the time.
const SHARE: u32 = 20;
/// The most changed files that are named.
const MAX_NAMED: usize = 3;
/// The ends of the names of files that are looked at.
const EXTENSIONS: [&str; 5] = ["sel", "json", "yaml", "yml", "toml"];

/// When each file was changed, and how large it is.
type State = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// Runs at once, and then whenever a file changes below the paths, beside them or below the current directory.
///
/// The files are looked at again and again: notices of the operating system would need a watch of each directory, those that ignore
/// files leave out among them, and do not come from all file systems, such as those that containers share.
pub(crate) fn run(paths: &[String], mut work: impl FnMut() -> Result<Exit, Failed>) -> Result<Exit, Failed> {
    if paths.iter().any(|path| path == STDIN) {
        return Err("`--watch` looks at files, and standard input is none".to_owned().into());
    }
    let folders = folders(paths);
    let mut seen = state(&folders);
    loop {
        // What is wrong may be right after the next change.
        if let Err(failed) = work() {
            print::failed(&failed);
        }
        report!("waiting for changes; Ctrl-C ends");
        seen = changed(&folders, &seen);
    }
}

/// The directories that are looked at: each once, none below another.
fn folders(paths: &[String]) -> Vec<PathBuf> {
    let of_path = |path: &String| match Path::new(path) {
        path if path.is_dir() => path.to_owned(),
        path => path.parent().unwrap_or(Path::new("")).to_owned(),
    };
    let here = PathBuf::from(".");
    let others = paths.iter().map(of_path).filter(|path| !is_below_here(path));
    std::iter::once(here).chain(others).collect()
}

fn is_below_here(path: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path);
    let (Ok(here), Ok(path)) = (whole(Path::new(".")), whole(path)) else {
        return path.is_relative();
    };
    path.starts_with(here)
}

fn state(folders: &[PathBuf]) -> State {
    // What goes away while it is looked at is not there.
    let entries = folders.iter().flat_map(|folder| files::walker(folder)).flatten();
    let paths = entries.map(ignore::DirEntry::into_path).filter(|path| is_wanted(path));
    paths.map(|path| (path.clone(), of_file(&path))).collect()
}

fn is_wanted(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn of_file(path: &Path) -> Option<(SystemTime, u64)> {
    let found = fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}

/// Waits until the files are others than before, and stay so from one look to the next; says which.
fn changed(folders: &[PathBuf], before: &State) -> State {
    let mut last = before.clone();
    loop {
        let begun = Instant::now();
        let now = state(folders);
        if now != *before && now == last {
            report_changed(before, &now);
            return now;
        }
        last = now;
        sleep(PAUSE.max(begun.elapsed().saturating_mul(SHARE)));
    }
}

fn report_changed(before: &State, now: &State) {
    let is_other = |path: &&PathBuf| before.get(*path) != now.get(*path);
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let paths: Vec<&PathBuf> = now.keys().chain(gone).filter(is_other).collect();
    let named: Vec<String> = paths.iter().take(MAX_NAMED).map(|path| shown(path)).collect();
    let more = match paths.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    report!("\nchanged: {}{more}", named.join(", "));
}

fn shown(path: &Path) -> String {
    reader::shown(path.strip_prefix(".").unwrap_or(path))
}
