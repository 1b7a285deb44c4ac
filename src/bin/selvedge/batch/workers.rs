//! Answering lines on several threads, in order.

use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Thread};
use std::time::Duration;

/// How many bytes of answers are kept, before no further line is begun.
const MAX_KEPT_BYTES: usize = 16 * 1024 * 1024;
/// How long an answer waits at most for others that are written with it.
const LONGEST_WAIT: Duration = Duration::from_millis(1);

/// A worker that is at work, until it is dropped.
struct Busy<'a> {
    busy: &'a AtomicUsize,
    writer: &'a Thread,
}

impl<'a> Busy<'a> {
    fn new(busy: &'a AtomicUsize, writer: &'a Thread) -> Self {
        busy.fetch_add(1, Ordering::Relaxed);
        Self { busy, writer }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.busy.fetch_sub(1, Ordering::Release);
        self.writer.unpark();
    }
}

/// Answers the first of the lines, at least one: as many as may be kept. Each worker is a thread of its own; this one writes the answers
/// in the order of the lines, as they are ready. Returns how many there are.
pub(super) fn answer<W: Sync>(
    lines: &[&[u8]],
    workers: &[W],
    answer: impl Fn(&W, &[u8]) -> Vec<u8> + Sync,
    mut write: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<usize> {
    let answers: Vec<OnceLock<Vec<u8>>> = lines.iter().map(|_| OnceLock::new()).collect();
    let (next, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // Lines are begun in order, and one that is begun is answered: what is answered are the first ones.
    let work = |worker: &W| {
        while kept.load(Ordering::Relaxed) < MAX_KEPT_BYTES {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(line), Some(place)) = (lines.get(index), answers.get(index)) else {
                break;
            };
            let answer = place.get_or_init(|| answer(worker, line));
            kept.fetch_add(answer.len(), Ordering::Relaxed);
        }
    };
    let (mut written, mut ready) = (0, Vec::new());
    let mut write_ready = || {
        ready.clear();
        for answer in answers.iter().skip(written).map_while(OnceLock::get) {
            ready.extend_from_slice(answer);
            written += 1;
        }
        match ready.is_empty() {
            true => Ok(written),
            false => write(&ready).map(|()| written),
        }
    };
    let (busy, writer) = (AtomicUsize::new(0), thread::current());
    thread::scope(|scope| {
        // A single line is not worth a thread. Where none can be had, this one does the work.
        let needed = if lines.len() > 1 { lines.len() } else { 0 };
        for worker in workers.iter().take(needed) {
            let at_work = Busy::new(&busy, &writer);
            let spawned = thread::Builder::new().spawn_scoped(scope, || {
                let _at_work = at_work;
                work(worker);
            });
            if spawned.is_err() {
                break;
            }
        }
        if busy.load(Ordering::Acquire) == 0 {
            workers.first().into_iter().for_each(work);
        }
        while busy.load(Ordering::Acquire) > 0 {
            if let Err(error) = write_ready() {
                // Nobody reads any more: no further line is begun.
                next.store(lines.len(), Ordering::Relaxed);
                return Err(error);
            }
            thread::park_timeout(LONGEST_WAIT);
        }
        write_ready()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// The answers as they were written, and how many they are.
    fn written(lines: &[&[u8]], threads: usize, answer_of: impl Fn(&[u8]) -> Vec<u8> + Sync) -> (Vec<Vec<u8>>, usize) {
        let mut written = Vec::new();
        let answered = answer(
            lines,
            &vec![(); threads],
            |(), line| answer_of(line),
            |answers| {
                written.push(answers.to_vec());
                Ok(())
            },
        );
        (written, answered.unwrap_or(usize::MAX))
    }

    #[test]
    fn answers_stand_in_the_order_of_their_lines() {
        let lines: Vec<String> = (0..5_000).map(|number| format!("{number}\n")).collect();
        let lines: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
        for threads in [1, 2, 7] {
            let (written, answered) = written(&lines, threads, <[u8]>::to_vec);
            assert_eq!((written.concat(), answered), (lines.concat(), lines.len()));
        }
    }

    #[test]
    fn few_large_answers_are_kept_at_once() {
        let lines = [b"line".as_slice(); 100];
        let (written, answered) = written(&lines, 2, |_| vec![b'x'; 1024 * 1024]);
        assert!((16..=18).contains(&answered), "{answered}");
        assert_eq!(written.concat().len(), answered * 1024 * 1024);
    }

    #[test]
    fn an_answer_does_not_wait_for_the_next_one() {
        let (reported, first_is_written) = mpsc::channel();
        let first_is_written = std::sync::Mutex::new(first_is_written);
        let waits = |line: &[u8]| match line {
            b"2" => first_is_written
                .lock()
                .is_ok_and(|reported| reported.recv_timeout(Duration::from_secs(60)).is_ok()),
            _ => true,
        };
        let answered = answer(
            &[b"1", b"2"],
            &[()],
            |(), line| vec![u8::from(waits(line))],
            |_| reported.send(()).map_err(io::Error::other),
        );
        assert_eq!(answered.ok(), Some(2));
    }

    #[test]
    fn no_line_is_begun_when_nobody_reads() {
        let begun = AtomicUsize::new(0);
        let answer_of = |(): &(), _: &[u8]| {
            begun.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(2));
            vec![0]
        };
        let answered = answer(&vec![b"line".as_slice(); 1_000], &[()], answer_of, |_| {
            Err(io::ErrorKind::BrokenPipe.into())
        });
        assert!(answered.is_err() && begun.into_inner() < 1_000);
    }
}
