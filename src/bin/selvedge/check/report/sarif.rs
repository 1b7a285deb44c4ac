//! Findings as SARIF 2.1.0, which code scanning reads.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use selvedge::Span;
use selvedge::diagnostic::{Code, escape};
use serde_json::{Value as Json, json};

use super::located::{Source, findings};
use selvedge::project::{CheckedFile, Finding};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The log of one run.
pub(super) fn report(files: &[CheckedFile]) -> String {
    let codes: BTreeSet<Code> = findings(files).map(|(_, finding)| finding.diagnostic.code).collect();
    let rules: Vec<Code> = codes.into_iter().collect();
    let results: Vec<Json> = findings(files)
        .map(|(file, found)| result(&file, found, &rules))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "selvedge",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Json {
    let level = if code.text().starts_with('W') {
        "warning"
    } else {
        "error"
    };
    json!({
        "id": code,
        "name": code.kind(),
        "shortDescription": {"text": code.about()},
        "defaultConfiguration": {"level": level},
    })
}

fn result(file: &Source<'_>, finding: &Finding, rules: &[Code]) -> Json {
    let diagnostic = &finding.diagnostic;
    let artifact = json!({"uri": uri(file.name)});
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    let mut location = json!({
        "physicalLocation": {"artifactLocation": artifact, "region": region(file, diagnostic.span)},
    });
    if !finding.path.is_empty()
        && let Some(location) = location.as_object_mut()
    {
        let logical = json!([{"fullyQualifiedName": escape(&finding.path)}]);
        location.insert("logicalLocations".to_owned(), logical);
    }
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rules.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": diagnostic.severity,
        "message": {"text": text},
        "locations": [location],
    });
    if let (Some(suggestion), Some(result)) = (&diagnostic.suggestion, result.as_object_mut()) {
        let replacement = json!({
            "deletedRegion": region(file, suggestion.span),
            "insertedContent": {"text": suggestion.replacement},
        });
        let change = json!({"artifactLocation": artifact, "replacements": [replacement]});
        result.insert("fixes".to_owned(), json!([{"artifactChanges": [change]}]));
    }
    result
}

fn region(file: &Source<'_>, span: Span) -> Json {
    let [start, end] = file.region(span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A file's name as the reference of a URI.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            true => uri.push(char::from(byte)),
            false => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
