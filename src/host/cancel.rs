//! What a host stops calls by: a token, a deadline.

use std::sync::Arc;
#[cfg(any(test, feature = "oracle"))]
use std::sync::atomic::AtomicU64;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::work::{Stop, watched};

/// Stops evaluations from another thread; clones stop together.
///
/// ```
/// use selvedge::CancelToken;
/// let token = CancelToken::new();
/// let held_by_the_evaluation = token.clone();
/// token.cancel();
/// assert!(held_by_the_evaluation.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    is_cancelled: AtomicBool,
    /// How many looks find it not cancelled yet, where tests ask for that.
    #[cfg(any(test, feature = "oracle"))]
    looks: Option<AtomicU64>,
}

impl CancelToken {
    /// A token that is not cancelled.
    ///
    /// ```
    /// assert!(!selvedge::CancelToken::new().is_cancelled());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops every evaluation that holds a clone of this token, within a millisecond of work. It cannot be taken back.
    ///
    /// ```
    /// let token = selvedge::CancelToken::new();
    /// token.cancel();
    /// assert!(token.is_cancelled());
    /// ```
    pub fn cancel(&self) {
        // Nothing but the flag itself is communicated, so no ordering with other memory is needed.
        self.0.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    ///
    /// ```
    /// assert!(!selvedge::CancelToken::new().is_cancelled());
    /// ```
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled.load(Ordering::Relaxed)
    }

    /// A token that is cancelled after this many looks of those who hold it.
    #[cfg(any(test, feature = "oracle"))]
    pub(crate) fn after_looks(looks: u64) -> Self {
        Self(Arc::new(Flag {
            is_cancelled: AtomicBool::new(false),
            looks: Some(AtomicU64::new(looks)),
        }))
    }

    /// Whether it was cancelled, asked by who is to stop.
    fn look(&self) -> bool {
        #[cfg(any(test, feature = "oracle"))]
        if let Some(looks) = &self.0.looks {
            let left = looks.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            if left.is_err() {
                self.cancel();
            }
        }
        self.is_cancelled()
    }
}

/// An interrupt of a call: a deadline, a token, both or neither.
///
/// ```
/// use std::time::Duration;
/// use selvedge::diagnostic::Code;
/// use selvedge::params::{Definition, ParameterSet, Scope};
/// use selvedge::{CancelToken, Engine, Interrupt};
///
/// let set = ParameterSet::new().with("n", Definition::expression("6 * 7"));
/// let plan = set.plan(&Engine::default(), &Scope::new())?;
/// let token = CancelToken::new();
/// let interrupt = Interrupt::new().timeout(Duration::from_secs(1)).cancel(token.clone());
/// assert!(plan.evaluate_with(&Scope::new(), &interrupt).error().is_none());
/// token.cancel();
/// let stopped = plan.evaluate_with(&Scope::new(), &interrupt);
/// assert_eq!(stopped.error().map(|error| error.code()), Some(Code::Cancelled));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    pub(crate) deadline: Option<Instant>,
    pub(crate) cancel: Option<CancelToken>,
}

/// Why a call was stopped from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interrupted {
    Cancelled,
    Deadline,
}

impl Interrupt {
    /// No interrupt.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a deadline this far from now, unless an earlier one is set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        let deadline = Instant::now().checked_add(timeout);
        self.deadline = self.deadline.into_iter().chain(deadline).min();
        self
    }

    /// Sets a token with which another thread can stop the call.
    #[must_use]
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.cancel = Some(token);
        self
    }

    /// Whether anything may stop the call.
    pub(crate) fn is_armed(&self) -> bool {
        self.deadline.is_some() || self.cancel.is_some()
    }

    /// What says whether work that is watched is to stop.
    fn stop(&self) -> Stop {
        let asked = self.clone();
        Box::new(move || asked.check().is_err())
    }

    /// Does work that is counted, until that is stopped.
    pub(crate) fn watch<T>(&self, work: impl FnOnce() -> T) -> Result<T, Interrupted> {
        watched(self.stop(), work).ok_or_else(|| self.check().err().unwrap_or(Interrupted::Deadline))
    }

    /// Looks at the token and the clock.
    pub(crate) fn check(&self) -> Result<(), Interrupted> {
        if self.cancel.as_ref().is_some_and(CancelToken::look) {
            return Err(Interrupted::Cancelled);
        }
        match self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            true => Err(Interrupted::Deadline),
            false => Ok(()),
        }
    }
}
