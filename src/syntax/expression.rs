//! Expressions: the flat row of operands and operators that the grammar gives, grouped by precedence.
//!
//! A row is read once from left to right. Recursion happens only where something nests: brackets, the middle of `? :`, the
//! right side of an assignment. The guard has bounded those.

use super::ast::{ConditionalArm, ExprId, ExprKind, ExprList, Link, LinkList, Literal, Step, StepKind};
use super::build::{Builder, Refused, unexpected, unexpected_part};
use super::foreign;
use super::grammar::{Part, Parts, Rule};
use super::lambda::lone_names;
use super::scan::{Place, word_before};
use super::slice;
use crate::advice::Advice;
use crate::diagnostic::{Code, Diagnostic};
use crate::operator;
use crate::source::Span;

/// An operator between two operands.
#[derive(Clone, Copy, Debug)]
enum Infix {
    Binary(operator::Binary),
    Assign(operator::Assignment),
    Default,
    Question,
    Colon,
}

/// A row of operands and operators under way, and the operator before the operand that comes next.
struct Row<'s> {
    parts: Parts<'s>,
    operator: Option<(Infix, Span)>,
    /// Where the row stands.
    span: Span,
    source: &'s str,
}

impl Builder {
    /// An `expression`.
    pub(super) fn expression(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let mut row = Row {
            parts: part.inside(),
            operator: None,
            span: part.span(),
            source: part.source(),
        };
        let expr = self.assignment(&mut row)?;
        match row.operator {
            None => Ok(expr),
            Some((_, at)) => Err(stray_colon(self.advice, row.source, at)),
        }
    }

    /// The next operand, with its prefix operators and its postfix steps, which bind more tightly, and the operator after it.
    fn operand(&mut self, row: &mut Row<'_>) -> Result<ExprId, Refused> {
        let (prefixes, steps) = (self.prefixes.len(), self.steps.len());
        let mut operand = None;
        row.operator = None;
        for part in row.parts.by_ref() {
            match part.rule() {
                Rule::prefix => self.prefixes.push((unary_operator(part.text()), part.span().start)),
                Rule::infix | Rule::binary => {
                    row.operator = Some((infix(part.text()), part.span()));
                    break;
                }
                Rule::index | Rule::member | Rule::maybe_index | Rule::maybe_member => {
                    let step = self.step(part)?;
                    self.steps.push(step);
                }
                _ => operand = Some(self.primary(part)?),
            }
        }
        let Some(mut expr) = operand else {
            return Err(unexpected(row.span, "expected an operand after the operator"));
        };
        if let Some(last) = self.steps.get(steps..).and_then(<[Step]>::last) {
            let span = self.tree.expr(expr).span.to(last.span);
            let steps = self.tree.steps.extend(self.steps.drain(steps..));
            expr = self.expr(ExprKind::Postfix { base: expr, steps }, span);
        }
        while self.prefixes.len() > prefixes {
            let Some((operator, start)) = self.prefixes.pop() else {
                break;
            };
            let span = Span::new(start, self.tree.expr(expr).span.end);
            let operand = expr;
            expr = self.expr(ExprKind::Unary { operator, operand }, span);
        }
        Ok(expr)
    }

    fn primary(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        self.go_on()?;
        match part.rule() {
            Rule::number => self.number(part),
            Rule::string => Ok(self.string(part)),
            Rule::spliced => self.spliced(part),
            Rule::switch => self.switch(part),
            Rule::reference => self.reference(part),
            Rule::creation => self.creation(part),
            Rule::list => {
                let items = self.expressions(part)?;
                Ok(self.expr(ExprKind::List(items), part.span()))
            }
            Rule::map => self.map(part),
            Rule::parenthesised => {
                let outer = part.span();
                match part.inside().next() {
                    Some(inner) => {
                        let expr = self.expression(inner)?;
                        // The parentheses belong to the place, so that an error marks them too. An assignment target is
                        // told by its kind, and a name in parentheses is none: it is kept apart by a chain of one. So is
                        // the least LONG without its sign.
                        Ok(self.parenthesised(expr, outer))
                    }
                    None => Err(unexpected(outer, "expected an expression between the parentheses")),
                }
            }
            _ => Err(unexpected_part(part)),
        }
    }

