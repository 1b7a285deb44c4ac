//! Dates without quotes, which are arithmetic: `2024-01-31` is 1992.

use crate::diagnostic::{Code, Diagnostic, quote};
use crate::operator::{Arithmetic, Binary, Operation};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, Link, Literal, Tree};

/// What is written as a date, and is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnquotedDate {
    pub(crate) span: Span,
    operator: Arithmetic,
    /// Year, month and day, each with its digits.
    parts: [(i64, usize); 3],
}

/// The dates among the operands of a chain: three literals without blanks, subtracted from each other or divided.
pub(crate) fn unquoted_dates(tree: &Tree, first: ExprId, links: &[Link]) -> impl Iterator<Item = UnquotedDate> {
    let starts = std::iter::once(first).chain(links.iter().map(|link| link.operand));
    let pairs = starts.zip(links.windows(2));
    pairs.filter_map(|(year, pair)| match pair {
        [month, day] => UnquotedDate::of(tree, year, *month, *day),
        _ => None,
    })
}

impl UnquotedDate {
    fn of(tree: &Tree, year: ExprId, month: Link, day: Link) -> Option<Self> {
        let Binary::Operation(Operation::Arithmetic(operator @ (Arithmetic::Subtract | Arithmetic::Divide))) =
            month.operator
        else {
            return None;
        };
        if day.operator != month.operator {
            return None;
        }
        let literal = |id: ExprId| match tree.expr(id).kind {
            ExprKind::Literal(Literal::Long { value, .. }) => Some((value, tree.expr(id).span)),
            _ => None,
        };
        let read = [literal(year)?, literal(month.operand)?, literal(day.operand)?];
        let parts = read.map(|(value, span)| (value, (span.end - span.start) as usize));
        let [(years, 4), (months, 1..=2), (days, 1..=2)] = parts else {
            return None;
        };
        let is_date = (1900..=2100).contains(&years) && (1..=12).contains(&months) && (1..=31).contains(&days);
        let [(_, year), (_, month), (_, day)] = read;
        let is_tight = year.end + 1 == month.start && month.end + 1 == day.start;
        (is_date && is_tight).then_some(Self {
            span: year.to(day),
            operator,
            parts,
        })
    }

    /// What to say of it.
    pub(crate) fn warning(self) -> Diagnostic {
        let [(year, _), (month, months), (day, days)] = self.parts;
        let (mark, what, gives) = match self.operator {
            Arithmetic::Divide => ('/', "division", year / month / day),
            _ => ('-', "subtraction", year - month - day),
        };
        let text = format!("{year}{mark}{month:0months$}{mark}{day:0days$}");
        let message = format!("{} without quotes is a {what}, and gives {gives}", quote(&text));
        Diagnostic::warning(Code::UnquotedDate, self.span, message)
            .with_label("a number")
            .with_help(format!(
                "quote it, `'{text}'`; as a date int it is `{year}{month:02}{day:02}`"
            ))
    }
}
