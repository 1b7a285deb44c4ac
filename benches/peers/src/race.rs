//! What is raced: the rows, their parameters and results, and the traits that peers implement.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::everyday::{CASES, Case};

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    W1,
    W2,
    W3,
    W4,
    W5,
    W6,
    W7,
    W8,
    W9,
    W9w,
}

/// The parameters, all of them the same for every peer. They go through `black_box` once, so that nothing is computed ahead.
pub struct Parameters {
    pub price: f64,
    pub qty: i64,
    pub threshold: f64,
    pub region: &'static str,
    pub bucket: &'static str,
    pub table: &'static str,
    pub date: i64,
    pub hour: i64,
    pub xs: &'static [i64],
    pub a: i64,
    pub b: i64,
}

/// A result as a Rust value.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Bool(bool),
    Int(i64),
    Text(String),
}

impl Answer {
    /// As a line for another process: the helper writes it.
    #[allow(dead_code)]
    pub fn to_line(&self) -> String {
        match self {
            Self::Bool(value) => format!("bool {value}"),
            Self::Int(value) => format!("int {value}"),
            Self::Text(text) => format!("text {text}"),
        }
    }

    pub fn from_line(line: &str) -> Option<Self> {
        match line.split_once(' ')? {
            ("bool", value) => value.parse().ok().map(Self::Bool),
            ("int", value) => value.parse().ok().map(Self::Int),
            ("text", text) => Some(Self::Text(text.to_owned())),
            _ => None,
        }
    }
}

impl Row {
    pub const ALL: [Self; 10] = [
        Self::W1,
        Self::W2,
        Self::W3,
        Self::W4,
        Self::W5,
        Self::W6,
        Self::W7,
        Self::W8,
        Self::W9,
        Self::W9w,
    ];

    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// Whether the source text is compiled for each evaluation.
    pub fn from_source(self) -> bool {
        matches!(self, Self::W2 | Self::W9)
    }

    /// The row that runs the same program, compiled once.
    pub fn program(self) -> Self {
        match self {
            Self::W2 => Self::W1,
            Self::W9 => Self::W9w,
            row => row,
        }
    }

    /// By how much an evaluation's time is divided.
    pub fn iterations(self) -> f64 {
        if self == Self::W3 { 1_000_000.0 } else { 1.0 }
    }

    /// The parameter `n` of the rows that have one.
    pub fn n(self) -> i64 {
        black_box(match self {
            Self::W3 => 100,
            Self::W6 => 10_000,
            _ => 1_000,
        })
    }

    /// What every peer must answer.
    pub fn answer(self) -> Answer {
        match self {
            Self::W1 | Self::W2 => Answer::Bool(true),
            Self::W3 => Answer::Int(1_000_000),
            Self::W4 => Answer::Text("s3://lake/orders/dt=20240101/hr=7".to_owned()),
            Self::W5 => Answer::Int(49_995_000),
            Self::W6 => Answer::Int(1_229),
            Self::W7 => Answer::Int(499_500),
            Self::W8 => Answer::Int(2_000),
            Self::W9 | Self::W9w => Answer::Int(3),
        }
    }
}

impl Parameters {
    pub fn new() -> &'static Self {
        Box::leak(Box::new(black_box(Self {
            price: 12.5,
            qty: 9,
            threshold: 100.0,
            region: "us-east-1",
            bucket: "lake",
            table: "orders",
            date: 20_240_101,
            hour: 7,
            xs: Vec::leak((0..10_000).collect()),
            a: 20_231_101,
            b: 20_240_201,
        })))
    }
}

/// A row of the table, or an everyday program.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    Row(Row),
    Everyday(&'static Case),
}

impl Event {
    /// All rows, then all everyday programs with their twins.
    pub fn all() -> Vec<Self> {
        let rows = Row::ALL.into_iter().map(Self::Row);
        rows.chain(CASES.iter().map(Self::Everyday)).collect()
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::all()
            .into_iter()
            .find(|event| event.name().eq_ignore_ascii_case(name))
    }

    pub fn name(self) -> String {
        match self {
            Self::Row(row) => row.name(),
            Self::Everyday(case) => case.name.clone(),
        }
    }

    /// By how much an evaluation's time is divided.
    pub fn iterations(self) -> f64 {
        match self {
            Self::Row(row) => row.iterations(),
            Self::Everyday(_) => 1.0,
        }
    }

    /// What every peer must answer.
    pub fn answer(self) -> Answer {
        match self {
            Self::Row(row) => row.answer(),
            Self::Everyday(case) => case.answer.clone(),
        }
    }
}

/// A peer that is ready to run one row.
pub trait Contender {
    /// Evaluates once.
    fn answer(&mut self) -> Answer;

    /// Evaluates `batch` times and says how much time that took of the processor.
    fn time(&mut self, batch: u64) -> Duration;
}

impl<F: FnMut() -> Answer> Contender for F {
    fn answer(&mut self) -> Answer {
        self()
    }

    fn time(&mut self, batch: u64) -> Duration {
        let start = processor_time();
        for _ in 0..batch {
            black_box(self());
        }
        processor_time() - start
    }
}

/// What this thread has had of the processor: a machine that does other things as well is no matter.
fn processor_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

/// What a peer makes of a row; `None` if the row cannot be written in its language.
pub type Entry = Option<Box<dyn Contender>>;

/// Puts a closure in the race.
pub fn enter(evaluate: impl FnMut() -> Answer + 'static) -> Entry {
    Some(Box::new(evaluate))
}

/// An interpreter, with the limits that it is run under.
pub trait Peer {
    fn name(&self) -> &'static str;

    fn enter(&self, row: Row, parameters: &'static Parameters) -> Entry;

    /// What it makes of an everyday program; nothing, where that is not written for it.
    fn everyday(&self, _case: &'static Case) -> Entry {
        None
    }

    /// What it makes of a row or of an everyday program.
    fn enter_event(&self, event: Event, parameters: &'static Parameters) -> Entry {
        match event {
            Event::Row(row) => self.enter(row, parameters),
            Event::Everyday(case) => self.everyday(case),
        }
    }
}
