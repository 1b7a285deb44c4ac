//! Prints one argument as its conversion asks.

use super::super::sink::Sink;
use super::super::{case, text};
use super::argument::Argument;
use super::date;
use super::error::{FormatError, PrintError};
use super::hexadecimal::{print_binary, print_hexadecimal, print_octal, with_hash_text};
use super::number::{Magnitude, pad_some, print_decimal, print_integer, print_signed};
use super::spec::{Conversion, Flags, Spec};
use crate::machine::charge::Charge;
use crate::machine::double::DOUBLE_TEXT_STEPS;
use crate::machine::unread::Unread;
use crate::number_text::{LongText, MAX_DOUBLE_TEXT, write_double};

/// The steps of a conversion, beside those of its pieces and of what it reads.
const CONVERSION_STEPS: u64 = 4;

/// Prints `%%` or `%n`.
pub(super) fn print_fixed<S: Sink>(spec: &Spec, sink: &mut S) -> Result<(), S::Error> {
    match spec.conversion {
        Conversion::NewLine => sink.write("\n"),
        _ => justify(spec, 1, sink, |sink| sink.write("%")),
    }
}

/// Prints an argument.
pub(super) fn print_argument<S: Sink>(
    spec: &Spec,
    argument: Argument<'_>,
    sink: &mut S,
) -> Result<(), PrintError<S::Error>> {
    sunk(sink.steps(CONVERSION_STEPS))?;
    if spec.conversion == Conversion::Text {
        // Only Java's `Formattable` objects know an alternate form, and there are none here.
        spec.refuse_flags(&[Flags::ALTERNATE])?;
    }
    match (spec.conversion, argument) {
        (Conversion::Boolean, Argument::Boolean(false) | Argument::Null) => print_short(spec, "false", sink),
        (Conversion::Boolean, _) => print_short(spec, "true", sink),
        (_, Argument::Null) => print_short(spec, "null", sink),
        (Conversion::Text, _) => print_plain(spec, argument, sink),
        (Conversion::HashCode, _) => {
            let hash = hash_code(argument, sink).map_err(PrintError::Sink)?;
            with_hash_text(hash, |hash| print_short(spec, hash, sink))
        }
        (Conversion::Character, Argument::Int(code)) => print_character(spec, code, sink),
        (Conversion::Decimal, Argument::Int(value)) => sunk(print_integer(spec, i64::from(value), sink)),
        (Conversion::Decimal, Argument::Long(value)) => sunk(print_integer(spec, value, sink)),
        (Conversion::Octal | Conversion::Hexadecimal, Argument::Int(value)) => {
            print_radix(spec, u64::from(value as u32), sink)
        }
        (Conversion::Octal | Conversion::Hexadecimal, Argument::Long(value)) => print_radix(spec, value as u64, sink),
        (
            Conversion::Scientific | Conversion::Fixed | Conversion::General | Conversion::HexadecimalFloat,
            Argument::Double(value),
        ) => sunk(print_double(spec, value, sink)),
        (Conversion::Date(letter), Argument::Long(millis)) => print_short(spec, &date::printed(letter, millis), sink),
        (Conversion::Date(letter), _) => Err(PrintError::Format(FormatError::DateConversion(letter))),
        (conversion, _) => Err(PrintError::Format(FormatError::IllegalConversion {
            conversion: conversion.letter(),
            argument: name_of(argument),
        })),
    }
}

/// A sink's answer as this room's.
fn sunk<E>(answer: Result<(), E>) -> Result<(), PrintError<E>> {
    answer.map_err(PrintError::Sink)
}

