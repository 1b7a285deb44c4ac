//! An engine without `quote_values` shows nothing of a tenant's values: each line of `tests/hidden_values.jsonl` is a program, a set
//! of parameters or a workflow that fails with its code, and two sets of parameters. What is said of the failure must be the same for both, and hold neither's
//! secret.

#![cfg(feature = "params")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use selvedge::diagnostic::{Code, render};
use selvedge::params::{Occasion, ParameterSet, Problem, Scope};
use selvedge::workflow::{Answers, Blueprint, Status, Unfolding, Workflow};
use selvedge::{
    CancelToken, DeniedHost, Engine, EvalError, FixedHost, HostError, HostFunctions, Inputs, Limits, Map, Schema,
    TraceLimits, Type, Value,
};
use serde::Deserialize;

#[path = "support/cases.rs"]
mod cases;

/// Codes of a run that no program can be made to show.
const NOT_SHOWN: &[Code] = &[Code::Internal];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    code: String,
    #[serde(default)]
    source: String,
    /// A set of parameters, or a workflow, in place of a program. Parameters are what stands around a set, and what a workflow is
    /// given, or what its step `told` comes to.
    #[serde(default)]
    definition: serde_json::Value,
    #[serde(default)]
    told: String,
    /// Two values for each parameter: a list, or a map of `of` and `times` for a long text.
    params: serde_json::Map<String, serde_json::Value>,
    /// What no text may hold.
    secrets: Vec<String>,
    #[serde(default)]
    schema: Vec<(String, Type)>,
    #[serde(default)]
    shapes: Vec<(String, String)>,
    #[serde(default)]
    limits: serde_json::Map<String, serde_json::Value>,
    #[serde(default)]
    host: String,
}

impl Case {
    fn inputs(&self, which: usize) -> Inputs {
        let values = self.params.iter().map(|(name, values)| {
            let value = match &values[which]["of"] {
                serde_json::Value::String(of) => {
                    let times = values[which]["times"].as_u64().unwrap() as usize;
                    let after = values[which]["after"].as_str().unwrap_or_default();
                    Value::from(of.repeat(times) + after)
                }
                _ => Value::try_from(values[which].clone()).unwrap(),
            };
            (name.as_str(), value)
        });
        Inputs::from(values.collect::<Map>())
    }

    fn engine(&self) -> Engine {
        let mut limits = Limits::default();
        for (name, limit) in &self.limits {
            assert!(limits.set(name, limit.as_u64().unwrap()), "{name}");
        }
        let mut functions = HostFunctions::new();
        let fail =
            |name: String| -> Result<i64, HostError> { Err(HostError::new(format!("no run of {name} is known"))) };
        functions.register_typed("params.fail", fail).unwrap();
        let builder = match &*self.host {
            "denied" => Engine::builder().host(DeniedHost),
            _ => Engine::builder().host(FixedHost { now_millis: 0, seed: 1 }),
        };
        builder
            .limits(limits)
            .host_functions(functions)
            .quote_values(false)
            .build()
    }

    /// The error, and everything that is printed of it and of the way to it.
    fn said(&self, which: usize) -> Result<(EvalError, Vec<String>), String> {
        let inputs = self.inputs(which);
        let mut schema = Schema::infer_from(inputs.as_map());
        for (name, ty) in &self.schema {
            schema = schema.with(name, *ty);
        }
        for (name, shape) in &self.shapes {
            schema = schema.with_shape(name, shape).unwrap();
        }
        let program = self.engine().compile(&self.source, &schema);
        let program = program.map_err(|refused| refused.to_string())?;
        let mut evaluation = program.evaluation();
        if self.host == "cancelled" {
            let token = CancelToken::new();
            token.cancel();
            evaluation = evaluation.cancel(token);
        }
        if self.host == "late" {
            evaluation = evaluation.timeout(std::time::Duration::ZERO);
        }
        let (result, trace) = evaluation.trace(&inputs, TraceLimits::default());
        let Err(error) = result else {
            return Err("a value came of it".to_owned());
        };
        let targets = trace.events().iter().map(|event| serde_json::to_string(event).unwrap());
        let mut said = vec![
            error.message().to_owned(),
            error.to_string(),
            render(&error.diagnostic(), &self.source, "job.sel"),
            serde_json::to_string(&error.diagnostic()).unwrap(),
        ];
        said.extend(targets);
        Ok((error, said))
    }

