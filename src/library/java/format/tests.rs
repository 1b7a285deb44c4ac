//! Holds the formatter against facts of Java, and against hostile formats.

use serde_json::Value;

use super::{Argument, Format, FormatError, PrintError, format_max_bytes};
use crate::library::java::sink::Sink;
use crate::machine::charge::Charge;
use crate::machine::unread::Unread;

/// Facts of Java 17 and 25, which agree, one a line: `{"format": …, "arguments": […], "value" or "error": …}`.
/// Numbers are wrapped in an object that names their Java class; a double is its bits.
const FACTS: &str = include_str!("../../../../tests/java/format.jsonl");

fn argument(value: &Value) -> Argument<'_> {
    match value {
        Value::Null => Argument::Null,
        Value::Bool(boolean) => Argument::Boolean(*boolean),
        Value::String(text) => Argument::Text(Unread::of(text)),
        number => match (number["int"].as_i64(), number["long"].as_i64()) {
            (Some(int), _) => Argument::Int(int.try_into().unwrap()),
            (None, Some(long)) => Argument::Long(long),
            (None, None) => {
                let bits = u64::from_str_radix(number["double"].as_str().unwrap(), 16).unwrap();
                Argument::Double(f64::from_bits(bits))
            }
        },
    }
}

/// The name of the exception in Java.
fn name(error: &FormatError) -> &'static str {
    match error {
        FormatError::UnknownConversion(_) | FormatError::DateConversion(_) => "UnknownFormatConversion",
        FormatError::IllegalArgumentIndex(_) => "IllegalFormatArgumentIndex",
        FormatError::DuplicateFlags { .. } => "DuplicateFormatFlags",
        FormatError::FlagsConversionMismatch { .. } => "FormatFlagsConversionMismatch",
        FormatError::IllegalFlags(_) => "IllegalFormatFlags",
        FormatError::IllegalPrecision(_) => "IllegalFormatPrecision",
        FormatError::IllegalWidth(_) => "IllegalFormatWidth",
        FormatError::MissingWidth(_) => "MissingFormatWidth",
        FormatError::MissingArgument(_) => "MissingFormatArgument",
        FormatError::IllegalConversion { .. } => "IllegalFormatConversion",
        FormatError::IllegalCodePoint(_) => "IllegalFormatCodePoint",
        FormatError::SplitSurrogatePair(_) => "a lone surrogate",
    }
}

