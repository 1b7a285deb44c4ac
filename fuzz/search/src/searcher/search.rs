//! The search: draws and changes candidates, keeps the best of every kind, and makes findings as small as they can be.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use super::archive::{Archive, Entry, MOST, candidate, kinds};
use super::candidate::{Candidate, GIVEN_UP, Measured, Way};
use super::generate::Breeder;
use super::genome::Genome;
use super::measure::{Meter, STEPS};
use super::node::{Node, Sort};
use super::parameter::Parameter;
use super::slots::SLOTS;

/// Functions that say nothing of where work is done: the dispatch loop, copying, taking memory.
const EVERYWHERE: &[&str] = &[
    "machine::run",
    "mem",
    "alloc",
    "free",
    "_int_",
    "realloc",
    "slot_",
    "PeakAlloc",
    "raw_vec",
    "Vec<",
];

/// The file of a folder that keeps what was found.
const KEPT: &str = "archive.jsonl";
/// How many programs are printed for a place where work is done.
const FOR_EACH_PLACE: usize = 3;

/// Sources up to this length are all taken.
const SHORT_SOURCE: usize = 800;

/// A search.
pub(crate) struct Search {
    pub(crate) meter: Meter,
    pub(crate) breeder: Breeder,
    pub(crate) archive: Archive,
    /// The forms that are tried alone, one after the other, and the one whose turn it is.
    in_turn: Vec<(Sort, usize)>,
    turn: usize,
    folder: PathBuf,
    begun: Instant,
}

impl Search {
    /// Starts with nothing known.
    pub(crate) fn new(meter: Meter, seed: u64, folder: PathBuf) -> Self {
        let breeder = Breeder::new(seed);
        Self {
            meter,
            in_turn: breeder.forms.in_turn(),
            turn: 0,
            breeder,
            archive: Archive::default(),
            folder,
            begun: Instant::now(),
        }
    }

    /// Takes up what an earlier search kept, measured anew.
    pub(crate) fn resume(&mut self) -> Result<(), String> {
        let kept = self.kept();
        eprintln!("{} candidates of an earlier search", kept.len());
        for batch in kept.chunks(SLOTS.len()) {
            self.judge(batch.to_vec(), false)?;
        }
        Ok(())
    }

    /// What an earlier search has kept in the folder.
    fn kept(&self) -> Vec<(Genome, u64)> {
        let text = std::fs::read_to_string(self.folder.join(KEPT)).unwrap_or_default();
        let entries = text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
        entries.map(|entry| (entry.genome, entry.steps)).collect()
    }

    /// Searches until the time is over, and saves what it has found each minute.
    pub(crate) fn run(&mut self, time: Duration) -> Result<(), String> {
        self.begun = Instant::now();
        let mut saved = Instant::now();
        while self.begun.elapsed() < time {
            self.generation()?;
            if saved.elapsed() > Duration::from_secs(60) {
                saved = Instant::now();
                self.save()?;
            }
        }
        self.save()
    }

    /// Searches, first among what an earlier search has kept, until a finding is what is looked for, or the time is over.
    pub(crate) fn run_until(
        &mut self,
        time: Duration,
        is_it: &mut dyn FnMut(&Entry) -> Result<bool, String>,
    ) -> Result<Option<Entry>, String> {
        self.begun = Instant::now();
        let kept = self.kept();
        let mut kept = kept.chunks(SLOTS.len());
        let mut seen: Vec<String> = Vec::new();
        while self.begun.elapsed() < time {
            match kept.next() {
                Some(batch) => self.judge(batch.to_vec(), false)?,
                None => self.generation()?,
            }
            for (place, finding) in &self.archive.findings {
                let known = format!("{place} {:.0}", finding.ratio);
                if !seen.contains(&known) {
                    if is_it(finding)? {
                        return Ok(Some(finding.clone()));
                    }
                    seen.push(known);
                }
            }
        }
        Ok(None)
    }

