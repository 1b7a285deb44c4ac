//! Definitions that are made to hurt: each must be read, refused or evaluated within its limits, with the code that says so, and
//! without a look at any clock. What takes too long here shows as a test that does not end.
#![cfg(all(feature = "yaml", feature = "datetime"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fmt::Write as _;

use selvedge::diagnostic::Code;
use selvedge::params::{ParameterSet, Scope};
use selvedge::workflow::{Answers, Blueprint, Progress, Status, UnfoldLimits, Unfolding, Workflow};
use selvedge::{Engine, Map};

/// The YAML of many parameters, each made from its number.
fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        let _ = writeln!(text, "{}", line(index));
        text
    })
}

/// The codes that come of a set: of what refuses it, or of what stops it; `None` if it is evaluated.
fn codes(yaml: &str) -> Vec<Code> {
    let planned = ParameterSet::from_yaml(yaml).and_then(|set| set.plan(&Engine::default(), &Scope::new()));
    match planned {
        Err(refused) => {
            let problems = refused.problems();
            assert!(problems.iter().all(|problem| problem.to_string().len() < 2_000));
            problems.iter().map(selvedge::params::Problem::code).collect()
        }
        Ok(plan) => {
            let report = plan.evaluate(&Scope::new());
            assert!(report.error().is_some() || report.size() <= 750_000);
            report
                .error()
                .map(selvedge::params::Problem::code)
                .into_iter()
                .collect()
        }
    }
}

#[test]
fn parameters_by_the_thousands() {
    let thousands = 10_000;
    let sets = [
        ("apart", many(thousands, |n| format!("p{n}: {n}")), None),
        (
            "a chain",
            many(thousands, |n| {
                format!(
                    "'!p{n}<long>': {}",
                    if n == 0 {
                        "1".to_owned()
                    } else {
                        format!("p{} + 1", n - 1)
                    }
                )
            }),
            None,
        ),
        (
            "a chain, the last first",
            many(thousands, |n| match n + 1 == thousands {
                true => format!("'!p{n}<long>': 1"),
                false => format!("'!p{n}<long>': p{} + 1", n + 1),
            }),
            None,
        ),
        (
            "a cycle",
            many(thousands, |n| format!("'!p{n}<long>': p{}", (n + 1) % thousands)),
            Some(Code::ParameterCycle),
        ),
        (
            "names that are not known",
            many(thousands, |n| format!("'!p{n}<long>': q{n}")),
            Some(Code::UnknownName),
        ),
        (
            "calls that are not known",
            many(thousands, |n| format!("'!p{n}<long>': Utl.f({n})")),
            Some(Code::UnknownName),
        ),
        (
            "computed names",
            many(1_000, |n| {
                format!("'!p{n}': \"'' + params['p' + {}]\"", n.saturating_sub(1))
            }),
            Some(Code::ParameterCycle),
        ),
        (
            "computed names that nothing has",
            many(thousands, |n| format!("'!p{n}': \"'' + params['q' + {n}]\"")),
            None,
        ),
        (
            "computed names, each of which may be any of thousands",
            many(thousands, |n| match n < 5_000 {
                true => format!("p{n}: {n}"),
                false => format!("'!p{n}': \"'' + params['p' + {}]\"", n - 5_000),
            }),
            None,
        ),
        (
            "a text that names all",
            format!(
                "{}all: '{}'\n",
                many(thousands, |n| format!("p{n}: {n}")),
                (0..thousands).fold(String::new(), |text, n| text + &format!("$p{n} "))
            ),
            None,
        ),
        (
            "cycles everywhere",
            many(200, |n| {
                format!(
                    "t{n}: '{}'",
                    (0..200).fold(String::new(), |text, m| text + &format!("$t{m} "))
                )
            }),
            Some(Code::ParameterCycle),
        ),
    ];
    for (name, yaml, expected) in sets {
        let codes = codes(&yaml);
        assert_eq!(codes.first().copied(), expected, "{name}: {:?}", codes.len());
    }
}

#[test]
fn problems_without_end() {
    let refused = |yaml: &str| {
        let set = ParameterSet::from_yaml(yaml).and_then(|set| set.plan(&Engine::default(), &Scope::new()));
        Vec::from(set.unwrap_err())
    };
    let names = (0..20_000).fold(String::new(), |text, n| text + &format!("${{q{n}}}"));
    let of_text = refused(&format!("x: '{names}'\n"));
    assert_eq!(of_text.len(), 51);
    assert_eq!(of_text[50].message(), "19950 more errors in this text, not shown");
    let first = of_text[0].expression().unwrap();
    assert!(
        of_text
            .iter()
            .all(|problem| std::ptr::eq(problem.expression().unwrap(), first))
    );
    let of_document = refused(&many(20_000, |n| format!("{n}: 1")));
    assert_eq!(of_document.len(), 1_001);
    let more = "too many errors: only the first 1000 are shown";
    assert_eq!(of_document[1_000].message(), more);
    let of_set = refused(&many(3_000, |n| format!("'!p{n}<long>': q{n}")));
    assert_eq!((of_set.len(), of_set[1_000].message()), (1_001, more));
    // Warnings before them do not hide errors.
    let mixed = many(3_000, |n| format!("'!p{n}<string>': {n} + 1")) + "'!wrong<long>': nowhere\n";
    assert!(refused(&mixed)[0].is_error());
}

