//! Code as lowering hands it to the machine: instructions, and the tables they refer to.

use std::sync::Arc;

use super::instruction::Instruction;
use super::names::{Names, held_by_names};
use super::native::{Accepts, Native};
use super::prepared::PreparedConstant;
use crate::source::Span;
use crate::types::Type;

/// A lowered program, ready to run.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) instructions: Instructions,
    /// Where each instruction comes from.
    pub(crate) spans: Vec<Span>,
    /// The program's strings.
    pub(crate) constants: Box<[Box<str>]>,
    pub(crate) prepared: Vec<PreparedConstant>,
    /// The parameters read by name, each with the type its instruction checks.
    pub(crate) parameters: Names,
    /// The variables' names, for errors.
    pub(crate) variables: Box<[Arc<str>]>,
    pub(crate) natives: Vec<NativeSite>,
    /// The parts of each concatenation.
    pub(crate) concats: Vec<Box<[ConcatPart]>>,
    pub(crate) dynamic_sites: Vec<DynamicSite>,
    pub(crate) host_sites: Vec<HostSite>,
    /// What is traced, in code that is lowered for it.
    pub(crate) trace_sites: Vec<TraceSite>,
    /// The steps of the outermost region, charged before the first instruction.
    pub(crate) steps: u32,
    /// How often a loop may run, where that is limited.
    pub(crate) loop_iterations: Option<u64>,
}

impl Code {
    /// How many bytes of the heap it holds.
    pub(crate) fn held_bytes(&self) -> usize {
        let instructions = match &self.instructions {
            Instructions::Narrow(_, instructions) => held(instructions, |_| 0),
            Instructions::Wide(_, instructions) => held(instructions, |_| 0),
        };
        let texts = |texts: &[Box<str>]| {
            texts
                .iter()
                .map(|text| size_of::<Box<str>>() + text.len())
                .sum::<usize>()
        };
        instructions
            + held(&self.spans, |_| 0)
            + texts(&self.constants)
            + self.parameters.held_bytes()
            + held_by_names(&self.variables)
            + held(&self.prepared, |(_, prepared)| {
                prepared.held_bytes() + 2 * size_of::<usize>()
            })
            + held(&self.natives, |_| 0)
            + held(&self.concats, |parts| size_of_val::<[ConcatPart]>(parts))
            + held(&self.dynamic_sites, |site| {
                site.method.len()
                    + held(&site.candidates, |candidate| {
                        size_of_val::<[Accepts]>(&candidate.accepts)
                    })
            })
            + held(&self.host_sites, |_| 0)
            + held(&self.trace_sites, |site| match site {
                TraceSite::Element { array, .. } => array.len(),
                TraceSite::Variable { .. } | TraceSite::Branch(_) => 0,
            })
    }

    /// The bytes of the registers, where there are more than every evaluation has.
    pub(crate) fn register_bytes(&self) -> u64 {
        match self.instructions {
            Instructions::Narrow(..) => 0,
            Instructions::Wide(size, _) => u64::from(size) * 8,
        }
    }
}

/// The bytes of a table, and those that its elements hold.
fn held<T>(table: &Vec<T>, of_element: impl Fn(&T) -> usize) -> usize {
    table.capacity() * size_of::<T>() + table.iter().map(of_element).sum::<usize>()
}

/// The instructions, in the width that their registers need.
#[derive(Debug)]
pub(crate) enum Instructions {
    /// How many registers are used, at most 256, and the instructions.
    Narrow(usize, Vec<Instruction<u8>>),
    /// The register file's size, and the instructions.
    Wide(u16, Vec<Instruction<u16>>),
}

/// A part of a concatenation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConcatPart {
    /// Its type; `ANY` for a pair of registers that holds a scalar or a string.
    pub(crate) ty: Type,
    pub(crate) source: PartSource,
}

/// Where a part of a concatenation is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PartSource {
    /// In a register, or the pair that begins there.
    Register(u16),
    /// In the program.
    Constant(u64),
}

/// What a trace instruction writes down.
#[derive(Debug)]
pub(crate) enum TraceSite {
    /// A variable's new value, in register `a`; of type `ANY` in the pair.
    Variable { variable: u32, ty: Type },
    /// An element's new value, in register `a`, and its index, in register `i`.
    Element { array: Box<str>, index: Type, ty: Type },
    /// Whether a condition held.
    Branch(bool),
}

/// A call of a library function.
#[derive(Debug)]
pub(crate) struct NativeSite {
    pub(crate) native: Native,
    /// How many registers its arguments take.
    pub(crate) width: usize,
}

/// A call whose function the run chooses.
#[derive(Debug)]
pub(crate) struct DynamicSite {
    /// The method as written, for the error.
    pub(crate) method: Box<str>,
    /// How many arguments the call has, its receiver included.
    pub(crate) arguments: usize,
    pub(crate) candidates: Vec<Candidate>,
}

/// A function that a dynamic call may mean.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// What it accepts, receiver first.
    pub(crate) accepts: Box<[Accepts]>,
    /// Whether more arguments of any type may follow, in place of the last.
    pub(crate) variadic: bool,
    pub(crate) native: Native,
}

/// A call of a host function.
#[derive(Debug)]
pub(crate) struct HostSite {
    /// Its place among the engine's host functions.
    pub(crate) function: crate::host::HostFunction,
    pub(crate) arguments: usize,
}