fn formatted(format: &str, arguments: &[Argument<'_>]) -> Result<String, FormatError> {
    let mut text = String::new();
    let parsed = Format::parse(format)?;
    assert!(parsed.heap_bytes() <= format_max_bytes(format.len()));
    match parsed.print(format, arguments, &mut text) {
        Ok(()) => Ok(text),
        Err(PrintError::Format(error)) => Err(error),
        Err(PrintError::Sink(never)) => match never {},
    }
}

#[test]
fn formats_as_java_does() {
    let mut wrong = Vec::new();
    for line in FACTS.lines() {
        let fact: Value = serde_json::from_str(line).unwrap();
        let arguments: Vec<_> = fact["arguments"].as_array().unwrap().iter().map(argument).collect();
        let found = formatted(fact["format"].as_str().unwrap(), &arguments);
        let agrees = match (&found, fact["error"].as_str()) {
            (Ok(text), None) => fact["value"].as_str() == Some(text),
            (Err(error), Some(expected)) => name(error) == expected,
            (Ok(_), Some(_)) | (Err(_), None) => false,
        };
        if !agrees {
            wrong.push(format!("{line}\n    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Counts what it is given and keeps nothing.
#[derive(Default)]
struct Counter {
    bytes: usize,
    largest: usize,
}

impl Charge for Counter {
    type Error = ();

    fn steps(&mut self, _: u64) -> Result<(), ()> {
        Ok(())
    }

    fn memory(&mut self, _: u64) -> Result<(), ()> {
        Ok(())
    }
}

impl Sink for Counter {
    fn copy(&mut self, text: Unread<'_>) -> Result<(), ()> {
        self.pad(' ', text.len())
    }

    fn write(&mut self, text: &str) -> Result<(), ()> {
        self.largest = self.largest.max(text.len());
        self.pad(' ', text.len())
    }

    fn pad(&mut self, _: char, count: usize) -> Result<(), ()> {
        self.bytes = self.bytes.checked_add(count).ok_or(())?;
        Ok(())
    }
}

#[test]
fn no_text_is_made_before_the_sink_agrees() {
    for (format, argument, bytes) in [
        ("%999999999d", Argument::Int(1), 999_999_999),
        ("%-999999999s", Argument::Text(Unread::of("x")), 999_999_999),
        ("%.999999999f", Argument::Double(1.5), 1_000_000_001),
        ("%.999999999e", Argument::Double(-1e300), 1_000_000_007),
        ("%.999999999g", Argument::Double(5e-324), 1_000_000_005),
        ("%.999999999a", Argument::Double(1.0), 1_000_000_005),
        ("%0999999999.999999999f", Argument::Double(1e308), 1_000_000_309),
        ("%2147483647.2147483647f", Argument::Double(0.0), 2_147_483_649),
        ("%,f", Argument::Double(-f64::MAX), 419),
    ] {
        let mut counter = Counter::default();
        let printed = Format::parse(format).unwrap().print(format, &[argument], &mut counter);
        assert_eq!((printed, counter.bytes), (Ok(()), bytes), "{format}");
        assert!(counter.largest <= 411, "{format}");
    }
}

#[test]
fn an_error_says_what_is_wrong() {
    for (format, arguments, message) in [
        (
            "%",
            &[][..],
            "unknown format conversion `%`; the conversions are `%s`, `%d`, `%f`, `%e`, `%x`, `%b`, `%n` and `%%`",
        ),
        (
            "%z",
            &[],
            "unknown format conversion `%z`; the conversions are `%s`, `%d`, `%f`, `%e`, `%x`, `%b`, `%n` and `%%`",
        ),
        ("%tY", &[], "missing argument for `%tY`"),
        (
            "%tY",
            &[Argument::Int(1)],
            "the conversion `%tY` takes milliseconds beyond 32 bits: a date is printed by its pattern, `date.toString('yyyy-MM-dd')`",
        ),
        (
            "%tE",
            &[Argument::Null],
            "unknown format conversion `%tE`; the conversions are `%s`, `%d`, `%f`, `%e`, `%x`, `%b`, `%n` and `%%`",
        ),
        (
            "%t",
            &[Argument::Null],
            "unknown format conversion `%t`; the conversions are `%s`, `%d`, `%f`, `%e`, `%x`, `%b`, `%n` and `%%`",
        ),
        (
            "%05tY",
            &[Argument::Null],
            "the flag `0` does not go with the conversion `%Y`",
        ),
        ("%.2tY", &[Argument::Null], "illegal precision in `%.2tY`"),
        ("%-tY", &[Argument::Null], "a flag of `%-tY` needs a width"),
        ("%0$s", &[], "illegal argument index in `%0$s`"),
        ("%--5d", &[], "duplicate flag `-` in `%--5d`"),
        ("%#d", &[], "the flag `#` does not go with the conversion `%d`"),
        ("%+ d", &[], "flags that exclude each other in `%+ d`"),
        ("%.2d", &[], "illegal precision in `%.2d`"),
        ("%5n", &[], "illegal width in `%5n`"),
        ("%-d", &[], "a flag of `%-d` needs a width"),
        ("a %s", &[], "missing argument for `%s`"),
        (
            "%d",
            &[Argument::Text(Unread::of("x"))],
            "the conversion `%d` does not take a text",
        ),
        (
            "%c",
            &[Argument::Int(0xd800)],
            "55296 is not the code point of a character",
        ),
        (
            "%.1s",
            &[Argument::Text(Unread::of("😀"))],
            "a precision of 1 cuts a surrogate pair in half",
        ),
    ] {
        assert_eq!(
            formatted(format, arguments).unwrap_err().to_string(),
            message,
            "{format}"
        );
    }
}
