//! The expression that a variable was set to last where it is read: the only one of the program, or the one that every run comes
//! to last before it.

use super::typed::{ExprId, Kind, TypedTree, VariableId};
use crate::work::{Work, items};

/// For each expression that reads a variable, what that was set to; empty where no variable is set.
#[derive(Debug)]
pub(super) struct LastSets(Vec<Option<ExprId>>);

/// What is known of a variable at a place.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// How many expressions of the program set it.
    sets: usize,
    /// The value of the last one so far, and whether every run reaches it.
    last: Option<(ExprId, bool)>,
}

impl LastSets {
    /// Finds them. An expression that every run comes to is reached in the order of the arena; in a loop that is its first turn.
    pub(super) fn of(tree: &TypedTree, certain: &[bool]) -> Self {
        let mut known = vec![Known::default(); tree.variables.len()];
        let mut is_any = false;
        let sets = items(Work::Checked, &tree.exprs).filter_map(|expr| set_by(expr.kind));
        for (variable, _) in sets {
            is_any = true;
            if let Some(known) = known.get_mut(variable.index()) {
                known.sets += 1;
            }
        }
        if !is_any {
            return Self(Vec::new());
        }
        let values = tree.exprs.iter().zip(certain).map(|(expr, &certain)| {
            if let Some((variable, value)) = set_by(expr.kind) {
                if let Some(known) = known.get_mut(variable.index()) {
                    known.last = Some((value, certain));
                }
                return None;
            }
            let Kind::Variable(variable) = expr.kind else {
                return None;
            };
            let Known { sets, last } = known.get(variable.index()).copied()?;
            // What is kept to be tested is read where it is not null, whatever it is elsewhere.
            let (value, is_set) = last.filter(|_| !tree.variable(variable).is_hidden())?;
            let is_only = sets == 1 && tree.variable(variable).parameter.is_none();
            (is_only || (certain && is_set)).then_some(value)
        });
        Self(values.collect())
    }

    /// What the variable was set to that an expression reads, where that is known.
    pub(super) fn value(&self, read: ExprId) -> Option<ExprId> {
        self.0.get(read.index()).copied().flatten()
    }
}

fn set_by(kind: Kind) -> Option<(VariableId, ExprId)> {
    match kind {
        Kind::Set { variable, value } | Kind::Reassign { variable, value } => Some((variable, value)),
        _ => None,
    }
}
