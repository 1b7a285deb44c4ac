//! What expressions beyond SEL charge and give.

use super::number::{Number, Shape};
use super::spent::Spent;
use super::walk::{Argument, Unbounded, Walk};
use crate::check::typed::ExprId;
use crate::library::bound::SyntaxBound;
use crate::library::syntax::{ABSENT_KEY_STEPS, ENTRY_STEPS};

impl Walk<'_> {
    pub(super) fn syntax_call(
        &mut self,
        bound: SyntaxBound,
        arguments: &[Argument],
        at: ExprId,
    ) -> Result<Shape, Unbounded> {
        let shape = |index: usize| arguments.get(index).map_or(Shape::default(), |argument| argument.shape);
        Ok(match bound {
            SyntaxBound::List => self.list(arguments, at),
            SyntaxBound::Map => self.map(arguments, at),
            SyntaxBound::InList => {
                self.looked_through(shape(1));
                Shape::default()
            }
            SyntaxBound::Same => {
                self.looked_through(shape(0));
                Shape::default()
            }
            SyntaxBound::InMap => {
                self.charge(Spent::work(self.size_of(shape(0))));
                Shape::default()
            }
            SyntaxBound::Entry => {
                self.charge(Spent::steps(ABSENT_KEY_STEPS));
                self.entry(shape(0), shape(1))
            }
            SyntaxBound::MaybeEntry => self.entry(shape(0), shape(1)),
        })
    }

    fn entry(&mut self, map: Shape, key: Shape) -> Shape {
        self.charge(Spent::work(self.size_of(key)));
        // A value of a host's map is taken in each time.
        self.charge(Spent { steps: 1, bytes: 64 });
        self.stored(map.from)
    }

    /// A value is compared with all that an array or list holds.
    fn looked_through(&mut self, list: Shape) {
        let count = self.size_of(list).max(self.entries(list.from));
        let spent = self.sought(count, list);
        // A text in a list of the host's is taken in each time.
        self.charge(spent.plus(Spent::bytes(count.saturating_mul(64))));
    }

    /// `[a, b]`
    fn list(&mut self, elements: &[Argument], at: ExprId) -> Shape {
        let length = elements.len() as u64;
        self.charge(Spent {
            steps: length * 3 + 1,
            bytes: length * 32 + 64,
        });
        let list = self.made(at, Number::at_most(length));
        for element in elements {
            self.store(list.from, element.shape);
        }
        Shape {
            long: Number::ANY,
            ..list
        }
    }

    /// `{a: 1}`
    fn map(&mut self, entries: &[Argument], at: ExprId) -> Shape {
        self.charge(Spent::bytes(256));
        let map = self.made(at, Number::default());
        for entry in entries.chunks_exact(2) {
            let [key, value] = entry else { continue };
            self.charge(Spent::work(self.size_of(key.shape)));
            self.charge(Spent {
                steps: ENTRY_STEPS,
                bytes: 128,
            });
            self.store(map.from, Shape::sized(key.shape.size));
            self.store(map.from, value.shape);
            self.put(map.from);
        }
        map
    }
}
