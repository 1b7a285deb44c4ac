//! The classes `DateTimeFormat` and `DateTimeFormatter`: dates printed and read by a pattern.

use super::object::{date, give, object, pattern_of, prepare_pattern, print, zone};
use super::util::digits_of;
use crate::diagnostic::Code;
use crate::library::bound::{Bound, DateBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::joda::{DateTime, Formatter, Zone};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::native::{Handle, native};
use crate::machine::unread::Pace;
use crate::number_text::LongText;
use crate::types::Type;

/// The cost of printing.
pub(super) const PRINT: Cost = Cost::fixed(48).and(
    "4 steps for each element of the pattern, 32 for a zone's name, and the longest result's memory twice; a pattern that is not a constant is compiled for 32 steps, and 3 steps and 96 bytes for each of its bytes, when it is first used",
);
/// What reading costs beside its call.
pub(super) const READ_BESIDES: &str = "8 to 48 steps for each element of the pattern, and 192 for a zone's id; 1,500 steps and 9 KiB for the rules of a zone that the text names";
/// The cost of reading.
pub(super) const PARSE: Cost = Cost::fixed(48).and(READ_BESIDES);

/// The cost of compiling a pattern.
const FOR_PATTERN: Cost = Cost::fixed(8).and(
    "32 steps, and 3 steps and 96 bytes for each byte, of a pattern that is not a constant, when it is first used",
);
const PATTERN: Parameter = Parameter::of(
    "pattern",
    Type::String,
    "Joda's pattern letters `G C Y x w e E y D M d a K h H k m s S z Z`, text in single quotes",
)
.prepared(prepare_pattern);
const FORMATTER: Type = Type::DateTimeFormatter;

const FOR_PATTERN_OF: Function = Function::of_class("DateTimeFormat", "forPattern", FORMATTER, native!(for_pattern, Text)).bounded(Bound::Date(DateBound::Pattern))
        .takes(&[PATTERN])
        .costs(FOR_PATTERN)
        .about(
            "A formatter for a pattern such as `yyyy-MM-dd'T'HH:mm:ss.SSSZZ`. It prints a date in its own zone and reads texts in UTC.",
            &[
                gives("DateTimeFormat.forPattern('EEE d MMM yyyy').print(new DateTime(0))", "\"Thu 1 Jan 1970\""),
                fails("DateTimeFormat.forPattern('')", "E407"),
                fails("DateTimeFormat.forPattern('\\'')", "E407"),
                fails("p = 'b'; return DateTimeFormat.forPattern(p).print(0);", "E510"),
            ],
        );

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    FOR_PATTERN_OF,
    FOR_PATTERN_OF.through(FORMATTER),
    Function::of_class("DateTimeFormatter", "forPattern", FORMATTER, native!(for_pattern, Text))
        .bounded(Bound::Date(DateBound::Pattern))
        .takes(&[PATTERN])
        .costs(FOR_PATTERN)
        .about(
            "The same as `DateTimeFormat.forPattern`.",
            &[gives("DateTimeFormatter.forPattern('yyyy').print(0)", "\"1970\"")],
        ),
    Function::method(FORMATTER, "withZone", FORMATTER, native!(with_zone, Handle, Handle))
        .bounded(Bound::Date(DateBound::Moved))
        .takes(&[Parameter::of("zone", Type::DateTimeZone, "the time zone")])
        .about(
            "The same formatter, which prints and reads in a zone; as a new one does where that is null.",
            &[gives(
                "DateTimeFormat.forPattern('HH').withZone(DateTimeZone.forID('Asia/Tokyo')).print(new DateTime(0))",
                "\"09\"",
            )],
        ),
    Function::method(
        FORMATTER,
        "parseDateTime",
        Type::DateTime,
        native!(parse_date_time, Handle, Any),
    )
    .bounded(Bound::Date(DateBound::Parsed(0)))
    .takes(&[Parameter::accepting(
        "x",
        Accepts::OneOf(&[Type::String, Type::Long]),
        "the text, or a number that is read by its digits",
    )])
    .costs(PARSE)
    .about(
        "The date that a text names. All of the text must fit; what the pattern does not name is 1970-01-01T00:00. A month, week or day without a year is one of the year 2000.",
        &[
            gives(
                "DateTimeFormat.forPattern('yyyyMMdd').parseDateTime(20200229).getMillis()",
                "1582934400000",
            ),
            fails(
                "DateTimeFormat.forPattern('yyyyMMdd').parseDateTime('20201301')",
                "E510",
            ),
        ],
    ),
    Function::method(
        FORMATTER,
        "parseMillis",
        Type::Long,
        native!(parse_millis, Handle, Text),
    )
    .bounded(Bound::Date(DateBound::Parsed(0)))
    .takes(&[Parameter::of("text", Type::String, "the text")])
    .costs(PARSE)
    .about(
        "The instant that a text names, in milliseconds since 1970-01-01T00:00:00Z.",
        &[gives(
            "DateTimeFormat.forPattern('yyyy').parseMillis('1971')",
            "31536000000",
        )],
    ),
    Function::method(FORMATTER, "print", Type::String, native!(print_date, Handle, Handle))
        .bounded(Bound::Date(DateBound::Printed))
        .takes(&[Parameter::of("date", Type::DateTime, "the date")])
        .costs(PRINT)
        .about(
            "A date as the pattern has it.",
            &[gives(
                "DateTimeFormat.forPattern('yyyy-DDD').print(new DateTime('2020-02-29'))",
                "\"2020-060\"",
            )],
        ),
    Function::method(FORMATTER, "print", Type::String, native!(print_millis, Handle, i64))
        .bounded(Bound::Date(DateBound::Printed))
        .takes(&[Parameter::of(
            "millis",
            Type::Long,
            "milliseconds since 1970-01-01T00:00:00Z",
        )])
        .costs(PRINT)
        .about(
            "An instant as the pattern has it, in UTC where the formatter has no zone.",
            &[gives("DateTimeFormat.forPattern('yyyyMMdd').print(0)", "\"19700101\"")],
        ),
];

