//! What calls with a lambda are made of: lists and maps that are filled, one value at a time.

use super::number::{Number, Shape};
use super::spent::Spent;
use super::walk::{Argument, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::InlineBound;
use crate::machine::gathering::GATHERED_BYTES;
use crate::types::Type;

/// The bytes of an array of a group, and of the map's entry.
const GROUP_BYTES: u64 = 64 + 64 + 128;

impl Walk<'_> {
    /// A part of a call with a lambda.
    pub(super) fn inline_call(&mut self, bound: InlineBound, arguments: &[Argument], at: ExprId) -> Shape {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        let (into, value) = (shape(0), shape(1));
        match bound {
            InlineBound::List => {
                self.charge(Spent::bytes(64));
                self.made(at, Number::default())
            }
            InlineBound::Push => {
                self.charge(Spent::bytes(GATHERED_BYTES));
                self.fill(into.from, value, 1);
                Shape::default()
            }
            InlineBound::PushAll => {
                let count = self.size_of(value);
                let each = Spent {
                    steps: 2,
                    bytes: GATHERED_BYTES + 16,
                };
                self.charge(each.times(count));
                let stored = self.stored(value.from);
                self.fill(into.from, stored, count);
                Shape::default()
            }
            InlineBound::Gathered => {
                let count = self.filled(into.from);
                let each = Spent { steps: 5, bytes: 48 };
                self.charge(each.times(count).plus(Spent::bytes(64)));
                let made = self.made(at, Number::at_most(count));
                self.store(made.from, self.stored(into.from));
                made
            }
            InlineBound::Put => {
                let key = self.size_of(value);
                self.charge(Spent::work(key).plus(Spent::bytes(128)));
                self.store(into.from, Shape::sized(value.size));
                self.store(into.from, shape(2));
                self.put(into.from);
                Shape::default()
            }
            InlineBound::Group => {
                let key = self.size_of(value);
                self.charge(Spent::work(key.saturating_mul(2)).plus(Spent::bytes(GATHERED_BYTES + GROUP_BYTES)));
                self.store(into.from, Shape::sized(value.size));
                // A list for each key.
                self.store(into.from, into);
                self.fill(into.from, shape(2), 1);
                Shape::default()
            }
            InlineBound::Grouped => {
                let count = self.filled(into.from);
                let key = self.stored_bytes(into.from);
                let each = Spent {
                    steps: (key / 16).saturating_add(7),
                    bytes: 48 + 64,
                };
                self.charge(each.times(count));
                self.store(into.from, Shape::sized(Number::at_most(count)));
                into
            }
            InlineBound::SortedBy => {
                let count = self.size_of(into);
                let keys = self.stored(value.from);
                let passes = u64::from(u64::BITS - count.leading_zeros());
                // A key that is a list has as many columns as it has elements.
                let columns = match keys.from {
                    0 => 1,
                    _ => self.size_of(keys).max(1),
                };
                let widest = self.stored_bytes(value.from).max(self.stored_bytes(keys.from));
                let compared = Spent::steps((widest / 8).saturating_add(5)).times(columns);
                self.charge(compared.plus(Spent::steps(2)).times(count).times(passes));
                let each = Spent { steps: 4, bytes: 48 };
                self.charge(each.times(count).times(columns.saturating_add(1)));
                self.charge(Spent::steps(8).times(columns));
                self.charge(Spent::bytes(128).times(columns.saturating_add(count)));
                self.copied_in_order(into, at)
            }
            InlineBound::DistinctBy => {
                let count = self.size_of(into);
                self.charge_firsts(Type::List, count, value);
                self.copied_in_order(into, at)
            }
            InlineBound::LeastBy => {
                let count = self.size_of(into);
                let widest = self.stored_bytes(value.from);
                let each = Spent {
                    steps: (widest / 8).saturating_add(8),
                    bytes: 16,
                };
                self.charge(each.times(count).plus(Spent::steps(8)));
                self.stored(into.from)
            }
        }
    }

    /// Notes that so many values go into a list, as often as what is walked runs.
    fn fill(&mut self, into: u64, value: Shape, count: u64) {
        self.store(into, value);
        self.put_many(into, count, self.facts.limits.array_length);
    }

    /// A value, which may be a list that was filled since it was made.
    pub(super) fn with_filled(&self, ty: Type, shape: Shape) -> Shape {
        match self.filled(shape.from) {
            filled if filled > 0 && ty == Type::List => Shape {
                size: shape.size.or(Number::at_most(filled)),
                ..shape
            },
            _ => shape,
        }
    }

    /// How many values a list was filled with, at most.
    fn filled(&self, list: u64) -> u64 {
        let filled = self.heap_before.of(list).map(|contents| contents.puts);
        filled.max().unwrap_or(0).min(self.facts.limits.array_length)
    }
}
