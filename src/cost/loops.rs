//! Loops: how often they run, and how far what they change can go.

use std::collections::BTreeSet;

use super::number::{Base, Number, Shape};
use super::spent::Spent;
use super::walk::{Unbounded, Walk, either};
use crate::check::typed::{ExprId, ExprList, Kind, StatementId, Steps, VariableId};
use crate::operator::Comparison;
use crate::source::Span;

/// Nested loops that are followed.
const MAX_LOOPS: u32 = 16;

/// A loop of more iterations than this runs for days: its end is not known.
const MAX_COUNT: u64 = 1 << 48;

/// The variables at a place.
type Variables = Vec<Shape>;

/// What a loop does in each iteration.
#[derive(Clone, Copy)]
pub(super) enum Body {
    Statement(StatementId),
    /// The parts of a turn.
    Turn(ExprList),
}

/// What runs again and again.
#[derive(Clone, Copy)]
struct Iteration {
    condition: Option<ExprId>,
    body: Body,
    update: Option<ExprId>,
}

impl Walk<'_> {
    pub(super) fn repeat(
        &mut self,
        span: Span,
        condition: Option<ExprId>,
        body: Body,
        update: Option<ExprId>,
        steps: Steps,
    ) -> Result<(), Unbounded> {
        let Some(entry) = self.variables.clone() else {
            return Ok(());
        };
        let iteration = Iteration {
            condition,
            body,
            update,
        };
        if self.depth == MAX_LOOPS {
            let reason = "loops in loops are too many to follow".to_owned();
            return Err(Unbounded { span, reason });
        }
        self.depth += 1;
        self.copy(span)?;
        let (statement, turn) = match body {
            Body::Statement(body) => (Some(body), ExprList::default()),
            Body::Turn(turn) => (None, turn),
        };
        let parts = self.tree.expr_list(turn).iter().copied();
        let assigned = self.assigned_in(condition.into_iter().chain(update).chain(parts), statement)?;
        // First with every variable that the loop sets at an unknown start: what is only counted shows by how much it moves.
        let start = self.with_starts(&entry, &assigned);
        let end = self.probe(iteration, &start)?;
        let count = self.count(span, iteration, &entry, &start, end.as_ref());
        let count = match (count, self.probing) {
            (Ok(count), _) => Some(count),
            (Err(_), true) => None,
            (Err(unbounded), false) => return Err(unbounded),
        };
        // Then with what was found in place, which shows where the others stay.
        let mut held = entry.clone();
        let mut settled = self.settle(&entry, &mut held, &assigned, end.as_ref(), count);
        // What a text grows by is known better once the numbers are.
        settled.retain(|&index| end.as_ref().is_none_or(|end| !grows(at(end, index).size)));
        let others: BTreeSet<usize> = assigned.difference(&settled).copied().collect();
        if !others.is_empty() {
            let start = self.with_starts(&held, &others);
            let end = self.probe(iteration, &start)?;
            let settled = self.settle(&entry, &mut held, &others, end.as_ref(), count);
            for &lost in others.difference(&settled) {
                set(&mut held, lost, Shape::ANY);
            }
        }
        self.run(iteration, held, steps, count.unwrap_or(0))?;
        self.depth -= 1;
        Ok(())
    }

    /// The variables with those of a set at an unknown start.
    fn with_starts(&self, variables: &Variables, unknown: &BTreeSet<usize>) -> Variables {
        let mut start = variables.clone();
        for &index in unknown {
            let base = Base {
                variable: VariableId::new(index as u32),
                depth: self.depth,
            };
            let number = Number::start_of(base);
            set(
                &mut start,
                index,
                Shape {
                    long: number,
                    size: number,
                    from: u64::MAX,
                },
            );
        }
        start
    }

    /// What the variables hold after one iteration from a start; `None` if no iteration completes.
    fn probe(&mut self, iteration: Iteration, start: &Variables) -> Result<Option<Variables>, Unbounded> {
        let outer = (self.probing, self.variables.replace(start.clone()));
        self.probing = true;
        self.breaks.push(None);
        self.continues.push(None);
        if let Some(condition) = iteration.condition {
            self.value(condition)?;
        }
        self.iterate(iteration)?;
        self.breaks.pop();
        let end;
        (end, (self.probing, self.variables)) = (self.variables.take(), outer);
        Ok(end)
    }

    /// Body and update.
    fn iterate(&mut self, iteration: Iteration) -> Result<(), Unbounded> {
        match iteration.body {
            Body::Statement(body) => self.statement(body)?,
            Body::Turn(turn) => {
                for &part in self.tree.expr_list(turn) {
                    self.value(part)?;
                }
            }
        }
        let continued = self.continues.pop().flatten();
        self.variables = either(self.variables.take(), continued);
        if self.variables.is_some()
            && let Some(update) = iteration.update
        {
            self.value(update)?;
        }
        Ok(())
    }

    /// Puts in place what the variables of a set hold whenever an iteration begins, and gives those of which that is known.
    fn settle(
        &self,
        entry: &Variables,
        held: &mut Variables,
        of: &BTreeSet<usize>,
        end: Option<&Variables>,
        count: Option<u64>,
    ) -> BTreeSet<usize> {
        let Some(end) = end else {
            // No second iteration begins.
            return of.clone();
        };
        let mut settled = BTreeSet::new();
        for &index in of {
            let base = Base {
                variable: VariableId::new(index as u32),
                depth: self.depth,
            };
            let (before, after) = (at(entry, index), at(end, index));
            let long = grown(before.long, after.long, base, count);
            let size = grown(before.size, after.size, base, count);
            if let (Some(long), Some(size)) = (long, size) {
                let from = before.from | after.from;
                set(held, index, Shape { long, size, from });
                settled.insert(index);
            }
        }
        settled
    }

    /// All iterations at once, from what the variables hold whenever one begins.
    fn run(&mut self, iteration: Iteration, held: Variables, steps: Steps, count: u64) -> Result<(), Unbounded> {
        let times = self.times;
        self.variables = Some(held);
        self.breaks.push(None);
        self.continues.push(None);
        let mut after = None;
        if let Some(condition) = iteration.condition {
            self.times = times.saturating_mul(count.saturating_add(1));
            self.value(condition)?;
            after.clone_from(&self.variables);
        }
        self.times = times.saturating_mul(count);
        self.charge(Spent::steps(u64::from(steps)));
        self.iterate(iteration)?;
        self.times = times;
        let left = self.breaks.pop().flatten();
        self.variables = either(after, left);
        Ok(())
    }

    /// How often the loop iterates at most.
    fn count(
        &mut self,
        span: Span,
        iteration: Iteration,
        entry: &Variables,
        start: &Variables,
        end: Option<&Variables>,
    ) -> Result<u64, Unbounded> {
        // An iteration that passes the limit is charged before it is refused.
        let limit = self.facts.limits.loop_iterations.map(|limit| limit.saturating_add(1));
        let Some(end) = end else {
            return Ok(limit.map_or(1, |limit| limit.min(1)));
        };
        let found = match iteration.condition {
            Some(condition) if !self.assigned_in([condition], None)?.is_empty() => {
                Err("the loop's condition sets a variable".to_owned())
            }
            Some(condition) => self.count_by(condition, entry, start, end)?,
            None => Err("the loop has no condition".to_owned()),
        };
        match (found, limit) {
            (Ok(count), limit) => Ok(count.min(limit.unwrap_or(u64::MAX))),
            (Err(_), Some(limit)) => Ok(limit),
            (Err(reason), None) => Err(Unbounded { span, reason }),
        }
    }

    /// The count by a condition, or why there is none.
    fn count_by(
        &mut self,
        condition: ExprId,
        entry: &Variables,
        start: &Variables,
        end: &Variables,
    ) -> Result<Result<u64, String>, Unbounded> {
        let tree = self.tree;
        match tree.expr(condition).kind {
            Kind::Boolean(false) => Ok(Ok(0)),
            Kind::Boolean(true) => Ok(Err("the loop's condition always holds".to_owned())),
            Kind::Logical { and: true, first, rest } => {
                let mut found = self.count_by(first, entry, start, end)?;
                for operand in tree.logical_operands(rest) {
                    let next = self.count_by(operand.value, entry, start, end)?;
                    found = match (found, next) {
                        (Ok(a), Ok(b)) => Ok(a.min(b)),
                        (Ok(count), Err(_)) | (Err(_), Ok(count)) => Ok(count),
                        (reason @ Err(_), Err(_)) => reason,
                    };
                }
                Ok(found)
            }
            Kind::Compare {
                operator: comparison,
                left,
                right,
            } => {
                let (left_kind, right_kind) = (tree.expr(left).kind, tree.expr(right).kind);
                let mut found = Err("no variable of the loop's condition is counted by a fixed step".to_owned());
                if let Kind::Variable(counted) = left_kind {
                    found = self.count_to(counted, comparison, right, entry, start, end)?;
                }
                if let (Err(_), Kind::Variable(counted)) = (&found, right_kind) {
                    let other_way = self.count_to(counted, comparison.mirrored(), left, entry, start, end)?;
                    found = other_way.or(found);
                }
                Ok(found)
            }
            Kind::Dynamic { .. } => Ok(Err(
                "the loop's condition compares values whose types are not known: declare them".to_owned(),
            )),
            _ => Ok(Err(
                "the loop's condition is not a comparison of a counted variable".to_owned()
            )),
        }
    }

    /// The count of a variable that moves towards an end.
    fn count_to(
        &mut self,
        counted: VariableId,
        comparison: Comparison,
        towards: ExprId,
        entry: &Variables,
        start: &Variables,
        end: &Variables,
    ) -> Result<Result<u64, String>, Unbounded> {
        let tree = self.tree;
        let name = crate::diagnostic::quote(&tree.variable(counted).name);
        let index = counted.index();
        let base = Base {
            variable: counted,
            depth: self.depth,
        };
        let by = match at(end, index).long {
            Number {
                fixed: None,
                moved: Some((of, by)),
            } if of == base => by,
            _ => return Ok(Err(format!("{name} is not counted by a fixed step in every iteration"))),
        };
        let goal = self.probed(towards, start)?.long.known();
        let (Some(goal), Some(from)) = (goal, at(entry, index).long.known()) else {
            return Ok(Err(format!("the end that {name} is counted to moves with the loop")));
        };
        // Counting down is counting up on the mirrored axis.
        let (least, most, from, goal) = match comparison {
            Comparison::Less | Comparison::LessEqual => (by.0, by.1, from.0, goal.1),
            Comparison::Greater | Comparison::GreaterEqual => (-by.1, -by.0, -from.1, -goal.0),
            Comparison::Equal | Comparison::NotEqual => {
                return Ok(Err(format!("{name} is not compared with `<`, `<=`, `>` or `>=`")));
            }
        };
        let inclusive = matches!(comparison, Comparison::LessEqual | Comparison::GreaterEqual);
        let last = if inclusive { goal } else { goal - 1 };
        if least < 1 {
            return Ok(Err(format!(
                "{name} does not move towards the loop's end in every iteration"
            )));
        }
        // Beyond, the variable would wrap and start anew.
        if last + most > i128::from(i64::MAX) {
            return Ok(Err(format!("the end that {name} is counted to has no known bound")));
        }
        let count = (last - from + least).div_euclid(least).max(0);
        match u64::try_from(count) {
            Ok(count) if count <= MAX_COUNT => Ok(Ok(count)),
            _ => Ok(Err(format!("the end that {name} is counted to has no known bound"))),
        }
    }

    /// The shape of an expression at given variables, without cost.
    fn probed(&mut self, id: ExprId, variables: &Variables) -> Result<Shape, Unbounded> {
        let outer = (self.probing, self.variables.replace(variables.clone()));
        self.probing = true;
        let shape = self.value(id);
        (self.probing, self.variables) = outer;
        shape
    }
}

