//! The limits of compiling and evaluating, each declared once; and what an evaluation used.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The description of a limit, for documentation and for the command's flags.
///
/// ```
/// use selvedge::Limits;
/// let array_length = Limits::TABLE.iter().find(|limit| limit.name == "array_length").ok_or("none")?;
/// assert_eq!((array_length.unit, array_length.default), ("elements", Some(25_001)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitAbout {
    /// Its name, such as `string_length`; the command's flag is `--max-` and the name with hyphens.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its default; `None` if there is no limit by default.
    pub default: Option<u64>,
    /// What is measured, when it is checked, and what it does not protect.
    pub about: &'static str,
}

/// Declares each limit once: name, unit, default, documentation. The fields, setters, table and serde come from here.
macro_rules! limits {
    (
        always { $($(#[doc = $doc:literal])* $name:ident: $unit:literal = $default:expr;)* }
        optional { $($(#[doc = $optional_doc:literal])* $optional:ident: $optional_unit:literal;)* }
        durations { $($(#[doc = $duration_doc:literal])* $duration:ident: $duration_unit:literal;)* }
    ) => {
        /// The limits of an engine. Each has a default and a setter of the same name. [`Limits::TABLE`] lists all of them.
        ///
        /// As data, a map from names to numbers (durations in milliseconds) or null for none; what is left out has its
        /// default.
        ///
        /// ```
        /// use std::time::Duration;
        /// use selvedge::Limits;
        ///
        /// let limits = Limits::default().steps(50_000).timeout(Duration::from_millis(20));
        /// assert_eq!(limits.steps, 50_000);
        /// assert_eq!(limits.array_length, 25_001);
        ///
        /// let from_json: Limits = serde_json::from_str(r#"{"steps": 50000, "timeout": 20}"#)?;
        /// assert_eq!(from_json, limits);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[doc = $doc])* pub $name: u64,)*
            $($(#[doc = $optional_doc])* pub $optional: Option<u64>,)*
            $($(#[doc = $duration_doc])* #[serde(with = "milliseconds")] pub $duration: Option<Duration>,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)* $($optional: None,)* $($duration: None,)* }
            }
        }

        impl Limits {
            /// Every limit, with its unit, default and documentation.
            ///
            /// ```
            /// use selvedge::Limits;
            /// let steps = &Limits::TABLE[0];
            /// assert_eq!((steps.name, steps.unit, steps.default), ("steps", "steps", Some(1_000_000)));
            /// ```
            pub const TABLE: &'static [LimitAbout] = &[
                $(LimitAbout {
                    name: stringify!($name),
                    unit: $unit,
                    default: Some($default),
                    about: concat!($($doc),*).trim_ascii_start(),
                },)*
                $(LimitAbout {
                    name: stringify!($optional),
                    unit: $optional_unit,
                    default: None,
                    about: concat!($($optional_doc),*).trim_ascii_start(),
                },)*
                $(LimitAbout {
                    name: stringify!($duration),
                    unit: $duration_unit,
                    default: None,
                    about: concat!($($duration_doc),*).trim_ascii_start(),
                },)*
            ];

            $(
                $(#[doc = $doc])*
                #[must_use]
                pub const fn $name(mut self, limit: u64) -> Self {
                    self.$name = limit;
                    self
                }
            )*
            $(
                $(#[doc = $optional_doc])*
                #[must_use]
                pub const fn $optional(mut self, limit: u64) -> Self {
                    self.$optional = Some(limit);
                    self
                }
            )*
            $(
                $(#[doc = $duration_doc])*
                #[must_use]
                pub const fn $duration(mut self, limit: Duration) -> Self {
                    self.$duration = Some(limit);
                    self
                }
            )*

            /// Sets a limit by its name in [`Limits::TABLE`], in the unit given there. Returns false if there is no such limit.
            ///
            /// ```
            /// use std::time::Duration;
            /// use selvedge::Limits;
            /// let mut limits = Limits::default();
            /// assert!(limits.set("timeout", 50) && limits.set("nesting", 8));
            /// assert_eq!(limits, Limits::default().timeout(Duration::from_millis(50)).nesting(8));
            /// assert!(!limits.set("patience", 1));
            /// ```
            pub fn set(&mut self, name: &str, limit: u64) -> bool {
                match name {
                    $(stringify!($name) => self.$name = limit,)*
                    $(stringify!($optional) => self.$optional = Some(limit),)*
                    $(stringify!($duration) => self.$duration = Some(Duration::from_millis(limit)),)*
                    _ => return false,
                }
                true
            }

            /// Returns a limit by its name in [`Limits::TABLE`], in the unit given there; `None` if it is off or unknown.
            ///
            /// ```
            /// use selvedge::Limits;
            /// assert_eq!(Limits::default().get("array_length"), Some(25_001));
            /// assert_eq!(Limits::default().get("timeout"), None);
            /// ```
            pub fn get(&self, name: &str) -> Option<u64> {
                match name {
                    $(stringify!($name) => Some(self.$name),)*
                    $(stringify!($optional) => self.$optional,)*
                    $(stringify!($duration) => self.$duration.map(milliseconds::round_up),)*
                    _ => None,
                }
            }
        }
    };
}

limits! {
    always {
        /// Steps an evaluation may take. A step is an operator, an access or a part of a call, as the cost table says;
        /// each region of the program is charged as it is entered. Checked as it is charged. Bounds time, not memory.
        steps: "steps" = 1_000_000;
        /// Bytes an evaluation may charge, cumulatively: what was made and forgotten stays charged. Checked before each
        /// string, array, map entry or object is made. The process holds at most this and 64 KiB.
        memory: "bytes" = 32 * 1024 * 1024;
        /// Elements of one array. Checked before it is made; arrays from the host are not measured.
        array_length: "elements" = 25_001;
        /// Bytes of UTF-8 of one string. Checked before it is made; strings from the host are not measured.
        string_length: "bytes" = 1024 * 1024;
        /// Entries of one map. Checked before each is added.
        map_entries: "entries" = 25_001;
        /// Characters of a source text, counted in UTF-16 units. Checked before anything else.
        source_length: "characters" = 10_000;
        /// Levels that a source may nest: brackets, blocks, unary operators, assignments, bodies. Checked before
        /// parsing; values above the built-in ceiling mean the ceiling. Chains of operators and calls do not nest.
        nesting: "levels" = 64;
        /// Bytes of the result as a host's value. Checked while it is converted.
        result_size: "bytes" = 4 * 1024 * 1024;
    }
    optional {
        /// Iterations of one execution of a loop. Checked at the start of each; steps bound loops without it.
        loop_iterations: "iterations";
    }
    durations {
        /// Time an evaluation may take. Checked between regions of the program, so an evaluation stops within a
        /// millisecond of work after it. Does not bound compiling, which the source length bounds, nor the time inside
        /// a host function.
        timeout: "milliseconds";
    }
}

/// Durations as whole milliseconds.
mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// The milliseconds of a duration; rounded up, so that a short one does not become none at all.
    pub(super) fn round_up(duration: Duration) -> u64 {
        u64::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
    }

    #[expect(clippy::ref_option, reason = "the signature that serde calls")]
    pub(super) fn serialize<S: Serializer>(duration: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
        duration.map(round_up).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
        let millis = Option::<u64>::deserialize(deserializer)?;
        Ok(millis.map(Duration::from_millis))
    }
}

/// Declares a struct of limits with a setter for each field, of the same name and documentation.
macro_rules! with_setters {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$doc:meta])* pub $field:ident: $ty:ty,)*
        }
    ) => {
        $(#[$about])*
        pub struct $name {
            $($(#[$doc])* pub $field: $ty,)*
        }

        impl $name {
            $(
                $(#[$doc])*
                #[must_use]
                pub const fn $field(mut self, $field: $ty) -> Self {
                    self.$field = $field;
                    self
                }
            )*
        }
    };
}
pub(crate) use with_setters;

/// The usage of an evaluation, whether it succeeded or failed.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema};
/// let outcome = Engine::default().compile("1 + 2", &Schema::new())?.evaluate(&Inputs::new())?;
/// assert_eq!(serde_json::to_value(outcome.usage())?, serde_json::json!({"steps": 2, "memory": 0}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Usage {
    /// Steps charged.
    pub steps: u64,
    /// Bytes charged, cumulatively: garbage stays charged.
    pub memory: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_can_be_set_read_and_written_by_its_name() {
        let mut limits = Limits::default();
        for (place, about) in Limits::TABLE.iter().enumerate() {
            assert_eq!(limits.get(about.name), about.default, "{}", about.name);
            assert!(limits.set(about.name, place as u64), "{}", about.name);
            assert_eq!(limits.get(about.name), Some(place as u64), "{}", about.name);
        }
        let json = serde_json::to_value(&limits).unwrap();
        for (place, about) in Limits::TABLE.iter().enumerate() {
            assert_eq!(json[about.name], place, "{}", about.name);
        }
        assert_eq!(serde_json::from_value::<Limits>(json).unwrap(), limits);
    }

    #[test]
    fn the_table_says_everything_about_every_limit() {
        for about in Limits::TABLE {
            assert!(about.about.contains("Checked"), "{}: when is it checked?", about.name);
            assert!(
                !about.unit.is_empty() && !about.about.starts_with(' '),
                "{}",
                about.name
            );
        }
    }

    #[test]
    fn limits_as_data_take_defaults_and_refuse_unknown_names() {
        assert_eq!(serde_json::from_str::<Limits>("{}").unwrap(), Limits::default());
        assert_eq!(
            serde_json::from_str::<Limits>(r#"{"timeout": null}"#).unwrap(),
            Limits::default()
        );
        assert!(serde_json::from_str::<Limits>(r#"{"patience": 1}"#).is_err());
        assert!(serde_json::from_str::<Limits>(r#"{"steps": -1}"#).is_err());
    }

    #[test]
    fn extremes_survive() {
        let short = Limits::default().timeout(Duration::from_nanos(1)).steps(u64::MAX);
        let json = serde_json::to_string(&short).unwrap();
        let read: Limits = serde_json::from_str(&json).unwrap();
        assert_eq!((read.timeout, read.steps), (Some(Duration::from_millis(1)), u64::MAX));
        assert_eq!(Limits::default().timeout(Duration::MAX).get("timeout"), Some(u64::MAX));
    }
}
