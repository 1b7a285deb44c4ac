//! Expressions that always fail for their constant operands: the library's own bodies are called with constant arguments, within
//! a small budget. Where some of them are not constant, values stand for those that fail where any value does.

use std::cell::OnceCell;

use super::contents::AllContents;
use super::foldable::{can_fail, is_receiver, needed};
use super::last_set::LastSets;
use super::typed::{CandidateList, Expr, ExprId, ExprList, Kind, TextId, TypedTree, VariableId};
use crate::diagnostic::{Code, Message};
use crate::library;
use crate::library::declaration::Function;
use crate::machine::any::Any;
use crate::machine::array_store::index_fault;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::meter::Budgets;
use crate::operator::{Arithmetic, Operation};
use crate::types::{Elements, Type};

/// The most that all the constants of a program may take together; what does not fit is left to the run.
const BUDGETS: Budgets = Budgets {
    steps: 10_000,
    memory: 64 * 1024,
    array_length: u64::MAX,
    string_length: u64::MAX,
    map_entries: u64::MAX,
    result_size: u64::MAX,
    value_nesting: 16,
};

/// Steps for the constants of any program, and for each of its expressions: so what they take is in proportion to the program, as
/// the rest of compiling is.
const PROGRAM_STEPS: u64 = 1_000;
const EXPRESSION_STEPS: u64 = 8;

/// The most failures that are looked for.
const MAX_FAILURES: usize = 50;

/// An expression that gives an error whenever it is evaluated.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) expr: ExprId,
    pub(super) fault: Fault,
    /// Whether some operands decide it, which are constant, and others are not.
    pub(super) by_part: bool,
    /// The operand that is a variable and null.
    pub(super) null: Option<VariableId>,
}

/// Finds the constant expressions that always fail, in the order of evaluation; none of an operand that fails itself.
pub(super) fn failures(tree: &TypedTree, certain: &[bool]) -> Vec<Failure> {
    let sets = LastSets::of(tree, certain);
    let needed = needed(tree, &sets);
    if needed.is_empty() {
        return Vec::new();
    }
    let steps = PROGRAM_STEPS + EXPRESSION_STEPS * tree.exprs.len() as u64;
    let budgets = Budgets {
        steps: steps.min(BUDGETS.steps),
        ..BUDGETS
    };
    let mut folder = Folder {
        tree,
        sets: &sets,
        contents: OnceCell::new(),
        context: Context::of_constants(&tree.texts, &tree.prepared, budgets),
        values: vec![None; tree.exprs.len()],
    };
    let mut failures = Vec::new();
    for (id, expr) in tree.exprs.entries() {
        if failures.len() == MAX_FAILURES {
            break;
        }
        if !needed.get(id.index()).copied().unwrap_or(false) {
            continue;
        }
        match folder.value(id, *expr) {
            Ok(value) => {
                if let Some(place) = folder.values.get_mut(id.index()) {
                    *place = value;
                }
            }
            Err(fault) if fault.code().is_budget() => break,
            Err(fault) => {
                let (mut by_part, mut null) = (false, None);
                expr.kind.for_each_child(tree, |part| {
                    let value = folder.of(part);
                    by_part |= value.is_none() && folder.length_of(part).is_none();
                    null = null.or(folder.null_variable(part));
                });
                failures.push(Failure {
                    expr: id,
                    fault,
                    by_part,
                    null,
                });
            }
        }
    }
    failures
}

struct Folder<'t> {
    tree: &'t TypedTree,
    sets: &'t LastSets,
    /// What is put into arrays, found where one is looked into.
    contents: OnceCell<AllContents>,
    context: Context<'t>,
    /// The value of each expression that is needed and did not fail.
    values: Vec<Option<Any>>,
}

