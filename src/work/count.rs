//! What is counted, and the one way to count it.

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(any(test, feature = "oracle")),
    expect(unreachable_pub, reason = "the oracle publishes it")
)]
pub enum Work {
    /// Bytes that the nesting guard looks at.
    Scanned,
    /// Rules of the grammar that were begun.
    Parsed,
    /// Nodes of the tree: expressions, statements and names.
    Built,
    /// Nodes of the typed tree, changes of what is set where, and names compared.
    Checked,
    /// Instructions, and edges walked to find them.
    Lowered,
    /// Instructions that the machine ran, and turns of loops that are one instruction.
    Executed,
    /// Nodes that the bound of the cost looks at, each time, and variables it copies.
    Bounded,
    /// Bytes and brackets that lints look at.
    Linted,
    /// Bytes of documents, once for each time they are read, and values of documents.
    Read,
}

#[cfg(any(test, feature = "oracle"))]
impl Work {
    /// All that is counted.
    pub const ALL: [Self; 9] = [
        Self::Scanned,
        Self::Parsed,
        Self::Built,
        Self::Checked,
        Self::Lowered,
        Self::Executed,
        Self::Bounded,
        Self::Linted,
        Self::Read,
    ];
}

#[cfg(any(test, feature = "oracle"))]
thread_local! {
    static COUNTED: [std::cell::Cell<u64>; Work::ALL.len()] = const { [const { std::cell::Cell::new(0) }; Work::ALL.len()] };
}

/// Counts work, and asks whether it is to stop.
#[inline(always)]
pub(crate) fn count(work: Work, amount: usize) {
    #[cfg(any(test, feature = "oracle"))]
    record(work, amount);
    match work {
        // The machine has a meter.
        Work::Executed => {}
        Work::Scanned
        | Work::Parsed
        | Work::Built
        | Work::Checked
        | Work::Lowered
        | Work::Bounded
        | Work::Linted
        | Work::Read => {
            super::watch::pass(amount);
        }
    }
}

#[cfg(any(test, feature = "oracle"))]
fn record(work: Work, amount: usize) {
    COUNTED.with(|counted| {
        if let Some(cell) = counted.get(work as usize) {
            cell.set(cell.get() + amount as u64);
        }
    });
}

/// What this thread counted so far, in the order of [`Work::ALL`].
#[cfg(any(test, feature = "oracle"))]
pub fn counted() -> [u64; Work::ALL.len()] {
    COUNTED.with(|counted| counted.each_ref().map(std::cell::Cell::get))
}
