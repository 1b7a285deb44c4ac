//! What expressions ask of the iterations of a foreach after its end, by `params.getFromForeach`.

use std::collections::HashSet;
use std::sync::Arc;

use super::compiled::{Gathers, StepIndex};
use super::definition::{Step, StepKind};
use crate::params::known::Gathered;

/// What is asked of a foreach, each once.
pub(super) fn of(step: &Step, gathered: &HashSet<Gathered>) -> Vec<Gathers> {
    if !matches!(step.kind(), StepKind::Foreach { .. }) {
        return Vec::new();
    }
    let is = |asked: &Option<Box<str>>, id: &str| asked.as_deref().is_none_or(|asked| asked == id);
    let mut found = Vec::new();
    for [_, inside, name] in gathered.iter().filter(|[of, ..]| is(of, &step.id)) {
        let steps = step.inner().iter().enumerate();
        for (index, _) in steps.filter(|(_, inner)| is(inside, &inner.id)) {
            found.push(Gathers {
                step: StepIndex::new(index),
                name: name.as_deref().map(Arc::from),
            });
        }
    }
    found.sort_by(|one, other| (one.step, &one.name).cmp(&(other.step, &other.name)));
    found.dedup();
    found
}
