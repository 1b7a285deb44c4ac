//! Tables that grow for a charge.

use crate::machine::charge::Charge;

/// Makes place for so many more elements in a table, at least doubling it, and charges the new table first.
#[inline]
pub(super) fn reserve<T, B: Charge>(table: &mut Vec<T>, more: usize, budget: &mut B) -> Result<(), B::Error> {
    match table.capacity() - table.len() >= more {
        true => Ok(()),
        false => grow(table, more, budget),
    }
}

#[cold]
fn grow<T, B: Charge>(table: &mut Vec<T>, more: usize, budget: &mut B) -> Result<(), B::Error> {
    let capacity = (table.len() + more).max(table.capacity() * 2).max(8);
    budget.memory((capacity * size_of::<T>()) as u64)?;
    table.reserve_exact(capacity - table.len());
    Ok(())
}
