//! How much a warning matters, by its name: `[levels]` of `selvedge.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::name::LintName;
use super::set::LintSet;
use crate::diagnostic::{Code, Diagnostic, Severity, closest, quote};

/// The name that stands for all warnings.
const ALL: &str = "warnings";

/// The level of a warning.
///
/// ```
/// use selvedge::lint::Level;
/// assert_eq!(serde_json::json!(Level::Deny), "deny");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Level {
    /// It is not reported.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

/// An unknown warning or level.
///
/// ```
/// use selvedge::lint::{Level, Levels};
/// let error = Levels::default().set("unknown_name", Level::Allow).unwrap_err();
/// assert_eq!(error.to_string(), "`unknown_name` is always an error; only warnings have a level");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}; {help}")]
pub struct LevelError {
    pub(crate) problem: String,
    pub(crate) help: String,
}

/// The levels of warnings, where they differ from the default.
///
/// ```
/// use selvedge::lint::{Level, Levels, LintName};
/// let mut levels = Levels::default();
/// levels.set("unused-variable", Level::Deny)?;
/// levels.set("W009", Level::Warn)?;
/// assert!(levels.lints().contains(LintName::Nondeterministic));
/// assert_eq!(serde_json::json!(levels)["unused-variable"], "deny");
/// # Ok::<(), selvedge::lint::LevelError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    all: Option<Level>,
    /// By the texts of codes.
    named: BTreeMap<&'static str, Level>,
}

impl Levels {
    /// Sets the level of a warning by name or code, such as `leading-zero-literal` or `W001`; `warnings` stands for all others.
    ///
    /// # Errors
    ///
    /// A name that no warning has.
    ///
    /// ```
    /// use selvedge::lint::{Level, Levels};
    /// assert!(Levels::default().set("warnings", Level::Deny).is_ok());
    /// assert!(Levels::default().set("unused-varable", Level::Deny).is_err());
    /// ```
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), LevelError> {
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
            Some(_) => Err(LevelError {
                problem: format!("{} is always an error", quote(name)),
                help: "only warnings have a level".to_owned(),
            }),
            None => Err(LevelError {
                problem: format!("unknown warning {}", quote(name)),
                help: meant(name),
            }),
        }
    }

    /// The names of all warnings, and the one that stands for all of them.
    pub(crate) fn names() -> Vec<String> {
        let codes = Code::ALL.iter().copied().filter(|code| is_warning(*code));
        codes.map(name).chain([ALL.to_owned()]).collect()
    }

    /// Whether no warning has a level.
    ///
    /// ```
    /// assert!(selvedge::lint::Levels::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.all.is_none() && self.named.is_empty()
    }

    /// The lints to run: those that are on by default, and those with a level.
    ///
    /// ```
    /// use selvedge::lint::{Levels, LintSet};
    /// assert_eq!(Levels::default().lints(), LintSet::default());
    /// ```
    pub fn lints(&self) -> LintSet {
        self.added_to(LintSet::default())
    }

    /// The lints with a level.
    ///
    /// ```
    /// use selvedge::lint::{Levels, LintSet};
    /// assert_eq!(Levels::default().named_lints(), LintSet::none());
    /// ```
    pub fn named_lints(&self) -> LintSet {
        self.added_to(LintSet::none())
    }

    pub(crate) fn added_to(&self, lints: LintSet) -> LintSet {
        let all = LintName::ALL.iter().copied();
        all.fold(lints, |set, lint| match self.named.get(lint.code().text()) {
            Some(Level::Warn | Level::Deny) => set.with(lint),
            Some(Level::Allow) => set.without(lint),
            None => set,
        })
    }

    /// Applies its level to a diagnostic; `None` if it is allowed.
    ///
    /// ```
    /// use selvedge::lint::{Level, Levels};
    /// use selvedge::{Engine, Schema};
    /// let mut levels = Levels::default();
    /// levels.set("leading-zero-literal", Level::Deny)?;
    /// let program = Engine::default().compile("010 + 1", &Schema::new())?;
    /// let warning = levels.apply(program.warnings()[0].clone());
    /// assert!(warning.is_some_and(|warning| warning.is_error()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
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

    /// What is told of a program's warnings: those that are denied, and what stays among its warnings.
    pub(crate) fn divide(&self, warnings: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let (mut denied, mut kept) = (Vec::new(), Vec::with_capacity(warnings.len()));
        for warning in warnings {
            // What says that there are more of them refuses nothing.
            let is_note = warning.is_error();
            match self.apply(warning) {
                Some(reported) if reported.is_error() && !is_note => denied.push(reported),
                Some(reported) => kept.push(reported),
                None => {}
            }
        }
        (denied, kept)
    }

    /// Gives the lints that have no level of their own one, so that they are looked for.
    #[cfg(feature = "params")]
    pub(crate) fn with_lints(mut self, lints: LintSet) -> Self {
        for lint in LintName::ALL.iter().filter(|lint| lints.contains(**lint)) {
            self.named.entry(lint.code().text()).or_insert(Level::Warn);
        }
        self
    }

    /// The level of each warning that has one, by its name.
    ///
    /// ```
    /// use selvedge::lint::{Level, Levels};
    /// let mut levels = Levels::default();
    /// levels.set("W002", Level::Deny)?;
    /// assert_eq!(levels.iter().collect::<Vec<_>>(), [("unused-variable".to_owned(), Level::Deny)]);
    /// # Ok::<(), selvedge::lint::LevelError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (String, Level)> {
        let codes = Code::ALL.iter().copied();
        let named = codes.filter_map(|code| Some((name(code), *self.named.get(code.text())?)));
        self.all.map(|level| (ALL.to_owned(), level)).into_iter().chain(named)
    }
}

impl Serialize for Levels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Whether a code is one of warnings. A file that was found, not named, and cannot be read is one too.
fn is_warning(code: Code) -> bool {
    code.text().starts_with('W') || code == Code::DocumentSyntax
}

fn name(code: Code) -> String {
    let lint = LintName::ALL.iter().find(|lint| lint.code() == code);
    lint.map_or_else(|| code.kind().replace('_', "-"), ToString::to_string)
}

/// What was likely meant by a name that no warning has; else all names.
fn meant(given: &str) -> String {
    let names = Levels::names();
    match closest(given, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {}?", quote(near)),
        None => format!("they are {}", names.join(", ")),
    }
}
