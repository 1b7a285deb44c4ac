//! Tests of a workflow: it is unfolded with the outcome of its steps, and what was told on the way is looked at.

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::found::{Found, FoundError};
use super::reader::Placed;
use super::session::{File, Session};
use super::verdict::{Failure, MOST_UNKNOWN, Verdict};
use super::wanted::{Field, Key, RUNNING};
use crate::diagnostic::Code;
use crate::limits::Usage;
use crate::params::problem::key_path;
use crate::params::{DefinitionError, Problem};
use crate::schema::Schema;
use crate::value::Map;
use crate::workflow::{
    Answers, Blueprint, Command, CompleteError, Event, FoldError, Progress, TreeStep, Unfolding, Why, Workflow,
};

/// Unfolds the workflow of a file with what the test gives.
pub(super) fn run<'r>(session: &Session<'r>, named: &Placed<String>) -> Result<Found<'r>, Box<Verdict>> {
    let file = session.file(named)?;
    let blueprint = match build(session, &file)? {
        Ok(blueprint) => blueprint,
        Err(refused) => return Ok(Found::refused(FoundError::of_definitions(&refused, &file.path))),
    };
    unknown_steps(session, &blueprint)?;
    let answers = outcomes(session)?;
    let mut walk = match Walk::begin(session, &blueprint) {
        Ok(walk) => walk,
        Err(FoldError::Start(refused)) => {
            return Ok(Found::refused(FoundError::of_definitions(&refused, &file.path)));
        }
        Err(other) => return Ok(Found::refused(FoundError::of_message(other.to_string()))),
    };
    let walked = match session.given(|layer| layer.events.as_ref()) {
        Some(events) => walk.follow(session, events)?,
        None => walk.finish(session, &answers),
    };
    let error = walked.err().map(|(step, error)| of_complete(&step, &error, &file.path));
    Ok(Found {
        error,
        warnings: blueprint.warnings().iter().map(Problem::code).collect(),
        usage: walk.usage,
        look: Box::new(move |key| walk.look(key)),
    })
}

/// The blueprint of the definition, or what is wrong with it.
fn build(session: &Session<'_>, file: &File) -> Result<Result<Blueprint, DefinitionError>, Box<Verdict>> {
    let read = |file: &File| match file.is_json {
        true => Workflow::from_json_with(&file.text, session.interrupt),
        false => Workflow::from_yaml_with(&file.text, session.interrupt),
    };
    let workflow = match read(file) {
        Ok(workflow) => workflow,
        Err(refused) => return Ok(Err(refused)),
    };
    let answers = session.answers();
    let signals = answers.signals.clone();
    let mut builder = Blueprint::builder(workflow)
        .orchestrator(answers.orchestrator())
        .defaults(session.defaults()?);
    for (name, signal) in &signals {
        let types = signal.as_map().map_or_else(Schema::open, Schema::infer_from);
        builder = builder.signal(name, types);
    }
    if let Some(types) = session.types(&session.values(|layer| &layer.ambient)) {
        builder = builder.surroundings(types);
    }
    for named in session.test.layers.iter().flat_map(|layer| &layer.subworkflows) {
        let file = session.file(named)?;
        match read(&file) {
            Ok(workflow) => builder = builder.subworkflow(workflow),
            Err(refused) => return Err(session.refused(named, &refused.report(&file.path))),
        }
    }
    Ok(builder.build_with(&session.engine(), session.interrupt))
}

