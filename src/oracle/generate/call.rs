//! Calls of the library, drawn from its declarations: arguments of the types that a function takes, texts that it can read.

use super::{Generator, TYPES};
use crate::library;
use crate::library::declaration::{Accepts, Form, Function, Parameter, Receiver};
use crate::types::Type;

const LAMBDA_NAMES: [&str; 4] = ["L", "S", "D", "X"];
const REGEXES: [&str; 12] = [
    "','",
    "'[0-9]+'",
    "'(a)|(b)'",
    "'\\\\s*'",
    "'x'",
    "''",
    "'.'",
    "'(\\\\d)(\\\\d)'",
    "'a*'",
    "'^|$'",
    "'.*?b|a'",
    "'('",
];
const REPLACEMENTS: [&str; 5] = ["'-'", "'$0'", "'[$1]'", "'\\\\$'", "''"];
const FORMATS: [&str; 14] = [
    "'%s'",
    "'%d'",
    "'%5.2f|%s'",
    "'%x'",
    "'%08d'",
    "'%S'",
    "'%h'",
    "'%b'",
    "'%,d'",
    "'%e'",
    "'%-6s|'",
    "'%c'",
    "'%n%%'",
    "'%2$s%1$s'",
];
const DATE_PATTERNS: [&str; 10] = [
    "'yyyyMMdd'",
    "'yyyy-MM-dd'",
    "\"yyyy-MM-dd'T'HH:mm:ss.SSSZZ\"",
    "'EEE d MMM yyyy'",
    "'HH'",
    "'xxxx-ww-e'",
    "'hh:mm a'",
    "'D'",
    "'GCCYYkK'",
    "'q'",
];
const DATE_TEXTS: [&str; 8] = [
    "'20240229'",
    "'2024-01-31'",
    "'2020-02-29T10:11:12.013Z'",
    "'12'",
    "'1970'",
    "Z",
    "'2024-W05-1'",
    "'no date'",
];
const ZONES: [&str; 6] = [
    "'UTC'",
    "'America/New_York'",
    "'+01:30'",
    "'Asia/Tokyo'",
    "'Europe/London'",
    "'Nowhere'",
];
const NUMBERS: [&str; 8] = [
    "'12'",
    "'-7'",
    "'1.5'",
    "'1e3'",
    "'9223372036854775807'",
    "'x'",
    "''",
    "'true'",
];
const DATE_INTS: [&str; 6] = [
    "20240131",
    "'20240229'",
    "20231231",
    "'20240301'",
    "20240101",
    "20241340",
];
const HOUR_INTS: [&str; 4] = ["2024022922", "'2024030103'", "2024013100", "2024010124"];
const ISO_DURATIONS: [&str; 4] = ["'PT5M'", "'P1DT2H3M4.5S'", "'-PT0.001S'", "'P1M'"];
const JSON_TEXTS: [&str; 8] = [
    "'[1, 2, 3]'",
    "'{\"k\": [1.5, null, \"a\"], \"s\": {}}'",
    "'[\"a\", null]'",
    "'-0'",
    "'\"\\\\u00e9\"'",
    "'[1,'",
    "'{\"k\": 1, \"k\": 2}'",
    "Json.text(J)",
];
const ENCODED: [&str; 5] = ["'YQ=='", "'w6k='", "'%C3%A9'", "'a%2'", "''"];
const GROUPS: [&str; 5] = ["0", "1", "2", "'x'", "-1"];
const FILLERS: [&str; 4] = ["'0'", "'é'", "''", "'😀'"];
const DIGITS: [&str; 5] = ["0", "2", "-2", "17", "-400"];
const COUNTS: [&str; 5] = ["0", "3", "12", "-1", "70"];
const DURATIONS: [&str; 4] = ["'3 days'", "'12 hours'", "'30 minutes'", "'soon'"];

