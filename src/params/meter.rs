//! What one call on a set or an unfolding may use: steps, bytes and time, shared by all that it does.

use serde_json::Value as Json;

use super::problem::Problem;
use crate::diagnostic::{Code, Diagnostic, Message};
use crate::engine::CompileError;
use crate::host::{CancelToken, Interrupt, Interrupted};
use crate::limits::{Limits, Usage};
use crate::source::Span;

/// Steps between two looks at the deadline and the token: well under a millisecond of work.
const LOOK_STEPS: u64 = 8_192;
/// Steps for a name that is looked up, or an entry that is visited.
pub(crate) const NAME_STEPS: u64 = 8;

/// Steps to read an expression or to compile it, and for each of its bytes: its constants are evaluated, in proportion to it.
const COMPILE_STEPS: [u64; 2] = [1_000, 30];
/// Steps to look for what may have been meant, among all names of the library.
const HELP_STEPS: u64 = 3_000;
/// Bytes for an expression that is read or compiled.
const COMPILE_BYTES: [u64; 2] = [3_000, 200];

/// The steps of work on text that is read or written as JSON, or escaped.
pub(crate) const fn text_steps(bytes: u64) -> u64 {
    bytes / 4
}

/// The bytes of all texts of a JSON value, and how many values it is made of.
pub(super) fn json_size(json: &Json) -> (u64, u64) {
    let (mut bytes, mut parts) = (0, 0);
    let mut pending = vec![json];
    while let Some(json) = pending.pop() {
        parts += 1;
        match json {
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
            Json::String(text) => bytes += text.len() as u64,
            Json::Array(items) => pending.extend(items),
            Json::Object(entries) => {
                bytes += entries.keys().map(|key| key.len() as u64).sum::<u64>();
                parts += entries.len() as u64;
                pending.extend(entries.values());
            }
        }
    }
    (bytes, parts)
}

/// Steps and bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub(crate) steps: u64,
    pub(crate) memory: u64,
}

impl Budget {
    /// No bound.
    pub(crate) const NONE: Self = Self {
        steps: u64::MAX,
        memory: u64::MAX,
    };
}

/// What stopped a call, or a set in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The parameters of one set together used up their budget.
    Set(Resource, u64),
    /// The call used up its own.
    Call(Resource, u64),
    /// The host stopped the call.
    Interrupted(Interrupted),
    /// An invariant of this crate is broken.
    Bug(&'static str),
}

/// What a budget is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    Steps,
    Bytes,
}

/// The meter of a call.
#[derive(Debug)]
pub(crate) struct Meter {
    used: Budget,
    /// How much may be used until the end of the call, and what that was at its start.
    call: Budget,
    call_limits: Budget,
    /// How much may be used until the end of the set at hand, and its own limits.
    set: Budget,
    set_limits: Budget,
    /// The steps used at which it looks again.
    next_look: u64,
    interrupt: Interrupt,
    stopped: Option<Stop>,
}

impl Meter {
    /// The meter of a call with these budgets.
    pub(crate) fn new(call: Budget, timeout_millis: Option<u64>, interrupt: &Interrupt) -> Self {
        let interrupt = interrupt.clone();
        let interrupt = match timeout_millis {
            Some(millis) => interrupt.timeout(std::time::Duration::from_millis(millis)),
            None => interrupt,
        };
        Self {
            used: Budget { steps: 0, memory: 0 },
            call,
            call_limits: call,
            set: Budget::NONE,
            set_limits: Budget::NONE,
            // The first charge looks.
            next_look: 0,
            interrupt,
            stopped: None,
        }
    }

    /// What was used so far.
    pub(crate) fn used(&self) -> Usage {
        Usage {
            steps: self.used.steps,
            memory: self.used.memory,
        }
    }

