//! The packages that acts runs: three that let selvedge decide, and two that stand for the work of an orchestrator's user.

use std::sync::OnceLock;

use acts::{
    Act, ActError, ActPackage, ActPackageCatalog, ActPackageDefinition, ActRunAs, Config, Context, Result, Vars,
};
use async_trait::async_trait;
use selvedge::{Map, Value};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::decide::{Called, Case, Decider, Foreach};

/// acts makes packages itself and hands them nothing, so what was deployed is kept here.
pub static DEPLOYED: OnceLock<Decider> = OnceLock::new();

fn deployed() -> Result<&'static Decider> {
    DEPLOYED.get().ok_or_else(|| failed("nothing was deployed"))
}

pub fn failed(why: impl ToString) -> ActError {
    ActError::Package(why.to_string())
}

/// How acts sees a package.
pub fn described(id: &'static str, desc: &'static str) -> ActPackageDefinition {
    ActPackageDefinition {
        id,
        name: id,
        desc,
        icon: "",
        doc: "",
        version: "0.1.0",
        schema: json!({}),
        options: None,
        run_as: ActRunAs::Func,
        resources: Vec::new(),
        catalog: ActPackageCatalog::App,
    }
}

/// Tells acts to run an act with the parameters that its definitions give.
fn act(context: &Context, called: &Called, given: Map) -> Result<Act> {
    let params = deployed()?.parameters(context, given, &called.params);
    let mut act = Act::new().with_uses(&called.uses);
    act.params = params.map_err(failed)?;
    Ok(act)
}

/// `selvedge.foreach`: an act for each element of an array that an expression gives.
#[derive(Clone)]
pub struct ForeachPackage;

#[async_trait]
impl ActPackage for ForeachPackage {
    fn new(_: &Config) -> Result<Self> {
        Ok(Self)
    }

    fn definition() -> ActPackageDefinition {
        described(
            "selvedge.foreach",
            "runs an act for each element of an expression's array",
        )
    }

    async fn execute(&self, context: &Context, params: &Json) -> Result<Option<Vars>> {
        let foreach = Foreach::deserialize(params)?;
        let range = deployed()?.evaluate(context, &foreach.r#in).map_err(failed)?;
        let elements = match json!(range) {
            Json::Array(elements) => elements,
            other => {
                return Err(failed(format!(
                    "`{}` gives {other}, and an array is needed",
                    foreach.r#in
                )));
            }
        };
        let mut acts = Vec::with_capacity(elements.len());
        for element in elements {
            let element = Value::try_from(element).map_err(failed)?;
            acts.push(act(
                context,
                &foreach.act,
                Map::from_iter([(foreach.item.as_str(), element)]),
            )?);
        }
        context.build_acts(&acts, false)?;
        Ok(None)
    }
}

/// `selvedge.choose`: the act of the first case whose condition holds.
#[derive(Clone)]
pub struct ChoosePackage;

#[async_trait]
impl ActPackage for ChoosePackage {
    fn new(_: &Config) -> Result<Self> {
        Ok(Self)
    }

    fn definition() -> ActPackageDefinition {
        described(
            "selvedge.choose",
            "runs the act of the first case whose condition holds",
        )
    }

    async fn execute(&self, context: &Context, params: &Json) -> Result<Option<Vars>> {
        for case in Vec::<Case>::deserialize(params)? {
            let taken = match &case.r#if {
                Some(condition) => deployed()?.holds(context, condition).map_err(failed)?,
                None => true,
            };
            if taken {
                context.build_acts(&[act(context, &case.act, Map::new())?], false)?;
                break;
            }
        }
        Ok(None)
    }
}

/// `selvedge.params`: definitions of parameters, whose values become the process's variables.
#[derive(Clone)]
pub struct ParamsPackage;

#[async_trait]
impl ActPackage for ParamsPackage {
    fn new(_: &Config) -> Result<Self> {
        Ok(Self)
    }

    fn definition() -> ActPackageDefinition {
        described("selvedge.params", "evaluates definitions of parameters into variables")
    }

    async fn execute(&self, context: &Context, params: &Json) -> Result<Option<Vars>> {
        let values = deployed()?.parameters(context, Map::new(), params).map_err(failed)?;
        Ok(Some(Vars::deserialize(values)?))
    }
}

/// `app.load`: where a real one would copy a partition, this one makes up its rows.
#[derive(Clone)]
pub struct LoadPackage;

#[async_trait]
impl ActPackage for LoadPackage {
    fn new(_: &Config) -> Result<Self> {
        Ok(Self)
    }

    fn definition() -> ActPackageDefinition {
        described("app.load", "loads a partition")
    }

    async fn execute(&self, context: &Context, params: &Json) -> Result<Option<Vars>> {
        let path = params["path"].as_str().ok_or_else(|| failed("`path` is a text"))?;
        let is_weekend = params["is_weekend"]
            .as_bool()
            .ok_or_else(|| failed("`is_weekend` is a truth value"))?;
        let loaded = match (path.ends_with("20260202"), is_weekend) {
            (true, _) => 0,
            (false, true) => 200,
            (false, false) => 1000,
        };
        println!("acts runs app.load {path}: {loaded} rows");
        let mut rows: Vec<i64> = context.proc.data().get("rows").unwrap_or_default();
        rows.push(loaded);
        Ok(Some(Vars::new().with("rows", rows)))
    }
}

/// `app.report`: where a real one would tell somebody, this one keeps the text.
#[derive(Clone)]
pub struct ReportPackage;

#[async_trait]
impl ActPackage for ReportPackage {
    fn new(_: &Config) -> Result<Self> {
        Ok(Self)
    }

    fn definition() -> ActPackageDefinition {
        described("app.report", "tells what came of it")
    }

    async fn execute(&self, _: &Context, params: &Json) -> Result<Option<Vars>> {
        println!("acts runs app.report {}", params["outcome"]);
        Ok(Some(Vars::new().with("outcome", params["outcome"].clone())))
    }
}
