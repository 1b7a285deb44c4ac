//! What a JSON or YAML document holds by its shape, and which of its texts are expressions.

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;

use super::rules::{Kind, Rule};
use super::tree::{Leaf, Step};
use crate::params::{Body, ParamType};
use crate::workflow::StepKind;

/// What a key of an expression begins with.
pub(crate) const EXPRESSION_MARK: char = '!';

/// The key that parameters may stand under.
const PARAMS: &str = "params";

/// The texts of a document that are expressions as a whole: those of definitions, and those that a rule names. A text that aliases
/// repeat is one.
pub(crate) fn expressions<'l>(leaves: &'l [Leaf], rule: Option<&Rule>) -> Vec<&'l Leaf> {
    let kind = rule.and_then(|rule| rule.kind);
    let shape = kind.map_or_else(|| shape(leaves), Shape::from);
    let is_of_definition = |path: &[Step]| match &shape {
        Shape::Workflow => is_expression(path),
        Shape::Parameters(paths) => is_expression(path) && paths.iter().any(|keys| is_under(path, keys)),
        Shape::Texts => rule.is_some_and(|rule| rule.expression_keys) && has_mark(path),
    };
    let is_named = |path: &[Step]| rule.is_some_and(|rule| rule.paths.iter().any(|pattern| pattern.matches(path)));
    let mut met = HashSet::new();
    let mut found: Vec<&Leaf> = leaves.iter().collect();
    found.retain(|leaf| (is_of_definition(&leaf.path) || is_named(&leaf.path)) && met.insert(leaf.scalar.place.start));
    found
}

fn is_under(path: &[Step], keys: &[Rc<str>]) -> bool {
    keys.iter()
        .enumerate()
        .all(|(level, wanted)| key(path, level) == Some(&**wanted))
}

/// Whether a text of a definition is an expression: by its key, or as a condition of a transition.
pub(crate) fn is_expression(path: &[Step]) -> bool {
    let is_condition = path.len() > 1 && key(path, path.len() - 2) == Some("successors");
    has_mark(path) || is_last(path, "expression") || is_condition
}

/// Whether a text stands under a key that begins with `!`.
pub(crate) fn has_mark(path: &[Step]) -> bool {
    matches!(path.last(), Some(Step::Key(key)) if key.starts_with(EXPRESSION_MARK))
}

/// What a document holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Workflow,
    /// Parameters, at each of these paths of keys.
    Parameters(Vec<Vec<Rc<str>>>),
    Texts,
}

impl From<Kind> for Shape {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Workflow => Self::Workflow,
            Kind::Parameters => Self::Parameters(vec![Vec::new()]),
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
pub(crate) fn shape(leaves: &[Leaf]) -> Shape {
    let is_workflow = |leaf: &Leaf| {
        key(&leaf.path, 0).is_some_and(|first| first.eq_ignore_ascii_case("workflow"))
            && key(&leaf.path, 1).is_some_and(|second| ["id", "steps", "jobs"].contains(&second))
    };
    // Steps without the key above them, which the reader asks for.
    let is_bare = |leaf: &Leaf| {
        let is_list = matches!(leaf.path.get(1), Some(Step::Index(_)));
        let is_step =
            key(&leaf.path, 2).is_some_and(|kind| StepKind::NAMES.contains(&kind)) && is_last(&leaf.path, "id");
        is_list
            && is_step
            && leaf.path.len() == 4
            && key(&leaf.path, 0).is_some_and(|list| ["steps", "jobs"].contains(&list))
    };
    if leaves.iter().any(|leaf| is_workflow(leaf) || is_bare(leaf)) {
        return Shape::Workflow;
    }
    if holds_parameters(leaves.iter().map(|leaf| (&*leaf.path, leaf))) {
        return Shape::Parameters(vec![Vec::new()]);
    }
    // Those of each map, found in one pass over the document.
    let mut maps: IndexMap<&[Step], Vec<(&[Step], &Leaf)>> = IndexMap::new();
    for leaf in leaves {
        if let Some((map, rest)) = at_params(&leaf.path) {
            maps.entry(map).or_default().push((rest, leaf));
        }
    }
    maps.retain(|_, within| holds_parameters(within.iter().copied()));
    let paths: Vec<Vec<Rc<str>>> = maps.keys().filter_map(|path| keys(path)).collect();
    match paths.is_empty() {
        true => Shape::Texts,
        false => Shape::Parameters(paths),
    }
}

/// A path up to the first key that parameters may stand under, and what is after it.
fn at_params(path: &[Step]) -> Option<(&[Step], &[Step])> {
    let at = (0..path.len()).find(|level| key(path, *level) == Some(PARAMS))?;
    path.split_at_checked(at + 1)
}

/// The keys of a path that has no index.
fn keys(path: &[Step]) -> Option<Vec<Rc<str>>> {
    let keys = path.iter().map(|step| match step {
        Step::Key(key) => Some(Rc::clone(key)),
        Step::Index(_) => None,
    });
    keys.collect()
}

/// Whether a map holds parameters: one that is written out, with a type and an expression, or one in the shorthand;
/// of its own, or as a member of a parameter's value. A type that is misspelt makes a definition no less one, and it may have a value.
fn holds_parameters<'l>(mut within: impl Iterator<Item = (&'l [Step], &'l Leaf)> + Clone) -> bool {
    let (mut typed, mut misspelt) = (HashSet::new(), HashSet::new());
    for (path, leaf) in within
        .clone()
        .filter(|(path, _)| path.len() > 1 && is_last(path, "type"))
    {
        let (name, Some((_, definition))) = (leaf.scalar.text.as_str(), path.split_last()) else {
            continue;
        };
        if ParamType::from_name(name).is_none() {
            if ParamType::near(name).is_none() {
                continue;
            }
            misspelt.insert(definition);
        }
        typed.insert(definition);
    }
    within.any(|(path, _)| {
        let Some((_, definition)) = path.split_last() else {
            return false;
        };
        // Also where YAML reads a map or list in place of the expression.
        let is_marked = key(path, 0).is_some_and(|name| name.starts_with(EXPRESSION_MARK));
        let has_value = is_last(path, "value") && are_typed(definition, &misspelt);
        let is_body = match path.last() {
            Some(Step::Key(key)) => **key == *"expression" || (**key != *"value" && Body::meant_by(key).is_some()),
            _ => false,
        };
        is_marked || has_value || (is_body && are_typed(definition, &typed))
    })
}

/// Whether a path leads to a parameter with a type, or to a member of the value of one.
fn are_typed(path: &[Step], typed: &HashSet<&[Step]>) -> bool {
    let levels = (1..=path.len()).step_by(2);
    let mut levels = levels.map(|level| {
        let is_value = level == 1 || key(path, level - 2) == Some("value");
        is_value && path.get(..level).is_some_and(|definition| typed.contains(definition))
    });
    path.len() % 2 == 1 && levels.all(|is_typed| is_typed)
}

fn is_last(path: &[Step], name: &str) -> bool {
    matches!(path.last(), Some(Step::Key(key)) if **key == *name)
}