    fn parenthesised(&mut self, expr: ExprId, outer: Span) -> ExprId {
        let inner = self.tree.expr(expr);
        match inner.kind {
            ExprKind::Name(_) | ExprKind::Postfix { .. } | ExprKind::Literal(Literal::LeastLong) => {
                let links = LinkList::default();
                self.expr(ExprKind::Chain { first: expr, links }, outer)
            }
            _ => expr,
        }
    }

    fn reference(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let whole = part.span();
        let mut inner = part.inside();
        let Some(name) = inner.next() else {
            return Ok(self.expr(ExprKind::Literal(Literal::Null), whole));
        };
        let arguments = inner.next();
        let literal = match name.text() {
            "true" => Some(Literal::Boolean(true)),
            "false" => Some(Literal::Boolean(false)),
            "null" => Some(Literal::Null),
            _ => None,
        };
        let kind = match (literal, arguments) {
            (Some(literal), None) => ExprKind::Literal(literal),
            (Some(_), Some(arguments)) => {
                return Err(not_a_function(name, arguments));
            }
            (None, None) => ExprKind::Name(self.name(name)?),
            (None, Some(arguments)) => {
                let name = self.name(name)?;
                ExprKind::BareCall {
                    name,
                    arguments: self.expressions(arguments)?,
                }
            }
        };
        Ok(self.expr(kind, whole))
    }

    /// The expressions inside arguments or an array literal, lambdas among them.
    fn expressions(&mut self, part: Part<'_>) -> Result<ExprList, Refused> {
        let mark = self.exprs.len();
        let mut names = None;
        for item in part.inside() {
            let expr = match item.rule() {
                Rule::lambda_names => {
                    names = Some(item);
                    continue;
                }
                Rule::lambda_body => match names.take() {
                    Some(names) => self.lambda_of_two(names, item)?,
                    None => {
                        let before = self.exprs.pop().filter(|_| self.exprs.len() >= mark);
                        self.lambda(before, item)?
                    }
                },
                _ => self.expression(item)?,
            };
            // `(a, b)` without `->`.
            if let Some(names) = names {
                return Err(lone_names(names));
            }
            self.exprs.push(expr);
        }
        if let Some(names) = names {
            return Err(lone_names(names));
        }
        Ok(self.tree.expr_lists.extend(self.exprs.drain(mark..)))
    }

    /// `{key: value, …}`
    fn map(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let mark = self.exprs.len();
        for inner in part.inside() {
            let expr = match inner.rule() {
                Rule::key => self.key(inner)?,
                _ => self.expression(inner)?,
            };
            self.exprs.push(expr);
        }
        let entries = self.tree.expr_lists.extend(self.exprs.drain(mark..));
        Ok(self.expr(ExprKind::Map(entries), part.span()))
    }

    /// A key of a map literal: a text, a word that is its own text, or what is computed in brackets.
    fn key(&mut self, key: Part<'_>) -> Result<ExprId, Refused> {
        let Some(inner) = key.inside().next() else {
            return Err(unexpected_part(key));
        };
        match inner.rule() {
            Rule::expression => self.expression(inner),
            Rule::string => Ok(self.string(inner)),
            _ => {
                let word = self.text(inner.text().to_owned());
                Ok(self.expr(ExprKind::Literal(Literal::Text(word)), inner.span()))
            }
        }
    }

    fn step(&mut self, part: Part<'_>) -> Result<Step, Refused> {
        let step_span = part.span();
        let is_index = matches!(part.rule(), Rule::index | Rule::maybe_index);
        let maybe = matches!(part.rule(), Rule::maybe_index | Rule::maybe_member);
        let mut inner = part.inside();
        let Some(first) = inner.next() else {
            return Err(unexpected(step_span, "expected an index or a name"));
        };
        if is_index {
            return Ok(Step {
                kind: StepKind::Index(self.expression(first)?),
                maybe,
                span: step_span,
            });
        }
        let name_span = first.span();
        let arguments = inner.next();
        // Any word is the key of a map, but for what Java reads as its class.
        let name = match arguments {
            None if first.text() != "class" => self.symbol(first.text()),
            _ => self.name(first)?,
        };
        let kind = match arguments {
            None => StepKind::Field { name, name_span },
            Some(arguments) => StepKind::Call {
                name,
                name_span,
                arguments: self.expressions(arguments)?,
            },
        };
        Ok(Step {
            kind,
            maybe,
            span: step_span,
        })
    }

