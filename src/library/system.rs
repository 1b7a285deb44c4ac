//! The class `System`.

use super::declaration::{Cost, Function, something};
use crate::effect::Effect;
use crate::library::bound::Bound;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

/// The functions of `System`.
pub(crate) const FUNCTIONS: &[Function] =
    &[
        Function::of_class("System", "currentTimeMillis", Type::Long, native!(current_time_millis))
            .bounded(Bound::Fixed)
            .costs(Cost::fixed(20))
            .reads(Effect::Clock)
            .about(
                "Milliseconds since 1970-01-01T00:00:00Z, by the host's clock.",
                &[something("System.currentTimeMillis()")],
            ),
    ];

fn current_time_millis(context: &mut Context<'_>) -> Result<i64, Fault> {
    context.now_millis()
}
