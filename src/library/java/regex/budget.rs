//! What searching is charged to.

/// The budgets that a search is charged to before it works or takes memory.
///
/// A step pays for about the time that following one state of a pattern, or stepping over two characters, takes.
pub(crate) trait Budget {
    /// Why a charge is refused.
    type Error;

    /// Charges steps of work.
    fn steps(&mut self, steps: u64) -> Result<(), Self::Error>;

    /// Charges bytes of the heap.
    fn memory(&mut self, bytes: usize) -> Result<(), Self::Error>;
}

/// Makes place for so many more elements in a table, at least doubling it, and charges the new table first.
#[inline]
pub(super) fn reserve<T, B: Budget>(table: &mut Vec<T>, more: usize, budget: &mut B) -> Result<(), B::Error> {
    match table.capacity() - table.len() >= more {
        true => Ok(()),
        false => grow(table, more, budget),
    }
}

#[cold]
fn grow<T, B: Budget>(table: &mut Vec<T>, more: usize, budget: &mut B) -> Result<(), B::Error> {
    let capacity = (table.len() + more).max(table.capacity() * 2).max(8);
    budget.memory(capacity * size_of::<T>())?;
    table.reserve_exact(capacity - table.len());
    Ok(())
}
