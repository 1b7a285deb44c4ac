//! A trace changes nothing: value, error, steps and bytes of the corpus and of the attacks are the same with and without. And it
//! is bounded.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;
#[path = "support/corpus.rs"]
mod corpus;

use selvedge::{
    Coverage, Engine, EngineBuilder, EvalError, FixedHost, Inputs, Limits, Outcome, Schema, TraceLimits, TraceStep,
    Type, UnknownNames,
};
use serde_json::Value as Json;

fn engine() -> Engine {
    engine_of(builder())
}

fn engine_of(builder: EngineBuilder) -> Engine {
    builder.limits(Limits::default().steps(100_000)).build()
}

fn builder() -> EngineBuilder {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    Engine::builder().host(host).unknown_names(UnknownNames::Null)
}

/// The outcome of an evaluation.
fn shown(result: &Result<Outcome, EvalError>) -> String {
    format!("{result:?}")
}

/// The programs of the corpus and the attacks, with their parameters.
fn programs() -> Vec<(String, Inputs)> {
    let attacks = attack::read_all();
    let attacks = attacks
        .iter()
        .filter_map(|attack| Some((attack.source(), attack.inputs().ok()?)));
    corpus::corpus().into_iter().chain(attacks).collect()
}

#[test]
fn steps_run_out_at_the_same_place() {
    let programs = [
        "boolean b = n > 0; while (b || n > 5) { b = n > 2 && b; n -= 1; } return n;",
        "int c = 0; int i = 0; while ((i = i + 3) < 20 && (c += i) < 1000 || (i = 100) < 0) { c += 1; } return c;",
        "int c = 0; for (int i = 9; i > 0; i -= 2) { if (i > 6 || (i < 4 && c > 2)) c += 1; else c += 2; } return c;",
    ];
    let inputs = Inputs::new().with("n", 7);
    for source in programs {
        for steps in 0..200 {
            let engine = Engine::builder().limits(Limits::default().steps(steps)).build();
            let program = engine.compile(source, &Schema::new().with("n", Type::Long)).unwrap();
            let (traced, _) = program.evaluation().trace(&inputs, TraceLimits::default());
            assert_eq!(
                shown(&program.evaluate(&inputs)),
                shown(&traced),
                "{source} in {steps} steps"
            );
        }
    }
}

#[test]
fn a_trace_changes_nothing() {
    let engine = engine();
    let (mut compared, mut events) = (0, 0);
    for (source, inputs) in programs() {
        for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
            let Ok(program) = engine.compile_uncached(&source, &schema) else {
                continue;
            };
            let plain = program.evaluate(&inputs);
            let (traced, trace) = program.evaluation().trace(&inputs, TraceLimits::default());
            assert_eq!(shown(&plain), shown(&traced), "{source}");
            compared += 1;
            events += trace.events().len();
            for event in trace.events() {
                assert!(!event.span.of(&source).is_empty(), "{source}: {event:?}");
            }
        }
    }
    assert!(
        compared > 7_000 && events > 10_000,
        "only {compared} programs and {events} events"
    );
}

#[test]
fn counting_changes_nothing() {
    let (coverage, mut compared) = (Coverage::new(), 0);
    for (source, inputs) in programs() {
        let schema = Schema::infer_from(inputs.as_map());
        let Ok(program) = engine().compile_uncached(&source, &schema) else {
            continue;
        };
        let counted = engine_of(builder().coverage(&coverage))
            .compile_uncached(&source, &schema)
            .unwrap();
        assert_eq!(
            shown(&program.evaluate(&inputs)),
            shown(&counted.evaluate(&inputs)),
            "{source}"
        );
        compared += 1;
    }
    let programs = coverage.programs();
    let ran = programs
        .iter()
        .filter(|program| program.statements.iter().any(|statement| statement.hits > 0));
    assert!(compared > 3_000 && ran.count() > 2_000, "only {compared} programs");
}

#[test]
fn a_trace_is_bounded() {
    let schema = Schema::new().with("text", Type::String);
    let source = "String s = text; for (int i = 0; i < 5000; i += 1) { s = text; } return s;";
    let program = engine().compile(source, &schema).unwrap();
    let inputs = Inputs::new().with("text", "\u{202e}é".repeat(100_000));
    let limits = TraceLimits::default().events(100).value_bytes(50);
    let (result, trace) = program.evaluation().trace(&inputs, limits);
    assert!(result.is_ok());
    assert_eq!(trace.events().len(), 100);
    // The first value of `s`, 5,000 iterations of an assignment, a step and a test, and the first value of `i` and its test.
    assert_eq!(trace.left_out(), 15_003 - 100);
    for event in trace.events() {
        if let TraceStep::Assigned { value, .. } = &event.step {
            assert!(
                value.len() <= 50 + '…'.len_utf8() && !value.contains('\u{202e}'),
                "{value:?}"
            );
        }
    }
}

