//! A workflow's definition checked as a whole: the graph, what each step may read, and every expression.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use foldhash::fast::RandomState;

use super::attribute::{Attribute, Sees};
use super::compiled::{Ancestors, Body, BodyId, Compiled, CompiledStep, OUTERMOST, StepId, StepIndex};
use super::definition::{Step, StepKind, Transition, When, Workflow};
use super::explain::{CONDITION, Condition, Explanation};
use super::gathered;
use super::graph;
use super::list::List;
use crate::arena::{Arena, Id};
use crate::diagnostic::{Code, quote};
use crate::engine::Engine;
use crate::params::bounded;
use crate::params::known::{Known, KnownKind, KnownStep, KnownWorkflows};
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::plan::{Plan, Work};
use crate::params::problem::key_path;
use crate::params::problem::{error, error_with_help};
use crate::params::scope::{Scope, StepState};
use crate::params::{Definition, DefinitionError, ParamType, ParameterSet, Problem};
use crate::schema::Schema;
use crate::source::Position;
use crate::types::Type;

/// Steps and bytes for a step and a transition in the tables of their list.
const STEP_STEPS: u64 = 100;
const STEP_BYTES: u64 = 1_000;
const TRANSITION_STEPS: u64 = 20;
const TRANSITION_BYTES: u64 = 100;
/// The name of a loop's parameters among those of its step.
pub(super) const LOOP_PARAMS: &str = "loop_params";
/// The name of an iteration's number.
pub(super) const LOOP_INDEX: &str = "loop_index";

/// What surrounds the steps of a list: the scopes around, and the steps that ran before the loop it belongs to.
#[derive(Clone)]
struct Around {
    scope: Scope,
    /// Layers from the nearest to the furthest.
    layers: Vec<Arc<Schema>>,
}

impl Around {
    /// A scope with the layers further out.
    fn outside(&self, scope: Scope) -> Scope {
        self.layers.iter().cloned().fold(scope, Scope::with_types)
    }
}

pub(super) struct Compiler<'c> {
    engine: &'c Engine,
    problems: &'c mut Vec<Problem>,
    meter: &'c mut Meter,
    most_steps: u64,
    bodies: Arena<Body>,
    /// Each step, once it is checked.
    steps: Vec<Option<CompiledStep>>,
    by_id: HashMap<Arc<str>, StepId, RandomState>,
    /// The lists inside steps.
    inner_of: HashMap<StepId, BodyId, RandomState>,
    /// Every step of the workflow, as one that does not run before.
    not_run: Scope,
    /// No steps, but signals.
    signals: Scope,
    known: Known,
    /// The plans of the workflow's own attributes.
    attributes: Vec<Plan>,
}

