//! Evaluates the typed tree in the plainest way there is: one function for statements, one for each group of expressions. The second
//! evaluator and the profile are made of it; who watches is told what runs.

#[cfg(feature = "profile")]
pub(crate) mod spent;
mod watch;

pub(crate) use watch::{Place, Watch};

use crate::check::typed::{
    ConditionalList, Each, Expr, ExprId, ExprList, Kind, LogicalList, ParameterId, StatementId, StatementKind,
    TypedTree, VariableId,
};
use crate::check::{self, FIXED_COSTS};
use crate::diagnostic::{Code, Message};
use crate::host::{HostFunction, HostFunctions};
use crate::library;
use crate::library::declaration::Function;
use crate::machine::any::Any;
use crate::machine::code::DynamicSite;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::input::Input;
use crate::machine::reads::{missing_fault_named, unset_fault};
use crate::operator::Operation;
use crate::source::Span;
use crate::types::{Elements, Type};

/// A fault and where it happened.
type Located = (Fault, Span);

/// How a statement ended.
enum Flow {
    Next,
    Break,
    Continue,
    Return(Any),
}

/// A checked program, and what it is run with.
pub(crate) struct Checked<'w, 'p> {
    pub(crate) tree: &'w TypedTree,
    pub(crate) texts: &'w [Box<str>],
    pub(crate) inputs: &'w [Input<'p>],
    pub(crate) host_functions: &'w HostFunctions,
    pub(crate) loop_iterations: Option<u64>,
    /// What the machine's registers are charged.
    pub(crate) register_bytes: u64,
}

/// Runs a checked program.
pub(crate) fn run<'p>(
    checked: &Checked<'_, 'p>,
    context: &mut Context<'p>,
    watch: &mut impl Watch,
) -> Result<Any, Located> {
    let tree = checked.tree;
    let mut walk = Walk {
        tree,
        texts: checked.texts,
        inputs: checked.inputs,
        host_functions: checked.host_functions,
        loop_iterations: checked.loop_iterations,
        context,
        watch,
        variables: vec![Any::UNSET; tree.variables.len()],
        holes: Vec::new(),
    };
    let start = Span::default();
    walk.context
        .meter
        .charge_steps(u64::from(tree.steps))
        .and_then(|()| walk.context.meter.charge_memory(checked.register_bytes))
        .map_err(|fault| (fault, start))?;
    walk.watch.charged(tree.steps);
    walk.watch.begun(&walk.context.meter);
    for (index, variable) in tree.variables.iter().enumerate() {
        if let Some(parameter) = variable.parameter {
            walk.variables[index] = walk.parameter(parameter, variable.may_be_unset)?;
            walk.ran(FIXED_COSTS.load_parameter, tree.parameter(parameter).span);
        }
    }
    for &statement in tree.statement_list(tree.root) {
        if let Flow::Return(value) = walk.statement(statement)? {
            return Ok(value);
        }
    }
    Ok(Any::UNSET)
}

struct Walk<'w, 'p, W> {
    tree: &'w TypedTree,
    texts: &'w [Box<str>],
    inputs: &'w [Input<'p>],
    host_functions: &'w HostFunctions,
    loop_iterations: Option<u64>,
    context: &'w mut Context<'p>,
    watch: &'w mut W,
    variables: Vec<Any>,
    holes: Vec<Any>,
}

impl<W: Watch> Walk<'_, '_, W> {
    fn charge(&mut self, steps: u32, span: Span) -> Result<(), Located> {
        self.context
            .meter
            .charge_steps(u64::from(steps))
            .map_err(|fault| (fault, span))?;
        self.watch.charged(steps);
        Ok(())
    }

    /// Tells who watches of what ran at a place, of whose steps so many were charged with the region around it.
    fn ran(&mut self, steps: u32, span: Span) {
        self.watch.ran(steps, Place { span, node: None }, &self.context.meter);
    }

