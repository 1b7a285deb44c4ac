//! Every public function that reads or walks what comes from outside can be stopped: it takes an `Interrupt`, or has a form that
//! does, or stands below with what it does instead. A new one fails here. Those of schemas, values and answers are stopped at every
//! look; `stopped_calls` stops those of definitions.
#![cfg(all(feature = "oracle", feature = "params"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

#[path = "support/sources.rs"]
mod sources;
#[path = "support/stops.rs"]
mod stops;

use selvedge::diagnostic::Code;
use selvedge::oracle::stretches;
use selvedge::params::DefinitionError;
use selvedge::platform::Platform;
use selvedge::workflow::{AnswerError, Answers};
use selvedge::{Interrupt, Map, Schema, SchemaError, Value, ValueError};
use serde_json::Value as Json;
use sources::{is_test, library_sources};
use stops::{AFTER, BETWEEN, after, all_looks};

/// What a function's arguments are of, where they come from outside.
const OUTSIDE: [&str; 17] = [
    "text: ",
    "source: ",
    "&[u8]",
    "Json",
    "Serialize",
    "Map",
    "Saved",
    "Value",
    "samples",
    "ParameterSet",
    "Workflow",
    "&Self",
    "[Self]",
    "Schema",
    "Inputs",
    "Diagnostic",
    "Blueprint",
];

/// Functions under another name that the interrupt is given to.
const STOPPED_BY: [(&str, &str); 11] = [
    ("Engine::compile_uncached", "Engine::compile_with"),
    ("Engine::lint", "Engine::lint_with"),
    ("Engine::lint_for", "Engine::lint_with"),
    ("Inputs::from_serialize", "Value::from_serialize_with"),
    ("Schema::from_sample", "Schema::from_samples_with"),
    ("Program::evaluate", "Evaluation::timeout"),
    ("Evaluation::evaluate", "Evaluation::timeout"),
    ("Evaluation::trace", "Evaluation::timeout"),
    ("Evaluation::profile", "Evaluation::timeout"),
    ("Project::from_toml", "Project::from_toml_reading_with"),
    ("Unfolding::start", "Unfolding::start_with"),
];

/// Functions that nothing stops, and why.
const NOT_STOPPED: [(&[&str], &str); 9] = [
    (
        &[
            "Answer::new",
            "Blueprint::begun",
            "Blueprint::builder",
            "BlueprintBuilder::signal",
            "BlueprintBuilder::subworkflow",
            "BlueprintBuilder::surroundings",
            "CheckedFile::new",
            "Checker::with_schema",
            "Checker::with_signal",
            "Defaults::with_steps",
            "Defaults::with_template",
            "Defaults::with_type",
            "Defaults::with_workflow",
            "Definition::expression",
            "Definition::literal",
            "Definition::members",
            "Evaluation::context",
            "Event::ended",
            "File::new",
            "Finding::new",
            "FixtureText::json",
            "FixtureText::yaml",
            "HostFunction::call",
            "HostFunction::constant",
            "HostFunction::in_context",
            "HostFunction::new",
            "Inputs::set",
            "Inputs::with",
            "Levels::apply",
            "List::push",
            "Map::insert",
            "Platform::insert_constant",
            "Platform::readable",
            "Platform::with_parameters",
            "QuotedIndent::new",
            "Scope::with_signal",
            "Scope::with_signal_types",
            "Scope::with_types",
            "Scope::with_values",
            "Stub::expression",
            "Stub::value",
            "Template::new",
        ],
        "moves what it is given, or hands it on",
    ),
    (
        &[
            "::escape",
            "::escape_annotation",
            "::escape_annotation_property",
            "::escape_lines",
            "::quote",
            "::render",
            "::render_in",
            "LineIndex::new",
            "Position::at",
            "Span::of",
        ],
        "one pass over a text, at some gigabyte a second or to a bounded length",
    ),
    (
        &["InputSizes::covers", "InputSizes::of", "Size::covers", "Size::of"],
        "one pass over values, which copies nothing",
    ),
    (
        &[
            "Defaults::under_workflow",
            "ParameterSet::redefine",
            "ParameterSet::set_values",
            "ParameterSet::set_values_for",
        ],
        "one pass over definitions that the host holds, each copied once",
    ),
    (
        &["ParameterSet::knows"],
        "one pass over the names of values, which copies those that are unknown",
    ),
    (&["HostFunctions::with_missing"], "one pass over the names of functions"),
    (
        &["::updated", "CoveredFile::of"],
        "one pass over a file that was read and run before",
    ),
    (
        &["Unfolding::restore_pieces"],
        "reads the head, and frames as calls need them, each of which a call wrote within its budget",
    ),
    (
        &["Workflow::changes_since"],
        "one pass over two definitions, whose readers bound what they hold",
    ),
];