impl Folder<'_> {
    fn of(&self, id: ExprId) -> Option<Any> {
        self.values.get(id.index()).copied().flatten()
    }

    fn all(&self, list: ExprList) -> Option<Vec<Any>> {
        self.tree.expr_list(list).iter().map(|&id| self.of(id)).collect()
    }

    /// The variable that an expression reads, where it is null.
    fn null_variable(&self, id: ExprId) -> Option<VariableId> {
        match self.tree.expr(id).kind {
            Kind::Variable(variable) if self.of(id).is_some_and(Any::is_null) => Some(variable),
            _ => None,
        }
    }

    /// The value that a variable was set to last. What is in a map may have changed since, and in an array that something is
    /// put into.
    fn of_variable(&self, id: ExprId, variable: VariableId) -> Option<Any> {
        let value = self.of(self.sets.value(id)?)?;
        let is_kept = || {
            let contents = self.contents.get_or_init(|| AllContents::of(self.tree));
            value.ty.element().is_some() && contents.put_into(variable).is_some_and(<[_]>::is_empty)
        };
        let may_change = value.ty == Type::Map || value.ty.element().is_some();
        (!may_change || value.is_null() || is_kept()).then_some(value)
    }

    /// The length of an array, which never changes: by its making, or of the one that a variable was set to last.
    fn length_of(&self, id: ExprId) -> Option<i64> {
        match self.tree.expr(id).kind {
            Kind::Variable(_) => self.length_of(self.sets.value(id)?),
            Kind::NewArray(length) => self.of(length).map(Any::as_long).filter(|&length| length >= 0),
            Kind::ArrayLiteral(items) => Some(i64::from(items.len())),
            _ => self.context.length(self.of(id)?).ok(),
        }
    }

    /// The value of a constant expression; `None` if an operand has none.
    fn value(&mut self, id: ExprId, expr: Expr) -> Result<Option<Any>, Fault> {
        Ok(match expr.kind {
            Kind::Variable(variable) => self.of_variable(id, variable),
            Kind::Check { value, check } => {
                let checked = |value| self.context.check(value, expr.ty, check);
                let bits = self.of(value).map(checked).transpose()?;
                bits.map(|bits| Any::new(expr.ty, bits))
            }
            Kind::Null => Some(Any::new(expr.ty, NULL_HANDLE)),
            Kind::Boolean(value) => Some(Any::boolean(value)),
            Kind::Long(value) => Some(Any::long(value)),
            Kind::Double(value) => Some(Any::double(value)),
            Kind::Text(text) => Some(Any::text(Text::constant(text.number()))),
            Kind::ToDouble(value) => self.of(value).map(|value| Any::double(value.as_long() as f64)),
            Kind::Not(value) => self.of(value).map(|value| Any::boolean(!value.as_boolean())),
            Kind::Negate(value) => self.of(value).map(|value| self.context.negate(value)).transpose()?,
            Kind::Plus(value) => self.of(value).map(|value| self.context.plus(value)).transpose()?,
            Kind::Arithmetic { operator, left, right }
                if can_fail(self.tree, self.sets, expr) && self.of(left).is_none() =>
            {
                self.divided(operator, right)?
            }
            Kind::Arithmetic { operator, left, right } => self.binary(Operation::Arithmetic(operator), left, right)?,
            Kind::Compare { operator, left, right } => self.binary(Operation::Comparison(operator), left, right)?,
            Kind::Dynamic {
                operator, left, right, ..
            } => self.binary(operator, left, right)?,
            Kind::Concat(parts) => self.concat(parts)?,
            Kind::Element { array, index } | Kind::DynamicElement { value: array, index } => {
                self.element(array, index)?
            }
            Kind::SetElement { array, index, .. }
            | Kind::DynamicSetElement { array, index, .. }
            | Kind::UpdateElement { array, index, .. }
            | Kind::DynamicUpdateElement { array, index, .. } => self.of_unknown(array, index)?,
            Kind::Length(array) | Kind::DynamicLength(array) => match (self.of(array), self.length_of(array)) {
                (Some(array), _) => Some(Any::long(self.context.length(array)?)),
                (None, length) => length.map(Any::long),
            },
            Kind::NewArray(length) => self.new_array(expr.ty, length)?,
            Kind::ArrayLiteral(items) => self.array_literal(expr.ty, items)?,
            Kind::Call { .. } => self.call(expr.kind)?,
            Kind::DynamicCall {
                candidates,
                method,
                arguments,
                ..
            } => self.called_on_null(candidates, method, arguments)?,
            _ => None,
        })
    }

    fn binary(&mut self, operation: Operation, left: ExprId, right: ExprId) -> Result<Option<Any>, Fault> {
        match (self.of(left), self.of(right)) {
            (Some(left), Some(right)) => self.context.binary(operation, left, right).map(Some),
            _ => Ok(None),
        }
    }

    /// An unknown LONG divided by a constant: fails by zero alone.
    fn divided(&mut self, operator: Arithmetic, right: ExprId) -> Result<Option<Any>, Fault> {
        match self.of(right) {
            Some(right) => {
                let operation = Operation::Arithmetic(operator);
                self.context.binary(operation, Any::long(1), right).map(|_| None)
            }
            None => Ok(None),
        }
    }

    fn concat(&mut self, parts: ExprList) -> Result<Option<Any>, Fault> {
        let Some(parts) = self.all(parts) else {
            return Ok(None);
        };
        let mut printable = Vec::with_capacity(parts.len());
        for part in parts {
            printable.push(self.context.printable(part)?);
        }
        self.context.charge_parts(printable.len())?;
        self.context.concat(&printable).map(|text| Some(Any::text(text)))
    }

    /// An element; of an array that is not constant, only whether the index can be right.
    fn element(&mut self, array: ExprId, index: ExprId) -> Result<Option<Any>, Fault> {
        match (self.of(array), self.of(index)) {
            (Some(array), Some(index)) => self.context.element(array, index).map(Some),
            _ => self.of_unknown(array, index),
        }
    }

    /// An element of an array that is not constant: none, but an index fails that is below 0 or beyond a length that is known.
    fn of_unknown(&self, array: ExprId, index: ExprId) -> Result<Option<Any>, Fault> {
        match (self.of(index), self.length_of(array)) {
            (Some(index), Some(length)) if index.ty == Type::Long && !(0..length).contains(&index.as_long()) => Err(
                index_fault(index.as_long(), usize::try_from(length).unwrap_or_default()),
            ),
            _ => self.not_negative("the index ", index).map(|()| None),
        }
    }

    /// A method that only the run would choose, called on null: none of them takes that.
    fn called_on_null(
        &self,
        candidates: CandidateList,
        method: TextId,
        arguments: ExprList,
    ) -> Result<Option<Any>, Fault> {
        let receiver = self
            .tree
            .expr_list(arguments)
            .first()
            .and_then(|&receiver| self.of(receiver));
        let refuses = |function: &Function| is_receiver(function, 0) && !function.accepts_at(0).takes(Type::Null);
        let mut functions = self
            .tree
            .candidates(candidates)
            .iter()
            .filter_map(|&id| library::function(id));
        match receiver.is_some_and(Any::is_null) && functions.all(refuses) {
            true => Err(Fault::null_receiver(Code::TypeMismatch, self.tree.text(method))),
            false => Ok(None),
        }
    }

    fn not_negative(&self, what: &'static str, position: ExprId) -> Result<(), Fault> {
        match self.of(position) {
            Some(value) if value.ty == Type::Long && value.as_long() < 0 => {
                let message = Message::from(what).value(value.as_long()).words(" is less than 0");
                Err(Fault::new(Code::IndexOutOfRange, message))
            }
            _ => Ok(()),
        }
    }

    /// Makes no array: only its length can be wrong.
    fn new_array(&mut self, ty: Type, length: ExprId) -> Result<Option<Any>, Fault> {
        match (Elements::of(ty), self.of(length)) {
            (Some(elements), Some(length)) if length.as_long() < 0 => {
                let made = self
                    .context
                    .heap
                    .new_array(&mut self.context.meter, elements, length.as_long());
                made.map(|_| None)
            }
            _ => Ok(None),
        }
    }

    fn array_literal(&mut self, ty: Type, items: ExprList) -> Result<Option<Any>, Fault> {
        let (Some(elements), Some(items)) = (Elements::of(ty), self.all(items)) else {
            return Ok(None);
        };
        let bits: Vec<u64> = items.iter().map(|item| item.bits).collect();
        let array = self.context.array_literal(elements, &bits)?;
        Ok(Some(Any::new(ty, array)))
    }

    fn call(&mut self, kind: Kind) -> Result<Option<Any>, Fault> {
        let Kind::Call { function, arguments } = kind else {
            return Ok(None);
        };
        let Some(function) = library::function(function) else {
            return Ok(None);
        };
        let known = self.all(arguments);
        let is_value = known.is_some() && function.effects.is_empty();
        let Some(arguments) = known.map_or_else(|| self.tried(function, arguments), |all| Ok(Some(all)))? else {
            return Ok(None);
        };
        self.context.meter.charge_steps(u64::from(function.cost.steps))?;
        let candidate = function.candidate(0);
        let arguments = candidate.arrange(&arguments);
        let value = candidate.native.call(&mut self.context, &arguments)?;
        Ok(is_value.then_some(value))
    }

    /// The arguments that a call is tried with of which not all are constant; `None` if it may succeed with others.
    fn tried(&mut self, function: &Function, arguments: ExprList) -> Result<Option<Vec<Any>>, Fault> {
        let arguments = self.tree.expr_list(arguments);
        for (index, &argument) in arguments.iter().enumerate() {
            if let Some(help) = function.parameter_at(index).and_then(|parameter| parameter.position) {
                let checked = self.not_negative("the position ", argument);
                checked.map_err(|fault| fault.with_help(Code::IndexOutOfRange, help))?;
            }
        }
        if !arguments.iter().any(|&argument| self.of(argument).is_some()) {
            return Ok(None);
        }
        if let Some(receiver) = arguments.first().and_then(|&receiver| self.of(receiver))
            && is_receiver(function, 0)
            && receiver.is_null()
        {
            return Ok(self.tried_on_null(function, arguments));
        }
        let mut tried = Vec::with_capacity(arguments.len());
        for (index, &argument) in arguments.iter().enumerate() {
            tried.push(match (self.of(argument), function.stand_in_at(index)) {
                (Some(value), _) => value,
                (None, Some(stand_in)) => stand_in(&mut self.context, self.tree.expr(argument).ty, &tried)?,
                (None, None) => return Ok(None),
            });
        }
        Ok(Some(tried))
    }

    /// The arguments that a method is tried with which is called on null: it fails for that before it asks what they are.
    fn tried_on_null(&self, function: &Function, arguments: &[ExprId]) -> Option<Vec<Any>> {
        let any = |(index, &argument): (usize, &ExprId)| {
            self.of(argument).or(match function.argument_type(index) {
                Type::Long | Type::Any => Some(Any::long(0)),
                Type::Double => Some(Any::double(0.0)),
                Type::Boolean => Some(Any::boolean(false)),
                Type::String => self.tree.texts.first().map(|_| Any::text(Text::constant(0))),
                _ => None,
            })
        };
        arguments.iter().enumerate().map(any).collect()
    }
}
