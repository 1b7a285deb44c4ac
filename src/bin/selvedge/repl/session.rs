//! A session: what it knows, and the result of an input.

use std::path::Path;
use std::time::Duration;

use selvedge::diagnostic::{escape, quote, render, render_in};
use selvedge::platform::Platform;
use selvedge::{
    CancelToken, EvalError, Evaluation, InputSizes, Inputs, LineIndex, Outcome, Program, Schema, TraceLimits, Value,
};

use super::command::{self, COMMANDS, Kind};
use super::known::Known;
use super::running::Running;
use super::shown::shown;
use crate::deadline::Deadline;
use crate::doc;
use crate::document;
use crate::eval;
use crate::exit::Failed;
use crate::explain;
use crate::given;
use crate::output;
use crate::print::{one_line, show, to_output};
use crate::project;
use crate::reader;

/// What inputs are called in messages.
const ORIGIN: &str = "input";
/// The most bytes that are shown of a value, and of each in a list.
const MAX_VALUE_BYTES: usize = 8_000;
const MAX_LISTED_BYTES: usize = 60;
/// The most parameters that are listed.
const MAX_LISTED: usize = 100;
/// The most events of a trace that are shown.
const MAX_EVENTS: usize = 100;

/// What an input came to.
pub(super) enum Flow {
    On,
    Failed,
    Quit,
}

/// A session.
pub(super) struct Session {
    known: Known,
    platform: Platform,
    /// The types that the settings and flags declare.
    declared: Option<Schema>,
    timeout: Option<Duration>,
    running: Running,
    /// What stops the input that is taken.
    token: CancelToken,
}

impl Session {
    pub(super) fn new(
        platform: &Platform,
        schema: Option<Schema>,
        inputs: Inputs,
        running: Running,
    ) -> Result<Self, Failed> {
        let declared = match schema {
            Some(schema) => Some(platform.readable(schema)),
            None => platform.parameters().cloned(),
        };
        let functions = platform.functions().map(|function| function.name().to_owned());
        let constants = platform.constants().map(|(name, _)| name.to_owned());
        let mut session = Self {
            known: Known {
                engine: project::engine(platform)?.build(),
                schema: Schema::new(),
                inputs,
                offered: functions.chain(constants).collect(),
            },
            platform: platform.clone(),
            declared,
            timeout: platform.limits().timeout,
            running,
            token: CancelToken::new(),
        };
        session.infer();
        Ok(session)
    }

    /// What inputs are compiled with.
    pub(super) const fn known(&self) -> &Known {
        &self.known
    }

    /// Takes the types of parameters from their values, where nothing declares them.
    fn infer(&mut self) {
        let inferred = Schema::infer_from(self.known.inputs.as_map().iter());
        self.known.schema = match &self.declared {
            Some(declared) => declared.clone().with_missing(&inferred),
            None => inferred,
        };
    }

    /// Does what an input says, and prints its result.
    pub(super) fn take(&mut self, input: &str) -> Flow {
        self.token = self.running.begin();
        let done = match command::parse(input) {
            Some((name, rest)) => self.command(name, rest),
            None => self.program(input.trim_end()).map(|()| Flow::On),
        };
        self.running.end();
        done.unwrap_or_else(|failed| {
            if !matches!(failed, Failed::Reported) {
                show!("error: {}", one_line(failed.message()));
            }
            Flow::Failed
        })
    }

    fn command(&mut self, name: &str, rest: &str) -> Result<Flow, Failed> {
        let Some(command) = command::find(name) else {
            let near = COMMANDS
                .iter()
                .find(|command| !name.is_empty() && command.name.starts_with(name));
            let hint = near.map_or_else(
                || "`:help` lists all".to_owned(),
                |near| format!("did you mean `:{}`?", near.name),
            );
            return Err(format!("unknown command {}: {hint}", quote(&format!(":{name}"))).into());
        };
        match (command.takes.is_empty(), rest.is_empty()) {
            (true, false) => Err(format!("`:{name}` takes nothing, found {}", quote(rest)).into()),
            (false, true) => Err(format!("`:{name}` takes {}", command.takes).into()),
            _ => self.obey(command.kind, rest),
        }
    }

