//! The parameters of an evaluation, by name.

use serde::Serialize;

use crate::value::{Map, Value, ValueError};

/// The parameters of an evaluation, by name.
///
/// ```
/// use selvedge::Inputs;
/// let inputs = Inputs::new().with("region", "us-east-1").with("days", vec![20240101, 20240102]);
/// assert_eq!(inputs.as_map().len(), 2);
///
/// let from_json = Inputs::from_serialize(&serde_json::json!({"region": "us-east-1"}))?;
/// assert_eq!(from_json.as_map().get("region").and_then(|region| region.as_str()), Some("us-east-1"));
/// # Ok::<(), selvedge::ValueError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    values: Map,
}

impl Inputs {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter, or replaces its value.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a parameter.
    ///
    /// ```
    /// let mut inputs = selvedge::Inputs::new();
    /// for day in [1, 2] {
    ///     inputs.set("day", day);
    /// }
    /// assert_eq!(inputs.as_map().get("day"), Some(&2.into()));
    /// ```
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.values.insert(name.into(), value.into());
    }

    /// Makes parameters from the fields of a struct, or the entries of a map.
    ///
    /// # Errors
    ///
    /// Where the value is neither, or a part of it has no place in the language; the error names the path.
    ///
    /// ```
    /// #[derive(serde::Serialize)]
    /// struct Job {
    ///     region: &'static str,
    ///     days: Vec<i64>,
    /// }
    /// let inputs = selvedge::Inputs::from_serialize(&Job { region: "eu", days: vec![1, 2] })?;
    /// assert_eq!(inputs.as_map().get("days"), Some(&vec![1, 2].into()));
    /// assert!(selvedge::Inputs::from_serialize(&5).is_err());
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_serialize<T: Serialize + ?Sized>(values: &T) -> Result<Self, ValueError> {
        match Value::from_serialize(values)? {
            Value::Map(values) => Ok(Self { values }),
            other => Err(ValueError::new(format!(
                "parameters are a map from names to values, not {}",
                other.type_of()
            ))),
        }
    }

    /// Returns the parameters as a map.
    pub fn as_map(&self) -> &Map {
        &self.values
    }
}

impl From<Map> for Inputs {
    fn from(values: Map) -> Self {
        Self { values }
    }
}
