//! Values as the program has them, for helps that repeat them.

use super::checker::{Checker, Typed};
use super::typed::Kind;
use crate::advice::{self, Section};
use crate::diagnostic::{Diagnostic, quote_code, write_code};
use crate::operator::Arithmetic;
use crate::syntax::ast::{ExprId, ExprList};
use crate::syntax::is_name;
use crate::types::Type;

/// The longest code that a help repeats, in bytes.
const MAX_REPEATED: usize = 40;

/// How a loop over the elements of an array begins in the table of advices.
const WALK: &str = "for (int i = 0; i < xs.length;";

/// The names by which the table of advices calls the arguments of a call.
const ARGUMENTS: [&str; 3] = ["first", "second", "third"];

impl Checker<'_> {
    /// A value as the program has it, where that is short enough to be repeated in a help.
    pub(super) fn written(&self, value: Typed) -> Option<&str> {
        let is_wrong = |known: &Diagnostic| known.is_error() && value.span.holds(known.span);
        let is_right = !self.diagnostics.iter().any(is_wrong);
        repeated(value.span.of(self.source)).filter(|_| is_right)
    }

    /// Values as the program has them, where all are short enough to be repeated.
    pub(super) fn all_written(&self, values: &[Typed]) -> Option<Vec<&str>> {
        values.iter().map(|value| self.written(*value)).collect()
    }

    /// A call with its arguments, where all of them can be repeated.
    pub(super) fn call_of(&self, name: &str, arguments: &[Typed]) -> String {
        let written = self.all_written(arguments).map(|written| written.join(", "));
        format!("{name}({})", written.as_deref().unwrap_or("…"))
    }

    /// A value as the program has it, to stand beside an operator or before a `.`.
    pub(super) fn operand(&self, value: Typed) -> Option<String> {
        self.written(value).map(advice::operand)
    }

    /// A value as a date, where that is short enough to be repeated: a text or milliseconds by way of `new DateTime(…)`.
    pub(super) fn moment(&self, value: Typed) -> Option<String> {
        let code = self.written(value)?;
        Some(match value.ty {
            Type::Long if is_date_int(code) => of_date_int(code),
            Type::String | Type::Long => format!("new DateTime({code})"),
            _ => code.to_owned(),
        })
    }

    /// The same of a LONG that may be a date int.
    fn moment_of_date_int(&self, value: Typed) -> Option<String> {
        let is_literal = matches!(self.out.expr(value.id).kind, Kind::Long(_));
        let code = self.written(value).filter(|_| value.ty == Type::Long && !is_literal)?;
        Some(of_date_int(code))
    }

    /// What to write with a value as a date, and with the other date that a LONG may be.
    pub(super) fn of_moments(&self, value: Typed, moment: &str, code: impl Fn(&str) -> String) -> String {
        let help = write_code(&code(moment));
        match self.moment_of_date_int(value) {
            Some(other) => format!("{help}; of a date int {}", quote_code(&code(&other))),
            None => help,
        }
    }

    /// The code of an expression, where that is short enough to be repeated in a help.
    pub(super) fn code_of(&self, id: ExprId) -> Option<&str> {
        repeated(self.tree.expr(id).span.of(self.source))
    }

    /// What to write instead of a member of a value, with the arguments of its call.
    pub(super) fn advice_on(&self, section: Section, value: Typed, name: &str, arguments: &[Typed]) -> Option<String> {
        if let Some((left, right)) = self.quotient(value)
            && let Some(help) = self.options.advice().of_member(section, "QUOTIENT", name)
        {
            let (Some(left), Some(right)) = (self.written(left), self.written(right)) else {
                return Some(help.to_owned());
            };
            return Some(advice::about(help, &[("a", left), ("b", right)]));
        }
        let counted = format!("{name}/{}", arguments.len());
        let help = [&counted, name]
            .iter()
            .find_map(|name| self.options.advice().of_value(section, value.ty, name))?;
        Some(self.about(&help, value, arguments))
    }

    /// An advice about a value of the program and the arguments of a call.
    pub(super) fn about(&self, help: &str, value: Typed, arguments: &[Typed]) -> String {
        let stand_in = advice::stand_in(value.ty).iter().copied();
        let code = self.repeated_value(value);
        // What is walked is made once, before the loop.
        let kept = code.filter(|code| help.contains(WALK) && !is_name(code));
        let kept_first = kept.map(|code| help.replacen(WALK, &format!("xs = {}; {WALK}", code.replace('`', "")), 1));
        let help = kept_first.as_deref().unwrap_or(help);
        let of_value = code
            .filter(|_| kept.is_none())
            .into_iter()
            .flat_map(|code| stand_in.clone().map(move |name| (name, code)));
        let dated = self.dated_among(arguments);
        let moment = dated.and_then(|dated| self.moment(dated));
        let other = dated.and_then(|dated| self.moment_of_date_int(dated));
        let of_date_int = other.as_ref().and_then(|_| with_date_int(help));
        let help = of_date_int.as_deref().unwrap_or(help);
        let of_moment = [("moment", moment.as_deref()), ("other_moment", other.as_deref())];
        let of_moment = of_moment.into_iter().filter_map(|(name, code)| Some((name, code?)));
        let (all, joined) = (self.listed(arguments), self.joined(arguments));
        let of_all = [("all", all.as_deref()), ("joined", joined.as_deref())];
        let of_all = of_all.into_iter().filter_map(|(name, code)| Some((name, code?)));
        let written = || arguments.iter().map(|argument| argument.span.of(self.source));
        let pattern = pattern_among(written());
        let of_pattern = pattern.iter().map(|code| ("pattern", &**code));
        let values = of_value.chain(of_moment).chain(of_all).chain(of_pattern);
        let help = advice::about(help, &values.chain(of_arguments(written())).collect::<Vec<_>>());
        let help = advice::general(&help);
        let compared = arguments.iter().chain([&value]).filter(|value| !takes_null(value.ty));
        let compared = compared.filter_map(|value| self.written(*value));
        compared.fold(help, |help, code| null_first(&help, code))
    }

    /// A value as the program has it, but for a literal: of that an advice would say what is wrong with this one.
    pub(super) fn repeated_value(&self, value: Typed) -> Option<&str> {
        let is_literal = matches!(
            self.out.expr(value.id).kind,
            Kind::Text(_) | Kind::Long(_) | Kind::Double(_)
        );
        self.written(value).filter(|_| !is_literal)
    }

    /// The first argument that is not a pattern of dates.
    fn dated_among(&self, arguments: &[Typed]) -> Option<Typed> {
        let is_pattern = |value: &&Typed| advice::pattern(value.span.of(self.source)).is_some();
        arguments.iter().find(|value| !is_pattern(value)).copied()
    }

    /// The arguments of a call with commas between.
    fn listed(&self, arguments: &[Typed]) -> Option<String> {
        Some(
            self.all_written(arguments)
                .filter(|written| written.len() > 1)?
                .join(", "),
        )
    }

    /// The arguments of a call joined to a text.
    fn joined(&self, arguments: &[Typed]) -> Option<String> {
        let written: Option<Vec<String>> = arguments.iter().map(|argument| self.operand(*argument)).collect();
        let written = written.filter(|written| written.len() > 1)?;
        // Numbers are added up to the first text.
        let is_text = arguments.iter().take(2).any(|argument| argument.ty == Type::String);
        let empty = if is_text { "" } else { "'' + " };
        Some(format!("{empty}{}", written.join(" + ")))
    }

    /// An advice about the only argument of a call, and with more arguments about each by its name.
    pub(super) fn about_arguments(&self, help: &str, arguments: &[Typed]) -> String {
        match *arguments {
            [only] => self.about(help, only, arguments),
            [first, ..] => {
                // Which of several is meant by `text` or `n`, other languages have in other orders.
                let first = Typed {
                    ty: Type::Void,
                    ..first
                };
                self.about(help, first, arguments)
            }
            [] => advice::general(help),
        }
    }

    /// The name that a value is read by, where nothing is known of it: neither the program nor the schema has it.
    pub(super) fn unset_name(&self, value: Typed) -> Option<&str> {
        let parameter = match self.out.expr(value.id).kind {
            Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => self.out.variable(variable).parameter?,
            Kind::Parameter(parameter) => parameter,
            _ => return None,
        };
        let name = &*self.out.parameter(parameter).name;
        (!self.options.schema.declares(name)).then_some(name)
    }

    /// The operands of a quotient of LONGs.
    fn quotient(&self, value: Typed) -> Option<(Typed, Typed)> {
        let Kind::Arithmetic {
            operator: Arithmetic::Divide,
            left,
            right,
        } = self.out.expr(value.id).kind
        else {
            return None;
        };
        let typed = |id| {
            let expr = self.out.expr(id);
            Typed {
                id,
                ty: expr.ty,
                span: expr.span,
                shape: None,
            }
        };
        (value.ty == Type::Long).then(|| (typed(left), typed(right)))
    }

    /// The arguments of a call, checked.
    pub(super) fn arguments(&mut self, arguments: ExprList) -> Vec<Typed> {
        let tree = self.tree;
        let arguments = tree.expr_list(arguments).iter();
        arguments.map(|&argument: &ExprId| self.expr(argument)).collect()
    }
}

