//! The register file, in two widths.

use std::cell::RefCell;
use std::fmt;

use super::any::Any;

/// A file of registers.
pub(crate) trait Registers: 'static {
    /// A register's number.
    type Number: Copy + fmt::Display + fmt::Debug;

    /// The register's bits.
    fn get(&self, register: Self::Number) -> u64;

    /// Sets the register's bits.
    fn set(&mut self, register: Self::Number, bits: u64);

    /// The register after this one: a pair's second.
    fn second(register: Self::Number) -> Self::Number;

    /// The bits of a register that a table of the code names.
    fn at(&self, register: u16) -> u64;

    /// The bits of `count` registers in a row, or of as many as there are.
    fn run(&self, base: Self::Number, count: usize) -> &[u64];

    /// The value a pair holds.
    fn pair(&self, register: Self::Number) -> Any {
        Any::from_registers(self.get(register), self.get(Self::second(register)))
    }

    /// Sets a pair.
    fn set_pair(&mut self, register: Self::Number, value: Any) {
        self.set(register, value.bits);
        self.set(Self::second(register), value.type_bits());
    }
}

/// The number of registers that a byte can name.
pub(crate) const NARROW_REGISTERS: usize = 256;

/// At most 256 registers. Numbered by a byte, so no access needs a bounds check: that is what it is for.
#[cfg_attr(feature = "oracle", derive(Clone))]
pub(crate) struct Narrow([u64; NARROW_REGISTERS]);

impl Narrow {
    /// A file with all registers 0.
    pub(crate) const fn new() -> Self {
        Self([0; NARROW_REGISTERS])
    }

    /// Gives the thread's file of registers, with the first `used` set to 0, to a function. Clearing a whole file would take a
    /// tenth of the time of a small program. A function of the host that evaluates another program gets a file of its own.
    pub(crate) fn with<T>(used: usize, run: impl FnOnce(&mut Self) -> T) -> T {
        thread_local! {
            static FILE: RefCell<Narrow> = const { RefCell::new(Narrow::new()) };
        }
        FILE.with(|file| match file.try_borrow_mut() {
            Ok(mut file) => {
                if let Some(used) = file.0.get_mut(..used) {
                    used.fill(0);
                }
                run(&mut file)
            }
            Err(_) => run(&mut Self::new()),
        })
    }
}

impl Registers for Narrow {
    type Number = u8;

    #[inline(always)]
    fn get(&self, register: u8) -> u64 {
        self.0[usize::from(register)]
    }

    #[inline(always)]
    fn set(&mut self, register: u8, bits: u64) {
        self.0[usize::from(register)] = bits;
    }

    #[inline(always)]
    fn second(register: u8) -> u8 {
        register.wrapping_add(1)
    }

    fn at(&self, register: u16) -> u64 {
        self.0.get(usize::from(register)).copied().unwrap_or_default()
    }

    fn run(&self, base: u8, count: usize) -> &[u64] {
        let base = usize::from(base);
        self.0
            .get(base..base.saturating_add(count).min(self.0.len()))
            .unwrap_or(&[])
    }
}

/// Up to 65,536 registers, for the rare program that needs them.
#[cfg_attr(feature = "oracle", derive(Clone))]
pub(crate) struct Wide(Vec<u64>);

impl Wide {
    /// A file of `size` registers, all 0.
    pub(crate) fn new(size: u16) -> Self {
        Self(vec![0; usize::from(size)])
    }
}

impl Registers for Wide {
    type Number = u16;

    fn get(&self, register: u16) -> u64 {
        // INVARIANT: lowering made the file as large as the highest number it gave out.
        self.0.get(usize::from(register)).copied().unwrap_or_default()
    }

    fn set(&mut self, register: u16, bits: u64) {
        if let Some(place) = self.0.get_mut(usize::from(register)) {
            *place = bits;
        }
    }

    fn second(register: u16) -> u16 {
        register.wrapping_add(1)
    }

    fn at(&self, register: u16) -> u64 {
        self.get(register)
    }

    fn run(&self, base: u16, count: usize) -> &[u64] {
        let base = usize::from(base);
        self.0
            .get(base..base.saturating_add(count).min(self.0.len()))
            .unwrap_or(&[])
    }
}
