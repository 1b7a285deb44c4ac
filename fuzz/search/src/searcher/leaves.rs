//! What stands at the end of a branch: literals at the extremes, names, and the tokens of patterns, formats and dates.

use selvedge::Type;

use super::forms::{LOCALS, PARAMETERS};
use super::node::{Sort, TextKind};
use super::random::Random;

const LONGS: &[&str] = &[
    "0",
    "1",
    "2",
    "7",
    "16",
    "63",
    "100",
    "1000",
    "4095",
    "25000",
    "-1",
    "-7",
    "20200229",
    "19700101",
    "99991231",
    "1700000000000",
    "99999999999999",
    "-62135596800001",
    "253402300800000",
    "9223372036854775807",
    "(-9223372036854775807-1)",
    "4294967296",
    "i0",
    "x0",
    "x1",
    "n",
    "n",
    "n",
    "p.length()",
    "86400000",
    "2147483648",
];
const DOUBLES: &[&str] = &[
    "0.0",
    "1.0",
    "0.1",
    "0.30000000000000004",
    "5e-324",
    "7.0e-309",
    "2.2250738585072014E-308",
    "1.7976931348623157e308",
    "1.2345678901234567e-5",
    "1234567.8901234567",
    "9007199254740993.0",
    "1e22",
    "1e23",
    "1e15",
    "-0.0",
    "(1.0/0)",
    "(0.0/0)",
    "3.141592653589793",
    "123456789.125e200",
    "y",
    "y",
];
const PLAIN: &[&str] = &[
    "a",
    "b",
    "A",
    "ab",
    "x,",
    " ",
    "0",
    "1",
    "ß",
    "é",
    "Σ",
    "σ",
    "aΣ",
    "\u{345}",
    "Σ\u{345}",
    "😀",
    "İ",
    "ﬃ",
    "ǆ",
    "ΐ",
    "中",
    "\\n",
    "\\t",
    "\\\\",
    "\\\"",
    "k0",
    "la",
    "zz",
    "$1",
    "%",
    ".",
    "\u{301}",
    "aaaaaaab",
    "abcdefghijklmnopqrstuvwxyz",
    "\u{10400}",
    "ŉ",
];
const PATTERN: &[&str] = &[
    "a",
    "b",
    "ab",
    ".",
    ".*",
    ".*?",
    ".+?",
    "a?",
    "a*",
    "a+",
    "(a)",
    "(.a?)",
    "(b?)",
    "(\\\\S*)",
    "\\\\s*",
    "\\\\w",
    "\\\\w+",
    "\\\\d",
    "\\\\b",
    "\\\\B",
    "\\\\p{L}",
    "\\\\p{Lu}+",
    "[a-z]",
    "[^a]",
    "[a-m]",
    "[ab]{14}",
    "a{50}",
    ".{0,20}",
    "|",
    "|b",
    "^",
    "$",
    "(?i)",
    "(?m)",
    "(?s)",
    "(.*)",
    "(.+)",
    "(a|b)*",
    "é",
    "ß",
    "😀",
    "\\\\s",
    "\\\\W",
    ",",
    "[\\\\w&&[^a]]",
    "x",
    "\\\\P{L}",
    "()",
];
const REPLACEMENT: &[&str] = &["", "$0", "$1", "$2", "a", "bb", "$0$0", "\\\\$", "ß", "${g}", "-"];
const FORMAT: &[&str] = &["a", "%%", "%n", "|", "ß", "-"];
/// Directives that take any value, so that a format of many of them is right.
const ANY_DIRECTIVES: &[&str] = &[
    "%1$s", "%1$S", "%1$h", "%1$H", "%1$b", "%1$B", "%1$9s", "%1$.1s", "%%", "%n", "%s", "%<s",
];
const ZONES: &[&str] = &[
    "America/New_York",
    "Europe/Paris",
    "America/Argentina/ComodRivadavia",
    "Asia/Tehran",
    "Africa/Casablanca",
    "UTC",
    "EST",
    "EST5EDT",
    "GMT",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Antarctica/Troll",
    "+01:23:45.678",
    "+02:30",
    "-23:59:59.999",
    "Z",
    "GMT0",
    "Etc/GMT+12",
    "America/St_Johns",
    "Nowhere",
    "america/new_york",
    "Europe/Dublin",
];
const DATES: &[&str] = &[
    "2020-02-29T10:00:00.000+02:00",
    "1970-01-01",
    "2020",
    "2020-366",
    "2020-W53-7",
    "2020-02-29T23:59:59.999999999Z",
    "-0001-12-31T00:00:00Z",
    "9999-12-31T24:00:00",
    "T10:15",
    "2020-W01",
    "292278993-12-31",
    "EST",
    "Dec",
    "December",
    "Wednesday",
    "AM",
    "AD",
    "12",
    "19",
    "1",
    "0",
    "20",
    "-18000000",
    "America/New_York",
    "+05:00",
    " ",
    "PM",
];
const DATE_INTS: &[&str] = &[
    "20200229", "19700101", "99991231", "00010101", "20191301", "07", "23", "5", "-1", "UTC", "2020",
];
const NUMBERS: &[&str] = &[
    "1",
    "9",
    "0",
    "1e308",
    "4.9E-324",
    "-",
    "+",
    ".",
    "e",
    "123456789",
    "0x1p3",
    " ",
    "NaN",
    "Infinity",
    "1.7976931348623157",
    "d",
    "9223372036854775807",
];
const DURATIONS: &[&str] = &[
    "1 hour",
    "2 days ",
    "30 minutes",
    "1 day 1 hour",
    "9 weeks ",
    "1",
    " ",
    "s",
    "hours",
];
const TEMPLATES: &[&str] = &[
    "$p0",
    "$p0",
    "$p1",
    "${p0}",
    "${p1}",
    "${p2}",
    "$$",
    "$",
    "a",
    "ß",
    "x",
    "12",
    "0.1",
    "true",
    "${",
    "}",
    "$p0$p0$p0$p0",
    "\u{1F600}",
    "${p3}",
];
const LETTERS: &[&str] = &[
    "G", "C", "Y", "x", "w", "e", "E", "y", "D", "M", "d", "a", "K", "h", "H", "k", "m", "s", "S", "z", "Z",
];

