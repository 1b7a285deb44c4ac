//! Statements: declarations, branches, loops, and the program's result.

use super::checker::{Checker, Typed};
use super::cost;
use super::flow::{Assigned, Flow, Ladder};
use super::typed::{CheckKind, IfArm, Kind, StatementId, StatementKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, Declaration, DeclaredType, ExprId, ForInit, IfList};
use crate::types::Type;
use crate::work::{Work, count, is_stopped};

impl Checker<'_> {
    pub(super) fn program(&mut self) {
        let tree = self.tree;
        let statements = tree.statement_list(tree.root);
        let mark = self.spare.statements.len();
        for (index, &statement) in statements.iter().enumerate() {
            self.in_last_statement = index + 1 == statements.len();
            let typed = match self.in_last_statement {
                false if self.breaks_outside(statement) => self.breakable(statement),
                last => self.statement(statement, last),
            };
            self.spare.statements.extend(typed);
        }
        if self.flow.reachable {
            self.add_result(Type::Void);
        }
        self.out.root = self.gathered_statements(mark);
    }

    /// Whether a statement holds a `break` or `continue` outside of loops.
    fn breaks_outside(&self, id: ast::StatementId) -> bool {
        self.tree.each_outside_loops(id).any(|statement| {
            count(Work::Checked, 1);
            matches!(statement.kind, ast::StatementKind::Break | ast::StatementKind::Continue)
        })
    }

    /// A statement of the program that holds a `break` or `continue` outside of loops: that ends it, and the next one follows.
    fn breakable(&mut self, id: ast::StatementId) -> Option<StatementId> {
        let (reachable, certain) = (self.flow.reachable, self.flow.certain);
        let fork = self.flow.fork();
        self.flow.certain = certain;
        let narrowed = self.narrowed();
        let inner = self.statement(id, false)?;
        self.forget_narrowed(narrowed);
        let branch = self.flow.end(fork);
        self.flow.join(&[branch, Flow::nothing()]);
        self.flow.reachable = reachable;
        Some(self.push_statement(StatementKind::Breakable(inner), self.tree.statement(id).span))
    }

    /// A statement; `last` where its value, if it has one, is the program's result. `None` if nothing is left of it.
    fn statement(&mut self, id: ast::StatementId, last: bool) -> Option<StatementId> {
        if is_stopped() {
            return None;
        }
        let statement = self.tree.statement(id);
        let span = statement.span;
        let kind = match statement.kind {
            ast::StatementKind::Import => return None,
            ast::StatementKind::Declare(declaration) => return self.declaration(declaration, span),
            ast::StatementKind::Expression(value) => {
                let has_value = !self.tree.expr(value).kind.is_step();
                let value = self.expr(value);
                match last && has_value {
                    true => self.return_value(value),
                    false => StatementKind::Expression(value.id),
                }
            }
            ast::StatementKind::Block(statements) => {
                let statements = self.tree.statement_list(statements);
                let mark = self.spare.statements.len();
                for (index, &inner) in statements.iter().enumerate() {
                    let typed = self.statement(inner, last && index + 1 == statements.len());
                    self.spare.statements.extend(typed);
                }
                StatementKind::Block(self.gathered_statements(mark))
            }
            ast::StatementKind::If { arms, otherwise } => self.if_ladder(arms, otherwise),
            ast::StatementKind::While { condition, body } => self.repeat(span, Some(condition), None, body),
            ast::StatementKind::For {
                init,
                condition,
                update,
                body,
            } => {
                return self.for_loop(init, condition, update, body, span);
            }
            ast::StatementKind::ForEach { each, body } => return Some(self.for_each(each, body, span)),
            ast::StatementKind::Break => self.leave_loop("break", span, StatementKind::Break),
            ast::StatementKind::Continue => self.leave_loop("continue", span, StatementKind::Continue),
            ast::StatementKind::Return(value) => {
                let value = self.expr(value);
                self.return_value(value)
            }
            ast::StatementKind::Throw(value) => self.throw(value),
        };
        Some(self.push_statement(kind, span))
    }

    fn return_value(&mut self, value: Typed) -> StatementKind {
        self.charge(cost::LEAVE);
        if !value.ty.has_host_value() {
            let message = format!("unsupported result type {}", value.ty);
            let help = match value.ty {
                Type::Days => "give its number, with `.getDays()`",
                Type::Hours => "give its number, with `.getHours()`",
                Type::Minutes => "give its number, with `.getMinutes()`",
                Type::Duration => "give its milliseconds, with `.getMillis()`",
                Type::DateTimeProperty => "give its value, with `.get()` or `.getAsText()`",
                _ => "give its text, with `'' + x`",
            };
            self.report(Diagnostic::error(Code::ResultType, value.span, message).with_help(help));
        }
        self.add_result(value.ty);
        self.flow.leave();
        StatementKind::Return(value.id)
    }

    fn add_result(&mut self, ty: Type) {
        self.result = match self.result {
            None => Some(ty),
            Some(result) if result == ty => Some(result),
            Some(_) => Some(Type::Any),
        };
    }

    fn throw(&mut self, value: ExprId) -> StatementKind {
        self.charge(cost::LEAVE);
        let value = self.expr(value);
        let value = self.refuse_null(value, "which cannot be thrown").unwrap_or(value);
        self.flow.leave();
        match value.ty {
            Type::String | Type::Any => {
                let value = self.checked(value, Type::String, CheckKind::Thrown);
                StatementKind::Throw(value.id)
            }
            given => {
                let message = format!("expected a STRING to throw, found {given}");
                let refused = self.refuse(
                    Diagnostic::error(Code::ThrowType, value.span, message).with_help("throw its text: `'' + …`"),
                );
                StatementKind::Expression(refused.id)
            }
        }
    }

    fn leave_loop(&mut self, word: &str, span: Span, kind: StatementKind) -> StatementKind {
        let is_reachable = self.flow.reachable;
        match kind {
            StatementKind::Continue => self.flow.go_on(),
            _ => self.flow.leave(),
        }
        if let Some(has_break) = self.open_loops.last_mut() {
            *has_break |= kind == StatementKind::Break;
        } else {
            return self.break_outside(word, span, is_reachable);
        }
        kind
    }

    /// `break` and `continue` outside of loops end the statement of the program that holds them; in the last one they fail.
    fn break_outside(&mut self, word: &str, span: Span, is_reachable: bool) -> StatementKind {
        if !self.in_last_statement {
            return StatementKind::Break;
        }
        let stands_alone = |id: &ast::StatementId| self.tree.statement(*id).span == span;
        if is_reachable
            && self
                .tree
                .statement_list(self.tree.root)
                .last()
                .is_some_and(stands_alone)
        {
            let message = format!("`{word}` outside of a loop");
            let error = Diagnostic::error(Code::OutsideLoop, span, message);
            self.report(error.with_help("to end the program, use `return value;`"));
        }
        let nothing = self.node(Kind::Null, Type::Null, span);
        let check = CheckKind::OutsideLoop;
        let fails = self.node(
            Kind::Check {
                value: nothing.id,
                check,
            },
            Type::Boolean,
            span,
        );
        StatementKind::Expression(fails.id)
    }

    /// A declaration: a block of assignments.
    fn declaration(&mut self, declaration: Declaration, span: Span) -> Option<StatementId> {
        let tree = self.tree;
        let DeclaredType { name, array, span: at } = declaration.ty;
        let ty = self.type_named(name, array, at);
        let mark = self.spare.statements.len();
        for declarator in tree.declarators(declaration.declarators) {
            let value = declarator.value.map(|value| self.expr(value));
            if self.is_reserved_name(declarator.name) {
                let reserved = self.reserved_name(declarator.name, declarator.name_span);
                self.report(reserved);
                continue;
            }
            let Some(ty) = ty else {
                self.declare(declarator.name, Type::Any);
                continue;
            };
            let name = tree.name(declarator.name);
            let shape = value.and_then(|value| value.shape);
            let value = match value {
                Some(value) => self.converted(value, ty, name, || Some(format!("double {name}"))),
                None => self.default_value(ty, declarator.name_span),
            };
            // A parameter of this name becomes a variable first, so that it keeps its place.
            self.bind_target(declarator.name, declarator.name_span);
            let variable = self.declare(declarator.name, ty);
            self.keep_shape_of(declarator.name, shape);
            self.widen(declarator.name);
            let set = self.node(
                Kind::Set {
                    variable,
                    value: value.id,
                },
                ty,
                span,
            );
            let set = self.push_statement(StatementKind::Expression(set.id), span);
            self.spare.statements.push(set);
        }
        if self.spare.statements.len() <= mark + 1 {
            return self.spare.statements.drain(mark..).next();
        }
        let list = self.gathered_statements(mark);
        Some(self.push_statement(StatementKind::Block(list), span))
    }

    /// What a variable holds that is declared without a value.
    fn default_value(&mut self, ty: Type, span: Span) -> Typed {
        match ty {
            Type::Long => self.node(Kind::Long(0), ty, span),
            Type::Double => self.node(Kind::Double(0.0), ty, span),
            Type::Boolean => self.node(Kind::Boolean(false), ty, span),
            ty if ty.element().is_some() => {
                let length = self.node(Kind::Long(0), Type::Long, span);
                self.node(Kind::NewArray(length.id), ty, span)
            }
            ty => self.node(Kind::Null, ty, span),
        }
    }

    fn if_ladder(&mut self, arms: IfList, otherwise: Option<ast::StatementId>) -> StatementKind {
        let tree = self.tree;
        let mut typed_arms = Vec::new();
        let mut ladder = Ladder::default();
        // What is known where an arm goes on, and so on all of those: behind `if (x == null) { return 0; }`, `x` is not null.
        let (mark, mut known) = (self.narrowed(), None);
        for arm in tree.ifs(arms) {
            let (condition, condition_steps) = self.ladder_condition(&mut ladder, typed_arms.is_empty(), |checker| {
                checker.condition(arm.condition)
            });
            let fork = self.flow.fork();
            let before = self.narrowed();
            self.narrow(arm.condition, true);
            let (body, body_steps) = self.region(|checker| checker.body(arm.body));
            if self.flow.reachable {
                known = self.known_on_all(known, mark);
            }
            self.forget_narrowed(before);
            self.narrow(arm.condition, false);
            ladder.taken.push(self.flow.end(fork));
            typed_arms.push(IfArm {
                condition: condition.id,
                condition_steps,
                body,
                body_steps,
            });
        }
        let fork = self.flow.fork();
        let (otherwise, otherwise_steps) = match otherwise {
            None => (None, 0),
            Some(otherwise) => {
                let (body, steps) = self.region(|checker| checker.body(otherwise));
                (Some(body), steps)
            }
        };
        if self.flow.reachable {
            known = self.known_on_all(known, mark);
        }
        let last = self.flow.end(fork);
        self.forget_narrowed(mark);
        self.learn_all(known);
        self.flow.join_ladder(ladder, last);
        let list = self.out.if_arms.extend(typed_arms);
        StatementKind::If {
            arms: list,
            otherwise,
            otherwise_steps,
        }
    }

    /// The body of a branch or loop.
    pub(super) fn body(&mut self, id: ast::StatementId) -> StatementId {
        match self.statement(id, false) {
            Some(body) => body,
            None => {
                let nothing = self.statement_list(&[]);
                self.push_statement(StatementKind::Block(nothing), self.tree.statement(id).span)
            }
        }
    }

    fn for_loop(
        &mut self,
        init: ForInit,
        condition: Option<ExprId>,
        update: Option<ExprId>,
        body: ast::StatementId,
        span: Span,
    ) -> Option<StatementId> {
        let first = match init {
            ForInit::None => None,
            ForInit::Declare(declaration) => self.declaration(declaration, declaration.ty.span),
            ForInit::Expression(value) => {
                let value = self.expr(value);
                Some(self.push_statement(StatementKind::Expression(value.id), value.span))
            }
        };
        let start = match init {
            ForInit::None => span.start,
            ForInit::Declare(declaration) => self.end_of(declaration),
            ForInit::Expression(value) => self.tree.expr(value).span.end,
        };
        let kind = self.repeat(Span::new(start, span.end), condition, update, body);
        let repeated = self.push_statement(kind, span);
        let Some(first) = first else {
            return Some(repeated);
        };
        let list = self.statement_list(&[first, repeated]);
        Some(self.push_statement(StatementKind::Block(list), span))
    }

    /// Where a declaration ends.
    fn end_of(&self, declaration: Declaration) -> u32 {
        let last = self.tree.declarators(declaration.declarators).last();
        last.map_or(declaration.ty.span.end, |last| match last.value {
            Some(value) => self.tree.expr(value).span.end,
            None => last.name_span.end,
        })
    }

    /// `while` and `for`; `repeated` is where what they repeat stands.
    fn repeat(
        &mut self,
        repeated: Span,
        condition: Option<ExprId>,
        update: Option<ExprId>,
        body: ast::StatementId,
    ) -> StatementKind {
        let mark = self.narrowed();
        let checked = |checker: &mut Self| {
            condition.map(|condition| {
                let checked = checker.condition(condition);
                checker.narrow(condition, true);
                checked
            })
        };
        let update = |checker: &mut Self| {
            checker.forget_narrowed(mark);
            update.map(|update| checker.update(update))
        };
        let (looped, has_break) = self.looped(repeated, checked, |checker| checker.body(body), update);
        self.forget_narrowed(mark);
        // Behind it the condition does not hold, unless it was left otherwise.
        if let Some(condition) = condition.filter(|_| !has_break) {
            self.narrow(condition, false);
        }
        looped
    }

    /// A loop of what its parts are checked to; `repeated` is where what it repeats stands. What it sets may be set already when it
    /// comes round again, and when it ends. And whether a `break` leaves it.
    pub(super) fn looped(
        &mut self,
        repeated: Span,
        condition: impl FnOnce(&mut Self) -> Option<Typed>,
        body: impl FnOnce(&mut Self) -> StatementId,
        update: impl FnOnce(&mut Self) -> Option<Typed>,
    ) -> (StatementKind, bool) {
        self.may_be_set_later(repeated);
        let around = self.flow.fork_turn(repeated.start);
        // The loop is reached and its condition tested once in the region around it, and tested again in each iteration.
        self.charge(cost::LOOP);
        let before = self.steps;
        let condition = condition(self);
        let test_steps = self.steps.saturating_sub(before);
        let fork = self.flow.fork();
        self.flow.turn = Some(repeated.start);
        self.open_loops.push(false);
        let ((body, update), steps) = self.region(|checker| {
            checker.charge(test_steps);
            checker.charge(cost::ITERATION);
            let around = checker.flow.begin_body();
            let body = body(checker);
            checker.flow.end_body(around);
            (body, update(checker))
        });
        let has_break = self.open_loops.pop().unwrap_or(false);
        let branch = self.flow.end(fork);
        let endless = condition.is_none_or(|condition| self.out.expr(condition.id).kind == Kind::Boolean(true));
        self.flow.join(&[branch, Flow::nothing()]);
        self.flow.end_turn(around);
        if endless && !has_break {
            self.flow.reachable = false;
            self.flow.certain = false;
        }
        let looped = StatementKind::Loop {
            condition: condition.map(|condition| condition.id),
            body,
            update: update.map(|update| update.id),
            iteration_steps: steps,
        };
        (looped, has_break)
    }

    /// What a loop sets may be set already when it comes round again.
    fn may_be_set_later(&mut self, repeated: Span) {
        let set = self.set;
        for name in set.within(repeated) {
            self.widen(name);
            let later = Assigned::Later(repeated.start);
            match self.flow.state(name) {
                Assigned::No => self.flow.set(name, later),
                Assigned::Later(_) if set.only_within(repeated, name) => self.flow.set(name, later),
                Assigned::Later(_) | Assigned::Maybe | Assigned::Yes => {}
            }
        }
    }

    /// The update of a `for`, which runs after the body, however that ended.
    fn update(&mut self, update: ExprId) -> Typed {
        self.flow.reachable = true;
        self.expr(update)
    }
}
