//! A program as the lints see it.

use super::calls::Call;
use super::constants::{Constant, Constants};
use super::facts::Facts;
use crate::check::signatures::HostSignatures;
use crate::check::typed::{ExprId, Kind};
use crate::check::{AllContents, Checked};
use crate::schema::Schema;
use crate::syntax::ast;

/// A program that was accepted, with what its passes share.
pub(super) struct Subject<'s> {
    pub(super) source: &'s str,
    pub(super) ast: &'s ast::Tree,
    pub(super) checked: &'s Checked,
    pub(super) schema: &'s Schema,
    pub(super) host_functions: &'s dyn HostSignatures,
    pub(super) constants: Constants,
    pub(super) facts: Facts,
    pub(super) contents: AllContents,
    /// The most steps of an evaluation.
    pub(super) steps: u64,
    /// Whether the host takes what it gives as a DOUBLE.
    pub(super) gives_double: bool,
}

impl<'s> Subject<'s> {
    /// The constant text that an expression gives, by itself or as a variable that is never anything else, and where it is
    /// written.
    pub(super) fn text(&self, id: ExprId) -> Option<(ExprId, &'s str)> {
        let tree = &self.checked.tree;
        let place = match tree.checked(id) {
            Kind::Variable(variable) => self.facts.only_value(tree, variable)?,
            kind => match *self.held(kind) {
                [only] => only,
                _ => id,
            },
        };
        match self.constants.get(place)? {
            Constant::Text(text) => Some((place, tree.texts.get(text as usize)?)),
            Constant::Long(_) | Constant::Double(_) | Constant::Boolean(_) => None,
        }
    }
}

impl Subject<'_> {
    /// What an element of an array or an entry of a map may be: all values that the program puts there. None where that is not
    /// known, or more than a few.
    pub(super) fn held(&self, kind: Kind) -> Vec<ExprId> {
        self.elements(kind)
            .or_else(|| self.entries(kind))
            .filter(|values| values.len() <= MAX_HELD)
            .unwrap_or_default()
    }

    fn elements(&self, kind: Kind) -> Option<Vec<ExprId>> {
        let tree = &self.checked.tree;
        let (Kind::Element { array, index } | Kind::DynamicElement { value: array, index }) = kind else {
            return None;
        };
        let (made, put): (_, &[_]) = match tree.checked(array) {
            Kind::Variable(variable) => (
                self.facts.only_value(tree, variable)?,
                self.contents.put_into(variable)?,
            ),
            _ => (array, &[]),
        };
        let items = match tree.expr(made).kind {
            Kind::ArrayLiteral(items) => tree.expr_list(items),
            Kind::NewArray(_) => &[],
            _ => return None,
        };
        match self.constants.long(index).and_then(|index| usize::try_from(index).ok()) {
            Some(index) if put.is_empty() => Some(vec![*items.get(index)?]),
            _ => Some(first(items.iter().copied().chain(put.iter().map(|(_, value)| *value)))),
        }
    }

    fn entries(&self, kind: Kind) -> Option<Vec<ExprId>> {
        let tree = &self.checked.tree;
        let call = Call::of(self, kind).filter(|call| matches!(call.function.name, "get" | "getOrDefault"))?;
        let Kind::Variable(map) = tree.checked(call.receiver()?) else {
            return None;
        };
        Call::of(self, tree.expr(self.facts.only_value(tree, map)?).kind).filter(Call::makes_a_map)?;
        let mut arguments = call.arguments().map(|(_, argument)| self.constants.get(argument));
        let key = arguments.next()?;
        let may_be = |other: ExprId| {
            let other = self.constants.get(other);
            key.is_none() || other.is_none() || key == other
        };
        let put = self.contents.put_into(map)?.iter().filter(|(key, _)| may_be(*key));
        let otherwise = call.arguments().nth(1).map(|(_, otherwise)| otherwise);
        Some(first(put.map(|(_, value)| *value).chain(otherwise)))
    }

    /// The constant key that an entry of a map is read by.
    pub(super) fn key(&self, kind: Kind) -> Option<&str> {
        let call = Call::of(self, kind).filter(|call| matches!(call.function.name, "get" | "getOrDefault"))?;
        let (_, key) = call.arguments().next()?;
        self.text(key).map(|(_, key)| key)
    }
}

/// The most values of an array or map that are looked at.
const MAX_HELD: usize = 8;

/// As many values as tell that there are too many.
fn first(values: impl Iterator<Item = ExprId>) -> Vec<ExprId> {
    values.take(MAX_HELD + 1).collect()
}

/// Whether code is repeated in a help: a line of at most so many bytes.
pub(super) fn is_repeated(code: &str, most: usize) -> bool {
    code.len() <= most && !code.contains(['\n', '\r', '`'])
}
