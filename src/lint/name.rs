//! The names of the lints: each declared once, with its code, what it says, and whether it is on unless asked for.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::diagnostic::Code;

/// Declares each lint once: its variant, its name, its code, whether it is on by default, and the sentence that explains it.
macro_rules! lints {
    ($($variant:ident = $text:literal, $code:ident, $on:literal, $about:literal;)*) => {
        /// The stable name of a lint. Its text, such as `unused-variable`, is what `Display`, `FromStr` and serde use.
        ///
        /// ```
        /// use selvedge::{diagnostic::Code, lint::LintName};
        /// assert_eq!(LintName::UnusedVariable.to_string(), "unused-variable");
        /// assert_eq!(LintName::UnusedVariable.code(), Code::UnusedVariable);
        /// assert!(LintName::UnusedVariable.is_default() && !LintName::UnusedParameter.is_default());
        /// assert!(LintName::ALL.iter().all(|name| name.text().parse() == Ok(*name) && name.about().ends_with('.')));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum LintName {
            $(#[doc = $about] $variant,)*
        }

        impl LintName {
            /// Every lint, in order.
            pub const ALL: &'static [LintName] = &[$(LintName::$variant,)*];

            /// The name's text, such as `unused-variable`.
            pub const fn text(self) -> &'static str {
                match self { $(LintName::$variant => $text,)* }
            }

            /// The code of its warnings.
            pub const fn code(self) -> Code {
                match self { $(LintName::$variant => Code::$code,)* }
            }

            /// Whether it is on by default.
            pub const fn is_default(self) -> bool {
                match self { $(LintName::$variant => $on,)* }
            }

            /// Its purpose in one sentence.
            pub const fn about(self) -> &'static str {
                match self { $(LintName::$variant => $about,)* }
            }
        }
    };
}

