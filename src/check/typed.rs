//! The typed tree: what the checker hands to lowering, and what the tree-walking evaluator of the tests runs.
//!
//! Names are resolved to variables, parameters and functions; every expression has a type; each conversion and each check that
//! is left to the run stands in the tree as a node; steps are summed by region. As in the untyped tree, nodes live in arenas
//! and whatever can be long is flat.
//!
//! A *region* is what runs in full once it is entered: the program, the body of an arm, a loop's iteration, the right side of
//! `&&`. Its steps are charged on entry, also when a `return` or an error leaves it early.

use std::sync::Arc;

use crate::library::FunctionId;
use crate::machine::prepared::PreparedConstant;
use crate::source::Span;
use crate::spare::{Spare, spare};
use crate::types::Type;

use crate::arena::{Arena, Id, Run};
use crate::effect::Effects;
pub(crate) use crate::machine::operations::CheckKind;
use crate::operator::{Arithmetic, Comparison, Operation};
use crate::syntax::ast::Tree;

/// A typed expression.
pub(crate) type ExprId = Id<Expr>;
/// A typed statement.
pub(crate) type StatementId = Id<Statement>;
/// A variable of the program.
pub(crate) type VariableId = Id<Variable>;
/// A parameter the program reads by name.
pub(crate) type ParameterId = Id<Parameter>;
/// A string constant.
pub(crate) type TextId = Id<Box<str>>;
/// A host function the program calls.
pub(crate) type HostCallId = Id<HostCall>;
/// Expressions in a row.
pub(crate) type ExprList = Run<ExprId>;
/// Statements in a row.
pub(crate) type StatementList = Run<StatementId>;
/// The arms of an `if` ladder.
pub(crate) type IfList = Run<IfArm>;
/// The arms of a `?:` ladder.
pub(crate) type ConditionalList = Run<ConditionalArm>;
/// The operands of `&&` or `||` after the first.
pub(crate) type LogicalList = Run<LogicalOperand>;
/// The functions a call with arguments of unknown type may mean.
pub(crate) type CandidateList = Run<FunctionId>;

/// What runs for each element of something.
pub(crate) type EachId = Id<Each>;

/// A number of steps, charged on entering a region.
pub(crate) type Steps = u32;

/// A checked program.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypedTree {
    pub(crate) exprs: Arena<Expr>,
    pub(crate) statements: Arena<Statement>,
    pub(crate) expr_lists: Arena<ExprId>,
    pub(crate) statement_lists: Arena<StatementId>,
    pub(crate) if_arms: Arena<IfArm>,
    pub(crate) conditional_arms: Arena<ConditionalArm>,
    pub(crate) logical_operands: Arena<LogicalOperand>,
    pub(crate) eaches: Arena<Each>,
    pub(crate) candidates: Arena<FunctionId>,
    pub(crate) variables: Arena<Variable>,
    pub(crate) parameters: Arena<Parameter>,
    pub(crate) texts: Arena<Box<str>>,
    /// What library functions made of constant arguments.
    pub(crate) prepared: Vec<PreparedConstant>,
    /// Host functions called, by full name such as `params.getFromStep`.
    pub(crate) host_calls: Arena<HostCall>,
    /// The program's statements; a final expression statement has become a `Return`.
    pub(crate) root: StatementList,
    /// What the program costs before any region inside it is entered.
    pub(crate) steps: Steps,
    /// The type of the result where every path agrees, else `ANY`; none until it is known.
    pub(crate) result: Option<Type>,
    /// What of the host may be read.
    pub(crate) effects: Effects,
}

spare! {
    TypedTree {
        exprs, statements, expr_lists, statement_lists, if_arms, conditional_arms, logical_operands, eaches, candidates, variables,
        parameters, texts, prepared, host_calls;
        root = StatementList::default(), steps = 0, result = None, effects = Effects::NONE
    }
}

impl TypedTree {
    /// An empty tree with room for about as many nodes as another has.
    pub(super) fn with_capacity_for(tree: &Tree) -> Box<Self> {
        let mut typed = Self::spare();
        // A node for each operator of a chain, rather than for the chain.
        typed.exprs.reserve(tree.exprs.len() + tree.links.len());
        typed.statements.reserve(tree.statements.len());
        typed.variables.reserve(tree.names.len());
        typed
    }
}

/// A host function that is called: its full name, such as `params.getFromStep`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostCall(pub(crate) Box<str>);

