//! The operators of the language, as written.

/// `!`, `-` and `+`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnaryOperator {
    Not,
    Minus,
    Plus,
}

/// The binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// The operators that compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
}

/// `=` and the compound assignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AssignOperator {
    Set,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
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
}

impl BinaryOperator {
    /// The comparison that it is; none of the other operators.
    pub(crate) const fn comparison(self) -> Option<Comparison> {
        match self {
            Self::Equal => Some(Comparison::Equal),
            Self::NotEqual => Some(Comparison::NotEqual),
            Self::Less => Some(Comparison::Less),
            Self::Greater => Some(Comparison::Greater),
            Self::LessEqual => Some(Comparison::LessEqual),
            Self::GreaterEqual => Some(Comparison::GreaterEqual),
            Self::Or | Self::And | Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Remainder => None,
        }
    }

    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::Greater => ">",
            Self::LessEqual => "<=",
            Self::GreaterEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

impl AssignOperator {
    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Set => "=",
            Self::Add => "+=",
            Self::Subtract => "-=",
            Self::Multiply => "*=",
            Self::Divide => "/=",
            Self::Remainder => "%=",
        }
    }

    /// The binary operator a compound assignment applies first.
    pub(crate) const fn binary(self) -> Option<BinaryOperator> {
        match self {
            Self::Set => None,
            Self::Add => Some(BinaryOperator::Add),
            Self::Subtract => Some(BinaryOperator::Subtract),
            Self::Multiply => Some(BinaryOperator::Multiply),
            Self::Divide => Some(BinaryOperator::Divide),
            Self::Remainder => Some(BinaryOperator::Remainder),
        }
    }
}

impl UnaryOperator {
    /// The operator as written.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Not => "!",
            Self::Minus => "-",
            Self::Plus => "+",
        }
    }
}
