//! Files of cases, one JSON object a line: what is given, and under `gives` what must come of it.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

/// Runs every case of a file of `tests/`. With `UPDATE_CASES` set, what comes is written instead of compared.
#[allow(dead_code, reason = "not every test that includes this needs it")]
pub(crate) fn run(file: &str, gives: impl Fn(&Json) -> Json) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let (mut written, mut wrong) = (String::new(), Vec::new());
    for line in text.lines() {
        if line.trim().is_empty() || line.starts_with("//") {
            written.extend([line, "\n"]);
            continue;
        }
        let mut case: Json = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let came = gives(&case);
        if case.get("gives") != Some(&came) {
            wrong.push(format!("{line}\n    came: {came}"));
        }
        case["gives"] = came;
        written.extend([case.to_string().as_str(), "\n"]);
    }
    if update {
        fs::write(path, written).unwrap();
    } else {
        assert!(wrong.is_empty(), "{file}: {} cases:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// Looks at every case of a file of `tests/`.
#[allow(dead_code, reason = "not every test that includes this needs it")]
pub(crate) fn each(file: &str, mut look: impl FnMut(&Json)) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    for line in fs::read_to_string(&path).unwrap().lines() {
        if let Ok(case) = serde_json::from_str(line) {
            look(&case);
        }
    }
}
