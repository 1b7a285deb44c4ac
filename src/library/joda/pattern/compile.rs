//! Makes elements of a pattern's letters.
//!
//! Rules: the table of Joda-Time's `DateTimeFormat` and its `parsePatternTo`.

use std::ops::Range;

use crate::diagnostic::quote;

use super::super::date_field::DateField;
use super::super::error::DateError;
use super::super::field::Field;
use super::super::limits::MAX_PATTERN_BYTES;
use super::super::time_field::TimeField;
use super::element::{Element, Elements};

/// The most digits of a year, where no digits of another field follow.
const MOST_YEAR_DIGITS: usize = 9;

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// A letter, so many times.
    Run(char, usize),
    /// A text that stands for itself: its place among the literals, its quotes taken off.
    Text(Range<usize>),
}

/// The elements of a pattern.
pub(super) fn elements(pattern: &str) -> Result<Elements, DateError> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(DateError::LongPattern(pattern.len()));
    }
    let mut elements = Vec::new();
    let mut literals = String::with_capacity(pattern.len());
    let mut tokens = Tokens {
        rest: pattern,
        literals: &mut literals,
    }
    .peekable();
    while let Some(token) = tokens.next() {
        let element = match token {
            Token::Text(place) if place.is_empty() => continue,
            Token::Text(place) => Element::Literal(place),
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
    Ok(Elements {
        list: elements.into(),
        literals: literals.into(),
    })
}

/// The pieces of a pattern. Within single quotes, letters are text; two single quotes are one.
struct Tokens<'p> {
    rest: &'p str,
    literals: &'p mut String,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let first = self.rest.chars().next()?;
        if first.is_ascii_alphabetic() {
            let others = self.rest.trim_start_matches(first);
            let count = self.rest.len() - others.len();
            self.rest = others;
            return Some(Token::Run(first, count));
        }
        let start = self.literals.len();
        self.read_text();
        Some(Token::Text(start..self.literals.len()))
    }
}

impl Tokens<'_> {
    /// Copies a text, up to the next letter that is not quoted.
    fn read_text(&mut self) {
        let mut quoted = false;
        let mut characters = self.rest.chars();
        while let Some(character) = characters.next() {
            if character.is_ascii_alphabetic() && !quoted {
                return;
            }
            self.rest = characters.as_str();
            let behind_quote = self.rest.strip_prefix('\'').filter(|_| character == '\'');
            if let Some(rest) = behind_quote {
                self.rest = rest;
                characters = rest.chars();
            } else if character == '\'' {
                quoted = !quoted;
                continue;
            }
            self.literals.push(character);
        }
    }
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
