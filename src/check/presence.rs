//! What conditions say of parameters that may be absent: `q != null`, `params.containsKey('q')`, and what is built of them.
//!
//! Where a condition holds that only a parameter which is there can meet, reading it is no certain error: its type is `ANY`, as
//! of any value that only the run knows. So is reading any that is null where no path leads for that. A parameter never changes, so
//! what a condition said of it stays true on all paths past it, and is kept in the flow like what is set.

use std::rc::Rc;

use super::flow::{Assigned, Flow};
use super::typed::{BinaryOperator, ExprId, Kind};
use super::{Checker, HashMap, Typed};
use crate::syntax::ast::Symbol;
use crate::types::Type;

/// The most parameters that are followed from one condition.
const MAX_FACTS: usize = 64;
/// Stands among the parameters for what no path leads to; no parameter of a program has this name.
const NEVER: &str = "\0";

/// What conditions say.
#[derive(Debug, Default)]
pub(super) struct Presence {
    /// The parameters met, each with its place in the flow.
    places: HashMap<Box<str>, Symbol>,
    /// The expressions that read one.
    reads: HashMap<ExprId, Symbol>,
    /// What follows from conditions.
    implied: HashMap<ExprId, Rc<Implied>>,
    /// What follows from the condition that a variable was set to.
    variables: HashMap<Symbol, Rc<Implied>>,
}

/// What is known where a condition holds, and where it does not.
#[derive(Clone, Debug, Default)]
struct Implied {
    held: Facts,
    failed: Facts,
}

/// What is known on a way.
#[derive(Clone, Debug, Default)]
struct Facts {
    /// Whether it is never taken, as a parameter is not there.
    never: bool,
    /// The parameters that are there.
    present: Vec<Symbol>,
}

impl Facts {
    const NEVER: Self = Self {
        never: true,
        present: Vec::new(),
    };

    /// What is known where both ways were taken.
    fn and(mut self, other: Self) -> Self {
        let room = MAX_FACTS.saturating_sub(self.present.len());
        self.present.extend(other.present.into_iter().take(room));
        self.never |= other.never;
        self
    }

    /// What is known where one of the ways was taken.
    fn or(mut self, other: Self) -> Self {
        match (self.never, other.never) {
            (true, false) => other,
            (false, true) => self,
            (false, false) | (true, true) => {
                self.present.retain(|symbol| other.present.contains(symbol));
                self
            }
        }
    }
}

impl Implied {
    fn swapped(self) -> Self {
        Self {
            held: self.failed,
            failed: self.held,
        }
    }
}

impl Presence {
    /// The place in the flow of a parameter.
    fn place(&mut self, name: &str, flow: &mut Flow) -> Symbol {
        match self.places.get(name) {
            Some(&place) => place,
            None => {
                let place = flow.grow();
                self.places.insert(name.into(), place);
                place
            }
        }
    }
}

