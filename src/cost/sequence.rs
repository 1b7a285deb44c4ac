//! What methods of arrays and LIST charge, and what they give.

use super::library::SHORT_TEXT;
use super::number::{Number, Shape};
use super::sizes::Size;
use super::spent::Spent;
use super::walk::{Argument, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::{MapBound, SequenceBound};
use crate::library::declaration::Function;
use crate::library::map::{ENTRY_STEPS, MADE_STEPS, NEW_ENTRY_STEPS, SET_STEPS};
use crate::library::sequence::{CHUNK_STEPS, DISTINCT_BYTES, DISTINCT_STEPS, LEAST_STEPS, PAIR_MAP_STEPS, PAIR_STEPS};
use crate::machine::heap::{LIST_READ_STEPS, OBJECT_TEXT_STEPS, REMOVED_STEPS};
use crate::machine::same::SAME_STEPS;
use crate::types::{Elements, Type};

/// The bytes of a value beside what it holds.
const VALUE: u64 = 16;
/// The bytes of a map of two entries.
const PAIR_MAP: u64 = 256 + 2 * 128;

impl Walk<'_> {
    /// A method of an array or LIST.
    pub(super) fn sequence_call(
        &mut self,
        (function, bound): (&Function, SequenceBound),
        arguments: &[Argument],
        at: ExprId,
    ) -> Shape {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        let (array, other) = (shape(0), shape(1));
        let count = self.size_of(array);
        let ty = arguments.first().map_or(Type::Any, |argument| argument.ty);
        match bound {
            SequenceBound::Length => Shape::default(),
            SequenceBound::Element => {
                self.charge(Spent::steps(LIST_READ_STEPS));
                self.stored(array.from)
            }
            SequenceBound::Part => {
                self.charge(copied(count));
                self.made_of(at, count, array)
            }
            SequenceBound::Copied => {
                self.charge(taken_out(count).plus(copied(count)).plus(Spent::steps(count)));
                self.made_of(at, count, array)
            }
            SequenceBound::Appended => {
                self.charge(taken_out(count).plus(taken_out(count + 1)).plus(copied(count + 1)));
                let made = self.made_of(at, count + 1, array);
                self.store(made.from, other);
                made
            }
            SequenceBound::Joined => {
                let all = count.saturating_add(self.size_of(other)).min(self.heap.most);
                self.charge(
                    taken_out(all)
                        .plus(taken_out(all))
                        .plus(copied(all))
                        .plus(Spent::steps(all)),
                );
                let made = self.made_of(at, all, array);
                self.store(made.from, self.stored(other.from));
                made
            }
            SequenceBound::Chunks => {
                let each = Spent {
                    steps: CHUNK_STEPS,
                    bytes: VALUE + 64,
                };
                self.charge(each.times(count).plus(copied(count)).plus(copied(count)));
                let chunk = self.made_of(at, count, array);
                self.store(chunk.from, chunk);
                chunk
            }
            SequenceBound::Sorted => {
                let passes = u64::from(u64::BITS - count.leading_zeros());
                let merged = Spent::steps(count.saturating_mul(2)).plus(self.compared(ty, array).times(count));
                self.charge(merged.times(passes));
                self.charge(taken_out(count).plus(taken_out(count)).plus(copied(count)));
                self.made_of(at, count, array)
            }
            SequenceBound::Least => {
                let each = Spent::steps(LEAST_STEPS + LIST_READ_STEPS).plus(self.compared(ty, array));
                self.charge(each.times(count));
                self.stored(array.from)
            }
            SequenceBound::Sum => {
                self.charge(Spent::steps(1 + LIST_READ_STEPS).times(count));
                Shape::long(Number::ANY)
            }
            SequenceBound::Pairs => {
                let count = count.min(self.size_of(other));
                let each = Spent {
                    steps: PAIR_STEPS + 2,
                    bytes: VALUE + 64 + 2 * VALUE,
                };
                self.charge(taken_out(self.size_of(array)).plus(taken_out(self.size_of(other))));
                self.charge(each.times(count).plus(copied(count)));
                let made = self.nested(at, Size::nested(count, 2));
                self.store(made.from, self.stored(array.from));
                self.store(made.from, self.stored(other.from));
                made
            }
            SequenceBound::Indexed => {
                let each = Spent {
                    steps: PAIR_MAP_STEPS,
                    bytes: VALUE + PAIR_MAP,
                };
                self.charge(taken_out(count).plus(each.times(count)).plus(copied(count)));
                self.charge(Spent::text(5).times(2));
                let made = self.nested(at, Size::nested(count, 5));
                self.store(made.from, self.stored(array.from));
                made
            }
            SequenceBound::Sought => {
                let sought = self.sought(count, array);
                self.charge(sought);
                Shape::long(Number::range(-1, i128::from(count)))
            }
            SequenceBound::Distinct => self.distinct(ty, array, at),
            SequenceBound::Text => {
                let [array, separator] = arguments else {
                    return self.text(0);
                };
                self.join(function, &[*separator, *array])
            }
        }
    }

    /// All elements of an array in another order.
    pub(super) fn copied_in_order(&mut self, array: Shape, at: ExprId) -> Shape {
        let count = self.size_of(array);
        self.charge(
            taken_out(count)
                .plus(taken_out(count))
                .plus(copied(count))
                .plus(Spent::steps(count)),
        );
        self.made_of(at, count, array)
    }

    /// A function of all entries of a map.
    pub(super) fn map_call(&mut self, bound: MapBound, arguments: &[Argument], at: ExprId) -> Shape {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        let (map, other) = (shape(0), shape(1));
        let count = self.entries(map.from);
        let read = Spent::steps(ENTRY_STEPS);
        match bound {
            MapBound::Values => {
                self.charge(read.times(count).plus(taken_out(count)).plus(taken_out(count)));
                self.charge(copied(count));
                self.made_of(at, count, map)
            }
            MapBound::Entries => {
                let each = Spent {
                    steps: ENTRY_STEPS + PAIR_MAP_STEPS,
                    bytes: VALUE + PAIR_MAP,
                };
                self.charge(each.times(count).plus(copied(count)).plus(Spent::text(5).times(2)));
                let made = self.nested(at, Size::nested(count, 5));
                self.store(made.from, self.stored(map.from));
                made
            }
            MapBound::Remove => {
                self.charge(Spent::work(self.size_of(other)));
                self.charge(Spent::steps(count.saturating_mul(REMOVED_STEPS)));
                self.stored(map.from)
            }
            MapBound::PutAll => {
                let more = self.entries(other.from);
                self.store(map.from, self.stored(other.from));
                self.put_each(map.from, other.from, more);
                map
            }
            MapBound::Merged => {
                let more = self.entries(other.from);
                let nests = |from| self.heap_before.of(from).any(|contents| contents.nests);
                // Maps inside both are merged too: as often as values may be nested, all that either holds.
                let most = match nests(map.from) || nests(other.from) {
                    true => self.heap.most_entries.saturating_mul(self.heap.most_entries),
                    false => count.saturating_add(more),
                };
                let made = self.made(at, Number::at_most(count.saturating_add(more)));
                for contents in self.heap.of_mut(made.from) {
                    contents.entries = contents.entries.max(count.saturating_add(more));
                    contents.values = contents.values.max(count.saturating_add(more));
                }
                self.store(made.from, self.stored(map.from));
                self.store(made.from, self.stored(other.from));
                let keys = self.stored_bytes(map.from).max(self.stored_bytes(other.from));
                let each = Spent {
                    steps: 2 * (ENTRY_STEPS + SET_STEPS) + NEW_ENTRY_STEPS + MADE_STEPS + keys / 4 + 4,
                    bytes: 128 + 256,
                };
                self.charge(each.times(most).plus(Spent::bytes(256)).plus(Spent::steps(MADE_STEPS)));
                made
            }
        }
    }

    /// Entries that are put into a map, as many of another.
    fn put_each(&mut self, into: u64, of: u64, count: u64) {
        let keys = self.stored_bytes(of);
        let each = Spent {
            steps: ENTRY_STEPS + SET_STEPS + NEW_ENTRY_STEPS + keys / 16,
            bytes: 128,
        };
        self.charge(each.times(count));
        self.put_many(into, count, self.heap.most_entries);
    }

    /// A container made here that holds what another does.
    fn made_of(&mut self, at: ExprId, count: u64, of: Shape) -> Shape {
        let made = self.made(at, Number::at_most(count));
        self.store(made.from, self.stored(of.from));
        made
    }

    /// A list made here of lists or maps.
    fn nested(&mut self, at: ExprId, size: Size) -> Shape {
        let made = self.reply_of(at, size);
        self.store(made.from, made);
        made
    }

    /// Each element once.
    fn distinct(&mut self, ty: Type, array: Shape, at: ExprId) -> Shape {
        let count = self.size_of(array);
        self.charge_firsts(ty, count, array);
        self.made_of(at, count, array)
    }

    /// Which of so many keys, the elements of an array or list, are new.
    pub(super) fn charge_firsts(&mut self, ty: Type, count: u64, keys: Shape) {
        let widest = self.stored_bytes(keys.from);
        let each = Spent {
            steps: (widest / 16).saturating_add(DISTINCT_STEPS),
            bytes: 128 + DISTINCT_BYTES,
        };
        let hashed = each.times(count).plus(Spent::bytes(256 + 4 * DISTINCT_BYTES));
        let object = Spent {
            steps: OBJECT_TEXT_STEPS + SHORT_TEXT / 16,
            bytes: 256 + SHORT_TEXT,
        };
        let before = &self.heap_before;
        let holds_others = before
            .of(keys.from)
            .any(|contents| contents.nests || contents.values > 0)
            || self.stored(keys.from).from != 0;
        let spent = match (ty, holds_others) {
            (Type::StringArray | Type::LongArray | Type::DoubleArray | Type::BooleanArray, _) => hashed,
            (_, false) => hashed.plus(object.times(count)),
            (_, true) => hashed
                .plus(object.times(count))
                .plus(self.sought(count, keys).times(count)),
        };
        self.charge(spent.plus(taken_out(count)).plus(taken_out(count)).plus(copied(count)));
    }

    /// A comparison of a value with all elements.
    pub(super) fn sought(&self, count: u64, array: Shape) -> Spent {
        let before = &self.heap_before;
        if before.of(array.from).any(|contents| contents.nests) {
            // What is inside may be reached on many ways.
            return Spent::steps(self.facts.limits.steps);
        }
        let inside = before.of(array.from).map(|contents| contents.values).max();
        let all = count.saturating_add(inside.unwrap_or(0)).saturating_add(1);
        let each = 2 * (SAME_STEPS + LIST_READ_STEPS) + OBJECT_TEXT_STEPS * 2;
        Spent::steps(all.saturating_mul(each.saturating_add(self.stored_bytes(array.from) / 4)))
    }

    /// A comparison of two elements.
    fn compared(&self, ty: Type, array: Shape) -> Spent {
        match Elements::of(ty) {
            Some(Elements::Longs | Elements::Doubles | Elements::Booleans) => Spent::default(),
            Some(Elements::Texts | Elements::Mixed) | None => {
                let widest = self.stored_bytes(array.from);
                Spent::steps(widest / 8 + 3)
            }
        }
    }
}

/// So many elements as values.
fn taken_out(count: u64) -> Spent {
    Spent {
        steps: count,
        bytes: count.saturating_mul(VALUE),
    }
}

/// A new array of so many elements.
fn copied(count: u64) -> Spent {
    Spent {
        steps: count,
        bytes: count.saturating_mul(VALUE).saturating_add(64),
    }
}
