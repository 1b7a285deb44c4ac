//! What is written down of a run that is traced: bounded in events and in the text of each, and charged to nobody.

use super::any::Any;
use super::code::{Code, TraceSite};
use super::context::Context;
use super::trace_log::{Event, TraceLog, What};
use crate::diagnostic::escape_within;
use crate::types::Type;

/// The most characters of a variable's name.
const MAX_NAME_CHARS: usize = 40;

impl Context<'_> {
    /// Writes down what the site says of the values in the two registers.
    #[cold]
    pub(crate) fn trace(&mut self, code: &Code, instruction: usize, site: u32, value: Any, index: Any) {
        let Some(mut log) = self.traced.take() else {
            return;
        };
        if let Some(hits) = &mut log.hits {
            if let Some(hits) = hits.get_mut(site as usize) {
                *hits += 1;
            }
            self.traced = Some(log);
            return;
        }
        match code.trace_sites.get(site as usize) {
            Some(TraceSite::Statement) => {}
            Some(site) if log.events.len() < log.max_events => {
                let span = code.spans.get(instruction).copied().unwrap_or_default();
                let what = self.what(code, site, [value, index], &log);
                log.events.push(Event { span, what });
            }
            _ => log.left_out += 1,
        }
        self.traced = Some(log);
    }

    fn what(&self, code: &Code, site: &TraceSite, [value, index]: [Any; 2], log: &TraceLog) -> What {
        let shown = |register: Any, ty, most| match (log.quotes_values, ty) {
            (false, _) => "…".to_owned(),
            (true, Type::Any) => self.heap.preview(register, most),
            (true, ty) => self.heap.preview(Any::new(ty, register.bits), most),
        };
        let mut target = String::new();
        match site {
            // Not written down.
            TraceSite::Statement => What::Branched(true),
            TraceSite::Branch(held) => What::Branched(*held),
            TraceSite::Variable { variable, ty } => {
                let name = code.variables.get(*variable as usize).map_or("", |name| name);
                escape_within(&mut target, name, MAX_NAME_CHARS, usize::MAX);
                let value = shown(value, *ty, log.max_value_bytes);
                What::Assigned { target, value }
            }
            TraceSite::Element {
                array,
                index: index_type,
                ty,
            } => {
                escape_within(&mut target, array, MAX_NAME_CHARS, usize::MAX);
                target.push('[');
                target.push_str(&shown(index, *index_type, MAX_NAME_CHARS));
                target.push(']');
                let value = shown(value, *ty, log.max_value_bytes);
                What::Assigned { target, value }
            }
        }
    }
}
