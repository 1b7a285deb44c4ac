//! Collects instructions with their places, hands out registers, and patches jumps.

use super::fuse::fuse;
use super::refusal::too_large;
use super::wide::{Register, Wide, width};
use crate::check::typed::TypedTree;
use crate::diagnostic::Diagnostic;
use crate::machine::code::{Code, ConcatPart, DynamicSite, HostSite, Instructions, NativeSite, TraceSite};
use crate::machine::instruction::Instruction;
use crate::machine::names::Names;
use crate::machine::native::Native;
use crate::machine::registers::NARROW_REGISTERS;
use crate::source::Span;
use crate::types::Type;
use crate::work::{Work, count};

/// While a program is lowered, registers from here on hold constants.
const FIRST_CONSTANT: Register = 65_000;

/// A place in the code that jumps go to, before it is known where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// The code so far.
#[derive(Debug, Default)]
pub(super) struct Emitter {
    instructions: Vec<Wide>,
    spans: Vec<Span>,
    /// The place being lowered.
    span: Span,
    /// Where each label is; jumps hold the label's number until the end.
    labels: Vec<u32>,
    next: u32,
    highest: u32,
    /// The constants that have registers of their own, loaded at the program's start. While a program is lowered, their
    /// registers are numbered from [`FIRST_CONSTANT`]; at the end they follow all others.
    constants: Vec<u64>,
    max_constants: usize,
    /// Whether anything is run more than once.
    pub(super) has_loops: bool,
    pub(super) natives: Vec<NativeSite>,
    pub(super) concats: Vec<Box<[ConcatPart]>>,
    pub(super) dynamic_sites: Vec<DynamicSite>,
    pub(super) host_sites: Vec<HostSite>,
    pub(super) trace_sites: Vec<TraceSite>,
}

impl Emitter {
    /// An emitter that gives registers of their own to at most so many constants, for about so many instructions.
    pub(super) fn new(max_constants: usize, expected: usize) -> Self {
        Self {
            instructions: Vec::with_capacity(expected),
            spans: Vec::with_capacity(expected),
            max_constants,
            ..Self::default()
        }
    }

    /// The register that holds a constant from the program's start on; none where too many have one.
    pub(super) fn constant(&mut self, bits: u64) -> Option<Register> {
        let known = self.constants.iter().position(|&known| known == bits);
        let index = match known {
            Some(index) => index,
            None if self.constants.len() < self.max_constants => {
                self.constants.push(bits);
                self.constants.len() - 1
            }
            None => return None,
        };
        Some(FIRST_CONSTANT + index as Register)
    }

    /// Whether the program would be of narrow registers but for its constants.
    pub(super) fn constants_need_width(&self) -> bool {
        let highest = self.highest as usize;
        !self.constants.is_empty() && highest + self.constants.len() > NARROW_REGISTERS
    }

    /// Appends an instruction.
    pub(super) fn push(&mut self, instruction: Wide) {
        count(Work::Lowered, 1);
        self.instructions.push(instruction);
        self.spans.push(self.span);
    }

    /// Sets the place that the next instructions come from, and gives the one before.
    pub(super) fn at(&mut self, span: Span) -> Span {
        std::mem::replace(&mut self.span, span)
    }

    /// The place being lowered.
    pub(super) const fn span(&self) -> Span {
        self.span
    }

    /// A register for a value of the type, or a pair for an `ANY`.
    pub(super) fn allocate(&mut self, ty: Type) -> Result<Register, Diagnostic> {
        let width = width(ty);
        let register = self.next;
        let after = register + u32::from(width);
        if after > u32::from(FIRST_CONSTANT) {
            return Err(too_large(self.span));
        }
        self.next = after;
        self.highest = self.highest.max(after);
        Ok(register as Register)
    }

    /// The registers in use, to be given back with [`Emitter::release`].
    pub(super) fn mark(&self) -> u32 {
        self.next
    }

    /// Frees the registers that were taken since the mark.
    pub(super) fn release(&mut self, mark: u32) {
        self.next = mark;
    }

    /// A label that is not placed yet.
    pub(super) fn label(&mut self) -> Label {
        self.labels.push(u32::MAX);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label here.
    pub(super) fn place(&mut self, label: Label) {
        if let Some(place) = self.labels.get_mut(label.0 as usize) {
            *place = self.instructions.len() as u32;
        }
    }

    /// A label for a jump's `to` field.
    pub(super) const fn to(label: Label) -> u32 {
        label.0
    }

    /// Charges the steps of a region, where it has any.
    pub(super) fn charge(&mut self, steps: u32) {
        if steps > 0 {
            self.push(Instruction::Charge { steps });
        }
    }

    /// Ends the program without a value.
    pub(super) fn return_void(&mut self) {
        self.push(Instruction::ReturnVoid {});
    }

    /// Links a library function.
    pub(super) fn native(&mut self, native: Native, width: usize) -> u32 {
        self.natives.push(NativeSite { native, width });
        self.natives.len() as u32 - 1
    }

    /// The finished code: jumps resolved, registers in the width they need.
    pub(super) fn into_code(mut self, tree: TypedTree, loop_iterations: Option<u64>) -> Result<Code, Diagnostic> {
        if self.has_loops {
            fuse(&mut self.instructions, &mut self.spans, &mut self.labels);
        }
        let registers = self.highest as usize + self.constants.len();
        let instructions = if registers <= NARROW_REGISTERS {
            let narrowed = self.placed(|register| u8::try_from(register).ok());
            Instructions::Narrow(registers, narrowed.ok_or_else(|| too_large(self.span))?)
        } else {
            let placed = self.placed(Some);
            Instructions::Wide(registers as Register, placed.ok_or_else(|| too_large(self.span))?)
        };
        self.spans
            .splice(0..0, std::iter::repeat_n(Span::default(), self.constants.len()));
        Ok(Code {
            instructions,
            spans: self.spans,
            constants: tree.texts.into_boxed_slice(),
            prepared: tree.prepared,
            parameters: Names::new(tree.parameters.into_iter().map(|parameter| parameter.name).collect()),
            variables: tree.variables.into_iter().map(|variable| variable.name).collect(),
            natives: self.natives,
            concats: self.concats,
            dynamic_sites: self.dynamic_sites,
            host_sites: self.host_sites,
            trace_sites: self.trace_sites,
            steps: tree.steps,
            loop_iterations,
        })
    }
}

impl Emitter {
    /// The instructions with their jumps resolved and their registers in place: the loads of the constants in front, and the
    /// constants' registers behind all others.
    fn placed<R>(&self, narrow: impl Fn(Register) -> Option<R>) -> Option<Vec<Instruction<R>>> {
        let (first, loads) = (self.highest as Register, self.constants.len());
        let place = |register: Register| match register.checked_sub(FIRST_CONSTANT) {
            Some(index) => narrow(first + index),
            None => narrow(register),
        };
        let mut placed = Vec::with_capacity(loads + self.instructions.len());
        for (&bits, d) in self.constants.iter().zip(first..) {
            placed.push(Instruction::Load { d: narrow(d)?, bits });
        }
        for instruction in &self.instructions {
            let mut instruction = instruction.map_registers(place)?;
            if let Some(target) = instruction.target_mut() {
                let label = self.labels.get(*target as usize);
                *target = label.map_or(u32::MAX, |place| place.saturating_add(loads as u32));
            }
            placed.push(instruction);
        }
        Some(placed)
    }
}
