//! Typed tree to code: chooses instructions and registers, links library bodies, and lays out jumps. What a program costs
//! was decided by the checker; an instruction chosen here never changes it.

mod arithmetic;
mod assign;
mod branch;
mod call;
mod constant;
mod emit;
mod expression;
mod fuse;
mod lowering;
mod refusal;
mod shape;
mod spine;
mod statement;
mod trace;
mod wide;

use crate::check::typed::TypedTree;
use crate::host::HostFunction;
use crate::machine::code::Code;
use emit::Emitter;
use lowering::Lowering;
use refusal::Refused;

/// How a program is lowered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options<'h> {
    /// The host functions that the program calls, in the order of its `host_calls`.
    pub(crate) host_functions: &'h [HostFunction],
    pub(crate) loop_iterations: Option<u64>,
    /// Whether what it assigns and which ways it takes is written down as it runs.
    pub(crate) traced: bool,
    /// Whether each statement is traced as well, to be counted.
    pub(crate) counted: bool,
}

/// Lowers a checked program.
///
/// # Errors
///
/// `E114` where the program needs more registers than an evaluation can hold.
pub(crate) fn lower(tree: Box<TypedTree>, options: Options<'_>) -> Result<Code, Refused> {
    let mut emitter = emit(&tree, options, Emitter::new(MAX_CONSTANTS))?;
    if emitter.constants_need_width() {
        emitter = emit(&tree, options, Emitter::new(0))?;
    }
    emitter.into_code(tree)
}

/// How many constants may have registers of their own.
const MAX_CONSTANTS: usize = 32;

fn emit(tree: &TypedTree, options: Options<'_>, mut emit: Emitter) -> Result<Emitter, Refused> {
    let mut variables = std::mem::take(&mut emit.spare.variables);
    let (mut shapes, mut sets) = (
        std::mem::take(&mut emit.spare.shapes),
        std::mem::take(&mut emit.spare.sets),
    );
    variables.reserve(tree.variables.len());
    shape::of_all(tree, &mut shapes, &mut sets);
    let mut lowering = Lowering {
        emit,
        variables,
        shapes,
        sets,
        lengths: Vec::new(),
        ready: None,
        loops: Vec::new(),
        open_loops: 0,
        hole: None,
        host_functions: options.host_functions,
        loop_iterations: options.loop_iterations,
        traced: options.traced,
        counted: options.counted,
        tree,
    };
    lowering.program()?;
    let Lowering {
        mut emit,
        variables,
        shapes,
        sets,
        ..
    } = lowering;
    (emit.spare.variables, emit.spare.shapes, emit.spare.sets) = (variables, shapes, sets);
    Ok(emit)
}
