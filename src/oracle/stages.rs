//! The stages of compiling, one at a time, for benchmarks: so that a regression shows where it came from.

use crate::check::{self, Checked};
use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::lower;
use crate::schema::Schema;
use crate::syntax::{self, ast};

/// A source that was parsed.
#[derive(Debug)]
pub struct Parsed<'s> {
    source: &'s str,
    tree: Box<ast::Tree>,
}

/// A tree that was checked.
#[derive(Debug)]
pub struct Typed(Checked);

impl<'s> Parsed<'s> {
    /// Parses a source.
    ///
    /// # Errors
    ///
    /// The diagnostic of a source that does not parse.
    pub fn new(engine: &Engine, source: &'s str) -> Result<Self, Diagnostic> {
        let tree = syntax::parse(source, &engine.settings().parse_limits())?;
        Ok(Self { source, tree })
    }

    /// Checks the tree.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn check(&self, engine: &Engine, schema: &Schema) -> Result<Typed, Vec<Diagnostic>> {
        check::check(self.source, &self.tree, &engine.settings().check_options(schema)).map(Typed)
    }
}

impl Typed {
    /// Lowers the typed tree, and gives the number of instructions.
    ///
    /// # Errors
    ///
    /// The diagnostic of a program that is too large.
    pub fn lower(self) -> Result<usize, Diagnostic> {
        let options = lower::Options {
            host_functions: &[],
            loop_iterations: None,
            traced: false,
            counted: false,
        };
        let code = lower::lower(self.0.tree, options).map_err(|refused| *refused)?;
        Ok(code.spans.len())
    }
}
