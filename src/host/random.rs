//! The random numbers of one evaluation, all from one seed.

/// What the generator's state grows by: 2^64 divided by the golden ratio, and odd.
const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// The random numbers of one evaluation: `SplitMix64` (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014, figure 17). Reproducible from its seed on every platform; not for secrets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RandomSource {
    state: u64,
}

impl RandomSource {
    /// The numbers that a seed gives.
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub(crate) const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(INCREMENT);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
