//! Expressions: the flat row of operands and operators that the grammar gives, grouped by precedence.
//!
//! A row is read once from left to right. Recursion happens only where something nests: brackets, the middle of `? :`, the
//! right side of an assignment. The guard has bounded those.

use super::ast::{
    AssignOperator, BinaryOperator, ConditionalArm, ConditionalList, ExprId, ExprKind, ExprList, Link, LinkList,
    Literal, Step, StepKind, StepList, UnaryOperator,
};
use super::build::{Builder, Part, span, unexpected_part};
use super::grammar::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The levels of binary operators, from `||` to `* / %`.
const LEVELS: u8 = 6;

/// An operator between two operands.
#[derive(Clone, Copy, Debug)]
enum Infix {
    Binary(BinaryOperator),
    Assign(AssignOperator),
    Question,
    Colon,
}

/// A row of operands, with the operator before each but the first.
struct Row {
    operands: Vec<ExprId>,
    operators: Vec<(Infix, Span)>,
    /// The next operator to be read.
    next: usize,
}

impl Row {
    fn operator(&self) -> Option<(Infix, Span)> {
        self.operators.get(self.next).copied()
    }

    fn take_operand(&mut self) -> Option<ExprId> {
        self.operands.get(self.next).copied()
    }
}

impl Builder {
    /// An `expression`.
    pub(super) fn expression(&mut self, part: Part<'_>) -> Result<ExprId, Diagnostic> {
        let whole = span(&part);
        let mut row = Row {
            operands: Vec::new(),
            operators: Vec::new(),
            next: 0,
        };
        let mut prefixes: Vec<(UnaryOperator, u32)> = Vec::new();
        let mut operand: Option<ExprId> = None;
        let mut steps: Vec<Step> = Vec::new();
        for part in part.into_inner() {
            match part.as_rule() {
                Rule::prefix => prefixes.push((unary_operator(part.as_str()), span(&part).start)),
                Rule::infix => {
                    row.operands
                        .extend(self.operand(operand.take(), &mut steps, &mut prefixes));
                    row.operators.push((infix(part.as_str()), span(&part)));
                }
                Rule::index | Rule::member => steps.push(self.step(part)?),
                _ => operand = Some(self.primary(part)?),
            }
        }
        row.operands.extend(self.operand(operand, &mut steps, &mut prefixes));
        let expr = self.assignment(&mut row)?;
        match row.operator() {
            None => Ok(expr),
            Some((_, at)) => Err(stray_colon(at, whole)),
        }
    }

    /// An operand with its postfix steps and its prefix operators, which bind less tightly.
    fn operand(
        &mut self,
        base: Option<ExprId>,
        steps: &mut Vec<Step>,
        prefixes: &mut Vec<(UnaryOperator, u32)>,
    ) -> Option<ExprId> {
        let mut expr = base?;
        if let Some(last) = steps.last() {
            let span = self.tree.expr(expr).span.to(last.span);
            let list = StepList {
                start: self.tree.steps.len() as u32,
                len: steps.len() as u32,
            };
            self.tree.steps.append(steps);
            expr = self.expr(
                ExprKind::Postfix {
                    base: expr,
                    steps: list,
                },
                span,
            );
        }
        while let Some((operator, start)) = prefixes.pop() {
            let span = Span::new(start, self.tree.expr(expr).span.end);
            expr = self.expr(
                ExprKind::Unary {
                    operator,
                    operand: expr,
                },
                span,
            );
        }
        Some(expr)
    }

    fn primary(&mut self, part: Part<'_>) -> Result<ExprId, Diagnostic> {
        match part.as_rule() {
            Rule::number => self.number(&part),
            Rule::string => Ok(self.string(&part)),
            Rule::reference => self.reference(part),
            Rule::creation => self.creation(part),
            Rule::parenthesised => {
                let outer = span(&part);
                match part.into_inner().next() {
                    Some(inner) => {
                        let expr = self.expression(inner)?;
                        // The parentheses belong to the place, so that an error marks them too. An assignment target is
                        // told by its kind, and a name in parentheses is none: it is kept apart by a chain of one.
                        Ok(self.parenthesised(expr, outer))
                    }
                    None => Err(Diagnostic::error(
                        Code::UnexpectedToken,
                        outer,
                        "the parentheses are empty",
                    )),
                }
            }
            _ => Err(unexpected_part(&part)),
        }
    }

    fn parenthesised(&mut self, expr: ExprId, outer: Span) -> ExprId {
        let inner = self.tree.expr(expr);
        match inner.kind {
            ExprKind::Name(_) | ExprKind::Postfix { .. } => {
                let links = LinkList {
                    start: self.tree.links.len() as u32,
                    len: 0,
                };
                self.expr(ExprKind::Chain { first: expr, links }, outer)
            }
            _ => expr,
        }
    }

