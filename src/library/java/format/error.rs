//! What can be wrong with a format string or its arguments: the exceptions of `java.util`, as one type.

/// A format that cannot be parsed, or an argument that does not fit it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FormatError {
    /// `UnknownFormatConversionException`.
    #[error("unknown format conversion {0}; the conversions are `%s`, `%d`, `%f`, `%e`, `%x`, `%b`, `%n` and `%%`")]
    UnknownConversion(String),
    /// Dates have their own formatter.
    #[error(
        "the conversion `%t{0}` takes milliseconds beyond 32 bits: a date is printed by its pattern, `date.toString('yyyy-MM-dd')`"
    )]
    DateConversion(char),
    /// `IllegalFormatArgumentIndexException`.
    #[error("illegal argument index in {0}")]
    IllegalArgumentIndex(String),
    /// `DuplicateFormatFlagsException`.
    #[error("duplicate flag `{flag}` in {spec}")]
    DuplicateFlags {
        /// The flag.
        flag: char,
        /// The conversion's text.
        spec: String,
    },
    /// `FormatFlagsConversionMismatchException`.
    #[error("the flag `{flag}` does not go with the conversion `%{conversion}`")]
    FlagsConversionMismatch {
        /// The flag.
        flag: char,
        /// The conversion's letter.
        conversion: char,
    },
    /// `IllegalFormatFlagsException`.
    #[error("flags that exclude each other in {0}")]
    IllegalFlags(String),
    /// `IllegalFormatPrecisionException`.
    #[error("illegal precision in {0}")]
    IllegalPrecision(String),
    /// `IllegalFormatWidthException`.
    #[error("illegal width in {0}")]
    IllegalWidth(String),
    /// `MissingFormatWidthException`.
    #[error("a flag of {0} needs a width")]
    MissingWidth(String),
    /// `MissingFormatArgumentException`.
    #[error("missing argument for {0}")]
    MissingArgument(String),
    /// `IllegalFormatConversionException`.
    #[error("the conversion `%{conversion}` does not take {argument}")]
    IllegalConversion {
        /// The conversion's letter.
        conversion: char,
        /// What the argument is.
        argument: &'static str,
    },
    /// `IllegalFormatCodePointException`, and surrogates, which no text of ours can hold.
    #[error("{0} is not the code point of a character")]
    IllegalCodePoint(i32),
    /// A precision that would cut a character in two; Java leaves half a character there.
    #[error("a precision of {0} cuts a surrogate pair in half")]
    SplitSurrogatePair(usize),
}

impl FormatError {
    /// What to do about it, where there is one thing to do.
    pub(crate) fn help(&self) -> Option<&'static str> {
        match self {
            Self::MissingArgument(_) => Some("pass a value for each `%…`, or write `%%` for a `%`"),
            Self::IllegalConversion {
                conversion: 'f' | 'e' | 'E' | 'g' | 'G' | 'a' | 'A',
                argument,
            } => Some(match *argument {
                "a LONG" => "make a DOUBLE of it: `n * 1.0`",
                _ => "it takes a DOUBLE: read a text with `Double.parseDouble(text)`, or print it with `%s`",
            }),
            Self::IllegalConversion {
                conversion: 'd' | 'x' | 'X' | 'o',
                argument,
            } => Some(match *argument {
                "a DOUBLE" => "print a DOUBLE with `%.0f`, or drop its fraction with `x.longValue()`",
                _ => "it takes a LONG: read a text with `Long.parseLong(text)`, or print it with `%s`",
            }),
            Self::UnknownConversion(_)
            | Self::DateConversion(_)
            | Self::IllegalArgumentIndex(_)
            | Self::DuplicateFlags { .. }
            | Self::FlagsConversionMismatch { .. }
            | Self::IllegalFlags(_)
            | Self::IllegalPrecision(_)
            | Self::IllegalWidth(_)
            | Self::MissingWidth(_)
            | Self::IllegalConversion { .. }
            | Self::IllegalCodePoint(_)
            | Self::SplitSurrogatePair(_) => None,
        }
    }
}

/// Why printing stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PrintError<E> {
    /// The arguments do not fit the format.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The sink refused.
    #[error("the sink refused more text")]
    Sink(E),
}
