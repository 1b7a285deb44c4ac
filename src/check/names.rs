//! Names: variables, parameters, classes, and what was meant by those that are none.
//!
//! There is one variable for each name. Its type is the one that all its declarations agree on. Where they do not, or where it
//! is read on a path that may not have set it, the name is *dynamic*: its value carries its type, and the run checks it. In an
//! open schema such a path reads the host's parameter of that name, if there is one: the variable *starts* from it. Both are
//! found as the pass goes on, so a pass that finds one is run again.

use super::flow::Assigned;
use super::host::HostSignatures;
use super::typed::{Kind, Parameter, ParameterId, Variable, VariableId};
use super::{Checker, HashMap, HashSet, Typed, UnknownNames, cost};
use crate::advice::{self, Section};
use crate::diagnostic::{Code, Diagnostic, closest, quote};
use crate::library;
use crate::source::Span;
use crate::syntax::ast::{ExprKind, Literal, Step, StepKind, Symbol, Tree};
use crate::types::Type;

/// What is known of the names before a pass.
#[derive(Debug)]
pub(super) struct Known {
    /// Whether it is reserved for a class, a namespace or `params`.
    reserved: Vec<bool>,
    /// Whether the program assigns to it, without declaring it.
    assigned: Vec<bool>,
    /// Whether the program reads or asks for a parameter of the name through `params`, as in `params.containsKey('x')`: the
    /// parameter may be absent then.
    optional: Vec<bool>,
    dynamic: Vec<bool>,
    /// Whether it starts from a parameter that the schema does not name, if there is one.
    starting: Vec<bool>,
}

/// What a pass found of names.
#[derive(Debug, Default)]
pub(super) struct Found {
    dynamic: Vec<Symbol>,
    starting: Vec<Symbol>,
}

impl Known {
    pub(super) fn of(tree: &Tree, host: &dyn HostSignatures) -> Self {
        let is_reserved = |name: &str| name == "params" || library::is_class(name) || host.is_namespace(name);
        let none = vec![false; tree.names.len()];
        let mut assigned = none.clone();
        for expr in &tree.exprs {
            if let ExprKind::Assign { name, .. } = expr.kind {
                mark(&mut assigned, &[name]);
            }
        }
        Self {
            reserved: tree.names.iter().map(|name| is_reserved(name)).collect(),
            assigned,
            optional: optional_names(tree),
            dynamic: none.clone(),
            starting: none,
        }
    }

    pub(super) fn all_dynamic(&mut self) {
        self.dynamic.fill(true);
    }

    /// Whether something was found that was not known.
    pub(super) fn is_news(&self, found: &Found) -> bool {
        let news = |known: &[bool], found: &[Symbol]| found.iter().any(|&symbol| !is(known, symbol));
        news(&self.dynamic, &found.dynamic) || news(&self.starting, &found.starting)
    }

    pub(super) fn learn(&mut self, found: &Found) {
        mark(&mut self.dynamic, &found.dynamic);
        mark(&mut self.dynamic, &found.starting);
        mark(&mut self.starting, &found.starting);
    }
}

fn mark(known: &mut [bool], found: &[Symbol]) {
    for symbol in found {
        if let Some(known) = known.get_mut(symbol.0 as usize) {
            *known = true;
        }
    }
}

fn is(known: &[bool], symbol: Symbol) -> bool {
    known.get(symbol.0 as usize).copied().unwrap_or(true)
}

/// For each name, whether the program reads `params['name']`, or asks for it.
fn optional_names(tree: &Tree) -> Vec<bool> {
    let mut read: HashSet<&str> = HashSet::default();
    for expr in &tree.exprs {
        if let ExprKind::Postfix { base, steps } = expr.kind
            && let ExprKind::Name(base) = tree.expr(base).kind
            && tree.name(base) == "params"
            && let Some(step) = tree.steps(steps).first()
        {
            read.extend(parameter_read(tree, step));
        }
    }
    tree.names.iter().map(|name| read.contains(&**name)).collect()
}

