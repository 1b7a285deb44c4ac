//! Looks for one text in another by Crochemore's and Perrin's Two-Way algorithm: in linear time and constant memory, whatever the
//! two texts are, with a charge for the comparisons before they are made.

use super::charge::Charge;
use super::unread::Unread;

/// The comparisons that are paid for at once, and their steps; those of comparing from the end.
const COMPARISONS: u32 = 16;
const STEPS: u64 = 4;
const BACKWARD_STEPS: u64 = 5;
/// The comparisons that looking at a place counts as.
const PLACE_COMPARISONS: u32 = 3;

/// The most steps of looking for a text of `part` bytes in one of `text` bytes, once or for all occurrences.
pub(crate) const fn most_steps(text: u64, part: u64) -> u64 {
    // Each byte of the text is compared twice at most, and is a place once; each of the part is compared five times, twice for each
    // suffix and once for the period, and noted once.
    let compared = text
        .saturating_mul(2 + PLACE_COMPARISONS as u64)
        .saturating_add(part.saturating_mul(6));
    (compared / COMPARISONS as u64 + 1).saturating_mul(BACKWARD_STEPS)
}

/// The bytes of a text from one end to the other.
#[derive(Clone, Copy, Debug)]
struct Bytes<'t, const BACKWARDS: bool>(&'t [u8]);

impl<const BACKWARDS: bool> Bytes<'_, BACKWARDS> {
    fn len(self) -> usize {
        self.0.len()
    }

    /// The byte at an index below the length.
    #[inline]
    fn at(self, index: usize) -> u8 {
        let index = if BACKWARDS { self.0.len() - 1 - index } else { index };
        self.0.get(index).copied().unwrap_or_default()
    }
}

/// Comparisons, paid for in portions.
#[derive(Debug, Default)]
struct Paid<const BACKWARDS: bool> {
    /// Those that were paid for and not made.
    left: u32,
    /// How many portions were paid for.
    portions: u64,
}

impl<const BACKWARDS: bool> Paid<BACKWARDS> {
    #[inline]
    fn compare<C: Charge>(&mut self, charge: &mut C) -> Result<(), C::Error> {
        self.count(1, charge)
    }

    /// Counts so many comparisons, at most as many as are paid for at once.
    #[inline]
    fn count<C: Charge>(&mut self, comparisons: u32, charge: &mut C) -> Result<(), C::Error> {
        if self.left < comparisons {
            charge.steps(if BACKWARDS { BACKWARD_STEPS } else { STEPS })?;
            self.left += COMPARISONS;
            self.portions += 1;
        }
        self.left -= comparisons;
        Ok(())
    }
}

/// The bytes of a text by their low six bits: enough to tell most of those that it does not have.
#[derive(Clone, Copy, Debug, Default)]
struct ByteSet(u64);

impl ByteSet {
    fn add(&mut self, byte: u8) {
        self.0 |= 1 << (byte & 63);
    }

    fn may_have(self, byte: u8) -> bool {
        self.0 >> (byte & 63) & 1 == 1
    }
}

/// Where a text is cut in two, so that no repetition at the cut is shorter than the text's period.
#[derive(Clone, Copy, Debug)]
struct Cut {
    at: usize,
    period: usize,
}

impl Cut {
    /// The cut before the suffix that is the largest in the order of bytes, or in the reverse of it.
    fn before_maximal_suffix<C: Charge, const BACKWARDS: bool>(
        part: Bytes<'_, BACKWARDS>,
        is_reversed: bool,
        paid: &mut Paid<BACKWARDS>,
        charge: &mut C,
    ) -> Result<Self, C::Error> {
        let (mut at, mut candidate, mut length, mut period) = (0, 1, 0, 1);
        while candidate + length < part.len() {
            paid.compare(charge)?;
            let (here, best) = (part.at(candidate + length), part.at(at + length));
            if here == best {
                length += 1;
                if length == period {
                    candidate += period;
                    length = 0;
                }
            } else if (here < best) != is_reversed {
                candidate += length + 1;
                length = 0;
                period = candidate - at;
            } else {
                at = candidate;
                candidate += 1;
                (length, period) = (0, 1);
            }
        }
        Ok(Self { at, period })
    }
}

/// What is known of a text that is looked for, once it was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needle<const BACKWARDS: bool> {
    cut: Cut,
    bytes: ByteSet,
    /// Whether it repeats its beginning, so that what was compared need not be compared again.
    repeats: bool,
    /// The portions of comparisons that reading it takes, and what is left of the last.
    portions: u64,
    left: u32,
}

