//! Typed tree to code: chooses instructions and registers, links library bodies, and lays out jumps. What a program costs
//! was decided by the checker; an instruction chosen here never changes it.

mod assign;
mod branch;
mod call;
mod constant;
mod emit;
mod expression;
mod fuse;
mod lowering;
mod refusal;
mod spine;
mod statement;
mod trace;
mod wide;

use crate::check::typed::{ExprId, Kind, TypedTree};
use crate::diagnostic::Diagnostic;
use crate::host::HostFunction;
use crate::machine::code::Code;
use emit::Emitter;
use lowering::Lowering;

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
