//! An upper bound of what an evaluation uses, found before it runs: walks the typed tree with a range for each number and a
//! size for each text, array and map.
//!
//! Loops are bounded where a LONG counts towards an end that the loop does not move; what a loop makes grow is bounded by the
//! number of its iterations. Everything else is taken at its worst, so that no evaluation uses more than the bound.

mod assigned;
mod contents;
mod data;
#[cfg(feature = "datetime")]
mod dates;
mod expression;
mod facts;
mod heap;
mod inline;
mod library;
mod loops;
mod math;
mod number;
mod order;
mod pending;
mod sequence;
mod sizes;
mod spent;
mod statement;
mod syntax;
mod text;
mod walk;

pub(crate) use facts::Facts;
pub use sizes::{InputSizes, Size};

use serde::Serialize;

use crate::check::typed::TypedTree;
use crate::source::Span;
use heap::Heap;
use spent::Spent;
use walk::{Unbounded, Walk};

/// Nodes looked at in all, for each node of the program; loops in loops in loops are not followed beyond.
const WORK_PER_NODE: u32 = 64;
/// And however large the program is.
const MAX_WORK: u32 = 200_000;
/// After so many rounds what containers hold is taken at its worst.
const MAX_ROUNDS: usize = 6;

/// An upper bound of the usage of an evaluation, or why there is none.
///
/// ```
/// use selvedge::{CostBound, Engine, InputSizes, Schema, Size, Type};
/// let schema = Schema::new().with("name", Type::String);
/// let program = Engine::default().compile("name + '!'", &schema)?;
/// let bytes_for = |length| match program.cost_bound(&InputSizes::new().with("name", Size::text(length))) {
///     CostBound::Bounded { bytes, .. } => Some(bytes),
///     _ => None,
/// };
/// assert!(bytes_for(10) < bytes_for(1_000));
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CostBound {
    /// No evaluation with inputs of the given sizes uses more.
    Bounded {
        /// Steps.
        steps: u64,
        /// Bytes.
        bytes: u64,
    },
    /// No bound is known.
    Unbounded {
        /// What makes it so: most often a loop.
        span: Span,
        /// Why, in one line.
        reason: String,
    },
}

/// The bound of a checked program.
pub(crate) fn bound(tree: &TypedTree, facts: &Facts<'_>) -> CostBound {
    let mut heap = Heap::of_inputs(tree, facts);
    let nodes = tree.exprs.len().saturating_add(tree.statements.len());
    let nodes = u32::try_from(nodes).unwrap_or(u32::MAX);
    let mut work = nodes
        .saturating_mul(WORK_PER_NODE)
        .min(MAX_WORK.max(nodes.saturating_mul(16)));
    for round in 0..=MAX_ROUNDS {
        let mut walk = Walk::new(tree, facts, heap, work);
        if let Err(Unbounded { span, reason }) = walk.program() {
            return CostBound::Unbounded { span, reason };
        }
        if walk.heap.is_within(&walk.heap_before) {
            let Spent { steps, bytes } = walk.spent.plus(walk.exit);
            return CostBound::Bounded { steps, bytes };
        }
        work = walk.work_left;
        heap = walk.heap;
        if round + 1 == MAX_ROUNDS {
            heap = heap.at_worst();
        }
    }
    CostBound::Unbounded {
        span: Span::default(),
        reason: "what arrays and maps hold is not known".to_owned(),
    }
}
