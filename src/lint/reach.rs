//! Where a program's paths lead: statements that none leads to, and loops that none leads out of.

use super::counting::{self, Counted, stays};
use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Statement, StatementId, StatementKind, TypedTree};
use crate::source::Span;
use crate::syntax::ast;

/// What is known of a statement: of the arena, in which the parts of a statement stand before it.
#[derive(Clone, Copy, Default)]
struct Way {
    /// Whether what follows it may be reached.
    goes_on: bool,
    /// Whether it holds a `break` of a loop around it.
    breaks: bool,
    /// Whether it holds a `return` or `throw`.
    leaves: bool,
    /// The expressions that belong to it, as a range of their arena.
    first: u32,
    end: u32,
}

/// Statements after one that always leaves, and loops that never end.
pub(super) fn paths(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let mut ways: Vec<Way> = Vec::with_capacity(tree.statements.len());
    for statement in &tree.statements {
        let way = way(subject, &ways, statement.kind);
        if let StatementKind::Block(list) = statement.kind {
            say_unreachable(findings, tree, &ways, tree.statement_list(list));
        }
        if let StatementKind::Loop { condition, body, .. } = statement.kind {
            let inside = of(&ways, body);
            if !inside.breaks && !inside.leaves {
                judge_loop(subject, findings, *statement, condition, &way);
            }
        }
        ways.push(way);
    }
    say_unreachable(findings, tree, &ways, tree.statement_list(tree.root));
}

/// `break` and `continue` outside of loops. They end the statement of the program that holds them, as in SEL; the last statement
/// fails there.
pub(super) fn outside_loops(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = subject.ast;
    let statements = tree.statement_list(tree.root);
    for (index, &statement) in statements.iter().enumerate() {
        let message = match index + 1 == statements.len() {
            true => "outside of a loop fails in the last statement",
            false => "outside of a loop ends the statement around it, not the program",
        };
        for inner in tree.each_outside_loops(statement) {
            let word = match inner.kind {
                ast::StatementKind::Break => "break",
                ast::StatementKind::Continue => "continue",
                _ => continue,
            };
            findings.say(
                LintName::BreakOutsideLoop,
                inner.span,
                format!("`{word}` {message}"),
                |warning| warning.with_help("to end the program, write `return value;`"),
            );
        }
    }
}

fn of(ways: &[Way], id: StatementId) -> Way {
    ways.get(id.0 as usize).copied().unwrap_or_default()
}

fn way(subject: &Subject<'_>, ways: &[Way], kind: StatementKind) -> Way {
    let tree = &subject.checked.tree;
    let nothing = Way {
        goes_on: true,
        breaks: false,
        leaves: false,
        first: u32::MAX,
        end: 0,
    };
    let stop = Way {
        goes_on: false,
        ..nothing
    };
    match kind {
        StatementKind::Expression(value) => nothing.over(subject, value),
        StatementKind::Breakable(inner) => {
            let inner = of(ways, inner);
            Way {
                goes_on: inner.goes_on || inner.breaks,
                breaks: false,
                ..inner
            }
        }
        StatementKind::Break => Way { breaks: true, ..stop },
        StatementKind::Continue => stop,
        StatementKind::Return(value) | StatementKind::Throw(value) => Way { leaves: true, ..stop }.over(subject, value),
        StatementKind::Block(list) => {
            let parts = tree.statement_list(list).iter().map(|&part| of(ways, part));
            parts.fold(nothing, |block, part| Way {
                goes_on: block.goes_on && part.goes_on,
                ..block.with(&part)
            })
        }
        StatementKind::If { arms, otherwise, .. } => {
            let last = otherwise.map_or(nothing, |otherwise| of(ways, otherwise));
            tree.if_arms(arms).iter().fold(last, |ladder, arm| {
                let body = of(ways, arm.body);
                let goes_on = ladder.goes_on || body.goes_on;
                Way {
                    goes_on,
                    ..ladder.with(&body)
                }
                .over(subject, arm.condition)
            })
        }
        StatementKind::Loop {
            condition,
            body,
            update,
            ..
        } => {
            let body = of(ways, body);
            let endless = condition.is_none_or(|condition| subject.constants.boolean(condition) == Some(true));
            let way = Way {
                goes_on: !endless || body.breaks,
                breaks: false,
                ..body
            };
            [condition, update]
                .into_iter()
                .flatten()
                .fold(way, |way, value| way.over(subject, value))
        }
    }
}

impl Way {
    /// The same over an expression too.
    fn over(self, subject: &Subject<'_>, value: ExprId) -> Self {
        Self {
            first: self.first.min(subject.facts.start(value)),
            end: self.end.max(value.0 + 1),
            ..self
        }
    }

    /// The same with what another holds.
    fn with(self, other: &Self) -> Self {
        Self {
            goes_on: self.goes_on,
            breaks: self.breaks || other.breaks,
            leaves: self.leaves || other.leaves,
            first: self.first.min(other.first),
            end: self.end.max(other.end),
        }
    }
}

fn say_unreachable(findings: &mut Findings<'_>, tree: &TypedTree, ways: &[Way], list: &[StatementId]) {
    let mut stop: Option<StatementId> = None;
    for &id in list {
        let Some(before) = stop else {
            stop = (!of(ways, id).goes_on).then_some(id);
            continue;
        };
        let why = match tree.statement(before).kind {
            StatementKind::Return(_) => "the program has returned before it",
            StatementKind::Throw(_) => "the program has thrown before it",
            StatementKind::Break | StatementKind::Continue => "the loop is left before it",
            StatementKind::Loop { .. } => "the loop before it never ends",
            _ => "all paths before it leave",
        };
        let span = tree.statement(id).span;
        findings.say(
            LintName::UnreachableStatement,
            span,
            "unreachable statement",
            |warning| {
                warning
                    .with_label(why)
                    .with_help("remove it, or make what leaves before it depend on a condition")
            },
        );
        return;
    }
}

fn judge_loop(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    statement: Statement,
    condition: Option<ExprId>,
    inside: &Way,
) {
    let tree = &subject.checked.tree;
    let keyword = Span::new(statement.span.start, statement.span.start.saturating_add(3));
    let Some(condition) = condition else {
        say_endless(findings, keyword, "it has no condition, `break`, `return` or `throw`");
        return;
    };
    let span = tree.expr(condition).span;
    match subject.constants.boolean(condition) {
        Some(true) => say_endless(
            findings,
            span,
            "this always holds, and there is no `break`, `return` or `throw`",
        ),
        Some(false) => {}
        None if stays(subject, condition, (inside.first, inside.end)) => {
            say_endless(findings, span, "nothing in the loop changes this");
        }
        None => {
            let StatementKind::Loop { iteration_steps, .. } = statement.kind else {
                return;
            };
            let counted = Counted {
                condition,
                first: inside.first,
                end: inside.end,
                iteration_steps,
            };
            counting::judge(subject, findings, &counted);
        }
    }
}

fn say_endless(findings: &mut Findings<'_>, span: Span, why: &str) {
    findings.say(
        LintName::EndlessLoop,
        span,
        "once entered, the loop ends only when a budget does",
        |warning| {
            warning
                .with_label(why)
                .with_help("change what the condition reads in the body, or leave with `break`")
        },
    );
}