fn grows(size: Number) -> bool {
    size.moved.is_some_and(|(_, by)| by != (0, 0))
}

/// What a number may be whenever an iteration begins, from what it is before the loop and after an iteration; `None` if it
/// depends on another variable's start.
fn grown(before: Number, after: Number, base: Base, count: Option<u64>) -> Option<Number> {
    let fixed = Number {
        fixed: after.fixed,
        moved: None,
    };
    match after.moved {
        None if after == Number::ANY => None,
        // A value that belongs to a loop further out is as good as fixed here.
        None => Some(before.or(fixed)),
        Some((of, by)) if of != base => (of.depth < base.depth).then(|| {
            before.or(Number {
                fixed: after.fixed,
                moved: Some((of, by)),
            })
        }),
        Some((_, (0, 0))) => Some(before.or(fixed)),
        Some((_, (low, high))) => {
            let count = i128::from(count?);
            let way = Number::range(low.min(0).saturating_mul(count), high.max(0).saturating_mul(count));
            Some(before.or(fixed).plus(way))
        }
    }
}

fn at(variables: &[Shape], index: usize) -> Shape {
    variables.get(index).copied().unwrap_or(Shape::ANY)
}

fn set(variables: &mut [Shape], index: usize, shape: Shape) {
    if let Some(place) = variables.get_mut(index) {
        *place = shape;
    }
}
