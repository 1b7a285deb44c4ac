//! The functions that make texts in pieces: patterns, replacements, formats, joins.

use std::sync::Arc;

use super::number::{Number, Shape};
use super::spent::Spent;
use super::walk::{Argument, Unbounded, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::TextBound;
use crate::library::declaration::Function;
use crate::library::java::format::format_max_bytes;
use crate::library::java::look::LINE_END_STEPS;
use crate::library::java::regex::{Pattern, SearchBound, literal_separator, template_max_bytes};
use crate::library::number::most_shift_steps;
use crate::library::string::Whole;
use crate::machine::prepared::Prepared;
use crate::machine::search::most_steps;
use crate::types::Type;

/// The most characters that a conversion of `String.format` makes beside its value's text, its width and its precision.
const CONVERSION_BYTES: u64 = 640;

impl Walk<'_> {
    /// A function of texts, beyond SEL.
    pub(super) fn text_call(
        &mut self,
        bound: TextBound,
        arguments: &[Argument],
        at: ExprId,
    ) -> Result<Shape, Unbounded> {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        let (first, second) = (self.size_of(shape(0)), self.size_of(shape(1)));
        Ok(match bound {
            TextBound::Double => {
                self.charge(Spent::steps((first / 4).saturating_add(most_shift_steps(first))));
                Shape::ANY
            }
            TextBound::FirstPosition => {
                // The first position that counts, and the one that is found.
                let counted = Spent::work(first.saturating_mul(2));
                self.charge(counted.plus(Spent::steps(most_steps(first, second))));
                Shape::long(Number::range(-1, i128::from(first)))
            }
            TextBound::Blank => {
                self.charge(Spent::steps(first.saturating_add(1)));
                Shape::default()
            }
            TextBound::Folded => {
                // A character beyond ASCII has two bytes or more.
                self.charge(Spent::steps(first.min(second).saturating_mul(3).saturating_add(6)));
                Shape::default()
            }
            TextBound::Lines => self.lines(first, at),
            TextBound::Repeated => self.repeated(first, shape(1).long),
            TextBound::Padded => self.padded(first, shape(1).long),
            TextBound::Cut => {
                self.charge(Spent::work(first.min(second)).plus(Spent::text(first)));
                Shape::sized(shape(0).size)
            }
            TextBound::Matched => {
                self.matched(arguments, first, at)?;
                Shape::default()
            }
            TextBound::Found => {
                self.searched(arguments, first, at)?;
                // A group may be named by a text.
                let name = self.size_of(shape(2));
                self.charge(Spent::work(name).plus(Spent::text(first)));
                Shape::sized(shape(0).size)
            }
            TextBound::FoundAll => {
                self.searched(arguments, first, at)?;
                self.pieces(first, at)
            }
        })
    }

    /// A text that is built in so many pieces.
    pub(super) fn built(&mut self, bytes: u64, pieces: u64) -> Shape {
        let bytes = bytes.min(self.facts.limits.string_length);
        self.charge(Spent {
            steps: pieces.saturating_add(bytes / 16),
            bytes: bytes.saturating_mul(2),
        });
        self.text(bytes)
    }

    /// A text with its characters mapped, each byte to so many at most, and so many steps besides.
    pub(super) fn mapped(&mut self, bytes: u64, each: u64, steps: u64) -> Shape {
        // Four steps for 16 bytes, one for two characters beyond ASCII, and two for each of three bytes or more.
        let looked_up = (bytes / 2).saturating_add(bytes / 3 * 2 + 2);
        self.charge(Spent::steps(looked_up.saturating_add(steps)));
        let made = bytes.saturating_mul(each);
        self.built(made, made / 104 + bytes / 2_048 + 2)
    }

    /// `.replace(target, replacement)`
    pub(super) fn replaced(&mut self, arguments: &[Argument]) -> Shape {
        let size = |index: usize| arguments.get(index).map_or(0, |argument| self.size_of(argument.shape));
        let target = arguments.get(1).and_then(|argument| argument.text);
        let found = match target.map_or(0, |text| self.tree.text(text).len() as u64) {
            0 => size(0).saturating_add(1),
            length => size(0) / length,
        };
        let bytes = size(0).saturating_add(found.saturating_mul(size(2)));
        // An empty target is read character by character.
        self.charge(Spent::steps(
            most_steps(size(0), size(1)).saturating_add(3 * size(0) + 6),
        ));
        self.built(bytes, found.saturating_mul(2).saturating_add(1))
    }

    /// `.split(pattern)` and `.split(pattern, limit)`
    pub(super) fn split(&mut self, arguments: &[Argument], at: ExprId) -> Result<Shape, Unbounded> {
        let bytes = arguments.first().map_or(0, |argument| self.size_of(argument.shape));
        let constant = arguments.get(1).and_then(|argument| argument.text);
        if constant.is_some_and(|text| literal_separator(self.tree.text(text)).is_some()) {
            // A look at all of it, and three steps for each separator, kept or not.
            self.charge(Spent::steps(bytes.saturating_mul(4)));
        } else {
            self.searched(arguments, bytes, at)?;
        }
        Ok(self.pieces(bytes, at))
    }

    /// `.lines()`
    fn lines(&mut self, bytes: u64, at: ExprId) -> Shape {
        self.charge(Spent::steps(
            (bytes / 8).saturating_add(bytes.saturating_mul(LINE_END_STEPS)),
        ));
        self.pieces(bytes, at)
    }

    /// An array of parts of a text.
    fn pieces(&mut self, bytes: u64, at: ExprId) -> Shape {
        let pieces = bytes.saturating_add(1).min(self.facts.limits.array_length);
        self.charge(Spent {
            steps: pieces
                .saturating_mul(2)
                .saturating_add(pieces / 4)
                .saturating_add(bytes / 16),
            bytes: pieces
                .saturating_mul(40 + 4 + 64)
                .saturating_add(64)
                .saturating_add(bytes),
        });
        let array = self.made(at, Number::at_most(pieces));
        self.store(array.from, Shape::sized(Number::at_most(bytes)));
        array
    }

    /// `.repeat(count)`
    fn repeated(&mut self, bytes: u64, count: Number) -> Shape {
        let count = count.most().min(self.facts.limits.string_length);
        self.built(bytes.saturating_mul(count), count)
    }

    /// `.padStart(length)` and `.padEnd(length)`, also with the character that fills.
    fn padded(&mut self, bytes: u64, length: Number) -> Shape {
        // The length is counted, and a character of one unit has three bytes at most.
        self.charge(Spent::work(bytes));
        let padding = length.most().saturating_mul(3);
        self.built(bytes.saturating_add(padding), 3)
    }

    /// `.matches(pattern)`
    fn matched(&mut self, arguments: &[Argument], bytes: u64, at: ExprId) -> Result<(), Unbounded> {
        let most = self.prepared_of::<Whole>(arguments, at)?.match_bound(bytes);
        self.searched_by(arguments, most);
        Ok(())
    }

    /// `.replaceAll(pattern, replacement)`
    pub(super) fn replaced_all(&mut self, arguments: &[Argument], at: ExprId) -> Result<Shape, Unbounded> {
        let size = |index: usize| arguments.get(index).map_or(0, |argument| self.size_of(argument.shape));
        let (bytes, template) = (size(0), size(2));
        let constant = arguments.get(2).and_then(|argument| argument.text);
        let groups = constant.map_or(template, |text| self.tree.text(text).matches('$').count() as u64);
        let parts = constant.map_or(template, |text| {
            self.tree.text(text).matches(['$', '\\']).count() as u64
        });
        let parts = parts.saturating_mul(2).saturating_add(1);
        self.searched(arguments, bytes, at)?;
        let found = bytes.saturating_add(1);
        self.charge(Spent {
            steps: template / 16,
            bytes: template_max_bytes(template as usize) as u64,
        });
        // The parts are charged where they are read, and half as much for each match.
        self.charge(Spent::steps(found.saturating_mul(parts / 2).saturating_add(parts)));
        let each = template.saturating_add(groups.saturating_mul(bytes));
        let made = bytes.saturating_add(found.saturating_mul(each));
        let pieces = found.saturating_mul(parts.saturating_add(1)).saturating_add(1);
        // A piece takes three steps.
        Ok(self.built(made, pieces.saturating_mul(3)))
    }

    /// Looking for all matches of a pattern in a text.
    fn searched(&mut self, arguments: &[Argument], bytes: u64, at: ExprId) -> Result<(), Unbounded> {
        let most = self.prepared_of::<Pattern>(arguments, at)?.search_bound(bytes);
        self.searched_by(arguments, most);
        Ok(())
    }

    /// The pattern that a constant argument was prepared as.
    fn prepared_of<P: Send + Sync + 'static>(&self, arguments: &[Argument], at: ExprId) -> Result<Arc<P>, Unbounded> {
        let constant = arguments.get(1).and_then(|argument| argument.text);
        let of_constant = |prepared: &&(u32, Prepared)| constant.is_some_and(|text| text.number() == prepared.0);
        let mut prepared = self.tree.prepared.iter().filter(of_constant);
        let found = prepared.find_map(|(_, prepared)| prepared.downcast::<P>());
        found.ok_or_else(|| Unbounded {
            span: self.tree.expr(at).span,
            reason: "the regular expression is not a constant, or too large to be compiled before the run".to_owned(),
        })
    }

    fn searched_by(&mut self, arguments: &[Argument], most: SearchBound) {
        let constant = arguments.get(1).and_then(|argument| argument.text);
        self.charge(Spent::steps(most.steps));
        if let Some(text) = constant
            && !self.probing
            && self.patterns.insert(text.number())
        {
            self.spent = self.spent.plus(Spent::bytes(most.bytes));
        }
    }

    /// `String.format(format, …)`
    pub(super) fn formatted(&mut self, arguments: &[Argument]) -> Shape {
        let Some((format, values)) = arguments.split_first() else {
            return self.text(0);
        };
        let mut widest = 26;
        for value in values {
            let (bytes, spent) = self.printed(value.ty, value.shape);
            self.charge(spent.plus(Spent { steps: 8, bytes: 64 }));
            widest = widest.max(bytes);
        }
        let length = self.size_of(format.shape);
        self.charge(Spent {
            steps: length.saturating_mul(4),
            bytes: format_max_bytes(length as usize) as u64,
        });
        // Cutting a text, measuring and writing its upper case: at most four steps a byte; a DOUBLE takes fewer than 64.
        let conversion = widest.saturating_mul(4).saturating_add(64);
        let limit = self.facts.limits.string_length;
        let Some(text) = format.text else {
            self.charge(Spent::steps(conversion.saturating_mul(length / 2)));
            return self.built(limit, length.saturating_mul(16).saturating_add(16));
        };
        let text = self.tree.text(text);
        let conversions = text.matches('%').count() as u64;
        self.charge(Spent::steps(conversion.saturating_mul(conversions)));
        let numbers = text.split(|character: char| !character.is_ascii_digit());
        let padding = numbers
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().unwrap_or(limit));
        let padding = padding.fold(0, u64::saturating_add).saturating_mul(2);
        let each = widest.saturating_mul(3).max(CONVERSION_BYTES);
        let bytes = length
            .saturating_add(conversions.saturating_mul(each))
            .saturating_add(padding);
        self.built(
            bytes,
            conversions.saturating_mul(16).saturating_add(length).saturating_add(1),
        )
    }

    /// `String.join(separator, array)` and `String.join(separator, texts, …)`
    pub(super) fn join(&mut self, function: &Function, arguments: &[Argument]) -> Shape {
        let Some((separator, texts)) = arguments.split_first() else {
            return self.text(0);
        };
        let separator = self.size_of(separator.shape);
        if function.variadic {
            let bytes = texts
                .iter()
                .map(|text| self.size_of(text.shape).max(4).saturating_add(separator));
            let bytes = bytes.fold(0, u64::saturating_add);
            let count = texts.len() as u64;
            self.charge(Spent::steps(count * 8));
            return self.built(bytes, count * 2);
        }
        let Some(array) = texts.first() else {
            return self.text(0);
        };
        let count = self.size_of(array.shape);
        let element = array.ty.element().unwrap_or(Type::Any);
        let stored = self.stored(array.shape.from);
        let (each, spent) = self.printed(element, stored);
        let made = if element == Type::String {
            Spent::text(4)
        } else {
            Spent::text(each).plus(Spent::bytes(64))
        };
        self.charge(spent.plus(made).plus(Spent::steps(8)).times(count));
        let bytes = count.saturating_mul(each.saturating_add(separator));
        self.built(bytes, count.saturating_mul(2))
    }
}
