//! A program in its canonical layout: the tokens of the grammar in their order, with the white space between them made anew.
//!
//! No token is changed but a comma before a closing bracket, which stands where the bracket has a line of its own. So a program that
//! is laid out reads as the same tree, and comments stay between the tokens between which they stood.
//!
//! The tokens become a sheet, a flat list of texts, of gaps that may be line breaks, and of groups, which are broken as a whole where
//! they do not fit in the width. The sheet is printed in one pass.

mod expressions;
mod item;
mod operands;
mod options;
mod print;
mod sheet;
mod statements;
mod trivia;
mod widths;

pub use options::FormatOptions;

use super::grammar::{self, Part};
use super::unicode_escapes;
use sheet::Sheet;

/// The layout of a program that parses; none of a text that does not.
pub(crate) fn lay_out(source: &str, options: &FormatOptions) -> Option<String> {
    let unescaped = unicode_escapes::unescape(source).ok()?;
    let (tokens, comments) = grammar::tokens_and_comments(&unescaped.text)?;
    let program = Part::whole(&unescaped.text, &tokens)?;
    let mut sheet = Sheet::new(source, &unescaped, &comments);
    sheet.program(program);
    let items = sheet.finish()?;
    Some(print::print(&items, source, options))
}
