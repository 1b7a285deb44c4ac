//! The texts that numbers are read from.

use crate::diagnostic::{Code, Message};
use crate::machine::fault::Fault;
use crate::machine::meter::Meter;
use crate::machine::unread::{Pace, Unread};

/// The most bytes of a number's text: it is read as a whole, well within a millisecond.
const MAX_NUMBER_BYTES: usize = 128 * 1024;
/// Digits that a DOUBLE is made of at once. Where there are more, two neighbours may have to be told apart digit by digit: all are
/// shifted until the point stands at their start.
const DIRECT_DIGITS: usize = 19;
/// Longer texts are taken for the worst there are.
const LOOKED_AT: usize = 128;
/// The most digits that tell two neighbours apart.
const MAX_DIGITS: u64 = 768;
/// The places that digits are shifted by at once, and the digits that a shift may add.
const SHIFTED_PLACES: u64 = 18;
const ADDED_DIGITS: u64 = 60;
/// The shifts beside those for places.
const FIRST_SHIFTS: u64 = 3;
/// The places beyond which a number is 0 or infinite.
const MAX_PLACES: u64 = 360;
/// The digits that are shifted in a step.
const DIGITS_PER_STEP: u64 = 8;
const MOST_SHIFT_STEPS: u64 = MAX_DIGITS * (MAX_PLACES / SHIFTED_PLACES + FIRST_SHIFTS) / DIGITS_PER_STEP;

/// What reading a LONG costs beside the call.
pub(super) const READ_LONG: &str = "a step for each 4 bytes of a text";
/// What reading a DOUBLE costs beside the call.
pub(super) const READ_DOUBLE: &str = "a step for each 4 bytes of a text; beyond 19 bytes, a step for each 8 digits that are shifted, three times and once for each 18 decimal places: up to 2,208 steps, or a step for each 4 bytes where that is more";

/// Why the text of a number was not read; no error is made of it before it is told.
#[derive(Debug)]
pub(super) enum NotRead {
    /// It has so many bytes, more than any number.
    TooLong(usize),
    Fault(Fault),
}

impl From<Fault> for NotRead {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<NotRead> for Fault {
    #[cold]
    fn from(why: NotRead) -> Self {
        match why {
            NotRead::Fault(fault) => fault,
            NotRead::TooLong(bytes) => {
                let message = Message::from("a text of ").value(bytes);
                let message = message.words(" bytes is not a number: one has at most ");
                let message = message.limit(MAX_NUMBER_BYTES as u64).words(" bytes");
                Self::new(Code::InvalidNumberText, message)
            }
        }
    }
}

/// Reads the text of a LONG.
pub(super) fn read_long<'t>(text: Unread<'t>, meter: &mut Meter) -> Result<&'t str, NotRead> {
    if text.len() > MAX_NUMBER_BYTES {
        return Err(NotRead::TooLong(text.len()));
    }
    meter.check_steps(Pace::Decode.steps(text.len()))?;
    Ok(text.whole(meter, Pace::Decode)?)
}

/// Reads the text of a DOUBLE, and charges for finding the number nearest to it.
pub(super) fn read_double<'t>(text: Unread<'t>, meter: &mut Meter) -> Result<&'t str, NotRead> {
    let read = read_long(text, meter)?;
    let again = Pace::Decode.steps(read.len());
    match read.len() {
        0..=DIRECT_DIGITS => {}
        // Hexadecimal numbers are read digit by digit, and take fewer steps.
        length if length <= LOOKED_AT => meter.charge_steps(shift_steps(read).max(again))?,
        _ if again <= MOST_SHIFT_STEPS => meter.charge_steps(MOST_SHIFT_STEPS)?,
        _ => {
            read_long(Unread::of(read), meter)?;
        }
    }
    Ok(read)
}

/// The most steps of finding the number nearest to more digits than are taken at once.
fn shift_steps(text: &str) -> u64 {
    let trimmed = text.trim_matches(|character: char| !character.is_ascii_digit() && character != '.');
    let (mantissa, exponent) = trimmed.split_once(['e', 'E']).unwrap_or((trimmed, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let significant = |digits: &str| digits.trim_start_matches('0').len();
    // Where the point stands, counted from the first digit that is not 0.
    let point = match significant(whole) {
        0 => significant(fraction) as i64 - fraction.len() as i64,
        places => places as i64,
    };
    let exponent = exponent.parse().unwrap_or(MAX_PLACES as i64);
    let places = point.saturating_add(exponent).unsigned_abs().min(MAX_PLACES);
    let shifts = places / SHIFTED_PLACES + FIRST_SHIFTS;
    let digits = (mantissa.len() as u64 + ADDED_DIGITS * shifts).min(MAX_DIGITS);
    digits * shifts / DIGITS_PER_STEP
}

/// The most steps of finding the number nearest to a text of so many bytes.
pub(crate) const fn most_shift_steps(bytes: u64) -> u64 {
    match bytes > DIRECT_DIGITS as u64 {
        true => MOST_SHIFT_STEPS + Pace::Decode.steps(bytes as usize),
        false => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOKED_AT, MOST_SHIFT_STEPS, shift_steps};

    #[test]
    fn more_digits_and_more_places_take_more_steps() {
        let ordered = [
            "3.14159265358979323846264338",
            "3.14159265358979323846264338e20",
            "3.14159265358979323846264338e-90",
            "0.000000000000000000000000000000000000000000000000000000000000314159265358979323846264338e-90",
            "3.14159265358979323846264338e308",
        ];
        let steps = ordered.map(shift_steps);
        assert!(
            steps.is_sorted() && steps[0] < 80 && steps[4] <= MOST_SHIFT_STEPS,
            "{steps:?}"
        );
        for text in ["1e99999999999999999999", "x", "", &"9".repeat(LOOKED_AT), "0x1.8p3"] {
            assert!(shift_steps(text) <= MOST_SHIFT_STEPS);
        }
    }
}
