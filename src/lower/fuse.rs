//! Joins instructions that follow each other into one, where a loop gains by it. What a joined instruction writes is all that
//! its parts wrote, so nothing needs to be known of who reads it.

use super::wide::{Register, Wide};
use crate::machine::instruction::Instruction as I;
use crate::source::Span;

/// Joins what can be joined. `labels` are the places that jumps go to; none may lie inside a joined instruction.
pub(super) fn fuse(instructions: &mut Vec<Wide>, spans: &mut Vec<Span>, labels: &mut Vec<u32>) {
    thread_jumps(instructions, labels);
    charge_where_jumped(instructions, spans, labels);
    join_pairs(instructions, spans, labels, charge_where_not_jumped);
    join_pairs(instructions, spans, labels, step_and_jump);
}

/// Lets jumps that lead to a jump go where that leads. A row of jumps is followed only so far: there may be no end to it.
fn thread_jumps(instructions: &[Wide], labels: &mut [u32]) {
    const MOST_JUMPS: usize = 4;
    for label in 0..labels.len() {
        for _ in 0..MOST_JUMPS {
            let place = labels.get(label).and_then(|place| instructions.get(*place as usize));
            let Some(&I::Jump { to, steps: 0 }) = place else { break };
            if let Some(&target) = labels.get(to as usize)
                && let Some(place) = labels.get_mut(label)
            {
                *place = target;
            }
        }
    }
}

/// Lets a jump to a charge charge by itself, at the charge's place in the source, and go on behind it.
fn charge_where_jumped(instructions: &mut [Wide], spans: &mut [Span], labels: &mut Vec<u32>) {
    for at in 0..instructions.len() {
        let label = instructions.get(at).and_then(|instruction| instruction.target());
        let place = label.and_then(|label| labels.get(label as usize)).copied();
        let charge = place.and_then(|place| instructions.get(place as usize));
        let (Some(place), Some(&I::Charge { steps })) = (place, charge) else {
            continue;
        };
        let Some(instruction) = instructions.get_mut(at) else {
            continue;
        };
        if let I::Jump { steps: taken, .. } = instruction {
            *taken = steps;
        } else if let (Some(ways), Ok(steps)) = (instruction.ways_mut(), u16::try_from(steps)) {
            ways.taken = steps;
        } else {
            continue;
        }
        if let Some(target) = instruction.target_mut() {
            *target = labels.len() as u32;
            labels.push(place + 1);
            if let Some(&span) = spans.get(place as usize)
                && let Some(own) = spans.get_mut(at)
            {
                *own = span;
            }
        }
    }
}

/// A test and the charge behind it. What it charges on its other way must have the same place in the source: a place is told where the
/// steps do not suffice.
fn charge_where_not_jumped(first: Wide, second: Wide, same_place: bool) -> Option<Wide> {
    let I::Charge { steps } = second else { return None };
    let mut test = first;
    if test.ways_mut()?.taken > 0 && !same_place {
        return None;
    }
    test.ways_mut()?.through = u16::try_from(steps).ok()?;
    Some(test)
}

/// A step of a counter and the test of it.
fn step_and_jump(first: Wide, second: Wide, _: bool) -> Option<Wide> {
    let I::LongAddConstant { d, a: from, constant } = first else {
        return None;
    };
    let by = i16::try_from(constant).ok()?;
    if d != from {
        return None;
    }
    step_and_test(d, by, second)
}

/// The step of a counter, and the test behind it.
fn step_and_test(counter: Register, by: i16, test: Wide) -> Option<Wide> {
    Some(match test {
        I::JumpLongLess { a, b, to } if a == counter && b != counter => I::StepJumpLongLess { a, by, b, to },
        I::JumpLongLess { a, b, to } if b == counter && a != counter => I::StepJumpLongGreater { a: b, by, b: a, to },
        I::JumpLongLessEqual { a, b, to } if a == counter && b != counter => I::StepJumpLongLessEqual { a, by, b, to },
        I::JumpLongLessEqual { a, b, to } if b == counter && a != counter => {
            I::StepJumpLongGreaterEqual { a: b, by, b: a, to }
        }
        I::JumpLongLessConstant { a, constant, to } if a == counter => {
            I::StepJumpLongLessConstant { a, by, constant, to }
        }
        I::JumpLongLessEqualConstant { a, constant, to } if a == counter => {
            let constant = constant.checked_add(1)?;
            I::StepJumpLongLessConstant { a, by, constant, to }
        }
        I::JumpLongGreaterConstant { a, constant, to } if a == counter => {
            I::StepJumpLongGreaterConstant { a, by, constant, to }
        }
        I::JumpLongGreaterEqualConstant { a, constant, to } if a == counter => {
            let constant = constant.checked_sub(1)?;
            I::StepJumpLongGreaterConstant { a, by, constant, to }
        }
        _ => return None,
    })
}

/// Joins each two instructions that a rule makes one of, where no jump goes between them; the rule is told whether both have the same place. The second is the one that can fail: its
/// place is the joined one's.
fn join_pairs(
    instructions: &mut Vec<Wide>,
    spans: &mut Vec<Span>,
    labels: &mut [u32],
    rule: fn(Wide, Wide, bool) -> Option<Wide>,
) {
    let mut is_target = vec![false; instructions.len() + 1];
    for instruction in instructions.iter() {
        let place = instruction.target().and_then(|label| labels.get(label as usize));
        if let Some(place) = place.and_then(|place| is_target.get_mut(*place as usize)) {
            *place = true;
        }
    }
    let mut moved = Vec::with_capacity(is_target.len());
    let (mut kept, mut at) = (0, 0);
    while let Some(&first) = instructions.get(at) {
        let second = instructions
            .get(at + 1)
            .filter(|_| is_target.get(at + 1) == Some(&false));
        let same_place = spans.get(at) == spans.get(at + 1);
        let joined = second.and_then(|&second| rule(first, second, same_place));
        let count = 1 + usize::from(joined.is_some());
        let span = spans.get(at + count - 1).copied().unwrap_or_default();
        if let (Some(place), Some(place_span)) = (instructions.get_mut(kept), spans.get_mut(kept)) {
            (*place, *place_span) = (joined.unwrap_or(first), span);
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
