//! What is known of the insides of values while a program is checked: shapes, where they came from, and what is not null.

use std::hash::BuildHasher;
use std::sync::Arc;

use super::tables::{HashMap, HashState};
use super::typed::VariableId;
use crate::shape::{Shape, Shapes};
use crate::source::Span;
use crate::syntax::ast::Symbol;

/// What is inside a value, and where that came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shaped {
    pub(super) shape: Shape,
    pub(super) path: Path,
}

/// A place in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Path(pub(super) u32);

/// The same, as it is told from another place.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Parameter(Arc<str>),
    /// What a part of the program gives.
    Code(Span),
    Key(Path, Arc<str>),
    Element(Path),
}

/// What is known while a pass follows shapes; `None` if the schema has none.
#[derive(Debug, Default)]
pub(super) struct Following {
    pub(super) table: Shapes,
    pub(super) places: Vec<Place>,
    pub(super) variables: HashMap<VariableId, Shaped>,
    pub(super) parameters: HashMap<Arc<str>, Shaped>,
    pub(super) narrowed: Narrowed,
    /// What the lambda that was checked last gives.
    pub(super) given: Option<Shape>,
    /// Whether the program puts into maps: what it makes itself may hold anything then.
    puts: bool,
}

impl Following {
    /// Nothing known yet of a program that uses these names.
    pub(super) fn new<'n>(mut names: impl Iterator<Item = &'n str>) -> Self {
        Self {
            puts: names.any(|name| matches!(name, "put" | "putAll")),
            ..Self::default()
        }
    }

    /// Whether maps that the program makes keep what they were made of.
    pub(super) const fn keeps_maps(&self) -> bool {
        !self.puts
    }

    pub(super) fn place(&mut self, place: Place) -> Path {
        self.places.push(place);
        Path(self.places.len() as u32 - 1)
    }

    pub(super) fn element_of(&mut self, path: Path) -> Path {
        self.place(Place::Element(path))
    }

    pub(super) fn key_of(&mut self, path: Path, key: &str) -> Path {
        self.place(Place::Key(path, key.into()))
    }

    pub(super) fn made_at(&mut self, span: Span) -> Path {
        self.place(Place::Code(span))
    }
}

/// What was read, told by a name and the steps behind it.
pub(super) type Read = u64;

/// What is known not to be null.
#[derive(Debug, Default)]
pub(super) struct Narrowed {
    known: HashMap<Read, u32>,
    log: Vec<Read>,
    /// How often each name was set: what was known of it before is so no longer.
    versions: HashMap<Symbol, u32>,
    hashing: HashState,
}

impl Narrowed {
    pub(super) fn mark(&self) -> usize {
        self.log.len()
    }

    pub(super) fn learn(&mut self, read: Read) {
        self.log.push(read);
        *self.known.entry(read).or_default() += 1;
    }

    /// What was learned since a mark, and holds.
    pub(super) fn since(&self, mark: usize) -> &[Read] {
        self.log.get(mark..).unwrap_or(&[])
    }

    /// Forgets what was learned since a mark.
    pub(super) fn forget(&mut self, mark: usize) {
        for read in self.log.drain(mark.min(self.log.len())..) {
            if let Some(times) = self.known.get_mut(&read) {
                *times = times.saturating_sub(1);
            }
        }
    }

    /// A name is set to something else.
    pub(super) fn set(&mut self, name: Symbol) {
        *self.versions.entry(name).or_default() += 1;
    }

    /// A name stands for something else, until it is restored.
    pub(super) fn shadow(&mut self, name: Symbol) -> u32 {
        let version = self.versions.entry(name).or_default();
        let before = *version;
        *version += 1;
        before
    }

    /// A name stands for what it stood for before: what was learned meanwhile is forgotten.
    pub(super) fn restore(&mut self, name: Symbol, before: u32) {
        self.versions.insert(name, before);
    }

    pub(super) fn is_known(&self, read: Read) -> bool {
        self.known.get(&read).is_some_and(|times| *times > 0)
    }

    pub(super) fn name(&self, name: Symbol) -> Read {
        let version = self.versions.get(&name).copied().unwrap_or(0);
        self.hashing.hash_one((name.index(), version))
    }

    pub(super) fn step(&self, read: Read, tag: u8, step: impl std::hash::Hash) -> Read {
        self.hashing.hash_one((read, tag, step))
    }

    /// That there is what is read, which may be null.
    pub(super) fn presence(&self, read: Read) -> Read {
        self.step(read, 3, ())
    }
}
