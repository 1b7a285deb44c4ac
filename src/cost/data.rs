//! What functions of data in texts charge and give.

#[cfg(feature = "data")]
use super::library::SHORT_TEXT;
use super::number::{Number, Shape};
use super::sizes::Size;
use super::spent::Spent;
use super::walk::{Argument, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::DataBound;
use crate::library::number::most_shift_steps;

impl Walk<'_> {
    /// A function of data in texts.
    pub(super) fn data_call(&mut self, bound: DataBound, arguments: &[Argument], at: ExprId) -> Shape {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        let first = self.size_of(shape(0));
        match bound {
            DataBound::JsonValue => self.json_value(first, at),
            DataBound::JsonText => self.json_text(arguments),
            #[cfg(feature = "data")]
            DataBound::Hash => {
                self.charge(Spent::steps(first / 2));
                self.text(SHORT_TEXT)
            }
            #[cfg(feature = "data")]
            DataBound::Bucket => {
                self.charge(Spent::steps(first / 2));
                Shape::long(shape(1).long.floor_remainders())
            }
            #[cfg(feature = "data")]
            DataBound::Base64 => {
                self.charge(Spent::steps(first / 4));
                self.built(first.div_ceil(3).saturating_mul(4), first / 96 + 1)
            }
            #[cfg(feature = "data")]
            DataBound::Url => {
                self.charge(Spent::steps(first / 4));
                self.built(first.saturating_mul(3), first.saturating_add(1))
            }
            #[cfg(feature = "data")]
            DataBound::Decoded => {
                self.charge(Spent {
                    steps: first / 2,
                    bytes: first,
                });
                self.text(first)
            }
        }
    }

    /// `Json.parse(text)`
    fn json_value(&mut self, bytes: u64, at: ExprId) -> Shape {
        // A value takes a byte at least, and what parts it from the next.
        let values = bytes / 2 + 1;
        // A key and its value; a number whose digits are shifted has twenty at least.
        let shifted = (bytes / 20).saturating_mul(most_shift_steps(21));
        self.charge(Spent {
            steps: (bytes / 4)
                .saturating_mul(3)
                .saturating_add(bytes)
                .saturating_add(shifted)
                .saturating_add(values.saturating_mul(4 + 4 + 8 + 8 + 2)),
            bytes: values
                .saturating_mul(64 + 40 + 40 + 256 + 128 + 64)
                .saturating_add(bytes.saturating_mul(2)),
        });
        let value = self.reply_of(at, Size::nested(values, bytes));
        Shape {
            long: Number::ANY,
            ..value
        }
    }

    /// `Json.text(value)`
    fn json_text(&mut self, arguments: &[Argument]) -> Shape {
        let Some(value) = arguments.first() else {
            return self.text(0);
        };
        let (bytes, spent) = self.printed(value.ty, value.shape);
        // What is escaped takes six bytes and two steps, and each text two quotes.
        let most = bytes.saturating_mul(7).saturating_add(2);
        self.charge(spent.times(2));
        self.charge(Spent::steps(bytes.saturating_mul(3).saturating_add(16)));
        self.built(most, bytes)
    }
}