/// A variable: one for each name of the program, whatever is declared again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Variable {
    pub(crate) name: Arc<str>,
    /// The one type all its values have, or `ANY`: then its value carries its type, and it may be unset.
    pub(crate) ty: Type,
    /// The parameter that it starts from, loaded before the first statement.
    pub(crate) parameter: Option<ParameterId>,
    /// Whether it is unset, and not null, where there is no such parameter.
    pub(crate) may_be_unset: bool,
}

impl Variable {
    /// Whether the checker made it: it has no name, as none of the program's has.
    pub(crate) fn is_hidden(&self) -> bool {
        self.name.is_empty()
    }
}

/// A parameter that the program reads by a constant name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) name: Arc<str>,
    /// The schema's type, or `ANY`.
    pub(crate) ty: Type,
    /// Where it is first read.
    pub(crate) span: Span,
    /// Whether a missing value is `null` (as for `params['x']`, or by the host's wish) rather than an error.
    pub(crate) optional: bool,
}

/// A typed expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    pub(crate) ty: Type,
    pub(crate) span: Span,
}

/// What a typed expression is. `Long`, `Double` in a variant's comment say what its operands' types are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// The null of the expression's type: NULL, STRING, MAP, DATETIME, …
    Null,
    Boolean(bool),
    Long(i64),
    Double(f64),
    Text(TextId),
    /// A variable that is set on every path; of type `ANY` its value carries its type.
    Variable(VariableId),
    /// An `ANY` variable that some path leaves unset: reading it unset is `E514`, or null where `or_null`.
    MaybeUnset {
        variable: VariableId,
        or_null: bool,
    },
    /// A parameter's own value, as `params['x']` reads it: of the parameter's type.
    Parameter(ParameterId),
    /// `params[name]`: the name is a STRING; `ANY`, null where there is none.
    ParameterNamed(ExprId),
    /// `params.containsKey(name)`
    HasParameter(ExprId),
    /// LONG as DOUBLE.
    ToDouble(ExprId),
    /// An `ANY` value that must be of the expression's type, else the error the check names.
    Check {
        value: ExprId,
        check: CheckKind,
    },
    /// BOOLEAN.
    Not(ExprId),
    /// LONG, DOUBLE, or `ANY` (a run-time check that it is a number).
    Negate(ExprId),
    /// Unary plus of `ANY`: a run-time check that it is a number. (Of a number it is not a node.)
    Plus(ExprId),
    /// `+ - * / %` on two LONG or two DOUBLE.
    Arithmetic {
        operator: Arithmetic,
        left: ExprId,
        right: ExprId,
    },
    /// `== != < > <= >=` on two LONG, two DOUBLE; `== !=` on two BOOLEAN, two STRING.
    Compare {
        operator: Comparison,
        left: ExprId,
        right: ExprId,
    },
    /// Any binary operator but `&& ||` whose operands' types only the run can tell, or that mix types (a number with a
    /// STRING, anything with NULL). The run applies the language's operator table to the values. The expression's type is
    /// known where the table leaves one choice, else `ANY`. Of a compound assignment, where a DOUBLE on the left takes no LONG,
    /// if `compound`.
    Dynamic {
        operator: Operation,
        left: ExprId,
        right: ExprId,
        compound: bool,
    },
    /// `+` with a STRING result: two or more parts of any type, printed and joined. Only where the table says so for
    /// sure: the first part is STRING or NULL, or it is LONG or DOUBLE and the second is STRING.
    Concat(ExprList),
    /// `first && …` or `first || …`; all BOOLEAN.
    Logical {
        and: bool,
        first: ExprId,
        rest: LogicalList,
    },
    /// `c ? t : c ? t : … otherwise`; conditions are BOOLEAN; arms are of the expression's type, or it is `ANY`.
    /// `otherwise_steps` is the region of the last alternative.
    Conditional {
        arms: ConditionalList,
        otherwise: ExprId,
        otherwise_steps: Steps,
    },
    /// `array[index]` on a typed array; the index is LONG.
    Element {
        array: ExprId,
        index: ExprId,
    },
    /// `value[index]` on LIST or `ANY`; the index is LONG or `ANY`.
    DynamicElement {
        value: ExprId,
        index: ExprId,
    },
    /// `.length` of a typed array or a LIST.
    Length(ExprId),
    /// `.length` of an `ANY`.
    DynamicLength(ExprId),
    /// A library function with its receiver first; arguments are of the parameters' types.
    Call {
        function: FunctionId,
        arguments: ExprList,
    },
    /// A library function chosen at run time by the types of the arguments (receiver first): the first candidate that
    /// takes them. `method` names it in the error. Where `in_turn`, SEL knows the first alone: as in a call of that one, each
    /// argument is checked before the next is evaluated.
    DynamicCall {
        candidates: CandidateList,
        method: TextId,
        arguments: ExprList,
        in_turn: bool,
    },
    /// A host function.
    HostCall {
        function: HostCallId,
        arguments: ExprList,
    },
    /// `new T[length]`; the expression's type is the array's.
    NewArray(ExprId),
    /// `new T[]{…}`
    ArrayLiteral(ExprList),
    /// Sets a variable and gives the value. `ANY` variables take any value, set or not.
    Set {
        variable: VariableId,
        value: ExprId,
    },
    /// `x = e` on an `ANY` variable: where it is set, the value must have the type it holds (`E502`), and null is refused.
    Reassign {
        variable: VariableId,
        value: ExprId,
    },
    /// `name[index] = value` on a typed array.
    SetElement {
        array: ExprId,
        index: ExprId,
        value: ExprId,
    },
    /// `name[index] = value` on LIST or `ANY`: the run checks array, index and value.
    DynamicSetElement {
        array: ExprId,
        index: ExprId,
        value: ExprId,
    },
    /// `name[index] op= …`: reads the element, evaluates `value` in which [`Kind::Hole`] stands for it, and stores the result.
    /// The array is a typed array.
    UpdateElement {
        array: ExprId,
        index: ExprId,
        value: ExprId,
    },
    /// The same on LIST or `ANY`.
    DynamicUpdateElement {
        array: ExprId,
        index: ExprId,
        value: ExprId,
    },
    /// The element that the nearest enclosing update read; always its value's leftmost leaf.
    Hole,
    /// A call of a function that takes a lambda: a loop that gives a value.
    Each(EachId),
}

