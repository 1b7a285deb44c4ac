//! What a host declares of a function beside its types: names and shapes of its parameters, the shape of its result, and its purpose.

use std::sync::Arc;

use super::declaration::Declaration;
use super::function::HostFunction;
use super::name;
use crate::diagnostic::quote;
use crate::schema::{Declared, SchemaError};
use crate::shape::WholeShape;
use crate::types::Type;

impl HostFunction {
    /// Sets the names and shapes of its parameters, in order. Shapes are `long`, `string?`, `list<{id: long}>` and so on; the checker
    /// refuses arguments that cannot match.
    ///
    /// # Errors
    ///
    /// Another number of parameters than the function takes, a name that programs cannot write or that two have, a text that is not a shape, and a shape of another
    /// type than the parameter's. Where that is `ANY`, it becomes the shape's.
    ///
    /// ```
    /// use selvedge::{HostFunction, Type};
    /// let count = HostFunction::typed("Days.count", |from: i64, to: Option<i64>| Ok(to.unwrap_or(from) - from));
    /// let count = count.with_parameters(&[("from", "long"), ("to", "long?")])?;
    /// assert_eq!(count.parameter_names().collect::<Vec<_>>(), ["from", "to"]);
    /// assert_eq!((count.parameter_shape(0), count.parameter_shape(1)), (None, Some("long?")));
    ///
    /// let error = count.with_parameters(&[("from", "string"), ("to", "long?")]).unwrap_err();
    /// assert_eq!(error.to_string(), "`from` of `Days.count`: expected a shape of LONG, found STRING; say what the function takes and gives");
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn with_parameters(mut self, parameters: &[(&str, &str)]) -> Result<Self, SchemaError> {
        let (wanted, found) = (self.parameters.len(), parameters.len());
        if wanted != found {
            let problem = format!("expected {wanted} parameters, found {found}");
            return Err(SchemaError::source(
                quote(self.name()),
                problem,
                "name each of them, in order",
            ));
        }
        let mut types = Vec::with_capacity(wanted);
        let (mut names, mut shapes) = (Vec::<Box<str>>::new(), Vec::new());
        for (&(name, shape), &ty) in parameters.iter().zip(&self.parameters) {
            check_name(self.name(), name, names.iter().map(|name| &**name))?;
            let (ty, shape) = self.narrowed(name, shape, ty)?;
            names.push(name.into());
            types.push(ty);
            shapes.push(shape);
        }
        self.parameters = types.into();
        Ok(self.declaring(|declaration| {
            declaration.names = names.into();
            declaration.docs = [].into();
            declaration.parameters = match shapes.iter().any(Option::is_some) {
                true => shapes.into(),
                false => [].into(),
            };
        }))
    }

