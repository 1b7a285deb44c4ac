//! Reading sets, where whoever waits for them can stop it.

use super::definition::ParameterSet;
#[cfg(feature = "yaml")]
use super::document::read_yaml;
use super::document::{read_json, read_within, within};
use super::error::DefinitionError;
use super::read::Style;
use super::recovered::Recovered;
use crate::host::Interrupt;

impl ParameterSet {
    /// As [`ParameterSet::from_json`], until it is interrupted. It looks every 2,048 units of its work: bytes, each time they are
    /// passed over, and values. These are some ten microseconds apart.
    ///
    /// # Errors
    ///
    /// As [`ParameterSet::from_json`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::params::ParameterSet;
    /// use selvedge::{CancelToken, Interrupt};
    /// let (text, token) = (r#"{"day": {"value": 20260101}}"#, CancelToken::new());
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert!(ParameterSet::from_json_with(text, &interrupt).is_ok());
    ///
    /// token.cancel();
    /// let refused = ParameterSet::from_json_with(text, &interrupt).unwrap_err();
    /// assert_eq!(refused.to_string(), "the host cancelled the call [E609]");
    /// ```
    pub fn from_json_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::from_json(text))
    }

    /// As [`ParameterSet::from_yaml`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`ParameterSet::from_yaml`]; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::Interrupt;
    /// use selvedge::params::ParameterSet;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = ParameterSet::from_yaml_with("day: 20260101", &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// ```
    #[cfg(feature = "yaml")]
    pub fn from_yaml_with(text: &str, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        read_within(interrupt, || Self::from_yaml(text))
    }

    /// As [`ParameterSet::within_json`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`ParameterSet::within_json`]; or what stopped it, in place of all sets.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::params::ParameterSet;
    /// let sets = ParameterSet::within_json_with(r#"{"params": {"day": {"value": 1}}}"#, &[&["params"]], &Interrupt::new());
    /// assert!(sets[0].as_ref().is_ok_and(|set| set.len() == 1));
    /// ```
    pub fn within_json_with(
        text: &str,
        paths: &[&[&str]],
        interrupt: &Interrupt,
    ) -> Vec<Result<Self, DefinitionError>> {
        within(interrupt, || Self::within_json(text, paths)).unwrap_or_else(|problem| vec![Err(problem.into())])
    }

    /// As [`ParameterSet::within_yaml`], until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`ParameterSet::within_yaml`]; or what stopped it, in place of all sets.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::params::ParameterSet;
    /// let sets = ParameterSet::within_yaml_with("params: {day: 1}", &[&["params"]], &Interrupt::new());
    /// assert!(sets[0].as_ref().is_ok_and(|set| set.len() == 1));
    /// ```
    #[cfg(feature = "yaml")]
    pub fn within_yaml_with(
        text: &str,
        paths: &[&[&str]],
        interrupt: &Interrupt,
    ) -> Vec<Result<Self, DefinitionError>> {
        within(interrupt, || Self::within_yaml(text, paths)).unwrap_or_else(|problem| vec![Err(problem.into())])
    }

    /// As [`ParameterSet::within_json_with`], each set as far as it can be read.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::params::ParameterSet;
    /// let text = r#"{"params": {"2nd": {"value": 1}, "day": {"value": 1}}}"#;
    /// let sets = ParameterSet::recover_within_json(text, &[&["params"]], &Interrupt::new());
    /// assert_eq!(sets[0].problems[0].code().text(), "E711");
    /// assert!(sets[0].definitions.as_ref().is_some_and(|set| set.get("day").is_some()));
    /// ```
    pub fn recover_within_json(text: &str, paths: &[&[&str]], interrupt: &Interrupt) -> Vec<Recovered<Self>> {
        let read = || Self::within(read_json(text), paths, Style::Full);
        within(interrupt, read).unwrap_or_else(|problem| vec![problem.into()])
    }

    /// As [`ParameterSet::within_yaml_with`], each set as far as it can be read.
    ///
    /// ```
    /// use selvedge::Interrupt;
    /// use selvedge::params::ParameterSet;
    /// let sets = ParameterSet::recover_within_yaml("params: {2nd: 1, day: 1}", &[&["params"]], &Interrupt::new());
    /// assert_eq!(sets[0].problems[0].code().text(), "E711");
    /// assert!(sets[0].definitions.as_ref().is_some_and(|set| set.get("day").is_some()));
    /// ```
    #[cfg(feature = "yaml")]
    pub fn recover_within_yaml(text: &str, paths: &[&[&str]], interrupt: &Interrupt) -> Vec<Recovered<Self>> {
        let read = || Self::within(read_yaml(text), paths, Style::Shorthand);
        within(interrupt, read).unwrap_or_else(|problem| vec![problem.into()])
    }
}
