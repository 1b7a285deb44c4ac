//! The class `Math`.

use super::declaration::{Accepts, CALL_STEPS, Cost, Effect, Example, Function, Gives, Parameter, Receiver};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

const LONG: Accepts = Accepts::Exactly(Type::Long);

/// The functions of `Math`.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function {
        receiver: Receiver::Static("Math"),
        name: "min",
        parameters: &[
            Parameter {
                name: "a",
                accepts: LONG,
                about: "one number",
                prepare: None,
            },
            Parameter {
                name: "b",
                accepts: LONG,
                about: "the other",
                prepare: None,
            },
        ],
        variadic: false,
        result: Type::Long,
        cost: Cost::fixed(CALL_STEPS),
        effect: Effect::None,
        about: "The smaller of two LONG.",
        examples: &[
            Example {
                source: "Math.min(3, -2)",
                gives: Gives::Value("-2"),
            },
            Example {
                source: "Math.min(1.5, 2)",
                gives: Gives::Error("E404"),
            },
        ],
        body: native!(min, i64, i64),
    },
    Function {
        receiver: Receiver::Static("Math"),
        name: "max",
        parameters: &[
            Parameter {
                name: "a",
                accepts: LONG,
                about: "one number",
                prepare: None,
            },
            Parameter {
                name: "b",
                accepts: LONG,
                about: "the other",
                prepare: None,
            },
        ],
        variadic: false,
        result: Type::Long,
        cost: Cost::fixed(CALL_STEPS),
        effect: Effect::None,
        about: "The larger of two LONG.",
        examples: &[Example {
            source: "Math.max(3, -2)",
            gives: Gives::Value("3"),
        }],
        body: native!(max, i64, i64),
    },
    Function {
        receiver: Receiver::Static("Math"),
        name: "pow",
        parameters: &[
            Parameter {
                name: "base",
                accepts: Accepts::Number,
                about: "the base",
                prepare: None,
            },
            Parameter {
                name: "exponent",
                accepts: Accepts::Number,
                about: "the exponent",
                prepare: None,
            },
        ],
        variadic: false,
        result: Type::Double,
        cost: Cost::fixed(8),
        effect: Effect::None,
        about: "The base to the power of the exponent, as `java.lang.Math.pow`.",
        examples: &[
            Example {
                source: "Math.pow(2, 10)",
                gives: Gives::Value("1024.0"),
            },
            Example {
                source: "Math.pow(2, 1024)",
                gives: Gives::Value("\"Infinity\""),
            },
        ],
        body: native!(pow, f64, f64),
    },
    Function {
        receiver: Receiver::Static("Math"),
        name: "random",
        parameters: &[],
        variadic: false,
        result: Type::Double,
        cost: Cost::fixed(CALL_STEPS),
        effect: Effect::Random,
        about: "A random DOUBLE from 0.0 up to, but without, 1.0, from the stream whose seed the host gives.",
        examples: &[Example {
            source: "Math.random()",
            gives: Gives::Something,
        }],
        body: native!(random),
    },
];

fn min(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    Ok(a.min(b))
}

fn max(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    Ok(a.max(b))
}

fn pow(_: &mut Context<'_>, base: f64, exponent: f64) -> Result<f64, Fault> {
    // Java differs from IEEE 754's pow in one case: 1 to the power of NaN or an infinity is NaN.
    if base.abs() == 1.0 && !exponent.is_finite() {
        return Ok(f64::NAN);
    }
    Ok(base.powf(exponent))
}

fn random(context: &mut Context<'_>) -> Result<f64, Fault> {
    // 53 bits fill a DOUBLE's significand.
    let bits = context.next_random()? >> 11;
    Ok(bits as f64 / (1_u64 << 53) as f64)
}
