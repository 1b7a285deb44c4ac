//! What a name means where it stands, and what was meant by one that means nothing.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::hash_table::Entry;

use super::checker::{Checker, Typed};
use super::cost;
use super::flow::Assigned;
use super::names::{Meaning, Names};
use super::options::UnknownNames;
use super::typed::{Kind, Parameter, ParameterId, Variable, VariableId};
use crate::advice::Section;
use crate::diagnostic::{Code, Diagnostic, quote, quote_code};
use crate::library;
use crate::source::Span;
use crate::syntax::ast::Symbol;
use crate::types::Type;

/// What to do about a name that nothing is near to.
pub(super) const UNKNOWN: &str = "declare it, pass it as a parameter, or write a text in quotes";

impl Checker<'_> {
    /// Whether a name is reserved for a class or for `params`.
    pub(super) fn is_reserved_name(&self, symbol: Symbol) -> bool {
        self.names.known.get(symbol).reserved
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
        if self.may_start(symbol) && self.flow.state(symbol) != Assigned::Yes && !self.is_required(symbol) {
            self.names.found.starting.push(symbol);
            self.start(symbol, span);
        } else {
            self.bind_parameter(symbol, span, self.options.schema.is_open());
        }
        self.require(symbol);
        self.known_meaning(symbol)
    }

    /// Whether a name that the program sets may be the host's parameter where it is read unset: one that the schema does
    /// not name.
    fn may_start(&self, symbol: Symbol) -> bool {
        let known = self.names.known.get(symbol);
        self.options.schema.is_open() && known.declared.is_none() && !known.reserved && known.assigned
    }

    /// Whether a read of a name that nothing has set is an error at once where the host gives no value.
    fn is_required(&self, symbol: Symbol) -> bool {
        self.is_needed(symbol) && self.flow.state(symbol) == Assigned::No
    }

    /// Whether a name that the host gives no value for is an error.
    fn is_needed(&self, symbol: Symbol) -> bool {
        self.options.unknown_names == UnknownNames::Error && !self.names.known.get(symbol).optional
    }

    /// Whether a name that is neither a variable nor a parameter means null, and is not an error.
    pub(super) fn may_be_absent(&self, symbol: Symbol) -> bool {
        !self.is_needed(symbol)
            // A parameter declared NULL, which is not a variable.
            || self.names.known.get(symbol).declared.is_some()
    }

    /// Makes a name a variable that starts from the host's parameter, if there is one.
    fn start(&mut self, symbol: Symbol, span: Span) {
        let met = self.names.variable(symbol).is_some();
        if met {
            return;
        }
        let Some(parameter) = self.parameter(symbol, span) else {
            return;
        };
        let variable = self.new_variable(symbol, Type::Any, Some(parameter));
        if let Some(variable) = self.out.variables.get_mut(variable) {
            variable.ty = Type::Any;
            variable.may_be_unset = true;
        }
        self.charge_at_start(cost::LOAD_PARAMETER);
    }

    /// Where a name is an error that the host gives no value for, so is one that is read with nothing known of it.
    fn require(&mut self, symbol: Symbol) {
        let variable = self.names.variable(symbol);
        let parameter = variable.and_then(|variable| self.out.variable(variable).parameter);
        let required = match (parameter, self.flow.state(symbol)) {
            (None, _) => return,
            (Some(_), Assigned::No) => self.is_required(symbol),
            (Some(_), Assigned::Later(_) | Assigned::Maybe | Assigned::Yes) => {
                let unset = variable.is_some_and(|variable| self.out.variable(variable).may_be_unset);
                !unset && self.is_needed(symbol)
            }
        };
        if let Some(parameter) = parameter.filter(|_| required) {
            self.must_be_given(parameter);
        }
    }

    fn must_be_given(&mut self, parameter: ParameterId) {
        if let Some(parameter) = self.out.parameters.get_mut(parameter) {
            parameter.optional = false;
        }
    }

    /// What a name that a value of a type is assigned to is here. Where the schema does not name it, it is a new variable,
    /// though the host may have a parameter of that name.
    pub(super) fn meaning_as_target(&mut self, symbol: Symbol, ty: Type, span: Span) -> Meaning {
        self.bind_target(symbol, span);
        let met = self.names.variable(symbol).is_some();
        if !met && ty != Type::Any && !self.names.is_dynamic(symbol) {
            // Even in a loop, where an earlier iteration may have set it: wherever else it is set there, it is of this type, or
            // found to be dynamic.
            return Meaning::Unknown;
        }
        self.known_meaning(symbol)
    }

    /// Makes a name that is about to be set the variable that starts from its parameter, where it does.
    pub(super) fn bind_target(&mut self, symbol: Symbol, span: Span) {
        if self.may_start(symbol) && self.names.known.get(symbol).starting {
            self.start(symbol, span);
        } else {
            self.bind_parameter(symbol, span, false);
        }
    }

    fn known_meaning(&mut self, symbol: Symbol) -> Meaning {
        let known = self.names.variable(symbol);
        match (known, self.flow.state(symbol)) {
            // A variable that starts from a parameter is set before the first statement.
            (Some(variable), state) if self.out.variable(variable).parameter.is_some() => {
                match self.out.variable(variable).may_be_unset {
                    true => Meaning::Variable(variable, state.at_least_maybe()),
                    false => Meaning::Variable(variable, Assigned::Yes),
                }
            }
            (Some(variable), state @ (Assigned::Yes | Assigned::Maybe | Assigned::Later(_))) => {
                Meaning::Variable(variable, state)
            }
            (None, Assigned::Maybe | Assigned::Later(_)) => {
                // Set later in a loop that is open: its type is not known yet.
                self.names.found_dynamic(symbol);
                let variable = self.new_variable(symbol, Type::Any, None);
                Meaning::Variable(variable, self.flow.state(symbol))
            }
            _ => Meaning::Unknown,
        }
    }

    /// Makes a name of the schema a variable, the first time it is met; in an open schema any name that nothing has set.
    fn bind_parameter(&mut self, symbol: Symbol, span: Span, open: bool) {
        let met = self.names.variable(symbol).is_some();
        if met || self.is_reserved_name(symbol) {
            return;
        }
        let named = self.names.known.get(symbol).declared.is_some();
        let open = open && self.flow.state(symbol) == Assigned::No;
        if !named && !open {
            return;
        }
        let Some(parameter) = self.parameter(symbol, span) else {
            return;
        };
        if self.is_needed(symbol) {
            self.must_be_given(parameter);
        }
        let declared = self.out.parameter(parameter).ty;
        self.new_variable(symbol, declared, Some(parameter));
        self.charge_at_start(cost::LOAD_PARAMETER);
    }

    /// The parameter of a name; `None` if the schema has none.
    pub(super) fn parameter(&mut self, symbol: Symbol, span: Span) -> Option<ParameterId> {
        if let Some(known) = self.names.bound.get(symbol.index())?.parameter {
            return Some(known);
        }
        let ty = self.read_as(self.names.known.get(symbol).declared)?;
        let id = self.new_parameter(self.tree.shared_name(symbol), ty, span);
        if let Some(bound) = self.names.bound.get_mut(symbol.index()) {
            bound.parameter = Some(id);
        }
        Some(id)
    }

    /// The type of a parameter that the schema declares, or does not; `None` if it declares NULL, which is as if it were absent.
    fn read_as(&self, declared: Option<Type>) -> Option<Type> {
        let ty = declared.or(self.options.schema.is_open().then_some(Type::Any));
        ty.filter(|&ty| ty != Type::Null)
    }

    /// The parameter of a constant name, as in `params['x']`; `None` if the schema has none.
    pub(super) fn parameter_named(&mut self, name: &str, span: Span) -> Option<ParameterId> {
        let ty = self.read_as(self.options.schema.declared(name))?;
        let known = self.known_parameter(name);
        Some(known.unwrap_or_else(|| self.new_parameter(name.into(), ty, span)))
    }

    /// The parameter of a name that was met before.
    fn known_parameter(&mut self, name: &str) -> Option<ParameterId> {
        let Names {
            by_name,
            hashing,
            looked_at,
            ..
        } = &mut self.names;
        let parameters = &self.out.parameters;
        let name_of = |id: ParameterId| parameters.get(id).map_or("", |parameter| &*parameter.name);
        let rehash = |&id: &ParameterId| hashing.hash_one(name_of(id));
        while *looked_at < parameters.len() {
            let id = ParameterId::new(*looked_at as u32);
            let same = |&known: &ParameterId| name_of(known) == name_of(id);
            if let Entry::Vacant(place) = by_name.entry(rehash(&id), same, rehash) {
                place.insert(id);
            }
            *looked_at += 1;
        }
        by_name.find(hashing.hash_one(name), |&id| name_of(id) == name).copied()
    }

    fn new_parameter(&mut self, name: Arc<str>, ty: Type, span: Span) -> ParameterId {
        if let Some(capability) = self.options.switched_off.stops_type(ty) {
            self.capability_off(&name, capability, span);
        }
        self.out.parameters.push(Parameter {
            name,
            ty,
            span,
            optional: true,
        })
    }

    fn new_variable(&mut self, symbol: Symbol, ty: Type, parameter: Option<ParameterId>) -> VariableId {
        let ty = if self.names.is_dynamic(symbol) { Type::Any } else { ty };
        let id = self.out.variables.push(Variable {
            name: self.tree.shared_name(symbol),
            ty,
            parameter,
            may_be_unset: false,
        });
        if let Some(bound) = self.names.bound.get_mut(symbol.index()) {
            bound.variable = Some(id);
        }
        id
    }

    /// Declares a name as of a type, and gives its variable. Where it was declared of another type, it is dynamic.
    pub(super) fn declare(&mut self, symbol: Symbol, ty: Type) -> VariableId {
        let known = self.names.variable(symbol);
        let variable = known.unwrap_or_else(|| self.new_variable(symbol, ty, None));
        let held = self.out.variable(variable).ty;
        if held != ty && held != Type::Any {
            self.names.found_dynamic(symbol);
        }
        self.flow.set(symbol, Assigned::Yes);
        variable
    }

    /// Whether nothing can have set a name where it is read: the first turn of the enclosing loop reaches it before anything
    /// that sets it.
    pub(super) fn is_set_too_late(&self, symbol: Symbol) -> bool {
        let is_declared = || self.options.schema.declares(self.tree.name(symbol));
        match self.flow.state(symbol) {
            Assigned::Later(of) => self.flow.turn == Some(of) && !is_declared() && !self.may_start(symbol),
            Assigned::No | Assigned::Maybe | Assigned::Yes => false,
        }
    }

    /// The error of a name that is set too late.
    pub(super) fn set_too_late(&self, symbol: Symbol, span: Span) -> Diagnostic {
        let name = self.tree.name(symbol);
        Diagnostic::error(
            Code::UnknownName,
            span,
            format!("{} is read before anything sets it", quote(name)),
        )
        .with_label("the first turn of the loop comes here first")
        .with_help(format!(
            "set it before the loop, such as {}",
            quote(&format!("{name} = 0;"))
        ))
    }

    /// A name as a value.
    pub(super) fn name(&mut self, symbol: Symbol, span: Span) -> Typed {
        if let Some(variable) = self.lambda_variable(symbol) {
            return self.read_own(variable, span);
        }
        match self.meaning(symbol, span) {
            Meaning::Variable(..) if self.is_set_too_late(symbol) && self.is_needed(symbol) => {
                let error = self.set_too_late(symbol, span);
                // Told once.
                self.flow.set(symbol, Assigned::Maybe);
                self.refuse(error)
            }
            Meaning::Variable(variable, Assigned::Yes) => {
                let ty = self.out.variable(variable).ty;
                self.node(Kind::Variable(variable), ty, span)
            }
            Meaning::Variable(variable, _) => {
                if self.out.variable(variable).ty != Type::Any {
                    self.names.found_dynamic(symbol);
                }
                self.unproved(span, || {
                    format!("{} may not be set here", quote(self.tree.name(symbol)))
                });
                let or_null = self.may_be_absent(symbol);
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
            Meaning::Unknown if self.may_be_absent(symbol) => self.absent(self.tree.name(symbol), span),
            Meaning::Unknown => {
                let unknown = self.unknown_name(symbol, span);
                self.refuse(unknown)
            }
        }
    }

    /// A parameter that is null or that nothing is known of. Where every run reads it, it is a null, so that what null cannot be
    /// used for is refused. Any condition may be what guards it: behind one it is read when the run reaches it.
    pub(super) fn absent(&mut self, name: &str, span: Span) -> Typed {
        let known = self.known_parameter(name);
        let parameter = known.unwrap_or_else(|| self.new_parameter(name.into(), Type::Any, span));
        match self.flow.certain {
            true => self.node(Kind::Null, Type::Null, span),
            false => self.node(Kind::Parameter(parameter), Type::Any, span),
        }
    }

    /// The error of a name that is nothing, with what may have been meant.
    pub(super) fn unknown_name(&self, symbol: Symbol, span: Span) -> Diagnostic {
        let name = self.tree.name(symbol);
        let error = Diagnostic::error(Code::UnknownName, span, format!("unknown name {}", quote(name)))
            .with_label("neither a variable, a parameter nor a class");
        if let Some(advice) = self.options.advice().of(Section::Values, name) {
            return error.with_help(advice);
        }
        // `$n` of templates and JSONata.
        if let Some(own) = name
            .strip_prefix('$')
            .filter(|own| own.starts_with(char::is_alphabetic))
        {
            return error.with_help(format!("a parameter is read by its name alone: write {}", quote(own)));
        }
        let variables = self.out.variables.iter().map(|variable| &*variable.name).take(100);
        let parameters = self.options.schema.names().take(1000);
        let classes = library::class_names(self.options.dialect).map(|class: &str| class);
        let namespaces = self.options.host_functions.namespaces();
        let own = self.nearest(name, variables.chain(parameters).chain(namespaces));
        let beyond = || self.member_beyond_sel(name);
        let of_names = || self.options.advice().of(Section::Names, name).map(str::to_owned);
        if let (None, Some(help)) = (own, beyond().or_else(of_names)) {
            return error.with_help(help);
        }
        match own.or_else(|| self.nearest(name, classes)) {
            Some(found) => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(span, found),
            None if self.is_compared_with_null(name) => {
                let code = quote_code(&format!("params.get('{name}')"));
                error.with_help(format!(
                    "a parameter that may be absent is read by {code}, which is null then"
                ))
            }
            None => error.with_help(UNKNOWN),
        }
    }

    /// Whether the program tests somewhere whether a name is null.
    fn is_compared_with_null(&self, name: &str) -> bool {
        let tests = ["==", "!="]
            .into_iter()
            .flat_map(|operator| [format!("{name} {operator} null"), format!("null {operator} {name}")]);
        let mut tests = tests.filter(|test| self.source.contains(&**test));
        tests.next().is_some()
    }

    /// Charges the program's first region, whatever region is being checked.
    fn charge_at_start(&mut self, steps: u32) {
        self.start_steps = self.start_steps.saturating_add(steps);
    }
}