    fn obey(&mut self, kind: Kind, rest: &str) -> Result<Flow, Failed> {
        match kind {
            Kind::Type => self.show_type(rest)?,
            Kind::Cost => self.show_cost(rest)?,
            Kind::Trace => self.show_trace(rest)?,
            Kind::Explain => self.show_code(rest)?,
            Kind::Set => self.set(rest)?,
            Kind::Unset => self.unset(rest)?,
            Kind::Parameters => self.show_parameters(),
            Kind::Load => self.load(rest)?,
            Kind::Doc => to_output(&doc::text(rest, &self.platform)?),
            Kind::Help => help(),
            Kind::Quit => return Ok(Flow::Quit),
        }
        Ok(Flow::On)
    }

    /// Evaluates a program, or keeps the value of a name.
    fn program(&mut self, source: &str) -> Result<(), Failed> {
        if source.trim().is_empty() {
            return Ok(());
        }
        if let Some((name, value)) = self.assignment(source) {
            let outcome = self.evaluate(&value, ORIGIN)?;
            return self.keep(&name, outcome.into_value());
        }
        show_value(&self.evaluate(source, ORIGIN)?);
        Ok(())
    }

    /// The name and the expression of a source that is one assignment. Spaces stand for what is before the expression, so that
    /// what is said of it has its place.
    fn assignment(&self, source: &str) -> Option<(String, String)> {
        let (name, value) = source.split_once('=')?;
        let value_text = value.trim_end().trim_end_matches(';');
        let is_assigned = is_name(name.trim()) && !value_text.starts_with('=');
        // An end of a comment, and what is not an expression, cannot be in brackets.
        let is_expression = || self.known.type_of(&format!("({value_text}\n)")).is_some();
        (is_assigned && is_expression()).then(|| {
            let blank = " ".repeat(name.chars().count() + 1);
            (name.trim().to_owned(), blank + value_text)
        })
    }

    fn deadline(&self) -> Deadline {
        Deadline::after(self.timeout)
    }

    /// Compiles a source; what is wrong with it is printed.
    fn compile(&self, source: &str, origin: &str, deadline: Deadline) -> Result<Program, Failed> {
        let interrupt = deadline.interrupt().cancel(self.token.clone());
        let compiled = self.known.engine.compile_with(source, &self.known.schema, &interrupt);
        let program = compiled.map_err(|refused| reported(&refused.report(origin)))?;
        let lines = LineIndex::new(source);
        for warning in program.warnings() {
            to_output(&render_in(warning, &lines, origin));
        }
        Ok(program)
    }

