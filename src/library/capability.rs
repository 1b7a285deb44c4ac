//! Whole classes of the language that a host can switch off, and what belongs to each.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::effect::{Effect, Effects};
use crate::types::Type;

/// A part of the language that a host can switch off. A program that uses a part that is off is refused with `E408`.
///
/// ```
/// use selvedge::{Capability, Engine, Schema, diagnostic::Code};
/// let engine = Engine::builder().without(Capability::Regex).build();
/// let refused = engine.compile("'a,b'.split(',')", &Schema::new()).unwrap_err();
/// assert_eq!(refused.diagnostics()[0].code, Code::CapabilityOff);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Capability {
    /// The date and time classes and types.
    Dates,
    /// Functions that take a regular expression: `split` and `replaceAll`.
    Regex,
    /// Functions that draw random numbers: `Math.random()`, `UUID.randomUUID()`, and host functions that say so.
    Randomness,
    /// Functions that read the clock: `System.currentTimeMillis()`, `new DateTime()`, and host functions that say so.
    Clock,
}

impl Capability {
    /// Every capability.
    ///
    /// ```
    /// use selvedge::Capability;
    /// let names: Vec<&str> = Capability::ALL.iter().map(|capability| capability.name()).collect();
    /// assert_eq!(names, ["dates", "regex", "randomness", "clock"]);
    /// ```
    pub const ALL: &'static [Self] = &[Self::Dates, Self::Regex, Self::Randomness, Self::Clock];

    /// Its name in flags and messages.
    ///
    /// ```
    /// assert_eq!(selvedge::Capability::Dates.name(), "dates");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dates => "dates",
            Self::Regex => "regex",
            Self::Randomness => "randomness",
            Self::Clock => "clock",
        }
    }

    /// What to write instead.
    pub(crate) const fn advice(self) -> &'static str {
        match self {
            Self::Dates => "pass the date as a parameter, such as the LONG 20260131, or ask the host for `dates`",
            Self::Regex => "use `.contains`, `.replace`, `.substring` or `.lastIndexOf`, or ask the host for `regex`",
            Self::Randomness => "pass the value as a parameter, or ask the host for `randomness`",
            Self::Clock => "pass the time as a parameter, or ask the host for `clock`",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The capabilities that are off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct SwitchedOff(u8);

impl SwitchedOff {
    /// Switches one more off.
    pub(crate) fn add(&mut self, capability: Capability) {
        self.0 |= 1 << capability as u8;
    }

    /// Whether one is off.
    pub(crate) fn has(self, capability: Capability) -> bool {
        self.0 & 1 << capability as u8 != 0
    }

    /// The capability that is off and that a function of these effects needs.
    pub(crate) fn stops_effects(self, effects: Effects) -> Option<Capability> {
        let needed = [
            (Effect::Clock, Capability::Clock),
            (Effect::Randomness, Capability::Randomness),
        ];
        let mut stopped = needed
            .into_iter()
            .filter(|&(effect, of)| effects.has(effect) && self.has(of));
        stopped.next().map(|(_, capability)| capability)
    }

    /// The capability that is off and that values of the type need.
    pub(crate) fn stops_type(self, ty: Type) -> Option<Capability> {
        let is_date = matches!(
            ty,
            Type::DateTime
                | Type::DateTimeZone
                | Type::DateTimeFormatter
                | Type::DateTimeProperty
                | Type::Days
                | Type::Hours
                | Type::Minutes
                | Type::Duration
        );
        (is_date && self.has(Capability::Dates)).then_some(Capability::Dates)
    }
}
