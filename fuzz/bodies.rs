//! What each fuzz target holds true of any bytes. The targets of `fuzz_targets` call these with what the fuzzer makes;
//! `tests/replay.rs` of the library calls them with the seeds.
#![allow(dead_code, reason = "each target calls one")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a target stops at what must not be")]

use std::sync::LazyLock;

use arbitrary::{Result as Drawn, Unstructured};
use selvedge::diagnostic::{Code, escape_json, escape_lines};
use selvedge::lint::LintSet;
use selvedge::oracle::{self, evaluate as walk, evaluate_on_machine as run, generate, print_twice};
use selvedge::params::{ParameterSet, Problem, Scope, Template};
use selvedge::workflow::Workflow;
use selvedge::{
    CostBound, Engine, FixedHost, InputSizes, Inputs, Limits, LineIndex, List, Map, Position, Program, Schema,
    UnknownNames, Value,
};

/// A target.
type Target = fn(&[u8]);

/// All targets by name.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("grammar", grammar),
    ("parse", parse),
    ("check", check),
    ("evaluate", evaluate),
    ("differential", differential),
    ("soundness", soundness),
    ("format", format),
    ("regex", regex),
    ("dates", dates),
    ("values", values),
    ("interpolation", interpolation),
    ("artefact", artefact),
    ("cost", cost),
    ("files", files),
    ("workflow", workflow::target),
];

#[path = "reference.rs"]
mod reference;

#[path = "workflow.rs"]
pub(crate) mod workflow;

/// The longest text of an error.
const MAX_ERROR_BYTES: usize = 1024;
const PARAMETERS: [&str; 6] = ["p", "q", "r", "s", "L", "M"];

fn limits() -> Limits {
    Limits::default()
        .steps(50_000)
        .memory(1 << 20)
        .string_length(64 << 10)
        .array_length(2_000)
        .map_entries(2_000)
        .result_size(256 << 10)
}

fn engine(limits: Limits, strict: bool, unknown_names: UnknownNames) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let none = selvedge::CacheSize::OFF;
    let builder = Engine::builder().limits(limits).host(host).cache(none);
    builder.strict(strict).unknown_names(unknown_names).build()
}

static LENIENT: LazyLock<Engine> = LazyLock::new(|| engine(limits(), false, UnknownNames::Null));
static NAMING: LazyLock<Engine> = LazyLock::new(|| engine(limits(), false, UnknownNames::Error));
static STRICT: LazyLock<Engine> = LazyLock::new(|| engine(limits(), true, UnknownNames::Null));
/// The parameters that generated programs use.
static GENERATED: LazyLock<Inputs> = LazyLock::new(|| {
    let json: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    Inputs::from_serialize(&json).unwrap()
});

/// An error's text is short, and forges neither lines nor directions.
fn check_text(text: &str) {
    let forges = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(text.len() <= MAX_ERROR_BYTES, "an error of {} bytes", text.len());
    assert!(!text.contains(forges), "an error that forges: {text:?}");
}

fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// Any text reads as pest reads it.
pub(crate) fn grammar(data: &[u8]) {
    reference::agree(&text(data));
}

/// Any text parses or is refused with an honest error; what parses prints to the same tree.
pub(crate) fn parse(data: &[u8]) {
    let source = text(data);
    match print_twice(&source) {
        // Parentheses that printing adds may nest deeper than the source did.
        Ok((_, Err(refused))) if refused.code == Code::NestingTooDeep => {}
        Ok((printed, again)) => assert_eq!(again.as_ref(), Ok(&printed), "{source}"),
        Err(refused) => {
            check_text(&refused.message);
            assert_ne!(refused.code, Code::Internal, "{}", refused.message);
        }
    }
}

/// Any text is checked without an internal error, whatever the settings.
pub(crate) fn check(data: &[u8]) {
    let source = text(data);
    let schemas = [Schema::open(), Schema::infer_from(GENERATED.as_map()), Schema::new()];
    for engine in [&*LENIENT, &*NAMING, &*STRICT] {
        for schema in &schemas {
            if let Err(error) = engine.compile_uncached(&source, schema) {
                check_text(&error.to_string());
                for found in error.diagnostics() {
                    assert_ne!(found.code, Code::Internal, "{}", found.message);
                    check_text(&found.message);
                    let span = found.span;
                    assert!(
                        span.start <= span.end && span.end as usize <= source.len().max(1),
                        "{span:?}"
                    );
                    assert!(source.is_char_boundary(span.start as usize), "{span:?}");
                }
                assert!(error.report("fuzz.sel").len() < 200_000);
            }
        }
    }
}