/// A date of the code of a date int.
fn of_date_int(code: &str) -> String {
    format!("new DateTime(Util.dateIntToTs({code}))")
}

/// Whether code is a date int of this century or the last one.
fn is_date_int(code: &str) -> bool {
    let is_year = ["19", "20"].into_iter().any(|century| code.starts_with(century));
    code.len() == 8 && is_year && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// An advice with a date in it, and what it is where that is made of a date int; `None` if it has no date.
fn with_date_int(help: &str) -> Option<String> {
    let code = help
        .split('`')
        .skip(1)
        .step_by(2)
        .find(|code| code.contains("moment"))?;
    Some(format!(
        "{help}; of a date int `{}`",
        code.replace("moment", "other_moment")
    ))
}

/// Code that a help may repeat.
pub(super) fn repeated(code: &str) -> Option<&str> {
    // An argument's name may stand before the code.
    let code = Some(code.trim()).filter(|code| code.len() <= 2 * MAX_REPEATED)?;
    // `days=1` of Python names its argument.
    let code = match code.split_once('=') {
        Some((name, value)) if is_name(name) && !value.starts_with('=') => value,
        _ => code,
    };
    let is_short = !code.is_empty() && code.len() <= MAX_REPEATED && !code.contains('\\') && advice::is_balanced(code);
    // What is escaped is not code any more.
    (is_short && quote_code(code).get(1..=code.len()) == Some(code)).then_some(code)
}

/// Whether a value of a type may be compared with null on its right.
pub(super) const fn takes_null(ty: Type) -> bool {
    match ty {
        Type::Long | Type::Double | Type::Boolean | Type::String | Type::Null | Type::Any | Type::Void => true,
        Type::BooleanArray
        | Type::LongArray
        | Type::DoubleArray
        | Type::StringArray
        | Type::List
        | Type::Map
        | Type::DateTime
        | Type::DateTimeZone
        | Type::DateTimeFormatter
        | Type::DateTimeProperty
        | Type::Days
        | Type::Hours
        | Type::Minutes
        | Type::Duration
        | Type::Uuid => false,
    }
}

/// A help with null on the left of what does not take it on the right.
fn null_first(help: &str, code: &str) -> String {
    ["==", "!="].into_iter().fold(help.to_owned(), |help, operator| {
        help.replace(&format!("`{code} {operator} null"), &format!("`null {operator} {code}"))
    })
}

/// The date pattern among the arguments of a call, as it is written here.
pub(super) fn pattern_among<'s>(arguments: impl IntoIterator<Item = &'s str>) -> Option<String> {
    arguments.into_iter().find_map(advice::pattern)
}

/// The arguments of a call by the names that the table has for them.
pub(super) fn of_arguments<'s>(
    arguments: impl IntoIterator<Item = &'s str>,
) -> impl Iterator<Item = (&'static str, &'s str)> {
    let written = arguments.into_iter().map(repeated).chain(std::iter::repeat(None));
    // What is not there, or too long, is called as mathematicians do.
    let named = ARGUMENTS.into_iter().zip(["a", "b", "c"]).zip(written);
    named.map(|((name, otherwise), code)| (name, code.unwrap_or(otherwise)))
}
