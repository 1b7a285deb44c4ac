//! What a call reads beside its arguments.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something a function reads besides its arguments, so that equal calls may differ.
///
/// ```
/// use selvedge::{Effect, Engine, HostFunction, HostFunctions, Schema};
/// let mut functions = HostFunctions::new();
/// let tick = HostFunction::typed("params.tick", || Ok(1_i64)).with_effects(&[Effect::Clock]);
/// functions.register(tick)?;
/// let engine = Engine::builder().host_functions(functions).build();
/// let program = engine.compile("params.tick()", &Schema::new())?;
/// assert!(program.uses_clock() && !program.uses_outside());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// The time.
    Clock,
    /// Random numbers.
    Randomness,
    /// Anything else: a database, the state of a run.
    Outside,
}

impl Effect {
    const ALL: [Self; 3] = [Self::Clock, Self::Randomness, Self::Outside];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of [`Effect`]s.
///
/// ```
/// use selvedge::{Effect, Engine, Schema};
/// let program = Engine::default().compile("System.currentTimeMillis()", &Schema::new())?;
/// assert!(program.effects().has(Effect::Clock));
/// assert_eq!(program.effects().iter().count(), 1);
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Effects(u8);

impl Effects {
    /// No effect: equal arguments give equal results.
    pub const NONE: Self = Self(0);

    /// The set of these effects.
    pub const fn of(effects: &[Effect]) -> Self {
        let mut set = Self::NONE;
        let mut rest = effects;
        while let [effect, others @ ..] = rest {
            set.0 |= effect.bit();
            rest = others;
        }
        set
    }

    /// Whether an effect is in the set.
    pub const fn has(self, effect: Effect) -> bool {
        self.0 & effect.bit() != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The union of two sets.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The effects in the set.
    pub fn iter(self) -> impl Iterator<Item = Effect> {
        Effect::ALL.into_iter().filter(move |&effect| self.has(effect))
    }
}

impl fmt::Debug for Effects {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Effects {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Effects {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let effects = Vec::<Effect>::deserialize(deserializer)?;
        Ok(Self::of(&effects))
    }
}
