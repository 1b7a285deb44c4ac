//! What is wanted and what is found, as data: the places where they differ.

use serde_json::Value as Json;

use super::verdict::Difference;
use crate::diagnostic::escape_into;

/// The most differences that are told.
const MAX_DIFFERENCES: usize = 40;
/// The most characters of a value that are shown.
const MAX_VALUE_CHARS: usize = 200;

/// The places where two values differ, in the order of what is wanted.
pub(super) fn differences(wanted: &Json, found: &Json) -> Vec<Difference> {
    let mut list = List::default();
    list.add("", Some(wanted), Some(found));
    if list.left_out > 0 {
        list.differences.push(Difference {
            path: format!("and {} more", list.left_out),
            wanted: None,
            found: None,
        });
    }
    list.differences
}

/// What is found under the names that are wanted.
pub(super) fn named(wanted: &Json, found: &Json) -> Json {
    let (Json::Object(wanted), Json::Object(found)) = (wanted, found) else {
        return found.clone();
    };
    let names = wanted
        .keys()
        .filter_map(|name| Some((name.clone(), found.get(name)?.clone())));
    Json::Object(names.collect())
}

/// A value as it is shown: JSON on one line, cut where it is long.
pub(super) fn shown(value: &Json) -> String {
    let mut text = String::new();
    escape_into(&mut text, &value.to_string(), MAX_VALUE_CHARS);
    text
}

#[derive(Default)]
struct List {
    differences: Vec<Difference>,
    left_out: usize,
}

impl List {
    // As deep as documents nest, which their readers bound.
    fn add(&mut self, path: &str, wanted: Option<&Json>, found: Option<&Json>) {
        match (wanted, found) {
            (Some(Json::Object(wanted)), Some(Json::Object(found))) => {
                for (key, value) in wanted {
                    self.add(&under(path, key), Some(value), found.get(key));
                }
                for (key, value) in found.iter().filter(|(key, _)| !wanted.contains_key(*key)) {
                    self.add(&under(path, key), None, Some(value));
                }
            }
            (Some(Json::Array(wanted)), Some(Json::Array(found))) => self.lists(path, wanted, found),
            (wanted, found) if wanted == found => {}
            (wanted, found) => self.push(path, wanted, found),
        }
    }

    /// The elements between those that both begin and end with.
    fn lists(&mut self, path: &str, wanted: &[Json], found: &[Json]) {
        let same = wanted.iter().zip(found).take_while(|(wanted, found)| wanted == found);
        let begin = same.count();
        let rest = |list: &'_ [Json]| list.len() - begin;
        let shared = wanted.iter().rev().zip(found.iter().rev());
        let shared = shared.take_while(|(wanted, found)| wanted == found).count();
        let end = match wanted.len() == found.len() {
            true => 0,
            false => shared.min(rest(wanted)).min(rest(found)),
        };
        for index in begin..(wanted.len() - end).max(found.len() - end) {
            let of = |list: &'_ [Json]| (index < list.len() - end).then_some(index);
            let (wanted, found) = (
                of(wanted).and_then(|at| wanted.get(at)),
                of(found).and_then(|at| found.get(at)),
            );
            self.add(&format!("{path}[{index}]"), wanted, found);
        }
    }

    fn push(&mut self, path: &str, wanted: Option<&Json>, found: Option<&Json>) {
        if self.differences.len() == MAX_DIFFERENCES {
            self.left_out += 1;
            return;
        }
        self.differences.push(Difference {
            path: path.to_owned(),
            wanted: wanted.map(shown),
            found: found.map(shown),
        });
    }
}

/// The path of an entry.
fn under(path: &str, key: &str) -> String {
    crate::params::problem::key_path(path, key)
}
