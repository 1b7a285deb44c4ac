//! Events and the result of them, by the cases of `tests/workflows/events.jsonl` and `tests/maestro/events.jsonl`: attempts, restarts, steps
//! passed over and stopped; and laws of them that hold for every workflow of the cases.
#![cfg(all(feature = "oracle", feature = "yaml"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/pieces.rs"]
mod pieces;
#[path = "support/stops.rs"]
mod stops;
#[path = "support/unfolded.rs"]
mod unfolded;
#[path = "support/walked.rs"]
mod walked;

use pieces::{Store, restore_pieces, write};
use selvedge::workflow::{
    Answers, Cause, Command, CompleteError, Event, Ready, Snapshot, Status, StepError, Unfolding,
};
use selvedge::{Interrupt, Map};
use serde_json::{Value as Json, json};
use stops::{after, all_looks};
use unfolded::{blueprint, map};
use walked::{draws, each, each_keeping, lines, state};

/// A command on a line.
fn line(command: Command) -> String {
    match command {
        Command::Run(Ready {
            path,
            attempt,
            delay_seconds,
            ..
        }) if attempt > 0 => format!("run {path} again after {delay_seconds} s, {attempt} failed"),
        Command::Run(ready) => format!("run {}", ready.path),
        Command::Opened { step } => format!("open {step}"),
        Command::Reset { step } => format!("reset {step}"),
        Command::Stop { step } => format!("stop {step}"),
        Command::Ended { step, status, error } => match error {
            Some(StepError { message, .. }) => format!("{step} {}: {message}", status.name()),
            None => format!("{step} {}", status.name()),
        },
        Command::Skipped { step, because } => {
            let because: Vec<String> = because.iter().map(ToString::to_string).collect();
            format!("{step} skipped: {}", because.join("; "))
        }
        Command::Finished { status } => format!("finished {}", status.name()),
        other => panic!("{other:?}"),
    }
}

/// Applies events, and says the outcome of each; what is refused changes nothing.
fn apply(unfolding: &mut Unfolding, events: &Json, journal: &mut Vec<Event>) -> Json {
    let events = events.as_array().into_iter().flatten();
    let lines = events.map(|event| {
        let event: Event = serde_json::from_value(event.clone()).unwrap();
        let before = state(unfolding);
        match unfolding.apply(event.clone()) {
            Ok(commands) => {
                journal.push(event);
                commands.into_iter().map(line).collect::<Vec<_>>().into()
            }
            Err(refused) => {
                assert_eq!(state(unfolding), before, "{refused}");
                json!(refused.to_string())
            }
        }
    });
    lines.collect()
}

/// Walks as an orchestrator does, by events.
fn walk(unfolding: &mut Unfolding, answers: &Answers, journal: &mut Vec<Event>) {
    while let Some(step) = unfolding.ready().into_iter().next() {
        let event = answers.answer(&step.path, &step.id).event(step.path);
        unfolding.apply(event.clone()).unwrap();
        journal.push(event);
    }
}

#[test]
fn events_give_commands() {
    let gives = |case: &Json| {
        let blueprint = blueprint(case).unwrap();
        let begun = blueprint.begun(map(&case["params"]));
        let mut journal = vec![begun.clone()];
        let (mut unfolding, _) = Unfolding::open(&blueprint, begun).unwrap();
        let mut gives = json!({"commands": apply(&mut unfolding, &case["events"], &mut journal)});
        if case["walk"] == true {
            walk(&mut unfolding, &Answers::default(), &mut journal);
        }
        if let Some(after) = case.get("after") {
            gives["after"] = apply(&mut unfolding, after, &mut journal);
        }
        let folded = Unfolding::fold(&blueprint, journal).unwrap();
        assert_eq!(state(&folded), state(&unfolding), "{}", case["about"]);
        let text = serde_json::to_string(&unfolding.snapshot()).unwrap();
        let snapshot = serde_json::from_str::<Snapshot>(&text).unwrap();
        let restored = Unfolding::restore(&blueprint, snapshot).unwrap();
        assert_eq!(restored.kept_bytes(), unfolding.kept_bytes(), "{}", case["about"]);
        assert_eq!(ready(&restored), ready(&unfolding), "{}", case["about"]);
        gives["progress"] = json!(unfolding.progress());
        gives["tree"] = unfolding.tree().to_string().lines().collect();
        gives
    };
    cases::run("workflows/events.jsonl", gives);
    cases::run("maestro/events.jsonl", gives);
}

