//! Calls of library functions as lints look at them: the function, and each argument with its parameter's name.

use super::Subject;
use crate::check::typed::{Expr, ExprId, Kind};
use crate::library::declaration::{Function, Receiver};
use crate::library::{self, FunctionId};
use crate::work::{Work, items};

/// A call whose function is known.
pub(super) struct Call<'s> {
    pub(super) id: FunctionId,
    pub(super) function: &'static Function,
    arguments: &'s [ExprId],
}

impl<'s> Call<'s> {
    /// The call that an expression is.
    pub(super) fn of(subject: &'s Subject<'_>, kind: Kind) -> Option<Self> {
        let Kind::Call {
            function: id,
            arguments,
        } = kind
        else {
            return None;
        };
        Some(Self {
            id,
            function: library::function(id)?,
            arguments: subject.checked.tree.expr_list(arguments),
        })
    }

    /// The call that an expression is, or one of those that the run chooses among by types, which have one name.
    pub(super) fn likely(subject: &'s Subject<'_>, kind: Kind) -> Option<Self> {
        let Kind::DynamicCall {
            candidates, arguments, ..
        } = kind
        else {
            return Self::of(subject, kind);
        };
        let tree = &subject.checked.tree;
        let candidates = tree.candidates(candidates);
        let mut functions = candidates.iter().filter_map(|&id| library::function(id));
        let first = functions.next()?;
        let is_one = functions.all(|other| other.receiver == first.receiver);
        is_one.then_some(Self {
            id: *candidates.first()?,
            function: first,
            arguments: tree.expr_list(arguments),
        })
    }

    /// Each argument with its parameter's name, the receiver left out.
    pub(super) fn arguments(&self) -> impl Iterator<Item = (&'static str, ExprId)> {
        let receiver = usize::from(self.function.receiver.is_value());
        let names = self.function.parameters.iter().map(|parameter| parameter.name);
        names.zip(self.arguments.iter().skip(receiver).copied())
    }

    /// What a method is called on.
    pub(super) fn receiver(&self) -> Option<ExprId> {
        let is_method = matches!(self.function.receiver, Receiver::Instance(_) | Receiver::OneOf(_));
        self.arguments.first().copied().filter(|_| is_method)
    }

    /// Whether it is `Class.name(…)`.
    pub(super) fn is_static(&self, class: &str, name: &str) -> bool {
        self.function.name == name && matches!(self.function.receiver, Receiver::Static(of) if of == class)
    }

    /// The text that a function of its class is called through, as in `'{}'.format(n)`.
    pub(super) fn through(&self) -> Option<ExprId> {
        let is_through = matches!(self.function.receiver, Receiver::Through { .. });
        self.arguments.first().copied().filter(|_| is_through)
    }

    /// Whether it is `String.format(…)`, by its class or through a text.
    pub(super) fn is_format(&self) -> bool {
        self.function.name == "format" && self.function.variadic
    }

    /// All arguments, of a function that takes any number too, but for the value that it was called on.
    pub(super) fn values(&self) -> impl Iterator<Item = ExprId> {
        let receiver = usize::from(self.function.receiver.is_value());
        self.arguments.iter().skip(receiver).copied()
    }

    /// Whether it is `new Map()`.
    pub(super) fn makes_a_map(&self) -> bool {
        matches!(self.function.receiver, Receiver::Constructor("Map"))
    }

    /// Whether it is `new DateTime(…)`.
    pub(super) fn makes_a_date(&self) -> bool {
        matches!(self.function.receiver, Receiver::Constructor("DateTime"))
    }
}

/// The calls of a program, each with its expression.
pub(super) fn all<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = (Expr, Call<'s>)> {
    let exprs = items(Work::Linted, &subject.checked.tree.exprs);
    exprs.filter_map(|expr| Some((*expr, Call::of(subject, expr.kind)?)))
}

/// The calls of a program, with those that the run chooses, each with its expression.
pub(super) fn likely<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = (Expr, Call<'s>)> {
    let exprs = items(Work::Linted, &subject.checked.tree.exprs);
    exprs.filter_map(|expr| Some((*expr, Call::likely(subject, expr.kind)?)))
}
