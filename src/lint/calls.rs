//! Calls of library functions as lints look at them: the function, and each argument with its parameter's name.

use super::Subject;
use crate::check::typed::{Expr, ExprId, Kind};
use crate::library::declaration::{Function, Receiver};
use crate::library::{self, FunctionId};

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

    /// Each argument with its parameter's name, the receiver left out.
    pub(super) fn arguments(&self) -> impl Iterator<Item = (&'static str, ExprId)> {
        let receiver = usize::from(matches!(self.function.receiver, Receiver::Instance(_)));
        let names = self.function.parameters.iter().map(|parameter| parameter.name);
        names.zip(self.arguments.iter().skip(receiver).copied())
    }

    /// What a method is called on.
    pub(super) fn receiver(&self) -> Option<ExprId> {
        let is_method = matches!(self.function.receiver, Receiver::Instance(_));
        self.arguments.first().copied().filter(|_| is_method)
    }

    /// Whether it is `Class.name(…)`.
    pub(super) fn is_static(&self, class: &str, name: &str) -> bool {
        self.function.name == name && matches!(self.function.receiver, Receiver::Static(of) if of == class)
    }

    /// Whether it is `new DateTime(…)`.
    pub(super) fn makes_a_date(&self) -> bool {
        matches!(self.function.receiver, Receiver::Constructor("DateTime"))
    }
}

/// The calls of a program, each with its expression.
pub(super) fn all<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = (Expr, Call<'s>)> {
    let exprs = subject.checked.tree.exprs.iter();
    exprs.filter_map(|expr| Some((*expr, Call::of(subject, expr.kind)?)))
}
