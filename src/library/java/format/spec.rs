//! One conversion of a format string: `%[index$][flags][width][.precision]letter`, parsed and checked.

use super::date;
use super::error::FormatError;
use crate::diagnostic::quote;

/// What a conversion prints. The rules follow `java.util.Formatter`, section "Conversions".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    /// `%b`.
    Boolean,
    /// `%h`.
    HashCode,
    /// `%s`.
    Text,
    /// `%c`.
    Character,
    /// `%d`.
    Decimal,
    /// `%o`.
    Octal,
    /// `%x`.
    Hexadecimal,
    /// `%e`.
    Scientific,
    /// `%f`.
    Fixed,
    /// `%g`.
    General,
    /// `%a`.
    HexadecimalFloat,
    /// `%tY` and the others of dates, with the second letter.
    Date(char),
    /// `%%`.
    Percent,
    /// `%n`.
    NewLine,
}

impl Conversion {
    /// The conversion of a letter, and whether the letter asks for upper case.
    fn of(letter: char) -> Option<(Self, bool)> {
        let upper = letter.is_ascii_uppercase();
        let conversion = match letter {
            'b' | 'B' => Self::Boolean,
            'h' | 'H' => Self::HashCode,
            's' | 'S' => Self::Text,
            'c' | 'C' => Self::Character,
            'd' => Self::Decimal,
            'o' => Self::Octal,
            'x' | 'X' => Self::Hexadecimal,
            'e' | 'E' => Self::Scientific,
            'f' => Self::Fixed,
            'g' | 'G' => Self::General,
            'a' | 'A' => Self::HexadecimalFloat,
            '%' => Self::Percent,
            'n' => Self::NewLine,
            _ => return None,
        };
        Some((conversion, upper))
    }

    /// The lower-case letter, as Java's messages name a conversion.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Boolean => 'b',
            Self::HashCode => 'h',
            Self::Text => 's',
            Self::Character => 'c',
            Self::Decimal => 'd',
            Self::Octal => 'o',
            Self::Hexadecimal => 'x',
            Self::Scientific => 'e',
            Self::Fixed => 'f',
            Self::General => 'g',
            Self::HexadecimalFloat => 'a',
            Self::Date(letter) => letter,
            Self::Percent => '%',
            Self::NewLine => 'n',
        }
    }
}

/// The flag characters, in the order of the bits of [`Flags`].
const FLAGS: [char; 8] = ['-', '#', '+', ' ', '0', ',', '(', '<'];

/// A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u8);

impl Flags {
    pub(super) const LEFT: Self = Self(1);
    pub(super) const ALTERNATE: Self = Self(1 << 1);
    pub(super) const PLUS: Self = Self(1 << 2);
    pub(super) const SPACE: Self = Self(1 << 3);
    pub(super) const ZERO: Self = Self(1 << 4);
    pub(super) const GROUP: Self = Self(1 << 5);
    pub(super) const PARENTHESES: Self = Self(1 << 6);
    pub(super) const PREVIOUS: Self = Self(1 << 7);

    /// The flag of a character.
    fn of(character: char) -> Option<Self> {
        let bit = FLAGS.iter().position(|&flag| flag == character)?;
        Some(Self(1 << bit))
    }

    /// Whether all flags of `other` are in the set.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Which argument a conversion prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// The next one that no explicit index names.
    Ordinary,
    /// The one of the conversion before: `%<s`.
    Previous,
    /// The n-th, counted from 1: `%2$s`.
    Explicit(usize),
}

/// A parsed conversion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    pub(super) conversion: Conversion,
    pub(super) upper: bool,
    pub(super) flags: Flags,
    pub(super) position: Position,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    /// Where its text stands in the format.
    start: usize,
    length: usize,
}

/// The parts of a conversion's text, before anything is checked.
struct Parts<'t> {
    text: &'t str,
    index: Option<&'t str>,
    flags: &'t str,
    width: Option<&'t str>,
    precision: Option<&'t str>,
    /// The `t` or `T` of a date's conversion.
    date: Option<char>,
    letter: char,
}

/// Splits off the leading characters that are in the class.
fn take(text: &str, class: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|character| !class(character)).unwrap_or(text.len());
    text.split_at(end)
}

