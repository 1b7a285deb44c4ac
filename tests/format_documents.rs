//! Expressions inside documents, formatted by the command: the programs of the corpus in each style of YAML and in JSON, and the
//! documents of the examples. Each text means what it meant, the rest of a file stays, and formatting again changes nothing.

#![cfg(all(feature = "cli", feature = "oracle"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use selvedge::oracle::print_twice;
use selvedge::params::{Body, ParameterSet};
use selvedge::{Engine, FormatOptions};

#[path = "support/corpus.rs"]
mod corpus;

/// How many expressions a document has.
const OF_A_DOCUMENT: usize = 400;

/// A folder that is empty, and gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("selvedge-fmt-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Formats what is in it, and then once more, which changes nothing.
    fn format(&self) {
        let call = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
            let output = command.arg("fmt").args(arguments).arg(&self.0).output().unwrap();
            let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
            (output.status.code(), text)
        };
        let (code, text) = call(&[]);
        assert_eq!(code, Some(0), "{text}");
        let (code, text) = call(&["--diff"]);
        assert_eq!(code, Some(0), "{text}");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The programs of the corpus that parse, each once.
fn programs() -> Vec<String> {
    let engine = Engine::default();
    let mut programs: Vec<String> = corpus::corpus().into_iter().map(|(source, _)| source).collect();
    programs.sort();
    programs.dedup();
    programs.retain(|source| engine.format(source, &FormatOptions::default()).is_ok() && !source.trim().is_empty());
    programs
}

/// A way to write a text as a value of YAML or JSON; `None` if the style cannot hold it.
type Style = fn(&str) -> Option<String>;

fn double_quoted(text: &str) -> Option<String> {
    serde_json::to_string(text).ok()
}

/// What YAML holds only behind escapes.
fn is_escaped(next: char) -> bool {
    next.is_control() || next == '\u{feff}'
}

fn single_quoted(text: &str) -> Option<String> {
    let fits = !text.contains(is_escaped) && text.trim() == text;
    fits.then(|| format!("'{}'", text.replace('\'', "''")))
}

fn plain(text: &str) -> Option<String> {
    let begins = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_text = begins && text.parse::<f64>().is_err() && !["true", "false", "null"].contains(&text);
    let fits = !text.contains(|next: char| is_escaped(next) || next == '#')
        && !text.contains(": ")
        && !text.ends_with([':', ' ']);
    (is_text && fits).then(|| text.to_owned())
}

fn block(text: &str) -> Option<String> {
    let fits = text.trim() == text
        && !text.contains(['\r', '\t'])
        && text.chars().all(|next| next == '\n' || !is_escaped(next));
    fits.then(|| format!("|\n    {}", text.replace('\n', "\n    ")))
}

fn folded(text: &str) -> Option<String> {
    let fits = block(text).is_some() && !text.contains('\n') && !text.contains("  ");
    fits.then(|| format!(">\n    {text}"))
}

/// The expressions that a document defines, in order.
fn expressions(text: &str, is_json: bool) -> Vec<String> {
    let set = match is_json {
        true => ParameterSet::from_json(text),
        false => ParameterSet::from_yaml(text),
    };
    let set = set.unwrap_or_else(|error| panic!("{error}\n{text}"));
    let sources = set.iter().map(|(name, definition)| match definition.body() {
        Body::Expression(source) => source.to_string(),
        _ => panic!("{name} is not an expression"),
    });
    sources.collect()
}

/// What of a text no formatting changes: the order of the other characters.
fn rest(text: &str) -> String {
    let escapes = text.replace("\\n", "").replace("\\r", "");
    escapes
        .chars()
        .filter(|next| !next.is_whitespace() && *next != ',')
        .collect()
}

fn holds(name: &str, style: Style, is_json: bool) {
    let folder = Folder::new(name);
    let mut written = Vec::new();
    let texts: Vec<String> = programs().iter().filter_map(|program| style(program)).collect();
    assert!(texts.len() > 1_000, "{name}: {} texts", texts.len());
    for (number, texts) in texts.chunks(OF_A_DOCUMENT).enumerate() {
        let mut document = String::from(if is_json { "{" } else { "# head\n" });
        for (index, text) in texts.iter().enumerate() {
            let _ = match is_json {
                true => write!(
                    document,
                    "{}\n  \"e{index}\":  {{\"type\": \"LONG\",\"expression\":{text}}}",
                    if index > 0 { "," } else { "" }
                ),
                false => writeln!(document, "'!e{index}':   {text}\n# behind   {index}"),
            };
        }
        document.push_str(if is_json { "\n}" } else { "" });
        let path = folder
            .0
            .join(format!("{number}.{}", if is_json { "json" } else { "yaml" }));
        fs::write(&path, &document).unwrap();
        written.push((path, document));
    }
    folder.format();
    let mut changed = 0;
    for (path, before) in written {
        let after = fs::read_to_string(&path).unwrap();
        changed += usize::from(before != after);
        assert_eq!(rest(&before), rest(&after), "{}", path.display());
        for (before, after) in expressions(&before, is_json).iter().zip(expressions(&after, is_json)) {
            let printed = |source: &str| print_twice(source).map(|(printed, _)| printed);
            assert_eq!(printed(before), printed(&after), "{before}\n---\n{after}");
        }
    }
    assert!(changed > 1, "{name}: {changed} documents were formatted");
}

#[test]
fn texts_of_json_hold() {
    holds("json", double_quoted, true);
}

#[test]
fn texts_of_yaml_hold_in_each_style() {
    holds("double", double_quoted, false);
    holds("single", single_quoted, false);
    holds("plain", plain, false);
    holds("block", block, false);
    holds("folded", folded, false);
}

/// The files below a folder that are documents.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
        {
            found.push(path);
        }
    }
    found
}

#[test]
fn documents_of_the_examples_keep_the_rest() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, mut copies) = (Folder::new("examples"), Vec::new());
    for (number, path) in documents(&root.join("examples/definitions")).into_iter().enumerate() {
        let text = fs::read_to_string(&path).unwrap();
        let copy = folder
            .0
            .join(number.to_string())
            .with_extension(path.extension().unwrap());
        fs::write(&copy, &text).unwrap();
        copies.push((copy, text));
    }
    assert!(copies.len() > 3);
    folder.format();
    for (copy, before) in copies {
        assert_eq!(rest(&before), rest(&fs::read_to_string(copy).unwrap()));
    }
}
