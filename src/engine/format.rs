//! Programs in their canonical layout.

use super::{CompileError, Engine};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{self, FormatOptions};

impl Engine {
    /// Formats a program in the canonical style: one statement per line, one space around operators, long lines broken at their loosest
    /// places. There is no line break at the end.
    ///
    /// White space alone is made anew, and the comma in front of a closing bracket, which stands where the bracket has a line of its
    /// own. So the program means the same, with the same steps and bytes, and all comments are kept. Laying out what was laid out
    /// changes nothing. The width is that of the options, but for words and texts that are longer.
    ///
    /// The syntax is looked at, in the engine's dialect and within its limits, and not what names and types mean.
    ///
    /// # Errors
    ///
    /// What is wrong with the syntax, as [`Engine::compile`] says it.
    ///
    /// ```
    /// use selvedge::{Engine, FormatOptions};
    /// let source = "if(n>0){return n;}// positive\nreturn -n;";
    /// let formatted = Engine::default().format(source, &FormatOptions::default())?;
    /// assert_eq!(formatted, "if (n > 0) {\n  return n;\n} // positive\nreturn -n;");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn format(&self, source: &str, options: &FormatOptions) -> Result<String, CompileError> {
        let refused = |diagnostics| CompileError::new(diagnostics, source);
        syntax::parse_on(source, &self.settings.parse_limits()).map_err(|recovered| refused(recovered.errors))?;
        // INVARIANT: what parses is laid out.
        syntax::lay_out(source, options).ok_or_else(|| {
            let message = "the program cannot be laid out";
            refused(vec![Diagnostic::error(Code::Internal, Span::default(), message)])
        })
    }
}
