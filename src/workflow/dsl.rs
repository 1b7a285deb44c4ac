//! The shorthand of YAML for workflows: transitions as sentences, ranges, and the shape of the graph in a word.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::definition::{Step, Transition, When};
use super::reader::{Reader, TRANSITION_VALUES};
use crate::diagnostic::{Code, quote};
use crate::params::bounded;
use crate::params::document::{Entries, Entry, Kind, Node, visit};
use crate::params::problem::{index_path, key_path};
use crate::params::read::{self as params, Style, error};
use crate::params::{Definition, ParamType, ParameterSet};
use crate::source::Position;

/// The keys of a workflow that are no parameters.
pub(super) const WORKFLOW_FIELDS: [&str; 16] = [
    "id",
    "name",
    "description",
    "owner",
    "run_strategy",
    "workflow_concurrency",
    "step_concurrency",
    "concurrency",
    "timeout",
    "criticality",
    "tags",
    "dag",
    "jobs",
    "steps",
    "params",
    "instance_step_concurrency",
];

/// The keys of a step that are no parameters.
pub(super) const STEP_FIELDS: [&str; 22] = [
    "id",
    "name",
    "description",
    "type",
    "sub_type",
    "tags",
    "timeout",
    "transition",
    "dag",
    "jobs",
    "steps",
    "params",
    "ranges",
    "condition",
    "concurrency",
    "strict_ordering",
    "sync",
    "version",
    "explicit_params",
    "failure_mode",
    "retry_policy",
    "dependencies",
];

/// The transitions of a list: `job.2`, `IF condition THEN job.4`, `OTHERWISE job.6`.
pub(super) fn transitions(reader: &mut Reader, elements: Vec<Node>, path: &str) -> Vec<Transition> {
    let mut transitions: Vec<Transition> = Vec::with_capacity(elements.len());
    let (mut otherwise, mut conditional) = (false, false);
    for (index, node) in elements.into_iter().enumerate() {
        if !visit(TRANSITION_VALUES) {
            break;
        }
        let path = index_path(path, index);
        let place = node.place;
        let Some(text) = node.scalar_text() else {
            reader.wrong(&path, place, format!("a transition is a text, not {}", node.what()));
            continue;
        };
        let Some((to, when)) = sentence(&text) else {
            let message = format!(
                "{} is no transition: write `step`, `IF condition THEN step` or `OTHERWISE step`",
                quote(&text)
            );
            reader.wrong(&path, place, message);
            continue;
        };
        if otherwise {
            reader.wrong(&path, place, "`OTHERWISE` comes last");
        }
        if when == When::Otherwise && !conditional {
            reader.wrong(&path, place, "`OTHERWISE` needs an `IF` before it");
        }
        otherwise |= when == When::Otherwise;
        conditional |= matches!(when, When::If(_));
        transitions.push(Transition {
            to: to.into(),
            when,
            place,
        });
    }
    transitions
}

/// A sentence's step, and when it is taken.
fn sentence(text: &str) -> Option<(&str, When)> {
    let text = text.trim();
    if let Some(rest) = keyword(text, "otherwise") {
        return word(rest).map(|to| (to, When::Otherwise));
    }
    let Some(rest) = keyword(text, "if") else {
        return word(text).map(|to| (to, When::Always));
    };
    // The step is the last word, and `THEN` the one before it: the condition may hold any.
    let (before, to) = rest.rsplit_once(char::is_whitespace)?;
    let before = before.trim_end();
    let start = before.len().checked_sub("then".len())?;
    let (condition, then) = before.split_at_checked(start)?;
    let separate = condition.ends_with(|last: char| last.is_whitespace() || last == ')');
    let condition = condition.trim();
    (then.eq_ignore_ascii_case("then") && separate && !condition.is_empty()).then(|| (to, When::If(condition.into())))
}

/// What follows a keyword in any case, and a space.
fn keyword<'t>(text: &'t str, keyword: &str) -> Option<&'t str> {
    let (word, rest) = text.split_at_checked(keyword.len())?;
    let separate = rest.starts_with(|first: char| first.is_whitespace() || first == '(');
    (word.eq_ignore_ascii_case(keyword) && separate).then_some(rest.trim_start())
}

fn word(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && !text.contains(char::is_whitespace)).then_some(text)
}

