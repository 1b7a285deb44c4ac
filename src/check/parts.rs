//! Parts of texts and arrays, and tests of membership, as other languages write them: `s[-1]`, `s.slice(0, -1)`, `substr(s, 1, 2)`,
//! `env.isin('a', 'b')`.

use super::checker::{Checker, Typed};
use super::written::of_arguments;
use crate::advice::{self, Section};
use crate::diagnostic::{quote_code, write_code};
use crate::dialect::Dialect;
use crate::library;
use crate::types::Type;

/// A place in a text or an array, as it is counted there: from its start, or so many from its end.
enum Place {
    Number(i64),
    FromEnd(i64),
    Code(String),
}

impl Place {
    fn of(code: &str) -> Self {
        let back = code.strip_prefix('-').and_then(|digits| digits.parse().ok());
        match (back, code.parse()) {
            (Some(back), _) => Self::FromEnd(back),
            (None, Ok(number)) => Self::Number(number),
            (None, Err(_)) => Self::Code(code.to_owned()),
        }
    }

    /// The place so many further on, in what has a length.
    fn further(&self, length: &str, by: i64) -> String {
        match self {
            Self::Number(number) => (number + by).to_string(),
            Self::FromEnd(back) if *back == by => length.to_owned(),
            Self::FromEnd(back) => format!("{length} - {}", back - by),
            Self::Code(code) => match by {
                0 => code.clone(),
                1.. => format!("{code} + {by}"),
                _ => format!("{code} - {}", -by),
            },
        }
    }
}