    fn reference(&mut self, part: Part<'_>) -> Result<ExprId, Diagnostic> {
        let whole = span(&part);
        let mut inner = part.into_inner();
        let Some(name) = inner.next() else {
            return Ok(self.expr(ExprKind::Literal(Literal::Null), whole));
        };
        let arguments = inner.next();
        let literal = match name.as_str() {
            "true" => Some(Literal::Boolean(true)),
            "false" => Some(Literal::Boolean(false)),
            "null" => Some(Literal::Null),
            _ => None,
        };
        let kind = match (literal, arguments) {
            (Some(literal), None) => ExprKind::Literal(literal),
            (Some(_), Some(arguments)) => {
                let message = format!("`{}` cannot be called", name.as_str());
                return Err(Diagnostic::error(Code::UnexpectedToken, span(&arguments), message));
            }
            (None, None) => ExprKind::Name(self.name(&name)?),
            (None, Some(arguments)) => {
                let name = self.name(&name)?;
                ExprKind::BareCall {
                    name,
                    arguments: self.expressions(arguments)?,
                }
            }
        };
        Ok(self.expr(kind, whole))
    }

    /// The expressions inside arguments or an array literal.
    fn expressions(&mut self, part: Part<'_>) -> Result<ExprList, Diagnostic> {
        let items: Result<Vec<ExprId>, Diagnostic> = part.into_inner().map(|item| self.expression(item)).collect();
        Ok(self.expr_list(&items?))
    }

    fn step(&mut self, part: Part<'_>) -> Result<Step, Diagnostic> {
        let step_span = span(&part);
        let is_index = part.as_rule() == Rule::index;
        let mut inner = part.into_inner();
        let Some(first) = inner.next() else {
            return Err(Diagnostic::error(
                Code::UnexpectedToken,
                step_span,
                "an index or a name is expected",
            ));
        };
        if is_index {
            return Ok(Step {
                kind: StepKind::Index(self.expression(first)?),
                span: step_span,
            });
        }
        let name_span = span(&first);
        let name = self.name(&first)?;
        let kind = match inner.next() {
            None => StepKind::Field { name, name_span },
            Some(arguments) => StepKind::Call {
                name,
                name_span,
                arguments: self.expressions(arguments)?,
            },
        };
        Ok(Step { kind, span: step_span })
    }

