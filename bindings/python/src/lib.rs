//! The native part of the Python package `selvedge`: the crate's engines, sets and workflows as Python classes.
//!
//! Values go in by `convert` and out by `give`; what goes wrong becomes an exception in `errors`. What is better said in Python
//! (schemas from annotations, the exceptions themselves) is in `python/selvedge`.
#![forbid(unsafe_code)]

mod check;
mod convert;
mod engine;
mod errors;
mod events;
mod fixtures;
mod fork;
mod give;
mod host;
mod interrupt;
mod misfit;
mod places;
mod program;
mod python;
mod schema;
mod scope;
mod sets;
mod unfolding;
mod workflow;

use pyo3::pymodule;

/// The native part of `selvedge`.
#[pymodule(gil_used = false)]
mod _selvedge {
    #[pymodule_export]
    use super::check::{check_files, format};
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::errors::{escape, render};
    #[pymodule_export]
    use super::fixtures::run_tests;
    #[pymodule_export]
    use super::interrupt::CancelToken;
    #[pymodule_export]
    use super::program::Program;
    #[pymodule_export]
    use super::schema::Schema;
    #[pymodule_export]
    use super::sets::{ParameterSet, Plan};
    #[pymodule_export]
    use super::unfolding::Unfolding;
    #[pymodule_export]
    use super::workflow::{Blueprint, Workflow};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        super::python::check_interpreter(module.py())?;
        super::fork::count(module.py())
    }
}
