//! Collects instructions with their places, hands out registers, and patches jumps.

use super::fuse::fuse;
use super::refusal::{Refused, too_large};
use super::shape::{Sets, Shape};
use super::wide::{Register, Wide, width};
use crate::check::typed::TypedTree;
use crate::machine::code::{Code, ConcatPart, DynamicSite, HostSite, Instructions, NativeSite, Node, TraceSite};
use crate::machine::instruction::Instruction;
use crate::machine::names::Names;
use crate::machine::native::Native;
use crate::machine::registers::{NARROW_REGISTERS, Registers};
use crate::machine::thread::Thread;
use crate::source::Span;
use crate::spare::{Spare, spare};
use crate::types::Type;
use crate::work::{Work, count};

/// While a program is lowered, registers from here on hold constants.
const FIRST_CONSTANT: Register = 65_000;

/// A place in the code that jumps go to, before it is known where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// The code so far.
#[derive(Debug)]
pub(super) struct Emitter {
    pub(super) spare: Box<Buffers>,
    /// The place being lowered.
    span: Span,
    next: u32,
    highest: u32,
    max_constants: usize,
    /// Whether anything is run more than once.
    pub(super) has_loops: bool,
    pub(super) natives: Vec<NativeSite>,
    pub(super) concats: Vec<Box<[ConcatPart]>>,
    pub(super) dynamic_sites: Vec<DynamicSite>,
    pub(super) host_sites: Vec<HostSite>,
    pub(super) trace_sites: Vec<TraceSite>,
    pub(super) trace_spans: Vec<Span>,
}

/// What lowering takes beside what it makes.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    instructions: Vec<Wide>,
    /// Where each instruction comes from.
    spans: Vec<Span>,
    /// Where each label is; jumps hold the label's number until the end.
    labels: Vec<u32>,
    /// The constants that have registers of their own, loaded at the program's start. While a program is lowered, their
    /// registers are numbered from [`FIRST_CONSTANT`]; at the end they follow all others.
    constants: Vec<u64>,
    // Those of the expressions, between two lowerings.
    pub(super) variables: Vec<Register>,
    pub(super) shapes: Vec<Shape>,
    pub(super) sets: Vec<Sets>,
}

spare! {
    Buffers { instructions, spans, labels, constants, variables, shapes, sets }
}

impl Emitter {
    /// An emitter that gives registers of their own to at most so many constants.
    pub(super) fn new(max_constants: usize) -> Self {
        Self {
            spare: Buffers::spare(),
            span: Span::default(),
            next: 0,
            highest: 0,
            max_constants,
            has_loops: false,
            natives: Vec::new(),
            concats: Vec::new(),
            dynamic_sites: Vec::new(),
            host_sites: Vec::new(),
            trace_sites: Vec::new(),
            trace_spans: Vec::new(),
        }
    }

    /// The register that holds a constant from the program's start on; `None` if too many have one.
    pub(super) fn constant(&mut self, bits: u64) -> Option<Register> {
        let known = self.spare.constants.iter().position(|&known| known == bits);
        let index = match known {
            Some(index) => index,
            None if self.spare.constants.len() < self.max_constants => {
                self.spare.constants.push(bits);
                self.spare.constants.len() - 1
            }
            None => return None,
        };
        Some(FIRST_CONSTANT + index as Register)
    }

    /// Whether the program would be of narrow registers but for its constants.
    pub(super) fn constants_need_width(&self) -> bool {
        let highest = self.highest as usize;
        !self.spare.constants.is_empty() && highest + self.spare.constants.len() > NARROW_REGISTERS
    }

    /// Appends an instruction.
    pub(super) fn push(&mut self, instruction: Wide) {
        count(Work::Lowered, 1);
        self.spare.instructions.push(instruction);
        self.spare.spans.push(self.span);
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
    pub(super) fn allocate(&mut self, ty: Type) -> Result<Register, Refused> {
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
        self.spare.labels.push(u32::MAX);
        Label(self.spare.labels.len() as u32 - 1)
    }

    /// Places a label here.
    pub(super) fn place(&mut self, label: Label) {
        if let Some(place) = self.spare.labels.get_mut(label.0 as usize) {
            *place = self.spare.instructions.len() as u32;
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

    /// Goes on at a label.
    pub(super) fn jump(&mut self, label: Label) {
        let to = Self::to(label);
        self.push(Instruction::Jump { to, steps: 0 });
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
    pub(super) fn into_code(self, mut tree: Box<TypedTree>) -> Result<Code, Refused> {
        let Self {
            mut spare,
            span,
            highest,
            ..
        } = self;
        if self.has_loops {
            fuse(&mut spare.instructions, &mut spare.spans, &mut spare.labels);
        }
        let registers = highest as usize + spare.constants.len();
        let instructions = if registers <= NARROW_REGISTERS {
            let placed = spare.placed(highest, |register| u8::try_from(register).ok());
            Instructions::Narrow(registers, placed.ok_or_else(|| too_large(span))?)
        } else {
            let placed = spare.placed(highest, Some);
            Instructions::Wide(registers as Register, placed.ok_or_else(|| too_large(span))?)
        };
        let mut spans = Vec::with_capacity(spare.constants.len() + spare.spans.len());
        spans.resize(spare.constants.len(), Span::default());
        spans.extend_from_slice(&spare.spans);
        let code = Code {
            instructions,
            spans,
            constants: tree.texts.drain().collect(),
            prepared: std::mem::take(&mut tree.prepared),
            parameters: Names::new(tree.parameters.drain().map(|parameter| parameter.name).collect()),
            variables: tree.variables.drain().map(|variable| variable.name).collect(),
            natives: self.natives,
            concats: self.concats,
            dynamic_sites: self.dynamic_sites,
            host_sites: self.host_sites,
            trace_sites: self.trace_sites,
            trace_spans: self.trace_spans,
            steps: tree.steps,
        };
        tree.recycle();
        spare.recycle();
        Ok(code)
    }
}

impl Buffers {
    /// The instructions with their jumps resolved and their registers in place: the loads of the constants in front, and the
    /// constants' registers behind the `highest` of all others.
    fn placed<R: Registers>(
        &self,
        highest: u32,
        number: impl Fn(Register) -> Option<R::Number>,
    ) -> Option<Vec<Node<R>>> {
        let (first, loads) = (highest as Register, self.constants.len());
        let place = |register: Register| match register.checked_sub(FIRST_CONSTANT) {
            Some(index) => number(first + index),
            None => number(register),
        };
        let target = |label: u32| {
            let place = self.labels.get(label as usize);
            place.map_or(u32::MAX, |place| place.saturating_add(loads as u32))
        };
        let mut thread = Thread::with_capacity(loads + self.instructions.len());
        for (&bits, d) in self.constants.iter().zip(first..) {
            thread.push(Instruction::Load { d: number(d)?, bits });
        }
        for instruction in &self.instructions {
            thread.push(instruction.map(place, target)?);
        }
        Some(thread.tie())
    }
}
