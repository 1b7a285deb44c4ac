//! A row of operators means what it means with all its parentheses: for every row of three operands, of every type with every two
//! operators, and for longer rows made of random choices.
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use proptest::sample::select;
use selvedge::{Engine, Inputs, Schema, Value};

/// The operators with how tightly they bind; those of a level are taken from the left.
const OPERATORS: [(&str, u8); 13] = [
    ("*", 6),
    ("/", 6),
    ("%", 6),
    ("+", 5),
    ("-", 5),
    ("<", 4),
    (">", 4),
    ("<=", 4),
    (">=", 4),
    ("==", 3),
    ("!=", 3),
    ("&&", 2),
    ("||", 1),
];
const OPERANDS: [&str; 8] = ["7", "n", "2.5", "'a'", "s", "b", "null", "xs"];

/// The row with parentheses around each operator and its operands.
fn parenthesised(operands: &[&str], operators: &[(&str, u8)]) -> String {
    let Some(last_bound) = (0..operators.len()).min_by_key(|&at| (operators[at].1, std::cmp::Reverse(at))) else {
        return operands[0].to_owned();
    };
    let left = parenthesised(&operands[..=last_bound], &operators[..last_bound]);
    let right = parenthesised(&operands[last_bound + 1..], &operators[last_bound + 1..]);
    format!("({left} {} {right})", operators[last_bound].0)
}

fn row(operands: &[&str], operators: &[(&str, u8)]) -> String {
    let mut text = operands[0].to_owned();
    for (operand, (operator, _)) in operands[1..].iter().zip(operators) {
        text = format!("{text} {operator} {operand}");
    }
    text
}

struct Rows {
    engine: Engine,
    inputs: Inputs,
    schemas: [Schema; 2],
}

impl Rows {
    fn new() -> Self {
        let inputs = Inputs::new()
            .with("n", 3)
            .with("s", "z")
            .with("b", true)
            .with("xs", Value::from(vec![1_i64, 2]));
        let schemas = [Schema::infer_from(inputs.as_map()), Schema::open()];
        Self {
            engine: Engine::default(),
            inputs,
            schemas,
        }
    }

    /// The result of a program; where it is refused, that it is.
    fn came(&self, source: &str, schema: &Schema) -> String {
        match self.engine.compile_uncached(source, schema) {
            Err(_) => "refused".to_owned(),
            Ok(program) => match program.evaluate(&self.inputs) {
                Ok(outcome) => format!("{} {:?}", outcome.value_type(), outcome.value()),
                Err(error) => error.code().to_string(),
            },
        }
    }

    fn differs(&self, operands: &[&str], operators: &[(&str, u8)]) -> Option<String> {
        let (flat, twin) = (row(operands, operators), parenthesised(operands, operators));
        let differs = |schema: &Schema| {
            let (came, wanted) = (self.came(&flat, schema), self.came(&twin, schema));
            (came != wanted).then(|| format!("{flat} is {came}, {twin} is {wanted}"))
        };
        self.schemas.iter().find_map(differs)
    }
}

#[test]
fn rows_of_three_are_what_their_parentheses_say() {
    let rows = Rows::new();
    let (mut wrong, mut values) = (Vec::new(), 0);
    for first in OPERANDS {
        for second in OPERANDS {
            for third in OPERANDS {
                for one in OPERATORS {
                    for other in OPERATORS {
                        let (operands, operators) = ([first, second, third], [one, other]);
                        wrong.extend(rows.differs(&operands, &operators));
                        values += usize::from(rows.came(&row(&operands, &operators), &rows.schemas[0]) != "refused");
                    }
                }
            }
        }
    }
    let some = &wrong[..wrong.len().min(20)];
    assert!(some.is_empty(), "{}\n{}", wrong.len(), some.join("\n"));
    // Beside `&&` and `||` what is not a BOOLEAN is refused.
    assert!(values > 4_900, "only {values} rows have a value");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn longer_rows_are_what_their_parentheses_say(
        operands in prop::collection::vec(select(&OPERANDS[..]), 4..9),
        operators in prop::collection::vec(select(&OPERATORS[..]), 8),
    ) {
        thread_local!(static ROWS: Rows = Rows::new());
        let operators = &operators[..operands.len() - 1];
        let wrong = ROWS.with(|rows| rows.differs(&operands, operators));
        prop_assert_eq!(wrong, None);
    }
}
