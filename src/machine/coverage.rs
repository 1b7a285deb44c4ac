//! Records which instructions ran on operands of which types, for the test that every combination the checker lets pass was
//! run by all evaluators. Built for tests only; records nothing until a thread asks for it.

use std::cell::{Cell as Flag, RefCell};
use std::collections::BTreeMap;

use super::instruction::DOMAINS;
use super::operations::Operator;
use crate::types::{Elements, Type};

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

impl Domain {
    fn members(self) -> Vec<&'static str> {
        match self {
            Self::Types => Type::ALL.iter().map(|ty| ty.name()).collect(),
            Self::Arrays => Elements::ALL.iter().map(|elements| elements.array().name()).collect(),
            Self::Operators => Operator::ALL.iter().map(|operator| operator.text()).collect(),
        }
    }
}

/// Returns every instruction with every combination of what its operands may be, by their types alone.
pub fn instruction_cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (name, domains) in DOMAINS {
        let mut of_instruction = vec![Cell {
            name,
            ..Cell::default()
        }];
        for domain in domains.iter().flatten() {
            let members = domain.members();
            let with = |cell: Cell| {
                members.iter().map(move |member| {
                    let mut cell = cell;
                    cell.note(member);
                    cell
                })
            };
            of_instruction = of_instruction.into_iter().flat_map(with).collect();
        }
        cells.extend(of_instruction);
    }
    cells
}

thread_local! {
    static RECORDS: Flag<bool> = const { Flag::new(false) };
    static RAN: RefCell<BTreeMap<Cell, u64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Counts a cell, where this thread records.
#[inline]
pub(crate) fn ran(cell: impl FnOnce() -> Cell) {
    if RECORDS.get() {
        let cell = cell();
        RAN.with_borrow_mut(|ran| *ran.entry(cell).or_default() += 1);
    }
}

/// Returns what ran on this thread while `work` did, and how often.
pub fn record(work: impl FnOnce()) -> BTreeMap<Cell, u64> {
    RECORDS.set(true);
    work();
    RECORDS.set(false);
    RAN.take()
}