/// The constant name of the parameter that a step after `params` reads or asks for.
fn parameter_read<'t>(tree: &'t Tree, step: &Step) -> Option<&'t str> {
    let name = match step.kind {
        StepKind::Field { name, .. } => return Some(tree.name(name)),
        StepKind::Index(name) => name,
        StepKind::Call { name, arguments, .. } if matches!(tree.name(name), "get" | "containsKey") => {
            *tree.expr_list(arguments).first()?
        }
        StepKind::Call { .. } => return None,
    };
    match tree.expr(name).kind {
        ExprKind::Literal(Literal::Text(text)) => Some(tree.text(text)),
        _ => None,
    }
}

/// What is known of the program's names.
#[derive(Debug)]
pub(super) struct Names<'c> {
    variables: Vec<Option<VariableId>>,
    parameters: Vec<Option<ParameterId>>,
    /// The parameters by name: one may be read by a constant name that is no symbol.
    by_name: HashMap<Box<str>, ParameterId>,
    known: &'c Known,
    /// What this pass found.
    pub(super) found: Found,
}

impl<'c> Names<'c> {
    pub(super) fn new(names: usize, known: &'c Known) -> Self {
        Self {
            variables: vec![None; names],
            parameters: vec![None; names],
            by_name: HashMap::default(),
            known,
            found: Found::default(),
        }
    }

    fn is_dynamic(&self, symbol: Symbol) -> bool {
        is(&self.known.dynamic, symbol)
    }

