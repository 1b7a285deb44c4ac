//! What is wrong with the arguments of a call, and how the function is called.

use super::checker::{Checker, Typed};
use super::operation_help::unquoted;
use super::postfix::counted;
use super::typed::Kind;
use crate::advice::{self, Section};
use crate::diagnostic::{Code, Diagnostic, quote, write_code};
use crate::library::FunctionId;
use crate::library::declaration::{Accepts, Function, Parameter, Receiver};
use crate::source::Span;
use crate::types::Type;

/// The most ways to call a function that are shown.
const MAX_SHOWN: usize = 6;

/// The days of the week, so many, and the months, as `DateTimeConstants` has them.
const DAYS: usize = 7;
const NAMED: [&str; 19] = [
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// An overload with its id.
type Overload = (FunctionId, &'static Function);

impl Checker<'_> {
    /// The error of a call with as many arguments as no overload takes.
    pub(super) fn wrong_count_of(
        &self,
        overloads: &[Overload],
        arguments: &[Typed],
        name: &str,
        span: Span,
    ) -> Diagnostic {
        let mut counts: Vec<(usize, bool)> = overloads
            .iter()
            .map(|(_, function)| (function.parameters.len(), function.variadic))
            .collect();
        counts.sort_unstable();
        counts.dedup();
        let is_method = overloads.iter().any(|(_, function)| function.receiver.is_value());
        let given = arguments.len().saturating_sub(usize::from(is_method));
        let message = format!("{} takes {}, {given} given", quote(name), takes(&counts));
        let code = code(overloads, Code::ArgumentCount);
        let of_count = self.habit(overloads, arguments, &format!("{name}/{given}"));
        let help = of_count.or_else(|| self.habit(overloads, arguments, name));
        let help = help.unwrap_or_else(|| usage(overloads));
        Diagnostic::error(code, span, message).with_help(help)
    }

    /// What to write where another language has a method of this name that takes other arguments.
    fn habit(&self, overloads: &[Overload], arguments: &[Typed], name: &str) -> Option<String> {
        let (first, rest) = arguments.split_first()?;
        if let Some(help) = self.advice_on_class(*first, name, rest) {
            return Some(help);
        }
        overloads.iter().find_map(|(_, function)| match function.receiver {
            // How to do without a function that SEL does not have.
            Receiver::Static(_) if function.beyond_sel => None,
            Receiver::Static(class) => {
                let help = self.options.advice().of_member(Section::Calls, class, name)?;
                Some(self.about_arguments(help, arguments))
            }
            Receiver::Instance(ty) => self.advice_on(Section::Calls, Typed { ty, ..*first }, name, rest),
            Receiver::Through { .. } => {
                let of_text = || self.formatted(*first, name, rest);
                of_text().or_else(|| self.advice_on(Section::Calls, *first, name, rest))
            }
            Receiver::Constructor(class) => {
                let of_pattern = self.parsed_by_pattern(arguments).filter(|_| class == "DateTime");
                let of_table = || {
                    Some(self.about_arguments(self.options.advice().of_member(Section::Calls, "new", name)?, arguments))
                };
                of_pattern.or_else(of_table)
            }
            // SEL has none of them, and other languages have them with more arguments.
            Receiver::OneOf(_) if name.contains('/') => self.advice_on(Section::Calls, *first, name, rest),
            Receiver::OneOf(_) | Receiver::Inside | Receiver::Constant(_) => None,
        })
    }

    /// The error of a call whose arguments are of types that no overload takes.
    pub(super) fn wrong_type(&self, overloads: &[Overload], arguments: &[Typed], name: &str, span: Span) -> Diagnostic {
        let code = code(overloads, Code::ArgumentType);
        let offending = arguments.iter().enumerate().find(|(index, argument)| {
            let taken = |(_, function): &Overload| function.accepts_at(*index).takes(argument.ty);
            argument.ty != Type::Any && !overloads.iter().any(taken)
        });
        let Some((index, argument)) = offending else {
            let types: Vec<&str> = arguments.iter().take(8).map(|argument| argument.ty.name()).collect();
            let message = format!("{} does not take ({})", quote(name), types.join(", "));
            return Diagnostic::error(code, span, message).with_help(usage(overloads));
        };
        let mut accepted: Vec<Type> = Vec::new();
        for (_, function) in overloads {
            match function.accepts_at(index) {
                Accepts::Exactly(ty) => accepted.push(ty),
                Accepts::Number => accepted.extend([Type::Long, Type::Double]),
                Accepts::OneOf(types) => accepted.extend(types),
                Accepts::Anything | Accepts::Lambda(_) => {}
            }
        }
        let mut met = Vec::new();
        accepted.retain(|ty| {
            !met.contains(ty) && {
                met.push(*ty);
                true
            }
        });
        accepted.sort_by_key(|&ty| ty == Type::Null);
        let takes_lambda = |(_, function): &Overload| matches!(function.accepts_at(index), Accepts::Lambda(_));
        let mut names: Vec<&str> = accepted.iter().map(|ty| ty.name()).collect();
        if overloads.iter().any(takes_lambda) {
            names.push("a lambda");
        }
        let of = match parameter_name(overloads, index) {
            Some(parameter) => format!("{} of {}", quote(parameter), quote(name)),
            None => quote(name),
        };
        let message = format!("expected {} for {of}, found {}", names.join(" or "), argument.ty);
        let error = Diagnostic::error(code, argument.span, message);
        let converted = || {
            let mut wanted = accepted.iter();
            wanted.find_map(|&wanted| self.conversion_of(*argument, wanted))
        };
        let converted = || self.constant_of(*argument, name).or_else(converted);
        if argument.ty == Type::Null {
            return error.with_help("null, or an unknown name");
        }
        let of_date_int = argument.ty == Type::DateTime
            && accepted == [Type::Long, Type::String]
            && matches!(parameter_name(overloads, index), Some("date" | "from" | "to"));
        let digits = of_date_int.then(|| "take its digits with `.toString('yyyyMMdd')`".to_owned());
        // A text where a number is taken holds one, whatever else the function is called for elsewhere.
        let is_numeral = argument.ty == Type::String && accepted.iter().any(|ty| ty.is_number());
        let of_numeral = is_numeral.then(converted).flatten();
        let help = digits.or(of_numeral).or_else(|| self.habit(overloads, arguments, name));
        let of_elements = || self.joined_as_elements(arguments, index, name);
        match help.or_else(converted).or_else(of_elements) {
            Some(help) => error.with_help(help),
            None => error.with_help(usage(overloads)),
        }
    }

    /// What to write for `xs.concat(1)`, and for `xs.concat(ys)` where the elements are of another type.
    fn joined_as_elements(&self, arguments: &[Typed], index: usize, name: &str) -> Option<String> {
        let (&[xs, ..], &of) = (arguments, arguments.get(index)?) else {
            return None;
        };
        let (element, array, value) = (xs.ty.element()?, self.operand(xs)?, self.operand(of)?);
        if of.ty == element && name == "concat" {
            let code = format!("{array}.append({})", self.written(of)?);
            return Some(format!("one value more: {}", write_code(&code)));
        }
        let each = match (of.ty.element()?, element) {
            (Type::Long, Type::Double) => "x * 1.0",
            (Type::Double, Type::Long) => "x.longValue()",
            (Type::String, Type::Long) => "Long.parseLong(x)",
            (Type::String, Type::Double) => "Double.parseDouble(x)",
            (Type::Long | Type::Double | Type::Boolean, Type::String) => "String.valueOf(x)",
            _ => return None,
        };
        let code = format!("{array}.{name}({value}.map(x -> {each}))");
        Some(format!("its elements are of another type: {}", write_code(&code)))
    }

    /// What to write for `'{}/{}'.format(table, day)`, and for `'-'.join(xs)`.
    fn formatted(&self, text: Typed, name: &str, arguments: &[Typed]) -> Option<String> {
        let is_literal = matches!(self.out.expr(text.id).kind, Kind::Text(_));
        let literal = self
            .written(text)
            .filter(|_| is_literal && matches!(name, "format" | "join"))?;
        let arguments = self.all_written(arguments)?;
        Some(write_code(&match name {
            "join" => format!("String.join({literal}, {})", arguments.join(", ")),
            _ => advice::format_call(literal, arguments.into_iter())?,
        }))
    }

    /// What to write for `new DateTime(text, 'yyyy-MM-dd')`.
    fn parsed_by_pattern(&self, arguments: &[Typed]) -> Option<String> {
        let [text, pattern] = *arguments else { return None };
        let Kind::Text(letters) = self.out.expr(pattern.id).kind else {
            return None;
        };
        let is_pattern = self.out.text(letters).contains("yy");
        let code = format!(
            "DateTimeFormat.forPattern({}).parseDateTime({})",
            self.written(pattern)?,
            self.written(text)?
        );
        is_pattern.then(|| write_code(&code))
    }

    /// A help with a value in the place that it leaves open.
    pub(super) fn fitted(&self, help: &str, value: Typed) -> String {
        // Of a literal text a help would say what fails, and of joined texts what is not a number.
        let is_text =
            matches!(self.out.expr(value.id).kind, Kind::Text(_) | Kind::Concat(_)) && value.ty == Type::String;
        let fits = !is_text && help.matches('…').count() == 1;
        let code = match help.contains("(…)") {
            true => self.written(value).map(str::to_owned),
            false => self.operand(value),
        };
        match code.filter(|_| fits) {
            Some(code) => help.replacen('…', &code, 1),
            None => help.to_owned(),
        }
    }

    /// `DateTimeConstants.MONDAY` for `'Monday'`, where a day of the week or a month is taken.
    fn constant_of(&self, argument: Typed, name: &str) -> Option<String> {
        let Kind::Text(text) = self.out.expr(argument.id).kind else {
            return None;
        };
        let written = self.out.text(text).to_ascii_uppercase();
        let (is_day, is_month) = (name.contains("DayOfWeek"), name.contains("MonthOfYear"));
        let named = NAMED
            .into_iter()
            .enumerate()
            .filter(|(_, named)| named.starts_with(&written));
        let mut named = named.filter(|(at, _)| if *at < DAYS { is_day } else { is_month });
        let (_, constant) = named.next().filter(|_| written.len() > 2)?;
        Some(write_code(&format!("DateTimeConstants.{constant}")))
    }

    /// How an argument becomes one of another type, where there is one way that cannot be mistaken.
    fn conversion_of(&self, argument: Typed, wanted: Type) -> Option<String> {
        let fits = |number: &&str| wanted == Type::Double || (wanted == Type::Long && !number.contains('.'));
        let is_literal = matches!(self.out.expr(argument.id).kind, Kind::Text(_));
        match self.number_in(argument).filter(fits) {
            Some(number) => Some(unquoted(number)),
            // Of a text that holds no number none can be read.
            None if is_literal && wanted.is_number() => None,
            None => conversion(argument.ty, wanted).map(|help| self.fitted(help, argument)),
        }
    }
}

/// How a value becomes one of another type, where there is one way that cannot be mistaken.
pub(super) fn conversion(given: Type, wanted: Type) -> Option<&'static str> {
    match (given, wanted) {
        (Type::String, Type::Long) => Some("read its number with `Long.parseLong(…)`"),
        (Type::String, Type::Double) => Some("read its number with `Double.parseDouble(…)`"),
        (Type::Double, Type::Long) => Some("drop its fraction with `.longValue()`"),
        (Type::Long | Type::Double | Type::Boolean, Type::String) => Some("take its text with `String.valueOf(…)`"),
        (Type::String, Type::Boolean) => Some("read it with `new Boolean(…)`, or compare it, such as `… == 'true'`"),
        (Type::Long | Type::Double, Type::Boolean) => Some("compare it, such as `… != 0`"),
        (Type::DateTime, Type::String) => Some("take its text with `.toString('yyyy-MM-dd')`"),
        (Type::DateTime, Type::Long) => Some("take its milliseconds with `.getMillis()`"),
        (Type::String, Type::DateTime) => Some("make a date of an ISO text with `new DateTime(…)`"),
        (Type::Long, Type::DateTime) => Some(
            "make a date: of milliseconds with `new DateTime(n)`, of a date int with `new DateTime(Util.dateIntToTs(n))`",
        ),
        (Type::String, Type::DateTimeZone) => Some("find the zone with `DateTimeZone.forID(…)`"),
        (Type::String, Type::DateTimeFormatter) => Some("make a formatter with `DateTimeFormat.forPattern(…)`"),
        _ => None,
    }
}

