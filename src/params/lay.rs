//! A definition laid over another: the result of the two, and whether that is a change.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::convert::literal;
use super::definition::{Body, Definition};
use super::kind::{Occasion, ParamType};
use super::problem::{Problem, error, error_with_help, key_path};
use crate::diagnostic::{Code, quote};

/// The key of the words that a definition is marked with.
const TAGS: &str = "tags";
/// The key that says who gave a value, which the system writes.
const SOURCE: &str = "source";

/// The result of a definition that is laid over another: the type of the first, the value of the second.
pub(super) fn laid(
    name: &str,
    old: &Definition,
    new: &Definition,
    occasion: Occasion,
    path: &str,
) -> Result<Definition, Problem> {
    let (declared, body) = body(name, old, new, occasion, path)?;
    let mut extra = old.extra.clone();
    for (key, value) in &new.extra {
        match (key.as_str(), extra.get_mut(key)) {
            (TAGS, Some(tags)) => unite(tags, value),
            (_, Some(known)) => known.clone_from(value),
            (_, None) => {
                extra.insert(key.clone(), value.clone());
            }
        }
    }
    Ok(Definition {
        declared,
        body,
        shape: new.shape.clone().or_else(|| old.shape.clone()),
        mode: new.mode.or(old.mode),
        internal: old.internal.or(new.internal),
        extra,
        place: new.place,
    })
}

fn body(
    name: &str,
    old: &Definition,
    new: &Definition,
    occasion: Occasion,
    path: &str,
) -> Result<(Option<ParamType>, Body), Problem> {
    let declared = old.declared.or(new.declared);
    let other_type = || {
        let [was, is] = [old, new].map(|of| of.declared.map_or("another type", ParamType::name));
        let message = format!("cannot redefine {} of type {was} as {is}", quote(name));
        let code = Code::ConversionFailed;
        Err(match (old.declared, new.declared) {
            (Some(ParamType::Map), Some(ParamType::StringMap)) => {
                let help = "in the shorthand a map of texts is a STRING_MAP, unless its key says `name<pmap>`";
                error_with_help(path, new.place, code, message, help)
            }
            _ => error(path, new.place, code, message),
        })
    };
    let is_map = |of: &Definition| matches!(of.declared, Some(ParamType::Map | ParamType::StringMap));
    let body = match (&old.body, &new.body) {
        (Body::Members(old), Body::Members(new)) => {
            let mut members = old.clone();
            for (name, definition) in new.iter() {
                // One may be new whoever changes the map around it.
                members.redefine_one(name, definition, occasion, &key_path(path, name))?;
            }
            Body::Members(members)
        }
        (_, Body::Expression(_) | Body::Missing) => new.body.clone(),
        (Body::Expression(_), _) if is_map(old) => {
            let message = format!(
                "a literal cannot replace {}, a map that an expression computes",
                quote(name)
            );
            let help = "lay an expression over it";
            return Err(error_with_help(path, new.place, Code::ModeForbids, message, help));
        }
        (_, _) if is_map(old) && is_map(new) && old.declared != new.declared => return other_type(),
        (_, Body::Members(_)) if old.declared.is_some_and(|ty| ty != ParamType::Map) => return other_type(),
        (_, Body::Members(_)) => new.body.clone(),
        (Body::Literal(Json::Object(old)), Body::Literal(Json::Object(new))) => {
            let mut entries = old.clone();
            entries.extend(new.iter().map(|(key, value)| (key.clone(), value.clone())));
            Body::Literal(Json::Object(entries))
        }
        (_, Body::Literal(json)) => match cast(json, new.declared, old.declared) {
            Some(json) => Body::Literal(json),
            None => return other_type(),
        },
    };
    Ok((declared, body))
}

/// A literal of one type as one of another.
fn cast(json: &Json, from: Option<ParamType>, to: Option<ParamType>) -> Option<Json> {
    let (Some(from), Some(to)) = (from, to) else {
        return Some(json.clone());
    };
    if from == to {
        return Some(json.clone());
    }
    let value = serde_json::to_value(literal(json, Some(from)).ok()?).ok()?;
    serde_json::to_value(literal(&value, Some(to)).ok()?).ok()
}

