//! An upper bound of what an evaluation uses, found before it runs: walks the typed tree with a range for each number and a
//! size for each text, array and map.
//!
//! Loops are bounded where a LONG counts towards an end that the loop does not move; what a loop makes grow is bounded by the
//! number of its iterations. Everything else is taken at its worst, so that no evaluation uses more than the bound.

mod assigned;
mod expression;
mod heap;
mod library;
mod loops;
mod number;
mod order;
mod sizes;
mod spent;
mod statement;
mod text;

pub use sizes::{InputSizes, Size};

use std::collections::BTreeSet;

use serde::Serialize;

use crate::check::typed::TypedTree;
use crate::host::HostFunctions;
use crate::limits::Limits;
use crate::machine::input::Input;
use crate::source::Span;
use crate::types::Type;
use crate::work::{Work, count, is_stopped};
use heap::Heap;
use number::Shape;
use order::Pending;
use spent::Spent;

/// Nodes looked at in all, for each node of the program; loops in loops in loops are not followed beyond.
const WORK_PER_NODE: u32 = 4_096;
/// And however large the program is.
const MAX_WORK: u32 = 2_000_000;
/// Loops inside of each other that are followed.
const MAX_LOOPS: u32 = 16;
/// Variables that are followed; what others hold is taken at its worst. So that what a branch copies has a bound.
const MAX_VARIABLES: usize = 128;
/// After so many rounds what containers hold is taken at its worst.
const MAX_ROUNDS: usize = 6;

/// More parameters than this are charged for each.
const FREE_PARAMETERS: u64 = 128;

/// What an evaluation uses at most, or what keeps that from being known.
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

/// What a bound depends on beside the program.
pub(crate) struct Facts<'f> {
    pub(crate) sizes: &'f InputSizes,
    pub(crate) limits: &'f Limits,
    pub(crate) functions: &'f HostFunctions,
}

/// What keeps a bound from being known.
#[derive(Debug)]
struct Unbounded {
    span: Span,
    reason: String,
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

/// One walk over a program.
struct Walk<'w> {
    tree: &'w TypedTree,
    facts: &'w Facts<'w>,
    /// What containers hold, as it is assumed.
    heap_before: Heap,
    /// What containers hold, as this walk finds it.
    heap: Heap,
    /// What each variable may hold; none where the walk is past a `return`.
    variables: Option<Vec<Shape>>,
    /// How often what is walked runs, at most.
    times: u64,
    /// Whether only the values matter, because a loop's growth is being sought.
    probing: bool,
    /// How many loops are open, by which their variables' starts are told apart.
    depth: u32,
    spent: Spent,
    /// What leaving costs: the result's or the message's copy.
    exit: Spent,
    /// For each loop that is open, the variables where it was left and where it was continued.
    breaks: Vec<Option<Vec<Shape>>>,
    continues: Vec<Option<Vec<Shape>>>,
    /// What is left of the expression that is being walked.
    pending: Pending,
    /// The patterns whose first use was charged.
    patterns: BTreeSet<u32>,
    work_left: u32,
}

impl<'w> Walk<'w> {
    fn new(tree: &'w TypedTree, facts: &'w Facts<'w>, heap: Heap, work_left: u32) -> Self {
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

    fn program(&mut self) -> Result<(), Unbounded> {
        self.start();
        self.charge(Spent::steps(u64::from(self.tree.steps)));
        for &statement in self.tree.statement_list(self.tree.root) {
            self.statement(statement)?;
        }
        Ok(())
    }

    /// Binding the inputs and loading the parameters, before the first statement.
    fn start(&mut self) {
        let tree = self.tree;
        let parameters = tree.parameters.len() as u64;
        if parameters > FREE_PARAMETERS {
            let each = Spent {
                steps: 8,
                bytes: size_of::<Input<'_>>() as u64,
            };
            self.charge(each.times(parameters));
        }
        for parameter in &tree.parameters {
            let size = self.facts.sizes.get(&parameter.name);
            let always = matches!(parameter.ty, Type::List | Type::DoubleArray);
            let converts = parameter.ty.element().is_some() && (always || size.is_list());
            if converts {
                let texts = size.text_bytes();
                self.charge(Spent {
                    steps: size.length.saturating_mul(2).saturating_add(texts / 16),
                    bytes: size.length.saturating_mul(32).saturating_add(texts),
                });
            }
        }
        for (index, variable) in tree.variables.iter().enumerate() {
            let Some(parameter) = variable.parameter else { continue };
            let shape = self.parameter(parameter);
            if let Some(place) = self.variables.as_mut().and_then(|variables| variables.get_mut(index)) {
                *place = shape;
            }
        }
    }

    /// Charges for what is walked, as often as it runs.
    fn charge(&mut self, spent: Spent) {
        if !self.probing {
            self.spent = self.spent.plus(spent.times(self.times));
        }
    }

    /// Counts a look at a node.
    fn look(&mut self, span: Span) -> Result<(), Unbounded> {
        self.work(1, span)
    }

    /// Counts the copies of all variables that a branch takes.
    fn copy(&mut self, span: Span) -> Result<(), Unbounded> {
        let copied = self.variables.as_ref().map_or(0, Vec::len);
        self.work(copied as u32 / 8 + 1, span)
    }

    fn work(&mut self, units: u32, span: Span) -> Result<(), Unbounded> {
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
