//! The passes over a program, until one finds nothing new of its names.

use super::checker::{Checked, Checker};
use super::flow::SetNames;
use super::known::Known;
use super::options::Options;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast;
use crate::work::is_stopped;

/// After this many passes all names that are set anywhere are taken as of unknown type, which no later finding can change.
const LAST_PASS: usize = 3;

/// Checks a program in the dialect of the options.
pub(super) fn check(source: &str, tree: &ast::Tree, options: &Options<'_>) -> Result<Checked, Vec<Diagnostic>> {
    let set = SetNames::of(tree);
    let mut known = Known::of(tree, options);
    for pass in 0.. {
        if pass == LAST_PASS {
            known.all_dynamic();
        }
        let mut checker = Checker::new((source, tree), options, &set, &known);
        checker.program();
        if is_stopped() {
            return Err(Vec::new());
        }
        let found = std::mem::take(&mut checker.names.found);
        if pass == LAST_PASS || !known.is_news(&found) {
            return checker.finish();
        }
        known.learn(&found);
    }
    Err(Vec::new())
}