    /// What stopped the call, if anything did.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        self.stopped.map_or(Ok(()), Err)
    }

    /// Works on a set, which has limits of its own.
    pub(crate) fn within<T>(&mut self, limits: Budget, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = (self.set, self.set_limits);
        self.set_limits = limits;
        self.set = Budget {
            steps: self.used.steps.saturating_add(limits.steps),
            memory: self.used.memory.saturating_add(limits.memory),
        };
        let result = work(self);
        (self.set, self.set_limits) = before;
        result
    }

    /// Begins another part of the call, after what the last one took has been given back or is kept: it may charge as many bytes as
    /// the whole call, less those still held, and the steps that are left.
    pub(crate) fn next_part(&mut self, held: u64) {
        let limit = self.call_limits.memory.saturating_sub(held);
        self.call.memory = self.used.memory.saturating_add(limit);
    }

    /// Charges steps, before the work.
    pub(crate) fn steps(&mut self, steps: u64) -> Result<(), Stop> {
        self.check()?;
        let used = self.used.steps.saturating_add(steps);
        if used > self.call.steps {
            return Err(self.stop(Stop::Call(Resource::Steps, self.call_limits.steps)));
        }
        if used > self.set.steps {
            return Err(Stop::Set(Resource::Steps, self.set_limits.steps));
        }
        self.used.steps = used;
        self.look()
    }

    /// Charges bytes, before they are taken.
    pub(crate) fn bytes(&mut self, bytes: u64) -> Result<(), Stop> {
        self.check()?;
        let used = self.used.memory.saturating_add(bytes);
        if used > self.call.memory {
            return Err(self.stop(Stop::Call(Resource::Bytes, self.call_limits.memory)));
        }
        if used > self.set.memory {
            return Err(Stop::Set(Resource::Bytes, self.set_limits.memory));
        }
        self.used.memory = used;
        Ok(())
    }

    /// Charges for a copy of what holds so many bytes in so many parts.
    pub(crate) fn copy(&mut self, (bytes, parts): (u64, u64)) -> Result<(), Stop> {
        self.steps(parts.saturating_mul(4).saturating_add(bytes / 16))?;
        self.bytes(bytes)
    }

    fn look(&mut self) -> Result<(), Stop> {
        if self.used.steps < self.next_look {
            return Ok(());
        }
        self.next_look = self.used.steps.saturating_add(LOOK_STEPS);
        match self.interrupt.check() {
            Ok(()) => Ok(()),
            Err(why) => Err(self.stop(Stop::Interrupted(why))),
        }
    }

    fn stop(&mut self, stop: Stop) -> Stop {
        self.stopped = Some(stop);
        stop
    }

    /// What is left of the call, for work that is done while an expression runs.
    pub(crate) fn lend(&self) -> Lent {
        Lent {
            left: Budget {
                steps: self.call.steps.saturating_sub(self.used.steps),
                memory: self.call.memory.saturating_sub(self.used.memory),
            },
            spent: Budget { steps: 0, memory: 0 },
            interrupt: self.interrupt.clone(),
        }
    }

    /// Takes back what was lent.
    pub(crate) fn take_back(&mut self, lent: &Lent) -> Result<(), Stop> {
        self.steps(lent.spent.steps)?;
        self.bytes(lent.spent.memory)?;
        // So that an interrupt that was seen there stops the call too.
        self.next_look = 0;
        self.look()
    }

    // Expressions.

    /// The limits of one expression: its engine's, and what is left to the set and the call.
    pub(crate) fn expression_limits(&self, own: &Limits) -> Limits {
        let left = self.left();
        let limits = own.clone();
        let limits = limits
            .steps(own.steps.min(left.steps))
            .memory(own.memory.min(left.memory));
        match self.interrupt.deadline {
            Some(deadline) => {
                let left = deadline.saturating_duration_since(std::time::Instant::now());
                limits.timeout(own.timeout.map_or(left, |own| own.min(left)))
            }
            None => limits,
        }
    }

    /// What stops the call from outside.
    pub(crate) fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Charges for an expression that is read and compiled, before it is.
    pub(crate) fn compiling(&mut self, source: &str) -> Result<(), Stop> {
        self.compiling_once(source)?;
        self.compiling_once(source)
    }

    /// Charges for one of the two: for a program's tree that is checked, and more.
    pub(crate) fn compiling_once(&mut self, source: &str) -> Result<(), Stop> {
        let bytes = source.len() as u64;
        self.steps(COMPILE_STEPS[0] + COMPILE_STEPS[1] * bytes)?;
        self.bytes(COMPILE_BYTES[0] + COMPILE_BYTES[1] * bytes)
    }

    /// Charges for telling what is wrong with an expression, for which it is read once more, before what may have been meant is
    /// looked for. Stops the call where reading it was stopped.
    pub(crate) fn explaining(&mut self, brief: &CompileError, source: &str) -> Result<(), Stop> {
        self.compiled(brief.stopped_by())?;
        self.steps(brief.diagnostics().len() as u64 * HELP_STEPS)?;
        self.compiling_once(source)
    }

    /// Stops the call where compiling an expression was stopped.
    pub(crate) fn compiled(&mut self, stopped_by: Option<Code>) -> Result<(), Stop> {
        match stopped_by {
            None => Ok(()),
            Some(Code::Cancelled) => Err(self.stop(Stop::Interrupted(Interrupted::Cancelled))),
            Some(_) => Err(self.stop(Stop::Interrupted(Interrupted::Deadline))),
        }
    }

    /// The token of the call.
    pub(crate) fn token(&self) -> Option<CancelToken> {
        self.interrupt.cancel.clone()
    }

    fn left(&self) -> Budget {
        Budget {
            steps: self.call.steps.min(self.set.steps).saturating_sub(self.used.steps),
            memory: self.call.memory.min(self.set.memory).saturating_sub(self.used.memory),
        }
    }

    /// Adds what an expression used; where it failed with `code`, what of the call or set stopped it, and not its own limit.
    pub(crate) fn expression_used(&mut self, own: &Limits, usage: Usage, code: Option<Code>) -> Result<(), Stop> {
        let left = self.left();
        let stop = match code {
            Some(Code::StepBudget) if left.steps < own.steps => Some(self.exhausted(Resource::Steps)),
            Some(Code::MemoryBudget) if left.memory < own.memory => Some(self.exhausted(Resource::Bytes)),
            Some(Code::Cancelled) => Some(Stop::Interrupted(Interrupted::Cancelled)),
            // Or it was the engine's own timeout.
            Some(Code::Deadline) => self.interrupt.check().err().map(Stop::Interrupted),
            _ => None,
        };
        self.used.steps = self.used.steps.saturating_add(usage.steps);
        self.used.memory = self.used.memory.saturating_add(usage.memory);
        match stop {
            Some(stop @ Stop::Set(..)) => Err(stop),
            Some(stop) => Err(self.stop(stop)),
            None => Ok(()),
        }
    }

    fn exhausted(&self, resource: Resource) -> Stop {
        let (call, set, of_call, of_set) = match resource {
            Resource::Steps => (
                self.call.steps,
                self.set.steps,
                self.call_limits.steps,
                self.set_limits.steps,
            ),
            Resource::Bytes => (
                self.call.memory,
                self.set.memory,
                self.call_limits.memory,
                self.set_limits.memory,
            ),
        };
        match call <= set {
            true => Stop::Call(resource, of_call),
            false => Stop::Set(resource, of_set),
        }
    }
}