lints! {
    LeadingZeroLiteral = "leading-zero-literal", LeadingZero, true,
        "An integer literal that starts with 0.";
    UnusedVariable = "unused-variable", UnusedVariable, true,
        "A variable that is set and never read; a name that starts with `_` may be.";
    UnusedParameter = "unused-parameter", UnusedParameter, false,
        "A parameter of the schema that the program does not read.";
    ConditionAlwaysTrue = "condition-always-true", ConditionAlwaysTrue, true,
        "A condition that holds whatever the parameters are.";
    ConditionAlwaysFalse = "condition-always-false", ConditionAlwaysFalse, true,
        "A condition that never holds.";
    ComparisonDecidedByTypes = "comparison-decided-by-types", ComparisonDecided, true,
        "A comparison whose operands' types alone decide it, such as of a LONG with null.";
    UnreachableStatement = "unreachable-statement", UnreachableStatement, true,
        "A statement that no path leads to.";
    EndlessLoop = "endless-loop", EndlessLoop, true,
        "A loop that nothing in its body ends, or that counts away from its end or further than the budget allows.";
    Nondeterministic = "nondeterministic", Nondeterministic, false,
        "A read of the clock or of randomness, for programs that must give the same result each time.";
    DivisionByZero = "division-by-zero", ConstantDivision, true,
        "A LONG divided by a constant zero.";
    IndexOutOfRange = "index-out-of-range", ConstantIndex, true,
        "A constant index outside an array of known length, or below zero.";
    ShadowedClassName = "shadowed-class-name", ShadowedClassName, true,
        "A parameter of the schema that is named as a class, so that its name means the class.";
    CostAboveBudget = "cost-above-budget", CostAboveBudget, false,
        "A program that may use more steps or bytes than its budgets, whatever the sizes of its parameters that the limits allow.";
    FailingCall = "failing-call", FailingCall, true,
        "A call that always fails for its constant arguments, where some run may not reach it.";
    DatePattern = "date-pattern", DatePattern, true,
        "A date pattern with a letter that likely means something else, such as `yyyy-mm-dd`, `DD`, `ww` beside `yyyy`, `hh` without `a`, or `YYYY`.";
    DateIntArithmetic = "date-int-arithmetic", DateIntArithmetic, true,
        "Days added to a date int as to a number, or date ints subtracted: `20240131 + 1` is not a date.";
    DateIntAsMillis = "date-int-as-millis", DateIntAsMillis, true,
        "A date int given where milliseconds are taken, as to `new DateTime(day)`.";
    DateIntAsIso = "date-int-as-iso", DateIntAsIso, true,
        "A text such as `20240131` given to `new DateTime`, which reads it as a year.";
    CommentAsDivision = "comment-as-division", CommentAsDivision, true,
        "A comment after an operand that Python would read as a division, such as `rows // 2`.";
    TemplateInText = "template-in-text", TemplateInText, true,
        "A placeholder such as `${day}` or `{{ ds }}` in a text, where nothing replaces it, or the name of a parameter in braces; a format before `.format` or a separator before `.join`, as Python has them.";
    IntegerDivision = "integer-division", IntegerDivision, true,
        "A LONG divided by a LONG where a DOUBLE is needed: the fraction is lost before.";
    ValueDropped = "value-dropped", ValueDropped, true,
        "A last `if` whose branches end with expressions, so that the program gives nothing; a value that is computed and dropped, as of `date.plusDays(1);` or `total + 5;`.";
    BreakOutsideLoop = "break-outside-loop", BreakOutsideLoop, true,
        "A `break` or `continue` outside of a loop: it ends the statement around it, not the program.";
    UnquotedDate = "unquoted-date", UnquotedDate, true,
        "A date without quotes, such as `2024-01-31`, which is a subtraction.";
    AssignmentCondition = "assignment-condition", AssignmentCondition, true,
        "A condition that assigns, such as `if (ready = true)`, where `==` is likely meant.";
    SwappedOperator = "swapped-operator", SwappedOperator, true,
        "A sign behind `=` with a space behind it, as in `total =+ 5`, where `+=` is likely meant.";
    SpecialPattern = "special-pattern", SpecialPattern, true,
        "A pattern such as `split('.')` or `split('|')`, whose character stands for others or for nothing; a pattern given to `replace`, which takes a text.";
    UnusedArgument = "unused-argument", UnusedArgument, true,
        "A value given to `String.format` that no `%…` of the format takes.";
    NullJoined = "null-joined", NullJoined, true,
        "A STRING that is declared without a value and joined to before any is set, so that it begins with `null`, and what a function named `…OrNull` \
         gives, joined untested.";
    BeyondSel = "beyond-sel", UsesBeyondSel, false,
        "What SEL does not have, for programs that also run elsewhere.";
}

/// An unknown lint.
///
/// ```
/// use selvedge::lint::{LintName, UnknownLint};
/// let names: Result<Vec<LintName>, UnknownLint> = "endless-loop,tabs".split(',').map(str::parse).collect();
/// let unknown = names.unwrap_err();
/// assert_eq!(unknown.to_string(), "unknown lint `tabs`; docs/DIAGNOSTICS.md lists them");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLint {
    pub(super) name: String,
    pub(super) meant: Option<LintName>,
}

impl fmt::Display for UnknownLint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "unknown lint {}", self.name)?;
        match self.meant {
            Some(meant) => write!(formatter, "; did you mean `{meant}`?"),
            None => write!(formatter, "; docs/DIAGNOSTICS.md lists them"),
        }
    }
}

impl std::error::Error for UnknownLint {}

/// Reads a name.
///
/// ```
/// use selvedge::lint::LintName;
/// assert_eq!("endless-loop".parse(), Ok(LintName::EndlessLoop));
/// let error = "endles-loop".parse::<LintName>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown lint `endles-loop`; did you mean `endless-loop`?");
/// ```
impl FromStr for LintName {
    type Err = UnknownLint;

    fn from_str(text: &str) -> Result<Self, UnknownLint> {
        let named = |text: &str| Self::ALL.iter().copied().find(|name| name.text() == text);
        named(text).ok_or_else(|| UnknownLint {
            name: crate::diagnostic::quote(text),
            meant: crate::diagnostic::closest(text, Self::ALL.iter().map(|name| name.text())).and_then(named),
        })
    }
}

impl fmt::Display for LintName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl Serialize for LintName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}