/// One operand of `&&` or `||` after the first, with its region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LogicalOperand {
    pub(crate) value: ExprId,
    pub(crate) steps: Steps,
}

/// A loop that gives a value: `start` is evaluated once, `turn` as long as the condition holds, for the steps of an iteration each
/// time, and then `value`. The variables that they set are its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Each {
    pub(crate) start: ExprList,
    pub(crate) condition: ExprId,
    pub(crate) turn: ExprList,
    pub(crate) turn_steps: Steps,
    pub(crate) value: ExprId,
}

/// One arm of a `?:` ladder. The first arm's condition belongs to the region around it, so its `condition_steps` are 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ConditionalArm {
    pub(crate) condition: ExprId,
    pub(crate) condition_steps: Steps,
    pub(crate) then: ExprId,
    pub(crate) then_steps: Steps,
}

/// One arm of an `if` ladder; regions as in [`ConditionalArm`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct IfArm {
    pub(crate) condition: ExprId,
    pub(crate) condition_steps: Steps,
    pub(crate) body: StatementId,
    pub(crate) body_steps: Steps,
}

/// A typed statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) kind: StatementKind,
    pub(crate) span: Span,
}

/// What a typed statement is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StatementKind {
    /// Evaluates and drops the value; declarations are `Set`.
    Expression(ExprId),
    Block(StatementList),
    If {
        arms: IfList,
        otherwise: Option<StatementId>,
        otherwise_steps: Steps,
    },
    /// `while` and `for` (its init stands before as a statement of its own). Each time the condition holds, the iteration's
    /// region (body, update, next condition) is charged and the body runs. No condition means always.
    Loop {
        condition: Option<ExprId>,
        body: StatementId,
        update: Option<ExprId>,
        iteration_steps: Steps,
    },
    /// A statement outside of loops, which a `break` in it ends.
    Breakable(StatementId),
    Break,
    Continue,
    Return(ExprId),
    /// The value is a STRING.
    Throw(ExprId),
}

/// A part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Expr(ExprId),
    Statement(StatementId),
}

impl StatementKind {
    /// Calls `visit` with each part directly inside this one.
    pub(crate) fn for_each_part(self, tree: &TypedTree, mut visit: impl FnMut(Part)) {
        match self {
            Self::Expression(value) | Self::Return(value) | Self::Throw(value) => visit(Part::Expr(value)),
            Self::Block(list) => tree
                .statement_list(list)
                .iter()
                .copied()
                .map(Part::Statement)
                .for_each(visit),
            Self::Breakable(inner) => visit(Part::Statement(inner)),
            Self::If { arms, otherwise, .. } => {
                for arm in tree.if_arms(arms) {
                    visit(Part::Expr(arm.condition));
                    visit(Part::Statement(arm.body));
                }
                otherwise.map(Part::Statement).into_iter().for_each(visit);
            }
            Self::Loop {
                condition,
                body,
                update,
                ..
            } => {
                condition.into_iter().chain(update).map(Part::Expr).for_each(&mut visit);
                visit(Part::Statement(body));
            }
            Self::Break | Self::Continue => {}
        }
    }
}