impl Generator<'_> {
    /// A call of any function of the library.
    pub(super) fn call_any(&mut self) {
        let all: Vec<&Function> = library::functions()
            .map(|(_, function)| function)
            .filter(|function| can_be_called(function))
            .collect();
        self.call_one_of(&all);
    }

    /// A call of a function that gives the type; a leaf where there is none.
    pub(super) fn call_giving(&mut self, ty: Type) {
        let giving: Vec<&Function> = library::functions()
            .map(|(_, function)| function)
            .filter(|function| function.result == ty && can_be_called(function))
            .collect();
        self.call_one_of(&giving);
    }

    fn call_one_of(&mut self, functions: &[&Function]) {
        // Two bytes: there are more functions than a byte has values.
        let index = self.pick(256) * 256 + self.pick(256);
        match functions.get(index % functions.len().max(1)) {
            Some(function) => self.call(function),
            None => self.leaf(Type::Any),
        }
    }

    fn call(&mut self, function: &Function) {
        match function.receiver {
            Receiver::Inside => return self.leaf(Type::Any),
            Receiver::Constant(class) => return self.push(&format!("{class}.{}", function.name)),
            Receiver::Static(class) => self.push(&format!("{class}.{}", function.name)),
            Receiver::Constructor(class) => self.push(&format!("new {class}")),
            Receiver::Through { on, constant: true, .. } => {
                self.push("(");
                self.expr(on);
                return self.push(&format!(").{}", function.name));
            }
            Receiver::OneOf(types) => {
                let index = self.pick(types.len());
                self.push("(");
                self.expr(types.get(index).copied().unwrap_or(Type::Any));
                self.push(&format!(").{}", function.name));
            }
            Receiver::Instance(ty) | Receiver::Through { on: ty, .. } => {
                self.push("(");
                self.expr(ty);
                self.push(&format!(").{}", function.name));
            }
        }
        self.push("(");
        let repeated = match function.variadic {
            true => self.pick(3),
            false => 0,
        };
        let last = function.parameters.last().into_iter().cycle().take(repeated);
        let fixed = function.parameters.len().saturating_sub(usize::from(function.variadic));
        for (index, parameter) in function.parameters.iter().take(fixed).chain(last).enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.argument(function, parameter);
        }
        self.push(")");
    }

    /// A lambda, whose names are those of other values: what stands in it reads them.
    fn lambda(&mut self, function: &Function, names: usize) {
        let name = LAMBDA_NAMES[self.pick(LAMBDA_NAMES.len())];
        match names {
            1 => self.push(&format!("{name} -> ")),
            _ => self.push(&format!("(S, {name}) -> ")),
        }
        let ty = match function.form {
            Some(
                Form::Filter | Form::Any | Form::All | Form::None | Form::Find | Form::Count | Form::FilterEntries,
            ) => Type::Boolean,
            Some(Form::GroupBy | Form::Associate) => Type::String,
            Some(Form::FlatMap) => Type::LongArray,
            Some(Form::Map | Form::MapValues | Form::Reduce | Form::Distinct) | None => {
                let index = self.pick(TYPES.len());
                TYPES.get(index).copied().unwrap_or(Type::Any)
            }
            Some(Form::MinBy | Form::MaxBy | Form::Sorted | Form::SortedDescending) => Type::Long,
        };
        self.expr(ty);
    }

    fn argument(&mut self, function: &Function, parameter: &Parameter) {
        if self.pick(8) != 7
            && let Some(texts) = fitting(function, parameter)
        {
            return self.one_of(texts);
        }
        let ty = match parameter.accepts {
            Accepts::Lambda(names) => return self.lambda(function, names),
            Accepts::Exactly(ty) => ty,
            Accepts::Number => [Type::Double, Type::Long][self.pick(2).min(1)],
            Accepts::OneOf(types) => {
                let index = self.pick(types.len());
                types.get(index).copied().unwrap_or(Type::Any)
            }
            Accepts::Anything => {
                let index = self.pick(TYPES.len());
                TYPES.get(index).copied().unwrap_or(Type::Any)
            }
        };
        self.expr(ty);
    }
}

/// Texts and numbers that a parameter is made for, where not every value will do.
fn fitting(function: &Function, parameter: &Parameter) -> Option<&'static [&'static str]> {
    let of_text = matches!(function.receiver, Receiver::Instance(Type::String));
    let of_util = matches!(function.receiver, Receiver::Static("Util"));
    let takes_text = parameter.accepts.takes(Type::String);
    Some(match (function.name, parameter.name) {
        ("split" | "replaceAll" | "matches" | "find" | "findAll", "pattern") => &REGEXES,
        ("find", "group") => &GROUPS,
        (_, "filler") => &FILLERS,
        (_, "digits") => &DIGITS,
        ("parse" | "parseOrNull", _) if matches!(function.receiver, Receiver::Static("Json")) => &JSON_TEXTS,
        ("decode", _) => &ENCODED,
        ("bucket", "count") => &COUNTS,
        ("padStart" | "padEnd" | "repeat", "length" | "count") => &COUNTS,
        ("replaceAll", _) if of_text => &REPLACEMENTS,
        ("format", "format") => &FORMATS,
        (_, "pattern") => &DATE_PATTERNS,
        ("forID", _) => &ZONES,
        ("parseLong" | "parseDouble" | "Long" | "Double" | "Boolean", _) if takes_text => &NUMBERS,
        ("valueOf", _) if takes_text && function.result.is_number() => &NUMBERS,
        ("parse", _) if function.result == Type::Duration => &ISO_DURATIONS,
        ("parse" | "parseDateTime" | "parseMillis" | "DateTime", _) if takes_text => &DATE_TEXTS,
        (_, "duration") if takes_text => &DURATIONS,
        ("hourIntsBetween", "from" | "to") => &HOUR_INTS,
        ("parseDateInt", "text") => &DATE_TEXTS,
        (_, "from" | "to") if of_util && takes_text && function.name != "intsBetween" => &DATE_INTS,
        (_, "date" | "hour" | "zone" | "minusDays" | "minusHours") if of_util && takes_text => &DATE_INTS,
        _ => return None,
    })
}

/// Whether a program can name it.
fn can_be_called(function: &Function) -> bool {
    function.receiver != Receiver::Inside
}
