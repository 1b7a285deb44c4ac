//! The reference page, `docs/LIBRARY.md`, and the run of all its examples.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::engine::{Engine, UnknownNames};
use crate::host::FixedHost;
use crate::inputs::Inputs;
use crate::library::declaration::{Gives, Receiver};
use crate::library::functions;
use crate::library::reference::{FunctionReference, library_functions};
use crate::schema::Schema;

const INTRODUCTION: &str = "# The library

Every function of the language, with what it takes, gives and costs. This page is made from the declarations in `src/library`,
and each example on it runs as a test. To make it anew after a change: `UPDATE_DOCS=1 cargo test --lib library_page`.

*Steps* and *bytes* are what a call takes from the budgets. What is said here comes on top of the step that each operation
costs; a string costs 64 bytes beside its own, an array 64 beside its elements, a map 256 and 128 for each entry, a date or
another object 128.

The functions and constants of `String`, `Long`, `Double`, `DateTimeZone`, `DateTimeFormat`, `Days` and `UUID` are also reached
through a value of the class, as in SEL: `'any'.join('-', 'a', 'b')` is `String.join('-', 'a', 'b')`. `String.valueOf` is not.
";

/// The reference page.
fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut under = String::new();
    for function in library_functions() {
        let heading = match function.0.receiver {
            Receiver::Instance(ty) => format!("{ty} values"),
            Receiver::OneOf([crate::types::Type::Map]) => "MAP values".to_owned(),
            Receiver::OneOf(_) => "Arrays and LIST values".to_owned(),
            _ => format!("`{}`", function.owner()),
        };
        if heading != under {
            let _ = write!(page, "\n## {heading}\n");
            under = heading;
        }
        push_function(&mut page, function);
    }
    page
}

fn push_function(page: &mut String, function: FunctionReference) {
    let _ = write!(page, "\n### `{}`\n\n{}", function.signature(), function.about());
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
fn the_reference_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/LIBRARY.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/LIBRARY.md is stale: make it anew with `UPDATE_DOCS=1 cargo test --lib library_page`"
    );
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
