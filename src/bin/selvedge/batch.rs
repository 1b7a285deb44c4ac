//! `selvedge batch`: JSON lines in, JSON lines out, in order.

use std::io::{self, BufRead, BufWriter, Write};

use clap::Args;
use selvedge::{Engine, Inputs, Schema, Value};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use crate::Exit;
use crate::output;
use crate::settings::{CapabilityFlags, LimitFlags, UnknownNamesFlag};

/// The most bytes of one line that are read; a longer one gives an error line.
const MAX_LINE_BYTES: u64 = 64 * 1024 * 1024;

/// The flags of `selvedge batch`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// What an unknown name means
    #[arg(long, value_enum, default_value_t, value_name = "MEANING")]
    unknown_names: UnknownNamesFlag,
    #[command(flatten)]
    capabilities: CapabilityFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

/// One line of input.
#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Json,
    expr: String,
    #[serde(default)]
    params: Option<Box<RawValue>>,
}

/// Reads lines until the end of standard input. An error in a line is in its answer, so the exit is that of a value.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    let engine = arguments
        .capabilities
        .builder()
        .limits(arguments.limits.limits())
        .unknown_names(arguments.unknown_names.into())
        .build();
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    while read_line(&mut input, &mut line).map_err(|error| format!("cannot read standard input: {error}"))? {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let written = writeln!(out, "{}", Json::Object(answer(&engine, &line))).and_then(|()| out.flush());
        match written {
            Ok(()) => {}
            // Whoever read the answers has had enough of them.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => return Err(format!("cannot write to standard output: {error}")),
        }
    }
    Ok(Exit::Value)
}

/// Reads the next line; false at the end.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = io::Read::take(&mut *input, MAX_LINE_BYTES).read_until(b'\n', line)?;
    if read as u64 == MAX_LINE_BYTES && line.last() != Some(&b'\n') {
        skip_line(input)?;
    }
    Ok(read > 0)
}

/// Skips the rest of a line that is too long.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (length, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(length);
        if ended {
            return Ok(());
        }
    }
}

/// The answer to a line.
fn answer(engine: &Engine, line: &[u8]) -> Map<String, Json> {
    let (id, fields) = match serde_json::from_slice::<Request>(line) {
        Ok(request) => {
            let inputs = request.params.map(|params| Value::from_json(params.get())).transpose();
            let fields = match inputs {
                Ok(Some(Value::Map(map))) => evaluate(engine, &request.expr, &Inputs::from(map)),
                Ok(None | Some(Value::Null)) => evaluate(engine, &request.expr, &Inputs::new()),
                Ok(Some(other)) => output::bad_input(&format!("params: an object is needed, not {}", other.type_of())),
                Err(error) => output::bad_input(&format!("params: {error}")),
            };
            (request.id, fields)
        }
        Err(error) => {
            // A line without an expression may still say which one it is.
            let id = serde_json::from_slice::<Json>(line)
                .ok()
                .and_then(|json| json.get("id").cloned());
            (
                id.unwrap_or_default(),
                output::bad_input(&format!("the line is no request: {error}")),
            )
        }
    };
    std::iter::once(("id".to_owned(), id)).chain(fields).collect()
}

fn evaluate(engine: &Engine, source: &str, inputs: &Inputs) -> Map<String, Json> {
    let schema = Schema::infer_from(inputs.as_map().iter());
    let program = match engine.compile(source, &schema) {
        Ok(program) => program,
        Err(error) => return output::compile_error(&error),
    };
    match program.evaluate(inputs) {
        Ok(outcome) => output::outcome(outcome),
        Err(error) => output::eval_error(&error),
    }
}
