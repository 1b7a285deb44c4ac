//! Programs as bytes: what comes back evaluates as before; what was changed gives a typed error, or a program that compiling
//! would have given as well; and nothing in the bytes makes loading take more memory than the bytes themselves are worth.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::sync::Mutex;

use peak_alloc::PeakAlloc;
use proptest::prelude::*;
use selvedge::diagnostic::Code;
use selvedge::{
    CacheSize, Engine, FixedHost, HostFunction, HostFunctions, Inputs, Limits, LoadError, Program, Schema, Type,
    UnknownNames,
};
use serde_json::{Value as Json, json};

#[path = "support/corpus.rs"]
mod corpus;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The heap is counted for the whole process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn engine(strict: bool, unknown_names: UnknownNames) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let builder = Engine::builder().host(host).cache(CacheSize::OFF);
    builder.strict(strict).unknown_names(unknown_names).build()
}

fn lenient() -> Engine {
    engine(false, UnknownNames::Null)
}

fn kept() -> Vec<u8> {
    let schema = Schema::new().with("day", Type::Long).with("region", Type::String);
    let source = "int next = day + 1; return region + '_' + next;";
    lenient().compile(source, &schema).unwrap().to_bytes()
}

/// An artefact with this body, its header as it must be.
fn with_header(body: &[u8]) -> Vec<u8> {
    let sum = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    [
        b"selvedge",
        &2_u32.to_le_bytes()[..],
        &(body.len() as u64).to_le_bytes(),
        &sum.to_le_bytes(),
        body,
    ]
    .concat()
}

/// The body of an artefact as JSON, with one field changed.
fn forged(field: &str, value: Json) -> Vec<u8> {
    let mut body: Json = serde_json::from_slice(&kept()[28..]).unwrap();
    body[field] = value;
    with_header(body.to_string().as_bytes())
}

