//! A function of a platform as its description declares it.

use super::shape::Shaped;
use super::stub::Stub;
use crate::effect::{Effect, Effects};
use crate::host::check_name;
use crate::schema::SchemaError;
use crate::types::Type;

/// What a call costs where nothing else is said, in steps.
pub(super) const DEFAULT_COST_STEPS: u32 = 100;

/// A function of a platform: its name, parameters, result, cost and effects.
///
/// ```
/// use selvedge::platform::Function;
/// let partitions = Function::new("Catalog.partitions", "list<{day: long, rows: long?}>")?
///     .with_parameter("table", "string")?
///     .with_optional_parameter("since", "long")?
///     .with_doc("The partitions of a table, oldest first.")
///     .with_cost(500);
/// let signature = "Catalog.partitions(table: string, since: long = …): list<{day: long, rows: long?}>";
/// assert_eq!(partitions.to_string(), signature);
/// # Ok::<(), selvedge::SchemaError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    pub(super) name: Box<str>,
    pub(super) doc: Box<str>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) result: Shaped,
    pub(super) cost_steps: u32,
    pub(super) cost_bytes: u64,
    pub(super) result_size: Option<u64>,
    pub(super) effects: Effects,
    pub(super) stub: Option<Stub>,
}

/// A parameter of a [`Function`].
///
/// ```
/// use selvedge::platform::Function;
/// let half = Function::new("Numbers.half", "long")?.with_parameter("n", "long")?;
/// let parameter = &half.parameters()[0];
/// assert_eq!((parameter.name(), parameter.shape(), parameter.is_optional()), ("n", "long", false));
/// # Ok::<(), selvedge::SchemaError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub(super) name: Box<str>,
    pub(super) doc: Box<str>,
    pub(super) shaped: Shaped,
    pub(super) is_optional: bool,
}

impl Parameter {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its documentation; empty by default.
    pub fn doc(&self) -> &str {
        &self.doc
    }

    /// Its shape, such as `long` or `list<{id: long}>`.
    pub fn shape(&self) -> &str {
        self.shaped.text()
    }

    /// Its type.
    pub fn ty(&self) -> Type {
        self.shaped.ty
    }

    /// Whether it is optional.
    pub fn is_optional(&self) -> bool {
        self.is_optional
    }
}

impl Function {
    /// A function without parameters, with a name such as `Catalog.partitions` and the shape of its result. By default, a call costs 100
    /// steps and has the effect [`Effect::Outside`].
    ///
    /// # Errors
    ///
    /// A text that is not a shape. Names are looked at where the function is [inserted](super::Platform::insert).
    ///
    /// ```
    /// use selvedge::platform::Function;
    /// let error = Function::new("Tables.count", "int").unwrap_err();
    /// assert_eq!(error.to_string(), "`result`, character 1 of `int`: unknown type `int`; did you mean `long`?");
    /// ```
    pub fn new(name: &str, result: &str) -> Result<Self, SchemaError> {
        Ok(Self::giving(name, Shaped::read("result", result)?))
    }

    pub(super) fn giving(name: &str, result: Shaped) -> Self {
        Self {
            name: name.into(),
            doc: "".into(),
            parameters: Vec::new(),
            result,
            cost_steps: DEFAULT_COST_STEPS,
            cost_bytes: 0,
            result_size: None,
            effects: Effects::of(&[Effect::Outside]),
            stub: None,
        }
    }

    /// Adds a parameter. One after an optional parameter is optional as well.
    ///
    /// # Errors
    ///
    /// A text that is not a shape, and a name that programs cannot write or that another one has.
    pub fn with_parameter(self, name: &str, shape: &str) -> Result<Self, SchemaError> {
        self.taking(name, shape, false)
    }

    /// Adds an optional parameter.
    ///
    /// # Errors
    ///
    /// As [`with_parameter`](Self::with_parameter).
    pub fn with_optional_parameter(self, name: &str, shape: &str) -> Result<Self, SchemaError> {
        self.taking(name, shape, true)
    }

    fn taking(mut self, name: &str, shape: &str, is_optional: bool) -> Result<Self, SchemaError> {
        let is_optional = is_optional || self.parameters.last().is_some_and(Parameter::is_optional);
        check_name(&self.name, name, self.parameters.iter().map(Parameter::name))?;
        self.parameters.push(Parameter {
            name: name.into(),
            doc: "".into(),
            shaped: Shaped::read(name, shape)?,
            is_optional,
        });
        Ok(self)
    }

    /// Sets its documentation.
    #[must_use]
    pub fn with_doc(mut self, doc: &str) -> Self {
        self.doc = doc.into();
        self
    }

    /// Sets the cost of a call, in steps.
    #[must_use]
    pub fn with_cost(mut self, steps: u32) -> Self {
        self.cost_steps = steps;
        self
    }

    /// Sets the bytes charged before each call.
    #[must_use]
    pub fn with_memory(mut self, bytes: u64) -> Self {
        self.cost_bytes = bytes;
        self
    }

    /// Promises a largest size of its results, as [`HostFunction::with_result_size`](crate::HostFunction::with_result_size) does.
    #[must_use]
    pub fn with_result_size(mut self, most: u64) -> Self {
        self.result_size = Some(most);
        self
    }

    /// Sets its effects, [`Effect::Outside`] by default; with none, equal arguments give equal results.
    #[must_use]
    pub fn with_effects(mut self, effects: &[Effect]) -> Self {
        self.effects = Effects::of(effects);
        self
    }

    /// Its name, such as `Catalog.partitions`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its documentation; empty by default.
    pub fn doc(&self) -> &str {
        &self.doc
    }

    /// Its parameters, in order.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The shape of its result, such as `list<{day: long}>`.
    pub fn result(&self) -> &str {
        self.result.text()
    }

    /// The type of its result.
    pub fn result_type(&self) -> Type {
        self.result.ty
    }

    /// The cost of a call, in steps.
    pub fn cost_steps(&self) -> u32 {
        self.cost_steps
    }

    /// The bytes charged before each call.
    pub fn cost_bytes(&self) -> u64 {
        self.cost_bytes
    }

    /// The promised largest size of its results, as for [`HostFunction::with_result_size`](crate::HostFunction::with_result_size).
    pub fn result_size(&self) -> Option<u64> {
        self.result_size
    }

    /// Its effects: what it reads besides its arguments.
    pub fn effects(&self) -> Effects {
        self.effects
    }

    /// Its stub.
    pub fn stub(&self) -> Option<&Stub> {
        self.stub.as_ref()
    }
}

/// The signature in one line.
impl std::fmt::Display for Function {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}(", self.name)?;
        for (index, parameter) in self.parameters.iter().enumerate() {
            let separator = if index > 0 { ", " } else { "" };
            write!(formatter, "{separator}{}: {}", parameter.name, parameter.shape())?;
            if parameter.is_optional {
                formatter.write_str(" = …")?;
            }
        }
        write!(formatter, "): {}", self.result.text())
    }
}
