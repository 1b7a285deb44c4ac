//! The shape of what has one of two shapes.

use std::sync::Arc;

use super::table::{Key, Part, Shape, Shapes};
use crate::types::Type;

/// How many parts are joined for one answer: what is behind is any value.
const MOST: u32 = 64;

impl Shapes {
    /// The narrowest shape that both fit, as far as it is looked for.
    pub(crate) fn join(&mut self, one: Shape, other: Shape) -> Shape {
        let mut most = MOST;
        self.joined(one, other, &mut most)
    }

    fn joined(&mut self, one: Shape, other: Shape, most: &mut u32) -> Shape {
        if one == other {
            return one;
        }
        *most = most.saturating_sub(1);
        if *most == 0 {
            return self.any();
        }
        match (self.part(one).clone(), self.part(other).clone()) {
            (Part::Nullable(one), Part::Nullable(other)) => {
                let both = self.joined(one, other, most);
                self.nullable(both)
            }
            (Part::Nullable(nullable), _) => {
                let both = self.joined(nullable, other, most);
                self.nullable(both)
            }
            (_, Part::Nullable(nullable)) => {
                let both = self.joined(one, nullable, most);
                self.nullable(both)
            }
            (Part::Of(Type::Long), Part::Of(Type::Double)) => other,
            (Part::Of(Type::Double), Part::Of(Type::Long)) => one,
            (Part::List(one), Part::List(other)) => {
                let element = self.joined(one, other, most);
                self.list(element)
            }
            (
                Part::Map { keys, rest },
                Part::Map {
                    keys: others,
                    rest: other,
                },
            ) => self.joined_maps((&keys, rest), (&others, other), most),
            (Part::Of(_), Part::Of(_) | Part::List(_) | Part::Map { .. })
            | (Part::List(_), Part::Of(_) | Part::Map { .. })
            | (Part::Map { .. }, Part::Of(_) | Part::List(_)) => self.any(),
        }
    }

    /// A key that only one of them has may be absent: it is null then.
    fn joined_maps(
        &mut self,
        (keys, rest): (&[Key], Option<Shape>),
        (others, other): (&[Key], Option<Shape>),
        most: &mut u32,
    ) -> Shape {
        let mut all = Vec::with_capacity(keys.len().max(others.len()));
        for key in keys {
            let same = others.iter().find(|other| other.name == key.name);
            let held = match same.map(|same| same.shape).or(other) {
                Some(same) => self.joined(key.shape, same, most),
                None => key.shape,
            };
            let shape = match same {
                Some(_) => held,
                None => self.nullable(held),
            };
            all.push(Key {
                name: Arc::clone(&key.name),
                shape,
            });
        }
        for key in others
            .iter()
            .filter(|key| keys.iter().all(|known| known.name != key.name))
        {
            let held = match rest {
                Some(rest) => self.joined(key.shape, rest, most),
                None => key.shape,
            };
            let shape = self.nullable(held);
            all.push(Key {
                name: Arc::clone(&key.name),
                shape,
            });
        }
        let rest = match (rest, other) {
            (Some(rest), Some(other)) => Some(self.joined(rest, other, most)),
            (rest, other) => rest.or(other),
        };
        self.map(all, rest)
    }
}
