//! Tests of a set of parameters.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::found::{Found, FoundError};
use super::reader::Placed;
use super::session::{File, Session};
use super::verdict::{Failure, MOST_UNKNOWN, Verdict};
use super::wanted::Key;
use crate::diagnostic::{closest, quote};
use crate::params::problem::key_path;
use crate::params::{DefinitionError, Occasion, ParameterSet, Plan, Scope, SetLimits, prelude};
use crate::workflow::Workflow;

/// Evaluates the parameters of a file with what the test gives.
pub(super) fn run<'r>(session: &Session<'r>, named: &Placed<String>) -> Result<Found<'r>, Box<Verdict>> {
    let file = session.file(named)?;
    let defaults = session.defaults()?;
    let refused = |refused: &DefinitionError| Found::refused(FoundError::of_definitions(refused, &file.path));
    let set = match read(session, &file).and_then(|set| defaults.under_workflow(&set)) {
        Ok(set) => set,
        Err(error) => return Ok(refused(&error)),
    };
    unknown(session, &set)?;
    let (plan, scope) = match plan(session, set) {
        Ok(planned) => planned,
        Err(error) => return Ok(refused(&error)),
    };
    let report = plan.evaluate_with(&scope, session.interrupt);
    let warnings = plan.warnings().iter().chain(report.warnings());
    Ok(Found {
        error: report
            .error()
            .map(|problem| FoundError::of_problem(problem, &file.path)),
        warnings: warnings.map(crate::params::Problem::code).collect(),
        usage: report.usage(),
        look: Box::new(move |key| match key {
            Key::Values => Some(json!(report.values())),
            Key::Types => {
                let types = report
                    .parameters()
                    .map(|(name, found)| (name.to_owned(), found.type_name.into()));
                Some(Json::Object(types.collect()))
            }
            _ => None,
        }),
    })
}

/// The parameters that a file defines: those of its workflow, where it is one's definition.
fn read(session: &Session<'_>, file: &File) -> Result<ParameterSet, DefinitionError> {
    let (text, interrupt) = (&*file.text, session.interrupt);
    let workflow = match file.is_json {
        true => Workflow::is_json_definition_with(text, interrupt)?.then(|| Workflow::from_json_with(text, interrupt)),
        false => Workflow::is_yaml_definition_with(text, interrupt)?.then(|| Workflow::from_yaml_with(text, interrupt)),
    };
    match (workflow, file.is_json) {
        (Some(workflow), _) => Ok(workflow?.params().clone()),
        (None, true) => ParameterSet::from_json_with(text, interrupt),
        (None, false) => ParameterSet::from_yaml_with(text, interrupt),
    }
}

/// The plan of the parameters as they are with the values given, and what is around them.
fn plan(session: &Session<'_>, mut set: ParameterSet) -> Result<(Plan, Scope), DefinitionError> {
    let occasion = match session.given(|layer| layer.restart) {
        Some(true) => Occasion::Restart,
        _ => Occasion::Start,
    };
    let params = session.values(|layer| &layer.params);
    let own = params.iter().filter(|(name, _)| set.get(name).is_some());
    let own = own.map(|(name, value)| (name, value.clone())).collect();
    set.set_values(&own, occasion)?;
    let answers = session.answers();
    let mut scope = Scope::new();
    for (name, signal) in &answers.signals {
        scope = scope.with_signal(name, signal.as_map().cloned().unwrap_or_default());
    }
    let ambient = session.values(|layer| &layer.ambient);
    if let Some(types) = session.types(&ambient) {
        scope = scope.with_types(types);
    }
    if !ambient.is_empty() {
        scope = scope.with_values(ambient);
    }
    let engine = session.engine();
    let own = engine.settings().host_functions.clone();
    let functions = own.with_missing(&prelude(Arc::new(answers.orchestrator())));
    let engine = engine.with_host_functions(functions);
    let plan = set.plan_with(&engine, &scope, &SetLimits::of_plans(), session.interrupt)?;
    Ok((plan.with_limits(SetLimits::default()), scope))
}

/// Holds the names that the test gives and expects against the set.
fn unknown(session: &Session<'_>, set: &ParameterSet) -> Result<(), Box<Verdict>> {
    let params = session.test.layers.iter().skip(1).flat_map(|layer| &layer.params);
    let params = params.map(|(name, value)| (key_path(&session.test.path, "params"), name, value.place));
    let wanted = session.test.wanted();
    let wanted = wanted.filter(|wanted| matches!(wanted.key, Key::Values | Key::Types));
    let expected = wanted.flat_map(|wanted| {
        let names = wanted.what.as_object().into_iter().flat_map(serde_json::Map::keys);
        names.map(|name| (wanted.path.clone(), name, wanted.place))
    });
    let all = params.chain(expected);
    let failures = all
        .filter(|(_, name, _)| set.get(name).is_none())
        .map(|(path, name, place)| {
            let failure = Failure::new(
                &key_path(&path, name),
                place,
                format!("unknown parameter {}", quote(name)),
            );
            let meant = closest(name, set.iter().map(|(name, _)| name));
            failure.with_help(meant.map(|meant| format!("did you mean {}?", quote(meant))))
        });
    Verdict::unless_empty(failures.take(MOST_UNKNOWN).collect())
}
