//! What is known of date ints without the program around: the functions that take and give them, and what names and numbers are theirs.

use super::calls::Call;

/// The functions of `Util` that take date ints and give something else.
const TAKE: [&str; 10] = [
    "dateIntToTs",
    "incrementDateInt",
    "dateIntsBetween",
    "dateIntHourToTs",
    "quarter",
    "isValid",
    "isWeekday",
    "daysBetween",
    "monthsBetween",
    "formatDateInt",
];
/// Those that give one as a LONG.
const GIVE: [&str; 7] = [
    "firstDayOfMonth",
    "lastDayOfMonth",
    "firstDayOfWeek",
    "incrementDateIntByMonths",
    "nextWorkingDay",
    "previousWorkingDay",
    "parseDateInt",
];
/// Those that give one as a STRING.
const GIVE_TEXT: [&str; 2] = ["tsToDateInt", "incrementDateInt"];
/// Those that give an array of them.
const GIVE_ARRAY: [&str; 2] = ["dateIntsBetween", "datesBetweenInclusive"];
/// The longest name that may be that of a date, in bytes.
const MAX_NAME: usize = 64;

fn is_one(call: &Call<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| call.is_static("Util", name))
}

/// Whether a function takes date ints as `date`, `from` and `to`.
pub(super) fn takes_date_ints(call: &Call<'_>) -> bool {
    is_one(call, &TAKE) || is_one(call, &GIVE) || is_one(call, &GIVE_ARRAY)
}

/// Whether a function gives a date int as a LONG.
pub(super) fn gives_date_int(call: &Call<'_>) -> bool {
    is_one(call, &GIVE)
}

/// Whether a function gives the digits of a date as a text.
pub(super) fn gives_date_text(call: &Call<'_>) -> bool {
    is_one(call, &GIVE_TEXT)
}

/// Whether a function gives an array of date ints.
pub(super) fn gives_date_ints(call: &Call<'_>) -> bool {
    is_one(call, &GIVE_ARRAY)
}

/// Whether a number is a date of the years 1900 to 2100 as a date int.
pub(super) fn looks_like_date(value: i64) -> bool {
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Whether a name is that of a date: its last word says so, and no other word makes it a count or a part of a date.
pub(super) fn is_date_name(name: &str) -> bool {
    if name.len() > MAX_NAME {
        return false;
    }
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        if character == '_' || (character.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = character.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| character.is_alphabetic()) {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let of_date = match words.as_slice() {
        [.., "date", "int"] | [.., "date" | "dateint" | "ds"] | ["day"] => true,
        [.., before, "day"] => matches!(
            *before,
            "start" | "end" | "first" | "last" | "run" | "target" | "from" | "to"
        ),
        _ => false,
    };
    of_date
        && !words
            .iter()
            .any(|word| matches!(*word, "num" | "count" | "of" | "per" | "ts" | "millis"))
}

#[cfg(test)]
mod tests {
    use super::{is_date_name, looks_like_date};

    #[test]
    fn names_of_dates_are_known() {
        for name in [
            "day",
            "date",
            "dateint",
            "date_int",
            "dateInt",
            "runDate",
            "TARGET_RUN_DATE",
            "ds",
            "start_day",
        ] {
            assert!(is_date_name(name), "{name}");
        }
        for name in [
            "days",
            "weekday",
            "day_of_week",
            "num_date",
            "dates",
            "today_count",
            "candidate",
            "millis",
            "n",
        ] {
            assert!(!is_date_name(name), "{name}");
        }
    }

    #[test]
    fn numbers_of_dates_are_known() {
        assert!([20_240_131, 19_700_101, 21_001_231].into_iter().all(looks_like_date));
        assert!(
            ![0, 31, 20_241_301, 20_240_100, 86_400_000, 1_706_659_200_000]
                .into_iter()
                .any(looks_like_date)
        );
    }
}
