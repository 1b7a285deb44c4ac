//! What stands around a workflow, as flags give it: parameters, signals, defaults, and the answers of functions.

use std::path::PathBuf;

use clap::Args;
use selvedge::diagnostic::{escape, quote};
use selvedge::params::{Definition, InternalMode, Occasion, Orchestrator, ParamType, ParameterSet, Scope, answered_by};
use selvedge::platform::Platform;
use selvedge::workflow::{BlueprintBuilder, Defaults};
use selvedge::{Engine, HostError, Map, Schema, Type, Value};

use crate::deadline::Deadline;
use crate::defaults::DefaultsFlags;
use crate::exit::Failed;
use crate::given;
use crate::signals::{SignalFlags, Signals};

/// The flags for what stands around a workflow.
#[derive(Args, Debug)]
pub(crate) struct AroundFlags {
    /// A JSON file of the types of parameters that are there beside those of FILE, such as the time of the run
    #[arg(long, value_name = "SCHEMA.json")]
    schema: Option<PathBuf>,
    /// A JSON file of values of parameters that are there beside those of FILE
    #[arg(long, value_name = "FILE.json")]
    around: Option<PathBuf>,
    /// What `params.getFromInstance` answers for a field
    #[arg(long = "instance", value_name = "FIELD=VALUE")]
    instance: Vec<String>,
    /// A JSON file of what functions of `params` answer: under the name of each its answer, or a map by its arguments
    #[arg(long, value_name = "FILE.json")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    defaults: DefaultsFlags,
    #[command(flatten)]
    signals: SignalFlags,
}

/// What stands around a workflow.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    types: Option<Schema>,
    values: Map,
    answers: Map,
    pub(crate) defaults: Defaults,
    signals: Signals,
}

impl AroundFlags {
    /// What the flags say.
    pub(crate) fn read(&self, platform: &Platform, deadline: Deadline) -> Result<Around, Failed> {
        let schema = self
            .schema
            .as_deref()
            .map(|path| given::read_json::<Schema>(path, deadline));
        let mut types = match schema.transpose()? {
            Some(types) => Some(platform.readable(types)),
            None => platform.parameters().cloned(),
        };
        let map = |path: &PathBuf| given::map(path, deadline, "a JSON object is needed");
        let values = self.around.as_ref().map(map).transpose()?.unwrap_or_default();
        for (name, value) in &values {
            let known = types.take().unwrap_or_default();
            types = Some(match known.get(name) {
                Some(_) => known,
                None => known.with(name, value.type_of()),
            });
        }
        let mut answers = self.answers.as_ref().map(map).transpose()?.unwrap_or_default();
        let mut instance = match answers.get("getFromInstance") {
            Some(Value::Map(fields)) => fields.clone(),
            _ => Map::new(),
        };
        for (name, value) in given::pairs("--instance", &self.instance, |_| false, deadline)? {
            instance.insert(name, value);
        }
        answers.insert("getFromInstance", Value::Map(instance));
        Ok(Around {
            types,
            values,
            answers,
            defaults: self.defaults.read(deadline)?,
            signals: self.signals.read(deadline)?.with_names(platform.signals()),
        })
    }
}

impl Around {
    /// Whether a parameter is a text: by its definition, else by the types of what is around.
    pub(crate) fn is_text(&self, name: &str, own: &ParameterSet) -> bool {
        match own.get(name) {
            Some(definition) => definition.declared_type() == Some(ParamType::String),
            None => self.types.as_ref().and_then(|types| types.get(name)) == Some(Type::String),
        }
    }

    /// The builder of a workflow, with all that is around it.
    pub(crate) fn declare(&self, builder: BlueprintBuilder) -> BlueprintBuilder {
        let builder = self.signals.declare(builder).orchestrator(self.orchestrator());
        let builder = builder.defaults(self.defaults.clone());
        match &self.types {
            Some(types) => builder.surroundings(types.clone()),
            None => builder,
        }
    }

    /// What is given for the parameters of a workflow, with the values around it that it has no parameters for.
    pub(crate) fn given(&self, given: &Map, own: &ParameterSet) -> Map {
        let others = self.values.iter().filter(|(name, _)| own.get(name).is_none());
        let mut all: Map = others.map(|(name, value)| (name, value.clone())).collect();
        all.extend(given.clone());
        all
    }

    /// What is given for the parameters of a set, and what is given for those around it, as their types.
    pub(crate) fn split(&self, given: &Map, own: &ParameterSet) -> Result<(Map, Map), Failed> {
        let mut around = ParameterSet::new();
        let (mut of_own, mut of_others) = (Map::new(), Map::new());
        for (name, value) in self.given(given, own) {
            let types = self.types.as_ref().filter(|_| own.get(&name).is_none());
            let ty = types.and_then(|types| types.get(&name));
            match ty {
                Some(ty) => {
                    let definition = Definition::missing(InternalMode::Required);
                    let definition = match ParamType::of_type(ty) {
                        Some(ty) => definition.with_type(ty),
                        None => definition,
                    };
                    around.insert(&name, definition);
                    of_others.insert(name, value);
                }
                None => {
                    of_own.insert(name, value);
                }
            }
        }
        let refused = |refused| Failed::from(format!("--around: {refused}"));
        around.set_values(&of_others, Occasion::Start).map_err(refused)?;
        let plan = around.plan(&Engine::default(), &Scope::new()).map_err(refused)?;
        Ok((of_own, plan.evaluate(&Scope::new()).values()))
    }

    /// What a set of parameters may read beside itself.
    pub(crate) fn scope(&self, own: &ParameterSet, values: Map) -> Scope {
        let scope = self.signals.scope();
        let scope = match values.is_empty() {
            true => scope,
            false => scope.with_values(values),
        };
        match &self.types {
            Some(types) => {
                let others = types.iter().filter(|(name, _)| own.get(name).is_none());
                scope.with_types(others.fold(Schema::new(), |schema, (name, ty)| {
                    let shaped = types.shape(name).map(|shape| schema.clone().with_shape(name, shape));
                    shaped.and_then(Result::ok).unwrap_or_else(|| schema.with(name, ty))
                }))
            }
            None => scope,
        }
    }

    /// The orchestrator that answers as the flags say.
    pub(crate) fn orchestrator(&self) -> impl Orchestrator + use<> {
        let around = self.clone();
        answered_by(move |function, arguments| {
            let answer = || around.answer(function, arguments);
            match (around.signals.answer(function, arguments), function, arguments) {
                (Some(Ok(given)), ..) => Ok(given),
                (Some(Err(unknown)), ..) => answer().map_err(|_| unknown),
                (None, "getFromInstance", [field]) => {
                    answer().map_err(|_| HostError::new(format!("give it with `--instance {}=…`", escape(field))))
                }
                (None, ..) => answer(),
            }
        })
    }

    /// The answer of a function, by its arguments.
    fn answer(&self, function: &str, arguments: &[&str]) -> Result<Value, HostError> {
        let named = self.answers.get(function);
        let whole = named.or_else(|| self.answers.get(&format!("params.{function}")));
        let found = whole.and_then(|whole| {
            let mut arguments = arguments.iter();
            arguments.try_fold(whole, |found, argument| found.as_map()?.get(argument))
        });
        found.cloned().ok_or_else(|| {
            let arguments: Vec<String> = arguments.iter().map(|argument| quote(argument)).collect();
            let of = match arguments.is_empty() {
                true => String::new(),
                false => format!(" for {}", arguments.join(", ")),
            };
            HostError::new(format!("no --answers gives what `params.{function}` answers{of}"))
        })
    }
}
