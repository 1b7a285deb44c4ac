//! Pieces that are missing, or that stand where others belong: no event comes to anything else than it would, and nothing panics.
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
#[path = "support/unfolded.rs"]
mod unfolded;
#[path = "support/walked.rs"]
mod walked;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use pieces::{Store, restore_pieces, write};
use selvedge::workflow::{Blueprint, CompleteError, Event, Progress, Unfolding};
use serde_json::{Value as Json, json};
use walked::{draws, each_keeping, state};

/// What is stored of an unfolding at each of the first points of each case, and the event that comes next.
fn at_points(mut look: impl FnMut(&Blueprint, &BTreeMap<String, String>, &Unfolding, &Event)) {
    each_keeping(Some(1), |_, blueprint, params, answers| {
        let mut unfolding = Unfolding::start(blueprint, params).unwrap();
        let store = Store::default();
        for _ in 0..6 {
            let Some(step) = unfolding.ready().into_iter().next_back() else {
                break;
            };
            write(&store, &mut unfolding);
            let event = answers.answer(&step.path, &step.id).event(step.path);
            let stored = store.lock().unwrap().clone().into_iter().collect();
            look(blueprint, &stored, &unfolding, &event);
            unfolding.apply(event).unwrap();
        }
    });
}

fn restored(blueprint: &Blueprint, stored: &BTreeMap<String, String>) -> Unfolding {
    let stored = stored.clone().into_iter().collect();
    restore_pieces(blueprint, &Arc::new(Mutex::new(stored)))
}

#[test]
fn a_piece_that_is_missing_is_told_of_or_not_asked_for() {
    let (mut lost, mut unasked) = (0, 0);
    at_points(|blueprint, stored, unfolding, event| {
        let mut whole = unfolding.clone();
        let commands = format!("{:?}", whole.apply(event.clone()));
        for key in stored.keys().filter(|key| *key != "head") {
            let mut without = stored.clone();
            without.remove(key);
            let mut of_pieces = restored(blueprint, &without);
            let progress = of_pieces.progress();
            assert!(
                progress == unfolding.progress() || of_pieces.lost_piece().is_some(),
                "{key}"
            );
            match of_pieces.apply(event.clone()) {
                Err(CompleteError::LostPiece(_)) => {
                    assert_eq!(of_pieces.progress(), Progress::Running, "{key}");
                    assert!(of_pieces.changed_pieces().is_empty(), "{key}");
                    lost += 1;
                }
                came => {
                    assert_eq!(format!("{came:?}"), commands, "{key}");
                    let progress = of_pieces.progress();
                    assert!(
                        progress == whole.progress() || of_pieces.lost_piece().is_some(),
                        "{key}"
                    );
                    unasked += 1;
                }
            }
        }
    });
    assert!(lost > 500 && unasked > 300, "{lost} {unasked}");
}

#[test]
fn pieces_in_the_places_of_others_are_no_tree_without_end() {
    let (mut draw, mut told) = (draws(11), 0);
    at_points(|blueprint, stored, unfolding, event| {
        let keys: Vec<&String> = stored.keys().filter(|key| key.starts_with("frame/")).collect();
        for _ in 0..8 {
            let mut mixed = stored.clone();
            for _ in 0..=draw(2) {
                let (from, to) = (keys[draw(keys.len())], keys[draw(keys.len())]);
                let mut piece: Json = serde_json::from_str(&stored[from]).unwrap();
                // One that says that it is of the other key is taken for it.
                if draw(2) == 0 {
                    piece[0] = json!(to);
                }
                mixed.insert(to.clone(), piece.to_string());
            }
            let mut of_pieces = restored(blueprint, &mixed);
            let lines = of_pieces.tree().to_string().lines().count();
            assert!(lines <= unfolding.tree().to_string().lines().count());
            assert!(of_pieces.graph().mermaid().starts_with("flowchart"));
            told += usize::from(of_pieces.apply(event.clone()).is_err());
            let _ = (of_pieces.progress(), of_pieces.ready().len(), state(&of_pieces));
        }
    });
    assert!(told > 500, "{told}");
}
