//! The pages of the reference, `docs/LIBRARY.md` and `docs/library/`, and the run of all their examples.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use indexmap::IndexMap;

use crate::engine::{Engine, UnknownNames};
use crate::host::FixedHost;
use crate::inputs::Inputs;
use crate::library::declaration::{Gives, Receiver};
use crate::library::functions;
use crate::library::reference::{FunctionReference, library_functions};
use crate::schema::Schema;

/// What to do with the library, by groups: `# group`, then `what to do: functions`, each as `page.name` or as it is written.
const TASKS: &str = include_str!("library_tasks.txt");

const INTRODUCTION: &str = "# The library

Every function of the language by what it is for, and a page for each class with what its functions take, give and cost. These pages are
made from the declarations in `src/library`, and each example on them runs as a test. To make them anew after a change:
`UPDATE_DOCS=1 cargo test --lib library_page`.

*Steps* and *bytes* are what a call takes from the budgets. What is said here comes on top of the step that each operation
costs; a string costs 64 bytes beside its own, an array 64 beside its elements, a map 256 and 128 for each entry, a date or
another object 128.

The functions and constants of `String`, `Long`, `Double`, `DateTimeZone`, `DateTimeFormat`, `Days` and `UUID` are also reached
through a value of the class, as in SEL: `'any'.join('-', 'a', 'b')` is `String.join('-', 'a', 'b')`. `String.valueOf` is not.
";

/// A page of the reference: its file's name, its title, and whose functions it has.
struct Page {
    slug: &'static str,
    title: &'static str,
    owners: &'static [&'static str],
}

const fn page(slug: &'static str, title: &'static str, owners: &'static [&'static str]) -> Page {
    Page { slug, title, owners }
}

const PAGES: &[Page] = &[
    page("arrays", "Arrays and lists", &["array", "Arrays"]),
    page("map", "Maps", &["MAP", "Map"]),
    page("string", "Texts: `String`", &["STRING", "String"]),
    page("long", "Integers: `Long`", &["LONG", "Long"]),
    page("double", "Floats: `Double`", &["DOUBLE", "Double"]),
    page("boolean", "Truth values: `Boolean`", &["Boolean"]),
    page("math", "`Math`", &["Math"]),
    page("any", "Values of any type", &["ANY"]),
    page("util", "Days as numbers: `Util`", &["Util"]),
    page(
        "date-time",
        "`DateTime`",
        &["DateTime", "DATETIME", "DATETIME_PROPERTY"],
    ),
    page(
        "date-time-format",
        "`DateTimeFormat`",
        &["DateTimeFormat", "DateTimeFormatter", "DATETIME_FORMATTER"],
    ),
    page("date-time-zone", "`DateTimeZone`", &["DateTimeZone", "DATETIME_ZONE"]),
    page(
        "durations",
        "`Days`, `Hours`, `Minutes`, `Duration`",
        &[
            "Days",
            "DATETIME_DAYS",
            "Hours",
            "DATETIME_HOURS",
            "Minutes",
            "DATETIME_MINUTES",
            "Duration",
            "DATETIME_DURATION",
        ],
    ),
    page("date-time-constants", "`DateTimeConstants`", &["DateTimeConstants"]),
    page("json", "`Json`", &["Json"]),
    page("hash", "`Hash`", &["Hash"]),
    page("base64", "`Base64`", &["Base64"]),
    page("url", "`Url`", &["Url"]),
    page("system", "`System`", &["System"]),
    page("uuid", "`UUID`", &["UUID"]),
];

impl Page {
    fn functions(&self) -> impl Iterator<Item = FunctionReference> {
        library_functions().filter(|function| self.owners.contains(&function.owner()))
    }

    fn text(&self) -> String {
        let mut text = format!("# {}\n", self.title);
        for function in self.functions() {
            push_function(&mut text, function);
        }
        text
    }
}

/// How a function is called in the index, and how it is shown there.
fn names(page: &Page, function: FunctionReference) -> (String, String) {
    let signature = function.signature();
    let written = signature.split(['(', ' ']).next().unwrap_or_default();
    match function.0.receiver {
        Receiver::Constructor(class) => (format!("new {class}"), format!("new {class}")),
        _ if written.starts_with('.') => (format!("{}{written}", page.slug), written.to_owned()),
        _ => (written.to_owned(), written.to_owned()),
    }
}