fn code(overloads: &[Overload], otherwise: Code) -> Code {
    let is_constructor = |(_, function): &Overload| matches!(function.receiver, Receiver::Constructor(_));
    match overloads.iter().any(is_constructor) {
        true => Code::NotConstructible,
        false => otherwise,
    }
}

/// The name of the parameter at a place, counted from the receiver, where all overloads that have it agree.
fn parameter_name(overloads: &[Overload], index: usize) -> Option<&'static str> {
    let names = overloads.iter().filter_map(|(_, function)| {
        let receiver = usize::from(function.receiver.is_value());
        let parameter = function.parameters.get(index.checked_sub(receiver)?)?;
        Some(parameter.name)
    });
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    match *names {
        [only] => Some(only),
        _ => None,
    }
}

/// How a function is called: each overload with the names of its parameters.
fn usage(overloads: &[Overload]) -> String {
    // Overloads that take null are there for what the reference takes, not to be proposed.
    let of_null = |function: &Function| {
        let takes_null = |parameter: &Parameter| parameter.accepts == Accepts::Exactly(Type::Null);
        function.parameters.iter().any(takes_null)
    };
    let proposed = overloads.iter().filter(|(_, function)| !of_null(function));
    let mut shown: Vec<String> = proposed
        .map(|(_, function)| format!("`{}`", signature(function)))
        .collect();
    shown.dedup();
    let more = if shown.len() > MAX_SHOWN { ", …" } else { "" };
    shown.truncate(MAX_SHOWN);
    format!("write {}{more}", shown.join(" or "))
}

