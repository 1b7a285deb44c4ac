//! The state of one pass over a program.

use hashbrown::HashTable;

use super::constant::Failure;
use super::flow::{Assigned, Flow, Fork, SetNames};
use super::known::Known;
use super::known_shapes::{Following, Shaped};
use super::names::{Bound, Names};
use super::options::{Helps, Options};
use super::tables::{HashSet, HashState};
use super::typed::{
    Expr, ExprId, ExprList, Kind, LogicalOperand, Statement, StatementId, StatementKind, StatementList, Steps, TextId,
    TypedTree, VariableId,
};
use super::{constant, cost};
use crate::diagnostic::{Code, Diagnostic, closest, quote};
use crate::library::capability::Capability;
use crate::machine::fault::INDEX_HELP;
use crate::source::Span;
use crate::spare::{Spare, spare};
use crate::syntax::ast;
use crate::types::Type;
use crate::work::{Work, count};

/// The most bytes that a program's prepared constants hold together, which bounds the time compiling them takes; the rest are
/// compiled when they run, and charged.
pub(super) const PREPARED_BYTES: usize = 4 * 1024 * 1024;
/// The most diagnostics of one program; more are counted only.
const MAX_DIAGNOSTICS: usize = 50;
/// What may have been meant is looked for where no more are reported yet.
const MAX_SUGGESTIONS: usize = MAX_DIAGNOSTICS / 2;

/// What to know of an element of an array just made.
const ONE_DIMENSION: &str =
    "an array has one dimension: make `new int[rows * width]`, with `i * width + j` as the index";

/// A program that was accepted.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) tree: Box<TypedTree>,
    pub(crate) warnings: Vec<Diagnostic>,
    /// Calls of constants that always fail where some run may not reach them.
    pub(crate) failing_calls: Vec<Diagnostic>,
}

/// One pass over a program.
pub(super) struct Checker<'c> {
    /// What the tree was made of, for what is repeated in helps.
    pub(super) source: &'c str,
    pub(super) tree: &'c ast::Tree,
    pub(super) options: &'c Options<'c>,
    pub(super) set: &'c SetNames,
    pub(super) out: Box<TypedTree>,
    pub(super) names: Names<'c>,
    pub(super) flow: Flow,
    /// What is known of the insides of values, where the schema tells of any.
    pub(super) following: Option<Box<Following>>,
    pub(super) spare: Box<Buffers>,
    /// The steps of the region that is being checked.
    pub(super) steps: Steps,
    /// The steps of what is done before the first statement.
    pub(super) start_steps: Steps,
    /// The program's string constants.
    pub(super) texts: HashTable<TextId>,
    pub(super) hashing: HashState,
    /// The constants that were prepared, each with the function that did.
    pub(super) prepared: HashSet<(usize, u32)>,
    /// The bytes that prepared constants may still hold.
    pub(super) prepare_capacity: usize,
    /// Whether the statement of the program that is being checked is the last.
    pub(super) in_last_statement: bool,
    /// Where a date stands without quotes: of its zeros nothing is said.
    pub(super) unquoted_date: Span,
    /// For each loop that is open, whether a `break` in it was seen.
    pub(super) open_loops: Vec<bool>,
    /// What the names of the lambdas around stand for, the innermost last.
    pub(super) lambdas: Vec<(ast::Symbol, VariableId)>,
    /// Whether a lambda is checked once more, as what it gives is of another type than was assumed.
    pub(super) is_rechecked: bool,
    /// The type of what `return` gives so far.
    pub(super) result: Option<Type>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) suppressed: usize,
}

/// What a pass takes beside what it makes.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// For each expression, whether every run reaches it, unless it fails before.
    pub(super) certain: Vec<bool>,
    // What lists under way hold so far.
    pub(super) operands: Vec<LogicalOperand>,
    pub(super) forks: Vec<Fork>,
    pub(super) statements: Vec<StatementId>,
    // Those of the names and of the flow, between passes.
    pub(super) bound: Vec<Bound>,
    pub(super) states: Vec<Assigned>,
    pub(super) log: Vec<(ast::Symbol, Assigned)>,
}

spare! {
    Buffers { certain, operands, forks, statements, bound, states, log }
}

/// An expression that was checked: its node and type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typed {
    pub(super) id: ExprId,
    pub(super) ty: Type,
    pub(super) span: Span,
    /// What is known of its inside beside the type.
    pub(super) shape: Option<Shaped>,
}