/// A program, its parameters, and its trace: pieces of the source and the outcome of them.
const CASES: &[(&str, &str, &[&str])] = &[
    (
        "int t = 0; for (int i = 0; i < n; i += 1) { if (i == 1) { continue; } t += i * 10; } return t;",
        r#"{"n": 3}"#,
        &[
            "int t = 0;: t = 0",
            "int i = 0: i = 0",
            "i < n: true",
            "i == 1: false",
            "t += i * 10: t = 0",
            "i += 1: i = 1",
            "i < n: true",
            "i == 1: true",
            "i += 1: i = 2",
            "i < n: true",
            "i == 1: false",
            "t += i * 10: t = 20",
            "i += 1: i = 3",
            "i < n: false",
        ],
    ),
    (
        "int[] xs = new int[2]; xs[1] = 7; xs[0] += 5; String s = xs[0] > 3 ? 'big' : 'small'; return s;",
        "{}",
        &[
            "int[] xs = new int[2];: xs = [0, 0]",
            "xs[1] = 7: xs[1] = 7",
            "xs[0] += 5: xs[0] = 5",
            "xs[0] > 3: true",
            "String s = xs[0] > 3 ? 'big' : 'small';: s = 'big'",
        ],
    ),
    (
        "m = params['m']; m.put('k', m); i = 5; while (i > 3) { i -= 1; if (i == 3) { break; } } throw 'x';",
        r#"{"m": {"a": [1, "b", null], "long": {"x": {"y": {"z": {"w": {"v": 1}}}}}}}"#,
        &[
            "m = params['m']: m = {'a'=[1, 'b', null], 'long'={'x'={'y'={'z'={…}}}}}",
            "i = 5: i = 5",
            "i > 3: true",
            "i -= 1: i = 4",
            "i == 3: false",
            "i > 3: true",
            "i -= 1: i = 3",
            "i == 3: true",
        ],
    ),
    (
        "d = new DateTime(0); y = 1.5; z = true; return 1 / none;",
        r#"{"none": 0}"#,
        &[
            "d = new DateTime(0): d = 1970-01-01T00:00:00.000Z",
            "y = 1.5: y = 1.5",
            "z = true: z = true",
        ],
    ),
    (
        "boolean[] seen = new boolean[4]; for (int i = 0; i < 4; i += 2) { seen[i] = true; } return seen;",
        "{}",
        &[
            "boolean[] seen = new boolean[4];: seen = [false, false, false, false]",
            "int i = 0: i = 0",
            "i < 4: true",
            "seen[i] = true: seen[0] = true",
            "i += 2: i = 2",
            "i < 4: true",
            "seen[i] = true: seen[2] = true",
            "i += 2: i = 4",
            "i < 4: false",
        ],
    ),
    (
        "xs = b ? new int[3] : 'x'; xs[1] = 7; xs[2] += 5; y = xs[0] = 9; return xs;",
        r#"{"b": true}"#,
        &[
            "b: true",
            "xs = b ? new int[3] : 'x': xs = [0, 0, 0]",
            "xs[1] = 7: xs[1] = 7",
            "xs[2] += 5: xs[2] = 5",
            "xs[0] = 9: xs[0] = 9",
            "y = xs[0] = 9: y = 9",
        ],
    ),
    (
        "int t = (n); while ((t) < (3)) { t += (1); } if (!(t > 4)) { xs = new int[]{1}; xs[(0)] = ((t) + (1)); } \
         return ((t > 2) && (t < (9))) ? 1 : (2);",
        r#"{"n": 2}"#,
        &[
            "int t = (n);: t = 2",
            "(t) < (3): true",
            "t += (1): t = 3",
            "(t) < (3): false",
            "!(t > 4): true",
            "xs = new int[]{1}: xs = [1]",
            "xs[(0)] = ((t) + (1)): xs[0] = 4",
            "(t > 2) && (t < (9)): true",
        ],
    ),
    (
        "double[] d = new double[2]; d[1] = 1.5; d[1] += 2.5; String[] s = new String[2]; s[1] = 'a'; s[1] += 'b'; return 1;",
        "{}",
        &[
            "double[] d = new double[2];: d = [0.0, 0.0]",
            "d[1] = 1.5: d[1] = 1.5",
            "d[1] += 2.5: d[1] = 4.0",
            "String[] s = new String[2];: s = [null, null]",
            "s[1] = 'a': s[1] = 'a'",
            "s[1] += 'b': s[1] = 'ab'",
        ],
    ),
];

#[test]
fn a_trace_tells_assignments_and_branches() {
    for (source, params, expected) in CASES {
        let inputs = Inputs::from_serialize(&serde_json::from_str::<Json>(params).unwrap()).unwrap();
        for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
            let program = engine().compile(source, &schema).unwrap();
            let (_, trace) = program.evaluation().trace(&inputs, TraceLimits::default());
            let lines: Vec<String> = trace
                .events()
                .iter()
                .map(|event| {
                    let came = match &event.step {
                        TraceStep::Assigned { target, value } => format!("{target} = {value}"),
                        TraceStep::Branched { held } => held.to_string(),
                        other => format!("{other:?}"),
                    };
                    format!("{}: {came}", event.span.of(source))
                })
                .collect();
            assert_eq!(&lines, expected, "{source}");
        }
    }
}