#[test]
fn texts_that_double() {
    let doubling = "a: xxxxxxxxxxxxxxxx\n".to_owned()
        + &many(60, |n| match n {
            0 => "t0: $a$a".to_owned(),
            n => format!("t{n}: $t{}$t{}", n - 1, n - 1),
        });
    assert_eq!(codes(&doubling), [Code::SetSize]);
    let wide = format!("a: {}\nb: '{}'\n", "x".repeat(100_000), "$a".repeat(100_000));
    assert_eq!(codes(&wide), [Code::StringLength]);
    let arrays = format!("a: [{}]\nb: '{}'\n", "1, ".repeat(20_000), "$a".repeat(100_000));
    assert_eq!(codes(&arrays), [Code::StringLength]);
    let loops = many(100, |n| {
        format!("'!p{n}<long>': 'i = 0; while (i < 90000) {{ i = i + 1; }} return i;'")
    });
    assert_eq!(codes(&loops), [Code::SetBudget]);
}

#[test]
fn maps_that_nest() {
    let nested = |levels: usize| "{m: ".repeat(levels) + "1" + &"}".repeat(levels);
    assert_eq!(codes(&format!("a: {}", nested(50))), []);
    assert_eq!(codes(&format!("a: {}", nested(90))), [Code::DefinitionShape]);
    assert_eq!(codes(&format!("a: {}", nested(200))), [Code::DocumentSyntax]);
    assert_eq!(codes(&format!("a: {}", "[".repeat(200_000))), [Code::DocumentSyntax]);
    let json = format!("{{\"a\": {}", "{\"value\": ".repeat(100_000));
    let refused = ParameterSet::from_json(&json).unwrap_err();
    assert_eq!(refused.problems()[0].code(), Code::DocumentSyntax);
}

/// How a workflow ends, all steps answered with success; or the code of what refuses it.
fn end(yaml: &str) -> Result<Status, Code> {
    let built = Workflow::from_yaml(yaml).and_then(|workflow| Blueprint::builder(workflow).build(&Engine::default()));
    let blueprint = built.map_err(|refused| refused.problems()[0].code())?;
    let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|refused| refused.problems()[0].code())?;
    unfolding.walk(&Answers::default(), None).unwrap();
    let Progress::Ended(status) = unfolding.progress() else {
        panic!("it has not ended")
    };
    Ok(status)
}

fn steps(count: usize, step: impl Fn(usize) -> String) -> String {
    format!(
        "workflow:\n  id: w\n  jobs:\n{}",
        many(count, |n| format!("    - job: {{id: s{n}, type: x{}}}", step(n)))
    )
}

#[test]
fn steps_by_the_thousands() {
    let next = |n: usize, count: usize| match n + 1 < count {
        true => format!(", transition: [s{}]", n + 1),
        false => String::new(),
    };
    assert_eq!(end(&steps(2_000, |_| String::new())), Ok(Status::Succeeded));
    assert_eq!(end(&steps(2_000, |n| next(n, 2_000))), Ok(Status::Succeeded));
    assert_eq!(end(&steps(2_001, |_| String::new())), Err(Code::WorkflowSize));
    assert_eq!(
        end(&steps(2_000, |n| format!(", transition: [s{}]", (n + 1) % 2_000))),
        Err(Code::StepCycle)
    );
    let all = |n: usize| (n + 1..300).fold(String::new(), |text, to| text + &format!("s{to}, "));
    assert_eq!(
        end(&steps(300, |n| format!(", transition: [{}]", all(n)))),
        Ok(Status::Succeeded)
    );
}

