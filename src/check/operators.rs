//! Binary operators, by the table of the language reference. The left operand decides.

use std::fmt::Write as _;

use super::checker::{Checker, Typed};
use super::typed::{CheckKind, ExprList, Kind, LogicalOperand};
use super::{cost, unquoted_dates};
use crate::diagnostic::{Code, Diagnostic, quote_code, write_code};
use crate::dialect::Dialect;
use crate::library::syntax::Syntax;
use crate::operator::{Arithmetic, Binary, Comparison, Logical, Operation, Unary};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, Link, LinkList, Literal};
use crate::types::Type;

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
    /// By what arrays, lists and maps hold, beyond SEL.
    Same,
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
            Some(Binary::Logical(operator)) => self.logical(operator == Logical::And, first, links),
            Some(Binary::Operation(_) | Binary::In) => self.binary_chain(first, links),
        }
    }

    fn binary_chain(&mut self, first: ExprId, links: &[Link]) -> Typed {
        let mut dates: Option<Span> = None;
        for date in unquoted_dates(self.tree, first, links) {
            self.report(date.warning());
            dates = Some(dates.map_or(date.span, |known| known.to(date.span)));
        }
        self.unquoted_date = dates.unwrap_or(self.unquoted_date);
        let reported = self.diagnostics.len();
        let mut left = self.expr(first);
        // The parts of a concatenation while it grows: one node is made of all of them.
        let mut parts: Vec<Typed> = Vec::new();
        let mut before = first;
        for link in links {
            let operation = match link.operator {
                Binary::Operation(operation) => operation,
                Binary::In => {
                    left = self.is_in(before, left, link.operand);
                    before = link.operand;
                    continue;
                }
                // INVARIANT: the operators of a chain are of one level.
                Binary::Logical(_) => continue,
            };
            before = link.operand;
            let right = self.expr(link.operand);
            let (first_left, right) = match self.follows() {
                true => (
                    self.operand_not_null(operation, left),
                    self.operand_not_null(operation, right),
                ),
                false => (left, right),
            };
            if parts.is_empty() {
                left = first_left;
            }
            let adds = operation == Operation::Arithmetic(Arithmetic::Add);
            if adds && !parts.is_empty() {
                parts.extend(self.part(right));
                continue;
            }
            // What is taken from a text, which is refused.
            if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
                left = self.concat(&parts, first.span.to(last.span));
                parts.clear();
            }
            if adds && matches!(rule(operation, left.ty, right.ty), Rule::Concat) {
                parts.extend([left, right]);
            } else {
                left = self.binary(operation, left.span.to(right.span), left, right);
            }
        }
        self.note_negated(reported, first, links);
        match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => {
                let span = first.span.to(last.span);
                self.concat(&parts, span)
            }
            _ => left,
        }
    }

    /// Says of `!x == 5`, which was just refused, what is meant.
    fn note_negated(&mut self, reported: usize, first: ExprId, links: &[Link]) {
        if self.error_since(reported).is_none() {
            return;
        }
        let ExprKind::Unary {
            operator: Unary::Not,
            operand,
        } = self.tree.expr(first).kind
        else {
            return;
        };
        let (Some(link), Some(operand)) = (links.first(), self.code_of(operand)) else {
            return;
        };
        let Some(value) = self.code_of(link.operand) else {
            return;
        };
        let code = match link.operator {
            Binary::Operation(Operation::Comparison(Comparison::Equal)) => format!("{operand} != {value}"),
            Binary::Operation(Operation::Comparison(operator)) => format!("!({operand} {} {value})", operator.text()),
            Binary::In => format!("!({operand} in {value})"),
            Binary::Operation(Operation::Arithmetic(_)) | Binary::Logical(_) => return,
        };
        let begins = self.tree.expr(first).span.start;
        let error = self.error_since_mut(reported);
        if let Some(error) = error.filter(|error| error.code == Code::OperandTypes && error.span.start == begins) {
            error.help = Some(format!("`!` binds more tightly: write {}", quote_code(&code)));
        }
    }

    /// A further part of a concatenation; `None` if it cannot be one.
    pub(super) fn part(&mut self, part: Typed) -> Option<Typed> {
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

    pub(super) fn concat(&mut self, parts: &[Typed], span: Span) -> Typed {
        let list: ExprList = self.expr_list(parts);
        self.node(Kind::Concat(list), Type::String, span)
    }

    /// One binary operator but `&&` and `||`.
    pub(super) fn binary(&mut self, operation: Operation, span: Span, left: Typed, right: Typed) -> Typed {
        // What is wrong with an operand was said already.
        if self.is_refused(left) || self.is_refused(right) {
            return self.poison(span);
        }
        if !self.follows() {
            return self.binary_of(operation, span, left, right, false);
        }
        let (left, right) = (
            self.operand_not_null(operation, left),
            self.operand_not_null(operation, right),
        );
        if self.tests_null(operation, left, right) {
            return self.binary_of(operation, span, left, right, true);
        }
        let (one, other) = (self.known_type(left), self.known_type(right));
        match rule(operation, one, other) {
            Rule::Refused => {
                let (left, right) = (Typed { ty: one, ..left }, Typed { ty: other, ..right });
                self.binary_of(operation, span, left, right, true)
            }
            Rule::Typed(ty) | Rule::Floats(ty) => {
                let value = self.binary_of(operation, span, left, right, true);
                self.made_by(ty, value)
            }
            Rule::Dynamic { ty, certain } => {
                let value = self.binary_of(operation, span, left, right, certain);
                self.made_by(ty, value)
            }
            Rule::Concat | Rule::Same => self.binary_of(operation, span, left, right, true),
        }
    }

    /// The same by the types alone; `proved` where shapes say that it does not fail for its operands' types.
    fn binary_of(&mut self, operation: Operation, span: Span, left: Typed, right: Typed, proved: bool) -> Typed {
        match rule(operation, left.ty, right.ty) {
            Rule::Typed(ty) => {
                let kind = typed_kind(operation, left, right);
                self.node(kind, ty, span)
            }
            Rule::Floats(ty) => {
                let (left, right) = (self.float(left), self.float(right));
                let kind = typed_kind(operation, left, right);
                self.node(kind, ty, span)
            }
            Rule::Concat => {
                // `s += e` joins to what `s` holds, which may itself be a concatenation.
                self.concat(&[left, right], span)
            }
            // On its left null is compared with whatever it is.
            Rule::Dynamic { ty, .. } if self.tests_null(operation, left, right) => {
                let kind = Kind::Dynamic {
                    operator: operation,
                    left: right.id,
                    right: left.id,
                    compound: false,
                };
                self.node(kind, ty, span)
            }
            Rule::Dynamic { ty, certain } => {
                let what = || format!("`{}` may not take {} and {}", operation.text(), left.ty, right.ty);
                // On its left null is compared with whatever it is.
                let reversed = self.operand(left).filter(|_| right.ty == Type::Null);
                match reversed {
                    _ if certain || proved => {}
                    Some(code) => {
                        let code = format!("null {} {code}", operation.text());
                        self.unproved_but(span, what, || write_code(&code));
                    }
                    None => self.unproved(span, what),
                }
                self.node(
                    Kind::Dynamic {
                        operator: operation,
                        left: left.id,
                        right: right.id,
                        compound: false,
                    },
                    ty,
                    span,
                )
            }
            Rule::Same if self.options.dialect == Dialect::Selvedge => {
                let same = self.made_of(Syntax::Same, &[left, right], Type::Boolean, span);
                match operation {
                    Operation::Comparison(Comparison::NotEqual) => self.node(Kind::Not(same.id), Type::Boolean, span),
                    _ => same,
                }
            }
            Rule::Refused | Rule::Same => {
                let message = format!("`{}` does not take {} and {}", operation.text(), left.ty, right.ty);
                let mut error = Diagnostic::error(Code::OperandTypes, span, message).with_label(format!(
                    "{} {} {}",
                    left.ty,
                    operation.text(),
                    right.ty
                ));
                if let Some(help) = self.operation_help(operation, left, right) {
                    error = error.with_help(help);
                }
                self.refuse(error)
            }
        }
    }

    /// `x in xs`, and whether there is a parameter, `'x' in params`.
    fn is_in(&mut self, written: ExprId, value: Typed, of: ExprId) -> Typed {
        let list = self.tree.expr(of);
        match list.kind {
            ExprKind::Name(name) if self.tree.name(name) == "params" => {
                let span = value.span.to(list.span);
                self.needs_selvedge("`in`", span, |checker| {
                    let name = checker.code_of(written).unwrap_or("name");
                    write_code(&format!("params.containsKey({name})"))
                });
                let name = self.entry_key(value);
                self.node(Kind::HasParameter(name.id), Type::Boolean, span)
            }
            _ => {
                let list = self.expr(of);
                self.member_of(value, list, value.span.to(list.span))
            }
        }
    }

    pub(super) fn float(&mut self, value: Typed) -> Typed {
        match value.ty {
            Type::Long => self.node(Kind::ToDouble(value.id), Type::Double, value.span),
            _ => value,
        }
    }

    fn logical(&mut self, and: bool, first: ExprId, links: &[Link]) -> Typed {
        let mut before = first;
        let reported = self.diagnostics.len();
        let first = self.first_condition(and, first, links);
        let (mut is_reached, mut last) = (true, first);
        let mark = self.narrowed();
        let mut span = first.span;
        let (operands, forks) = (self.spare.operands.len(), self.spare.forks.len());
        for (index, link) in links.iter().enumerate() {
            self.charge(cost::DECISION);
            let fork = self.flow.fork();
            self.narrow(before, and);
            is_reached = is_reached && self.error_since(reported).is_none() && self.leaves_open(and, last);
            let rest = links.get(index..).filter(|_| is_reached).unwrap_or(&[]);
            let (value, steps) = self.region(|checker| checker.right_operand(and, before, rest, link.operand));
            (before, last) = (link.operand, value);
            span = span.to(value.span);
            self.spare.operands.push(LogicalOperand { value: value.id, steps });
            self.spare.forks.push(fork);
        }
        self.forget_narrowed(mark);
        // What a right side sets is set only where it is reached.
        self.flow.join_nested(self.spare.forks.get(forks..).unwrap_or_default());
        self.spare.forks.truncate(forks);
        let rest = self.out.logical_operands.extend(self.spare.operands.drain(operands..));
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

    /// Whether an operand of `&&` or `||` may leave it to the next one, as far as its type says. A constant may decide at once, and
    /// one of unknown type is the matter of the run, as what stands behind it is.
    fn leaves_open(&self, and: bool, operand: Typed) -> bool {
        let (mut next, mut open) = (Some(operand.id), Vec::new());
        while let Some(id) = next.take().or_else(|| open.pop()) {
            match self.out.expr(id).kind {
                Kind::Check { .. } => return false,
                Kind::Boolean(value) if value != and => return false,
                // Brackets change nothing: `(a && b) && c`.
                Kind::Logical { and: same, first, rest } if same == and => {
                    let rest = self.out.logical_operands(rest).iter();
                    open.extend(rest.map(|operand| operand.value).chain([first]));
                }
                _ => {}
            }
        }
        true
    }

    /// The first operand of `&&` or `||`.
    fn first_condition(&mut self, and: bool, first: ExprId, links: &[Link]) -> Typed {
        let reported = self.diagnostics.len();
        let condition = self.condition(first);
        let is_text = |id: ExprId| matches!(self.tree.expr(id).kind, ExprKind::Literal(Literal::Text(_)));
        if let Some(error) = self.no_condition(reported)
            && let [link, ..] = links
            && !and
            && (is_text(link.operand) || error.message.ends_with("found STRING"))
        {
            let help = self.joins(first, link.operand);
            self.help_with(reported, help);
        }
        condition
    }

    /// The first error reported since, where it says that a value is not a condition.
    fn no_condition(&self, reported: usize) -> Option<&Diagnostic> {
        let error = self.error_since(reported).and_then(|index| self.diagnostics.get(index));
        error.filter(|error| error.code == Code::ConditionType)
    }

    /// Gives the first error reported since another help, where there is one.
    fn help_with(&mut self, reported: usize, help: Option<String>) {
        if let (Some(help), Some(error)) = (help, self.error_since_mut(reported)) {
            error.help = Some(help);
        }
    }

    /// What to know of texts between which `||` stands, with which SQL joins them and other languages give a default.
    fn joins(&self, text: ExprId, other: ExprId) -> Option<String> {
        let (a, b) = (self.code_of(text)?, self.code_of(other)?);
        // `env == ('prod' || 'dev')`
        if a.starts_with(['\'', '"']) {
            let each = quote_code(&format!("x == {a} || x == {b}"));
            return Some(format!("`||` is for BOOLEANs: compare with each, {each}"));
        }
        // `n > 3 && 'big' || 'small'` of shells and Python.
        if let Some((condition, value)) = a.rsplit_once(" && ")
            && value.starts_with(['\'', '"'])
        {
            let code = format!("{condition} ? {value} : {b}");
            return Some(format!("`&&` and `||` give BOOLEANs: {}", write_code(&code)));
        }
        let (joined, or) = (format!("{a} + {b}"), self.options.advice().defaulted(a, b));
        Some(format!(
            "`||` is for BOOLEANs: join texts with {}; for a value where there is none, write {}",
            quote_code(&joined),
            quote_code(&or)
        ))
    }

    /// A right operand of `&&` or `||`: BOOLEAN, or checked at run time. Where nothing says that the run reaches it and those behind
    /// it, `reached` is empty, and it may be anything.
    fn right_operand(&mut self, and: bool, before: ExprId, reached: &[Link], id: ExprId) -> Typed {
        if reached.is_empty() {
            let value = self.expr(id);
            return self.checked(value, Type::Boolean, CheckKind::Condition);
        }
        let reported = self.diagnostics.len();
        let condition = self.condition(id);
        if self.no_condition(reported).is_some() {
            let help = self.compared_again(and, before, reached);
            self.help_with(reported, help);
        }
        condition
    }

    /// The type of an expression that is a name; none of others.
    fn type_of(&self, id: ExprId) -> Option<Type> {
        match self.tree.expr(id).kind {
            ExprKind::Name(name) => self.type_of_name(name),
            _ => None,
        }
    }

    /// What to write for `region == 'eu' || 'us'`: a comparison stands before values that are to be compared as well.
    fn compared_again(&self, and: bool, before: ExprId, values: &[Link]) -> Option<String> {
        let ExprKind::Chain { first, links } = self.tree.expr(before).kind else {
            return None;
        };
        let [Link { operator, .. }] = *self.tree.links(links) else {
            return None;
        };
        let (wanted, joined) = match and {
            true => (Comparison::NotEqual, Logical::And.text()),
            false => (Comparison::Equal, Logical::Or.text()),
        };
        let wanted = Binary::Operation(Operation::Comparison(wanted));
        // Behind a test for null or of itself, what is tested is whether a value is empty.
        let [Link { operand: other, .. }] = *self.tree.links(links) else {
            return None;
        };
        if matches!(self.tree.expr(other).kind, ExprKind::Literal(Literal::Null)) {
            return None;
        }
        let (mut compared, operand) = (self.code_of(before)?.to_owned(), self.code_of(first)?);
        for link in values {
            let is_value = match self.tree.expr(link.operand).kind {
                ExprKind::Literal(_) => true,
                ExprKind::Name(name) => {
                    self.tree.name(name) != operand && self.type_of_name(name) == self.type_of(first)
                }
                _ => false,
            };
            let value = self.code_of(link.operand).filter(|_| is_value && operator == wanted)?;
            let _ = write!(compared, " {joined} {operand} {} {value}", operator.text());
        }
        Some(format!(
            "each side is a condition of its own: write {}",
            quote_code(&compared)
        ))
    }
}

fn typed_kind(operation: Operation, left: Typed, right: Typed) -> Kind {
    let (left, right) = (left.id, right.id);
    match operation {
        Operation::Arithmetic(operator) => Kind::Arithmetic { operator, left, right },
        Operation::Comparison(operator) => Kind::Compare { operator, left, right },
    }
}

/// What the table says.
fn rule(operation: Operation, left: Type, right: Type) -> Rule {
    if left == Type::Void || right == Type::Void {
        return Rule::Refused;
    }
    match operation {
        Operation::Arithmetic(Arithmetic::Add) => addition(left, right),
        Operation::Arithmetic(_) => arithmetic(left, right),
        Operation::Comparison(Comparison::Equal | Comparison::NotEqual) => equality(left, right),
        Operation::Comparison(Comparison::Less | Comparison::Greater) => ordering(true, left, right),
        Operation::Comparison(Comparison::LessEqual | Comparison::GreaterEqual) => ordering(false, left, right),
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
        (left, right) if is_container(left) && (is_container(right) || matches!(right, Type::Null | Type::Any)) => {
            Rule::Same
        }
        _ => Rule::Refused,
    }
}

/// Whether it is an array, LIST or MAP.
fn is_container(ty: Type) -> bool {
    ty == Type::Map || ty.element().is_some()
}

/// `strict` is what null takes: it is neither less nor greater than anything.
fn ordering(strict: bool, left: Type, right: Type) -> Rule {
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
