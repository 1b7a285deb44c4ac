//! Findings as one JSON object.

use selvedge::Span;
use selvedge::diagnostic::escape;
use serde_json::{Map, Value as Json, json};

use super::located::{Source, findings};
use super::totals::Totals;
use selvedge::project::{CheckedFile, Finding};

/// All findings, and how much was checked.
pub(super) fn report(files: &[CheckedFile]) -> String {
    let totals = Totals::of(files);
    let found: Vec<Json> = findings(files).map(|(file, found)| finding(&file, found)).collect();
    let report = json!({
        "files": totals.files,
        "expressions": totals.expressions,
        "errors": totals.errors,
        "warnings": totals.warnings,
        "findings": found,
    });
    format!("{report}\n")
}

fn finding(file: &Source<'_>, finding: &Finding) -> Json {
    let diagnostic = &finding.diagnostic;
    let mut fields = Map::new();
    let mut add = |name: &str, value: Json| {
        fields.insert(name.to_owned(), value);
    };
    add("file", json!(escape(file.name)));
    for (name, number) in region(file, diagnostic.span) {
        add(name, json!(number));
    }
    add("code", json!(diagnostic.code));
    add("kind", json!(diagnostic.code.kind()));
    add("severity", json!(diagnostic.severity));
    add("message", json!(diagnostic.message));
    if !diagnostic.label.is_empty() {
        add("label", json!(diagnostic.label));
    }
    if let Some(help) = &diagnostic.help {
        add("help", json!(help));
    }
    if !finding.path.is_empty() {
        add("path", json!(escape(&finding.path)));
    }
    if let Some(suggestion) = &diagnostic.suggestion {
        let mut place: Map<String, Json> = Map::new();
        for (name, number) in region(file, suggestion.span) {
            place.insert(name.to_owned(), json!(number));
        }
        place.insert("replacement".to_owned(), json!(suggestion.replacement));
        add("suggestion", Json::Object(place));
    }
    Json::Object(fields)
}

fn region(file: &Source<'_>, span: Span) -> [(&'static str, u32); 4] {
    let [start, end] = file.region(span);
    [
        ("line", start.line),
        ("column", start.column),
        ("end_line", end.line),
        ("end_column", end.column),
    ]
}