/// The `dag` of a list of steps: `sequential`, `parallel`, or a map from steps to transitions.
pub(super) fn dag(reader: &mut Reader, node: Node, steps: &mut [Step], path: &str) {
    let place = node.place;
    match node.kind {
        Kind::Text(text) if text.eq_ignore_ascii_case("parallel") => {}
        Kind::Text(text) if text.eq_ignore_ascii_case("sequential") => {
            let next: Vec<_> = steps.iter().skip(1).map(|step| step.id.clone()).collect();
            for (step, to) in steps.iter_mut().zip(next) {
                if step.transitions.is_empty() {
                    let when = When::Always;
                    Arc::make_mut(&mut step.transitions).push(Transition { to, when, place });
                }
            }
        }
        Kind::Map(entries) => {
            let mut places = HashMap::with_capacity(steps.len());
            for (place, step) in steps.iter().enumerate() {
                places.entry(Arc::clone(&step.id)).or_insert(place);
            }
            for (id, entry) in entries {
                if !visit(TRANSITION_VALUES) {
                    break;
                }
                let path = key_path(path, &id);
                let found = match entry.node.kind {
                    Kind::List(elements) => transitions(reader, elements, &path),
                    Kind::Null => Vec::new(),
                    _ => transitions(reader, vec![entry.node], &path),
                };
                match places.get(id.as_str()).and_then(|place| steps.get_mut(*place)) {
                    Some(step) => Arc::make_mut(&mut step.transitions).extend(found),
                    None => {
                        let message = format!("{} is no step of this list", quote(&id));
                        reader
                            .problems
                            .push(error(&path, entry.key_place, Code::UnknownStep, message));
                    }
                }
            }
        }
        _ => reader.wrong(
            path,
            place,
            "a dag is `sequential`, `parallel`, or a map from steps to transitions",
        ),
    }
}

/// The loop parameters of the shorthand: `params`, and the `ranges` of a foreach.
pub(super) fn loop_params(reader: &mut Reader, entries: &mut Entries, path: &str, is_foreach: bool) -> ParameterSet {
    let already = |entry: &Entry| matches!(&entry.node.kind, Kind::Map(map) if map.contains_key("loop_params"));
    if entries.get("params").is_some_and(already) {
        return ParameterSet::new();
    }
    let mut members = match entries.shift_remove("params") {
        Some(entry) => {
            let read = params::set(entry.node, &key_path(path, "params"), Style::Shorthand);
            read.unwrap_or_else(|problems| {
                bounded::add(&mut reader.problems, problems);
                ParameterSet::new()
            })
        }
        None => ParameterSet::new(),
    };
    if let (true, Some(entry)) = (is_foreach, entries.shift_remove("ranges")) {
        let path = key_path(path, "ranges");
        match entry.node.kind {
            Kind::Map(ranges) => {
                for (name, entry) in ranges {
                    if !visit(TRANSITION_VALUES) {
                        break;
                    }
                    let path = key_path(&path, &name);
                    if let Err(problem) = params::check_name(&name, &path, entry.key_place) {
                        reader.problems.push(problem);
                    } else if let Some(definition) = range(reader, entry.node, &path)
                        && members.insert(&name, definition).is_some()
                    {
                        let message = format!("{} is defined twice", quote(&name));
                        reader
                            .problems
                            .push(error(&path, entry.key_place, Code::DuplicateKey, message));
                    }
                }
            }
            _ => reader.wrong(
                &path,
                entry.node.place,
                "ranges are a map from names to `from`, `to` and `increment`",
            ),
        }
    }
    ParameterSet::new().with("loop_params", Definition::members(members))
}

/// A range as an expression; its ends are numbers, or expressions themselves.
fn range(reader: &mut Reader, node: Node, path: &str) -> Option<Definition> {
    let place = node.place;
    let Kind::Map(mut entries) = node.kind else {
        reader.wrong(path, place, "a range is a map with `from`, `to` and maybe `increment`");
        return None;
    };
    let mut end = |reader: &mut Reader, key: &str, default: Option<&str>| -> Option<String> {
        match entries.shift_remove(key) {
            Some(entry) => {
                let text = entry.node.scalar_text();
                if text.is_none() {
                    let message = format!("`{key}` is a number or an expression, not {}", entry.node.what());
                    reader.wrong(&key_path(path, key), entry.node.place, message);
                }
                text
            }
            None => {
                if default.is_none() {
                    reader.wrong(path, place, format!("the range has no `{key}`"));
                }
                default.map(str::to_owned)
            }
        }
    };
    let from = end(reader, "from", None);
    let to = end(reader, "to", None);
    let increment = end(reader, "increment", Some("1"));
    let (from, to, increment) = (from?, to?, increment?);
    if let Some((key, entry)) = entries.first() {
        let message = format!("a range has `from`, `to` and `increment`, not {}", quote(key));
        reader.wrong(path, entry.key_place, message);
    }
    let definition = match counted(&from, &to, &increment) {
        Some(values) => Definition::literal(json!(values)),
        None => Definition::expression(format!("Util.intsBetween({from}, {to}, {increment})")),
    };
    Some(at(definition.with_type(ParamType::LongArray), place))
}

fn at(mut definition: Definition, place: Option<Position>) -> Definition {
    definition.set_position(place);
    definition
}

/// The numbers of a range whose ends are known, where they are not too many.
fn counted(from: &str, to: &str, increment: &str) -> Option<Vec<i64>> {
    const MOST: usize = 1000;
    let (from, to, increment): (i64, i64, i64) = (from.parse().ok()?, to.parse().ok()?, increment.parse().ok()?);
    if increment <= 0 {
        return None;
    }
    let values = std::iter::successors(Some(from), |last| last.checked_add(increment)).take_while(|next| *next < to);
    let values: Vec<i64> = values.take(MOST + 1).collect();
    (values.len() <= MOST).then_some(values)
}
