//! What library functions charge beside their fixed steps, and what they give.

use super::number::{Number, Shape};
use super::spent::{DOUBLE_TEXT, Spent};
use super::text::PatternCost;
use super::walk::{Argument, Unbounded, Walk};
use crate::check::typed::ExprId;
use crate::library::declaration::{Function, Receiver};
use crate::library::number::most_shift_steps;
use crate::library::{self, FunctionId};
use crate::machine::heap::OBJECT_TEXT_STEPS;
use crate::machine::search::most_steps;
use crate::types::{Stored, Type};

/// The longest text that a function of the date classes, a number or an identifier gives.
const SHORT_TEXT: u64 = 64;
/// An object of the library.
const OBJECT: Spent = Spent { steps: 16, bytes: 128 };

impl Walk<'_> {
    /// A call of one of the functions.
    pub(super) fn library_call(
        &mut self,
        candidates: &[FunctionId],
        arguments: &[Argument],
        at: ExprId,
    ) -> Result<Shape, Unbounded> {
        let before = self.spent;
        let mut most = before;
        let mut shape = Shape::default();
        for &id in candidates {
            let Some(function) = library::function(id) else {
                continue;
            };
            // What a function of a class was reached through is not taken.
            let through = matches!(function.receiver, Receiver::Through { .. });
            let arguments = arguments.get(usize::from(through)..).unwrap_or_default();
            shape = shape.or(self.function(id, function, arguments, at)?);
            most = most.or(self.spent);
            self.spent = before;
        }
        self.spent = most;
        Ok(shape)
    }

    fn function(
        &mut self,
        id: FunctionId,
        function: &Function,
        arguments: &[Argument],
        at: ExprId,
    ) -> Result<Shape, Unbounded> {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        let (first, second) = (self.size_of(shape(0)), self.size_of(shape(1)));
        let receiver = match function.receiver {
            Receiver::Instance(ty) => ty.name(),
            Receiver::Static(class)
            | Receiver::Constructor(class)
            | Receiver::Constant(class)
            | Receiver::Through { class, .. } => class,
        };
        Ok(match (receiver, function.name) {
            ("STRING", "length") => {
                self.charge(Spent::work(first));
                Shape::long(Number::at_most(first))
            }
            ("STRING", "startsWith" | "endsWith") => {
                self.charge(Spent::work(first.min(second)));
                Shape::default()
            }
            ("STRING", "contains") => {
                self.charge(Spent::steps(most_steps(first, second)));
                Shape::default()
            }
            ("STRING", "lastIndexOf") => {
                // The position is counted.
                self.charge(Spent::work(first).plus(Spent::steps(most_steps(first, second))));
                Shape::long(Number::range(-1, i128::from(first)))
            }
            ("STRING", "compareTo") => {
                self.charge(Spent::work(first.min(second).saturating_add(first.max(second))).plus(Spent::steps(2)));
                Shape::long(Number::ANY)
            }
            ("STRING", "equals") => {
                self.charge(Spent::work(first.min(second)));
                Shape::default()
            }
            ("STRING", "toUpperCase") => self.mapped(first, 3, 1),
            // A sigma looks at its neighbours.
            ("STRING", "toLowerCase") => self.mapped(first, 2, first.saturating_mul(8)),
            ("STRING" | "String", "escape") => {
                let bytes = first;
                self.charge(Spent::steps(bytes.saturating_mul(2).saturating_add(bytes / 8)));
                self.built(
                    bytes.saturating_mul(2),
                    bytes.saturating_mul(2).saturating_add(bytes / 2_048 + 1),
                )
            }
            ("STRING", "trim") => {
                self.charge(Spent::steps(first.saturating_add(2)).plus(Spent::text(first)));
                Shape::sized(shape(0).size)
            }
            ("STRING", "substring") => {
                // Both positions, and the length where one is wrong.
                self.charge(Spent::work(first.saturating_mul(3)).plus(Spent::text(first)));
                Shape::sized(shape(0).size)
            }
            ("STRING", "replace") => self.replaced(arguments),
            ("STRING", "split") => self.split(arguments, at)?,
            ("STRING", "replaceAll") => self.replaced_all(arguments, at)?,
            ("String", "format") => self.formatted(arguments),
            ("String", "join") => self.join(function, arguments),
            ("String", "valueOf" | "String") => match arguments.first() {
                Some(argument) if argument.ty != Type::String => self.text_of(argument.ty, argument.shape),
                Some(argument) => argument.shape,
                None => self.text(0),
            },
            ("Arrays", "asList") => shape(0),
            ("Map", _) => {
                self.charge(Spent::bytes(256));
                self.made(at, Number::default())
            }
            ("MAP", "containsKey") => {
                self.charge(Spent::work(second));
                Shape::default()
            }
            ("MAP", "size") => Shape::long(Number::at_most(self.entries(shape(0).from))),
            ("MAP", "put") => {
                let map = shape(0).from;
                self.store(map, Shape::sized(shape(1).size));
                self.store(map, shape(2));
                self.put(map);
                self.charge(Spent::work(second));
                self.charge(Spent::bytes(128));
                self.stored(map)
            }
            ("MAP", "get" | "getOrDefault") => {
                self.charge(Spent::work(second));
                // A value of a host's map is taken in each time.
                self.charge(Spent { steps: 1, bytes: 64 });
                self.stored(shape(0).from).or(shape(2))
            }
            ("Math", "min") if function.result == Type::Long => {
                Shape::long(shape(0).long.by_corners(shape(1).long, i128::min))
            }
            ("Math", "max") if function.result == Type::Long => {
                Shape::long(shape(0).long.by_corners(shape(1).long, i128::max))
            }
            _ => self.other(id, function, arguments, at),
        })
    }

    /// Functions of numbers, dates and identifiers.
    fn other(&mut self, id: FunctionId, function: &Function, arguments: &[Argument], at: ExprId) -> Shape {
        self.texts_read(arguments, if library::is_date_class(id) { 2 } else { 4 });
        let size = |index: usize| arguments.get(index).map_or(0, |argument| self.size_of(argument.shape));
        match function.name {
            "dateIntsBetween" | "intsBetween" => {
                self.read(function.name);
                return self.between(arguments, at);
            }
            "forPattern" => {
                let cost = arguments.first().map(|argument| self.pattern_cost(argument));
                self.compiled(arguments.first());
                self.charge(OBJECT);
                return Shape::sized(Number::at_most(cost.map_or(0, PatternCost::most)));
            }
            "withZone" => {
                self.charge(OBJECT);
                return arguments.first().map_or(Shape::default(), |argument| argument.shape);
            }
            "toString" if arguments.len() == 2 => {
                let cost = arguments.get(1).map(|argument| self.pattern_cost(argument));
                self.compiled(arguments.get(1));
                return self.dated(cost.unwrap_or(PatternCost::all(0)));
            }
            "toString" if function.receiver == Receiver::Instance(Type::Uuid) => {
                self.charge(Spent::steps(OBJECT_TEXT_STEPS));
            }
            "print" => return self.dated(PatternCost::all(size(0))),
            "parse" | "parseDateTime" | "parseMillis" => {
                let steps = size(usize::from(function.name == "parse"));
                self.charge(Spent {
                    steps,
                    // The fields, of which each costs a step.
                    bytes: steps.saturating_mul(32),
                });
                self.read(function.name);
                self.zone(None);
            }
            "forID" => self.zone(arguments.first()),
            "dateIntHourToTs" => {
                self.read(function.name);
                self.zone(arguments.get(2));
            }
            "DateTime" => {
                if arguments.first().is_some_and(is_text) {
                    self.read(function.name);
                }
            }
            name => self.read(name),
        }
        match function.result.stored() {
            Stored::Double => {
                let text = arguments.iter().filter(|argument| is_text(argument));
                let bytes = text.map(|argument| self.size_of(argument.shape)).max().unwrap_or(0);
                // A hexadecimal number is read slower, and any that has no number is taken for one with many digits.
                self.charge(Spent::steps((bytes / 4).saturating_add(most_shift_steps(bytes))));
                Shape::long(Number::ANY)
            }
            Stored::Long | Stored::Boolean => Shape::long(Number::ANY),
            Stored::Text => {
                self.charge(DOUBLE_TEXT);
                self.text(SHORT_TEXT)
            }
            Stored::Unknown | Stored::Nothing | Stored::Null | Stored::Elements(_) | Stored::Map | Stored::Object => {
                self.charge(OBJECT);
                Shape::default()
            }
        }
    }

    /// The texts that dates and numbers are read from.
    fn texts_read(&mut self, arguments: &[Argument], bytes_per_step: u64) {
        for argument in arguments {
            if is_text(argument) {
                self.charge(Spent::steps(self.size_of(argument.shape) / bytes_per_step));
            }
        }
    }

    /// What a function of the date classes finds in the texts it reads.
    #[cfg(feature = "datetime")]
    fn read(&mut self, name: &str) {
        use crate::library::joda::{DATE_INT_STEPS, ISO_STEPS, PERIOD_STEPS};
        self.charge(Spent::steps(match name {
            "DateTime" => ISO_STEPS,
            "parse" | "parseDateTime" | "parseMillis" => DATE_INT_STEPS,
            "dateIntToTs" | "incrementDateInt" | "dateIntHourToTs" => DATE_INT_STEPS,
            "dateIntsBetween" => 2 * DATE_INT_STEPS,
            "timeoutForDateTimeDeadline" => PERIOD_STEPS,
            "timeoutForDateIntDeadline" => DATE_INT_STEPS + PERIOD_STEPS,
            _ => 0,
        }));
    }

    #[cfg(not(feature = "datetime"))]
    fn read(&mut self, _: &str) {}

    /// Looking a time zone up, where that was not done before the run.
    fn zone(&mut self, id: Option<&Argument>) {
        #[cfg(feature = "datetime")]
        if self.is_prepared::<crate::library::joda::Zone>(id) {
            return;
        }
        let _ = id;
        #[cfg(feature = "datetime")]
        self.charge(Spent {
            steps: crate::library::joda::Zone::MOST_STEPS,
            bytes: crate::library::joda::Zone::MOST_BYTES,
        });
    }

    /// Compiling a date pattern, where that was not done before the run.
    fn compiled(&mut self, pattern: Option<&Argument>) {
        #[cfg(feature = "datetime")]
        if self.is_prepared::<crate::library::joda::Pattern>(pattern) {
            return;
        }
        let bytes = pattern.map_or(0, |pattern| self.size_of(pattern.shape));
        self.charge(Spent {
            steps: bytes.saturating_mul(3).saturating_add(32),
            bytes: bytes.saturating_mul(96).saturating_add(256),
        });
    }

    #[cfg(feature = "datetime")]
    fn is_prepared<T: std::any::Any + Send + Sync>(&self, argument: Option<&Argument>) -> bool {
        let Some(text) = argument.and_then(|argument| argument.text) else {
            return false;
        };
        let mut prepared = self.tree.prepared.iter().filter(|(of, _)| *of == text.0);
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

    /// A new text of at most so many bytes.
    pub(super) fn text(&mut self, bytes: u64) -> Shape {
        self.charge(Spent::text(bytes));
        Shape::sized(Number::at_most(bytes))
    }

    /// The text of a value that is none.
    fn text_of(&mut self, ty: Type, shape: Shape) -> Shape {
        let (bytes, spent) = self.printed(ty, shape);
        self.charge(spent);
        self.text(bytes)
    }
}

/// Whether an argument may be a text.
fn is_text(argument: &Argument) -> bool {
    matches!(argument.ty, Type::String | Type::Any)
}
