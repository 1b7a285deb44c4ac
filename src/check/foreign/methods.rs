//! Methods of other languages, by what they are called on.

use super::{
    ABSOLUTE, ARRAY_LENGTH, CEIL, DATE_OF_NUMBER, DATE_OF_TEXT, FIXED_LENGTH, FLOOR, NO_KEYS, NOW, ROUND, WALK,
};
use crate::types::Type;

/// What a method is called on.
pub(super) enum On {
    /// Values of these types.
    Types(&'static [Type]),
    /// A class, without a value.
    Class(&'static str),
}

use On::{Class, Types};

const ARRAYS: On = Types(&[
    Type::BooleanArray,
    Type::LongArray,
    Type::DoubleArray,
    Type::StringArray,
    Type::List,
]);
const TEXT: On = Types(&[Type::String]);
const NUMBERS: On = Types(&[Type::Long, Type::Double]);
const DATE: On = Types(&[Type::DateTime]);
const MAP: On = Types(&[Type::Map]);
const ANYTHING: On = Types(&[Type::Any]);

/// Methods that this language has under another name, or not at all.
const METHODS: &[(On, &[&str], &str)] = &[
    (TEXT, &["size", "len", "count"], "write `text.length()`"),
    (
        TEXT,
        &["substr", "slice", "mid"],
        "write `text.substring(from, to)`: from the place `from` up to, but without, `to`",
    ),
    (TEXT, &["charAt", "get", "at"], "write `text.substring(i, i + 1)`"),
    (TEXT, &["concat"], "join texts with `+`: `a + b`"),
    (
        TEXT,
        &["equalsIgnoreCase"],
        "write `a.toLowerCase() == b.toLowerCase()`",
    ),
    (
        TEXT,
        &["indexOf", "find", "index", "search"],
        "whether it is there says `text.contains(part)`; where it is last, `text.lastIndexOf(part)`",
    ),
    (TEXT, &["includes", "has"], "write `text.contains(part)`"),
    (
        TEXT,
        &["matches", "test", "match"],
        "write `('=' + text).replaceAll('^=(?:[0-9]+)$', '').isEmpty()`, with your pattern for `[0-9]+`",
    ),
    (TEXT, &["join"], "write `String.join(',', xs)`"),
    (TEXT, &["isBlank"], "write `text.trim().isEmpty()`"),
    (TEXT, &["strip"], "write `text.trim()`"),
    (TEXT, &["upper", "toUpper"], "write `text.toUpperCase()`"),
    (TEXT, &["lower", "toLower"], "write `text.toLowerCase()`"),
    (TEXT, &["toCharArray", "chars"], "write `text.split('')`"),
    (
        TEXT,
        &["format", "formatted"],
        "write `String.format('%s-%05d', text, n)`",
    ),
    (
        TEXT,
        &["padStart", "lpad", "rjust", "zfill"],
        "write `String.format('%10s', text)`; for a number with zeros, `String.format('%05d', n)`",
    ),
    (
        TEXT,
        &["padEnd", "rpad", "ljust"],
        "write `String.format('%-10s', text)`",
    ),
    (
        TEXT,
        &["isNumeric", "isdigit", "isDigit", "isnumeric"],
        "write `!text.isEmpty() && text.replaceAll('[0-9]', '').isEmpty()`",
    ),
    (TEXT, &["toString"], "it is a STRING already; leave it out"),
    (
        TEXT,
        &[
            "intValue",
            "longValue",
            "toInt",
            "toInteger",
            "toLong",
            "parseInt",
            "parseLong",
        ],
        "write `Long.parseLong(text)`",
    ),
    (
        TEXT,
        &["doubleValue", "toDouble", "parseDouble", "toFloat"],
        "write `Double.parseDouble(text)`",
    ),
    (
        TEXT,
        &[
            "plusDays",
            "minusDays",
            "plusHours",
            "minusHours",
            "plusMonths",
            "minusMonths",
            "getMillis",
            "isBefore",
            "isAfter",
            "addDays",
        ],
        DATE_OF_TEXT,
    ),
    (
        Types(&[Type::Long]),
        &["toFixed", "round", "floor", "ceil"],
        "a LONG has no fraction: write `n`, or its text, `n.toString()`",
    ),
    (
        Types(&[Type::Long]),
        &["longValue"],
        "a LONG is one already; leave it out",
    ),
    (Types(&[Type::Long]), &["doubleValue", "toDouble"], "write `n * 1.0`"),
    (
        Types(&[Type::Long]),
        &[
            "plusDays",
            "minusDays",
            "plusHours",
            "minusHours",
            "plusMonths",
            "minusMonths",
            "addDays",
            "getMillis",
            "withZone",
            "isBefore",
            "isAfter",
        ],
        DATE_OF_NUMBER,
    ),
    (
        Types(&[Type::Long]),
        &[
            "length",
            "substring",
            "split",
            "trim",
            "replace",
            "contains",
            "startsWith",
            "endsWith",
        ],
        "a LONG is no text: write `n.toString().length()`, or the like",
    ),
    (Types(&[Type::Double]), &["floor"], FLOOR),
    (Types(&[Type::Double]), &["ceil"], CEIL),
    (Types(&[Type::Double]), &["round"], ROUND),
    (Types(&[Type::Double]), &["toFixed"], "write `String.format('%.2f', x)`"),
    (Types(&[Type::Double]), &["isNaN"], "write `x != x`"),
    (
        Types(&[Type::Double]),
        &["doubleValue"],
        "a DOUBLE is one already; leave it out",
    ),
    (NUMBERS, &["abs"], ABSOLUTE),
    (NUMBERS, &["equals"], "compare with `==`: `n == 5`"),
    (
        NUMBERS,
        &["compareTo", "compare"],
        "compare with `<`, `==` and `>`: `n < 5`",
    ),
    (
        Types(&[Type::Boolean]),
        &["equals"],
        "compare with `==`: `flag == true`",
    ),
    (
        Types(&[Type::Boolean]),
        &["toString", "getText"],
        "join it to a text: `'' + flag`",
    ),
    (
        Types(&[Type::Boolean]),
        &["booleanValue"],
        "it is a BOOLEAN already; leave it out",
    ),
    (ARRAYS, &["size", "length", "len", "count"], ARRAY_LENGTH),
    (ARRAYS, &["get", "at", "charAt"], "write `xs[i]`"),
    (ARRAYS, &["isEmpty", "empty"], "write `xs.length == 0`"),
    (
        ARRAYS,
        &[
            "add", "push", "append", "put", "addAll", "extend", "concat", "remove", "pop",
        ],
        FIXED_LENGTH,
    ),
    (ARRAYS, &["set"], "write `xs[i] = x;`"),
    (
        ARRAYS,
        &["join", "mkString", "toString"],
        "for texts write `String.join(',', xs)`; for any array, `'' + xs`",
    ),
    (
        ARRAYS,
        &[
            "contains", "includes", "indexOf", "forEach", "map", "filter", "reduce", "stream", "sort", "sorted",
            "reverse", "max", "min", "sum", "slice",
        ],
        WALK,
    ),
    (
        ARRAYS,
        &["equals"],
        "compare the elements, one by one: `xs[i] == ys[i]`",
    ),
    (
        MAP,
        &[
            "keySet",
            "keys",
            "values",
            "entrySet",
            "items",
            "entries",
            "forEach",
            "containsValue",
        ],
        NO_KEYS,
    ),
    (
        MAP,
        &["remove", "delete", "clear", "pop"],
        "entries cannot be taken out; put another value, `m.put('key', '')`",
    ),
    (
        MAP,
        &["has", "contains", "hasKey", "has_key", "includes"],
        "write `m.containsKey('key')`",
    ),
    (MAP, &["length", "len", "count"], "write `m.size()`"),
    (MAP, &["isEmpty", "empty"], "write `m.size() == 0`"),
    (MAP, &["set", "add", "putAll", "update"], "write `m.put('key', x)`"),
    (
        MAP,
        &["equals"],
        "compare the values, key by key: `a.get('key') == b.get('key')`",
    ),
    (DATE, &["equals", "isSame", "isEqualTo"], "write `a.isEqual(b)`"),
    (
        DATE,
        &["compareTo", "compare"],
        "write `a.isBefore(b)` or `a.isAfter(b)`",
    ),
    (DATE, &["before"], "write `a.isBefore(b)`"),
    (DATE, &["after"], "write `a.isAfter(b)`"),
    (
        DATE,
        &["format", "strftime", "toFormat", "print"],
        "write `date.toString('yyyy-MM-dd')`",
    ),
    (
        DATE,
        &["isoformat", "toISOString", "toIsoString"],
        "write `date.toString()`",
    ),
    (
        DATE,
        &["getDay", "day", "getDate"],
        "the day of the month is `date.getDayOfMonth()`, that of the week `date.getDayOfWeek()`, 1 for Monday",
    ),
    (
        DATE,
        &["weekday", "isoweekday"],
        "write `date.getDayOfWeek()`, which is 1 for Monday",
    ),
    (
        DATE,
        &["getMonth", "month"],
        "write `date.getMonthOfYear()`, which is 1 for January",
    ),
    (DATE, &["year", "getFullYear"], "write `date.getYear()`"),
    (DATE, &["getHour", "getHours", "hour"], "write `date.getHourOfDay()`"),
    (
        DATE,
        &["getMinute", "getMinutes", "minute"],
        "write `date.getMinuteOfHour()`",
    ),
    (
        DATE,
        &["getSecond", "getSeconds", "second"],
        "write `date.getSecondOfMinute()`",
    ),
    (
        DATE,
        &[
            "getTime",
            "toEpochMilli",
            "toInstant",
            "timestamp",
            "valueOf",
            "toMillis",
        ],
        "write `date.getMillis()`",
    ),
    (
        DATE,
        &[
            "atStartOfDay",
            "startOfDay",
            "toLocalDate",
            "truncate",
            "withTime",
            "toDate",
        ],
        "write `date.withTimeAtStartOfDay()`",
    ),
    (
        DATE,
        &["toDateInt", "dateInt"],
        "write `date.toString('yyyyMMdd')`; as a number, `Long.parseLong(date.toString('yyyyMMdd'))`",
    ),
    (
        DATE,
        &["minus", "diff", "until", "daysUntil", "daysBetween", "subtract"],
        "days between two dates are `Days.daysBetween(a, b).getDays()`; to go back, `date.minusDays(1)`",
    ),
    (
        DATE,
        &["plus", "add", "shift"],
        "write `date.plusDays(1)`, or another of the `plus…` methods",
    ),
    (DATE, &["isBeforeNow"], "write `date.isBefore(new DateTime())`"),
    (DATE, &["isAfterNow"], "write `date.isAfter(new DateTime())`"),
    (
        DATE,
        &["withZoneSameInstant", "astimezone", "inTimeZone", "tz_convert"],
        "write `date.withZone(DateTimeZone.forID('Europe/Paris'))`",
    ),
    (
        DATE,
        &["lengthOfMonth", "getDaysInMonth"],
        "write `date.dayOfMonth().withMaximumValue().getDayOfMonth()`",
    ),
    (ANYTHING, &["parseInt"], "write `Long.parseLong(text)`"),
    (ANYTHING, &["addDays"], "write `date.plusDays(1)`"),
    (
        ANYTHING,
        &["matches"],
        "write `('=' + text).replaceAll('^=(?:[0-9]+)$', '').isEmpty()`, with your pattern for `[0-9]+`",
    ),
    (
        ANYTHING,
        &["substr"],
        "write `text.substring(from, to)`: from the place `from` up to, but without, `to`",
    ),
    (
        ANYTHING,
        &["indexOf"],
        "whether it is there says `text.contains(part)`; where it is last, `text.lastIndexOf(part)`",
    ),
    (ANYTHING, &["keySet", "keys", "values", "entrySet", "items"], NO_KEYS),
    (ANYTHING, &["add", "push", "append"], FIXED_LENGTH),
    (
        Types(&[Type::DateTimeFormatter]),
        &["format", "toString"],
        "write `DateTimeFormat.forPattern('yyyy-MM-dd').print(date)`, or `date.toString('yyyy-MM-dd')`",
    ),
    (
        Types(&[Type::DateTimeFormatter]),
        &["parse", "parseLocalDate"],
        "write `DateTimeFormat.forPattern('yyyyMMdd').parseDateTime(text)`",
    ),
    (Class("Math"), &["floor"], FLOOR),
    (Class("Math"), &["ceil"], CEIL),
    (Class("Math"), &["round", "rint"], ROUND),
    (Class("Math"), &["abs"], ABSOLUTE),
    (Class("Math"), &["sqrt"], "write `Math.pow(x, 0.5)`"),
    (Class("Math"), &["floorMod"], "write `(a % b + b) % b`"),
    (Class("DateTime"), &["now", "today", "utcnow"], NOW),
    (
        Class("DateTime"),
        &["of", "from", "valueOf", "fromISO", "strptime"],
        "write `new DateTime(text)` for ISO texts, `DateTimeFormat.forPattern('yyyyMMdd').parseDateTime(text)` for others",
    ),
    (Class("Long"), &["parseInt", "parse"], "write `Long.parseLong(text)`"),
    (Class("Long"), &["max"], "write `Math.max(a, b)`"),
    (Class("Long"), &["min"], "write `Math.min(a, b)`"),
    (Class("Long"), &["compare"], "compare with `<`, `==` and `>`: `a < b`"),
    (
        Class("Double"),
        &["parse", "parseFloat"],
        "write `Double.parseDouble(text)`",
    ),
    (Class("Double"), &["isNaN"], "write `x != x`"),
    (
        Class("Boolean"),
        &["parseBoolean", "valueOf"],
        "write `new Boolean(text)`, or compare, `text == 'true'`",
    ),
    (Class("String"), &["concat"], "join texts with `+`: `a + b`"),
    (
        Class("String"),
        &["isEmpty", "isBlank", "isNullOrEmpty"],
        "write `text == null || text.isEmpty()`",
    ),
    (
        Class("System"),
        &["nanoTime", "now"],
        "write `System.currentTimeMillis()`",
    ),
    (
        Class("System"),
        &["getenv", "getProperty"],
        "take it as a parameter, by its name",
    ),
    (
        Class("Util"),
        &["addDays", "plusDays", "addDateInt"],
        "write `Util.incrementDateInt(day, 1)`, a text; as a number, `Long.parseLong(Util.incrementDateInt(day, 1))`",
    ),
    (
        Class("Util"),
        &["now", "today"],
        "today as a date int is `Util.tsToDateInt(System.currentTimeMillis())`, in UTC",
    ),
];

/// What to write instead of a method.
pub(super) fn find(is_on: impl Fn(&On) -> bool, name: &str) -> Option<&'static str> {
    let found = METHODS.iter().find(|(on, names, _)| is_on(on) && names.contains(&name));
    found.map(|(_, _, help)| *help)
}
