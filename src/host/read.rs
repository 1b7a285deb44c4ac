//! Values from texts, where whoever waits for them can stop the reading.

use super::cancel::{Interrupt, Interrupted};
use crate::value::{Value, ValueError};
use crate::work::watched;

impl Value {
    /// As [`Value::from_json`], where a deadline or a token can stop it. It looks at them every 2,048 bytes.
    ///
    /// # Errors
    ///
    /// As [`Value::from_json`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::{CancelToken, Interrupt, Value};
    /// let token = CancelToken::new();
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert_eq!(Value::from_json_with("[1, 2]", &interrupt)?.to_string(), "[1, 2]");
    ///
    /// token.cancel();
    /// let stopped = Value::from_json_with("[1, 2]", &interrupt).unwrap_err();
    /// assert_eq!(stopped.message(), "the host cancelled the reading");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_json_with(text: &str, interrupt: &Interrupt) -> Result<Self, ValueError> {
        let done = watched(interrupt.stop(), || Self::from_watched_json(text));
        done.unwrap_or_else(|| {
            Err(ValueError::new(match interrupt.check() {
                Err(Interrupted::Cancelled) => "the host cancelled the reading",
                Err(Interrupted::Deadline) | Ok(()) => "the deadline of the reading has passed",
            }))
        })
    }
}
