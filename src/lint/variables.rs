//! Variables that are set and never read.

use std::collections::{HashMap, HashSet};

use super::{Findings, LintName, Subject};
use crate::diagnostic::quote;
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, Literal, StatementId, StatementKind, Symbol};
use crate::work::{Work, items};

/// Where the program's text names its variables.
#[derive(Default)]
struct Places {
    /// The first place that sets each name.
    first: HashMap<Symbol, Span>,
    /// How many places set each name.
    count: HashMap<Symbol, usize>,
    /// Declarations of one variable that may be taken out: the statement, by the variable's name.
    removable: HashMap<Symbol, Span>,
}

/// Variables that nothing reads.
pub(super) fn unused(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !findings.wants(LintName::UnusedVariable) {
        return;
    }
    let tree = &subject.checked.tree;
    let unread: HashSet<&str> = tree
        .variables
        .entries()
        .filter(|(id, variable)| {
            let facts = subject.facts.variable(*id);
            let is_set = facts.is_some_and(|facts| facts.reads == 0 && !facts.sets.is_empty());
            is_set && variable.parameter.is_none() && !variable.name.starts_with('_')
        })
        .map(|(_, variable)| &*variable.name)
        .collect();
    if unread.is_empty() {
        return;
    }
    let places = Places::of(subject.ast);
    for (&symbol, &span) in &places.first {
        let name = subject.ast.name(symbol);
        if !unread.contains(name) {
            continue;
        }
        let shown = quote(name);
        findings.warn(
            LintName::UnusedVariable,
            span,
            format!("{shown} is set and never read"),
            |warning| {
                let help = format!(
                    "read it, remove it, or name it {} to keep it",
                    quote(&format!("_{name}"))
                );
                let warning = warning.with_label("not read anywhere").with_help(help);
                match places.removable(symbol) {
                    Some(statement) => warning.with_fix(with_its_blanks(subject.source, statement), ""),
                    None => warning,
                }
            },
        );
    }
}

/// A statement with the blanks after it; with its line, where it has one for itself.
fn with_its_blanks(source: &str, statement: Span) -> Span {
    let (start, end) = (statement.start as usize, statement.end as usize);
    let before = source.get(..start).unwrap_or_default();
    let after = source.get(end..).unwrap_or_default();
    let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
    let blanks = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
    let begins_line = before.len() == indent
        || before
            .get(..before.len() - indent)
            .is_some_and(|line| line.ends_with('\n'));
    match after.get(blanks..).is_some_and(|rest| rest.starts_with('\n')) {
        true if begins_line => Span::new((start - indent) as u32, (end + blanks + 1) as u32),
        true => statement,
        false => Span::new(statement.start, (end + blanks) as u32),
    }
}

impl Places {
    fn of(tree: &ast::Tree) -> Self {
        let mut places = Self::default();
        for declarator in &tree.declarators {
            places.set(declarator.name, declarator.name_span);
        }
        for expr in items(Work::Linted, &tree.exprs) {
            if let ExprKind::Assign { name, name_span, .. } = expr.kind {
                places.set(name, name_span);
            }
        }
        places.removable_of(tree, tree.statement_list(tree.root));
        for statement in &tree.statements {
            if let StatementKind::Block(list) = statement.kind {
                places.removable_of(tree, tree.statement_list(list));
            }
        }
        places
    }

    fn set(&mut self, name: Symbol, span: Span) {
        let first = self.first.entry(name).or_insert(span);
        *first = (*first).min(span);
        *self.count.entry(name).or_default() += 1;
    }

    /// Those of a list, but the last: what stands before it would become the result.
    fn removable_of(&mut self, tree: &ast::Tree, list: &[StatementId]) {
        let (_, others) = list.split_last().unzip();
        for &id in others.unwrap_or_default() {
            self.note_removable(tree, id);
        }
    }

    /// A statement of a list that only gives one variable a literal can go, and changes nothing.
    fn note_removable(&mut self, tree: &ast::Tree, id: StatementId) {
        let statement = tree.statement(id);
        let (name, value) = match statement.kind {
            StatementKind::Declare(declaration) => match tree.declarators(declaration.declarators) {
                [only] => (only.name, only.value),
                _ => return,
            },
            StatementKind::Expression(value) => match tree.expr(value).kind {
                ExprKind::Assign { name, value, .. } => (name, Some(value)),
                _ => return,
            },
            _ => return,
        };
        let is_literal = |id| {
            let ExprKind::Literal(literal) = tree.expr(id).kind else {
                return false;
            };
            !matches!(
                literal,
                Literal::LongOutOfRange | Literal::LeastLong | Literal::OctalEscape
            )
        };
        if value.is_none_or(is_literal) {
            self.removable.insert(name, statement.span);
        }
    }

    fn removable(&self, name: Symbol) -> Option<Span> {
        let only = self.count.get(&name) == Some(&1);
        self.removable.get(&name).copied().filter(|_| only)
    }
}