    /// All that is said of a set or a workflow that fails.
    fn said_of_definition(&self, which: usize) -> Vec<String> {
        let (values, engine) = (self.inputs(which).as_map().clone(), self.engine());
        let text = self.definition.to_string();
        match self.definition.get("workflow") {
            Some(_) => self.said_of_workflow(&text, &values, &engine),
            None => {
                let mut set = ParameterSet::from_json(&text).unwrap();
                let (own, around): (Map, Map) = values.into_iter().partition(|(name, _)| set.get(name).is_some());
                if let Err(refused) = set.set_values_for(&engine, &own, Occasion::Start) {
                    return said_of(refused.problems());
                }
                let scope = Scope::new().with_values(around);
                let plan = match set.plan(&engine, &scope) {
                    Ok(plan) => plan,
                    Err(refused) => return said_of(refused.problems()),
                };
                let report = plan.evaluate(&scope);
                let problems: Vec<Problem> = report.error().into_iter().chain(report.warnings()).cloned().collect();
                said_of(&problems)
            }
        }
    }

    fn said_of_workflow(&self, text: &str, values: &Map, engine: &Engine) -> Vec<String> {
        let blueprint = Blueprint::builder(Workflow::from_json(text).unwrap())
            .build(engine)
            .unwrap();
        let (given, told) = match &*self.told {
            "" => (values.clone(), Map::new()),
            _ => (Map::new(), values.clone()),
        };
        let mut said = match blueprint.expand(&given) {
            Ok(loops) => loops.iter().filter_map(|found| found.problem.clone()).collect(),
            Err(refused) => said_of(refused.problems()),
        };
        let mut unfolding = match Unfolding::start(&blueprint, &given) {
            Ok(unfolding) => unfolding,
            Err(refused) => return [said, said_of(refused.problems())].concat(),
        };
        if !self.told.is_empty()
            && let Err(error) = unfolding.complete(&self.told, Status::Succeeded, &told)
        {
            said.push(error.to_string());
        }
        if let Err(refused) = unfolding.walk(&Answers::default(), None) {
            said.push(refused.to_string());
        }
        said.push(unfolding.tree().to_string());
        said
    }

    /// What is said of a set or workflow holds its code and no secret, and is the same for both.
    fn check_definition(&self) -> Result<(), String> {
        let (said, other) = (self.said_of_definition(0), self.said_of_definition(1));
        let all = said.concat();
        if !all.contains(&self.code) {
            return Err(format!("{said:?} is not {}", self.code));
        }
        match self.secrets.iter().find(|secret| all.contains(*secret)) {
            Some(secret) => Err(format!("{secret} shows in {said:?}")),
            None if said != other => Err(format!("{said:?} is not {other:?}")),
            None => Ok(()),
        }
    }

    fn check(&self) -> Result<(), String> {
        if !self.definition.is_null() {
            return self.check_definition();
        }
        let ((error, said), (other, said_of_other)) = (self.said(0)?, self.said(1)?);
        if error.code().text() != self.code || other.code().text() != self.code {
            return Err(format!("{error}, {other}"));
        }
        if said != said_of_other {
            return Err(format!("{said:?} is not {said_of_other:?}"));
        }
        let debug = format!("{error:?} {other:?}");
        match self
            .secrets
            .iter()
            .find(|secret| said.concat().contains(*secret) || debug.contains(*secret))
        {
            Some(secret) => Err(format!("{secret} shows in {said:?} or {debug}")),
            None => Ok(()),
        }
    }
}

/// What problems say, in all ways.
fn said_of(problems: &[Problem]) -> Vec<String> {
    let each = problems.iter().map(|problem| {
        let json = serde_json::to_string(problem).unwrap();
        format!("{problem}\n{}\n{json}", problem.render("job.yaml"))
    });
    each.collect()
}

#[test]
fn no_text_of_a_failure_depends_on_a_value() {
    let (mut shown, mut wrong) = (Vec::new(), Vec::new());
    cases::each("hidden_values.jsonl", |case| {
        let case: Case = serde_json::from_value(case.clone()).unwrap();
        if let Err(why) = case.check() {
            wrong.push(format!("{} {}{}: {why}", case.code, case.source, case.definition));
        }
        shown.push(case.code);
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let of_a_run =
        |code: &&Code| matches!(code.text().as_bytes(), [b'E', b'5' | b'6', ..]) || **code == Code::ParameterType;
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(of_a_run)
        .filter(|code| !NOT_SHOWN.contains(code) && !shown.iter().any(|shown| shown == code.text()))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}
