//! The tree of a program, as written: no types, no names resolved.
//!
//! Nodes live in arenas and refer to each other by index, and whatever can be long is flat: operator chains of one
//! precedence level, postfix chains, `else if` and `?:` ladders are lists. So a tree's depth is the source's nesting, which
//! the guard bounds, and dropping, cloning or comparing a tree never recurses.

use std::sync::Arc;

use crate::arena::{Arena, Id, Run};
use crate::operator::{Assignment, Binary, Unary};
use crate::source::Span;
use crate::spare::spare;

/// An expression.
pub(crate) type ExprId = Id<Expr>;
/// A statement.
pub(crate) type StatementId = Id<Statement>;
/// A distinct identifier; the same name always has the same symbol.
pub(crate) type Symbol = Id<Arc<str>>;
/// A string literal's text.
pub(crate) type TextId = Id<Box<str>>;
/// Expressions in a row: arguments, array items.
pub(crate) type ExprList = Run<ExprId>;
/// Statements in a row.
pub(crate) type StatementList = Run<StatementId>;
/// The operators and right operands of a chain.
pub(crate) type LinkList = Run<Link>;
/// The steps of a postfix chain.
pub(crate) type StepList = Run<Step>;
/// The arms of a `?:` ladder.
pub(crate) type ConditionalList = Run<ConditionalArm>;
/// The cases of a `switch`.
pub(crate) type CaseList = Run<Case>;
/// The arms of an `if` ladder.
pub(crate) type IfList = Run<IfArm>;
/// The variables of one declaration.
pub(crate) type DeclaratorList = Run<Declarator>;

/// A parsed program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    pub(crate) exprs: Arena<Expr>,
    pub(crate) statements: Arena<Statement>,
    pub(crate) expr_lists: Arena<ExprId>,
    pub(crate) statement_lists: Arena<StatementId>,
    pub(crate) links: Arena<Link>,
    pub(crate) steps: Arena<Step>,
    pub(crate) conditionals: Arena<ConditionalArm>,
    pub(crate) cases: Arena<Case>,
    pub(crate) ifs: Arena<IfArm>,
    pub(crate) declarators: Arena<Declarator>,
    pub(crate) names: Arena<Arc<str>>,
    pub(crate) texts: Arena<Box<str>>,
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
    /// `a ?? b ?? …`: the first that is not null.
    Default(ExprList),
    /// `name = value`, `name op= value`; `name++` with the value 1
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
    /// `name -> body`, `(name, second) -> body`: an argument of a function that takes one.
    Lambda {
        name: Symbol,
        second: Option<Symbol>,
        body: ExprId,
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
    /// `f'…{value}…'`: texts and values in their order; each conversion is a call of `String.format`.
    Spliced(ExprList),
    /// `switch (subject) { case label, label -> value; default -> value; }`
    Switch {
        subject: ExprId,
        arms: CaseList,
        otherwise: Option<ExprId>,
    },
    /// `[items]`
    List(ExprList),
    /// `{key: value, …}`: keys and values in turn; a bare word is its own text.
    Map(ExprList),
}

impl ExprKind {
    /// Whether it is `name++` or `name--`, which have no value.
    pub(crate) const fn is_step(self) -> bool {
        matches!(
            self,
            Self::Assign {
                operator: Assignment::Step(_),
                ..
            }
        )
    }

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
    /// Whether it is written `?.`, and is not taken of null.
    pub(crate) maybe: bool,
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

/// One `case labels -> value;` of a `switch`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) labels: ExprList,
    pub(crate) value: ExprId,
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
    ForEach {
        each: Each,
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
    pub(crate) ty: DeclaredType,
    pub(crate) declarators: DeclaratorList,
}

/// `T x : values`, or `x : values`
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Each {
    /// The type as written, where one is.
    pub(crate) declared: Option<DeclaredType>,
    pub(crate) name: Symbol,
    pub(crate) name_span: Span,
    pub(crate) values: ExprId,
}

/// A type as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DeclaredType {
    /// Without `[]`.
    pub(crate) name: Symbol,
    /// Whether `[]` follows the name.
    pub(crate) array: bool,
    pub(crate) span: Span,
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
        exprs, statements, expr_lists, statement_lists, links, steps, conditionals, cases, ifs, declarators, names, texts;
        root = StatementList::default()
    }
}

impl Tree {
    pub(crate) fn expr(&self, id: ExprId) -> Expr {
        self.exprs[id]
    }

    pub(crate) fn statement(&self, id: StatementId) -> Statement {
        self.statements[id]
    }

    pub(crate) fn expr_list(&self, list: ExprList) -> &[ExprId] {
        &self.expr_lists[list]
    }

    pub(crate) fn statement_list(&self, list: StatementList) -> &[StatementId] {
        &self.statement_lists[list]
    }

    pub(crate) fn links(&self, list: LinkList) -> &[Link] {
        &self.links[list]
    }

    pub(crate) fn steps(&self, list: StepList) -> &[Step] {
        &self.steps[list]
    }

    pub(crate) fn conditionals(&self, list: ConditionalList) -> &[ConditionalArm] {
        &self.conditionals[list]
    }

    pub(crate) fn cases(&self, list: CaseList) -> &[Case] {
        &self.cases[list]
    }

    pub(crate) fn ifs(&self, list: IfList) -> &[IfArm] {
        &self.ifs[list]
    }

    pub(crate) fn declarators(&self, list: DeclaratorList) -> &[Declarator] {
        &self.declarators[list]
    }

    pub(crate) fn name(&self, symbol: Symbol) -> &str {
        &self.names[symbol]
    }

    /// A name to be kept beyond the tree.
    pub(crate) fn shared_name(&self, symbol: Symbol) -> Arc<str> {
        Arc::clone(&self.names[symbol])
    }

    pub(crate) fn text(&self, id: TextId) -> &str {
        &self.texts[id]
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
                | StatementKind::ForEach { .. }
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
    /// The names that the program sets, each with the place that does.
    pub(crate) fn names_set(&self) -> impl Iterator<Item = (Symbol, Span)> {
        let assigned = self.exprs.iter().filter_map(|expr| match expr.kind {
            ExprKind::Assign { name, name_span, .. } => Some((name, name_span)),
            _ => None,
        });
        let declared = self.declarators.iter();
        let declared = declared.map(|declarator| (declarator.name, declarator.name_span));
        let walked = self.statements.iter().filter_map(|statement| match statement.kind {
            StatementKind::ForEach { each, .. } => Some((each.name, each.name_span)),
            _ => None,
        });
        assigned.chain(declared).chain(walked)
    }

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
                | ExprKind::Default(_)
                | ExprKind::Postfix { .. }
                | ExprKind::Lambda { .. }
                | ExprKind::BareCall { .. }
                | ExprKind::Spliced(_)
                | ExprKind::Switch { .. }
                | ExprKind::List(_)
                | ExprKind::Map(_) => {}
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
                    declaration.ty.span = map(declaration.ty.span);
                }
                StatementKind::ForEach { each, .. } => {
                    each.name_span = map(each.name_span);
                    if let Some(declared) = &mut each.declared {
                        declared.span = map(declared.span);
                    }
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