/// What an argument is, in a message.
fn name_of(argument: Argument<'_>) -> &'static str {
    match argument {
        Argument::Null => "null",
        Argument::Boolean(_) => "a BOOLEAN",
        Argument::Int(_) => "a LONG",
        Argument::Long(_) => "a LONG beyond 32 bits",
        Argument::Double(_) => "a DOUBLE",
        Argument::Text(_) => "a text",
    }
}

/// Java's `hashCode` of the argument's class.
fn hash_code<C: Charge>(argument: Argument<'_>, charge: &mut C) -> Result<i32, C::Error> {
    let folded = |bits: u64| (bits ^ (bits >> 32)) as i32;
    Ok(match argument {
        Argument::Null => 0,
        Argument::Boolean(true) => 1231,
        Argument::Boolean(false) => 1237,
        Argument::Int(value) => value,
        Argument::Long(value) => folded(value as u64),
        Argument::Double(value) if value.is_nan() => folded(0x7ff8_0000_0000_0000),
        Argument::Double(value) => folded(value.to_bits()),
        Argument::Text(text) => text::hash_code(text, charge)?,
    })
}

/// `%s`: the argument's own text.
fn print_plain<S: Sink>(spec: &Spec, argument: Argument<'_>, sink: &mut S) -> Result<(), PrintError<S::Error>> {
    match argument {
        Argument::Null => print_short(spec, "null", sink),
        Argument::Boolean(value) => print_short(spec, if value { "true" } else { "false" }, sink),
        Argument::Int(value) => print_short(spec, LongText::new().of(i64::from(value)), sink),
        Argument::Long(value) => print_short(spec, LongText::new().of(value), sink),
        Argument::Double(value) => {
            sunk(sink.steps(DOUBLE_TEXT_STEPS))?;
            let mut text = String::with_capacity(MAX_DOUBLE_TEXT);
            // INVARIANT: writing into a string cannot fail.
            let _ = write_double(value, &mut text);
            print_short(spec, &text, sink)
        }
        Argument::Text(text) => print_text(spec, text, sink),
    }
}

/// A text of the formatter's own.
fn print_short<S: Sink>(spec: &Spec, text: &str, sink: &mut S) -> Result<(), PrintError<S::Error>> {
    print_text(spec, Unread::of(text), sink)
}

/// A text, cut to the precision, then in upper case where asked, then justified.
fn print_text<S: Sink>(spec: &Spec, text: Unread<'_>, sink: &mut S) -> Result<(), PrintError<S::Error>> {
    let cut = match spec.precision {
        Some(units) => {
            let prefix = text::prefix(text, units, sink).map_err(PrintError::Sink)?;
            prefix.ok_or(FormatError::SplitSurrogatePair(units))?
        }
        None => text,
    };
    sunk(print_within(spec, cut, sink))
}

fn print_within<S: Sink>(spec: &Spec, text: Unread<'_>, sink: &mut S) -> Result<(), S::Error> {
    match (spec.width, spec.upper) {
        (None, false) => sink.copy(text),
        (None, true) => case::upper_case(text, sink),
        (Some(_), false) => {
            let length = text::length(text, sink)?;
            justify(spec, length, sink, |sink| sink.copy(text))
        }
        (Some(_), true) => {
            let length = case::upper_case_length(text, sink)?;
            justify(spec, length, sink, |sink| case::upper_case(text, sink))
        }
    }
}

/// `%c`.
fn print_character<S: Sink>(spec: &Spec, code: i32, sink: &mut S) -> Result<(), PrintError<S::Error>> {
    let character = u32::try_from(code)
        .ok()
        .and_then(char::from_u32)
        .ok_or(FormatError::IllegalCodePoint(code))?;
    print_short(spec, character.encode_utf8(&mut [0; 4]), sink)
}

/// `%x` and `%o`, which know no sign.
fn print_radix<S: Sink>(spec: &Spec, value: u64, sink: &mut S) -> Result<(), PrintError<S::Error>> {
    spec.refuse_flags(&[Flags::PARENTHESES, Flags::SPACE, Flags::PLUS])?;
    sunk(match spec.conversion {
        Conversion::Octal => print_octal(spec, value, sink),
        _ => print_hexadecimal(spec, value, sink),
    })
}

/// The floating-point conversions, and the words for what is not finite, which zeros never pad.
fn print_double<S: Sink>(spec: &Spec, value: f64, sink: &mut S) -> Result<(), S::Error> {
    sink.steps(DOUBLE_TEXT_STEPS)?;
    if value.is_nan() {
        let word = if spec.upper { "NAN" } else { "NaN" };
        return justify(spec, word.len(), sink, |sink| sink.write(word));
    }
    if value.is_infinite() {
        let word = if spec.upper { "INFINITY" } else { "Infinity" };
        return print_signed(spec, value < 0.0, false, &Magnitude::whole("", word), sink);
    }
    match spec.conversion {
        Conversion::HexadecimalFloat => print_binary(spec, value, sink),
        _ => print_decimal(spec, value, sink),
    }
}

/// Prints something of a known length within the width.
fn justify<S: Sink>(
    spec: &Spec,
    length: usize,
    sink: &mut S,
    print: impl FnOnce(&mut S) -> Result<(), S::Error>,
) -> Result<(), S::Error> {
    let missing = spec.width.unwrap_or(0).saturating_sub(length);
    let left = spec.flags.has(Flags::LEFT);
    pad_some(' ', if left { 0 } else { missing }, sink)?;
    print(sink)?;
    pad_some(' ', if left { missing } else { 0 }, sink)
}
