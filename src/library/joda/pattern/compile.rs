//! Makes elements of a pattern's letters.
//!
//! Rules: the table of Joda-Time's `DateTimeFormat` and its `parsePatternTo`.

use crate::diagnostic::quote;

use super::super::date_field::DateField;
use super::super::error::DateError;
use super::super::field::Field;
use super::super::limits::MAX_PATTERN_BYTES;
use super::super::time_field::TimeField;
use super::element::Element;

/// The most digits of a year, where no digits of another field follow.
const MOST_YEAR_DIGITS: usize = 9;

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// A letter, so many times.
    Run(char, usize),
    /// A text that stands for itself, its quotes taken off.
    Text(String),
}

/// The elements of a pattern.
pub(super) fn elements(pattern: &str) -> Result<Vec<Element>, DateError> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(DateError::LongPattern(pattern.len()));
    }
    let mut elements = Vec::new();
    let mut tokens = tokens(pattern).into_iter().peekable();
    while let Some(token) = tokens.next() {
        let element = match token {
            Token::Text(text) if text.is_empty() => continue,
            Token::Text(text) => Element::Literal(text.into()),
            Token::Run(letter, count) => {
                let digits_follow = tokens.peek().is_some_and(is_number);
                of_letter(letter, count, digits_follow).ok_or_else(|| DateError::UnknownLetter {
                    letter,
                    pattern: quote(pattern),
                })?
            }
        };
        elements.push(element);
    }
    if elements.is_empty() {
        // A single quote: it opens a text that never comes.
        return Err(DateError::EmptyPattern);
    }
    Ok(elements)
}

/// The pieces of a pattern. Within single quotes, letters are text; two single quotes are one.
fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut quoted = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        if character.is_ascii_alphabetic() && !quoted {
            match tokens.last_mut() {
                Some(Token::Run(letter, count)) if *letter == character => *count += 1,
                Some(Token::Run(..) | Token::Text(_)) | None => tokens.push(Token::Run(character, 1)),
            }
            continue;
        }
        let is_text = character != '\'' || characters.next_if_eq(&'\'').is_some();
        quoted ^= !is_text;
        if !matches!(tokens.last(), Some(Token::Text(_))) {
            tokens.push(Token::Text(String::new()));
        }
        if let (true, Some(Token::Text(text))) = (is_text, tokens.last_mut()) {
            text.push(character);
        }
    }
    tokens
}

/// Whether a piece is printed as digits, so that the digits of a year before it must be counted.
fn is_number(token: &Token) -> bool {
    match token {
        Token::Run('M', count) => *count <= 2,
        Token::Run(letter, _) => "CxyYdhHmsSeDwkK".contains(*letter),
        Token::Text(_) => false,
    }
}

/// The element of a letter that occurs so many times; none for a letter without a meaning.
fn of_letter(letter: char, count: usize, digits_follow: bool) -> Option<Element> {
    let date = |field, most| number(Field::Date(field), count, most, false);
    let time = |field, most| number(Field::Time(field), count, most, false);
    Some(match letter {
        'G' => name(Field::Date(DateField::Era), true),
        'C' => number(Field::Date(DateField::CenturyOfEra), count, count, true),
        'x' | 'y' | 'Y' => year(letter, count, digits_follow),
        'M' if count >= 3 => name(Field::Date(DateField::MonthOfYear), count == 3),
        'M' => date(DateField::MonthOfYear, 2),
        'd' => date(DateField::DayOfMonth, 2),
        'D' => date(DateField::DayOfYear, 3),
        'w' => date(DateField::WeekOfWeekyear, 2),
        'e' => date(DateField::DayOfWeek, 1),
        'E' => name(Field::Date(DateField::DayOfWeek), count <= 3),
        'a' => name(Field::Time(TimeField::HalfdayOfDay), false),
        'h' => time(TimeField::ClockhourOfHalfday, 2),
        'H' => time(TimeField::HourOfDay, 2),
        'k' => time(TimeField::ClockhourOfDay, 2),
        'K' => time(TimeField::HourOfHalfday, 2),
        'm' => time(TimeField::MinuteOfHour, 2),
        's' => time(TimeField::SecondOfMinute, 2),
        'S' => Element::Fraction { digits: count },
        'z' => Element::ZoneName { long: count >= 4 },
        'Z' if count >= 3 => Element::ZoneId,
        'Z' => Element::Offset { colon: count == 2 },
        _ => return None,
    })
}

/// A name of a field's value.
const fn name(field: Field, short: bool) -> Element {
    Element::Name { field, short }
}

/// A number printed with at least `count` digits, parsed from at most `most` or as many as are printed.
fn number(field: Field, count: usize, most: usize, signed: bool) -> Element {
    Element::Number {
        field,
        least_digits: count,
        most_digits: most.max(count),
        signed,
    }
}

/// A year: of two digits, or with as many as it has. Digits that follow limit how many are parsed.
fn year(letter: char, count: usize, digits_follow: bool) -> Element {
    if count == 2 {
        let field = if letter == 'x' {
            DateField::Weekyear
        } else {
            DateField::Year
        };
        return Element::TwoDigitYear {
            field,
            lenient: !digits_follow,
        };
    }
    let most = if digits_follow { count } else { MOST_YEAR_DIGITS };
    let field = match letter {
        'x' => DateField::Weekyear,
        'Y' => DateField::YearOfEra,
        _ => DateField::Year,
    };
    number(Field::Date(field), count, most, field != DateField::YearOfEra)
}
