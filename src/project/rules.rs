//! What `selvedge.toml` says of files: where expressions stand in them, and what they may read.

use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};

use super::json_path::Pattern;
use crate::diagnostic::escape;
use crate::params::DefinitionError;
use crate::params::document::{Kind as NodeKind, Node, Reader};
use crate::params::problem::index_path;
use crate::platform::Platform;
use crate::schema::Schema;

const KEYS: [&str; 7] = [
    "glob",
    "kind",
    "expression-keys",
    "deterministic",
    "paths",
    "parameters",
    "schema",
];
const KINDS: [(&str, Kind); 3] = [
    ("workflow", Kind::Workflow),
    ("parameters", Kind::Parameters),
    ("texts", Kind::Texts),
];

/// What to do with the files that a pattern matches.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    matcher: GlobMatcher,
    /// What they hold; by their shape where it is not said.
    pub(crate) kind: Option<Kind>,
    /// Where expressions stand, such as `$.jobs[*].when`.
    pub(crate) paths: Vec<Pattern>,
    /// Whether keys that begin with `!` have expressions.
    pub(crate) expression_keys: bool,
    /// Whether they are to give the same for the same parameters.
    pub(crate) deterministic: bool,
    /// The parameters that they may read; `None` if the file does not say.
    pub(crate) schema: Option<Schema>,
}

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A workflow's definition.
    Workflow,
    /// A map of parameters' definitions.
    Parameters,
    /// Texts, of which those at the paths given are expressions.
    Texts,
}

/// Gives the text of another file that the settings name, or says why there is none.
pub(crate) type ReadFile<'r> = &'r mut dyn FnMut(&Path) -> Result<String, String>;

impl Rule {
    /// Whether it is about a file, whose name is relative to the folder of the settings.
    pub(crate) fn matches(&self, name: &Path) -> bool {
        self.matcher.is_match(name)
    }
}

/// The rules of the settings.
pub(crate) fn read(reader: &mut Reader, node: Node, read_file: ReadFile<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (index, node) in reader.elements(node, "files").into_iter().enumerate() {
        rules.extend(rule(reader, node, &index_path("files", index), read_file));
    }
    rules
}

fn rule(reader: &mut Reader, node: Node, path: &str, read_file: ReadFile<'_>) -> Option<Rule> {
    let place = node.place;
    let is_map = matches!(node.kind, NodeKind::Map(_));
    let mut entries = reader.entries(node, path);
    if is_map && !entries.contains_key("glob") {
        reader.wrong(path, place, "missing key `glob`");
    }
    let matcher = reader.taken(&mut entries, path, "glob", glob);
    let kind = reader.taken(&mut entries, path, "kind", |reader, node, path| {
        reader.word(&node, path, "kind of files", &KINDS)
    });
    let flag = |reader: &mut Reader, node: Node, path: &str| reader.flag(&node, path);
    let expression_keys = reader.taken(&mut entries, path, "expression-keys", flag);
    let deterministic = reader.taken(&mut entries, path, "deterministic", flag);
    let paths = reader.taken(&mut entries, path, "paths", |reader, node, path| {
        Some(patterns(reader, node, path))
    });
    let declared = reader.taken(&mut entries, path, "schema", |reader, node, path| {
        schema_file(reader, &node, path, read_file)
    });
    let parameters = reader.taken(&mut entries, path, "parameters", |reader, node, path| {
        Some(reader.schema(node, path))
    });
    reader.unknown_keys(&entries, path, &KEYS);
    let schema = match (declared, parameters) {
        (Some(declared), Some(parameters)) => Some(parameters.with_missing(&declared)),
        (declared, parameters) => parameters.or(declared),
    };
    Some(Rule {
        matcher: matcher?,
        kind,
        paths: paths.unwrap_or_default(),
        expression_keys: expression_keys.unwrap_or_default(),
        deterministic: deterministic.unwrap_or_default(),
        schema,
    })
}

fn glob(reader: &mut Reader, node: Node, path: &str) -> Option<GlobMatcher> {
    let text = reader.text(&node, path)?;
    let glob = GlobBuilder::new(&text).literal_separator(true).build();
    let wrong = |error: globset::Error| reader.wrong(path, node.place, escape(&error.to_string()));
    glob.map_err(wrong).ok().map(|glob| glob.compile_matcher())
}

fn patterns(reader: &mut Reader, node: Node, path: &str) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (index, node) in reader.elements(node, path).iter().enumerate() {
        let path = index_path(path, index);
        let Some(text) = reader.text(node, &path) else {
            continue;
        };
        match Pattern::parse(&text) {
            Ok(pattern) => patterns.push(pattern),
            Err(why) => reader.wrong(&path, node.place, escape(&why)),
        }
    }
    patterns
}

/// The text of a file that the settings name, and what it is called.
fn other_file(reader: &mut Reader, node: &Node, path: &str, read_file: ReadFile<'_>) -> Option<(String, String)> {
    let name = reader.text(node, path)?;
    let text = read_file(Path::new(&name));
    let text = text.map_err(|why| reader.wrong(path, node.place, why)).ok()?;
    Some((escape(&name), text))
}

/// The schema of a file that the settings name.
fn schema_file(reader: &mut Reader, node: &Node, path: &str, read_file: ReadFile<'_>) -> Option<Schema> {
    let (name, text) = other_file(reader, node, path, read_file)?;
    let read = serde_json::from_str(&text);
    let wrong = |error: serde_json::Error| {
        let why = escape(&error.to_string());
        reader.wrong(path, node.place, format!("{name}: {why}"));
    };
    read.map_err(wrong).ok()
}

/// The description of a platform in a file that the settings name.
pub(crate) fn platform_file(reader: &mut Reader, node: &Node, path: &str, read_file: ReadFile<'_>) -> Option<Platform> {
    let (name, text) = other_file(reader, node, path, read_file)?;
    let read = Platform::from_json(&text);
    let wrong = |refused: DefinitionError| {
        for problem in refused.problems() {
            let message = format!("{name}: {problem}");
            match problem.help() {
                Some(help) => reader.wrong_with_help(path, node.place, message, help),
                None => reader.wrong(path, node.place, message),
            }
        }
    };
    read.map_err(wrong).ok()
}
