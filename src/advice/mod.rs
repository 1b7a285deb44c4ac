//! What people write out of habit from Java, Python, JavaScript, SQL and templates, and what to write here.
//!
//! `table.txt` holds an advice a line: what is written, `→`, what to write. On the left stand names, separated by commas, with the
//! class or type they belong to before a `.`, or `STRING()` for a function of a text, or with `/2` behind them for a call with two
//! arguments; several such groups are separated by spaces. On the right `{}` is the operand of an operator; `text`, `n`, `x`, `xs`,
//! `m`, `date` and `format` stand for the value that a member is read of, `a / b` for a quotient, `first`, `second` and `third` for arguments,
//! `all` for them with commas between and `joined` with `+`, `moment` for the first that is made a date, `pattern` for a date pattern among
//! them, as it is written here.
//! Each piece of code on the right is compiled by `tests/helps.rs`, and run where it stands in `tests/diagnostics/helps.jsonl`: an
//! advice that is not true is worse than none. Where the dialects differ, ` ‖ ` stands between what to write in selvedge and what in SEL;
//! with nothing behind it, SEL has no way to do it.

mod code;
mod date_pattern;
mod format;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::dialect::Dialect;
use crate::types::Type;
use code::is_compound;
pub(crate) use code::{is_balanced, operand};
pub(crate) use date_pattern::pattern;
pub(crate) use format::format_call;

/// A part of the table, by what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    /// Operators, and marks of templates.
    Operators,
    /// Characters that are not part of the language.
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
    ways: BTreeMap<Key, Ways>,
    /// The longest first.
    operators: Vec<(&'static str, Ways)>,
}

type Key = (Section, &'static str, &'static str);

/// What to write instead of something, in each dialect; nothing where there is no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ways {
    selvedge: &'static str,
    sel: &'static str,
}

impl Ways {
    fn read(text: &'static str) -> Self {
        let (selvedge, sel) = text.split_once(" ‖").unwrap_or((text, text));
        Self {
            selvedge,
            sel: sel.trim_start(),
        }
    }

    fn of(self, dialect: Dialect) -> Option<&'static str> {
        let text = match dialect {
            Dialect::Selvedge => self.selvedge,
            Dialect::Sel => self.sel,
        };
        (!text.is_empty()).then_some(text)
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut ways = BTreeMap::new();
    for (key, help) in entries() {
        ways.entry(key).or_insert(help);
    }
    let of_operators = ways.iter().filter(|((section, ..), _)| *section == Section::Operators);
    let mut operators: Vec<_> = of_operators.map(|((.., operator), help)| (*operator, *help)).collect();
    operators.sort_by_key(|(operator, _)| std::cmp::Reverse(operator.len()));
    Table { ways, operators }
});

