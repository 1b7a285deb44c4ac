//! Every type, trait and function of the public surface has an example in its documentation, which `cargo test --doc` runs; and
//! public enums and structs with public fields may grow.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "support/sources.rs"]
mod sources;

use sources::library_sources;

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The texts of the library's files.
fn texts() -> Vec<String> {
    library_sources().map(|(_, text)| text).collect()
}

/// The crate's root and its public modules, as text.
fn public_modules() -> Vec<String> {
    let root = read(&src().join("lib.rs"));
    let modules = root
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let modules = modules.filter(|module| *module != "oracle");
    let mut texts: Vec<String> = modules.map(|module| read(&src().join(module).join("mod.rs"))).collect();
    texts.push(root);
    texts
}

/// The names that `pub use` statements give on.
fn given_on(text: &str) -> impl Iterator<Item = &str> {
    let statements = text
        .split("\npub use ")
        .skip(1)
        .map(|rest| rest.split(';').next().unwrap());
    let lists = statements.map(|path| match path.split_once('{') {
        Some((_, list)) => list.trim_end().trim_end_matches('}'),
        None => path.rsplit("::").next().unwrap(),
    });
    lists.flat_map(|list| list.split(',').map(str::trim).filter(|name| !name.is_empty()))
}

/// What a line declares as public: its keyword and name. A function counts where it stands free, at the line's start.
fn declared(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const fn ").map_or(rest, |_| &rest["const ".len()..]);
    let (keyword, rest) = rest.split_once(' ')?;
    let known = match keyword {
        "struct" | "enum" | "trait" => true,
        "fn" | "const" | "type" => !line.starts_with(' '),
        _ => false,
    };
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    known.then_some((keyword, &rest[..end]))
}

/// Whether the documentation before a line of a text has an example: a fence in the lines up to the empty one before.
fn has_example(lines: &[&str], declaration: usize) -> bool {
    let above = lines[..declaration].iter().rev().take_while(|line| !line.is_empty());
    let fences = above.filter(|line| line.trim_start().starts_with("/// ```"));
    fences.count() >= 2
}

/// The names of the public surface.
fn public(modules: &[String]) -> BTreeSet<&str> {
    let mut public: BTreeSet<&str> = modules.iter().flat_map(|module| given_on(module)).collect();
    let own = modules.iter().flat_map(|module| module.lines());
    public.extend(
        own.filter(|line| !line.starts_with(' '))
            .filter_map(|line| Some(declared(line)?.1)),
    );
    // They stand in the root for their tests alone.
    public.retain(|name| !["Readme", "Embedding", "Budgets"].contains(name));
    public
}

/// The structs whose public fields are all there will be, and why.
const COMPLETE: [(&str, &str); 3] = [
    ("Span", "a range is two offsets"),
    ("Position", "a place in a text is a line and a column"),
    ("FixedHost", "a field for each question that `Host` asks"),
];

/// Whether a struct's declaration has a field that is public.
fn has_public_fields(lines: &[&str], declaration: usize) -> bool {
    let line = lines[declaration];
    let indent = &line[..line.len() - line.trim_start().len()];
    let end = format!("{indent}}}");
    let body = lines[declaration + 1..].iter().take_while(|line| **line != end);
    line.contains("(pub ")
        || line.ends_with('{') && body.map(|line| line.trim_start()).any(|line| line.contains("pub "))
}

#[test]
fn public_data_may_grow() {
    let modules = public_modules();
    let texts = texts();
    let public = public(&modules);
    let (mut closed, mut seen) = (BTreeSet::new(), 0);
    for text in &texts {
        let lines: Vec<&str> = text.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            let name = match declared(line).filter(|(_, name)| public.contains(name)) {
                Some(("enum", name)) => name,
                Some(("struct", name)) if has_public_fields(&lines, place) => name,
                _ => continue,
            };
            seen += 1;
            let mut above = lines[..place]
                .iter()
                .rev()
                .take_while(|line| line.trim_start().starts_with(['#', '/']));
            if !above.any(|line| line.trim() == "#[non_exhaustive]") {
                closed.insert(name);
            }
        }
    }
    assert!(seen > 40, "the public enums and structs were not found: {seen}");
    let complete: BTreeSet<&str> = COMPLETE.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        closed, complete,
        "public and without `#[non_exhaustive]` (left), and those that are complete (right): see CONTRIBUTING.md"
    );
}

#[test]
fn every_public_item_has_an_example() {
    let modules = public_modules();
    let texts = texts();
    let public = public(&modules);
    let mut missing = public.clone();
    let mut bare = BTreeSet::new();
    for text in &texts {
        let lines: Vec<&str> = text.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            let Some((keyword, name)) = declared(line).filter(|(_, name)| public.contains(name)) else {
                continue;
            };
            missing.remove(name);
            if !has_example(&lines, place) {
                bare.insert(format!("{keyword} {name}"));
            }
        }
    }
    assert!(public.len() > 50, "the public names were not found: {public:?}");
    assert!(missing.is_empty(), "public, but declared nowhere in src: {missing:?}");
    assert!(bare.is_empty(), "without an example in the documentation: {bare:?}");
}
