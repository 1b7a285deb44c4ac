//! What is right by the language and likely not what was meant: lints, looked for only where a host asks.
//!
//! ```
//! use selvedge::{Engine, Schema, Type};
//! let schema = Schema::new().with("late", Type::Boolean);
//! let lints = Engine::default().lint("day = 20260101; return late ? 7 / 0 : 1;", &schema)?;
//! let names: Vec<&str> = lints.iter().map(|lint| lint.name.text()).collect();
//! assert_eq!(names, ["unused-variable", "division-by-zero"]);
//! # Ok::<(), selvedge::CompileError>(())
//! ```
//!
//! Each lint reads the finished trees of a program. The typed tree's arenas hold a node after all its parts, so what is known
//! of a node is found in one walk along the arena, without recursion and in time linear in the program's size.

mod calls;
mod conditions;
mod constants;
mod counting;
mod date_ints;
mod dates;
mod effects;
mod facts;
mod findings;
mod formats;
mod held;
mod levels;
mod moved;
mod name;
mod nulls;
mod numbers;
mod parameters;
mod patterns;
mod reach;
mod results;
mod set;
mod subject;
mod texts;
mod unquoted;
mod variables;

pub use findings::Lint;
pub use levels::{Level, LevelError, Levels};
pub use name::{LintName, UnknownLint};
pub use set::LintSet;
#[cfg(feature = "params")]
pub(crate) use texts::of_airflow;

use std::cell::OnceCell;

use crate::check::Checked;
use crate::check::signatures::HostSignatures;
use crate::dialect::Dialect;
use crate::schema::Schema;
use crate::syntax::ast;
use crate::work::{Work, count, is_stopped};
use constants::Constants;
use facts::Facts;
use findings::Findings;
use subject::Subject;

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
    /// The language that helps are written in.
    pub(crate) dialect: Dialect,
    pub(crate) schema: &'c Schema,
    pub(crate) host_functions: &'c dyn HostSignatures,
    /// The most steps of an evaluation.
    pub(crate) steps: u64,
    /// Whether the host takes what it gives as a DOUBLE.
    pub(crate) gives_double: bool,
}

/// Everything that the wanted lints say of a program that was accepted, in the order of the source.
pub(crate) fn lint(program: Program<'_>, context: Context<'_>, wanted: LintSet) -> Vec<Lint> {
    let Program { source, ast, checked } = program;
    let Context {
        dialect,
        schema,
        host_functions,
        steps,
        gives_double,
    } = context;
    let constants = Constants::of(&checked.tree);
    let facts = Facts::of(&checked.tree);
    let subject = Subject {
        source,
        dialect,
        ast,
        checked,
        schema,
        host_functions,
        constants,
        facts,
        contents: OnceCell::new(),
        steps,
        gives_double,
    };
    let mut findings = Findings::new(source, wanted);
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
        conditions::never_contained,
        conditions::assigned,
        reach::paths,
        reach::outside_loops,
        effects::nondeterministic,
        effects::failing_calls,
        patterns::dates,
        dates::arithmetic,
        dates::joined,
        dates::misread,
        unquoted::dates,
        texts::divisions,
        texts::placeholders,
        texts::receivers,
        numbers::lost_fractions,
        results::dropped,
        results::unused,
        results::swapped,
        patterns::characters,
        patterns::literal,
        texts::separators,
        formats::surplus,
        nulls::joined,
        nulls::added,
    ];
    for pass in passes {
        count(Work::Linted, checked.tree.statements.len());
        if is_stopped() {
            break;
        }
        pass(&subject, &mut findings);
    }
    findings.into_lints()
}
