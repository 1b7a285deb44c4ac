//! A hash of what a blueprint is made of: what is kept of an unfolding belongs to that alone.

use std::io;

use serde::Serialize;

/// FNV-1a of 128 bits: against accidents, not against forgery. A state that does not fit its definitions is refused all the same.
pub(super) struct Hash(u128);

impl Hash {
    pub(super) const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds something, apart from what is before and after it.
    pub(super) fn add(&mut self, part: &impl Serialize) {
        // Nothing of it is written anywhere, and maps have texts as keys.
        let written = serde_json::to_writer(&mut *self, part);
        debug_assert!(written.is_ok());
        self.byte(0xFF);
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }

    /// As text: 32 hexadecimal digits.
    pub(super) fn text(&self) -> String {
        format!("{:032x}", self.0)
    }
}

impl io::Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.byte(*byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
