//! Bounds, lints and listings.

use selvedge::lint::LintSet;
use selvedge::oracle::generate;
use selvedge::{CostBound, InputSizes, Program, Schema};

use super::{GENERATED, LENIENT, STRICT, check_text, text};

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
