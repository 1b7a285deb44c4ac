//! Reads of the clock and of randomness, for programs that must give the same result each time.

use super::{Findings, LintName, Subject};
use crate::check::typed::Kind;
use crate::library;
use crate::library::declaration::Effect;

/// Calls of library functions that read the host's clock or randomness.
pub(super) fn nondeterministic(subject: &Subject<'_>, findings: &mut Findings) {
    let tree = &subject.checked.tree;
    if !findings.wants(LintName::Nondeterministic) || !(tree.uses_clock || tree.uses_random) {
        return;
    }
    for expr in &tree.exprs {
        let functions = match &expr.kind {
            Kind::Call { function, .. } => std::slice::from_ref(function),
            Kind::DynamicCall { candidates, .. } => tree.candidates(*candidates),
            _ => continue,
        };
        let mut effects = functions
            .iter()
            .filter_map(|&id| library::function(id))
            .map(|function| function.effect);
        let (message, help) = match effects.find(|effect| *effect != Effect::None) {
            Some(Effect::Clock) => (
                "this reads the clock, so each run may give another result",
                "take the time as a parameter",
            ),
            Some(Effect::Random) => (
                "this draws randomness, so each run may give another result",
                "take the random value as a parameter",
            ),
            Some(Effect::None) | None => continue,
        };
        findings.say(LintName::Nondeterministic, expr.span, message, |warning| {
            warning.with_label("not the same each time").with_help(help)
        });
    }
}