    fn statement(&mut self, id: StatementId) -> Result<Flow, Located> {
        let tree = self.tree;
        let statement = tree.statement(id);
        match statement.kind {
            StatementKind::Expression(value) => {
                self.value(value)?;
                Ok(Flow::Next)
            }
            StatementKind::Block(statements) => {
                for &statement in tree.statement_list(statements) {
                    match self.statement(statement)? {
                        Flow::Next => {}
                        other => return Ok(other),
                    }
                }
                Ok(Flow::Next)
            }
            StatementKind::If {
                arms,
                otherwise,
                otherwise_steps,
            } => {
                for arm in tree.if_arms(arms) {
                    self.charge(arm.condition_steps, statement.span)?;
                    self.ran(FIXED_COSTS.decision, tree.expr(arm.condition).span);
                    if self.value(arm.condition)?.as_boolean() {
                        self.charge(arm.body_steps, statement.span)?;
                        return self.statement(arm.body);
                    }
                }
                self.charge(otherwise_steps, statement.span)?;
                otherwise.map_or(Ok(Flow::Next), |otherwise| self.statement(otherwise))
            }
            StatementKind::Loop {
                condition,
                body,
                update,
                iteration_steps,
            } => self.repeat(statement.span, condition, body, update, iteration_steps),
            StatementKind::Breakable(inner) => match self.statement(inner)? {
                Flow::Break => Ok(Flow::Next),
                other => Ok(other),
            },
            StatementKind::Break => Ok(Flow::Break),
            StatementKind::Continue => Ok(Flow::Continue),
            StatementKind::Return(value) => {
                let value = self.value(value)?;
                self.ran(FIXED_COSTS.leave, statement.span);
                Ok(Flow::Return(value))
            }
            StatementKind::Throw(value) => {
                let thrown = self.value(value)?;
                self.ran(FIXED_COSTS.leave, statement.span);
                let text = Text::from_bits(thrown.bits);
                let fault = text.map_or_else(|| Fault::null("the STRING"), |text| self.context.thrown(text));
                Err((fault, statement.span))
            }
        }
    }

    fn repeat(
        &mut self,
        span: Span,
        condition: Option<ExprId>,
        body: StatementId,
        update: Option<ExprId>,
        steps: u32,
    ) -> Result<Flow, Located> {
        let mut iterations = 0;
        self.ran(FIXED_COSTS.reached_loop, span);
        loop {
            if let Some(condition) = condition
                && !self.value(condition)?.as_boolean()
            {
                return Ok(Flow::Next);
            }
            self.charge(steps, span)?;
            self.ran(FIXED_COSTS.iteration, span);
            iterations += 1;
            if let Some(limit) = self.loop_iterations.filter(|limit| iterations > *limit) {
                let message = Message::from("loop exceeds the limit of ")
                    .limit(limit)
                    .words(" iterations");
                return Err((Fault::new(Code::LoopIterations, message), span));
            }
            match self.statement(body)? {
                Flow::Next | Flow::Continue => {}
                Flow::Break => return Ok(Flow::Next),
                Flow::Return(value) => return Ok(Flow::Return(value)),
            }
            if let Some(update) = update {
                self.value(update)?;
            }
        }
    }

