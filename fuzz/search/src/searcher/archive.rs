//! The best candidates known, by what they are made of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::candidate::{Candidate, Measured, Way};
use super::genome::Genome;
use super::measure::{ENOUGH_STEPS, MEMORY};
use super::node::{Node, Sort, TextKind};
use super::random::Random;

/// What the contract with the host allows a step, in ordinary steps.
pub(crate) const MOST: f64 = 20.0;
/// The most nodes of a program that is small.
const SMALL: usize = 3;
/// What the contract allows beside the bytes charged.
const SLACK_BYTES: u64 = 64 * 1024;

/// A candidate and its outcome.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) genome: Genome,
    /// The steps it was given.
    pub(crate) steps: u64,
    pub(crate) measured: Measured,
    /// Work of a step, in ordinary steps, with what is done once.
    pub(crate) ratio: f64,
    /// Work of a further step, where it uses more steps when it has them.
    #[serde(default)]
    pub(crate) slope: Option<f64>,
    /// Instructions of what is done once, whatever the steps.
    #[serde(default)]
    pub(crate) once: u64,
    /// Instructions of compiling, for each byte of the source.
    #[serde(default)]
    pub(crate) compile: f64,
    /// The functions that did the most, with their share in percent; only of findings.
    #[serde(default)]
    pub(crate) hottest: Vec<(String, u64)>,
    /// When it was found: seconds and counted candidates since the start.
    #[serde(default)]
    pub(crate) after: (u64, usize),
}

impl Entry {
    /// What is maximised: the work of a step, as it is or as it would be with more steps.
    pub(crate) fn score(&self) -> f64 {
        self.slope.map_or(self.ratio, |slope| slope.max(self.ratio))
    }

    /// The heap it took at its peak, over what it may have taken.
    pub(crate) fn heap_ratio(&self) -> f64 {
        heap_ratio(&self.measured)
    }

    /// The steps for what is made from it: fewer where it does so much that counting takes long.
    pub(crate) fn child_steps(&self) -> u64 {
        match self.measured.work {
            0..=20_000_000 => self.steps,
            _ => (self.steps / 4).max(200),
        }
    }

    /// What of it is measured.
    pub(crate) fn candidate(&self) -> Candidate {
        candidate(&self.genome, self.steps)
    }
}

/// Heap at the peak over bytes charged and the slack.
pub(crate) fn heap_ratio(measured: &Measured) -> f64 {
    measured.peak as f64 / (measured.memory.min(MEMORY) + SLACK_BYTES) as f64
}

/// What is measured of a genome.
pub(crate) fn candidate(genome: &Genome, steps: u64) -> Candidate {
    let source = genome.source();
    let parameters = genome.read_parameters(&source);
    Candidate {
        shape: genome.shape,
        source,
        parameters,
        way: genome.way,
        steps,
        memory: MEMORY,
        need: None,
        alone: false,
    }
}

/// What a genome is made of: its forms and tokens. What stops before it has used many steps is a kind of its own: its work is done once.
pub(crate) fn kinds(genome: &Genome, measured: &Measured) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    genome.each(&mut |node| kinds.extend(kind(node)));
    // A small program is a kind of its own: what it shows is hidden in a larger one, which does more for another reason.
    if genome.body.iter().map(Node::count).sum::<usize>() <= SMALL {
        kinds = kinds
            .iter()
            .cloned()
            .chain(kinds.iter().map(|kind| format!("small {kind}")))
            .collect();
    }
    if measured.steps < ENOUGH_STEPS && genome.shape.is_program() {
        kinds = kinds.into_iter().map(|kind| format!("once {kind}")).collect();
    }
    kinds
}

/// The kind of a node: its form; of a token only what it asks for; of a literal or name nothing.
fn kind(node: &Node) -> Option<String> {
    let form: String = node
        .form
        .replace('\u{1}', "□")
        .replace(['\u{2}', '\u{3}'], "…")
        .chars()
        .take(60)
        .collect();
    match node.sort {
        Sort::Value(_) if node.holes.is_empty() && !form.contains(['(', '[']) => None,
        Sort::Token(TextKind::Format) => {
            let sized = if form.contains(|sign: char| sign.is_ascii_digit()) {
                "sized"
            } else {
                ""
            };
            Some(format!("format {} {sized}", form.chars().last().unwrap_or('%')))
        }
        Sort::Token(TextKind::DatePattern) => Some(format!(
            "date {} {}",
            form.chars().take(1).collect::<String>(),
            form.len().min(4)
        )),
        Sort::Token(kind) => Some(format!("{kind:?} {form}")),
        Sort::Value(ty) => Some(format!("{ty} {form}")),
        _ => Some(form),
    }
}

/// All that a genome is made of, parameters included.
fn parts(genome: &Genome) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    genome.each(&mut |node| {
        parts.insert(node.form.clone());
    });
    let source = genome.source();
    for (name, parameter) in genome.read_parameters(&source) {
        let json = parameter.to_json();
        let of = json["of"]
            .as_str()
            .or(json.as_str())
            .unwrap_or("")
            .chars()
            .take(6)
            .collect::<String>();
        parts.insert(format!("{name}: {of}"));
    }
    parts
}

