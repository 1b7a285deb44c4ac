//! The time and the randomness of a test: those that it gives, and no others, so that it comes out the same each time.

use crate::host::{DeniedError, Host};
use crate::params::document::{Kind, Node, Reader};

/// What a test gives of both.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TestHost {
    pub(super) now_millis: Option<i64>,
    pub(super) seed: Option<u64>,
}

impl Host for TestHost {
    fn now_millis(&self) -> Result<i64, DeniedError> {
        self.now_millis.ok_or(DeniedError)
    }

    fn random_seed(&self) -> Result<u64, DeniedError> {
        self.seed.ok_or(DeniedError)
    }
}

/// What to do where a test reads what it does not give.
pub(super) const DENIED_HELP: &str =
    "give the test `now`, such as `now: 2026-01-05T06:00:00Z`, or `seed`, such as `seed: 7`";

/// A time: milliseconds since 1970-01-01T00:00:00Z, or an ISO text.
pub(super) fn read(reader: &mut Reader, node: &Node, path: &str) -> Option<i64> {
    let millis = match &node.kind {
        Kind::Number(number) => number.as_i64(),
        Kind::Text(text) => of_text(text),
        Kind::Null | Kind::Boolean(_) | Kind::List(_) | Kind::Map(_) => None,
    };
    if millis.is_none() {
        let message = "expected a time, such as `2026-01-05T06:00:00Z`, or milliseconds since 1970";
        reader.wrong(path, node.place, message);
    }
    millis
}

/// The milliseconds of an ISO text, as the language reads it.
#[cfg(feature = "datetime")]
fn of_text(text: &str) -> Option<i64> {
    use crate::engine::Engine;
    use crate::inputs::Inputs;
    use crate::schema::Schema;
    use crate::types::Type;
    let schema = Schema::new().with("text", Type::String);
    let program = Engine::default()
        .compile("new DateTime(text).getMillis()", &schema)
        .ok()?;
    let outcome = program.evaluate(&Inputs::new().with("text", text)).ok()?;
    outcome.value().as_long()
}

/// Without dates in the language, a time is a number.
#[cfg(not(feature = "datetime"))]
fn of_text(_: &str) -> Option<i64> {
    None
}
