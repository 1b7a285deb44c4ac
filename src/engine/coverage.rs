//! Counts what of programs runs: statements, the ways of conditions, and what conditions as a whole came to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::machine::any::Any;
use crate::machine::code::{Code, TraceSite};
use crate::source::Span;
use crate::types::Type;

/// Counts which parts of programs run; clones count together. Programs with the same text are one.
///
/// Counting takes time, and no steps: values, errors and usage are those of the same evaluations without it.
///
/// ```
/// use selvedge::{Coverage, Engine, Inputs, Schema, Type};
/// let coverage = Coverage::new();
/// let engine = Engine::builder().coverage(&coverage).build();
/// let program = engine.compile("n > 2 ? 'many' : 'few'", &Schema::new().with("n", Type::Long))?;
/// program.evaluate(&Inputs::new().with("n", 7))?;
/// let counted = &coverage.programs()[0];
/// assert_eq!((counted.evaluations, counted.branches.len()), (1, 2));
/// let taken = counted.branches.iter().find(|branch| branch.hits > 0).ok_or("none")?;
/// assert!(taken.held && taken.span.of(&counted.source) == "n > 2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Coverage(Arc<Mutex<BTreeMap<Box<str>, Counts>>>);

/// The coverage of a program.
///
/// ```
/// use selvedge::{Coverage, Engine, Inputs, Schema};
/// let coverage = Coverage::new();
/// let engine = Engine::builder().coverage(&coverage).build();
/// engine.compile("1 < 2", &Schema::new())?.evaluate(&Inputs::new())?;
/// let counted = &coverage.programs()[0];
/// assert_eq!((&*counted.source, counted.came_true, counted.came_false), ("1 < 2", 1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoveredProgram {
    /// Its text.
    pub source: String,
    /// The number of evaluations.
    pub evaluations: u64,
    /// How often its value was `true`.
    pub came_true: u64,
    /// How often its value was `false`.
    pub came_false: u64,
    /// Its statements, in the order of the text.
    pub statements: Vec<CoveredStatement>,
    /// The branches of its conditions, in the order of the text: each condition true and false.
    pub branches: Vec<CoveredBranch>,
}

/// How often a statement began.
///
/// ```
/// use selvedge::{Coverage, Engine, Inputs, Schema};
/// let coverage = Coverage::new();
/// let engine = Engine::builder().coverage(&coverage).build();
/// engine.compile("a = 1; return a;", &Schema::new())?.evaluate(&Inputs::new())?;
/// let hits: Vec<u64> = coverage.programs()[0].statements.iter().map(|statement| statement.hits).collect();
/// assert_eq!(hits, [1, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoveredStatement {
    /// The statement.
    pub span: Span,
    /// How often it began.
    pub hits: u64,
}

/// How often a condition of `if`, `?:` or a loop was true, or false.
///
/// ```
/// use selvedge::{Coverage, Engine, Schema, Type};
/// let coverage = Coverage::new();
/// let engine = Engine::builder().coverage(&coverage).build();
/// engine.compile("late ? 1 : 2", &Schema::new().with("late", Type::Boolean))?;
/// let counted = &coverage.programs()[0];
/// assert!(counted.branches.iter().all(|branch| branch.hits == 0 && branch.span.of(&counted.source) == "late"));
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoveredBranch {
    /// The condition.
    pub span: Span,
    /// The branch: whether the condition was true.
    pub held: bool,
    /// How often it was taken.
    pub hits: u64,
}

/// What is counted of a program; by the beginning and end of each place.
#[derive(Debug, Default)]
struct Counts {
    evaluations: u64,
    came: [u64; 2],
    statements: BTreeMap<(u32, u32), u64>,
    branches: BTreeMap<(u32, u32, bool), u64>,
}

impl Coverage {
    /// Empty coverage.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the coverage of each program, in the order of their texts, including those that were compiled and never ran.
    pub fn programs(&self) -> Vec<CoveredProgram> {
        self.with(|programs| programs.iter().map(|(source, counts)| counts.program(source)).collect())
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<Box<str>, Counts>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes a program, of which nothing ran yet.
    pub(super) fn register(&self, source: &str, code: &Code) {
        self.with(|programs| {
            let counts = programs.entry(source.into()).or_default();
            counts.add(code, &[]);
        });
    }

    /// Notes an evaluation: how often it came to each site, and its value where it has one.
    #[cold]
    pub(super) fn add(&self, source: &str, code: &Code, hits: &[u64], value: Option<&Any>) {
        self.with(|programs| {
            let counts = programs.entry(source.into()).or_default();
            counts.evaluations += 1;
            if let Some(value) = value.filter(|value| value.ty == Type::Boolean) {
                let [came_false, came_true] = &mut counts.came;
                *if value.bits == 0 { came_false } else { came_true } += 1;
            }
            counts.add(code, hits);
        });
    }
}

impl Counts {
    fn add(&mut self, code: &Code, hits: &[u64]) {
        let sites = code.trace_sites.iter().zip(&code.trace_spans).enumerate();
        for (index, (site, span)) in sites {
            let hits = hits.get(index).copied().unwrap_or_default();
            match site {
                TraceSite::Statement => *self.statements.entry((span.start, span.end)).or_default() += hits,
                TraceSite::Branch(held) => {
                    *self.branches.entry((span.start, span.end, *held)).or_default() += hits;
                }
                TraceSite::Variable { .. } | TraceSite::Element { .. } => {}
            }
        }
    }

    fn program(&self, source: &str) -> CoveredProgram {
        let [came_false, came_true] = self.came;
        let statements = self.statements.iter();
        let branches = self.branches.iter();
        CoveredProgram {
            source: source.to_owned(),
            evaluations: self.evaluations,
            came_true,
            came_false,
            statements: statements
                .map(|(&(start, end), &hits)| CoveredStatement {
                    span: Span::new(start, end),
                    hits,
                })
                .collect(),
            branches: branches
                .map(|(&(start, end, held), &hits)| CoveredBranch {
                    span: Span::new(start, end),
                    held,
                    hits,
                })
                .collect(),
        }
    }
}