/// Finds the occurrences, one after the other, of a text that is not empty in another. They do not overlap.
#[derive(Debug)]
struct TwoWay<'t, const BACKWARDS: bool> {
    text: Bytes<'t, BACKWARDS>,
    part: Bytes<'t, BACKWARDS>,
    needle: Needle<BACKWARDS>,
    /// The next place to look at.
    place: usize,
    /// How much of the part is known to be there.
    known: usize,
    paid: Paid<BACKWARDS>,
}

impl<const BACKWARDS: bool> Needle<BACKWARDS> {
    /// Reads a text that is not empty.
    fn read<C: Charge>(
        part: Bytes<'_, BACKWARDS>,
        paid: &mut Paid<BACKWARDS>,
        charge: &mut C,
    ) -> Result<Self, C::Error> {
        let mut bytes = ByteSet::default();
        for index in 0..part.len() {
            paid.compare(charge)?;
            bytes.add(part.at(index));
        }
        let one = Cut::before_maximal_suffix(part, false, paid, charge)?;
        let other = Cut::before_maximal_suffix(part, true, paid, charge)?;
        let mut cut = if one.at > other.at { one } else { other };
        let mut repeats = cut.at + cut.period <= part.len();
        for index in 0..cut.at {
            paid.compare(charge)?;
            repeats = repeats && part.at(index) == part.at(index + cut.period);
            if !repeats {
                break;
            }
        }
        if !repeats {
            cut.period = cut.at.max(part.len() - cut.at) + 1;
        }
        Ok(Self {
            cut,
            bytes,
            repeats,
            portions: paid.portions,
            left: paid.left,
        })
    }

    /// Pays for reading the text once more, as much as the first time.
    fn again<C: Charge>(&self, paid: &mut Paid<BACKWARDS>, charge: &mut C) -> Result<(), C::Error> {
        for _ in 0..self.portions {
            paid.count(COMPARISONS, charge)?;
        }
        paid.left = self.left;
        Ok(())
    }
}

impl<'t, const BACKWARDS: bool> TwoWay<'t, BACKWARDS> {
    fn new<C: Charge>(text: &'t [u8], part: &'t [u8], charge: &mut C) -> Result<Self, C::Error> {
        Self::with(text, part, &mut None, charge)
    }

    /// The same, where the part may have been read before.
    fn with<C: Charge>(
        text: &'t [u8],
        part: &'t [u8],
        known: &mut Option<Needle<BACKWARDS>>,
        charge: &mut C,
    ) -> Result<Self, C::Error> {
        let (text, part, mut paid) = (Bytes(text), Bytes(part), Paid::default());
        let needle = match *known {
            Some(needle) => {
                needle.again(&mut paid, charge)?;
                needle
            }
            None => *known.insert(Needle::read(part, &mut paid, charge)?),
        };
        Ok(Self {
            text,
            part,
            needle,
            place: 0,
            known: 0,
            paid,
        })
    }

    fn next<C: Charge>(&mut self, charge: &mut C) -> Result<Option<usize>, C::Error> {
        while self.place + self.part.len() <= self.text.len() {
            self.paid.count(PLACE_COMPARISONS, charge)?;
            if !self
                .needle
                .bytes
                .may_have(self.text.at(self.place + self.part.len() - 1))
            {
                self.place += self.part.len();
                self.known = 0;
                continue;
            }
            let behind = self.alike_from(self.needle.cut.at.max(self.known), charge)?;
            if behind < self.part.len() {
                self.place += behind - self.needle.cut.at + 1;
                self.known = 0;
            } else if self.is_alike_before(charge)? {
                let found = self.place;
                self.place += self.part.len();
                self.known = 0;
                return Ok(Some(found));
            } else {
                self.place += self.needle.cut.period;
                self.known = if self.needle.repeats {
                    self.part.len() - self.needle.cut.period
                } else {
                    0
                };
            }
        }
        Ok(None)
    }

    /// How far the part is there, from an index on.
    fn alike_from<C: Charge>(&mut self, mut index: usize, charge: &mut C) -> Result<usize, C::Error> {
        while index < self.part.len() {
            self.paid.compare(charge)?;
            if self.part.at(index) != self.text.at(self.place + index) {
                break;
            }
            index += 1;
        }
        Ok(index)
    }

    /// Whether the part is there before the cut.
    fn is_alike_before<C: Charge>(&mut self, charge: &mut C) -> Result<bool, C::Error> {
        for index in (self.known..self.needle.cut.at).rev() {
            self.paid.compare(charge)?;
            if self.part.at(index) != self.text.at(self.place + index) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Finds the occurrences of a text in another from the first on. They do not overlap.
#[derive(Debug)]
pub(crate) struct Finder<'t>(TwoWay<'t, false>);

impl<'t> Finder<'t> {
    /// Begins to look for a part that is not empty, which is read.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn new<C: Charge>(text: Unread<'t>, part: Unread<'t>, charge: &mut C) -> Result<Self, C::Error> {
        TwoWay::new(text.compared(), part.compared(), charge).map(Self)
    }

    /// The byte at which the next occurrence starts.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn next<C: Charge>(&mut self, charge: &mut C) -> Result<Option<usize>, C::Error> {
        self.0.next(charge)
    }
}

