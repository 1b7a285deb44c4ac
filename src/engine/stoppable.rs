//! Compiling and the static passes, where whoever waits for them can stop them.

use super::{CompileError, Engine, LoadError, Program};
#[cfg(feature = "params")]
use crate::check::Helps;
use crate::cost::{CostBound, InputSizes};
use crate::host::Interrupt;
use crate::lint::{Lint, LintSet};
use crate::schema::Schema;
use crate::syntax::FormatOptions;

impl Engine {
    /// As [`Engine::compile`], where a deadline or a token can stop it.
    ///
    /// It looks at them every 2,048 units of its work: characters scanned, rules of the grammar tried, nodes of trees, instructions.
    /// These are some ten microseconds apart.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile`], and where it was stopped: see [`CompileError::stopped_by`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{CancelToken, Engine, Interrupt, Schema, diagnostic::Code};
    ///
    /// let (engine, token) = (Engine::default(), CancelToken::new());
    /// let interrupt = Interrupt::new().timeout(Duration::from_secs(5)).cancel(token.clone());
    /// assert!(engine.compile_with("1 + 2", &Schema::new(), &interrupt).is_ok());
    ///
    /// token.cancel();
    /// let stopped = engine.compile_with("3 + 4", &Schema::new(), &interrupt).unwrap_err();
    /// assert_eq!(stopped.stopped_by(), Some(Code::Cancelled));
    /// assert_eq!(stopped.to_string(), "the host cancelled the compilation at 1:1 [E609]");
    /// ```
    pub fn compile_with(&self, source: &str, schema: &Schema, interrupt: &Interrupt) -> Result<Program, CompileError> {
        within(interrupt, source, || self.compile(source, schema))
    }

    /// As [`Engine::compile_with`], where what is wrong is only known, and not told.
    #[cfg(feature = "params")]
    pub(crate) fn compile_briefly(
        &self,
        source: &str,
        schema: &Schema,
        interrupt: &Interrupt,
    ) -> Result<Program, CompileError> {
        within(interrupt, source, || {
            self.compile_helping(source, schema, Helps::Without)
        })
    }

    /// As [`Engine::format`], where a deadline or a token can stop it.
    ///
    /// # Errors
    ///
    /// As [`Engine::format`], and where it was stopped: see [`CompileError::stopped_by`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{Engine, FormatOptions, Interrupt};
    /// let interrupt = Interrupt::new().timeout(Duration::from_secs(5));
    /// let formatted = Engine::default().format_with("1+2", &FormatOptions::default(), &interrupt)?;
    /// assert_eq!(formatted, "1 + 2");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn format_with(
        &self,
        source: &str,
        options: &FormatOptions,
        interrupt: &Interrupt,
    ) -> Result<String, CompileError> {
        within(interrupt, source, || self.format(source, options))
    }

    /// As [`Engine::lint_for`], where a deadline or a token can stop it.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile_with`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{Engine, Interrupt, Schema, lint::LintSet};
    /// let interrupt = Interrupt::new().timeout(Duration::from_secs(5));
    /// let lints = Engine::default().lint_with("total = 7; return 2;", &Schema::new(), LintSet::default(), &interrupt)?;
    /// assert_eq!(lints.len(), 1);
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lint_with(
        &self,
        source: &str,
        schema: &Schema,
        wanted: LintSet,
        interrupt: &Interrupt,
    ) -> Result<Vec<Lint>, CompileError> {
        within(interrupt, source, || self.lint_for(source, schema, wanted))
    }

    /// As [`Engine::load`], where a deadline or a token can stop it.
    ///
    /// # Errors
    ///
    /// As [`Engine::load`]; where it was stopped, [`LoadError::Refused`] with what stopped it.
    ///
    /// ```
    /// use selvedge::{CancelToken, Engine, Interrupt, Schema};
    /// let bytes = Engine::default().compile("1 + 2", &Schema::new())?.to_bytes();
    /// let (engine, token) = (Engine::default(), CancelToken::new());
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert!(engine.load_with(&bytes, &interrupt).is_ok());
    ///
    /// token.cancel();
    /// let stopped = engine.load_with(&bytes, &interrupt).unwrap_err();
    /// assert!(stopped.to_string().contains("the host cancelled the compilation"));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn load_with(&self, artefact: &[u8], interrupt: &Interrupt) -> Result<Program, LoadError> {
        let stopped = |by| CompileError::stopped(by, "");
        interrupt.watch(|| self.load(artefact)).map_err(stopped)?
    }
}

impl Program {
    /// As [`Program::cost_bound`], where a deadline or a token can stop it.
    ///
    /// # Errors
    ///
    /// Where it was stopped: see [`CompileError::stopped_by`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{CostBound, Engine, InputSizes, Interrupt, Schema};
    /// let program = Engine::default().compile("1 + 2", &Schema::new())?;
    /// let interrupt = Interrupt::new().timeout(Duration::from_secs(5));
    /// let bound = program.cost_bound_with(&InputSizes::new(), &interrupt)?;
    /// assert_eq!(bound, CostBound::Bounded { steps: 2, bytes: 0 });
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn cost_bound_with(&self, sizes: &InputSizes, interrupt: &Interrupt) -> Result<CostBound, CompileError> {
        within(interrupt, self.source(), || Ok(self.cost_bound(sizes)))
    }
}

/// Does work on a source within what may stop it.
pub(crate) fn within<T>(
    interrupt: &Interrupt,
    source: &str,
    work: impl FnOnce() -> Result<T, CompileError>,
) -> Result<T, CompileError> {
    let stopped = |by| CompileError::stopped(by, source);
    interrupt.watch(work).map_err(stopped)?
}
