//! A string as registers hold it.

/// The bits of a null reference, of whatever type.
pub(crate) const NULL_HANDLE: u64 = u32::MAX as u64;

/// A string of the evaluation. Never null: where null is possible it is an `Option`, or the bits of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Text(pub(super) u32);

impl Text {
    /// The register's bits.
    pub(crate) const fn bits(self) -> u64 {
        self.0 as u64
    }

    /// The string a register holds, none for null.
    pub(crate) const fn from_bits(bits: u64) -> Option<Self> {
        match bits {
            NULL_HANDLE => None,
            bits => Some(Self(bits as u32)),
        }
    }

    /// The constant of the program with this index.
    pub(crate) const fn constant(index: u32) -> Self {
        Self(index)
    }

    /// The register's bits of a string or null.
    pub(crate) fn option_bits(text: Option<Self>) -> u64 {
        text.map_or(NULL_HANDLE, Self::bits)
    }
}
