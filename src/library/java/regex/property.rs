//! `\p{…}`: POSIX classes, categories, scripts, blocks, binary properties and those of `java.lang.Character`.

use super::cursor::Cursor;
use super::error::PatternError;
use super::flags::Flags;

/// POSIX classes: the name, the set in ASCII, and the set where the flag `U` is on.
const POSIX: [(&str, &str, &str); 13] = [
    ("Lower", "a-z", r"\p{Lowercase}"),
    ("Upper", "A-Z", r"\p{Uppercase}"),
    ("ASCII", r"\x00-\x7F", r"\x00-\x7F"),
    ("Alpha", "A-Za-z", r"\p{Alphabetic}"),
    ("Digit", "0-9", r"\p{Nd}"),
    ("Alnum", "0-9A-Za-z", r"\p{Alphabetic}\p{Nd}"),
    ("Punct", r"!-/:-@\[-`{-~", r"\p{P}"),
    ("Graph", "!-~", GRAPH),
    ("Print", r"\x20-~", PRINT),
    ("Blank", r"\x20\x09", BLANK),
    ("Cntrl", r"\x00-\x1F\x7F", r"\p{Cc}"),
    ("XDigit", "0-9A-Fa-f", HEX_DIGIT),
    ("Space", r"\x09-\x0D\x20", r"\p{White_Space}"),
];

const GRAPH: &str = r"[^\p{Z}\p{Cc}\p{Cn}]";
const PRINT: &str = r"[^\p{Zl}\p{Zp}\p{Cc}\p{Cn}]";
const BLANK: &str = r"\p{Zs}\x09";
const HEX_DIGIT: &str = r"\p{Nd}A-Fa-f\x{FF21}-\x{FF26}\x{FF41}-\x{FF46}";

