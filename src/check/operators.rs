//! Binary operators, by the table of the language reference. The left operand decides.

use super::checker::{Checker, Typed};
use super::expressions::OF_TEXT;
use super::typed::{BinaryOperator, CheckKind, ExprList, Kind, LogicalList, LogicalOperand};
use super::{cost, unquoted_dates};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{ExprId, Link, LinkList};
use crate::types::Type;

/// What to know of a text on the left of `||`, with which SQL joins texts.
const JOINED: &str = "`||` is for BOOLEANs: join texts with `+`, `a + b`";

/// What the operator table says of two types.
enum Rule {
    /// LONG or BOOLEAN or STRING operands that a typed instruction takes.
    Typed(Type),
    /// Numbers of which at least one is DOUBLE.
    Floats(Type),
    /// A concatenation for sure.
    Concat,
    /// Something that the run applies the table to; the type is known or `ANY`. `certain` where it cannot fail for its
    /// operands' types.
    Dynamic { ty: Type, certain: bool },
    /// Never.
    Refused,
}

impl Checker<'_> {
    /// A chain of operators of one level.
    pub(super) fn chain(&mut self, first: ExprId, links: LinkList) -> Typed {
        let tree = self.tree;
        let links = tree.links(links);
        match links.first().map(|link| link.operator) {
            None => self.expr(first),
            Some(BinaryOperator::And) => self.logical(true, first, links),
            Some(BinaryOperator::Or) => self.logical(false, first, links),
            Some(_) => self.binary_chain(first, links),
        }
    }

    fn binary_chain(&mut self, first: ExprId, links: &[Link]) -> Typed {
        let mut dates: Option<Span> = None;
        for date in unquoted_dates(self.tree, first, links) {
            self.report(date.warning());
            dates = Some(dates.map_or(date.span, |known| known.to(date.span)));
        }
        self.unquoted_date = dates.unwrap_or(self.unquoted_date);
        let mut left = self.expr(first);
        // The parts of a concatenation while it grows: one node is made of all of them.
        let mut parts: Vec<Typed> = Vec::new();
        for link in links {
            let right = self.expr(link.operand);
            if link.operator == BinaryOperator::Add && !parts.is_empty() {
                parts.extend(self.part(right));
                continue;
            }
            // What is taken from a text, which is refused.
            if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
                left = self.concat(&parts, first.span.to(last.span));
                parts.clear();
            }
            let concat =
                link.operator == BinaryOperator::Add && matches!(rule(link.operator, left.ty, right.ty), Rule::Concat);
            if concat {
                parts.extend([left, right]);
            } else {
                left = self.binary(link.operator, left.span.to(right.span), left, right);
            }
        }
        match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => {
                let span = first.span.to(last.span);
                self.concat(&parts, span)
            }
            _ => left,
        }
    }

    /// A further part of a concatenation; none where it cannot be one.
    fn part(&mut self, part: Typed) -> Option<Typed> {
        if part.ty != Type::Void {
            return Some(part);
        }
        self.refuse(Diagnostic::error(
            Code::OperandTypes,
            part.span,
            "this has no value to be joined to a text",
        ));
        None
    }

    fn concat(&mut self, parts: &[Typed], span: Span) -> Typed {
        let list: ExprList = self.expr_list(parts);
        self.node(Kind::Concat(list), Type::String, span)
    }

    /// One binary operator but `&&` and `||`.
    pub(super) fn binary(&mut self, operator: BinaryOperator, span: Span, left: Typed, right: Typed) -> Typed {
        match rule(operator, left.ty, right.ty) {
            Rule::Typed(ty) => {
                let kind = typed_kind(operator, left, right);
                self.node(kind, ty, span)
            }
            Rule::Floats(ty) => {
                let (left, right) = (self.float(left), self.float(right));
                let kind = typed_kind(operator, left, right);
                self.node(kind, ty, span)
            }
            Rule::Concat => {
                // `s += e` joins to what `s` holds, which may itself be a concatenation.
                self.concat(&[left, right], span)
            }
            Rule::Dynamic { ty, certain } => {
                if !certain {
                    self.unproved(span, || {
                        format!("`{}` may not take {} and {}", operator.text(), left.ty, right.ty)
                    });
                }
                self.node(
                    Kind::Dynamic {
                        operator,
                        left: left.id,
                        right: right.id,
                        compound: false,
                    },
                    ty,
                    span,
                )
            }
            // What is wrong with an operand was said already.
            Rule::Refused if self.is_refused(left) || self.is_refused(right) => self.poison(span),
            Rule::Refused => {
                let message = format!("`{}` does not take {} and {}", operator.text(), left.ty, right.ty);
                let mut error = Diagnostic::error(Code::OperandTypes, span, message).with_label(format!(
                    "{} {} {}",
                    left.ty,
                    operator.text(),
                    right.ty
                ));
                if let Some(help) = self.operation_help(operator, left, right) {
                    error = error.with_help(help);
                }
                self.refuse(error)
            }
        }
    }

    fn float(&mut self, value: Typed) -> Typed {
        match value.ty {
            Type::Long => self.node(Kind::ToDouble(value.id), Type::Double, value.span),
            _ => value,
        }
    }

    fn logical(&mut self, and: bool, first: ExprId, links: &[Link]) -> Typed {
        let first = self.condition_of(first, if and { OF_TEXT } else { JOINED });
        let mut span = first.span;
        let (operands, forks) = (self.spare.operands.len(), self.spare.forks.len());
        for link in links {
            self.charge(cost::DECISION);
            let fork = self.flow.fork();
            let (value, steps) = self.region(|checker| checker.right_operand(link.operand));
            span = span.to(value.span);
            self.spare.operands.push(LogicalOperand { value: value.id, steps });
            self.spare.forks.push(fork);
        }
        // What a right side sets is set only where it is reached.
        self.flow.join_nested(self.spare.forks.get(forks..).unwrap_or_default());
        self.spare.forks.truncate(forks);
        let rest = LogicalList {
            start: self.out.logical_operands.len() as u32,
            len: (self.spare.operands.len() - operands) as u32,
        };
        self.out.logical_operands.extend(self.spare.operands.drain(operands..));
        self.node(
            Kind::Logical {
                and,
                first: first.id,
                rest,
            },
            Type::Boolean,
            span,
        )
    }

    /// A right operand of `&&` or `||`: of another type than BOOLEAN it fails only where it is reached, so the run checks it.
    fn right_operand(&mut self, id: ExprId) -> Typed {
        let value = self.expr(id);
        self.checked(value, Type::Boolean, CheckKind::Condition)
    }
}

