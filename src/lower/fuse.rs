//! Joins instructions that follow each other into one, where a loop gains by it. What a joined instruction writes is all that
//! its parts wrote, so nothing needs to be known of who reads it.

use super::wide::{Register, Wide};
use crate::machine::instruction::Instruction as I;
use crate::source::Span;
use crate::types::Elements;

/// Joins what can be joined. `labels` are the places that jumps go to; none may lie inside a joined instruction.
pub(super) fn fuse(instructions: &mut Vec<Wide>, spans: &mut Vec<Span>, labels: &mut Vec<u32>) {
    thread_jumps(instructions, labels);
    fuse_with(instructions, spans, labels, begins_join, |window, _| join(window));
    // What is joined to a loop of one instruction may be joined itself.
    fuse_with(instructions, spans, labels, begins_tight_loop, tight_loop);
    skip_loops(instructions, labels);
}

/// Lets jumps that lead to a jump go where that leads. A row of jumps is followed only so far: there may be no end to it.
fn thread_jumps(instructions: &[Wide], labels: &mut [u32]) {
    const MOST_JUMPS: usize = 4;
    for label in 0..labels.len() {
        for _ in 0..MOST_JUMPS {
            let place = labels.get(label).and_then(|place| instructions.get(*place as usize));
            let Some(&I::Jump { to }) = place else { break };
            if let Some(&target) = labels.get(to as usize)
                && let Some(place) = labels.get_mut(label)
            {
                *place = target;
            }
        }
    }
}

/// Lets a test at a loop's start, whose other way goes to the loop's end, run on to the first element that it does not skip.
/// The loop's end stays where it is: other ways lead there.
fn skip_loops(instructions: &mut [Wide], labels: &mut Vec<u32>) {
    for at in 0..instructions.len() {
        let (t, a, i, end, skipped) = match instructions.get(at) {
            Some(&I::JumpIfElement { t, a, i, to }) => (t, a, i, to, true),
            Some(&I::JumpUnlessElement { t, a, i, to }) => (t, a, i, to, false),
            _ => continue,
        };
        let Some(&end) = labels.get(end as usize) else { continue };
        let Some(&I::StepLoopLongLess {
            a: counter,
            by,
            b,
            steps,
            to: start,
        }) = instructions.get(end as usize)
        else {
            continue;
        };
        if labels.get(start as usize) == Some(&(at as u32)) && counter == i && all_differ(&[t, a, i, b]) {
            let to = labels.len() as u32;
            labels.push(end + 1);
            if let Some(instruction) = instructions.get_mut(at) {
                *instruction = I::SkipLoop {
                    t,
                    a,
                    i,
                    b,
                    skipped,
                    by,
                    steps,
                    to,
                };
            }
        }
    }
}

/// Two or three instructions in a row that no jump goes into.
#[derive(Clone, Copy, Debug)]
struct Window {
    first: Wide,
    second: Wide,
    third: Option<Wide>,
}

/// What instructions are joined to.
#[derive(Clone, Copy, Debug)]
struct Joined {
    instruction: Wide,
    /// How many instructions it stands for.
    count: usize,
    /// Which of them can fail: its place is the joined one's.
    place: usize,
}

/// Joins by one rule, which is told whether a label is at the window's first instruction; `begins` says at which it may hold.
fn fuse_with(
    instructions: &mut Vec<Wide>,
    spans: &mut Vec<Span>,
    labels: &mut [u32],
    begins: fn(&Wide) -> bool,
    rule: impl Fn(Window, &dyn Fn(u32) -> bool) -> Option<Joined>,
) {
    if !instructions.iter().any(begins) {
        return;
    }
    let mut is_target = vec![false; instructions.len() + 1];
    for instruction in instructions.iter_mut() {
        let label = instruction.target_mut().and_then(|label| labels.get(*label as usize));
        if let Some(place) = label.and_then(|place| is_target.get_mut(*place as usize)) {
            *place = true;
        }
    }
    let mut moved = Vec::with_capacity(is_target.len());
    let mut kept = 0;
    let mut at = 0;
    while let Some(&first) = instructions.get(at) {
        let free = |place: usize| is_target.get(place) == Some(&false);
        let second = instructions.get(at + 1).filter(|_| begins(&first) && free(at + 1));
        let is_here = |label: u32| labels.get(label as usize) == Some(&(at as u32));
        let joined = second.and_then(|&second| {
            let third = instructions.get(at + 2).filter(|_| free(at + 2)).copied();
            rule(Window { first, second, third }, &is_here)
        });
        let Joined {
            instruction,
            count,
            place,
        } = joined.unwrap_or(Joined {
            instruction: first,
            count: 1,
            place: 0,
        });
        // In front of the first that is joined all stay where they are.
        if count > 1 || kept < at {
            let span = spans.get(at + place).copied().unwrap_or_default();
            if let (Some(kept), Some(kept_span)) = (instructions.get_mut(kept), spans.get_mut(kept)) {
                (*kept, *kept_span) = (instruction, span);
            }
        }
        moved.resize(moved.len() + count, kept as u32);
        kept += 1;
        at += count;
    }
    moved.push(kept as u32);
    instructions.truncate(kept);
    spans.truncate(kept);
    for label in labels {
        *label = moved.get(*label as usize).copied().unwrap_or(*label);
    }
}

