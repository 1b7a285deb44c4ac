//! The limits of compiling and evaluating, each declared once; and what an evaluation used.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What a limit is, for documentation and for the command's flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitAbout {
    /// Its name, such as `string_length`; the command's flag is `--max-` and the name with hyphens.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: &'static str,
    /// Its default; none where there is no limit by default.
    pub default: Option<u64>,
    /// What is measured, when it is checked, and what it does not protect.
    pub about: &'static str,
}

/// Declares each limit once: name, unit, default, documentation.
macro_rules! limits {
    (
        always { $($(#[doc = $doc:literal])* $name:ident: $unit:literal = $default:expr;)* }
        optional { $($(#[doc = $optional_doc:literal])* $optional:ident: $optional_unit:literal;)* }
    ) => {
        /// The limits of an engine. Each has a default; a setter of the same name changes it.
        ///
        /// ```
        /// use selvedge::Limits;
        /// let limits = Limits::default().steps(50_000).string_length(10_000);
        /// assert_eq!(limits.array_length, 25_001);
        /// assert_eq!(limits.steps, 50_000);
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[doc = $doc])* pub $name: u64,)*
            $($(#[doc = $optional_doc])* pub $optional: Option<u64>,)*
            /// The most time an evaluation may take; looked at every 8,192 steps at most, so an evaluation stops within a
            /// millisecond of work after it. It does not bound compiling, which the source length bounds.
            pub timeout: Option<Duration>,
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)* $($optional: None,)* timeout: None }
            }
        }

        impl Limits {
            /// Every limit that is a number, with its unit, default and documentation.
            pub const TABLE: &'static [LimitAbout] = &[
                $(LimitAbout {
                    name: stringify!($name),
                    unit: $unit,
                    default: Some($default),
                    about: concat!($($doc),*),
                },)*
                $(LimitAbout {
                    name: stringify!($optional),
                    unit: $optional_unit,
                    default: None,
                    about: concat!($($optional_doc),*),
                },)*
            ];

            $(
                $(#[doc = $doc])*
                #[must_use]
                pub fn $name(mut self, limit: u64) -> Self {
                    self.$name = limit;
                    self
                }
            )*
            $(
                $(#[doc = $optional_doc])*
                #[must_use]
                pub fn $optional(mut self, limit: u64) -> Self {
                    self.$optional = Some(limit);
                    self
                }
            )*

            /// The most time an evaluation may take.
            #[must_use]
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.timeout = Some(timeout);
                self
            }

            /// Sets a limit by its name in [`Limits::TABLE`]; false where there is none of that name.
            pub fn set(&mut self, name: &str, limit: u64) -> bool {
                match name {
                    $(stringify!($name) => self.$name = limit,)*
                    $(stringify!($optional) => self.$optional = Some(limit),)*
                    _ => return false,
                }
                true
            }
        }
    };
}

limits! {
    always {
        /// Steps an evaluation may take. A step is an operator, an access or a part of a call, as the cost table says; each
        /// region of the program is charged as it is entered. Bounds time; not memory.
        steps: "steps" = 1_000_000;
        /// Bytes an evaluation may charge, cumulatively: what was made and forgotten stays charged. Checked before each string,
        /// array, map entry or object is made. The process holds at most this and 64 KiB.
        memory: "bytes" = 32 * 1024 * 1024;
        /// Elements of one array. Checked before it is made; arrays from the host are not measured.
        array_length: "elements" = 25_001;
        /// Bytes of UTF-8 of one string. Checked before it is made; strings from the host are not measured.
        string_length: "bytes" = 1024 * 1024;
        /// Entries of one map. Checked before each is added.
        map_entries: "entries" = 25_001;
        /// Characters of a source text, counted in UTF-16 units. Checked before anything else.
        source_length: "characters" = 10_000;
        /// Levels that a source may nest: brackets, blocks, unary operators, assignments, bodies. Checked before parsing; values
        /// above the built-in ceiling mean the ceiling. Chains of operators and calls do not nest.
        nesting: "levels" = 64;
        /// Bytes of the result as a host's value. Checked while it is converted.
        result_size: "bytes" = 4 * 1024 * 1024;
    }
    optional {
        /// Iterations of one execution of a loop. Checked at the start of each; steps bound loops without it.
        loop_iterations: "iterations";
    }
}

/// What an evaluation used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Usage {
    /// Steps charged.
    pub steps: u64,
    /// Bytes charged in total.
    pub memory: u64,
    /// Bytes charged at the peak. Equal to `memory`, as memory is charged cumulatively and nothing is given back.
    pub memory_peak: u64,
}
