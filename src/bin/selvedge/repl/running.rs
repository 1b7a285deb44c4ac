//! Ctrl-C: stops what runs, not the session.

use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use selvedge::CancelToken;

/// How a process ends that was interrupted.
const INTERRUPTED: i32 = 130;

/// What runs now, if anything does.
#[derive(Clone, Debug, Default)]
pub(super) struct Running(Arc<Mutex<Option<CancelToken>>>);

impl Running {
    /// Stops what runs at each Ctrl-C. Where nothing runs, or does not stop, the session ends; at a terminal the line editor
    /// sees Ctrl-C while nothing runs.
    pub(super) fn listen(&self, is_terminal: bool) -> Result<(), String> {
        let running = self.clone();
        let handler = move || match running.token() {
            Some(token) if token.is_cancelled() => process::exit(INTERRUPTED),
            Some(token) => token.cancel(),
            None if is_terminal => {}
            None => process::exit(INTERRUPTED),
        };
        ctrlc::set_handler(handler).map_err(|error| format!("cannot listen to Ctrl-C: {error}"))
    }

    /// Something begins to run.
    pub(super) fn begin(&self) -> CancelToken {
        let token = CancelToken::new();
        self.set(Some(token.clone()));
        token
    }

    /// It has ended.
    pub(super) fn end(&self) {
        self.set(None);
    }

    fn token(&self) -> Option<CancelToken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, token: Option<CancelToken>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }
}
