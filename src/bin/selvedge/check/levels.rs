//! How much a warning matters, by its name: `--deny`, `--warn`, `--allow`, and `[levels]` of `selvedge.toml`.

use std::collections::BTreeMap;

use selvedge::diagnostic::{Code, Diagnostic, Severity};
use serde::Deserialize;

/// The name that stands for all warnings.
const ALL: &str = "warnings";

/// What becomes of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// It is not reported.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

/// The levels of warnings that differ from the default.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels {
    all: Option<Level>,
    named: BTreeMap<&'static str, Level>,
}

impl Levels {
    /// Sets the level of a warning, named as `leading_zero` or `W001`; `warnings` are all that are not named.
    pub(crate) fn set(&mut self, name: &str, level: Level) -> Result<(), String> {
        if name == ALL {
            self.all = Some(level);
            return Ok(());
        }
        let plain = name.replace('-', "_");
        let code = Code::ALL
            .iter()
            .find(|code| code.text() == name || code.kind() == plain);
        match code {
            Some(code) if is_warning(*code) => {
                self.named.insert(code.text(), level);
                Ok(())
            }
            Some(_) => Err(format!("`{name}` is always an error; only warnings have a level")),
            None => Err(format!("`{name}` is no warning; they are {}", names())),
        }
    }

    /// The diagnostic as its level has it; none where it is not to be reported.
    pub(crate) fn apply(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if diagnostic.is_error() {
            return Some(diagnostic);
        }
        match self.named.get(diagnostic.code.text()).copied().or(self.all) {
            Some(Level::Allow) => return None,
            Some(Level::Deny) => diagnostic.severity = Severity::Error,
            Some(Level::Warn) | None => {}
        }
        Some(diagnostic)
    }
}

/// Whether a code is one of warnings. A file that was found, not named, and cannot be read is one too.
fn is_warning(code: Code) -> bool {
    code.text().starts_with('W') || code == Code::DocumentSyntax
}

fn names() -> String {
    let names = Code::ALL
        .iter()
        .filter(|code| is_warning(**code))
        .map(|code| code.kind());
    names.chain([ALL.to_owned()]).collect::<Vec<_>>().join(", ")
}
