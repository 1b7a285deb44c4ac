//! What else a description says: its parts, one by one.

use super::description::Platform;
use super::function::Function;
use crate::dialect::Dialect;
use crate::engine::UnknownNames;
use crate::library::capability::Capability;
use crate::limits::Limits;
use crate::lint::Levels;
use crate::schema::Schema;
use crate::value::Value;

impl Platform {
    /// The functions, in order.
    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        self.functions.values()
    }

    /// The function of this full name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.get(name)
    }

    /// The constants, in order, by their full names.
    pub fn constants(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.constants.iter().map(|(name, value)| (&**name, value))
    }

    /// The parameters that are there for all programs, beside their own; `None` if nothing is said of them.
    pub fn parameters(&self) -> Option<&Schema> {
        self.parameters.as_ref()
    }

    /// The types of what a program may read: those that are its own, then those that are there for all programs.
    ///
    /// ```
    /// use selvedge::{Schema, Type, platform::Platform};
    /// let platform = Platform::new().with_parameters(Schema::new().with("run_time", Type::Long).with("day", Type::Long));
    /// let types = platform.readable(Schema::new().with("day", Type::String));
    /// assert_eq!((types.get("run_time"), types.get("day")), (Some(Type::Long), Some(Type::String)));
    /// ```
    #[must_use]
    pub fn readable(&self, own: Schema) -> Schema {
        match &self.parameters {
            Some(ambient) => own.with_missing(ambient),
            None => own,
        }
    }

    /// The same with the parameters that are there for all programs.
    ///
    /// ```
    /// use selvedge::{Schema, Type, platform::Platform};
    /// let platform = Platform::new().with_parameters(Schema::new().with("run_time", Type::Long));
    /// assert_eq!(platform.parameters().and_then(|known| known.get("run_time")), Some(Type::Long));
    /// ```
    #[must_use]
    pub fn with_parameters(mut self, parameters: Schema) -> Self {
        self.parameters = Some(parameters);
        self
    }

    /// The signals whose parameters definitions may read.
    pub fn signals(&self) -> &[String] {
        &self.signals
    }

    /// The limits of evaluations.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The same with other limits of evaluations.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The language that programs are written in.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The same with another language that programs are written in.
    #[must_use]
    pub fn with_dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Whether programs must be proved free of type errors.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// The same where programs must be proved free of type errors, or need not.
    #[must_use]
    pub fn with_strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// What a name means that is not a variable, parameter or class.
    pub fn unknown_names(&self) -> UnknownNames {
        self.unknown_names
    }

    /// The same with another meaning of a name that is not a variable, parameter or class.
    #[must_use]
    pub fn with_unknown_names(mut self, unknown_names: UnknownNames) -> Self {
        self.unknown_names = unknown_names;
        self
    }

    /// The parts of the language that are off.
    pub fn switched_off(&self) -> &[Capability] {
        &self.without
    }

    /// The same with one more part of the language off.
    ///
    /// ```
    /// use selvedge::{Capability, platform::Platform};
    /// let platform = Platform::new().without(Capability::Clock).without(Capability::Clock);
    /// assert_eq!(platform.switched_off(), [Capability::Clock]);
    /// ```
    #[must_use]
    pub fn without(mut self, capability: Capability) -> Self {
        if let Err(place) = self.without.binary_search(&capability) {
            self.without.insert(place, capability);
        }
        self
    }

    /// How much warnings matter.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The same with other levels of warnings.
    #[must_use]
    pub fn with_levels(mut self, levels: Levels) -> Self {
        self.levels = levels;
        self
    }
}