/// All that the table says, in its order.
fn entries() -> impl Iterator<Item = (Key, Ways)> {
    let mut section = Section::Operators;
    let lines = include_str!("table.txt").lines().filter_map(move |line| {
        section = Section::ALL
            .into_iter()
            .find(|next| next.title() == line)
            .unwrap_or(section);
        let (written, help) = line.split_once(" → ")?;
        Some((section, written, Ways::read(help)))
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

/// The table, as it is read in one dialect.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Advice {
    dialect: Dialect,
}

impl Advice {
    pub(crate) const fn in_dialect(dialect: Dialect) -> Self {
        Self { dialect }
    }

    pub(crate) const fn dialect(self) -> Dialect {
        self.dialect
    }

    /// What to write instead of a word of a section.
    pub(crate) fn of(self, section: Section, name: &str) -> Option<&'static str> {
        self.of_member(section, "", name)
    }

    /// What to write instead of a member of a class.
    pub(crate) fn of_member(self, section: Section, class: &str, name: &str) -> Option<&'static str> {
        TABLE.ways.get(&(section, class, name))?.of(self.dialect)
    }

    /// What to write instead of a member of a value of a type.
    pub(crate) fn of_value(self, section: Section, ty: Type, name: &str) -> Option<Cow<'static, str>> {
        let kind = match ty {
            Type::Long | Type::Double => "NUMBER",
            _ if ty.element().is_some() => "ARRAY",
            _ => "",
        };
        let of_kind = || self.of_member(section, kind, name).filter(|_| !kind.is_empty());
        let known = self.of_member(section, ty.name(), name).or_else(of_kind);
        match known {
            None if ty == Type::Any => self.of_any(section, name),
            known => known.map(Cow::Borrowed),
        }
    }

    /// What to write instead of a member of a value of any type: what is said of each type that has an advice.
    fn of_any(self, section: Section, name: &str) -> Option<Cow<'static, str>> {
        let known = |(owner, words)| Some((words, self.of_member(section, owner, name)?));
        let mut found: Vec<(&str, &'static str)> = OWNERS.into_iter().filter_map(known).collect();
        found.dedup_by_key(|(_, help)| *help);
        match *found {
            [] => None,
            [(_, only)] => Some(Cow::Borrowed(only)),
            _ => {
                let each = found.iter().map(|(owner, help)| format!("{owner}: {help}"));
                Some(Cow::Owned(each.collect::<Vec<_>>().join("; ")))
            }
        }
    }

    /// What to write instead of a keyword.
    pub(crate) fn of_keyword(self, word: &str) -> Option<&'static str> {
        self.of(Section::Words, word).or_else(|| self.of(Section::Values, word))
    }

    /// What to write instead of a word, whatever its case is: SQL writes words in either.
    pub(crate) fn of_either_case(self, section: Section, name: &str) -> Option<&'static str> {
        self.of(section, name)
            .or_else(|| self.of(section, &name.to_lowercase()))
    }

    /// Code for Python's `f'…'`, of which the text behind the `f` is given.
    pub(crate) fn f_string(self, literal: &str) -> Option<String> {
        match self.dialect {
            Dialect::Selvedge => Some(format!("f{literal}")),
            Dialect::Sel => format::joined(literal),
        }
    }

    /// Code that gives another value where one is null.
    pub(crate) fn defaulted(self, value: &str, other: &str) -> String {
        match self.dialect {
            Dialect::Selvedge => format!("{value} ?? {other}"),
            Dialect::Sel => format!("{value} == null ? {other} : {value}"),
        }
    }

    /// The operators, the longest first, and what to write instead of each.
    pub(crate) fn operators(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let all = TABLE.operators.iter();
        all.filter_map(move |(operator, ways)| Some((*operator, ways.of(self.dialect)?)))
    }

    /// What to write instead of a function of a value of a type.
    pub(crate) fn of_function(self, ty: Type, name: &str) -> Option<&'static str> {
        let owner = match ty {
            Type::Long => "LONG()",
            Type::Double => "DOUBLE()",
            Type::String => "STRING()",
            Type::Map => "MAP()",
            Type::DateTime => "DATETIME()",
            _ if ty.element().is_some() => "ARRAY()",
            _ => return None,
        };
        let of_name = |name: &str| self.of_member(Section::Calls, owner, name);
        of_name(name).or_else(|| of_name(&name.to_lowercase()))
    }
}

/// Whether the table has a word, in any dialect.
pub(crate) fn is_known(section: Section, word: &str) -> bool {
    TABLE.ways.contains_key(&(section, "", word))
}

/// Whether a word is a keyword of other languages.
pub(crate) fn is_keyword(word: &str) -> bool {
    is_known(Section::Words, word) || is_known(Section::Values, word)
}

/// What a value may be whose type only the run can tell: as the table has it, and in words.
const OWNERS: [(&str, &str); 8] = [
    ("STRING", "of a text"),
    ("LONG", "of a LONG"),
    ("DOUBLE", "of a DOUBLE"),
    ("NUMBER", "of a number"),
    ("BOOLEAN", "of a BOOLEAN"),
    ("ARRAY", "of an array"),
    ("MAP", "of a map"),
    ("DATETIME", "of a date"),
];

