//! The Rust files of a folder of the project.

use std::fs;
use std::path::{Path, PathBuf};

/// All Rust files below a folder, in order, each with its path from there and its text.
pub(crate) fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.sort();
    let texts = files.into_iter().map(|file| {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        (file.strip_prefix(&root).unwrap().to_owned(), text)
    });
    texts.collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Those of the library, without the command's and the hidden `oracle`.
#[allow(dead_code, reason = "not every suite is about the library")]
pub(crate) fn library_sources() -> impl Iterator<Item = (PathBuf, String)> {
    let in_library = |file: &Path| !file.starts_with("bin") && !file.starts_with("oracle");
    sources("src").into_iter().filter(move |(file, _)| in_library(file))
}

/// Whether a file holds tests: it is `tests.rs`, or in a folder `tests`.
#[allow(dead_code, reason = "not every suite leaves tests out")]
pub(crate) fn is_test(file: &Path) -> bool {
    file.iter().any(|part| part == "tests" || part == "tests.rs")
}