    /// Prints the worst entry of every place where work is done: work and time of a step in ordinary steps, and what does it.
    pub(crate) fn print_worst(&mut self, most: usize) -> Result<(), String> {
        let entries: Vec<Entry> = self.archive.all().into_iter().cloned().collect();
        let mut places: Vec<String> = Vec::new();
        println!(
            "{:>8} {:>8} {:>9} {:>8} {:>8} {:>8} {:>6}",
            "work", "further", "once", "compile", "time", "steps", "heap"
        );
        for entry in entries {
            let candidate = entry.candidate();
            let (_, hottest) = self.meter.count(&[&candidate.clone().alone()], true)?;
            let place = place(&hottest);
            if places.contains(&place) {
                continue;
            }
            places.push(place);
            let time = self.meter.time_ratio(&candidate)?;
            let (steps, heap) = (entry.measured.steps, entry.heap_ratio());
            println!(
                "{:8.1} {:8.1} {:9} {:8.0} {time:8.1} {steps:8} {heap:6.2}  {}",
                entry.ratio,
                entry.slope.unwrap_or(0.0),
                entry.once,
                entry.compile,
                cut(&candidate.source)
            );
            println!(
                "{:36}{}",
                "",
                serde_json::to_string(&candidate.parameters)
                    .map(|json| cut(&json))
                    .unwrap_or_default()
            );
            for (name, percent) in hottest.iter().take(4) {
                println!("{:36}{percent:3} % {name}", "");
            }
            if places.len() == most {
                break;
            }
        }
        Ok(())
    }

    /// Prints the worst programs as lines of `tests/attacks`, the most work first.
    pub(crate) fn print_attacks(&mut self, most: usize) -> Result<(), String> {
        self.print_lines(most, |entry, number| entry.to_attack(&format!("search-{number:03}")))
    }

    /// Prints the worst sets and definitions as lines of `tests/search_documents.jsonl`, the most work first.
    pub(crate) fn print_documents(&mut self, most: usize) -> Result<(), String> {
        self.print_lines(most, |entry, number| {
            entry.to_document(&format!("search-document-{number:03}"))
        })
    }

    /// Prints a line for each of the worst entries, with a few for each place where work is done.
    fn print_lines(&mut self, most: usize, line: fn(&Entry, usize) -> Option<Json>) -> Result<(), String> {
        let entries: Vec<Entry> = self.archive.all().into_iter().cloned().collect();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut lines = 0;
        for entry in entries {
            let Some(line) = line(&entry, lines + 1) else { continue };
            let (_, hottest) = self.meter.count(&[&entry.candidate().alone()], true)?;
            let known = places.entry(place(&hottest)).or_default();
            *known += 1;
            if *known <= FOR_EACH_PLACE {
                println!("{line}");
                lines += 1;
            }
            if lines == most {
                break;
            }
        }
        Ok(())
    }

    /// Draws, measures and keeps one batch.
    pub(crate) fn generation(&mut self) -> Result<(), String> {
        let brood = self.brood();
        self.judge(brood, true)
    }

    fn save(&self) -> Result<(), String> {
        let best = self.archive.work.values().map(|entry| entry.ratio).fold(0.0, f64::max);
        println!(
            "{:4} s: {} drawn, {} counted; {} kinds, {} findings, worst {best:.1}",
            self.begun.elapsed().as_secs(),
            self.meter.native_candidates,
            self.meter.counted_candidates,
            self.archive.work.len(),
            self.archive.findings.len()
        );
        self.archive
            .save(&self.folder.join(KEPT))
            .map_err(|error| error.to_string())
    }

    /// Draws and changes candidates for a batch.
    fn brood(&mut self) -> Vec<(Genome, u64)> {
        // First each form alone, then some of them between what is bred.
        let alone = if self.turn < self.in_turn.len() {
            SLOTS.len()
        } else {
            16
        };
        let mut brood: Vec<(Genome, u64)> = (0..alone).map(|_| (self.next_alone(), STEPS)).collect();
        let bred = (0..4 * SLOTS.len()).map(|_| {
            let fresh = self.breeder.genome();
            let parent = self
                .archive
                .parent(&mut self.breeder.random)
                .map(|entry| (entry.genome.clone(), entry.child_steps()));
            let donor = self
                .archive
                .parent(&mut self.breeder.random)
                .map(|entry| entry.genome.clone());
            match (parent, donor) {
                (Some((parent, steps)), Some(donor)) if !self.breeder.random.chance(30) => {
                    let donor = if self.breeder.random.chance(30) { fresh } else { donor };
                    (self.breeder.mutate(&parent, &donor), steps)
                }
                _ => (fresh, STEPS),
            }
        });
        brood.extend(bred);
        brood
    }

