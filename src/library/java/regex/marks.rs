//! Marks on letters and digits, which belong to the word at its boundaries: `\b` finds no end of it before an accent.

use std::sync::LazyLock;

use super::sets::CharacterSet;
use crate::machine::charge::Charge;

/// The steps of looking at a mark, and at what it stands on.
pub(super) const MARK_STEPS: u64 = 2;

/// The marks that take no room of their own.
pub(super) static MARKS: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::named(r"\p{Mn}"));
/// What a mark may stand on.
static BASES: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::named(r"[\p{L}\p{Nd}]"));

/// What is known of the marks of a text: up to a position that goes on, so that none is looked at again for those behind it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// Where the known character ends.
    end: usize,
    /// Whether that is a base, or a mark on one.
    is_based: bool,
    /// The same where the search started.
    origin: (usize, bool),
}

impl Marks {
    /// Whether a character is a mark on a letter or digit; `at` is where it starts. All marks from the start of the search on
    /// are asked for, in order.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(super) fn is_on_base<C: Charge>(
        &mut self,
        text: &str,
        at: usize,
        character: char,
        charge: &mut C,
    ) -> Result<bool, C::Error> {
        if character.is_ascii() || !MARKS.contains(character) {
            return Ok(false);
        }
        charge.steps(MARK_STEPS)?;
        if self.end != at {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            self.is_based = before.is_some_and(|before| BASES.contains(before));
        }
        self.end = at + character.len_utf8();
        Ok(self.is_based)
    }

    /// Starts a search, and says whether the character before it is a mark on a letter or digit.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(super) fn start<C: Charge>(&mut self, text: &str, from: usize, charge: &mut C) -> Result<bool, C::Error> {
        let (known, mut is_based) = self.origin;
        let mut rest = text.get(..from).unwrap_or_default();
        let mut is_mark = false;
        while rest.len() > known || known == 0 {
            let Some(before) = rest.chars().next_back() else {
                is_based = false;
                break;
            };
            if before.is_ascii() || !MARKS.contains(before) {
                is_based = BASES.contains(before);
                break;
            }
            charge.steps(MARK_STEPS)?;
            is_mark = true;
            rest = rest.get(..rest.len() - before.len_utf8()).unwrap_or_default();
        }
        self.origin = (from, is_based);
        (self.end, self.is_based) = self.origin;
        Ok(is_mark && is_based)
    }
}