/// A value, nested as deep as `depth` at most.
fn value(u: &mut Unstructured<'_>, depth: u32) -> Drawn<Value> {
    let short = |u: &mut Unstructured<'_>| -> Drawn<String> {
        let length = usize::from(u.arbitrary::<u8>()? % 24).min(u.len());
        Ok(String::from_utf8_lossy(u.bytes(length)?).into_owned())
    };
    Ok(match u.arbitrary::<u8>()? % if depth == 0 { 7 } else { 12 } {
        0 => Value::Null,
        1 => Value::from(u.arbitrary::<bool>()?),
        2 => Value::from(i64::from(u.arbitrary::<i8>()?)),
        3 => Value::from(u.arbitrary::<i64>()?),
        4 => Value::from(u.arbitrary::<f64>()?),
        5 => Value::from(short(u)?),
        6 => Value::from(short(u)?.repeat(usize::from(u.arbitrary::<u8>()?))),
        kind => {
            let count = usize::from(u.arbitrary::<u8>()? % 6);
            let times = 0..count;
            match kind {
                7 => Value::LongArray(times.map(|_| u.arbitrary()).collect::<Drawn<_>>()?),
                8 => Value::DoubleArray(times.map(|_| u.arbitrary()).collect::<Drawn<_>>()?),
                9 => Value::StringArray(times.map(|_| short(u).map(Some)).collect::<Drawn<_>>()?),
                10 => Value::List(
                    times
                        .map(|_| value(u, depth - 1))
                        .collect::<Drawn<Vec<_>>>()
                        .map(List::from)?,
                ),
                _ => Value::Map(
                    times
                        .map(|_| Ok((short(u)?, value(u, depth - 1)?)))
                        .collect::<Drawn<Map>>()?,
                ),
            }
        }
    })
}

/// Settings, limits, parameters and, as the rest, a source.
struct Case<'a> {
    limits: Limits,
    open: bool,
    inputs: Inputs,
    source: std::borrow::Cow<'a, str>,
}

fn case<'a>(u: &mut Unstructured<'a>) -> Drawn<Case<'a>> {
    let (flags, parameters) = (u.arbitrary::<u8>()?, u.arbitrary::<u8>()? % 6);
    let mut limits = limits();
    if flags & 1 != 0 {
        limits = limits.steps(u64::from(u.arbitrary::<u16>()?));
    }
    if flags & 2 != 0 {
        limits = limits.memory(u64::from(u.arbitrary::<u16>()?));
    }
    if flags & 4 != 0 {
        limits = limits.string_length(u64::from(u.arbitrary::<u8>()?));
        limits = limits.array_length(u64::from(u.arbitrary::<u8>()?));
    }
    let mut inputs = Inputs::new();
    for name in PARAMETERS.iter().take(usize::from(parameters)) {
        inputs = inputs.with(*name, value(u, 3)?);
    }
    let rest = u.len();
    Ok(Case {
        limits,
        open: flags & 8 != 0,
        inputs,
        source: String::from_utf8_lossy(u.bytes(rest)?),
    })
}

/// Any source on any parameters gives a value or an honest error, within its limits, and the same each time.
pub(crate) fn evaluate(data: &[u8]) {
    let Ok(case) = case(&mut Unstructured::new(data)) else {
        return;
    };
    let schema = if case.open {
        Schema::open()
    } else {
        Schema::infer_from(case.inputs.as_map())
    };
    let engine = engine(case.limits.clone(), false, UnknownNames::Null);
    evaluate_twice(&engine, &case.source, &schema, &case.inputs);
}

fn evaluate_twice(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) {
    let Ok(program) = engine.compile_uncached(source, schema) else {
        return;
    };
    let evaluate = || match program.evaluate(inputs) {
        Ok(outcome) => (format!("{:?}", outcome.value()), outcome.usage()),
        Err(error) => {
            assert_ne!(error.code(), Code::Internal, "{source}: {error}");
            check_text(&error.to_string());
            (error.to_string(), error.usage())
        }
    };
    let first = evaluate();
    let limits = engine.limits();
    assert!(
        first.1.steps <= limits.steps && first.1.memory <= limits.memory,
        "{source}: {:?}",
        first.1
    );
    assert_eq!(first, evaluate(), "{source}");
}

