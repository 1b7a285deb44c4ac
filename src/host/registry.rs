//! The functions and constants that a host registered, by name.

use indexmap::{IndexMap, IndexSet};

use super::error::RegisterError;
use super::function::HostFunction;
use super::name;
use super::typed::TypedBody;
use crate::diagnostic::quote;

/// The registered host functions, by name, in order of registration.
///
/// ```
/// use selvedge::{HostError, HostFunction, HostFunctions, Type};
///
/// let mut functions = HostFunctions::new();
/// functions.register_typed("params.getFromStep", |step: String, field: String| -> Result<String, HostError> {
///     Ok(format!("{field} of {step}"))
/// })?;
/// functions.register(HostFunction::new("params.attempt", &[], Type::Long, |_| Ok(1.into())).with_cost(1))?;
/// functions.register_typed("Tables.latest", |table: String| Ok(format!("{table}/2026-01-31")))?;
/// functions.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
/// let names: Vec<&str> = functions.names().collect();
/// assert_eq!(names, ["params.getFromStep", "params.attempt", "Tables.latest", "Env.REGION"]);
/// # Ok::<(), selvedge::RegisterError>(())
/// ```
///
/// A namespace is written as a class is: it can be neither a variable nor, by its bare name, a parameter.
#[derive(Clone, Debug, Default)]
pub struct HostFunctions {
    by_name: IndexMap<Box<str>, HostFunction>,
    /// The namespaces beside `params`.
    namespaces: IndexSet<Box<str>>,
    /// Whether any of them says what is inside values.
    shaped: bool,
}

impl HostFunctions {
    /// No functions.
    ///
    /// ```
    /// assert_eq!(selvedge::HostFunctions::new().names().count(), 0);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a function.
    ///
    /// # Errors
    ///
    /// Where the name is not `params` or a namespace of the host's own and an identifier, is one of the built-in
    /// `params.get` and `params.containsKey`, belongs to a class of the language, or is registered already.
    ///
    /// ```
    /// use selvedge::{HostFunction, HostFunctions};
    /// let mut functions = HostFunctions::new();
    /// let error = functions.register(HostFunction::typed("params.get", || Ok(1_i64))).unwrap_err();
    /// assert_eq!(error.to_string(), "`params.get` is built in");
    /// ```
    pub fn register(&mut self, function: HostFunction) -> Result<(), RegisterError> {
        let name = function.name();
        let namespace = name::namespace(name)?;
        if self.by_name.contains_key(name) {
            return Err(RegisterError::Duplicate(quote(name)));
        }
        if namespace != name::PARAMS {
            self.namespaces.insert(namespace.into());
        }
        self.shaped |= function.has_shapes();
        self.by_name.insert(name.into(), function);
        Ok(())
    }

    /// Registers a closure, as [`HostFunction::typed`] makes it a function.
    ///
    /// # Errors
    ///
    /// As for [`register`](Self::register).
    ///
    /// ```
    /// use selvedge::{HostError, HostFunctions};
    /// let mut functions = HostFunctions::new();
    /// functions.register_typed("params.half", |n: i64| match n % 2 {
    ///     0 => Ok(n / 2),
    ///     _ => Err(HostError::new("odd")),
    /// })?;
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn register_typed<Arguments, B: TypedBody<Arguments>>(
        &mut self,
        name: &str,
        body: B,
    ) -> Result<(), RegisterError> {
        self.register(HostFunction::typed(name, body))
    }

    /// The function with a full name.
    ///
    /// ```
    /// let mut functions = selvedge::HostFunctions::new();
    /// functions.register_typed("params.attempt", || Ok(1_i64))?;
    /// assert!(functions.get("params.attempt").is_some() && functions.get("attempt").is_none());
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn get(&self, name: &str) -> Option<&HostFunction> {
        self.by_name.get(name)
    }

    /// All names, in the order of registration.
    ///
    /// ```
    /// let mut functions = selvedge::HostFunctions::new();
    /// functions.register_typed("params.attempt", || Ok(1_i64))?;
    /// assert_eq!(functions.names().collect::<Vec<_>>(), ["params.attempt"]);
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| &**name)
    }

    /// The functions and constants, in the order of registration.
    ///
    /// ```
    /// use selvedge::{HostFunction, HostFunctions};
    /// let mut functions = HostFunctions::new();
    /// functions.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
    /// assert!(functions.iter().all(|function| function.constant_value().is_some()));
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &HostFunction> {
        self.by_name.values()
    }

    /// Adds the functions of others that are missing here, such as those of `params::prelude`.
    ///
    /// ```
    /// use selvedge::{HostFunction, HostFunctions};
    /// let mut own = HostFunctions::new();
    /// own.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
    /// let mut others = HostFunctions::new();
    /// others.register(HostFunction::constant("Env.REGION", "us-east-1"))?;
    /// others.register_typed("params.attempt", || Ok(1_i64))?;
    /// let all = own.with_missing(&others);
    /// assert_eq!(all.names().collect::<Vec<_>>(), ["Env.REGION", "params.attempt"]);
    /// assert_eq!(all.get("Env.REGION").and_then(|region| region.constant_value()), Some(&"eu-west-1".into()));
    /// # Ok::<(), selvedge::RegisterError>(())
    /// ```
    #[must_use]
    pub fn with_missing(mut self, others: &Self) -> Self {
        for function in others.iter() {
            // One that is here already is a duplicate.
            let _ = self.register(function.clone());
        }
        self
    }

    /// Whether any of them says what is inside values.
    pub(crate) const fn has_shapes(&self) -> bool {
        self.shaped
    }

    /// Whether a name is a namespace of the host's own.
    pub(crate) fn is_namespace(&self, name: &str) -> bool {
        self.namespaces.contains(name)
    }

    /// The host's own namespaces.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.namespaces.iter().map(|name| &**name)
    }
}
