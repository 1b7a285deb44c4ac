//! Documents to descriptions: all problems are found, not only the first.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value as Json;

use super::description::Platform;
use super::function::Function;
use super::read_function::Read;
use crate::diagnostic::{Code, quote};
use crate::dialect::Dialect;
use crate::engine::UnknownNames;
use crate::host::Interrupt;
use crate::library::capability::Capability;
use crate::limits::Limits;
use crate::lint::Level;
use crate::params::DefinitionError;
use crate::params::document::{self, Document, Entries, Node, Reader};
use crate::params::problem::{Problem, error_with_meant, index_path, key_path};
use crate::source::Position;

/// The keys of a description.
const KEYS: [&str; 10] = [
    "dialect",
    "strict",
    "unknown-names",
    "without",
    "limits",
    "parameters",
    "signals",
    "constants",
    "functions",
    "levels",
];
/// Keys that belong to others: which files `selvedge check` looks at, what a project adds to, and where the schema is.
const OF_OTHERS: [&str; 3] = ["files", "platform", "$schema"];

pub(super) const UNKNOWN_NAMES: [(&str, UnknownNames); 2] =
    [("error", UnknownNames::Error), ("null", UnknownNames::Null)];
pub(super) const LEVELS: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

impl Platform {
    /// Reads a description in JSON.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each with its place: unknown keys and words, types that are none, names that no function may
    /// have, stubs that do not fit.
    ///
    /// ```
    /// use selvedge::platform::Platform;
    /// let text = "{\n  \"functions\": {\"Catalog\": {\"rows\": {\"result\": \"int\", \"costs\": 5}}}\n}";
    /// let refused = Platform::from_json(text).unwrap_err();
    /// let told: Vec<String> = refused.problems().iter().map(ToString::to_string).collect();
    /// assert_eq!(told[1], "functions.Catalog.rows.costs at 2:55: unknown key `costs` [E740]");
    /// assert_eq!(refused.problems()[1].help(), Some("did you mean `cost`?"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        read(document::read_json(text)?)
    }

    /// Reads a description in TOML, as in `selvedge.toml`. The keys `files` and `platform`, which are about other files, belong to the
    /// project.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    ///
    /// ```
    /// use selvedge::platform::Platform;
    /// let platform = Platform::from_toml(r#"
    ///     without = ["randomness"]
    ///
    ///     [parameters]
    ///     run_time = "long"
    ///
    ///     [functions.Catalog.partitions]
    ///     parameters = [{ name = "table", type = "string" }]
    ///     result = "list<{day: long, rows: long?}>"
    ///     cost = 500
    ///     stub.expression = "[{'day': 20260131, 'rows': table.length()}]"
    /// "#)?;
    /// assert_eq!(platform.function("Catalog.partitions").map(|function| function.cost_steps()), Some(500));
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, DefinitionError> {
        read(document::read_toml(text)?)
    }

    /// As [`from_json`](Self::from_json), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As there; or what stopped it.
    ///
    /// ```
    /// use selvedge::platform::Platform;
    /// use selvedge::{CancelToken, Interrupt};
    /// let token = CancelToken::new();
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert!(Platform::from_json_with("{}", &interrupt).is_ok());
    ///
    /// token.cancel();
    /// let refused = Platform::from_json_with("{}", &interrupt).unwrap_err();
    /// assert_eq!(refused.to_string(), "the host cancelled the call [E609]");
    /// ```
    pub fn from_json_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        document::read_within(interrupt, || Self::from_json(text))
    }

    /// As [`from_toml`](Self::from_toml), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As there; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::Interrupt;
    /// use selvedge::platform::Platform;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = Platform::from_toml_with("strict = true", &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// ```
    #[cfg(feature = "toml")]
    pub fn from_toml_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        document::read_within(interrupt, || Self::from_toml(text))
    }
}

impl<'de> Deserialize<'de> for Platform {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let root = Node::from_json(Json::deserialize(deserializer)?);
        let problems = Vec::new();
        read(Document { root, problems }).map_err(D::Error::custom)
    }
}

fn read(document: Document) -> Result<Platform, DefinitionError> {
    let Document { root, problems } = document;
    let mut reader = Reader::new(Code::PlatformShape, problems);
    let entries = reader.entries(root, "");
    let platform = reader.platform(Platform::new(), entries);
    DefinitionError::unless_empty(reader.into_problems(), platform)
}

