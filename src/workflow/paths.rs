//! Paths of steps in an unfolding, such as `days[3]/load`, held against the definitions before anything runs.

use super::compiled::{Compiled, CompiledStep, OUTERMOST};
use super::definition::StepKind;
use super::inner::Inner;
use crate::diagnostic::{Code, closest, quote};
use crate::params::Problem;
use crate::params::problem::{MAX_CANDIDATES, error, error_with_help, error_with_meant};

/// Refuses what is not a step's id, nor a path that one may have.
pub(super) fn find(inner: &Inner, path: &str) -> Result<(), Problem> {
    if !path.contains('/') {
        return match (of_any(inner, path), iteration(path)) {
            (true, _) => Ok(()),
            (false, Some((id, _))) if of_any(inner, id) => {
                let message = format!("{} is the path of an iteration, not of a step", quote(path));
                Err(helped(message, format!("a step inside of it is `{path}/step`")))
            }
            (false, _) => Err(unknown(inner, path)),
        };
    }
    let mut parts = path.split('/').peekable();
    // Where the part may stand: in which workflows, and inside which step.
    let mut around: Vec<(&Compiled, Option<&CompiledStep>)> =
        inner.workflows.first().map(|main| (main, None)).into_iter().collect();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let (id, at) = match iteration(part) {
            Some((id, at)) if !is_last => (id, Some(at)),
            _ => (part, None),
        };
        let step_in = |(compiled, outer)| {
            let (compiled, outer): (&Compiled, Option<&CompiledStep>) = (compiled, outer);
            let step = compiled.steps.get(*compiled.by_id.get(id)?)?;
            let body = outer.map_or(Some(OUTERMOST), |outer| outer.inner);
            (Some(step.body) == body).then_some((compiled, step))
        };
        let found: Vec<(&Compiled, &CompiledStep)> = around.iter().copied().filter_map(step_in).collect();
        let Some(&(_, step)) = found.first() else {
            return Err(match of_any(inner, id) {
                true => wrong(format!("unexpected {} in {}", quote(id), quote(path))),
                false => unknown(inner, id),
            });
        };
        match (is_last, at) {
            (true, _) => return Ok(()),
            (false, None) => {
                let message = format!("{} lacks the iteration of {}", quote(path), quote(id));
                return Err(helped(message, format!("write `{id}[0]`, or another number")));
            }
            (false, Some(at)) => iterates(inner, step, at, path)?,
        }
        around = found
            .into_iter()
            .flat_map(|(compiled, step)| inside_of(inner, compiled, step))
            .collect();
        if around.is_empty() {
            return Err(wrong(format!(
                "{} has no steps inside of it, as {} says",
                quote(id),
                quote(path)
            )));
        }
    }
    Ok(())
}

/// The id and iteration of a part such as `days[3]`.
fn iteration(part: &str) -> Option<(&str, &str)> {
    let (id, at) = part.strip_suffix(']')?.rsplit_once('[')?;
    at.bytes().all(|byte| byte.is_ascii_digit()).then_some((id, at))
}

/// Refuses an iteration that no run has.
fn iterates(inner: &Inner, step: &CompiledStep, at: &str, path: &str) -> Result<(), Problem> {
    let most = match step.definition.kind {
        StepKind::Subworkflow { .. } => 1,
        StepKind::Foreach { .. } | StepKind::While { .. } => inner.limits.iterations,
        StepKind::Plain { .. } => return Ok(()),
    };
    let id = quote(step.definition.id());
    match at.parse::<u64>() {
        Ok(number) if number.to_string() != at => {
            Err(wrong(format!("expected iteration `{number}` of {id}, found `{at}`")))
        }
        Ok(number) if number < most => Ok(()),
        _ => Err(wrong(format!(
            "{} names iteration {at} of {id}, the last possible one is {}",
            quote(path),
            most - 1
        ))),
    }
}

/// Where the steps inside a step stand.
fn inside_of<'i>(
    inner: &'i Inner,
    compiled: &'i Compiled,
    step: &'i CompiledStep,
) -> Vec<(&'i Compiled, Option<&'i CompiledStep>)> {
    match step.definition.kind {
        StepKind::Plain { .. } => Vec::new(),
        StepKind::Foreach { .. } | StepKind::While { .. } => vec![(compiled, Some(step))],
        StepKind::Subworkflow { .. } => {
            let id = step.definition.known_subworkflow();
            let is_it = |of: &&Compiled| id.is_none_or(|id| of.definition.id() == id);
            inner.workflows.iter().filter(is_it).map(|of| (of, None)).collect()
        }
    }
}

fn of_any(inner: &Inner, id: &str) -> bool {
    inner.workflows.iter().any(|workflow| workflow.by_id.contains_key(id))
}

fn unknown(inner: &Inner, id: &str) -> Problem {
    let message = format!("unknown step {}", quote(id));
    let ids = inner.workflows.iter().flat_map(|workflow| workflow.by_id.keys());
    let meant = closest(id, ids.map(|id| &**id).take(MAX_CANDIDATES));
    error_with_meant("", None, Code::UnknownStep, message, meant)
}

fn helped(message: String, help: String) -> Problem {
    error_with_help("", None, Code::UnknownStep, message, help)
}

fn wrong(message: String) -> Problem {
    error("", None, Code::UnknownStep, message)
}
