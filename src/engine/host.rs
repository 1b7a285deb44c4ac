//! The host's functions and constants as the checker sees them.

use crate::check::signatures::{HostConstant, HostSignature, HostSignatures};
use crate::host::HostFunctions;
use crate::value::Value;

impl HostSignatures for HostFunctions {
    fn signature(&self, name: &str) -> Option<HostSignature<'_>> {
        self.get(name).map(|function| HostSignature {
            parameters: function.parameters(),
            parameter_shapes: function.parameter_shapes(),
            optional: function.optional(),
            result: function.result(),
            result_shape: function.whole_result_shape(),
            cost_steps: function.cost_steps(),
            effects: function.effects(),
            constant: function.constant_value().map(constant),
        })
    }

    fn has_shapes(&self) -> bool {
        Self::has_shapes(self)
    }

    fn names(&self) -> Vec<&str> {
        Self::names(self).collect()
    }

    fn is_namespace(&self, name: &str) -> bool {
        Self::is_namespace(self, name)
    }

    fn namespaces(&self) -> Vec<&str> {
        Self::namespaces(self).collect()
    }
}

fn constant(value: &Value) -> HostConstant<'_> {
    match value {
        Value::Null => HostConstant::Null,
        Value::Boolean(value) => HostConstant::Boolean(*value),
        Value::Long(value) => HostConstant::Long(*value),
        Value::Double(value) => HostConstant::Double(*value),
        Value::String(text) => HostConstant::Text(text),
        _ => HostConstant::Copied,
    }
}