/// The paths of the steps that are to run.
fn ready(unfolding: &Unfolding) -> Vec<String> {
    let mut paths: Vec<String> = unfolding.ready().into_iter().map(|step| step.path).collect();
    paths.sort_unstable();
    paths
}

/// At the first points of each case: what is ready, the unfolding, and the event that ends the first step as the case says.
fn at_points(mut look: impl FnMut(&Json, &Unfolding, &Ready, Event)) {
    each(|case, blueprint, params, answers| {
        let mut unfolding = Unfolding::start(blueprint, params).unwrap();
        for _ in 0..10 {
            let Some(step) = unfolding.ready().into_iter().next() else {
                break;
            };
            let event = answers.answer(&step.path, &step.id).event(&*step.path);
            look(case, &unfolding, &step, event.clone());
            unfolding.apply(event).unwrap();
        }
    });
}

fn come_to(unfolding: &Unfolding, events: impl IntoIterator<Item = Event>) -> Option<Unfolding> {
    let mut unfolding = unfolding.clone();
    for event in events {
        unfolding.apply(event).ok()?;
    }
    Some(unfolding)
}

/// A step that failed and runs again ends as if it had not failed; but where its failure stopped what is beside it.
#[test]
fn a_step_that_runs_again_is_as_if_it_never_failed() {
    let mut points = 0;
    at_points(|case, unfolding, step, event| {
        let failed = Event::ended(&*step.path, Status::Failed, Map::new());
        let again = come_to(
            unfolding,
            [failed.clone(), Event::restarted(&*step.path), event.clone()],
        );
        let stops = lines(&come_to(unfolding, [failed]).unwrap()).contains(") stopped");
        let (Some(again), false) = (again, stops) else { return };
        assert_eq!(
            lines(&again),
            lines(&come_to(unfolding, [event]).unwrap()),
            "{} at {}",
            case["about"],
            step.path
        );
        points += 1;
    });
    assert!(points > 300, "{points}");
}

/// So is a step whose attempts failed, and one that failed and is passed over is as if it was so at once.
#[test]
fn attempts_leave_nothing_behind() {
    let mut points = 0;
    at_points(|case, unfolding, step, event| {
        let tried = come_to(
            unfolding,
            [Event::attempt_failed(&*step.path, Cause::Platform, None), event.clone()],
        );
        let about = format!("{} at {}", case["about"], step.path);
        if let Some(tried) = tried {
            assert_eq!(lines(&tried), lines(&come_to(unfolding, [event]).unwrap()), "{about}");
        }
        let skipped = come_to(unfolding, [Event::skipped(&*step.path)]).unwrap();
        let failed = Event::ended(&*step.path, Status::Failed, Map::new());
        let stops = lines(&come_to(unfolding, [failed.clone()]).unwrap()).contains(") stopped");
        let late = come_to(unfolding, [failed, Event::skipped(&*step.path)]);
        if let (Some(late), false) = (late, stops) {
            assert_eq!(lines(&late), lines(&skipped), "{about}");
            points += 1;
        }
    });
    assert!(points > 300, "{points}");
}

/// What a step says of its failure is data as it is, and shown on one bounded line; not at all where values are not quoted.
#[test]
fn what_a_step_says_is_shown_on_one_bounded_line() {
    let said = format!("\u{1b}[31mx\nb (copy) succeeded\u{202e}{}", "y".repeat(100_000));
    for quotes in [true, false] {
        let case = json!({"workflow": {"workflow": {"id": "w", "steps": [{"step": {"id": "a", "type": "x"}}]}}});
        let workflow = serde_json::to_string(&case["workflow"]).unwrap();
        let workflow = selvedge::workflow::Workflow::from_json(&workflow).unwrap();
        let engine = selvedge::Engine::builder().quote_values(quotes).build();
        let blueprint = selvedge::workflow::Blueprint::builder(workflow).build(&engine).unwrap();
        let mut unfolding = Unfolding::start(&blueprint, &Map::new()).unwrap();
        let error = StepError::new(said.clone()).with_code("a\nb".repeat(1_000));
        unfolding.apply(Event::failed("a", error)).unwrap();
        let tree = unfolding.tree().to_string();
        assert!(tree.lines().count() == 2 && tree.len() < 2_000, "{tree}");
        assert!(!tree.contains(['\u{1b}', '\u{202e}']), "{tree}");
        assert_eq!(tree.contains("yyy"), quotes, "{tree}");
        let problem = unfolding.tree().step("a").and_then(|step| step.problem()).unwrap();
        assert_eq!(problem.message(), said);
    }
}