impl Checker<'_> {
    /// `s.charAt(0)` for `s[0]`, in each dialect.
    pub(super) fn character(&self, text: Typed, index: Typed) -> Option<String> {
        let code = self.operand(text)?;
        let place = Place::of(self.written(index)?);
        let length = format!("{code}.length()");
        let at = place.further(&length, 0);
        Some(write_code(&match (self.options.dialect, &place) {
            (Dialect::Selvedge, _) => format!("{code}.charAt({at})"),
            (Dialect::Sel, Place::FromEnd(1)) => format!("{code}.substring({at})"),
            (Dialect::Sel, _) => format!("{code}.substring({at}, {})", place.further(&length, 1)),
        }))
    }

    /// What to write instead of a method that takes a part, or tests whether a value is one of several.
    pub(super) fn part_of(&self, value: Typed, name: &str, arguments: &[Typed]) -> Option<String> {
        let code = self.operand(value)?;
        let written = self.all_written(arguments)?;
        let is_one = |ty: Type| ty != Type::Map && ty.element().is_none();
        match (value.ty, name, &*written) {
            (Type::String, "slice" | "substr" | "mid" | "subSequence", [from]) => {
                Some(write_code(&self.text_part(&code, from, None)))
            }
            (Type::String, "slice" | "subSequence", [from, to]) => {
                Some(write_code(&self.text_part(&code, from, Some(to))))
            }
            (Type::String, "left" | "take" | "first", [count]) => Some(at_least(&code, count, true)),
            (Type::String, "right" | "takeLast" | "last", [count]) => Some(at_least(&code, count, false)),
            (Type::String, "get" | "at" | "elementAt" | "charAt", _) => {
                let [index] = *arguments else { return None };
                self.character(value, index)
            }
            // `n.format('%05d')`; what `strftime` takes belongs to a date.
            (Type::Long | Type::Double, "format", [pattern])
                if pattern.starts_with(['\'', '"']) && pattern.contains('%') =>
            {
                let is_date = advice::pattern(pattern).is_some() && pattern.matches('%').count() > 1;
                (!is_date).then(|| write_code(&format!("String.format({pattern}, {code})")))
            }
            (ty, "get" | "at" | "elementAt", [at]) if ty.element().is_some() => {
                let at = Place::of(at).further(&format!("{code}.length"), 0);
                Some(write_code(&format!("{code}[{at}]")))
            }
            (ty, "isin" | "isIn" | "is_in" | "oneOf" | "isOneOf", _) if is_one(ty) => {
                self.one_of(&code, arguments, &written, false)
            }
            (ty, "notin" | "notIn" | "not_in" | "isNotIn", _) if is_one(ty) => {
                self.one_of(&code, arguments, &written, true)
            }
            _ => None,
        }
    }

    fn text_part(&self, code: &str, from: &str, to: Option<&str>) -> String {
        let length = format!("{code}.length()");
        let from = Place::of(from).further(&length, 0);
        match to.map(|to| Place::of(to).further(&length, 0)) {
            Some(to) => format!("{code}.substring({from}, {to})"),
            None => format!("{code}.substring({from})"),
        }
    }

    /// `env == 'a' || env == 'b'`, or of an array whether it contains the value.
    fn one_of(&self, code: &str, arguments: &[Typed], written: &[&str], not: bool) -> Option<String> {
        let (compared, joined, sign) = if not {
            (" != ", " && ", "!")
        } else {
            (" == ", " || ", "")
        };
        match *arguments {
            [] => None,
            [array] if array.ty.element().is_some() => {
                let array = self.operand(array)?;
                let contains = format!("{sign}{array}.contains({code})");
                (self.options.dialect == Dialect::Selvedge).then(|| write_code(&contains))
            }
            _ => {
                let each: Vec<String> = written.iter().map(|value| format!("{code}{compared}{value}")).collect();
                Some(write_code(&each.join(joined)))
            }
        }
    }

    /// What to write instead of a function of SQL that takes a part of a text, whose places count from 1.
    pub(super) fn part_of_sql(&self, name: &str, arguments: &[Typed]) -> Option<String> {
        let (text, rest) = arguments.split_first()?;
        let code = self.operand(*text).filter(|_| text.ty == Type::String)?;
        let written = self.all_written(rest)?;
        let length = format!("{code}.length()");
        let (from, count) = match (&*name.to_lowercase(), &*written) {
            ("substr" | "substring" | "mid", [from]) => (Place::of(from), None),
            ("substr" | "substring" | "mid", [from, count]) => (Place::of(from), Some(Place::of(count))),
            ("left", [count]) => return Some(at_least(&code, count, true)),
            ("right", [count]) => return Some(at_least(&code, count, false)),
            _ => return None,
        };
        // At 0 begins what others have at 1.
        let by = match from {
            Place::Number(0) | Place::FromEnd(_) => 0,
            Place::Number(_) | Place::Code(_) => -1,
        };
        let start = from.further(&length, by);
        let code = match (&from, count) {
            (_, None) => format!("{code}.substring({start})"),
            (_, Some(Place::Number(count))) => {
                format!("{code}.substring({start}, {})", from.further(&length, by + count))
            }
            (_, Some(count)) => format!("{code}.substring({start}, {start} + {})", count.further(&length, 0)),
        };
        Some(format!("SQL counts from 1, `substring` from 0: {}", write_code(&code)))
    }

    /// What to write instead of a method of dates, where a text or a number is not a date yet: it is made one.
    pub(super) fn as_date(&self, value: Typed, name: &str, arguments: &[Typed]) -> Option<String> {
        let habit = || {
            let help = self.options.advice().of_member(Section::Calls, "DATETIME", name)?;
            is_of_dates(name).then(|| help.strip_prefix("write ").unwrap_or(help).to_owned())
        };
        let fits = |function: &&library::declaration::Function| {
            let takes = |(at, argument): (usize, &Typed)| {
                argument.ty == Type::Any || function.accepts_at(at + 1).takes(argument.ty)
            };
            function.parameters.len() == arguments.len() && arguments.iter().enumerate().all(takes)
        };
        let methods = library::methods(self.options.dialect, Some(Type::DateTime), name);
        let help = match methods.filter_map(library::function).find(fits) {
            Some(_) => {
                format!("`date.{}`", self.call_of(name, arguments))
            }
            None => habit()?,
        };
        let code = self.repeated_value(value);
        let of = |date: String| {
            let moved = Typed {
                ty: Type::Void,
                ..value
            };
            self.about(&advice::about(&help, &[("date", &date)]), moved, arguments)
        };
        match value.ty {
            Type::String => {
                let date = of(format!("new DateTime({})", code.unwrap_or("text")));
                Some(format!("make a date of the text: {date}"))
            }
            Type::Long => {
                let code = code.unwrap_or("n");
                let (of_millis, of_int) = (
                    of(format!("new DateTime({code})")),
                    of(format!("new DateTime(Util.dateIntToTs({code}))")),
                );
                Some(format!(
                    "make a date of it: of milliseconds {of_millis}, of a date int {of_int}"
                ))
            }
            _ => None,
        }
    }

    /// What to write instead of a method of texts on a number, or on an array of texts.
    pub(super) fn as_text(&self, value: Typed, name: &str, arguments: &[Typed]) -> Option<String> {
        let of_number = |text: String| {
            let code = self.of_text(&text, name, arguments)?;
            Some(format!("a {} is not a text: {}", value.ty, write_code(&code)))
        };
        match value.ty {
            Type::Long => of_number(format!("{}.toString()", self.operand(value)?)),
            Type::Double => of_number(format!("('' + {})", self.operand(value)?)),
            Type::StringArray if self.options.dialect == Dialect::Selvedge => {
                let each = self.of_text("x", name, arguments)?;
                let code = format!("{}.map(x -> {each})", self.operand(value)?);
                Some(format!("of each element {}", write_code(&code)))
            }
            _ => None,
        }
    }

    /// A call of a method of texts, or what stands for one of another language.
    fn of_text(&self, text: &str, name: &str, arguments: &[Typed]) -> Option<String> {
        let is_method = library::methods(self.options.dialect, Some(Type::String), name)
            .next()
            .is_some();
        if is_method {
            return Some(format!("{text}.{}", self.call_of(name, arguments)));
        }
        let of = |owner: &str, name: &str| self.options.advice().of_member(Section::Calls, owner, name);
        // What arrays and maps have as well need not be meant of a text: `n.size()`.
        if ["ARRAY", "MAP"].into_iter().any(|owner| of(owner, name).is_some()) {
            return None;
        }
        let counted = format!("{name}/{}", arguments.len());
        let known = |name: &str| of("STRING", name);
        let advice = known(&counted).or_else(|| known(name))?;
        let code = advice.strip_prefix("write `")?.strip_suffix('`')?;
        if !code.starts_with("text.") || code.contains('`') {
            return None;
        }
        let of_arguments = of_arguments(arguments.iter().map(|argument| argument.span.of(self.source)));
        let values: Vec<(&str, &str)> = [("text", text)].into_iter().chain(of_arguments).collect();
        let code = advice::about(&quote_code(code), &values);
        (!code.contains("pattern")).then(|| code.trim_matches('`').to_owned())
    }
}

/// Whether a name of another language has a word of dates in it.
fn is_of_dates(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "day", "month", "year", "week", "hour", "minute", "second", "date", "time", "milli", "epoch", "zone", "iso",
        "utc",
    ];
    let name = name.to_lowercase();
    WORDS.into_iter().any(|word| name.contains(word))
}

/// The first or last characters of a text, which fails where it has fewer.
fn at_least(code: &str, count: &str, is_first: bool) -> String {
    let part = match is_first {
        true => format!("{code}.substring(0, {count})"),
        false => format!("{code}.substring({code}.length() - {})", advice::operand(count)),
    };
    format!("{}; a shorter text fails", write_code(&part))
}
