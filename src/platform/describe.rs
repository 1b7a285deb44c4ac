//! What a host registered and how its engine is set, as a description.

use super::description::Platform;
use super::function::{Function, Parameter};
use super::shape::Shaped;
use crate::engine::Engine;
use crate::host::{HostFunction, HostFunctions};
use crate::library::capability::Capability;
use crate::limits::Limits;
use crate::value::Value;

impl HostFunctions {
    /// Describes the functions and constants, for the command, tests and other processes. Parameters without names are called `argument1`
    /// and so on.
    ///
    /// ```
    /// use selvedge::{HostFunction, HostFunctions};
    /// let mut functions = HostFunctions::new();
    /// let rows = HostFunction::typed("Catalog.rows", |table: String| Ok(table.len() as i64));
    /// functions.register(rows.with_parameters(&[("table", "string")])?)?;
    /// functions.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
    /// let described = functions.describe();
    /// assert_eq!(described.function("Catalog.rows").map(ToString::to_string).as_deref(), Some("Catalog.rows(table: string): long"));
    /// assert_eq!(described.constants().next(), Some(("Env.REGION", &"eu-west-1".into())));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn describe(&self) -> Platform {
        let mut platform = Platform::new();
        for function in self.iter() {
            let name = function.name().into();
            match function.constant_value() {
                Some(value) => {
                    platform.constants.insert(name, as_read(value));
                }
                None => {
                    platform.functions.insert(name, described(function));
                }
            }
        }
        platform
    }
}

impl Engine {
    /// Describes the engine: its functions and constants, limits, language and lints. Its host, and whether it quotes values, are not
    /// included.
    ///
    /// ```
    /// use selvedge::{Capability, Dialect, Engine, Limits};
    /// let engine = Engine::builder().dialect(Dialect::Sel).without(Capability::Clock).limits(Limits::default().steps(9)).build();
    /// let json = engine.describe().to_json();
    /// let read: serde_json::Value = serde_json::from_str(&json)?;
    /// assert_eq!(read, serde_json::json!({"dialect": "sel", "without": ["clock"], "limits": {"steps": 9}}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn describe(&self) -> Platform {
        let settings = self.settings();
        let off = Capability::ALL.iter().copied();
        Platform {
            limits: limits(&settings.limits),
            dialect: settings.dialect,
            strict: settings.strict,
            unknown_names: settings.unknown_names,
            without: off
                .filter(|capability| settings.switched_off.has(*capability))
                .collect(),
            levels: settings.levels.clone().with_lints(settings.lints),
            ..settings.host_functions.describe()
        }
    }
}

/// The largest number of a document.
const MOST: u64 = i64::MAX as u64;

fn limits(limits: &Limits) -> Limits {
    let mut described = limits.clone();
    for about in Limits::TABLE {
        if limits.get(about.name).is_some_and(|limit| limit > MOST) {
            described.set(about.name, MOST);
        }
    }
    described
}

/// A constant as it is read of the description: of JSON's kinds of values.
fn as_read(value: &Value) -> Value {
    let json = serde_json::to_value(value);
    let read = json.ok().and_then(|json| Value::from_serialize(&json).ok());
    read.unwrap_or_else(|| value.clone())
}

fn described(function: &HostFunction) -> Function {
    let mut names = function.parameter_names();
    let shapes = function.parameter_shapes();
    let types = function.parameters();
    let parameters = types.iter().enumerate().map(|(index, &ty)| Parameter {
        name: match names.next() {
            Some(name) => name.into(),
            None => format!("argument{}", index + 1).into(),
        },
        doc: function.parameter_doc(index).into(),
        shaped: Shaped::of(ty, shapes.get(index).cloned().flatten()),
        is_optional: index + function.optional() >= types.len(),
    });
    Function {
        doc: function.doc().into(),
        parameters: parameters.collect(),
        cost_steps: function.cost_steps(),
        cost_bytes: function.cost_bytes().min(MOST),
        result_size: function.result_size().map(|most| most.min(MOST)),
        effects: function.effects(),
        ..Function::giving(
            function.name(),
            Shaped::of(function.result(), function.shared_result_shape()),
        )
    }
}
