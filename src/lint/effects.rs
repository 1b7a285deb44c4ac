//! What calls do beside giving a value: they read the clock and randomness, or fail.

use super::{Findings, LintName, Subject};
use crate::check::signatures::HostEffects;
use crate::check::typed::Kind;
use crate::library;
use crate::library::declaration::Effect;

/// Calls of constants that fail whenever they are reached; the checker found them.
pub(super) fn failing_calls(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for failing in &subject.checked.failing_calls {
        let message = format!("this always fails: {}", failing.message);
        findings.warn(LintName::FailingCall, failing.span, message, |warning| {
            warning
                .with_label("fails whenever it is reached")
                .with_help("fix the constant; to stop with a message of your own, write `throw 'why';`")
        });
    }
}

/// Calls of library functions that read the host's clock or randomness.
pub(super) fn nondeterministic(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    if !findings.wants(LintName::Nondeterministic) {
        return;
    }
    for expr in &tree.exprs {
        let (message, help) = match effect_of(subject, expr.kind) {
            Effect::Clock => (
                "this reads the clock, so each run may give another result",
                "take the time as a parameter",
            ),
            Effect::Random => (
                "this draws randomness, so each run may give another result",
                "take the random value as a parameter",
            ),
            Effect::None => continue,
        };
        findings.warn(LintName::Nondeterministic, expr.span, message, |warning| {
            warning.with_label("not the same each time").with_help(help)
        });
    }
}

fn effect_of(subject: &Subject<'_>, kind: Kind) -> Effect {
    let tree = &subject.checked.tree;
    let functions = match &kind {
        Kind::Call { function, .. } => std::slice::from_ref(function),
        Kind::DynamicCall { candidates, .. } => tree.candidates(*candidates),
        Kind::HostCall { function, .. } => {
            let name = tree.host_calls.get(*function);
            let signature = name.and_then(|call| subject.host_functions.signature(&call.0));
            return match signature.map(|signature| signature.effects) {
                Some(HostEffects { clock: true, .. }) => Effect::Clock,
                Some(HostEffects { randomness: true, .. }) => Effect::Random,
                _ => Effect::None,
            };
        }
        _ => &[],
    };
    let effects = functions
        .iter()
        .filter_map(|&id| library::function(id))
        .map(|function| function.effect);
    effects
        .into_iter()
        .find(|effect| *effect != Effect::None)
        .unwrap_or(Effect::None)
}
