//! The shorthand of YAML for workflows: transitions as sentences, ranges, and the shape of the graph in a word.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::definition::{Step, Transition, When};
use super::reader::{Reader, TRANSITION_VALUES};
use crate::diagnostic::{Code, quote};
use crate::params::document::{Entries, Entry, Kind, Node};
use crate::params::mistakes::check_name;
use crate::params::problem::{error, index_path, key_path};
use crate::params::read::{self as params, Style};
use crate::params::{Definition, ParamType, ParameterSet};
use crate::work::visit;

/// The transitions of a list: `job.2`, `IF condition THEN job.4`, `OTHERWISE job.6`, `ON FAILURE job.8`, `ALWAYS job.9`.
pub(super) fn transitions(reader: &mut Reader, elements: Vec<Node>, path: &str) -> Vec<Transition> {
    let mut transitions: Vec<Transition> = Vec::with_capacity(elements.len());
    let (mut otherwise, mut conditional) = (false, false);
    for (index, node) in elements.into_iter().enumerate() {
        if !visit(TRANSITION_VALUES) {
            break;
        }
        let path = index_path(path, index);
        let place = node.place;
        // An entry that is empty is none.
        if matches!(node.kind, Kind::Null) {
            continue;
        }
        let Some(text) = node.scalar_text() else {
            reader.wrong(
                &path,
                place,
                format!("expected a text for the transition, found {}", node.what()),
            );
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        let Some((to, when)) = sentence(&text) else {
            let message = format!(
                "invalid transition {}: write `step`, `IF condition THEN step`, `OTHERWISE step`, `ON FAILURE step` or `ALWAYS step`",
                quote(&text)
            );
            reader.wrong(&path, place, message);
            continue;
        };
        if otherwise && !matches!(when, When::OnFailure | When::InAnyCase) {
            reader.wrong(&path, place, "`OTHERWISE` comes last");
        }
        otherwise |= when == When::Otherwise;
        conditional |= matches!(when, When::If(_));
        // Where there is no condition, none of them holds.
        let when = match when == When::Otherwise && !conditional {
            true => When::Always,
            false => when,
        };
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
    if let Some(rest) = keyword(text, "on").and_then(|rest| keyword(rest, "failure")) {
        return word(rest).map(|to| (to, When::OnFailure));
    }
    if let Some(rest) = keyword(text, "always") {
        return word(rest).map(|to| (to, When::InAnyCase));
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
                    // Those of the step itself come first.
                    Some(step) if !step.transitions.is_empty() => {}
                    Some(step) => Arc::make_mut(&mut step.transitions).extend(found),
                    None => {
                        let message = format!("unknown step {} in this list", quote(&id));
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
            "expected `sequential`, `parallel`, or a map from steps to transitions",
        ),
    }
}

/// The loop parameters of the shorthand: `loop_params`, which may be called `params` too, and the `ranges` of a foreach.
pub(super) fn loop_params(reader: &mut Reader, entries: &mut Entries, path: &str, is_foreach: bool) -> ParameterSet {
    let already = |entry: &Entry| matches!(&entry.node.kind, Kind::Map(map) if map.contains_key("loop_params"));
    if entries.get("params").is_some_and(already) {
        return ParameterSet::new();
    }
    let mut members = match reader.alias(entries, ["loop_params", "params"], path) {
        Some((key, entry)) => params::set(entry.node, &key_path(path, key), Style::Shorthand, &mut reader.problems),
        None => ParameterSet::new(),
    };
    if let (true, Some(entry)) = (is_foreach, entries.shift_remove("ranges")) {
        ranges(reader, entry.node, &key_path(path, "ranges"), &mut members);
    }
    ParameterSet::new().with("loop_params", Definition::members(members))
}

/// Adds the ranges of a foreach to its loop parameters.
fn ranges(reader: &mut Reader, node: Node, path: &str, members: &mut ParameterSet) {
    let place = node.place;
    let Kind::Map(ranges) = node.kind else {
        reader.wrong(path, place, "expected a map from names to `from`, `to` and `increment`");
        return;
    };
    for (name, entry) in ranges {
        if !visit(TRANSITION_VALUES) {
            break;
        }
        let path = key_path(path, &name);
        if let Err(problem) = check_name(&name, &path, entry.key_place) {
            reader.problems.push(problem);
        } else if let Some(definition) = range(reader, entry.node, &path)
            && members.insert(&name, definition).is_some()
        {
            let message = format!("duplicate parameter {}", quote(&name));
            let problem = error(&path, entry.key_place, Code::DuplicateKey, message);
            reader.problems.push(problem);
        }
    }
}

/// What a subworkflow's step runs: the workflow of `workflow_id`, which may be called `subworkflow_id` too, or else of its own id;
/// and in which version.
pub(super) fn subworkflow(reader: &mut Reader, entries: &mut Entries, path: &str, id: &str) -> ParameterSet {
    let text = |json: serde_json::Value, place| Definition::literal(json).with_type(ParamType::String).at(place);
    let (of, place) = match reader.alias(entries, ["workflow_id", "subworkflow_id"], path) {
        Some((key, entry)) => {
            let place = entry.node.place;
            (reader.text_of(entry.node, key, path).unwrap_or_default(), place)
        }
        None => (id.to_owned(), None),
    };
    let mut set = ParameterSet::new().with("subworkflow_id", text(json!(of), place));
    if let Some((key, entry)) = reader.alias(entries, ["version", "subworkflow_version"], path) {
        let place = entry.node.place;
        let version = reader.text_of(entry.node, key, path).unwrap_or_default();
        set.insert("subworkflow_version", text(json!(version), place));
    }
    set
}

/// A range as an expression; its ends are numbers, or expressions themselves.
fn range(reader: &mut Reader, node: Node, path: &str) -> Option<Definition> {
    let place = node.place;
    let Kind::Map(mut entries) = node.kind else {
        reader.wrong(
            path,
            place,
            "expected a map with `to`, and optionally `from` and `increment`",
        );
        return None;
    };
    entries.retain(|_, entry| !matches!(entry.node.kind, Kind::Null));
    let mut end = |reader: &mut Reader, key: &str, default: Option<&str>| -> Option<String> {
        match entries.shift_remove(key) {
            Some(entry) => {
                let text = entry.node.scalar_text();
                if text.is_none() {
                    let message = format!(
                        "expected a number or an expression for `{key}`, found {}",
                        entry.node.what()
                    );
                    reader.wrong(&key_path(path, key), entry.node.place, message);
                }
                text
            }
            None => {
                if default.is_none() {
                    reader.wrong(path, place, format!("missing key `{key}` of the range"));
                }
                default.map(str::to_owned)
            }
        }
    };
    let from = end(reader, "from", Some("0"));
    let to = end(reader, "to", None);
    let increment = end(reader, "increment", Some("1"));
    let (from, to, increment) = (from?, to?, increment?);
    if let Some((key, entry)) = entries.first() {
        let message = format!(
            "unknown key {} of a range, expected `from`, `to` or `increment`",
            quote(key)
        );
        reader.wrong(path, entry.key_place, message);
    }
    let definition = match counted(&from, &to, &increment) {
        Some(values) => Definition::literal(json!(values)),
        None => Definition::expression(format!("Util.intsBetween({from}, {to}, {increment})")),
    };
    Some(definition.with_type(ParamType::LongArray).at(place))
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
