//! What library functions charge beside their fixed steps, and what they give.

use super::expression::Argument;
use super::number::{Number, Shape};
use super::spent::Spent;
use super::{Unbounded, Walk};
use crate::check::typed::ExprId;
use crate::library::declaration::{Function, Receiver};
use crate::library::{self, FunctionId};
use crate::types::Type;

/// The longest text that a function of the date classes, a number or an identifier gives.
const SHORT_TEXT: u64 = 128;
/// An object of the library.
const OBJECT_BYTES: u64 = 128;
/// Looking a time zone up.
const ZONE: Spent = Spent {
    steps: 400,
    bytes: 9 * 1024,
};

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
            for measured in function.cost.measured {
                let index = argument_at(function, measured.offset);
                if let Some(argument) = arguments.get(index) {
                    // A value of unknown type is measured by the type it has, or is refused.
                    let ty = if measured.ty == Type::Any {
                        argument.ty
                    } else {
                        measured.ty
                    };
                    self.charge(Spent::work(self.measure(ty, argument.shape)));
                }
            }
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
        let size = |index: usize| self.size_of(shape(index));
        let receiver = match function.receiver {
            Receiver::Instance(ty) => ty.name(),
            Receiver::Static(class) | Receiver::Constructor(class) | Receiver::Constant(class) => class,
        };
        Ok(match (receiver, function.name) {
            ("STRING", "length") => Shape::long(Number::at_most(size(0))),
            ("STRING", "lastIndexOf") => Shape::long(Number::range(-1, i128::from(size(0)))),
            ("STRING", "equals") => {
                self.charge(Spent::work(size(0).min(size(1))));
                Shape::default()
            }
            ("STRING", "toUpperCase") => self.mapped(size(0), 3),
            ("STRING", "toLowerCase") => self.mapped(size(0), 2),
            ("STRING" | "String", "escape") => {
                let bytes = size(0);
                self.built(bytes.saturating_mul(2), bytes.saturating_mul(2).saturating_add(1))
            }
            ("STRING", "trim" | "substring") => {
                let bytes = size(0);
                self.charge(Spent::bytes(bytes.saturating_add(64)));
                Shape::sized(Number::at_most(bytes))
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
            ("MAP", "size") => Shape::long(Number::at_most(self.entries(shape(0).from))),
            ("MAP", "put") => {
                let map = shape(0).from;
                self.store(map, Shape::sized(shape(1).size));
                self.store(map, shape(2));
                self.put(map);
                self.charge(Spent::bytes(128));
                self.stored(map)
            }
            ("MAP", "get" | "getOrDefault") => {
                // A text of a host's map is taken in each time.
                self.charge(Spent::bytes(64));
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
        let size = |index: usize| arguments.get(index).map_or(0, |argument| self.size_of(argument.shape));
        let pattern =
            |walk: &Self, index: usize| arguments.get(index).map_or(0, |argument| walk.pattern_cost(argument));
        match function.name {
            "dateIntsBetween" | "intsBetween" => {
                self.charge(Spent::work(size(0).saturating_add(size(1))).plus(Spent::text(20).times(2)));
                return self.between(arguments, at);
            }
            "forPattern" => {
                let cost = pattern(self, 0);
                self.charge(compiled(size(0)).plus(Spent::bytes(OBJECT_BYTES)));
                return Shape::sized(Number::at_most(cost));
            }
            "withZone" => {
                self.charge(Spent::bytes(OBJECT_BYTES));
                return arguments.first().map_or(Shape::default(), |argument| argument.shape);
            }
            "toString" if arguments.len() == 2 => {
                let cost = pattern(self, 1);
                self.charge(compiled(size(1)));
                return self.dated(cost);
            }
            "print" => {
                let cost = size(0);
                return self.dated(cost);
            }
            "parse" | "parseDateTime" | "parseMillis" => {
                let cost = size(usize::from(function.name == "parse"));
                self.charge(Spent {
                    steps: cost,
                    bytes: ZONE.bytes,
                });
            }
            "forID" | "dateIntHourToTs" => self.charge(ZONE),
            _ => {}
        }
        // Dates and numbers are read from texts, or their texts are made.
        let looked_at: u64 = arguments
            .iter()
            .map(|argument| self.size_of(argument.shape))
            .fold(0, u64::saturating_add);
        let is_date = library::is_date_class(id);
        if is_date {
            self.charge(Spent::steps(looked_at / 2).plus(Spent::text(20).times(arguments.len() as u64)));
        }
        match function.result {
            Type::Long | Type::Double | Type::Boolean => Shape::long(Number::ANY),
            Type::String => self.text(SHORT_TEXT),
            _ => {
                self.charge(Spent::bytes(OBJECT_BYTES));
                Shape::default()
            }
        }
    }

    /// A text that a date pattern prints.
    fn dated(&mut self, most: u64) -> Shape {
        self.charge(Spent {
            steps: most.saturating_add(most / 16),
            bytes: most.saturating_mul(2),
        });
        self.text(most)
    }

    /// Numbers from one to another.
    fn between(&mut self, arguments: &[Argument], at: ExprId) -> Shape {
        let known = |index: usize| arguments.get(index).and_then(|argument| argument.shape.long.known());
        let most = self.facts.limits.array_length;
        let count = match (known(0), known(1), known(2)) {
            (Some((from, _)), Some((_, to)), Some((step, _))) if step > 0 => {
                u64::try_from((to - from).max(0) / step + 2).unwrap_or(most).min(most)
            }
            _ => most,
        };
        self.charge(Spent {
            steps: count.saturating_mul(2).saturating_add(count / 2),
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

/// Compiling a date pattern.
fn compiled(bytes: u64) -> Spent {
    Spent {
        steps: bytes.saturating_add(16),
        bytes: bytes.saturating_mul(96).saturating_add(256),
    }
}

/// The argument whose bits begin at an offset: each of unknown type takes two places.
fn argument_at(function: &Function, offset: usize) -> usize {
    let mut at = 0;
    let mut index = 0;
    while at < offset {
        at += if function.argument_type(index) == Type::Any {
            2
        } else {
            1
        };
        index += 1;
    }
    index
}
