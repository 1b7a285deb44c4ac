//! Dates without quotes, which are arithmetic. The checker itself warns of them, and of nothing else in them.

use super::{Findings, LintName, Subject};
use crate::check::unquoted_dates;
use crate::syntax::ast::ExprKind;
use crate::work::{Work, items};

/// Three literals that are written as a date and subtracted from each other, or divided.
pub(super) fn dates(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for expr in items(Work::Linted, &subject.ast.exprs) {
        if let ExprKind::Chain { first, links } = expr.kind {
            for date in unquoted_dates(subject.ast, first, subject.ast.links(links)) {
                let warning = date.warning();
                findings.warn(LintName::UnquotedDate, date.span, warning.message.clone(), |_| warning);
            }
        }
    }
}
