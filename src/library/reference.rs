//! The library's reference page, `docs/LIBRARY.md`, made from the declarations; the tests run its examples.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::declaration::{Accepts, Effect, Example, Function, Gives, Receiver};
use super::functions;
use crate::engine::{Engine, UnknownNames};
use crate::host::FixedHost;
use crate::inputs::Inputs;
use crate::types::{Schema, Type};

const INTRODUCTION: &str = "# The library

Every function of the language, with what it takes, gives and costs. This page is made from the declarations in `src/library`,
and each example on it runs as a test. To make it anew after a change: `UPDATE_DOCS=1 cargo test --lib library::reference`.

*Steps* and *bytes* are what a call takes from the budgets. What is said here comes on top of the step that each operation
costs; a string costs 64 bytes beside its own, an array 64 beside its elements, a map 256 and 128 for each entry, a date or
another object 128.
";

/// The heading under which a function stands.
fn heading(function: &Function) -> String {
    match function.receiver {
        Receiver::Static(class) | Receiver::Constructor(class) | Receiver::Constant(class) => format!("`{class}`"),
        Receiver::Instance(ty) => format!("{ty} values"),
    }
}

fn accepted(accepts: Accepts) -> String {
    match accepts {
        Accepts::Exactly(ty) => ty.name().to_owned(),
        Accepts::Number => "LONG or DOUBLE".to_owned(),
        Accepts::OneOf(types) => types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(" or "),
        Accepts::Anything => "any value".to_owned(),
    }
}

fn signature(function: &Function) -> String {
    let mut parameters: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name).collect();
    if function.variadic {
        parameters.push("…");
    }
    let parameters = parameters.join(", ");
    let Function { name, result, .. } = function;
    match function.receiver {
        Receiver::Static(class) => format!("{class}.{name}({parameters}) → {result}"),
        Receiver::Constructor(class) => format!("new {class}({parameters}) → {result}"),
        Receiver::Constant(class) => format!("{class}.{name} → {result}"),
        Receiver::Instance(_) => format!(".{name}({parameters}) → {result}"),
    }
}

fn cost(function: &Function) -> String {
    let mut cost = match function.cost.steps {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    };
    let receiver = usize::from(matches!(function.receiver, Receiver::Instance(_)));
    let mut offset = 0;
    for index in 0..function.parameters.len() + receiver {
        if function.cost.measured.iter().any(|measured| measured.offset == offset) {
            let what = match index.checked_sub(receiver).and_then(|index| function.parameters.get(index)) {
                Some(parameter) => format!("`{}`", parameter.name),
                None => "the text".to_owned(),
            };
            let _ = write!(cost, ", a step for each 16 bytes of {what}");
        }
        offset += if function.argument_type(index) == Type::Any { 2 } else { 1 };
    }
    if !function.cost.besides.is_empty() {
        let _ = write!(cost, "; {}", function.cost.besides);
    }
    cost
}

fn example(example: &Example) -> String {
    match example.gives {
        Gives::Value(json) => format!("{} → {json}", example.source),
        Gives::Error(code) => format!("{} → error {code}", example.source),
        Gives::Something => format!("{} → depends on the host", example.source),
    }
}

/// The reference page.
fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut under = String::new();
    for (_, function) in functions() {
        let heading = heading(function);
        if heading != under {
            let _ = write!(page, "\n## {heading}\n");
            under = heading;
        }
        let _ = write!(page, "\n### `{}`\n\n{}", signature(function), function.about);
        match function.effect {
            Effect::None => {}
            Effect::Clock => page.push_str(" Reads the host's clock."),
            Effect::Random => page.push_str(" Reads the host's randomness."),
        }
        page.push_str("\n\n");
        for parameter in function.parameters {
            let accepted = accepted(parameter.accepts);
            let _ = writeln!(page, "- `{}` ({accepted}): {}", parameter.name, parameter.about);
        }
        let _ = write!(page, "- costs {}\n\n```text\n", cost(function));
        for each in function.examples {
            let _ = writeln!(page, "{}", example(each));
        }
        page.push_str("```\n");
    }
    page
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
        "docs/LIBRARY.md is stale: make it anew with `UPDATE_DOCS=1 cargo test --lib library::reference`"
    );
}

#[test]
fn every_function_is_documented_and_has_an_example() {
    for (_, function) in functions() {
        let signature = signature(function);
        assert!(!function.about.is_empty(), "{signature}");
        assert!(function.about.ends_with('.'), "{signature}: {}", function.about);
        assert!(!function.examples.is_empty(), "{signature}");
        assert!(!matches!(function.examples[0].gives, Gives::Error(_)), "{signature}");
        for parameter in function.parameters {
            assert!(!parameter.about.is_empty(), "{signature}: {}", parameter.name);
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
            let source = match example.source.contains("return ") {
                true => example.source.to_owned(),
                false => format!("return {};", example.source),
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
                (Gives::Something, Ok(outcome)) => outcome.value_type() == function.result || !outcome.value().is_null(),
                _ => false,
            };
            assert!(fits, "{}: {source}: {example:?}: came {came:?}", signature(function));
        }
    }
}
