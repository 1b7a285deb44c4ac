//! How much a warning matters, by its name: `--deny`, `--warn`, `--allow`, and `[levels]` of `selvedge.toml`.

use std::collections::BTreeMap;

use selvedge::diagnostic::{Code, Diagnostic, Severity, quote};
use selvedge::lint::{LintName, LintSet};
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
    /// Sets the level of a warning, named as `leading-zero-literal` or `W001`; `warnings` are all that are not named.
    pub(crate) fn set(&mut self, name: &str, level: Level) -> Result<(), String> {
        if name == ALL {
            self.all = Some(level);
            return Ok(());
        }
        let plain = name.replace('-', "_");
        let lint = plain.replace('_', "-").parse::<LintName>().ok().map(LintName::code);
        let known = Code::ALL.iter().copied();
        let code = lint.or_else(|| known.clone().find(|code| code.text() == name || code.kind() == plain));
        match code {
            Some(code) if is_warning(code) => {
                self.named.insert(code.text(), level);
                Ok(())
            }
            Some(_) => Err(format!(
                "{} is always an error; only warnings have a level",
                quote(name)
            )),
            None => Err(format!("unknown warning {}; they are {}", quote(name), names())),
        }
    }

    /// The lints that are to be looked for: those that are on by default, and those that a level was given to.
    pub(crate) fn lints(&self) -> LintSet {
        let all = LintName::ALL.iter().copied();
        all.fold(LintSet::default(), |set, lint| {
            match self.named.get(lint.code().text()) {
                Some(Level::Warn | Level::Deny) => set.with(lint),
                Some(Level::Allow) => set.without(lint),
                None => set,
            }
        })
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
    let names = Code::ALL.iter().filter(|code| is_warning(**code));
    let names = names.map(|code| {
        let lint = LintName::ALL.iter().find(|lint| lint.code() == *code);
        lint.map_or_else(|| code.kind().replace('_', "-"), ToString::to_string)
    });
    names.chain([ALL.to_owned()]).collect::<Vec<_>>().join(", ")
}
