//! The operators of the language: each with its spelling and how tightly it binds, declared once.

use std::cmp::Ordering;

/// Declares operators of one kind, each with its spelling and its level, from the loosest.
macro_rules! operators {
    ($(#[$about:meta])* $kind:ident { $($name:ident $text:literal $level:literal)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum $kind { $($name),* }

        impl $kind {
            /// All of them, as written.
            #[cfg(feature = "oracle")]
            pub(crate) const TEXTS: &[&'static str] = &[$($text),*];

            /// The operator as written.
            pub(crate) const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// How tightly it binds, from the loosest.
            pub(crate) const fn level(self) -> u8 {
                match self { $(Self::$name => $level),* }
            }

            /// The operator that a text is.
            pub(crate) fn of(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

operators! {
    /// The operators that decide by their left operand whether the right one is evaluated.
    Logical {
        And "&&" 1
        Or "||" 0
    }
}

operators! {
    /// The operators that compare.
    Comparison {
        Equal "==" 2
        NotEqual "!=" 2
        Less "<" 3
        Greater ">" 3
        LessEqual "<=" 3
        GreaterEqual ">=" 3
    }
}

operators! {
    /// The operators that calculate; `+` joins texts as well.
    Arithmetic {
        Add "+" 4
        Subtract "-" 4
        Multiply "*" 5
        Divide "/" 5
        Remainder "%" 5
    }
}

/// The operators before an operand, which bind most tightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unary {
    Not,
    Minus,
    Plus,
}

/// What is applied to two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Arithmetic(Arithmetic),
    Comparison(Comparison),
}

/// The operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Binary {
    Logical(Logical),
    Operation(Operation),
    /// `in`, beyond SEL, which binds as `<` does.
    In,
}

/// `=`, or a compound assignment, which applies its operator first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assignment {
    Set,
    Compound(Arithmetic),
    /// `++` or `--`, without a value on the right.
    Step(Step),
}

/// A step by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Up,
    Down,
}

impl Comparison {
    /// What holds where this one does not; among DOUBLEs not so, because of NaN.
    pub(crate) const fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterEqual,
            Self::GreaterEqual => Self::Less,
            Self::Greater => Self::LessEqual,
            Self::LessEqual => Self::Greater,
        }
    }

    /// The same with its operands exchanged.
    pub(crate) const fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::Greater => Self::Less,
            Self::LessEqual => Self::GreaterEqual,
            Self::GreaterEqual => Self::LessEqual,
        }
    }

    /// Whether it is `==` or `!=`, and asks for no order.
    pub(crate) const fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }

    /// Whether it holds of two values in this order; none is that of NaN.
    pub(crate) fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            Self::Equal => order == Some(Ordering::Equal),
            Self::NotEqual => order != Some(Ordering::Equal),
            Self::Less => order.is_some_and(Ordering::is_lt),
            Self::Greater => order.is_some_and(Ordering::is_gt),
            Self::LessEqual => order.is_some_and(Ordering::is_le),
            Self::GreaterEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}

impl Arithmetic {
    /// Of two LONGs, wrapping as in Java; none for a division by zero. A remainder has the sign of the dividend.
    #[inline]
    pub(crate) const fn longs(self, left: i64, right: i64) -> Option<i64> {
        match self {
            Self::Add => Some(left.wrapping_add(right)),
            Self::Subtract => Some(left.wrapping_sub(right)),
            Self::Multiply => Some(left.wrapping_mul(right)),
            Self::Divide if right != 0 => Some(left.wrapping_div(right)),
            Self::Remainder if right != 0 => Some(left.wrapping_rem(right)),
            Self::Divide | Self::Remainder => None,
        }
    }

    /// Of two DOUBLEs. The work of a remainder grows with the quotient.
    #[inline]
    pub(crate) fn doubles(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Remainder => left % right,
        }
    }

    /// Whether it divides: LONGs by zero are refused.
    pub(crate) const fn divides(self) -> bool {
        matches!(self, Self::Divide | Self::Remainder)
    }
}

impl Operation {
    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Arithmetic(operator) => operator.text(),
            Self::Comparison(operator) => operator.text(),
        }
    }

    /// Whether it calculates.
    pub(crate) const fn is_arithmetic(self) -> bool {
        matches!(self, Self::Arithmetic(_))
    }

    /// Whether it is `==` or `!=`.
    pub(crate) const fn is_equality(self) -> bool {
        matches!(self, Self::Comparison(comparison) if comparison.is_equality())
    }
}

impl Binary {
    /// The operator that a text is.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let arithmetic = || Arithmetic::of(text).map(Operation::Arithmetic);
        let comparison = || Comparison::of(text).map(Operation::Comparison);
        let operation = arithmetic().or_else(comparison).map(Self::Operation);
        let logical = || Logical::of(text).map(Self::Logical);
        operation.or_else(logical).or((text == "in").then_some(Self::In))
    }

    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Logical(operator) => operator.text(),
            Self::Operation(operation) => operation.text(),
            Self::In => "in",
        }
    }

    /// How tightly it binds, from the loosest.
    pub(crate) const fn level(self) -> u8 {
        match self {
            Self::Logical(operator) => operator.level(),
            Self::Operation(Operation::Arithmetic(operator)) => operator.level(),
            Self::Operation(Operation::Comparison(operator)) => operator.level(),
            Self::In => Comparison::Less.level(),
        }
    }
}

impl Unary {
    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Not => "!",
            Self::Minus => "-",
            Self::Plus => "+",
        }
    }
}

impl Step {
    /// The operator that a text is.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match text {
            "++" => Some(Self::Up),
            "--" => Some(Self::Down),
            _ => None,
        }
    }

    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Up => "++",
            Self::Down => "--",
        }
    }

    /// What it does with 1.
    pub(crate) const fn arithmetic(self) -> Arithmetic {
        match self {
            Self::Up => Arithmetic::Add,
            Self::Down => Arithmetic::Subtract,
        }
    }
}

impl Assignment {
    /// The operator that a text is.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match text.strip_suffix('=')? {
            "" => Some(Self::Set),
            operator => Arithmetic::of(operator).map(Self::Compound),
        }
    }
}

impl std::fmt::Display for Assignment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Set => formatter.write_str("="),
            Self::Compound(operator) => write!(formatter, "{}=", operator.text()),
            Self::Step(step) => formatter.write_str(step.text()),
        }
    }
}