impl<'c> Checker<'c> {
    pub(super) fn new(
        (source, tree): (&'c str, &'c ast::Tree),
        options: &'c Options<'c>,
        set: &'c SetNames,
        known: &'c Known,
    ) -> Self {
        let (mut spare, names) = (Buffers::spare(), tree.names.len());
        let (states, log) = (std::mem::take(&mut spare.states), std::mem::take(&mut spare.log));
        let out = TypedTree::with_capacity_for(tree);
        spare.certain.reserve(out.exprs.capacity());
        Self {
            source,
            tree,
            options,
            set,
            out,
            names: Names::new(names, known, std::mem::take(&mut spare.bound)),
            flow: Flow::new(names, states, log),
            following: (options.schema.has_shapes() || options.host_functions.has_shapes()).then(|| {
                let names = tree.names.iter().map(|name| &**name);
                Box::new(Following::new(names))
            }),
            spare,
            steps: 0,
            start_steps: 0,
            texts: HashTable::new(),
            hashing: HashState::default(),
            prepared: HashSet::default(),
            prepare_capacity: PREPARED_BYTES,
            in_last_statement: false,
            unquoted_date: Span::default(),
            open_loops: Vec::new(),
            lambdas: Vec::new(),
            is_rechecked: false,
            result: None,
            diagnostics: Vec::new(),
            suppressed: 0,
        }
    }

    pub(super) fn finish(mut self) -> Result<Checked, Vec<Diagnostic>> {
        let failing_calls = match self.options.constants {
            true => self.constant_failures(),
            false => Vec::new(),
        };
        // What is wrong inside a value comes before that it is not a result.
        self.diagnostics.sort_by_key(|diagnostic| match diagnostic.code {
            Code::ResultType => Span::new(diagnostic.span.end, diagnostic.span.end),
            _ => diagnostic.span,
        });
        let errors = self
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        if self.suppressed > 0 {
            let message = format!("{} more errors are not shown", self.suppressed);
            self.diagnostics
                .push(Diagnostic::error(Code::ProgramTooLarge, Span::default(), message));
        }
        if errors > 0 {
            return Err(self.diagnostics);
        }
        self.spare.bound = self.names.bound;
        (self.spare.states, self.spare.log) = (self.flow.states, self.flow.log);
        self.spare.recycle();
        self.out.result = self.result;
        self.out.steps = self.steps.saturating_add(self.start_steps);
        Ok(Checked {
            tree: self.out,
            warnings: self.diagnostics,
            failing_calls,
        })
    }

    /// Refuses constants that always fail where every run reaches them, and gives the calls that some run may not reach.
    pub(super) fn constant_failures(&mut self) -> Vec<Diagnostic> {
        let failures = constant::failures(&self.out, &self.spare.certain);
        if failures.is_empty() {
            return Vec::new();
        }
        let mut guarded = Vec::new();
        for Failure {
            expr,
            fault,
            by_part,
            null,
        } in failures
        {
            let Expr { kind, span, .. } = self.out.expr(expr);
            let reported =
                |known: &Diagnostic| known.is_error() && known.code != Code::ResultType && span.holds(known.span);
            if self.diagnostics.iter().any(reported) {
                continue;
            }
            let message = fault.message(true);
            if self.spare.certain.get(expr.index()).copied().unwrap_or(false) {
                let error = Diagnostic::error(fault.code(), span, message);
                let error = error.with_label(match by_part {
                    true => "this fails whatever its other operands are",
                    false => "this fails whatever the parameters are",
                });
                let is_index = fault.code() == Code::IndexOutOfRange && !matches!(kind, Kind::Call { .. });
                let help = null.map(|variable| self.help_for_null(variable));
                let of_fault = match self.is_of_new_array(kind) {
                    true => Some(ONE_DIMENSION),
                    false => fault.help().or(is_index.then_some(INDEX_HELP)),
                };
                let help = help.or(of_fault.map(str::to_owned));
                self.report(match help {
                    Some(help) => error.with_help(help),
                    None => error,
                });
            } else if matches!(kind, Kind::Call { .. } | Kind::DynamicCall { .. }) {
                let warning = Diagnostic::warning(Code::FailingCall, span, message);
                let help = null.map(|variable| self.help_for_null(variable));
                guarded.push(match help.or(fault.help().map(str::to_owned)) {
                    Some(help) => warning.with_help(help),
                    None => warning,
                });
            }
        }
        guarded
    }

    /// Whether an element is read of an array just made: `new int[2][3]` of Java has two dimensions.
    fn is_of_new_array(&self, kind: Kind) -> bool {
        let Kind::Element { array, .. } = kind else {
            return false;
        };
        matches!(self.out.expr(array).kind, Kind::NewArray(_))
    }

    pub(super) fn help_for_null(&self, variable: VariableId) -> String {
        let name = quote(&self.out.variable(variable).name);
        format!("{name} is null: declared without a value, it stays so until it is set")
    }