/// What came of a program, without the place: where a region's steps are used up differs.
fn shown(verdict: &Result<selvedge::oracle::Verdict, Vec<selvedge::diagnostic::Diagnostic>>) -> String {
    match verdict {
        Ok(verdict) => match &verdict.outcome {
            Ok(value) => format!("{value:?} {:?}", verdict.usage),
            Err((code, message, _)) => format!("{code:?} {message} {:?}", verdict.usage),
        },
        Err(diagnostics) => format!("{diagnostics:?}"),
    }
}

/// The machine and the tree walker agree: on a generated program, or on the source where the first byte is odd.
pub(crate) fn differential(data: &[u8]) {
    let Some((&how, rest)) = data.split_first() else {
        return;
    };
    let source = if how & 1 == 0 {
        generate::program(rest)
    } else {
        text(rest).into_owned()
    };
    let schema = if how & 2 == 0 {
        Schema::infer_from(GENERATED.as_map())
    } else {
        Schema::open()
    };
    let machine = shown(&run(&LENIENT, &source, &schema, &GENERATED));
    let walker = shown(&walk(&LENIENT, &source, &schema, &GENERATED));
    assert_eq!(machine, walker, "{source}");
}

/// What `strict` lets pass never ends in an error of types.
pub(crate) fn soundness(data: &[u8]) {
    let Some((&how, rest)) = data.split_first() else {
        return;
    };
    let source = if how & 1 == 0 {
        generate::program(rest)
    } else {
        text(rest).into_owned()
    };
    let schema = Schema::infer_from(GENERATED.as_map());
    if let Ok(verdict) = run(&STRICT, &source, &schema, &GENERATED)
        && let Err((code, message, _)) = verdict.outcome
    {
        let of_types = matches!(
            code,
            Code::TypeMismatch | Code::ParameterType | Code::AssignmentType | Code::Internal
        );
        assert!(!of_types, "strict let pass: {source}\n{code}: {message}");
    }
}

/// Evaluates the sources on texts `p`, `q` and `r`, which the data hold between NUL characters, and on numbers.
fn on_texts(data: &[u8], sources: &[&str]) {
    let Some((&which, rest)) = data.split_first() else {
        return;
    };
    let rest = text(rest);
    let mut parts = rest.splitn(3, '\0');
    let mut inputs = Inputs::new();
    for name in ["p", "q", "r"] {
        inputs = inputs.with(name, parts.next().unwrap_or(""));
    }
    let number = rest
        .bytes()
        .fold(7_i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(i64::from(byte)));
    inputs = inputs.with("n", number).with("d", f64::from_bits(number as u64));
    let source = sources[usize::from(which) % sources.len()];
    evaluate_twice(&LENIENT, source, &Schema::infer_from(inputs.as_map()), &inputs);
    // A constant in place of the parameter: it is prepared when the program is compiled.
    let quoted: String = inputs
        .as_map()
        .get("q")
        .and_then(Value::as_str)
        .unwrap_or("")
        .escape_unicode()
        .fold(String::new(), |mut text, c| {
            if !matches!(c, '{' | '}') {
                text.push(c);
            }
            text
        });
    let constant = source.replace("(q", &format!("('{quoted}'"));
    if let Err(error) = LENIENT.compile_uncached(&constant, &Schema::infer_from(inputs.as_map())) {
        check_text(&error.to_string());
    }
}

/// Formats, texts and numbers.
pub(crate) fn format(data: &[u8]) {
    on_texts(
        data,
        &[
            "String.format(q, p, r, n, d)",
            "String.format(q, n, n, n)",
            "String.format(q, d, d)",
            "Long.valueOf(p)",
            "Double.valueOf(p)",
            "Double.valueOf(p) + ''",
            "d + '' + n",
            "p.toUpperCase() + p.toLowerCase() + p.trim()",
            "p.substring(n % 10) + p.substring(1, 3)",
        ],
    );
}

/// Patterns on texts.
pub(crate) fn regex(data: &[u8]) {
    on_texts(
        data,
        &[
            "p.split(q)",
            "p.replaceAll(q, r)",
            "p.split(q, n % 9)",
            "p.contains(q)",
            "p.replaceAll(q, '')",
            "p.matches(q)",
            "p.replace(q, r)",
        ],
    );
}

