//! Tests of expressions, sets of parameters and workflows, as data: fixtures in, verdicts out. Nothing is printed, no file is read but
//! those that the caller gives, and each test has the clock and the randomness that it says, and no other.
//!
//! ```
//! use selvedge::testing::{Runner, Suite};
//! use selvedge::{Engine, Interrupt};
//!
//! let fixture = r"
//! workflow: load.yaml
//! tests:
//! - name: nothing is published where there are no rows
//!   outcomes: {extract: {rows: 0}}
//!   expect:
//!     path: [extract]
//!     skipped: {publish: condition}
//! ";
//! let definition = r"
//! workflow:
//!   id: load
//!   jobs:
//!   - job: {id: extract, type: sql, rows: 1, transition: [IF rows > 0 THEN publish]}
//!   - job: {id: publish, type: copy}
//! ";
//! let suite = Suite::from_yaml(fixture, &Interrupt::new())?;
//! let files = |_: &str| Ok(definition.to_owned());
//! let runner = Runner::new(Engine::default(), &files);
//! for test in suite.tests() {
//!     let verdict = runner.run(test, &Interrupt::new());
//!     assert!(verdict.passed(), "{:?}", verdict.failures);
//! }
//! # Ok::<(), selvedge::params::DefinitionError>(())
//! ```

mod answers;
mod case;
mod clock;
mod compare;
mod covered;
mod events;
mod expression;
mod files;
mod finding;
mod found;
mod kind;
mod layer;
mod reader;
mod runner;
mod session;
mod set;
mod stubs;
mod suite;
mod table;
mod unfolded;
mod update;
mod verdict;
mod verify;
mod wanted;
mod written;

pub use case::Test;
pub use covered::{BranchOfLine, CoveredFile};
pub use files::Files;
pub use finding::FixtureText;
pub use kind::Kind;
pub use runner::Runner;
pub use suite::Suite;
pub use update::{Updated, updated};
pub use verdict::{Difference, Failure, Verdict};
