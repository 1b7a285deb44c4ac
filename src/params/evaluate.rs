//! Evaluates a plan: each parameter once, within the budgets of its expression, of the whole set and of the call.

use std::sync::Arc;

use super::convert::{conversion_cost, convert};
use super::interpolate::{Piece, Template};
use super::meter::{Budget, Meter, NAME_STEPS, Stop};
use super::plan::{Item, Lookup, Plan, Reads, Source, Work};
use super::problem::Problem;
use super::references::Raw;
use super::report::{Evaluated, REPORT_ENTRY_BYTES, Report};
use super::resolve::explain;
use super::scope::{Found, Scope};
use super::text::{Growing, Halt, json_chars};
use crate::diagnostic::{Code, Diagnostic, Message};
use crate::engine::{EvalError, Outcome, Program};
use crate::host::{HostCall, Interrupt};
use crate::limits::Usage;
use crate::machine::input::{FoundNames, Input, Known, Lookup as LookUp};
use crate::source::Span;
use crate::types::Type;
use crate::value::{Map, Value, table_bytes};

/// Steps for a parameter, beside what its value takes: its place in the report, the clock.
const ITEM_STEPS: u64 = 40;
/// Steps for the start and end of an expression.
const EXPRESSION_STEPS: u64 = 60;
/// The bytes of a name in a report, beside its text.
const READ_BYTES: u64 = 48;

impl Plan {
    /// Evaluates all parameters in order, until the first that fails.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let scope = Scope::new().with_values(Map::from_iter([("region", "eu")]));
    /// let set = ParameterSet::new().with("table", Definition::expression("'orders_' + region"));
    /// let plan = set.plan(&selvedge::Engine::default(), &scope)?;
    /// assert_eq!(plan.evaluate(&scope).value("table"), Some(&"orders_eu".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate(&self, scope: &Scope) -> Report {
        self.evaluate_with(scope, &Interrupt::new())
    }

    /// As [`evaluate`](Self::evaluate), until it is interrupted: the report's error then says so.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::diagnostic::Code;
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// use selvedge::{Engine, Interrupt};
    /// let set = ParameterSet::new().with("n", Definition::expression("1 + 1"));
    /// let plan = set.plan(&Engine::default(), &Scope::new())?;
    /// let report = plan.evaluate_with(&Scope::new(), &Interrupt::new().timeout(Duration::ZERO));
    /// assert_eq!(report.error().map(|error| error.code()), Some(Code::Deadline));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate_with(&self, scope: &Scope, interrupt: &Interrupt) -> Report {
        let mut meter = Meter::new(Budget::NONE, self.limits.timeout_millis, interrupt);
        self.evaluate_in(scope, HostCall::default(), &mut meter)
    }

    /// As [`evaluate`](Self::evaluate), as a part of a call: where the call is stopped, its meter says so. `call` is what functions
    /// of the host are told.
    pub(crate) fn evaluate_in(&self, scope: &Scope, call: HostCall<'_>, meter: &mut Meter) -> Report {
        let start = meter.used();
        let mut run = Run {
            plan: self,
            scope,
            call,
            quote_values: self.engine.settings().quote_values,
            report: Report::default(),
            current: None,
            found: FoundNames::default(),
            // The braces, less the comma that the last entry does not have.
            size: 1,
            warnings: Vec::new(),
        };
        if let Err(problem) = meter.within(self.limits.budget(), |meter| run.all(meter)) {
            run.report.stopped(problem, run.current);
        }
        let Run {
            report, size, warnings, ..
        } = run;
        report.finish(difference(meter.used(), start), size, warnings)
    }

    fn now(&self) -> Option<i64> {
        self.engine.settings().host.now_millis().ok()
    }
}

fn difference(after: Usage, before: Usage) -> Usage {
    Usage {
        steps: after.steps - before.steps,
        memory: after.memory - before.memory,
    }
}

/// An evaluation that goes on.
struct Run<'p> {
    plan: &'p Plan,
    scope: &'p Scope,
    call: HostCall<'p>,
    quote_values: bool,
    /// What was evaluated so far.
    report: Report,
    /// The parameter of the set that is being evaluated.
    current: Option<usize>,
    /// The names that it computed, and that stood for a value.
    found: FoundNames,
    size: u64,
    warnings: Vec<Problem>,
}

