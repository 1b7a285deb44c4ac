//! Where the steps and bytes of an evaluation went, line by line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use selvedge::diagnostic::escape;
use selvedge::{EvalError, Evaluation, Inputs, LineIndex, Outcome, Profile, Usage};

/// The stack of an evaluation that is profiled: room for as many levels as a program may nest.
const STACK_BYTES: usize = 256 * 1024 * 1024;
/// The most characters of a line that are shown.
const MAX_LINE: usize = 60;

/// What a line used, and how often the part of it ran that ran most.
#[derive(Clone, Copy, Default)]
struct Line {
    usage: Usage,
    runs: u64,
}

/// Evaluates with a profile.
pub(crate) fn evaluate(
    evaluation: &Evaluation<'_>,
    inputs: &Inputs,
) -> Result<(Result<Outcome, EvalError>, Profile), String> {
    let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
    std::thread::scope(|scope| {
        let thread = builder.spawn_scoped(scope, || evaluation.profile(inputs));
        let thread = thread.map_err(|error| format!("cannot begin a thread for the profile: {error}"))?;
        thread.join().map_err(|panic| std::panic::resume_unwind(panic))
    })
}

/// A profile as a table, a row for each line that used something and one for each thing that is not a line's.
pub(crate) fn table(profile: &Profile, used: Usage, source: &str) -> String {
    let index = LineIndex::new(source);
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    for place in &profile.places {
        let line = lines.entry(index.position(place.span.start).line).or_default();
        line.usage.steps += place.usage.steps;
        line.usage.memory += place.usage.memory;
        line.runs = line.runs.max(place.runs);
    }
    let mut out = String::new();
    let _ = writeln!(out, "{:>6} {:>10} {:>10} {:>8}", "line", "steps", "bytes", "runs");
    for (number, line) in lines {
        let Usage { steps, memory, .. } = line.usage;
        let _ = writeln!(
            out,
            "{number:>6} {steps:>10} {memory:>10} {:>8}  {}",
            line.runs,
            cut(index.line(number))
        );
    }
    let around = [
        (
            "before the program: parameters and registers",
            profile.before.steps,
            profile.before.memory,
        ),
        ("for the result", profile.after.steps, profile.after.memory),
        ("charged with a stretch that was left early", profile.not_run_steps, 0),
    ];
    for (what, steps, bytes) in around.iter().filter(|(_, steps, bytes)| steps + bytes > 0) {
        let _ = writeln!(out, "{:>6} {steps:>10} {bytes:>10} {:>8}  {what}", "", "");
    }
    let _ = writeln!(out, "{:>6} {:>10} {:>10}", "all", used.steps, used.memory);
    out
}

/// A line of the source on one line, cut where it is long.
fn cut(text: &str) -> String {
    let text = text.trim_end();
    let cut: String = text.chars().take(MAX_LINE).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    escape(&cut) + more
}
