//! What people write out of habit from Java, Python, JavaScript, SQL and templates, and what to write here.
//!
//! `table.txt` holds an advice a line: what is written, `→`, what to write. On the left stand names, separated by commas, with the
//! class or type they belong to before a `.`; several such groups are separated by spaces. `{}` on the right is the operand.
//! Each piece of code on the right is compiled by `tests/helps.rs`, and run where it stands in `tests/diagnostics/helps.jsonl`: an
//! advice that is not true is worse than none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::types::Type;

/// A part of the table, by what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    /// Operators, and marks of templates.
    Operators,
    /// Characters that are no part of the language.
    Characters,
    /// Keywords.
    Words,
    /// Keywords that stand where a value does.
    Values,
    /// Words between two operands.
    Infix,
    /// Words before a text.
    Prefixes,
    /// Types of declarations.
    Types,
    /// Types of casts.
    Casts,
    /// Classes, modules and variables.
    Names,
    /// Functions and methods.
    Calls,
    /// Fields and constants.
    Fields,
}

impl Section {
    const ALL: [Self; 11] = [
        Self::Operators,
        Self::Characters,
        Self::Words,
        Self::Values,
        Self::Infix,
        Self::Prefixes,
        Self::Types,
        Self::Casts,
        Self::Names,
        Self::Calls,
        Self::Fields,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Operators => "[operators]",
            Self::Characters => "[characters]",
            Self::Words => "[words]",
            Self::Values => "[values]",
            Self::Infix => "[infix]",
            Self::Prefixes => "[prefixes]",
            Self::Types => "[types]",
            Self::Casts => "[casts]",
            Self::Names => "[names]",
            Self::Calls => "[calls]",
            Self::Fields => "[fields]",
        }
    }
}

/// The table, read once.
struct Table {
    /// By section, class or type, and name.
    advice: BTreeMap<(Section, &'static str, &'static str), &'static str>,
    /// The longest first.
    operators: Vec<(&'static str, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut advice = BTreeMap::new();
    for (key, help) in entries() {
        advice.entry(key).or_insert(help);
    }
    let of_operators = advice
        .iter()
        .filter(|((section, ..), _)| *section == Section::Operators);
    let mut operators: Vec<_> = of_operators.map(|((.., operator), help)| (*operator, *help)).collect();
    operators.sort_by_key(|(operator, _)| std::cmp::Reverse(operator.len()));
    Table { advice, operators }
});

/// All that the table says, in its order.
fn entries() -> impl Iterator<Item = ((Section, &'static str, &'static str), &'static str)> {
    let mut section = Section::Operators;
    let lines = include_str!("table.txt").lines().filter_map(move |line| {
        section = Section::ALL
            .into_iter()
            .find(|next| next.title() == line)
            .unwrap_or(section);
        let (written, help) = line.split_once(" → ")?;
        Some((section, written, help))
    });
    lines.flat_map(|(section, written, help)| {
        let groups = written
            .split(' ')
            .map(move |group| match (section, group.split_once('.')) {
                (Section::Calls | Section::Fields, Some((owner, names))) => (owner, names),
                _ => ("", group),
            });
        groups.flat_map(move |(owner, names)| names.split(',').map(move |name| ((section, owner, name), help)))
    })
}

/// What to write instead of a word of a section.
pub(crate) fn of(section: Section, name: &str) -> Option<&'static str> {
    of_member(section, "", name)
}

/// What to write instead of a member of a class.
pub(crate) fn of_member(section: Section, class: &str, name: &str) -> Option<&'static str> {
    TABLE.advice.get(&(section, class, name)).copied()
}

/// What to write instead of a member of a value of a type.
pub(crate) fn of_value(section: Section, ty: Type, name: &str) -> Option<&'static str> {
    let kind = match ty {
        Type::Long | Type::Double => "NUMBER",
        _ if ty.element().is_some() => "ARRAY",
        _ => "",
    };
    let of_kind = || of_member(section, kind, name).filter(|_| !kind.is_empty());
    of_member(section, ty.name(), name).or_else(of_kind)
}

/// What to write instead of a keyword.
pub(crate) fn of_keyword(word: &str) -> Option<&'static str> {
    of(Section::Words, word).or_else(|| of(Section::Values, word))
}

/// What to write instead of a word, whatever its case is: SQL writes words in either.
pub(crate) fn of_either_case(section: Section, name: &str) -> Option<&'static str> {
    of(section, name).or_else(|| of(section, &name.to_lowercase()))
}

/// The operators, the longest first, and what to write instead of each.
pub(crate) fn operators() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.operators.iter().copied()
}

/// An advice with an operand in its place.
pub(crate) fn with_operand(advice: &str, operand: &str) -> String {
    advice.replace("{}", operand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_nothing_has_two_advices() {
        for line in include_str!("table.txt").lines() {
            let is_title = Section::ALL.iter().any(|section| section.title() == line);
            assert!(line.is_empty() || is_title || line.contains(" → "), "{line}");
        }
        let mut keys: Vec<_> = entries().map(|(key, _)| key).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
        assert!(keys.iter().all(|(.., name)| !name.is_empty()));
    }

    #[test]
    fn a_member_is_found_by_its_type_or_the_kind_of_its_type() {
        let call = |ty, name| of_value(Section::Calls, ty, name);
        assert_eq!(call(Type::StringArray, "size"), call(Type::List, "size"));
        assert_eq!(call(Type::Long, "equals"), call(Type::Double, "equals"));
        assert_ne!(call(Type::Long, "round"), call(Type::Double, "round"));
        assert_eq!(call(Type::Map, "trim"), None);
        assert_eq!(
            of_either_case(Section::Calls, "COALESCE"),
            of(Section::Calls, "coalesce")
        );
    }
}
