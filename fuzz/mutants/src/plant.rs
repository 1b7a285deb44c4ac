//! Writes a copy of the tree with the mutants in it. What is put in stands on the lines that were there.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sites::{Insert, Site};

/// The module that says which mutant is on.
const SWITCH: &str = r#"
//! Which mutant is on.

static ACTIVE: std::sync::LazyLock<usize> =
    std::sync::LazyLock::new(|| std::env::var("SELVEDGE_MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(usize::MAX));

pub(crate) fn is(mutant: usize) -> bool {
    *ACTIVE == mutant
}
"#;

/// Where a mutant's text lies in the file of the copy.
pub(crate) struct Planted {
    pub(crate) site: usize,
    pub(crate) range: Range<usize>,
}

/// Copies what git knows of the tree, and what is not yet added; a file that is the same is left alone, for the compiler's sake.
fn copy_tree(root: &Path, copy: &Path) -> Result<(), String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| error.to_string())?;
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let known: HashSet<PathBuf> = names.split_terminator('\0').map(|name| copy.join(name)).collect();
    for folder in ["src", "tests"] {
        remove_stale(&copy.join(folder), &known)?;
    }
    for name in names.split_terminator('\0') {
        if let Ok(bytes) = fs::read(root.join(name)) {
            write_changed(&copy.join(name), &bytes)?;
        }
    }
    Ok(())
}

/// Removes the files that the tree has no longer.
fn remove_stale(folder: &Path, known: &HashSet<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            remove_stale(&path, known)?;
        } else if !known.contains(&path) && !path.ends_with("src/mutant.rs") {
            fs::remove_file(&path).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

fn write_changed(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Plants the chosen sites; gives for each file where they lie.
pub(crate) fn plant(
    root: &Path,
    copy: &Path,
    sites: &[Site],
    chosen: &[usize],
) -> Result<BTreeMap<String, Vec<Planted>>, String> {
    // The sources last, so that each is written once: as it was, it would look changed.
    let mut by_file = BTreeMap::<&str, Vec<usize>>::new();
    for site in sites {
        by_file.entry(&site.file).or_default();
    }
    for &site in chosen {
        by_file.entry(&sites[site].file).or_default().push(site);
    }
    let mut planted = BTreeMap::new();
    let mut kept = Vec::new();
    for (file, here) in by_file {
        let source = fs::read_to_string(root.join(file)).map_err(|error| error.to_string())?;
        let (text, places) = with_inserts(&source, sites, &here);
        kept.push((copy.join(file), text));
        planted.insert(file.to_owned(), places);
    }
    let lib = fs::read_to_string(root.join("src/lib.rs")).map_err(|error| error.to_string())?;
    kept.push((copy.join("src/lib.rs"), lib + "\nmod mutant;\n"));
    kept.push((copy.join("src/mutant.rs"), SWITCH.to_owned()));
    let before: Vec<_> = kept
        .iter()
        .map(|(path, _)| (fs::read(path).ok(), modified(path)))
        .collect();
    copy_tree(root, copy)?;
    for ((path, text), (old, time)) in kept.iter().zip(before) {
        write_changed(path, text.as_bytes())?;
        if let (true, Some(time)) = (old.is_some_and(|old| old == text.as_bytes()), time) {
            let file = fs::File::options()
                .write(true)
                .open(path)
                .map_err(|error| error.to_string())?;
            file.set_modified(time).map_err(|error| error.to_string())?;
        }
    }
    Ok(planted)
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The text of a file with the sites' inserts. Where two begin at one place the longer one is the outer one.
fn with_inserts(source: &str, sites: &[Site], here: &[usize]) -> (String, Vec<Planted>) {
    // (place, closes before it opens, order, text, site)
    let mut inserts: Vec<(usize, bool, isize, String, usize)> = Vec::new();
    for &at in here {
        let site = &sites[at];
        let length = site.range.len().cast_signed();
        for Insert { place, text, closes } in &site.inserts {
            let order = if *closes { length } else { -length };
            inserts.push((
                *place,
                !closes,
                order,
                text.replace("SWITCH", &format!("crate::mutant::is({at})")),
                at,
            ));
        }
    }
    inserts.sort_by_key(|(place, opens, order, _, at)| {
        (
            *place,
            *opens,
            *order,
            if *opens { at.cast_signed() } else { -at.cast_signed() },
        )
    });
    let mut text = String::with_capacity(source.len() * 2);
    let mut ranges = BTreeMap::<usize, Range<usize>>::new();
    let mut done = 0;
    for (place, _, _, insert, at) in inserts {
        text.push_str(&source[done..place]);
        done = place;
        let start = text.len();
        text.push_str(&insert);
        ranges.entry(at).or_insert(start..start).end = text.len();
    }
    text.push_str(&source[done..]);
    let places = ranges
        .into_iter()
        .map(|(site, range)| Planted { site, range })
        .collect();
    (text, places)
}
