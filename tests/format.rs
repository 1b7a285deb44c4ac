//! The canonical layout, held to its laws over the corpus, the hostile programs, the examples and generated programs: what is laid out
//! stays as it is, reads as the same tree, gives the same for the same steps and bytes, and keeps its comments in order. What it looks
//! like is in `tests/format/`: after a change, `UPDATE_FORMAT=1 cargo test --features oracle --test format`, and read the difference.

#![cfg(feature = "oracle")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::oracle::{evaluate_on_machine, generate, print_twice, recognise};
use selvedge::{Engine, FixedHost, FormatOptions, Inputs, Limits, Schema, UnknownNames};

#[path = "support/corpus.rs"]
mod corpus;

/// So narrow that everything breaks that can; so that much does; and on one line.
fn layouts() -> [FormatOptions; 3] {
    let layout = FormatOptions::default;
    [layout().width(1), layout().width(30), layout().one_line(true)]
}

fn engine() -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let limits = Limits::default().steps(20_000).memory(200_000).source_length(1_000_000);
    let builder = Engine::builder().host(host).limits(limits);
    builder.unknown_names(UnknownNames::Null).build()
}

/// The comments of a program, without the white space at the ends of their lines; `None` if it does not parse.
fn comments(source: &str) -> Option<Vec<Vec<String>>> {
    let events = recognise(source)?.ok()?;
    let comments = events.comments.iter().map(|comment| comment.of(source));
    let lines = comments.map(|comment| comment.lines().map(|line| line.trim().to_owned()).collect());
    Some(lines.collect())
}

/// The laws that need no evaluation. Says whether the program parses, so that they hold of something.
fn holds_laws(engine: &Engine, source: &str) -> Result<bool, String> {
    for layout in layouts() {
        let Ok(formatted) = engine.format(source, &layout) else {
            return Ok(false);
        };
        let wrong = |what: &str| format!("{what}, {layout:?}\n{source}\n---\n{formatted}");
        let again = engine
            .format(&formatted, &layout)
            .map_err(|error| wrong(&error.to_string()))?;
        if again != formatted {
            return Err(format!("{}\n---\n{again}", wrong("formatted again it differs")));
        }
        let printed = |source| print_twice(source).map(|(printed, _)| printed);
        if printed(source) != printed(&formatted) {
            return Err(wrong("it is another tree"));
        }
        if !source.contains("\\u") && comments(source) != comments(&formatted) {
            return Err(wrong("its comments differ"));
        }
        if formatted.lines().any(|line| line.ends_with(' ')) || formatted.contains("\n\n\n") {
            return Err(wrong("it has blanks at the end of a line, or blank lines in a row"));
        }
    }
    Ok(true)
}

/// That a program gives the same, laid out or not.
fn gives_the_same(engine: &Engine, source: &str, inputs: &Inputs) -> Result<(), String> {
    let schema = Schema::infer_from(inputs.as_map().iter());
    // Of an error its place is another one.
    let told = |source: &str| {
        let verdict = evaluate_on_machine(engine, source, &schema, inputs);
        let verdict = verdict.map(|verdict| {
            (
                verdict.outcome.map_err(|(code, message, _)| (code, message)),
                verdict.usage,
            )
        });
        let refused = |errors: Vec<selvedge::diagnostic::Diagnostic>| {
            let told = errors.into_iter().map(|error| (error.code, error.message));
            told.collect::<Vec<_>>()
        };
        format!("{:?}", verdict.map_err(refused))
    };
    for layout in [
        FormatOptions::default().width(20),
        FormatOptions::default().one_line(true),
    ] {
        let formatted = engine.format(source, &layout).map_err(|error| error.to_string())?;
        let (before, after) = (told(source), told(&formatted));
        if before != after {
            return Err(format!(
                "{source}\n---\n{formatted}\n  gives {after}\n  and gave {before}"
            ));
        }
    }
    Ok(())
}

#[test]
fn the_corpus_holds_the_laws() {
    let engine = engine();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (source, inputs) in corpus::corpus() {
        match holds_laws(&engine, &source) {
            Ok(true) => {
                count += 1;
                wrong.extend(gives_the_same(&engine, &source, &inputs).err());
            }
            Ok(false) => {}
            Err(error) => wrong.push(error),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n\n")
    );
    assert!(count > 5_000, "of {count} programs");
}

#[test]
fn programs_of_attacks_hold_the_laws() {
    let engine = engine();
    let mut count = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks")).unwrap() {
        for line in fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let Some(source) = case["source"].as_str().or(case["expr"].as_str()) else {
                continue;
            };
            count += usize::from(holds_laws(&engine, source).unwrap_or_else(|error| panic!("{error}")));
        }
    }
    assert!(count > 100, "of {count} programs");
}

/// A program with comments and line breaks put between its tokens, as bytes choose.
fn commented(source: &str, choices: &[u8]) -> String {
    const BETWEEN: [&str; 12] = [
        " // end\n",
        "\n// own\n",
        " /* in */ ",
        "\n/* ahead */ ",
        " /* behind */\n",
        "\n\n/* two\n * lines */\n",
        "\n\n\n",
        "/**/",
        "\n  // a\n\n  // b\n",
        " /* x */ /* y */ ",
        "\r\n",
        "\n/* odd\n   lines */ ",
    ];
    let Some(Ok(events)) = recognise(source) else {
        return source.to_owned();
    };
    // A place in front of a token that stands in no other.
    let whole = [
        "string",
        "spliced",
        "number",
        "identifier",
        "infix",
        "conversion",
        "label",
    ];
    let held = |at: u32| {
        let mut around = events.rules.iter().filter(|(rule, ..)| whole.contains(&&**rule));
        around.any(|(_, start, end)| *start < at && at < *end)
    };
    let mut places: Vec<u32> = events
        .rules
        .iter()
        .map(|(_, start, _)| *start)
        .filter(|at| !held(*at))
        .collect();
    places.extend(
        source
            .match_indices([',', ')', ';', '}', ']'])
            .map(|(at, _)| at as u32)
            .filter(|at| !held(*at)),
    );
    places.sort_unstable();
    places.dedup();
    let mut text = source.to_owned();
    for (place, choice) in places.iter().rev().zip(choices.iter().cycle()) {
        if let Some(between) = BETWEEN.get(usize::from(*choice) % 40) {
            text.insert_str(*place as usize, between);
        }
    }
    text
}