#[test]
fn loops_that_explode() {
    let foreach = |id: &str, count: &str, inner: &str| {
        format!(
            "{{foreach: {{id: {id}, params: {{'!i{id}<array<long>>': 'Util.intsBetween(0, {count}, 1)'}}, jobs: [{inner}]}}}}"
        )
    };
    let of = |list: &str| format!("workflow: {{id: w, jobs: [{list}]}}");
    let step = "{job: {id: x, type: y}}";
    assert_eq!(end(&of(&foreach("a", "5000", step))), Ok(Status::Succeeded));
    // A thousand million runs, a grid beyond all numbers, and loops that never end.
    let nested = foreach("a", "1000", &foreach("b", "1000", &foreach("c", "1000", step)));
    assert_eq!(end(&of(&nested)), Ok(Status::Failed));
    let axes = (0..12).fold(String::new(), |text, n| {
        text + &format!("'!i{n}<array<long>>': 'Util.intsBetween(0, 20000, 1)', ")
    });
    let grid = format!("{{foreach: {{id: a, params: {{{axes}}}, jobs: [{step}]}}}}");
    assert_eq!(end(&of(&grid)), Ok(Status::Failed));
    assert_eq!(
        end(&of(&format!("{{while: {{id: a, condition: 'true', jobs: [{step}]}}}}"))),
        Ok(Status::Failed)
    );
    assert_eq!(
        end(&of("{while: {id: a, condition: 'true', jobs: []}}")),
        Ok(Status::Succeeded)
    );
    let deep = (0..17).fold(step.to_owned(), |inner, n| {
        format!("{{while: {{id: w{n}, condition: 'true', jobs: [{inner}]}}}}")
    });
    assert_eq!(end(&of(&deep)), Err(Code::WorkflowShape));
}

/// Plans of the same: the count ends where an unfolding would.
#[test]
fn plans_that_explode() {
    let limits = UnfoldLimits::default().runs(3_000);
    let mut list = "{job: {id: x, type: y}}".to_owned();
    for id in ["c", "b", "a"] {
        list = format!(
            "{{foreach: {{id: {id}, params: {{'!i{id}<array<long>>': 'Util.intsBetween(0, 1000, 1)'}}, jobs: [{list}]}}}}"
        );
    }
    let workflow = Workflow::from_yaml(&format!("workflow: {{id: w, jobs: [{list}]}}")).unwrap();
    let blueprint = Blueprint::builder(workflow)
        .limits(limits)
        .build(&Engine::default())
        .unwrap();
    let found = blueprint.expand(&Map::new()).unwrap();
    let seen: Vec<_> = found.iter().map(|found| (found.count, found.at_least)).collect();
    assert_eq!(seen[0], (Some(1_000), false));
    assert!(seen[1..].iter().all(|(_, at_least)| *at_least), "{seen:?}");
    assert!(found[2].problem.as_deref().unwrap().contains("the limit is 3000 runs"));
    // A subworkflow that begins itself, for each of a range.
    let itself = "workflow: {id: w, jobs: [{foreach: {id: a, params: {'!i<array<long>>': 'Util.intsBetween(0, 30, 1)'}, jobs: \
                  [{subworkflow: {id: s, sync: true, subworkflow_id: w}}]}}]}";
    let workflow = Workflow::from_yaml(itself).unwrap();
    let blueprint = Blueprint::builder(workflow)
        .limits(limits)
        .build(&Engine::default())
        .unwrap();
    let found = blueprint.expand(&Map::new()).unwrap();
    assert!(found.len() <= 16, "{}", found.len());
    assert!(found.iter().any(|found| found.problem.is_some()));
}

/// Texts of pieces that mean something to JSON, YAML and the shorthand, put together at random: each is read or refused.
#[test]
fn texts_of_every_kind() {
    const PIECES: &[&str] = &[
        "a",
        "b",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n- ",
        "- ",
        "? ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "\\",
        "&x ",
        "*x",
        "!",
        "!t ",
        "!!str ",
        "|",
        ">",
        "|2-\n",
        "#",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "\t",
        " ",
        "é",
        "\u{feff}",
        "\0",
        "\r",
        "\u{85}",
        "0x",
        "1e9",
        "-.inf",
        "~",
        "<<: ",
        "'!c<long>(constant)': ",
        "$a",
        "${a}",
        "$$",
        "workflow:\n  id: w\n  jobs:\n",
        "    - job: {id: a}\n",
        "transition: [",
        "IF a THEN b",
        "loop_params",
        "{\"value\": 1}",
        "{\"type\": \"MAP\", \"value\": {",
        "\"a\": ",
        "true",
        "null",
        "\\u12",
        "params: {",
        "ranges: {i: {from: 0, to: 3}}",
        "foreach: {id: f, ",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % most
    };
    let (mut read, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let count = 1 + random(14);
        let text: String = (0..count).map(|_| PIECES[random(PIECES.len())]).collect();
        let results = [
            ParameterSet::from_yaml(&text).err(),
            ParameterSet::from_json(&text).err(),
            Workflow::from_yaml(&text).err(),
            Workflow::from_json(&text).err(),
        ];
        for problems in results {
            match problems {
                None => read += 1,
                Some(error) => {
                    assert!(!error.problems().is_empty(), "{text:?}");
                    refused += 1;
                }
            }
        }
        if let Ok(set) = ParameterSet::from_yaml(&text) {
            let _ = codes(&text);
            let written = serde_json::to_string(&set).unwrap();
            assert_eq!(ParameterSet::from_json(&written).as_ref(), Ok(&set), "{text:?}");
        }
    }
    assert!(read > 100 && refused > 10_000, "{read} {refused}");
}