/// How the arguments of a function are written.
pub(super) fn written_arguments(function: &Function) -> String {
    let written = |parameter: &'static Parameter| match parameter.accepts {
        Accepts::Lambda(1) => "x -> …",
        Accepts::Lambda(_) => "(a, b) -> …",
        Accepts::Exactly(_) | Accepts::Number | Accepts::OneOf(_) | Accepts::Anything => parameter.name,
    };
    let mut names: Vec<&str> = function.parameters.iter().map(written).collect();
    if function.variadic {
        names.push("…");
    }
    names.join(", ")
}

fn signature(function: &Function) -> String {
    let arguments = written_arguments(function);
    match function.receiver {
        Receiver::Instance(_) | Receiver::OneOf(_) | Receiver::Inside | Receiver::Through { .. } => {
            format!(".{}({arguments})", function.name)
        }
        Receiver::Static(class) => format!("{class}.{}({arguments})", function.name),
        Receiver::Constructor(class) => format!("new {class}({arguments})"),
        Receiver::Constant(class) => format!("{class}.{}", function.name),
    }
}

/// How many arguments a function takes: `no arguments`, `1 argument`, `2, 3 or 5 arguments`, `at least 1 argument`.
fn takes(counts: &[(usize, bool)]) -> String {
    match *counts {
        [(count, true)] => format!("at least {}", counted(count.saturating_sub(1))),
        [(count, false)] => counted(count),
        _ => {
            let shown: Vec<String> = counts.iter().map(|(count, _)| count.to_string()).collect();
            let (last, first) = shown
                .split_last()
                .map_or(("", &shown[..0]), |(last, first)| (last, first));
            format!("{} or {last} arguments", first.join(", "))
        }
    }
}
