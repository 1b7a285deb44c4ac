//! Unfoldings driven by events: commands tell what is new, a journal comes to the state, and a crash after any event loses nothing.
#![cfg(feature = "yaml")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/unfolded.rs"]
mod unfolded;
#[path = "support/walked.rs"]
mod walked;

use std::collections::{BTreeMap, BTreeSet};

use selvedge::workflow::{Answer, Blueprint, Command, Entry, Event, Progress, Snapshot, Status, Unfolding, Workflow};
use selvedge::{Interrupt, Map};
use serde_json::{Value as Json, json};
use walked::{draws, each, lines, state};

/// What an orchestrator knows by commands alone.
#[derive(Debug, Default, PartialEq)]
struct Known {
    to_run: BTreeSet<String>,
    ended: BTreeMap<String, &'static str>,
    finished: Option<Status>,
}

impl Known {
    fn hear(&mut self, commands: Vec<Command>) {
        for command in commands {
            assert!(self.finished.is_none(), "{command:?} after the end");
            // As it goes over the wire.
            let json = serde_json::to_string(&Entry::new(command)).unwrap();
            let Entry { entry, .. } = serde_json::from_str::<Entry<Command>>(&json).unwrap();
            match entry {
                Command::Run(ready) => assert!(self.to_run.insert(ready.path)),
                Command::Opened { .. } => {}
                Command::Stop { step } => assert!(self.to_run.contains(&step)),
                Command::Ended { step, status, .. } => {
                    self.to_run.remove(&step);
                    assert!(self.ended.insert(step, status.name()).is_none());
                }
                Command::Skipped { step, because } => {
                    assert!(!because.is_empty(), "{step}");
                    assert!(self.ended.insert(step, "skipped").is_none());
                }
                Command::Finished { status } => self.finished = Some(status),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Commands tell all that becomes of steps, each once.
#[test]
fn commands_tell_all_that_is_new() {
    let mut told = 0;
    each(|case, blueprint, params, answers| {
        let (mut unfolding, commands) = Unfolding::open(blueprint, blueprint.begun(params.clone())).unwrap();
        let mut known = Known::default();
        told += commands.len();
        known.hear(commands);
        loop {
            let ready: BTreeSet<String> = unfolding.ready().into_iter().map(|step| step.path).collect();
            assert_eq!(known.to_run, ready, "{}", case["about"]);
            let Some(step) = unfolding.ready().into_iter().next() else {
                break;
            };
            assert!(unfolding.apply(Event::started(&*step.path)).unwrap().is_empty());
            let commands = unfolding
                .apply(answers.answer(&step.path, &step.id).event(step.path))
                .unwrap();
            told += commands.len();
            known.hear(commands);
        }
        let Progress::Ended(status) = unfolding.progress() else {
            panic!("{}", case["about"])
        };
        assert_eq!(known.finished, Some(status), "{}", case["about"]);
    });
    assert!(told > 500, "{told}");
}

/// The state is the fold of the events so far, whenever the process ends; and a snapshot goes on as if nothing was.
#[test]
fn a_crash_after_any_event_loses_nothing() {
    let mut points = 0;
    each(|case, blueprint, params, answers| {
        let begun = blueprint.begun(params.clone());
        let mut journal = vec![serde_json::to_string(&Entry::new(begun.clone())).unwrap()];
        let (mut unfolding, _) = Unfolding::open(blueprint, begun).unwrap();
        while let Some(step) = unfolding.ready().into_iter().next() {
            let ended = answers.answer(&step.path, &step.id).event(&*step.path);
            for event in [Event::started(step.path), ended] {
                journal.push(serde_json::to_string(&Entry::new(event.clone())).unwrap());
                unfolding.apply(event).unwrap();
                let events = journal
                    .iter()
                    .map(|line| serde_json::from_str::<Entry<Event>>(line).unwrap().entry);
                let folded = Unfolding::fold(blueprint, events).unwrap();
                assert_eq!(state(&folded), state(&unfolding), "{}", case["about"]);
                let snapshot: Snapshot =
                    serde_json::from_str(&serde_json::to_string(&unfolding.snapshot()).unwrap()).unwrap();
                unfolding = Unfolding::restore(blueprint, snapshot).unwrap();
                assert_eq!(state(&folded), state(&unfolding), "{}", case["about"]);
                points += 1;
            }
            // So long a journal is folded often enough.
            if journal.len() > 60 {
                return;
            }
        }
    });
    assert!(points > 500, "{points}");
}

/// Events of steps that run at the same time give the same in either order, but where one stops what is beside it.
#[test]
fn events_of_independent_steps_commute() {
    let mut pairs = 0;
    each(|case, blueprint, params, answers| {
        let mut unfolding = Unfolding::start(blueprint, params).unwrap();
        for _ in 0..12 {
            let ready = unfolding.ready();
            let [first, second, ..] = &ready[..] else { break };
            let event = |step: &selvedge::workflow::Ready| answers.answer(&step.path, &step.id).event(&*step.path);
            let both = [[first, second], [second, first]].map(|order| {
                let mut clone = unfolding.clone();
                let applied = order.map(|step| clone.apply(event(step)));
                applied.iter().all(Result::is_ok).then(|| lines(&clone))
            });
            if let [Some(one), Some(other)] = both
                && !one.contains(") stopped")
            {
                assert_eq!(one, other, "{}", case["about"]);
                pairs += 1;
            }
            unfolding.apply(event(first)).unwrap();
        }
    });
    assert!(pairs > 60, "{pairs}");
}

/// All that is open is stopped, cleanups run, and then it has ended.
#[test]
fn a_cancelled_unfolding_ends_after_its_cleanups() {
    let mut cleanups = 0;
    each(|case, blueprint, params, answers| {
        let mut unfolding = Unfolding::start(blueprint, params).unwrap();
        if let Some(step) = unfolding.ready().into_iter().nth(1) {
            unfolding
                .apply(answers.answer(&step.path, &step.id).event(step.path))
                .unwrap();
        }
        if unfolding.progress() != Progress::Running {
            return;
        }
        let stopped: BTreeSet<String> = unfolding.ready().into_iter().map(|step| step.path).collect();
        let mut known = Known {
            to_run: stopped.clone(),
            ..Known::default()
        };
        known.hear(unfolding.apply(Event::Cancelled).unwrap());
        assert!(known.to_run.is_disjoint(&stopped), "{}", case["about"]);
        assert!(unfolding.apply(Event::Cancelled).unwrap().is_empty());
        while let Some(step) = unfolding.ready().into_iter().next() {
            known.hear(unfolding.apply(Answer::default().event(step.path)).unwrap());
            cleanups += 1;
        }
        assert_eq!(
            unfolding.progress(),
            Progress::Ended(Status::Stopped),
            "{}",
            case["about"]
        );
        assert_eq!(known.finished, Some(Status::Stopped));
    });
    assert!(cleanups > 5, "{cleanups}");
}

/// What cannot happen is refused, and changes nothing.
#[test]
fn what_cannot_happen_is_refused() {
    let text = "workflow: {id: w, jobs: [{job: {id: a, type: x, transition: [b]}}, {job: {id: b, type: x}}]}";
    let workflow = Workflow::from_yaml(text).unwrap();
    let blueprint = Blueprint::builder(workflow)
        .build(&selvedge::Engine::default())
        .unwrap();
    let begun = blueprint.begun(Map::new());
    let (mut unfolding, _) = Unfolding::open(&blueprint, begun.clone()).unwrap();
    let before = state(&unfolding);
    let mut refuse = |event: Event| unfolding.apply(event).unwrap_err().to_string();
    assert_eq!(refuse(begun), "the unfolding has begun");
    assert_eq!(
        refuse(Event::started("b")),
        "the step `b` cannot take this event: it is waiting for its predecessors"
    );
    assert_eq!(refuse(Event::started("c")), "`c` is not a step of the unfolding");
    assert_eq!(state(&unfolding), before);
    unfolding.apply(Event::started("a")).unwrap();
    let again = unfolding.apply(Event::started("a")).unwrap_err().to_string();
    assert_eq!(again, "the step `a` cannot take this event: it has already begun");
}

/// Loops in each other, two of whose inner iterations have begun.
const LOOPS: &str = r#"{"workflow": {"id": "w", "steps": [
    {"foreach": {"id": "outer", "concurrency": 2, "params": {"loop_params": {"value": {"d": {"value": [1, 2], "type": "LONG_ARRAY"}}, "type": "MAP"}}, "steps": [
        {"foreach": {"id": "inner", "params": {"loop_params": {"value": {"h": {"value": [1], "type": "LONG_ARRAY"}}, "type": "MAP"}}, "steps": [
            {"step": {"id": "load", "type": "t"}}]}}]}}]}}"#;

/// The data of a state may be anybody's: each line changes values of a snapshot that was sound.
#[test]
fn a_forged_snapshot_is_refused() {
    let workflow = Workflow::from_json(LOOPS).unwrap();
    let blueprint = Blueprint::builder(workflow)
        .build(&selvedge::Engine::default())
        .unwrap();
    let sound = state(&Unfolding::start(&blueprint, &Map::new()).unwrap());
    let text = std::fs::read_to_string("tests/workflows/forged.jsonl").unwrap();
    let mut lines = 0;
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let mut forged = sound.clone();
        for (pointer, value) in case["set"].as_object().unwrap() {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            let parent = forged
                .pointer_mut(parent)
                .unwrap_or_else(|| panic!("{pointer}: {sound}"));
            match parent {
                Json::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
                parent => parent[key] = value.clone(),
            }
        }
        let snapshot: Snapshot = serde_json::from_value(forged).unwrap();
        let refused = Unfolding::restore(&blueprint, snapshot).err();
        let came = refused.as_ref().map(|refused| refused.problems()[0].message());
        assert_eq!(came, case["refused"].as_str(), "{line}");
        lines += 1;
    }
    assert!(lines > 5, "only {lines} states");
}

