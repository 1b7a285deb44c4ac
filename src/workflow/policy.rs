//! Timeouts and retry policies: what they may say, looked at where they are read, and again where their texts have values.

use serde_json::Value as Json;

use super::reader::Reader;
use crate::diagnostic::quote;
use crate::params::document::{Entries, Kind, Node};
use crate::params::problem::key_path;

/// The longest timeout, in milliseconds.
const MOST_MILLIS: u64 = 120 * DAY_MILLIS;
const DAY_MILLIS: u64 = 24 * 3_600_000;
/// The most times a step is run again.
const MOST_RETRIES: i64 = 99;
/// The longest time between two attempts, in seconds.
const MOST_WAIT: i64 = 24 * 3_600;

/// What is wrong: the keys that lead to it, and why.
type Wrong = (Vec<String>, String);

impl Reader {
    /// Looks at the timeout and the retry policy of a workflow or step.
    pub(super) fn policies(&mut self, entries: &Entries, path: &str) {
        for key in ["timeout", "retry_policy"] {
            let Some(entry) = entries.get(key) else { continue };
            let path = key_path(path, key);
            for (keys, message) in wrong(key, &entry.node.copy().into_json()) {
                let mut node = &entry.node;
                let mut path = path.clone();
                for key in &keys {
                    path = key_path(&path, key);
                    node = inside(node, key).unwrap_or(node);
                }
                self.wrong(&path, node.place, message);
            }
            if let Kind::Map(policy) = &entry.node.kind {
                self.near(policy, &POLICY_KEYS, &path);
                if let Some(Kind::Map(backoff)) = policy.get("backoff").map(|entry| &entry.node.kind) {
                    self.near(backoff, &BACKOFF_KEYS, &key_path(&path, "backoff"));
                }
            }
        }
    }
}

fn inside<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        Kind::Map(entries) => entries.get(key).map(|entry| &entry.node),
        _ => None,
    }
}

const POLICY_KEYS: [&str; 4] = [
    "error_retry_limit",
    "platform_retry_limit",
    "timeout_retry_limit",
    "backoff",
];
const BACKOFF_KEYS: [&str; 10] = [
    "type",
    "error_retry_backoff_in_secs",
    "error_retry_exponent",
    "error_retry_limit_in_secs",
    "platform_retry_backoff_in_secs",
    "platform_retry_exponent",
    "platform_retry_limit_in_secs",
    "timeout_retry_backoff_in_secs",
    "timeout_retry_exponent",
    "timeout_retry_limit_in_secs",
];

/// What is wrong with a timeout or retry policy. A text with a `$` is looked at once it has its value.
pub(super) fn wrong(key: &str, json: &Json) -> Vec<Wrong> {
    match key {
        "timeout" => timeout(json).err().map(|why| (Vec::new(), why)).into_iter().collect(),
        "retry_policy" => policy(json),
        _ => Vec::new(),
    }
}

fn policy(json: &Json) -> Vec<Wrong> {
    let entries = match json {
        Json::Null => return Vec::new(),
        Json::Object(entries) => entries,
        other => {
            return vec![(
                Vec::new(),
                format!("expected a map for the retry policy, found {}", what(other)),
            )];
        }
    };
    let mut found = Vec::new();
    for key in POLICY_KEYS.iter().filter(|key| **key != "backoff") {
        if let Some(Err(why)) = entries.get(*key).map(|json| number(json, 0, MOST_RETRIES)) {
            found.push((vec![(*key).to_owned()], why));
        }
    }
    let inside = |key: &str| vec!["backoff".to_owned(), key.to_owned()];
    let backoff = match entries.get("backoff") {
        None | Some(Json::Null) => return found,
        Some(Json::Object(backoff)) => backoff,
        Some(other) => {
            found.push((
                vec!["backoff".to_owned()],
                format!("expected a map for the backoff, found {}", what(other)),
            ));
            return found;
        }
    };
    let types = "`EXPONENTIAL_BACKOFF` or `FIXED_BACKOFF`";
    match backoff.get("type") {
        Some(Json::String(ty)) if is_later(ty) || matches!(&**ty, "EXPONENTIAL_BACKOFF" | "FIXED_BACKOFF") => {}
        Some(Json::String(ty)) => found.push((
            inside("type"),
            format!("expected {types} for the type of the backoff, found {}", quote(ty)),
        )),
        Some(other) => found.push((
            inside("type"),
            format!("expected {types} for the type of the backoff, found {}", what(other)),
        )),
        None => found.push((
            vec!["backoff".to_owned()],
            format!("missing `type` of the backoff: {types}"),
        )),
    }
    for key in BACKOFF_KEYS.iter().filter(|key| **key != "type") {
        let checked = backoff.get(*key).map(|json| match key.ends_with("_exponent") {
            true => number(json, 0, i64::from(i32::MAX)),
            false => seconds(json),
        });
        if let Some(Err(why)) = checked {
            found.push((inside(key), why));
        }
    }
    found
}

