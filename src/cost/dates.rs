//! What functions of dates charge beside their fixed steps, and what they give.

use super::library::{DATE_BYTES_PER_STEP, OBJECT, is_text};
use super::number::{Number, Shape};
use super::spent::Spent;
use super::walk::{Argument, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::DateBound;
use crate::library::declaration::Function;
use crate::library::joda::{DATE_INT_STEPS, ISO_STEPS, Pattern, Zone};
use crate::types::Type;

/// The most bytes that one letter of a date pattern prints, and the steps it takes.
const DATE_LETTER: u64 = 65;

/// No pattern prints as ISO 8601 does: what that takes is less than so many letters of a pattern take.
const ISO_LETTERS: u64 = 4;

/// What a date pattern takes.
#[derive(Clone, Copy, Debug)]
struct PatternCost {
    print_steps: u64,
    printed_bytes: u64,
    read_steps: u64,
}

impl PatternCost {
    /// So much of everything.
    const fn all(most: u64) -> Self {
        Self {
            print_steps: most,
            printed_bytes: most,
            read_steps: most,
        }
    }

    /// So much of anything.
    fn most(self) -> u64 {
        self.print_steps.max(self.printed_bytes).max(self.read_steps)
    }
}

impl Walk<'_> {
    /// A call of a function of dates.
    pub(super) fn date_call(
        &mut self,
        (function, bound): (&Function, DateBound),
        arguments: &[Argument],
        at: ExprId,
    ) -> Shape {
        self.texts_read(arguments, DATE_BYTES_PER_STEP);
        let size = |index: usize| arguments.get(index).map_or(0, |argument| self.size_of(argument.shape));
        match bound {
            DateBound::Between(steps) => {
                self.charge(Spent::steps(steps));
                return self.between(arguments, at);
            }
            DateBound::Pattern => {
                let cost = arguments.first().map(|argument| self.pattern_cost(argument));
                self.compiled(arguments.first());
                self.charge(OBJECT);
                return Shape::sized(Number::at_most(cost.map_or(0, PatternCost::most)));
            }
            DateBound::Moved => {
                self.charge(OBJECT);
                return arguments.first().map_or(Shape::default(), |argument| argument.shape);
            }
            DateBound::ByPattern => {
                let cost = arguments.get(1).map(|argument| self.pattern_cost(argument));
                self.compiled(arguments.get(1));
                return self.dated(cost.unwrap_or(PatternCost::all(0)));
            }
            DateBound::Printed => return self.dated(PatternCost::all(size(0))),
            DateBound::Parsed(index) => {
                let steps = size(index);
                self.charge(Spent {
                    steps,
                    // The fields, of which each costs a step.
                    bytes: steps.saturating_mul(32),
                });
                self.charge(Spent::steps(DATE_INT_STEPS));
                self.zone(None);
            }
            DateBound::Zone => self.zone(arguments.first()),
            DateBound::ReadsInZone(steps, index) => {
                self.charge(Spent::steps(steps));
                self.zone(arguments.get(index));
            }
            DateBound::FromText => {
                if arguments.first().is_some_and(is_text) {
                    self.charge(Spent::steps(ISO_STEPS));
                }
            }
            DateBound::Reads(steps) => self.charge(Spent::steps(steps)),
        }
        self.given(function, arguments)
    }

    /// Looking a time zone up, where that was not done before the run.
    fn zone(&mut self, id: Option<&Argument>) {
        if self.is_prepared::<Zone>(id) {
            return;
        }
        self.charge(Spent {
            steps: Zone::MOST_STEPS,
            bytes: Zone::MOST_BYTES,
        });
    }

    /// Compiling a date pattern, where that was not done before the run.
    fn compiled(&mut self, pattern: Option<&Argument>) {
        if self.is_prepared::<Pattern>(pattern) {
            return;
        }
        let bytes = pattern.map_or(0, |pattern| self.size_of(pattern.shape));
        self.charge(Spent {
            steps: bytes.saturating_mul(3).saturating_add(32),
            bytes: bytes.saturating_mul(96).saturating_add(256),
        });
    }

    fn is_prepared<T: std::any::Any + Send + Sync>(&self, argument: Option<&Argument>) -> bool {
        let Some(text) = argument.and_then(|argument| argument.text) else {
            return false;
        };
        let mut prepared = self.tree.prepared.iter().filter(|(of, _)| *of == text.number());
        prepared.any(|(_, prepared)| prepared.downcast::<T>().is_some())
    }

    /// A text that a date pattern prints.
    fn dated(&mut self, pattern: PatternCost) -> Shape {
        self.charge(Spent {
            steps: pattern.print_steps,
            bytes: pattern.printed_bytes.saturating_mul(2),
        });
        self.text(pattern.printed_bytes)
    }

    /// Numbers from one to another.
    fn between(&mut self, arguments: &[Argument], at: ExprId) -> Shape {
        let numbers = |argument: &&Argument| argument.ty == Type::Long;
        let known = |index: usize| arguments.get(index).filter(numbers)?.shape.long.known();
        let most = self.facts.limits.array_length;
        let count = match (known(0), known(1), known(2)) {
            (Some((from, _)), Some((_, to)), Some((step, _))) if step > 0 => {
                u64::try_from((to - from).max(0) / step + 2).unwrap_or(most).min(most)
            }
            _ => most,
        };
        self.charge(Spent {
            steps: count.saturating_mul(3).saturating_add(count / 2),
            bytes: count.saturating_mul(8).saturating_add(64),
        });
        self.made(at, Number::at_most(count))
    }

    /// The most that printing with a date pattern takes, in steps and in bytes, and reading with it in steps.
    fn pattern_cost(&self, pattern: &Argument) -> PatternCost {
        if let Some(text) = pattern.text
            && let Ok(pattern) = Pattern::compile(self.tree.text(text))
        {
            return PatternCost {
                print_steps: pattern.print_steps(),
                printed_bytes: pattern.max_printed_bytes() as u64,
                read_steps: pattern.read_steps(),
            };
        }
        let letters = self.size_of(pattern.shape).max(ISO_LETTERS);
        PatternCost::all(letters.saturating_mul(DATE_LETTER))
    }
}
