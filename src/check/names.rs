//! Names: variables, parameters, classes, and what was meant by those that are none.
//!
//! There is one variable for each name. Its type is the one that all its declarations agree on. Where they do not, or where it
//! is read on a path that may not have set it, the name is *dynamic*: its value carries its type, and the run checks it. That is
//! found as the pass goes on, so a pass that finds one is run again.

use std::collections::HashMap;

use super::flow::Assigned;
use super::typed::{Kind, Parameter, ParameterId, Variable, VariableId};
use super::{Checker, Typed, UnknownNames, cost};
use crate::diagnostic::{Code, Diagnostic, closest, quote};
use crate::library;
use crate::source::Span;
use crate::syntax::ast::Symbol;
use crate::syntax::foreign_word_advice;
use crate::types::Type;

/// What is known of the program's names.
#[derive(Debug)]
pub(super) struct Names<'c> {
    variables: Vec<Option<VariableId>>,
    parameters: Vec<Option<ParameterId>>,
    /// The parameters by name: one may be read by a constant name that is no symbol.
    by_name: HashMap<Box<str>, ParameterId>,
    dynamic: &'c [bool],
    /// Names that this pass found to be dynamic.
    pub(super) found_dynamic: Vec<Symbol>,
}

impl<'c> Names<'c> {
    pub(super) fn new(names: usize, dynamic: &'c [bool]) -> Self {
        Self {
            variables: vec![None; names],
            parameters: vec![None; names],
            by_name: HashMap::new(),
            dynamic,
            found_dynamic: Vec::new(),
        }
    }

    fn is_dynamic(&self, symbol: Symbol) -> bool {
        self.dynamic.get(symbol.0 as usize).copied().unwrap_or(true)
    }
}

/// What a name is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A variable, set on every path or on some.
    Variable(VariableId, Assigned),
    /// Nothing known.
    Unknown,
}

