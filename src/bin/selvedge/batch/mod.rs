//! `selvedge batch`: JSON lines in, JSON lines out, in order.

mod lines;
mod workers;

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::{borrow::Cow, mem};

use clap::Args;
use selvedge::diagnostic::escape_json;
use selvedge::platform::Platform;
use selvedge::{Engine, EngineBuilder, Inputs, Schema, UnknownNames, Value};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::deadline::Deadline;
use crate::exit::{Exit, Failed};
use crate::output::Answer;
use crate::project::{self, ProjectFlag};
use crate::settings::{LanguageFlags, LimitFlags, UnknownNamesFlag};
use lines::{Chunk, Lines, MAX_LINE_BYTES};

/// The most threads that evaluate, each with an engine and a stack of its own.
const MAX_THREADS: i64 = 1024;

/// The flags of `selvedge batch`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// What an unknown name means [default: error]
    #[arg(long, value_enum, value_name = "MEANING")]
    unknown_names: Option<UnknownNamesFlag>,
    /// How many threads evaluate, at most 1024; as many as the machine runs at once by default
    #[arg(long, value_name = "THREADS", value_parser = clap::value_parser!(u16).range(1..=MAX_THREADS))]
    threads: Option<u16>,
    #[command(flatten)]
    project: ProjectFlag,
    #[command(flatten)]
    language: LanguageFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

/// What tells lines apart: it comes back as it was written, but for the white space between its parts.
#[derive(Default, Deserialize)]
#[serde(transparent)]
struct Id<'a>(#[serde(borrow)] Option<&'a RawValue>);

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let spaced = |written: &&str| written.contains([' ', '\t', '\r']);
        let Some(written) = self.0.map(RawValue::get).filter(spaced) else {
            return self.0.serialize(serializer);
        };
        let (mut in_text, mut escaped) = (false, false);
        let kept = written.chars().filter(|&next| {
            let escapes = mem::replace(&mut escaped, false);
            match next {
                '"' if !escapes => in_text = !in_text,
                '\\' => escaped = !escapes,
                _ => {}
            }
            in_text || !next.is_ascii_whitespace()
        });
        let kept = RawValue::from_string(kept.collect()).map_err(serde::ser::Error::custom)?;
        kept.serialize(serializer)
    }
}

/// One line of input.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(default, borrow)]
    id: Id<'a>,
    #[serde(borrow)]
    expr: Cow<'a, str>,
    #[serde(default, borrow)]
    params: Option<&'a RawValue>,
}

/// What a request looks like.
const EXAMPLE: &str = r#"such as {"id": 1, "expr": "n + 1", "params": {"n": 2}}"#;

/// What is left of a line that is not a request.
#[derive(Default, Deserialize)]
struct Unread<'a> {
    #[serde(default, borrow)]
    id: Id<'a>,
}

/// One line of output.
#[derive(Serialize)]
struct Response<'a> {
    id: Id<'a>,
    #[serde(flatten)]
    answer: Answer,
}

/// Reads lines until the end of standard input. An error in a line is in its answer, so the exit is that of a value.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let settings = arguments.project.read(arguments.limits.deadline())?;
    let platform = arguments.language.over(settings.platform().clone(), &arguments.limits);
    let unknown_names = arguments
        .unknown_names
        .map_or(platform.unknown_names(), UnknownNames::from);
    let platform = platform.with_unknown_names(unknown_names);
    let engine = |_| project::engine(&platform).map(EngineBuilder::build);
    let threads = arguments.threads.map(usize::from);
    let threads = threads.or_else(|| available_parallelism().ok().map(NonZeroUsize::get));
    // Each thread has a cache of its own: what one compiles no other one frees.
    let engines: Vec<Engine> = (0..threads.unwrap_or(1)).map(engine).collect::<Result<_, Failed>>()?;
    let (mut input, mut output) = (Lines::new(io::stdin().lock()), io::stdout().lock());
    let mut chunk = Chunk::default();
    while input
        .next(&mut chunk)
        .map_err(|error| format!("cannot read standard input: {error}"))?
    {
        match write_answers(&engines, (&platform, &arguments.limits), &chunk.lines(), &mut output) {
            Ok(()) => {}
            // Whoever read the answers has had enough of them.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => return Err(format!("cannot write to standard output: {error}").into()),
        }
    }
    Ok(Exit::Value)
}

/// Writes the answers to lines, in their order, as they are ready.
fn write_answers(
    engines: &[Engine],
    (platform, limits): (&Platform, &LimitFlags),
    lines: &[&[u8]],
    output: &mut impl Write,
) -> io::Result<()> {
    let mut left = lines;
    while !left.is_empty() {
        let answered = workers::answer(
            left,
            engines,
            |engine, line| answer((engine, platform), line, limits.deadline()),
            |answers| output.write_all(answers).and_then(|()| output.flush()),
        )?;
        left = left.get(answered..).unwrap_or_default();
    }
    Ok(())
}

/// The answer to a line, as a line.
fn answer(engine: (&Engine, &Platform), line: &[u8], deadline: Deadline) -> Vec<u8> {
    let response = match read(line) {
        Ok(request) => Response {
            answer: evaluate(engine, &request, deadline),
            id: request.id,
        },
        Err(error) => Response {
            id: id(line),
            answer: Answer::unread(error),
        },
    };
    let mut text = escape_json(&serde_json::to_string(&response).unwrap_or_default());
    text.push('\n');
    text.into_bytes()
}

/// The request that a line is.
fn read(line: &[u8]) -> Result<Request<'_>, String> {
    if line.len() as u64 > MAX_LINE_BYTES {
        return Err(format!("the line is longer than the limit of {MAX_LINE_BYTES} bytes"));
    }
    if !is_object(line) {
        return Err(format!("the line is not a request: expected an object, {EXAMPLE}"));
    }
    serde_json::from_slice(line).map_err(|error| format!("the line is not a request: {error}"))
}

/// Whether a line begins as an object does: the derived readers take an array for the fields in their order.
fn is_object(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{")
}

/// The id of a line that is not a request: it may still say which one it is.
fn id(line: &[u8]) -> Id<'_> {
    let unread: Option<Unread<'_>> = is_object(line).then(|| serde_json::from_slice(line).unwrap_or_default());
    unread.unwrap_or_default().id
}

fn evaluate((engine, platform): (&Engine, &Platform), request: &Request<'_>, deadline: Deadline) -> Answer {
    let inputs = match request
        .params
        .map(|params| deadline.value(params.get(), "params"))
        .transpose()
    {
        Ok(Some(Value::Map(map))) => Inputs::from(map),
        Ok(None | Some(Value::Null)) => Inputs::new(),
        Ok(Some(other)) => return Answer::unread(format!("params: an object is needed, not {}", other.type_of())),
        Err(Failed::Stopped(message)) => return Answer::late(message),
        Err(failed) => return Answer::unread(failed.message().to_owned()),
    };
    let schema = project::typed_by(platform, Schema::infer_from(inputs.as_map().iter()));
    match engine.compile_with(&request.expr, &schema, &deadline.interrupt()) {
        Ok(program) => match deadline.left() {
            Some(left) => program.evaluation().timeout(left).evaluate(&inputs).into(),
            None => program.evaluate(&inputs).into(),
        },
        Err(error) => error.into(),
    }
}
