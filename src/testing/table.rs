//! The table of a test: each row is a test, with parameters and expectations in columns.

use std::sync::Arc;

use super::case::Test;
use super::kind::Kind;
use super::layer::Layer;
use super::reader::Placed;
use super::wanted::{self, Wanted};
use crate::params::document::{Entry, Node, Reader};
use crate::params::problem::{index_path, key_path};
use crate::source::Position;

/// What begins the name of a column of expectations.
const EXPECTED: char = '=';

/// A row of a table.
pub(super) struct Row {
    number: usize,
    path: String,
    place: Option<Position>,
    given: Layer,
    wanted: Vec<Wanted>,
}

impl Row {
    /// The test that it makes of the test its table is of.
    pub(super) fn of(self, test: &Test) -> Test {
        let mut own = test.clone();
        own.name = format!("{}, row {}", test.name, self.number);
        own.path = self.path;
        own.place = self.place;
        own.layers.push(Arc::new(self.given));
        own.wanted.push(Arc::new(self.wanted));
        own
    }
}

/// Reads `columns`, each the name of a parameter or `=` and an expectation, and `rows`.
pub(super) fn read(reader: &mut Reader, node: Node, path: &str, tested: Option<Kind>) -> Vec<Row> {
    let place = node.place;
    let Some(mut entries) = reader.map(node, path, "a table, a map with `columns` and `rows`") else {
        return Vec::new();
    };
    let mut take = |reader: &mut Reader, key: &str| {
        let path = key_path(path, key);
        match entries.shift_remove(key) {
            Some(entry) => reader.elements(entry.node, &path),
            None => {
                reader.wrong(&path, place, format!("missing key `{key}` of the table"));
                Vec::new()
            }
        }
    };
    let columns = take(reader, "columns");
    let rows = take(reader, "rows");
    for (key, entry) in &entries {
        let known = ["columns", "rows"].into_iter();
        reader.unknown((&key_path(path, key), entry.key_place), ("key", key), known);
    }
    let columns_path = key_path(path, "columns");
    let columns = columns.iter().filter_map(|node| reader.placed(node, &columns_path));
    let columns: Vec<Placed<String>> = columns.collect();
    if let (Some(tested), path) = (tested, &columns_path) {
        let expected = columns
            .iter()
            .filter_map(|column| Some((column, column.value.strip_prefix(EXPECTED)?)));
        let unknown = expected.filter(|(_, name)| !tested.expectations().any(|known| known == *name));
        let unknown: Vec<_> = unknown.collect();
        if !unknown.is_empty() {
            for (column, name) in unknown {
                reader.unknown((path, column.place), ("expectation", name), tested.expectations());
            }
            return Vec::new();
        }
    }
    let rows = rows.into_iter().enumerate();
    let rows = rows.filter_map(|row| read_row(reader, row, &columns, &key_path(path, "rows"), tested));
    rows.collect()
}

fn read_row(
    reader: &mut Reader,
    (index, node): (usize, Node),
    columns: &[Placed<String>],
    path: &str,
    tested: Option<Kind>,
) -> Option<Row> {
    let (path, place) = (index_path(path, index), node.place);
    let cells = reader.list(node, &path, "a row, a list")?;
    if cells.len() != columns.len() {
        let message = format!(
            "expected {} cells, one for each column, found {}",
            columns.len(),
            cells.len()
        );
        reader.wrong(&path, place, message);
        return None;
    }
    let (mut given, mut wanted) = (Layer::default(), Vec::new());
    for (index, (column, node)) in columns.iter().zip(cells).enumerate() {
        let place = node.place;
        let path = index_path(&path, index);
        if let Some(name) = column.value.strip_prefix(EXPECTED) {
            let entry = Entry { key_place: place, node };
            wanted::read_one(reader, &mut wanted, (name, entry), &path, tested);
        } else if let Some(value) = reader.value(node, &path) {
            given.params.insert(column.value.clone(), Placed { value, place });
        }
    }
    Some(Row {
        number: index + 1,
        path,
        place,
        given,
        wanted,
    })
}