    /// The value of an expression, with the type it has at run time.
    fn value(&mut self, id: ExprId) -> Result<Any, Located> {
        let expr = self.tree.expr(id);
        let value = match expr.kind {
            Kind::Null => Any::new(expr.ty, NULL_HANDLE),
            Kind::Boolean(value) => Any::boolean(value),
            Kind::Long(value) => Any::long(value),
            Kind::Double(value) => Any::double(value),
            Kind::Text(text) => Any::text(Text::constant(text.number())),
            Kind::Variable(variable) => self.variables[variable.index()],
            Kind::MaybeUnset { variable, or_null } => self.maybe_unset(variable, or_null, expr.span)?,
            Kind::Parameter(parameter) => self.parameter(parameter, false)?,
            Kind::ParameterNamed(name) => {
                let name = Text::from_bits(self.value(name)?.bits);
                self.context.input_named(name).map_err(|fault| (fault, expr.span))?
            }
            Kind::HasParameter(name) => Any::boolean({
                let name = Text::from_bits(self.value(name)?.bits);
                self.context.has_input(name).map_err(|fault| (fault, expr.span))?
            }),
            Kind::ToDouble(value) => Any::double(self.value(value)?.as_long() as f64),
            Kind::Check { value, check } => {
                let value = self.value(value)?;
                let bits = self
                    .context
                    .check(value, expr.ty, check)
                    .map_err(|fault| (fault, expr.span))?;
                Any::new(expr.ty, bits)
            }
            Kind::Not(value) => Any::boolean(!self.value(value)?.as_boolean()),
            Kind::Negate(value) => {
                let value = self.value(value)?;
                self.context.negate(value).map_err(|fault| (fault, expr.span))?
            }
            Kind::Plus(value) => {
                let value = self.value(value)?;
                self.context.plus(value).map_err(|fault| (fault, expr.span))?
            }
            Kind::Arithmetic { operator, left, right } => {
                self.binary(Operation::Arithmetic(operator), left, right, false, expr)?
            }
            Kind::Compare { operator, left, right } => {
                self.binary(Operation::Comparison(operator), left, right, false, expr)?
            }
            Kind::Dynamic {
                operator,
                left,
                right,
                compound,
            } => self.binary(operator, left, right, compound, expr)?,
            Kind::Concat(parts) => self.concat(parts, expr)?,
            Kind::Logical { and, first, rest } => self.logical(and, first, rest, expr.span)?,
            Kind::Conditional {
                arms,
                otherwise,
                otherwise_steps,
            } => self.conditional(arms, otherwise, otherwise_steps, expr.span)?,
            Kind::Element { array, index } | Kind::DynamicElement { value: array, index } => {
                let (array, index) = (self.value(array)?, self.value(index)?);
                self.context.element(array, index).map_err(|fault| (fault, expr.span))?
            }
            Kind::Length(array) | Kind::DynamicLength(array) => {
                let array = self.value(array)?;
                Any::long(self.context.length(array).map_err(|fault| (fault, expr.span))?)
            }
            Kind::NewArray(length) => {
                let length = self.value(length)?.as_long();
                let context = &mut *self.context;
                let array =
                    elements(expr).and_then(|elements| context.heap.new_array(&mut context.meter, elements, length));
                Any::new(expr.ty, array.map_err(|fault| (fault, expr.span))?)
            }
            Kind::ArrayLiteral(items) => {
                let items = self.values(items)?;
                let bits: Vec<u64> = items.iter().map(|item| item.bits).collect();
                let array = elements(expr).and_then(|elements| self.context.array_literal(elements, &bits));
                Any::new(expr.ty, array.map_err(|fault| (fault, expr.span))?)
            }
            Kind::Call { .. } | Kind::DynamicCall { .. } | Kind::HostCall { .. } => self.call(expr)?,
            Kind::Set { .. }
            | Kind::Reassign { .. }
            | Kind::SetElement { .. }
            | Kind::DynamicSetElement { .. }
            | Kind::UpdateElement { .. }
            | Kind::DynamicUpdateElement { .. } => self.assign(expr)?,
            Kind::Hole => self.holes.last().copied().unwrap_or(Any::UNSET),
            Kind::Each(each) => self.each(self.tree.each(each), expr.span)?,
        };
        let steps = self.own_steps(expr.kind);
        let (span, node) = (expr.span, Some(id));
        self.watch.ran(steps, Place { span, node }, &self.context.meter);
        Ok(value)
    }

    /// The steps that a node adds to its region.
    fn own_steps(&self, kind: Kind) -> u32 {
        let of_host = match kind {
            Kind::HostCall { function, .. } => self.host_functions.get(&self.tree.host_calls[function].0),
            _ => None,
        };
        let of_host = of_host.map_or(0, HostFunction::cost_steps);
        check::steps_of(kind, self.tree).saturating_add(of_host)
    }

    /// A loop that gives a value.
    fn each(&mut self, each: Each, span: Span) -> Result<Any, Located> {
        self.values(each.start)?;
        self.ran(FIXED_COSTS.reached_loop, span);
        while self.value(each.condition)?.as_boolean() {
            self.charge(each.turn_steps, span)?;
            self.ran(FIXED_COSTS.iteration, span);
            self.values(each.turn)?;
        }
        self.value(each.value)
    }

