//! The diagnostic codes, by range: E1xx syntax, E2xx names, E3xx types, E4xx calls, E5xx run time, E6xx budgets,
//! E7xx parameters, W0xx warnings. A code is never reused.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::escape::quote;

/// Declares each code once: its variant, its text, and the sentence that explains it.
macro_rules! codes {
    ($($variant:ident = $text:literal, $about:literal;)*) => {
        /// A stable diagnostic code. `Display` and serde use its text, such as `E201`.
        ///
        /// ```
        /// use selvedge::diagnostic::Code;
        /// assert_eq!(Code::DivisionByZero.to_string(), "E503");
        /// assert_eq!(serde_json::to_string(&Code::DivisionByZero)?, r#""E503""#);
        /// assert_eq!(serde_json::from_str::<Code>(r#""E503""#)?, Code::DivisionByZero);
        /// assert_eq!(Code::DivisionByZero.about(), "A LONG was divided by zero.");
        /// assert!(Code::ALL.iter().all(|code| code.text().len() == 4));
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code's text, such as `E201`.
            pub const fn text(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }

            /// The meaning of the code in one sentence.
            pub const fn about(self) -> &'static str {
                match self { $(Code::$variant => $about,)* }
            }
        }
    };
}

codes! {
    // E1xx: syntax
    UnexpectedToken = "E101", "Something else is expected at this place.";
    UnterminatedString = "E102", "A string literal has no closing quote on its line.";
    UnterminatedComment = "E103", "A `/*` comment is not closed.";
    InvalidEscape = "E104", "A string holds an escape the language does not have.";
    UnsupportedSyntax = "E105", "A construct of Java or another language that this one leaves out.";
    ReservedWord = "E106", "A keyword where a name or a value is expected.";
    InvalidAssignmentTarget = "E107", "The left side of an assignment is not a name or a name with one index.";
    UnbalancedBracket = "E108", "A bracket without its match.";
    NestingTooDeep = "E109", "The program exceeds the nesting limit.";
    SourceTooLong = "E110", "The source exceeds the length limit.";
    InvalidCharacter = "E111", "A character that is not part of the language.";
    MissingSemicolon = "E112", "A statement does not end with `;`.";
    InvalidNumber = "E113", "An invalid number.";
    ProgramTooLarge = "E114", "The program needs more variables, constants or code than an evaluation can hold.";
    // E2xx: names
    UnknownName = "E201", "A name that is not a variable, parameter or class.";
    UnknownType = "E202", "A type name the language does not have.";
    UnknownClass = "E203", "A class the language does not have.";
    ReservedName = "E204", "A class or `params` cannot be assigned to or declared as a variable.";
    OutsideLoop = "E205", "`break` or `continue` is outside of a loop.";
    // E3xx: types
    OperandTypes = "E301", "The operator does not take operands of these types.";
    AssignmentType = "E302", "The value's type is not the variable's.";
    ConditionType = "E303", "A condition is not a BOOLEAN.";
    IndexType = "E304", "The value cannot be indexed, or not by this type.";
    ThrowType = "E305", "What is thrown is not a STRING.";
    ElementType = "E306", "The element's type is not the array's.";
    LiteralOutOfRange = "E307", "An integer literal does not fit into 64 bits.";
    ArrayLengthType = "E308", "An array's length is not a LONG.";
    ResultType = "E309", "The program's result is of a type that has no host value.";
    NoValue = "E310", "The expression has no value here.";
    UnsupportedEscape = "E311", "An escape that Java has and this language does not.";
    MayBeNull = "E312", "The value's shape says that it may be null, which cannot be used here.";
    SwitchLabel = "E313", "A `switch` has a label twice or of another type, or lacks `default`.";
    NotProvable = "E390", "Strict mode: the expression cannot be proved to succeed.";
    // E4xx: calls
    UnknownMethod = "E401", "The type has no such method.";
    UnknownField = "E402", "The type has no such field.";
    ArgumentCount = "E403", "The function does not take this many arguments.";
    ArgumentType = "E404", "An argument's type is not what the function takes.";
    NotConstructible = "E405", "The class has no constructor, or none with these arguments.";
    UnknownHostFunction = "E406", "The host registered no such function.";
    InvalidPattern = "E407", "A constant regular expression, format or date pattern is not valid.";
    CapabilityOff = "E408", "The program uses a part of the language that the host switched off.";
    NotCallable = "E409", "Only methods of a value or class can be called.";
    BeyondSel = "E410", "The dialect is SEL, and the program uses what SEL does not have.";
    InLambda = "E411", "A lambda assigns, changes a map, or stands where none is taken.";
    // E5xx: run time
    Thrown = "E501", "The program threw a message.";
    TypeMismatch = "E502", "A value met at run time is not of a type the operation takes.";
    DivisionByZero = "E503", "A LONG was divided by zero.";
    IndexOutOfRange = "E504", "An index or position lies outside the array or string.";
    NullValue = "E505", "A null value was used where an object is needed.";
    InvalidArgument = "E506", "A function was given an argument outside its domain.";
    InvalidNumberText = "E507", "A text could not be read as a number.";
    InvalidFormat = "E508", "A format string is wrong or does not fit its arguments.";
    InvalidRegex = "E509", "A regular expression or replacement is wrong or not supported.";
    InvalidDate = "E510", "A date, time, zone or date pattern is wrong or out of range.";
    SplitCharacter = "E511", "A position cuts a character outside the basic plane in half.";
    ReadOnly = "E512", "The value cannot be changed.";
    UnsetVariable = "E514", "A variable was read that no path has set.";
    MissingParameter = "E515", "The host gave no value for a parameter.";
    HostFunction = "E516", "A function of the host failed.";
    Denied = "E517", "The host denies the clock or randomness.";
    NoHostValue = "E518", "The result is of a type that has no host value.";
    AbsentKey = "E519", "A map has no entry of the key that is read.";
    ShapeMismatch = "E520", "A value does not fit the shape that the schema gives it.";
    Internal = "E599", "An invariant of this crate was broken; please report it.";
    // E6xx: budgets
    StepBudget = "E601", "The step budget is exhausted.";
    MemoryBudget = "E602", "The memory budget is exhausted.";
    ArrayLength = "E603", "An array exceeds the length limit.";
    StringLength = "E604", "A string exceeds the length limit.";
    MapEntries = "E605", "A map exceeds the limit of entries.";
    LoopIterations = "E606", "A loop exceeds the limit of iterations.";
    ResultSize = "E607", "The result exceeds the size limit.";
    Deadline = "E608", "The deadline of the evaluation or compilation passed.";
    Cancelled = "E609", "The host cancelled the evaluation or compilation.";
    ValueNesting = "E610", "A value exceeds the nesting limit.";
    // E7xx: parameters
    ParameterType = "E701", "A parameter's value is not of the type the schema gives.";
    DefinitionShape = "E710", "A definition of a parameter is not written as one.";
    DefinitionName = "E711", "A parameter's name is not one.";
    DuplicateKey = "E712", "A duplicate key in a map.";
    DocumentSyntax = "E713", "The text is not a JSON or YAML document.";
    ParameterCycle = "E714", "Parameters refer to each other in a cycle.";
    UnknownParameter = "E715", "A text or condition refers to a parameter that is not defined.";
    SkippedStep = "E716", "A parameter of a step that was skipped has no value.";
    StepNotRun = "E717", "A step's parameter is read that does not run before, or never ran.";
    AmbiguousStep = "E718", "A name can be read as parameters of two steps.";
    ConversionFailed = "E719", "A value cannot be converted to the declared type.";
    ModeForbids = "E720", "The parameter's mode does not allow the change.";
    SetSize = "E721", "The parameters together are larger than the limit.";
    SetBudget = "E722", "The budget that all parameters share is exhausted.";
    RequiredParameter = "E723", "A required parameter has no value.";
    // E73x: workflows
    WorkflowShape = "E730", "A definition of a workflow is not written as one.";
    UnknownStep = "E731", "A transition or call names a step that is not there.";
    StepCycle = "E732", "Steps form a cycle.";
    LoopParameter = "E733", "A loop's parameter is not what the loop can run over.";
    WorkflowSize = "E735", "The workflow is larger than the limits allow.";
    StepFailed = "E736", "A step failed, and whoever ran it says why.";
    // E74x: platforms
    PlatformShape = "E740", "A description of a platform is not written as one.";
    // E75x: tests
    FixtureShape = "E750", "A fixture of tests is not written as one.";
    TestFailed = "E751", "A test did not come out as it expects.";
    // W0xx: warnings
    LeadingZero = "W001", "An integer literal starts with 0, which does not mean octal here.";
    UnusedVariable = "W002", "A variable is set and never read.";
    UnusedParameter = "W003", "A parameter of the schema is not read.";
    ConditionAlwaysTrue = "W004", "A condition always holds.";
    ConditionAlwaysFalse = "W005", "A condition never holds.";
    ComparisonDecided = "W006", "The operands' types alone decide a comparison.";
    UnreachableStatement = "W007", "No path leads to a statement.";
    EndlessLoop = "W008", "Nothing in a loop ends it within the budget.";
    Nondeterministic = "W009", "A program that must give the same result each time reads the clock or randomness.";
    ConstantDivision = "W010", "A LONG is divided by a constant zero.";
    ConstantIndex = "W011", "A constant index lies outside an array of known length, or below zero.";
    ShadowedClassName = "W012", "A parameter of the schema is named as a class, so its name means the class.";
    CostAboveBudget = "W013", "A program may use more than a budget.";
    FailingCall = "W014", "A call of constants fails whenever it is reached.";
    DatePattern = "W015", "A letter of a date pattern likely means something else than is meant.";
    DateIntArithmetic = "W016", "A date int such as 20240131 is moved as a number.";
    DateIntAsMillis = "W017", "A date int is given where milliseconds are taken.";
    DateIntAsIso = "W018", "The eight digits of a date are given where an ISO text is taken.";
    CommentAsDivision = "W019", "A comment looks like a division.";
    TemplateInText = "W020", "A placeholder of a template stays in a text.";
    IntegerDivision = "W021", "The quotient of two LONG, which has lost its fraction, becomes a DOUBLE.";
    ValueDropped = "W022", "A value goes nowhere.";
    BreakOutsideLoop = "W023", "A `break` or `continue` outside of a loop ends the statement around it.";
    UnquotedDate = "W024", "A date without quotes is a subtraction or a division.";
    AssignmentCondition = "W025", "A condition assigns, where a comparison is likely meant.";
    SwappedOperator = "W026", "An assignment sets a value with a sign, where `+=`, `-=` or `!=` is likely meant.";
    SpecialPattern = "W027", "A pattern is a character that has a meaning in patterns, which is likely not meant; or a pattern is given where a text is taken.";
    UsesBeyondSel = "W028", "The program uses what SEL does not have.";
    UnusedArgument = "W029", "A value given to a format goes nowhere.";
    NullJoined = "W030", "The text `null` is joined, of what has no value yet, or has none where it may be absent.";
    ImplicitConversion = "W701", "A value is converted to the declared type.";
    MisspeltKey = "W702", "A key of a definition has no meaning and is near to one that has.";
    UnreachableStep = "W703", "No transition that leads to a step can be taken.";
    JoinNeverRuns = "W704", "None of several transitions that lead to a step can be taken.";
}

impl Code {
    /// The code's name in lower case with underscores, such as `division_by_zero`, for data.
    ///
    /// ```
    /// use selvedge::diagnostic::Code;
    /// assert_eq!(Code::DivisionByZero.kind(), "division_by_zero");
    /// ```
    pub fn kind(self) -> String {
        let mut kind = String::new();
        for character in format!("{self:?}").chars() {
            if character.is_ascii_uppercase() && !kind.is_empty() {
                kind.push('_');
            }
            kind.push(character.to_ascii_lowercase());
        }
        kind
    }

    /// Whether it says that a budget or limit of the host was met.
    pub(crate) fn is_budget(self) -> bool {
        self.text().starts_with("E6")
    }

    /// What the code means, in the form of a message: lower case, no final period.
    pub(crate) fn sentence(self) -> String {
        let mut characters = self.about().trim_end_matches('.').chars();
        let first = characters.next().map(|first| first.to_lowercase().to_string());
        first.unwrap_or_default() + characters.as_str()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let code = Self::ALL.iter().find(|code| code.text() == text);
        code.copied()
            .ok_or_else(|| D::Error::custom(format_args!("unknown code {}", quote(&text))))
    }
}
