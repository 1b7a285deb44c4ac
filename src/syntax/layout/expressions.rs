//! Rows of operands and operators: where one does not fit, it is broken in front of its loosest operators.

use super::super::grammar::{Part, Rule};
use super::item::Kind;
use super::sheet::{CONTINUED, INDENT, Sheet};
use crate::operator::{Assignment, Binary};

/// How tightly an operator binds, from the loosest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Assignment,
    Conditional,
    Default,
    Binary(u8),
}

impl Level {
    fn of(operator: &str) -> Self {
        match (operator, Binary::of(operator), Assignment::of(operator)) {
            ("??", ..) => Self::Default,
            (_, Some(binary), _) => Self::Binary(binary.level()),
            (_, None, Some(_)) => Self::Assignment,
            // `?` and `:`
            (_, None, None) => Self::Conditional,
        }
    }
}

/// Operands with operators between them: one operand more than operators.
#[derive(Clone, Copy)]
struct Row<'r, 's> {
    operands: &'r [Vec<Part<'s>>],
    operators: &'r [Part<'s>],
}

impl<'s> Row<'_, 's> {
    fn loosest(self) -> Option<Level> {
        self.operators.iter().map(|operator| Level::of(operator.text())).min()
    }

    /// The operands from the first to the last of these, with the operators between them.
    fn part(self, first: usize, last: usize) -> Self {
        Self {
            operands: self.operands.get(first..=last).unwrap_or_default(),
            operators: self.operators.get(first..last).unwrap_or_default(),
        }
    }

    /// What stands before an operator, the operator, and what stands behind it.
    fn split(self, at: usize) -> Option<(Self, Part<'s>, Self)> {
        let (left, right) = self.operands.split_at_checked(at + 1)?;
        let (before, behind) = self.operators.split_at_checked(at)?;
        let (&operator, behind) = behind.split_first()?;
        let part = |operands, operators| Self { operands, operators };
        Some((part(left, before), operator, part(right, behind)))
    }

    /// The first operator that a test holds for.
    fn split_at_first(self, holds: impl FnMut(&Part<'s>) -> bool) -> Option<(Self, Part<'s>, Self)> {
        self.split(self.operators.iter().position(holds)?)
    }

    /// What stands before the `:` of a `?` in front of the row, and behind it.
    fn split_at_colon(self) -> Option<(Self, Part<'s>, Self)> {
        let mut open = 0_usize;
        self.split_at_first(|operator| match operator.text() {
            "?" => {
                open += 1;
                false
            }
            ":" if open == 0 => true,
            ":" => {
                open -= 1;
                false
            }
            _ => false,
        })
    }
}

impl Sheet<'_> {
    /// An `expression` or the `code` of a text, whose lines behind the first are indented.
    pub(super) fn expression(&mut self, part: Part<'_>) {
        self.expression_indented(part, CONTINUED);
    }

    /// An expression that stands between brackets on lines of its own.
    fn expression_indented(&mut self, part: Part<'_>, indent: u8) {
        let (mut operands, mut operators) = (vec![Vec::new()], Vec::new());
        for inner in part.inside() {
            match inner.rule() {
                Rule::infix | Rule::binary => {
                    operators.push(inner);
                    operands.push(Vec::new());
                }
                _ => {
                    if let Some(operand) = operands.last_mut() {
                        operand.push(inner);
                    }
                }
            }
        }
        let row = Row {
            operands: &operands,
            operators: &operators,
        };
        self.row(row, indent);
    }

    /// An expression in brackets, which are broken around it.
    pub(super) fn bracketed(&mut self, open: &str, part: Part<'_>, close: &str) {
        self.open();
        self.mark(open);
        self.indent(INDENT);
        self.gap(Kind::Soft);
        self.expression_indented(part, 0);
        self.closing_gap(Kind::Soft);
        self.mark(close);
        self.close();
    }

    fn row(&mut self, row: Row<'_, '_>, indent: u8) {
        match row.loosest() {
            None => row.operands.iter().for_each(|operand| self.operand(operand)),
            Some(Level::Assignment) => self.assignment(row, indent),
            Some(Level::Conditional) => self.conditional(row, indent),
            Some(level) => self.chain(row, level, indent),
        }
    }

    fn assignment(&mut self, row: Row<'_, '_>, indent: u8) {
        let is_assignment = |operator: &Part<'_>| Level::of(operator.text()) == Level::Assignment;
        let Some((target, operator, value)) = row.split_at_first(is_assignment) else {
            return;
        };
        if target.loosest().is_some_and(|level| level == Level::Conditional) {
            // An assignment in the middle of `? :`.
            return self.conditional(row, indent);
        }
        self.row(target, indent);
        self.gap(Kind::Space);
        self.token(operator);
        self.gap(Kind::Space);
        self.row(value, indent);
    }

    /// A ladder of `? :`: each `:` begins a line.
    fn conditional(&mut self, mut row: Row<'_, '_>, indent: u8) {
        self.open();
        let mut is_indented = false;
        let mut colon = None;
        loop {
            if let Some(colon) = colon {
                self.gap(Kind::Line);
                self.token(colon);
                self.gap(Kind::Space);
            }
            let Some((condition, question, rest)) = row.split_at_first(|operator| operator.text() == "?") else {
                break;
            };
            let Some((then, next, otherwise)) = rest.split_at_colon() else {
                break;
            };
            let is_ladder = colon.is_some() || otherwise.operators.iter().any(|operator| operator.text() == "?");
            self.row(condition, CONTINUED);
            if !is_indented {
                self.indent(indent.max(INDENT));
                is_indented = true;
            }
            self.then(question, then, is_ladder);
            (row, colon) = (otherwise, Some(next));
        }
        self.row(row, CONTINUED);
        if is_indented {
            self.dedent(indent.max(INDENT));
        }
        self.close();
    }

    /// `? then`, in a ladder on the line of its condition where it fits there.
    fn then(&mut self, question: Part<'_>, then: Row<'_, '_>, is_ladder: bool) {
        if is_ladder {
            self.open();
            self.indent(CONTINUED);
        }
        self.gap(Kind::Line);
        self.token(question);
        self.gap(Kind::Space);
        self.row(then, CONTINUED);
        if is_ladder {
            self.dedent(CONTINUED);
            self.close();
        }
    }

    /// Operands joined by operators of one level.
    fn chain(&mut self, row: Row<'_, '_>, level: Level, indent: u8) {
        self.open();
        let mut first = 0;
        for (at, operator) in row.operators.iter().enumerate() {
            if Level::of(operator.text()) != level {
                continue;
            }
            self.row(row.part(first, at), CONTINUED);
            if first == 0 {
                self.indent(indent);
            }
            first = at + 1;
            self.gap(Kind::Line);
            self.token(*operator);
            self.gap(Kind::Space);
        }
        self.row(row.part(first, row.operators.len()), CONTINUED);
        self.dedent(indent);
        self.close();
    }
}