/// The fragment by which a heading is linked to, as GitHub and mdbook make it.
fn fragment(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept
        .chars()
        .filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Each function as the index calls it, with a link to the first of its name.
fn links() -> IndexMap<String, String> {
    let mut links = IndexMap::new();
    for page in PAGES {
        for function in page.functions() {
            let (name, shown) = names(page, function);
            let target = format!("library/{}.md#{}", page.slug, fragment(&function.signature()));
            links.entry(name).or_insert(format!("[`{shown}`]({target})"));
        }
    }
    links
}

/// The index, by what there is to do.
fn index() -> String {
    let (links, mut page) = (links(), INTRODUCTION.to_owned());
    for line in TASKS.lines() {
        match line.strip_prefix("# ") {
            Some(group) => {
                let _ = write!(page, "\n## {group}\n\n| to do | functions |\n| --- | --- |\n");
            }
            None => {
                let (task, functions) = line.split_once(": ").unwrap();
                let functions = functions.split(", ").map(|name| links[name].as_str());
                let _ = writeln!(page, "| {task} | {} |", functions.collect::<Vec<_>>().join(", "));
            }
        }
    }
    page.push_str("\n## Class by class\n\n");
    for Page { slug, title, .. } in PAGES {
        let _ = writeln!(page, "- [{title}](library/{slug}.md)");
    }
    page
}

fn push_function(page: &mut String, function: FunctionReference) {
    let _ = write!(page, "\n## `{}`\n\n{}", function.signature(), function.about());
    if function.is_beyond_sel() {
        page.push_str(" Beyond SEL.");
    }
    if function.reads_clock() {
        page.push_str(" Reads the host's clock.");
    }
    if function.reads_random() {
        page.push_str(" Reads the host's randomness.");
    }
    page.push_str("\n\n");
    for parameter in function.parameters() {
        let (name, accepts, about) = (parameter.name(), parameter.accepts(), parameter.about());
        let _ = writeln!(page, "- `{name}` ({accepts}): {about}");
    }
    let _ = write!(page, "- costs {}\n\n```text\n", function.cost());
    for (source, gives) in function.examples() {
        let _ = writeln!(page, "{source} → {gives}");
    }
    page.push_str("```\n");
}

#[test]
#[cfg(feature = "datetime")]
fn the_reference_pages_are_up_to_date() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pages = PAGES
        .iter()
        .map(|page| (format!("library/{}.md", page.slug), page.text()));
    for (name, text) in pages.chain([("LIBRARY.md".to_owned(), index())]) {
        let path = docs.join(&name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == text,
            "docs/{name} is stale: make it anew with `UPDATE_DOCS=1 cargo test --lib library_page`"
        );
    }
}

#[test]
fn every_function_has_a_page_and_a_task() {
    for function in library_functions() {
        let pages = PAGES.iter().filter(|page| page.owners.contains(&function.owner()));
        assert_eq!(pages.count(), 1, "{}: {}", function.owner(), function.signature());
    }
    let tasks = TASKS.lines().filter(|line| !line.starts_with('#'));
    let named = tasks.flat_map(|line| line.split_once(": ").unwrap().1.split(", "));
    let named: Vec<&str> = named.collect();
    for name in links().keys() {
        assert!(named.contains(&name.as_str()), "library_tasks.txt lacks `{name}`");
    }
}

#[test]
fn every_function_is_documented_and_has_an_example() {
    for function in library_functions() {
        let signature = function.signature();
        assert!(function.about().ends_with('.'), "{signature}: {}", function.about());
        assert!(function.examples().len() > 0, "{signature}");
        assert!(
            !function.examples().next().unwrap().1.starts_with("error"),
            "{signature}"
        );
        for parameter in function.parameters() {
            assert!(!parameter.about().is_empty(), "{signature}: {}", parameter.name());
        }
    }
}

#[test]
fn every_example_gives_what_it_says() {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 7,
    };
    let engine = Engine::builder().unknown_names(UnknownNames::Error).host(host).build();
    for (_, function) in functions() {
        for example in function.examples {
            let source = if example.source.contains("return ") {
                example.source.to_owned()
            } else {
                format!("return {};", example.source)
            };
            let came = match engine.compile(&source, &Schema::new()) {
                Ok(program) => program.evaluate(&Inputs::new()).map_err(|error| error.to_string()),
                Err(error) => Err(error.report("example")),
            };
            let fits = match (&example.gives, &came) {
                (Gives::Value(json), Ok(outcome)) => {
                    let text = serde_json::to_string(outcome.value()).unwrap();
                    let given: serde_json::Value = serde_json::from_str(&text).unwrap();
                    given == serde_json::from_str::<serde_json::Value>(json).unwrap()
                }
                (Gives::Error(code), Err(error)) => error.contains(code),
                (Gives::Something, Ok(outcome)) => !outcome.value().is_null(),
                _ => false,
            };
            assert!(fits, "{source}: {example:?}: came {came:?}");
        }
    }
}
