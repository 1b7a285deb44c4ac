//! Records which instructions ran on operands of which types, for the test that every combination the checker lets pass was
//! run by all evaluators. Built for tests only; records nothing until a thread asks for it.

use std::cell::{Cell as Flag, RefCell};
use std::collections::BTreeMap;

pub use super::cell::Cell;
use super::cell::Domain;
use super::instruction::DOMAINS;
use crate::operator::{Arithmetic, Comparison};
use crate::types::{Elements, Type};

/// What an operand of a domain may be.
fn members(domain: Domain) -> Vec<&'static str> {
    match domain {
        Domain::Types => Type::ALL.iter().map(|ty| ty.name()).collect(),
        Domain::Arrays => Elements::ALL.iter().map(|elements| elements.array().name()).collect(),
        Domain::Operators => Arithmetic::TEXTS.iter().chain(Comparison::TEXTS).copied().collect(),
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
            let members = members(*domain);
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