    /// `new …`
    fn creation(&mut self, part: Part<'_>) -> Result<ExprId, Refused> {
        let whole = part.span();
        let mut inner = part.inside();
        let (Some(class), Some(rest)) = (inner.next(), inner.next()) else {
            return Err(unexpected_part(part));
        };
        let (name, name_span) = (self.type_name(class)?, class.span());
        let kind = match rest.rule() {
            Rule::arguments => ExprKind::New {
                class: name,
                class_span: name_span,
                arguments: self.expressions(rest)?,
            },
            Rule::array_literal => ExprKind::ArrayLiteral {
                element: name,
                element_span: name_span,
                items: self.expressions(rest)?,
            },
            _ => {
                let Some(length) = rest.inside().next() else {
                    return Err(unexpected_part(rest));
                };
                let length = self.expression(length)?;
                ExprKind::NewArray {
                    element: name,
                    element_span: name_span,
                    length,
                }
            }
        };
        Ok(self.expr(kind, whole))
    }

    /// An assignment, which groups to the right, or what binds more tightly.
    fn assignment(&mut self, row: &mut Row<'_>) -> Result<ExprId, Refused> {
        let left = self.conditional(row)?;
        let Some((Infix::Assign(operator), operator_span)) = row.operator else {
            return Ok(left);
        };
        let value = self.assignment(row)?;
        let span = self.tree.expr(left).span.to(self.tree.expr(value).span);
        let kind = self.assign(left, (operator, operator_span), value, row.source)?;
        Ok(self.expr(kind, span))
    }

    /// What an assignment to this target is.
    fn assign(
        &mut self,
        target: ExprId,
        (operator, operator_span): (operator::Assignment, Span),
        value: ExprId,
        source: &str,
    ) -> Result<ExprKind, Refused> {
        let target = self.tree.expr(target);
        if let ExprKind::Name(name) = target.kind {
            return Ok(ExprKind::Assign {
                name,
                name_span: target.span,
                operator,
                value,
            });
        }
        if let ExprKind::Postfix { base, steps } = target.kind
            && let ExprKind::Name(name) = self.tree.expr(base).kind
            && let [step] = *self.tree.steps(steps)
            && let StepKind::Index(index) = step.kind
            && !step.maybe
        {
            return Ok(ExprKind::AssignElement {
                name,
                name_span: self.tree.expr(base).span,
                index,
                operator,
                value,
            });
        }
        Err(invalid_target(
            self.advice,
            source,
            target.span,
            operator,
            operator_span,
        ))
    }

    /// A ladder of `? :`, or what binds more tightly.
    fn conditional(&mut self, row: &mut Row<'_>) -> Result<ExprId, Refused> {
        let first = self.default(row)?;
        let mark = self.conditionals.len();
        let mut condition = first;
        while let Some((Infix::Question, question)) = row.operator {
            let then = self.assignment(row)?;
            let Some((Infix::Colon, _)) = row.operator else {
                return Err(stray_question(question));
            };
            self.conditionals.push(ConditionalArm { condition, then });
            condition = self.default(row)?;
        }
        if self.conditionals.len() == mark {
            return Ok(first);
        }
        let span = self.tree.expr(first).span.to(self.tree.expr(condition).span);
        let arms = self.tree.conditionals.extend(self.conditionals.drain(mark..));
        let otherwise = condition;
        Ok(self.expr(ExprKind::Conditional { arms, otherwise }, span))
    }

    /// Values with `??` between them, or what binds more tightly.
    fn default(&mut self, row: &mut Row<'_>) -> Result<ExprId, Refused> {
        let first = self.chain(row, 0)?;
        let (mark, mut last) = (self.exprs.len(), first);
        while let Some((Infix::Default, _)) = row.operator {
            self.exprs.push(last);
            last = self.chain(row, 0)?;
        }
        if self.exprs.len() == mark {
            return Ok(first);
        }
        self.exprs.push(last);
        let span = self.tree.expr(first).span.to(self.tree.expr(last).span);
        let values = self.tree.expr_lists.extend(self.exprs.drain(mark..));
        Ok(self.expr(ExprKind::Default(values), span))
    }