/// The archive.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    /// The entry with the most work for a step, by what it is made of.
    pub(crate) work: BTreeMap<String, Entry>,
    /// The entry with the most heap for a charged byte.
    pub(crate) heap: BTreeMap<String, Entry>,
    /// The entry that takes the most to compile for a byte of its source.
    pub(crate) compile: BTreeMap<String, Entry>,
    /// Findings by the function that did the most.
    pub(crate) findings: BTreeMap<String, Entry>,
}

impl Archive {
    /// Whether an entry of these kinds and this score would be the best of one of them.
    pub(crate) fn wants(&self, kinds: &BTreeSet<String>, score: f64) -> bool {
        kinds
            .iter()
            .any(|kind| self.work.get(kind).is_none_or(|best| score > best.score() * 1.05))
    }

    /// Whether a finding is contained in a genome and did most of its work.
    pub(crate) fn explains(&self, genome: &Genome, score: f64) -> bool {
        let found = parts(genome);
        let mut findings = self.findings.values().filter(|finding| finding.score() * 1.3 > score);
        findings.any(|finding| parts(&finding.genome).iter().all(|part| found.contains(part)))
    }

    /// Keeps an entry where it is the best.
    pub(crate) fn insert(&mut self, entry: &Entry) {
        let kinds = kinds(&entry.genome, &entry.measured);
        keep_best(&mut self.work, &kinds, entry, Entry::score);
    }

    /// Keeps an entry where it takes the most heap, or the most to compile.
    pub(crate) fn insert_beside(&mut self, entry: &Entry) {
        let kinds = kinds(&entry.genome, &entry.measured);
        keep_best(&mut self.heap, &kinds, entry, Entry::heap_ratio);
        keep_best(&mut self.compile, &kinds, entry, |entry| entry.compile);
    }

    /// Some entry: of a few of random kinds the one with the most work that is not yet too much, so that what grows is followed.
    pub(crate) fn parent(&self, random: &mut Random) -> Option<&Entry> {
        let from = match random.below(100) {
            0..=7 => &self.heap,
            8..=11 => &self.compile,
            _ => &self.work,
        };
        let from = if from.is_empty() { &self.work } else { from };
        let mut drawn: Vec<&Entry> = Vec::new();
        for _ in 0..random.pick(&[1, 1, 2, 4]) {
            drawn.push(from.values().nth(random.below(from.len()))?);
        }
        let promise = |entry: &&Entry| if entry.score() > MOST { 1.0 } else { entry.score() };
        drawn.into_iter().max_by(|a, b| promise(a).total_cmp(&promise(b)))
    }

    /// All entries, each once, the most work first.
    pub(crate) fn all(&self) -> Vec<&Entry> {
        let mut seen = BTreeSet::new();
        let everything = self
            .work
            .values()
            .chain(self.findings.values())
            .chain(self.heap.values())
            .chain(self.compile.values());
        let mut entries: Vec<&Entry> = everything.filter(|entry| seen.insert(entry.genome.source())).collect();
        entries.sort_by(|a, b| b.score().total_cmp(&a.score()));
        entries
    }

    /// Writes all entries, one a line.
    pub(crate) fn save(&self, path: &Path) -> std::io::Result<()> {
        let lines: Result<Vec<String>, _> = self.all().into_iter().map(serde_json::to_string).collect();
        std::fs::write(path, lines?.join("\n") + "\n")
    }
}

/// Keeps an entry as the best of those of its kinds that it is better than.
fn keep_best(best: &mut BTreeMap<String, Entry>, kinds: &BTreeSet<String>, entry: &Entry, value: fn(&Entry) -> f64) {
    for kind in kinds {
        if best.get(kind).is_none_or(|known| value(entry) > value(known)) {
            best.insert(kind.clone(), entry.clone());
        }
    }
}

impl Entry {
    /// The entry as a line of `tests/search_documents.jsonl`, for sets and definitions.
    pub(crate) fn to_document(&self, id: &str) -> Option<serde_json::Value> {
        let candidate = self.candidate();
        if candidate.shape.is_program() {
            return None;
        }
        let mut line = serde_json::json!({"id": id});
        if let (Some(line), Ok(serde_json::Value::Object(candidate))) =
            (line.as_object_mut(), serde_json::to_value(candidate))
        {
            line.extend(candidate);
        }
        Some(line)
    }

    /// The entry as a line of `tests/attacks`, for programs.
    pub(crate) fn to_attack(&self, id: &str) -> Option<serde_json::Value> {
        let candidate = self.candidate();
        if !candidate.shape.is_program() {
            return None;
        }
        let expect = match &*self.measured.end {
            "value" => return None,
            kind => serde_json::json!({"error": kind}),
        };
        let parameters: serde_json::Map<String, serde_json::Value> = candidate
            .parameters
            .iter()
            .map(|(name, parameter)| (name.clone(), parameter.to_json()))
            .collect();
        let mut line = serde_json::json!({
            "id": id,
            "source": candidate.source,
            "params": parameters,
            "limits": {"steps": candidate.steps, "memory": candidate.memory},
            "expect": expect,
        });
        match candidate.way {
            Way::Name => {}
            Way::Slot => line["by_slot"] = true.into(),
            Way::Converted => line["as_lists"] = true.into(),
            Way::Untyped => line["settings"] = serde_json::json!({"open_schema": true}),
        }
        Some(line)
    }
}
