//! Answering lines on several threads, in order.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many bytes of answers wait to be written, before no further line is begun.
const MAX_WAITING_BYTES: usize = 16 * 1024 * 1024;

/// The answers to the first of the lines, at least to one: as many as may wait. Each worker is a thread of its own.
pub(super) fn answer<W: Sync>(
    lines: &[&[u8]],
    workers: &[W],
    answer: impl Fn(&W, &[u8]) -> Vec<u8> + Sync,
) -> Vec<Vec<u8>> {
    let answers: Vec<OnceLock<Vec<u8>>> = lines.iter().map(|_| OnceLock::new()).collect();
    let (next, waiting) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // Lines are begun in order, and one that is begun is answered: what is answered are the first ones.
    let work = |worker: &W| {
        while waiting.load(Ordering::Relaxed) < MAX_WAITING_BYTES {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(line), Some(place)) = (lines.get(index), answers.get(index)) else {
                break;
            };
            let answer = place.get_or_init(|| answer(worker, line));
            waiting.fetch_add(answer.len(), Ordering::Relaxed);
        }
    };
    let mut needed = workers.iter().take(lines.len());
    thread::scope(|scope| {
        let own = needed.next();
        for worker in needed {
            // Where no thread can be had, those that are there do its work.
            if thread::Builder::new().spawn_scoped(scope, || work(worker)).is_err() {
                break;
            }
        }
        own.into_iter().for_each(work);
    });
    answers.into_iter().map_while(OnceLock::into_inner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_in_the_order_of_their_lines() {
        let lines: Vec<String> = (0..5_000).map(|number| number.to_string()).collect();
        let lines: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
        for threads in [1, 2, 7] {
            assert_eq!(answer(&lines, &vec![(); threads], |(), line| line.to_vec()), lines);
        }
    }

    #[test]
    fn few_large_answers_wait_at_once() {
        let lines = [b"line".as_slice(); 100];
        let answered = answer(&lines, &[(); 2], |(), _| vec![b'x'; 1024 * 1024]).len();
        assert!((16..=18).contains(&answered), "{answered}");
    }
}