/// Whether there are leaves of a sort.
pub(crate) fn has_leaf(sort: Sort) -> bool {
    matches!(sort, Sort::Value(_) | Sort::Token(_))
}

/// Returns a leaf of a sort.
pub(crate) fn leaf(sort: Sort, random: &mut Random) -> String {
    match sort {
        Sort::Value(ty) => value(ty, random),
        Sort::Token(kind) => token(kind, random),
        Sort::Statement => "x0+=1;".to_owned(),
        Sort::Join => "+'a'".to_owned(),
        Sort::Arithmetic => "+1".to_owned(),
        Sort::Logic => "&&b0".to_owned(),
        Sort::Argument => ",1".to_owned(),
        Sort::Link => ".trim()".to_owned(),
        Sort::Text(_) => "\"\"".to_owned(),
        Sort::Definition => ",\"p\u{4}\":{\"value\":1}".to_owned(),
        Sort::Element => ",1".to_owned(),
        Sort::Step => ",{\"step\":{\"id\":\"s\u{4}\",\"type\":\"t\"}}".to_owned(),
        Sort::LoopParameter => "\"i\":{\"type\":\"LONG_ARRAY\",\"value\":[1]}".to_owned(),
        Sort::Expression => "1".to_owned(),
        Sort::Setup(local) => format!("{}=null;", LOCALS[local].0),
    }
}

/// A value: a name of its type or a literal.
fn value(ty: Type, random: &mut Random) -> String {
    let literals: &[&str] = match ty {
        Type::Long => LONGS,
        Type::Double => DOUBLES,
        Type::Boolean => &["true", "false", "b0", "b0"],
        Type::String => &["p", "p", "q", "''", "'a'", "s0", "s1"],
        Type::List => &["list"],
        Type::Any => &["list[0]", "list[1]", "m.get('k0')", "m.get('k1')"],
        Type::Map => &["m", "m0", "m1", "new Map()"],
        Type::Uuid => &["UUID.randomUUID()"],
        Type::DateTimeZone => &["DateTimeZone.UTC"],
        _ => &[],
    };
    let of_type = LOCALS.iter().chain(PARAMETERS).filter(|(_, known)| *known == ty);
    let names: Vec<&str> = of_type.map(|(name, _)| *name).collect();
    if names.is_empty() || (!literals.is_empty() && random.chance(50)) {
        return random.pick(literals).to_owned();
    }
    random.pick(&names).to_owned()
}

/// Some tokens of a kind as a parameter holds them, without the escapes of a literal.
pub(crate) fn content(kind: TextKind, random: &mut Random) -> String {
    let tokens: String = (0..random.pick(&[1, 1, 2, 3])).map(|_| token(kind, random)).collect();
    tokens.replace("\\\\", "\\")
}

fn token(kind: TextKind, random: &mut Random) -> String {
    let tokens = match kind {
        TextKind::Plain => PLAIN,
        TextKind::Pattern => PATTERN,
        TextKind::Replacement => REPLACEMENT,
        TextKind::Format if random.chance(85) => return directive(random),
        TextKind::Format => FORMAT,
        TextKind::DatePattern => return date_token(random),
        TextKind::Zone => ZONES,
        TextKind::Date => DATES,
        TextKind::DateInt => DATE_INTS,
        TextKind::Number => NUMBERS,
        TextKind::Duration => DURATIONS,
        TextKind::Template => TEMPLATES,
    };
    random.pick(tokens).to_owned()
}

/// A directive of `String.format`.
fn directive(random: &mut Random) -> String {
    if random.chance(50) {
        return random.pick(ANY_DIRECTIVES).to_owned();
    }
    let mut text = String::from("%");
    if random.chance(70) {
        text.push_str(random.pick(&["1$", "1$", "1$", "2$", "3$", "<"]));
    }
    for flag in ["-", "#", "+", " ", "0", ",", "("] {
        if random.chance(8) {
            text.push_str(flag);
        }
    }
    if random.chance(40) {
        text.push_str(&random.size(500_000).to_string());
    }
    if random.chance(30) {
        text.push('.');
        text.push_str(&random.size(500_000).to_string());
    }
    let conversions = [
        "s", "S", "h", "H", "d", "x", "X", "o", "f", "e", "E", "g", "G", "a", "A", "c", "C", "b", "B", "n", "%", "tY",
        "TB",
    ];
    text.push_str(random.pick(&conversions));
    text
}

/// A run of letters of a date pattern, or text between.
fn date_token(random: &mut Random) -> String {
    if random.chance(15) {
        return random
            .pick(&[" ", "-", "'T'", "''", "'x y'", "/", ".", "'é'"])
            .to_owned();
    }
    let letter = random.pick(LETTERS);
    let end = if random.chance(50) {
        random.pick(&["-", "/", " "])
    } else {
        ""
    };
    letter.repeat(random.pick(&[1, 1, 1, 2, 2, 3, 3, 4, 5, 9, 40])) + end
}