/// A part of a call's budgets, for what the host's functions do while an expression runs.
#[derive(Debug)]
pub(crate) struct Lent {
    left: Budget,
    spent: Budget,
    interrupt: Interrupt,
}

impl Lent {
    /// Charges for a copy of what holds so many bytes in so many parts; whether the budgets allow it. What they do not allow is
    /// charged all the same, so that the call stops.
    pub(crate) fn copy(&mut self, (bytes, parts): (u64, u64)) -> bool {
        let steps = NAME_STEPS + parts.saturating_mul(4).saturating_add(bytes / 16);
        self.spent.steps = self.spent.steps.saturating_add(steps);
        self.spent.memory = self.spent.memory.saturating_add(bytes);
        let fits = self.spent.steps <= self.left.steps && self.spent.memory <= self.left.memory;
        fits && self.interrupt.check().is_ok()
    }
}

impl Stop {
    /// The code and message that say so.
    pub(crate) fn diagnostic(self, quote_values: bool) -> Diagnostic {
        let (code, message) = match self {
            Self::Set(resource, limit) => (Code::SetBudget, resource.exhausted("the set's ", limit)),
            Self::Call(resource, limit) => (Code::SetBudget, resource.exhausted("the call's ", limit)),
            Self::Bug(what) => (Code::Internal, Message::from("bug: ").words(what)),
            Self::Interrupted(Interrupted::Cancelled) => (Code::Cancelled, "the host cancelled the call".into()),
            Self::Interrupted(Interrupted::Deadline) => (Code::Deadline, "the deadline of the call has passed".into()),
        };
        Diagnostic::error(code, Span::default(), message.text(code, quote_values))
    }

    /// A problem of the document as a whole.
    pub(crate) fn problem(self) -> Problem {
        Problem::at("", None, self.diagnostic(true))
    }
}

impl Resource {
    /// The message that the budget of a set or call is exhausted.
    fn exhausted(self, whose: &'static str, limit: u64) -> Message {
        let (budget, unit) = match self {
            Self::Steps => ("step budget of ", " steps is exhausted"),
            Self::Bytes => ("memory budget of ", " bytes is exhausted"),
        };
        Message::from(whose).words(budget).limit(limit).words(unit)
    }
}
