//! Calls with a lambda, `xs.filter(x -> x > 0)`: which function, and the loop that the call becomes. A lambda is not a value: it
//! stands as an argument alone, assigns nothing and changes no map.

use super::arguments::written_arguments;
use super::checker::{Checker, Typed};
use super::typed::VariableId;
use crate::diagnostic::{Code, Diagnostic, quote, quote_code};
use crate::dialect::Dialect;
use crate::library;
use crate::library::declaration::{Accepts, Function};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, ExprList, Symbol};
use crate::types::Type;

/// A lambda of the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lambda {
    pub(super) names: [Option<Symbol>; 2],
    pub(super) body: ExprId,
    pub(super) span: Span,
}

impl Checker<'_> {
    /// The variable that a name stands for inside a lambda.
    pub(super) fn lambda_variable(&self, symbol: Symbol) -> Option<VariableId> {
        let mut names = self.lambdas.iter().rev();
        names.find(|(name, _)| *name == symbol).map(|(_, variable)| *variable)
    }

    /// Refuses what is written inside a lambda, and may not be.
    pub(super) fn outside_lambdas(&mut self, what: &str, span: Span, help: &str) -> bool {
        let is_inside = !self.lambdas.is_empty();
        if is_inside {
            let message = format!("{what} inside of a lambda");
            self.report(Diagnostic::error(Code::InLambda, span, message).with_help(help));
        }
        is_inside
    }

    /// A lambda where no function takes it.
    pub(super) fn lone_lambda(&mut self, span: Span) -> Typed {
        if self.options.dialect == Dialect::Sel {
            self.needs_selvedge("lambdas", span, |_| {
                "walk an array with `for (int i = 0; i < xs.length; i += 1) { … }`".to_owned()
            });
            return self.poison(span);
        }
        let error = Diagnostic::error(
            Code::InLambda,
            span,
            "a lambda is not a value: it stands as an argument alone",
        );
        let help = "functions of arrays and maps take it, such as `xs.filter(x -> x > 0)`, `xs.map(x -> x * 2)` or `xs.any(x -> x == 1)`";
        self.refuse(error.with_help(help))
    }

    /// A call of a method with a lambda among its arguments; `None` if it has none.
    pub(super) fn lambda_call(
        &mut self,
        value: Typed,
        (name, name_span): (&str, Span),
        arguments: ExprList,
        span: Span,
    ) -> Option<Typed> {
        let tree = self.tree;
        let arguments = tree.expr_list(arguments);
        let is_lambda = |&argument: &ExprId| matches!(tree.expr(argument).kind, ExprKind::Lambda { .. });
        let first = *arguments.iter().find(|argument| is_lambda(argument))?;
        if self.options.dialect == Dialect::Sel {
            return Some(self.lone_lambda(tree.expr(first).span));
        }
        if self.is_refused(value) {
            return Some(self.poison(span));
        }
        let ty = Some(value.ty).filter(|&ty| ty != Type::Any);
        let methods = library::methods(self.options.dialect, ty, name);
        let functions = methods
            .filter_map(library::function)
            .filter(|function| function.form.is_some());
        let functions: Vec<&Function> = functions.collect();
        let fits = |function: &&&Function| self.fits(function, arguments);
        let Some(&function) = functions.iter().find(fits) else {
            let error = self.unfit_lambda(value, (name, name_span), &functions, tree.expr(first).span);
            return Some(self.refuse(error));
        };
        let lambdas = arguments.iter().filter_map(|&argument| self.lambda(argument));
        let mut names = lambdas.flat_map(|lambda| lambda.names.map(|name| name.map(|name| (name, lambda.span))));
        let reserved = names.find_map(|name| name.filter(|&(name, _)| self.is_reserved_name(name)));
        if let Some((name, at)) = reserved {
            let reserved = self.reserved_name(name, at);
            return Some(self.refuse(reserved));
        }
        let form = function.form?;
        Some(self.form(form, value, arguments, span))
    }

    /// Whether a function takes as many arguments, and lambdas of as many names where it takes them.
    fn fits(&self, function: &Function, arguments: &[ExprId]) -> bool {
        let fits = |(&argument, parameter): (&ExprId, &library::declaration::Parameter)| {
            let names = self
                .lambda(argument)
                .map(|lambda| lambda.names.iter().flatten().count());
            match parameter.accepts {
                Accepts::Lambda(taken) => names == Some(taken),
                Accepts::Exactly(_) | Accepts::Number | Accepts::OneOf(_) | Accepts::Anything => names.is_none(),
            }
        };
        function.parameters.len() == arguments.len() && arguments.iter().zip(function.parameters).all(fits)
    }

    pub(super) fn lambda(&self, id: ExprId) -> Option<Lambda> {
        let expr = self.tree.expr(id);
        match expr.kind {
            ExprKind::Lambda { name, second, body } => Some(Lambda {
                names: [Some(name), second],
                body,
                span: expr.span,
            }),
            _ => None,
        }
    }

    /// The error of a lambda that a method does not take.
    fn unfit_lambda(
        &self,
        value: Typed,
        (name, name_span): (&str, Span),
        functions: &[&Function],
        at: Span,
    ) -> Diagnostic {
        let owner = if value.ty == Type::Any {
            "a value of any type"
        } else {
            value.ty.name()
        };
        if let Some(function) = functions.first() {
            let message = format!("{} takes other arguments", quote(name));
            let call = format!(".{name}({})", written_arguments(function));
            return Diagnostic::error(Code::ArgumentType, at, message)
                .with_help(format!("write {}", quote_code(&call)));
        }
        let message = format!("{owner} has no method {} that takes a lambda", quote(name));
        let error = Diagnostic::error(Code::UnknownMethod, name_span, message);
        let meant = match name {
            "map" if value.ty == Type::Map => Some("write `.mapValues((k, v) -> …)`, or `.entries().map(x -> …)`"),
            "forEach" | "each" if value.ty == Type::Map => {
                Some("walk the keys, `for (k : m.keys()) { … }`, and read each value with `m.get(k)`")
            }
            "forEach" | "each" => Some("walk it with `for (x : xs) { … }`"),
            "some" | "exists" | "anyMatch" => Some("write `.any(x -> …)`"),
            "every" | "allMatch" => Some("write `.all(x -> …)`"),
            "noneMatch" => Some("write `.none(x -> …)`"),
            "sort" | "sortBy" | "sortedBy" | "orderBy" => Some("write `.sorted(x -> key)`"),
            "sortByDescending" | "sortedByDescending" => Some("write `.sortedDescending(x -> key)`"),
            "fold" | "inject" | "aggregate" => Some("write `.reduce(initial, (sum, x) -> …)`"),
            "select" | "where" | "grep" | "findAll" => Some("write `.filter(x -> …)`"),
            "collect" | "transform" | "mapToInt" | "mapToLong" | "mapToObj" | "mapToDouble" => {
                Some("write `.map(x -> …)`")
            }
            "flat_map" | "mapcat" => Some("write `.flatMap(x -> list)`"),
            "toMap" | "associateBy" => Some("write `.associate(x -> key, x -> value)`"),
            "findFirst" | "detect" | "firstOrNull" | "first" => Some("write `.find(x -> …)`"),
            "min" | "minOf" => Some("write `.minBy(x -> …)`, or of the numbers alone `.map(x -> …).min()`"),
            "max" | "maxOf" => Some("write `.maxBy(x -> …)`, or of the numbers alone `.map(x -> …).max()`"),
            "average" | "avg" | "mean" => Some("write `.map(x -> …).average()`"),
            "sumOf" | "sumBy" | "sum" => Some("write `.map(x -> …).sum()`"),
            _ => None,
        };
        if let Some(help) = meant {
            return error.with_help(help);
        }
        let with_lambda = library::functions_of(self.options.dialect).filter(|function| function.form.is_some());
        match self.nearest(name, with_lambda.map(|function| function.name)) {
            Some(found) => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(name_span, found),
            None => error
                .with_help("`filter`, `map`, `any`, `all`, `find`, `count`, `groupBy`, `sorted` and `reduce` take one"),
        }
    }
}
