//! Formats the files of a project: a program as a whole, of a document its expressions.

mod document;
mod edits;
mod layout;
mod scalar;

use std::path::Path;

use super::config::Project;
use super::file::{File, is_json};
use super::finding::{CheckedFile, Finding};
use crate::engine::Engine;
use crate::host::Interrupt;
use crate::params::DefinitionError;
use crate::syntax::FormatOptions;
use layout::Layout;

/// Formats files of a project, as `selvedge fmt` does. It does no I/O, and threads can share it.
///
/// ```
/// use selvedge::project::{File, Formatter, Project};
/// let formatter = Formatter::new(&Project::default())?;
/// let formatted = formatter.format(File::new("total.sel", "price*quantity"));
/// assert_eq!(formatted.text.as_deref(), Some("price * quantity\n"));
///
/// // What is not a program stays as it is, and is told of.
/// let formatted = formatter.format(File::new("total.sel", "price *"));
/// assert!(formatted.text.is_none() && formatted.file.has_errors());
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Debug)]
pub struct Formatter {
    project: Project,
    engine: Engine,
    width: usize,
}

/// A file and its formatted text.
///
/// ```
/// use selvedge::project::{File, Formatter, Project};
/// let file = File::new("set.json", r#"{"n": {"type": "LONG", "expression": "1+2"}}"#);
/// let formatted = Formatter::new(&Project::default())?.format(file);
/// assert_eq!(formatted.text.as_deref(), Some(r#"{"n": {"type": "LONG", "expression": "1 + 2"}}"#));
/// assert_eq!(formatted.file.expressions, 1);
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FormattedFile {
    /// The file, with the errors of its expressions.
    pub file: CheckedFile,
    /// Its text with the expressions formatted; `None` if one of them has an error.
    pub text: Option<String>,
}

impl FormattedFile {
    /// A file that could not be read, with the error.
    pub const fn unreadable(file: CheckedFile) -> Self {
        Self { file, text: None }
    }
}

impl Formatter {
    /// A formatter of a project's files.
    ///
    /// # Errors
    ///
    /// Stubs of the platform's functions that do not fit.
    pub fn new(project: &Project) -> Result<Self, DefinitionError> {
        Ok(Self {
            engine: project.platform().engine()?.build(),
            project: project.clone(),
            width: FormatOptions::DEFAULT_WIDTH,
        })
    }

    /// Sets the width of lines, in characters.
    #[must_use]
    pub const fn with_width(mut self, width: usize) -> Self {
        self.width = width;
        self
    }

    /// Formats a file.
    pub fn format(&self, file: File) -> FormattedFile {
        self.format_with(file, &Interrupt::new())
    }

    /// As [`format`](Self::format), until it is interrupted: what stopped it is an error of the file then.
    ///
    /// ```
    /// use selvedge::{CancelToken, Interrupt};
    /// use selvedge::project::{File, Formatter, Project};
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let formatter = Formatter::new(&Project::default())?;
    /// let formatted = formatter.format_with(File::new("total.sel", "1+2"), &Interrupt::new().cancel(token));
    /// assert!(formatted.file.has_errors());
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn format_with(&self, file: File, interrupt: &Interrupt) -> FormattedFile {
        let layout = Layout {
            engine: &self.engine,
            width: self.width,
            interrupt,
        };
        let (mut file, is_named) = file.unchecked();
        let text = match is_json(&file.name, &file.text) {
            None => program(&layout, &mut file),
            Some(is_json) => {
                let rule = self.project.rule(Path::new(&file.name));
                document::format(&layout, &mut file, (is_json, is_named), rule)
            }
        };
        FormattedFile { file, text }
    }
}

fn program(layout: &Layout<'_>, file: &mut CheckedFile) -> Option<String> {
    file.expressions = 1;
    match layout.of(&file.text, &FormatOptions::default().width(layout.width)) {
        Ok(text) if text.is_empty() => Some(text),
        Ok(text) => Some(text + if file.text.contains("\r\n") { "\r\n" } else { "\n" }),
        Err(error) => {
            let found = error.diagnostics().to_vec();
            file.extend(found.into_iter().map(Finding::of));
            None
        }
    }
}
