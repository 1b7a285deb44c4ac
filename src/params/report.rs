//! The outcome of an evaluation: each parameter's value, type, reads and cost, and the error that stopped the rest.

use std::fmt::Write as _;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use super::plan::Item;
use super::problem::Problem;
use crate::diagnostic::escape_into;
use crate::limits::Usage;
use crate::types::Type;
use crate::value::{Map, Value};

/// An evaluated parameter.
///
/// ```
/// use selvedge::params::{Definition, ParameterSet, Scope};
/// let set = ParameterSet::new()
///     .with("n", Definition::literal(20))
///     .with("next", Definition::expression("n + 1"));
/// let report = set.plan(&selvedge::Engine::default(), &Scope::new())?.evaluate(&Scope::new());
/// let (name, next) = report.parameters().last().ok_or("none")?;
/// assert_eq!((name, next.type_name, next.value.as_long()), ("next", "LONG", Some(21)));
/// assert_eq!(next.reads, ["n".into()]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Evaluated {
    /// The declared type, or that of the value.
    #[serde(rename = "type")]
    pub type_name: &'static str,
    /// The value.
    pub value: Value,
    /// The names that it read, of its set and of the scope, constant and computed.
    pub reads: Vec<Box<str>>,
    /// Steps of its expressions.
    pub steps: u64,
    /// Bytes its expressions and texts charged.
    pub memory: u64,
    /// The time by the host's clock in milliseconds, if the host has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub millis: Option<i64>,
}

impl Evaluated {
    pub(super) fn new(
        item: &Item,
        found: &IndexSet<Box<str>, RandomState>,
        value: Value,
        ty: Type,
        usage: Usage,
        millis: Option<i64>,
    ) -> Self {
        let computed = found.iter().filter(|name| !item.reads.contains_key(*name));
        let own = match ty {
            Type::DateTime => Type::String,
            ty => ty,
        };
        Self {
            type_name: item.declared.map_or(own.name(), |declared| declared.name()),
            value,
            reads: item.reads.keys().chain(computed).cloned().collect(),
            steps: usage.steps,
            memory: usage.memory,
            millis,
        }
    }
}

/// The outcome of an evaluation of a set.
///
/// ```
/// use selvedge::params::{ParameterSet, Scope};
/// let set = r#"{"n": {"expression": "0"}, "share": {"expression": "100 / n"}, "text": {"value": "${share} %"}}"#;
/// let set = ParameterSet::from_json(set)?;
/// let report = set.plan(&selvedge::Engine::default(), &Scope::new())?.evaluate(&Scope::new());
/// // What was evaluated before the error is there, and what it kept from being evaluated is named.
/// assert_eq!(report.value("n"), Some(&0.into()));
/// assert_eq!(report.error().map(|error| error.path()), Some("share"));
/// assert_eq!(report.not_evaluated().collect::<Vec<_>>(), ["share", "text"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Report {
    parameters: IndexMap<Arc<str>, Option<Evaluated>, RandomState>,
    quote_values: bool,
    error: Option<Problem>,
    /// The index of the parameter that failed.
    failed: Option<usize>,
    warnings: Vec<Problem>,
    usage: Usage,
    size: u64,
}

/// What a place in a report takes, and its share of the table.
pub(super) const REPORT_ENTRY_BYTES: u64 = 192;

impl Report {
    pub(super) fn new(names: impl Iterator<Item = Arc<str>>, quote_values: bool) -> Self {
        Self {
            parameters: names.map(|name| (name, None)).collect(),
            quote_values,
            ..Self::default()
        }
    }

    /// The value of the parameter of an index, where it was evaluated.
    pub(super) fn value_at(&self, index: usize) -> Option<&Value> {
        let (_, evaluated) = self.parameters.get_index(index)?;
        evaluated.as_ref().map(|evaluated| &evaluated.value)
    }

    /// All values, moved out.
    pub(crate) fn into_values(self) -> Map {
        let all = self.parameters.into_iter();
        all.filter_map(|(name, evaluated)| Some(((*name).to_owned(), evaluated?.value)))
            .collect()
    }

    pub(super) fn set(&mut self, index: usize, evaluated: Evaluated) {
        if let Some((_, place)) = self.parameters.get_index_mut(index) {
            *place = Some(evaluated);
        }
    }

