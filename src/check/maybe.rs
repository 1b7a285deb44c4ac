//! `a ?? b` and `a?.name`, beyond SEL: tests for null, and what is skipped where they hold.

use super::checker::{Checker, Typed};
use super::choice::Choice;
use super::cost;
use super::expressions::unified;
use super::flow::Fork;
use super::known_shapes::{Read, Shaped};
use super::typed::{ConditionalArm, Kind, Steps, VariableId};
use super::written::{repeated, takes_null};
use crate::advice::Advice;
use crate::diagnostic::{Code, Diagnostic, quote_code, write_code};
use crate::dialect::Dialect;
use crate::library::syntax::Syntax;
use crate::operator::{Comparison, Operation};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprList, Step, StepKind, Symbol};
use crate::types::{Stored, Type};
use crate::value::accepts_null;

/// Tests of which the first that holds decides: what stands behind it is not evaluated.
#[derive(Default)]
pub(super) struct Tests {
    /// Each condition with its steps, and what there is where it holds; nothing for null.
    arms: Vec<(Typed, Steps, Option<Typed>)>,
    /// Where what stands behind each condition begins.
    forks: Vec<Fork>,
    /// The steps of the region around.
    around: Steps,
    /// What keeps the values that are tested, one of each type.
    kept: Vec<VariableId>,
    /// Whether a test may hold, as far as shapes tell.
    may_hold: bool,
}

/// How an entry is read behind `?.`.
pub(super) struct Maybe<'t> {
    pub(super) tests: &'t mut Tests,
    /// Whether the chain ends there.
    pub(super) is_last: bool,
}