impl<'c> Compiler<'c> {
    pub(super) fn new(
        engine: &'c Engine,
        problems: &'c mut Vec<Problem>,
        (meter, most_steps): (&'c mut Meter, u64),
        signals: Scope,
        workflows: Arc<KnownWorkflows>,
    ) -> Self {
        Self {
            engine,
            problems,
            meter,
            most_steps,
            bodies: Arena::default(),
            steps: Vec::new(),
            by_id: HashMap::default(),
            inner_of: HashMap::default(),
            not_run: signals.clone(),
            signals,
            attributes: Vec::new(),
            known: Known {
                workflows,
                ..Known::default()
            },
        }
    }

    pub(super) fn workflow(
        mut self,
        definition: Workflow,
        surroundings: Option<&Arc<Schema>>,
        keeps_plan: bool,
    ) -> Compiled {
        let around = self.not_run.clone();
        // Where it runs they are parameters of the workflow, which its own definitions replace.
        let others = surroundings.map(|types| types.without(|name| definition.params.get(name).is_some()));
        let around = others.into_iter().fold(around, Scope::with_types);
        let params_held = definition.params.held();
        let steps = count(&definition.steps);
        if steps as u64 > self.most_steps {
            let message = format!("the workflow has {steps} steps, the limit is {}", self.most_steps);
            self.problems.push(error("workflow", None, Code::WorkflowSize, message));
            return self.compiled(definition, params_held, None);
        }
        // What has no value may be given one by whoever starts it.
        let lacks_values = definition.params.iter().any(|(_, parameter)| parameter.lacks_value());
        let params = &definition.params;
        let known = Known {
            of_workflow: true,
            ..Known::default()
        };
        let around = around.with_known(Arc::new(known));
        let planned = params.plan_types_in(self.engine, &around, "workflow.params", self.meter);
        let plan = self.planned(planned);
        // What stops the call its meter keeps.
        if self.meter.check().is_ok() && self.lay_out(&definition.steps, None).is_ok() {
            let known = Arc::new(std::mem::take(&mut self.known));
            self.not_run = std::mem::take(&mut self.not_run).with_known(Arc::clone(&known));
            let own = Arc::new(declared_types(&definition.params));
            let around = Around {
                scope: self.not_run.clone(),
                layers: std::iter::once(own).chain(surroundings.cloned()).collect(),
            };
            let _ = self.body(OUTERMOST, &definition.steps, &around);
            let types = plan
                .as_ref()
                .map_or_else(|| declared_types(&definition.params), Plan::schema);
            let scope = self.signals.clone().with_types(types);
            let scope = surroundings.into_iter().cloned().fold(scope, Scope::with_types);
            self.attributes = self.attributes(&definition.attributes, |_| scope.clone());
            self.gather(&known);
        }
        self.compiled(definition, params_held, plan.filter(|_| keeps_plan && !lacks_values))
    }

    /// Lets each loop keep what is asked of its iterations.
    fn gather(&mut self, known: &Known) {
        let gathered = known.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |step: &CompiledStep| gathered::of(&step.definition, &gathered);
        for step in self.steps.iter_mut().flatten().filter(|step| step.inner.is_some()) {
            step.gathered = of(step);
        }
    }

    fn compiled(self, definition: Workflow, params_held: (u64, u64), plan: Option<Plan>) -> Compiled {
        Compiled {
            definition,
            bodies: self.bodies,
            steps: self.steps.into_iter().flatten().collect(),
            by_id: self.by_id,
            params_held,
            plan,
            attributes: self.attributes,
        }
    }

    /// Numbers all lists and steps, and finds the cycles in each list.
    fn lay_out(&mut self, steps: &[Step], parent: Option<(StepId, &Arc<str>)>) -> Result<(), Stop> {
        let count = steps.len() as u64;
        let transitions: usize = steps.iter().map(|step| step.transitions.len()).sum();
        let words = count.div_ceil(64);
        self.meter
            .steps(count * STEP_STEPS + transitions as u64 * (TRANSITION_STEPS + words))?;
        self.meter
            .bytes(count * (STEP_BYTES + 2 * words * 8) + transitions as u64 * TRANSITION_BYTES)?;
        let first = self.steps.len() as u32;
        let ids: Vec<StepId> = (first..).map(Id::new).take(steps.len()).collect();
        let mut body = graph::body(steps, parent.map(|(id, _)| id), self.problems);
        body.steps.clone_from(&ids);
        let body = self.bodies.push(body);
        self.inner_of.extend(parent.map(|(id, _)| (id, body)));
        self.steps.extend(steps.iter().map(|_| None));
        for (step, id) in steps.iter().zip(&ids) {
            self.by_id.insert(Arc::clone(&step.id), *id);
            self.not_run.set_step(Arc::clone(&step.id), StepState::NotRun);
            let known = known(step, parent.map(|(_, id)| id));
            self.known.steps.insert(Arc::clone(&step.id), known);
        }
        for (step, id) in steps.iter().zip(&ids) {
            if !step.inner().is_empty() {
                self.lay_out(step.inner(), Some((*id, &step.id)))?;
            }
        }
        Ok(())
    }

    /// Checks the steps of a list, each after those that lead to it.
    fn body(&mut self, body: BodyId, steps: &[Step], around: &Around) -> Result<(), Stop> {
        let Some(Body { order, ancestors, .. }) = self.bodies.get(body) else {
            return Ok(());
        };
        let (order, ancestors) = (order.clone(), Arc::clone(ancestors));
        let list = Arc::new(List::new(steps, Arc::clone(&ancestors)));
        for index in order {
            let Some(step) = steps.get(index.get()) else {
                continue;
            };
            self.meter.steps(NAME_STEPS)?;
            let mut around = around.clone();
            around.scope = around.scope.with_earlier(List::before(&list, index));
            let handled = self.handled(step, &list, &ancestors)?;
            self.step((body, index), (step, handled), &around, &list)?;
        }
        Ok(())
    }

    /// For each transition of a step, whether what runs where the step fails leads there as well: then the failure keeps nothing from
    /// running.
    fn handled(&mut self, step: &Step, list: &List, ancestors: &Ancestors) -> Result<Vec<bool>, Stop> {
        let index = |transition: &Transition| list.index(&transition.to);
        let handlers = step
            .transitions
            .iter()
            .filter(|transition| transition.when == When::OnFailure);
        let handlers: Vec<StepIndex> = handlers.filter_map(index).collect();
        self.meter.steps((step.transitions.len() * handlers.len()) as u64)?;
        let is_handled = |to: StepIndex| handlers.iter().any(|from| *from == to || ancestors.leads(*from, to));
        let handled = step
            .transitions
            .iter()
            .map(|transition| index(transition).is_some_and(is_handled));
        Ok(handled.collect())
    }

    /// Checks a step, and gives the types of its parameters.
    fn step(
        &mut self,
        (body, index): (BodyId, StepIndex),
        (step, handled): (&Step, Vec<bool>),
        around: &Around,
        list: &Arc<List>,
    ) -> Result<(), Stop> {
        self.meter.steps(STEP_STEPS)?;
        self.meter.bytes(STEP_BYTES)?;
        let scope = around.outside(around.scope.clone());
        let path = key_path(&step.path, "params");
        let plan = self.plan(&step.params, &scope.clone().of_step(&step.id), &path);
        self.meter.check()?;
        // Where that is wrong, what comes after is checked as far as it can be.
        let schema = Arc::new(plan.as_ref().map_or_else(|| declared_types(&step.params), Plan::schema));
        let own_scope = around.scope.clone().with_types(Arc::clone(&schema));
        let own_scope = around.outside(own_scope.with_earlier(List::own(list, index, &schema)));
        let conditions = step
            .transitions
            .iter()
            .map(|transition| self.transition(step, transition, &own_scope));
        let conditions = conditions.collect();
        let signals = self.signals.clone();
        let attributes = self.attributes(&step.attributes, |sees| match sees {
            Sees::Around | Sees::Signals => around.outside(signals.clone()),
            Sees::StepsBefore => scope.clone(),
            Sees::OwnParameters => own_scope.clone(),
        });
        let (loop_types, repeat) = self.loop_of(step, plan.as_ref(), around, &schema);
        self.meter.check()?;
        let id = self.bodies.get(body).and_then(|body| body.step(index));
        let inner = self.inner_body(step, id, around, loop_types, Arc::clone(&schema))?;
        let slot = id.and_then(|id| self.steps.get_mut(id.index()));
        if let (Some(slot), Some(plan)) = (slot, plan) {
            *slot = Some(CompiledStep {
                definition: step.clone(),
                body,
                index,
                inner,
                plan,
                conditions,
                handled,
                repeat,
                attributes,
                gathered: Vec::new(),
            });
        }
        Ok(())
    }

    fn inner_body(
        &mut self,
        step: &Step,
        id: Option<StepId>,
        around: &Around,
        loop_types: Arc<Schema>,
        own: Arc<Schema>,
    ) -> Result<Option<BodyId>, Stop> {
        let Some(inner) = id.and_then(|id| self.inner_of.get(&id).copied()) else {
            return Ok(None);
        };
        let mut around = around.clone();
        around.layers.insert(0, own);
        if let StepKind::While { .. } = step.kind {
            around
                .layers
                .insert(0, Arc::new(Schema::new().with(CONDITION, Type::Boolean)));
        }
        around.layers.insert(0, loop_types);
        self.body(inner, step.inner(), &around)?;
        Ok(Some(inner))
    }

    fn plan(&mut self, set: &ParameterSet, scope: &Scope, path: &str) -> Option<Plan> {
        let planned = set.plan_in(self.engine, scope, path, self.meter);
        self.planned(planned)
    }

    /// Takes over what is wrong with a set, or what is to be known of it.
    fn planned(&mut self, planned: Result<Plan, DefinitionError>) -> Option<Plan> {
        match planned {
            Ok(plan) => {
                bounded::add(self.problems, plan.warnings.iter().cloned());
                Some(plan)
            }
            Err(found) => {
                bounded::add(self.problems, found);
                None
            }
        }
    }

    /// The plans of what is said beside parameters: of each, where nothing is wrong.
    fn attributes(&mut self, attributes: &[Attribute], scope: impl Fn(Sees) -> Scope) -> Vec<Plan> {
        let mut plans = Vec::with_capacity(attributes.len());
        for attribute in attributes {
            let scope = match attribute.sees {
                Sees::Signals => {
                    let signals = attribute.signals.iter();
                    signals.fold(Scope::new(), |scope, name| {
                        scope.with_signal_types(name, Schema::open())
                    })
                }
                sees => scope(sees),
            };
            let set = ParameterSet::new().with(&attribute.key, attribute.definition.clone());
            let planned = set.plan_one_in(self.engine, &scope, &attribute.path, self.meter);
            plans.extend(self.planned(planned));
        }
        plans
    }

    fn transition(&mut self, step: &Step, transition: &Transition, scope: &Scope) -> Option<Box<Condition>> {
        let When::If(source) = &transition.when else {
            return None;
        };
        let path = key_path(&step.path, "transition");
        let plan = self.condition(source, transition.place, scope, &key_path(&path, &transition.to))?;
        // What stops the call its meter keeps.
        let explanation = Explanation::of(source, &plan, self.engine, self.meter).ok()?;
        Some(Box::new(Condition { plan, explanation }))
    }

    fn condition(&mut self, source: &str, place: Option<Position>, scope: &Scope, path: &str) -> Option<Plan> {
        let definition = Definition::expression(source).with_type(ParamType::Boolean).at(place);
        self.plan(&ParameterSet::new().with(CONDITION, definition), scope, path)
    }

    /// The types of a loop's parameters inside it, and the condition of a while.
    fn loop_of(
        &mut self,
        step: &Step,
        plan: Option<&Plan>,
        around: &Around,
        own: &Arc<Schema>,
    ) -> (Arc<Schema>, Option<Plan>) {
        let is_foreach = match &step.kind {
            StepKind::Foreach { .. } => true,
            StepKind::While { .. } => false,
            StepKind::Plain { .. } | StepKind::Subworkflow { .. } => return (Arc::new(Schema::new()), None),
        };
        let types = match plan {
            Some(plan) => self.loop_types(step, plan, is_foreach),
            None => Arc::new(Schema::open()),
        };
        let StepKind::While { condition, place, .. } = &step.kind else {
            return (types, None);
        };
        let scope = around
            .scope
            .clone()
            .with_types(Arc::clone(&types))
            .with_types(Arc::clone(own));
        let scope = around.outside(scope);
        let repeat = self.condition(condition, *place, &scope, &key_path(&step.path, "condition"));
        (types, repeat)
    }

    fn loop_types(&mut self, step: &Step, plan: &Plan, is_foreach: bool) -> Arc<Schema> {
        let mut schema = Schema::new().with(LOOP_INDEX, Type::Long);
        let item = plan.items.iter().find(|item| &*item.name == LOOP_PARAMS);
        let members = match item.map(|item| &item.work) {
            Some(Work::Members(members)) if !members.is_empty() || !is_foreach => members,
            None if !is_foreach => return Arc::new(schema),
            _ => {
                let message = format!("the loop {} has no loop parameters", quote(&step.id));
                let help =
                    "define `loop_params`, a MAP with an array for each, or `params` and `ranges` in the shorthand";
                let problem = error_with_help(&step.path, step.place, Code::LoopParameter, message, help);
                self.problems.push(problem);
                return Arc::new(Schema::open());
            }
        };
        for member in members {
            let element = member
                .shape
                .as_ref()
                .filter(|_| is_foreach)
                .and_then(|shape| shape.element());
            let ty = match (is_foreach, member.ty) {
                (_, Type::Any) => Type::Any,
                (true, ty) => ty.element().unwrap_or(Type::Void),
                (false, ty) if ty.element().is_some() || ty == Type::Map => Type::Void,
                (false, ty) => ty,
            };
            if ty == Type::Void {
                let wanted = if is_foreach { "an array" } else { "a single value" };
                let message = format!(
                    "expected {wanted} for the loop parameter {}, found {}",
                    quote(&member.name),
                    member.ty
                );
                self.problems
                    .push(error(&member.path, member.place, Code::LoopParameter, message));
            }
            schema = match element {
                Some((ty, shape)) => schema.with_whole(&member.name, ty, shape.map(Arc::new).as_ref()),
                None => schema.with(&member.name, ty),
            };
        }
        Arc::new(schema)
    }
}

/// What calls of `params` may ask of a step.
fn known(step: &Step, parent: Option<&Arc<str>>) -> KnownStep {
    let kind = match &step.kind {
        StepKind::Foreach { .. } => KnownKind::Foreach,
        StepKind::Subworkflow { .. } => KnownKind::Subworkflow(step.known_subworkflow().map(Into::into)),
        StepKind::Plain { .. } | StepKind::While { .. } => KnownKind::Other,
    };
    KnownStep {
        kind,
        type_name: step.type_name().into(),
        parent: parent.cloned(),
        params: Arc::clone(&step.params),
    }
}

/// How many steps a list has, those inside loops among them.
fn count(steps: &[Step]) -> usize {
    let mut count = 0;
    let mut pending = vec![steps];
    while let Some(steps) = pending.pop() {
        count += steps.len();
        pending.extend(steps.iter().map(Step::inner));
    }
    count
}

/// The types that are declared; those that follow from a value may change with it.
fn declared_types(set: &ParameterSet) -> Schema {
    set.iter().fold(Schema::new(), |schema, (name, definition)| {
        let ty = definition.declared_type().map_or(Type::Any, ParamType::in_language);
        schema.with_whole(name, ty, definition.shape.as_ref())
    })
}
