//! Evaluates a plan: each parameter once, within the budgets of its expression and of the whole set.

use std::sync::Arc;

use super::convert::{convert, text_of};
use super::interpolate::{Stop, Template};
use super::plan::{Item, Lookup, Plan, Source, Work};
use super::problem::Problem;
use super::references::Raw;
use super::report::{Evaluated, Report};
use super::resolve::explain;
use super::scope::{Found, Scope};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::engine::{EvalError, Outcome, Program};
use crate::inputs::Inputs;
use crate::limits::{Limits, Usage};
use crate::machine::input::{FoundNames, Input};
use crate::source::Span;
use crate::types::Type;
use crate::value::{Map, Value};

/// The bytes that an entry of a map costs beside its key and value.
const ENTRY_BYTES: u64 = 64;

impl Plan {
    /// Evaluates all parameters in order, until the first that fails.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let scope = Scope::new().with_values(Map::from_iter([("region", "eu")]));
    /// let set = ParameterSet::new().with("table", Definition::expression("'orders_' + region"));
    /// let plan = set.plan(&selvedge::Engine::default(), &scope).map_err(|_| "?")?;
    /// assert_eq!(plan.evaluate(&scope).value("table"), Some(&"orders_eu".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn evaluate(&self, scope: &Scope) -> Report {
        let mut run = Run {
            plan: self,
            scope,
            values: vec![None; self.items.len()],
            current: None,
            found: FoundNames::default(),
            used: Usage::default(),
            // The braces, less the comma that the last entry does not have.
            size: 1,
            warnings: self.warnings.clone(),
        };
        let mut report = Report::new(self.items.iter().map(|item| Arc::clone(&item.name)));
        for &index in &self.order {
            let Some(item) = self.items.get(index) else { continue };
            run.current = Some(index);
            run.found.take();
            let before = (run.used, self.now());
            match run.item(item) {
                Ok((value, ty)) => {
                    let usage = Usage {
                        steps: run.used.steps - before.0.steps,
                        memory: run.used.memory - before.0.memory,
                        memory_peak: run.used.memory - before.0.memory,
                    };
                    let millis = before.1.and_then(|start| Some(self.now()?.saturating_sub(start)));
                    if let Some(place) = run.values.get_mut(index) {
                        *place = Some(value.clone());
                    }
                    report.set(index, Evaluated::new(item, &run.found.take(), value, ty, usage, millis));
                }
                Err(problem) => {
                    report.stopped(problem);
                    break;
                }
            }
        }
        report.finish(run.used, run.size, run.warnings)
    }

    fn now(&self) -> Option<i64> {
        self.engine.settings().host.now_millis().ok()
    }
}

/// An evaluation that goes on.
struct Run<'p> {
    plan: &'p Plan,
    scope: &'p Scope,
    values: Vec<Option<Value>>,
    /// The parameter of the set that is being evaluated.
    current: Option<usize>,
    /// The names that it computed, and that stood for a value.
    found: FoundNames,
    used: Usage,
    size: u64,
    warnings: Vec<Problem>,
}

fn failed(item: &Item, code: Code, message: impl Into<String>) -> Problem {
    Problem::at(
        &*item.path,
        item.place,
        Diagnostic::error(code, Span::default(), message),
    )
}

