//! Joins instructions that follow each other into one, where a loop gains by it. What a joined instruction writes is all that
//! its parts wrote, so nothing needs to be known of who reads it.

use super::emit::Wide;
use crate::machine::instruction::Instruction as I;
use crate::source::Span;
use crate::types::Type;

/// Joins what can be joined. `labels` are the places that jumps go to; none may lie inside a joined instruction.
pub(super) fn fuse(instructions: &mut Vec<Wide>, spans: &mut Vec<Span>, labels: &mut [u32]) {
    let mut is_target = vec![false; instructions.len() + 1];
    for &label in &*labels {
        if let Some(place) = is_target.get_mut(label as usize) {
            *place = true;
        }
    }
    let mut moved = Vec::with_capacity(is_target.len());
    let mut kept = 0;
    let mut at = 0;
    while let Some(&first) = instructions.get(at) {
        let free = |place: usize| is_target.get(place) == Some(&false);
        let second = instructions.get(at + 1).filter(|_| free(at + 1));
        let third = instructions.get(at + 2).filter(|_| second.is_some() && free(at + 2));
        let (joined, taken, place) = match (second, third) {
            (Some(&second), third) => join(first, second, third.copied()).unwrap_or((first, 1, 0)),
            _ => (first, 1, 0),
        };
        let span = spans.get(at + place).copied().unwrap_or_default();
        if let (Some(instruction), Some(kept_span)) = (instructions.get_mut(kept), spans.get_mut(kept)) {
            (*instruction, *kept_span) = (joined, span);
        }
        moved.resize(moved.len() + taken, kept as u32);
        kept += 1;
        at += taken;
    }
    moved.push(kept as u32);
    instructions.truncate(kept);
    spans.truncate(kept);
    for label in labels {
        *label = moved.get(*label as usize).copied().unwrap_or(*label);
    }
}

/// What two or three instructions join to, how many they were, and which of them can fail: its place is the joined one's.
fn join(first: Wide, second: Wide, third: Option<Wide>) -> Option<(Wide, usize, usize)> {
    match (first, second) {
        (I::LongElement { d: t, a, i }, I::LongAdd { d, a: left, b })
            if d == left && b == t && d != t && d != a && d != i =>
        {
            Some((I::AddLongElement { d, t, a, i }, 2, 0))
        }
        (I::BooleanElement { d: t, a, i }, I::JumpIf { a: tested, to }) if tested == t => {
            Some((I::JumpIfElement { t, a, i, to }, 2, 0))
        }
        (I::BooleanElement { d: t, a, i }, I::JumpUnless { a: tested, to }) if tested == t => {
            Some((I::JumpUnlessElement { t, a, i, to }, 2, 0))
        }
        (
            I::LongAddConstant {
                d: counter,
                a: from,
                constant,
            },
            I::LongLength { d: t, a: array },
        ) if counter == from => step_loop(counter, constant, t, array, Type::LongArray, third?),
        (
            I::LongAddConstant {
                d: counter,
                a: from,
                constant,
            },
            I::Length { d: t, a: array, ty },
        ) if counter == from && ty.element().is_some() => step_loop(counter, constant, t, array, ty, third?),
        _ => None,
    }
}

/// A step of a counter, the length of an array, and the loop while the one is below the other.
fn step_loop(a: u16, by: i64, t: u16, array: u16, ty: Type, last: Wide) -> Option<(Wide, usize, usize)> {
    let I::LoopLongLess {
        a: counter,
        b,
        steps,
        to,
    } = last
    else {
        return None;
    };
    let by = i16::try_from(by).ok()?;
    let distinct = t != a && t != array && a != array;
    let fits = counter == a && b == t && distinct;
    let joined = I::StepLoopLongLessLength {
        a,
        t,
        array,
        ty,
        by,
        steps,
        to,
    };
    fits.then_some((joined, 3, 2))
}
