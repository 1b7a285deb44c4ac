//! Collects instructions with their places, hands out registers, and patches jumps.

use super::fuse::fuse;
use super::{Register, too_large};
use crate::check::typed::TypedTree;
use crate::diagnostic::Diagnostic;
use crate::machine::code::{Code, ConcatPart, DynamicSite, HostSite, Instructions, Names, NativeSite, TraceSite};
use crate::machine::instruction::Instruction;
use crate::machine::native::Native;
use crate::machine::registers::NARROW_REGISTERS;
use crate::source::Span;
use crate::types::Type;
use crate::work::{Work, count};

/// An instruction while a program is lowered.
pub(super) type Wide = Instruction<Register>;

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
    pub(super) natives: Vec<NativeSite>,
    pub(super) concats: Vec<Box<[ConcatPart]>>,
    pub(super) dynamic_sites: Vec<DynamicSite>,
    pub(super) host_sites: Vec<HostSite>,
    pub(super) trace_sites: Vec<TraceSite>,
}

impl Emitter {
    /// An emitter that gives registers of their own to at most so many constants.
    pub(super) fn new(max_constants: usize) -> Self {
        Self {
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
        fuse(&mut self.instructions, &mut self.spans, &mut self.labels);
        self.load_constants();
        for instruction in &mut self.instructions {
            if let Some(target) = instruction.target_mut() {
                *target = self.labels.get(*target as usize).copied().unwrap_or(u32::MAX);
            }
        }
        let instructions = if self.highest as usize <= NARROW_REGISTERS {
            let narrow = |instruction: &Wide| instruction.map_registers(|register| u8::try_from(register).ok());
            let narrowed: Option<Vec<_>> = self.instructions.iter().map(narrow).collect();
            Instructions::Narrow(self.highest as usize, narrowed.ok_or_else(|| too_large(self.span))?)
        } else {
            Instructions::Wide(self.highest as Register, self.instructions)
        };
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
    /// Puts the loads of the constants in front, and their registers behind all others.
    fn load_constants(&mut self) {
        let first = self.highest as Register;
        let place = |register: Register| match register.checked_sub(FIRST_CONSTANT) {
            Some(index) => Some(first + index),
            None => Some(register),
        };
        for instruction in &mut self.instructions {
            *instruction = instruction.map_registers(place).unwrap_or(*instruction);
        }
        let count = self.constants.len();
        let loads = self.constants.iter().zip(first..);
        let loads = loads.map(|(&bits, d)| Instruction::Load { d, bits });
        self.instructions.splice(0..0, loads);
        self.spans.splice(0..0, std::iter::repeat_n(Span::default(), count));
        for label in &mut self.labels {
            *label = label.saturating_add(count as u32);
        }
        self.highest += count as u32;
    }
}

/// How many registers a value of the type takes.
pub(super) const fn width(ty: Type) -> u16 {
    match ty {
        Type::Any => 2,
        _ => 1,
    }
}