    /// Reports something.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        match self.diagnostics.len() < MAX_DIAGNOSTICS {
            true => self.diagnostics.push(diagnostic),
            false => self.suppressed += 1,
        }
    }

    /// The place of the first error that was reported since there were so many diagnostics.
    pub(super) fn error_since(&self, reported: usize) -> Option<usize> {
        let found = self
            .diagnostics
            .get(reported..)?
            .iter()
            .position(Diagnostic::is_error)?;
        Some(reported + found)
    }

    /// The same, to be told more of.
    pub(super) fn error_since_mut(&mut self, reported: usize) -> Option<&mut Diagnostic> {
        let index = self.error_since(reported)?;
        self.diagnostics.get_mut(index)
    }

    /// Whether no more is reported: what would help is not looked for then.
    pub(super) fn is_full(&self) -> bool {
        self.options.helps == Helps::Without || self.diagnostics.len() >= MAX_DIAGNOSTICS
    }

    /// Whether another suggestion may be looked for: the work they take is bounded.
    fn may_suggest(&self) -> bool {
        self.options.helps == Helps::With && self.diagnostics.len() < MAX_SUGGESTIONS
    }

    /// The nearest of some names, where another suggestion may be looked for.
    pub(super) fn nearest<'n>(&self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        self.may_suggest().then(|| closest(name, known)).flatten()
    }

    /// Reports an error, and gives what stands for the expression: of unknown type, so that one mistake gives one error.
    pub(super) fn refuse(&mut self, diagnostic: Diagnostic) -> Typed {
        let span = diagnostic.span;
        self.report(diagnostic);
        self.poison(span)
    }

    /// Whether an error of the expression is reported: what is read of it is none of its own.
    pub(super) fn is_refused(&self, value: Typed) -> bool {
        value.ty == Type::Any && self.out.expr(value.id).kind == Kind::Null
    }

    pub(super) fn poison(&mut self, span: Span) -> Typed {
        self.node(Kind::Null, Type::Any, span)
    }

    /// The error of a part of the language that the host switched off; one for a chain of calls.
    pub(super) fn capability_off(&mut self, what: &str, capability: Capability, span: Span) -> Typed {
        let of_chain = |known: &Diagnostic| known.code == Code::CapabilityOff && known.span.start == span.start;
        if self.diagnostics.iter().any(of_chain) {
            return self.poison(span);
        }
        let message = format!(
            "{} needs {}, which the host switched off",
            quote(what),
            quote(capability.name())
        );
        let error = Diagnostic::error(Code::CapabilityOff, span, message);
        self.refuse(error.with_label("not available here").with_help(capability.advice()))
    }

    /// In strict mode, refuses what only the run can tell.
    pub(super) fn unproved(&mut self, span: Span, what: impl FnOnce() -> String) {
        let help = "declare the parameter's type in the schema, or assign the value to a variable of a declared type";
        self.unproved_but(span, what, || help.to_owned());
    }

    /// The same, with what to do.
    pub(super) fn unproved_but(&mut self, span: Span, what: impl FnOnce() -> String, help: impl FnOnce() -> String) {
        if self.options.strict {
            let error = Diagnostic::error(Code::NotProvable, span, what());
            self.report(error.with_label("cannot be proved before the run").with_help(help()));
        }
    }

    /// A new node, whose steps go to the region that is being checked.
    pub(super) fn node(&mut self, kind: Kind, ty: Type, span: Span) -> Typed {
        count(Work::Checked, 1);
        self.charge(cost::of(kind, &self.out));
        let id = self.out.exprs.push(Expr { kind, ty, span });
        self.spare.certain.push(self.flow.certain);
        Typed {
            id,
            ty,
            span,
            shape: None,
        }
    }

    pub(super) fn charge(&mut self, steps: Steps) {
        self.steps = self.steps.saturating_add(steps);
    }

    /// Checks something as a region of its own, and gives its steps.
    pub(super) fn region<T>(&mut self, check: impl FnOnce(&mut Self) -> T) -> (T, Steps) {
        let outer = std::mem::take(&mut self.steps);
        let value = check(self);
        (value, std::mem::replace(&mut self.steps, outer))
    }

    pub(super) fn expr_list(&mut self, items: &[Typed]) -> ExprList {
        self.out.expr_lists.extend(items.iter().map(|item| item.id))
    }

    pub(super) fn push_statement(&mut self, kind: StatementKind, span: Span) -> StatementId {
        self.out.statements.push(Statement { kind, span })
    }

    /// The statements under way from a mark on, as a list.
    pub(super) fn gathered_statements(&mut self, mark: usize) -> StatementList {
        self.out.statement_lists.extend(self.spare.statements.drain(mark..))
    }

    pub(super) fn statement_list(&mut self, items: &[StatementId]) -> StatementList {
        self.out.statement_lists.extend(items.iter().copied())
    }
}