/// The names that stand for a value of a type in the table's pieces of code.
pub(crate) const fn stand_in(ty: Type) -> &'static [&'static str] {
    match ty {
        Type::String => &["text"],
        Type::Long => &["n"],
        Type::Double => &["x"],
        Type::BooleanArray | Type::LongArray | Type::DoubleArray | Type::StringArray | Type::List => &["xs"],
        Type::Map => &["m"],
        Type::DateTime => &["date"],
        Type::DateTimeFormatter => &["format"],
        Type::Any => &["text", "n", "x", "xs", "m", "date"],
        Type::Void
        | Type::Null
        | Type::Boolean
        | Type::DateTimeZone
        | Type::DateTimeProperty
        | Type::Days
        | Type::Hours
        | Type::Minutes
        | Type::Duration
        | Type::Uuid => &[],
    }
}

/// An advice about values of the program: in its pieces of code each name that stands for a value is replaced by how the value is
/// written.
pub(crate) fn about(advice: &str, values: &[(&str, &str)]) -> String {
    let mut fitted = String::with_capacity(advice.len());
    for (index, piece) in advice.split('`').enumerate() {
        if index > 0 {
            fitted.push('`');
        }
        match index % 2 {
            0 => fitted.push_str(piece),
            _ => fit(&mut fitted, piece, values),
        }
    }
    fitted
}

/// An advice with what is often meant, where nothing is known of the arguments of a call.
pub(crate) fn general(advice: &str) -> String {
    about(
        advice,
        &[("pattern", "'yyyy-MM-dd'"), ("all", "'-', a, b"), ("joined", "a + b")],
    )
}

/// Writes a piece of code with the names replaced that stand for values.
fn fit(fitted: &mut String, code: &str, values: &[(&str, &str)]) {
    let is_part = |next: char| next.is_alphanumeric() || next == '_';
    // The last mark before, past white space; a space where there is none.
    let (mut rest, mut before) = (code, ' ');
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => rest
                .get(1..)
                .and_then(|text| text.find('\''))
                .map_or(rest.len(), |end| end + 2),
            _ if is_part(first) => rest.find(|next| !is_part(next)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        let value = values.iter().find(|(name, _)| *name == token && before != '.');
        let next = behind.trim_start().chars().next();
        let stands_alone = matches!(before, '(' | ',' | ' ') && matches!(next, None | Some(')' | ','));
        match value {
            Some((_, value)) if is_compound(value) && !stands_alone => fitted.extend(["(", value, ")"]),
            Some((_, value)) => fitted.push_str(value),
            None => fitted.push_str(token),
        }
        before = token.chars().next_back().filter(|last| *last != ' ').unwrap_or(before);
        rest = behind;
    }
}

/// An advice with an operand in its place.
pub(crate) fn with_operand(advice: &str, operand: &str) -> String {
    advice.replace("{}", operand)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SELVEDGE: Advice = Advice::in_dialect(Dialect::Selvedge);

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
    fn an_advice_is_about_the_values_of_the_program() {
        let about = |advice, value| about(advice, &[("text", value)]);
        assert_eq!(about("of a text `text.trim()`", "s"), "of a text `s.trim()`");
        assert_eq!(
            about("`text.trim() + 'text' + m.text`", "a + b"),
            "`(a + b).trim() + 'text' + m.text`"
        );
        assert_eq!(about("`f(text, 1) + g(text)`", "a + b"), "`f(a + b, 1) + g(a + b)`");
        assert_eq!(about("`text`", "a ? b : c"), "`a ? b : c`");
        assert_eq!(about("`text.trim()`", "new X(a + b)"), "`new X(a + b).trim()`");
    }

    #[test]
    fn a_member_is_found_by_its_type_or_the_kind_of_its_type() {
        let call = |ty, name| SELVEDGE.of_value(Section::Calls, ty, name);
        assert_eq!(call(Type::StringArray, "size"), call(Type::List, "size"));
        assert_eq!(call(Type::Long, "equals"), call(Type::Double, "equals"));
        assert_ne!(call(Type::Long, "round"), call(Type::Double, "round"));
        assert_eq!(call(Type::Map, "trim"), None);
        assert_eq!(call(Type::Any, "strip"), call(Type::String, "strip"));
        assert!(call(Type::Any, "format").is_some_and(|help| help.starts_with("of a text: ")));
        assert_eq!(
            SELVEDGE.of_either_case(Section::Calls, "COALESCE"),
            SELVEDGE.of(Section::Calls, "coalesce")
        );
    }
}
