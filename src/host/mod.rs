//! The outside world as a program sees it: clock and randomness from one trait, functions that the host registers, and
//! a token by which it stops an evaluation.

mod call;
mod cancel;
mod declaration;
mod declared;
mod error;
mod function;
mod name;
mod random;
mod read;
mod registry;
mod typed;

#[cfg(test)]
mod tests;

pub use call::HostCall;
pub(crate) use cancel::Interrupted;
pub use cancel::{CancelToken, Interrupt};
#[cfg(feature = "params")]
pub(crate) use declared::check_name;
pub use error::{HostError, RegisterError};
pub use function::HostFunction;
pub(crate) use random::RandomSource;
pub use registry::HostFunctions;
pub use typed::{FromValue, IntoValue, TypedBody};

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

use thiserror::Error;

/// Access that a host denies.
///
/// ```
/// use selvedge::{DeniedError, DeniedHost, Host};
/// assert_eq!(DeniedHost.random_seed(), Err(DeniedError));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the host denies it")]
pub struct DeniedError;

/// The source of an evaluation's time and randomness. Apart from the host functions that it calls, nothing else of the outside world
/// reaches a program.
///
/// ```
/// use selvedge::{DeniedError, Host};
///
/// /// Tells the time a workflow was scheduled for, and gives no randomness.
/// #[derive(Debug)]
/// struct Scheduled {
///     at_millis: i64,
/// }
///
/// impl Host for Scheduled {
///     fn now_millis(&self) -> Result<i64, DeniedError> {
///         Ok(self.at_millis)
///     }
///
///     fn random_seed(&self) -> Result<u64, DeniedError> {
///         Err(DeniedError)
///     }
/// }
///
/// assert_eq!(Scheduled { at_millis: 42 }.now_millis(), Ok(42));
/// ```
pub trait Host: fmt::Debug + Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// Where the host denies the clock; the program gets `E517`.
    fn now_millis(&self) -> Result<i64, DeniedError>;

    /// The seed of an evaluation's random numbers; asked for at most once in an evaluation, when the first is drawn.
    /// The same seed gives the same numbers.
    ///
    /// # Errors
    ///
    /// Where the host denies randomness; the program gets `E517`.
    fn random_seed(&self) -> Result<u64, DeniedError>;
}

/// The system clock, and a new seed from the system's entropy for each evaluation.
///
/// The numbers are good enough to tell runs apart. They are not for secrets, and an evaluation's identifiers carry no
/// more than the 64 random bits of its seed.
///
/// ```
/// use selvedge::{Host, SystemHost};
/// assert!(SystemHost.now_millis()? > 1_700_000_000_000);
/// assert_ne!(SystemHost.random_seed()?, SystemHost.random_seed()?);
/// # Ok::<(), selvedge::DeniedError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemHost;

impl Host for SystemHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        Ok(match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
        })
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        // The standard library keys its hash maps from the system's entropy, each map differently; a hash of nothing
        // under such a key is a random number.
        Ok(RandomState::new().build_hasher().finish())
    }
}

/// A fixed clock and a fixed seed: evaluations are reproducible.
///
/// ```
/// use selvedge::{FixedHost, Host};
/// let host = FixedHost { now_millis: 1_767_225_600_000, seed: 7 };
/// assert_eq!(host.now_millis(), host.now_millis());
/// assert_eq!(host.random_seed(), Ok(7));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FixedHost {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub now_millis: i64,
    /// The seed of every evaluation's random numbers.
    pub seed: u64,
}

impl Host for FixedHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        Ok(self.now_millis)
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        Ok(self.seed)
    }
}

/// No clock and no randomness: a result depends only on the parameters.
///
/// ```
/// use selvedge::{DeniedError, DeniedHost, Host};
/// assert_eq!(DeniedHost.now_millis(), Err(DeniedError));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeniedHost;

impl Host for DeniedHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        Err(DeniedError)
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        Err(DeniedError)
    }
}
