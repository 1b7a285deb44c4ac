//! Programs: read, checked, evaluated, and held against the other evaluator.

use std::borrow::Cow;

use arbitrary::{Result as Drawn, Unstructured};
use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::oracle::{Verdict, evaluate as walk, evaluate_on_machine as run, generate, print_twice};
use selvedge::{Inputs, Limits, Schema, UnknownNames};

use super::values::value;
use super::{GENERATED, LENIENT, NAMING, STRICT, check_text, engine, evaluate_twice, limits, text};

const PARAMETERS: [&str; 6] = ["p", "q", "r", "s", "L", "M"];

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

/// Settings, limits, parameters and, as the rest, a source.
struct Case<'a> {
    limits: Limits,
    open: bool,
    inputs: Inputs,
    source: Cow<'a, str>,
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

/// The outcome of a program, without the place: where a region's steps are used up differs.
fn shown(verdict: &Result<Verdict, Vec<Diagnostic>>) -> String {
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
