//! An expression as dagrs asks for decisions: its traits for conditions, loops and routes, each over the run's variables.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use dagrs::node::conditional_node::Condition;
use dagrs::node::loop_node::LoopCondition;
use dagrs::node::router_node::Router;
use dagrs::{EnvVar, InChannels, OutChannels};
use selvedge::{Engine, Input, Map, Program, Schema, Value};

/// The variables of a run, under which its nodes find them in the graph's environment.
pub const VARIABLES: &str = "variables";

/// The variables of a run, and what went wrong in a decision: dagrs takes yes or no and no error.
#[derive(Default)]
pub struct Variables {
    pub values: Map,
    pub problem: Option<String>,
}

/// Those of a run, in its environment.
pub type Shared = Arc<Mutex<Variables>>;

/// Looks at the variables. What panicked elsewhere leaves them as they are.
pub fn locked(shared: &Shared) -> MutexGuard<'_, Variables> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A condition, checked and compiled once.
pub struct Decision {
    program: Program,
}

impl Decision {
    /// Compiles it against the types of the variables.
    pub fn new(engine: &Engine, schema: &Schema, source: &str) -> Result<Self, String> {
        let program = engine.compile(source, schema).map_err(|error| error.report(source))?;
        Ok(Self { program })
    }

    /// Whether it holds. What cannot be decided holds not, and the run is told.
    pub fn holds(&self, shared: &Shared) -> bool {
        let mut variables = locked(shared);
        let names = self.program.parameters();
        let slots: Vec<Input<'_>> = names
            .map(|(name, _)| variables.values.get(name).map_or(Input::Absent, Input::Value))
            .collect();
        let problem = match self.program.evaluate_slots(&slots) {
            Ok(outcome) => match outcome.value() {
                Value::Boolean(holds) => return *holds,
                other => format!(
                    "`{}` gives {other}, and a condition is a BOOLEAN",
                    self.program.source()
                ),
            },
            Err(error) => format!("`{}`: {error}", self.program.source()),
        };
        variables.problem.get_or_insert(problem);
        false
    }

    fn holds_in(&self, environment: &EnvVar) -> bool {
        environment
            .get_ref::<Shared>(VARIABLES)
            .is_some_and(|shared| self.holds(shared))
    }
}

#[async_trait]
impl Condition for Decision {
    async fn run(&self, inputs: &mut InChannels, _: &OutChannels, environment: Arc<EnvVar>) -> bool {
        // dagrs begins the nodes up to a condition side by side: what leads here says when it is done.
        inputs.map(|_| ()).await;
        self.holds_in(&environment)
    }
}

impl LoopCondition for Decision {
    fn should_continue(&mut self, _: &InChannels, _: &OutChannels, environment: Arc<EnvVar>) -> bool {
        self.holds_in(&environment)
    }
}

/// Cases in order, each with the node it leads to; the first that holds is taken.
pub struct Cases(pub Vec<(Decision, usize)>);

#[async_trait]
impl Router for Cases {
    async fn route(&self, _: &mut InChannels, _: &OutChannels, environment: Arc<EnvVar>) -> Vec<usize> {
        let mut cases = self.0.iter();
        let taken = cases.find(|(decision, _)| decision.holds_in(&environment));
        taken.map(|(_, node)| *node).into_iter().collect()
    }
}
