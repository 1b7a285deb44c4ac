//! Postfix chains: `params`, classes, and the steps `[index]`, `.name` and `.name(args)`.

use std::sync::Arc;

use super::checker::{Checker, Typed};
use super::known_shapes::Read;
use super::lookup::UNKNOWN;
use super::maybe::{Maybe, Tests};
use super::members;
use super::typed::{CheckKind, Kind};
use super::written;
use crate::advice::{self, Section};
use crate::diagnostic::{Code, Diagnostic, quote, quote_code, write_code};
use crate::library;
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, Step, StepKind, StepList, Symbol};
use crate::types::Type;
use crate::work::is_stopped;

/// How a map is read.
pub(super) const MAP_READ: &str = "read a map with `m.get('key')`";

impl Checker<'_> {
    pub(super) fn postfix(&mut self, base: ExprId, steps: StepList) -> Typed {
        let tree = self.tree;
        let steps = tree.steps(steps);
        let Some((first, rest)) = steps.split_first() else {
            return self.expr(base);
        };
        let expr = tree.expr(base);
        let mut read = None;
        let mut tests = Tests::default();
        let (mut value, rest) = match expr.kind {
            // One look tells that of the names of variables.
            ExprKind::Name(name) if self.is_reserved_name(name) => {
                let value = match tree.name(name) {
                    "params" if first.maybe => self.maybe_parameter(first, expr.span, &mut tests),
                    "params" => self.parameters_step(first, expr.span),
                    _ if self.is_namespace(name) => self.namespace_step(name, expr.span, first),
                    _ => self.class_step(name, expr.span, first),
                };
                (value, rest)
            }
            ExprKind::Name(name) if self.lambda_variable(name).is_none() && self.is_class_beyond_sel(name, first) => {
                (self.class_step(name, expr.span, first), rest)
            }
            ExprKind::Name(name) => {
                read = self.read_by_name(name);
                (self.receiver(base, first), steps)
            }
            _ => (self.receiver(base, first), steps),
        };
        let follows = self.follows();
        if follows && rest.len() < steps.len() {
            if let ExprKind::Name(name) = expr.kind {
                read = self.read_by_step(self.read_by_name(name), first);
            }
            value = self.narrowed_value(value, read);
        }
        for (index, step) in rest.iter().enumerate() {
            if is_stopped() {
                return self.poison(expr.span);
            }
            read = self.read_by_step(read, step).filter(|_| follows);
            value = match step.maybe {
                true => {
                    let is_last = index + 1 == rest.len();
                    let tests = &mut tests;
                    self.maybe_step(value, step, read, Maybe { tests, is_last })
                }
                false if follows => {
                    let value = self.step_inside(value, step, read, None);
                    self.widen_changed(expr.kind, step);
                    value
                }
                false => self.step(value, step, None),
            };
        }
        let value = self.end_of_chain(tests, value);
        match follows {
            true => self.narrowed_value(value, read),
            false => value,
        }
    }

    /// Whether a name before a step is a class that SEL does not have. Where it may be a parameter's, in an open schema or of one that
    /// may be absent, it is one only where the class has such a member.
    fn is_class_beyond_sel(&self, symbol: Symbol, step: &Step) -> bool {
        let (dialect, class) = match self.names.known.get(symbol).is_class_beyond_sel() {
            true => (self.options.dialect, self.tree.name(symbol)),
            false => return false,
        };
        let is_open = self.options.schema.is_open() || self.may_be_absent(symbol);
        match step.kind {
            StepKind::Call { name, .. } => {
                !is_open || library::statics(dialect, class, self.tree.name(name)).next().is_some()
            }
            StepKind::Field { name, .. } => {
                !is_open || library::constant(dialect, class, self.tree.name(name)).is_some()
            }
            StepKind::Index(_) => false,
        }
    }

    /// What the first of some steps is taken on. Where it is the name of a class of another language, what is said of that is about
    /// the step.
    fn receiver(&mut self, base: ExprId, first: &Step) -> Typed {
        let reported = self.diagnostics.len();
        let value = self.expr(base);
        let (tree, source) = (self.tree, self.source);
        let error = self
            .error_since(reported)
            .and_then(|index| self.diagnostics.get_mut(index));
        let error = error.filter(|error| error.code == Code::UnknownName);
        let (Some(error), ExprKind::Name(class), StepKind::Call { name, arguments, .. }) =
            (error, tree.expr(base).kind, first.kind)
        else {
            return value;
        };
        let (written, name) = (tree.name(class), tree.name(name));
        let advice = self.options.advice();
        let counted = format!("{name}/{}", tree.expr_list(arguments).len());
        let help = advice
            .of_member(Section::Calls, written, &counted)
            .or_else(|| advice.of_member(Section::Calls, written, name))
            .map(|help| {
                let arguments = tree.expr_list(arguments).iter();
                let arguments = || arguments.clone().map(|&argument| tree.expr(argument).span.of(source));
                let pattern = written::pattern_among(arguments());
                let of_pattern = pattern.iter().map(|code| ("pattern", &**code));
                let values = written::of_arguments(arguments()).chain(of_pattern);
                advice::general(&advice::about(help, &values.collect::<Vec<_>>()))
            });
        // `days.sum()` is not meant for the class `Days`, which has no such function.
        let is_other = |class: &str| {
            let has = || library::static_members(self.options.dialect, class).any(|own| own == name);
            library::is_class(class) && class.eq_ignore_ascii_case(written) && !has()
        };
        let suggested = error.suggestion.as_ref().map(|suggestion| &*suggestion.replacement);
        if suggested.is_some_and(is_other) {
            error.suggestion = None;
            error.help = Some(UNKNOWN.to_owned());
        }
        error.help = help.or(error.help.take());
        value
    }

    /// A step into a value of which a shape may be known.
    pub(super) fn step_inside(
        &mut self,
        value: Typed,
        step: &Step,
        read: Option<Read>,
        maybe: Option<Maybe<'_>>,
    ) -> Typed {
        if let Some(refused) = self.refuse_inside(value, step) {
            return refused;
        }
        let refused = self.refuse_step(value, step);
        if let Some(refused) = refused.or_else(|| self.refuse_null_elements(value, step)) {
            self.check_parts(step);
            return refused;
        }
        let is_last = maybe.as_ref().is_none_or(|maybe| maybe.is_last);
        let gives_null = matches!(step.kind, StepKind::Call { .. }) || maybe.is_some() && is_last;
        let or_null = gives_null && !self.is_present(read);
        let after = self.step(value, step, maybe);
        let after = self.followed_step(value, step, after, or_null);
        self.narrowed_value(after, read)
    }

    /// Checks what stands in a step that was refused.
    fn check_parts(&mut self, step: &Step) {
        match step.kind {
            StepKind::Index(index) => {
                self.expr(index);
            }
            StepKind::Field { .. } => {}
            StepKind::Call { arguments, .. } => {
                let tree = self.tree;
                for &argument in tree.expr_list(arguments) {
                    if !matches!(tree.expr(argument).kind, ExprKind::Lambda { .. }) {
                        self.expr(argument);
                    }
                }
            }
        }
    }

    pub(super) fn step(&mut self, value: Typed, step: &Step, maybe: Option<Maybe<'_>>) -> Typed {
        let span = value.span.to(step.span);
        match step.kind {
            StepKind::Index(index) => self.element(value, index, maybe, span),
            StepKind::Field { name, name_span } => self.field(value, name, name_span, maybe, span),
            StepKind::Call {
                name,
                name_span,
                arguments,
            } => self.method(value, name, name_span, arguments, span),
        }
    }

    /// `params[…]`, `params.get(…)`, `params.containsKey(…)`, and host functions.
    pub(super) fn parameters_step(&mut self, step: &Step, params: Span) -> Typed {
        let span = params.to(step.span);
        match step.kind {
            StepKind::Index(name) => {
                let name = self.parameter_name(name);
                self.parameter_value(name, span)
            }
            StepKind::Call { name, arguments, .. } if self.tree.name(name) == "get" => {
                match *self.tree.expr_list(arguments) {
                    [argument] => {
                        let name = self.parameter_name(argument);
                        self.parameter_value(name, span)
                    }
                    [name, other] => {
                        let code = |id: ExprId| self.tree.expr(id).span.of(self.source).to_owned();
                        let value = format!("params.get({})", code(name));
                        let help = write_code(&self.options.advice().defaulted(&value, &code(other)));
                        self.wrong_count("params.get", "1 argument", 2, Some(help), span)
                    }
                    ref all => self.wrong_count("params.get", "1 argument", all.len(), None, span),
                }
            }
            StepKind::Call { name, arguments, .. } if self.tree.name(name) == "containsKey" => {
                match *self.tree.expr_list(arguments) {
                    [argument] => {
                        let name = self.parameter_name(argument);
                        self.node(Kind::HasParameter(name.id), Type::Boolean, span)
                    }
                    ref all => self.wrong_count("params.containsKey", "1 argument", all.len(), None, span),
                }
            }
            StepKind::Call { name, arguments, .. } if self.is_parameter_or(name) => {
                match *self.tree.expr_list(arguments) {
                    [name, other] => self.parameter_or(name, other, span),
                    ref all => self.wrong_count("params.getOrDefault", "2 arguments", all.len(), None, span),
                }
            }
            StepKind::Call {
                name,
                name_span,
                arguments,
            } => self.host_call("params", name, name_span, arguments, span),
            StepKind::Field { name, name_span } => {
                let name = self.tree.name(name);
                if let Some(constant) = self.host_constant("params", name, span) {
                    return constant;
                }
                let text = self.text(name);
                let text = self.node(Kind::Text(text), Type::String, name_span);
                self.parameter_value(text, span)
            }
        }
    }

    pub(super) fn wrong_count(
        &mut self,
        function: &str,
        takes: &str,
        given: usize,
        help: Option<String>,
        span: Span,
    ) -> Typed {
        let message = format!("{} takes {takes}, {given} given", quote(function));
        let mut error = Diagnostic::error(Code::ArgumentCount, span, message);
        error.help = help;
        self.refuse(error)
    }

    /// The name in `params[name]`: a STRING, or checked at run time.
    pub(super) fn parameter_name(&mut self, name: ExprId) -> Typed {
        let name = self.expr(name);
        match name.ty {
            Type::String | Type::Any => self.checked(name, Type::String, CheckKind::Argument),
            given => {
                let message = format!("expected a STRING as the parameter's name, found {given}");
                let error = Diagnostic::error(Code::ArgumentType, name.span, message);
                self.refuse(error.with_help("write the name in quotes, `params.get('name')`"));
                let text = self.text("");
                self.node(Kind::Text(text), Type::String, name.span)
            }
        }
    }

    pub(super) fn parameter_value(&mut self, name: Typed, span: Span) -> Typed {
        let Kind::Text(text) = self.out.expr(name.id).kind else {
            return self.node(Kind::ParameterNamed(name.id), Type::Any, span);
        };
        let text = self.out.text(text).to_owned();
        match self.parameter_named(&text, span) {
            Some(parameter) => {
                let value = self.node(Kind::Parameter(parameter), self.out.parameter(parameter).ty, span);
                let name = Arc::clone(&self.out.parameter(parameter).name);
                match self.shape_of_parameter(&name) {
                    Some(shaped) => self.checked_shape(value, shaped),
                    None => value,
                }
            }
            // As `params` gives null where there is none, so does a name the schema does not know.
            None => self.absent(&text, span),
        }
    }

    /// `Class.name` and `Class.name(…)`.
    fn class_step(&mut self, class: Symbol, class_span: Span, step: &Step) -> Typed {
        let span = class_span.to(step.span);
        let written = self.tree.name(class);
        let class = library::canonical_class(written);
        match step.kind {
            StepKind::Call {
                name,
                name_span,
                arguments,
            } => self.static_call(written, name, name_span, arguments, span),
            StepKind::Field { name, name_span } => {
                let name = self.tree.name(name);
                match library::constant(self.options.dialect, class, name) {
                    Some(function) => self.call(&[function], Vec::new(), name, span),
                    None => {
                        let error = self.unknown_class_field(written, name, name_span);
                        self.refuse(error)
                    }
                }
            }
            StepKind::Index(index) => {
                self.expr(index);
                let message = format!("{} is a class and has no elements", quote(class));
                self.refuse(Diagnostic::error(Code::IndexType, span, message))
            }
        }
    }

    fn unknown_class_field(&self, written: &str, name: &str, name_span: Span) -> Diagnostic {
        let class = library::canonical_class(written);
        let error = || no_member(Code::UnknownField, class, name, name_span);
        let own = self.options.advice().of_member(Section::Fields, written, name);
        if let Some(help) = own.or_else(|| self.options.advice().of_member(Section::Fields, class, name)) {
            return error().with_help(help);
        }
        if library::static_members(self.options.dialect, class).any(|member| member == name) {
            return error().with_help("it is a method: write `()`");
        }
        let constants = library::constants(self.options.dialect, class).collect();
        self.unknown_member(Code::UnknownField, class, name, name_span, constants)
    }

    /// The error of a member that a type or class has not, with what may have been meant.
    pub(super) fn unknown_member(
        &self,
        code: Code,
        owner: &str,
        name: &str,
        span: Span,
        mut known: Vec<&str>,
    ) -> Diagnostic {
        let error = no_member(code, owner, name, span);
        if self.is_full() {
            return error;
        }
        known.sort_unstable();
        known.dedup();
        match self.nearest(name, known.iter().copied()) {
            Some(found) => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(span, found),
            None if known.is_empty() => error,
            None => error.with_help(members::listed(name, &known)),
        }
    }

    fn element(&mut self, value: Typed, index: ExprId, maybe: Option<Maybe<'_>>, span: Span) -> Typed {
        if value.ty == Type::Map && self.has_entries(value.ty) {
            let key = self.expr(index);
            return self.entry(value, key, maybe, span);
        }
        if value.ty == Type::Map {
            let key = self.expr(index);
            let is_key = matches!(key.ty, Type::String | Type::Any);
            let help = match (self.written(value), self.written(key).filter(|_| is_key)) {
                (Some(map), Some(key)) => format!("read a map with {}", quote_code(&format!("{map}.get({key})"))),
                _ => MAP_READ.to_owned(),
            };
            let error = Diagnostic::error(Code::IndexType, span, "MAP has no elements");
            return self.refuse(error.with_label("this is MAP").with_help(help));
        }
        if self.is_refused(value) {
            self.expr(index);
            return self.poison(span);
        }
        let index = self.expr(index);
        if index.ty == Type::String && self.has_entries(value.ty) {
            return self.entry(value, index, maybe, span);
        }
        if !matches!(value.ty, Type::Any | Type::List) && value.ty.element().is_none() {
            let is_place = value.ty == Type::String && matches!(index.ty, Type::Long | Type::Any);
            let of_text = is_place.then(|| self.character(value, index)).flatten();
            let help = of_text.unwrap_or_else(|| "only arrays and lists have elements".to_owned());
            let error = Diagnostic::error(Code::IndexType, span, format!("{} has no elements", value.ty));
            return self.refuse(error.with_label(format!("this is {}", value.ty)).with_help(help));
        }
        let Some(index) = self.index(index, value) else {
            return self.poison(span);
        };
        match value.ty.element() {
            None | Some(Type::Any) => {
                if value.ty == Type::Any {
                    self.unproved(value.span, || "this may not be an array".to_owned());
                }
                if index.ty == Type::Any {
                    self.unproved(index.span, || "expected LONG, found ANY".to_owned());
                }
                self.element_at(value, index, Type::Any, span)
            }
            Some(element) => {
                let index = self.checked(index, Type::Long, CheckKind::Index);
                self.element_at(value, index, element, span)
            }
        }
    }

    /// The element of an array or LIST, or of what only the run can tell to be one, at an index that was checked.
    pub(super) fn element_at(&mut self, value: Typed, index: Typed, ty: Type, span: Span) -> Typed {
        let (id, index) = (value.id, index.id);
        let kind = match value.ty {
            Type::Any | Type::List => Kind::DynamicElement { value: id, index },
            _ => Kind::Element { array: id, index },
        };
        self.node(kind, ty, span)
    }

    /// The length of an array or LIST, or of what only the run can tell to be one.
    pub(super) fn length(&mut self, value: Typed, span: Span) -> Typed {
        let kind = match value.ty {
            Type::Any => Kind::DynamicLength(value.id),
            _ => Kind::Length(value.id),
        };
        self.node(kind, Type::Long, span)
    }

    fn field(&mut self, value: Typed, name: Symbol, name_span: Span, maybe: Option<Maybe<'_>>, span: Span) -> Typed {
        let name = self.tree.name(name);
        if self.is_refused(value) {
            return self.poison(span);
        }
        match value.ty {
            ty if name == "length" && ty.element().is_some() => self.length(value, span),
            Type::Any if name == "length" => {
                self.unproved(value.span, || "this may not be an array".to_owned());
                self.length(value, span)
            }
            ty => {
                let through = (ty != Type::Any).then_some(ty);
                let constants: Vec<_> = library::constants_through(self.options.dialect, through, name).collect();
                if !constants.is_empty() {
                    return self.call(&constants, vec![value], name, span);
                }
                if self.has_entries(ty) && !self.is_of_class(value, name) {
                    let key = self.text(name);
                    let key = self.node(Kind::Text(key), Type::String, name_span);
                    return self.entry(value, key, maybe, span);
                }
                let error = Diagnostic::error(
                    Code::UnknownField,
                    name_span,
                    format!("{ty} has no field {}", quote(name)),
                );
                let help = self.help_for_field(value, name);
                self.refuse(error.with_help(help))
            }
        }
    }
}

