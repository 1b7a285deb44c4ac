//! What is written down of a run that is traced: bounded in events and in the text of each, and charged to nobody.

use super::any::Any;
use super::code::{Code, TraceSite};
use super::context::Context;
use crate::diagnostic::escape_within;
use crate::source::Span;
use crate::types::Type;

/// The most characters of a variable's name.
const MAX_NAME_CHARS: usize = 40;

/// What was written down so far.
#[derive(Debug)]
pub(crate) struct TraceLog {
    pub(crate) events: Vec<Event>,
    pub(crate) max_events: usize,
    pub(crate) max_value_bytes: usize,
    /// How many more events there were.
    pub(crate) left_out: u64,
}

/// An assignment or a branch.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) span: Span,
    pub(crate) what: What,
}

/// What happened.
#[derive(Debug)]
pub(crate) enum What {
    Assigned { target: String, value: String },
    Branched(bool),
}

impl Context<'_> {
    /// Writes down what the site says of the values in the two registers.
    #[cold]
    pub(crate) fn trace(&mut self, code: &Code, instruction: usize, site: u32, value: Any, index: Any) {
        let Some(mut log) = self.traced.take() else {
            return;
        };
        match code.trace_sites.get(site as usize) {
            Some(site) if log.events.len() < log.max_events => {
                let span = code.spans.get(instruction).copied().unwrap_or_default();
                let what = self.what(code, site, value, index, log.max_value_bytes);
                log.events.push(Event { span, what });
            }
            _ => log.left_out += 1,
        }
        self.traced = Some(log);
    }

    fn what(&self, code: &Code, site: &TraceSite, value: Any, index: Any, most: usize) -> What {
        let of = |register: Any, ty| match ty {
            Type::Any => register,
            ty => Any::new(ty, register.bits),
        };
        let mut target = String::new();
        match site {
            TraceSite::Branch(held) => What::Branched(*held),
            TraceSite::Variable { variable, ty } => {
                let name = code.variables.get(*variable as usize).map_or("", |name| name);
                escape_within(&mut target, name, MAX_NAME_CHARS, usize::MAX);
                let value = self.heap.preview(of(value, *ty), most);
                What::Assigned { target, value }
            }
            TraceSite::Element {
                array,
                index: index_type,
                ty,
            } => {
                escape_within(&mut target, array, MAX_NAME_CHARS, usize::MAX);
                target.push('[');
                target.push_str(&self.heap.preview(of(index, *index_type), MAX_NAME_CHARS));
                target.push(']');
                let value = self.heap.preview(of(value, *ty), most);
                What::Assigned { target, value }
            }
        }
    }
}