    /// A program of the form whose turn it is, with its parameters given in another way each round.
    fn next_alone(&mut self) -> Genome {
        let form = self.in_turn[self.turn % self.in_turn.len()];
        let way = Way::ALL[(self.turn + self.turn / self.in_turn.len()) % Way::ALL.len()];
        self.turn += 1;
        self.breeder.alone(form, way)
    }

    /// Measures candidates and keeps what is the best of a kind.
    fn judge(&mut self, brood: Vec<(Genome, u64)>, new: bool) -> Result<(), String> {
        let brood: Vec<(Genome, u64)> = brood
            .into_iter()
            .filter(|(genome, _)| {
                genome
                    .parameters
                    .values()
                    .map(Parameter::weight)
                    .all(|weight| weight < 4 << 20)
            })
            .collect();
        // Compiling under callgrind takes longer than evaluating: of long sources only some are taken.
        let brood: Vec<(Genome, u64)> = brood
            .into_iter()
            .filter(|(genome, _)| !new || self.breeder.random.below(genome.source().len()) < SHORT_SOURCE)
            .collect();
        let candidates: Vec<Candidate> = brood.iter().map(|(genome, steps)| candidate(genome, *steps)).collect();
        let natively = self.meter.native(&candidates)?;
        let mut picked: Vec<(Genome, Candidate)> = Vec::new();
        for (((genome, _), candidate), measured) in brood.into_iter().zip(candidates).zip(natively) {
            if measured.is_too_slow() {
                picked.extend(self.tame(&genome)?);
            } else if measured.refused.is_none() && picked.len() < SLOTS.len() {
                let ends_early =
                    measured.steps < 100 && !matches!(&*measured.end, "value" | "step_budget" | "memory_budget");
                if !new || !ends_early || self.breeder.random.chance(50) {
                    picked.push((genome, candidate));
                }
            }
        }
        picked.truncate(SLOTS.len());
        let batch: Vec<&Candidate> = picked.iter().map(|(_, candidate)| candidate).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let (measured, _) = self.meter.count(&batch, false)?;
        for ((genome, candidate), measured) in picked.into_iter().zip(measured) {
            self.keep(genome, candidate.steps, measured)?;
        }
        Ok(())
    }

    /// A candidate that takes too long: the same with fewer steps or smaller parts, so that it can be counted.
    fn tame(&mut self, genome: &Genome) -> Result<Option<(Genome, Candidate)>, String> {
        let mut genome = genome.clone();
        for steps in [
            STEPS / 10,
            STEPS / 100,
            STEPS / 100,
            STEPS / 100,
            STEPS / 100,
            STEPS / 100,
        ] {
            let tamer = candidate(&genome, steps);
            let measured = self.meter.native(std::slice::from_ref(&tamer))?;
            match measured.first() {
                Some(measured) if measured.refused.is_some() => return Ok(None),
                Some(measured) if !measured.is_too_slow() => return Ok(Some((genome, tamer))),
                _ => {}
            }
            genome.halve();
        }
        eprintln!("takes long with few steps: {}", cut(&genome.source()));
        Ok(None)
    }

    fn keep(&mut self, genome: Genome, steps: u64, measured: Measured) -> Result<(), String> {
        if measured.refused.is_some() || measured.end == GIVEN_UP {
            return Ok(());
        }
        let of = kinds(&genome, &measured);
        let mut entry = self.entry(genome, steps, measured);
        self.report_heap(&entry);
        self.archive.insert_beside(&entry);
        if !self.archive.wants(&of, entry.score()) || self.archive.explains(&entry.genome, entry.score()) {
            return Ok(());
        }
        if entry.score() > 8.0 {
            entry = self.reduce(entry)?;
        }
        if entry.score() > MOST {
            let steps = if entry.ratio < MOST { 8 * STEPS } else { entry.steps };
            entry = self.confirmed(entry, steps)?;
        }
        if entry.ratio > MOST {
            self.report(&mut entry)?;
        }
        self.archive.insert(&entry);
        Ok(())
    }

    /// Says which entry takes more heap than any before, beyond what it charged.
    fn report_heap(&self, entry: &Entry) {
        let ratio = entry.heap_ratio();
        let mut known = self.archive.heap.values();
        if ratio <= 1.0 || known.any(|known| known.heap_ratio() > 0.9 * ratio) {
            return;
        }
        let Measured { memory, peak, .. } = entry.measured;
        let source = cut(&entry.genome.source());
        eprintln!("heap {ratio:.2}: {memory} bytes charged, {peak} at the peak: {source}");
    }

