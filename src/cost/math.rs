//! What functions of numbers give.

use super::number::{Number, Shape};
use super::spent::Spent;
use super::walk::{Argument, Walk};
use crate::library::bound::MathBound;
use crate::machine::double::MAX_REMAINDER_STEPS;

impl Walk<'_> {
    /// A function of numbers.
    pub(super) fn math_call(&mut self, bound: MathBound, arguments: &[Argument]) -> Shape {
        let long = |index: usize| arguments.get(index).map_or(Number::ANY, |argument| argument.shape.long);
        Shape::long(match bound {
            MathBound::Number => Number::ANY,
            MathBound::Within(low, high) => Number::range(i128::from(low), i128::from(high)),
            MathBound::Absolute => long(0).absolute(),
            MathBound::Clamped => {
                let number = long(0).known().map_or(Number::ANY, |_| long(0));
                let at_least = number.by_corners(long(1), i128::max);
                at_least.by_corners(long(2), i128::min)
            }
            MathBound::FloorQuotient => long(0).floor_quotient(long(1)),
            MathBound::FloorRemainder => long(1).floor_remainders(),
            MathBound::DoubleRemainder => {
                self.charge(Spent::steps(MAX_REMAINDER_STEPS));
                Number::ANY
            }
            // What does not fit is an error.
            MathBound::Sum => long(0).plus(long(1)),
            MathBound::Difference => long(0).minus(long(1)),
            MathBound::Product => long(0).by_corners(long(1), i128::saturating_mul),
        })
    }
}
