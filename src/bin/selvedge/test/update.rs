//! `--update`: what is expected, written over in the fixtures with what was found.

use selvedge::diagnostic::escape;
use selvedge::params::DefinitionError;
use selvedge::testing::{Suite, updated};
use selvedge::{Interrupt, Position};

use super::fixture::{Fixture, Tested};
use crate::overwrite::{difference, overwrite};

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// How many expectations.
    pub(super) places: usize,
    /// What would change, for a dry run.
    pub(super) diff: String,
    /// What could not be done, and why.
    pub(super) notes: Vec<String>,
}

/// Writes over what failed in all fixtures; in a dry run it only says what would change.
pub(super) fn all(fixtures: &[Fixture], tested: &mut [Tested<'_>], is_dry: bool) -> Result<Written, String> {
    let mut written = Written::default();
    for fixture in fixtures {
        let own = tested.iter().filter(|tested| std::ptr::eq(tested.fixture, fixture));
        let failures = own.flat_map(|tested| &tested.verdict.failures);
        let new = updated(&fixture.text, fixture.is_json, failures);
        if new.places.is_empty() {
            continue;
        }
        let name = escape(&fixture.name);
        if is_dry {
            written.places += new.places.len();
            written.diff.push_str(&difference(&name, &fixture.text, &new.text));
            continue;
        }
        if parse(&new.text, fixture.is_json).is_err() {
            written
                .notes
                .push(format!("{name} cannot be written over, and is left as it is"));
            continue;
        }
        let Some(path) = &fixture.path else {
            written
                .notes
                .push(format!("{name} is standard input, which cannot be written over"));
            continue;
        };
        if !overwrite(path, &name, (&fixture.text, &new.text))? {
            written
                .notes
                .push(format!("{name} changed while it was tested, and is left as it is"));
            continue;
        }
        written.places += new.places.len();
        let own = tested.iter_mut().filter(|tested| std::ptr::eq(tested.fixture, fixture));
        let is_written = |place: Option<Position>| place.is_some_and(|place| new.places.contains(&place));
        own.for_each(|tested| tested.verdict.failures.retain(|failure| !is_written(failure.position)));
    }
    Ok(written)
}

/// Whether a new text is still a fixture.
fn parse(text: &str, is_json: bool) -> Result<Suite, DefinitionError> {
    match is_json {
        true => Suite::from_json(text, &Interrupt::new()),
        false => Suite::from_yaml(text, &Interrupt::new()),
    }
}
