//! Which module may import which, as the table in `docs/ARCHITECTURE.md` says, and how large their files may be.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[path = "support/file_graph.rs"]
mod file_graph;
#[path = "support/sources.rs"]
mod sources;

use file_graph::FileGraph;
use sources::{is_test, sources};

/// A file of more lines than this is two modules. The loop that runs code is the longest.
const MAX_LINES: usize = 560;

type Table = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words in backticks of a table's cell.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The table under the heading `Modules`: each module, and what it may import.
fn declared() -> Table {
    let page = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let section = page
        .split("\n## Modules\n")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        (names(cells[1]).pop_first().unwrap(), names(cells[3]))
    })
    .collect()
}

/// The module a file of `src` is in.
fn module(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a text names after `crate::`, tests left out: they stand at the end of a file.
fn imports(text: &str) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = BTreeSet::new();
    for line in code {
        for path in line.split("crate::").skip(1) {
            found.insert(path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

#[test]
fn modules_import_what_the_table_allows() {
    let declared = declared();
    let mut used: Table = declared
        .keys()
        .map(|module| (module.clone(), BTreeSet::new()))
        .collect();
    for (file, text) in sources("src") {
        let module = module(&file);
        if module == "lib" || module == "bin" || is_test(&file) {
            continue;
        }
        let Some(used) = used.get_mut(&module) else {
            panic!("src/{} is in no module of the table", file.display());
        };
        used.extend(imports(&text).into_iter().filter(|imported| *imported != module));
    }
    for (module, used) in used {
        assert_eq!(
            used, declared[&module],
            "what `{module}` imports (left), and what the table says (right)"
        );
    }
}

#[test]
fn no_two_modules_import_each_other_however_far_around() {
    let mut left = declared();
    while let Some(floor) = left
        .iter()
        .find(|(_, imports)| imports.is_empty())
        .map(|(module, _)| module.clone())
    {
        left.remove(&floor);
        for imports in left.values_mut() {
            imports.remove(&floor);
        }
    }
    assert!(left.is_empty(), "these modules import each other: {left:?}");
}

#[test]
fn no_two_files_name_each_other_however_far_around() {
    let sources = sources("src");
    let command = Path::new("bin/selvedge");
    let in_library = sources.iter().filter(|(file, _)| !file.starts_with("bin"));
    let in_command = sources
        .iter()
        .filter_map(|(file, text)| Some((file.strip_prefix(command).ok()?, text)));
    let library: Vec<(&Path, &str)> = in_library.map(|(file, text)| (file.as_path(), text.as_str())).collect();
    let command: Vec<(&Path, &str)> = in_command.map(|(file, text)| (file, text.as_str())).collect();
    let (library, command) = (FileGraph::of(&library), FileGraph::of(&command));
    let mut knotted = library.knotted();
    knotted.extend(command.knotted());
    assert!(knotted.is_empty(), "these files name each other: {knotted:#?}");
}

#[test]
fn the_command_sees_the_public_surface_alone() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(library.contains("#![forbid(unsafe_code)]"));
    for (file, text) in sources("src").into_iter().filter(|(file, _)| module(file) == "bin") {
        let own = [
            "around",
            "eval",
            "exit",
            "batch",
            "check",
            "completions",
            "deadline",
            "defaults",
            "doc",
            "document",
            "explain",
            "fmt",
            "graph",
            "given",
            "output",
            "overwrite",
            "params",
            "plan",
            "print",
            "profile",
            "project",
            "reader",
            "repl",
            "settings",
            "signals",
            "source",
            "test",
            "unfold",
            "watch",
        ];
        let stranger = imports(&text).into_iter().find(|name| !own.contains(&name.as_str()));
        assert_eq!(stranger, None, "src/{}", file.display());
    }
}

#[test]
fn each_dependency_stays_in_its_module() {
    let homes: [(&str, &[&str]); 11] = [
        ("pest", &["syntax"]),
        ("regex_syntax", &["library/java/regex"]),
        ("memchr", &["library/java/regex"]),
        ("jiff", &["library/joda"]),
        ("clap", &["bin"]),
        ("rustyline", &["bin/selvedge/repl"]),
        ("ignore", &["bin/selvedge/check"]),
        ("globset", &["bin/selvedge/check", "project"]),
        ("toml", &["params/document"]),
        // Definitions are read within bounds, files of others with the places of their texts.
        ("saphyr_parser", &["params/document", "project/tree"]),
        ("tracing", &["engine/spans.rs"]),
    ];
    for (file, text) in sources("src") {
        for (name, homes) in homes {
            let mentions = text
                .lines()
                .any(|line| line.trim_start().starts_with(&format!("use {name}::")));
            assert!(
                !mentions || homes.iter().any(|home| file.starts_with(home)),
                "src/{} uses {name}",
                file.display()
            );
        }
    }
}

#[test]
fn files_state_their_purpose_and_stay_small() {
    for (file, text) in sources("src") {
        let name = file.display();
        assert!(
            text.starts_with("//! "),
            "src/{name} does not say its purpose in its first line"
        );
        assert!(
            !text.contains("use crate::{"),
            "src/{name}: one `use` for each module, so that this test can read them"
        );
        let generated = text.starts_with("//! Made from `grammar/selvedge.pest`.");
        let lines = text.lines().count();
        assert!(
            generated || lines <= MAX_LINES,
            "src/{name} has {lines} lines: is it two modules?"
        );
    }
}

/// Where the files stand that the pages name, from the project's root.
const FOLDERS: [&str; 12] = [
    "",
    "src",
    "src/bin/selvedge",
    "src/syntax",
    "src/syntax/grammar",
    "tests",
    "tests/attacks",
    "docs",
    "fuzz",
    "fuzz/search",
    "fuzz/search/src/searcher",
    "fuzz/mutants",
];

#[test]
fn files_that_the_pages_name_are_there() {
    let is_file = |name: &str| {
        let ends = [".rs", ".jsonl", ".sh", ".toml", ".txt", ".pest", ".md"];
        ends.iter().any(|end| name.ends_with(end)) && !name.contains(['*', ' ', '<', '{'])
    };
    let mut missing = Vec::new();
    for page in [
        "docs/SECURITY.md",
        "docs/ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "fuzz/README.md",
    ] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with("$ "));
        for name in lines.flat_map(names).filter(|name| is_file(name)) {
            if !FOLDERS.iter().any(|folder| root().join(folder).join(&name).exists()) {
                missing.push(format!("{page}: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