    pub(super) fn found_dynamic(&mut self, symbol: Symbol) {
        self.found.dynamic.push(symbol);
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
        is(&self.names.known.reserved, symbol)
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

    /// Whether a name that the program assigns to may be the host's parameter where it is read unset: one that the schema does
    /// not name.
    fn may_start(&self, symbol: Symbol) -> bool {
        let schema = self.options.schema;
        let named = schema.declares(self.tree.name(symbol)) || self.is_reserved_name(symbol);
        schema.is_open() && !named && is(&self.names.known.assigned, symbol)
    }

    /// Whether a read of a name that nothing has set is an error at once where the host gives no value.
    fn is_required(&self, symbol: Symbol) -> bool {
        self.is_needed(symbol) && self.flow.state(symbol) == Assigned::No
    }

    /// Whether a name that the host gives no value for is an error.
    fn is_needed(&self, symbol: Symbol) -> bool {
        self.options.unknown_names == UnknownNames::Error && !is(&self.names.known.optional, symbol)
    }

    /// Whether a name that is neither a variable nor a parameter means null, and is no error.
    pub(super) fn may_be_absent(&self, symbol: Symbol) -> bool {
        !self.is_needed(symbol)
            // A parameter declared NULL, which is no variable.
            || self.options.schema.declares(self.tree.name(symbol))
    }

    /// Makes a name a variable that starts from the host's parameter, if there is one.
    fn start(&mut self, symbol: Symbol, span: Span) {
        let met = self.names.variables.get(symbol.0 as usize).copied().flatten().is_some();
        if met {
            return;
        }
        let Some(parameter) = self.parameter(symbol, span) else {
            return;
        };
        let variable = self.new_variable(symbol, Type::Any, Some(parameter));
        if let Some(variable) = self.out.variables.get_mut(variable.0 as usize) {
            variable.ty = Type::Any;
            variable.may_be_unset = true;
        }
        self.charge_at_start(cost::LOAD_PARAMETER);
    }

    /// Where a name is an error that the host gives no value for, so is one that is read with nothing known of it.
    fn require(&mut self, symbol: Symbol) {
        let variable = self.names.variables.get(symbol.0 as usize).copied().flatten();
        let parameter = variable.and_then(|variable| self.out.variable(variable).parameter);
        let required = match (parameter, self.flow.state(symbol)) {
            (None, _) => return,
            (Some(_), Assigned::No) => self.is_required(symbol),
            (Some(_), Assigned::Maybe | Assigned::Yes) => {
                let unset = variable.is_some_and(|variable| self.out.variable(variable).may_be_unset);
                !unset && self.is_needed(symbol)
            }
        };
        if let Some(parameter) = parameter.filter(|_| required) {
            self.must_be_given(parameter);
        }
    }

    fn must_be_given(&mut self, parameter: ParameterId) {
        if let Some(parameter) = self.out.parameters.get_mut(parameter.0 as usize) {
            parameter.optional = false;
        }
    }

    /// What a name that a value of a type is assigned to is here. Where the schema does not name it, it is a new variable,
    /// though the host may have a parameter of that name.
    pub(super) fn meaning_as_target(&mut self, symbol: Symbol, ty: Type, span: Span) -> Meaning {
        if self.may_start(symbol) && is(&self.names.known.starting, symbol) {
            self.start(symbol, span);
        } else {
            self.bind_parameter(symbol, span, false);
        }
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
            (Some(variable), state) if self.out.variable(variable).parameter.is_some() => {
                match self.out.variable(variable).may_be_unset {
                    true => Meaning::Variable(variable, state.max(Assigned::Maybe)),
                    false => Meaning::Variable(variable, Assigned::Yes),
                }
            }
            (Some(variable), state @ (Assigned::Yes | Assigned::Maybe)) => Meaning::Variable(variable, state),
            (None, Assigned::Maybe) => {
                // Set later in a loop that is open: its type is not known yet.
                self.names.found_dynamic(symbol);
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
        if self.is_needed(symbol) {
            self.must_be_given(parameter);
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
        let ty = self.declared(name)?;
        let id = self.new_parameter(name, ty, span);
        if let Some(place) = self.names.parameters.get_mut(symbol.0 as usize) {
            *place = Some(id);
        }
        Some(id)
    }

    /// The type that the schema declares a parameter of; none where it declares NULL, which is as if it were absent.
    fn declared(&self, name: &str) -> Option<Type> {
        self.options.schema.get(name).filter(|&ty| ty != Type::Null)
    }

    /// The parameter of a constant name, as in `params['x']`; none where the schema has none.
    pub(super) fn parameter_named(&mut self, name: &str, span: Span) -> Option<ParameterId> {
        let ty = self.declared(name)?;
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
            may_be_unset: false,
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
            self.names.found_dynamic(symbol);
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
    /// used for is refused. Any condition may be what guards it: behind one it is read when the run comes to it.
    pub(super) fn absent(&mut self, name: &str, span: Span) -> Typed {
        let known = self.names.by_name.get(name).copied();
        let parameter = known.unwrap_or_else(|| self.new_parameter(name, Type::Any, span));
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
        if let Some(advice) = advice::of(Section::Values, name) {
            return error.with_help(advice);
        }
        // `$n` of templates and JSONata.
        if let Some(own) = name.strip_prefix('$').filter(|own| !own.is_empty()) {
            return error.with_help(format!("a parameter is read by its name alone: write {}", quote(own)));
        }
        let variables = self.out.variables.iter().map(|variable| &*variable.name).take(100);
        let parameters = self.options.schema.names().take(1000);
        let classes = library::class_names().map(|class: &str| class);
        let namespaces = self.options.host_functions.namespaces();
        let own = match self.may_suggest() {
            true => closest(name, variables.chain(parameters).chain(namespaces)),
            false => None,
        };
        if let (None, Some(help)) = (own, advice::of(Section::Names, name)) {
            return error.with_help(help);
        }
        let found = match self.may_suggest() {
            true => own.or_else(|| closest(name, classes)),
            false => None,
        };
        match found {
            Some(found) => error
                .with_help(format!("did you mean {}?", quote(found)))
                .with_suggestion(span, found),
            None => error.with_help("declare it, pass it as a parameter, or write a text in quotes"),
        }
    }

    /// Charges the program's first region, whatever region is being checked.
    fn charge_at_start(&mut self, steps: u32) {
        self.start_steps = self.start_steps.saturating_add(steps);
    }
}