    fn evaluation<'p>(&self, program: &'p Program, deadline: Deadline) -> Evaluation<'p> {
        let evaluation = program.evaluation().cancel(self.token.clone());
        match deadline.left() {
            Some(left) => evaluation.timeout(left),
            None => evaluation,
        }
    }

    fn evaluate(&self, source: &str, origin: &str) -> Result<Outcome, Failed> {
        let deadline = self.deadline();
        let program = self.compile(source, origin, deadline)?;
        let result = self.evaluation(&program, deadline).evaluate(&self.known.inputs);
        result.map_err(|error| stopped(&error, source, origin))
    }

    fn keep(&mut self, name: &str, value: Value) -> Result<(), Failed> {
        self.known.inputs.set(name, value);
        self.infer();
        // The name may be one that no parameter can have.
        if let Err(failed) = self.compile(&format!("{name};"), ORIGIN, self.deadline()) {
            self.remove(name);
            return Err(failed);
        }
        Ok(())
    }

    fn remove(&mut self, name: &str) {
        let others = self.known.inputs.as_map().iter().filter(|(known, _)| *known != name);
        let others = others.map(|(known, value)| (known, value.clone()));
        self.known.inputs = Inputs::from(others.collect::<selvedge::Map>());
        self.infer();
    }

    fn set(&mut self, rest: &str) -> Result<(), Failed> {
        let parts = rest.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
        let Some((name, value)) = parts.filter(|(name, value)| is_name(name) && !value.is_empty()) else {
            return Err(format!("`:set` takes NAME = VALUE, found {}", quote(rest)).into());
        };
        let outcome = self.evaluate(value, ORIGIN)?;
        self.keep(name, outcome.into_value())
    }

    fn unset(&mut self, name: &str) -> Result<(), Failed> {
        if self.known.value(name).is_none() {
            return Err(format!("no parameter {} has a value", quote(name)).into());
        }
        self.remove(name);
        Ok(())
    }

    fn load(&mut self, rest: &str) -> Result<(), Failed> {
        let (path, deadline) = (Path::new(rest), self.deadline());
        if reader::is_stdin(path) {
            return Err("standard input is the session itself: name a file".to_owned().into());
        }
        let document = document::read(path, deadline)?;
        if !document.is_json {
            show_value(&self.evaluate(&document.text, &document.origin)?);
            return Ok(());
        }
        for (name, value) in given::map_of(&document.text, &document.origin, deadline, given::PARAMETERS)? {
            self.known.inputs.set(name, value);
        }
        self.infer();
        Ok(())
    }

    fn show_type(&self, source: &str) -> Result<(), Failed> {
        show!("{}", self.compile(source, ORIGIN, self.deadline())?.result_type());
        Ok(())
    }

    fn show_cost(&self, source: &str) -> Result<(), Failed> {
        let deadline = self.deadline();
        let program = self.compile(source, ORIGIN, deadline)?;
        let interrupt = deadline.interrupt().cancel(self.token.clone());
        let bound = program.cost_bound_with(&InputSizes::of(&self.known.inputs), &interrupt);
        let bound = bound.map_err(|refused| reported(&refused.report(ORIGIN)))?;
        show!("{}", explain::cost_text(&bound, &LineIndex::new(source)));
        let result = self.evaluation(&program, deadline).evaluate(&self.known.inputs);
        let used = eval::used(&result);
        show!("used {} steps and {} bytes", used.steps, used.memory);
        result.map(drop).map_err(|error| stopped(&error, source, ORIGIN))
    }

    fn show_trace(&self, source: &str) -> Result<(), Failed> {
        let deadline = self.deadline();
        let program = self.compile(source, ORIGIN, deadline)?;
        let limits = TraceLimits::default().events(MAX_EVENTS);
        let (result, trace) = self.evaluation(&program, deadline).trace(&self.known.inputs, limits);
        to_output(&output::trace(&trace, source, ORIGIN));
        show_value(&result.map_err(|error| stopped(&error, source, ORIGIN))?);
        Ok(())
    }

    fn show_code(&self, source: &str) -> Result<(), Failed> {
        let program = self.compile(source, ORIGIN, self.deadline())?;
        to_output(&program.listing());
        Ok(())
    }

    fn show_parameters(&self) {
        let known = &self.known;
        for (name, ty) in known.schema.iter().take(MAX_LISTED) {
            let value = known.value(name).map(|value| shown(value, MAX_LISTED_BYTES));
            let value = value.map_or_else(String::new, |value| format!(" = {value}"));
            show!("{}: {ty}{value}", escape(name));
        }
        let more = known.schema.iter().len().saturating_sub(MAX_LISTED);
        if more > 0 {
            show!("… and {more} more");
        }
    }
}

/// Lists the commands.
fn help() {
    show!("A program or an expression is evaluated. It goes on in the next line while a bracket is open.");
    for command in &COMMANDS {
        show!(
            ":{:21} {}",
            format!("{} {}", command.name, command.takes),
            command.about
        );
    }
}

fn show_value(outcome: &Outcome) {
    show!("{}", shown(outcome.value(), MAX_VALUE_BYTES));
}

/// Prints why an evaluation stopped.
fn stopped(error: &EvalError, source: &str, origin: &str) -> Failed {
    reported(&render(&error.diagnostic(), source, origin))
}

/// Prints what is wrong with an input.
fn reported(report: &str) -> Failed {
    to_output(&report);
    Failed::Reported
}

fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    starts && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
