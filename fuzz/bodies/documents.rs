//! Documents: texts with parameters, sets, and files as the command reads them.

use selvedge::diagnostic::{Code, escape_json, escape_lines};
use selvedge::oracle;
use selvedge::params::{ParameterSet, Problem, Scope, Template};
use selvedge::workflow::Workflow;
use selvedge::{LineIndex, Position};

use super::{LENIENT, check_text, text};

/// What stands in a text for parameters is found and put in; a set of parameters in JSON or YAML is read, planned and evaluated,
/// or refused with honest problems, and the same each time.
pub(crate) fn interpolation(data: &[u8]) {
    let source = text(data);
    let template = Template::new(&source);
    let references = template.references();
    let rendered = template.render(|name| Some(format!("<{name}>")));
    assert!(rendered.is_ok(), "all names are known: {source:?}");
    if !source.contains('$') {
        assert!(
            references.is_empty() && rendered.as_deref() == Ok(&*source),
            "{source:?}"
        );
    }
    let unknown = template.render(|_| None::<&str>);
    assert!(unknown.is_ok() || !references.is_empty(), "{source:?}");
    for read in [ParameterSet::from_json(&source), ParameterSet::from_yaml(&source)] {
        match read {
            Ok(set) => evaluate_set(&set),
            Err(refused) => check_problems(refused.problems()),
        }
    }
    // As the text of a parameter among others.
    let json = serde_json::json!({
        "name": {"value": "orders", "type": "STRING"},
        "n": {"value": 7, "type": "LONG"},
        "p": {"value": &*source, "type": "STRING"},
    });
    if let Ok(set) = ParameterSet::from_json(&json.to_string()) {
        evaluate_set(&set);
    }
}

fn evaluate_set(set: &ParameterSet) {
    let scope = Scope::new();
    match set.plan(&LENIENT, &scope) {
        Ok(plan) => {
            let report = plan.evaluate(&scope);
            check_problems(report.error().as_slice().iter().copied());
            check_problems(report.warnings());
            assert_eq!(report.values(), plan.evaluate(&scope).values());
        }
        Err(refused) => check_problems(refused.problems()),
    }
    let written = serde_json::to_string(set).unwrap();
    let again = ParameterSet::from_json(&written);
    assert!(again.is_ok(), "{written}: {again:?}");
}

fn check_problems<'p>(problems: impl IntoIterator<Item = &'p Problem>) {
    for problem in problems {
        assert_ne!(problem.code(), Code::Internal, "{}", problem.message());
        check_text(problem.message());
    }
}

/// Any file is read by the command as YAML and as JSON: each text lies in the file, and each of its places in the text. As a
/// definition it is read or refused with honest problems.
pub(crate) fn files(data: &[u8]) {
    let file = text(data);
    for is_json in [false, true] {
        match oracle::texts(&file, is_json) {
            Ok(texts) => texts.iter().for_each(|text| lies_in(text, &file)),
            // Of what a parser says, the command prints a clean form.
            Err((at, message)) => {
                assert!(at <= file.len() + 1, "{at}");
                assert!(!escape_lines(&message).contains(['\u{1b}', '\r']));
            }
        }
        let read = match is_json {
            true => Workflow::from_json(&file),
            false => Workflow::from_yaml(&file),
        };
        let _ = (Workflow::is_json_definition(&file), Workflow::is_yaml_definition(&file));
        for problem in read.err().into_iter().flatten() {
            check_text(&problem.diagnostic().message);
            assert!(!problem.render("fuzz.yaml").contains(['\u{1b}', '\r', '\u{202e}']));
        }
    }
    lines_are_found(&file);
}

fn lies_in(text: &oracle::Text, file: &str) {
    let place = &text.place;
    assert!(place.start <= place.end && place.end <= file.len(), "{place:?}");
    let path = serde_json::json!(text.path).to_string();
    assert!(serde_json::from_str::<serde_json::Value>(&escape_json(&path)).is_ok());
    let mut last = 0;
    for &at in text.characters.iter().flatten() {
        assert!(last <= at && at <= file.len(), "{at} after {last}");
        last = at;
    }
}

/// An index gives the places that counting from the start gives.
fn lines_are_found(file: &str) {
    let index = LineIndex::new(file);
    for (offset, _) in file.char_indices().take(300) {
        let position = Position::at(file, offset as u32);
        assert_eq!(index.position(offset as u32), position);
        assert_eq!(index.offset(position), offset as u32);
    }
}
