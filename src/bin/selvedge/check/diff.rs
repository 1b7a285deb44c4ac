//! What changed in a file, line by line, as `diff -u` shows it.

use std::fmt::Write as _;

/// How many lines are shown around a change.
const CONTEXT: usize = 3;

/// The difference of two texts that have most of their lines in common.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        before.split_inclusive('\n').collect(),
        after.split_inclusive('\n').collect(),
    );
    let mut out = format!("--- {name}\n+++ {name}\n");
    for change in changes(&old, &new) {
        let start = change.old.0.saturating_sub(CONTEXT);
        let lead = change.old.0 - start;
        let end = (change.old.1 + CONTEXT).min(old.len());
        let tail = end - change.old.1;
        let new_start = change.new.0 - lead;
        let (old_len, new_len) = (end - start, change.new.1 + tail - new_start);
        let _ = writeln!(out, "@@ -{},{old_len} +{},{new_len} @@", start + 1, new_start + 1);
        push(&mut out, ' ', &old, start, change.old.0);
        push(&mut out, '-', &old, change.old.0, change.old.1);
        push(&mut out, '+', &new, change.new.0, change.new.1);
        push(&mut out, ' ', &old, change.old.1, end);
    }
    out
}

/// Lines of the old text, and those that replace them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    old: (usize, usize),
    new: (usize, usize),
}

/// The changes, those near each other as one.
fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let (mut left, mut right) = (0, 0);
    while left < old.len() || right < new.len() {
        if left < old.len() && old.get(left) == new.get(right) {
            (left, right) = (left + 1, right + 1);
            continue;
        }
        let (skip_left, skip_right) = next_common(
            old.get(left..).unwrap_or_default(),
            new.get(right..).unwrap_or_default(),
        );
        let change = Change {
            old: (left, left + skip_left),
            new: (right, right + skip_right),
        };
        match found.last_mut() {
            Some(last) if last.old.1 + 2 * CONTEXT >= change.old.0 => {
                last.old.1 = change.old.1;
                last.new.1 = change.new.1;
            }
            _ => found.push(change),
        }
        (left, right) = (left + skip_left, right + skip_right);
    }
    found
}

/// How many lines are to be skipped on each side, as few as may be, until the same line comes next.
fn next_common(old: &[&str], new: &[&str]) -> (usize, usize) {
    const FURTHEST: usize = 200;
    for distance in 1..FURTHEST.min(old.len() + new.len()) {
        for left in 0..=distance {
            let right = distance - left;
            if let (Some(a), Some(b)) = (old.get(left), new.get(right))
                && a == b
            {
                return (left, right);
            }
        }
    }
    (old.len(), new.len())
}

fn push(out: &mut String, mark: char, lines: &[&str], from: usize, to: usize) {
    for line in lines.get(from..to).unwrap_or_default() {
        out.push(mark);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}
