//! The tree of a program, as written: no types, no names resolved.
//!
//! Nodes live in arenas and refer to each other by index, and whatever can be long is flat: operator chains of one
//! precedence level, postfix chains, `else if` and `?:` ladders are lists. So a tree's depth is the source's nesting, which
//! the guard bounds, and dropping, cloning or comparing a tree never recurses.

use std::ops::Range;
use std::sync::Arc;

use crate::operator::{Assignment, Binary, Unary};
use crate::source::Span;
use crate::spare::spare;

/// Declares an index into one of the tree's arenas.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $name(pub(crate) u32);)*
    };
}

/// Declares a contiguous run of entries in one of the tree's arenas.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) struct $name { pub(crate) start: u32, pub(crate) len: u32 }

        impl $name {
            pub(crate) fn range(self) -> Range<usize> {
                self.start as usize..self.start as usize + self.len as usize
            }
        })*
    };
}

ids! {
    /// An expression.
    ExprId;
    /// A statement.
    StatementId;
    /// A distinct identifier; the same name always has the same symbol.
    Symbol;
    /// A string literal's text.
    TextId;
}

lists! {
    /// Expressions in a row: arguments, array items.
    ExprList;
    /// Statements in a row.
    StatementList;
    /// The operators and right operands of a chain.
    LinkList;
    /// The steps of a postfix chain.
    StepList;
    /// The arms of a `?:` ladder.
    ConditionalList;
    /// The arms of an `if` ladder.
    IfList;
    /// The variables of one declaration.
    DeclaratorList;
}

/// A parsed program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) expr_lists: Vec<ExprId>,
    pub(crate) statement_lists: Vec<StatementId>,
    pub(crate) links: Vec<Link>,
    pub(crate) steps: Vec<Step>,
    pub(crate) conditionals: Vec<ConditionalArm>,
    pub(crate) ifs: Vec<IfArm>,
    pub(crate) declarators: Vec<Declarator>,
    pub(crate) names: Vec<Arc<str>>,
    pub(crate) texts: Vec<Box<str>>,
    /// The program's statements; one expression statement for a bare expression.
    pub(crate) root: StatementList,
}

/// An expression and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ExprKind {
    Literal(Literal),
    Name(Symbol),
    /// `operator operand`
    Unary {
        operator: Unary,
        operand: ExprId,
    },
    /// `first op operand op operand …`, of one precedence level, grouping to the left.
    Chain {
        first: ExprId,
        links: LinkList,
    },
    /// `condition ? then : condition ? then : … otherwise`
    Conditional {
        arms: ConditionalList,
        otherwise: ExprId,
    },
    /// `name = value`, `name op= value`
    Assign {
        name: Symbol,
        name_span: Span,
        operator: Assignment,
        value: ExprId,
    },
    /// `name[index] = value`, `name[index] op= value`
    AssignElement {
        name: Symbol,
        name_span: Span,
        index: ExprId,
        operator: Assignment,
        value: ExprId,
    },
    /// `base` followed by `[index]`, `.name` and `.name(args)`, left to right.
    Postfix {
        base: ExprId,
        steps: StepList,
    },
    /// A call without a receiver, `name(args)`: never valid, kept so that the checker can say what was meant.
    BareCall {
        name: Symbol,
        arguments: ExprList,
    },
    /// `new Class(args)`
    New {
        class: Symbol,
        class_span: Span,
        arguments: ExprList,
    },
    /// `new T[length]`
    NewArray {
        element: Symbol,
        element_span: Span,
        length: ExprId,
    },
    /// `new T[]{items}`
    ArrayLiteral {
        element: Symbol,
        element_span: Span,
        items: ExprList,
    },
}

impl ExprKind {
    /// The name and the value of `name = value`.
    pub(crate) const fn set(self) -> Option<(Symbol, ExprId)> {
        match self {
            Self::Assign {
                name,
                operator: Assignment::Set,
                value,
                ..
            } => Some((name, value)),
            _ => None,
        }
    }
}

/// A literal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    /// `leading_zero`: written like Java's octal, read as decimal.
    Long {
        value: i64,
        leading_zero: bool,
    },
    /// An integer beyond 64 bits; the checker reports it.
    LongOutOfRange,
    /// 9223372036854775808: a LONG only behind a minus.
    LeastLong,
    Double(f64),
    Text(TextId),
    /// A text with an octal escape such as `\101`, which Java has and this language does not; the checker reports it.
    OctalEscape,
}

/// One operator of a chain and the operand to its right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) operator: Binary,
    pub(crate) operator_span: Span,
    pub(crate) operand: ExprId,
}

/// One step of a postfix chain; `span` covers the step alone, from `[` or `.` to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    pub(crate) span: Span,
}

/// What a postfix step does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StepKind {
    Index(ExprId),
    Field {
        name: Symbol,
        name_span: Span,
    },
    Call {
        name: Symbol,
        name_span: Span,
        arguments: ExprList,
    },
}

/// One `condition ? then :` of a ladder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ConditionalArm {
    pub(crate) condition: ExprId,
    pub(crate) then: ExprId,
}

/// A statement and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) kind: StatementKind,
    pub(crate) span: Span,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StatementKind {
    Import,
    Declare(Declaration),
    Expression(ExprId),
    Block(StatementList),
    If {
        arms: IfList,
        otherwise: Option<StatementId>,
    },
    While {
        condition: ExprId,
        body: StatementId,
    },
    For {
        init: ForInit,
        condition: Option<ExprId>,
        update: Option<ExprId>,
        body: StatementId,
    },
    Break,
    Continue,
    Return(ExprId),
    Throw(ExprId),
}

