//! The cases of workflows that are walked to their end, and what is looked at of an unfolding.
#![allow(dead_code, reason = "each test binary uses the part it needs")]

use selvedge::Map;
use selvedge::workflow::{Answers, Blueprint, Unfolding};
use serde_json::{Value as Json, json};

use crate::cases;
use crate::unfolded::{blueprint, map};

/// The cases that can be begun and are walked to their end: what is tried with each.
pub(crate) fn each(look: impl FnMut(&Json, &Blueprint, &Map, &Answers)) {
    each_keeping(None, look);
}

/// As [`each`], with so many iterations kept whole.
pub(crate) fn each_keeping(whole: Option<u64>, mut look: impl FnMut(&Json, &Blueprint, &Map, &Answers)) {
    cases::each("workflows/unfold.jsonl", |case| {
        let mut limited = case.clone();
        if let Some(whole) = whole {
            let limits = limited.as_object_mut().unwrap().entry("limits");
            limits.or_insert_with(|| json!({}))["whole_iterations"] = whole.into();
        }
        let Ok(blueprint) = blueprint(&limited) else { return };
        let (Ok(answers), params) = (Answers::from_map(&map(&case["answers"])), map(&case["params"])) else {
            return;
        };
        let Ok(mut whole) = Unfolding::start(&blueprint, &params) else {
            return;
        };
        if whole.walk(&answers, None).is_ok() {
            look(case, &blueprint, &params, &answers);
        }
    });
}

pub(crate) fn state(unfolding: &Unfolding) -> Json {
    serde_json::to_value(unfolding.snapshot()).unwrap()
}

pub(crate) fn lines(unfolding: &Unfolding) -> String {
    format!("{:?}\n{}", unfolding.progress(), unfolding.tree())
}

/// Draws numbers below a limit, the same for the same seed.
pub(crate) fn draws(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |most| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most.max(1)
    }
}
