//! Reading definitions, where whoever waits for them can stop it.

use super::defaults::Defaults;
use super::definition::Workflow;
use crate::host::Interrupt;
#[cfg(feature = "yaml")]
use crate::params::document::read_yaml;
use crate::params::document::{read_json, read_within, within};
use crate::params::{DefinitionError, Problem, Recovered};

impl Workflow {
    /// As [`Workflow::from_json`], until it is interrupted. It looks every 2,048 units of its work: bytes, each time they are passed
    /// over, and values. These are some ten microseconds apart.
    ///
    /// # Errors
    ///
    /// As [`Workflow::from_json`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// use selvedge::{CancelToken, Interrupt};
    /// let (text, token) = (r#"{"workflow": {"id": "w", "steps": []}}"#, CancelToken::new());
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert!(Workflow::from_json_with(text, &interrupt).is_ok());
    ///
    /// token.cancel();
    /// let refused = Workflow::from_json_with(text, &interrupt).unwrap_err();
    /// assert_eq!(refused.to_string(), "the host cancelled the call [E609]");
    /// ```
    pub fn from_json_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::from_json(text))
    }

    /// As [`Workflow::from_yaml`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`Workflow::from_yaml`]; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Workflow;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = Workflow::from_yaml_with("workflow: {id: w, jobs: []}", &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// ```
    #[cfg(feature = "yaml")]
    pub fn from_yaml_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::from_yaml(text))
    }

    /// As [`Workflow::from_json_with`], as far as the definition can be read.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Workflow;
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"setp": {"id": "a", "type": "sql"}}]}}"#;
    /// let read = Workflow::recover_json(text, &Interrupt::new());
    /// assert_eq!(read.problems[0].help(), Some("did you mean `step`?"));
    /// assert!(read.definitions.is_some_and(|workflow| workflow.steps().len() == 1));
    /// ```
    pub fn recover_json(text: &str, interrupt: &Interrupt) -> Recovered<Self> {
        within(interrupt, || Self::recovered(read_json(text), false, text)).unwrap_or_else(Recovered::from)
    }

    /// As [`Workflow::from_yaml_with`], as far as the definition can be read.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Workflow;
    /// let text = "workflow:\n  id: w\n  jobs:\n    - job: {id: load, type: sql, rows<lng>: 7}\n";
    /// let read = Workflow::recover_yaml(text, &Interrupt::new());
    /// assert_eq!(read.problems[0].help(), Some("did you mean `long`?"));
    /// assert!(read.definitions.is_some_and(|workflow| workflow.steps()[0].params().len() == 1));
    /// ```
    #[cfg(feature = "yaml")]
    pub fn recover_yaml(text: &str, interrupt: &Interrupt) -> Recovered<Self> {
        within(interrupt, || Self::recovered(read_yaml(text), true, text)).unwrap_or_else(Recovered::from)
    }

    /// As [`Workflow::is_json_definition`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// What stopped it.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Workflow;
    /// let text = r#"{"workflow": {"id": "w", "steps": []}}"#;
    /// assert!(Workflow::is_json_definition_with(text, &Interrupt::new())?);
    /// # Ok::<(), selvedge::params::Problem>(())
    /// ```
    pub fn is_json_definition_with(text: &str, interrupt: &Interrupt) -> Result<bool, Problem> {
        within(interrupt, || Self::is_json_definition(text))
    }

    /// As [`Workflow::is_yaml_definition`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// What stopped it.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Workflow;
    /// assert!(!Workflow::is_yaml_definition_with("day: 1", &Interrupt::new())?);
    /// # Ok::<(), selvedge::params::Problem>(())
    /// ```
    #[cfg(feature = "yaml")]
    pub fn is_yaml_definition_with(text: &str, interrupt: &Interrupt) -> Result<bool, Problem> {
        within(interrupt, || Self::is_yaml_definition(text))
    }
}

impl Defaults {
    /// As [`Defaults::from_json`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`Defaults::from_json`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Defaults;
    /// assert!(Defaults::from_json_with(r#"{"step": {"retries": {"value": 2}}}"#, &Interrupt::new()).is_ok());
    /// ```
    pub fn from_json_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::from_json(text))
    }

    /// As [`Defaults::from_yaml`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`Defaults::from_yaml`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Defaults;
    /// assert!(Defaults::from_yaml_with("step: {retries: 2}", &Interrupt::new()).is_ok());
    /// ```
    #[cfg(feature = "yaml")]
    pub fn from_yaml_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::from_yaml(text))
    }

    /// As [`Defaults::with_template_json`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`Defaults::with_template_json`]; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Defaults;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = Defaults::new().with_template_json_with("{}", &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// ```
    pub fn with_template_json_with(self, text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || self.with_template_json(text))
    }

    /// As [`Defaults::with_template_yaml`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`Defaults::with_template_yaml`]; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::Interrupt;
    /// use selvedge::workflow::Defaults;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = Defaults::new().with_template_yaml_with("{}", &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// ```
    #[cfg(feature = "yaml")]
    pub fn with_template_yaml_with(self, text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || self.with_template_yaml(text))
    }
}