    fn values(&mut self, list: ExprList) -> Result<Vec<Any>, Located> {
        let tree = self.tree;
        tree.expr_list(list).iter().map(|&id| self.value(id)).collect()
    }

    fn maybe_unset(&mut self, variable: VariableId, or_null: bool, span: Span) -> Result<Any, Located> {
        let value = self.variables[variable.index()];
        match value.ty {
            Type::Void if or_null => Ok(Any::NULL),
            Type::Void => Err((unset_fault(&self.tree.variable(variable).name), span)),
            _ => Ok(value),
        }
    }

    fn parameter(&mut self, id: ParameterId, may_be_unset: bool) -> Result<Any, Located> {
        let parameter = self.tree.parameter(id);
        let located = |fault| (fault, parameter.span);
        let input = self.inputs.get(id.index()).copied().unwrap_or_default();
        let value = self.context.import(input).map_err(located)?;
        match (value.ty, parameter.ty) {
            (Type::Void, Type::Any) if parameter.optional && may_be_unset => Ok(Any::UNSET),
            (Type::Void, Type::Any) if parameter.optional => Ok(Any::NULL),
            (Type::Void, _) => Err(located(missing_fault_named(&parameter.name))),
            (_, Type::Any) => Ok(value),
            (given, declared) if given == declared => Ok(value),
            (Type::String, Type::DateTime) => match library::from_text(Type::DateTime) {
                Some(convert) => convert.call(self.context, &[value.bits]).map_err(located),
                None => Err(located(Fault::internal("a DATETIME can be made of its text"))),
            },
            (Type::Null, declared)
                if !declared.is_number() && declared != Type::Boolean && declared.element().is_none() =>
            {
                Ok(Any::new(declared, NULL_HANDLE))
            }
            (given, declared) => {
                let message = Message::from("the parameter ")
                    .name(&parameter.name)
                    .words(" is declared ");
                let message = message
                    .words(declared.name())
                    .words(", but its value is ")
                    .words(given.name());
                Err(located(Fault::new(Code::ParameterType, message)))
            }
        }
    }

