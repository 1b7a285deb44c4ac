//! Every attack of `tests/attacks/*.jsonl` gives the value or typed error that its line asks for, in a child process with
//! little address space and a small stack, and leaves the engine as it was.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio, exit};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use attack::Attack;
use selvedge::{CancelToken, CompileError, Engine, EvalError, Inputs, Outcome, Schema, Value, diagnostic};
use serde_json::{Value as Json, json};

/// The stack that the contract with the host names; unoptimised code takes more.
const STACK_BYTES: usize = if cfg!(debug_assertions) {
    2 * 1024 * 1024
} else {
    256 * 1024
};
/// The address space of a child, in KiB: its code and threads, the largest parameters, and the default memory budget.
const ADDRESS_SPACE_KIB: u32 = 256 * 1024;
/// No attack comes near this; it ends a child that hangs.
const HANG: Duration = Duration::from_secs(60);
/// The longest text of one error.
const MAX_ERROR_BYTES: usize = 1024;

const CATEGORY: &str = "SELVEDGE_ATTACKS_CATEGORY";
const SKIP: &str = "SELVEDGE_ATTACKS_SKIP";

/// The outcome of an attack: `value`, `error` or `parameters`, as its line would expect it.
fn run(attack: &Attack) -> Result<Json, String> {
    let inputs = match attack.inputs() {
        Ok(inputs) => inputs,
        Err(message) => {
            check_text(&message)?;
            return Ok(json!({"parameters": true}));
        }
    };
    let engine = attack.engine(attack.limits());
    let first = evaluate(attack, &engine, &inputs)?;
    let second = evaluate(attack, &engine, &inputs)?;
    // Where a deadline stops it is not a business of the program's.
    if first != second && attack.limits().get("timeout").is_none() {
        return Err(format!("the first run gave {first:?}, the second {second:?}"));
    }
    Ok(first.0)
}

/// One compilation and evaluation: its outcome, and what it used.
fn evaluate(attack: &Attack, engine: &Engine, inputs: &Inputs) -> Result<(Json, String), String> {
    let source = attack.source();
    let program = match engine.compile(&source, &attack.schema(inputs)) {
        Ok(program) => program,
        Err(error) => return Ok((refused(attack, &error)?, String::new())),
    };
    let _ = (program.listing(), format!("{program:?}").len());
    let mut evaluation = program.evaluation();
    if attack.is_cancelled() {
        let token = CancelToken::new();
        token.cancel();
        evaluation = evaluation.cancel(token);
    }
    let came = evaluation.evaluate(inputs);
    let usage = match &came {
        Ok(outcome) => outcome.usage(),
        Err(error) => error.usage(),
    };
    let limits = attack.limits();
    for (name, used) in [("steps", usage.steps), ("memory", usage.memory)] {
        if limits.get(name).is_some_and(|limit| used > limit) {
            return Err(format!("{used} {name} used, more than the limit"));
        }
    }
    let came = match came {
        Ok(outcome) => json!({"value": given(&outcome)}),
        Err(error) => stopped(attack, &error)?,
    };
    Ok((came, format!("{usage:?}")))
}

/// The value as an attack's line writes it. Copied, compared and printed on the way: none of it may overflow the stack.
fn given(outcome: &Outcome) -> Json {
    let value = outcome.value();
    assert!(value == &value.clone() || value.to_string().contains("NaN"));
    match (value, value.to_string().len()) {
        (Value::String(_), length @ 1000..) => json!({"length": length}),
        (_, length @ 1000..) => json!({"printed_length": length}),
        (value, _) => serde_json::to_value(value).unwrap(),
    }
}

fn refused(attack: &Attack, error: &CompileError) -> Result<Json, String> {
    let first = error.first_error().ok_or("refused without an error")?;
    check_error(attack, &error.to_string())?;
    for found in error.diagnostics() {
        let source = attack.source();
        check_report(&diagnostic::render(found, &source, "attack.sel"))?;
    }
    Ok(json!({"error": first.code.kind()}))
}

fn stopped(attack: &Attack, error: &EvalError) -> Result<Json, String> {
    check_error(attack, &error.to_string())?;
    check_report(&diagnostic::render(&error.diagnostic(), &attack.source(), "attack.sel"))?;
    match error.code() {
        diagnostic::Code::Internal => Err(error.to_string()),
        code => Ok(json!({"error": code.kind()})),
    }
}

/// A report shows a line of the source beside the error's own text.
fn check_report(report: &str) -> Result<(), String> {
    report.lines().try_for_each(check_text)?;
    match report.len() > 2 * MAX_ERROR_BYTES {
        true => Err(format!("a report of {} bytes: {report}", report.len())),
        false => Ok(()),
    }
}

fn check_error(attack: &Attack, text: &str) -> Result<(), String> {
    if attack.secret().is_some_and(|secret| text.contains(secret)) {
        return Err(format!("the error tells a secret: {text}"));
    }
    check_text(text)
}

