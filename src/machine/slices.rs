//! An evaluation that runs a slice at a time: what is kept of it between two slices.

use super::any::Any;
use super::code::{Code, Instructions};
use super::context::Context;
use super::fault::Fault;
use super::registers::{Narrow, Wide};
use super::run::{begin, execute};
use super::stopped::{Stopped, Why, stopped};

/// The registers of an evaluation that may pause. A file of its own: the thread's is gone where it goes on in another.
#[cfg_attr(feature = "oracle", derive(Clone))]
enum File {
    Narrow(Box<Narrow>),
    Wide(Wide),
}

/// An evaluation that may pause, beside its context.
#[cfg_attr(feature = "oracle", derive(Clone))]
pub(crate) struct Sliced {
    /// None before its first slice, as what the registers take is charged first.
    file: Option<File>,
    /// The instruction that it goes on with.
    at: usize,
}

impl Sliced {
    /// One that has not begun.
    pub(crate) const fn new() -> Self {
        Self { file: None, at: 0 }
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
                self.at = stopped.instruction;
                None
            }
            result => Some(result),
        }
    }

    fn resume<'p>(&mut self, code: &'p Code, context: &mut Context<'p>) -> Result<Any, Box<Stopped>> {
        if self.file.is_none() {
            begin(code, context)?;
        }
        let file = self.file.get_or_insert_with(|| match &code.instructions {
            Instructions::Narrow(..) => File::Narrow(Box::new(Narrow::new())),
            Instructions::Wide(size, _) => File::Wide(Wide::new(*size)),
        });
        match (&code.instructions, file) {
            (Instructions::Narrow(_, nodes), File::Narrow(file)) => execute(code, nodes, context, &mut **file, self.at),
            (Instructions::Wide(_, nodes), File::Wide(file)) => execute(code, nodes, context, file, self.at),
            _ => Err(stopped(Fault::internal("the registers are made for the code"), self.at)),
        }
    }
}