    /// `new …`
    fn creation(&mut self, part: Part<'_>) -> Result<ExprId, Diagnostic> {
        let whole = span(&part);
        let mut inner = part.clone().into_inner();
        let (Some(class), Some(rest)) = (inner.next(), inner.next()) else {
            return Err(unexpected_part(&part));
        };
        let (name, name_span) = (self.type_name(&class)?, span(&class));
        let kind = match rest.as_rule() {
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
                let Some(length) = rest.clone().into_inner().next() else {
                    return Err(unexpected_part(&rest));
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
    fn assignment(&mut self, row: &mut Row) -> Result<ExprId, Diagnostic> {
        let left = self.conditional(row)?;
        let Some((Infix::Assign(operator), operator_span)) = row.operator() else {
            return Ok(left);
        };
        row.next += 1;
        let value = self.assignment(row)?;
        let span = self.tree.expr(left).span.to(self.tree.expr(value).span);
        let kind = self.assign(left, operator, operator_span, value)?;
        Ok(self.expr(kind, span))
    }

    /// What an assignment to this target is.
    fn assign(
        &mut self,
        target: ExprId,
        operator: AssignOperator,
        operator_span: Span,
        value: ExprId,
    ) -> Result<ExprKind, Diagnostic> {
        let target = self.tree.expr(target);
        match target.kind {
            ExprKind::Name(name) => Ok(ExprKind::Assign {
                name,
                name_span: target.span,
                operator,
                value,
            }),
            ExprKind::Postfix { base, steps } => {
                let base = self.tree.expr(base);
                match (base.kind, self.tree.steps(steps)) {
                    (
                        ExprKind::Name(name),
                        &[
                            Step {
                                kind: StepKind::Index(index),
                                ..
                            },
                        ],
                    ) => Ok(ExprKind::AssignElement {
                        name,
                        name_span: base.span,
                        index,
                        operator,
                        value,
                    }),
                    _ => Err(invalid_target(target.span, operator, operator_span)),
                }
            }
            _ => Err(invalid_target(target.span, operator, operator_span)),
        }
    }

    /// A ladder of `? :`, or what binds more tightly.
    fn conditional(&mut self, row: &mut Row) -> Result<ExprId, Diagnostic> {
        let first = self.chain(row, 0)?;
        let mut arms: Vec<ConditionalArm> = Vec::new();
        let mut condition = first;
        while let Some((Infix::Question, question)) = row.operator() {
            row.next += 1;
            let then = self.assignment(row)?;
            let Some((Infix::Colon, _)) = row.operator() else {
                return Err(Diagnostic::error(Code::UnexpectedToken, question, "the `?` has no `:`")
                    .with_help("write `condition ? value : otherwise`"));
            };
            row.next += 1;
            arms.push(ConditionalArm { condition, then });
            condition = self.chain(row, 0)?;
        }
        if arms.is_empty() {
            return Ok(first);
        }
        let span = self.tree.expr(first).span.to(self.tree.expr(condition).span);
        let list = ConditionalList {
            start: self.tree.conditionals.len() as u32,
            len: arms.len() as u32,
        };
        self.tree.conditionals.append(&mut arms);
        Ok(self.expr(
            ExprKind::Conditional {
                arms: list,
                otherwise: condition,
            },
            span,
        ))
    }

    /// A chain of operators of a level, of operands of the next.
    fn chain(&mut self, row: &mut Row, level: u8) -> Result<ExprId, Diagnostic> {
        if level == LEVELS {
            let at = row
                .operators
                .get(row.next.wrapping_sub(1))
                .map_or_else(Span::default, |&(_, span)| span);
            let missing = || Diagnostic::error(Code::UnexpectedToken, at, "an operand is expected after the operator");
            return row.take_operand().ok_or_else(missing);
        }
        let first = self.chain(row, level + 1)?;
        let mut links = Vec::new();
        while let Some((Infix::Binary(operator), operator_span)) = row.operator() {
            if level_of(operator) != level {
                break;
            }
            row.next += 1;
            let operand = self.chain(row, level + 1)?;
            links.push(Link {
                operator,
                operator_span,
                operand,
            });
        }
        let Some(last) = links.last() else {
            return Ok(first);
        };
        let span = self.tree.expr(first).span.to(self.tree.expr(last.operand).span);
        let list = LinkList {
            start: self.tree.links.len() as u32,
            len: links.len() as u32,
        };
        self.tree.links.append(&mut links);
        Ok(self.expr(ExprKind::Chain { first, links: list }, span))
    }
}

fn unary_operator(text: &str) -> UnaryOperator {
    match text {
        "-" => UnaryOperator::Minus,
        "+" => UnaryOperator::Plus,
        _ => UnaryOperator::Not,
    }
}

fn infix(text: &str) -> Infix {
    match text {
        "=" => Infix::Assign(AssignOperator::Set),
        "+=" => Infix::Assign(AssignOperator::Add),
        "-=" => Infix::Assign(AssignOperator::Subtract),
        "*=" => Infix::Assign(AssignOperator::Multiply),
        "/=" => Infix::Assign(AssignOperator::Divide),
        "%=" => Infix::Assign(AssignOperator::Remainder),
        "?" => Infix::Question,
        "||" => Infix::Binary(BinaryOperator::Or),
        "&&" => Infix::Binary(BinaryOperator::And),
        "==" => Infix::Binary(BinaryOperator::Equal),
        "!=" => Infix::Binary(BinaryOperator::NotEqual),
        "<" => Infix::Binary(BinaryOperator::Less),
        ">" => Infix::Binary(BinaryOperator::Greater),
        "<=" => Infix::Binary(BinaryOperator::LessEqual),
        ">=" => Infix::Binary(BinaryOperator::GreaterEqual),
        "+" => Infix::Binary(BinaryOperator::Add),
        "-" => Infix::Binary(BinaryOperator::Subtract),
        "*" => Infix::Binary(BinaryOperator::Multiply),
        "/" => Infix::Binary(BinaryOperator::Divide),
        "%" => Infix::Binary(BinaryOperator::Remainder),
        _ => Infix::Colon,
    }
}

/// The level of an operator, from the loosest.
pub(super) const fn level_of(operator: BinaryOperator) -> u8 {
    match operator {
        BinaryOperator::Or => 0,
        BinaryOperator::And => 1,
        BinaryOperator::Equal | BinaryOperator::NotEqual => 2,
        BinaryOperator::Less | BinaryOperator::Greater | BinaryOperator::LessEqual | BinaryOperator::GreaterEqual => 3,
        BinaryOperator::Add | BinaryOperator::Subtract => 4,
        BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Remainder => 5,
    }
}

fn invalid_target(target: Span, operator: AssignOperator, operator_span: Span) -> Diagnostic {
    let message = format!("the left side of `{}` cannot be assigned to", operator.text());
    let help = if operator == AssignOperator::Set && operator_span.start > target.start {
        "assign to a name, or to a name with one index; compare with `==`"
    } else {
        "assign to a name, or to a name with one index"
    };
    Diagnostic::error(Code::InvalidAssignmentTarget, target, message)
        .with_label("not a variable or an element")
        .with_help(help)
}

fn stray_colon(at: Span, whole: Span) -> Diagnostic {
    let _ = whole;
    Diagnostic::error(Code::UnsupportedSyntax, at, "the `:` belongs to no `?`").with_help(
        "labels and `for (x : xs)` are not in the language; write `for (int i = 0; i < xs.length; i += 1) { … }`",
    )
}
