//! The token by which a host stops evaluations.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
pub struct CancelToken(Arc<AtomicBool>);

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
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    ///
    /// ```
    /// assert!(!selvedge::CancelToken::new().is_cancelled());
    /// ```
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
