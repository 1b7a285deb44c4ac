//! Calls of library functions: which overload, with which arguments.

use super::checker::{Checker, PREPARED_BYTES, Typed};
use super::postfix::no_member;
use super::typed::{CheckKind, Kind};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::dialect::Dialect;
use crate::library::declaration::{Accepts, Function, Receiver};
use crate::library::{self, FunctionId};
use crate::source::Span;
use crate::syntax::ast::{ExprList, Symbol};
use crate::types::Type;
use crate::value::accepts_null;

impl Checker<'_> {
    /// `value.name(…)`
    pub(super) fn method(
        &mut self,
        value: Typed,
        name: Symbol,
        name_span: Span,
        arguments: ExprList,
        span: Span,
    ) -> Typed {
        let tree = self.tree;
        let name = tree.name(name);
        if let Some(called) = self.lambda_call(value, (name, name_span), arguments, span) {
            return called;
        }
        let changes = matches!(name, "put" | "remove" | "putAll") && matches!(value.ty, Type::Map | Type::Any);
        let help = "`filter`, `mapValues`, `merge` and `associate` give new maps";
        if changes && self.outside_lambdas("a map is changed", name_span, help) {
            return self.poison(span);
        }
        let mut all = vec![value];
        all.extend(self.arguments(arguments));
        if let ("getOrDefault", [_, _, other]) = (name, all.as_slice()) {
            self.keep_given(*other);
        }
        if let ("put", [key, _], [_, _, held]) = (name, tree.expr_list(arguments), all.as_slice())
            && let Some(refused) = self.refuse_put(value, *key, *held)
        {
            return refused;
        }
        if self.is_refused(value) {
            return self.poison(span);
        }
        let candidates: Vec<FunctionId> = match value.ty {
            Type::Any => library::methods(self.options.dialect, None, name).collect(),
            ty => library::methods(self.options.dialect, Some(ty), name).collect(),
        };
        if candidates.is_empty() {
            let error = self.unknown_method(&all, name, name_span);
            return self.refuse(error);
        }
        self.call(&candidates, all, name, span)
    }

    /// The error of a method that the first of some values has not.
    fn unknown_method(&self, all: &[Typed], name: &str, name_span: Span) -> Diagnostic {
        let Some((&value, arguments)) = all.split_first() else {
            return no_member(Code::UnknownMethod, "a value", name, name_span);
        };
        let owner = match value.ty {
            Type::Any => "a value of any type".to_owned(),
            ty => ty.name().to_owned(),
        };
        if value.ty == Type::Null {
            let message = format!("{} is called on null", quote(name));
            let error =
                Diagnostic::error(Code::UnknownMethod, value.span, message).with_label("null, or an unknown name");
            return match self.written(value).filter(|code| *code != "null") {
                Some(code) => error.with_help(match self.options.dialect {
                    Dialect::Selvedge => format!("where it may be null, write `{code}?.{name}(…)`"),
                    Dialect::Sel => format!("test for null first, `{code} == null ? … : {code}.{name}(…)`"),
                }),
                None => error,
            };
        }
        // What SEL has of an array is its length and its elements.
        let of_array = || {
            let help = "an array has no methods: its length is `xs.length`, an element `xs[i]`";
            let is_bare = value.ty.element().is_some() && self.options.dialect == Dialect::Sel;
            is_bare.then(|| self.about(help, value, arguments))
        };
        let help = self
            .near_in_class(value, name)
            .or_else(|| self.advice_on_class(value, name, arguments))
            .or_else(|| self.part_of(value, name, arguments))
            .or_else(|| self.advice_on(Section::Calls, value, name, arguments))
            .or_else(|| self.as_date(value, name, arguments))
            .or_else(|| self.as_text(value, name, arguments))
            .or_else(of_array);
        if let Some(help) = help {
            return no_member(Code::UnknownMethod, &owner, name, name_span).with_help(help);
        }
        let known: Vec<&str> = match value.ty {
            _ if self.is_full() => Vec::new(),
            Type::Any => library::functions_by_name(self.options.dialect)
                .filter(|function| matches!(function.receiver, Receiver::Instance(_) | Receiver::OneOf(_)))
                .map(|function| function.name)
                .collect(),
            ty => library::method_names(self.options.dialect, ty).collect(),
        };
        self.unknown_member(Code::UnknownMethod, &owner, name, name_span, known)
    }

    /// The function that was meant of a class that SEL does not have, where its name may also be a parameter's.
    fn near_in_class(&self, value: Typed, name: &str) -> Option<String> {
        let class = self.unset_name(value)?;
        let is_class = self.options.dialect == Dialect::Selvedge && library::is_class_beyond_sel(class);
        let members = library::static_members(self.options.dialect, class).filter(|_| is_class);
        let found = self.nearest(name, members)?;
        Some(format!("did you mean {}?", quote(&format!("{class}.{found}"))))
    }

    /// What to write instead of a method of what is named as a class of another language, and stands for a parameter where the
    /// schema is open.
    pub(super) fn advice_on_class(&self, value: Typed, name: &str, arguments: &[Typed]) -> Option<String> {
        let class = self.unset_name(value)?;
        let of_member = self.options.advice().of_member(Section::Calls, class, name);
        // `ds.strip()` is a method of a text, whatever `ds` is elsewhere.
        let is_method = || {
            self.options
                .advice()
                .of_value(Section::Calls, Type::Any, name)
                .is_some()
        };
        // `equals/2` is looked for beside `equals`, of which more is said.
        let is_class = (class.starts_with(char::is_uppercase) || !is_method()) && !name.contains('/');
        let of_name = |section| self.options.advice().of(section, class).filter(|_| is_class);
        let of_class = || of_name(Section::Names).or_else(|| of_name(Section::Values));
        let help = of_member.or_else(of_class)?;
        Some(self.about_arguments(help, arguments))
    }

    /// `Class.name(…)`
    pub(super) fn static_call(
        &mut self,
        written: &str,
        name: Symbol,
        name_span: Span,
        arguments: ExprList,
        span: Span,
    ) -> Typed {
        let tree = self.tree;
        let name = tree.name(name);
        let class = library::canonical_class(written);
        let arguments = self.arguments(arguments);
        let candidates: Vec<FunctionId> = library::statics(self.options.dialect, class, name).collect();
        let counted =
            |id: &FunctionId| library::function(*id).is_some_and(|function| takes_count(function, arguments.len()));
        if !candidates.iter().any(counted)
            && let Some(called) = self.method_of_class(class, name, &arguments, span)
        {
            return called;
        }
        if candidates.is_empty() {
            let of_long = match *arguments {
                [number @ Typed { ty: Type::Long, .. }] if class == "Math" => {
                    self.advice_on(Section::Calls, number, name, &[])
                }
                _ => None,
            };
            let of = |class, name| self.options.advice().of_member(Section::Calls, class, name);
            let counted = format!("{name}/{}", arguments.len());
            let own = || of(written, &counted).or_else(|| of(written, name));
            let canonical = || of(class, &counted).or_else(|| of(class, name));
            let of_class = || Some(self.about_arguments(own().or_else(canonical)?, &arguments));
            let error = match of_long.or_else(of_class) {
                Some(help) => no_member(Code::UnknownMethod, class, name, name_span).with_help(help),
                None if library::constant(self.options.dialect, class, name).is_some() => {
                    let help = format!("it is a constant: write {}", quote(&format!("{class}.{name}")));
                    no_member(Code::UnknownMethod, class, name, name_span).with_help(help)
                }
                None => {
                    let known = library::static_members(self.options.dialect, class).collect();
                    self.unknown_member(Code::UnknownMethod, class, name, name_span, known)
                }
            };
            return self.refuse(error);
        }
        self.call(&candidates, arguments, name, span)
    }

    /// `Class.name(…)` of a method, as a class stands for what a variable of it holds that was declared without a value; none
    /// where that cannot succeed.
    fn method_of_class(&mut self, class: &str, name: &str, arguments: &[Typed], span: Span) -> Option<Typed> {
        let (kind, ty) = match (class, name) {
            ("Long", _) => (Kind::Long(0), Type::Long),
            ("Double", _) => (Kind::Double(0.0), Type::Double),
            ("Map", "size" | "containsKey") => (Kind::Null, Type::Map),
            _ => return None,
        };
        let takes =
            |id: &FunctionId| library::function(*id).is_some_and(|function| takes_count(function, arguments.len() + 1));
        let methods: Vec<FunctionId> = library::methods(self.options.dialect, Some(ty), name)
            .filter(takes)
            .collect();
        if methods.is_empty() {
            return None;
        }
        let mut all = vec![self.node(kind, ty, span)];
        all.extend_from_slice(arguments);
        Some(self.call(&methods, all, name, span))
    }

    /// `new Class(…)`
    pub(super) fn construct(&mut self, class: Symbol, class_span: Span, arguments: ExprList, span: Span) -> Typed {
        let tree = self.tree;
        let written = tree.name(class);
        let arguments = self.arguments(arguments);
        let name = library::canonical_class(written);
        let candidates: Vec<FunctionId> = library::constructors(self.options.dialect, name).collect();
        if !candidates.is_empty() {
            return self.call(&candidates, arguments, name, span);
        }
        let known = library::is_class(written);
        let (code, message) = match known {
            true => (
                Code::NotConstructible,
                format!("{} cannot be made with `new`", quote(written)),
            ),
            false => (Code::UnknownClass, format!("unknown class {}", quote(written))),
        };
        let beyond = || self.member_beyond_sel(written);
        let of_names = || self.options.advice().of(Section::Names, written).map(str::to_owned);
        if let (false, Some(help)) = (known, beyond().or_else(of_names)) {
            return self.refuse(Diagnostic::error(code, class_span, message).with_help(help));
        }
        let found = self.nearest(written, library::constructed_classes(self.options.dialect));
        let error = Diagnostic::error(code, class_span, message);
        self.refuse(match found {
            Some(found) if !known => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(class_span, found),
            _ if known => match self.member_of_class(written, name) {
                Some(help) => error.with_help(help),
                None => error,
            },
            _ => {
                let mut classes: Vec<_> = library::constructed_classes(self.options.dialect).map(quote).collect();
                classes.sort();
                classes.dedup();
                error.with_help(format!("`new` makes arrays, and objects of {}", classes.join(", ")))
            }
        })
    }

    /// What to write where a class stands without one of its members.
    pub(super) fn member_of_class(&self, written: &str, class: &str) -> Option<String> {
        let member = library::static_members(self.options.dialect, class).next()?;
        let code = format!("{written}.{member}(…)");
        Some(format!("call what it has on the class, such as {}", quote(&code)))
    }

    /// The same of a class that SEL does not have.
    pub(super) fn member_beyond_sel(&self, class: &str) -> Option<String> {
        let is_known = self.options.dialect != Dialect::Sel && library::is_class_beyond_sel(class);
        is_known.then(|| self.member_of_class(class, class)).flatten()
    }

    /// A call of the first candidate that takes the arguments, the receiver first; chosen at run time where only the run knows
    /// their types.
    pub(super) fn call(&mut self, candidates: &[FunctionId], arguments: Vec<Typed>, name: &str, span: Span) -> Typed {
        let functions: Vec<(FunctionId, &'static Function)> = candidates
            .iter()
            .filter_map(|&id| Some((id, library::function(id)?)))
            .collect();
        let counted: Vec<_> = functions
            .iter()
            .copied()
            .filter(|(_, function)| takes_count(function, arguments.len()))
            .collect();
        if counted.is_empty() {
            let error = self.wrong_count_of(&functions, &arguments, name, span);
            return self.refuse(error);
        }
        if let Some(reported) = self.typed_by_shapes(&arguments)
            && !counted.iter().any(|(_, function)| may_take(function, &reported))
        {
            let error = self.wrong_type(&counted, &reported, name, span);
            return self.refuse(error);
        }
        let arguments = self.arguments_not_null(&counted, arguments);
        let possible: Vec<_> = counted
            .iter()
            .copied()
            .filter(|(_, function)| may_take(function, &arguments))
            .collect();
        if possible.is_empty() {
            let error = self.wrong_type(&counted, &arguments, name, span);
            return self.refuse(error);
        }
        let (possible, later) = first_of_sel(possible);
        let off = self.options.switched_off;
        let stopped = possible.iter().find_map(|&(id, _)| library::switched_off(id, off));
        let possible: Vec<_> = possible
            .into_iter()
            .filter(|&(id, _)| library::switched_off(id, off).is_none())
            .collect();
        let Some(&(first, function)) = possible.first() else {
            return match stopped {
                Some(capability) => self.capability_off(name, capability, span),
                None => self.poison(span),
            };
        };
        let certain = possible
            .iter()
            .copied()
            .find(|(_, function)| surely_takes(function, &arguments));
        if let Some((id, function)) = certain {
            return self.direct_call(id, function, arguments, span);
        }
        let in_turn = possible.len() == 1 && checks_suffice(function, &arguments);
        // In strict mode, what only the run can tell is refused.
        let later = later
            .into_iter()
            .filter(|(id, other)| {
                let is_on = library::switched_off(*id, off).is_none();
                is_on && other.result == function.result && !self.options.strict
            })
            .collect::<Vec<_>>();
        if in_turn && later.is_empty() {
            return self.direct_call(first, function, arguments, span);
        }
        let in_turn = in_turn && !later.is_empty();
        let possible: Vec<_> = possible.into_iter().chain(later).collect();
        self.dynamic_call(&possible, &arguments, (name, in_turn), span)
    }

    fn direct_call(&mut self, id: FunctionId, function: &'static Function, arguments: Vec<Typed>, span: Span) -> Typed {
        let mut taken = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.into_iter().enumerate() {
            self.prepare(function, index, argument);
            let check = match function.receiver {
                receiver if index == 0 && receiver.is_value() => CheckKind::Receiver,
                _ => CheckKind::Argument,
            };
            taken.push(match (function.accepts_at(index), argument.ty) {
                (Accepts::Number, Type::Long) => self.node(Kind::ToDouble(argument.id), Type::Double, argument.span),
                (Accepts::Exactly(ty), _) => self.checked(argument, ty, check),
                _ => argument,
            });
        }
        self.out.effects = self.out.effects.with(function.effects);
        let result = function.result_on(taken.first().map(|receiver| receiver.ty));
        let arguments = self.expr_list(&taken);
        self.node(
            Kind::Call {
                function: id,
                arguments,
            },
            result,
            span,
        )
    }

    fn dynamic_call(
        &mut self,
        possible: &[(FunctionId, &'static Function)],
        arguments: &[Typed],
        (name, in_turn): (&str, bool),
        span: Span,
    ) -> Typed {
        self.unproved(span, || {
            format!("the arguments of {} may not be of the types it takes", quote(name))
        });
        let list = self.out.candidates.extend(possible.iter().map(|(id, _)| *id));
        let mut result = None;
        for (_, function) in possible {
            self.out.effects = self.out.effects.with(function.effects);
            for (index, argument) in arguments.iter().enumerate() {
                self.prepare(function, index, *argument);
            }
            let own = function.result_on(arguments.first().map(|receiver| receiver.ty));
            result = match result {
                None => Some(own),
                Some(ty) if ty == own => Some(ty),
                Some(_) => Some(Type::Any),
            };
        }
        let method = self.text(name);
        let arguments = self.expr_list(arguments);
        let kind = Kind::DynamicCall {
            candidates: list,
            method,
            arguments,
            in_turn,
        };
        self.node(kind, result.unwrap_or(Type::Any), span)
    }

    /// Arguments, those refused that may be null where no function takes null.
    fn arguments_not_null(
        &mut self,
        functions: &[(FunctionId, &'static Function)],
        mut arguments: Vec<Typed>,
    ) -> Vec<Typed> {
        if !self.follows() {
            return arguments;
        }
        for (index, argument) in arguments.iter_mut().enumerate() {
            let takes_none = |(_, function): &(FunctionId, &Function)| match function.accepts_at(index) {
                // Those few that take a null text do so as it is declared, not as it comes from data.
                Accepts::Exactly(ty) => is_read(ty),
                Accepts::Number => true,
                Accepts::OneOf(types) => !types.contains(&Type::Null) && types.iter().all(|&ty| is_read(ty)),
                Accepts::Anything | Accepts::Lambda(_) => false,
            };
            if functions.iter().all(takes_none)
                && let Some(refused) = self.refuse_null(*argument, "which it does not take")
            {
                *argument = refused;
            }
        }
        arguments
    }

    /// Prepares a constant argument at compile time, or says why it is not valid.
    fn prepare(&mut self, function: &'static Function, index: usize, argument: Typed) {
        let Kind::Text(text) = self.out.expr(argument.id).kind else {
            return;
        };
        let receiver = usize::from(function.receiver.is_value());
        let parameter = index
            .checked_sub(receiver)
            .and_then(|index| function.parameters.get(index));
        let Some((parameter, prepare)) = parameter.and_then(|parameter| Some((parameter, parameter.prepare?))) else {
            return;
        };
        // The same function and constant give the same; so a pattern in ten places is compiled once.
        if !self.prepared.insert((prepare as usize, text.number())) {
            return;
        }
        match prepare(self.out.text(text), self.prepare_capacity) {
            Ok(None) => {}
            Ok(Some(prepared)) => {
                self.prepare_capacity = self.prepare_capacity.saturating_sub(prepared.made_bytes());
                let place = self
                    .out
                    .prepared
                    .partition_point(|(constant, _)| *constant <= text.number());
                self.out.prepared.insert(place, (text.number(), prepared));
            }
            Err(message) => {
                // What was refused took time as well, for a pattern's size or in search of a suggestion.
                self.prepare_capacity = self.prepare_capacity.saturating_sub(PREPARED_BYTES / 16);
                let mut error = Diagnostic::error(Code::InvalidPattern, argument.span, message);
                error.help = self.pattern_help(function, parameter, argument.span, self.out.text(text));
                self.report(error);
            }
        }
    }
}

/// Whether a function that takes a value of the type reads it, so that it fails for null.
const fn is_read(ty: Type) -> bool {
    !accepts_null(ty) || matches!(ty, Type::String)
}

/// Functions with their ids.
type Functions = Vec<(FunctionId, &'static Function)>;

/// The functions that a call may mean, and those that it means only where the run finds none of them to take its arguments: those
/// that SEL has not, where it has any, so that what SEL accepts is the same here, in value, error and steps.
fn first_of_sel(possible: Functions) -> (Functions, Functions) {
    match possible.iter().any(|(_, function)| !function.beyond_sel) {
        true => possible.into_iter().partition(|(_, function)| !function.beyond_sel),
        false => (possible, Vec::new()),
    }
}

fn takes_count(function: &Function, given: usize) -> bool {
    let receiver = usize::from(function.receiver.is_value());
    let parameters = function.parameters.len() + receiver;
    match function.variadic {
        true => given + 1 >= parameters,
        false => given == parameters,
    }
}

/// Whether the function may take the arguments, as far as their types are known.
fn may_take(function: &Function, arguments: &[Typed]) -> bool {
    let takes =
        |(index, argument): (usize, &Typed)| argument.ty == Type::Any || function.accepts_at(index).takes(argument.ty);
    arguments.iter().enumerate().all(takes)
}

/// Whether the function takes the arguments, whatever the unknown ones are.
fn surely_takes(function: &Function, arguments: &[Typed]) -> bool {
    let takes = |(index, argument): (usize, &Typed)| match function.accepts_at(index) {
        Accepts::Anything => true,
        accepts => argument.ty != Type::Any && accepts.takes(argument.ty),
    };
    arguments.iter().enumerate().all(takes)
}

/// Whether a check of each unknown argument against one type is all that the run has to do.
fn checks_suffice(function: &Function, arguments: &[Typed]) -> bool {
    let suffices = |(index, argument): (usize, &Typed)| {
        let by_check = matches!(function.accepts_at(index), Accepts::Exactly(_) | Accepts::Anything);
        argument.ty != Type::Any || by_check
    };
    arguments.iter().enumerate().all(suffices)
}