    /// Sets the shape of its result, which the checker follows: an unknown key is refused.
    ///
    /// # Errors
    ///
    /// A text that is not a shape, and a shape of another type than the function gives. Where that is `ANY`, it becomes the shape's.
    ///
    /// ```
    /// use selvedge::{Engine, HostFunction, HostFunctions, Schema, Value};
    /// let partitions = HostFunction::typed("Catalog.partitions", |_table: String| Ok(Value::Null));
    /// let mut functions = HostFunctions::new();
    /// functions.register(partitions.with_result("list<{day: long, rows: long?}>")?)?;
    /// let engine = Engine::builder().host_functions(functions).build();
    /// let error = engine.compile("Catalog.partitions('orders')[0].dya", &Schema::new()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].help.as_deref(), Some("did you mean `day`?"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_result(mut self, shape: &str) -> Result<Self, SchemaError> {
        let (ty, shape) = self.narrowed("result", shape, self.result)?;
        self.result = ty;
        Ok(self.declaring(|declaration| declaration.result = shape))
    }

    /// Sets its documentation, a sentence or two: for references, completion and descriptions.
    ///
    /// ```
    /// use selvedge::HostFunction;
    /// let attempt = HostFunction::typed("params.attempt", || Ok(1_i64)).with_doc("How often the step was tried, from 1.");
    /// assert_eq!(attempt.doc(), "How often the step was tried, from 1.");
    /// ```
    #[must_use]
    pub fn with_doc(self, doc: &str) -> Self {
        self.declaring(|declaration| declaration.doc = doc.into())
    }

    /// Sets the documentation of a parameter, by its name in [`with_parameters`](Self::with_parameters).
    ///
    /// # Errors
    ///
    /// A name that no parameter has.
    ///
    /// ```
    /// use selvedge::HostFunction;
    /// let rows = HostFunction::typed("Catalog.rows", |table: String| Ok(table.len() as i64));
    /// let rows = rows.with_parameters(&[("table", "string")])?;
    /// let error = rows.clone().with_parameter_doc("tabel", "The table's name.").unwrap_err();
    /// assert_eq!(error.to_string(), "`tabel` of `Catalog.rows`: unknown parameter; its parameters are `table`");
    /// let rows = rows.with_parameter_doc("table", "The table's name.")?;
    /// assert_eq!((rows.parameter_doc(0), rows.parameter_doc(1)), ("The table's name.", ""));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn with_parameter_doc(self, parameter: &str, doc: &str) -> Result<Self, SchemaError> {
        let Some(index) = self.parameter_names().position(|name| name == parameter) else {
            let of = format!("{} of {}", quote(parameter), quote(self.name()));
            let names: Vec<String> = self.parameter_names().map(quote).collect();
            let help = match names.is_empty() {
                true => "name its parameters by `with_parameters` first".to_owned(),
                false => format!("its parameters are {}", names.join(", ")),
            };
            return Err(SchemaError::source(of, "unknown parameter", help));
        };
        let count = self.parameters.len();
        Ok(self.declaring(|declaration| {
            let mut docs = std::mem::take(&mut declaration.docs).into_vec();
            docs.resize(count, "".into());
            if let Some(known) = docs.get_mut(index) {
                *known = doc.into();
            }
            declaration.docs = docs.into();
        }))
    }

    /// The documentation of a parameter; empty by default.
    ///
    /// ```
    /// assert_eq!(selvedge::HostFunction::typed("Days.next", |day: i64| Ok(day + 1)).parameter_doc(0), "");
    /// ```
    pub fn parameter_doc(&self, index: usize) -> &str {
        let docs = self
            .declaration
            .as_ref()
            .map_or(&[][..], |declaration| &declaration.docs);
        docs.get(index).map_or("", |doc| doc)
    }

    /// The names of its parameters, in order; `None` if [`with_parameters`](Self::with_parameters) gave none.
    ///
    /// ```
    /// let attempt = selvedge::HostFunction::typed("params.attempt", || Ok(1_i64));
    /// assert_eq!(attempt.parameter_names().count(), 0);
    /// ```
    pub fn parameter_names(&self) -> impl Iterator<Item = &str> {
        let names = self
            .declaration
            .as_ref()
            .map_or(&[][..], |declaration| &declaration.names);
        names.iter().map(|name| &**name)
    }

    /// The shape of a parameter, if it says more than its type.
    ///
    /// ```
    /// let half = selvedge::HostFunction::typed("Numbers.half", |n: i64| Ok(n / 2));
    /// assert_eq!(half.parameter_shape(0), None);
    /// ```
    pub fn parameter_shape(&self, index: usize) -> Option<&str> {
        let shape = self.parameter_shapes().get(index)?;
        shape.as_deref().map(WholeShape::text)
    }

    /// The shape of its result, if it says more than its type.
    ///
    /// ```
    /// use selvedge::{HostFunction, Map};
    /// let limits = HostFunction::typed("Quota.of", |_team: String| Ok(Map::new())).with_result("map<long>")?;
    /// assert_eq!(limits.result_shape(), Some("map<long>"));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn result_shape(&self) -> Option<&str> {
        self.whole_result_shape().map(WholeShape::text)
    }

    /// Its documentation; empty by default.
    ///
    /// ```
    /// assert_eq!(selvedge::HostFunction::typed("params.attempt", || Ok(1_i64)).doc(), "");
    /// ```
    pub fn doc(&self) -> &str {
        self.declaration.as_ref().map_or("", |declaration| &declaration.doc)
    }

    pub(crate) fn parameter_shapes(&self) -> &[Option<Arc<WholeShape>>] {
        self.declaration
            .as_ref()
            .map_or(&[], |declaration| &declaration.parameters)
    }

    pub(crate) fn whole_result_shape(&self) -> Option<&WholeShape> {
        self.declaration.as_ref()?.result.as_deref()
    }

    #[cfg(feature = "params")]
    pub(crate) fn shared_result_shape(&self) -> Option<Arc<WholeShape>> {
        self.declaration.as_ref()?.result.clone()
    }

    /// Whether it says anything of what is inside values.
    pub(crate) fn has_shapes(&self) -> bool {
        !self.parameter_shapes().is_empty() || self.whole_result_shape().is_some()
    }

    fn declaring(mut self, change: impl FnOnce(&mut Declaration)) -> Self {
        change(Arc::make_mut(self.declaration.get_or_insert_default()));
        self
    }

    /// The type and shape of what has this name, where its shape is said.
    fn narrowed(&self, name: &str, shape: &str, ty: Type) -> Result<(Type, Option<Arc<WholeShape>>), SchemaError> {
        let declared = Declared::read(Some(name), shape)?;
        if ty != Type::Any && ty != declared.ty {
            return Err(SchemaError::source(
                format!("{} of {}", quote(name), quote(self.name())),
                format!("expected a shape of {ty}, found {}", declared.ty),
                "say what the function takes and gives",
            ));
        }
        Ok((declared.ty, declared.shape))
    }
}

/// Refuses what is not a name of one more parameter of a function.
pub(crate) fn check_name<'n>(
    function: &str,
    name: &str,
    mut known: impl Iterator<Item = &'n str>,
) -> Result<(), SchemaError> {
    let (problem, help) = match name::is_parameter(name) {
        true if known.any(|known| known == name) => ("duplicate parameter", "rename one of them"),
        true => return Ok(()),
        false => (
            "invalid parameter name",
            "a name begins with a letter or `_` and goes on with letters, digits and `_`",
        ),
    };
    Err(SchemaError::source(
        quote(function),
        format!("{problem} {}", quote(name)),
        help,
    ))
}
