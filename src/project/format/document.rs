//! Formats the expressions of a JSON or YAML document. The rest of the file stays as it is, byte for byte.

use std::collections::HashMap;

use super::edits::Plan;
use super::layout::Layout;
use super::scalar;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::finding::{CheckedFile, Finding};
use crate::project::rules::Rule;
use crate::project::splice::splice;
use crate::project::{definitions, shape, tree};
use crate::source::Span;

/// How often the changes of a file are tried, where some of them would make it say something else.
const MAX_TRIES: usize = 64;

/// The document with its expressions formatted; `None` if something is wrong with one of them.
pub(super) fn format(
    layout: &Layout<'_>,
    file: &mut CheckedFile,
    (is_json, is_named): (bool, bool),
    rule: Option<&Rule>,
) -> Option<String> {
    let text = std::mem::take(&mut file.text);
    let formatted = of_text(layout, file, &text, (is_json, is_named), rule);
    file.text = text;
    formatted
}

fn of_text(
    layout: &Layout<'_>,
    file: &mut CheckedFile,
    text: &str,
    (is_json, is_named): (bool, bool),
    rule: Option<&Rule>,
) -> Option<String> {
    let leaves = match tree::leaves(text, is_json) {
        Ok(leaves) => leaves,
        Err((at, message)) => {
            // What was only found in a directory may be a template of something else.
            if is_named {
                let span = Span::new(at as u32, at as u32 + 1);
                file.extend([Finding::of(Diagnostic::error(Code::DocumentSyntax, span, message))]);
            }
            return None;
        }
    };
    let mut plans = Vec::new();
    for leaf in shape::expressions(&leaves, rule) {
        file.expressions += 1;
        match scalar::plan(layout, text, &leaf.scalar) {
            Ok(plan) => plans.extend(plan),
            Err(error) => {
                let (path, map) = (tree::path_text(&leaf.path), leaf.scalar.map(text));
                let start = scalar::core(&leaf.scalar.text).0;
                let found = error.diagnostics().iter().cloned();
                let placed = found.map(|diagnostic| {
                    let diagnostic = definitions::moved(diagnostic, start);
                    definitions::placed(diagnostic, map.as_ref(), &leaf.scalar, path.clone())
                });
                file.extend(placed);
            }
        }
    }
    if !file.findings.is_empty() {
        return None;
    }
    plans.sort_by_key(|plan| plan.text_start);
    let changes = Changes {
        file: text,
        is_json,
        before: &leaves,
    };
    let mut tries = MAX_TRIES;
    let mut taken: Vec<&Plan> = Vec::new();
    changes.take(&plans, &mut taken, &mut tries);
    changes.apply(&taken)
}

/// A document to be changed.
struct Changes<'c> {
    file: &'c str,
    is_json: bool,
    before: &'c [tree::Leaf],
}

impl Changes<'_> {
    /// Takes those of the changes after which the file says what is meant: all of them, else those of each half.
    fn take<'p>(&self, plans: &'p [Plan], taken: &mut Vec<&'p Plan>, tries: &mut usize) {
        if plans.is_empty() || *tries == 0 {
            return;
        }
        *tries -= 1;
        let known = taken.len();
        taken.extend(plans);
        if self.is_as_meant(taken) {
            return;
        }
        taken.truncate(known);
        if plans.len() > 1 {
            let (first, second) = plans.split_at(plans.len() / 2);
            self.take(first, taken, tries);
            self.take(second, taken, tries);
        }
    }

    fn apply(&self, plans: &[&Plan]) -> Option<String> {
        let edits = plans.iter().flat_map(|plan| &plan.edits);
        splice(self.file, edits.map(|edit| (edit.place.clone(), &*edit.text)))
    }

    /// Whether each text of the changed document is the one that was there, or the one that is wanted in its place.
    fn is_as_meant(&self, plans: &[&Plan]) -> bool {
        let changed = self.apply(plans);
        let Some(Ok(after)) = changed.map(|text| tree::leaves(&text, self.is_json)) else {
            return false;
        };
        let wanted: HashMap<usize, &str> = plans.iter().map(|plan| (plan.text_start, &*plan.wanted)).collect();
        let is_same = |before: &tree::Leaf, after: &tree::Leaf| {
            let wanted = wanted.get(&before.scalar.place.start).copied();
            let is_style = before.scalar.style == after.scalar.style;
            is_style && before.path == after.path && after.scalar.text == wanted.unwrap_or(&before.scalar.text)
        };
        self.before.len() == after.len()
            && self
                .before
                .iter()
                .zip(&after)
                .all(|(before, after)| is_same(before, after))
    }
}