impl Checker<'_> {
    /// Whether a name is reserved for a class or for `params`.
    pub(super) fn is_reserved_name(&self, symbol: Symbol) -> bool {
        let name = self.tree.name(symbol);
        name == "params" || library::is_class(name) || self.is_namespace(symbol)
    }

    /// What a reserved name is, in words.
    pub(super) fn what_is_reserved(&self, symbol: Symbol) -> &'static str {
        match self.tree.name(symbol) {
            "params" => "the parameters",
            _ if self.is_namespace(symbol) => "a namespace of the host",
            _ => "a class",
        }
    }

    /// What a name that is read is here. A parameter becomes a variable that starts from it.
    pub(super) fn meaning(&mut self, symbol: Symbol, span: Span) -> Meaning {
        self.bind_parameter(symbol, span, self.options.schema.is_open());
        self.known_meaning(symbol)
    }

    /// What a name that a value of a type is assigned to is here. Where the schema does not name it, it is a new variable,
    /// though the host may have a parameter of that name.
    pub(super) fn meaning_as_target(&mut self, symbol: Symbol, ty: Type, span: Span) -> Meaning {
        self.bind_parameter(symbol, span, false);
        let met = self.names.variables.get(symbol.0 as usize).copied().flatten().is_some();
        if !met && ty != Type::Any && !self.names.is_dynamic(symbol) {
            // Even in a loop, where an earlier iteration may have set it: wherever else it is set there, it is of this type, or
            // found to be dynamic.
            return Meaning::Unknown;
        }
        self.known_meaning(symbol)
    }

    fn known_meaning(&mut self, symbol: Symbol) -> Meaning {
        let known = self.names.variables.get(symbol.0 as usize).copied().flatten();
        match (known, self.flow.state(symbol)) {
            // A variable that starts from a parameter is set before the first statement.
            (Some(variable), _) if self.out.variable(variable).parameter.is_some() => {
                Meaning::Variable(variable, Assigned::Yes)
            }
            (Some(variable), state @ (Assigned::Yes | Assigned::Maybe)) => Meaning::Variable(variable, state),
            (None, Assigned::Maybe) => {
                // Set later in a loop that is open: its type is not known yet.
                self.names.found_dynamic.push(symbol);
                let variable = self.new_variable(symbol, Type::Any, None);
                Meaning::Variable(variable, Assigned::Maybe)
            }
            _ => Meaning::Unknown,
        }
    }

    /// Makes a name of the schema a variable, the first time it is met; in an open schema any name that nothing has set.
    pub(super) fn bind_parameter(&mut self, symbol: Symbol, span: Span, open: bool) {
        let name = self.tree.name(symbol);
        let met = self.names.variables.get(symbol.0 as usize).copied().flatten().is_some();
        if met || self.is_reserved_name(symbol) {
            return;
        }
        let named = self.options.schema.declares(name);
        let open = open && self.flow.state(symbol) == Assigned::No;
        if !named && !open {
            return;
        }
        let Some(parameter) = self.parameter(symbol, span) else {
            return;
        };
        if self.options.unknown_names == UnknownNames::Error {
            // A name is an error where the host gives no value; only `params['x']` may be absent.
            if let Some(parameter) = self.out.parameters.get_mut(parameter.0 as usize) {
                parameter.optional = false;
            }
        }
        let declared = self.out.parameter(parameter).ty;
        self.new_variable(symbol, declared, Some(parameter));
        self.charge_at_start(cost::LOAD_PARAMETER);
    }

    /// The parameter of a name; none where the schema has none.
    pub(super) fn parameter(&mut self, symbol: Symbol, span: Span) -> Option<ParameterId> {
        if let Some(known) = self.names.parameters.get(symbol.0 as usize).copied().flatten() {
            return Some(known);
        }
        let name = self.tree.name(symbol);
        let ty = self.options.schema.get(name)?;
        let id = self.new_parameter(name, ty, span);
        if let Some(place) = self.names.parameters.get_mut(symbol.0 as usize) {
            *place = Some(id);
        }
        Some(id)
    }

    /// The parameter of a constant name, as in `params['x']`; none where the schema has none.
    pub(super) fn parameter_named(&mut self, name: &str, span: Span) -> Option<ParameterId> {
        let ty = self.options.schema.get(name)?;
        let known = self.names.by_name.get(name).copied();
        Some(known.unwrap_or_else(|| self.new_parameter(name, ty, span)))
    }

    fn new_parameter(&mut self, name: &str, ty: Type, span: Span) -> ParameterId {
        if let Some(capability) = self.options.switched_off.stops_type(ty) {
            self.capability_off(name, capability, span);
        }
        self.out.parameters.push(Parameter {
            name: name.into(),
            ty,
            span,
            optional: true,
        });
        let id = ParameterId(self.out.parameters.len() as u32 - 1);
        self.names.by_name.entry(name.into()).or_insert(id);
        id
    }

    fn new_variable(&mut self, symbol: Symbol, ty: Type, parameter: Option<ParameterId>) -> VariableId {
        let ty = if self.names.is_dynamic(symbol) { Type::Any } else { ty };
        self.out.variables.push(Variable {
            name: self.tree.name(symbol).into(),
            ty,
            parameter,
        });
        let id = VariableId(self.out.variables.len() as u32 - 1);
        if let Some(place) = self.names.variables.get_mut(symbol.0 as usize) {
            *place = Some(id);
        }
        id
    }

    /// Declares a name as of a type, and gives its variable. Where it was declared of another type, it is dynamic.
    pub(super) fn declare(&mut self, symbol: Symbol, ty: Type) -> VariableId {
        let known = self.names.variables.get(symbol.0 as usize).copied().flatten();
        let variable = known.unwrap_or_else(|| self.new_variable(symbol, ty, None));
        let held = self.out.variable(variable).ty;
        if held != ty && held != Type::Any {
            self.names.found_dynamic.push(symbol);
        }
        self.flow.set(symbol, Assigned::Yes);
        variable
    }

    /// A name as a value.
    pub(super) fn name(&mut self, symbol: Symbol, span: Span) -> Typed {
        match self.meaning(symbol, span) {
            Meaning::Variable(variable, Assigned::Yes) => {
                let ty = self.out.variable(variable).ty;
                self.node(Kind::Variable(variable), ty, span)
            }
            Meaning::Variable(variable, _) => {
                if self.out.variable(variable).ty != Type::Any {
                    self.names.found_dynamic.push(symbol);
                }
                self.unproved(span, || {
                    format!("{} may not be set here", quote(self.tree.name(symbol)))
                });
                let or_null = self.options.unknown_names == UnknownNames::Null;
                self.node(Kind::MaybeUnset { variable, or_null }, Type::Any, span)
            }
            Meaning::Unknown if self.is_reserved_name(symbol) => {
                let name = quote(self.tree.name(symbol));
                let what = self.what_is_reserved(symbol);
                self.refuse(
                    Diagnostic::error(Code::NoValue, span, format!("{name} is {what}, not a value"))
                        .with_help("call one of its functions, or read one of its fields"),
                )
            }
            Meaning::Unknown if self.options.unknown_names == UnknownNames::Null => {
                self.node(Kind::Null, Type::Null, span)
            }
            Meaning::Unknown => {
                let unknown = self.unknown_name(symbol, span);
                self.refuse(unknown)
            }
        }
    }

    /// The error of a name that is nothing, with what may have been meant.
    pub(super) fn unknown_name(&self, symbol: Symbol, span: Span) -> Diagnostic {
        let name = self.tree.name(symbol);
        let error = Diagnostic::error(Code::UnknownName, span, format!("{} is not known", quote(name)))
            .with_label("neither a variable, a parameter nor a class");
        if let Some(advice) = foreign_word_advice(name) {
            return error.with_help(advice);
        }
        let variables = self.out.variables.iter().map(|variable| &*variable.name).take(100);
        let parameters = self.options.schema.names().take(1000);
        let classes = library::class_names().map(|class: &str| class);
        let namespaces = self.options.host_functions.namespaces();
        let found = if self.may_suggest() {
            closest(name, variables.chain(parameters).chain(classes).chain(namespaces))
        } else {
            None
        };
        match found {
            Some(found) => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(span, found),
            None => error.with_help("declare it, pass it as a parameter, or put quotes around it if it is a text"),
        }
    }

    /// Charges the program's first region, whatever region is being checked.
    fn charge_at_start(&mut self, steps: u32) {
        self.start_steps = self.start_steps.saturating_add(steps);
    }
}
