//! Which lines of definitions and programs tests ran, and which ways of their conditions.

use std::collections::BTreeMap;

use crate::engine::{Coverage, CoveredProgram};
use crate::project::tree::{Leaf, Step, leaves};
use crate::source::LineIndex;

/// The coverage of a file: of its expressions by line, and of their conditions by branch.
///
/// ```
/// use selvedge::testing::CoveredFile;
/// use selvedge::{Coverage, Engine, Inputs, Schema, Type};
/// let (coverage, text) = (Coverage::new(), "if (n > 2) {\n  return 'many';\n}\nreturn 'few';\n");
/// let engine = Engine::builder().coverage(&coverage).build();
/// engine.compile(text, &Schema::new().with("n", Type::Long))?.evaluate(&Inputs::new().with("n", 1))?;
/// let file = CoveredFile::of("size.sel", text, &coverage);
/// assert_eq!(file.lines.iter().map(|(line, hits)| (*line, *hits)).collect::<Vec<_>>(), [(1, 1), (2, 0), (4, 1)]);
/// assert_eq!(file.branches.iter().filter(|branch| branch.hits > 0).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoveredFile {
    /// Its name.
    pub name: String,
    /// How often each line ran on which an expression or statement begins.
    pub lines: BTreeMap<u32, u64>,
    /// The branches of conditions, in the order of the file.
    pub branches: Vec<BranchOfLine>,
}

/// How often a condition was true, or false: one of a program, or of a transition.
///
/// ```
/// use selvedge::testing::CoveredFile;
/// use selvedge::{Coverage, Engine, Schema, Type};
/// let (coverage, text) = (Coverage::new(), "late ? 1 : 2");
/// let engine = Engine::builder().coverage(&coverage).build();
/// engine.compile(text, &Schema::new().with("late", Type::Boolean))?;
/// let file = CoveredFile::of("late.sel", text, &coverage);
/// assert!(file.branches.iter().all(|branch| (branch.line, &*branch.condition) == (1, "late")));
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BranchOfLine {
    /// The line on which the condition begins.
    pub line: u32,
    /// The condition's number in its file.
    pub block: u32,
    /// Whether it was true.
    pub held: bool,
    /// The number of times.
    pub hits: u64,
    /// The condition.
    pub condition: String,
}

impl CoveredFile {
    /// Returns the coverage of a file: a program, if its name ends in `.sel`, or definitions in JSON or YAML.
    pub fn of(name: &str, text: &str, coverage: &Coverage) -> Self {
        let mut file = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let programs = coverage.programs();
        let programs: BTreeMap<&str, &CoveredProgram> = programs
            .iter()
            .map(|program| (program.source.as_str(), program))
            .collect();
        let lines = LineIndex::new(text);
        if let Some(program) = programs.get(text) {
            file.add(program, false, &|at| lines.position(at).line);
            return file;
        }
        let is_json = super::files::is_json(name, text);
        for leaf in &leaves(text, is_json).unwrap_or_default() {
            let Some((program, start)) = program_of(leaf, &programs) else {
                continue;
            };
            let map = leaf.scalar.map(text);
            let line = |at: u32| {
                let place = map
                    .as_ref()
                    .map_or(leaf.scalar.place.start, |map| map.place(start + at as usize));
                lines.position(place as u32).line
            };
            file.add(program, is_condition(&leaf.path), &line);
        }
        file
    }

    /// The number of lines that can run, and of those that did.
    pub fn line_totals(&self) -> (usize, usize) {
        (self.lines.len(), self.lines.values().filter(|hits| **hits > 0).count())
    }

    /// The number of branches, and of those that were taken.
    pub fn branch_totals(&self) -> (usize, usize) {
        (
            self.branches.len(),
            self.branches.iter().filter(|branch| branch.hits > 0).count(),
        )
    }

    fn add(&mut self, program: &CoveredProgram, is_condition: bool, line: &dyn Fn(u32) -> u32) {
        if program.statements.is_empty() {
            *self.lines.entry(line(0)).or_default() += program.evaluations;
        }
        for statement in &program.statements {
            let hits = self.lines.entry(line(statement.span.start)).or_default();
            *hits = (*hits).max(statement.hits);
        }
        let mut block = self.branches.last().map_or(0, |branch| branch.block + 1);
        if is_condition {
            let ways = [(true, program.came_true), (false, program.came_false)];
            for (held, hits) in ways {
                self.branches.push(BranchOfLine {
                    line: line(0),
                    block,
                    held,
                    hits,
                    condition: program.source.clone(),
                });
            }
            block += 1;
        }
        let mut last = None;
        for branch in &program.branches {
            if last.is_some_and(|last| last != branch.span) {
                block += 1;
            }
            last = Some(branch.span);
            self.branches.push(BranchOfLine {
                line: line(branch.span.start),
                block,
                held: branch.held,
                hits: branch.hits,
                condition: branch.span.of(&program.source).to_owned(),
            });
        }
    }
}

/// The program that a text of a definition is, or holds as the condition of `IF … THEN …`, and where that begins in it.
fn program_of<'p>(leaf: &Leaf, programs: &BTreeMap<&str, &'p CoveredProgram>) -> Option<(&'p CoveredProgram, usize)> {
    let text = leaf.scalar.text.as_str();
    if !leads(&leaf.path) {
        let program = programs.get(text).filter(|_| is_expression(&leaf.path))?;
        return Some((program, 0));
    }
    let upper = text.to_ascii_uppercase();
    let (from, to) = (upper.find("IF ")? + 3, upper.rfind(" THEN ")?);
    let condition = text.get(from..to)?;
    let program = programs.get(condition.trim())?;
    Some((program, from + condition.len() - condition.trim_start().len()))
}

fn key(step: Option<&Step>) -> Option<&str> {
    match step {
        Some(Step::Key(key)) => Some(key),
        Some(Step::Index(_)) | None => None,
    }
}

/// Whether a text is an expression by where it stands.
fn is_expression(path: &[Step]) -> bool {
    key(path.last()).is_some_and(|key| key.starts_with('!') || key == "expression") || is_condition(path)
}

/// Whether a text is the condition of a loop, or of what leads from one step to another.
fn is_condition(path: &[Step]) -> bool {
    let before = path.len().checked_sub(2).and_then(|at| path.get(at));
    key(path.last()) == Some("condition") || key(before) == Some("successors") || leads(path)
}

/// Whether a text is an entry of a transition in the shorthand.
fn leads(path: &[Step]) -> bool {
    let before = path.len().checked_sub(2).and_then(|at| path.get(at));
    matches!(path.last(), Some(Step::Index(_))) && key(before) == Some("transition")
}