impl TypedTree {
    /// What an expression is, past the checks of its type.
    pub(crate) fn checked(&self, id: ExprId) -> Kind {
        match self.expr(id).kind {
            Kind::Check { value, .. } => self.expr(value).kind,
            kind => kind,
        }
    }

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

    pub(crate) fn if_arms(&self, list: IfList) -> &[IfArm] {
        &self.if_arms[list]
    }

    pub(crate) fn conditional_arms(&self, list: ConditionalList) -> &[ConditionalArm] {
        &self.conditional_arms[list]
    }

    pub(crate) fn logical_operands(&self, list: LogicalList) -> &[LogicalOperand] {
        &self.logical_operands[list]
    }

    pub(crate) fn each(&self, id: EachId) -> Each {
        self.eaches[id]
    }

    pub(crate) fn candidates(&self, list: CandidateList) -> &[FunctionId] {
        &self.candidates[list]
    }

    pub(crate) fn variable(&self, id: VariableId) -> &Variable {
        &self.variables[id]
    }

    pub(crate) fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id]
    }

    pub(crate) fn text(&self, id: TextId) -> &str {
        &self.texts[id]
    }
}

impl Kind {
    /// The variable that it reads, if it is no more than that.
    pub(crate) const fn read_variable(self) -> Option<VariableId> {
        match self {
            Self::Variable(variable) | Self::MaybeUnset { variable, .. } => Some(variable),
            _ => None,
        }
    }

    /// Calls `visit` with each expression directly inside this one, in the order of evaluation.
    pub(crate) fn for_each_child(self, tree: &TypedTree, mut visit: impl FnMut(ExprId)) {
        match self {
            Self::Null
            | Self::Boolean(_)
            | Self::Long(_)
            | Self::Double(_)
            | Self::Text(_)
            | Self::Variable(_)
            | Self::MaybeUnset { .. }
            | Self::Parameter(_)
            | Self::Hole => {}
            Self::ParameterNamed(value)
            | Self::HasParameter(value)
            | Self::ToDouble(value)
            | Self::Check { value, .. }
            | Self::Not(value)
            | Self::Negate(value)
            | Self::Plus(value)
            | Self::Length(value)
            | Self::DynamicLength(value)
            | Self::NewArray(value)
            | Self::Set { value, .. }
            | Self::Reassign { value, .. } => visit(value),
            Self::Arithmetic { left, right, .. }
            | Self::Compare { left, right, .. }
            | Self::Dynamic { left, right, .. } => [left, right].into_iter().for_each(visit),
            Self::Element { array, index } => [array, index].into_iter().for_each(visit),
            Self::DynamicElement { value, index } => [value, index].into_iter().for_each(visit),
            Self::Concat(parts) | Self::ArrayLiteral(parts) => tree.expr_list(parts).iter().copied().for_each(visit),
            Self::Call { arguments, .. } | Self::DynamicCall { arguments, .. } | Self::HostCall { arguments, .. } => {
                tree.expr_list(arguments).iter().copied().for_each(visit);
            }
            Self::Logical { first, rest, .. } => {
                visit(first);
                tree.logical_operands(rest)
                    .iter()
                    .for_each(|operand| visit(operand.value));
            }
            Self::Conditional { arms, otherwise, .. } => {
                for arm in tree.conditional_arms(arms) {
                    visit(arm.condition);
                    visit(arm.then);
                }
                visit(otherwise);
            }
            Self::SetElement { array, index, value }
            | Self::DynamicSetElement { array, index, value }
            | Self::UpdateElement { array, index, value }
            | Self::DynamicUpdateElement { array, index, value } => [array, index, value].into_iter().for_each(visit),
            Self::Each(each) => {
                let Each {
                    start,
                    condition,
                    turn,
                    value,
                    ..
                } = tree.each(each);
                tree.expr_list(start).iter().copied().for_each(&mut visit);
                visit(condition);
                tree.expr_list(turn).iter().copied().for_each(&mut visit);
                visit(value);
            }
        }
    }
}
