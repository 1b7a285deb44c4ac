//! Reads what callgrind has written: the instructions of each slot, and the functions that did the most.

use std::collections::HashMap;

use super::slots::{Part, part_of};

/// What a profile tells.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// Instructions of each part of a slot, what it called included.
    pub(crate) slots: HashMap<(usize, Part), u64>,
    /// Instructions of each function alone.
    pub(crate) functions: HashMap<String, u64>,
}

impl Profile {
    /// Reads a profile's text.
    pub(crate) fn read(text: &str) -> Self {
        let mut profile = Self::default();
        let mut names: HashMap<&str, &str> = HashMap::new();
        let (mut function, mut called) = ("", "");
        let mut is_call = false;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("fn=") {
                function = full_name(name, &mut names);
            } else if let Some(name) = line.strip_prefix("cfn=") {
                called = full_name(name, &mut names);
            } else if line.starts_with("calls=") {
                is_call = true;
            } else if line.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '+' | '-' | '*')) {
                let cost = line
                    .split(' ')
                    .nth(1)
                    .and_then(|cost| cost.parse::<u64>().ok())
                    .unwrap_or(0);
                match std::mem::take(&mut is_call) {
                    true => {
                        if let Some(slot) = part_of(called) {
                            *profile.slots.entry(slot).or_default() += cost;
                        }
                    }
                    false => *profile.functions.entry(function.to_owned()).or_default() += cost,
                }
            }
        }
        profile
    }

    /// The instructions of a part of a slot.
    pub(crate) fn work(&self, slot: usize, part: Part) -> u64 {
        self.slots.get(&(slot, part)).copied().unwrap_or(0)
    }

    /// The functions that did the most, with their share of all in percent.
    pub(crate) fn hottest(&self, most: usize) -> Vec<(String, u64)> {
        let total: u64 = self.functions.values().sum::<u64>().max(1);
        let mut functions: Vec<(&String, &u64)> = self.functions.iter().collect();
        functions.sort_by_key(|(name, cost)| (u64::MAX - **cost, (*name).clone()));
        let share = |(name, cost): (&String, &u64)| (name.clone(), cost * 100 / total);
        functions.into_iter().take(most).map(share).collect()
    }
}

/// A function's name, which is written out only the first time: `(12) name`, then `(12)`.
fn full_name<'t>(text: &'t str, names: &mut HashMap<&'t str, &'t str>) -> &'t str {
    match text.split_once(' ') {
        Some((id, name)) if id.starts_with('(') => {
            names.insert(id, name);
            name
        }
        _ => names.get(text).copied().unwrap_or(text),
    }
}