/// `T x = e, y;` or `T[] a = e;`
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Declaration {
    /// The type as written, without `[]`.
    pub(crate) type_name: Symbol,
    /// Whether `[]` follows the name.
    pub(crate) array: bool,
    pub(crate) type_span: Span,
    pub(crate) declarators: DeclaratorList,
}

/// One variable of a declaration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Declarator {
    pub(crate) name: Symbol,
    pub(crate) name_span: Span,
    pub(crate) value: Option<ExprId>,
}

/// The first part of a `for`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ForInit {
    None,
    Declare(Declaration),
    Expression(ExprId),
}

/// One `if (condition) body` of a ladder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct IfArm {
    pub(crate) condition: ExprId,
    pub(crate) body: StatementId,
}

spare! {
    Tree {
        exprs, statements, expr_lists, statement_lists, links, steps, conditionals, ifs, declarators, names, texts;
        root = StatementList::default()
    }
}

impl Tree {
    pub(crate) fn expr(&self, id: ExprId) -> Expr {
        self.exprs[id.0 as usize]
    }

    pub(crate) fn statement(&self, id: StatementId) -> Statement {
        self.statements[id.0 as usize]
    }

    pub(crate) fn expr_list(&self, list: ExprList) -> &[ExprId] {
        &self.expr_lists[list.range()]
    }

    pub(crate) fn statement_list(&self, list: StatementList) -> &[StatementId] {
        &self.statement_lists[list.range()]
    }

    pub(crate) fn links(&self, list: LinkList) -> &[Link] {
        &self.links[list.range()]
    }

    pub(crate) fn steps(&self, list: StepList) -> &[Step] {
        &self.steps[list.range()]
    }

    pub(crate) fn conditionals(&self, list: ConditionalList) -> &[ConditionalArm] {
        &self.conditionals[list.range()]
    }

    pub(crate) fn ifs(&self, list: IfList) -> &[IfArm] {
        &self.ifs[list.range()]
    }

    pub(crate) fn declarators(&self, list: DeclaratorList) -> &[Declarator] {
        &self.declarators[list.range()]
    }

    pub(crate) fn name(&self, symbol: Symbol) -> &str {
        &self.names[symbol.0 as usize]
    }

    /// A name to be kept beyond the tree.
    pub(crate) fn shared_name(&self, symbol: Symbol) -> Arc<str> {
        Arc::clone(&self.names[symbol.0 as usize])
    }

    pub(crate) fn text(&self, id: TextId) -> &str {
        &self.texts[id.0 as usize]
    }

    /// A statement and those inside it, but for what stands in loops.
    pub(crate) fn each_outside_loops(&self, id: StatementId) -> impl Iterator<Item = Statement> {
        let (mut next, mut open) = (Some(id), Vec::new());
        std::iter::from_fn(move || {
            let statement = self.statement(next.take().or_else(|| open.pop())?);
            match statement.kind {
                StatementKind::Block(list) => open.extend(self.statement_list(list)),
                StatementKind::If { arms, otherwise } => {
                    open.extend(self.ifs(arms).iter().map(|arm| arm.body).chain(otherwise));
                }
                StatementKind::Import
                | StatementKind::Declare(_)
                | StatementKind::Expression(_)
                | StatementKind::While { .. }
                | StatementKind::For { .. }
                | StatementKind::Break
                | StatementKind::Continue
                | StatementKind::Return(_)
                | StatementKind::Throw(_) => {}
            }
            Some(statement)
        })
    }
}

impl Tree {
    /// Maps every place in the tree.
    pub(crate) fn map_spans(&mut self, map: impl Fn(Span) -> Span) {
        for expr in &mut self.exprs {
            expr.span = map(expr.span);
            match &mut expr.kind {
                ExprKind::Assign { name_span: span, .. }
                | ExprKind::AssignElement { name_span: span, .. }
                | ExprKind::New { class_span: span, .. }
                | ExprKind::NewArray { element_span: span, .. }
                | ExprKind::ArrayLiteral { element_span: span, .. } => *span = map(*span),
                ExprKind::Literal(_)
                | ExprKind::Name(_)
                | ExprKind::Unary { .. }
                | ExprKind::Chain { .. }
                | ExprKind::Conditional { .. }
                | ExprKind::Postfix { .. }
                | ExprKind::BareCall { .. } => {}
            }
        }
        for statement in &mut self.statements {
            statement.span = map(statement.span);
            match &mut statement.kind {
                StatementKind::Declare(declaration)
                | StatementKind::For {
                    init: ForInit::Declare(declaration),
                    ..
                } => {
                    declaration.type_span = map(declaration.type_span);
                }
                _ => {}
            }
        }
        for step in &mut self.steps {
            step.span = map(step.span);
            match &mut step.kind {
                StepKind::Field { name_span, .. } | StepKind::Call { name_span, .. } => *name_span = map(*name_span),
                StepKind::Index(_) => {}
            }
        }
        self.links
            .iter_mut()
            .for_each(|link| link.operator_span = map(link.operator_span));
        self.declarators
            .iter_mut()
            .for_each(|declarator| declarator.name_span = map(declarator.name_span));
    }
}