/// Whether [`join`] may join an instruction to those behind it.
fn begins_join(first: &Wide) -> bool {
    matches!(
        first,
        I::LongElement { .. } | I::BooleanElement { .. } | I::LongAddConstant { .. }
    )
}

/// Joins an element to what uses it, and a loop's end to one instruction.
fn join(window: Window) -> Option<Joined> {
    let Window { first, second, third } = window;
    let pair = |instruction| {
        Some(Joined {
            instruction,
            count: 2,
            place: 0,
        })
    };
    match (first, second) {
        (I::LongElement { d: t, a, i }, I::LongAdd { d, a: left, b })
            if d == left && b == t && d != t && d != a && d != i =>
        {
            pair(I::AddLongElement { d, t, a, i })
        }
        (I::BooleanElement { d: t, a, i }, I::JumpIf { a: tested, to }) if tested == t => {
            pair(I::JumpIfElement { t, a, i, to })
        }
        (I::BooleanElement { d: t, a, i }, I::JumpUnless { a: tested, to }) if tested == t => {
            pair(I::JumpUnlessElement { t, a, i, to })
        }
        (I::LongAddConstant { d, a, constant }, I::LongLength { d: t, a: array }) if d == a => {
            step_loop(d, constant, t, array, Elements::Longs, third?)
        }
        (
            I::LongAddConstant { d, a, constant },
            I::Length {
                d: t,
                a: array,
                elements,
            },
        ) if d == a => step_loop(d, constant, t, array, elements, third?),
        _ => None,
    }
}

/// A step of a counter, the length of an array, and the loop while the one is below the other.
fn step_loop(a: Register, by: i64, t: Register, array: Register, elements: Elements, last: Wide) -> Option<Joined> {
    let I::LoopLongLess {
        a: tested,
        b,
        steps,
        to,
    } = last
    else {
        return None;
    };
    let by = i16::try_from(by).ok()?;
    let fits = tested == a && b == t && all_differ(&[a, t, array]);
    fits.then_some(Joined {
        instruction: I::StepLoopLongLessLength {
            a,
            t,
            array,
            elements,
            by,
            steps,
            to,
        },
        count: 3,
        place: 2,
    })
}

/// Whether [`tight_loop`] may join an instruction to the one behind it.
fn begins_tight_loop(first: &Wide) -> bool {
    matches!(
        first,
        I::Charge { .. } | I::LongAddConstant { .. } | I::AddLongElement { .. } | I::SetBooleanElement { .. }
    )
}

/// Joins a loop's end to its body, where that is one instruction.
fn tight_loop(window: Window, is_here: &dyn Fn(u32) -> bool) -> Option<Joined> {
    let instruction = match (window.first, window.second) {
        // A loop of nothing.
        (I::Charge { steps }, I::Jump { to }) if is_here(to) => I::LoopAlways { steps, to },
        (I::LongAddConstant { d, a: from, constant }, I::StepLoopLongLess { a, by, b, steps, to })
            if is_here(to) && d == from && all_differ(&[d, a, b]) =>
        {
            let constant = i16::try_from(constant).ok()?;
            I::CountLoop {
                d,
                constant,
                a,
                by,
                b,
                steps,
            }
        }
        (
            I::AddLongElement { d, t, a, i },
            I::StepLoopLongLessLength {
                a: counter,
                t: length,
                array,
                by,
                steps,
                to,
                elements: Elements::Longs,
            },
        ) if is_here(to) && counter == i && length == t && array == a && all_differ(&[d, t, a, i]) => {
            I::SumLoop { d, t, a, i, by, steps }
        }
        (
            I::SetBooleanElement { a, i, v },
            I::AddLoopLongLess {
                a: counter,
                step,
                b,
                steps,
                to,
            },
        ) if is_here(to)
            && counter == i
            && all_differ(&[i, a])
            && all_differ(&[i, v])
            && all_differ(&[i, step])
            && all_differ(&[i, b]) =>
        {
            I::MarkLoop {
                a,
                i,
                v,
                step,
                b,
                steps,
            }
        }
        _ => return None,
    };
    Some(Joined {
        instruction,
        count: 2,
        place: 0,
    })
}

fn all_differ(registers: &[Register]) -> bool {
    let mut rest = registers.iter();
    while let Some(register) = rest.next() {
        if rest.as_slice().contains(register) {
            return false;
        }
    }
    true
}
