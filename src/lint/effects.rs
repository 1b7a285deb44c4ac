//! What calls do beside giving a value: they read the clock and randomness, or fail.

use super::{Findings, LintName, Subject};
use crate::check::typed::Kind;
use crate::effect::{Effect, Effects};
use crate::library;
use crate::work::{Work, items};

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
    for expr in items(Work::Linted, &tree.exprs) {
        let effects = effects_of(subject, expr.kind);
        let (message, help) = if effects.has(Effect::Clock) {
            (
                "this reads the clock, so each run may give another result",
                "take the time as a parameter",
            )
        } else if effects.has(Effect::Randomness) {
            (
                "this draws randomness, so each run may give another result",
                "take the random value as a parameter",
            )
        } else {
            continue;
        };
        findings.warn(LintName::Nondeterministic, expr.span, message, |warning| {
            warning.with_label("not the same each time").with_help(help)
        });
    }
}

fn effects_of(subject: &Subject<'_>, kind: Kind) -> Effects {
    let tree = &subject.checked.tree;
    let functions = match &kind {
        Kind::Call { function, .. } => std::slice::from_ref(function),
        Kind::DynamicCall { candidates, .. } => tree.candidates(*candidates),
        Kind::HostCall { function, .. } => {
            let name = tree.host_calls.get(*function);
            let signature = name.and_then(|call| subject.host_functions.signature(&call.0));
            return signature.map(|signature| signature.effects).unwrap_or_default();
        }
        _ => &[],
    };
    let functions = functions.iter().filter_map(|&id| library::function(id));
    functions.fold(Effects::NONE, |effects, function| effects.with(function.effects))
}
