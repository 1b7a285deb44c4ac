//! An evaluation that runs a slice at a time: what is kept of it between two slices.

use super::any::Any;
use super::code::{Code, Instructions};
use super::context::Context;
use super::fault::Fault;
use super::registers::{NARROW_REGISTERS, Narrow, Wide};
use super::run::{begin, execute};
use super::stopped::{Stopped, Why, stopped};

/// The registers of an evaluation that may pause. A file of its own: the thread's is gone where it goes on in another.
enum File {
    Narrow(Box<[u64; NARROW_REGISTERS]>),
    Wide(Wide),
}

/// An evaluation that may pause, beside its context.
pub(crate) struct Sliced {
    file: File,
    /// Where it goes on; none before its first slice.
    at: Option<usize>,
}

impl Sliced {
    /// One that has not begun.
    pub(crate) fn new(code: &Code) -> Self {
        let file = match &code.instructions {
            Instructions::Narrow(..) => File::Narrow(Box::new([0; NARROW_REGISTERS])),
            Instructions::Wide(..) => File::Wide(Wide(Vec::new())),
        };
        Self { file, at: None }
    }

    /// Runs it for some steps; gives its result, where it came to one.
    ///
    /// It runs on past the slice until it can pause: to the end of a stretch of code without a jump or a call.
    pub(crate) fn slice<'p>(
        &mut self,
        code: &'p Code,
        context: &mut Context<'p>,
        steps: u64,
    ) -> Option<Result<Any, Box<Stopped>>> {
        context.meter.begin_slice(steps);
        match self.resume(code, context) {
            Err(stopped) if matches!(stopped.why, Why::Slice) => {
                self.at = Some(stopped.instruction);
                None
            }
            result => Some(result),
        }
    }

    fn resume<'p>(&mut self, code: &'p Code, context: &mut Context<'p>) -> Result<Any, Box<Stopped>> {
        let is_new = self.at.is_none();
        if is_new {
            begin(code, context)?;
        }
        let from = self.at.unwrap_or_default();
        match (&code.instructions, &mut self.file) {
            (Instructions::Narrow(_, instructions), File::Narrow(file)) => {
                execute(code, instructions, context, &mut Narrow::of(file), from)
            }
            (Instructions::Wide(size, instructions), File::Wide(registers)) => {
                if is_new {
                    registers.0.resize(usize::from(*size), 0);
                }
                execute(code, instructions, context, registers, from)
            }
            _ => Err(stopped(Fault::internal("the registers are made for the code"), from)),
        }
    }
}
