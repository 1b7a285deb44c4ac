//! A small orchestrator: SQLite keeps a journal of events, selvedge says what they come to. It dies after each event, and the next goes on.

mod host;
mod journal;

use std::collections::VecDeque;
use std::error::Error;
use std::path::Path;
use std::process::{Command as Process, abort};

use host::{SCENARIOS, Scenario};
use journal::Journal;
use selvedge::workflow::{Command, Event, Progress, Ready, Unfolding};

/// A run as an orchestrator holds it: what the journal says, and what is to run.
struct Run<'o> {
    scenario: &'o Scenario,
    journal: &'o Journal,
    unfolding: Unfolding,
    /// How many events the journal has.
    events: usize,
    to_run: VecDeque<Ready>,
}

impl<'o> Run<'o> {
    /// Goes on from the journal, or begins.
    fn open(scenario: &'o Scenario, journal: &'o Journal) -> Result<Self, Box<dyn Error>> {
        let blueprint = scenario.blueprint()?;
        let mut events = journal.events(scenario.name)?;
        if events.is_empty() {
            let begun = scenario.begun(&blueprint);
            journal.append(scenario.name, 0, &begun)?;
            events.push(begun);
        }
        let count = events.len();
        let unfolding = Unfolding::fold(&blueprint, events)?;
        Ok(Self {
            scenario,
            journal,
            // What was started when the other died is among it.
            to_run: unfolding.ready().into(),
            unfolding,
            events: count,
        })
    }

    /// Writes an event down, and then does its result.
    fn happened(&mut self, event: Event) -> Result<(), Box<dyn Error>> {
        // What cannot happen is not written.
        let commands = self.unfolding.apply(event.clone())?;
        self.journal.append(self.scenario.name, self.events, &event)?;
        self.events += 1;
        for command in commands {
            match command {
                Command::Run(step) => self.to_run.push_back(step),
                Command::Stop { step } => self.to_run.retain(|other| other.path != step),
                _ => {}
            }
        }
        Ok(())
    }

    /// The next event: a step begins, or comes to an end.
    fn next(&mut self) -> Option<Event> {
        let step = self.to_run.front_mut()?;
        if !step.started {
            step.started = true;
            return Some(Event::started(&*step.path));
        }
        self.to_run.pop_front().map(|step| self.scenario.run(&step))
    }
}

/// Runs a scenario to its end, or to the event after which it dies, and gives the tree of its outcome.
fn run(scenario: &Scenario, database: &Path, dies_after: Option<usize>) -> Result<String, Box<dyn Error>> {
    let journal = Journal::open(database)?;
    let mut run = Run::open(scenario, &journal)?;
    let mut happened = 0;
    loop {
        if dies_after == Some(happened) {
            // Nothing is closed, flushed or said.
            abort();
        }
        let Some(event) = run.next() else { break };
        run.happened(event)?;
        happened += 1;
    }
    assert!(matches!(run.unfolding.progress(), Progress::Ended(_)));
    Ok(run.unfolding.tree().to_string())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [name, database, dies_after] = &arguments[..] {
        let scenario = Scenario::find(name).ok_or("no such scenario")?;
        print!("{}", run(scenario, Path::new(database), dies_after.parse().ok())?);
        return Ok(());
    }
    let directory = tempfile::tempdir()?;
    for scenario in &SCENARIOS {
        let whole = run(scenario, &directory.path().join("whole.db"), None)?;
        assert!(whole.contains(scenario.end), "{whole}");
        let database = directory.path().join("crashes.db");
        let mut crashes = 0;
        // One process after the other adds an event, and dies.
        loop {
            let mut process = Process::new(std::env::current_exe()?);
            let output = process.arg(scenario.name).arg(&database).arg("1").output()?;
            if output.status.success() {
                assert_eq!(String::from_utf8(output.stdout)?, whole);
                break;
            }
            crashes += 1;
            assert_eq!(Journal::open(&database)?.events(scenario.name)?.len(), crashes + 1);
        }
        println!("{}: {crashes} crashes, and the same end", scenario.name);
    }
    Ok(())
}
