//! What people write out of habit from Java, Python, JavaScript and SQL, and what to write here.
//!
//! Each piece of code in a help is run by `tests/diagnostics/helps.jsonl`: a help that is not true is worse than none.

mod methods;

use crate::types::Type;
use methods::On;

const FLOOR: &str =
    "it is `x < x.longValue() ? x.longValue() - 1 : x.longValue()`; `x.longValue()` alone cuts towards 0";
const CEIL: &str =
    "it is `x > x.longValue() ? x.longValue() + 1 : x.longValue()`; `x.longValue()` alone cuts towards 0";
const ROUND: &str = "write `Long.parseLong(String.format('%.0f', x))`; it takes halves away from 0, where Java's `Math.round` takes them up";
const ABSOLUTE: &str = "write `x < 0 ? -x : x`";
const ARRAY_LENGTH: &str = "an array's length is a field: `xs.length`";
const WALK: &str = "walk it: `for (int i = 0; i < xs.length; i += 1) { … xs[i] … }`";
const FIXED_LENGTH: &str =
    "arrays have a fixed length: make one that is long enough, `xs = new String[10];`, and set `xs[i] = x;`";
const NO_KEYS: &str = "maps cannot be walked; keep the keys in an array of their own";
const NOW: &str = "the present is `new DateTime()`; for runs that can be repeated, take the date as a parameter";
const DATE_OF_TEXT: &str = "a text is no date yet: `new DateTime(text).plusDays(1)`";
const DATE_OF_NUMBER: &str = "a number is no date: for milliseconds write `new DateTime(n).plusDays(1)`, for a date int `Util.incrementDateInt(n, 1)`";

/// Functions of other languages.
const FUNCTIONS: &[(&[&str], &str)] = &[
    (
        &["len", "length", "size", "count"],
        "an array's length is `xs.length`, a text's `text.length()`, a map's `m.size()`",
    ),
    (
        &["str", "String", "to_string", "toString", "to_text"],
        "write `String.valueOf(x)`",
    ),
    (
        &["parseInt", "Integer", "Long", "to_number", "Number", "cast"],
        "a text's number is `Long.parseLong(text)`; a DOUBLE is cut with `x.longValue()`",
    ),
    (
        &["float", "parseFloat", "Double", "Float"],
        "write `Double.parseDouble(text)`",
    ),
    (&["bool", "Boolean"], "write `text == 'true'`"),
    (
        &[
            "now",
            "today",
            "current_date",
            "current_timestamp",
            "getdate",
            "utcnow",
            "Date",
            "DateTime",
            "datetime",
        ],
        NOW,
    ),
    (
        &["date", "to_date", "timestamp", "to_timestamp", "strptime"],
        "write `new DateTime(text)` for ISO texts, `DateTimeFormat.forPattern('yyyyMMdd').parseDateTime(text)` for others",
    ),
    (
        &["date_add", "dateadd", "timedelta", "adddate", "ds_add"],
        "write `date.plusDays(1)`; for a date int, `Util.incrementDateInt(day, 1)`",
    ),
    (
        &["date_sub", "datesub"],
        "write `date.minusDays(1)`; for a date int, `Util.incrementDateInt(day, -1)`",
    ),
    (&["datediff", "date_diff"], "write `Days.daysBetween(a, b).getDays()`"),
    (
        &["date_format", "strftime", "to_char", "ds_format"],
        "write `date.toString('yyyy-MM-dd')`",
    ),
    (&["range"], "write `Util.intsBetween(0, 10, 1)`"),
    (
        &["format", "sprintf", "printf"],
        "write `String.format('%s-%05d', text, n)`",
    ),
    (&["concat"], "join texts with `+`: `a + b`"),
    (&["join"], "write `String.join(',', xs)`"),
    (
        &["substr", "substring", "mid"],
        "write `text.substring(from, to)`, which counts from 0",
    ),
    (&["upper"], "write `text.toUpperCase()`"),
    (&["lower"], "write `text.toLowerCase()`"),
    (&["trim"], "write `text.trim()`"),
    (
        &["coalesce", "ifnull", "nvl", "isnull", "COALESCE", "NVL"],
        "write `x == null ? other : x`",
    ),
    (&["iif", "IIF", "IF"], "write `condition ? value : other`"),
    (
        &["max", "greatest"],
        "of two numbers it is `Math.max(a, b)`; an array is walked with a `for`",
    ),
    (
        &["min", "least"],
        "of two numbers it is `Math.min(a, b)`; an array is walked with a `for`",
    ),
    (&["abs"], ABSOLUTE),
    (&["floor"], FLOOR),
    (&["ceil"], CEIL),
    (&["round"], ROUND),
    (&["pow"], "write `Math.pow(x, y)`"),
    (&["random", "rand"], "write `Math.random()`"),
    (&["uuid", "uuid4"], "write `UUID.randomUUID().toString()`"),
    (&["dict"], "write `new Map()`"),
    (&["list", "array", "Array"], "write `new String[]{'a', 'b'}`"),
    (
        &["sum", "sorted", "map", "filter", "enumerate", "zip", "any", "all"],
        WALK,
    ),
    (
        &["isinstance", "type", "typeof"],
        "types are checked before the program runs; there is no run-time test",
    ),
];

