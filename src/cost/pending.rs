//! What the walk of an expression has yet to do, and what it holds meanwhile.

use super::number::Shape;
use super::spent::Spent;
use crate::check::typed::{ConditionalArm, Each, ExprId, LogicalOperand, Steps};
use crate::source::Span;

/// What is left to do. The shapes of finished parts lie on a stack.
#[derive(Clone, Copy)]
pub(super) enum Task {
    /// Walk an expression, which leaves its shape.
    Value(ExprId),
    /// Take the shapes of an expression's parts, and leave its own.
    Finish(ExprId),
    /// Enter a region of an expression.
    Charge(Steps),
    /// Enter an operand of `&&` or `||` that may be passed over.
    Operand(LogicalOperand),
    /// Join the ways with and without the operand.
    AfterOperand,
    /// Enter an arm of `?:`, whose condition lies on the stack.
    Arm(ConditionalArm),
    /// Leave the arm.
    AfterArm,
    /// Join all arms.
    AfterArms,
    /// Drop the shape of a part.
    Drop,
    /// Walk the iterations of a loop that gives a value.
    Turns(Each, Span),
    /// Read the element of an array that an update stores anew; array and index lie on the stack.
    Hole(ExprId),
}

/// A `?:` ladder that is open.
#[derive(Default)]
pub(super) struct Ladder {
    /// The variables and the cost before the arm that is open.
    pub(super) before: Option<Vec<Shape>>,
    pub(super) spent: Spent,
    /// The variables after any of the arms so far, the most they cost, and what they give.
    pub(super) after: Option<Vec<Shape>>,
    pub(super) most: Spent,
    pub(super) shape: Shape,
}

/// What the walk of an expression holds.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) tasks: Vec<Task>,
    pub(super) shapes: Vec<Shape>,
    /// The variables before each operand of `&&` or `||` that is open.
    pub(super) operands: Vec<Option<Vec<Shape>>>,
    pub(super) ladders: Vec<Ladder>,
    /// The elements that updates read.
    pub(super) holes: Vec<Shape>,
}
