//! Sets of what may stand next: a byte, or the end of the text.

/// The place of the end of the text among the bytes.
pub(super) const END: usize = 256;

/// A set of bytes and the end of the text.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Set([bool; END + 1]);

impl Set {
    pub(super) fn none() -> Self {
        Self([false; END + 1])
    }

    pub(super) fn all() -> Self {
        Self([true; END + 1])
    }

    pub(super) fn of(holds: impl Fn(usize) -> bool) -> Self {
        Self(std::array::from_fn(holds))
    }

    pub(super) fn one(next: usize) -> Self {
        Self::of(|other| other == next)
    }

    pub(super) fn holds(&self, next: usize) -> bool {
        self.0[next]
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self::of(|next| self.0[next] || other.0[next])
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self::of(|next| self.0[next] && other.0[next])
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        Self::of(|next| self.0[next] && !other.0[next])
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        self.without(other).is_none()
    }

    pub(super) fn is_none(&self) -> bool {
        *self == Self::none()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..=END).filter(|&next| self.0[next])
    }

    /// The set as a pattern for an `Option<u8>`.
    pub(super) fn pattern(&self) -> String {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for byte in self.iter().filter(|&next| next != END) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == byte => *last = byte,
                _ => runs.push((byte, byte)),
            }
        }
        let bytes: Vec<String> = runs
            .iter()
            .map(|&(first, last)| match last - first {
                0 => literal(first),
                _ => format!("{}..={}", literal(first), literal(last)),
            })
            .collect();
        let end = self.holds(END).then(|| "None".to_owned());
        let some = (!bytes.is_empty()).then(|| format!("Some({})", bytes.join(" | ")));
        some.into_iter().chain(end).collect::<Vec<_>>().join(" | ")
    }
}

/// A byte as it is written in Rust.
pub(super) fn literal(byte: usize) -> String {
    let byte = byte as u8;
    if byte.is_ascii() {
        format!("b'{}'", byte.escape_ascii())
    } else {
        format!("{byte:#x}")
    }
}
