//! The state of one walk over a program.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::heap::Heap;
use super::number::Shape;
use super::pending::Pending;
use super::spent::Spent;
use crate::check::typed::TypedTree;
use crate::source::Span;
use crate::types::Type;
use crate::work::{Work, count, is_stopped};

/// Variables that are followed; what others hold is taken at its worst. So that what a branch copies has a bound.
const MAX_VARIABLES: usize = 128;
/// What keeps a bound from being known.
#[derive(Debug)]
pub(super) struct Unbounded {
    pub(super) span: Span,
    pub(super) reason: String,
}

/// An argument of a call.
#[derive(Clone, Copy)]
pub(super) struct Argument {
    pub(super) ty: Type,
    pub(super) shape: Shape,
    /// The constant that it is.
    pub(super) text: Option<crate::check::typed::TextId>,
}

/// One walk over a program.
pub(super) struct Walk<'w> {
    pub(super) tree: &'w TypedTree,
    pub(super) facts: &'w Facts<'w>,
    /// What containers hold, as it is assumed.
    pub(super) heap_before: Heap,
    /// What containers hold, as this walk finds it.
    pub(super) heap: Heap,
    /// What each variable may hold; `None` if the walk is past a `return`.
    pub(super) variables: Option<Vec<Shape>>,
    /// How often what is walked runs, at most.
    pub(super) times: u64,
    /// Whether only the values matter, because a loop's growth is being sought.
    pub(super) probing: bool,
    /// How many loops are open, by which their variables' starts are told apart.
    pub(super) depth: u32,
    pub(super) spent: Spent,
    /// What leaving costs: the result's or the message's copy.
    pub(super) exit: Spent,
    /// For each loop that is open, the variables where it was left and where it was continued.
    pub(super) breaks: Vec<Option<Vec<Shape>>>,
    pub(super) continues: Vec<Option<Vec<Shape>>>,
    /// What is left of the expression that is being walked.
    pub(super) pending: Pending,
    /// The patterns whose first use was charged.
    pub(super) patterns: BTreeSet<u32>,
    pub(super) work_left: u32,
}

impl<'w> Walk<'w> {
    pub(super) fn new(tree: &'w TypedTree, facts: &'w Facts<'w>, heap: Heap, work_left: u32) -> Self {
        Self {
            tree,
            facts,
            heap: heap.clone().without_puts(),
            heap_before: heap,
            variables: Some(vec![Shape::default(); tree.variables.len().min(MAX_VARIABLES)]),
            times: 1,
            probing: false,
            depth: 0,
            spent: Spent::default(),
            exit: Spent::default(),
            breaks: Vec::new(),
            continues: Vec::new(),
            pending: Pending::default(),
            patterns: BTreeSet::new(),
            work_left,
        }
    }

    /// Charges for what is walked, as often as it runs.
    pub(super) fn charge(&mut self, spent: Spent) {
        if !self.probing {
            self.spent = self.spent.plus(spent.times(self.times));
        }
    }

    /// Counts a look at a node.
    pub(super) fn look(&mut self, span: Span) -> Result<(), Unbounded> {
        self.work(1, span)
    }

    /// Counts the copies of all variables that a branch takes.
    pub(super) fn copy(&mut self, span: Span) -> Result<(), Unbounded> {
        let copied = self.variables.as_ref().map_or(0, Vec::len);
        self.work(copied as u32 / 8 + 1, span)
    }

    pub(super) fn work(&mut self, units: u32, span: Span) -> Result<(), Unbounded> {
        count(Work::Bounded, units as usize);
        match self.work_left.checked_sub(units) {
            Some(_) if is_stopped() => Err(Unbounded {
                span,
                reason: "the host stopped the search for it".to_owned(),
            }),
            Some(left) => {
                self.work_left = left;
                Ok(())
            }
            None => Err(Unbounded {
                span,
                reason: "loops in loops are too many to follow".to_owned(),
            }),
        }
    }
}

/// What the variables may hold after either of two ways.
pub(super) fn either(left: Option<Vec<Shape>>, right: Option<Vec<Shape>>) -> Option<Vec<Shape>> {
    match (left, right) {
        (Some(left), Some(right)) => Some(
            left.into_iter()
                .zip(right)
                .map(|(left, right)| left.or(right))
                .collect(),
        ),
        (left, right) => left.or(right),
    }
}
