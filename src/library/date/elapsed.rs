//! The classes `Hours` and `Minutes` of Joda: whole units of elapsed time between two dates.

use std::any::Any as StdAny;

use super::days::DATES;
use super::object::{ARITHMETIC_STEPS, date, give, object};
use crate::library::bound::Bound;
use crate::library::declaration::{Cost, Function, fails, gives};
use crate::library::joda::elapsed_between;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Object;
use crate::machine::native::{Handle, native};
use crate::types::Type;

/// Declares a number of units: its class, how it is counted between two dates, how it is read and written.
macro_rules! elapsed {
    ($ty:ident $class:literal $between:literal $get:literal $letter:literal $millis:literal $unit:literal $what:literal $of_dates:expr, $of_count:expr) => {{
        #[derive(Clone, Copy, Debug)]
        struct Count(i64);

        impl Object for Count {
            fn ty(&self) -> Type {
                Type::$ty
            }

            /// Source: `toString` of the class.
            fn text(&self) -> String {
                format!("PT{}{}", self.0, $letter)
            }

            fn as_any(&self) -> &dyn StdAny {
                self
            }
        }

        fn between(context: &mut Context<'_>, from: Handle, to: Handle) -> Result<Any, Fault> {
            let count = elapsed_between(date(context, from)?, date(context, to)?, $millis)?;
            give(context, Count(count))
        }

        fn get(context: &mut Context<'_>, receiver: Handle) -> Result<i64, Fault> {
            let Count(count) = object(context, receiver, $what)?;
            Ok(*count)
        }

        &[
            Function::of_class($class, $between, Type::$ty, native!(between, Handle, Handle))
                .bounded(Bound::Fixed)
                .takes(DATES)
                .costs(Cost::fixed(ARITHMETIC_STEPS))
                .beyond_sel()
                .about(
                    concat!(
                        "The whole ",
                        $unit,
                        " of elapsed time from one date to another, within 32 bits."
                    ),
                    $of_dates,
                ),
            Function::method(Type::$ty, $get, Type::Long, native!(get, Handle))
                .bounded(Bound::Fixed)
                .beyond_sel()
                .about(concat!("The number of ", $unit, "."), $of_count),
        ]
    }};
}

/// The functions of `Hours`.
pub(super) const HOURS: &[Function] = elapsed!(
    Hours "Hours" "hoursBetween" "getHours" 'H' 3_600_000 "hours" "the DATETIME_HOURS"
        &[
            gives("Hours.hoursBetween(new DateTime('2020-02-28'), new DateTime('2020-03-01T12:59')).getHours()", "60"),
            fails("Hours.hoursBetween(new DateTime(0), new DateTime(9223372036854775807)).getHours()", "E510"),
        ],
        &[gives("Hours.hoursBetween(new DateTime(7199999), new DateTime(0)).getHours()", "-1")]
);

/// The functions of `Minutes`.
pub(super) const MINUTES: &[Function] = elapsed!(
    Minutes "Minutes" "minutesBetween" "getMinutes" 'M' 60_000 "minutes" "the DATETIME_MINUTES"
        &[
            gives("Minutes.minutesBetween(new DateTime('2020-02-29'), new DateTime('2020-03-01T00:01')).getMinutes()", "1441"),
            fails("Minutes.minutesBetween(new DateTime(0), new DateTime(9223372036854775807)).getMinutes()", "E510"),
        ],
        &[gives("Minutes.minutesBetween(new DateTime(119999), new DateTime(0)).getMinutes()", "-1")]
);
