//! Where a program's paths lead: statements that none leads to, and loops that none leads out of.

use super::counting::{self, Counted, stays};
use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Statement, StatementId, StatementKind, TypedTree};
use crate::source::Span;
use crate::syntax::ast;

/// What is known of a statement: of the arena, in which the parts of a statement stand before it.
#[derive(Clone, Copy, Default)]
struct Flow {
    /// Whether what follows it may be reached.
    falls_through: bool,
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
    let mut flows: Vec<Flow> = Vec::with_capacity(tree.statements.len());
    for statement in &tree.statements {
        let flow = flow_of(subject, &flows, statement.kind);
        if let StatementKind::Block(list) = statement.kind {
            warn_unreachable(findings, tree, &flows, tree.statement_list(list));
        }
        if let StatementKind::Loop { condition, body, .. } = statement.kind {
            let inside = of(&flows, body);
            if !inside.breaks && !inside.leaves {
                check_loop(subject, findings, *statement, condition, &flow);
            }
        }
        flows.push(flow);
    }
    warn_unreachable(findings, tree, &flows, tree.statement_list(tree.root));
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
            findings.warn(
                LintName::BreakOutsideLoop,
                inner.span,
                format!("`{word}` {message}"),
                |warning| warning.with_help("to end the program, write `return value;`"),
            );
        }
    }
}

fn of(flows: &[Flow], id: StatementId) -> Flow {
    flows.get(id.index()).copied().unwrap_or_default()
}

fn flow_of(subject: &Subject<'_>, flows: &[Flow], kind: StatementKind) -> Flow {
    let tree = &subject.checked.tree;
    let nothing = Flow {
        falls_through: true,
        breaks: false,
        leaves: false,
        first: u32::MAX,
        end: 0,
    };
    let stop = Flow {
        falls_through: false,
        ..nothing
    };
    match kind {
        StatementKind::Expression(value) => nothing.over(subject, value),
        StatementKind::Breakable(inner) => {
            let inner = of(flows, inner);
            Flow {
                falls_through: inner.falls_through || inner.breaks,
                breaks: false,
                ..inner
            }
        }
        StatementKind::Break => Flow { breaks: true, ..stop },
        StatementKind::Continue => stop,
        StatementKind::Return(value) | StatementKind::Throw(value) => {
            Flow { leaves: true, ..stop }.over(subject, value)
        }
        StatementKind::Block(list) => {
            let parts = tree.statement_list(list).iter().map(|&part| of(flows, part));
            parts.fold(nothing, |block, part| Flow {
                falls_through: block.falls_through && part.falls_through,
                ..block.with(&part)
            })
        }
        StatementKind::If { arms, otherwise, .. } => {
            let last = otherwise.map_or(nothing, |otherwise| of(flows, otherwise));
            tree.if_arms(arms).iter().fold(last, |ladder, arm| {
                let body = of(flows, arm.body);
                let falls_through = ladder.falls_through || body.falls_through;
                Flow {
                    falls_through,
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
            let body = of(flows, body);
            let endless = condition.is_none_or(|condition| subject.constants.boolean(condition) == Some(true));
            let flow = Flow {
                falls_through: !endless || body.breaks,
                breaks: false,
                ..body
            };
            [condition, update]
                .into_iter()
                .flatten()
                .fold(flow, |flow, value| flow.over(subject, value))
        }
    }
}

impl Flow {
    /// The same over an expression too.
    fn over(self, subject: &Subject<'_>, value: ExprId) -> Self {
        Self {
            first: self.first.min(subject.facts.start(value)),
            end: self.end.max(value.number() + 1),
            ..self
        }
    }

    /// The same with what another holds.
    fn with(self, other: &Self) -> Self {
        Self {
            falls_through: self.falls_through,
            breaks: self.breaks || other.breaks,
            leaves: self.leaves || other.leaves,
            first: self.first.min(other.first),
            end: self.end.max(other.end),
        }
    }
}

fn warn_unreachable(findings: &mut Findings<'_>, tree: &TypedTree, flows: &[Flow], list: &[StatementId]) {
    let mut stop: Option<StatementId> = None;
    for &id in list {
        let Some(before) = stop else {
            stop = (!of(flows, id).falls_through).then_some(id);
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
        findings.warn(
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

fn check_loop(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    statement: Statement,
    condition: Option<ExprId>,
    inside: &Flow,
) {
    let tree = &subject.checked.tree;
    let keyword = Span::new(statement.span.start, statement.span.start.saturating_add(3));
    let Some(condition) = condition else {
        warn_endless(findings, keyword, "it has no condition, `break`, `return` or `throw`");
        return;
    };
    let span = tree.expr(condition).span;
    match subject.constants.boolean(condition) {
        Some(true) => warn_endless(
            findings,
            span,
            "this always holds, and there is no `break`, `return` or `throw`",
        ),
        Some(false) => {}
        None if stays(subject, condition, (inside.first, inside.end)) => {
            warn_endless(findings, span, "nothing in the loop changes this");
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
            counting::check(subject, findings, &counted);
        }
    }
}

fn warn_endless(findings: &mut Findings<'_>, span: Span, why: &str) {
    findings.warn(
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