impl Run<'_> {
    /// The value of a parameter and its type, within the size that all share.
    fn item(&mut self, item: &Item) -> Result<(Value, Type), Problem> {
        let (value, ty) = self.value(item)?;
        let size = json_chars(&value) + item.name.len() as u64 + 4;
        self.size = self.size.saturating_add(size);
        if self.size > self.plan.limits.size {
            let most = self.plan.limits.size;
            let message = format!(
                "with this parameter, all together take {} characters as JSON, and {most} are allowed",
                self.size
            );
            return Err(failed(item, Code::SetSize, message));
        }
        Ok((value, ty))
    }

    fn value(&mut self, item: &Item) -> Result<(Value, Type), Problem> {
        let (value, ty) = match &item.work {
            Work::Value(value) => (value.clone(), value.type_of()),
            Work::Template(value) => {
                let value = self.interpolated(item, value)?;
                let ty = value.type_of();
                (value, ty)
            }
            Work::Members(members) => {
                let mut map = Map::new();
                for member in members {
                    map.insert(&*member.name, self.value(member)?.0);
                }
                (Value::Map(map), Type::Map)
            }
            Work::Program { program, slots, lookup } => {
                let outcome = self.run(item, program, slots, *lookup)?;
                let ty = outcome.value_type();
                (outcome.into_value(), ty)
            }
        };
        self.converted(item, value, ty)
    }

    /// The value as the declared type; a conversion is reported.
    fn converted(&mut self, item: &Item, value: Value, ty: Type) -> Result<(Value, Type), Problem> {
        let Some(declared) = item.declared else {
            return Ok((value, ty));
        };
        let (value, from) = convert(value, declared).map_err(|why| failed(item, Code::ConversionFailed, why))?;
        if let (Some(from), false) = (from, item.conversion_known) {
            let message = format!("the {from} is converted to the declared type {declared}");
            let warning = Diagnostic::warning(Code::ImplicitConversion, Span::default(), message);
            self.warnings.push(Problem::at(&*item.path, item.place, warning));
        }
        Ok((value, declared.in_language()))
    }

    fn own(&self, index: usize) -> Option<&Value> {
        self.values.get(index).and_then(Option::as_ref)
    }

    // Expressions.

    fn run(&mut self, item: &Item, program: &Program, slots: &[Source], lookup: Lookup) -> Result<Outcome, Problem> {
        let (limits, shared) = self.limits();
        let outcome = match lookup {
            Lookup::Nothing => {
                let inputs: Vec<Input<'_>> = slots.iter().map(|source| self.input(source)).collect();
                program.evaluation().limits(&limits).evaluate_slots(&inputs)
            }
            Lookup::Written => {
                let inputs = self.copied(item, false)?;
                program.evaluation().limits(&limits).evaluate(&inputs)
            }
            Lookup::Computed => {
                let inputs = self.copied(item, true)?;
                let evaluation = program.evaluation().limits(&limits);
                evaluation.evaluate_known(&inputs, &self.plan.late, &self.found)
            }
        };
        let usage = match &outcome {
            Ok(outcome) => outcome.usage(),
            Err(error) => error.usage(),
        };
        self.used.steps = self.used.steps.saturating_add(usage.steps);
        self.used.memory = self.used.memory.saturating_add(usage.memory);
        outcome.map_err(|error| self.stopped(item, program.source(), &error, shared))
    }

    /// The limits of one expression: the engine's, and of what all share what is left. Second, whether the latter is less: for
    /// steps, and for memory.
    fn limits(&self) -> (Limits, [bool; 2]) {
        let own = self.plan.engine.limits();
        let steps_left = self.plan.limits.steps.saturating_sub(self.used.steps);
        let memory_left = self.plan.limits.memory.saturating_sub(self.used.memory);
        let limits = own
            .clone()
            .steps(own.steps.min(steps_left))
            .memory(own.memory.min(memory_left));
        (limits, [steps_left < own.steps, memory_left < own.memory])
    }

    fn input<'i>(&'i self, source: &'i Source) -> Input<'i> {
        let value = match source {
            Source::Own(index) => self.own(*index),
            Source::Outer(name) => match self.scope.find(name) {
                Found::Value(value) => Some(value),
                _ => None,
            },
        };
        value.map_or(Input::Absent, Input::Value)
    }

    /// What an expression may look up by name, copied and charged for: what it reads; and where it computes names every parameter
    /// around the set that the set does not hide, and every one of the set that does not compute names in turn.
    fn copied(&mut self, item: &Item, all: bool) -> Result<Inputs, Problem> {
        let mut map = Map::new();
        let plan = self.plan;
        let current = self.current.and_then(|index| plan.items.get(index));
        let hidden = |name: &str| plan.late.contains(name) && current.is_none_or(|current| &*current.name != name);
        let early = if all {
            plan.order.len().saturating_sub(plan.late.len())
        } else {
            0
        };
        let own = plan.order.iter().take(early).filter_map(|&index| {
            let item = plan.items.get(index)?;
            Some((&*item.name, self.own(index)?))
        });
        let named = item.reads.iter().filter_map(|(name, source)| match self.input(source) {
            Input::Value(value) => Some((&**name, value)),
            _ => None,
        });
        let mut bytes = 0_u64;
        let most = self.plan.limits.memory.saturating_sub(self.used.memory);
        let around = self
            .scope
            .values()
            .filter(|_| all)
            .map(|(name, value)| (name, value, hidden(name)));
        let shown = own
            .filter(|_| all)
            .chain(named)
            .map(|(name, value)| (name, value, false));
        for (name, value, hidden) in around.chain(shown) {
            bytes = bytes.saturating_add(ENTRY_BYTES + name.len() as u64 + json_chars(value));
            if bytes > most {
                return Err(failed(item, Code::SetBudget, self.budget_message("memory")));
            }
            if !hidden {
                map.insert(name, value.clone());
            }
        }
        self.used.memory += bytes;
        Ok(Inputs::from(map))
    }

    fn budget_message(&self, what: &str) -> String {
        let limits = &self.plan.limits;
        let most = if what == "steps" { limits.steps } else { limits.memory };
        let unit = if what == "steps" { "steps" } else { "bytes" };
        format!("here the parameters together used up their {most} {unit}")
    }

    /// The problem of an expression that stopped.
    fn stopped(&self, item: &Item, source: &str, error: &EvalError, shared: [bool; 2]) -> Problem {
        let span = error.span();
        let diagnostic = match error.code() {
            Code::StepBudget if shared[0] => Diagnostic::error(Code::SetBudget, span, self.budget_message("steps")),
            Code::MemoryBudget if shared[1] => Diagnostic::error(Code::SetBudget, span, self.budget_message("memory")),
            Code::MissingParameter => self.missing(item, span, source).unwrap_or_else(|| error.diagnostic()),
            _ => error.diagnostic(),
        };
        Problem::at(&*item.path, item.place, diagnostic).within(source)
    }

    /// Why a name has no value: its step was skipped, or did not run.
    fn missing(&self, item: &Item, span: Span, source: &str) -> Option<Diagnostic> {
        let name = match span.of(source) {
            "" => item
                .reads
                .keys()
                .find(|name| !matches!(self.scope.find(name), Found::Value(_)))?,
            name => name,
        };
        let raw = Raw {
            name,
            span,
            optional: false,
            in_text: false,
        };
        match self.scope.find(name) {
            Found::Value(_) | Found::Absent | Found::Declared(_) => None,
            found => Some(explain(&raw, found)),
        }
    }

    // Texts.

    /// A literal with its texts interpolated.
    fn interpolated(&mut self, item: &Item, value: &Value) -> Result<Value, Problem> {
        match value {
            Value::String(text) => self.text(item, text).map(Value::String),
            Value::StringArray(texts) => {
                let mut out = Vec::with_capacity(texts.len());
                for text in texts {
                    out.push(match text {
                        Some(text) => Some(self.text(item, text)?),
                        None => None,
                    });
                }
                Ok(Value::StringArray(out))
            }
            Value::Map(map) => {
                let mut out = Map::new();
                for (key, value) in map {
                    let key = self.text(item, key)?;
                    let value = match value {
                        Value::String(text) => Value::String(self.text(item, text)?),
                        other => other.clone(),
                    };
                    if out.contains_key(&key) {
                        let message = format!("two keys of the map become {}", quote(&key));
                        return Err(failed(item, Code::ConversionFailed, message));
                    }
                    out.insert(key, value);
                }
                Ok(Value::Map(out))
            }
            other => Ok(other.clone()),
        }
    }

    /// A text with its names replaced, charged for what it holds.
    fn text(&mut self, item: &Item, text: &str) -> Result<String, Problem> {
        let longest = self.plan.engine.limits().string_length;
        let left = self.plan.limits.memory.saturating_sub(self.used.memory);
        let rendered = Template::new(text).render_within(longest.min(left) as usize, |name| {
            let source = item.reads.get(name);
            match source.map(|source| self.input(source)) {
                Some(Input::Value(value)) => Ok(text_of(value)),
                _ => Err(name),
            }
        });
        match rendered {
            Ok(rendered) => {
                self.used.memory = self.used.memory.saturating_add(rendered.len() as u64);
                Ok(rendered)
            }
            Err(Stop::TooLong) if left < longest => Err(failed(item, Code::SetBudget, self.budget_message("memory"))),
            Err(Stop::TooLong) => {
                let message = format!("the text would be longer than {longest} bytes");
                Err(failed(item, Code::StringLength, message))
            }
            Err(Stop::Name(name)) => {
                let start = text.find(name).unwrap_or_default() as u32;
                let raw = Raw {
                    name,
                    span: Span::new(start, start + name.len() as u32),
                    optional: false,
                    in_text: true,
                };
                let diagnostic = explain(&raw, self.scope.find(name));
                Err(Problem::at(&*item.path, item.place, diagnostic).within(text))
            }
        }
    }
}

/// How many characters a value takes as JSON.
pub(crate) fn json_chars(value: &Value) -> u64 {
    struct Characters(u64);

    impl std::io::Write for Characters {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            // A byte that continues a character is no character of its own.
            let starts = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
            self.0 += starts as u64;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut characters = Characters(0);
    match serde_json::to_writer(&mut characters, value) {
        Ok(()) => characters.0,
        Err(_) => u64::MAX / 2,
    }
}
