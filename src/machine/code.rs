//! Code as lowering hands it to the machine: instructions, each with the functions that run what may follow it, and the tables
//! they refer to.

use std::fmt;
use std::sync::Arc;

use super::any::Any;
use super::context::Context;
use super::fault::Fault;
use super::instruction::Instruction;
use super::names::{Names, held_by_names};
use super::native::{Accepts, Native};
use super::prepared::PreparedConstant;
use super::registers::{Narrow, Registers, Wide};
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
    /// Where each of them comes from.
    pub(crate) trace_spans: Vec<Span>,
    /// The steps of the outermost region, charged before the first instruction.
    pub(crate) steps: u32,
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
                TraceSite::Variable { .. } | TraceSite::Branch(_) | TraceSite::Statement => 0,
            })
            + held(&self.trace_spans, |_| 0)
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
    Narrow(usize, Vec<Node<Narrow>>),
    /// The register file's size, and the instructions.
    Wide(u16, Vec<Node<Wide>>),
}

/// An instruction as it runs: with the functions of the two that may be next.
pub(crate) struct Node<R: Registers> {
    /// Runs the instruction behind this one.
    pub(super) next: Handler<R>,
    /// Runs the instruction that this one jumps to.
    pub(super) target: Handler<R>,
    pub(crate) instruction: Instruction<R::Number>,
}

impl<R: Registers> fmt::Debug for Node<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.instruction.fmt(f)
    }
}

/// Runs one kind of instruction and then calls the handler of the next, as its last act: the compiler makes that a jump. Its
/// arguments are all that changes often, in machine registers: the code, the instruction's place in it, the register file, the
/// rest of the evaluation, and the steps left of a burst.
pub(super) type Handler<R> = for<'c, 'r, 'a, 'p> fn(&'c [Node<R>], usize, &'r mut R, &'r mut Run<'a, 'p>, i64) -> Exit;

/// What a run consists of beside its registers.
pub(super) struct Run<'a, 'p> {
    pub(super) code: &'p Code,
    pub(super) context: &'a mut Context<'p>,
    pub(super) left: Left,
}

/// Where a run left its instructions, and with what.
#[derive(Default)]
pub(super) struct Left {
    /// The instruction that it left at.
    pub(super) at: usize,
    /// The instruction that it may go on with.
    pub(super) to: usize,
    /// The steps to be charged before it goes on.
    pub(super) steps: u32,
    /// What it came to.
    pub(super) value: Any,
    /// Why it failed.
    pub(super) fault: Option<Fault>,
}

/// Why a run left its instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// The burst is over, or does not cover the steps that are to be charged.
    Burst,
    /// The slice is over.
    Slice,
    /// It came to its value.
    Value,
    /// It failed.
    Fault,
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
    /// A statement begins: it is counted, and written down nowhere.
    Statement,
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
    /// The steps of a call that are not charged before the function is chosen.
    pub(crate) steps: u32,
}

/// A call of a host function.
#[derive(Debug)]
pub(crate) struct HostSite {
    /// Its place among the engine's host functions.
    pub(crate) function: crate::host::HostFunction,
    pub(crate) arguments: usize,
}