impl Run<'_> {
    fn all(&mut self, meter: &mut Meter) -> Result<(), Problem> {
        let plan = self.plan;
        let count = plan.items.len() as u64;
        let held: usize = plan.warnings.iter().map(Problem::held_bytes).sum();
        let charged = meter
            .steps(count * NAME_STEPS + held as u64 / 16)
            .and_then(|()| meter.bytes(count * REPORT_ENTRY_BYTES + held as u64));
        charged.map_err(|stop| Problem::at("", None, stop.diagnostic(self.quote_values)))?;
        self.report = Report::new(plan.items.iter().map(|item| Arc::clone(&item.name)), self.quote_values);
        self.warnings.clone_from(&plan.warnings);
        for &index in &plan.order {
            let Some(item) = plan.items.get(index) else { continue };
            self.current = Some(index);
            self.found.take();
            let (used, began) = (meter.used(), plan.now());
            let (value, ty) = self.item(item, meter)?;
            let found = self.found.take();
            let texts: usize = item.reads.keys().chain(&found).map(|name| name.len()).sum();
            let names = (item.reads.len() + found.len()) as u64;
            meter
                .steps(names * NAME_STEPS)
                .and_then(|()| meter.bytes(names * READ_BYTES + texts as u64))
                .map_err(|stop| self.halted(item, stop))?;
            let millis = began.and_then(|began| Some(plan.now()?.saturating_sub(began)));
            let usage = difference(meter.used(), used);
            self.report
                .set(index, Evaluated::new(item, &found, value, ty, usage, millis));
        }
        Ok(())
    }

    /// The value of a parameter and its type, within the size that all share.
    fn item(&mut self, item: &Item, meter: &mut Meter) -> Result<(Value, Type), Problem> {
        let (value, ty) = self.value(item, meter)?;
        let chars = json_chars(&value, meter).map_err(|stop| self.halted(item, stop))?;
        self.size = self.size.saturating_add(chars + item.name.len() as u64 + 4);
        if self.size > self.plan.limits.size {
            let message = Message::from("the parameters take ")
                .value(self.size)
                .words(" characters as JSON, the limit is ")
                .limit(self.plan.limits.size);
            return Err(self.failed(item, Code::SetSize, &message));
        }
        Ok((value, ty))
    }

    fn value(&mut self, item: &Item, meter: &mut Meter) -> Result<(Value, Type), Problem> {
        let halted = |run: &Self, stop| run.halted(item, stop);
        meter.steps(ITEM_STEPS).map_err(|stop| halted(self, stop))?;
        let (value, ty) = match &item.work {
            Work::Value(value) => {
                meter.copy(value.held()).map_err(|stop| halted(self, stop))?;
                (value.clone(), value.type_of())
            }
            Work::Template(value) => {
                let value = self.interpolated(item, value, meter)?;
                let ty = value.type_of();
                (value, ty)
            }
            Work::Members(members) => {
                let names: usize = members.iter().map(|member| member.name.len()).sum();
                let bytes = 2 * table_bytes(members.len()) + MAP_BYTES + names as u64;
                meter.bytes(bytes).map_err(|stop| halted(self, stop))?;
                let mut map = Map::new();
                for member in members {
                    map.insert(&*member.name, self.value(member, meter)?.0);
                }
                (Value::Map(map), Type::Map)
            }
            Work::Program { program, slots, lookup } => {
                let outcome = self.run(item, program, slots, *lookup, meter)?;
                let ty = outcome.value_type();
                (outcome.into_value(), ty)
            }
        };
        self.converted(item, value, ty, meter)
    }

    /// The value as the declared type; a conversion is reported.
    fn converted(&mut self, item: &Item, value: Value, ty: Type, meter: &mut Meter) -> Result<(Value, Type), Problem> {
        let Some(declared) = item.declared else {
            return Ok((value, ty));
        };
        let cost = conversion_cost(&value, declared);
        meter
            .steps(cost.steps)
            .and_then(|()| meter.bytes(cost.memory))
            .map_err(|stop| self.halted(item, stop))?;
        let (value, from) = convert(value, declared).map_err(|why| self.failed(item, Code::ConversionFailed, &why))?;
        if let (Some(from), false) = (from, item.conversion_known) {
            let message = format!("{from} is converted to the declared type {declared}");
            let warning = Diagnostic::warning(Code::ImplicitConversion, Span::default(), message);
            let warning = Problem::at(&*item.path, item.place, warning);
            meter
                .bytes(2 * warning.held_bytes() as u64)
                .map_err(|stop| self.halted(item, stop))?;
            self.warnings.push(warning);
        }
        Ok((value, declared.in_language()))
    }

    fn failed(&self, item: &Item, code: Code, message: &Message) -> Problem {
        let text = message.text(code, self.quote_values);
        Problem::at(&*item.path, item.place, Diagnostic::error(code, Span::default(), text))
    }

    /// The problem of a budget that is used up, or of a call that was stopped.
    fn halted(&self, item: &Item, stop: Stop) -> Problem {
        Problem::at(&*item.path, item.place, stop.diagnostic(self.quote_values))
    }

    // Expressions.

    fn run(
        &mut self,
        item: &Item,
        program: &Program,
        slots: &[Source],
        lookup: Lookup,
        meter: &mut Meter,
    ) -> Result<Outcome, Problem> {
        let names: usize = slots.iter().map(Source::text_bytes).sum();
        meter
            .steps(EXPRESSION_STEPS + slots.len() as u64 * NAME_STEPS + names as u64 / 4)
            .and_then(|()| meter.bytes((slots.len() * size_of::<Input<'_>>()) as u64))
            .map_err(|stop| self.halted(item, stop))?;
        let own = self.plan.engine.limits();
        let names = self.names(&item.reads, lookup == Lookup::Computed);
        let inputs: Vec<Input<'_>> = slots.iter().map(|source| names.input(source)).collect();
        let evaluation = program.evaluation().with_call(self.call);
        let mut evaluation = evaluation.limits(&meter.expression_limits(own));
        if let Some(token) = meter.token() {
            evaluation = evaluation.cancel(token);
        }
        let outcome = match lookup {
            Lookup::Nothing => evaluation.evaluate_slots(&inputs),
            Lookup::Written | Lookup::Computed => evaluation.evaluate_known(&inputs, &names, &self.found),
        };
        let (usage, code) = match &outcome {
            Ok(outcome) => (outcome.usage(), None),
            Err(error) => (error.usage(), Some(error.code())),
        };
        match (meter.expression_used(own, usage, code), outcome) {
            (Ok(()), Ok(outcome)) => Ok(outcome),
            (Ok(()), Err(error)) => Err(self.stopped(item, program.source(), &error)),
            (Err(stop), outcome) => {
                let mut diagnostic = stop.diagnostic(self.quote_values);
                diagnostic.span = outcome.err().map_or_else(Span::default, |error| error.span());
                Err(Problem::at(&*item.path, item.place, diagnostic).within(program.source()))
            }
        }
    }

    /// What the parameter at hand may read by name.
    fn names<'r>(&'r self, reads: &'r Reads, computed: bool) -> Names<'r> {
        Names {
            plan: self.plan,
            scope: self.scope,
            report: &self.report,
            current: self.current.and_then(|index| self.plan.items.get(index)),
            reads,
            computed,
        }
    }

    /// The problem of an expression that failed.
    fn stopped(&self, item: &Item, source: &str, error: &EvalError) -> Problem {
        let diagnostic = match error.code() {
            Code::MissingParameter => self.missing(item, error.span(), source),
            _ => None,
        };
        let diagnostic = diagnostic.unwrap_or_else(|| error.diagnostic());
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
    fn interpolated(&mut self, item: &Item, value: &Value, meter: &mut Meter) -> Result<Value, Problem> {
        let halted = |stop| self.halted(item, stop);
        match value {
            Value::String(text) => self.text(item, text, meter).map(Value::String),
            Value::StringArray(texts) => {
                let bytes = (texts.len() * size_of::<Option<String>>()) as u64;
                meter.steps(texts.len() as u64 * NAME_STEPS).map_err(halted)?;
                meter.bytes(bytes).map_err(halted)?;
                let mut out = Vec::with_capacity(texts.len());
                for text in texts {
                    out.push(match text {
                        Some(text) => Some(self.text(item, text, meter)?),
                        None => None,
                    });
                }
                Ok(Value::StringArray(out))
            }
            Value::List(list) => {
                meter.steps(list.len() as u64 * NAME_STEPS).map_err(halted)?;
                meter.bytes((list.len() * size_of::<Value>()) as u64).map_err(halted)?;
                let mut out = Vec::with_capacity(list.len());
                for element in list {
                    out.push(self.interpolated(item, element, meter)?);
                }
                Ok(Value::List(out.into()))
            }
            Value::Map(map) => {
                meter.steps(map.len() as u64 * 3 * NAME_STEPS).map_err(halted)?;
                meter.bytes(2 * table_bytes(map.len()) + MAP_BYTES).map_err(halted)?;
                let mut out = Map::new();
                for (key, value) in map {
                    let key = self.text(item, key, meter)?;
                    let value = self.interpolated(item, value, meter)?;
                    if out.contains_key(&key) {
                        let message = Message::from("duplicate key after interpolation: ").quoted(&key);
                        return Err(self.failed(item, Code::ConversionFailed, &message));
                    }
                    out.insert(key, value);
                }
                Ok(Value::Map(out))
            }
            other => {
                meter.copy(other.held()).map_err(halted)?;
                Ok(other.clone())
            }
        }
    }

    /// A text with its names replaced.
    fn text(&self, item: &Item, text: &str, meter: &mut Meter) -> Result<String, Problem> {
        let longest = self.plan.engine.limits().string_length;
        let names = self.names(&item.reads, false);
        let mut out = Growing::new(meter, longest);
        for piece in Template::new(text).pieces() {
            let pushed = match piece {
                Piece::Plain(text) => out.push(text),
                Piece::Name(name, start) => {
                    let found = out.steps(NAME_STEPS + name.len() as u64 / 4);
                    match (found, item.reads.get(name).map(|source| names.input(source))) {
                        (Err(halt), _) => Err(halt),
                        (Ok(()), Some(Input::Value(value))) => out.push_value(value),
                        (Ok(()), _) => return Err(self.no_value(item, text, name, start)),
                    }
                }
            };
            pushed.map_err(|halt| match halt {
                Halt::Stop(stop) => self.halted(item, stop),
                Halt::TooLong => {
                    let message = Message::from("the text would be longer than ")
                        .limit(longest)
                        .words(" bytes");
                    self.failed(item, Code::StringLength, &message)
                }
            })?;
        }
        Ok(out.finish())
    }

    /// The problem of a name in a text that stands for no value.
    fn no_value(&self, item: &Item, text: &str, name: &str, start: usize) -> Problem {
        let start = start as u32;
        let raw = Raw {
            name,
            span: Span::new(start, start + name.len() as u32 + 1),
            optional: false,
            in_text: true,
        };
        let diagnostic = explain(&raw, self.scope.find(name));
        Problem::at(&*item.path, item.place, diagnostic).within(text)
    }
}

/// The bytes of a map beside its entries.
const MAP_BYTES: u64 = 96;

/// What a parameter may read by name: what it names; and where it computes names every parameter of its set that does not, and
/// every one around the set that the set does not hide.
#[derive(Debug)]
struct Names<'r> {
    plan: &'r Plan,
    scope: &'r Scope,
    report: &'r Report,
    current: Option<&'r Item>,
    reads: &'r Reads,
    computed: bool,
}

impl<'r> Names<'r> {
    fn input(&self, source: &'r Source) -> Input<'r> {
        self.of_source(source).map_or(Input::Absent, Input::Value)
    }

    fn of_source(&self, source: &'r Source) -> Option<&'r Value> {
        match source {
            Source::Own(index) => self.report.value_at(*index),
            Source::Outer(name) => match self.scope.find(name) {
                Found::Value(value) => Some(value),
                _ => None,
            },
        }
    }
}

impl LookUp for Names<'_> {
    fn find<'s>(&'s self, name: &str) -> Option<Known<'s>> {
        if let Some(value) = self.reads.get(name).and_then(|source| self.of_source(source)) {
            return Some(Known::Value(value));
        }
        if !self.computed {
            return Some(Known::Absent);
        }
        if self.plan.late.contains(name) {
            let hides = self.current.is_some_and(|current| &*current.name == name);
            return (!hides).then_some(Known::NotYet);
        }
        let own = self.plan.by_name.get(name);
        own.and_then(|&index| self.report.value_at(index)).map(Known::Value)
    }

    fn surroundings(&self) -> usize {
        self.scope.layers()
    }

    fn around<'s>(&'s self, index: usize, name: &str) -> Option<&'s Value> {
        self.scope.value_in(index, name)
    }

    fn nowhere<'s>(&'s self, name: &str) -> Known<'s> {
        match self.plan.late.contains(name) {
            true => Known::NotYet,
            false => Known::Absent,
        }
    }
}
