//! An unfolding as data, and what goes on with it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::blueprint::{Blueprint, BlueprintBuilder};
use super::decide;
use super::definition::Workflow;
use super::state::State;
use super::unfold::Unfolding;
use crate::engine::Engine;
use crate::host::Interrupt;
use crate::params::DefinitionError;

/// A saved unfolding: its state and definitions, as data.
///
/// ```
/// use selvedge::workflow::{Blueprint, Saved, Status, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default());
/// let unfolding = Unfolding::start(&blueprint?, &Map::new())?;
/// let json = serde_json::to_string(&unfolding.save())?;
///
/// let saved: Saved = serde_json::from_str(&json)?;
/// let mut resumed = Unfolding::resume(saved, &Engine::default(), |builder| builder)?;
/// resumed.complete("load", Status::Succeeded, &Map::new())?;
/// assert!(resumed.ready().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saved {
    definitions: Vec<Definitions>,
    limits: super::UnfoldLimits,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Definitions {
    yaml: bool,
    text: Arc<str>,
}

impl Unfolding {
    /// Saves the unfolding as data.
    pub fn save(&self) -> Saved {
        let definitions = self.blueprint.inner.workflows.iter().map(|workflow| Definitions {
            yaml: workflow.definition.is_yaml,
            text: Arc::clone(&workflow.definition.text),
        });
        Saved {
            definitions: definitions.collect(),
            limits: *self.blueprint.limits(),
            state: (*self.state).clone(),
        }
    }

    /// Resumes a saved unfolding. `complete` may add to the builder what is not data, such as the orchestrator.
    ///
    /// # Errors
    ///
    /// Where the definitions cannot be read or checked again.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let saved = Unfolding::start(&blueprint, &Map::new())?.save();
    /// let resumed = Unfolding::resume(saved, &Engine::default(), |builder| builder)?;
    /// assert_eq!(resumed.ready()[0].path, "load");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resume(
        saved: Saved,
        engine: &Engine,
        complete: impl FnOnce(BlueprintBuilder) -> BlueprintBuilder,
    ) -> Result<Self, DefinitionError> {
        Self::resume_with(saved, engine, &Interrupt::new(), complete)
    }

    /// As [`resume`](Self::resume), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`resume`](Self::resume); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let saved = Unfolding::start(&blueprint, &Map::new())?.save();
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let interrupt = Interrupt::new().cancel(token);
    /// assert!(Unfolding::resume_with(saved, &Engine::default(), &interrupt, |builder| builder).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resume_with(
        saved: Saved,
        engine: &Engine,
        interrupt: &Interrupt,
        complete: impl FnOnce(BlueprintBuilder) -> BlueprintBuilder,
    ) -> Result<Self, DefinitionError> {
        let mut builder = None;
        for Definitions { yaml, text } in &saved.definitions {
            let workflow = match yaml {
                #[cfg(feature = "yaml")]
                true => Workflow::from_yaml_with(text, interrupt)?,
                _ => Workflow::from_json_with(text, interrupt)?,
            };
            builder = Some(match builder {
                None => Blueprint::builder(workflow),
                Some(builder) => BlueprintBuilder::subworkflow(builder, workflow),
            });
        }
        let Some(builder) = builder else {
            return Err(decide::no_definition().into());
        };
        let blueprint = complete(builder.limits(saved.limits)).build_with(engine, interrupt)?;
        Self::restored(blueprint, saved.state)
    }
}