/// Holds the steps that the test names against those there are.
fn unknown_steps(session: &Session<'_>, blueprint: &Blueprint) -> Result<(), Box<Verdict>> {
    let mut failures = Vec::new();
    let mut find = |path: &str, place, step: &str| {
        if failures.len() < MOST_UNKNOWN
            && let Err(unknown) = blueprint.find_step(step)
        {
            let failure = Failure::new(path, place, unknown.message());
            failures.push(failure.with_help(unknown.help().map(str::to_owned)));
        }
    };
    for (step, outcome) in session.placed(|layer| &layer.outcomes) {
        find(
            &key_path(&key_path(&session.test.path, "outcomes"), step),
            outcome.place,
            step,
        );
    }
    if let Some(until) = session.given(|layer| layer.until.as_ref()) {
        find(&key_path(&session.test.path, "until"), until.place, &until.value);
    }
    for event in session.given(|layer| layer.events.as_ref()).into_iter().flatten() {
        if let Some(step) = event.value.step() {
            find(&key_path(&session.test.path, "events"), event.place, step);
        }
    }
    for wanted in session.test.wanted() {
        match &wanted.key {
            Key::Step(step, _) => find(&wanted.path, wanted.place, step),
            Key::Path => texts(&wanted.what).for_each(|step| find(&wanted.path, wanted.place, step)),
            Key::Skipped => {
                let named = wanted.what.as_object().into_iter().flat_map(serde_json::Map::keys);
                let named = named.map(String::as_str).chain(texts(&wanted.what));
                named.for_each(|step| find(&wanted.path, wanted.place, step));
            }
            _ => {}
        }
    }
    Verdict::unless_empty(failures)
}