/// Adds the tags that are not there yet.
fn unite(tags: &mut Json, more: &Json) {
    let (Json::Array(known), Json::Array(more)) = (&mut *tags, more) else {
        tags.clone_from(more);
        return;
    };
    let mut identities = identities(known);
    known.extend(more.iter().filter(|tag| identities.insert(identity(tag))).cloned());
}

/// What tags are known by.
fn identities(tags: &[Json]) -> HashSet<String> {
    tags.iter().map(identity).collect()
}

/// What a tag is known by: a text is the name of one.
fn identity(tag: &Json) -> String {
    let Json::Object(entries) = tag else {
        return tag.to_string();
    };
    match entries.get("name") {
        Some(name) if entries.len() == 1 => name.to_string(),
        _ => {
            let mut entries = entries.clone();
            entries.sort_keys();
            Json::Object(entries).to_string()
        }
    }
}

/// Whether two definitions say the same: what they give, who may change it, what checks it, and the tags.
fn is_same(old: &Definition, new: &Definition) -> bool {
    let tags = |of: &Definition| match of.extra.get(TAGS) {
        Some(Json::Array(tags)) => identities(tags),
        _ => HashSet::new(),
    };
    old.mode() == new.mode()
        && old.extra.get("validator") == new.extra.get("validator")
        && tags(new).is_subset(&tags(old))
        && gives_same(old, new)
}

fn gives_same(old: &Definition, new: &Definition) -> bool {
    match (&old.body, &new.body) {
        (Body::Literal(left), Body::Literal(right)) => {
            let value = |json| literal(json, new.declared).ok();
            left == right || value(left).is_some_and(|left| Some(left) == value(right))
        }
        (Body::Members(left), Body::Members(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, old)| right.get(name).is_some_and(|new| is_same(old, new)))
        }
        (left, right) => left == right,
    }
}

/// What was laid, without the source of the definition below where that does not say the same: it is that of another value.
pub(super) fn sourced(old: &Definition, new: &Definition, mut laid: Definition) -> Definition {
    if old.extra.contains_key(SOURCE) && !new.extra.contains_key(SOURCE) && !is_same(old, &laid) {
        laid.extra.shift_remove(SOURCE);
    }
    laid
}

/// Refuses what may not be changed then, where `laid` is the result of laying `new` over `old`.
pub(super) fn allow(
    name: &str,
    [old, new, laid]: [&Definition; 3],
    occasion: Occasion,
    path: &str,
) -> Result<(), Problem> {
    if occasion == Occasion::System {
        return Ok(());
    }
    match allow_change(name, old, new, occasion, path) {
        // What says the same is not a change.
        Err(_) if is_same(old, laid) => Ok(()),
        allowed => allowed,
    }
}

fn allow_change(name: &str, old: &Definition, new: &Definition, occasion: Occasion, path: &str) -> Result<(), Problem> {
    let (name, mode) = (quote(name), old.mode());
    let refuse = |message: String| Err(error(path, new.place, Code::ModeForbids, message));
    if let Some(looser) = new.mode.filter(|new| *new < mode) {
        return refuse(format!("the mode of {name} cannot be relaxed from {mode} to {looser}"));
    }
    if !mode.allows(occasion) {
        return match old.internal.filter(|internal| internal.mode() == mode) {
            Some(internal) => refuse(format!("{name} is {internal}, which {occasion} cannot change")),
            None => refuse(format!("{name} is {mode}, which {occasion} cannot change")),
        };
    }
    if let Some(mode) = new.mode.filter(|mode| !mode.allows(occasion)) {
        let message = format!("{name} becomes {mode}, which {occasion} cannot change");
        let help = "a mode that forbids the change stands where the parameter is defined first";
        return Err(error_with_help(path, new.place, Code::ModeForbids, message, help));
    }
    allow_marks(&name, new, path)
}

/// Refuses the marks that only the system sets.
pub(super) fn allow_marks(name: &str, new: &Definition, path: &str) -> Result<(), Problem> {
    let mark = match (new.internal, new.extra.contains_key(SOURCE)) {
        (Some(_), _) => "internal_mode",
        (None, true) => SOURCE,
        (None, false) => return Ok(()),
    };
    let message = format!("only the system may set `{mark}` of {name}");
    let help = "leave it out";
    Err(error_with_help(path, new.place, Code::ModeForbids, message, help))
}
