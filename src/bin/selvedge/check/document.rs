//! What a JSON or YAML file holds, by its shape and by `selvedge.toml`: a workflow, parameters, or texts some of which are
//! expressions.

use std::collections::HashSet;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::params::ParamType;
use selvedge::{Schema, Span};

use super::Engines;
use super::config::{Kind, Rule};
use super::definitions;
use super::finding::{Checked, Finding};
use super::lines::Lines;
use super::source;
use super::tree::{self, Leaf, Step};

/// What a key of an expression begins with.
const EXPRESSION_MARK: char = '!';

/// A file, and what it is checked with.
pub(crate) struct Document<'d> {
    pub(crate) engines: &'d Engines,
    pub(crate) rule: Option<&'d Rule>,
    pub(crate) schema: &'d Schema,
    pub(crate) is_json: bool,
    /// Whether the user named the file, so that it has to be a document.
    pub(crate) is_named: bool,
}

impl Document<'_> {
    /// Fills in what is found.
    pub(crate) fn check(&self, checked: &mut Checked) {
        let leaves = match tree::leaves(&checked.text, self.is_json) {
            Ok(leaves) => leaves,
            Err((at, message)) => {
                checked.findings.push(self.unreadable(at, message, &checked.text));
                return;
            }
        };
        let kind = self.rule.and_then(|rule| rule.kind).or_else(|| shape(&leaves));
        let (text, is_json) = (checked.text.as_str(), self.is_json);
        let found = match kind {
            Some(Kind::Workflow) => Some(definitions::workflow(&self.engines.plain, text, is_json)),
            Some(Kind::Parameters) => Some(definitions::parameters(&self.engines.parameters, text, is_json)),
            Some(Kind::Texts) | None => None,
        };
        let marked = found.is_none();
        if let Some(found) = found {
            let lines = Lines::of(text);
            let findings = found.problems.iter();
            let findings = findings.map(|problem| definitions::finding(problem, text, &lines, &leaves));
            checked.findings = findings.collect();
            checked.expressions = found.expressions;
        }
        if let Some(rule) = self.rule {
            self.texts(checked, &leaves, rule, marked);
        }
    }

    fn unreadable(&self, at: usize, message: String, text: &str) -> Finding {
        let span = Span::new(at as u32, at as u32 + 1);
        let diagnostic = match self.is_named || self.rule.is_some() || mentions_workflow(text) {
            true => Diagnostic::error(Code::DocumentSyntax, span, message),
            false => Diagnostic::warning(Code::DocumentSyntax, span, message),
        };
        Finding::of(diagnostic.with_label("nothing in this file was checked"))
    }

    /// Checks the texts that a rule says are expressions.
    fn texts(&self, checked: &mut Checked, leaves: &[Leaf], rule: &Rule, marked: bool) {
        // A text that aliases repeat is one expression.
        let mut met = HashSet::new();
        for leaf in leaves {
            let is_marked = marked && rule.expression_keys && has_mark(&leaf.path);
            let is_expression = is_marked || rule.paths.iter().any(|pattern| pattern.matches(&leaf.path));
            if !is_expression || !met.insert(leaf.scalar.place.start) {
                continue;
            }
            checked.expressions += 1;
            let found = source::check(&self.engines.plain, self.schema, &leaf.scalar.text);
            if found.is_empty() {
                continue;
            }
            let path = tree::path_text(&leaf.path);
            let map = leaf.scalar.map(&checked.text);
            for diagnostic in found {
                let diagnostic = definitions::placed(diagnostic, map.as_ref(), &leaf.scalar);
                checked.findings.push(Finding {
                    diagnostic,
                    path: path.clone(),
                });
            }
        }
    }
}

/// Whether a text that is no document may have been meant as a workflow's definition.
fn mentions_workflow(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["workflow:", "\"workflow\""].iter().any(|key| text.contains(key))
}

/// Whether a text stands under a key that begins with `!`.
fn has_mark(path: &[Step]) -> bool {
    matches!(path.last(), Some(Step::Key(key)) if key.starts_with(EXPRESSION_MARK))
}

/// What a document is by its shape.
fn shape(leaves: &[Leaf]) -> Option<Kind> {
    let key = |leaf: &Leaf, index: usize| match leaf.path.get(index) {
        Some(Step::Key(key)) => Some(key.clone()),
        _ => None,
    };
    let is_workflow = |leaf: &Leaf| {
        key(leaf, 0).is_some_and(|first| first.eq_ignore_ascii_case("workflow"))
            && key(leaf, 1).is_some_and(|second| ["id", "steps", "jobs"].contains(&&*second))
    };
    if leaves.iter().any(is_workflow) {
        return Some(Kind::Workflow);
    }
    // A parameter that is written out has a type, and a value or an expression.
    let typed = leaves.iter().filter(|leaf| {
        leaf.path.len() == 2
            && key(leaf, 1).as_deref() == Some("type")
            && ParamType::from_name(&leaf.scalar.text).is_some()
    });
    let typed: HashSet<_> = typed.filter_map(|leaf| key(leaf, 0)).collect();
    let is_parameter = |leaf: &Leaf| {
        let first = key(leaf, 0).unwrap_or_default();
        let is_marked = leaf.path.len() == 1 && has_mark(&leaf.path);
        let is_expression = leaf.path.len() == 2 && key(leaf, 1).as_deref() == Some("expression");
        is_marked || is_expression && typed.contains(&first)
    };
    leaves.iter().any(is_parameter).then_some(Kind::Parameters)
}
