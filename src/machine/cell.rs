//! An instruction or function with what its operands are, as the coverage of the tests counts them.

/// An instruction or a library function, with what its operands are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The instruction's name, or the function's signature.
    pub name: &'static str,
    /// The types and operators among its operands, in their order; empty texts at the end.
    pub operands: [&'static str; 3],
}

/// What a noted operand may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Domain {
    /// The type of a value.
    Types,
    /// The type of an array or list.
    Arrays,
    /// An operator.
    Operators,
}

impl Cell {
    /// Adds an operand.
    pub(crate) fn note(&mut self, operand: &'static str) {
        if let Some(free) = self.operands.iter_mut().find(|operand| operand.is_empty()) {
            *free = operand;
        }
    }
}
