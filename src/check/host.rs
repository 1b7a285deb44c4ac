//! What the host registered: calls of its functions, its constants, its namespaces.

use super::checker::{Checker, Typed};
use super::expressions::may_be_empty_array;
use super::known_shapes::Shaped;
use super::postfix::counted;
use super::signatures::{HostConstant, HostSignature};
use super::typed::{CheckKind, ExprList as TypedList, HostCall, Kind};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::shape::WholeShape;
use crate::source::Span;
use crate::syntax::ast::{ExprList, Step, StepKind, Symbol};
use crate::types::Type;
use crate::value::accepts_null;

/// The most names that are compared for a suggestion.
const MAX_CANDIDATES: usize = 1000;

impl Checker<'_> {
    /// Whether a name is a namespace of the host's own.
    pub(super) fn is_namespace(&self, symbol: Symbol) -> bool {
        self.options.host_functions.is_namespace(self.tree.name(symbol))
    }

    /// `Namespace.name` and `Namespace.name(…)`.
    pub(super) fn namespace_step(&mut self, namespace: Symbol, namespace_span: Span, step: &Step) -> Typed {
        let span = namespace_span.to(step.span);
        let tree = self.tree;
        let namespace = tree.name(namespace);
        match step.kind {
            StepKind::Call {
                name,
                name_span,
                arguments,
            } => self.host_call(namespace, name, name_span, arguments, span),
            StepKind::Field { name, name_span } => {
                let name = tree.name(name);
                if let Some(constant) = self.host_constant(namespace, name, span) {
                    return constant;
                }
                let error = self.unknown_host_member(namespace, name, name_span, Code::UnknownField);
                self.refuse(error)
            }
            StepKind::Index(index) => {
                self.expr(index);
                let message = format!("{} is a namespace of the host and has no elements", quote(namespace));
                self.refuse(Diagnostic::error(Code::IndexType, span, message))
            }
        }
    }

    /// A constant of the host; `None` if there is no such constant.
    pub(super) fn host_constant(&mut self, namespace: &str, name: &str, span: Span) -> Option<Typed> {
        let full = format!("{namespace}.{name}");
        let signature = self.options.host_functions.signature(&full)?;
        let (kind, ty) = match signature.constant? {
            HostConstant::Null => (Kind::Null, Type::Null),
            HostConstant::Boolean(value) => (Kind::Boolean(value), Type::Boolean),
            HostConstant::Long(value) => (Kind::Long(value), Type::Long),
            HostConstant::Double(value) => (Kind::Double(value), Type::Double),
            HostConstant::Text(text) => (Kind::Text(self.text(text)), Type::String),
            HostConstant::Copied => return Some(self.host_node(full, signature, TypedList::default(), span)),
        };
        Some(self.node(kind, ty, span))
    }

    pub(super) fn host_call(
        &mut self,
        namespace: &str,
        name: Symbol,
        name_span: Span,
        arguments: ExprList,
        span: Span,
    ) -> Typed {
        let tree = self.tree;
        let full = format!("{namespace}.{}", tree.name(name));
        let arguments = self.arguments(arguments);
        let options = self.options;
        let Some(signature) = options.host_functions.signature(&full) else {
            let mut error = self.unknown_host_member(namespace, tree.name(name), name_span, Code::UnknownHostFunction);
            let habit = options.advice().of_member(Section::Calls, namespace, tree.name(name));
            if let (Some(help), None) = (habit, &error.suggestion) {
                error.help = Some(self.about_arguments(help, &arguments));
            }
            return self.refuse(error);
        };
        if signature.constant.is_some() {
            let message = format!("{} is a constant of the host and is not called", quote(&full));
            let error = Diagnostic::error(Code::NotCallable, span, message);
            return self.refuse(
                error
                    .with_help(format!("write {}", quote(&full)))
                    .with_suggestion(span, full),
            );
        }
        let most = signature.parameters.len();
        let least = most - signature.optional.min(most);
        if !(least..=most).contains(&arguments.len()) {
            let takes = match least == most {
                true => counted(most),
                false => format!("{least} to {}", counted(most)),
            };
            return self.wrong_count(&full, &takes, arguments.len(), None, span);
        }
        let mut taken = Vec::new();
        let shapes = signature.parameter_shapes.iter().map(Option::as_deref);
        let shapes = shapes.chain(std::iter::repeat(None));
        for ((argument, &ty), shape) in arguments.into_iter().zip(signature.parameters).zip(shapes) {
            if !may_be_empty_array(argument.ty, ty)
                && let Some(refused) = self.refuse_misfit(&full, argument, (ty, shape))
            {
                return refused;
            }
            let may_be = |given| given == ty || given == Type::Any || may_be_empty_array(given, ty);
            if ty != Type::Any && !may_be(argument.ty) {
                let message = format!("expected {ty} for {}, found {}", quote(&full), argument.ty);
                return self.refuse(Diagnostic::error(Code::ArgumentType, argument.span, message));
            }
            taken.push(if ty == Type::Any {
                argument
            } else {
                self.checked(argument, ty, CheckKind::Argument)
            });
        }
        let arguments = self.expr_list(&taken);
        self.host_node(full, signature, arguments, span)
    }

    /// The node of a call, with its cost and effects.
    fn host_node(&mut self, full: String, signature: HostSignature<'_>, arguments: TypedList, span: Span) -> Typed {
        if let Some(capability) = self.options.switched_off.stops_effects(signature.effects) {
            return self.capability_off(&full, capability, span);
        }
        self.out.effects = self.out.effects.with(signature.effects);
        let known = self.out.host_calls.entries().find(|(_, called)| *called.0 == *full);
        let function = match known {
            Some((id, _)) => id,
            None => self.out.host_calls.push(HostCall(full.into())),
        };
        self.charge(signature.cost_steps);
        let kind = Kind::HostCall { function, arguments };
        let result = self.node(kind, signature.result, span);
        let shaped = signature.result_shape.and_then(|whole| {
            let following = self.following.as_deref_mut()?;
            let shape = whole.put_in(&mut following.table);
            let path = following.made_at(span);
            Some(Shaped { shape, path })
        });
        match shaped {
            Some(shaped) => self.checked_shape(result, shaped),
            None => result,
        }
    }

    /// Refuses an argument of which its shape, or that of the parameter, says that it cannot fit.
    fn refuse_misfit(
        &mut self,
        full: &str,
        argument: Typed,
        (ty, shape): (Type, Option<&WholeShape>),
    ) -> Option<Typed> {
        if shape.is_none() && (ty == Type::Any || argument.shape.is_none()) {
            return None;
        }
        let given = self.known_type(argument);
        let may_be_null = self.may_be_null(argument);
        let table = &mut self.following.as_deref_mut()?.table;
        let accepted = match shape {
            Some(whole) => {
                let shape = whole.put_in(table);
                table.accepts(shape)
            }
            None => {
                let shape = table.of(ty);
                let null = u64::from(accepts_null(ty)) << Type::Null as u32;
                table.accepts(shape) | null
            }
        };
        let takes = |ty: Type| accepted >> ty as u32 & 1 == 1;
        let is_null = may_be_null && !takes(Type::Null);
        // What may be anything is looked at when it is there.
        if !is_null && (given == Type::Any || takes(given)) {
            return None;
        }
        if is_null && let Some(refused) = self.refuse_null(argument, &format!("which {} does not take", quote(full))) {
            return Some(refused);
        }
        let (wanted, found) = match shape {
            Some(whole) => (quote(whole.text()), self.shown_shape(argument)),
            None => (ty.name().to_owned(), given.name().to_owned()),
        };
        let message = format!("expected {wanted} for {}, found {found}", quote(full));
        Some(self.refuse(Diagnostic::error(Code::ArgumentType, argument.span, message)))
    }

    /// The error of a member that the host did not register, with what may have been meant.
    fn unknown_host_member(&self, namespace: &str, name: &str, name_span: Span, code: Code) -> Diagnostic {
        let options = self.options;
        let full = format!("{namespace}.{name}");
        let what = match code {
            Code::UnknownField => "constant",
            _ => "function",
        };
        let error = Diagnostic::error(code, name_span, format!("unknown {what} {} of the host", quote(&full)));
        if options.host_functions.signature(&full).is_some() {
            return error.with_help("it is a function: write the parentheses");
        }
        let all = options.host_functions.names();
        let prefix = format!("{namespace}.");
        let members = all.iter().filter_map(|known| known.strip_prefix(&*prefix));
        let members: Vec<&str> = members.take(MAX_CANDIDATES).collect();
        let found = self.nearest(name, members.iter().copied());
        let elsewhere = || self.nearest(&full, all.iter().copied().take(MAX_CANDIDATES));
        if let Some(found) = found {
            let error = error.with_help(format!("did you mean {}?", quote(&format!("{prefix}{found}"))));
            return error.with_suggestion(name_span, found);
        }
        if let Some(found) = elsewhere() {
            return error.with_help(format!("did you mean {}?", quote(found)));
        }
        if namespace == "params" {
            return error.with_help("`params` has `get` and `containsKey`, and what the host registers");
        }
        let list: Vec<String> = members.iter().take(12).map(|name| quote(name)).collect();
        error.with_help(format!("{} has {}", quote(namespace), list.join(", ")))
    }
}