impl Checker<'_> {
    /// `a ?? b ?? …`
    #[inline(never)]
    pub(super) fn default(&mut self, values: ExprList, span: Span) -> Typed {
        let tree = self.tree;
        let values = tree.expr_list(values);
        let (mut tests, mut ty, mut shape) = (Tests::default(), None, None);
        for (index, (&value, &next)) in values.iter().zip(values.iter().skip(1)).enumerate() {
            let value = self.expr(value);
            if index == 0 {
                self.needs_selvedge("`??`", span, |checker| checker.without_default(value, next));
            }
            if self.is_never(value) {
                continue;
            }
            let value = self.value_before(value, "??");
            // As far as the next value, so that the test is told from what else stands there.
            let at = Span::new(value.span.start, tree.expr(next).span.start);
            let (held, set) = self.kept_for(&mut tests, value);
            let given = self.is_null(Comparison::NotEqual, set, at);
            let own = self.not_null(value);
            shape = self.joined_shape(shape, own, ty.is_none());
            ty = Some(unified(ty, value.ty));
            self.test(&mut tests, given, Some(held));
        }
        let Some(&last) = values.last() else {
            return self.poison(span);
        };
        let last = self.expr(last);
        let last = self.value_before(last, "??");
        let shape = self.joined_shape(shape, last, ty.is_none());
        let ty = unified(ty, last.ty);
        let value = self.decided(tests, last, ty, span);
        self.with_known_shape(value, shape)
    }

    /// A step behind `?.`, which is taken of what is not null.
    #[inline(never)]
    pub(super) fn maybe_step(&mut self, value: Typed, step: &Step, read: Option<Read>, maybe: Maybe<'_>) -> Typed {
        let tests = maybe.tests;
        if tests.arms.is_empty() {
            self.needs_selvedge("`?.`", value.span.to(step.span), |checker| {
                checker.without_maybe(value, step)
            });
        }
        let value = self.value_before(value, "?.");
        let (held, set) = self.kept_for(tests, value);
        let at = Span::new(value.span.start, step.span.start);
        let absent = self.is_null(Comparison::Equal, set, at);
        self.test(tests, absent, None);
        let is_last = maybe.is_last;
        if !self.follows() {
            return self.step(held, step, Some(Maybe { tests, is_last }));
        }
        let of = self.not_null(value);
        let held = self.with_shape(held, of.shape);
        let is_nullable = match value.shape {
            Some(_) => self.may_be_null(value),
            None => accepts_null(value.ty),
        };
        let may_lack = self.may_lack(held, step, self.is_present(read));
        tests.may_hold |= is_nullable || may_lack && !is_last;
        let maybe = Maybe { tests, is_last };
        self.step_inside(held, step, read, Some(maybe))
    }

    /// `params?.name`: null, and the rest skipped, where there is no such parameter.
    #[inline(never)]
    pub(super) fn maybe_parameter(&mut self, step: &Step, params: Span, tests: &mut Tests) -> Typed {
        self.needs_selvedge("`?.`", params.to(step.span), |_| {
            "a parameter that is not given is null: write `params.get('name')`".to_owned()
        });
        let name = match step.kind {
            StepKind::Call { .. } => return self.parameters_step(step, params),
            StepKind::Index(name) => self.parameter_name(name),
            StepKind::Field { name, name_span } => {
                let name = self.tree.name(name);
                if let Some(constant) = self.host_constant("params", name, params.to(step.span)) {
                    return constant;
                }
                let text = self.text(name);
                self.node(Kind::Text(text), Type::String, name_span)
            }
        };
        let (name, first) = self.repeatable(name);
        let there = self.node(Kind::HasParameter(first.id), Type::Boolean, name.span);
        let absent = self.node(Kind::Not(there.id), Type::Boolean, name.span);
        self.test(tests, absent, None);
        tests.may_hold = true;
        self.parameter_value(name, params.to(step.span))
    }

    /// Whether a function of `params` is `getOrDefault`, which a host may have of its own.
    pub(super) fn is_parameter_or(&self, name: Symbol) -> bool {
        let is_own = || self.options.host_functions.signature("params.getOrDefault").is_some();
        self.tree.name(name) == "getOrDefault" && !is_own()
    }

    /// `params.getOrDefault(name, other)`: the parameter where it is given, be it null, else the other value, which is evaluated only
    /// then.
    #[inline(never)]
    pub(super) fn parameter_or(&mut self, name: ExprId, other: ExprId, span: Span) -> Typed {
        self.needs_selvedge("`params.getOrDefault`", span, |checker| {
            let [name, other] =
                [(name, "name"), (other, "other")].map(|(id, code)| checker.code_of(id).unwrap_or(code));
            write_code(&format!("params.containsKey({name}) ? params.get({name}) : {other}"))
        });
        let name = self.parameter_name(name);
        let (name, first) = self.repeatable(name);
        let mut choice = Choice::default();
        let is_given = |checker: &mut Self| checker.node(Kind::HasParameter(first.id), Type::Boolean, first.span);
        self.arm(&mut choice, is_given, |checker| checker.parameter_value(name, span));
        let other = |checker: &mut Self| {
            let other = checker.expr(other);
            checker.value_before(other, "params.getOrDefault")
        };
        self.end_of_choice(choice, other, span)
    }

    /// The entry of a key that may be absent.
    pub(super) fn maybe_entry(&mut self, map: Typed, key: Typed, maybe: Maybe<'_>, span: Span) -> Typed {
        if maybe.is_last {
            return self.made_of(Syntax::MaybeEntry, &[map, key], Type::Any, span);
        }
        let (key, first) = self.repeatable(key);
        let absent = self.made_of(Syntax::Lacks, &[first, map], Type::Boolean, span);
        self.test(maybe.tests, absent, None);
        let map = self.node(self.out.expr(map.id).kind, map.ty, map.span);
        self.made_of(Syntax::Entry, &[map, key], Type::Any, span)
    }

    /// The value of a chain.
    pub(super) fn end_of_chain(&mut self, tests: Tests, value: Typed) -> Typed {
        match tests.arms.is_empty() {
            true => value,
            false => self.end_of_tests(tests, value),
        }
    }

    /// The value of a chain in which `?.` stands; apart, so that other chains take no stack for it.
    #[inline(never)]
    fn end_of_tests(&mut self, tests: Tests, value: Typed) -> Typed {
        let is_nullable = matches!(value.ty.stored(), Stored::Text | Stored::Map | Stored::Object);
        let ty = if is_nullable { value.ty } else { Type::Any };
        let value = self.value_before(value, "?.");
        let (shape, may_hold) = (self.shape_of(value), tests.may_hold);
        let path = value.shape.map(|shaped| shaped.path);
        let decided = self.decided(tests, value, ty, value.span);
        let Some((shape, following)) = shape.zip(self.following.as_deref_mut()) else {
            return decided;
        };
        let path = path.unwrap_or_else(|| following.made_at(value.span));
        if may_hold {
            let shape = following.table.nullable(shape);
            return self.with_shape(decided, Some(Shaped { shape, path }));
        }
        self.checked_shape(decided, Shaped { shape, path })
    }

    /// How SEL does without `??`.
    fn without_default(&self, value: Typed, other: ExprId) -> String {
        let code = self.operand(value);
        let (code, other) = (code.as_deref().unwrap_or("x"), self.code_of(other).unwrap_or("other"));
        write_code(&match takes_null(value.ty) {
            true => Advice::in_dialect(Dialect::Sel).defaulted(code, other),
            false => format!("null == {code} ? {other} : {code}"),
        })
    }

    /// How SEL does without `?.`.
    fn without_maybe(&self, value: Typed, step: &Step) -> String {
        let of = self.operand(value).unwrap_or_else(|| "x".to_owned());
        let read = match step.kind {
            StepKind::Call { .. } => match repeated(step.span.of(self.source)).filter(|call| !call.contains("?.")) {
                Some(call) => format!(".{call}"),
                None => {
                    return format!(
                        "test for null first, {}",
                        quote_code(&format!("null == {of} ? null : …"))
                    );
                }
            },
            StepKind::Index(index) => match self.code_of(index).unwrap_or("i") {
                key if key.starts_with(['\'', '"']) => format!(".get({key})"),
                index => format!("[{index}]"),
            },
            StepKind::Field { name, .. } => match self.tree.name(name) {
                "length" => ".length".to_owned(),
                name => format!(".get('{name}')"),
            },
        };
        write_code(&match takes_null(value.ty) {
            true => format!("{of} == null ? null : {of}{read}"),
            false => format!("null == {of} ? null : {of}{read}"),
        })
    }

    /// Whether a value is null whatever the run does.
    fn is_never(&self, value: Typed) -> bool {
        value.ty == Type::Null && self.out.expr(value.id).kind == Kind::Null
    }

    /// A value before or behind an operator: there must be one.
    fn value_before(&mut self, value: Typed, operator: &str) -> Typed {
        match value.ty {
            Type::Void => {
                let message = format!("this has no value for {}", quote_code(operator));
                self.refuse(Diagnostic::error(Code::NoValue, value.span, message))
            }
            _ => value,
        }
    }

    /// A value that is kept to be read again: how it is read, and what keeps it.
    pub(super) fn kept(&mut self, value: Typed) -> (Typed, Typed) {
        let variable = self.own(kept_as(value.ty));
        self.kept_in(variable, value)
    }

    /// The same for a test, after which nothing reads what the tests before it kept.
    fn kept_for(&mut self, tests: &mut Tests, value: Typed) -> (Typed, Typed) {
        let ty = kept_as(value.ty);
        let known = tests
            .kept
            .iter()
            .find(|&&variable| self.out.variable(variable).ty == ty);
        let variable = match known {
            Some(&variable) => variable,
            None => {
                let variable = self.own(ty);
                tests.kept.push(variable);
                variable
            }
        };
        self.kept_in(variable, value)
    }

    fn kept_in(&mut self, variable: VariableId, value: Typed) -> (Typed, Typed) {
        let set = self.set_own(variable, value);
        (self.read_own(variable, value.span), set)
    }

    /// A text that is evaluated once and read twice: as it is read the second time, and the first.
    fn repeatable(&mut self, text: Typed) -> (Typed, Typed) {
        match self.out.expr(text.id).kind {
            kind @ Kind::Text(_) => (self.node(kind, text.ty, text.span), text),
            _ => self.kept(text),
        }
    }

    /// `null == value`, `null != value`
    pub(super) fn is_null(&mut self, operator: Comparison, value: Typed, at: Span) -> Typed {
        let null = self.node(Kind::Null, Type::Null, value.span);
        let kind = Kind::Dynamic {
            operator: Operation::Comparison(operator),
            left: null.id,
            right: value.id,
            compound: false,
        };
        self.node(kind, Type::Boolean, at)
    }

    /// Adds a test: what is checked from here on is evaluated only where it does not hold.
    fn test(&mut self, tests: &mut Tests, condition: Typed, then: Option<Typed>) {
        self.charge(cost::DECISION);
        let steps = std::mem::take(&mut self.steps);
        let steps = match tests.arms.is_empty() {
            true => {
                tests.around = steps;
                0
            }
            false => steps,
        };
        tests.arms.push((condition, steps, then));
        tests.forks.push(self.flow.fork());
    }

    /// What the tests decide.
    fn decided(&mut self, tests: Tests, otherwise: Typed, ty: Type, span: Span) -> Typed {
        let Tests {
            arms, forks, around, ..
        } = tests;
        if arms.is_empty() {
            return otherwise;
        }
        let otherwise_steps = std::mem::replace(&mut self.steps, around);
        self.flow.join_nested(&forks);
        let mut typed = Vec::with_capacity(arms.len());
        for (condition, condition_steps, then) in arms {
            let then = match then {
                Some(then) => then,
                None if ty == Type::Any => self.node(Kind::Null, Type::Null, condition.span),
                None => self.node(Kind::Null, ty, condition.span),
            };
            typed.push(ConditionalArm {
                condition: condition.id,
                condition_steps,
                then: then.id,
                then_steps: 0,
            });
        }
        let arms = self.out.conditional_arms.extend(typed);
        let kind = Kind::Conditional {
            arms,
            otherwise: otherwise.id,
            otherwise_steps,
        };
        self.node(kind, ty, span)
    }
}

/// The type of a variable that keeps a value.
const fn kept_as(ty: Type) -> Type {
    match ty {
        Type::Null => Type::Any,
        ty => ty,
    }
}