/// An error's text is short and holds nothing that could forge a line or turn its direction.
fn check_text(text: &str) -> Result<(), String> {
    if text.len() > MAX_ERROR_BYTES {
        return Err(format!("an error of {} bytes: {text}", text.len()));
    }
    let forges = |character: char| {
        character.is_control()
            || matches!(character, '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    match text.contains(forges) {
        true => Err(format!("an error with a character that forges: {text:?}")),
        false => Ok(()),
    }
}

/// After an attack its engine is as it was: nothing of it can be seen by the next program.
fn check_engine_after(attack: &Attack) -> Result<(), String> {
    let engine = attack.engine(selvedge::Limits::default());
    let inputs = attack.inputs().unwrap_or_default();
    let _ = engine
        .compile(&attack.source(), &attack.schema(&inputs))
        .map(|program| program.evaluate(&inputs));
    let steps = |engine: &Engine| {
        let program = engine
            .compile("return 1;", &Schema::new())
            .map_err(|error| error.to_string())?;
        let outcome = program.evaluate(&Inputs::new()).map_err(|error| error.to_string())?;
        Ok::<_, String>((outcome.value().clone(), outcome.usage()))
    };
    match steps(&engine)? == steps(&Engine::default())? {
        true => Ok(()),
        false => Err("the engine counts otherwise after it".to_owned()),
    }
}

/// The child: runs the attacks of one category, and tells of each before and after it.
#[test]
#[ignore = "run by the other test, in processes of its own"]
fn child() {
    let category = std::env::var(CATEGORY).expect("the parent says which category");
    let skip = std::env::var(SKIP).unwrap_or_default();
    let skip: BTreeSet<&str> = skip.split(',').collect();
    for attack in attack::read(&category) {
        if skip.contains(&*attack.id) {
            continue;
        }
        println!("\n@start {}", attack.id);
        let (sender, receiver) = mpsc::channel();
        let guarded = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
            let came = run(&attack).and_then(|came| check_engine_after(&attack).map(|()| came));
            let verdict = match came {
                Ok(came) if came == *attack.expected() => json!({"id": attack.id}),
                Ok(came) => json!({"id": attack.id, "came": came, "expected": attack.expected()}),
                Err(wrong) => json!({"id": attack.id, "wrong": wrong}),
            };
            drop(attack);
            sender.send(verdict).unwrap();
        });
        let guarded = guarded.unwrap();
        match receiver.recv_timeout(HANG) {
            Ok(verdict) => println!("\n@done {verdict}"),
            Err(RecvTimeoutError::Disconnected) => println!("\n@done {}", json!({"wrong": "a panic"})),
            Err(RecvTimeoutError::Timeout) => exit(9),
        }
        let _ = guarded.join();
    }
    println!("\n@end");
}

/// Runs a category in a child, and again without the attack that broke it, until a child comes to its end.
fn run_category(category: &str) -> (usize, Vec<String>) {
    let (mut ran, mut wrong, mut skip) = (0, Vec::new(), Vec::new());
    loop {
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(format!(
                "ulimit -v {ADDRESS_SPACE_KIB}; exec \"$0\" --exact child --ignored --nocapture"
            ))
            .arg(std::env::current_exe().unwrap())
            .env(CATEGORY, category)
            .env(SKIP, skip.join(","))
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (mut current, mut ended) = (None, false);
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if let Some(id) = line.strip_prefix("@start ") {
                current = Some(id.to_owned());
            } else if let Some(verdict) = line.strip_prefix("@done ") {
                let id = current.take().unwrap();
                ran += 1;
                if serde_json::from_str::<Json>(verdict).unwrap() != json!({"id": id}) {
                    wrong.push(format!("{category}/{id}: {verdict}"));
                }
                skip.push(id);
            } else if line == "@end" {
                ended = true;
            }
        }
        let status = child.wait().unwrap();
        match current {
            Some(id) => {
                wrong.push(format!("{category}/{id}: {} ({status})", how_it_ended(status.code())));
                skip.push(id);
            }
            None if ended => return (ran, wrong),
            None => panic!("{category}: the child ended early: {status}"),
        }
    }
}

fn how_it_ended(code: Option<i32>) -> &'static str {
    match code {
        Some(9) => "hangs",
        _ => "ends the process",
    }
}

#[test]
fn every_attack_gives_what_its_line_asks_for() {
    let (mut ran, mut wrong) = (0, Vec::new());
    for category in attack::categories() {
        let (attacks, failures) = run_category(&category);
        ran += attacks;
        wrong.extend(failures);
    }
    assert!(
        wrong.is_empty(),
        "{} of {ran} attacks:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(ran >= 250, "only {ran} attacks ran");
}

#[test]
fn ids_are_unique() {
    let attacks = attack::read_all();
    let ids: BTreeSet<&str> = attacks.iter().map(|attack| &*attack.id).collect();
    assert_eq!(ids.len(), attacks.len());
}
