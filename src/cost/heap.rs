//! What arrays, maps and lists hold: one bound for all of them, whichever way they are reached. And what it costs to copy
//! values in, out, and into text.

use super::facts::Facts;
use super::sizes::Size;
use crate::check::typed::{Expr, ExprId, Kind, ParameterId, TypedTree};
use crate::library;
use crate::library::bound::{Bound, DataBound};
use crate::types::Type;

/// The origins that are told apart; all further ones share the last.
pub(super) const MAX_ORIGINS: usize = 64;

/// Where containers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The inputs that are reached by a computed name, and what is beyond the origins that are told apart.
    Others,
    Parameter(ParameterId),
    Made(ExprId),
}

/// What the containers of an origin hold at most, whichever way they are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) origin: Origin,
    /// The most bytes of a text or elements of an array that one holds.
    pub(super) stored: u64,
    /// Entries that are put into maps, all together.
    pub(super) puts: u64,
    /// Whether a container may be put into one, so that values may be reached on many ways.
    pub(super) nests: bool,
    /// The most values inside, and the most entries of one map, when it is made.
    pub(super) values: u64,
    pub(super) entries: u64,
}

/// What all containers of an evaluation hold at most.
#[derive(Clone, Debug)]
pub(super) struct Heap {
    pub(super) contents: Vec<Contents>,
    /// What no size passes.
    pub(super) most: u64,
    /// The most entries that a map of the program may have.
    pub(super) most_entries: u64,
    /// Whether the program sets elements of arrays, so that arrays of the host are copied.
    pub(super) writes: bool,
    /// Whether there are dates and other objects, whose texts are made when they are printed.
    pub(super) objects: bool,
    /// Whether there may be STRING_ARRAYs.
    pub(super) text_arrays: bool,
}

impl Contents {
    fn new(origin: Origin, size: Size) -> Self {
        Self {
            origin,
            stored: size.widest,
            puts: 0,
            nests: false,
            values: size.values,
            entries: size.length.max(size.widest),
        }
    }
}

impl Heap {
    pub(super) fn of_inputs(tree: &TypedTree, facts: &Facts<'_>) -> Self {
        let limits = facts.limits;
        let largest = facts.sizes.largest();
        let constants = tree.texts.iter().map(|text| text.len() as u64).max().unwrap_or(0);
        let made = limits.string_length.max(limits.array_length).max(limits.map_entries);
        let writes = |kind: Kind| {
            matches!(
                kind,
                Kind::SetElement { .. }
                    | Kind::DynamicSetElement { .. }
                    | Kind::UpdateElement { .. }
                    | Kind::DynamicUpdateElement { .. }
            )
        };
        let is_object = |ty: Type| ty == Type::DateTime || !ty.has_host_value();
        let mut contents = vec![Contents::new(Origin::Others, largest)];
        for (id, parameter) in tree.parameters.entries().take(MAX_ORIGINS / 2) {
            let size = facts.sizes.get(&parameter.name);
            contents.push(Contents::new(Origin::Parameter(id), size));
        }
        Self {
            contents,
            most: made.max(constants).max(largest.length).max(largest.widest).max(128),
            most_entries: limits.map_entries,
            writes: tree.exprs.iter().any(|expr| writes(expr.kind)),
            objects: tree.exprs.iter().any(|expr| is_object(expr.ty)),
            text_arrays: !tree.parameters.is_empty() || tree.exprs.iter().any(may_be_text_array),
        }
    }

    /// The same with the worst in every container.
    pub(super) fn at_worst(mut self) -> Self {
        for contents in &mut self.contents {
            contents.stored = self.most;
            contents.puts = self.most_entries;
            contents.nests = true;
        }
        self
    }

    /// Whether this is no more than the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let within = |(own, other): (&Contents, &Contents)| {
            let made = own.values <= other.values && own.entries <= other.entries;
            made && own.stored <= other.stored && own.puts <= other.puts && own.nests <= other.nests
        };
        self.contents.len() == other.contents.len() && self.contents.iter().zip(&other.contents).all(within)
    }

    /// The same without what was put, for a walk that counts it.
    pub(super) fn without_puts(mut self) -> Self {
        for contents in &mut self.contents {
            contents.puts = 0;
        }
        self
    }

    /// The bit of an origin, which is entered where it is new.
    pub(super) fn bit(&mut self, origin: Origin) -> u64 {
        let known = self.contents.iter().position(|contents| contents.origin == origin);
        let index = match known {
            Some(index) => index,
            None if self.contents.len() < MAX_ORIGINS => {
                self.contents.push(Contents::new(origin, Size::NOTHING));
                self.contents.len() - 1
            }
            None => 0,
        };
        1 << index
    }

    pub(super) fn of(&self, from: u64) -> impl Iterator<Item = &Contents> {
        self.contents
            .iter()
            .enumerate()
            .filter_map(move |(index, contents)| (from & 1 << index != 0).then_some(contents))
    }

    pub(super) fn of_mut(&mut self, from: u64) -> impl Iterator<Item = &mut Contents> {
        self.contents
            .iter_mut()
            .enumerate()
            .filter_map(move |(index, contents)| (from & 1 << index != 0).then_some(contents))
    }
}

/// Whether an expression may be the first to give a STRING_ARRAY.
fn may_be_text_array(expr: &Expr) -> bool {
    let of_unknown_type = match expr.kind {
        Kind::ParameterNamed(_) | Kind::HostCall { .. } | Kind::DynamicCall { .. } => true,
        Kind::Call { function, .. } => {
            library::function(function).is_some_and(|function| function.bound == Bound::Data(DataBound::JsonValue))
        }
        _ => false,
    };
    of_unknown_type || expr.ty == Type::StringArray
}