    /// Operands joined by operators of a level, or of levels that bind more tightly.
    fn chain(&mut self, row: &mut Row<'_>, level: u8) -> Result<ExprId, Refused> {
        let mut first = self.operand(row)?;
        while let Some(same) = row.level().filter(|&next| next >= level) {
            let mark = self.links.len();
            let mut last = first;
            while let Some((Infix::Binary(operator), operator_span)) = row.operator
                && operator.level() == same
            {
                last = self.chain(row, same + 1)?;
                self.links.push(Link {
                    operator,
                    operator_span,
                    operand: last,
                });
            }
            let span = self.tree.expr(first).span.to(self.tree.expr(last).span);
            let links = self.tree.links.extend(self.links.drain(mark..));
            first = self.expr(ExprKind::Chain { first, links }, span);
        }
        Ok(first)
    }
}

impl Row<'_> {
    /// The level of the operator that comes next, if it is a binary one.
    fn level(&self) -> Option<u8> {
        match self.operator {
            Some((Infix::Binary(operator), _)) => Some(operator.level()),
            Some((Infix::Assign(_) | Infix::Default | Infix::Question | Infix::Colon, _)) | None => None,
        }
    }
}

fn unary_operator(text: &str) -> operator::Unary {
    match text.as_bytes() {
        b"-" => operator::Unary::Minus,
        b"+" => operator::Unary::Plus,
        _ => operator::Unary::Not,
    }
}

fn infix(text: &str) -> Infix {
    match text {
        "?" => return Infix::Question,
        "??" => return Infix::Default,
        _ => {}
    }
    let binary = operator::Binary::of(text).map(Infix::Binary);
    let assignment = || operator::Assignment::of(text).map(Infix::Assign);
    binary.or_else(assignment).unwrap_or(Infix::Colon)
}

#[cold]
fn not_a_function(name: Part<'_>, arguments: Part<'_>) -> Refused {
    unexpected(arguments.span(), format!("`{}` is not a function", name.text()))
}

#[cold]
fn stray_question(at: Span) -> Refused {
    let error = Diagnostic::error(Code::UnexpectedToken, at, "`?` without a matching `:`");
    error.with_help("write `condition ? value : otherwise`").into()
}

#[cold]
fn invalid_target(
    advice: Advice,
    source: &str,
    target: Span,
    operator: operator::Assignment,
    operator_span: Span,
) -> Refused {
    if let Some(error) = foreign::parameters_of_type(advice, source, target.start as usize) {
        return error.into();
    }
    let message = format!("the left side of `{operator}` cannot be assigned to");
    let is_member = source
        .get(target.start as usize..target.end as usize)
        .is_some_and(|text| text.contains('.'));
    let place = Place::of(advice, source, target.start as usize);
    let in_condition = matches!(word_before(place.before_bracket()).0, "if" | "while");
    let help = if operator == operator::Assignment::Set && in_condition {
        "`=` assigns: compare with `==`"
    } else if operator == operator::Assignment::Set && is_member {
        "assign to a name, or to a name with one index; a value of a map is set with `m.put('key', x)`"
    } else if operator == operator::Assignment::Set && operator_span.start > target.start {
        "assign to a name, or to a name with one index; compare with `==`"
    } else {
        "assign to a name, or to a name with one index"
    };
    Diagnostic::error(Code::InvalidAssignmentTarget, target, message)
        .with_label("not a variable or an element")
        .with_help(help)
        .into()
}

#[cold]
fn stray_colon(advice: Advice, source: &str, at: Span) -> Refused {
    let of_slice = slice::slice(advice, source, at.start as usize);
    let error = of_slice.unwrap_or_else(|| {
        Diagnostic::error(Code::UnsupportedSyntax, at, "`:` without a matching `?`")
            .with_help("write `condition ? value : otherwise`; an array is walked with `for (int i = 0; i < xs.length; i += 1) { … }`; there are no labels")
    });
    error.into()
}
