//! The state of an unfolding as data, without the definitions: they are known by their hash.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::blueprint::Blueprint;
use super::restore;
use super::sound;
use super::state::{Spent, State};
use super::unfold::Unfolding;
use crate::diagnostic::Code;
use crate::host::Interrupt;
use crate::limits::Usage;
use crate::params::DefinitionError;
use crate::params::document::read_within;
use crate::params::problem::error;

/// The state of an unfolding without its definitions.
///
/// ```
/// use selvedge::workflow::{Blueprint, Snapshot, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
/// let json = serde_json::to_string(&Unfolding::start(&blueprint, &Map::new())?.snapshot())?;
/// assert!(!json.contains("sql"));
///
/// let snapshot: Snapshot = serde_json::from_str(&json)?;
/// assert_eq!(Unfolding::restore(&blueprint, snapshot)?.ready()[0].path, "load");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    blueprint: Arc<str>,
    state: Arc<State>,
}

impl Snapshot {
    /// The hash of its blueprint.
    pub fn blueprint(&self) -> &str {
        &self.blueprint
    }
}

impl Unfolding {
    /// Returns the state as data, shared with the unfolding until that changes.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            blueprint: Arc::clone(&self.blueprint.inner.hash),
            state: Arc::clone(&self.state),
        }
    }

    /// Restores an unfolding from a snapshot, without checking the definitions again.
    ///
    /// # Errors
    ///
    /// A snapshot of another blueprint, or what is none.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let blueprint = |id| {
    ///     let text = format!(r#"{{"workflow": {{"id": "{id}", "steps": []}}}}"#);
    ///     Blueprint::builder(Workflow::from_json(&text)?).build(&Engine::default())
    /// };
    /// let snapshot = Unfolding::start(&blueprint("a")?, &Map::new())?.snapshot();
    /// let refused = Unfolding::restore(&blueprint("b")?, snapshot).unwrap_err();
    /// assert_eq!(refused.problems()[0].message(), "the snapshot belongs to other definitions or limits");
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn restore(blueprint: &Blueprint, snapshot: Snapshot) -> Result<Self, DefinitionError> {
        Self::restore_with(blueprint, snapshot, &Interrupt::new())
    }

    /// As [`restore`](Self::restore), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`restore`](Self::restore); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let snapshot = Unfolding::start(&blueprint, &Map::new())?.snapshot();
    /// let token = CancelToken::new();
    /// token.cancel();
    /// assert!(Unfolding::restore_with(&blueprint, snapshot, &Interrupt::new().cancel(token)).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restore_with(
        blueprint: &Blueprint,
        snapshot: Snapshot,
        interrupt: &Interrupt,
    ) -> Result<Self, DefinitionError> {
        if *snapshot.blueprint != *blueprint.hash() {
            let message = "the snapshot belongs to other definitions or limits";
            return Err(error("", None, Code::WorkflowShape, message).into());
        }
        let restored = || Self::restored(blueprint.clone(), Arc::unwrap_or_clone(snapshot.state));
        read_within(interrupt, restored)
    }

    /// An unfolding of a state that was data.
    pub(super) fn restored(blueprint: Blueprint, mut state: State) -> Result<Self, DefinitionError> {
        sound::check(&blueprint, &state)?;
        restore::restore(&blueprint, &mut state);
        restore::compact(&blueprint, &mut state);
        state.link_all();
        state.kept = restore::kept(&blueprint, &state);
        Ok(Self {
            blueprint,
            state: Arc::new(state),
            usage: Usage::default(),
            spent: Spent::default(),
            log: None,
        })
    }
}
