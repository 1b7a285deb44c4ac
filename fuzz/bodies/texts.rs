//! Texts, patterns and dates in the library's functions.

use selvedge::{Inputs, Schema, Value};

use super::{LENIENT, check_text, evaluate_twice, text};

/// Evaluates the sources on texts `p`, `q` and `r`, which the data hold between NUL characters, and on numbers.
fn on_texts(data: &[u8], sources: &[&str]) {
    let Some((&which, rest)) = data.split_first() else {
        return;
    };
    let rest = text(rest);
    let mut parts = rest.splitn(3, '\0');
    let mut inputs = Inputs::new();
    for name in ["p", "q", "r"] {
        inputs = inputs.with(name, parts.next().unwrap_or(""));
    }
    let number = rest
        .bytes()
        .fold(7_i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(i64::from(byte)));
    inputs = inputs.with("n", number).with("d", f64::from_bits(number as u64));
    let source = sources[usize::from(which) % sources.len()];
    evaluate_twice(&LENIENT, source, &Schema::infer_from(inputs.as_map()), &inputs);
    // A constant in place of the parameter: it is prepared when the program is compiled.
    let quoted: String = inputs
        .as_map()
        .get("q")
        .and_then(Value::as_str)
        .unwrap_or("")
        .escape_unicode()
        .fold(String::new(), |mut text, c| {
            if !matches!(c, '{' | '}') {
                text.push(c);
            }
            text
        });
    let constant = source.replace("(q", &format!("('{quoted}'"));
    if let Err(error) = LENIENT.compile_uncached(&constant, &Schema::infer_from(inputs.as_map())) {
        check_text(&error.to_string());
    }
}

/// Formats, texts and numbers.
pub(crate) fn format(data: &[u8]) {
    on_texts(
        data,
        &[
            "String.format(q, p, r, n, d)",
            "String.format(q, n, n, n)",
            "String.format(q, d, d)",
            "Long.valueOf(p)",
            "Double.valueOf(p)",
            "Double.valueOf(p) + ''",
            "d + '' + n",
            "p.toUpperCase() + p.toLowerCase() + p.trim()",
            "p.substring(n % 10) + p.substring(1, 3)",
        ],
    );
}

/// Patterns on texts.
pub(crate) fn regex(data: &[u8]) {
    on_texts(
        data,
        &[
            "p.split(q)",
            "p.replaceAll(q, r)",
            "p.split(q, n % 9)",
            "p.contains(q)",
            "p.replaceAll(q, '')",
            "p.matches(q)",
            "p.replace(q, r)",
        ],
    );
}

/// Dates from texts and numbers, and patterns of dates.
pub(crate) fn dates(data: &[u8]) {
    on_texts(
        data,
        &[
            "DateTimeFormat.forPattern(q).parseDateTime(p).getMillis()",
            "DateTimeFormat.forPattern(q).print(new DateTime(n))",
            "new DateTime(p).toString()",
            "new DateTime(n).toString()",
            "new DateTime(n).toString(q)",
            "new DateTime(n % 100000000000000).withZone(DateTimeZone.forID(q)).toString()",
            "new DateTime(n % 100000000000000).plusMonths(n % 100000).minusDays(n % 70000).toString()",
            "new DateTime(p).withZone(DateTimeZone.forID(q)).plusDays(n % 1000).getDayOfWeek()",
            "Days.daysBetween(new DateTime(p), new DateTime(r)).getDays()",
            "Util.dateIntsBetween(new DateTime(p), new DateTime(r), 1)",
        ],
    );
}
