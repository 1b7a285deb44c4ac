//! What a program puts into arrays and maps, where a lint asks what is read from them.

use super::Subject;
use super::calls::Call;
use super::constants::Constant;
use crate::check::typed::{ExprId, Kind};

/// The most values of an array or map that are looked at.
const MAX_HELD: usize = 8;

/// The constant text that an expression gives, by itself or as a variable that is never anything else, and where it is
/// written.
pub(super) fn text<'s>(subject: &Subject<'s>, id: ExprId) -> Option<(ExprId, &'s str)> {
    let tree = &subject.checked.tree;
    let place = match tree.checked(id) {
        Kind::Variable(variable) => subject.facts.only_value(tree, variable)?,
        kind => match *held(subject, kind) {
            [only] => only,
            _ => id,
        },
    };
    match subject.constants.get(place)? {
        Constant::Text(text) => Some((place, tree.texts.get(text)?)),
        Constant::Long(_) | Constant::Double(_) | Constant::Boolean(_) => None,
    }
}

/// What an element of an array or an entry of a map may be: all values that the program puts there. `None` if that is not
/// known, or more than a few.
pub(super) fn held(subject: &Subject<'_>, kind: Kind) -> Vec<ExprId> {
    elements(subject, kind)
        .or_else(|| entries(subject, kind))
        .filter(|values| values.len() <= MAX_HELD)
        .unwrap_or_default()
}

fn elements(subject: &Subject<'_>, kind: Kind) -> Option<Vec<ExprId>> {
    let tree = &subject.checked.tree;
    let (Kind::Element { array, index } | Kind::DynamicElement { value: array, index }) = kind else {
        return None;
    };
    let (made, put): (_, &[_]) = match tree.checked(array) {
        Kind::Variable(variable) => (
            subject.facts.only_value(tree, variable)?,
            subject.contents().put_into(variable)?,
        ),
        _ => (array, &[]),
    };
    let items = match tree.expr(made).kind {
        Kind::ArrayLiteral(items) => tree.expr_list(items),
        Kind::NewArray(_) => &[],
        _ => return None,
    };
    match subject
        .constants
        .long(index)
        .and_then(|index| usize::try_from(index).ok())
    {
        Some(index) if put.is_empty() => Some(vec![*items.get(index)?]),
        _ => Some(first(items.iter().copied().chain(put.iter().map(|(_, value)| *value)))),
    }
}

fn entries(subject: &Subject<'_>, kind: Kind) -> Option<Vec<ExprId>> {
    let tree = &subject.checked.tree;
    let call = read_of(subject, kind)?;
    let Kind::Variable(map) = tree.checked(call.receiver()?) else {
        return None;
    };
    Call::of(subject, tree.expr(subject.facts.only_value(tree, map)?).kind).filter(Call::makes_a_map)?;
    let mut arguments = call.arguments().map(|(_, argument)| subject.constants.get(argument));
    let key = arguments.next()?;
    let may_be = |other: ExprId| {
        let other = subject.constants.get(other);
        key.is_none() || other.is_none() || key == other
    };
    let put = subject.contents().put_into(map)?.iter().filter(|(key, _)| may_be(*key));
    let otherwise = call.arguments().nth(1).map(|(_, otherwise)| otherwise);
    Some(first(put.map(|(_, value)| *value).chain(otherwise)))
}

/// The constant key that an entry of a map is read by.
pub(super) fn key<'s>(subject: &Subject<'s>, kind: Kind) -> Option<&'s str> {
    let call = read_of(subject, kind)?;
    let (_, key) = call.arguments().next()?;
    text(subject, key).map(|(_, key)| key)
}

/// The call that reads an entry of a map.
fn read_of<'s>(subject: &'s Subject<'_>, kind: Kind) -> Option<Call<'s>> {
    Call::of(subject, kind).filter(|call| matches!(call.function.name, "get" | "getOrDefault"))
}

/// As many values as tell that there are too many.
fn first(values: impl Iterator<Item = ExprId>) -> Vec<ExprId> {
    values.take(MAX_HELD + 1).collect()
}
