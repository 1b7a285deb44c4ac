//! The files to check: those named, those that patterns match, and those in directories that no ignore file leaves out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;
use selvedge::diagnostic::{escape, quote};
use selvedge::project::{File, Project};

use crate::deadline::Deadline;
use crate::reader::{self, STDIN};

/// A file with patterns of files that are not checked, as in `.gitignore`.
const IGNORE_FILE: &str = ".selvedgeignore";
/// The files that are looked at in a directory, by the ends of their names.
const EXTENSIONS: [&str; 4] = ["sel", "json", "yaml", "yml"];

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Where it is read from; none for standard input.
    pub(crate) path: Option<PathBuf>,
    /// What to call it, with `/` between its parts.
    pub(crate) name: String,
    /// Whether the user named it, rather than a directory or pattern it was found by.
    pub(crate) is_named: bool,
}

impl Target {
    /// The file as it is looked at, or why it cannot be.
    pub(crate) fn file(&self, deadline: Deadline) -> Result<File, String> {
        let bytes = self.read(deadline);
        let bytes = bytes.map_err(|error| format!("the file cannot be read: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| "the file is not UTF-8 text".to_owned())?;
        let file = File::new(self.name.clone(), text);
        Ok(if self.is_named { file } else { file.found() })
    }

    /// Its text.
    pub(crate) fn read(&self, deadline: Deadline) -> Result<Vec<u8>, std::io::Error> {
        match &self.path {
            Some(path) => reader::bytes(path, deadline),
            None => reader::stdin(deadline),
        }
    }
}

/// The ends of the names of fixtures, which `selvedge test` reads.
const FIXTURES: [&str; 3] = [".test.yaml", ".test.yml", ".test.json"];

/// Whether a file is a fixture, by its name.
pub(crate) fn is_fixture(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.to_ascii_lowercase();
    FIXTURES.iter().any(|end| name.ends_with(end))
}

/// The files to check that the arguments stand for, each once, in the order of their names. Fixtures are left to `selvedge test`.
pub(crate) fn find(paths: &[String], stdin_name: &str, project: &Project) -> Result<Vec<Target>, String> {
    let mut found = find_where(paths, stdin_name, &|file| is_checked(file, project))?;
    if found.is_empty() {
        let paths: Vec<String> = paths.iter().map(|path| quote(path)).collect();
        let ends = EXTENSIONS.map(|extension| format!("`.{extension}`")).join(", ");
        return Err(format!(
            "no files in {}: they end in {ends}, or are named in selvedge.toml, and no ignore file leaves them out",
            paths.join(", ")
        ));
    }
    found.retain(|target| !target.path.as_deref().is_some_and(is_fixture));
    Ok(found)
}

/// The files that the arguments stand for, each once, in the order of their names: in directories those that are wanted.
pub(crate) fn find_where(
    paths: &[String],
    stdin_name: &str,
    wanted: &dyn Fn(&Path) -> bool,
) -> Result<Vec<Target>, String> {
    let mut found: BTreeMap<String, Target> = BTreeMap::new();
    for path in paths {
        let targets = match path.as_str() {
            STDIN => vec![Target {
                path: None,
                name: stdin_name.to_owned(),
                is_named: true,
            }],
            path if Path::new(path).is_dir() => walk(Path::new(path), wanted)?,
            path if Path::new(path).exists() => vec![target(Path::new(path), true)],
            path if path.contains(['*', '?', '[', '{']) => matching(path)?,
            path => return Err(format!("{}: no such file or directory", escape(path))),
        };
        for target in targets {
            let known = found.entry(target.name.clone()).or_insert_with(|| target.clone());
            known.is_named |= target.is_named;
        }
    }
    Ok(found.into_values().collect())
}

fn target(path: &Path, is_named: bool) -> Target {
    let name = path.display().to_string().replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name).to_owned();
    Target {
        path: Some(path.to_owned()),
        name,
        is_named,
    }
}

fn is_checked(path: &Path, project: &Project) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let extension = extension.unwrap_or_default().to_ascii_lowercase();
    EXTENSIONS.contains(&extension.as_str()) || project.has_rule(path)
}

/// Goes through what is below a directory and no ignore file leaves out.
pub(crate) fn walker(root: &Path) -> ignore::Walk {
    let mut builder = WalkBuilder::new(root);
    builder
        .require_git(false)
        .add_custom_ignore_filename(IGNORE_FILE)
        .parents(true);
    builder.build()
}

/// The files below a directory that no ignore file leaves out.
fn walk(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<Target>, String> {
    let mut targets = Vec::new();
    for entry in walker(root) {
        let entry = entry.map_err(|error| escape(&error.to_string()))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && wanted(entry.path()) {
            targets.push(target(entry.path(), false));
        }
    }
    Ok(targets)
}

/// The files that a pattern such as `flows/**/*.yaml` matches.
fn matching(pattern: &str) -> Result<Vec<Target>, String> {
    let plain = pattern.strip_prefix("./").unwrap_or(pattern);
    let glob = GlobBuilder::new(plain).literal_separator(true).build();
    let matcher = glob.map_err(|error| escape(&error.to_string()))?.compile_matcher();
    // The walk begins where the pattern does.
    let fixed = plain.split('/').take_while(|part| !part.contains(['*', '?', '[', '{']));
    let fixed = fixed.collect::<Vec<_>>().join("/");
    let root = match fixed.as_str() {
        "" if plain.starts_with('/') => "/",
        "" => ".",
        fixed => fixed,
    };
    if !Path::new(root).is_dir() {
        return Err(format!("{}: no file matches this pattern", escape(pattern)));
    }
    let wanted = |path: &Path| matcher.is_match(path.strip_prefix("./").unwrap_or(path));
    let targets = walk(Path::new(root), &wanted)?;
    match targets.is_empty() {
        true => Err(format!("{}: no file matches this pattern", escape(pattern))),
        false => Ok(targets),
    }
}