/// Dates from texts and numbers, and patterns of dates.
pub(crate) fn dates(data: &[u8]) {
    on_texts(
        data,
        &[
            "DateTimeFormat.forPattern(q).parseDateTime(p).getMillis()",
            "DateTimeFormat.forPattern(q).print(new DateTime(n))",
            "new DateTime(p).toString()",
            "new DateTime(n).toString()",
            "new DateTime(n).toString(q)",
            "new DateTime(n % 100000000000000).withZone(DateTimeZone.forID(q)).toString()",
            "new DateTime(n % 100000000000000).plusMonths(n % 100000).minusDays(n % 70000).toString()",
            "new DateTime(p).withZone(DateTimeZone.forID(q)).plusDays(n % 1000).getDayOfWeek()",
            "Days.daysBetween(new DateTime(p), new DateTime(r)).getDays()",
            "Util.dateIntsBetween(new DateTime(p), new DateTime(r), 1)",
        ],
    );
}

/// Values survive JSON and serde; what is not JSON is refused.
pub(crate) fn values(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        match Value::from_json(text) {
            Ok(read) => {
                let again = Value::from_json(&serde_json::to_string(&read).unwrap()).unwrap();
                assert_eq!(read, again);
                let _ = read.to_string();
            }
            Err(error) => check_text(&error.to_string()),
        }
    }
    if let Ok(made) = value(&mut Unstructured::new(data), 4) {
        let shown = format!("{made:?}");
        assert_eq!(format!("{:?}", made.clone()), shown);
        // Arrays come back as what serde can tell apart, so the second passage changes nothing more.
        if let Ok(once) = Value::from_serialize(&made) {
            let twice = Value::from_serialize(&once).unwrap();
            assert_eq!(format!("{once:?}"), format!("{twice:?}"));
        }
        let inputs = Inputs::new().with("p", made);
        evaluate_twice(&LENIENT, "p", &Schema::infer_from(inputs.as_map()), &inputs);
    }
}

/// What stands in a text for parameters is found and put in; a set of parameters in JSON or YAML is read, planned and evaluated,
/// or refused with honest problems, and the same each time.
pub(crate) fn interpolation(data: &[u8]) {
    let source = text(data);
    let template = Template::new(&source);
    let references = template.references();
    let rendered = template.render(|name| Some(format!("<{name}>")));
    assert!(rendered.is_ok(), "all names are known: {source:?}");
    if !source.contains('$') {
        assert!(
            references.is_empty() && rendered.as_deref() == Ok(&*source),
            "{source:?}"
        );
    }
    let unknown = template.render(|_| None::<&str>);
    assert!(unknown.is_ok() || !references.is_empty(), "{source:?}");
    for read in [ParameterSet::from_json(&source), ParameterSet::from_yaml(&source)] {
        match read {
            Ok(set) => evaluate_set(&set),
            Err(refused) => check_problems(refused.problems()),
        }
    }
    // As the text of a parameter among others.
    let json = serde_json::json!({
        "name": {"value": "orders", "type": "STRING"},
        "n": {"value": 7, "type": "LONG"},
        "p": {"value": &*source, "type": "STRING"},
    });
    if let Ok(set) = ParameterSet::from_json(&json.to_string()) {
        evaluate_set(&set);
    }
}

fn evaluate_set(set: &ParameterSet) {
    let scope = Scope::new();
    match set.plan(&LENIENT, &scope) {
        Ok(plan) => {
            let report = plan.evaluate(&scope);
            check_problems(report.error().as_slice().iter().copied());
            check_problems(report.warnings());
            assert_eq!(report.values(), plan.evaluate(&scope).values());
        }
        Err(refused) => check_problems(refused.problems()),
    }
    let written = serde_json::to_string(set).unwrap();
    let again = ParameterSet::from_json(&written);
    assert!(again.is_ok(), "{written}: {again:?}");
}

fn check_problems<'p>(problems: impl IntoIterator<Item = &'p Problem>) {
    for problem in problems {
        assert_ne!(problem.code(), Code::Internal, "{}", problem.message());
        check_text(problem.message());
    }
}

