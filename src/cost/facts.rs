//! What a bound depends on beside the program.

use super::sizes::InputSizes;
use crate::host::HostFunctions;
use crate::limits::Limits;

/// What a bound depends on beside the program.
pub(crate) struct Facts<'f> {
    pub(crate) sizes: &'f InputSizes,
    pub(crate) limits: &'f Limits,
    pub(crate) functions: &'f HostFunctions,
}