fn formatter(context: &Context<'_>, handle: Handle) -> Result<Formatter, Fault> {
    object(context, handle, "the DATETIME_FORMATTER").cloned()
}

/// The date that a formatter reads in a text.
pub(super) fn parse(context: &mut Context<'_>, handle: Handle, text: Text) -> Result<DateTime, Fault> {
    let formatter = formatter(context, handle)?;
    let Context { heap, meter, .. } = context;
    let read = heap.texts.unread(text).whole(meter, Pace::Copy)?;
    formatter.parse(meter, read)
}

fn for_pattern(context: &mut Context<'_>, pattern: Text) -> Result<Any, Fault> {
    let formatter = Formatter::new(pattern_of(context, pattern)?);
    give(context, formatter)
}

fn with_zone(context: &mut Context<'_>, receiver: Handle, handle: Handle) -> Result<Any, Fault> {
    let zone = match handle.0 {
        NULL_HANDLE => None,
        _ => Some(zone(context, handle)?.clone()),
    };
    let formatter = formatter(context, receiver)?.with_zone(zone);
    give(context, formatter)
}

pub(super) const PATTERN_HELP: &str =
    "the text has to have the form of the pattern; an ISO text is read with `new DateTime(text)`";

fn parse_date_time(context: &mut Context<'_>, receiver: Handle, x: Any) -> Result<Any, Fault> {
    let formatter = formatter(context, receiver)?;
    let Context { heap, meter, .. } = context;
    let mut number = LongText::new();
    let text = digits_of(heap, meter, &mut number, x)?;
    let date = formatter.parse(meter, text);
    let date = date.map_err(|fault: Fault| fault.or_help(Code::InvalidDate, PATTERN_HELP))?;
    give(context, date)
}

fn parse_millis(context: &mut Context<'_>, receiver: Handle, text: Text) -> Result<i64, Fault> {
    let formatter = formatter(context, receiver)?;
    let Context { heap, meter, .. } = context;
    let read = heap.texts.unread(text).whole(meter, Pace::Copy)?;
    formatter.parse_millis(meter, read)
}

fn print_date(context: &mut Context<'_>, receiver: Handle, argument: Handle) -> Result<Text, Fault> {
    let (formatter, date) = (formatter(context, receiver)?, date(context, argument)?.clone());
    print(context, &formatter, &date)
}

fn print_millis(context: &mut Context<'_>, receiver: Handle, millis: i64) -> Result<Text, Fault> {
    let formatter = formatter(context, receiver)?;
    print(context, &formatter, &DateTime::new(millis, Zone::UTC))
}
