//! An engine without `quote_values` shows nothing of a tenant's values: each line of `tests/hidden_values.jsonl` is a program that
//! fails with its code, and two sets of parameters. What is said of the failure must be the same for both, and hold neither's
//! secret.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use selvedge::diagnostic::{Code, render};
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
    source: String,
    /// Two values for each parameter: a list, or a map of `of` and `times` for a long text.
    params: serde_json::Map<String, serde_json::Value>,
    /// What no text may hold.
    secrets: Vec<String>,
    #[serde(default)]
    schema: Vec<(String, Type)>,
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

    fn check(&self) -> Result<(), String> {
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

#[test]
fn no_text_of_a_failure_depends_on_a_value() {
    let (mut shown, mut wrong) = (Vec::new(), Vec::new());
    cases::each("hidden_values.jsonl", |case| {
        let case: Case = serde_json::from_value(case.clone()).unwrap();
        if let Err(why) = case.check() {
            wrong.push(format!("{} {}: {why}", case.code, case.source));
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
