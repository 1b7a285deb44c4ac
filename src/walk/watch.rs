//! The observer of a walk.

use crate::check::typed::ExprId;
use crate::library::declaration::Function;
use crate::machine::meter::Meter;
use crate::source::Span;
use crate::types::Type;

/// What runs: a node, or a part of a statement, and where it stands.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "profile"),
    allow(dead_code, reason = "a profile alone asks where something runs")
)]
pub(crate) struct Place {
    pub(crate) span: Span,
    /// None for what is not a node.
    pub(crate) node: Option<ExprId>,
}

/// Is told what runs, and what is charged for it.
pub(crate) trait Watch {
    /// The steps of a region were charged.
    fn charged(&mut self, _steps: u32) {}

    /// All that is charged before anything runs was charged.
    fn begun(&mut self, _meter: &Meter) {}

    /// A part of what stands at a place has run. So many steps of it were charged with its region; all else that the meter shows,
    /// and did not the last time, was charged by it.
    fn ran(&mut self, _steps: u32, _place: Place, _meter: &Meter) {}

    /// A function is called with an argument of a type.
    fn argument(&mut self, _function: &'static Function, _index: usize, _ty: Type) {}
}