#[test]
fn generated_programs_hold_the_laws_with_comments_anywhere() {
    let cases = std::env::var("SELVEDGE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let (engine, count, comment_count) = (engine(), std::cell::Cell::new(0), std::cell::Cell::new(0));
    let inputs: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&inputs).unwrap();
    let mut runner = TestRunner::new(Config {
        cases: cases.unwrap_or(1_000),
        failure_persistence: None,
        ..Config::default()
    });
    let choices = proptest::collection::vec(any::<u8>(), 0..160);
    let outcome = runner.run(&choices, |choices| {
        let program = generate::program(&choices);
        let with_comments = commented(&program, &choices);
        for source in [&program, &with_comments] {
            let held = holds_laws(&engine, source).map_err(TestCaseError::fail)?;
            count.set(count.get() + u32::from(held));
            if held {
                comment_count.set(comment_count.get() + comments(source).map_or(0, |comments| comments.len()));
                gives_the_same(&engine, source, &inputs).map_err(TestCaseError::fail)?;
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(count.get() > 1_000, "of {} programs", count.get());
    assert!(comment_count.get() > 1_000, "of {} comments", comment_count.get());
}

#[test]
fn the_corpus_holds_the_laws_with_comments_anywhere() {
    let engine = engine();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (index, (source, _)) in corpus::corpus().into_iter().enumerate() {
        let choices: Vec<u8> = (0..7).map(|step| (index * 31 + step * 17) as u8).collect();
        match holds_laws(&engine, &commented(&source, &choices)) {
            Ok(held) => count += u32::from(held),
            Err(error) => wrong.push(error),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n\n")
    );
    assert!(count > 5_000, "of {count} programs");
}

/// Each `*.sel` of `tests/format/` and what it is laid out as, in a file beside it.
#[test]
fn programs_look_as_their_files_show() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "sel"));
    names.sort();
    assert!(!names.is_empty());
    for path in names {
        let source = fs::read_to_string(&path).unwrap();
        holds_laws(&engine(), &source).unwrap();
        let formatted = engine().format(&source, &FormatOptions::default().width(60)).unwrap() + "\n";
        let golden = path.with_extension("formatted");
        if std::env::var_os("UPDATE_FORMAT").is_some() {
            fs::write(&golden, &formatted).unwrap();
        }
        assert_eq!(formatted, fs::read_to_string(&golden).unwrap(), "{}", golden.display());
    }
}

/// The stack that a level of nesting is held against, as for compiling.
const STACK_BYTES: usize = if cfg!(debug_assertions) { 2 << 20 } else { 256 << 10 };

#[test]
fn what_nests_as_deep_as_it_may_fits_the_stack() {
    let forms = [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("x[", "1", "]"),
        ("m.f(", "1", ")"),
        ("m.f(x -> ", "1", ")"),
        ("{a: ", "1", "}"),
        ("c ? ", "1", " : 2"),
        ("new int[]{", "1", "}"),
        ("switch (c) { case 1 -> ", "1", "; default -> 2; }"),
        ("if (c) { ", "x = 1;", " }"),
        ("if (c) ", "x = 1;", ""),
        ("while (c) { ", "x = 1;", " }"),
        ("x = ", "1", ""),
        ("a || b && c == d < e + f * -(", "1", ")"),
    ];
    let deepest = move || {
        let engine = Engine::builder().limits(Limits::default().nesting(80)).build();
        for (open, inner, close) in forms {
            let nested = |depth: usize| format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            let mut depths = (1..=80).rev();
            let formatted =
                depths.find_map(|depth| engine.format(&nested(depth), &FormatOptions::default().width(1)).ok());
            assert!(formatted.is_some_and(|text| text.len() > 80), "{open}");
        }
    };
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(deepest)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn line_breaks_are_those_of_the_source() {
    let formatted = |source| Engine::default().format(source, &FormatOptions::default()).unwrap();
    assert_eq!(formatted("a = 1;\r\nreturn a;\r\n"), "a = 1;\r\nreturn a;");
    assert_eq!(
        formatted("a = 1; /* x\r\n y */\nreturn a;"),
        "a = 1; /* x\r\n y */\r\nreturn a;"
    );
    assert_eq!(formatted("a = 1;\nreturn a;\r\n"), "a = 1;\nreturn a;");
}

#[test]
fn what_does_not_parse_is_refused_as_compiling_does() {
    let (engine, options) = (Engine::default(), FormatOptions::default());
    for source in ["1 +", "a b", "if (x { }", "x = ;", "'a", "/* a", "{ a: "] {
        let refused = engine.format(source, &options).unwrap_err();
        let compiled = engine.compile(source, &Schema::open()).unwrap_err();
        assert_eq!(refused.diagnostics()[0], compiled.diagnostics()[0], "{source}");
    }
}
