//! Calls whose function or arguments only the run knows, and array literals: what the loop hands over because
//! it reads a run of registers.

use super::any::Any;
use super::code::{Candidate, DynamicSite};
use super::context::Context;
use super::fault::Fault;
use super::native::Accepts;
use super::operations::CheckKind;
use crate::diagnostic::{Code as DiagnosticCode, Message};
use crate::host::HostFunction;
use crate::types::{Elements, Type};

/// Calls of up to this many arguments gather them within the slack.
const FREE_ARGUMENTS: usize = 16;
/// Calls of up to this many arguments take no memory of their own to choose the function.
const FEW_ARGUMENTS: usize = 4;
/// Charged for each argument of a call whose function the run chooses, beyond the first few.
const ARGUMENT_BYTES: u64 = 40;

impl Context<'_> {
    /// Calls the first candidate that takes the arguments; `bits` are their pairs, receiver first.
    pub(crate) fn call_dynamic(&mut self, site: &DynamicSite, bits: &[u64]) -> Result<Any, Fault> {
        if site.arguments > FREE_ARGUMENTS {
            self.meter.charge_memory(site.arguments as u64 * ARGUMENT_BYTES)?;
        }
        let mut few = [Any::NULL; FEW_ARGUMENTS];
        if let Some(few) = few.get_mut(..site.arguments) {
            few.iter_mut()
                .zip(pairs(bits))
                .for_each(|(place, argument)| *place = argument);
            return self.call_first(site, few);
        }
        // The size is known, so the pairs are gathered without growing.
        let mut arguments: Vec<Any> = Vec::with_capacity(site.arguments);
        arguments.extend(pairs(bits).take(site.arguments));
        self.call_first(site, &arguments)
    }

    fn call_first(&mut self, site: &DynamicSite, arguments: &[Any]) -> Result<Any, Fault> {
        let Some(candidate) = site.candidates.iter().find(|candidate| candidate.takes(arguments)) else {
            return Err(no_candidate(site, arguments));
        };
        self.meter.charge_steps(u64::from(candidate.steps))?;
        if arguments.len() > FEW_ARGUMENTS {
            return candidate.native.call(self, &candidate.arrange(arguments));
        }
        let (mut few, mut count) = ([0; 2 * FEW_ARGUMENTS], 0);
        candidate.each_bits(arguments, |bits| {
            if let Some(place) = few.get_mut(count) {
                *place = bits;
                count += 1;
            }
        });
        candidate.native.call(self, few.get(..count).unwrap_or_default())
    }

    /// Refuses the last of the first arguments of a call, as a call of the first candidate would, where no candidate takes it
    /// together with those before it.
    pub(crate) fn check_taken(&self, site: &DynamicSite, bits: &[u64]) -> Result<(), Fault> {
        let taken = |candidate: &Candidate| {
            let accepts = candidate.accepts.iter();
            pairs(bits)
                .zip(accepts)
                .all(|(argument, accepts)| accepts.takes(argument.ty))
        };
        if site.candidates.iter().any(taken) {
            return Ok(());
        }
        let last = pairs(bits).enumerate().last();
        let Some((index, value)) = last else { return Ok(()) };
        let first = site.candidates.first();
        let Some(Accepts::Exactly(ty)) = first.and_then(|first| first.accepts.get(index)) else {
            return Ok(());
        };
        let kind = if index == 0 {
            CheckKind::Receiver
        } else {
            CheckKind::Argument
        };
        self.check(value, *ty, kind).map(|_| ())
    }

    /// Calls a host function with host values of the arguments, and checks what comes back.
    pub(crate) fn call_host_function(&mut self, function: &HostFunction, bits: &[u64]) -> Result<Any, Fault> {
        self.meter.charge_memory(function.cost_bytes())?;
        let mut arguments = Vec::with_capacity(bits.len() / 2);
        for argument in pairs(bits) {
            arguments.push(self.export(argument)?);
        }
        let reply = function.call_in(&self.call, &arguments).map_err(|error| {
            let message = Message::default().name(function.name()).words(" failed: ");
            Fault::new(DiagnosticCode::HostFunction, message.value(error))
        })?;
        let reply = self.import_owned(&reply, 0)?;
        match function.result() {
            Type::Any => Ok(reply),
            ty => self.check(reply, ty, CheckKind::Host).map(|bits| Any::new(ty, bits)),
        }
    }

    /// A new array of the elements in the registers' bits.
    pub(crate) fn array_literal(&mut self, elements: Elements, bits: &[u64]) -> Result<u64, Fault> {
        self.heap.array_of(&mut self.meter, elements, bits.iter().copied())
    }
}

/// The values in a row of pairs.
fn pairs(bits: &[u64]) -> impl Iterator<Item = Any> {
    bits.chunks_exact(2).map(|pair| match *pair {
        [bits, type_bits] => Any::from_registers(bits, type_bits),
        _ => Any::NULL,
    })
}

impl Candidate {
    /// Whether the arguments' types are what it accepts.
    pub(crate) fn takes(&self, arguments: &[Any]) -> bool {
        let fixed = self.accepts.len() - usize::from(self.variadic);
        let Some((first, repeated)) = arguments.split_at_checked(fixed) else {
            return false;
        };
        let takes = |(argument, accepts): (&Any, &Accepts)| accepts.takes(argument.ty);
        (self.variadic || repeated.is_empty())
            && first.iter().zip(&self.accepts).all(takes)
            && repeated.iter().zip(self.accepts.last().into_iter().cycle()).all(takes)
    }

    /// The arguments' bits as the function's body takes them.
    pub(crate) fn arrange(&self, arguments: &[Any]) -> Vec<u64> {
        let mut all = Vec::with_capacity(2 * arguments.len());
        self.each_bits(arguments, |bits| all.push(bits));
        all
    }

    fn each_bits(&self, arguments: &[Any], mut take: impl FnMut(u64)) {
        let fixed = self.accepts.len() - usize::from(self.variadic);
        for (index, argument) in arguments.iter().enumerate() {
            let accepts = match self.accepts.get(index) {
                Some(accepts) if index < fixed => *accepts,
                // Repeated arguments arrive as `ANY`, whatever they may be.
                _ => Accepts::Anything,
            };
            match accepts {
                Accepts::Exactly(_) => take(argument.bits),
                Accepts::Number => take(argument.number().unwrap_or_default().to_bits()),
                Accepts::OneOf(_) | Accepts::Anything | Accepts::Lambda(_) => {
                    take(argument.bits);
                    take(argument.type_bits());
                }
            }
        }
    }
}

#[cold]
fn no_candidate(site: &DynamicSite, arguments: &[Any]) -> Fault {
    let is_method = site
        .candidates
        .iter()
        .any(|candidate| candidate.native.method.is_some());
    if is_method && arguments.first().is_some_and(|receiver| receiver.is_null()) {
        return Fault::null_receiver(DiagnosticCode::TypeMismatch, &site.method);
    }
    let mut message = Message::default().name(&site.method).words(" does not take (");
    for (index, argument) in arguments.iter().take(8).enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        message = message.words(comma).words(argument.ty.name());
    }
    Fault::new(DiagnosticCode::TypeMismatch, message.words(")"))
}