/// The public functions of the library by type and name, with their arguments.
fn functions() -> BTreeMap<String, String> {
    let mut functions = BTreeMap::new();
    for (_, text) in library_sources().filter(|(file, _)| !is_test(file)) {
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let (mut ty, mut lines) = (String::new(), text.lines());
        while let Some(line) = lines.next() {
            if line.starts_with('}') {
                ty.clear();
            }
            if let Some(head) = line.strip_prefix("impl") {
                let name = head.split(" for ").last().unwrap().trim_end_matches('{').trim();
                let name = name
                    .strip_prefix('<')
                    .and_then(|rest| rest.split_once("> "))
                    .map_or(name, |(_, name)| name);
                ty = name.chars().take_while(|next| next.is_alphanumeric()).collect();
            }
            let declared = line.trim_start().strip_prefix("pub ");
            let declared = declared.map(|rest| rest.strip_prefix("const ").unwrap_or(rest));
            let Some(rest) = declared.and_then(|rest| rest.strip_prefix("fn ")) else {
                continue;
            };
            let mut signature = rest.to_owned();
            while !signature.ends_with(['{', ';']) {
                signature += lines.next().unwrap().trim();
            }
            let (name, arguments) = signature.split_at(signature.find(['(', '<']).unwrap());
            // The last arrow: arguments may be functions.
            let arguments = arguments
                .rsplit_once("->")
                .map_or(arguments, |(arguments, _)| arguments);
            functions.insert(format!("{ty}::{name}"), arguments.to_owned());
        }
    }
    functions
}

