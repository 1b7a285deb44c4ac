//! Values and schemas from outside, where whoever waits for them can stop the reading.

use serde::Serialize;
use serde_json::Value as Json;

use super::cancel::{Interrupt, Interrupted};
use crate::schema::{Schema, SchemaError};
use crate::value::{Value, ValueError};

/// Why a value was not read.
fn value_stopped(by: Interrupted) -> ValueError {
    ValueError::new(match by {
        Interrupted::Cancelled => "the host cancelled the reading",
        Interrupted::Deadline => "the deadline of the reading has passed",
    })
}

/// Why a schema was not read.
fn schema_stopped(by: Interrupted) -> SchemaError {
    match by {
        Interrupted::Cancelled => SchemaError::Cancelled,
        Interrupted::Deadline => SchemaError::Deadline,
    }
}

impl Value {
    /// As [`Value::from_json`], where a deadline or a token can stop it. It looks at them every 2,048 bytes.
    ///
    /// # Errors
    ///
    /// As [`Value::from_json`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::{CancelToken, Interrupt, Value};
    /// let token = CancelToken::new();
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert_eq!(Value::from_json_with("[1, 2]", &interrupt)?.to_string(), "[1, 2]");
    ///
    /// token.cancel();
    /// let stopped = Value::from_json_with("[1, 2]", &interrupt).unwrap_err();
    /// assert_eq!(stopped.message(), "the host cancelled the reading");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_json_with(text: &str, interrupt: &Interrupt) -> Result<Self, ValueError> {
        interrupt
            .watch(|| Self::from_watched_json(text))
            .map_err(value_stopped)?
    }

    /// As [`Value::from_serialize`], where a deadline or a token can stop it. It looks at them every 128 values.
    ///
    /// # Errors
    ///
    /// As [`Value::from_serialize`]; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{Interrupt, Value};
    /// assert_eq!(Value::from_serialize_with(&[1, 2], &Interrupt::new())?.to_string(), "[1, 2]");
    /// let late = Value::from_serialize_with(&[1, 2], &Interrupt::new().timeout(Duration::ZERO)).unwrap_err();
    /// assert_eq!(late.message(), "the deadline of the reading has passed");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_serialize_with<T: Serialize + ?Sized>(value: &T, interrupt: &Interrupt) -> Result<Self, ValueError> {
        interrupt.watch(|| Self::from_serialize(value)).map_err(value_stopped)?
    }
}

impl Schema {
    /// As [`Schema::from_json_schema`], where a deadline or a token can stop it. It looks at them every 128 values.
    ///
    /// # Errors
    ///
    /// As [`Schema::from_json_schema`]; or what stopped it.
    ///
    /// ```
    /// use selvedge::{CancelToken, Interrupt, Schema, SchemaError};
    /// let (document, token) = (serde_json::json!({"properties": {"day": {"type": "integer"}}}), CancelToken::new());
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert!(Schema::from_json_schema_with(&document, &interrupt).is_ok());
    ///
    /// token.cancel();
    /// assert_eq!(Schema::from_json_schema_with(&document, &interrupt), Err(SchemaError::Cancelled));
    /// ```
    pub fn from_json_schema_with(document: &Json, interrupt: &Interrupt) -> Result<Self, SchemaError> {
        interrupt
            .watch(|| Self::from_json_schema(document))
            .map_err(schema_stopped)?
    }

    /// As [`Schema::from_samples`], where a deadline or a token can stop it. It looks at them every 128 values.
    ///
    /// # Errors
    ///
    /// As [`Schema::from_samples`]; or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::{Interrupt, Schema, SchemaError};
    /// let samples = [serde_json::json!({"day": 20260101})];
    /// assert!(Schema::from_samples_with(&samples, &Interrupt::new()).is_ok());
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// assert_eq!(Schema::from_samples_with(&samples, &late), Err(SchemaError::Deadline));
    /// ```
    pub fn from_samples_with<'a>(
        samples: impl IntoIterator<Item = &'a Json>,
        interrupt: &Interrupt,
    ) -> Result<Self, SchemaError> {
        interrupt
            .watch(|| Self::from_samples(samples))
            .map_err(schema_stopped)?
    }
}
