//! Runs the corpus of interpolation in `tests/conformance/interpolation.json`.
#![cfg(feature = "params")]
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fs;
use std::path::Path;

use selvedge::params::Template;
use serde_json::Value as Json;

#[test]
fn the_corpus_of_interpolation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/interpolation.json");
    let corpus: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = corpus["cases"].as_array().unwrap();
    assert!(cases.len() > 150, "{}", cases.len());
    for case in cases {
        let template = Template::new(case["text"].as_str().unwrap());
        assert_eq!(case["references"], serde_json::json!(template.references()), "{case}");
        let rendered = template.render(|name| corpus["parameters"][name].as_str());
        match case.get("value") {
            Some(value) => assert_eq!(rendered.as_deref().ok(), value.as_str(), "{case}"),
            None => assert!(
                rendered.is_err() && case["error"] == "unknown parameter",
                "{case}: {rendered:?}"
            ),
        }
    }
}
