//! Keeps two workers, one native and one under callgrind, and gives them candidates.
//!
//! The native one goes first: it tells what does not compile, what a candidate charged and took from the heap, and which candidate
//! never ends. What it passes is counted under callgrind.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value as Json;

use super::archive::heap_ratio;
use super::candidate::{Candidate, GIVEN_UP, Measured, Way};
use super::genome::Shape;
use super::profile::Profile;
use super::slots::{Part, SLOTS};
use super::worker::END;

/// How long a worker may take for one candidate before it is replaced. It bounds the search's time and decides nothing else: what takes
/// longer is tried again with fewer steps.
const PATIENCE: Duration = Duration::from_secs(2);
/// The same under callgrind.
const COUNTED_PATIENCE: Duration = Duration::from_secs(240);
/// The variable that names a charge to leave out, to a build of `mutants.sh`.
const WITHOUT_CHARGE: &str = "SELVEDGE_WITHOUT_CHARGE";

/// A worker's process.
struct Process {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Process {
    fn start(mut command: Command) -> std::io::Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let missing = || std::io::Error::other("a worker has no pipe");
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, input, lines })
    }

    fn send(&mut self, candidates: &[&Candidate]) -> std::io::Result<()> {
        let mut text = String::new();
        for candidate in candidates {
            text.push_str(&serde_json::to_string(candidate)?);
            text.push('\n');
        }
        self.input.write_all(text.as_bytes())?;
        writeln!(self.input, "{END}")?;
        self.input.flush()
    }

    /// The next line; `None` if the process is too slow or gone.
    fn line(&self, patience: Duration) -> Option<String> {
        self.lines.recv_timeout(patience).ok()
    }

    fn stop(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The outcome of a batch under callgrind: of each candidate, and the functions that did the most with their share in percent.
pub(crate) type Counted = (Vec<Measured>, Vec<(String, u64)>);

/// Measures candidates.
pub(crate) struct Meter {
    folder: PathBuf,
    /// The charge that the workers leave out.
    without: Option<String>,
    native: Option<Process>,
    counted: Option<Process>,
    /// Whether there is a callgrind; without it only heap is measured.
    counts: bool,
    /// How many profiles the callgrind of now has written.
    profiles: usize,
    /// Instructions of an evaluation that does nothing.
    empty: u64,
    /// Instructions of a step of the ordinary kind: an integer addition in a loop.
    ordinary: f64,
    /// Candidates counted under callgrind.
    pub(crate) counted_candidates: usize,
    /// Candidates that the native worker has seen.
    pub(crate) native_candidates: usize,
}

/// Steps below which a program's work is not divided further: less is the start and the end of an evaluation.
pub(crate) const ENOUGH_STEPS: u64 = 1_000;
/// The steps and bytes that a candidate may use.
pub(crate) const STEPS: u64 = 5_000;
pub(crate) const MEMORY: u64 = 8 << 20;
const ADDITION: &str = "n = 0; for (i = 0; i < 5000; i += 1) { n = n + i; } return n;";

impl Meter {
    /// Starts, and counts the ordinary step.
    pub(crate) fn new(folder: &Path) -> Result<Self, String> {
        Self::start(folder, None)
    }

    /// As [`Meter::new`], with a charge of `mutants.sh` taken out.
    pub(crate) fn without_charge(folder: &Path, charge: &str) -> Result<Self, String> {
        Self::start(folder, Some(charge.to_owned()))
    }

    fn start(folder: &Path, without: Option<String>) -> Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let mut meter = Self {
            folder: folder.to_owned(),
            without,
            native: None,
            counted: None,
            counts: is_installed(),
            profiles: 0,
            empty: 0,
            ordinary: 1.0,
            counted_candidates: 0,
            native_candidates: 0,
        };
        let came = meter.count(&[&plain("0"), &plain(ADDITION)], false)?;
        let (Some(empty), Some(addition)) = (came.0.first(), came.0.get(1)) else {
            return Err("callgrind counts nothing".to_owned());
        };
        if meter.counts {
            meter.empty = empty.work;
            meter.ordinary = (addition.work - empty.work) as f64 / addition.steps as f64;
        }
        eprintln!(
            "an empty evaluation: {} instructions; an addition's step: {:.2}",
            meter.empty, meter.ordinary
        );
        Ok(meter)
    }

    /// The work of a step, in ordinary steps, what is done once included.
    pub(crate) fn ratio(&self, measured: &Measured) -> f64 {
        let work = measured.work.saturating_sub(self.empty) as f64;
        work / measured.steps.max(ENOUGH_STEPS) as f64 / self.ordinary
    }

    /// The work of a further step, in ordinary steps: what is done once is left out. `None` if more steps are not used.
    pub(crate) fn slope(&self, measured: &Measured) -> Option<f64> {
        let steps = measured.steps.checked_sub(measured.brief.steps)?;
        let work = measured.work.saturating_sub(measured.brief.work) as f64;
        (steps >= ENOUGH_STEPS).then(|| work / steps as f64 / self.ordinary)
    }

    /// Instructions of what is done once, whatever the steps.
    pub(crate) fn once(&self, measured: &Measured) -> u64 {
        let repeated = self.slope(measured).unwrap_or(0.0) * self.ordinary * measured.steps as f64;
        measured.work.saturating_sub(self.empty).saturating_sub(repeated as u64)
    }

    /// Measures the programs and documents of lines: the id of each, its work for a step in ordinary steps, and its heap.
    pub(crate) fn confirm(&mut self, lines: &str) -> Result<Vec<(String, f64, f64)>, String> {
        let lines = lines.lines().map(serde_json::from_str::<Json>);
        let lines: Vec<Json> = lines.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        let read = |line: &Json| Candidate::from_line(line).ok_or_else(|| format!("not a program: {line}"));
        let candidates: Vec<Candidate> = lines.iter().map(read).collect::<Result<_, _>>()?;
        let mut confirmed = Vec::new();
        let at_once = SLOTS.len() / 2;
        for (lines, candidates) in lines.chunks(at_once).zip(candidates.chunks(at_once)) {
            let natively = self.native(candidates)?;
            let measured = self.count_again(&candidates.iter().collect::<Vec<_>>())?;
            for ((line, measured), native) in lines.iter().zip(measured).zip(natively) {
                confirmed.push((line["id"].to_string(), self.ratio(&measured), heap_ratio(&native)));
            }
        }
        Ok(confirmed)
    }

    /// The time of a step, in ordinary steps: of the fastest of some evaluations.
    pub(crate) fn time_ratio(&mut self, candidate: &Candidate) -> Result<f64, String> {
        let mut fastest = |candidate: &Candidate| {
            let all = self.native(&vec![candidate.clone(); 40])?;
            let of = |measured: &Measured| measured.nanoseconds as f64 / measured.steps.max(ENOUGH_STEPS) as f64;
            Ok::<f64, String>(all.iter().map(of).fold(f64::MAX, f64::min))
        };
        Ok(fastest(candidate)? / fastest(&plain(ADDITION))?)
    }

    /// Measures candidates natively.
    pub(crate) fn native(&mut self, candidates: &[Candidate]) -> Result<Vec<Measured>, String> {
        let mut all = Vec::with_capacity(candidates.len());
        while all.len() < candidates.len() {
            let rest = &candidates[all.len()..];
            let batch: Vec<&Candidate> = rest.iter().take(SLOTS.len()).collect();
            self.native_batch(&batch, &mut all)?;
        }
        self.native_candidates += candidates.len();
        Ok(all)
    }

    fn native_batch(&mut self, batch: &[&Candidate], all: &mut Vec<Measured>) -> Result<(), String> {
        let executable = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut process = match self.native.take() {
            Some(process) => process,
            None => {
                let mut command = Command::new(executable);
                command.arg("worker").envs(self.environment());
                Process::start(command).map_err(|error| error.to_string())?
            }
        };
        // One that has ended does not read, and does not answer either.
        let _ = process.send(batch);
        for _ in batch {
            match process.line(PATIENCE).map(|line| serde_json::from_str(&line)) {
                Some(Ok(measured)) => all.push(measured),
                // Never ends, or ended the process: the worker is replaced, and the rest goes to the next one.
                Some(Err(_)) | None => {
                    all.push(Measured {
                        end: GIVEN_UP.to_owned(),
                        ..Measured::default()
                    });
                    process.stop();
                    return Ok(());
                }
            }
        }
        process.line(PATIENCE);
        self.native = Some(process);
        Ok(())
    }

    /// Counts a batch of candidates under callgrind. With `hottest` also the functions that did the most, of all together.
    pub(crate) fn count(&mut self, batch: &[&Candidate], hottest: bool) -> Result<Counted, String> {
        if !self.counts {
            let candidates: Vec<Candidate> = batch.iter().map(|candidate| (*candidate).clone()).collect();
            return Ok((self.native(&candidates)?, Vec::new()));
        }
        let batch = self.with_needs(batch)?;
        let batch: Vec<&Candidate> = batch.iter().collect();
        let mut process = match self.counted.take() {
            Some(process) => process,
            None => self.start_callgrind()?,
        };
        let _ = process.send(&batch);
        let mut all: Vec<Measured> = Vec::new();
        for _ in &batch {
            match process.line(COUNTED_PATIENCE).map(|line| serde_json::from_str(&line)) {
                Some(Ok(measured)) => all.push(measured),
                Some(Err(_)) | None => {
                    process.stop();
                    all.resize_with(batch.len(), || Measured {
                        end: GIVEN_UP.to_owned(),
                        ..Measured::default()
                    });
                    return Ok((all, Vec::new()));
                }
            }
        }
        process.line(COUNTED_PATIENCE);
        self.counted = Some(process);
        self.profiles += 1;
        self.counted_candidates += batch.len();
        let path = self.profile(&format!(".{}", self.profiles));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let _ = std::fs::remove_file(&path);
        let profile = Profile::read(&text);
        for (slot, measured) in all.iter_mut().enumerate() {
            measured.work = profile.work(slot, Part::Whole);
            measured.brief.work = profile.work(slot, Part::Brief);
            measured.compile = profile.work(slot, Part::Compile);
        }
        let functions = if hottest { profile.hottest(8) } else { Vec::new() };
        Ok((all, functions))
    }

    /// The candidates, those that are built or planned with the steps that this needs: they are found natively, by trying.
    fn with_needs(&mut self, batch: &[&Candidate]) -> Result<Vec<Candidate>, String> {
        let mut known: Vec<Candidate> = batch.iter().map(|candidate| (*candidate).clone()).collect();
        let built = |candidate: &&mut Candidate| matches!(candidate.shape, Shape::Plan | Shape::Workflow);
        let mut built: Vec<&mut Candidate> = known.iter_mut().filter(built).collect();
        let unknown: Vec<Candidate> = built.iter().map(|candidate| Candidate::clone(candidate)).collect();
        for (candidate, measured) in built.iter_mut().zip(self.native(&unknown)?) {
            candidate.need = Some(measured.need);
        }
        Ok(known)
    }

    /// Counts candidates the second time that they are done: what a process makes once, such as the table of Unicode's classes, is none of
    /// a candidate's work.
    fn count_again(&mut self, batch: &[&Candidate]) -> Result<Vec<Measured>, String> {
        let twice: Vec<&Candidate> = batch.iter().chain(batch).copied().collect();
        let (mut measured, _) = self.count(&twice, false)?;
        Ok(measured.split_off(measured.len().min(batch.len())))
    }

    /// Counts a candidate in a new process, where nothing that came before has changed what taking memory costs.
    pub(crate) fn count_alone(&mut self, candidate: &Candidate) -> Result<Option<Measured>, String> {
        self.counted.take().into_iter().for_each(Process::stop);
        let measured = self.count_again(&[candidate])?;
        Ok(measured.into_iter().next().filter(|measured| measured.end != GIVEN_UP))
    }

    /// A file of this process: another may report on the same folder meanwhile.
    fn profile(&self, end: &str) -> PathBuf {
        self.folder.join(format!("profile-{}{end}", std::process::id()))
    }

    fn environment(&self) -> Option<(&'static str, &str)> {
        self.without.as_deref().map(|charge| (WITHOUT_CHARGE, charge))
    }

    fn start_callgrind(&mut self) -> Result<Process, String> {
        self.profiles = 0;
        let executable = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut command = Command::new("valgrind");
        command
            .args([
                "--tool=callgrind",
                "--dump-after=*end_of_batch*",
                "--toggle-collect=*slot_*",
                "--dump-line=no",
            ])
            .arg(format!("--callgrind-out-file={}", self.profile("").display()))
            .arg(executable)
            .arg("worker")
            .envs(self.environment());
        Process::start(command).map_err(|error| format!("valgrind: {error}"))
    }
}

/// Whether valgrind is installed.
pub(crate) fn is_installed() -> bool {
    let mut command = Command::new("valgrind");
    let silent = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

/// A program without parameters.
fn plain(source: &str) -> Candidate {
    Candidate {
        shape: Shape::Loop,
        source: source.to_owned(),
        parameters: BTreeMap::new(),
        way: Way::Name,
        steps: 40_000,
        memory: MEMORY,
        need: None,
        alone: false,
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.native
            .take()
            .into_iter()
            .chain(self.counted.take())
            .for_each(Process::stop);
    }
}
