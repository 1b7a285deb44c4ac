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

    /// The function with a full name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.get(name)
    }

    /// The constants, in order, by their full names.
    pub fn constants(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.constants.iter().map(|(name, value)| (&**name, value))
    }

    /// The ambient parameters of all programs; `None` if they are not declared.
    pub fn parameters(&self) -> Option<&Schema> {
        self.parameters.as_ref()
    }

    /// The types of the parameters that a program may read: its own, then the ambient ones.
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

    /// Sets the ambient parameters of all programs.
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

    /// Sets the limits of evaluations.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The language of programs.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Sets the language of programs.
    #[must_use]
    pub fn with_dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Whether programs must be proved free of type errors.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Sets whether programs must be proved free of type errors.
    #[must_use]
    pub fn with_strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The meaning of a name that is not a variable, parameter or class.
    pub fn unknown_names(&self) -> UnknownNames {
        self.unknown_names
    }

    /// Sets the meaning of a name that is not a variable, parameter or class.
    #[must_use]
    pub fn with_unknown_names(mut self, unknown_names: UnknownNames) -> Self {
        self.unknown_names = unknown_names;
        self
    }

    /// The parts of the language that are off.
    pub fn switched_off(&self) -> &[Capability] {
        &self.without
    }

    /// Switches off a part of the language.
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

    /// The levels of warnings.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Sets the levels of warnings.
    #[must_use]
    pub fn with_levels(mut self, levels: Levels) -> Self {
        self.levels = levels;
        self
    }
}