    fn binary(
        &mut self,
        operation: Operation,
        left: ExprId,
        right: ExprId,
        compound: bool,
        expr: Expr,
    ) -> Result<Any, Located> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        let result = match compound {
            true => self.context.combine(operation, left, right),
            false => self.context.binary(operation, left, right),
        };
        result.map_err(|fault| (fault, expr.span))
    }

    fn concat(&mut self, parts: ExprList, expr: Expr) -> Result<Any, Located> {
        let tree = self.tree;
        let mut printable = Vec::new();
        for &part in tree.expr_list(parts) {
            let value = self.value(part)?;
            printable.push(self.context.printable(value).map_err(|fault| (fault, expr.span))?);
        }
        let charged = self.context.charge_parts(printable.len());
        charged
            .and_then(|()| self.context.concat(&printable))
            .map(Any::text)
            .map_err(|fault| (fault, expr.span))
    }

    fn logical(&mut self, and: bool, first: ExprId, rest: LogicalList, span: Span) -> Result<Any, Located> {
        let tree = self.tree;
        let mut value = self.value(first)?.as_boolean();
        let operands = tree.logical_operands(rest);
        self.ran(FIXED_COSTS.decision.saturating_mul(operands.len() as u32), span);
        for operand in operands {
            if value != and {
                break;
            }
            self.charge(operand.steps, span)?;
            value = self.value(operand.value)?.as_boolean();
        }
        Ok(Any::boolean(value))
    }

    fn conditional(
        &mut self,
        arms: ConditionalList,
        otherwise: ExprId,
        steps: u32,
        span: Span,
    ) -> Result<Any, Located> {
        let tree = self.tree;
        for arm in tree.conditional_arms(arms) {
            self.charge(arm.condition_steps, span)?;
            self.ran(FIXED_COSTS.decision, tree.expr(arm.condition).span);
            if self.value(arm.condition)?.as_boolean() {
                self.charge(arm.then_steps, span)?;
                return self.value(arm.then);
            }
        }
        self.charge(steps, span)?;
        self.value(otherwise)
    }

    fn call(&mut self, expr: Expr) -> Result<Any, Located> {
        let tree = self.tree;
        let located = |fault| (fault, expr.span);
        match expr.kind {
            Kind::Call { function, arguments } => {
                let arguments = self.values(arguments)?;
                let Some(function) = library::function(function) else {
                    return Err(located(Fault::internal("the checker names a function of the library")));
                };
                self.note_arguments(function, &arguments);
                let candidate = function.candidate(0);
                candidate
                    .native
                    .call(self.context, &candidate.arrange(&arguments))
                    .map_err(located)
            }
            Kind::DynamicCall {
                candidates,
                method,
                arguments,
                in_turn,
            } => {
                let choices = library::choices(tree.candidates(candidates));
                let site = DynamicSite {
                    method: self.texts[method.index()].clone(),
                    arguments: tree.expr_list(arguments).len(),
                    candidates: choices
                        .clone()
                        .map(|(function, steps)| function.candidate(steps))
                        .collect(),
                };
                let (mut values, mut bits) = (Vec::new(), Vec::new());
                for &argument in tree.expr_list(arguments) {
                    let value = self.value(argument)?;
                    values.push(value);
                    bits.extend([value.bits, value.type_bits()]);
                    if in_turn {
                        let span = tree.expr(argument).span;
                        self.context.check_taken(&site, &bits).map_err(|fault| (fault, span))?;
                    }
                }
                let mut choices = choices.zip(&site.candidates);
                if let Some(((function, _), _)) = choices.find(|(_, candidate)| candidate.takes(&values)) {
                    self.note_arguments(function, &values);
                }
                self.context.call_dynamic(&site, &bits).map_err(located)
            }
            Kind::HostCall { function, arguments } => {
                let bits: Vec<u64> = self
                    .values(arguments)?
                    .iter()
                    .flat_map(|value| [value.bits, value.type_bits()])
                    .collect();
                let name = &tree.host_calls[function];
                let Some(function) = self.host_functions.get(&name.0) else {
                    return Err(located(Fault::internal("the checker names a function of the host")));
                };
                self.context.call_host_function(function, &bits).map_err(located)
            }
            _ => Err(located(Fault::internal("only calls are called"))),
        }
    }

    /// Tells of the types that a function is called with.
    fn note_arguments(&mut self, function: &'static Function, arguments: &[Any]) {
        for (index, argument) in arguments.iter().enumerate() {
            self.watch.argument(function, index, argument.ty);
        }
    }

    fn assign(&mut self, expr: Expr) -> Result<Any, Located> {
        let located = |fault| (fault, expr.span);
        match expr.kind {
            Kind::Set { variable, value } => {
                let value = self.value(value)?;
                self.variables[variable.index()] = value;
                Ok(value)
            }
            Kind::Reassign { variable, value } => {
                let value = self.value(value)?;
                let old = self.variables[variable.index()];
                let value = self.context.reassign(old, value).map_err(located)?;
                self.variables[variable.index()] = value;
                Ok(value)
            }
            Kind::SetElement { array, index, value } | Kind::DynamicSetElement { array, index, value } => {
                let (array, index) = (self.value(array)?, self.value(index)?);
                let value = self.value(value)?;
                self.context.set_element(array, index, value).map_err(located)?;
                Ok(value)
            }
            Kind::UpdateElement { array, index, value } | Kind::DynamicUpdateElement { array, index, value } => {
                let (array, index) = (self.value(array)?, self.value(index)?);
                let element = self.context.element(array, index).map_err(located)?;
                self.holes.push(element);
                let value = self.value(value);
                self.holes.pop();
                let value = value?;
                self.context.set_element(array, index, value).map_err(located)?;
                Ok(value)
            }
            _ => Err(located(Fault::internal("only assignments assign"))),
        }
    }
}

/// What the elements of a new array are.
fn elements(array: Expr) -> Result<Elements, Fault> {
    Elements::of(array.ty).ok_or_else(|| Fault::internal("a new array is of an array type"))
}
