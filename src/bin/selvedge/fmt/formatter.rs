//! Formats one file: a program as a whole, of a document its expressions.

use std::path::Path;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::{FormatOptions, Span};

use super::document;
use super::layout::Layout;
use crate::check::checker::is_json;
use crate::check::config::Config;
use crate::check::files::Target;
use crate::check::finding::{Checked, Finding};

/// What every file is formatted with.
pub(super) struct Formatter {
    pub(super) layout: Layout,
    pub(super) config: Config,
}

/// A file, and what it is formatted to; nothing where something is wrong with it.
pub(super) struct Formatted {
    pub(super) file: Checked,
    pub(super) text: Option<String>,
}

impl Formatter {
    pub(super) fn format(&self, target: &Target) -> Formatted {
        let mut file = Checked::of(target);
        let read = target
            .read(self.layout.deadline)
            .map_err(|error| format!("the file cannot be read: {error}"));
        let read = read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "the file is not UTF-8 text".to_owned()));
        let text = match read {
            Ok(text) => text,
            Err(why) => {
                file.extend([Finding::of(Diagnostic::error(
                    Code::DocumentSyntax,
                    Span::default(),
                    why,
                ))]);
                return Formatted { file, text: None };
            }
        };
        file.text = text;
        let text = match is_json(&file.name, &file.text) {
            None => self.program(&mut file),
            Some(is_json) => {
                let rule = self.config.rule(Path::new(&file.name));
                document::format(&self.layout, &mut file, (is_json, target.is_named), rule)
            }
        };
        Formatted { file, text }
    }

    fn program(&self, file: &mut Checked) -> Option<String> {
        file.expressions = 1;
        match self
            .layout
            .of(&file.text, &FormatOptions::default().width(self.layout.width))
        {
            Ok(text) if text.is_empty() => Some(text),
            Ok(text) => Some(text + if file.text.contains("\r\n") { "\r\n" } else { "\n" }),
            Err(error) => {
                let found = error.diagnostics().to_vec();
                file.extend(found.into_iter().map(Finding::of));
                None
            }
        }
    }
}
