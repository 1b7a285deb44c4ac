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
use crate::signals::Signals;

/// What a key of an expression begins with.
const EXPRESSION_MARK: char = '!';

/// The key that parameters may stand under.
const PARAMS: &str = "params";

/// A file, and what it is checked with.
pub(crate) struct Document<'d> {
    pub(crate) engines: &'d Engines,
    pub(crate) rule: Option<&'d Rule>,
    pub(crate) schema: &'d Schema,
    pub(crate) signals: &'d Signals,
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
        let text = checked.text.as_str();
        let kind = self.rule.and_then(|rule| rule.kind);
        let shape = kind.map_or_else(|| shape(&leaves), Shape::from);
        let file = |engine| definitions::File {
            engine,
            signals: self.signals,
            text,
            is_json: self.is_json,
        };
        let found = match shape {
            Shape::Workflow => Some(file(&self.engines.plain).workflow()),
            Shape::Parameters(key) => Some(file(&self.engines.parameters).parameters(key)),
            Shape::Texts => None,
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
                let finding = definitions::placed(diagnostic, map.as_ref(), &leaf.scalar, path.clone());
                checked.findings.push(finding);
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

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Workflow,
    /// Parameters: all of it, or what is under a key.
    Parameters(Option<&'static str>),
    Texts,
}

impl From<Kind> for Shape {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Workflow => Self::Workflow,
            Kind::Parameters => Self::Parameters(None),
            Kind::Texts => Self::Texts,
        }
    }
}

/// The key of a path at a level.
fn key(path: &[Step], level: usize) -> Option<&str> {
    match path.get(level) {
        Some(Step::Key(key)) => Some(key),
        _ => None,
    }
}

/// What a document is by its shape.
fn shape(leaves: &[Leaf]) -> Shape {
    let is_workflow = |leaf: &Leaf| {
        key(&leaf.path, 0).is_some_and(|first| first.eq_ignore_ascii_case("workflow"))
            && key(&leaf.path, 1).is_some_and(|second| ["id", "steps", "jobs"].contains(&second))
    };
    if leaves.iter().any(is_workflow) {
        return Shape::Workflow;
    }
    if holds_parameters(leaves.iter().map(|leaf| (&*leaf.path, leaf))) {
        return Shape::Parameters(None);
    }
    let under = leaves.iter().filter(|leaf| key(&leaf.path, 0) == Some(PARAMS));
    let under = under.filter_map(|leaf| Some((leaf.path.get(1..)?, leaf)));
    match holds_parameters(under) {
        true => Shape::Parameters(Some(PARAMS)),
        false => Shape::Texts,
    }
}

/// Whether a map holds parameters: one that is written out, with a type and an expression, or one in the shorthand.
fn holds_parameters<'l>(leaves: impl Iterator<Item = (&'l [Step], &'l Leaf)> + Clone) -> bool {
    let is_type = |(path, leaf): &(&'l [Step], &'l Leaf)| {
        path.len() == 2 && key(path, 1) == Some("type") && ParamType::from_name(&leaf.scalar.text).is_some()
    };
    let typed = leaves.clone().filter(is_type);
    let typed: HashSet<&str> = typed.filter_map(|(path, _)| key(path, 0)).collect();
    leaves.into_iter().any(|(path, _)| {
        let is_marked = path.len() == 1 && has_mark(path);
        let is_expression = path.len() == 2 && key(path, 1) == Some("expression");
        is_marked || is_expression && key(path, 0).is_some_and(|name| typed.contains(name))
    })
}
