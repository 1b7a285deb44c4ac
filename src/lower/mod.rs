//! Typed tree to code: chooses instructions and registers, links library bodies, and lays out jumps. What a program costs
//! was decided by the checker; an instruction chosen here never changes it.

mod assign;
mod branch;
mod call;
mod constant;
mod emit;
mod expression;
mod fuse;
mod spine;
mod statement;
mod trace;

use crate::check::typed::{ExprId, Kind, TypedTree};
use crate::diagnostic::Code as DiagnosticCode;
use crate::diagnostic::Diagnostic;
use crate::host::HostFunction;
use crate::machine::code::Code;
use crate::work::is_stopped;
use emit::Emitter;

/// A register while a program is lowered.
pub(crate) type Register = u16;

/// How a program is lowered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options<'h> {
    /// The host functions that the program calls, in the order of its `host_calls`.
    pub(crate) host_functions: &'h [HostFunction],
    pub(crate) loop_iterations: Option<u64>,
    /// Whether what it assigns and which ways it takes is written down as it runs.
    pub(crate) traced: bool,
}

/// Lowers a checked program.
///
/// # Errors
///
/// `E114` where the program needs more registers than an evaluation can hold.
pub(crate) fn lower(tree: TypedTree, options: Options<'_>) -> Result<Code, Diagnostic> {
    // An instruction an expression, and the way in and out.
    let expected = tree.exprs.len() + tree.parameters.len() + 4;
    let mut emitter = emit(&tree, options, Emitter::new(MAX_CONSTANTS, expected))?;
    if emitter.constants_need_width() {
        emitter = emit(&tree, options, Emitter::new(0, expected))?;
    }
    emitter.into_code(tree, options.loop_iterations)
}

/// How many constants may have registers of their own.
const MAX_CONSTANTS: usize = 32;

fn emit(tree: &TypedTree, options: Options<'_>, emit: Emitter) -> Result<Emitter, Diagnostic> {
    let assigns = assigning(tree);
    let mut lowering = Lowering {
        emit,
        variables: Vec::with_capacity(tree.variables.len()),
        assigns,
        left_depths: spine::left_depths(tree),
        ready: None,
        loops: Vec::new(),
        open_loops: 0,
        hole: None,
        host_functions: options.host_functions,
        counts_iterations: options.loop_iterations.is_some(),
        traced: options.traced,
        tree,
    };
    lowering.program()?;
    Ok(lowering.emit)
}

/// Lowers one program.
struct Lowering<'t> {
    tree: &'t TypedTree,
    emit: Emitter,
    /// The register of each variable; the first of its pair for an `ANY`.
    variables: Vec<Register>,
    /// For each expression, whether evaluating it sets a variable.
    assigns: Vec<bool>,
    /// For each expression, how many expressions it has on its left edge below it.
    left_depths: Vec<u32>,
    /// The expression on a left edge that was lowered ahead of what it stands in, and where its value is.
    ready: Option<(ExprId, Register)>,
    loops: Vec<statement::LoopLabels>,
    /// How many loops what is being lowered runs in.
    open_loops: usize,
    /// Where the element is that the nearest enclosing update read.
    hole: Option<Register>,
    host_functions: &'t [HostFunction],
    counts_iterations: bool,
    traced: bool,
}

impl Lowering<'_> {
    /// Stops the walk where the host stops the compilation; nobody reads what it gives then.
    fn go_on(&self) -> Result<(), Diagnostic> {
        match is_stopped() {
            false => Ok(()),
            true => Err(Diagnostic::error(
                DiagnosticCode::Cancelled,
                self.emit.span(),
                "the compilation was stopped",
            )),
        }
    }

    fn program(&mut self) -> Result<(), Diagnostic> {
        let tree = self.tree;
        for variable in &tree.variables {
            let register = self.emit.allocate(variable.ty)?;
            self.variables.push(register);
        }
        for (index, variable) in tree.variables.iter().enumerate() {
            self.initial_value(self.variables[index], variable);
        }
        for &statement in tree.statement_list(tree.root) {
            self.statement(statement)?;
        }
        self.emit.return_void();
        Ok(())
    }
}

/// For each expression, whether it or anything inside it sets a variable. Children come before their parents, so one pass
/// is enough.
fn assigning(tree: &TypedTree) -> Vec<bool> {
    let mut assigns: Vec<bool> = Vec::with_capacity(tree.exprs.len());
    for expr in &tree.exprs {
        let sets = matches!(expr.kind, Kind::Set { .. } | Kind::Reassign { .. });
        let mut inside = false;
        expr.kind.for_each_child(tree, |child: ExprId| {
            // INVARIANT: the checker makes an expression after its children; one out of order counts as assigning.
            inside |= assigns.get(child.0 as usize).copied().unwrap_or(true);
        });
        assigns.push(sets || inside);
    }
    assigns
}

fn too_large(span: crate::source::Span) -> Diagnostic {
    Diagnostic::error(DiagnosticCode::ProgramTooLarge, span, "the program is too large to run")
        .with_help("split it: an evaluation holds at most 65,000 variables and intermediate values")
}

fn internal(span: crate::source::Span) -> Diagnostic {
    Diagnostic::error(
        DiagnosticCode::Internal,
        span,
        "the checker handed on a tree that cannot be lowered",
    )
    .with_help("this is a defect of selvedge; please report it with the program")
}
