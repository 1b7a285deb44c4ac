//! Which lints are looked for.

use super::name::LintName;

/// A set of lints.
///
/// ```
/// use selvedge::lint::{LintName, LintSet};
/// let lints = LintSet::default().with(LintName::Nondeterministic).without(LintName::UnusedVariable);
/// assert!(lints.contains(LintName::Nondeterministic));
/// assert!(lints.contains(LintName::DivisionByZero));
/// assert!(!lints.contains(LintName::UnusedVariable));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LintSet {
    bits: u64,
}

impl Default for LintSet {
    /// Those that are on by default.
    fn default() -> Self {
        let on = LintName::ALL.iter().filter(|name| name.is_default());
        on.fold(Self::none(), |set, &name| set.with(name))
    }
}

impl LintSet {
    /// All lints.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(LintName::ALL.iter().all(|&name| LintSet::all().contains(name)));
    /// ```
    pub fn all() -> Self {
        LintName::ALL.iter().fold(Self::none(), |set, &name| set.with(name))
    }

    /// No lint.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// let only = LintSet::none().with(LintName::EndlessLoop);
    /// assert_eq!(LintName::ALL.iter().filter(|&&name| only.contains(name)).count(), 1);
    /// ```
    pub const fn none() -> Self {
        Self { bits: 0 }
    }

    /// Adds a lint.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(LintSet::default().with(LintName::Nondeterministic).contains(LintName::Nondeterministic));
    /// ```
    #[must_use]
    pub const fn with(self, name: LintName) -> Self {
        let bits = self.bits | 1 << name as u32;
        Self { bits }
    }

    /// Removes a lint.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(!LintSet::all().without(LintName::EndlessLoop).contains(LintName::EndlessLoop));
    /// ```
    #[must_use]
    pub const fn without(self, name: LintName) -> Self {
        let bits = self.bits & !(1 << name as u32);
        Self { bits }
    }

    /// Whether a lint is in the set.
    ///
    /// ```
    /// use selvedge::lint::{LintName, LintSet};
    /// assert!(!LintSet::none().contains(LintName::EndlessLoop));
    /// ```
    pub const fn contains(self, name: LintName) -> bool {
        self.bits & 1 << name as u32 != 0
    }
}
