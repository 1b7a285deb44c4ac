//! What is right by the language and likely not what was meant: lints, looked for only where a host asks.
//!
//! ```
//! use selvedge::{Engine, Schema};
//! let lints = Engine::default().lint("day = 20260101; none = 0; return 7 / none;", &Schema::new())?;
//! let names: Vec<&str> = lints.iter().map(|lint| lint.name.text()).collect();
//! assert_eq!(names, ["unused-variable", "division-by-zero"]);
//! # Ok::<(), selvedge::CompileError>(())
//! ```
//!
//! Each lint reads the finished trees of a program. The typed tree's arenas hold a node after all its parts, so what is known
//! of a node is found in one walk along the arena, without recursion and in time linear in the program's size.

mod balance;
mod calls;
mod conditions;
mod constants;
mod counting;
mod dates;
mod effects;
mod facts;
mod name;
mod numbers;
mod parameters;
mod patterns;
mod reach;
mod results;
mod texts;
mod variables;

pub use name::{LintName, UnknownLint};

use serde::Serialize;

use crate::check::Checked;
use crate::check::host::HostSignatures;
use crate::diagnostic::Diagnostic;
use crate::schema::Schema;
use crate::source::Span;
use crate::syntax::ast;
use crate::work::{Work, count, is_stopped};
use constants::Constants;
use facts::Facts;

/// What a lint says of a program.
///
/// ```
/// use selvedge::lint::{LintName, LintSet};
/// use selvedge::{Engine, Schema};
/// let program = Engine::default().compile("if (1 > 2) { return 1; } return 2;", &Schema::new())?;
/// let lints = program.lints(LintSet::default());
/// assert_eq!(lints[0].name, LintName::ConditionAlwaysFalse);
/// assert!(!lints[0].diagnostic.is_error());
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Lint {
    /// The lint's stable name.
    pub name: LintName,
    /// What it says: a warning with code, place, message, help, and a suggestion where one is safe to apply.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// The lints that are looked for.
///
/// ```
/// use selvedge::lint::{LintName, LintSet};
/// let lints = LintSet::default().with(LintName::Nondeterministic).without(LintName::UnusedVariable);
/// assert!(lints.contains(LintName::Nondeterministic));
/// assert!(lints.contains(LintName::DivisionByZero));
/// assert!(!lints.contains(LintName::UnusedVariable));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LintSet {
    bits: u64,
}

impl Default for LintSet {
    /// Those that are on by default.
    fn default() -> Self {
        let on = LintName::ALL.iter().filter(|name| name.is_default());
        on.fold(Self::none(), |set, &name| set.with(name))
    }
}

impl LintSet {
    /// All lints.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(LintName::ALL.iter().all(|&name| LintSet::all().contains(name)));
    /// ```
    pub fn all() -> Self {
        LintName::ALL.iter().fold(Self::none(), |set, &name| set.with(name))
    }

    /// No lint.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// let only = LintSet::none().with(LintName::EndlessLoop);
    /// assert_eq!(LintName::ALL.iter().filter(|&&name| only.contains(name)).count(), 1);
    /// ```
    pub const fn none() -> Self {
        Self { bits: 0 }
    }

    /// The same with a lint.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(LintSet::default().with(LintName::Nondeterministic).contains(LintName::Nondeterministic));
    /// ```
    #[must_use]
    pub const fn with(self, name: LintName) -> Self {
        let bits = self.bits | 1 << name as u32;
        Self { bits }
    }

    /// The same without a lint.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(!LintSet::all().without(LintName::EndlessLoop).contains(LintName::EndlessLoop));
    /// ```
    #[must_use]
    pub const fn without(self, name: LintName) -> Self {
        let bits = self.bits & !(1 << name as u32);
        Self { bits }
    }

    /// Whether a lint is looked for.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(!LintSet::none().contains(LintName::EndlessLoop));
    /// ```
    pub const fn contains(self, name: LintName) -> bool {
        self.bits & 1 << name as u32 != 0
    }
}

/// A program that was accepted.
#[derive(Clone, Copy)]
pub(crate) struct Program<'p> {
    pub(crate) source: &'p str,
    pub(crate) ast: &'p ast::Tree,
    pub(crate) checked: &'p Checked,
}

/// What a program was checked with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'c> {
    pub(crate) schema: &'c Schema,
    pub(crate) host_functions: &'c dyn HostSignatures,
    /// The most steps of an evaluation.
    pub(crate) steps: u64,
}

/// A program as the lints see it.
struct Subject<'s> {
    source: &'s str,
    ast: &'s ast::Tree,
    checked: &'s Checked,
    schema: &'s Schema,
    host_functions: &'s dyn HostSignatures,
    constants: Constants,
    facts: Facts,
    /// The most steps of an evaluation.
    steps: u64,
}

/// What was found so far.
struct Findings<'f> {
    source: &'f str,
    /// The source's brackets, found when a place is first widened.
    brackets: Option<balance::Brackets>,
    wanted: LintSet,
    lints: Vec<Lint>,
}

impl Findings<'_> {
    fn wants(&self, name: LintName) -> bool {
        self.wanted.contains(name)
    }

    /// Says something, where its lint is looked for; `dress` adds label, help and suggestion.
    fn say(
        &mut self,
        name: LintName,
        span: Span,
        message: impl Into<String>,
        dress: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        if self.wants(name) && !is_stopped() {
            let brackets = self.brackets.get_or_insert_with(|| balance::Brackets::of(self.source));
            let span = brackets.widen(span);
            let diagnostic = dress(Diagnostic::warning(name.code(), span, message));
            self.lints.push(Lint { name, diagnostic });
        }
    }
}

/// Everything that the wanted lints say of a program that was accepted, in the order of the source.
pub(crate) fn lint(program: Program<'_>, context: Context<'_>, wanted: LintSet) -> Vec<Lint> {
    let Program { source, ast, checked } = program;
    let Context {
        schema,
        host_functions,
        steps,
    } = context;
    let constants = Constants::of(&checked.tree);
    let facts = Facts::of(&checked.tree);
    let subject = Subject {
        source,
        ast,
        checked,
        schema,
        host_functions,
        constants,
        facts,
        steps,
    };
    let mut findings = Findings {
        source,
        brackets: None,
        wanted,
        lints: Vec::new(),
    };
    // The bound of the cost is the engine's to find: see `engine::lints`.
    let passes = [
        numbers::leading_zeros,
        numbers::divisions,
        numbers::indexes,
        variables::unused,
        parameters::unused,
        parameters::shadowed,
        conditions::constant,
        conditions::decided_by_types,
        conditions::never_equal,
        reach::paths,
        reach::outside_loops,
        effects::nondeterministic,
        effects::failing_calls,
        patterns::dates,
        dates::arithmetic,
        dates::misread,
        texts::divisions,
        texts::placeholders,
        numbers::lost_fractions,
        results::dropped,
    ];
    for pass in passes {
        count(Work::Linted, checked.tree.exprs.len() + checked.tree.statements.len());
        if is_stopped() {
            break;
        }
        pass(&subject, &mut findings);
    }
    let mut lints = findings.lints;
    lints.sort_by_key(|lint| (lint.diagnostic.span, lint.name));
    lints
}
