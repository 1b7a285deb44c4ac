//! The expressions of a model: all of them are checked and compiled when it is deployed, and evaluated when acts gets there.

use std::collections::HashMap;
use std::error::Error;

use acts::{Context, Step, Vars, Workflow};
use selvedge::params::{ParameterSet, Plan, Scope};
use selvedge::{Engine, Input, Map, Program, Schema, Type, Value};
use serde::Deserialize;
use serde_json::Value as Json;

/// The parameters of `selvedge.foreach`: an act for each element of an array.
#[derive(Deserialize)]
pub struct Foreach {
    pub item: String,
    pub r#in: String,
    #[serde(flatten)]
    pub act: Called,
}

/// A case of `selvedge.choose`; one without a condition is for when no other holds.
#[derive(Deserialize)]
pub struct Case {
    pub r#if: Option<String>,
    #[serde(flatten)]
    pub act: Called,
}

/// An act, and the definitions of its parameters.
#[derive(Deserialize)]
pub struct Called {
    pub uses: String,
    #[serde(default)]
    pub params: Json,
}

/// What the expressions of one model compiled to, by their texts.
#[derive(Default)]
pub struct Decider {
    programs: HashMap<String, Program>,
    plans: HashMap<String, Plan>,
}

impl Decider {
    /// Compiles a model's expressions against the types of its variables: nothing is deployed that could not run.
    pub fn new(engine: &Engine, model: &Workflow) -> Result<Self, Box<dyn Error>> {
        let mut schema = Schema::new();
        for variable in &model.vars {
            let value = Value::try_from(variable.value.clone())?;
            // Of an empty array nobody knows what its elements will be.
            let ty = match &value {
                Value::List(elements) if elements.is_empty() => Type::Any,
                value => value.type_of(),
            };
            schema.insert(&variable.name, ty)?;
        }
        let mut decider = Self::default();
        for step in &model.steps {
            decider
                .add(engine, &schema, step)
                .map_err(|error| format!("step `{}`: {error}", step.id))?;
        }
        Ok(decider)
    }

    fn add(&mut self, engine: &Engine, schema: &Schema, step: &Step) -> Result<(), Box<dyn Error>> {
        match step.uses.as_deref() {
            Some("selvedge.foreach") => {
                let foreach = Foreach::deserialize(&step.params)?;
                let range = self.add_program(engine, schema, &foreach.r#in)?;
                let item = match range {
                    Type::LongArray => Type::Long,
                    Type::StringArray => Type::String,
                    Type::DoubleArray => Type::Double,
                    _ => Type::Any,
                };
                self.add_plan(engine, &schema.clone().with(&foreach.item, item), &foreach.act.params)
            }
            Some("selvedge.choose") => {
                for case in Vec::<Case>::deserialize(&step.params)? {
                    if let Some(condition) = &case.r#if {
                        let ty = self.add_program(engine, schema, condition)?;
                        if !matches!(ty, Type::Boolean | Type::Any) {
                            return Err(format!("`{condition}` is a {ty}, and a condition is a BOOLEAN").into());
                        }
                    }
                    self.add_plan(engine, schema, &case.act.params)?;
                }
                Ok(())
            }
            Some("selvedge.params") => self.add_plan(engine, schema, &step.params),
            Some("measure") => {
                for condition in Vec::<String>::deserialize(&step.params)? {
                    self.add_program(engine, schema, &condition)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn add_program(&mut self, engine: &Engine, schema: &Schema, source: &str) -> Result<Type, Box<dyn Error>> {
        let program = engine
            .compile(source, schema)
            .map_err(|error| error.report("model.yaml"))?;
        let ty = program.result_type();
        self.programs.insert(source.to_owned(), program);
        Ok(ty)
    }

    fn add_plan(&mut self, engine: &Engine, schema: &Schema, definitions: &Json) -> Result<(), Box<dyn Error>> {
        let key = definitions.to_string();
        let scope = Scope::new().with_types(schema.clone());
        let plan = ParameterSet::from_json(&key).and_then(|set| set.plan(engine, &scope));
        self.plans.insert(key, plan?);
        Ok(())
    }

    /// The compiled program of a text.
    pub fn program(&self, source: &str) -> Result<&Program, String> {
        self.programs
            .get(source)
            .ok_or_else(|| format!("`{source}` was not deployed"))
    }

    /// Evaluates an expression over the process's variables.
    pub fn evaluate(&self, context: &Context, source: &str) -> Result<Value, String> {
        let program = self.program(source)?;
        let names = program.parameters().map(|(name, _)| name);
        let values: Vec<Value> = names.map(|name| variable(context, name)).collect::<Result<_, _>>()?;
        let slots: Vec<Input<'_>> = values.iter().map(Input::Value).collect();
        match program.evaluate_slots(&slots) {
            Ok(outcome) => Ok(outcome.into_value()),
            Err(error) => Err(format!("`{source}`: {error}")),
        }
    }

    /// Whether a condition holds.
    pub fn holds(&self, context: &Context, source: &str) -> Result<bool, String> {
        match self.evaluate(context, source)? {
            Value::Boolean(holds) => Ok(holds),
            other => Err(format!("`{source}` gives {other}, and a condition is a BOOLEAN")),
        }
    }

    /// Evaluates definitions over the process's variables, and those given.
    pub fn parameters(&self, context: &Context, given: Map, definitions: &Json) -> Result<Json, String> {
        let plan = self.plans.get(&definitions.to_string());
        let plan = plan.ok_or("these parameters were not deployed")?;
        let seen: Vars = context.proc.data();
        let mut around = Map::new();
        for (name, value) in seen.iter() {
            // Variables of acts' own have names and values that expressions do not have.
            if let Ok(value) = Value::try_from(value.clone()) {
                around.insert(name, value);
            }
        }
        let report = plan.evaluate(&Scope::new().with_values(given).with_values(around));
        match report.error() {
            Some(problem) => Err(problem.to_string()),
            None => serde_json::to_value(report.values()).map_err(|error| error.to_string()),
        }
    }
}

/// A variable of the process, which is what acts shows to its own conditions.
pub fn variable(context: &Context, name: &str) -> Result<Value, String> {
    let root = context.proc.root().ok_or("the process has not begun")?;
    let json = root.with_data(|variables| variables.get_value(name).cloned());
    let json = json.ok_or_else(|| format!("`{name}` is not set"))?;
    Value::try_from(json).map_err(|error| format!("`{name}`: {error}"))
}