impl Reader {
    /// A description with what the entries of a document say beside it. Of a function that it has they may give the stub alone.
    pub(crate) fn platform(&mut self, mut platform: Platform, mut entries: Entries) -> Platform {
        entries.retain(|key, _| !OF_OTHERS.contains(&key.as_str()));
        let dialect = self.taken(&mut entries, "", "dialect", |reader, node, path| {
            reader.word(&node, path, "dialect", &Dialect::NAMED)
        });
        platform.dialect = dialect.unwrap_or(platform.dialect);
        let strict = self.taken(&mut entries, "", "strict", |reader, node, path| {
            reader.flag(&node, path)
        });
        platform.strict = strict.unwrap_or(platform.strict);
        let unknown_names = self.taken(&mut entries, "", "unknown-names", |reader, node, path| {
            reader.word(&node, path, "meaning", &UNKNOWN_NAMES)
        });
        platform.unknown_names = unknown_names.unwrap_or(platform.unknown_names);
        self.without(&mut platform, entries.shift_remove("without").map(|entry| entry.node));
        if let Some(entry) = entries.shift_remove("limits") {
            self.limits(&mut platform.limits, entry.node);
        }
        let parameters = self.taken(&mut entries, "", "parameters", |reader, node, path| {
            Some(reader.schema(node, path))
        });
        platform.parameters = match (parameters, platform.parameters) {
            (Some(own), Some(others)) => Some(own.with_missing(&others)),
            (own, others) => own.or(others),
        };
        if let Some(entry) = entries.shift_remove("signals") {
            for (index, node) in self.elements(entry.node, "signals").iter().enumerate() {
                platform.signals.extend(self.text(node, &index_path("signals", index)));
            }
        }
        if let Some(entry) = entries.shift_remove("constants") {
            self.constants(&mut platform, entry.node);
        }
        if let Some(entry) = entries.shift_remove("functions") {
            self.functions(&mut platform, entry.node);
        }
        if let Some(entry) = entries.shift_remove("levels") {
            self.levels(&mut platform, entry.node);
        }
        self.unknown_keys(&entries, "", &KEYS);
        platform
    }

    fn without(&mut self, platform: &mut Platform, node: Option<Node>) {
        let all = Capability::ALL
            .iter()
            .map(|capability| (capability.name(), *capability));
        let all: Vec<(&str, Capability)> = all.collect();
        let nodes = node.map(|node| self.elements(node, "without")).unwrap_or_default();
        for (index, node) in nodes.iter().enumerate() {
            let off = self.word(node, &index_path("without", index), "part of the language", &all);
            if let Some(off) = off {
                *platform = std::mem::take(platform).without(off);
            }
        }
    }

    fn limits(&mut self, limits: &mut Limits, node: Node) {
        let names: Vec<String> = Limits::TABLE.iter().map(|about| about.name.replace('_', "-")).collect();
        for (key, entry) in self.entries(node, "limits") {
            let path = key_path("limits", &key);
            let about = names.iter().zip(Limits::TABLE).find(|(name, _)| **name == key);
            let Some((_, about)) = about else {
                let near = crate::diagnostic::closest(&key, names.iter().map(String::as_str));
                let message = format!("unknown limit {}", quote(&key));
                match near {
                    Some(_) => self.add(error_with_meant(
                        &path,
                        entry.key_place,
                        Code::PlatformShape,
                        message,
                        near,
                    )),
                    None => {
                        let help = format!("the limits are {}", names.join(", "));
                        self.wrong_with_help(&path, entry.key_place, message, help);
                    }
                }
                continue;
            };
            if let Some(limit) = self.count(&entry.node, &path, i64::MAX as u64) {
                limits.set(about.name, limit);
            }
        }
    }

    /// What stands by namespaces and names: the full name and path of each, with the place of its key.
    fn members(&mut self, node: Node, path: &str, example: &str) -> Vec<(String, String, Option<Position>, Node)> {
        let mut members = Vec::new();
        for (namespace, entry) in self.entries(node, path) {
            let path = key_path(path, &namespace);
            if namespace.contains('.') {
                let message = format!("expected a namespace, found {}", quote(&namespace));
                self.wrong_with_help(&path, entry.key_place, message, format!("write {example}"));
                continue;
            }
            for (name, entry) in self.entries(entry.node, &path) {
                let path = key_path(&path, &name);
                members.push((format!("{namespace}.{name}"), path, entry.key_place, entry.node));
            }
        }
        members
    }

    fn constants(&mut self, platform: &mut Platform, node: Node) {
        let example = "a map of constants for each namespace, such as `[constants.Env]`";
        for (name, path, place, node) in self.members(node, "constants", example) {
            let Some(value) = self.value(node, &path) else {
                continue;
            };
            if let Err(refused) = platform.insert_constant(&name, value) {
                self.wrong(&path, place, refused.to_string());
            }
        }
    }

    fn functions(&mut self, platform: &mut Platform, node: Node) {
        let example = "a map of functions for each namespace, such as `[functions.Catalog.partitions]`";
        let mut stubs = Vec::new();
        for (name, path, place, node) in self.members(node, "functions", example) {
            let problems = self.noted();
            if let Some(known) = platform.function(&name) {
                let (stub, stub_place) = self.only_stub(&name, node, &path);
                let stubbed = Function { stub, ..known.clone() };
                platform.functions.insert(name.as_str().into(), stubbed);
                stubs.push((name, stub_place));
                continue;
            }
            let Read { function, stub_place } = self.function(&name, node, &path);
            if let Err(refused) = platform.insert(function) {
                self.wrong(&path, place, refused.to_string());
            } else if problems == self.noted() {
                stubs.push((name, stub_place));
            }
        }
        let engine = platform.stub_engine();
        for (name, place) in stubs {
            let Some(function) = platform.function(&name) else {
                continue;
            };
            if let Err(refused) = platform.answer(function, &engine, place) {
                for problem in Vec::<Problem>::from(refused) {
                    self.add(problem);
                }
            }
        }
    }

    fn levels(&mut self, platform: &mut Platform, node: Node) {
        for (name, entry) in self.entries(node, "levels") {
            let path = key_path("levels", &name);
            let Some(level) = self.word(&entry.node, &path, "level", &LEVELS) else {
                continue;
            };
            if let Err(refused) = platform.levels.set(&name, level) {
                self.wrong_with_help(&path, entry.key_place, refused.problem, refused.help);
            }
        }
    }
}
