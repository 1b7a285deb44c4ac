//! The class `DateTimeZone`.

use super::object::{FIELD_STEPS, date, give, prepare_zone, zone, zone_of};
use crate::library::bound::{Bound, DateBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::joda::Zone;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::{Handle, native};
use crate::types::Type;

const FOR_ID: Function = Function::of_class("DateTimeZone", "forID", Type::DateTimeZone, native!(for_id, Option<Text>)).bounded(Bound::Date(DateBound::Zone))
        .takes(&[Parameter::of(
            "id",
            Type::String,
            "an id of the tz database, in its exact case, or an offset such as `+02:30`",
        )
        .prepared(prepare_zone)])
        .costs(Cost::fixed(4).and("64 steps for an id that is not a constant; 1,500 steps and 9 KiB for the rules of a zone when they are first read; 32,768 steps for an id that does not exist"))
        .about(
            "The time zone of an id, UTC where that is null. The embedded tz database is all that is ever read.",
            &[
                gives(
                    "new DateTime(0).withZone(DateTimeZone.forID('US/Pacific')).toString('yyyy-MM-dd HH:mm')",
                    "\"1969-12-31 16:00\"",
                ),
                fails("DateTimeZone.forID('US/Pacifik')", "E407"),
            ],
        );

const UTC: Function = Function::constant("DateTimeZone", "UTC", Type::DateTimeZone, native!(utc))
    .bounded(Bound::Fixed)
    .about(
        "Coordinated universal time.",
        &[gives("DateTimeZone.UTC.getOffset(new DateTime(0))", "0")],
    );

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    FOR_ID,
    FOR_ID.through(Type::DateTimeZone),
    UTC,
    UTC.through(Type::DateTimeZone),
    Function::method(
        Type::DateTimeZone,
        "getOffset",
        Type::Long,
        native!(get_offset, Handle, Handle),
    )
    .bounded(Bound::Fixed)
    .takes(&[Parameter::of("date", Type::DateTime, "when")])
    .costs(Cost::fixed(FIELD_STEPS))
    .about(
        "The milliseconds that the zone's clocks are ahead of UTC at a date.",
        &[gives(
            "DateTimeZone.forID('Asia/Tokyo').getOffset(new DateTime(0))",
            "32400000",
        )],
    ),
    Function::method(
        Type::DateTimeZone,
        "getOffset",
        Type::Long,
        native!(get_offset_at, Handle, i64),
    )
    .bounded(Bound::Fixed)
    .takes(&[Parameter::of(
        "millis",
        Type::Long,
        "milliseconds since 1970-01-01T00:00:00Z",
    )])
    .costs(Cost::fixed(FIELD_STEPS))
    .about(
        "The milliseconds that the zone's clocks are ahead of UTC at an instant.",
        &[gives("DateTimeZone.forID('+02:30').getOffset(0)", "9000000")],
    ),
];

fn for_id(context: &mut Context<'_>, id: Option<Text>) -> Result<Any, Fault> {
    let zone = match id {
        Some(id) => zone_of(context, id)?,
        None => Zone::UTC,
    };
    give(context, zone)
}

fn utc(context: &mut Context<'_>) -> Result<Any, Fault> {
    give(context, Zone::UTC)
}

fn get_offset(context: &mut Context<'_>, receiver: Handle, argument: Handle) -> Result<i64, Fault> {
    let millis = date(context, argument)?.millis();
    get_offset_at(context, receiver, millis)
}

fn get_offset_at(context: &mut Context<'_>, receiver: Handle, millis: i64) -> Result<i64, Fault> {
    Ok(zone(context, receiver)?.offset(millis))
}