impl Unread<'_> {
    /// Whether a text occurs in this one. What is known of the text, if it was looked for before, is read and kept in `known`.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn contains<C: Charge>(
        self,
        part: Self,
        known: &mut Option<Needle<false>>,
        charge: &mut C,
    ) -> Result<bool, C::Error> {
        if part.len() >= self.len() {
            return if part.len() == self.len() {
                self.has_at(0, part, charge)
            } else {
                Ok(false)
            };
        }
        if part.is_empty() {
            return Ok(true);
        }
        let mut search = TwoWay::with(self.compared(), part.compared(), known, charge)?;
        Ok(search.next(charge)?.is_some())
    }

    /// The byte at which the last occurrence of a text in this one starts.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn last<C: Charge>(self, part: Self, charge: &mut C) -> Result<Option<usize>, C::Error> {
        if part.is_empty() || part.len() > self.len() {
            return Ok(part.is_empty().then_some(self.len()));
        }
        let found = TwoWay::<true>::new(self.compared(), part.compared(), charge)?.next(charge)?;
        Ok(found.map(|place| self.len() - part.len() - place))
    }
}

#[cfg(test)]
mod tests {
    use super::{Finder, most_steps};
    use crate::machine::charge::Counted;
    use crate::machine::unread::Unread;

    fn all(text: &str, part: &str, counted: &mut Counted) -> Vec<usize> {
        let mut finder = Finder::new(Unread::of(text), Unread::of(part), counted).unwrap();
        std::iter::from_fn(|| finder.next(counted).unwrap()).collect()
    }

    /// All texts of up to so many letters `a` and `b`.
    fn words(most: usize) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut from = 0;
        for _ in 0..most {
            let longer: Vec<String> = words[from..]
                .iter()
                .flat_map(|word| [format!("{word}a"), format!("{word}b")])
                .collect();
            from = words.len();
            words.extend(longer);
        }
        words
    }

    #[test]
    fn occurrences_are_those_that_the_standard_library_finds() {
        let long = [
            "a".repeat(900),
            "ab".repeat(900),
            "a".repeat(700) + "b",
            "é😀ß".repeat(90),
        ];
        let texts: Vec<String> = words(8).into_iter().chain(long.clone()).collect();
        let parts: Vec<String> = words(6)
            .into_iter()
            .chain(["a".repeat(90), "ab".repeat(90), "😀ß".to_owned()])
            .chain(long)
            .collect();
        for (text, part) in texts
            .iter()
            .flat_map(|text| parts.iter().map(move |part| (&**text, &**part)))
        {
            let mut counted = Counted::default();
            let (unread, unread_part) = (Unread::of(text), Unread::of(part));
            assert_eq!(
                unread.contains(unread_part, &mut None, &mut counted),
                Ok(text.contains(part)),
                "{part} in {text}"
            );
            assert_eq!(
                unread.last(unread_part, &mut counted),
                Ok(text.rfind(part)),
                "{part} in {text}"
            );
            if !part.is_empty() {
                let expected: Vec<usize> = text.match_indices(part).map(|(at, _)| at).collect();
                assert_eq!(all(text, part, &mut counted), expected, "{part} in {text}");
            }
        }
    }

    #[test]
    fn comparisons_are_linear_in_both_texts() {
        let fibonacci = (0..17)
            .fold(("a".to_owned(), "ab".to_owned()), |(one, two), _| {
                (two.clone(), two + &one)
            })
            .1;
        let a = |count| "a".repeat(count);
        for (text, part) in [
            (a(9_000), a(90) + "b"),
            (a(9_000), "b".to_owned() + &a(4_000)),
            (a(9_000), a(2_000) + "b" + &a(2_000)),
            ("ab".repeat(4_500), "ab".repeat(40) + "aa"),
            ((a(89) + "b").repeat(100), a(88) + "ba"),
            (fibonacci.clone(), fibonacci[..600].to_owned() + "bb"),
            (a(9_000), "a".to_owned()),
        ] {
            let mut counted = Counted::default();
            assert_eq!(
                Unread::of(&text).contains(Unread::of(&part), &mut None, &mut counted),
                Ok(text.contains(&part))
            );
            assert_eq!(
                Unread::of(&text).last(Unread::of(&part), &mut counted),
                Ok(text.rfind(&part))
            );
            let most = 2 * most_steps(text.len() as u64, part.len() as u64);
            assert!(counted.0 <= most, "{} of {most} for {part}", counted.0);
        }
    }
}