fn outcome(program: &Program, inputs: &Inputs) -> String {
    match program.evaluate(inputs) {
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn programs_of_the_corpus_come_back_as_they_were() {
    let _alone = ALONE.lock();
    let engine = lenient();
    let mut compared = 0;
    for (source, inputs) in corpus::corpus().into_iter().step_by(7) {
        for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
            let Ok(program) = engine.compile(&source, &schema) else {
                continue;
            };
            let bytes = program.to_bytes();
            let loaded = engine.load(&bytes).unwrap();
            assert_eq!(loaded.to_bytes(), bytes, "{source}");
            assert_eq!(loaded.listing(), program.listing(), "{source}");
            assert_eq!(outcome(&loaded, &inputs), outcome(&program, &inputs), "{source}");
            compared += 1;
        }
    }
    assert!(compared > 1_000, "only {compared} programs");
}

#[test]
fn what_is_known_of_a_program_is_compared() {
    let _alone = ALONE.lock();
    let cases = [
        (
            forged("result", json!("LONG")),
            "the result's type is STRING, and was LONG when version `0.1.0` of the crate kept the program; compile its source again",
        ),
        (
            forged("parameters", json!([["day", "LONG"]])),
            "what it reads is `day: LONG, region: STRING`, and was `day: LONG` when version `0.1.0` of the crate kept the program; compile its source again",
        ),
        (
            forged("host_functions", json!(["params.x"])),
            "what it calls is ``, and was `params.x` when version `0.1.0` of the crate kept the program; compile its source again",
        ),
        (
            forged("effects", json!(["clock", "outside"])),
            "what it reads of the host is `{}`, and was `{Clock, Outside}` when version `0.1.0` of the crate kept the program; compile its source again",
        ),
        (
            forged("strict", json!(true)),
            "the program was compiled with strict on, this engine has off; use an engine with the same",
        ),
        (
            forged("unknown_names", json!("error")),
            "the program was compiled with unknown names as an error, this engine has null; use an engine with the same",
        ),
        (
            forged("source", json!("1 +")),
            "the artefact's program is refused: unexpected end of input, expected an expression at 1:4 [E101]",
        ),
        (
            forged("source", json!("x".repeat(20_000))),
            "the artefact's program is refused: source exceeds the limit of 10000 characters at 1:1 [E110]",
        ),
        (
            forged("source", json!(1)),
            "the artefact is damaged: unexpected fields; load it from its origin again",
        ),
        (
            forged("schema", json!({"day": "VOID"})),
            "the artefact is damaged: unexpected fields; load it from its origin again",
        ),
        (
            forged("code", json!([1, 2])),
            "the artefact is damaged: unexpected fields; load it from its origin again",
        ),
        (
            b"selvedge".to_vec(),
            "the artefact is damaged: truncated header; load it from its origin again",
        ),
        (
            b"selvedge\x01\0\0\0".to_vec(),
            "the artefact has format 1, this version reads format 2; compile its source again",
        ),
        (Vec::new(), "the bytes are not a program kept by `Program::to_bytes`"),
    ];
    for (bytes, expected) in cases {
        let expected = expected.replace("`0.1.0`", concat!("`", env!("CARGO_PKG_VERSION"), "`"));
        assert_eq!(lenient().load(&bytes).unwrap_err().to_string(), expected);
    }
    // The version is told, not compared: a later one reads what an earlier one wrote.
    assert!(lenient().load(&forged("version", json!("9.9.9"))).is_ok());
}

#[test]
fn a_program_needs_the_host_functions_it_was_compiled_with() {
    let _alone = ALONE.lock();
    let mut functions = HostFunctions::new();
    functions
        .register(HostFunction::typed("params.twice", |n: i64| Ok(n.wrapping_mul(2))))
        .unwrap();
    let with = Engine::builder().host_functions(functions).build();
    let bytes = with.compile("params.twice(21)", &Schema::new()).unwrap().to_bytes();
    let loaded = with.load(&bytes).unwrap();
    assert_eq!(loaded.evaluate(&Inputs::new()).unwrap().value().as_long(), Some(42));
    let without = Engine::default().load(&bytes).unwrap_err();
    assert!(matches!(without, LoadError::Refused(_)), "{without}");
}

#[test]
fn limits_are_those_of_the_engine_that_loads() {
    let _alone = ALONE.lock();
    let bytes = Engine::default()
        .compile("while (true) { }", &Schema::new())
        .unwrap()
        .to_bytes();
    let narrow = Engine::builder()
        .limits(Limits::default().steps(10).source_length(16))
        .build();
    let stopped = narrow.load(&bytes).unwrap().evaluate(&Inputs::new()).unwrap_err();
    assert_eq!(stopped.code(), Code::StepBudget);
    let narrower = Engine::builder().limits(Limits::default().source_length(15)).build();
    assert!(matches!(narrower.load(&bytes), Err(LoadError::Refused(_))));
}

#[test]
fn hostile_bytes_take_no_more_memory_than_they_are_worth() {
    let _alone = ALONE.lock();
    let many = |part: &str, count: usize| {
        (0..count)
            .map(|index| part.replace('#', &index.to_string()))
            .collect::<String>()
    };
    let body: Json = serde_json::from_slice(&kept()[28..]).unwrap();
    let with = |field: &str, text: String| {
        let mut body = body.clone();
        body[field] = json!("PLACE");
        with_header(body.to_string().replace("\"PLACE\"", &text).as_bytes())
    };
    let mut huge_length = kept();
    huge_length[12..20].copy_from_slice(&u64::MAX.to_le_bytes());
    let cases = [
        huge_length,
        with_header("[".repeat(1 << 20).as_bytes()),
        with_header("{\"version\":".repeat(1 << 16).as_bytes()),
        with("source", format!("\"{}\"", "x".repeat(1 << 20))),
        with("version", format!("\"{}\"", "\\u0000".repeat(1 << 18))),
        with(
            "schema",
            format!("{{{}\"z\":\"ANY\"}}", many("\"#\":\"ANY\",", 1 << 16)),
        ),
        with("host_functions", format!("[{}\"\"]", many("\"\",", 1 << 18))),
        with(
            "parameters",
            format!("[{}[\"\",\"ANY\"]]", many("[\"\",\"ANY\"],", 1 << 16)),
        ),
    ];
    let engine = lenient();
    for (index, bytes) in cases.iter().enumerate() {
        HEAP.reset_peak_usage();
        let start = HEAP.current_usage();
        let loaded = engine.load(bytes);
        let taken = HEAP.peak_usage() - start;
        assert!(
            taken <= 16 * bytes.len() + 64 * 1024,
            "case {index}: {taken} of {}",
            bytes.len()
        );
        if let Err(error) = loaded {
            assert!(error.to_string().len() < 1_024, "case {index}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_byte_flipped_removed_or_added_is_noticed(at in any::<prop::sample::Index>(), byte in 1_u8.., how in 0..3) {
        let _alone = ALONE.lock();
        let mut bytes = kept();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] ^= byte,
            1 => drop(bytes.remove(at)),
            _ => bytes.insert(at, byte),
        }
        if bytes != kept() {
            prop_assert!(lenient().load(&bytes).is_err());
        }
    }

    /// With a header that fits, a changed body is refused, or is a program that this engine compiles.
    #[test]
    fn a_forged_body_is_refused_or_compiled(at in any::<prop::sample::Index>(), byte in any::<u8>(), how in 0..3) {
        let _alone = ALONE.lock();
        let mut body = kept()[28..].to_vec();
        let at = at.index(body.len());
        match how {
            0 => body[at] = byte,
            1 => drop(body.remove(at)),
            _ => body.insert(at, byte),
        }
        if let Ok(program) = lenient().load(&with_header(&body)) {
            let fields: Json = serde_json::from_slice(&body).unwrap();
            let schema: Schema = serde_json::from_value(fields["schema"].clone()).unwrap();
            let compiled = lenient().compile(fields["source"].as_str().unwrap(), &schema).unwrap();
            prop_assert_eq!(program.to_bytes(), compiled.to_bytes());
            prop_assert_eq!(program.listing(), compiled.listing());
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _alone = ALONE.lock();
        prop_assert!(lenient().load(&bytes).is_err());
        prop_assert!(lenient().load(&with_header(&bytes)).is_err());
    }
}