/// The bytes of a kept program give it again, changed bytes an honest error, and a body that somebody made to fit its header
/// nothing that compiling would not have given.
pub(crate) fn artefact(data: &[u8]) {
    let Some((&how, rest)) = data.split_first() else {
        return;
    };
    let load = |bytes: &[u8]| match LENIENT.load(bytes) {
        Ok(program) => {
            let again = LENIENT.load(&program.to_bytes()).unwrap();
            assert_eq!(again.to_bytes(), program.to_bytes());
            assert!(LENIENT.limits().source_length as usize >= program.source().encode_utf16().count());
            true
        }
        Err(error) => {
            check_text(&error.to_string());
            false
        }
    };
    match how % 3 {
        0 => drop(load(rest)),
        1 => {
            let sum = rest.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
            });
            let header = [
                &b"selvedge\x01\0\0\0"[..],
                &(rest.len() as u64).to_le_bytes(),
                &sum.to_le_bytes(),
            ]
            .concat();
            load(&[&header, rest].concat());
        }
        _ => {
            let [at, with, source @ ..] = rest else {
                return;
            };
            let Ok(program) = LENIENT.compile_uncached(&text(source), &Schema::open()) else {
                return;
            };
            let mut bytes = program.to_bytes();
            assert!(load(&bytes));
            let at = usize::from(*at) * bytes.len() / 256;
            bytes[at] ^= with;
            assert_eq!(load(&bytes), *with == 0);
        }
    }
}

/// No evaluation uses more than its bound, and no lint or listing fails, whatever compiles: the text, and a generated program.
pub(crate) fn cost(data: &[u8]) {
    for source in [text(data).into_owned(), generate::program(data)] {
        for schema in [Schema::open(), Schema::infer_from(GENERATED.as_map())] {
            for engine in [&*LENIENT, &*STRICT] {
                if let Ok(program) = engine.compile_uncached(&source, &schema) {
                    stays_within_its_bound(&program);
                    for lint in program.lints(LintSet::all()) {
                        check_text(&lint.diagnostic.message);
                        assert!(lint.diagnostic.span.end as usize <= source.len(), "{source}");
                    }
                    assert!(!program.listing().is_empty());
                }
            }
        }
    }
}

fn stays_within_its_bound(program: &Program) {
    let used = match program.evaluate(&GENERATED) {
        Ok(outcome) => outcome.usage(),
        Err(error) => error.usage(),
    };
    let assumed = InputSizes::new();
    let sizes = [
        Some(InputSizes::of(&GENERATED)),
        assumed.covers(&GENERATED).then_some(assumed),
    ];
    for sizes in sizes.into_iter().flatten() {
        match program.cost_bound(&sizes) {
            CostBound::Bounded { steps, bytes } => {
                let source = program.source();
                assert!(
                    used.steps <= steps && used.memory <= bytes,
                    "{used:?} for {steps}, {bytes}: {source}"
                );
            }
            CostBound::Unbounded { span, reason } => {
                check_text(&reason);
                assert!(span.end as usize <= program.source().len(), "{span:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Any file is read by the command as YAML and as JSON: each text lies in the file, and each of its places in the text. As a
/// definition it is read or refused with honest problems.
pub(crate) fn files(data: &[u8]) {
    let file = text(data);
    for is_json in [false, true] {
        match oracle::texts(&file, is_json) {
            Ok(texts) => texts.iter().for_each(|text| lies_in(text, &file)),
            // Of what a parser says, the command prints a clean form.
            Err((at, message)) => {
                assert!(at <= file.len() + 1, "{at}");
                assert!(!escape_lines(&message).contains(['\u{1b}', '\r']));
            }
        }
        let read = match is_json {
            true => Workflow::from_json(&file),
            false => Workflow::from_yaml(&file),
        };
        let _ = (Workflow::is_json_definition(&file), Workflow::is_yaml_definition(&file));
        for problem in read.err().into_iter().flatten() {
            check_text(&problem.diagnostic().message);
            assert!(!problem.render("fuzz.yaml").contains(['\u{1b}', '\r', '\u{202e}']));
        }
    }
    lines_are_found(&file);
}

fn lies_in(text: &oracle::Text, file: &str) {
    let place = &text.place;
    assert!(place.start <= place.end && place.end <= file.len(), "{place:?}");
    let path = serde_json::json!(text.path).to_string();
    assert!(serde_json::from_str::<serde_json::Value>(&escape_json(&path)).is_ok());
    let mut last = 0;
    for &at in text.characters.iter().flatten() {
        assert!(last <= at && at <= file.len(), "{at} after {last}");
        last = at;
    }
}

/// An index gives the places that counting from the start gives.
fn lines_are_found(file: &str) {
    let index = LineIndex::new(file);
    for (offset, _) in file.char_indices().take(300) {
        let position = Position::at(file, offset as u32);
        assert_eq!(index.position(offset as u32), position);
        assert_eq!(index.offset(position), offset as u32);
    }
}