fn typed_kind(operator: BinaryOperator, left: Typed, right: Typed) -> Kind {
    let (left, right) = (left.id, right.id);
    match is_arithmetic(operator) {
        true => Kind::Arithmetic { operator, left, right },
        false => Kind::Compare { operator, left, right },
    }
}

pub(super) const fn is_arithmetic(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Add
            | BinaryOperator::Subtract
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Remainder
    )
}

pub(super) const fn is_equality(operator: BinaryOperator) -> bool {
    matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual)
}

/// What the table says.
fn rule(operator: BinaryOperator, left: Type, right: Type) -> Rule {
    if left == Type::Void || right == Type::Void {
        return Rule::Refused;
    }
    match operator {
        BinaryOperator::Add => addition(left, right),
        operator if is_arithmetic(operator) => arithmetic(left, right),
        operator if is_equality(operator) => equality(left, right),
        operator => ordering(operator, left, right),
    }
}

fn addition(left: Type, right: Type) -> Rule {
    match (left, right) {
        (Type::String | Type::Null, _) | (Type::Long | Type::Double, Type::String) => Rule::Concat,
        (Type::Any, Type::String) => Rule::Dynamic {
            ty: Type::String,
            certain: false,
        },
        (Type::Any, _) | (Type::Long | Type::Double, Type::Any) => Rule::Dynamic {
            ty: Type::Any,
            certain: false,
        },
        _ => arithmetic(left, right),
    }
}

fn arithmetic(left: Type, right: Type) -> Rule {
    match (left, right) {
        (Type::Long, Type::Long) => Rule::Typed(Type::Long),
        (Type::Long | Type::Double, Type::Long | Type::Double) => Rule::Floats(Type::Double),
        (Type::Double, Type::Any) | (Type::Any, Type::Double) => Rule::Dynamic {
            ty: Type::Double,
            certain: false,
        },
        (Type::Any, Type::Any | Type::Long) | (Type::Long, Type::Any) => Rule::Dynamic {
            ty: Type::Any,
            certain: false,
        },
        _ => Rule::Refused,
    }
}

fn equality(left: Type, right: Type) -> Rule {
    let boolean = |certain| Rule::Dynamic {
        ty: Type::Boolean,
        certain,
    };
    match (left, right) {
        (Type::Long, Type::Long) | (Type::Boolean, Type::Boolean) | (Type::String, Type::String) => {
            Rule::Typed(Type::Boolean)
        }
        (Type::Long | Type::Double, Type::Long | Type::Double) => Rule::Floats(Type::Boolean),
        (Type::Null, _)
        | (Type::Long | Type::Double | Type::Boolean | Type::String, Type::Null)
        | (Type::Long | Type::Double, Type::String) => boolean(true),
        (Type::Any, Type::Long | Type::Double | Type::Boolean | Type::String | Type::Null | Type::Any) => {
            boolean(false)
        }
        // An `ANY` on the left may be null, which compares with everything.
        (Type::Any, _) => boolean(false),
        (Type::Long | Type::Double | Type::Boolean | Type::String, Type::Any) => boolean(false),
        _ => Rule::Refused,
    }
}

fn ordering(operator: BinaryOperator, left: Type, right: Type) -> Rule {
    let strict = matches!(operator, BinaryOperator::Less | BinaryOperator::Greater);
    let boolean = |certain| Rule::Dynamic {
        ty: Type::Boolean,
        certain,
    };
    match (left, right) {
        (Type::Long, Type::Long) => Rule::Typed(Type::Boolean),
        (Type::Long | Type::Double, Type::Long | Type::Double) => Rule::Floats(Type::Boolean),
        (Type::Null, _) if strict => boolean(true),
        (Type::Any, Type::Long | Type::Double | Type::Any) | (Type::Long | Type::Double, Type::Any) => boolean(false),
        (Type::Any, _) if strict => boolean(false),
        _ => Rule::Refused,
    }
}