    fn entry(&self, genome: Genome, steps: u64, measured: Measured) -> Entry {
        Entry {
            ratio: self.meter.ratio(&measured),
            slope: self.meter.slope(&measured),
            once: self.meter.once(&measured),
            compile: measured.compile as f64 / genome.source().len().max(SHORT_SOURCE) as f64,
            genome,
            steps,
            measured,
            hottest: Vec::new(),
            after: (self.begun.elapsed().as_secs(), self.meter.counted_candidates),
        }
    }

    /// An entry that does too much, measured by itself. Where only its further steps do, it gets so many of them that they outweigh
    /// what it does once.
    fn confirmed(&mut self, entry: Entry, steps: u64) -> Result<Entry, String> {
        let candidate = candidate(&entry.genome, steps);
        Ok(match self.meter.count_alone(&candidate)? {
            Some(measured) => self.entry(entry.genome, steps, measured),
            None => entry,
        })
    }

    /// Takes parts away as long as the ratio stays.
    fn reduce(&mut self, entry: Entry) -> Result<Entry, String> {
        let mut best = entry;
        for _ in 0..4 {
            let size =
                |genome: &Genome| genome.body.iter().map(Node::count).sum::<usize>() + genome.source().len() / 50;
            let mut smaller = best.genome.smaller();
            smaller.truncate(SLOTS.len());
            let candidates: Vec<Candidate> = smaller.iter().map(|genome| candidate(genome, best.steps)).collect();
            let natively = self.meter.native(&candidates)?;
            let (kept, batch): (Vec<Genome>, Vec<Candidate>) = smaller
                .into_iter()
                .zip(candidates)
                .zip(natively)
                .filter(|(_, measured)| {
                    measured.refused.is_none() && measured.end != GIVEN_UP && measured.steps >= best.measured.steps / 4
                })
                .map(|(pair, _)| pair)
                .unzip();
            if batch.is_empty() {
                break;
            }
            let (measured, _) = self.meter.count(&batch.iter().collect::<Vec<_>>(), false)?;
            let mut found: Option<Entry> = None;
            for (genome, measured) in kept.into_iter().zip(measured) {
                let smaller = self.entry(genome, best.steps, measured);
                if smaller.score() < 0.9 * best.score() || smaller.measured.end == GIVEN_UP {
                    continue;
                }
                if found
                    .as_ref()
                    .is_none_or(|known| size(&smaller.genome) < size(&known.genome))
                {
                    found = Some(smaller);
                }
            }
            match found {
                Some(smaller) => best = smaller,
                None => break,
            }
        }
        Ok(best)
    }

    /// Says where a finding does its work, and keeps it where that place is new.
    fn report(&mut self, entry: &mut Entry) -> Result<(), String> {
        let candidate = entry.candidate();
        let (_, hottest) = self.meter.count(&[&candidate.clone().alone()], true)?;
        let place = place(&hottest);
        entry.hottest = hottest;
        let known = self.archive.findings.get(&place);
        if known.is_none_or(|known| entry.ratio > 1.2 * known.ratio) {
            let word = if known.is_some() { "worse" } else { "FOUND" };
            eprintln!(
                "{word} {:.1} after {} s, {} counted, in {place}: {} {}",
                entry.ratio,
                entry.after.0,
                entry.after.1,
                cut(&candidate.source),
                cut(&serde_json::to_string(&candidate.parameters).unwrap_or_default())
            );
            self.archive.findings.insert(place, entry.clone());
        }
        Ok(())
    }
}

/// Where most work is done, of what says something.
fn place(hottest: &[(String, u64)]) -> String {
    let says = |(name, _): &&(String, u64)| !EVERYWHERE.iter().any(|everywhere| name.contains(everywhere));
    let found = hottest.iter().find(says).or(hottest.first());
    found.map_or_else(String::new, |(name, _)| name.clone())
}

/// The start of a text, and its end.
pub(crate) fn cut(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    match signs.len() {
        0..=300 => text.to_owned(),
        length => {
            let (start, end) = (
                signs[..180].iter().collect::<String>(),
                signs[length - 100..].iter().collect::<String>(),
            );
            format!("{start} … {end} ({length})")
        }
    }
}