impl Checker<'_> {
    /// Whether a parameter is there on every path that leads here.
    pub(super) fn is_present(&self, name: &str) -> bool {
        let place = self.presence.places.get(name);
        place.is_some_and(|&place| self.flow.state(place) == Assigned::Yes)
    }

    /// Whether no path leads here, as a parameter is not there.
    pub(super) fn is_never_reached(&self) -> bool {
        self.is_present(NEVER)
    }

    /// Notes an expression that reads a parameter, or null where there is none.
    pub(super) fn note_read(&mut self, read: Typed, name: &str) -> Typed {
        let place = self.presence.place(name, &mut self.flow);
        self.presence.reads.insert(read.id, place);
        read
    }

    /// Notes `params.containsKey(name)`.
    pub(super) fn note_contains(&mut self, node: Typed, name: &str) -> Typed {
        let place = self.presence.place(name, &mut self.flow);
        let held = Facts {
            never: false,
            present: vec![place],
        };
        let failed = Facts::default();
        self.presence.implied.insert(node.id, Rc::new(Implied { held, failed }));
        node
    }

    /// Notes a comparison of a parameter: with null, or with a value that null never equals and is never less or greater than.
    pub(super) fn note_comparison(&mut self, operator: BinaryOperator, left: Typed, right: Typed, node: Typed) {
        let reads = &self.presence.reads;
        let (read, place, other) = match (reads.get(&left.id), reads.get(&right.id)) {
            (Some(&place), None) => (left, place, right),
            (None, Some(&place)) => (right, place, left),
            (None, None) => return self.note_condition_compared(operator, left, right, node),
            (Some(_), Some(_)) => return,
        };
        let kind = self.out.expr(other.id).kind;
        let is_value = matches!(other.ty, Type::Long | Type::Double | Type::Boolean) || matches!(kind, Kind::Text(_));
        let is_null = kind == Kind::Null && other.ty == Type::Null;
        let implied = Implied {
            held: Facts {
                never: self.out.expr(read.id).kind == Kind::Null,
                present: vec![place],
            },
            failed: Facts::default(),
        };
        let implied = match operator {
            BinaryOperator::Equal if is_null => implied.swapped(),
            BinaryOperator::NotEqual if is_null => implied,
            BinaryOperator::NotEqual if is_value => implied.swapped(),
            BinaryOperator::Equal | BinaryOperator::Less | BinaryOperator::Greater if is_value => implied,
            _ => return,
        };
        self.presence.implied.insert(node.id, Rc::new(implied));
    }

    /// Notes `condition == true` and its like.
    fn note_condition_compared(&mut self, operator: BinaryOperator, left: Typed, right: Typed, node: Typed) {
        let (condition, value) = match (self.out.expr(left.id).kind, self.out.expr(right.id).kind) {
            (_, Kind::Boolean(value)) => (left, value),
            (Kind::Boolean(value), _) => (right, value),
            _ => return,
        };
        let same = match operator {
            BinaryOperator::Equal => value,
            BinaryOperator::NotEqual => !value,
            _ => return,
        };
        let implied = self.implied(condition.id);
        let implied = if same { implied } else { implied.swapped() };
        self.presence.implied.insert(node.id, Rc::new(implied));
    }

    /// Notes `!condition`.
    pub(super) fn note_not(&mut self, condition: ExprId, node: Typed) -> Typed {
        let implied = self.implied(condition).swapped();
        self.presence.implied.insert(node.id, Rc::new(implied));
        node
    }

    /// Notes `first && …` or `first || …`.
    pub(super) fn note_logical(&mut self, and: bool, operands: &[ExprId], node: ExprId) {
        let all = operands
            .iter()
            .map(|&operand| self.implied(operand))
            .collect::<Vec<_>>();
        let both = |before: Implied, next: Implied| match and {
            true => Implied {
                held: before.held.and(next.held),
                failed: before.failed.or(next.failed),
            },
            false => Implied {
                held: before.held.or(next.held),
                failed: before.failed.and(next.failed),
            },
        };
        if let Some(implied) = all.into_iter().reduce(both) {
            self.presence.implied.insert(node, Rc::new(implied));
        }
    }

    /// Notes `c ? t : … otherwise` of type BOOLEAN: an arm is taken where its condition holds and those before it do not.
    pub(super) fn note_conditional(&mut self, arms: &[(ExprId, ExprId)], otherwise: ExprId, node: ExprId) {
        let mut result = self.implied(otherwise);
        for &(condition, then) in arms.iter().rev() {
            let (condition, then) = (self.implied(condition), self.implied(then));
            result = Implied {
                held: condition
                    .held
                    .clone()
                    .and(then.held)
                    .or(condition.failed.clone().and(result.held)),
                failed: condition.held.and(then.failed).or(condition.failed.and(result.failed)),
            };
        }
        self.presence.implied.insert(node, Rc::new(result));
    }

    /// Notes that a variable was set to a value, which may be a condition.
    pub(super) fn note_set(&mut self, symbol: Symbol, value: ExprId) {
        match self.presence.implied.get(&value) {
            Some(implied) => self.presence.variables.insert(symbol, Rc::clone(implied)),
            None => self.presence.variables.remove(&symbol),
        };
    }

    /// Notes that a variable is read, which may hold a condition.
    pub(super) fn note_variable(&mut self, symbol: Symbol, read: Typed) -> Typed {
        if let Some(implied) = self.presence.variables.get(&symbol) {
            self.presence.implied.insert(read.id, Rc::clone(implied));
        }
        read
    }

    /// What follows from a condition; asked once, but for what is known of it at its own place.
    fn implied(&mut self, condition: ExprId) -> Implied {
        match self.out.expr(condition).kind {
            Kind::Boolean(true) => Implied {
                held: Facts::default(),
                failed: Facts::NEVER,
            },
            Kind::Boolean(false) => Implied {
                held: Facts::NEVER,
                failed: Facts::default(),
            },
            Kind::Check { value, .. } => self.implied(value),
            _ => {
                let implied = self.presence.implied.remove(&condition);
                implied.map(Rc::unwrap_or_clone).unwrap_or_default()
            }
        }
    }

    /// Goes on where a condition held, or where it did not.
    pub(super) fn assume(&mut self, condition: ExprId, holds: bool) {
        let condition = match self.out.expr(condition).kind {
            Kind::Check { value, .. } => value,
            _ => condition,
        };
        let Some(implied) = self.presence.implied.get(&condition).cloned() else {
            return;
        };
        let facts = if holds { &implied.held } else { &implied.failed };
        for &place in &facts.present {
            self.flow.set(place, Assigned::Yes);
        }
        if facts.never {
            let place = self.presence.place(NEVER, &mut self.flow);
            self.flow.set(place, Assigned::Yes);
        }
    }
}