#[test]
fn what_reads_outside_data_can_be_stopped() {
    let functions = functions();
    assert!(
        functions.len() > 200,
        "the public functions were not found: {}",
        functions.len()
    );
    let is_stopped = |arguments: &String| arguments.contains("&Interrupt");
    let by_other: BTreeMap<&str, &str> = STOPPED_BY.into_iter().collect();
    let mut listed: BTreeSet<&str> = NOT_STOPPED.iter().flat_map(|(names, _)| *names).copied().collect();
    let mut wrong = Vec::new();
    for (name, arguments) in &functions {
        let reads = OUTSIDE.iter().any(|kind| arguments.contains(kind));
        if !reads || is_stopped(arguments) || functions.get(&format!("{name}_with")).is_some_and(is_stopped) {
            continue;
        }
        match by_other.get(&**name) {
            Some(other) if functions.contains_key(*other) => {}
            Some(other) => wrong.push(format!("{name}: there is no {other}")),
            None if listed.remove(&**name) => {}
            None => wrong.push(format!("{name}({arguments}: nothing stops it")),
        }
    }
    wrong.extend(listed.into_iter().map(|name| format!("{name}: listed, and not found")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reads something stopped after each look, and holds the end against what it gives without.
fn read_stopped<T: PartialEq, E: PartialEq + std::fmt::Debug>(
    what: &str,
    plain: &Result<T, E>,
    is_stopped: impl Fn(&E) -> bool,
    read: impl Fn(&Interrupt) -> Result<T, E>,
) {
    let (mut stops, _) = (0, stretches());
    for looks in all_looks() {
        let came = read(&after(looks));
        let stretches = stretches();
        assert!(
            stretches.longest <= BETWEEN && stretches.after_stop <= AFTER,
            "{what}: {stretches:?}"
        );
        match &came {
            Err(error) if is_stopped(error) => stops += 1,
            _ => {
                assert!(came == *plain, "{what}");
                assert!(stops > 8, "{what}: {stops} stops");
                return;
            }
        }
    }
}

#[test]
fn schemas_values_and_answers_that_are_stopped_give_what_they_give_without() {
    let many = |entry: &str| {
        let entries: Vec<String> = (0..4_000).map(|n| entry.replace("{n}", &n.to_string())).collect();
        entries.join(", ")
    };
    let cancelled = |error: &SchemaError| *error == SchemaError::Cancelled;
    let documents = [
        format!(r#"{{"properties": {{{}}}}}"#, many(r#""p{n}": {"type": "integer"}"#)),
        format!(r#"{{"properties": {{"p": {{"enum": [{}]}}}}}}"#, many("{n}")),
        format!(r#"{{"properties": {{"p": {{"const": [{}]}}}}}}"#, many("{n}")),
        format!(r#"{{"properties": {{"p": {{{}}}}}}}"#, many(r#""x-{n}": 1"#)),
        format!(
            r#"{{"properties": {{"p": {{"anyOf": [{}]}}}}}}"#,
            many(r#"{"type": "string"}"#)
        ),
        format!(
            r#"{{"properties": {{{}}}, "$defs": {{"d": {{"type": "string"}}}}}}"#,
            many(r##""p{n}": {"$ref": "#/$defs/d"}"##)
        ),
    ];
    for text in &documents {
        let document: Json = serde_json::from_str(text).unwrap();
        let plain = Schema::from_json_schema(&document);
        read_stopped(text, &plain, cancelled, |interrupt| {
            Schema::from_json_schema_with(&document, interrupt)
        });
    }
    let sample: Json = serde_json::from_str(&format!("{{{}}}", many(r#""p{n}": [1, 2.5]"#))).unwrap();
    let plain = Schema::from_samples([&sample]);
    read_stopped("a sample", &plain, cancelled, |interrupt| {
        Schema::from_samples_with([&sample], interrupt)
    });
    let plain = Value::from_serialize(&sample);
    let stopped = |error: &ValueError| error.message() == "the host cancelled the reading";
    read_stopped("a value", &plain, stopped, |interrupt| {
        Value::from_serialize_with(&sample, interrupt)
    });
    for description in [
        format!(r#"{{"functions": {{{}}}}}"#, many(r#""f{n}": {"result": "long"}"#)),
        format!(r#"{{"constants": {{{}}}}}"#, many(r#""C{n}": [{n}]"#)),
        format!(r#"{{"parameters": {{{}}}}}"#, many(r#""p{n}": "long?""#)),
        format!(r#"{{"unknown": {{{}}}}}"#, many(r#""u{n}": 1"#)),
    ] {
        let plain = Platform::from_json(&description);
        let stopped = |error: &DefinitionError| error.problems()[0].code() == Code::Cancelled;
        read_stopped("a description", &plain, stopped, |interrupt| {
            Platform::from_json_with(&description, interrupt)
        });
    }
    for answers in [
        many(r#""s{n}": {"rows": 1}"#),
        many(r#""s{n}": {"status": "failed"}"#),
        format!(r#""s": {{"outputs": {{{}}}}}"#, many(r#""o{n}": 1"#)),
    ] {
        let answers: Map = serde_json::from_str(&format!("{{{answers}}}")).unwrap();
        let plain = Answers::from_map(&answers);
        let stopped = |error: &AnswerError| error.stopped_by() == Some(Code::Cancelled);
        read_stopped("answers", &plain, stopped, |interrupt| {
            Answers::from_map_with(&answers, interrupt)
        });
    }
}
