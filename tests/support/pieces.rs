//! The pieces of unfoldings, in a store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use selvedge::workflow::{Blueprint, Unfolding};

pub(crate) type Store = Arc<Mutex<HashMap<String, String>>>;

/// Writes the pieces that changed; a write that failed takes nothing from the next.
pub(crate) fn write(store: &Store, unfolding: &mut Unfolding) {
    drop(unfolding.clone().changed_pieces());
    let changed = unfolding.changed_pieces();
    let changed = changed.into_iter().map(|piece| (piece.key, piece.content));
    store.lock().unwrap().extend(changed);
}

pub(crate) fn restore_pieces(blueprint: &Blueprint, store: &Store) -> Unfolding {
    let store = Arc::clone(store);
    let read = move |key: &str| store.lock().unwrap().get(key).cloned();
    Unfolding::restore_pieces(blueprint, read).unwrap()
}
