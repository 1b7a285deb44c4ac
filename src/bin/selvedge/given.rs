//! Values as flags and files give them.

use std::path::Path;

use selvedge::diagnostic::{escape, quote};
use selvedge::{Inputs, Map, Value};

use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::print::foreign;
use crate::reader;

/// A file's JSON.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path, deadline: Deadline) -> Result<T, Failed> {
    let text = reader::text(path, deadline)?;
    let json = deadline.json(&text);
    json.map_err(|error| deadline.failed(format!("{}: {}", reader::shown(path), foreign(&error))))
}

/// A JSON file of a map; `needed` says that it has to be one.
pub(crate) fn map(path: &Path, deadline: Deadline, needed: &str) -> Result<Map, Failed> {
    let text = reader::text(path, deadline)?;
    map_of(&text, &reader::shown(path), deadline, needed)
}

/// As [`map`], of a text that was read.
pub(crate) fn map_of(text: &str, origin: &str, deadline: Deadline, needed: &str) -> Result<Map, Failed> {
    match deadline.value(text, origin)? {
        Value::Map(map) => Ok(map),
        _ => Err(format!("{origin}: {needed}").into()),
    }
}

/// What is needed of a file of parameters.
pub(crate) const PARAMETERS: &str = "parameters are a JSON object";

/// The parameters of a JSON object file and of `name=value` flags, which win; `is_text` says which are texts by their types.
pub(crate) fn inputs(
    file: Option<&Path>,
    flags: &[String],
    is_text: impl Fn(&str) -> bool,
    deadline: Deadline,
) -> Result<Inputs, Failed> {
    let mut inputs = match file {
        Some(path) => Inputs::from(map(path, deadline, PARAMETERS)?),
        None => Inputs::new(),
    };
    for (name, value) in pairs("--param", flags, is_text, deadline)? {
        inputs.set(name, value);
    }
    Ok(inputs)
}

/// The names and values of flags `name=value`. A value is JSON, else a text; where a text is wanted, only a text in quotes and null
/// are JSON, so that `sha=5e10` is not a number.
pub(crate) fn pairs<'f>(
    flag: &str,
    flags: &'f [String],
    is_text: impl Fn(&str) -> bool,
    deadline: Deadline,
) -> Result<Vec<(&'f str, Value)>, Failed> {
    let pair = |given: &'f String| {
        let (name, text) = given
            .split_once('=')
            .ok_or_else(|| format!("{flag} takes name=value, not {}", quote(given)))?;
        let is_written_out = text.trim() == "null" || text.trim_start().starts_with('"');
        if is_text(name) && !is_written_out {
            return Ok((name, Value::from(text)));
        }
        // What is JSON, but no value of the language, is an error; what is not JSON is text.
        let value = match serde_json::from_str::<serde::de::IgnoredAny>(text) {
            Ok(_) => deadline.value(text, &format!("{flag} {}", escape(name)))?,
            Err(_) => Value::from(text),
        };
        Ok((name, value))
    };
    flags.iter().map(pair).collect()
}
