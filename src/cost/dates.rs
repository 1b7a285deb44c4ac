//! What functions of dates charge beside their fixed steps, and what they give.

use super::library::{DATE_BYTES_PER_STEP, OBJECT, is_text};
use super::number::{Number, Shape};
use super::spent::Spent;
use super::walk::{Argument, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::{Counted, DateBound, HOLIDAY_STEPS, NEXT_DAY_COST};
use crate::library::declaration::Function;
use crate::library::joda::{
    DATE_INT_STEPS, FIELD_BYTES, ISO_STEPS, Pattern, WorkingDay, Zone, day_number, hour_number,
};
use crate::machine::heap::LIST_READ_STEPS;
use crate::types::{Elements, Type};

/// The most bytes that one letter of a date pattern prints, and the steps it takes.
const DATE_LETTER: u64 = 65;

/// No pattern prints as ISO 8601 does: what that takes is less than so many letters of a pattern take.
const ISO_LETTERS: u64 = 4;

/// More than the digits of any day or hour.
const MOST_DIGITS: i128 = 10_000_000_000;

/// What a date pattern takes.
#[derive(Clone, Copy, Debug)]
struct PatternCost {
    print_steps: u64,
    printed_bytes: u64,
    read_steps: u64,
    read_bytes: u64,
    /// Whether a text may name a zone.
    names_zone: bool,
}

impl PatternCost {
    /// So much of everything.
    const fn all(most: u64) -> Self {
        Self {
            print_steps: most,
            printed_bytes: most,
            read_steps: most,
            // The fields, of which each costs a step.
            read_bytes: most.saturating_mul(FIELD_BYTES),
            names_zone: true,
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
            DateBound::Between(steps, counted) => {
                self.charge(Spent::steps(steps));
                return self.between(counted, arguments, at);
            }
            DateBound::Holidays(steps) => {
                self.charge(Spent::steps(steps));
                self.holidays(steps, arguments.get(1));
            }
            DateBound::DateParsed => {
                let cost = self.pattern(arguments.get(1));
                self.charge(Spent {
                    steps: cost.read_steps.saturating_add(DATE_INT_STEPS),
                    bytes: cost.read_bytes,
                });
                if cost.names_zone {
                    self.zone(None);
                }
            }
            DateBound::Pattern => {
                let cost = self.pattern(arguments.first());
                self.charge(OBJECT);
                return Shape::sized(Number::at_most(cost.most()));
            }
            DateBound::Moved => {
                self.charge(OBJECT);
                return arguments.first().map_or(Shape::default(), |argument| argument.shape);
            }
            DateBound::ByPattern(steps) => {
                self.charge(Spent::steps(steps));
                let cost = self.pattern(arguments.get(1));
                return self.dated(cost);
            }
            DateBound::Printed => return self.dated(PatternCost::all(size(0))),
            DateBound::Parsed(index) => {
                let steps = size(index);
                self.charge(Spent {
                    steps,
                    // The fields, of which each costs a step.
                    bytes: steps.saturating_mul(FIELD_BYTES),
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

    /// What a pattern takes, which is compiled where that was not done before the run.
    fn pattern(&mut self, pattern: Option<&Argument>) -> PatternCost {
        self.compiled(pattern);
        pattern.map_or(PatternCost::all(0), |pattern| self.pattern_cost(pattern))
    }

    /// Reading dates for so many steps each, and looking at the days beside another.
    fn holidays(&mut self, steps: u64, holidays: Option<&Argument>) {
        let Some(holidays) = holidays else {
            return;
        };
        let count = self.size_of(holidays.shape);
        let text = self.size_of(self.stored(holidays.shape.from)) / DATE_BYTES_PER_STEP;
        let read = match Elements::of(holidays.ty) {
            Some(Elements::Longs) => Spent::default(),
            Some(Elements::Texts) => Spent::steps(text),
            // A text in a list of the host's is taken in each time.
            Some(Elements::Booleans | Elements::Doubles | Elements::Mixed) | None => Spent {
                steps: text.saturating_add(LIST_READ_STEPS),
                bytes: 64,
            },
        };
        let each = read.plus(Spent::steps(steps.saturating_add(HOLIDAY_STEPS)));
        self.charge(each.times(count));
        let days = WorkingDay::days(usize::try_from(count).unwrap_or(usize::MAX)) as u64;
        let day = Spent {
            steps: NEXT_DAY_COST,
            bytes: NEXT_DAY_COST,
        };
        self.charge(day.times(days));
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
    fn between(&mut self, counted: Counted, arguments: &[Argument], at: ExprId) -> Shape {
        let numbers = |argument: &&Argument| argument.ty == Type::Long;
        let known = |index: usize| arguments.get(index).filter(numbers)?.shape.long.known();
        let most = self.facts.limits.array_length;
        let place = |number: i128| match counted {
            Counted::Numbers => number,
            Counted::Days => i128::from(day_number(number.clamp(0, MOST_DIGITS) as i64)),
            Counted::Hours => i128::from(hour_number(number.clamp(0, MOST_DIGITS) as i64)),
        };
        let walked = match (known(0), known(1), known(2)) {
            (Some((from, _)), Some((_, to)), Some((step, _))) if step > 0 => Some((place(to) - place(from), step)),
            (Some((_, from)), Some((to, _)), Some((_, step))) if step < 0 => Some((place(from) - place(to), -step)),
            _ => None,
        };
        let count = walked.and_then(|(distance, step)| u64::try_from(distance.max(0) / step + 2).ok());
        let count = count.map_or(most, |count| count.min(most));
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
                read_bytes: pattern.read_bytes(),
                names_zone: pattern.names_zone(),
            };
        }
        let letters = self.size_of(pattern.shape).max(ISO_LETTERS);
        PatternCost::all(letters.saturating_mul(DATE_LETTER))
    }
}
