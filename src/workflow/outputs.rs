//! A step's outputs, laid over its parameters.

use super::definition::Step;
use crate::diagnostic::Code;
use crate::params::change::of_value;
use crate::params::convert::convert;
use crate::params::meter::Meter;
use crate::params::problem::error;
use crate::params::{Body, Definition, DefinitionError, Occasion, ParamType, ParameterSet};
use crate::value::{Map, Value};

/// Outputs on their way into a step's parameters.
struct Laying<'l> {
    quote_values: bool,
    meter: &'l mut Meter,
}

/// A step's parameters with its outputs, as their types, in their places. Maps merge.
pub(super) fn lay(
    step: &Step,
    values: &Map,
    outputs: &Map,
    quote_values: bool,
    meter: &mut Meter,
) -> Result<Map, DefinitionError> {
    let mut laying = Laying { quote_values, meter };
    laying.allow(step, values, outputs)?;
    let mut laid = values.clone();
    for (name, value) in outputs {
        let value = laying.laid(name, value, values.get(name), step.params.get(name))?;
        laid.insert(name, value);
    }
    Ok(laid)
}

impl Laying<'_> {
    /// Refuses what the parameters' modes and types do not allow.
    fn allow(&mut self, step: &Step, values: &Map, outputs: &Map) -> Result<(), DefinitionError> {
        // Of the definitions only those that an output changes are looked at.
        let mut set = ParameterSet::new();
        for name in outputs.keys() {
            let Some(definition) = step.params.get(name) else {
                continue;
            };
            // Copied here, and again where they are changed.
            let (bytes, parts) = definition.outline_held();
            self.meter.copy((3 * bytes, 3 * parts))?;
            set.insert(
                name,
                match (definition.mode().allows(Occasion::Output), values.get(name)) {
                    (false, Some(value)) => self.with_value(definition, value)?,
                    (true, _) | (false, None) => definition.outline(),
                },
            );
        }
        set.lay_values(outputs, Occasion::Output, self.quote_values)
    }

    /// A definition that gives the value which the parameter has: an output that says the same is not a change.
    fn with_value(&mut self, definition: &Definition, value: &Value) -> Result<Definition, DefinitionError> {
        let (bytes, parts) = value.held();
        self.meter.copy((6 * bytes, 10 * parts))?;
        let mut with_value = of_value(value, definition.declared_type()).with_mode(definition.mode());
        if let Some(internal) = definition.internal_mode() {
            with_value = with_value.with_internal_mode(internal);
        }
        Ok(with_value)
    }

    /// An output in the place of a value.
    fn laid(
        &mut self,
        name: &str,
        output: &Value,
        over: Option<&Value>,
        definition: Option<&Definition>,
    ) -> Result<Value, DefinitionError> {
        self.meter.copy(output.held())?;
        let declared = definition.and_then(Definition::declared_type);
        let converted = match declared {
            Some(ty) if ty != ParamType::Map => convert(output.clone(), ty).map(|(value, _)| value).map_err(|why| {
                let why = why.text(Code::ConversionFailed, self.quote_values);
                error(name, None, Code::ConversionFailed, why)
            })?,
            _ => output.clone(),
        };
        let (Value::Map(output), Some(Value::Map(over))) = (&converted, over) else {
            return Ok(converted);
        };
        let members = match definition.map(Definition::body) {
            Some(Body::Members(members)) => Some(members),
            _ => None,
        };
        self.meter.copy(over.held())?;
        let mut laid = over.clone();
        for (name, output) in output {
            let member = members.and_then(|members| members.get(name));
            let value = self.laid(name, output, over.get(name), member)?;
            laid.insert(name, value);
        }
        Ok(Value::Map(laid))
    }
}