impl Checker<'_> {
    /// What to know of a field that a value has not.
    fn help_for_field(&self, value: Typed, name: &str) -> String {
        let ty = value.ty;
        let own = library::methods(self.options.dialect, Some(ty), name).next().is_some();
        let of_call = || {
            let applies = ty != Type::Map && ty != Type::Any && !own;
            self.advice_on(Section::Calls, value, name, &[]).filter(|_| applies)
        };
        let of_field = || self.advice_on(Section::Fields, value, name, &[]);
        if let Some(help) = self
            .advice_on_class(value, name, &[])
            .or_else(of_field)
            .or_else(of_call)
        {
            return help;
        }
        let near = || self.nearest(name, library::method_names(self.options.dialect, ty));
        // What stands behind a map is likely a key.
        if let Some(method) = (!own && ty != Type::Map).then(near).flatten() {
            return format!("did you mean the method {}?", quote(method));
        }
        if let (Type::Map, Some(map)) = (ty, self.written(value)) {
            return format!("read a map with {}", quote_code(&format!("{map}.get('{name}')")));
        }
        let help = match ty {
            Type::Map => MAP_READ,
            _ if own && ty != Type::Any => "it is a method: write `()`",
            _ if ty.element().is_some() => "an array has the field `length` and elements, `xs[i]`",
            Type::Any => "only arrays have a field, `length`; read a map with `.get('key')`",
            _ => "only arrays have a field, `length`",
        };
        self.about(help, value, &[])
    }
}

/// The error of a member that a type or class has not.
pub(super) fn no_member(code: Code, owner: &str, name: &str, span: Span) -> Diagnostic {
    let what = if code == Code::UnknownField { "field" } else { "method" };
    Diagnostic::error(code, span, format!("{owner} has no {what} {}", quote(name)))
}

/// `no arguments`, `1 argument`, `2 arguments`.
pub(super) fn counted(count: usize) -> String {
    match count {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    }
}
