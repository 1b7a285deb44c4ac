//! Calls of a name alone, which are none of the language: what was meant.

use super::arguments::written_arguments;
use super::checker::{Checker, Typed};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote, quote_code, write_code};
use crate::library;
use crate::library::declaration::{Function, Receiver};
use crate::source::Span;
use crate::syntax::KEYWORDS;
use crate::syntax::ast::{ExprId, ExprKind, ExprList, Symbol};
use crate::types::Type;

impl Checker<'_> {
    /// `name(…)`
    pub(super) fn bare_call(&mut self, symbol: Symbol, arguments: ExprList, span: Span) -> Typed {
        let tree = self.tree;
        let name = tree.name(symbol);
        let is_lambda = |id: &ExprId| matches!(tree.expr(*id).kind, ExprKind::Lambda { .. });
        let (lambdas, values): (Vec<ExprId>, Vec<ExprId>) =
            tree.expr_list(arguments).iter().partition(|id| is_lambda(id));
        let arguments: Vec<Typed> = values.into_iter().map(|value| self.expr(value)).collect();
        let error = Diagnostic::error(Code::NotCallable, span, format!("unknown function {}", quote(name)));
        let help = self
            .indexed(symbol, &arguments)
            .or_else(|| self.as_method_with(name, &arguments, &lambdas))
            .or_else(|| self.function_of_habit(name, &arguments));
        let error = match (help, self.keyword_near(name)) {
            (Some(help), _) => error.with_help(help),
            (None, Some(keyword)) => error.with_help(format!("did you mean {}?", quote(keyword))),
            (None, None) => error
                .with_help("functions are methods of values and classes, such as `text.trim()` and `Math.max(a, b)`"),
        };
        self.refuse(error)
    }

    /// `xs(0)` and `m('a')`, as Scala reads elements.
    fn indexed(&self, symbol: Symbol, arguments: &[Typed]) -> Option<String> {
        let name = self.tree.name(symbol);
        let ty = self.type_of_name(symbol)?;
        let key = match *arguments {
            [] => return Some(format!("it is a value, not a function: write {}", quote(name))),
            [key] => self.written(key)?.to_owned(),
            _ => return None,
        };
        match ty {
            Type::Map => Some(write_code(&format!("{name}.get({key})"))),
            ty if ty.element().is_some() => Some(write_code(&format!("{name}[{key}]"))),
            _ => None,
        }
    }

    /// The type of a variable, or of a parameter that the schema declares.
    pub(super) fn type_of_name(&self, symbol: Symbol) -> Option<Type> {
        match self.names.variable(symbol) {
            Some(variable) => Some(self.out.variable(variable).ty),
            None => self.options.schema.declared(self.tree.name(symbol)),
        }
    }

    /// What to write instead of a function of another language.
    fn function_of_habit(&self, name: &str, arguments: &[Typed]) -> Option<String> {
        if let [number @ Typed { ty: Type::Long, .. }, rest @ ..] = arguments
            && let Some(advice) = self.advice_on(Section::Calls, *number, &name.to_lowercase(), rest)
        {
            return Some(advice);
        }
        let of_array = arguments.first().filter(|first| first.ty.element().is_some());
        if let Some(help) = of_array.and_then(|_| self.as_method(name, arguments)) {
            return Some(help);
        }
        if name != "count"
            && let Some(help) = self.as_method_with_lambda(name, arguments)
        {
            return Some(help);
        }
        if let Some(help) = self.part_of_sql(name, arguments) {
            return Some(help);
        }
        let counted = format!("{name}/{}", arguments.len());
        let of_first = |ty, name| self.options.advice().of_function(ty, name);
        if let Some(first) = arguments.first()
            && let Some(advice) = of_first(first.ty, &counted).or_else(|| of_first(first.ty, name))
        {
            return Some(self.about(advice, *first, arguments));
        }
        if let ("$", [only]) = (name, arguments) {
            let code = self.written(*only).map_or_else(|| "n + 1".to_owned(), str::to_owned);
            return Some(format!("an expression stands alone: write {}", quote_code(&code)));
        }
        if let ("not", [only]) = (&*name.to_lowercase(), arguments) {
            let code = self.operand(*only).unwrap_or_else(|| "(…)".to_owned());
            return Some(write_code(&format!("!{code}")));
        }
        if let Some(help) = self.member_beyond_sel(name) {
            return Some(help);
        }
        let any_case = || {
            self.options
                .advice()
                .of_either_case(Section::Calls, name.trim_start_matches('$'))
        };
        let of_name = |name: &str| self.options.advice().of(Section::Calls, name);
        let own = || {
            of_name(&counted)
                .or_else(|| of_name(&counted.to_lowercase()))
                .or_else(|| of_name(name))
                .or_else(any_case)
        };
        if let Some(advice) = own().or_else(|| self.options.advice().of_keyword(name)) {
            return Some(self.about_arguments(advice, arguments));
        }
        if let Some(advice) = self.options.advice().of(Section::Names, name) {
            return Some(advice.to_owned());
        }
        let full = format!("params.{name}");
        if self.options.host_functions.signature(&full).is_some() {
            return Some(format!("write {}", quote(&full)));
        }
        if library::is_class(name) {
            let made = library::constructed_classes(self.options.dialect).any(|class| class == name);
            return match made {
                true => Some(format!("write {}", quote(&format!("new {name}(…)")))),
                false => self.member_of_class(name, name),
            };
        }
        if let Some(help) = self.as_method(name, arguments) {
            return Some(help);
        }
        let owner = library::functions_of(self.options.dialect).find_map(|function| match function.receiver {
            _ if function.name != name => None,
            Receiver::Static(class) => Some(class),
            Receiver::Instance(_) | Receiver::OneOf(_) => Some("value"),
            Receiver::Inside | Receiver::Constructor(_) | Receiver::Constant(_) | Receiver::Through { .. } => None,
        })?;
        let call = quote(&format!("{owner}.{name}(…)"));
        Some(match owner {
            "value" => format!("write it as a method, {call}"),
            _ => format!("write {call}"),
        })
    }

    /// `xs.sum()` for `sum(xs)`, where the first argument has a method of the name that takes the others.
    fn as_method(&self, name: &str, arguments: &[Typed]) -> Option<String> {
        let (first, rest) = arguments.split_first()?;
        let takes = |function: &Function| function.form.is_none() && function.parameters.len() == rest.len();
        self.methods_of(*first, name).find(|function| takes(function))?;
        Some(write_code(&format!(
            "{}.{}",
            self.operand(*first)?,
            self.call_of(name, rest)
        )))
    }

    /// `xs.any(x -> …)` for `any(xs)` and `any(f, xs)`, where an argument has a method of the name that takes a lambda.
    fn as_method_with_lambda(&self, name: &str, arguments: &[Typed]) -> Option<String> {
        let (of, function) = arguments.iter().take(2).find_map(|&of| {
            let function = self.methods_of(of, name).find(|function| function.form.is_some())?;
            (of.ty.element().is_some() || of.ty == Type::Map).then_some((of, function))
        })?;
        let code = format!("{}.{name}({})", self.operand(of)?, written_arguments(function));
        Some(write_code(&code))
    }

    /// `xs.map(x -> x + 1)` for `map(xs, x -> x + 1)` and `map(x -> x + 1, xs)`.
    fn as_method_with(&self, name: &str, arguments: &[Typed], lambdas: &[ExprId]) -> Option<String> {
        let ([of, rest @ ..], [lambda]) = (arguments, lambdas) else {
            return None;
        };
        self.methods_of(*of, name).find(|function| function.form.is_some())?;
        let rest = rest.iter().map(|value| self.written(*value));
        let all: Option<Vec<&str>> = rest.chain([self.code_of(*lambda)]).collect();
        Some(write_code(&format!(
            "{}.{name}({})",
            self.operand(*of)?,
            all?.join(", ")
        )))
    }

    fn methods_of(&self, value: Typed, name: &str) -> impl Iterator<Item = &'static Function> {
        library::methods(self.options.dialect, Some(value.ty), name).filter_map(library::function)
    }

    /// `retrun(n)`: a keyword that is misspelt.
    fn keyword_near(&self, name: &str) -> Option<&'static str> {
        self.nearest(name, KEYWORDS.iter().copied())
    }
}