/// The places of a JSON value, as pointers.
fn places(json: &Json, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match json {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Json::Object(map) => {
            for (key, item) in map {
                places(
                    item,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        _ => {}
    }
}

/// Whatever a state says, it is refused, or all that can be asked of it ends.
#[test]
fn states_that_are_spoilt_are_refused_or_go_on() {
    let mut draw = draws(11);
    let (mut refused, mut went_on) = (0, 0);
    let mut cases = 0;
    each(|_, blueprint, params, answers| {
        cases += 1;
        if cases % 3 > 0 {
            return;
        }
        let mut unfolding = Unfolding::start(blueprint, params).unwrap();
        for _ in 0..draw(6) {
            if let Some(step) = unfolding.ready().into_iter().next() {
                let event = answers.answer(&step.path, &step.id).event(&*step.path);
                unfolding.apply(event).unwrap();
            }
        }
        let sound = state(&unfolding);
        let mut found = Vec::new();
        places(&sound, "", &mut found);
        for _ in 0..100 {
            let mut spoilt = sound.clone();
            for _ in 0..=draw(2) {
                let from = found[draw(found.len())].clone();
                let numbers = [0, 1, 2, 7, 255, u64::from(u32::MAX), 1 << 62, u64::MAX];
                let other = match draw(3) {
                    0 => json!(numbers[draw(numbers.len())]),
                    1 => sound.pointer(&found[draw(found.len())]).cloned().unwrap(),
                    _ => Json::Null,
                };
                if let Some(place) = spoilt.pointer_mut(&from) {
                    *place = other;
                }
            }
            let restored = serde_json::from_value::<Snapshot>(spoilt)
                .ok()
                .and_then(|snapshot| Unfolding::restore(blueprint, snapshot).ok());
            let Some(mut restored) = restored else {
                refused += 1;
                continue;
            };
            went_on += 1;
            let _ = (restored.tree().to_string(), restored.graph().dot(), restored.progress());
            let _ = restored.settle(&Interrupt::new());
            for step in restored.ready().into_iter().take(3) {
                let _ = restored.apply(Event::started(&*step.path));
                let _ = restored.apply(answers.answer(&step.path, &step.id).event(&*step.path));
                let _ = restored.apply(Event::restarted(step.path));
            }
            let _ = restored.changed_pieces();
            for _ in 0..8 {
                let Some(step) = restored.each_ready().next() else {
                    break;
                };
                let _ = restored.apply(answers.answer(&step.path, &step.id).event(step.path));
            }
            let _ = (restored.tree().to_string(), restored.snapshot());
        }
    });
    assert!(refused > 500 && went_on > 400, "{refused} {went_on}");
}
