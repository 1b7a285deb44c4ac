//! Processes made by `os.fork`: of the threads of the parent one lives on, and what the others had locked stays locked.

use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::prelude::*;
use selvedge::EngineBuilder;

/// How many times this process, and those it comes of, were made by a fork.
static FORKS: AtomicU64 = AtomicU64::new(0);

fn forks() -> u64 {
    FORKS.load(Ordering::Relaxed)
}

#[pyfunction]
fn forked() {
    FORKS.fetch_add(1, Ordering::Relaxed);
}

/// Counts forks from now on, where the system has them.
pub(crate) fn count(py: Python<'_>) -> PyResult<()> {
    let Some(register) = py.import("os")?.getattr_opt("register_at_fork")? else {
        return Ok(());
    };
    let arguments = pyo3::types::PyDict::new(py);
    arguments.set_item("after_in_child", wrap_pyfunction!(forked, py)?)?;
    register.call((), Some(&arguments)).map(drop)
}

/// An engine, and one with a cache that no thread of the parent has locked, for a child.
pub(crate) struct Forkable {
    engine: selvedge::Engine,
    of_child: selvedge::Engine,
    forks: u64,
}

impl Forkable {
    pub(crate) fn new(builder: EngineBuilder) -> Self {
        Self {
            engine: builder.clone().build(),
            of_child: builder.build(),
            forks: forks(),
        }
    }

    /// The one for this process.
    pub(crate) fn get(&self) -> &selvedge::Engine {
        match self.forks == forks() {
            true => &self.engine,
            false => &self.of_child,
        }
    }
}
