//! Families of hostile sources: lines of `tests/linear.jsonl`, each with a part that is repeated.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

/// A source that is made in any length.
pub(crate) struct Family {
    pub(crate) name: String,
    line: Json,
}

impl Family {
    /// The most heap that compiling it holds for each byte, where that is more than that of most sources.
    #[allow(dead_code, reason = "each test takes a part of the module")]
    pub(crate) fn heap(&self) -> Option<u64> {
        self.line.get("heap").and_then(Json::as_u64)
    }

    /// A source of about so many bytes: half of them for what is repeated first, where something else is `again`.
    pub(crate) fn source(&self, bytes: usize) -> String {
        let part = |name: &str| self.line.get(name).and_then(Json::as_str).unwrap_or("");
        let mut source = part("before").to_owned();
        let repeat = |source: &mut String, repeated: &str, bytes: usize| {
            let mut index = 0;
            while source.len() + repeated.len() + part("after").len() <= bytes {
                source.push_str(&repeated.replace("{i}", &format!("{index:06}")));
                index += 1;
            }
        };
        match part("again") {
            "" => repeat(&mut source, part("repeat"), bytes),
            again => {
                repeat(&mut source, part("repeat"), bytes / 2);
                source.push_str(part("between"));
                repeat(&mut source, again, bytes);
            }
        }
        source + part("after")
    }
}

/// All families of `tests/linear.jsonl`.
pub(crate) fn families() -> Vec<Family> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/linear.jsonl")).unwrap();
    let family = |line: &str| {
        let line: Json = serde_json::from_str(line).unwrap();
        Family {
            name: line["family"].as_str().unwrap().to_owned(),
            line,
        }
    };
    text.lines().map(family).collect()
}
