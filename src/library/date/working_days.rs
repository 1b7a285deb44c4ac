//! The class `Util` beyond SEL: working days, which are Monday to Friday less the holidays that a program knows.

use super::calendar::{READS, date_int, day, of_date};
use super::object::ARITHMETIC_STEPS;
use super::util::{COST, DATE};
use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, DateBound, HOLIDAY_STEPS, NEXT_DAY_COST};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::joda::{DATE_INT_STEPS, Day, WorkingDay};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::{Stored, Type};

/// How many days are charged for between two looks at the budget and the deadline.
const DAYS_AT_ONCE: u64 = 1_024;
const HOLIDAYS: &[Parameter] = &[
    DATE,
    Parameter::accepting(
        "holidays",
        Accepts::OneOf(&[Type::LongArray, Type::StringArray, Type::List]),
        "dates of eight digits, in any order",
    ),
];
const READS_HOLIDAYS: Bound = Bound::Date(DateBound::Holidays(DATE_INT_STEPS));
const COST_OF_HOLIDAYS: Cost = Cost::fixed(ARITHMETIC_STEPS)
    .and("80 steps for reading the date, 86 for each holiday, and 2 steps and 2 bytes for each day looked at: 7 for each 5 holidays and 7 more");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    of_date!("isWeekday" Boolean |day| Ok(Any::boolean(day.is_weekday()));
    "Whether a date is a Monday to Friday." [
        gives("Util.isWeekday(20200228)", "true"),
        gives("Util.isWeekday('20200229')", "false"),
        fails("Util.isWeekday(20200230)", "E510")
    ]),
    Function::of_class("Util", "isWeekday", Type::Boolean, native!(is_working_day, Any, Any))
        .bounded(READS_HOLIDAYS)
        .takes(HOLIDAYS)
        .costs(COST_OF_HOLIDAYS)
        .beyond_sel()
        .about(
            "Whether a date is a Monday to Friday and none of the holidays.",
            &[
                gives("Util.isWeekday(20201225, new long[]{20201225, 20201228})", "false"),
                fails("Util.isWeekday(20201225, new String[]{'2020-12-25'})", "E510"),
            ],
        ),
    of_date!("nextWorkingDay" Long |day| date_int(WorkingDay::after(day, 0).find()?);
    "The first Monday to Friday after a date." [
        gives("Util.nextWorkingDay(20200228)", "20200302"),
        fails("Util.nextWorkingDay(99991231)", "E510")
    ]),
    Function::of_class(
        "Util",
        "nextWorkingDay",
        Type::Long,
        native!(next_working_day, Any, Any),
    )
    .bounded(READS_HOLIDAYS)
    .takes(HOLIDAYS)
    .costs(COST_OF_HOLIDAYS)
    .beyond_sel()
    .about(
        "The first Monday to Friday after a date that is none of the holidays.",
        &[
            gives(
                "Util.nextWorkingDay(20201224, new long[]{20201225, 20201228})",
                "20201229",
            ),
            fails("Util.nextWorkingDay(20201224, new long[]{0})", "E510"),
        ],
    ),
    of_date!("previousWorkingDay" Long |day| date_int(WorkingDay::before(day, 0).find()?);
    "The last Monday to Friday before a date." [
        gives("Util.previousWorkingDay(20200302)", "20200228"),
        fails("Util.previousWorkingDay(10000101)", "E510")
    ]),
    Function::of_class(
        "Util",
        "previousWorkingDay",
        Type::Long,
        native!(previous_working_day, Any, Any),
    )
    .bounded(READS_HOLIDAYS)
    .takes(HOLIDAYS)
    .costs(COST_OF_HOLIDAYS)
    .beyond_sel()
    .about(
        "The last Monday to Friday before a date that is none of the holidays.",
        &[
            gives(
                "Util.previousWorkingDay(20201229, new String[]{'20201225', '20201228'})",
                "20201224",
            ),
            fails("Util.previousWorkingDay(20201229, new String[1])", "E505"),
        ],
    ),
];

/// Reads each of the holidays, charged before it is read.
fn each_holiday(context: &mut Context<'_>, holidays: Any, mut note: impl FnMut(Day)) -> Result<(), Fault> {
    for index in 0..count(context, holidays) {
        context.meter.charge_steps(HOLIDAY_STEPS)?;
        let Some(holiday) = context.heap.element(&mut context.meter, holidays, index as i64) else {
            return Err(Fault::internal("what has a length has elements"));
        };
        let holiday = holiday?;
        match holiday.ty.stored() {
            Stored::Long | Stored::Text => note(day(context, holiday)?),
            Stored::Null => return Err(Fault::null("the holiday")),
            Stored::Unknown
            | Stored::Nothing
            | Stored::Boolean
            | Stored::Double
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => return Err(no_holiday(holiday.ty)),
        }
    }
    Ok(())
}

#[cold]
fn no_holiday(ty: Type) -> Fault {
    let message = Message::from("a holiday must be a LONG or STRING of eight digits, but it is ").words(ty.name());
    Fault::new(Code::InvalidArgument, message)
}

fn count(context: &Context<'_>, holidays: Any) -> usize {
    context.heap.length(holidays).unwrap_or(0)
}

fn is_working_day(context: &mut Context<'_>, date: Any, holidays: Any) -> Result<bool, Fault> {
    let date = day(context, date)?;
    let mut is_holiday = false;
    each_holiday(context, holidays, |holiday| is_holiday |= holiday == date)?;
    Ok(date.is_weekday() && !is_holiday)
}

fn next_working_day(context: &mut Context<'_>, date: Any, holidays: Any) -> Result<Any, Fault> {
    search(context, WorkingDay::after, date, holidays)
}

fn previous_working_day(context: &mut Context<'_>, date: Any, holidays: Any) -> Result<Any, Fault> {
    search(context, WorkingDay::before, date, holidays)
}

/// The working day that a search finds.
fn search(
    context: &mut Context<'_>,
    begin: impl FnOnce(Day, usize) -> WorkingDay,
    date: Any,
    holidays: Any,
) -> Result<Any, Fault> {
    let date = day(context, date)?;
    let count = count(context, holidays);
    let days = WorkingDay::days(count) as u64;
    context.meter.charge_memory(NEXT_DAY_COST * days)?;
    let mut left = days;
    while left > 0 {
        let now = left.min(DAYS_AT_ONCE);
        context.meter.charge_steps(NEXT_DAY_COST * now)?;
        left -= now;
    }
    let mut search = begin(date, count);
    each_holiday(context, holidays, |holiday| search.note(holiday))?;
    date_int(search.find()?)
}