impl<'t> Parts<'t> {
    /// The parts of the conversion at the start of `text`, which begins with `%`.
    fn split(text: &'t str) -> Option<Self> {
        let mut rest = text.strip_prefix('%')?;
        let mut index = None;
        let (digits, after) = take(rest, |character| character.is_ascii_digit());
        if let Some(after) = after.strip_prefix('$').filter(|_| !digits.is_empty()) {
            index = Some(digits);
            rest = after;
        }
        let (flags, after) = take(rest, |character| FLAGS.contains(&character));
        let (width, after) = take(after, |character| character.is_ascii_digit());
        let (precision, after) = match after.strip_prefix('.') {
            Some(fraction) => {
                let (digits, after) = take(fraction, |character| character.is_ascii_digit());
                (
                    Some(digits).filter(|digits| !digits.is_empty()),
                    if digits.is_empty() { "." } else { after },
                )
            }
            None => (None, after),
        };
        let date = after.chars().next().filter(|first| matches!(first, 't' | 'T'));
        let after = if date.is_some() { after.get(1..)? } else { after };
        let letter = after
            .chars()
            .next()
            .filter(|&letter| letter.is_ascii_alphabetic() || letter == '%');
        let letter = match letter {
            Some(letter) => letter,
            // `%t` with nothing after it is still a date's conversion.
            None if date.is_some() => 't',
            None => return None,
        };
        let left = after.strip_prefix(letter).unwrap_or(after).len();
        Some(Self {
            text: text.get(..text.len() - left)?,
            index,
            flags,
            width: Some(width).filter(|width| !width.is_empty()),
            precision,
            date,
            letter,
        })
    }

    /// The argument's position as its index says.
    fn index(&self) -> Result<Position, FormatError> {
        match self.index.map(parse_size) {
            Some(Some(number)) if number > 0 => Ok(Position::Explicit(number)),
            Some(_) => Err(FormatError::IllegalArgumentIndex(quote(self.text))),
            None => Ok(Position::Ordinary),
        }
    }

    fn flags(&self) -> Result<Flags, FormatError> {
        self.flags.chars().try_fold(Flags::default(), |flags, character| {
            let flag = Flags::of(character).unwrap_or_default();
            if flags.has(flag) {
                return Err(FormatError::DuplicateFlags {
                    flag: character,
                    spec: quote(self.text),
                });
            }
            Ok(flags.with(flag))
        })
    }
}

/// A width, precision or index: Java holds them in 32 bits with a sign.
fn parse_size(digits: &str) -> Option<usize> {
    digits.parse::<i32>().ok().and_then(|size| usize::try_from(size).ok())
}

impl Spec {
    /// Parses and checks the conversion at the start of `text`, which stands at `start` in the format.
    ///
    /// Gives the conversion and the bytes it takes.
    pub(super) fn parse(text: &str, start: usize) -> Result<(Self, usize), FormatError> {
        let Some(parts) = Parts::split(text) else {
            let letter: String = text.chars().take(2).collect();
            return Err(FormatError::UnknownConversion(quote(&letter)));
        };
        let index = parts.index()?;
        let flags = parts.flags()?;
        // With both, `<` beats the index.
        let position = if flags.has(Flags::PREVIOUS) {
            Position::Previous
        } else {
            index
        };
        let size = |digits: Option<&str>, error: fn(String) -> FormatError| match digits {
            Some(digits) => parse_size(digits).map(Some).ok_or_else(|| error(quote(parts.text))),
            None => Ok(None),
        };
        let width = size(parts.width, FormatError::IllegalWidth)?;
        let precision = size(parts.precision, FormatError::IllegalPrecision)?;
        let known = match parts.date {
            // `%t` with nothing behind it has no letter of its own.
            Some(t) if date::LETTERS.contains(parts.letter) && !parts.text.ends_with('t') => {
                Some((Conversion::Date(parts.letter), t == 'T'))
            }
            Some(_) => None,
            None => Conversion::of(parts.letter),
        };
        let (conversion, upper) = known.ok_or_else(|| FormatError::UnknownConversion(quote(parts.text)))?;
        let spec = Self {
            conversion,
            upper,
            flags,
            position,
            width,
            precision,
            start,
            length: parts.text.len(),
        };
        spec.check(parts.text)?;
        Ok((spec, parts.text.len()))
    }

