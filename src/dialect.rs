//! Which language a program is written in.

use serde::{Deserialize, Serialize};

/// The language of programs. Programs that SEL accepts have the same value, error, steps and bytes in both dialects.
///
/// ```
/// use selvedge::{Dialect, Engine, Schema, diagnostic::Code};
/// assert!(Engine::default().compile("new Map().keys()", &Schema::new()).is_ok());
///
/// let engine = Engine::builder().dialect(Dialect::Sel).build();
/// let refused = engine.compile("new Map().keys()", &Schema::new()).unwrap_err();
/// assert_eq!(refused.diagnostics()[0].code, Code::BeyondSel);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Dialect {
    /// SEL alone, for programs that also run elsewhere: what goes beyond it is refused, with what to write instead.
    Sel,
    /// SEL, and what its users miss most.
    #[default]
    Selvedge,
}

#[cfg(feature = "params")]
impl Dialect {
    /// All of them, by their names in documents.
    pub(crate) const NAMED: [(&str, Self); 2] = [("sel", Self::Sel), ("selvedge", Self::Selvedge)];
}