/// Classes and modules of other languages.
const CLASSES: &[(&[&str], &str)] = &[
    (
        &[
            "LocalDate",
            "LocalDateTime",
            "ZonedDateTime",
            "OffsetDateTime",
            "Instant",
            "Date",
            "Calendar",
            "Timestamp",
            "datetime",
            "pendulum",
            "moment",
            "dayjs",
            "dateutil",
        ],
        "dates are `DateTime`: `new DateTime(text)`, or `new DateTime()` for the present",
    ),
    (
        &[
            "LocalTime",
            "Duration",
            "Period",
            "timedelta",
            "relativedelta",
            "Interval",
            "ChronoUnit",
            "TimeUnit",
        ],
        "there are no lengths of time: move a date, `date.plusDays(1)`, or count, `Days.daysBetween(a, b).getDays()`",
    ),
    (
        &["DateTimeFormatterBuilder", "SimpleDateFormat", "ISODateTimeFormat"],
        "write `DateTimeFormat.forPattern('yyyy-MM-dd')`",
    ),
    (
        &["ZoneId", "ZoneOffset", "TimeZone", "pytz", "zoneinfo"],
        "write `DateTimeZone.forID('Europe/Paris')`",
    ),
    (
        &[
            "List",
            "ArrayList",
            "LinkedList",
            "Set",
            "HashSet",
            "Array",
            "Collections",
        ],
        "use an array: `new String[]{'a', 'b'}`, or `new String[10]`",
    ),
    (
        &["TreeMap", "ConcurrentHashMap", "dict", "Object", "JSON", "json"],
        "write `new Map()`, and `m.put('key', x)`",
    ),
    (&["StringBuilder", "StringBuffer"], "join texts with `+`: `a + b`"),
    (
        &["StringUtils", "Strings"],
        "texts have methods of their own, such as `text.trim().isEmpty()`",
    ),
    (
        &["BigDecimal", "BigInteger", "Decimal"],
        "numbers are LONG, of 64 bits, and DOUBLE: `Double.parseDouble(text)`",
    ),
    (&["Optional", "Objects"], "write `a == b`, or `x == null ? other : x`"),
    (&["Random"], "write `Math.random()`"),
    (
        &["Pattern", "Matcher", "re", "RegExp"],
        "texts take patterns: `text.replaceAll('[0-9]+', '')` and `text.split(',')`",
    ),
    (
        &[
            "Exception",
            "RuntimeException",
            "Error",
            "IllegalArgumentException",
            "ValueError",
        ],
        "throw a text: `throw 'no rows';`",
    ),
    (&["os", "environ", "env", "ENV"], "take it as a parameter, by its name"),
    (&["CURRENT_DATE", "CURRENT_TIMESTAMP", "SYSDATE"], NOW),
];

/// Fields and constants of other languages, each with its class.
const FIELDS: &[(&str, &[&str], &str)] = &[
    ("DateTime", &["now", "Now", "today", "Today", "UtcNow"], NOW),
    (
        "Math",
        &["PI", "E"],
        "write the number, `3.141592653589793` or `2.718281828459045`",
    ),
    ("Long", &["MAX_VALUE"], "write `9223372036854775807`"),
    ("Long", &["MIN_VALUE"], "write `-9223372036854775807 - 1`"),
    ("Boolean", &["TRUE", "FALSE"], "write `true` or `false`"),
    ("System", &["out", "err"], "a program gives its result with `return`"),
    ("DateTimeZone", &["utc"], "write `DateTimeZone.UTC`"),
];

/// What to write instead of a method on a value of a type.
pub(super) fn method(ty: Type, name: &str) -> Option<&'static str> {
    methods::find(|on| matches!(on, On::Types(types) if types.contains(&ty)), name)
}

/// What to write instead of a static method of a class.
pub(super) fn static_method(class: &str, name: &str) -> Option<&'static str> {
    methods::find(|on| matches!(on, On::Class(of) if *of == class), name)
}

/// What to write instead of a function that stands alone.
pub(super) fn function(name: &str) -> Option<&'static str> {
    // SQL writes them in either case.
    let lower = name.to_ascii_lowercase();
    let found = FUNCTIONS
        .iter()
        .find(|(names, _)| names.contains(&name) || names.contains(&&*lower));
    found.map(|(_, help)| *help)
}

/// What to write instead of a class or module.
pub(super) fn class(name: &str) -> Option<&'static str> {
    let found = CLASSES.iter().find(|(names, _)| names.contains(&name));
    found.map(|(_, help)| *help)
}

/// What to write instead of a field of a class.
pub(super) fn field(class: &str, name: &str) -> Option<&'static str> {
    let found = FIELDS
        .iter()
        .find(|(of, names, _)| *of == class && names.contains(&name));
    found.map(|(_, _, help)| *help)
}
