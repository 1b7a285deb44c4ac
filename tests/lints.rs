//! What the lints say: each line of `tests/lints.jsonl` is a program and all that is said of it; no entry means nothing is.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use selvedge::lint::{Lint, LintName, LintSet};
use selvedge::{Engine, Schema};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: String,
    #[serde(default)]
    schema: Schema,
    /// Lints that are not looked for by default.
    #[serde(default)]
    with: Vec<String>,
    /// Each lint's name, the text it points at, and the program after its suggestion, where it has one.
    #[serde(default)]
    lints: Vec<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Expected {
    name: String,
    at: String,
    fixed: Option<String>,
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lints.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(read).collect()
}

/// The source after a lint's suggestion was applied.
fn fixed(lint: &Lint, source: &str) -> Option<String> {
    let suggestion = lint.diagnostic.suggestion.as_ref()?;
    let mut fixed = source.to_owned();
    let range = suggestion.span.start as usize..suggestion.span.end as usize;
    fixed.replace_range(range, &suggestion.replacement);
    Some(fixed)
}

impl Case {
    fn wanted(&self) -> LintSet {
        let named = self.with.iter().map(|name| name.parse::<LintName>().unwrap());
        named.fold(LintSet::default(), LintSet::with)
    }

    fn lints(&self) -> Vec<Lint> {
        let lints = Engine::default().lint_for(&self.source, &self.schema, self.wanted());
        lints.unwrap_or_else(|error| panic!("{}\n{}", self.source, error.report("case")))
    }
}

#[test]
fn every_case_gets_its_lints_and_no_more() {
    let wrong = cases().into_iter().filter_map(|case| {
        let given = case.lints().into_iter().map(|lint| Expected {
            name: lint.name.to_string(),
            at: lint.diagnostic.span.of(&case.source).to_owned(),
            fixed: fixed(&lint, &case.source),
        });
        let given: Vec<Expected> = given.collect();
        (given != case.lints).then(|| format!("{}\n  {given:?}", case.source))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_lint_has_a_case() {
    let shown: BTreeSet<String> = cases()
        .into_iter()
        .flat_map(|case| case.lints)
        .map(|lint| lint.name)
        .collect();
    let all: BTreeSet<String> = LintName::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(shown, all);
}

#[test]
fn a_suggestion_leaves_a_program_that_compiles_without_its_lint() {
    for case in cases() {
        for lint in case.lints() {
            let Some(fixed) = fixed(&lint, &case.source) else {
                continue;
            };
            let again = Engine::default().lint_for(&fixed, &case.schema, case.wanted());
            let again = again.unwrap_or_else(|error| panic!("{}", error.report("fixed")));
            let before = case.lints().iter().filter(|other| other.name == lint.name).count();
            let after = again.iter().filter(|other| other.name == lint.name).count();
            assert!(after < before, "{fixed}");
        }
    }
}

#[test]
fn what_is_said_is_whole() {
    for case in cases() {
        for lint in case.lints() {
            let diagnostic = &lint.diagnostic;
            assert!(!diagnostic.is_error(), "{lint:?}");
            assert!(
                diagnostic.help.as_ref().is_some_and(|help| !help.is_empty()),
                "{lint:?}"
            );
            assert!(!diagnostic.message.ends_with('.'), "{lint:?}");
            assert_eq!(diagnostic.code, lint.name.code());
        }
    }
}
