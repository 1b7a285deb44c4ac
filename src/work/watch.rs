//! Work that whoever waits for it may stop. It is watched for a thread, and not handed through every pass, so that no pass can
//! forget it: all that is counted passes here. A pass that finds it is stopped ends early, in whatever way it has; what it gives
//! then is not used.

use std::cell::{Cell, RefCell};

/// Units of work between two questions: some ten microseconds.
const LOOK: usize = 2_048;

/// Says whether the work is to stop.
pub(crate) type Stop = Box<dyn Fn() -> bool>;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(LOOK) };
    static IS_STOPPED: Cell<bool> = const { Cell::new(false) };
    static STOP: RefCell<Option<Stop>> = const { RefCell::new(None) };
}

/// How far apart the questions were, for the tests.
#[cfg(any(test, feature = "oracle"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretches {
    /// The most units of work between two questions.
    pub longest: usize,
    /// The units of work after it was said to stop.
    pub after_stop: usize,
}

#[cfg(any(test, feature = "oracle"))]
thread_local! {
    static STRETCHES: Cell<Stretches> = const { Cell::new(Stretches { longest: 0, after_stop: 0 }) };
}

/// Returns how far apart the questions were since the last time, and forgets it.
#[cfg(any(test, feature = "oracle"))]
pub fn stretches() -> Stretches {
    STRETCHES.take()
}

#[cfg(any(test, feature = "oracle"))]
fn record(amount: usize) {
    let mut stretches = STRETCHES.get();
    match is_stopped() {
        true => stretches.after_stop += amount,
        false => {
            let since = LOOK.saturating_sub(LEFT.get()) + amount;
            stretches.longest = stretches.longest.max(since);
        }
    }
    STRETCHES.set(stretches);
}

/// Puts back what was watched before, also where the work panics.
struct Before {
    stop: Option<Stop>,
    is_stopped: bool,
}

impl Drop for Before {
    fn drop(&mut self) {
        STOP.set(self.stop.take());
        IS_STOPPED.set(self.is_stopped);
    }
}

/// Does work that may be stopped; gives nothing where it was. It is not begun where it is stopped from the first.
pub(crate) fn watched<T>(stop: Stop, work: impl FnOnce() -> T) -> Option<T> {
    let _before = Before {
        stop: STOP.replace(Some(stop)),
        is_stopped: IS_STOPPED.replace(false),
    };
    look();
    if is_stopped() {
        return None;
    }
    let done = work();
    (!is_stopped()).then_some(done)
}

/// Whether the work that this thread does is to stop.
#[inline]
pub(crate) fn is_stopped() -> bool {
    IS_STOPPED.get()
}

/// Counts units of work that were done, or are about to be.
#[inline]
pub(super) fn pass(amount: usize) {
    #[cfg(any(test, feature = "oracle"))]
    record(amount);
    match LEFT.get().checked_sub(amount) {
        Some(left) => LEFT.set(left),
        None => look(),
    }
}

#[cold]
#[inline(never)]
fn look() {
    LEFT.set(LOOK);
    if !is_stopped() && STOP.with_borrow(|stop| stop.as_ref().is_some_and(|stop| stop())) {
        IS_STOPPED.set(true);
    }
}