/// A number as it stands, or as a text: what is not known yet is taken.
enum Given<'j> {
    Number(i64),
    Text(&'j str),
    Later,
}

/// Whether a text has its value only where names in it have theirs.
fn is_later(text: &str) -> bool {
    text.contains('$')
}

fn given(json: &Json) -> Result<Given<'_>, String> {
    match json {
        Json::Null => Ok(Given::Later),
        Json::Number(number) => {
            // What is beyond a LONG is beyond every limit.
            let whole = |number: f64| (number.fract() == 0.0).then_some(number as i64);
            match number.as_i64().or_else(|| number.as_f64().and_then(whole)) {
                Some(whole) if whole >= 0 => Ok(Given::Number(whole)),
                Some(_) => Err(format!("expected a number from 0, found {number}")),
                None => Err(format!("expected a whole number, found {number}")),
            }
        }
        Json::String(text) if is_later(text) => Ok(Given::Later),
        Json::String(text) => Ok(text.parse().map_or(Given::Text(text), Given::Number)),
        other => Err(format!("expected a number or a text, found {}", what(other))),
    }
}

fn number(json: &Json, least: i64, most: i64) -> Result<(), String> {
    match given(json)? {
        Given::Number(number) if (least..=most).contains(&number) => Ok(()),
        Given::Number(number) => Err(format!("expected a number from {least} to {most}, found {number}")),
        Given::Text(text) => Err(format!("expected a whole number, found {}", quote(text))),
        Given::Later => Ok(()),
    }
}

fn seconds(json: &Json) -> Result<(), String> {
    let (seconds, shown) = match given(json)? {
        Given::Number(number) => (number, number.to_string()),
        Given::Text(text) => ((millis(text) / 1_000) as i64, quote(text)),
        Given::Later => return Ok(()),
    };
    match (1..=MOST_WAIT).contains(&seconds) {
        true => Ok(()),
        false => Err(format!(
            "expected a time from 1 to {MOST_WAIT} seconds, {EXAMPLES}; found {shown}"
        )),
    }
}

const EXAMPLES: &str = "such as 90, `5 minutes` or `1h30min`";

fn timeout(json: &Json) -> Result<(), String> {
    let (time, shown) = match given(json)? {
        Given::Number(number) => ((number.max(0) as u64).saturating_mul(1_000), number.to_string()),
        Given::Text(text) => (millis(text), quote(text)),
        Given::Later => return Ok(()),
    };
    match (1..=MOST_MILLIS).contains(&time) {
        true => Ok(()),
        false => Err(format!(
            "expected a time of at most 120 days, {EXAMPLES}; found {shown}"
        )),
    }
}

/// The units of time, by what a text begins with, after one space or none. The first that fits is taken.
const UNITS: [(&str, u64); 6] = [
    ("d", DAY_MILLIS),
    ("h", 3_600_000),
    ("min", 60_000),
    ("s", 1_000),
    ("ms", 1),
    ("millisecond", 1),
];

/// The milliseconds of a text: all numbers in it with a unit behind, together.
pub(super) fn millis(text: &str) -> u64 {
    let text = text.to_ascii_lowercase();
    let mut rest = &*text;
    let mut total = 0_u64;
    while let Some(start) = rest.find(|first: char| first.is_ascii_digit()) {
        let from = rest.get(start..).unwrap_or_default();
        let end = from.find(|next: char| !next.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at_checked(end).unwrap_or((from, ""));
        let unit = after.strip_prefix(' ').unwrap_or(after);
        let unit = UNITS.iter().find(|(name, _)| unit.starts_with(name));
        if let (Some((_, millis)), Ok(count)) = (unit, digits.parse::<u64>()) {
            total = total.saturating_add(count.saturating_mul(*millis));
        }
        rest = after;
    }
    total
}

fn what(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "a map",
    }
}
