//! Joins instructions that follow each other into one, where a loop gains by it. What a joined instruction writes is all that
//! its parts wrote, so nothing needs to be known of who reads it.

use super::wide::{Register, Wide};
use crate::machine::instruction::Instruction as I;
use crate::source::Span;

/// Joins what can be joined. `labels` are the places that jumps go to; none may lie inside a joined instruction.
pub(super) fn fuse(instructions: &mut Vec<Wide>, spans: &mut Vec<Span>, labels: &mut Vec<u32>) {
    thread_jumps(instructions, labels);
    charge_where_jumped(instructions, spans, labels);
    join(instructions, spans, labels);
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

/// One instruction for two that follow each other, where there is one; told whether both have the same place in the source.
fn joined(first: Wide, second: Wide, same_place: bool) -> Option<Wide> {
    match (first, second) {
        (test, I::Charge { steps }) => charge_where_not_jumped(test, steps, same_place),
        (I::LongAddConstant { d, a, constant }, test) if d == a => {
            step_and_test(d, i16::try_from(constant).ok()?, test)
        }
        _ => None,
    }
}

/// A test and the charge behind it. What it charges on its other way must have the same place: a place is told where the steps do not
/// suffice.
fn charge_where_not_jumped(mut test: Wide, steps: u32, same_place: bool) -> Option<Wide> {
    let ways = test.ways_mut()?;
    if ways.through > 0 || (ways.taken > 0 && !same_place) {
        return None;
    }
    ways.through = u16::try_from(steps).ok()?;
    Some(test)
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

/// Joins what follows each other to one instruction, as far as no jump goes between. The last one is the one that can fail: its place is
/// the joined one's.
fn join(instructions: &mut Vec<Wide>, spans: &mut Vec<Span>, labels: &mut [u32]) {
    let mut is_target = vec![false; instructions.len() + 1];
    for instruction in instructions.iter() {
        let place = instruction.target().and_then(|label| labels.get(label as usize));
        if let Some(place) = place.and_then(|place| is_target.get_mut(*place as usize)) {
            *place = true;
        }
    }
    let mut moved = Vec::with_capacity(is_target.len());
    let (mut kept, mut at) = (0, 0);
    let pair = |instructions: &[Wide], spans: &[Span], at: usize| Some((*instructions.get(at)?, *spans.get(at)?));
    while let Some((mut instruction, mut span)) = pair(instructions, spans, at) {
        at += 1;
        while is_target.get(at) == Some(&false)
            && let Some((next, place)) = pair(instructions, spans, at)
            && let Some(both) = joined(instruction, next, span == place)
        {
            (instruction, span) = (both, place);
            at += 1;
        }
        if let (Some(kept), Some(kept_span)) = (instructions.get_mut(kept), spans.get_mut(kept)) {
            (*kept, *kept_span) = (instruction, span);
        }
        moved.resize(at, kept as u32);
        kept += 1;
    }
    moved.push(kept as u32);
    instructions.truncate(kept);
    spans.truncate(kept);
    for label in labels {
        *label = moved.get(*label as usize).copied().unwrap_or(*label);
    }
}
