//! `\p{…}`: POSIX classes, categories, scripts, binary properties and those of `java.lang.Character`.

use super::cursor::Cursor;
use super::error::PatternError;
use super::flags::Flags;

/// POSIX classes: the name, the set in ASCII, and the set where the flag `U` is on, if Java has one.
const POSIX: [(&str, &str, Option<&str>); 13] = [
    ("Lower", "a-z", Some(r"\p{Lowercase}")),
    ("Upper", "A-Z", Some(r"\p{Uppercase}")),
    ("ASCII", r"\x00-\x7F", Some(r"\x00-\x7F")),
    ("Alpha", "A-Za-z", Some(r"\p{Alphabetic}")),
    ("Digit", "0-9", Some(r"\p{Nd}")),
    ("Alnum", "0-9A-Za-z", Some(r"\p{Alphabetic}\p{Nd}")),
    ("Punct", r"!-/:-@\[-`{-~", Some(r"\p{P}")),
    ("Graph", "!-~", None),
    ("Print", r"\x20-~", None),
    ("Blank", r"\x20\x09", None),
    ("Cntrl", r"\x00-\x1F\x7F", Some(r"\p{Cc}")),
    ("XDigit", "0-9A-Fa-f", None),
    ("Space", r"\x09-\x0D\x20", Some(r"\p{White_Space}")),
];

/// Binary properties behind `Is`, and methods of `java.lang.Character`.
const NAMED: [(&str, &str); 17] = [
    ("IsAlphabetic", r"\p{Alphabetic}"),
    ("IsIdeographic", r"\p{Ideographic}"),
    ("IsLetter", r"\p{L}"),
    ("IsLowercase", r"\p{Lowercase}"),
    ("IsUppercase", r"\p{Uppercase}"),
    ("IsTitlecase", r"\p{Lt}"),
    ("IsPunctuation", r"\p{P}"),
    ("IsControl", r"\p{Cc}"),
    ("IsWhite_Space", r"\p{White_Space}"),
    ("IsDigit", r"\p{Nd}"),
    ("javaLowerCase", r"\p{Lowercase}"),
    ("javaUpperCase", r"\p{Uppercase}"),
    ("javaAlphabetic", r"\p{Alphabetic}"),
    ("javaLetter", r"\p{L}"),
    ("javaDigit", r"\p{Nd}"),
    ("javaLetterOrDigit", r"\p{L}\p{Nd}"),
    (
        "javaWhitespace",
        r"\x09-\x0D\x1C-\x20\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}",
    ),
];

/// The general categories; the engine knows them by the same names.
const CATEGORIES: [&str; 36] = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn",
];

/// Reads the name behind `\p` or `\P` and gives the set in the engine's syntax.
pub(super) fn read_property(cursor: &mut Cursor<'_>, negated: bool, flags: Flags) -> Result<String, PatternError> {
    let name = if cursor.take("{") {
        let name = cursor.take_while(64, |character| {
            character.is_ascii_alphanumeric() || "_=".contains(character)
        });
        if !cursor.take("}") {
            return Err(cursor.syntax("a character family that is not closed or unknown"));
        }
        name
    } else {
        cursor.take_while(1, |character| character.is_ascii_alphabetic())
    };
    if flags.ignore_case && depends_on_case(name) {
        return Err(cursor.unsupported("properties of case without case (`(?i)`) are"));
    }
    let set = set_of(name, flags).ok_or_else(|| match name {
        _ if name.starts_with("In") || name.starts_with("blk=") || name.starts_with("block=") => {
            cursor.unsupported("Unicode blocks are")
        }
        _ if name.starts_with("java") => cursor.unsupported("this property of java.lang.Character is"),
        _ => cursor.syntax("an unknown character property"),
    })?;
    Ok(format!("[{}{set}]", if negated { "^" } else { "" }))
}

/// Whether Java lets `(?i)` change the property's meaning.
fn depends_on_case(name: &str) -> bool {
    let name = name.rsplit('=').next().unwrap_or(name);
    matches!(name, "Lu" | "Ll" | "Lt" | "IsLu" | "IsLl" | "IsLt")
        || name.contains("ower")
        || name.contains("pper")
        || name.contains("itle")
}

/// The set of a name, without brackets.
fn set_of(name: &str, flags: Flags) -> Option<String> {
    if let Some((_, ascii, unicode)) = POSIX.iter().find(|(posix, _, _)| *posix == name) {
        let set = if flags.unicode_classes { *unicode } else { Some(*ascii) };
        return set.map(str::to_owned);
    }
    if let Some((_, set)) = NAMED.iter().find(|(named, _)| *named == name) {
        return Some((*set).to_owned());
    }
    if let Some((key, value)) = name.split_once('=') {
        return match key {
            "gc" | "general_category" => category(value),
            "sc" | "script" | "Script" | "IsScript" => script(value),
            _ => None,
        };
    }
    match name.strip_prefix("Is") {
        Some(value) => category(value).or_else(|| script(value)),
        None => category(name),
    }
}

/// A general category's set.
fn category(name: &str) -> Option<String> {
    CATEGORIES.contains(&name).then(|| format!("\\p{{{name}}}"))
}

/// A script's set; the engine refuses names it does not know.
fn script(name: &str) -> Option<String> {
    let known = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    known.then(|| format!("\\p{{Script={name}}}"))
}
