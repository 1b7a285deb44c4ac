//! Work on many files at once, with the results in the order of the files.

use std::io::IsTerminal as _;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::print::to_terminal;

/// How often the progress is shown anew.
const REFRESH: Duration = Duration::from_millis(50);

/// What `work` makes of each item, in the order of the items; `what` they are is shown while it goes on.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], what: &str, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(items.len());
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let worker = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return results;
            };
            results.push((index, work(item)));
            done.fetch_add(1, Ordering::Relaxed);
        }
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        if std::io::stderr().is_terminal() {
            show_progress(&done, (items.len(), what), &|| {
                workers.iter().all(std::thread::ScopedJoinHandle::is_finished)
            });
        }
        let joined = workers.into_iter().map(|worker| match worker.join() {
            Ok(results) => results,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Writes how many items are done to the terminal, until all are, and takes the line away again.
fn show_progress(done: &AtomicUsize, (all, what): (usize, &str), is_over: &dyn Fn() -> bool) {
    let mut is_shown = false;
    while !is_over() {
        std::thread::sleep(REFRESH);
        if !is_over() {
            let done = done.load(Ordering::Relaxed);
            let filled = 30 * done / all.max(1);
            let bar = ("#".repeat(filled), " ".repeat(30 - filled));
            to_terminal(&format!("\r[{}{}] {done}/{all} {what}", bar.0, bar.1));
            is_shown = true;
        }
    }
    if is_shown {
        to_terminal("\r\u{1b}[K");
    }
}