    pub(super) fn stopped(&mut self, error: Problem, at: Option<usize>) {
        self.error = Some(error);
        self.failed = at;
    }

    /// The parameter whose evaluation failed.
    pub(crate) fn failed(&self) -> Option<&str> {
        let (name, _) = self.parameters.get_index(self.failed?)?;
        Some(name)
    }

    pub(super) fn finish(mut self, usage: Usage, size: u64, warnings: Vec<Problem>) -> Self {
        self.usage = usage;
        self.size = size;
        self.warnings = warnings;
        self
    }

    /// The parameters that were evaluated, in the order of their definitions.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &Evaluated)> {
        let all = self.parameters.iter();
        all.filter_map(|(name, evaluated)| Some((&**name, evaluated.as_ref()?)))
    }

    /// The value of a parameter, if it was evaluated.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.parameters.get(name)?.as_ref().map(|evaluated| &evaluated.value)
    }

    /// All values.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("n", Definition::expression("6 * 7"));
    /// let report = set.plan(&selvedge::Engine::default(), &Scope::new())?.evaluate(&Scope::new());
    /// assert_eq!(report.values(), Map::from_iter([("n", 42)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn values(&self) -> Map {
        self.parameters()
            .map(|(name, evaluated)| (name, evaluated.value.clone()))
            .collect()
    }

    /// The error that stopped the evaluation.
    pub fn error(&self) -> Option<&Problem> {
        self.error.as_ref()
    }

    /// The parameters that were not evaluated because of the error, including the one that failed.
    pub fn not_evaluated(&self) -> impl Iterator<Item = &str> {
        let all = self.parameters.iter();
        all.filter(|(_, evaluated)| evaluated.is_none())
            .map(|(name, _)| &**name)
    }

    /// The warnings, such as implicit conversions.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The usage of all parameters.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// The number of characters of all parameters as JSON.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The report as a table in plain text, without the values where the engine's
    /// [`quote_values`](crate::EngineBuilder::quote_values) is off.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("n", Definition::expression("6 * 7"));
    /// let report = set.plan(&selvedge::Engine::default(), &Scope::new())?.evaluate(&Scope::new());
    /// let text = report.to_text();
    /// assert!(text.starts_with("parameter  type  value"));
    /// assert!(text.contains("\nn          LONG  42"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_text(&self) -> String {
        let mut rows = vec![
            ["parameter", "type", "value", "reads", "steps", "bytes", "ms"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for (name, evaluated) in self.parameters() {
            let reads = evaluated.reads.join(", ");
            rows.push(vec![
                name.to_owned(),
                evaluated.type_name.to_owned(),
                match self.quote_values {
                    true => shown(&serde_json::to_string(&evaluated.value).unwrap_or_default()),
                    false => "…".to_owned(),
                },
                shown(&reads),
                evaluated.steps.to_string(),
                evaluated.memory.to_string(),
                evaluated
                    .millis
                    .map_or_else(|| "-".to_owned(), |millis| millis.to_string()),
            ]);
        }
        for name in self.not_evaluated() {
            rows.push(vec![name.to_owned(), "not evaluated".to_owned()]);
        }
        let mut text = table(&rows);
        let Usage { steps, memory, .. } = self.usage;
        let _ = writeln!(
            text,
            "together: {steps} steps, {memory} bytes, {} characters as JSON",
            self.size
        );
        text
    }
}

/// As data: the parameters by name, the diagnostics, and what all together used.
impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let parameters: IndexMap<&str, &Evaluated> = self.parameters().collect();
        let diagnostics: Vec<&Problem> = self.error.iter().chain(&self.warnings).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("parameters", &parameters)?;
        map.serialize_entry("diagnostics", &diagnostics)?;
        map.serialize_entry("not_evaluated", &self.not_evaluated().collect::<Vec<_>>())?;
        map.serialize_entry("usage", &self.usage)?;
        map.serialize_entry("size", &self.size)?;
        map.end()
    }
}

/// At most 60 characters of a text, on one line.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    escape_into(&mut shown, text, 60);
    shown
}

/// Rows with their columns under each other.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "{cell:width$}  ");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