/// Binary properties behind `Is`, in upper case.
const BINARY: [(&str, &str); 30] = [
    ("ALPHABETIC", r"\p{Alphabetic}"),
    ("IDEOGRAPHIC", r"\p{Ideographic}"),
    ("LETTER", r"\p{L}"),
    ("LOWERCASE", r"\p{Lowercase}"),
    ("UPPERCASE", r"\p{Uppercase}"),
    ("TITLECASE", r"\p{Lt}"),
    ("PUNCTUATION", r"\p{P}"),
    ("CONTROL", r"\p{Cc}"),
    ("WHITE_SPACE", r"\p{White_Space}"),
    ("WHITESPACE", r"\p{White_Space}"),
    ("DIGIT", r"\p{Nd}"),
    ("HEX_DIGIT", HEX_DIGIT),
    ("HEXDIGIT", HEX_DIGIT),
    ("ASSIGNED", r"[^\p{Cn}]"),
    ("NONCHARACTER_CODE_POINT", NONCHARACTER),
    ("NONCHARACTERCODEPOINT", NONCHARACTER),
    ("JOIN_CONTROL", r"\x{200C}\x{200D}"),
    ("JOINCONTROL", r"\x{200C}\x{200D}"),
    ("ALNUM", r"\p{Alphabetic}\p{Nd}"),
    ("BLANK", BLANK),
    ("GRAPH", GRAPH),
    ("PRINT", PRINT),
    ("WORD", r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{200C}\x{200D}"),
    ("LOWER", r"\p{Lowercase}"),
    ("UPPER", r"\p{Uppercase}"),
    ("ALPHA", r"\p{Alphabetic}"),
    ("PUNCT", r"\p{P}"),
    ("CNTRL", r"\p{Cc}"),
    ("XDIGIT", HEX_DIGIT),
    ("SPACE", r"\p{White_Space}"),
];

const NONCHARACTER: &str = r"\p{Noncharacter_Code_Point}";

/// Methods of `java.lang.Character`.
const METHODS: [(&str, &str); 17] = [
    ("javaLowerCase", r"\p{Lowercase}"),
    ("javaUpperCase", r"\p{Uppercase}"),
    ("javaTitleCase", r"\p{Lt}"),
    ("javaAlphabetic", r"\p{Alphabetic}"),
    ("javaIdeographic", r"\p{Ideographic}"),
    ("javaLetter", r"\p{L}"),
    ("javaDigit", r"\p{Nd}"),
    ("javaLetterOrDigit", r"\p{L}\p{Nd}"),
    ("javaDefined", r"[^\p{Cn}]"),
    ("javaSpaceChar", r"\p{Z}"),
    ("javaISOControl", r"\x00-\x1F\x7F-\x9F"),
    ("javaIdentifierIgnorable", r"\x00-\x08\x0E-\x1B\x7F-\x9F\p{Cf}"),
    ("javaJavaIdentifierStart", r"\p{L}\p{Nl}\p{Sc}\p{Pc}"),
    (
        "javaJavaIdentifierPart",
        r"\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}\x00-\x08\x0E-\x1B\x7F-\x9F\p{Cf}",
    ),
    ("javaUnicodeIdentifierStart", r"\p{ID_Start}"),
    (
        "javaUnicodeIdentifierPart",
        r"\p{ID_Continue}\x00-\x08\x0E-\x1B\x7F-\x9F\p{Cf}",
    ),
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

/// What Java has beside them.
const MORE_CATEGORIES: [(&str, &str); 4] = [
    ("L1", r"\x00-\xFF"),
    ("LC", CASED_LETTERS),
    ("LD", r"\p{L}\p{Nd}"),
    ("all", r"\x00-\x{10FFFF}"),
];

/// What the categories of case are under `(?i)`.
const CASED_LETTERS: &str = r"\p{Lu}\p{Ll}\p{Lt}";
/// What the properties of case are under `(?i)`.
const CASED: &str = r"\p{Lowercase}\p{Uppercase}\p{Lt}";

/// The blocks of Unicode, one a line: the first and last character, and the names.
const BLOCKS: &str = include_str!("blocks.txt");

/// Reads the name behind `\p` or `\P` and gives the set in the engine's syntax.
pub(super) fn read_property(cursor: &mut Cursor<'_>, negated: bool, flags: Flags) -> Result<String, PatternError> {
    let name = if cursor.take("{") {
        let name = cursor.take_while(64, |character| {
            character.is_ascii_alphanumeric() || "_=- ".contains(character)
        });
        if !cursor.take("}") {
            return Err(cursor.syntax("a character family that is not closed or unknown"));
        }
        name
    } else {
        cursor.take_while(1, |character| character.is_ascii_alphabetic())
    };
    let set = set_of(name, flags).ok_or_else(|| match name {
        "javaMirrored" => cursor.unsupported("this property of java.lang.Character is"),
        _ => cursor.syntax("an unknown character property"),
    })?;
    Ok(format!("[{}{set}]", if negated { "^" } else { "" }))
}

/// The set of a name, without brackets. Where case is ignored, what tells cases apart is any of them.
fn set_of(name: &str, flags: Flags) -> Option<String> {
    let set = known_set(name, flags)?;
    let set = match &*set {
        "a-z" | "A-Z" if flags.ignore_case => "a-zA-Z".to_owned(),
        r"\p{Lu}" | r"\p{Ll}" if flags.ignore_case => CASED_LETTERS.to_owned(),
        r"\p{Lt}" if flags.ignore_case && name.ends_with("Lt") => CASED_LETTERS.to_owned(),
        r"\p{Lowercase}" | r"\p{Uppercase}" | r"\p{Lt}" if flags.ignore_case => CASED.to_owned(),
        _ => set,
    };
    Some(set)
}

fn known_set(name: &str, flags: Flags) -> Option<String> {
    let is_posix = |posix: &str| match flags.unicode_classes {
        true => posix.eq_ignore_ascii_case(name),
        false => posix == name,
    };
    if let Some((_, ascii, unicode)) = POSIX.iter().find(|(posix, _, _)| is_posix(posix)) {
        return Some((if flags.unicode_classes { *unicode } else { *ascii }).to_owned());
    }
    if let Some(set) = find(&METHODS, name) {
        return Some(set);
    }
    if let Some((key, value)) = name.split_once('=') {
        return match &*key.to_ascii_lowercase() {
            "gc" | "general_category" => category(value),
            "sc" | "script" => script(value),
            "blk" | "block" => block(value),
            _ => None,
        };
    }
    if let Some(value) = name.strip_prefix("In") {
        return block(value);
    }
    match name.strip_prefix("Is") {
        Some(value) => find(&BINARY, &value.to_ascii_uppercase())
            .or_else(|| category(value))
            .or_else(|| (value == "ASCII").then(|| r"\x00-\x7F".to_owned()))
            .or_else(|| script(value)),
        None => category(name),
    }
}

fn find(table: &[(&str, &str)], name: &str) -> Option<String> {
    let found = table.iter().find(|(known, _)| *known == name);
    found.map(|(_, set)| (*set).to_owned())
}

/// A general category's set.
fn category(name: &str) -> Option<String> {
    match CATEGORIES.contains(&name) {
        true => Some(format!("\\p{{{name}}}")),
        false => find(&MORE_CATEGORIES, name),
    }
}

/// A script's set; the engine refuses names it does not know.
fn script(name: &str) -> Option<String> {
    let known = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    known.then(|| format!("\\p{{Script={name}}}"))
}

/// A block's set. Java takes its name in any case, with its blanks, without them, and as an identifier.
fn block(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    let is_spaced = |known: &str| known == name || known.bytes().filter(|&byte| byte != b' ').eq(name.bytes());
    let identifier = |byte| if matches!(byte, b' ' | b'-') { b'_' } else { byte };
    let is_identifier = |known: &str| known.bytes().map(identifier).eq(name.bytes());
    BLOCKS.lines().find_map(|line| {
        let mut parts = line.splitn(3, ' ');
        let (first, last, names) = (parts.next()?, parts.next()?, parts.next()?);
        let known = names.split('|').any(is_spaced) || names.rsplit('|').next().is_some_and(is_identifier);
        known.then(|| format!("\\x{{{first}}}-\\x{{{last}}}"))
    })
}
