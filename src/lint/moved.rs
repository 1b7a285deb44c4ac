//! How a date int is moved by days: what to write, and the result of moving it as a number.

use super::Subject;
use super::calls::Call;
use super::date_ints::looks_like_date;
use super::subject::is_repeated;
use crate::check::typed::ExprId;
use crate::operator::Arithmetic;

/// The longest expression that is repeated in a help, in bytes.
const MAX_WRITTEN: usize = 40;
/// A number that is added to a date int is one of days up to this; more makes up a date, as in `year * 10000 + 101`.
pub(super) const MAX_DAYS: u64 = 999;

/// What a sum is that moves a date by days: the date, and the days forward.
pub(super) fn moved_by(subject: &Subject<'_>, operator: Arithmetic, left: ExprId, right: ExprId) -> (ExprId, i64) {
    match (operator, subject.constants.long(right)) {
        (Arithmetic::Subtract, Some(days)) => (left, days.saturating_neg()),
        (_, Some(days)) if days.unsigned_abs() <= MAX_DAYS => (left, days),
        _ => (right, subject.constants.long(left).unwrap_or_default()),
    }
}

/// How a date is moved by days, where the program has it so.
pub(super) fn moved_help(subject: &Subject<'_>, code: &str, date: ExprId, days: i64) -> String {
    let tree = &subject.checked.tree;
    // What is moved already is moved further: `Long.parseLong(Util.incrementDateInt(day, 3)) + 2`.
    let read = Call::likely(subject, tree.checked(date)).filter(|call| call.is_static("Long", "parseLong"));
    let text = read.and_then(|call| call.arguments().next()).map(|(_, text)| text);
    let before = text.and_then(|text| {
        let call = Call::likely(subject, tree.checked(text))?;
        let mut arguments = call.arguments().map(|(_, argument)| argument);
        let (start, count) = (arguments.next()?, arguments.next()?);
        let count = subject.constants.long(count)?.checked_add(days)?;
        call.is_static("Util", "incrementDateInt").then_some((start, count))
    });
    let (start, days) = before.unwrap_or((date, days));
    let target = ["+=", "-=", "++", "--"]
        .iter()
        .find_map(|operator| code.split_once(operator))
        .map(|(target, _)| target.trim())
        .filter(|target| is_repeated(target, MAX_WRITTEN));
    let day = match target {
        Some(target) if before.is_none() => target,
        _ => written(subject, start, "day"),
    };
    let value = format!("Long.parseLong(Util.incrementDateInt({day}, {days}))");
    match target {
        Some(target) => format!("write `{target} = {value}`"),
        None => format!("write `{value}`"),
    }
}

/// The result of moving a date so, shown at the end of a month.
pub(super) fn shown(days: i64) -> String {
    let (date, sign) = if days < 0 { (20_240_301, '-') } else { (20_240_131, '+') };
    let (count, given) = (days.unsigned_abs(), date + days);
    let end = match (looks_like_date(given), days < 0) {
        (false, _) => "no date".to_owned(),
        (true, true) => format!("not {count} days before"),
        (true, false) => format!("not {count} days later"),
    };
    format!("{date} {sign} {count} is {given}, {end}")
}

/// An expression as the program has it, where that is short; else a name that stands for it.
pub(super) fn written<'s>(subject: &'s Subject<'_>, id: ExprId, else_name: &'s str) -> &'s str {
    let text = subject.checked.tree.expr(id).span.of(subject.source);
    let is_short = !text.is_empty() && is_repeated(text, MAX_WRITTEN);
    if is_short { text } else { else_name }
}