fn texts(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// The outcome of the steps.
fn outcomes(session: &Session<'_>) -> Result<Answers, Box<Verdict>> {
    let given = session.placed(|layer| &layer.outcomes);
    let map: Map = given
        .iter()
        .map(|(step, outcome)| (*step, outcome.value.clone()))
        .collect();
    Answers::from_map_with(&map, session.interrupt).map_err(|refused| {
        let path = key_path(&key_path(&session.test.path, "outcomes"), refused.step());
        let place = given.get(refused.step()).and_then(|outcome| outcome.place);
        Box::new(Verdict::of(Failure::new(&path, place, refused.to_string())))
    })
}

/// The step at which a walk ended, and why.
type Stopped = (String, CompleteError);

/// A workflow while it is unfolded, and what was told on the way.
struct Walk {
    unfolding: Unfolding,
    /// The steps that began, in order.
    path: Vec<String>,
    skipped: IndexMap<String, Vec<Why>>,
    /// A line for each command.
    events: Vec<String>,
    usage: Usage,
    most_steps: u64,
}

impl Walk {
    fn begin(session: &Session<'_>, blueprint: &Blueprint) -> Result<Self, FoldError> {
        let mut params = session.values(|layer| &layer.params);
        for (name, value) in &session.values(|layer| &layer.ambient) {
            let is_own = blueprint
                .workflow()
                .is_some_and(|workflow| workflow.params().get(name).is_some());
            if !is_own {
                params.insert(name, value.clone());
            }
        }
        let mut begun = blueprint.begun(params);
        if let Event::Begun { again, .. } = &mut begun {
            *again = session.given(|layer| layer.restart).unwrap_or_default();
        }
        let (unfolding, commands) = Unfolding::open_with(blueprint, begun, session.interrupt)?;
        let mut walk = Self {
            usage: unfolding.usage(),
            most_steps: blueprint.limits().walk_steps,
            unfolding,
            path: Vec::new(),
            skipped: IndexMap::new(),
            events: Vec::new(),
        };
        walk.note(commands);
        Ok(walk)
    }

    /// Tells the unfolding of events, in order.
    fn follow(&mut self, session: &Session<'_>, events: &[Placed<Event>]) -> Result<Result<(), Stopped>, Box<Verdict>> {
        for event in events {
            if let Err(error) = self.apply(session, event.value.clone()) {
                let path = key_path(&session.test.path, "events");
                let failure = Failure::new(&path, event.place, format!("the event is refused: {error}"));
                return Err(Box::new(Verdict::of(failure)));
            }
        }
        Ok(Ok(()))
    }

    /// Ends what is ready as the outcomes say, until nothing is, or until a step is ready that is walked to.
    fn finish(&mut self, session: &Session<'_>, answers: &Answers) -> Result<(), Stopped> {
        let until = session.given(|layer| layer.until.as_ref()).map(|until| &*until.value);
        loop {
            let round: Vec<(String, String)> = self
                .unfolding
                .each_ready()
                .map(|ready| (ready.path, ready.id))
                .collect();
            let is_there = |(path, id): &(String, String)| until.is_some_and(|until| until == path || until == id);
            if round.is_empty() || round.iter().any(is_there) {
                return Ok(());
            }
            for (path, id) in round {
                let event = answers.answer(&path, &id).event(&*path);
                match self.apply(session, event) {
                    // One that failed at once stopped those beside it.
                    Ok(()) | Err(CompleteError::NotReady { .. }) => {}
                    Err(error) => return Err((path, error)),
                }
            }
        }
    }

    fn apply(&mut self, session: &Session<'_>, event: Event) -> Result<(), CompleteError> {
        let commands = self.unfolding.apply_with(event, session.interrupt);
        let used = self.unfolding.usage();
        self.usage.steps = self.usage.steps.saturating_add(used.steps);
        self.usage.memory = self.usage.memory.saturating_add(used.memory);
        self.note(commands?);
        if self.usage.steps > self.most_steps {
            let message = format!("the walk's step budget of {} steps is exhausted", self.most_steps);
            let problem = crate::params::problem::error("", None, Code::SetBudget, message);
            return Err(CompleteError::Stopped(Box::new(problem)));
        }
        Ok(())
    }

    fn note(&mut self, commands: Vec<Command>) {
        for command in commands {
            let line = match command {
                Command::Run(ready) => {
                    let line = format!("ready {}", ready.path);
                    self.path.push(ready.path);
                    line
                }
                Command::Opened { step } => {
                    let line = format!("open {step}");
                    self.path.push(step);
                    line
                }
                Command::Reset { step } => {
                    self.skipped.shift_remove(&step);
                    format!("reset {step}")
                }
                Command::Stop { step } => format!("stop {step}"),
                Command::Ended { step, status, .. } => format!("{} {step}", status.name()),
                Command::Skipped { step, because } => {
                    let line = format!("skipped {step}");
                    self.skipped.insert(step, because);
                    line
                }
                Command::Finished { status } => format!("finished {}", status.name()),
            };
            self.events.push(line);
        }
    }

    fn look(&self, key: &Key) -> Option<Json> {
        Some(match key {
            Key::Status => match self.unfolding.progress() {
                Progress::Running => RUNNING.into(),
                Progress::Ended(status) => json!(status),
            },
            Key::Values => json!(self.unfolding.tree().parameters()),
            Key::Path => json!(self.path),
            Key::Events => json!(self.events),
            Key::Skipped => self.skipped(),
            Key::Step(path, field) => self.step(path, *field)?,
            _ => return None,
        })
    }

    /// The steps that were skipped, each with the reasons.
    fn skipped(&self) -> Json {
        let steps = self.skipped.iter();
        Json::Object(steps.map(|(step, because)| (step.clone(), reasons(because))).collect())
    }

    fn step(&self, path: &str, field: Field) -> Option<Json> {
        if field == Field::Because {
            return self.skipped.get(path).map(|because| reasons(because));
        }
        let step: TreeStep<'_> = self.unfolding.step_at(path)?;
        Some(match field {
            Field::State => step.state().into(),
            Field::Params => json!(step.parameters()),
            Field::Attributes => match self.unfolding.attributes(path) {
                Ok(attributes) => json!(attributes),
                Err(problem) => json!({"error": problem.to_string()}),
            },
            Field::Error => step.problem().map_or(Json::Null, |problem| {
                let code = problem.own_code().unwrap_or(problem.code().text());
                json!({"code": code, "message": problem.message(), "parameter": problem.parameter()})
            }),
            Field::Because => return None,
        })
    }
}

/// Reasons as texts: the kind of each, and its sentence.
fn reasons(because: &[Why]) -> Json {
    let text = |why: &Why| {
        let tagged = json!(why);
        let kind = tagged.get("why").and_then(Json::as_str).unwrap_or_default();
        format!("{kind}: {why}")
    };
    because.iter().map(text).collect()
}

/// Why a walk ended before its end.
fn of_complete(step: &str, error: &CompleteError, origin: &str) -> FoundError {
    let mut found = match error {
        CompleteError::Outputs(refused) => FoundError::of_definitions(refused, origin),
        CompleteError::Stopped(problem) | CompleteError::Unsettled(problem) => FoundError::of_problem(problem, origin),
        other => FoundError::of_message(other.to_string()),
    };
    if let Some(facts) = found.facts.as_object_mut() {
        facts.insert("step".to_owned(), step.into());
    }
    found.message = format!("{step}: {}", found.message);
    found
}
