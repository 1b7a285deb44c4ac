//! A fixture: tests in YAML or JSON, read with the places of all that they say.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::case::Test;
use super::layer::{GIVEN, Layer, SUBJECTS};
use super::table;
use super::wanted;
use crate::diagnostic::{Code, quote};
use crate::host::Interrupt;
use crate::params::DefinitionError;
use crate::params::document::{self, Document, Entries, Node, Reader, read_within};
use crate::params::problem::{index_path, key_path};

/// The tests of a file.
///
/// ```
/// use selvedge::Interrupt;
/// use selvedge::testing::Suite;
/// let text = r#"{"expression": "n * 2", "tests": [{"params": {"n": 4}, "expect": {"value": 8}}]}"#;
/// let suite = Suite::from_json(text, &Interrupt::new())?;
/// assert_eq!(suite.tests()[0].name(), "test 1");
///
/// let misspelt = text.replace("expect", "expects");
/// let refused = Suite::from_json(&misspelt, &Interrupt::new()).unwrap_err();
/// assert_eq!(refused.problems()[0].help(), Some("did you mean `expect`?"));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Suite {
    tests: Vec<Test>,
}

impl Suite {
    /// Reads a fixture in JSON.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each with its place: unknown keys among it. Or what stopped the reading.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::testing::Suite;
    /// let text = r#"{"expression": "1", "tests": [{"expect": {"vaule": 1}}]}"#;
    /// let refused = Suite::from_json(text, &Interrupt::new()).unwrap_err();
    /// let problem = refused.problems().first().ok_or("none")?;
    /// assert_eq!((problem.code().text(), problem.help()), ("E750", Some("did you mean `value`?")));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn from_json(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::of(document::read_json(text)?))
    }

    /// Reads a fixture in YAML.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::testing::Suite;
    /// let text = "expression: n + 1\ntests:\n- table:\n    columns: [n, =value]\n    rows: [[1, 2], [2, 3]]\n";
    /// let suite = Suite::from_yaml(text, &Interrupt::new())?;
    /// assert_eq!(suite.tests()[1].name(), "test 1, row 2");
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn from_yaml(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::of(document::read_yaml(text)?))
    }

    /// The tests, in the order of the file.
    pub fn tests(&self) -> &[Test] {
        &self.tests
    }

    fn of(document: Document) -> Result<Self, DefinitionError> {
        let mut reader = Reader::new(Code::FixtureShape, document.problems);
        let mut fixture = Fixture::default();
        if let Some(entries) = reader.map(document.root, "", "a map with `tests`") {
            fixture.read(&mut reader, entries);
        }
        DefinitionError::unless_empty(reader.into_problems(), Self { tests: fixture.tests })
    }
}

/// The most things that the tests of a fixture are given and expect in all: running them takes time in proportion.
const MOST_GIVEN: usize = 2_000_000;

/// The keys of a file beside what it gives its tests.
const FILE_KEYS: [&str; 2] = ["tests", "description"];
/// The keys of a test beside what it is given.
const TEST_KEYS: [&str; 4] = ["name", "description", "expect", "table"];

/// A file while it is read.
#[derive(Default)]
struct Fixture {
    tests: Vec<Test>,
    names: HashSet<String>,
}

impl Fixture {
    fn read(&mut self, reader: &mut Reader, mut entries: Entries) {
        let shared = Arc::new(Layer::read(reader, &mut entries, ""));
        let Some(tests) = entries.shift_remove("tests") else {
            let help = "write `tests:` and a list of tests";
            reader.wrong_with_help("", None, "missing key `tests`", help);
            return;
        };
        unknown_keys(reader, &entries, "", &FILE_KEYS);
        let nodes = reader.list(tests.node, "tests", "a list of tests").unwrap_or_default();
        for (index, node) in nodes.into_iter().enumerate() {
            let path = index_path("tests", index);
            self.read_test(reader, (index, node), &path, &shared);
        }
        if self.size() > MOST_GIVEN {
            let message =
                format!("the tests are given more than {MOST_GIVEN} values, those they share counted for each");
            let help = "give values only to the tests that read them, or split the fixture";
            reader.wrong_with_help("tests", tests.key_place, message, help);
            self.tests.clear();
        }
    }

    /// How many things the tests are given and expect: what stands above them counts for each.
    fn size(&self) -> usize {
        let mut sizes = HashMap::new();
        let mut size_of = |layer: &Arc<Layer>| *sizes.entry(Arc::as_ptr(layer)).or_insert_with(|| layer.size());
        let of_test = |test: &Test| {
            let given: usize = test.layers.iter().map(&mut size_of).sum();
            given + test.wanted.iter().map(|wanted| wanted.len()).sum::<usize>()
        };
        self.tests.iter().map(of_test).fold(0, usize::saturating_add)
    }

    fn read_test(&mut self, reader: &mut Reader, (index, node): (usize, Node), path: &str, shared: &Arc<Layer>) {
        let place = node.place;
        let Some(mut entries) = reader.map(node, path, "a test, a map") else {
            return;
        };
        let own = Layer::read(reader, &mut entries, path);
        let subject = own.subject.as_ref().or(shared.subject.as_ref()).cloned();
        if subject.is_none() {
            let help = "add `expression`, `program`, `parameters` or `workflow`";
            reader.wrong_with_help(path, place, "missing what the test runs", help);
        }
        let kind = subject.as_ref().map(|subject| subject.value.kind());
        let name = entries.shift_remove("name");
        let name = name.and_then(|entry| reader.placed(&entry.node, &key_path(path, "name")));
        let (name, name_place) = match name {
            Some(name) => (name.value, name.place),
            None => (format!("test {}", index + 1), place),
        };
        if !self.names.insert(name.clone()) {
            let message = format!("duplicate test name {}", quote(&name));
            reader.wrong(&key_path(path, "name"), name_place, message);
        }
        let expect = entries.shift_remove("expect");
        let expect = expect.map(|entry| wanted::read(reader, entry.node, &key_path(path, "expect"), kind));
        let rows = entries.shift_remove("table");
        let rows = rows.map(|entry| table::read(reader, entry.node, &key_path(path, "table"), kind));
        unknown_keys(reader, &entries, path, &TEST_KEYS);
        let Some(subject) = subject else { return };
        let test = Test {
            name,
            path: path.to_owned(),
            place,
            subject,
            layers: vec![Arc::clone(shared), Arc::new(own)],
            wanted: vec![Arc::new(expect.unwrap_or_default())],
        };
        match rows {
            None => self.tests.push(test),
            Some(rows) => self.tests.extend(rows.into_iter().map(|row| row.of(&test))),
        }
    }
}

/// Refuses keys that no part of a fixture has.
fn unknown_keys(reader: &mut Reader, entries: &Entries, path: &str, own: &[&'static str]) {
    for (key, entry) in entries.iter().filter(|(key, _)| *key != "description") {
        let known = own.iter().chain(&SUBJECTS).chain(&GIVEN).copied();
        reader.unknown((&key_path(path, key), entry.key_place), ("key", key), known);
    }
}
