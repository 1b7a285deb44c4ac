//! What library functions charge beside their fixed steps, and what they give.

use super::number::{Number, Shape};
use super::spent::{DOUBLE_TEXT, Spent};
use super::walk::{Argument, Unbounded, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::Bound;
use crate::library::declaration::{Function, Receiver};
use crate::library::number::most_shift_steps;
use crate::library::{self, FunctionId};
use crate::machine::heap::{KEY_STEPS, OBJECT_TEXT_STEPS};
use crate::machine::search::most_steps;
use crate::types::{Stored, Type};

/// The longest text that a function of the date classes, a number or an identifier gives.
pub(super) const SHORT_TEXT: u64 = 64;
/// How many bytes of a text are read in a step, and of one that dates are read from.
const BYTES_PER_STEP: u64 = 4;
pub(super) const DATE_BYTES_PER_STEP: u64 = 2;
/// An object of the library.
pub(super) const OBJECT: Spent = Spent { steps: 16, bytes: 128 };

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
        Ok(match function.bound {
            Bound::Length => {
                self.charge(Spent::work(first));
                Shape::long(Number::at_most(first))
            }
            Bound::Shorter => {
                self.charge(Spent::work(first.min(second)));
                Shape::default()
            }
            Bound::Contains => {
                self.charge(Spent::steps(most_steps(first, second)));
                Shape::default()
            }
            Bound::LastPosition => {
                // The position is counted.
                self.charge(Spent::work(first).plus(Spent::steps(most_steps(first, second))));
                Shape::long(Number::range(-1, i128::from(first)))
            }
            Bound::Order => {
                self.charge(Spent::work(first.min(second).saturating_add(first.max(second))).plus(Spent::steps(2)));
                Shape::long(Number::ANY)
            }
            Bound::UpperCase => self.mapped(first, 3, 1),
            // A sigma looks at its neighbours.
            Bound::LowerCase => self.mapped(first, 2, first.saturating_mul(8)),
            Bound::Escaped => {
                // `String.escape` makes a text of null.
                let bytes = first.max("null".len() as u64);
                self.charge(Spent::steps(bytes.saturating_mul(2).saturating_add(bytes / 8)));
                self.built(
                    bytes.saturating_mul(2),
                    bytes.saturating_mul(2).saturating_add(bytes / 2_048 + 1),
                )
            }
            Bound::Trimmed => {
                self.charge(Spent::steps(first.saturating_add(2)).plus(Spent::text(first)));
                Shape::sized(shape(0).size)
            }
            Bound::Part => {
                // Both positions, and the length where one is wrong.
                self.charge(Spent::work(first.saturating_mul(3)).plus(Spent::text(first)));
                Shape::sized(shape(0).size)
            }
            Bound::Text(bound) => self.text_call(bound, arguments, at)?,
            Bound::Replaced => self.replaced(arguments),
            Bound::Split => self.split(arguments, at)?,
            Bound::ReplacedAll => self.replaced_all(arguments, at)?,
            Bound::Formatted => self.formatted(arguments),
            Bound::Joined => self.join(function, arguments),
            Bound::TextOf => match arguments.first() {
                Some(argument) if argument.ty != Type::String => self.text_of(argument.ty, argument.shape),
                Some(argument) => argument.shape,
                None => self.text(0),
            },
            Bound::Same => shape(0),
            Bound::NewMap => {
                self.charge(Spent::bytes(256));
                self.made(at, Number::default())
            }
            Bound::HasKey => {
                self.charge(Spent::work(second));
                Shape::default()
            }
            Bound::Keys => self.keys(shape(0), at),
            Bound::Entries => Shape::long(Number::at_most(self.entries(shape(0).from))),
            Bound::Put => {
                let map = shape(0).from;
                self.store(map, Shape::sized(shape(1).size));
                self.store(map, shape(2));
                self.put(map);
                self.charge(Spent::work(second));
                self.charge(Spent::bytes(128));
                self.stored(map)
            }
            Bound::Get => {
                self.charge(Spent::work(second));
                // A value of a host's map is taken in each time.
                self.charge(Spent { steps: 1, bytes: 64 });
                self.stored(shape(0).from).or(shape(2))
            }
            Bound::Map(bound) => self.map_call(bound, arguments, at),
            Bound::Smaller => Shape::long(shape(0).long.by_corners(shape(1).long, i128::min)),
            Bound::Larger => Shape::long(shape(0).long.by_corners(shape(1).long, i128::max)),
            Bound::Data(bound) => self.data_call(bound, arguments, at),
            Bound::Math(bound) => self.math_call(bound, arguments),
            Bound::Inline(bound) => self.inline_call(bound, arguments, at),
            Bound::Sequence(bound) => self.sequence_call((function, bound), arguments, at),
            Bound::Syntax(bound) => self.syntax_call(bound, arguments, at)?,
            Bound::ObjectText => {
                self.charge(Spent::steps(OBJECT_TEXT_STEPS));
                self.plain(id, function, arguments)
            }
            Bound::Fixed => self.plain(id, function, arguments),
            #[cfg(feature = "datetime")]
            Bound::Date(bound) => self.date_call((function, bound), arguments, at),
        })
    }

    /// An array of a map's keys.
    fn keys(&mut self, map: Shape, at: ExprId) -> Shape {
        let keys = self.entries(map.from);
        self.charge(Spent {
            steps: keys.saturating_mul(KEY_STEPS).saturating_add(keys / 4),
            bytes: keys.saturating_mul(4).saturating_add(64),
        });
        let array = self.made(at, Number::at_most(keys));
        self.store(array.from, self.stored(map.from));
        array
    }

    /// A function that reads its texts, and gives something of its type.
    fn plain(&mut self, id: FunctionId, function: &Function, arguments: &[Argument]) -> Shape {
        let bytes_per_step = match library::is_date_class(id) {
            true => DATE_BYTES_PER_STEP,
            false => BYTES_PER_STEP,
        };
        self.texts_read(arguments, bytes_per_step);
        self.given(function, arguments)
    }

    /// What is given of a type.
    pub(super) fn given(&mut self, function: &Function, arguments: &[Argument]) -> Shape {
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
    pub(super) fn texts_read(&mut self, arguments: &[Argument], bytes_per_step: u64) {
        for argument in arguments {
            if is_text(argument) {
                self.charge(Spent::steps(self.size_of(argument.shape) / bytes_per_step));
            }
        }
    }

    /// A new text of at most so many bytes.
    pub(super) fn text(&mut self, bytes: u64) -> Shape {
        self.charge(Spent::text(bytes));
        Shape::sized(Number::at_most(bytes))
    }

    /// The text of a value that is not one.
    fn text_of(&mut self, ty: Type, shape: Shape) -> Shape {
        let (bytes, spent) = self.printed(ty, shape);
        self.charge(spent);
        self.text(bytes)
    }
}

/// Whether an argument may be a text.
pub(super) fn is_text(argument: &Argument) -> bool {
    matches!(argument.ty, Type::String | Type::Any)
}