/// Applies an event with calls that are stopped after ever more looks, and gives how many were: each leaves the unfolding as it was, or so
/// that settling it comes to what a call comes to that nothing stops.
fn stopped_at_every_look(unfolding: &Unfolding, event: &Event) -> u64 {
    let mut whole = unfolding.clone();
    // As text, in which a NaN is equal to itself.
    let commands = format!("{:?}", whole.apply(event.clone()));
    for (stops, looks) in (0..).zip(all_looks()) {
        let mut copy = unfolding.clone();
        match copy.apply_with(event.clone(), &after(looks)) {
            Err(CompleteError::Stopped(_)) => assert_eq!(state(&copy), state(unfolding), "{event:?}"),
            Err(CompleteError::Unsettled(_)) => {
                copy.settle(&Interrupt::new()).unwrap();
                assert_eq!(format!("Ok({:?})", copy.commands()), commands, "{event:?}");
                assert_eq!(state(&copy), state(&whole), "{event:?}");
            }
            came => {
                assert_eq!(format!("{came:?}"), commands, "{event:?}");
                return stops;
            }
        }
    }
    unreachable!("there are not so many looks")
}

/// Whatever happens in whatever order, the journal comes to the state, and a snapshot goes on from it; however much is kept of iterations.
#[test]
fn a_journal_of_all_kinds_of_events_is_the_state() {
    for whole in [None, Some(0), Some(1)] {
        is_its_journal(whole);
    }
}

fn is_its_journal(whole: Option<u64>) {
    let (mut restarts, mut stops) = (0, 0);
    let mut draw = draws(7);
    each_keeping(whole, |case, blueprint, params, answers| {
        let begun = blueprint.begun(params.clone());
        let mut journal = vec![begun.clone()];
        let (mut unfolding, _) = Unfolding::open(blueprint, begun).unwrap();
        let store = Store::default();
        write(&store, &mut unfolding);
        let mut ended: Vec<String> = Vec::new();
        for _ in 0..24 {
            let to_run = unfolding.ready();
            let step = to_run.get(draw(to_run.len()));
            let path = |step: &Ready| step.path.clone();
            let event = match (draw(8), step, ended.get(draw(ended.len()))) {
                (0, Some(step), _) => Event::attempt_failed(path(step), Cause::Error, None),
                (1, Some(step), _) => Event::ended(path(step), Status::Failed, Map::new()),
                (2, Some(step), _) => Event::skipped(path(step)),
                (3, Some(step), _) => Event::step_cancelled(path(step)),
                (4, _, Some(step)) => Event::restarted(step.clone()),
                (5, _, Some(step)) => Event::skipped(step.clone()),
                (_, Some(step), _) => answers.answer(&step.path, &step.id).event(path(step)),
                (_, None, Some(step)) => Event::restarted(step.clone()),
                (_, None, None) => break,
            };
            let before = state(&unfolding);
            stops += stopped_at_every_look(&unfolding, &event);
            if unfolding.apply(event.clone()).is_err() {
                assert_eq!(state(&unfolding), before, "{} {event:?}", case["about"]);
                continue;
            }
            restarts += usize::from(matches!(event, Event::Restarted { .. }));
            if let Event::Ended { step, .. } | Event::StepCancelled { step } = &event {
                ended.push(step.clone());
            }
            journal.push(event.clone());
            let text = serde_json::to_string(&unfolding.snapshot()).unwrap();
            let restored = Unfolding::restore(blueprint, serde_json::from_str::<Snapshot>(&text).unwrap()).unwrap();
            assert_eq!(state(&restored), state(&unfolding), "{}", case["about"]);
            assert_eq!(restored.kept_bytes(), unfolding.kept_bytes(), "{}", case["about"]);
            assert_eq!(ready(&restored), ready(&unfolding), "{}", case["about"]);
            // Pieces come to the same, whether they are read one by one or together.
            let mut of_pieces = restore_pieces(blueprint, &store);
            of_pieces.apply(event).unwrap();
            write(&store, &mut of_pieces);
            assert_eq!(state(&of_pieces), state(&unfolding), "{}", case["about"]);
            assert_eq!(
                state(&restore_pieces(blueprint, &store)),
                state(&unfolding),
                "{}",
                case["about"]
            );
            unfolding = restored;
        }
        let folded = Unfolding::fold(blueprint, journal).unwrap();
        assert_eq!(state(&folded), state(&unfolding), "{}", case["about"]);
    });
    assert!(restarts > 300, "{restarts}");
    assert!(stops > 1_000, "{stops}");
}