    /// The conversion's text in a message.
    pub(super) fn quoted(&self, format: &str) -> String {
        quote(format.get(self.start..self.start + self.length).unwrap_or("%"))
    }

    /// Refuses any of the flags, the first in the order given.
    pub(super) fn refuse_flags(&self, refused: &[Flags]) -> Result<(), FormatError> {
        match refused.iter().find(|&&flag| self.flags.has(flag)) {
            Some(flag) => Err(FormatError::FlagsConversionMismatch {
                flag: FLAGS.get(flag.0.trailing_zeros() as usize).copied().unwrap_or('?'),
                conversion: self.conversion.letter(),
            }),
            None => Ok(()),
        }
    }

    /// What a conversion does not go with; the order of the checks decides which error is seen.
    fn check(&self, text: &str) -> Result<(), FormatError> {
        use Flags as F;
        match self.conversion {
            Conversion::Boolean | Conversion::HashCode => {
                self.refuse_flags(&[F::ALTERNATE])?;
                self.check_general(text)
            }
            Conversion::Text => self.check_general(text),
            Conversion::Character | Conversion::Date(_) => {
                self.check_no_precision(text)?;
                self.refuse_flags(&[F::ALTERNATE, F::PLUS, F::SPACE, F::ZERO, F::GROUP, F::PARENTHESES])?;
                self.check_width(text, &[F::LEFT])
            }
            Conversion::Decimal => {
                self.check_numeric(text)?;
                self.check_no_precision(text)?;
                self.refuse_flags(&[F::ALTERNATE])
            }
            Conversion::Octal | Conversion::Hexadecimal => {
                self.check_numeric(text)?;
                self.check_no_precision(text)?;
                self.refuse_flags(&[F::GROUP])
            }
            Conversion::Scientific => {
                self.check_numeric(text)?;
                self.refuse_flags(&[F::GROUP])
            }
            Conversion::Fixed => self.check_numeric(text),
            Conversion::General => {
                self.check_numeric(text)?;
                self.refuse_flags(&[F::ALTERNATE])
            }
            Conversion::HexadecimalFloat => {
                self.check_numeric(text)?;
                self.refuse_flags(&[F::PARENTHESES, F::GROUP])
            }
            Conversion::Percent => self.check_percent(text),
            Conversion::NewLine => self.check_new_line(text),
        }
    }

    fn check_general(&self, text: &str) -> Result<(), FormatError> {
        self.check_width(text, &[Flags::LEFT])?;
        self.refuse_flags(&[Flags::PLUS, Flags::SPACE, Flags::ZERO, Flags::GROUP, Flags::PARENTHESES])
    }

    fn check_numeric(&self, text: &str) -> Result<(), FormatError> {
        self.check_width(text, &[Flags::LEFT, Flags::ZERO])?;
        let exclusive = [Flags::PLUS.with(Flags::SPACE), Flags::LEFT.with(Flags::ZERO)];
        if exclusive.iter().any(|&pair| self.flags.has(pair)) {
            return Err(FormatError::IllegalFlags(quote(text)));
        }
        Ok(())
    }

    fn check_percent(&self, text: &str) -> Result<(), FormatError> {
        self.check_no_precision(text)?;
        if self.flags != Flags::LEFT && self.flags != Flags::default() {
            return Err(FormatError::IllegalFlags(quote(text)));
        }
        self.check_width(text, &[Flags::LEFT])
    }

    fn check_new_line(&self, text: &str) -> Result<(), FormatError> {
        self.check_no_precision(text)?;
        if self.width.is_some() {
            return Err(FormatError::IllegalWidth(quote(text)));
        }
        if self.flags != Flags::default() {
            return Err(FormatError::IllegalFlags(quote(text)));
        }
        Ok(())
    }

    fn check_no_precision(&self, text: &str) -> Result<(), FormatError> {
        match self.precision {
            Some(_) => Err(FormatError::IllegalPrecision(quote(text))),
            None => Ok(()),
        }
    }

    fn check_width(&self, text: &str, needing: &[Flags]) -> Result<(), FormatError> {
        if self.width.is_none() && needing.iter().any(|&flag| self.flags.has(flag)) {
            return Err(FormatError::MissingWidth(quote(text)));
        }
        Ok(())
    }
}
