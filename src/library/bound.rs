//! What a library function charges at most beside its fixed steps, and what it gives: said beside its body, and found in numbers by
//! `cost`.

/// How what a function charges grows with its arguments, the receiver the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// What its texts take to be read, and something of the type that it gives.
    Fixed,

    // Of texts.
    /// One pass, which gives a length.
    Length,
    /// One pass over the shorter of two.
    Shorter,
    /// A search for the second.
    Contains,
    /// A search for the second, and a position in the first.
    LastPosition,
    /// One pass over both.
    Order,
    UpperCase,
    LowerCase,
    Escaped,
    Trimmed,
    /// A part between positions, which are counted.
    Part,
    /// Of texts, beyond SEL.
    Text(TextBound),
    Replaced,
    Split,
    ReplacedAll,
    Formatted,
    Joined,
    /// The text of a value.
    TextOf,
    /// The text of an object.
    ObjectText,
    /// Of data in texts.
    Data(DataBound),

    // Of arrays, maps and numbers.
    /// What it is given.
    Same,
    NewMap,
    /// The number of a map's entries.
    Entries,
    /// A map's keys.
    Keys,
    /// Whether a map has a key.
    HasKey,
    Put,
    Get,
    /// Of all entries of a map.
    Map(MapBound),
    Smaller,
    Larger,
    /// Of functions of numbers.
    Math(MathBound),
    /// Of methods of arrays and LIST.
    Sequence(SequenceBound),
    /// Of what calls with a lambda are made of.
    Inline(InlineBound),
    /// Of expressions of a form of their own.
    Syntax(SyntaxBound),

    #[cfg(feature = "datetime")]
    Date(DateBound),
}

/// Of expressions of a form of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyntaxBound {
    /// A list of the arguments.
    List,
    /// A map of keys and values in turn.
    Map,
    /// Whether the first is an element of the second.
    InList,
    /// Whether both hold the same.
    Same,
    /// Whether the first is a key of the second.
    InMap,
    /// The entry of a key that is there.
    Entry,
    /// The entry of a key, or null.
    MaybeEntry,
}

/// What lies between two numbers.
#[cfg(feature = "datetime")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Numbers,
    /// Days, the numbers being their digits.
    Days,
    /// Hours, the numbers being their digits.
    Hours,
}

/// The steps of finding a holiday among those that are given.
#[cfg(feature = "datetime")]
pub(crate) const HOLIDAY_STEPS: u64 = 2;

/// The steps and the bytes of each day beside another that is looked at for a working day.
#[cfg(feature = "datetime")]
pub(crate) const NEXT_DAY_COST: u64 = 2;

/// Of functions of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MathBound {
    /// A number of which nothing is known; no text is read.
    Number,
    /// A LONG from one to another.
    Within(i64, i64),
    Absolute,
    Clamped,
    FloorQuotient,
    FloorRemainder,
    /// The remainder of two DOUBLE.
    DoubleRemainder,
    Sum,
    Difference,
    Product,
}

/// Of what calls with a lambda are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InlineBound {
    /// A list to be filled.
    List,
    Push,
    /// All elements of the second.
    PushAll,
    /// An array of what a list was filled with.
    Gathered,
    /// Puts an entry into a map.
    Put,
    /// Puts a value into the list that a map has for a key.
    Group,
    Grouped,
    /// The first, in the order of the second.
    SortedBy,
    /// Those of the first whose keys, the second, are new.
    DistinctBy,
    /// One of the first, by the second.
    LeastBy,
}

/// Of all entries of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapBound {
    Values,
    /// Maps of their keys and values.
    Entries,
    Remove,
    /// Puts the entries of the second into the first.
    PutAll,
    /// A map of the entries of both.
    Merged,
}

/// Of methods of arrays and LIST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SequenceBound {
    /// Their length, and no element.
    Length,
    /// One element.
    Element,
    /// Some of the elements, in order.
    Part,
    /// All of them, in any order.
    Copied,
    /// All of them, and the second argument.
    Appended,
    /// All of them, and those of the second.
    Joined,
    /// All of them, in arrays of an array.
    Chunks,
    /// All of them, each compared with as many others as their number can be halved.
    Sorted,
    /// One of them, which is compared with all.
    Least,
    /// A number of all of them.
    Sum,
    /// Pairs of them and those of the second.
    Pairs,
    /// Maps of their index and themselves.
    Indexed,
    /// Their texts, and the second between them.
    Text,
    /// A place of the second among them.
    Sought,
    /// Each of them once.
    Distinct,
}

/// Of functions of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextBound {
    /// A DOUBLE is read from it, if it is one.
    Double,
    /// A search for the second from a position on, and a position.
    FirstPosition,
    /// Each character is looked at.
    Blank,
    /// Two texts are compared without case.
    Folded,
    Lines,
    Repeated,
    Padded,
    /// Without an end, which is the second.
    Cut,
    /// All of it is matched by a pattern.
    Matched,
    /// A part that a pattern matches.
    Found,
    FoundAll,
}

/// Of functions of data in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DataBound {
    /// The value that a JSON text stands for.
    JsonValue,
    /// The JSON text of a value.
    JsonText,
    #[cfg(feature = "data")]
    Hash,
    #[cfg(feature = "data")]
    Bucket,
    #[cfg(feature = "data")]
    Base64,
    #[cfg(feature = "data")]
    Url,
    /// The text that is decoded.
    #[cfg(feature = "data")]
    Decoded,
}

/// Of functions of dates.
#[cfg(feature = "datetime")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateBound {
    /// So many steps for what it finds in its texts.
    Reads(u64),
    /// The same, and a look-up of the zone that an argument names.
    ReadsInZone(u64, usize),
    /// A date from a text, where its first argument is one.
    FromText,
    /// A date or number from a text, which is this argument or the one after it, by a pattern.
    Parsed(usize),
    /// Numbers from one to another, counted so, and so many steps for what it finds in texts.
    Between(u64, Counted),
    /// So many steps for what it finds in its texts, and as many for each date of its second argument.
    Holidays(u64),
    /// A number from a text by the pattern of its second argument.
    DateParsed,
    /// A pattern, which is compiled.
    Pattern,
    /// The same date or pattern, in another zone.
    Moved,
    /// A zone by its name.
    Zone,
    /// So many steps for what it finds in its first argument, a date, which is printed by the pattern of its second.
    ByPattern(u64),
    /// A date printed by the pattern that is its receiver.
    Printed,
}
